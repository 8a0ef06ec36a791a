package feed

import (
	"bytes"
	"context"
	"log/slog"
	"net/http"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/scheduling"
)

// Reader is what the feeds show.
type Reader interface {
	// Businesses lists every business of the installation.
	Businesses(ctx context.Context) ([]*business.Business, error)
	ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error)
	// FeedReplacements gives how often each address of a business was replaced, by technician; "" is the business's own.
	FeedReplacements(ctx context.Context, businessID string) (map[string]int, error)
}

// Handler answers calendar apps.
type Handler struct {
	Reader Reader
	Keys   Keys
	Clock  clock.Clock
	Log    *slog.Logger
}

// ServeHTTP answers GET /calendars/{business}/{key}.ics. Whatever is wrong with an address, the answer is the same: who
// guesses learns nothing.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	b, technician, err := h.find(r.Context(), r.PathValue("business"), r.PathValue("file"))
	if err == nil && b == nil {
		http.Error(w, "There is no calendar at this address, or not any more.", http.StatusNotFound)
		return
	}
	var body []byte
	if err == nil {
		body, err = h.render(r.Context(), b, technician)
	}
	if err != nil {
		if r.Context().Err() == nil {
			h.Log.ErrorContext(r.Context(), "calendar feed failed", "error", err)
		}
		w.Header().Set("Retry-After", "60")
		http.Error(w, "The calendar can't be read right now; ask again in a minute.", http.StatusServiceUnavailable)
		return
	}
	head := w.Header()
	head.Set("Content-Type", "text/calendar; charset=utf-8")
	head.Set("Content-Disposition", `inline; filename="jobs.ics"`)
	head.Set("Cache-Control", "private, no-cache")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("X-Robots-Tag", "noindex")
	head.Set("ETag", etag(body))
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(body)) // answers If-None-Match
}

// find finds whose calendar an address is; a nil business when it is nobody's.
func (h *Handler) find(ctx context.Context, businessID, file string) (*business.Business, string, error) {
	key, ok := parse(file)
	if !ok {
		return nil, "", nil
	}
	all, err := h.Reader.Businesses(ctx)
	if err != nil {
		return nil, "", err
	}
	for _, b := range all {
		if b.ID != businessID {
			continue
		}
		replaced, err := h.Reader.FeedReplacements(ctx, b.ID)
		if err != nil {
			return nil, "", err
		}
		for _, technician := range Owners(b) {
			if same(key, h.Keys.key(b.ID, technician, replaced[technician])) {
				return b, technician, nil
			}
		}
	}
	return nil, "", nil
}

// Owners lists whose calendars a business has: its own (""), then each technician's.
func Owners(b *business.Business) []string {
	out := []string{""}
	for _, m := range b.Team {
		out = append(out, m.Name)
	}
	return out
}

func (h *Handler) render(ctx context.Context, b *business.Business, technician string) ([]byte, error) {
	jobs, err := h.Reader.ListJobs(ctx, b.ID, scheduling.JobFilter{From: h.Clock.Now().Add(-past)})
	if err != nil {
		return nil, err
	}
	if technician != "" {
		var own []scheduling.Job
		for _, j := range jobs {
			if j.Slot.Takes(technician) {
				own = append(own, j)
			}
		}
		jobs = own
	}
	var body bytes.Buffer
	if err := Write(&body, b, technician, jobs); err != nil {
		return nil, err
	}
	return body.Bytes(), nil
}
