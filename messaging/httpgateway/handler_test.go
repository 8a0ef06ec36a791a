package httpgateway_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/messaging/httpgateway"
)

const token = "abcdefgh12345678"

var at = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// desk records what the webhooks bring in.
type desk struct {
	shop     business.Business
	received []messaging.Incoming
	reports  []messaging.Report
	err      error
	listErr  error
}

func newDesk() *desk {
	return &desk{shop: business.Business{
		ID: "biz_1",
		Lines: []business.Line{
			{Number: "+13125550100", Carrier: business.CarrierTwilio},
			{Number: "+13125550110", Carrier: business.CarrierGateway, Gateway: "modem"},
			{Number: "+13125550111", Carrier: business.CarrierGateway, Gateway: "other"},
		},
		Gateways: []business.Gateway{
			{Name: "modem", Incoming: business.GatewayIncoming{
				Token: token, From: "payload.phoneNumber", Body: "payload.message", ID: "payload.messageId", Media: "payload.pictures",
				Status: "event", Sent: []string{"sms:sent"}, Delivered: []string{"sms:delivered"}, Failed: []string{"sms:failed"},
			}},
			{Name: "other"}, // tells nothing: no token is its own, least of all an empty one
		},
	}}
}

func (d *desk) Receive(_ context.Context, in messaging.Incoming) error {
	d.received = append(d.received, in)
	return d.err
}

func (d *desk) Report(_ context.Context, r messaging.Report) error {
	d.reports = append(d.reports, r)
	return d.err
}

func (d *desk) Businesses(context.Context) ([]*business.Business, error) {
	return []*business.Business{{ID: "biz_0"}, &d.shop}, d.listErr
}

