// Package bookingpage is what the links in our texts open: pages on which somebody without an account picks a service
// and an open time and books, and sees, moves or cancels a visit. The scheduler, its holds and its rules are those of
// the calls.
//
// The pages work without scripts. A GET changes nothing: messengers and mail programs open links by themselves.
package bookingpage

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"time"

	"github.com/a-h/templ"

	"fixly/business"
	"fixly/clock"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

const (
	// requestTimeout is how long one request may work.
	requestTimeout = 10 * time.Second
	// maxBody bounds a form, in bytes.
	maxBody = 32 << 10
)

// Deps is what the pages work with. All are needed unless they say otherwise.
type Deps struct {
	Reader  Reader
	Storage Storage
	Clock   clock.Clock
	Log     *slog.Logger
	// Outside looks into the calendars outside before a booking; nil: there are none.
	Outside scheduling.Outside
	// Roads says how long drives take; nil: estimates.
	Roads scheduling.Roads
	// Engine gives what understands a business's callers: dangers and emergencies are told from the words of the problem.
	Engine func(*business.Business) Understander
	// Links are the addresses of visits.
	Links Links
	// Codes are the codes that prove a number; the same as those of the job that texts them.
	Codes receptionist.Codes
	// Secret signs forms and cookies; at least 32 bytes.
	Secret []byte
	// PublicURL is how browsers reach the server. With https, cookies are marked secure.
	PublicURL string
}

// Understander turns words into acts and details; understanding.Engine is one.
type Understander interface {
	Understand(text string, c understanding.Context) understanding.Understanding
}

type server struct {
	Deps
	scheduler *scheduling.Scheduler
	signer    signer
	limits    limits
	holds     *holders
}

// Where the pages are, below the public URL.
const (
	BookPrefix  = "/book/"
	VisitPrefix = "/visit/"
	LeavePrefix = "/unsubscribe/"
	StylePath   = "/booking.css"
)

// New serves the pages at BookPrefix, VisitPrefix, TakePrefix, LeavePrefix and StylePath.
func New(d Deps) http.Handler {
	s := &server{
		Deps: d, scheduler: scheduling.New(d.Clock, d.Outside).Over(d.Roads), signer: newSigner(d.Secret, d.Clock),
		limits: newLimits(d.Clock), holds: newHolders(d.Clock),
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+StylePath, serveStyle)
	for pattern, page := range map[string]func(*request) error{
		"GET /book/{slug}":       s.services,
		"GET /book/{slug}/times": s.times,
		"POST /book/{slug}/hold": s.hold,
		"POST /book/{slug}":      s.book,

		"GET /take/{call}":       s.services,
		"GET /take/{call}/times": s.times,
		"POST /take/{call}/hold": s.hold,
		"POST /take/{call}":      s.book,

		"GET /unsubscribe/{mails}":  s.askToLeave,
		"POST /unsubscribe/{mails}": s.leave,

		"GET /visit/{token}":         s.visit,
		"GET /visit/{token}/times":   s.visitTimes,
		"POST /visit/{token}/hold":   s.holdForVisit,
		"POST /visit/{token}/move":   s.move,
		"GET /visit/{token}/cancel":  s.askToCancel,
		"POST /visit/{token}/cancel": s.cancel,
	} {
		mux.Handle(pattern, s.page(page))
	}
	mux.Handle("/", s.page(func(*request) error { return errNotFound }))
	return s.secure(mux)
}

// request is one request for a page, come as far as its handler: its business and its language are known.
type request struct {
	*http.Request
	w       http.ResponseWriter
	b       *business.Business
	job     *scheduling.Job // of a visit's page
	taken   *taken          // of a call that somebody took
	words   *words
	chosen  bool // the language was chosen by a link, so it goes along
	visitor visitor
}

var (
	// errNotFound says that there is no such page.
	errNotFound = errors.New("bookingpage: no such page")
	// errTooMany says that somebody asks for more than a person does.
	errTooMany = errors.New("bookingpage: too many requests")
)

