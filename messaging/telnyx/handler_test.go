package telnyx_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/messaging/telnyx"
	"fixly/telnyxapi"
	"fixly/telnyxapi/telnyxtest"
)

const (
	ours   = "+13125550100"
	theirs = "+17735550166"
)

var at = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

func newServer(t *testing.T, f http.HandlerFunc) *httptest.Server {
	t.Helper()
	s := httptest.NewServer(f)
	t.Cleanup(s.Close)
	return s
}

// desk records what the webhooks bring in.
type desk struct {
	received []messaging.Incoming
	reports  []messaging.Report
	err      error
	linesErr error
}

func (d *desk) Receive(_ context.Context, in messaging.Incoming) error {
	d.received = append(d.received, in)
	return d.err
}

func (d *desk) Report(_ context.Context, r messaging.Report) error {
	d.reports = append(d.reports, r)
	return d.err
}

var shop = &business.Business{ID: "biz_1", Lines: []business.Line{
	{Number: ours, Carrier: business.CarrierTelnyx, PublicKey: telnyxtest.PublicKey()},
	{Number: "+13125550109", Carrier: business.CarrierTwilio, AuthToken: "token"},
}}

func (d *desk) BusinessByLine(_ context.Context, number string) (*business.Business, error) {
	if shop.LineByNumber(number) == nil {
		return nil, d.linesErr
	}
	return shop, d.linesErr
}

func (d *desk) post(body string, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, telnyx.Path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	telnyxapi.Sign(telnyxtest.Key(), r.Header, []byte(body), at)
	for _, c := range change {
		c(r)
	}
	w := httptest.NewRecorder()
	telnyx.NewHandler(d, d, clock.NewManual(at), slog.New(slog.DiscardHandler)).ServeHTTP(w, r)
	return w
}

// received is the event of Telnyx's own page about texts that come in, shortened.
const received = `{"data": {"record_type": "event", "id": "bf6307bd-884d-4c1f-b6ea-c62b8c495d3c", "event_type": "message.received",
 "occurred_at": "2019-01-23T18:10:02.574Z", "payload": {"record_type": "message", "direction": "inbound", "id": "7ee4241c-f127-47e5-9c34-3aac291f8058",
 "type": "MMS", "messaging_profile_id": "0f512bda", "from": {"phone_number": "+17735550166", "carrier": "T-MOBILE USA, INC.", "line_type": "Wireless"},
 "to": [{"phone_number": "+18445550001", "status": "delivered"}, {"phone_number": "+13125550100", "status": "delivered", "carrier": "TELNYX LLC"}],
 "cc": [], "text": "my sink leaks", "media": [{"url": "https://media.telnyx.com/a.jpg", "content_type": "image/jpeg", "sha256": null, "size": null}],
 "autoresponse_type": null, "webhook_url": "https://calls.example.com/telnyx/sms", "encoding": "GSM-7", "parts": 1, "tags": [], "errors": []}}, "meta": {"attempt": 1}}`

func TestATextComesIn(t *testing.T) {
	d := &desk{}
	if w := d.post(received); w.Code != http.StatusOK {
		t.Errorf("answered %d %s", w.Code, w.Body)
	}
	want := []messaging.Incoming{{
		Line: ours, From: theirs, Body: "my sink leaks", CarrierID: "7ee4241c-f127-47e5-9c34-3aac291f8058", Media: []string{"https://media.telnyx.com/a.jpg"},
	}}
	if !reflect.DeepEqual(d.received, want) {
		t.Errorf("received %+v", d.received)
	}
}

func TestWhatTelnyxAnsweredItself(t *testing.T) {
	for given, want := range map[string]messaging.OptOutType{`"STOP"`: messaging.Stop, `"START"`: messaging.Start, `"HELP"`: messaging.Help, `"OTHER"`: "", `null`: ""} {
		d := &desk{}
		d.post(strings.Replace(received, `"autoresponse_type": null`, `"autoresponse_type": `+given, 1))
		if len(d.received) != 1 || d.received[0].OptOut != want {
			t.Errorf("autoresponse_type %s: received %+v", given, d.received)
		}
	}
}

func delivery(event, status, errs string) string {
	return `{"data": {"record_type": "event", "event_type": "` + event + `", "payload": {"direction": "outbound", "id": "40385f64", "from": {"phone_number": "+13125550100"},
 "to": [{"phone_number": "+17735550166", "status": "` + status + `"}], "text": "hi", "webhook_url": "https://calls.example.com/telnyx/sms?message=msg_7", "errors": [` + errs + `]}}}`
}