func (d *desk) post(path, kind, body string, headers ...string) int {
	r := httptest.NewRequest(http.MethodPost, httpgateway.Prefix+path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	httpgateway.NewHandler(d, d, clock.NewManual(at), slog.New(slog.DiscardHandler)).ServeHTTP(w, r)
	return w.Code
}

const (
	isJSON   = "application/json; charset=utf-8"
	incoming = `{"event": "sms:received", "payload": {"messageId": 12345678901234567890, "phoneNumber": "+17735550166", "message": "my sink\u0000 leaks", "pictures": ["http://192.168.1.20/1.jpg"]}}`
)

func TestATextComesIn(t *testing.T) {
	d := newDesk()
	want := []messaging.Incoming{{
		Line: "+13125550110", From: "+17735550166", Body: "my sink leaks", CarrierID: "biz_1/modem/12345678901234567890", Media: []string{"http://192.168.1.20/1.jpg"},
	}}
	if code := d.post(token, isJSON, incoming); code != http.StatusNoContent || !reflect.DeepEqual(d.received, want) {
		t.Errorf("answered %d, received %+v", code, d.received)
	}
}

func TestATextComesInAsAForm(t *testing.T) {
	d := newDesk()
	d.shop.Lines[2].Gateway = "modem"
	in := &d.shop.Gateways[0].Incoming
	in.From, in.To, in.Body, in.ID, in.Media, in.Status = "from", "to", "text", "id", "media", ""
	code := d.post(token, "application/x-www-form-urlencoded", "from=7735550166&to=%28312%29+555-0111&text=a+b&id=7&media=x&media=y")
	want := []messaging.Incoming{{Line: "+13125550111", From: "7735550166", Body: "a b", CarrierID: "biz_1/modem/7", Media: []string{"x", "y"}}}
	if code != http.StatusNoContent || !reflect.DeepEqual(d.received, want) {
		t.Errorf("answered %d, received %+v", code, d.received)
	}
}

func TestWhatBecameOfAText(t *testing.T) {
	for word, want := range map[string]messaging.Status{"sms:sent": messaging.Sent, "sms:delivered": messaging.Delivered, "sms:failed": messaging.Failed, "sms:news": ""} {
		d := newDesk()
		code := d.post(token, isJSON, `{"event": "`+word+`", "payload": {"messageId": "msg_7"}}`)
		var reports []messaging.Report
		if want != "" {
			r := messaging.Report{Line: "+13125550110", CarrierID: "biz_1/modem/msg_7", MessageID: "msg_7", Status: want}
			if want == messaging.Failed {
				r.Class, r.Tell = "other", "The carrier refused it and gave no clear reason."
			}
			reports = append(reports, r)
		}
		if code != http.StatusNoContent || !reflect.DeepEqual(d.reports, reports) || len(d.received) != 0 {
			t.Errorf("%s: answered %d, reported %+v", word, code, d.reports)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	for _, c := range []struct {
		name, path, kind, body string
		want                   int
	}{
		{"another token", token + "x", isJSON, incoming, http.StatusForbidden},
		{"no token", "", isJSON, incoming, http.StatusForbidden},
		{"no JSON", token, isJSON, "hello", http.StatusBadRequest},
		{"nothing", token, isJSON, "", http.StatusBadRequest},
		{"a list", token, isJSON, "[1]", http.StatusBadRequest},
		{"no id", token, isJSON, strings.Replace(incoming, "messageId", "other", 1), http.StatusBadRequest},
		{"a broken form", token, "application/x-www-form-urlencoded", "a=%zz", http.StatusBadRequest},
		{"too large", token, isJSON, `{"x": "` + strings.Repeat("x", 300<<10) + `"}`, http.StatusRequestEntityTooLarge},
	} {
		d := newDesk()
		if code := d.post(c.path, c.kind, c.body); code != c.want || len(d.received)+len(d.reports) != 0 {
			t.Errorf("%s: answered %d, received %+v", c.name, code, d.received)
		}
	}
}

func TestASignatureIsNeededWhereThereIsAKey(t *testing.T) {
	sum := func(words string) []byte {
		mac := hmac.New(sha256.New, []byte("sign"))
		mac.Write([]byte(words))
		return mac.Sum(nil)
	}
	stamp := func(t time.Time) string { return strconv.FormatInt(t.Unix(), 10) }
	old := at.Add(-6 * time.Minute)
	for _, c := range []struct {
		name    string
		dated   bool
		headers []string
		want    int
	}{
		{"hex", false, []string{"X-Signature", hex.EncodeToString(sum(incoming))}, http.StatusNoContent},
		{"with its name", false, []string{"X-Signature", "sha256=" + hex.EncodeToString(sum(incoming))}, http.StatusNoContent},
		{"base64", false, []string{"X-Signature", base64.StdEncoding.EncodeToString(sum(incoming))}, http.StatusNoContent},
		{"none", false, nil, http.StatusForbidden},
		{"of something else", false, []string{"X-Signature", hex.EncodeToString(sum("x"))}, http.StatusForbidden},
		{"dated", true, []string{"X-Signature", hex.EncodeToString(sum(incoming + stamp(at))), "X-Timestamp", stamp(at)}, http.StatusNoContent},
		{"old", true, []string{"X-Signature", hex.EncodeToString(sum(incoming + stamp(old))), "X-Timestamp", stamp(old)}, http.StatusForbidden},
		{"dated anew", true, []string{"X-Signature", hex.EncodeToString(sum(incoming + stamp(old))), "X-Timestamp", stamp(at)}, http.StatusForbidden},
		{"not dated", true, []string{"X-Signature", hex.EncodeToString(sum(incoming))}, http.StatusForbidden},
	} {
		d := newDesk()
		in := &d.shop.Gateways[0].Incoming
		in.SigningKey, in.SignatureHeader = "sign", "X-Signature"
		if c.dated {
			in.TimestampHeader = "X-Timestamp"
		}
		if code := d.post(token, isJSON, incoming, c.headers...); code != c.want {
			t.Errorf("%s: answered %d", c.name, code)
		}
	}
}

func TestWhatIsNotStoredComesAgain(t *testing.T) {
	for _, d := range []*desk{newDesk(), newDesk()} {
		d.err = errors.New("the disk is full")
		if code := d.post(token, isJSON, incoming); code != http.StatusServiceUnavailable {
			t.Errorf("answered %d", code)
		}
	}
	d := newDesk()
	d.listErr = errors.New("no database")
	if code := d.post(token, isJSON, incoming); code != http.StatusServiceUnavailable {
		t.Errorf("answered %d", code)
	}
}

func FuzzWebhook(f *testing.F) {
	f.Add(isJSON, incoming)
	f.Add("application/x-www-form-urlencoded", "payload.messageId=1&payload.phoneNumber=2")
	f.Fuzz(func(t *testing.T, kind, body string) {
		d := newDesk()
		if code := d.post(token, kind, body); code != http.StatusNoContent && len(d.received)+len(d.reports) > 0 {
			t.Errorf("answered %d and took it", code)
		}
	})
}