// page is the way of a request: its limits, its business, its page, the answer.
func (s *server) page(do func(*request) error) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), requestTimeout)
		defer cancel()
		q := &request{Request: r.WithContext(ctx), w: w, words: &english}
		err := s.prepare(q)
		if err == nil {
			err = do(q)
		}
		if err != nil {
			s.fail(q, err)
		}
	})
}

// prepare finds out whom a request is about, and reads its form.
func (s *server) prepare(q *request) error {
	limit := s.limits.looks
	if q.Method == http.MethodPost && q.PathValue("mails") == "" { // the servers of a mail program post for all its people
		limit = s.limits.sends
	}
	if !limit.take(s.address(q.Request)) {
		return errTooMany
	}
	if q.Method == http.MethodPost {
		q.Body = http.MaxBytesReader(q.w, q.Body, maxBody)
		if err := q.ParseForm(); err != nil {
			return errNotFound // nothing that one of our pages sends
		}
	}
	if err := s.find(q); err != nil {
		return err
	}
	q.speak()
	q.visitor = s.signer.visitor(q.Request)
	return nil
}

// find finds the business, and the visit, that a path names.
func (s *server) find(q *request) error {
	if slug := q.PathValue("slug"); slug != "" {
		b, err := s.Reader.BusinessBySlug(q.Context(), slug)
		if err == nil && (b == nil || !b.Profile.HasBookingPage()) {
			return errNotFound
		}
		q.b = b
		return err
	}
	if token := q.PathValue("call"); token != "" {
		return s.findTaken(q, token)
	}
	token, find := q.PathValue("token"), s.Links.find
	if leaving := q.PathValue("mails"); leaving != "" {
		token, find = leaving, s.Links.findLeaving
	}
	if token == "" {
		return errNotFound
	}
	all, err := s.Reader.Businesses(q.Context())
	if err != nil {
		return err
	}
	b, id := find(all, token)
	if b == nil {
		return errNotFound
	}
	j, err := s.Reader.Job(q.Context(), b.ID, id)
	if errors.Is(err, scheduling.ErrNoJob) {
		return errNotFound
	}
	q.b, q.job = b, j
	return err
}

// fail answers what went wrong. Whatever is wrong with an address, the answer is the same: who guesses learns nothing.
func (s *server) fail(q *request, err error) {
	status, words := http.StatusInternalServerError, q.words.Failed
	switch {
	case errors.Is(err, errNotFound):
		status, words = http.StatusNotFound, q.words.NoPage
	case errors.Is(err, errTooMany):
		status, words = http.StatusTooManyRequests, q.words.TooMany
		q.w.Header().Set("Retry-After", "60")
	case errors.Is(err, context.DeadlineExceeded):
		status = http.StatusServiceUnavailable
	}
	if status >= http.StatusInternalServerError && !errors.Is(err, context.Canceled) {
		s.Log.ErrorContext(q.Context(), "booking page: request failed", "method", q.Method, "path", q.Pattern, "error", err)
	}
	if err := q.render(status, sorryPage(q.frame(words.Title), words)); err != nil {
		s.Log.ErrorContext(q.Context(), "booking page: drawing the page about a failure", "error", err)
	}
}

// render answers with a page.
func (q *request) render(status int, c templ.Component) error {
	// templ buffers, so nothing was written when it returns an error.
	var failed error
	templ.Handler(c, templ.WithStatus(status), templ.WithErrorHandler(func(_ *http.Request, err error) http.Handler {
		failed = err
		return http.HandlerFunc(func(http.ResponseWriter, *http.Request) {})
	})).ServeHTTP(q.w, q.Request)
	return failed
}

// seeOther sends the browser on after something was done, so that going back or loading again repeats nothing.
func (q *request) seeOther(path string) {
	http.Redirect(q.w, q.Request, path, http.StatusSeeOther)
}
