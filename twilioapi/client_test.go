package twilioapi

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"
)

// twilio is an API that answers each request by the next of its answers.
type twilio struct {
	*httptest.Server
	answers []answer

	mu       sync.Mutex
	requests []*http.Request
}

// got is the requests so far.
func (x *twilio) got() []*http.Request {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.requests
}

type answer struct {
	status int // 0: drop the connection
	body   string
	header http.Header
}

func (x *twilio) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	x.mu.Lock()
	x.requests = append(x.requests, r)
	a := x.answers[min(len(x.requests), len(x.answers))-1]
	x.mu.Unlock()
	if a.status == 0 {
		panic(http.ErrAbortHandler)
	}
	for k, v := range a.header {
		w.Header()[k] = v
	}
	w.WriteHeader(a.status)
	_, _ = w.Write([]byte(a.body))
}

func answering(t *testing.T, answers ...answer) (*twilio, Account) {
	t.Helper()
	x := &twilio{answers: answers}
	x.Server = httptest.NewServer(x)
	t.Cleanup(x.Close)
	c, err := NewClient(x.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	c.pause = time.Millisecond
	return x, c.Account("AC00000000000000000000000000000001", "demo-twilio-auth-token")
}

func TestCreateMessage(t *testing.T) {
	x, account := answering(t, answer{status: 201, body: `{"sid":"SM1","status":"queued","body":"hello","from":"+13125550100",
		"to":"+13125550142","direction":"outbound-api","error_code":null,"date_created":"Mon, 09 Mar 2026 16:00:00 +0000","date_sent":null}`})
	m, err := account.CreateMessage(t.Context(), NewMessage{
		From: "+13125550100", To: "+13125550142", Body: "hello",
		StatusCallback: "https://calls.example.com/twilio/sms/status", ValidFor: 10 * time.Minute,
	})
	if err != nil {
		t.Fatal(err)
	}
	if m.SID != "SM1" || m.Status != "queued" || m.ErrorCode != nil || !m.Sent.IsZero() ||
		!m.Created.Equal(time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC)) {
		t.Errorf("got %+v", m)
	}
	r := x.got()[0]
	want := url.Values{
		"From": {"+13125550100"}, "To": {"+13125550142"}, "Body": {"hello"}, "ValidityPeriod": {"600"},
		"StatusCallback": {"https://calls.example.com/twilio/sms/status"},
	}
	if r.Method != "POST" || r.URL.Path != "/2010-04-01/Accounts/AC00000000000000000000000000000001/Messages.json" || r.PostForm.Encode() != want.Encode() {
		t.Errorf("asked %s %s with %v", r.Method, r.URL.Path, r.PostForm)
	}
	if user, pass, _ := r.BasicAuth(); user != "AC00000000000000000000000000000001" || pass != "demo-twilio-auth-token" {
		t.Errorf("signed in as %s with %s", user, pass)
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name   string
		answer answer
		want   Error
		retry  bool
	}{
		{"landline", answer{400, `{"code":21614,"message":"not mobile"}`, nil}, Error{Class: Landline, Status: 400, Code: 21614, Message: "not mobile"}, false},
		{"landline, refused at once", answer{400, `{"code":21635}`, nil}, Error{Class: Landline, Status: 400, Code: 21635}, false},
		{"opted out", answer{400, `{"code":21610}`, nil}, Error{Class: OptedOut, Status: 400, Code: 21610}, false},
		{"unregistered", answer{400, `{"code":30034}`, nil}, Error{Class: Unregistered, Status: 400, Code: 30034}, false},
		{"invalid number", answer{400, `{"code":21211}`, nil}, Error{Class: Invalid, Status: 400, Code: 21211}, false},
		{"unknown refusal", answer{400, `{"code":99999}`, nil}, Error{Class: Invalid, Status: 400, Code: 99999}, false},
		{"wrong token", answer{401, `{"code":20003}`, nil}, Error{Class: Auth, Status: 401, Code: 20003}, false},
		{"forbidden by a proxy", answer{403, `<html>`, nil}, Error{Class: Auth, Status: 403}, false},
		{"throttled", answer{429, `{"code":20429}`, http.Header{"Retry-After": {"7"}}}, Error{Class: Throttled, Status: 429, Code: 20429, RetryAfter: 7 * time.Second}, true},
		{
			"throttled until a date",
			answer{429, `{}`, http.Header{"Retry-After": {"Mon, 09 Mar 2026 16:00:09 GMT"}, "Date": {"Mon, 09 Mar 2026 16:00:00 GMT"}}},
			Error{Class: Throttled, Status: 429, RetryAfter: 9 * time.Second},
			true,
		},
		{"down", answer{503, `{"code":20429}`, nil}, Error{Class: Unreachable, Status: 503, Code: 20429, MaybeAccepted: true}, true},
		{"dropped", answer{0, ``, nil}, Error{Class: Unreachable, MaybeAccepted: true}, true},
		{"not JSON", answer{201, `<html>`, nil}, Error{Class: Unreachable, Status: 201, MaybeAccepted: true}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			x, account := answering(t, c.answer)
			_, err := account.CreateMessage(t.Context(), NewMessage{From: "+13125550100", To: "+13125550142", Body: "hello"})
			var got *Error
			if !errors.As(err, &got) {
				t.Fatalf("error %v, want an *Error", err)
			}
			if got.Retry() != c.retry {
				t.Errorf("Retry() = %t", got.Retry())
			}
			if got.Tell() == "" || got.Error() == "" {
				t.Errorf("nothing to tell about %v", got)
			}
			flat := *got
			flat.Err = nil
			if flat != c.want {
				t.Errorf("got %+v, want %+v", flat, c.want)
			}
			if len(x.got()) != 1 {
				t.Errorf("the text was handed over %d times", len(x.got()))
			}
		})
	}
}

