package api_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/legacy"

	"fixly/api"
	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/receptionist/golden"
	"fixly/store"
	"fixly/store/storetest"
)

const key = "an-administrator-key"

// monday is a working morning at the demo business.
var monday = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

// shop is the API over a database with the demo business in it.
type shop struct {
	t   *testing.T
	db  *store.DB
	b   *business.Business
	url string

	clock *clock.Manual
}

// apiStorage is the database as package api declares it.
type apiStorage struct{ db *store.DB }

func (s apiStorage) InTx(ctx context.Context, f func(context.Context, api.Tx) error) error {
	return s.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return f(ctx, tx) })
}

func open(t *testing.T) *shop {
	t.Helper()
	return openAt(t, storetest.SQLite(t))
}

func openAt(t *testing.T, address string) *shop {
	t.Helper()
	c := clock.NewManual(monday)
	db, h := serveBy(t, address, c)
	srv := httptest.NewServer(h)
	t.Cleanup(srv.Close)
	return &shop{t: t, db: db, b: demo.Business(), url: srv.URL, clock: c}
}

// serve makes the API over a database with the demo business in it.
func serve(t testing.TB, address string) (*store.DB, http.Handler) {
	t.Helper()
	return serveBy(t, address, clock.NewManual(monday))
}

// serveBy is serve by a clock that the test moves.
func serveBy(t testing.TB, address string, c *clock.Manual) (*store.DB, http.Handler) {
	t.Helper()
	db := storetest.Open(t, address, c)
	err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, demo.Business()) })
	if err != nil {
		t.Fatal(err)
	}
	return db, api.New(api.Deps{
		Reader: db, Storage: apiStorage{db}, Clock: c, Log: slog.New(slog.NewTextHandler(t.Output(), nil)), Key: key,
		Harmful: golden.Harmful,
	})
}

func (s *shop) tx(f func(ctx context.Context, tx *store.Tx) error) {
	s.t.Helper()
	if err := s.db.InTx(s.t.Context(), f); err != nil {
		s.t.Fatal(err)
	}
}

// answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// into reads the body as JSON.
func (a answer) into(t *testing.T, v any) {
	t.Helper()
	if err := json.Unmarshal(a.body, v); err != nil {
		t.Fatalf("%v in %s", err, a.body)
	}
}

// do sends a request and holds it and its answer against the description.
func (s *shop) do(method, path string, body any, headers ...string) answer {
	s.t.Helper()
	var data []byte
	switch b := body.(type) {
	case nil:
	case string:
		data = []byte(b)
	default:
		var err error
		if data, err = json.Marshal(b); err != nil {
			s.t.Fatal(err)
		}
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, bytes.NewReader(data))
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+key)
	if data != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		req.Header.Set(headers[i], headers[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	got, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		s.t.Fatal(err)
	}
	a := answer{resp.StatusCode, resp.Header, got}
	s.check(req, data, a)
	return a
}

// check validates an exchange against openapi.json. Requests that were refused as bad are not expected to fit it.
func (s *shop) check(req *http.Request, body []byte, a answer) {
	s.t.Helper()
	router := description(s.t)
	route, params, err := router.FindRoute(req)
	if err != nil {
		if a.status != http.StatusNotFound && a.status != http.StatusMethodNotAllowed {
			s.t.Errorf("%s %s answered %d but is not described: %v", req.Method, req.URL, a.status, err)
		}
		return
	}
	in := &openapi3filter.RequestValidationInput{
		Request: req, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, IncludeResponseStatus: true},
	}
	if a.status < 300 {
		req.Body = io.NopCloser(bytes.NewReader(body))
		if err := openapi3filter.ValidateRequest(s.t.Context(), in); err != nil {
			s.t.Errorf("request %s %s: %v", req.Method, req.URL, err)
		}
	}
	out := &openapi3filter.ResponseValidationInput{
		RequestValidationInput: in, Status: a.status, Header: a.header, Options: in.Options,
	}
	out.SetBodyBytes(a.body)
	if err := openapi3filter.ValidateResponse(s.t.Context(), out); err != nil {
		s.t.Errorf("answer to %s %s (%d): %v\n%s", req.Method, req.URL, a.status, err, a.body)
	}
}

