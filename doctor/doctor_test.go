package doctor_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/doctor"
	"fixly/model"
)

const public = "https://phone.example.com"

// healthy is an installation with nothing wrong; tests break one thing of it.
type healthy struct {
	doctor.Options
	db *database
	// what Twilio answers
	status int
	state  string
	number map[string]any
	date   time.Time
}

type database struct {
	has, needs int64
	businesses []*business.Business
	err        error
}

func (d *database) Schema(context.Context) (int64, int64, error) { return d.has, d.needs, nil }
func (d *database) Businesses(context.Context) ([]*business.Business, error) {
	return d.businesses, d.err
}
func (d *database) Close() error { return nil }

func installation(t *testing.T) *healthy {
	t.Helper()
	now := time.Date(2026, 11, 23, 15, 0, 0, 500, time.UTC)
	h := &healthy{
		db:     &database{has: 2, needs: 2, businesses: []*business.Business{demo.Business()}},
		status: http.StatusOK,
		state:  "active",
		number: map[string]any{
			"phone_number": "+13125550100",
			"voice_url":    public + "/twilio/voice", "voice_method": "POST",
			"status_callback": public + "/twilio/status", "status_callback_method": "POST",
			"sms_url": public + "/twilio/sms", "sms_method": "POST",
		},
		date: now.Truncate(time.Second),
	}
	twilio := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Date", h.date.Format(http.TimeFormat))
		w.WriteHeader(h.status)
		answer := map[string]any{"status": h.state}
		if h.status != http.StatusOK {
			answer = map[string]any{"code": 20003, "message": "Authenticate"}
		} else if strings.HasSuffix(r.URL.Path, "/IncomingPhoneNumbers.json") {
			answer = map[string]any{"incoming_phone_numbers": []any{h.number}}
		}
		_ = json.NewEncoder(w).Encode(answer)
	}))
	t.Cleanup(twilio.Close)

	path := filepath.Join(t.TempDir(), "shop.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	h.Options = doctor.Options{
		Config: config.Config{
			Listen: "127.0.0.1:8080", Database: "sqlite:" + path, PublicURL: public, APIKey: "long-enough-key",
			SecretKey: make(config.Key, config.KeySize), TwilioAPIURL: twilio.URL, TelnyxAPIURL: "https://api.telnyx.com",
			StripeAPIURL: "https://api.stripe.com", GoogleAPIURL: "https://www.googleapis.com", GoogleOAuthURL: "https://accounts.google.com",
		},
		Open:  func(context.Context) (doctor.Database, error) { return h.db, nil },
		Clock: clock.NewManual(now),
	}
	h.db.businesses[0].Lines[0].Registration = business.Registration{Kind: business.RegistrationTollFree, Status: business.RegistrationApproved}
	return h
}

// asks gives the installation a model that answers with an error, or well.
func (h *healthy) asks(err error) {
	h.Config.LLM, h.Config.OpenAIKey, h.Config.OpenAIURL = "openai:gpt-4o-mini", "key", "https://api.openai.com/v1"
	h.Config.LLMDeadline, h.Config.LLMDayBudget, h.Config.LLMCallBudget = 700*time.Millisecond, 5, 0.05
	h.AskModel = func(context.Context) error { return err }
}

func TestHealthyInstallation(t *testing.T) {
	h := installation(t)
	for _, f := range doctor.Examine(t.Context(), h.Options) {
		if f.Verdict != doctor.OK || f.Do != "" || f.What == "" {
			t.Errorf("finding %+v", f)
		}
	}
}

