package twilio_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"fixly/business"
	"fixly/messaging"
	"fixly/messaging/twilio"
	"fixly/twilioapi"
)

const (
	public = "https://calls.example.com"
	ours   = "+13125550100"
	theirs = "+17735550166"
)

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

var shop = &business.Business{ID: "biz_1", Lines: []business.Line{{Number: ours, AccountSID: sid, AuthToken: token}}}

func (d *desk) BusinessByLine(_ context.Context, number string) (*business.Business, error) {
	if shop.LineByNumber(number) == nil {
		return nil, d.linesErr
	}
	return shop, d.linesErr
}

func (d *desk) BusinessByAccount(_ context.Context, account string) (*business.Business, error) {
	if account != sid {
		return nil, nil
	}
	return shop, nil
}

func (d *desk) handler(t testing.TB) http.Handler {
	t.Helper()
	p, err := twilioapi.ParsePublicURL(public)
	if err != nil {
		t.Fatal(err)
	}
	return twilio.NewHandler(d, d, p, slog.New(slog.DiscardHandler))
}

// post sends a webhook signed as Twilio signs it.
func post(h http.Handler, path string, form url.Values) *httptest.ResponseRecorder {
	return postSigned(h, path, form, twilioapi.Sign(token, public+path, twilioapi.FormOf(form)))
}

func postSigned(h http.Handler, path string, form url.Values, signature string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set(twilioapi.SignatureHeader, signature)
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func incoming() url.Values {
	return url.Values{
		"MessageSid": {"SM1"}, "AccountSid": {sid}, "From": {theirs}, "To": {ours}, "Body": {"hi there"}, "NumMedia": {"2"},
		"MediaUrl0": {"https://api.twilio.com/m/0"}, "MediaUrl1": {"https://api.twilio.com/m/1"}, "OptOutType": {""},
	}
}

func TestIncoming(t *testing.T) {
	d := &desk{}
	w := post(d.handler(t), twilio.IncomingPath, incoming())
	if w.Code != http.StatusOK || !strings.HasSuffix(w.Body.String(), "<Response></Response>") || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/xml") {
		t.Errorf("answer %d %s %q", w.Code, w.Header(), w.Body)
	}
	want := []messaging.Incoming{{
		Line: ours, From: theirs, Body: "hi there", CarrierID: "SM1", Media: []string{"https://api.twilio.com/m/0", "https://api.twilio.com/m/1"},
	}}
	if !reflect.DeepEqual(d.received, want) {
		t.Errorf("received %+v", d.received)
	}
}

func TestIncomingOptOut(t *testing.T) {
	for given, want := range map[string]messaging.OptOutType{"STOP": messaging.Stop, "START": messaging.Start, "HELP": messaging.Help, "OTHER": ""} {
		d := &desk{}
		f := incoming()
		f.Set("OptOutType", given)
		post(d.handler(t), twilio.IncomingPath, f)
		if len(d.received) != 1 || d.received[0].OptOut != want {
			t.Errorf("OptOutType %s: received %+v", given, d.received)
		}
	}
}

func TestRefusals(t *testing.T) {
	valid := func(f url.Values) string {
		return twilioapi.Sign(token, public+twilio.IncomingPath, twilioapi.FormOf(f))
	}
	elsewhere := incoming()
	elsewhere.Set("To", "+13125550177")
	stranger := incoming()
	stranger.Set("To", "+13125550177")
	stranger.Set("AccountSid", "AC2")
	noSID := incoming()
	noSID.Del("MessageSid")
	large := incoming()
	large.Set("Body", strings.Repeat("a", twilioapi.MaxBody))
	for _, c := range []struct {
		name      string
		form      url.Values
		signature string
		code      int
	}{
		{"no signature", incoming(), "", 403},
		{"a wrong signature", incoming(), "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", 403},
		{"a number of ours at Twilio that is no line", elsewhere, valid(elsewhere), 200},
		{"a stranger's account", stranger, valid(stranger), 403},
		{"no MessageSid", noSID, valid(noSID), 400},
		{"too large", large, valid(large), 413},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := &desk{}
			if w := postSigned(d.handler(t), twilio.IncomingPath, c.form, c.signature); w.Code != c.code {
				t.Errorf("answer %d, want %d", w.Code, c.code)
			}
			if len(d.received) != 0 {
				t.Errorf("received %+v", d.received)
			}
		})
	}
	w := httptest.NewRecorder()
	(&desk{}).handler(t).ServeHTTP(w, httptest.NewRequest(http.MethodGet, twilio.IncomingPath, nil))
	if w.Code != http.StatusMethodNotAllowed {
		t.Errorf("GET answers %d", w.Code)
	}
}

