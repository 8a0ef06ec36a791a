package telnyx_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"fixly/messaging/messagingtest"
	"fixly/telnyxapi"
	"fixly/telnyxapi/telnyxtest"
)

const apiKey = "KEY0123"

// far stands in for Telnyx's REST API, as far as texts go. What it is asked for must be as Telnyx describes it.
type far struct {
	*httptest.Server
	t        *testing.T
	mu       sync.Mutex
	fails    []messagingtest.Failure
	accepted []messagingtest.Accepted
	hooks    []string // the webhook_url of each accepted one
	bodies   []string
}

func newFar(t *testing.T) *far {
	f := &far{t: t}
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

// Code is Telnyx's for a failure.
func (f *far) Code(x messagingtest.Failure) string {
	return map[string]string{
		"throttled": "10011", "opted_out": "40300", "landline": "40301", "unregistered": "40010", "invalid": "40310", "auth": "10009",
	}[x.Err.Class]
}

func (f *far) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if err := telnyxtest.Check(r); err != nil {
		f.t.Errorf("Telnyx is asked for what it does not have: %v", err)
		refuse(w, 400, "10015")
		return
	}
	if r.Header.Get("Authorization") != "Bearer "+apiKey {
		refuse(w, 401, "10009")
		return
	}
	if r.Method == http.MethodGet {
		f.records(w, r)
		return
	}
	b, _ := io.ReadAll(r.Body)
	f.bodies = append(f.bodies, string(b))
	var m telnyxapi.NewMessage
	if err := json.Unmarshal(b, &m); err != nil {
		f.t.Error(err)
	}
	var fail *messagingtest.Failure
	if len(f.fails) > 0 {
		fail, f.fails = &f.fails[0], f.fails[1:]
	}
	if fail != nil && !fail.Accepts {
		f.fail(w, fail)
		return
	}
	a := messagingtest.Accepted{From: m.From, To: m.To, Body: m.Text, CarrierID: fmt.Sprintf("40385f64-5717-4562-b3fc-%012d", len(f.accepted)+1), At: time.Now()}
	f.accepted, f.hooks = append(f.accepted, a), append(f.hooks, m.WebhookURL)
	if fail != nil {
		panic(http.ErrAbortHandler)
	}
	_ = json.NewEncoder(w).Encode(map[string]any{"data": map[string]any{"record_type": "message", "direction": "outbound", "id": a.CarrierID, "text": m.Text}})
}

// fail answers as Telnyx fails in this way.
func (f *far) fail(w http.ResponseWriter, x *messagingtest.Failure) {
	status := 400
	switch {
	case x.Err.Unknown:
		panic(http.ErrAbortHandler)
	case x.Err.Class == "throttled":
		w.Header().Set("Retry-After", strconv.Itoa(int(x.Err.RetryAfter/time.Second)))
		status = 429
	case x.Err.Class == "auth":
		status = 401
	case x.Err.Class == "opted_out":
		status = 403
	}
	refuse(w, status, f.Code(*x))
}

// records answers a search of detail records: page by page, two to one, whatever size is asked for.
func (f *far) records(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	found := []any{}
	for i, a := range slices.Backward(f.accepted) {
		if a.From == q.Get("filter[cli]") && a.To == q.Get("filter[cld]") && a.At.UTC().Format(time.DateOnly) >= q.Get("filter[created_at][gte]") {
			found = append(found, map[string]any{
				"record_type": "message_detail_record", "uuid": a.CarrierID, "cli": a.From, "cld": a.To, "direction": "outbound",
				"created_at": a.At.UTC().Format(time.RFC3339Nano), "status": "delivered", "delivery_status_webhook_url": f.hooks[i],
			})
		}
	}
	page, _ := strconv.Atoi(q.Get("page[number]"))
	from := min(2*(page-1), len(found))
	_ = json.NewEncoder(w).Encode(map[string]any{
		"data": found[from:min(from+2, len(found))], "meta": map[string]any{"page_number": page, "page_size": 2, "total_pages": (len(found) + 1) / 2, "total_results": len(found)},
	})
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	title := map[string]string{"40300": "Blocked due to STOP message"}[code]
	_ = json.NewEncoder(w).Encode(map[string]any{"errors": []any{map[string]any{"code": code, "title": title, "detail": "refused"}}})
}
