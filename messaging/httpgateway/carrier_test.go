package httpgateway_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/messaging"
	"fixly/messaging/httpgateway"
	"fixly/messaging/messagingtest"
)

// far is a gateway that takes texts as JSON and answers with a number of its own for each.
type far struct {
	*httptest.Server
	mu       sync.Mutex
	fails    []messagingtest.Failure
	accepted []messagingtest.Accepted
}

func newFar(t *testing.T) *far {
	t.Helper()
	f := &far{}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
}

func (f *far) gateway() *business.Gateway {
	return &business.Gateway{
		Name: "modem", URL: f.URL + "/message", Secret: "hush", ID: "result.0.id",
		Headers: []business.GatewayField{{Name: "Authorization", Value: "Bearer {secret}"}},
		Fields: []business.GatewayField{
			{Name: "phoneNumbers[]", Value: "{to}"}, {Name: "message.text", Value: "{body}"}, {Name: "message.sender", Value: "{from}"},
		},
		Refusals: []business.GatewayRefusal{
			{Answer: "blacklisted", Means: "opted_out"}, {Answer: "not mobile", Means: "landline"}, {Answer: "no campaign", Means: "unregistered"},
		},
	}
}

func (f *far) Fail(x ...messagingtest.Failure) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.fails = append(f.fails, x...)
}

func (f *far) Accepted() []messagingtest.Accepted {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.accepted)
}

// refusals are the gateway's ways to fail, by the class that it means.
var refusals = map[string]struct {
	status int
	words  string
}{
	"throttled": {429, "slow down"}, "opted_out": {200, `{"error": "blacklisted"}`}, "landline": {400, "not mobile"},
	"unregistered": {400, "no campaign"}, "invalid": {422, "no such number"}, "auth": {401, "who are you?"},
}

func (f *far) Code(x messagingtest.Failure) string {
	if r, ok := refusals[x.Err.Class]; ok {
		return strconv.Itoa(r.status)
	}
	return ""
}

// Cannot lists what no gateway can: be asked what it took.
func (f *far) Cannot() []string {
	return []string{"finds a text whose answer was lost", "finds nothing where nothing is", "finds all that look alike, newest first"}
}

func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	var in struct {
		PhoneNumbers []string
		Message      struct{ Text, Sender string }
	}
	if r.Method != http.MethodPost || r.URL.Path != "/message" || r.Header.Get("Authorization") != "Bearer hush" || json.NewDecoder(r.Body).Decode(&in) != nil {
		http.Error(w, "what?", http.StatusNotFound)
		return
	}
	var fail *messagingtest.Failure
	if len(f.fails) > 0 {
		fail, f.fails = &f.fails[0], f.fails[1:]
	}
	if fail != nil && !fail.Accepts {
		if fail.Err.Unknown {
			panic(http.ErrAbortHandler)
		}
		if fail.Err.RetryAfter > 0 {
			w.Header().Set("Retry-After", strconv.Itoa(int(fail.Err.RetryAfter/time.Second)))
		}
		x := refusals[fail.Err.Class]
		w.WriteHeader(x.status)
		_, _ = io.WriteString(w, x.words)
		return
	}
	n := len(f.accepted) + 1
	f.accepted = append(f.accepted, messagingtest.Accepted{
		From: in.Message.Sender, To: in.PhoneNumbers[0], Body: in.Message.Text, CarrierID: fmt.Sprintf("biz_1/modem/%d", n), At: time.Now(),
	})
	if fail != nil {
		panic(http.ErrAbortHandler)
	}
	_, _ = fmt.Fprintf(w, `{"result": [{"id": %d}]}`, n)
}

func TestCarrier(t *testing.T) {
	messagingtest.Run(t, func(t *testing.T) (messaging.Carrier, messagingtest.FarSide) {
		f := newFar(t)
		closed := f.gateway()
		closed.URL = closedAddress(t)
		r := &refusing{
			far: f, carrier: httpgateway.NewCarrier(f.gateway(), httpgateway.NewClient()), closed: httpgateway.NewCarrier(closed, httpgateway.NewClient()),
		}
		return r, r
	})
}

// refusing adds a server that takes no connections to what far can do.
type refusing struct {
	*far
	carrier, closed messaging.Carrier
	refuse          int
}

func (r *refusing) Fail(x ...messagingtest.Failure) {
	for _, f := range x {
		if f.Err.Class == "unreachable" && !f.Err.Unknown {
			r.refuse++
			continue
		}
		r.far.Fail(f)
	}
}

