package stripe_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// fake is Stripe's meter events: it holds each request against Stripe's description, takes each identifier once, and answers
// as the test says.
type fake struct {
	t    *testing.T
	url  string
	body *openapi3.Schema

	mu       sync.Mutex
	requests []url.Values
	keys     []string // of idempotency
	taken    map[string]bool
	// trouble is what the next requests are answered with; take says that the event is taken all the same.
	trouble []trouble
}

type trouble struct {
	take   bool
	status int // 0: the connection is cut
	body   string
}

func newFake(t *testing.T) *fake {
	t.Helper()
	doc, err := openapi3.NewLoader().LoadFromFile("testdata/openapi.json")
	if err != nil {
		t.Fatal(err)
	}
	f := &fake{t: t, taken: map[string]bool{}}
	f.body = doc.Paths.Value("/v1/billing/meter_events").Post.RequestBody.Value.Content.Get("application/x-www-form-urlencoded").Schema.Value
	srv := httptest.NewServer(f)
	t.Cleanup(srv.Close)
	f.url = srv.URL
	return f
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if r.Method != http.MethodPost || r.URL.Path != "/v1/billing/meter_events" || r.Header.Get("Authorization") != "Bearer sk_test_1" {
		f.t.Errorf("%s %s with %q", r.Method, r.URL.Path, r.Header.Get("Authorization"))
	}
	if err := r.ParseForm(); err != nil {
		f.t.Error(err)
	}
	f.requests = append(f.requests, r.PostForm)
	f.keys = append(f.keys, r.Header.Get("Idempotency-Key"))
	if err := f.body.VisitJSON(nested(r.PostForm)); err != nil {
		f.t.Errorf("%v is not as Stripe describes it: %v", r.PostForm, err)
	}
	id := r.PostForm.Get("identifier")
	if len(f.trouble) > 0 {
		next := f.trouble[0]
		f.trouble = f.trouble[1:]
		if next.take {
			f.taken[id] = true
		}
		if next.status == 0 {
			panic(http.ErrAbortHandler)
		}
		w.WriteHeader(next.status)
		fmt.Fprint(w, next.body)
		return
	}
	if f.taken[id] {
		w.WriteHeader(http.StatusBadRequest)
		fmt.Fprintf(w, `{"error": {"type": "invalid_request_error", "message": "An event already exists with identifier %s."}}`, id)
		return
	}
	f.taken[id] = true
	fmt.Fprintf(w, `{"object": "billing.meter_event", "created": 1796032800, "event_name": "booked_job", "identifier": %q, "livemode": false, "payload": {}, "timestamp": 1796032800}`, id)
}

// nested reads a form as Stripe does: payload[value]=1 is a member of an object.
func nested(form url.Values) map[string]any {
	out := map[string]any{}
	for name, values := range form {
		value := any(values[0])
		if name == "timestamp" {
			value = json.Number(values[0])
		}
		outer, inner, found := strings.Cut(strings.TrimSuffix(name, "]"), "[")
		if !found {
			out[name] = value
			continue
		}
		object, _ := out[outer].(map[string]any)
		if object == nil {
			object = map[string]any{}
			out[outer] = object
		}
		object[inner] = value
	}
	return out
}