func TestDatabaseGone(t *testing.T) {
	for _, d := range []*desk{{err: errors.New("locked")}, {linesErr: errors.New("gone")}} {
		if w := post(d.handler(t), twilio.IncomingPath, incoming()); w.Code != http.StatusServiceUnavailable {
			t.Errorf("answer %d", w.Code)
		}
	}
}

func TestStatus(t *testing.T) {
	path := twilio.StatusPath + "?message=msg_7"
	form := func(status, code string) url.Values {
		f := url.Values{"MessageSid": {"SM1"}, "AccountSid": {sid}, "From": {ours}, "To": {theirs}, "MessageStatus": {status}}
		if code != "" {
			f.Set("ErrorCode", code)
		}
		return f
	}
	for _, c := range []struct {
		status, code string
		want         *messaging.Report
	}{
		{"queued", "", nil},
		{"sending", "", nil},
		{"something new", "", nil},
		{"sent", "", &messaging.Report{Status: messaging.Sent}},
		{"delivered", "", &messaging.Report{Status: messaging.Delivered}},
		{"undelivered", "30006", &messaging.Report{
			Status: messaging.Undelivered, Class: "landline", ErrorCode: "30006", Tell: twilioapi.Explain(30006, "").Tell,
		}},
		{"failed", "21610", &messaging.Report{Status: messaging.Failed, Class: "opted_out", ErrorCode: "21610", Tell: twilioapi.Explain(21610, "").Tell}},
		{"failed", "", &messaging.Report{Status: messaging.Failed, Class: "other", Tell: twilioapi.Explain(0, "").Tell}},
	} {
		d := &desk{}
		if w := post(d.handler(t), path, form(c.status, c.code)); w.Code != http.StatusNoContent || w.Body.Len() != 0 {
			t.Errorf("%s: answer %d %q", c.status, w.Code, w.Body)
		}
		if c.want == nil {
			if len(d.reports) != 0 {
				t.Errorf("%s: reported %+v", c.status, d.reports)
			}
			continue
		}
		c.want.Line, c.want.To, c.want.CarrierID, c.want.MessageID = ours, theirs, "SM1", "msg_7"
		if len(d.reports) != 1 || d.reports[0] != *c.want {
			t.Errorf("%s: reported %+v, want %+v", c.status, d.reports, *c.want)
		}
	}
}

// Whatever is posted, signed or not, is answered without a panic and never with a 500.
func FuzzWebhooks(f *testing.F) {
	f.Add(twilio.IncomingPath, incoming().Encode(), true)
	f.Add(twilio.StatusPath+"?message=msg_7", "From=%2B13125550100&MessageStatus=failed&ErrorCode=x", true)
	f.Add(twilio.IncomingPath, "NumMedia=999999999&To=%2B13125550100&MessageSid=S", true)
	f.Add(twilio.IncomingPath, "%zz", false)
	f.Fuzz(func(t *testing.T, path, body string, signed bool) {
		u, err := url.Parse(path)
		if err != nil || u.Path != twilio.IncomingPath && u.Path != twilio.StatusPath || u.RequestURI() != path {
			return
		}
		r := httptest.NewRequest(http.MethodPost, "http://x", strings.NewReader(body))
		r.URL, r.RequestURI = u, path
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		if form, err := twilioapi.ParseForm(body); err == nil && signed {
			r.Header.Set(twilioapi.SignatureHeader, twilioapi.Sign(token, public+path, form))
		}
		w := httptest.NewRecorder()
		(&desk{}).handler(t).ServeHTTP(w, r)
		if w.Code >= 500 {
			t.Errorf("%s %q answers %d", path, body, w.Code)
		}
	})
}

func TestAReportForANumberThatIsNobodys(t *testing.T) {
	d := &desk{err: messaging.ErrUnknownLine}
	w := post(d.handler(t), twilio.StatusPath, url.Values{
		"MessageSid": {"SM1"}, "AccountSid": {sid}, "From": {ours}, "To": {theirs}, "MessageStatus": {"delivered"},
	})
	if w.Code != http.StatusNoContent || w.Body.Len() > 0 {
		t.Errorf("%d %q", w.Code, w.Body)
	}
}

func TestWhatDatabasesRefuseIsCleaned(t *testing.T) {
	d := &desk{}
	f := incoming()
	f.Set("Body", "no\x00 heat\xff")
	post(d.handler(t), twilio.IncomingPath, f)
	post(d.handler(t), twilio.StatusPath+"?message=%00msg_1%ff", url.Values{
		"MessageSid": {"SM1"}, "AccountSid": {sid}, "From": {ours}, "To": {theirs}, "MessageStatus": {"delivered"},
	})
	if len(d.received) != 1 || d.received[0].Body != "no heat\uFFFD" {
		t.Errorf("received %+v", d.received)
	}
	if len(d.reports) != 1 || d.reports[0].MessageID != "msg_1\uFFFD" {
		t.Errorf("reported %+v", d.reports)
	}
}