func (r *refusing) Send(ctx context.Context, m messaging.Message) (string, error) {
	if r.refuse > 0 {
		r.refuse--
		return r.closed.Send(ctx, m)
	}
	return r.carrier.Send(ctx, m)
}

func (r *refusing) Find(ctx context.Context, m messaging.Message, since time.Time) ([]string, error) {
	return r.carrier.Find(ctx, m, since)
}

// closedAddress is one where nobody listens.
func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return "http://" + l.Addr().String()
}

var hello = messaging.Message{ID: "msg_7", BusinessID: "biz_1", From: messagingtest.Line, To: messagingtest.Phone, Body: `8 & "10"?`}

// The requests, as they travel.
func TestWhatAGatewayIsAsked(t *testing.T) {
	fields := []business.GatewayField{{Name: "to", Value: "{to}"}, {Name: "m.text", Value: "{body} ({id})"}}
	for _, c := range []struct {
		name              string
		g                 business.Gateway
		request, kind, is string
	}{
		{"JSON", business.Gateway{Fields: fields}, "POST /send?shop=1", "application/json", `{"m":{"text":"8 \u0026 \"10\"? (msg_7)"},"to":"+13125550142"}`},
		{"a form", business.Gateway{Fields: fields, Format: "form"}, "POST /send?shop=1", "application/x-www-form-urlencoded", "m.text=8+%26+%2210%22%3F+%28msg_7%29&to=%2B13125550142"},
		{"the address", business.Gateway{Fields: fields, Method: "GET"}, "GET /send?m.text=8+%26+%2210%22%3F+%28msg_7%29&shop=1&to=%2B13125550142", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			var request, kind, is, key string
			s := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
				b, _ := io.ReadAll(r.Body)
				request, kind, is, key = r.Method+" "+r.RequestURI, r.Header.Get("Content-Type"), string(b), r.Header.Get("X-Key")
			}))
			defer s.Close()
			c.g.Name, c.g.URL, c.g.Secret, c.g.Headers = "g", s.URL+"/send?shop=1", "hush", []business.GatewayField{{Name: "x-key", Value: "k-{secret}-{body}"}}
			id, err := httpgateway.NewCarrier(&c.g, httpgateway.NewClient()).Send(t.Context(), hello)
			if err != nil || id != "biz_1/g/msg_7" {
				t.Errorf("id %q, %v", id, err)
			}
			if request != c.request || kind != c.kind || is != c.is || key != "k-hush-{body}" {
				t.Errorf("asked %s, %s, key %s:\n%s", request, kind, key, is)
			}
		})
	}
}

func TestAnswersThatSayNothing(t *testing.T) {
	for _, answer := range []string{"OK", "{}", `{"result": {}}`, `{"result": [{"id": null}]}`} {
		s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, answer) }))
		g := (&far{Server: s}).gateway()
		_, err := httpgateway.NewCarrier(g, httpgateway.NewClient()).Send(t.Context(), hello)
		var e *messaging.SendError
		if !errors.As(err, &e) || !e.Unknown || !e.Retry || e.RetryAfter < time.Minute {
			t.Errorf("%s: %+v", answer, e)
		}
		s.Close()
	}
}

// A text in doubt goes out again only where the gateway is known to send it once.
func TestWhoCanBeAskedAgain(t *testing.T) {
	for repeats, want := range map[string]error{"": messaging.ErrCannotFind, business.RepeatsIgnored: nil} {
		ids, err := httpgateway.NewCarrier(&business.Gateway{Repeats: repeats}, httpgateway.NewClient()).Find(t.Context(), hello, time.Now())
		if !errors.Is(err, want) || len(ids) != 0 {
			t.Errorf("%q: %v, %v", repeats, ids, err)
		}
	}
}

// A gateway that sends elsewhere is not followed: the secret would go there, too.
func TestARedirectionIsNotFollowed(t *testing.T) {
	elsewhere := newFar(t)
	s := httptest.NewServer(http.RedirectHandler(elsewhere.URL+"/message", http.StatusTemporaryRedirect))
	defer s.Close()
	g := elsewhere.gateway()
	g.URL = s.URL
	if id, err := httpgateway.NewCarrier(g, httpgateway.NewClient()).Send(t.Context(), hello); err == nil || len(elsewhere.Accepted()) != 0 {
		t.Errorf("sent as %s", id)
	}
}