func TestAnExpiredDeadlineMayHaveBeenAccepted(t *testing.T) {
	release := make(chan struct{})
	srv := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-release }))
	defer srv.Close()
	defer close(release)
	c, err := NewClient(srv.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	_, err = c.Account("AC1", "x").CreateMessage(ctx, NewMessage{})
	var e *Error
	if !errors.As(err, &e) || !e.MaybeAccepted || !e.Retry() || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %+v", err)
	}
}

func TestWhatNeverLeftIsTriedAgain(t *testing.T) {
	c, err := NewClient("http://127.0.0.1:1", nil)
	if err != nil {
		t.Fatal(err)
	}
	c.pause = time.Millisecond
	_, err = c.Account("AC1", "x").CreateCall(t.Context(), NewCall{})
	var e *Error
	if !errors.As(err, &e) || e.Class != Unreachable || e.MaybeAccepted {
		t.Errorf("error %+v, want unreachable and certainly not accepted", err)
	}
}

func TestReadsAreTriedAgain(t *testing.T) {
	x, account := answering(t, answer{status: 503}, answer{status: 0}, answer{status: 200, body: `{"sid":"CA1","status":"in-progress"}`})
	c, err := account.Call(t.Context(), "CA1")
	if err != nil || c.Status != "in-progress" || len(x.got()) != 3 {
		t.Errorf("%+v, %v after %d requests", c, err, len(x.got()))
	}
}

