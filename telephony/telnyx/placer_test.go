package telnyx

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/receptionist"
	"fixly/telephony"
	"fixly/telephony/fakephone"
	"fixly/telephony/telephonytest"
	"fixly/telephony/twilio"
	"fixly/telnyxapi"
	"fixly/telnyxapi/telnyxtest"
	"fixly/twilioapi"
)

const apiKey = "KEY0123"

func line() business.Line {
	return business.Line{
		Number: "+13125550100", Carrier: business.CarrierTelnyx, Mode: business.ModeGather, APIKey: apiKey, PublicKey: telnyxtest.PublicKey(),
		ConnectionID: "2694492062593582591",
	}
}

// silent is a receptionist whom nobody calls.
type silent struct{ twilio.Receptionist }

func (silent) Hints(*business.Business) []string             { return nil }
func (silent) Greeting(*business.Business, time.Time) string { return "" }
func (silent) Heard(context.Context, string, string) error   { return nil }
func (silent) Start(context.Context, receptionist.StartInput) (receptionist.Reply, error) {
	return receptionist.Reply{}, errors.New("nobody is there")
}

// Calls that Telnyx places pass what every carrier's do.
func TestPlacesCalls(t *testing.T) {
	telephonytest.RunPlacing(t, telephonytest.Placing{
		Phone: fakephone.Options{Carrier: business.CarrierTelnyx, AuthToken: apiKey}, Line: line(),
		Open: func(t testing.TB, x telephonytest.Exchange, apiURL string) (http.Handler, telephony.Placer) {
			t.Helper()
			h, err := twilio.New(twilio.Options{
				Storage: x.DB.Telephony(), Directory: x.DB, Receptionist: silent{}, PublicURL: x.Public, Clock: clock.Real(), Calls: x.Calls,
				Dialect: Dialect(clock.Real()),
			})
			if err != nil {
				t.Fatal(err)
			}
			return h, placer(t, apiURL, x.Public.String(), clock.Real())
		},
	})
}

func placer(t testing.TB, apiURL, public string, clk clock.Clock) *Placer {
	t.Helper()
	client, err := telnyxapi.NewClient(apiURL, nil)
	if err != nil {
		t.Fatal(err)
	}
	u, err := twilioapi.ParsePublicURL(public)
	if err != nil {
		t.Fatal(err)
	}
	return NewPlacer(line(), PlacerOptions{Client: client, PublicURL: u, Clock: clk})
}

// answering is a REST API that answers everything alike, and remembers what it was asked last.
type answering struct {
	*httptest.Server
	asked string
}

func newAnswering(t *testing.T, status int, answer string) *answering {
	a := &answering{}
	a.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if err := telnyxtest.Check(r); err != nil {
			t.Errorf("Telnyx is asked for what it does not have: %v", err)
		}
		b, _ := io.ReadAll(r.Body)
		a.asked = r.Method + " " + r.URL.Path + " " + string(b)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, answer)
	}))
	t.Cleanup(a.Close)
	return a
}

func outgoing() telephony.Outgoing {
	return telephony.Outgoing{
		ID: "out_1", Line: "+13125550100", To: "+13125550101", RingFor: 25 * time.Second, CreatedAt: time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC),
	}
}

func TestWhatTelnyxIsAsked(t *testing.T) {
	a := newAnswering(t, http.StatusOK, `{"call_sid":"v3:abc","from":"+13125550100","to":"+13125550101","status":"queued"}`)
	p := placer(t, a.URL, "https://calls.example.com", clock.Real())
	c := outgoing()
	c.DetectMachine = true
	id, err := p.Place(t.Context(), c)
	if err != nil || id != "v3:abc" {
		t.Fatal(id, err)
	}
	want := `POST /v2/texml/calls/2694492062593582591 {"From":"+13125550100","To":"+13125550101","Url":"https://calls.example.com/telnyx/outbound/answer?call=out_1","Method":"POST",` +
		`"StatusCallback":"https://calls.example.com/telnyx/outbound/status?call=out_1","StatusCallbackMethod":"POST","StatusCallbackEvent":"initiated completed","Timeout":25,"MachineDetection":"Enable"}`
	if a.asked != want {
		t.Errorf("asked\n%s\nwant\n%s", a.asked, want)
	}
	if err := p.HangUp(t.Context(), "v3:abc"); err != nil || a.asked != "POST /v2/calls/v3:abc/actions/hangup {}" {
		t.Errorf("asked %s, %v", a.asked, err)
	}
}

