// Package api is the JSON API under /api/v1, for the owner's own programs. What it answers is described by
// openapi.json, which it serves; the tests hold each request and answer against it.
package api

import (
	"context"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// requestTimeout is how long one request may work before it is given up with a 503.
const requestTimeout = 15 * time.Second

// Deps is what the API works with. All are needed unless they say otherwise.
type Deps struct {
	Reader  Reader
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
	// Outside looks into the calendars outside before a booking; nil: there are none.
	Outside scheduling.Outside
	// Roads says how long drives take; nil: estimates.
	Roads scheduling.Roads
	// Key is the administrator's key that requests bear. Empty: every request is refused.
	Key string
	// Engine gives what understands a business's callers. Nil: the API compiles and keeps its own.
	Engine func(*business.Business) Engine
	// Harmful finds taught phrases that would do harm, among those that were not taught before. Nil: none is looked for.
	Harmful func(ctx context.Context, all, before []business.Taught) (business.Problems, error)
}

// Engine takes words apart; understanding.Engine is one.
type Engine interface {
	Understand(text string, c understanding.Context) understanding.Understanding
}

// New serves everything under /api/v1/.
func New(d Deps) http.Handler {
	if d.Engine == nil {
		d.Engine = newEngines().of
	}
	s := &server{Deps: d, bearer: newBearer(d.Key), scheduler: scheduling.New(d.Clock, d.Outside).Over(d.Roads), callbacks: &callbacks.Desk{Clock: d.Clock}}
	return s.handler()
}

type server struct {
	Deps
	bearer    bearer
	scheduler *scheduling.Scheduler
	callbacks *callbacks.Desk
}

// request is one request, come as far as its handler: authorised, its business found.
type request struct {
	*http.Request
	w http.ResponseWriter
	b *business.Business
}

// reply is what a handler answers: a status and the body to write as JSON.
type reply struct {
	status int
	body   any
	etag   string
}

func ok(body any) reply { return reply{status: http.StatusOK, body: body} }

// route is one path and what it does for each method.
type route struct {
	path string
	do   map[string]func(context.Context, *request) (reply, error)
}

// routes lists the whole API.
func (s *server) routes() []route {
	type by = map[string]func(context.Context, *request) (reply, error)
	return []route{
		{"/api/v1/jobs", by{"GET": s.listJobs, "POST": s.bookJob}},
		{"/api/v1/jobs/{id}", by{"GET": s.oneJob, "PATCH": s.changeJob, "DELETE": s.cancelJob}},
		{"/api/v1/blocks", by{"GET": s.listBlocks, "POST": s.addBlock}},
		{"/api/v1/blocks/{id}", by{"GET": s.oneBlock, "DELETE": s.removeBlock}},
		{"/api/v1/availability", by{"GET": s.availability}},
		{"/api/v1/calls", by{"GET": s.listCalls}},
		{"/api/v1/calls/{id}", by{"GET": s.oneCall}},
		{"/api/v1/messages", by{"GET": s.listMessages}},
		{"/api/v1/callbacks", by{"GET": s.listCallbacks}},
		{"/api/v1/callbacks/{id}", by{"GET": s.oneCallback, "PATCH": s.noteCallback}},
		{"/api/v1/callbacks/{id}/call", by{"POST": s.callBack}},
		{"/api/v1/callbacks/{id}/acknowledge", by{"POST": s.acknowledgeCallback}},
		{"/api/v1/customers", by{"GET": s.listCustomers}},
		{"/api/v1/customers/{id}", by{"GET": s.oneCustomer}},
		{"/api/v1/report", by{"GET": s.report}},
		{"/api/v1/ledger/{id}/credit", by{"POST": s.creditBooking}},
		{"/api/v1/business", by{"GET": s.getBusiness, "PUT": s.putBusiness}},
		{"/api/v1/understand", by{"POST": s.understand}},
	}
}

func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	for _, r := range s.routes() {
		mux.Handle(r.path, s.serve(r))
	}
	mux.HandleFunc("/api/v1/openapi.json", s.openapi)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		writeProblem(w, problem(http.StatusNotFound, "There is nothing at this path; GET /api/v1/openapi.json lists what there is."))
	})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		// The mux would redirect a path that isn't clean; an API says 404 rather.
		if strings.Contains(r.URL.Path, "//") || strings.Contains(r.URL.Path, "/.") {
			writeProblem(w, problem(http.StatusNotFound, "There is nothing at this path."))
			return
		}
		mux.ServeHTTP(w, r)
	})
}

// serve is the way of a request: the key, the method, the business, the handler, the answer.
func (s *server) serve(rt route) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		rep, err := s.answer(ctx, w, r, rt)
		if err == nil {
			err = writeJSON(w, rep)
		}
		if err == nil {
			return
		}
		p, told := asProblem(err)
		if !told && r.Context().Err() == nil {
			s.Log.ErrorContext(ctx, "api: request failed", "method", r.Method, "path", r.URL.Path, "error", err)
		}
		writeProblem(w, p)
	})
}

func (s *server) answer(ctx context.Context, w http.ResponseWriter, r *http.Request, rt route) (reply, error) {
	if !s.bearer.allows(r) {
		w.Header().Set("WWW-Authenticate", `Bearer realm="fixly"`)
		return reply{}, problem(http.StatusUnauthorized, "Send a valid API key: Authorization: Bearer KEY.")
	}
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if id := r.PathValue("id"); strings.Contains(rt.path, "{id}") && !isID(id) {
		return reply{}, notFound("id")
	}
	do := rt.do[method]
	if do == nil {
		w.Header().Set("Allow", allow(rt))
		return reply{}, problem(http.StatusMethodNotAllowed, r.Method+" is not possible here; "+allow(rt)+" is.")
	}
	b, err := s.business(ctx, r)
	if err != nil {
		return reply{}, err
	}
	return do(ctx, &request{Request: r, w: w, b: b})
}

func allow(rt route) string {
	var out []string
	for _, m := range []string{"GET", "POST", "PUT", "PATCH", "DELETE"} {
		if rt.do[m] != nil {
			out = append(out, m)
		}
	}
	return strings.Join(out, ", ")
}

// business finds whose business a request is about: the slug in the query or in the header Fixly-Business, or the
// only one there is.
func (s *server) business(ctx context.Context, r *http.Request) (*business.Business, error) {
	slug := r.URL.Query().Get("business")
	if slug == "" {
		slug = r.Header.Get("Fixly-Business")
	}
	if slug != "" {
		if !isID(slug) {
			return nil, problem(http.StatusNotFound, "There is no such business.")
		}
		b, err := s.Reader.BusinessBySlug(ctx, slug)
		if err == nil && b == nil {
			return nil, problem(http.StatusNotFound, "There is no business with the slug "+slug+".")
		}
		return b, err
	}
	all, err := s.Reader.Businesses(ctx)
	if err != nil {
		return nil, err
	}
	switch len(all) {
	case 0:
		return nil, problem(http.StatusNotFound, "There is no business yet; load one with fixly business import FILE.")
	case 1:
		return all[0], nil
	}
	return nil, invalid(FieldError{"business", "is needed, as there are several businesses: name one by its slug"})
}