func TestWhatBecameOfAText(t *testing.T) {
	report := messaging.Report{Line: ours, To: theirs, CarrierID: "40385f64", MessageID: "msg_7"}
	for _, c := range []struct {
		event, status, errs string
		want                func(r *messaging.Report)
	}{
		{"message.sent", "sent", "", func(r *messaging.Report) { r.Status = messaging.Sent }},
		{"message.sent", "queued", "", func(r *messaging.Report) { r.Status = messaging.Sent }},
		{"message.finalized", "delivered", "", func(r *messaging.Report) { r.Status = messaging.Delivered }},
		{"message.finalized", "delivery_unconfirmed", "", func(r *messaging.Report) { r.Status = messaging.Sent }},
		{"message.finalized", "delivery_failed", `{"code": "40001", "title": "Not routable"}`, func(r *messaging.Report) {
			r.Status, r.Class, r.ErrorCode, r.Tell = messaging.Undelivered, "landline", "40001", "The number is a landline and cannot receive texts."
		}},
		{"message.finalized", "sending_failed", `{"code": "40010", "title": "Not 10DLC registered"}`, func(r *messaging.Report) {
			r.Status, r.Class, r.ErrorCode = messaging.Failed, "unregistered", "40010"
			r.Tell = "The line is not registered for business texting (10DLC) yet; do so in the Telnyx portal."
		}},
		{"message.finalized", "delivery_failed", "", func(r *messaging.Report) {
			r.Status, r.Class, r.Tell = messaging.Undelivered, "other", "The carrier did not deliver the text and gave no reason."
		}},
		{"message.finalized", "news", "", nil},
		{"message.clicked", "delivered", "", nil},
	} {
		d := &desk{}
		w := d.post(delivery(c.event, c.status, c.errs))
		var want []messaging.Report
		if c.want != nil {
			r := report
			c.want(&r)
			want = append(want, r)
		}
		if w.Code != http.StatusOK || !reflect.DeepEqual(d.reports, want) {
			t.Errorf("%s %s: answered %d, reported %+v", c.event, c.status, w.Code, d.reports)
		}
	}
}

// The address is not signed: what it says of the text is taken from the body, which is.
func TestTheMarkIsTakenFromWhatIsSigned(t *testing.T) {
	d := &desk{}
	d.post(delivery("message.sent", "sent", ""), func(r *http.Request) { r.URL.RawQuery = "message=msg_8" })
	if len(d.reports) != 1 || d.reports[0].MessageID != "msg_7" {
		t.Errorf("%+v", d.reports)
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, body string
		change     func(r *http.Request)
		want       int
	}{
		{"unsigned", received, func(r *http.Request) { r.Header.Del(telnyxapi.SignatureHeader) }, http.StatusForbidden},
		{"another's", received, func(r *http.Request) { telnyxapi.Sign(telnyxtest.Key(), r.Header, []byte("x"), at) }, http.StatusForbidden},
		{"replayed", received, func(r *http.Request) {
			telnyxapi.Sign(telnyxtest.Key(), r.Header, []byte(received), at.Add(-6*time.Minute))
		}, http.StatusForbidden},
		{"a line of nobody's", strings.ReplaceAll(received, "+13125550100", "+13125550199"), nil, http.StatusForbidden},
		{"a line of Twilio's", strings.ReplaceAll(received, "+13125550100", "+13125550109"), nil, http.StatusForbidden},
		{"no JSON", "MessageSid=SM1", nil, http.StatusBadRequest},
		{"a list", "[]", nil, http.StatusBadRequest},
		{"nothing much", "{}", nil, http.StatusForbidden},
		{"too large", `{"x": "` + strings.Repeat("x", 300<<10) + `"}`, nil, http.StatusRequestEntityTooLarge},
		{"GET", received, func(r *http.Request) { r.Method = http.MethodGet }, http.StatusMethodNotAllowed},
	} {
		d := &desk{}
		change := c.change
		if change == nil {
			change = func(*http.Request) {}
		}
		if w := d.post(c.body, change); w.Code != c.want || len(d.received)+len(d.reports) != 0 {
			t.Errorf("%s: answered %d, received %+v", c.name, w.Code, d.received)
		}
	}
}

func TestWhatIsNotStoredComesAgain(t *testing.T) {
	for _, d := range []*desk{{err: errors.New("the disk is full")}, {linesErr: errors.New("no database")}} {
		if w := d.post(received); w.Code != http.StatusServiceUnavailable {
			t.Errorf("answered %d", w.Code)
		}
	}
}

func FuzzWebhook(f *testing.F) {
	f.Add(received)
	f.Add(delivery("message.finalized", "delivery_failed", `{"code": "40300"}`))
	f.Fuzz(func(t *testing.T, body string) {
		d := &desk{}
		w := d.post(body)
		if w.Code != http.StatusOK && len(d.received)+len(d.reports) > 0 {
			t.Errorf("answered %d and took it", w.Code)
		}
	})
}