func TestHowACallStands(t *testing.T) {
	for answer, want := range map[string]telephony.State{
		`{"data":{"is_alive":true,"call_duration":9}}`:   telephony.CallPlaced,
		`{"data":{"is_alive":false,"call_duration":64}}`: telephony.CallCompleted,
		`{"data":{"is_alive":false,"call_duration":0}}`:  telephony.CallNoAnswer,
	} {
		a := newAnswering(t, http.StatusOK, answer)
		if s, err := placer(t, a.URL, "https://calls.example.com", clock.Real()).Look(t.Context(), "v3:abc"); err != nil || s != want {
			t.Errorf("%s is %s, %v; want %s", answer, s, err, want)
		}
	}
	a := newAnswering(t, http.StatusNotFound, `{"errors":[{"code":"10005","title":"Resource not found"}]}`)
	p := placer(t, a.URL, "https://calls.example.com", clock.Real())
	if s, err := p.Look(t.Context(), "v3:abc"); err != nil || s != telephony.CallFailed {
		t.Errorf("a call that Telnyx has forgotten is %s, %v", s, err)
	}
	if err := p.HangUp(t.Context(), "v3:abc"); err != nil {
		t.Errorf("to hang up what is over is an error: %v", err)
	}
	ended := newAnswering(t, http.StatusUnprocessableEntity, `{"errors":[{"code":"90018","title":"Call has already ended"}]}`)
	if err := placer(t, ended.URL, "https://calls.example.com", clock.Real()).HangUp(t.Context(), "v3:abc"); err != nil {
		t.Errorf("to hang up what has ended is an error: %v", err)
	}
}

func TestCallsThatTelnyxRefuses(t *testing.T) {
	for _, c := range []struct {
		status         int
		answer         string
		class, code    string
		retry, unknown bool
	}{
		{http.StatusTooManyRequests, `{"errors":[{"code":"10011","title":"Too many requests"}]}`, "throttled", "10011", true, false},
		{http.StatusUnauthorized, `{"errors":[{"code":"10009","title":"Authentication failed"}]}`, "auth", "10009", false, false},
		{http.StatusPaymentRequired, `{"errors":[{"code":"20100","title":"Insufficient funds"}]}`, "auth", "20100", false, false},
		{http.StatusForbidden, `not json`, "auth", "", false, false},
		{http.StatusNotFound, `{"errors":[{"code":"10005","title":"Resource not found"}]}`, "invalid", "10005", false, false},
		{http.StatusUnprocessableEntity, `{"errors":[{"code":"10016","title":"Phone number must be in +E.164 format"}]}`, "invalid", "10016", false, false},
		{http.StatusBadGateway, `<html>`, "unreachable", "", true, true},
		{http.StatusOK, `{"status":"queued"}`, "unreachable", "", true, true},
	} {
		a := newAnswering(t, c.status, c.answer)
		_, err := placer(t, a.URL, "https://calls.example.com", clock.Real()).Place(t.Context(), outgoing())
		var e *telephony.PlaceError
		if !errors.As(err, &e) || e.Class != c.class || e.Code != c.code || e.Retry != c.retry || e.Unknown != c.unknown || e.Tell == "" {
			t.Errorf("%d %s gives %+v", c.status, c.answer, err)
		}
	}
}

// A call in doubt is given up, to be placed again, once it can't be ringing any more: not while somebody may be picking up.
func TestACallInDoubtIsWaitedFor(t *testing.T) {
	c := outgoing()
	clk := clock.NewManual(c.CreatedAt.Add(5 * time.Second))
	p := placer(t, "http://127.0.0.1:1", "https://calls.example.com", clk)
	_, err := p.Find(t.Context(), c, c.CreatedAt)
	var e *telephony.PlaceError
	if !errors.As(err, &e) || !e.Retry || !e.Unknown || e.RetryAfter != 30*time.Second {
		t.Errorf("while it may ring: %+v", err)
	}
	clk.Advance(30 * time.Second)
	if ids, err := p.Find(t.Context(), c, c.CreatedAt); err != nil || len(ids) != 0 {
		t.Errorf("found %v, %v", ids, err)
	}
}
