package twilio_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"fixly/messaging/messagingtest"
)

const (
	sid   = "AC00000000000000000000000000000001"
	token = "demo-twilio-auth-token"
)

// far stands in for Twilio's REST API, as far as texts go.
type far struct {
	*httptest.Server
	mu       sync.Mutex
	fails    []messagingtest.Failure
	accepted []messagingtest.Accepted
	forms    []url.Values
}

func newFar(t *testing.T) *far {
	f := &far{}
	f.Server = httptest.NewServer(f)
	t.Cleanup(f.Close)
	return f
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

func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if user, pass, _ := r.BasicAuth(); user != sid || pass != token {
		refuse(w, 401, 20003)
		return
	}
	if r.URL.Path != "/2010-04-01/Accounts/"+sid+"/Messages.json" {
		refuse(w, 404, 20404)
		return
	}
	if r.Method == http.MethodGet {
		f.list(w, r)
		return
	}
	if err := r.ParseForm(); err != nil {
		refuse(w, 400, 21602)
		return
	}
	f.forms = append(f.forms, r.PostForm)
	var fail *messagingtest.Failure
	if len(f.fails) > 0 {
		fail, f.fails = &f.fails[0], f.fails[1:]
	}
	if fail != nil && !fail.Accepts {
		f.fail(w, fail)
		return
	}
	a := messagingtest.Accepted{
		From: r.PostForm.Get("From"), To: r.PostForm.Get("To"), Body: r.PostForm.Get("Body"),
		CarrierID: fmt.Sprintf("SM%032x", len(f.accepted)+1), At: time.Now(),
	}
	f.accepted = append(f.accepted, a)
	if fail != nil {
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(http.StatusCreated)
	_ = json.NewEncoder(w).Encode(resource(a))
}

// fail answers as Twilio fails in this way.
func (f *far) fail(w http.ResponseWriter, x *messagingtest.Failure) {
	code, _ := strconv.Atoi(x.Err.Code)
	switch {
	case x.Err.Unknown:
		panic(http.ErrAbortHandler)
	case x.Err.Class == "throttled":
		w.Header().Set("Retry-After", strconv.Itoa(int(x.Err.RetryAfter/time.Second)))
		refuse(w, 429, code)
	case x.Err.Class == "auth":
		refuse(w, 401, code)
	default:
		refuse(w, 400, code)
	}
}

func (f *far) list(w http.ResponseWriter, r *http.Request) {
	out := []any{}
	for _, a := range slices.Backward(f.accepted) {
		if a.From == r.URL.Query().Get("From") && a.To == r.URL.Query().Get("To") {
			out = append(out, resource(a))
		}
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"messages": out, "next_page_uri": nil})
}

func resource(a messagingtest.Accepted) any {
	return map[string]any{
		"sid": a.CarrierID, "from": a.From, "to": a.To, "body": a.Body, "status": "queued", "direction": "outbound-api",
		"date_created": a.At.UTC().Format(time.RFC1123Z), "date_sent": nil, "error_code": nil,
	}
}

func refuse(w http.ResponseWriter, status, code int) {
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]any{"code": code, "message": "refused", "status": status})
}
