package dashboard

import (
	"errors"
	"net/http"

	"fixly/business"
	"fixly/contact"
)

// businessCookie remembers which of several businesses is looked at; it is no secret.
const businessCookie = "fixly_business"

// Errors that become pages of their own.
var (
	errNotFound   = errors.New("dashboard: there is no such page")
	errNoBusiness = errors.New("dashboard: there is no business yet")
)

// findBusiness finds whose pages a request wants: the slug in the query, else the one looked at last, else the
// first.
func (s *server) findBusiness(q *request) error {
	all, err := s.Reader.Businesses(q.Context())
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errNoBusiness
	}
	q.all = all
	bySlug := func(slug string) *business.Business {
		for _, b := range all {
			if b.Profile.Slug == slug {
				return b
			}
		}
		return nil
	}
	if slug := q.URL.Query().Get("business"); slug != "" {
		if q.b = bySlug(slug); q.b == nil {
			return errNotFound
		}
		if len(all) > 1 {
			http.SetCookie(q.w, s.cookie(businessCookie, slug, 365*24*60*60))
		}
		return nil
	}
	if c, err := q.Cookie(businessCookie); err == nil {
		q.b = bySlug(c.Value)
	}
	if q.b == nil {
		q.b = all[0]
	}
	return nil
}

// frame is the frame of a page.
func (s *server) frame(q *request, page, title string) frame {
	f := frame{Title: title, Page: page, Business: q.b, SignedIn: q.signedIn, Phone: s.Phone != nil}
	if len(q.b.Lines) > 0 {
		f.Line = contact.National(q.b.Lines[0].Number)
	}
	for _, b := range q.all {
		if b.ID != q.b.ID {
			f.Others = append(f.Others, b)
		}
	}
	return f
}

// fail answers with what went wrong.
func (s *server) fail(w http.ResponseWriter, r *http.Request, err error) {
	status, title, text := http.StatusInternalServerError, "Something went wrong", "It was logged. Try again in a moment."
	href, link := "/", "Back to Today"
	switch {
	case errors.Is(err, errNotFound):
		status, title, text = http.StatusNotFound, "Not here", "There is nothing at this address, or not any more."
	case errors.Is(err, errNoBusiness):
		status, title, text = http.StatusNotFound, "No business yet", "Load your shop with: fixly business import FILE. Or start with --demo to look around."
		href, link = "", ""
	default:
		if r.Context().Err() != nil {
			return // the browser is gone
		}
		s.Log.ErrorContext(r.Context(), "dashboard: page failed", "path", r.URL.Path, "error", err)
	}
	if err := renderStatus(w, r, status, messagePage(title, text, href, link)); err != nil {
		s.Log.ErrorContext(r.Context(), "dashboard: drawing a page", "path", r.URL.Path, "error", err)
	}
}