func TestFindings(t *testing.T) {
	for _, c := range []struct {
		name    string
		change  func(h *healthy)
		verdict doctor.Verdict
		about   string
		what    string // part of it
		do      string // part of it
	}{
		{"configuration unreadable", func(h *healthy) { h.ConfigErr = errors.New("FIXLY_NOW is odd") }, doctor.Wrong, "configuration", "FIXLY_NOW is odd", "serve --help"},
		{"configuration refused", func(h *healthy) { h.Config.Listen = "8080" }, doctor.Wrong, "configuration", "HOST:PORT", "does not start"},
		{"nobody can be called", func(h *healthy) { h.db.businesses[0].Lines[0].Carrier = business.CarrierGateway }, doctor.Wrong, "business " + demo.Business().ID, "no calls can be placed", "whose carrier places calls"},
		{"demo", func(h *healthy) { h.Config.Demo = true }, doctor.Note, "demo", "no sign-in", "real customers"},
		{"nobody can sign in", func(h *healthy) { h.Config.APIKey = "" }, doctor.Note, "API", "no administrator", "FIXLY_API_KEY"},
		{"no key yet", func(h *healthy) { h.Config.SecretKey = nil }, doctor.Note, "secret key", "none yet", ".key"},
		{"key for everybody", func(h *healthy) {
			h.Config.SecretKey = nil
			_ = h.Config.EnsureSecretKey()
			h.Config.SecretKey = nil
			_ = os.Chmod(h.Config.KeyFile(), 0o644)
		}, doctor.Wrong, "secret key", "others on this machine", "chmod 600"},
		{"registration not known", func(h *healthy) { h.db.businesses[0].Lines[0].Registration = business.Registration{} }, doctor.Note, "line +13125550100", "not known", "Texting"},
		{"registration pending", func(h *healthy) { h.db.businesses[0].Lines[0].Registration.Status = business.RegistrationPending }, doctor.Wrong, "line +13125550100", "not approved", "Texting"},
		{"the carrier's rate", func(h *healthy) {}, doctor.OK, "line +13125550100", "some 90 have their text-back within 30 seconds", ""},
		{"no public address", func(h *healthy) { h.Config.PublicURL = "" }, doctor.Note, "public address", "not set", "--public-url"},
		{"private address", func(h *healthy) { h.Config.PublicURL = "http://192.168.1.4" }, doctor.Note, "public address", "this network only", "tunnel"},
		{"plain http", func(h *healthy) { h.Config.PublicURL = "http://phone.example.com" }, doctor.Wrong, "public address", "not https", "certificate"},
		{"no database yet", func(h *healthy) { h.Config.Database += ".gone" }, doctor.Note, "database", "does not exist yet", "fixly serve"},
		{"database unreachable", func(h *healthy) {
			h.Open = func(context.Context) (doctor.Database, error) { return nil, errors.New("connection refused") }
		}, doctor.Wrong, "database", "connection refused", "--database"},
		{"schema older", func(h *healthy) { h.db.has = 1 }, doctor.Note, "database", "needs 2", "upgrades"},
		{"schema newer", func(h *healthy) { h.db.has = 3 }, doctor.Wrong, "database", "knows 2 at most", "newer Fixly"},
		{"no business", func(h *healthy) { h.db.businesses = nil }, doctor.Note, "business", "no call is answered", "business import"},
		{"business unreadable", func(h *healthy) { h.db.err = errors.New("bad document") }, doctor.Wrong, "business", "bad document", "business import"},
		{"credentials refused", func(h *healthy) { h.status = http.StatusUnauthorized }, doctor.Wrong, "Twilio account AC00000000000000000000000000000001", "20003", "auth token"},
		{"account suspended", func(h *healthy) { h.state = "suspended" }, doctor.Wrong, "Twilio account AC00000000000000000000000000000001", "suspended", "console"},
		{"carrier unreachable", func(h *healthy) { h.Config.TwilioAPIURL = "http://127.0.0.1:1" }, doctor.Wrong, "Twilio account AC00000000000000000000000000000001", "refused", "reaches Twilio"},
		{"the demo's line", func(h *healthy) { h.Fiction = func(business.Line) bool { return true } }, doctor.Note, "line +13125550100", "go nowhere", "browser phone"},
		{"number not the account's", func(h *healthy) { h.number["phone_number"] = "+13125550111" }, doctor.Wrong, "line +13125550100", "no such number", "business file"},
		{"calls lead elsewhere", func(h *healthy) { h.number["voice_url"] = "https://demo.twilio.com" }, doctor.Wrong, "line +13125550100", "leads to https://demo.twilio.com", public + "/twilio/voice"},
		{"texts lead nowhere", func(h *healthy) { h.number["sms_url"] = "" }, doctor.Wrong, "line +13125550100", `"A message comes in" is not set`, public + "/twilio/sms"},
		{"status asked with GET", func(h *healthy) { h.number["status_callback_method"] = "GET" }, doctor.Wrong, "line +13125550100", "asked with GET", "POST"},
		{"on a trunk", func(h *healthy) { h.number["trunk_sid"] = "TK1" }, doctor.Wrong, "line +13125550100", "SIP trunk TK1", "off the trunk"},
		{"in an app", func(h *healthy) { h.number["sms_application_sid"] = "AP1" }, doctor.Wrong, "line +13125550100", "TwiML app AP1", "webhook"},
		{"clock ahead", func(h *healthy) { h.date = h.date.Add(-time.Minute) }, doctor.Wrong, "clock", "ahead of the carrier's", "set-ntp"},
		{"clock behind", func(h *healthy) { h.date = h.date.Add(time.Minute) }, doctor.Wrong, "clock", "1m0s behind the carrier's", "set-ntp"},
		{"clock moved", func(h *healthy) { h.Config.Now = h.date }, doctor.Note, "clock", "starts at 2026-11-23T15:00:00Z", "--now"},
		{"model answers", func(h *healthy) { h.asks(nil) }, doctor.OK, "language model", "openai:gpt-4o-mini answered in", ""},
		{"model refuses the key", func(h *healthy) { h.asks(&model.Error{Failure: model.Rejected, Status: 401}) }, doctor.Wrong, "language model", "status 401", "OPENAI_API_KEY"},
		{"model not reached", func(h *healthy) { h.asks(&model.Error{Failure: model.Down}) }, doctor.Wrong, "language model", "gives no answer", "OPENAI_BASE_URL"},
		{"model too busy", func(h *healthy) { h.asks(&model.Error{Failure: model.Overloaded, Status: 529}) }, doctor.Wrong, "language model", "529", "Calls go on without it"},
		{"model of no known price", func(h *healthy) { h.asks(nil); h.Config.LLM = "openai:our-own" }, doctor.Note, "language model", "price of our-own", "FIXLY_LLM_PRICE"},
		{"model without a budget", func(h *healthy) { h.asks(nil); h.Config.LLMDayBudget = 0 }, doctor.Note, "language model", "never asked", "FIXLY_LLM_DAY_BUDGET"},
		{"model too slow", func(h *healthy) {
			h.asks(nil)
			h.AskModel = func(context.Context) error { h.Clock.(*clock.Manual).Advance(2 * time.Second); return nil }
		}, doctor.Note, "language model", "took 2s to answer, and a caller waits 700ms", "FIXLY_LLM_DEADLINE"},
		{"zone unknown", func(h *healthy) { h.db.businesses[0].Profile.Timezone = "Chicago/Loop" }, doctor.Wrong, "time zones", "Chicago/Loop", "IANA"},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := installation(t)
			c.change(h)
			findings := doctor.Examine(t.Context(), h.Options)
			for _, f := range findings {
				if f.Verdict == c.verdict && f.About == c.about && strings.Contains(f.What, c.what) && strings.Contains(f.Do, c.do) {
					return
				}
			}
			t.Errorf("not found among %+v", findings)
		})
	}
}

func TestWriteSaysWhetherAnythingIsWrong(t *testing.T) {
	var b bytes.Buffer
	wrong, err := doctor.Write(&b, []doctor.Finding{{doctor.OK, "calendar", "built in", ""}, {doctor.Note, "demo", "on", "Turn it off."}})
	if err != nil || wrong {
		t.Errorf("wrong %v, %v", wrong, err)
	}
	if got, want := b.String(), "ok     calendar: built in\nnote   demo: on. Turn it off.\n"; got != want {
		t.Errorf("wrote %q, want %q", got, want)
	}
	if wrong, _ := doctor.Write(&b, []doctor.Finding{{doctor.Wrong, "database", "gone", "Find it."}}); !wrong {
		t.Error("a broken database passes")
	}
}