var parsedDescription struct {
	sync.Once
	router routers.Router
	doc    *openapi3.T
	err    error
}

// description is openapi.json as the server gives it.
func description(t *testing.T) routers.Router {
	t.Helper()
	d := &parsedDescription
	d.Do(func() {
		h := api.New(api.Deps{Clock: clock.NewManual(monday), Log: slog.New(slog.DiscardHandler)})
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
		openapi3filter.RegisterBodyDecoder("application/problem+json", openapi3filter.JSONBodyDecoder)
		if d.doc, d.err = openapi3.NewLoader().LoadFromData(w.Body.Bytes()); d.err != nil {
			return
		}
		if d.err = d.doc.Validate(context.Background()); d.err != nil {
			return
		}
		d.doc.Servers = nil // any host will do
		d.router, d.err = legacy.NewRouter(d.doc)
	})
	if d.err != nil {
		t.Fatal(d.err)
	}
	return d.router
}

// problem is an error as clients read it.
type problem struct {
	Title, Detail string
	Status        int
	Errors        []struct{ Field, Detail string }
	Alternatives  []opening
}

type opening struct {
	StartsAt   time.Time `json:"starts_at"`
	EndsAt     time.Time `json:"ends_at"`
	Technician string
}

// refused wants a problem with a status, naming a field unless it is empty.
func (s *shop) refused(a answer, status int, field string) problem {
	s.t.Helper()
	var p problem
	if a.status != status || a.header.Get("Content-Type") != "application/problem+json" {
		s.t.Fatalf("got %d %s, want %d: %s", a.status, a.header.Get("Content-Type"), status, a.body)
	}
	a.into(s.t, &p)
	if p.Status != status || p.Title == "" {
		s.t.Errorf("problem %s", a.body)
	}
	if field == "" {
		return p
	}
	for _, e := range p.Errors {
		if e.Field == field && e.Detail != "" {
			return p
		}
	}
	s.t.Errorf("no error names %s: %s", field, a.body)
	return p
}

type job struct {
	ID, Status, Service, Problem, Urgency, Technician, Source string
	StartsAt                                                  time.Time `json:"starts_at"`
	EndsAt                                                    time.Time `json:"ends_at"`
	Window                                                    struct{ From, To time.Time }
	Customer                                                  struct {
		ID, Name, Phone string
		Email           *string
	}
	Address struct{ Line1, City, State, ZIP string }
	CallID  *string `json:"call_id"`
}

// visit is a new job as a client writes it, with edits.
func visit(edits ...any) map[string]any {
	m := map[string]any{
		"service": "Drain cleaning", "starts_at": "2026-11-24T09:00:00-06:00", "problem": "kitchen sink is backed up",
		"customer": map[string]any{"name": "Karen Whitfield", "phone": "+13125550142"},
		"address":  map[string]any{"line1": "1842 North Damen Avenue", "zip": "60647"},
	}
	for i := 0; i+1 < len(edits); i += 2 {
		path := strings.Split(edits[i].(string), ".")
		at := m
		for _, p := range path[:len(path)-1] {
			at = at[p].(map[string]any)
		}
		if edits[i+1] == nil {
			delete(at, path[len(path)-1])
			continue
		}
		at[path[len(path)-1]] = edits[i+1]
	}
	return m
}

func (s *shop) book(edits ...any) job {
	s.t.Helper()
	a := s.do("POST", "/api/v1/jobs", visit(edits...))
	if a.status != http.StatusCreated {
		s.t.Fatalf("booking: %d %s", a.status, a.body)
	}
	var j job
	a.into(s.t, &j)
	return j
}