func TestCreateCall(t *testing.T) {
	x, account := answering(t, answer{status: 201, body: `{"sid":"CA1","status":"queued"}`})
	_, err := account.CreateCall(t.Context(), NewCall{
		From: "+13125550100", To: "+13125550142", TwiML: "<Response/>", Timeout: 15 * time.Second,
		StatusCallback: "https://calls.example.com/twilio/status", StatusEvents: []string{"answered", "completed"},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := url.Values{
		"From": {"+13125550100"}, "To": {"+13125550142"}, "Twiml": {"<Response/>"}, "Timeout": {"15"},
		"StatusCallback": {"https://calls.example.com/twilio/status"}, "StatusCallbackEvent": {"answered", "completed"},
	}
	if got := x.got()[0].PostForm; got.Encode() != want.Encode() {
		t.Errorf("asked for %v", got)
	}
}

func TestFindMessage(t *testing.T) {
	at := time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC)
	listed := func(sid, body, direction string, created time.Time) map[string]any {
		return map[string]any{
			"sid": sid, "from": "+13125550100", "to": "+13125550142", "body": body, "direction": direction, "status": "sent",
			"date_created": created.Format(time.RFC1123Z), "date_sent": nil,
		}
	}
	page := func(next string, ms ...map[string]any) answer {
		b, _ := json.Marshal(map[string]any{"messages": ms, "next_page_uri": next})
		return answer{status: 200, body: string(b)}
	}
	next := "/2010-04-01/Accounts/AC1/Messages.json?Page=1"
	for _, c := range []struct {
		name  string
		pages []answer
		want  string
	}{
		{"none", []answer{page("")}, ""},
		{"newest", []answer{page("", listed("SM2", "hello", "outbound-api", at), listed("SM1", "hello", "outbound-api", at))}, "SM2"},
		{"on the second page", []answer{page(next, listed("SM2", "other", "outbound-api", at)), page("", listed("SM1", "hello", "outbound-api", at))}, "SM1"},
		{"within the same second", []answer{page("", listed("SM1", "hello", "outbound-api", at.Add(300*time.Millisecond)))}, "SM1"},
		{"too old", []answer{page("", listed("SM1", "hello", "outbound-api", at.Add(-time.Minute)))}, ""},
		{"theirs", []answer{page("", listed("SM1", "hello", "inbound", at))}, ""},
		{"endless pages", []answer{page(next, listed("SM1", "other", "outbound-api", at))}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			x, account := answering(t, c.pages...)
			m, found, err := account.FindMessage(t.Context(), "+13125550100", "+13125550142", "hello", at.Add(400*time.Millisecond))
			if err != nil || m.SID != c.want || found != (c.want != "") {
				t.Errorf("found %q, %t, %v; want %q", m.SID, found, err, c.want)
			}
			if len(x.got()) > maxPages {
				t.Errorf("read %d pages", len(x.got()))
			}
			if q := x.got()[0].Form; q.Get("From") != "+13125550100" || q.Get("To") != "+13125550142" {
				t.Errorf("asked for %v", q)
			}
		})
	}
}

// Those of a <Dial> go from the same line to the same phone.
func TestFindCalls(t *testing.T) {
	at := time.Date(2026, 3, 9, 16, 0, 0, 0, time.UTC)
	listed := func(sid, direction string, created time.Time) map[string]any {
		return map[string]any{
			"sid": sid, "from": "+13125550100", "to": "+13125550142", "direction": direction, "status": "ringing",
			"date_created": created.Format(time.RFC1123Z),
		}
	}
	b, _ := json.Marshal(map[string]any{"calls": []any{
		listed("CA4", "outbound-api", at.Add(time.Second)), listed("CA3", "outbound-dial", at), listed("CA2", "inbound", at),
		listed("CA1", "outbound-api", at), listed("CA0", "outbound-api", at.Add(-time.Minute)),
	}})
	_, account := answering(t, answer{status: 200, body: string(b)})
	found, err := account.FindCalls(t.Context(), "+13125550100", "+13125550142", at)
	if err != nil || len(found) != 2 || found[0].SID != "CA4" || found[1].SID != "CA1" {
		t.Errorf("found %+v, %v", found, err)
	}
}

func TestExplain(t *testing.T) {
	for code, x := range codes {
		if x.Tell == "" || x.Class == "" {
			t.Errorf("code %d has no explanation", code)
		}
	}
	for _, c := range []struct {
		code  int
		class Class
		want  Class
	}{{30006, "", Landline}, {0, "", Other}, {12345, Invalid, Invalid}, {20429, Unreachable, Unreachable}} {
		if got := Explain(c.code, c.class); got.Class != c.want || got.Tell == "" {
			t.Errorf("Explain(%d, %q) = %+v", c.code, c.class, got)
		}
	}
}

func TestNewClientRefusesWhatIsNoAddress(t *testing.T) {
	for _, bad := range []string{"api.twilio.com", "ftp://x", "http://", "://"} {
		if _, err := NewClient(bad, nil); err == nil {
			t.Errorf("API URL %q is accepted", bad)
		}
	}
	if c, err := NewClient("", nil); err != nil || c.base != DefaultURL {
		t.Error(fmt.Errorf("no URL: %w", err))
	}
}
