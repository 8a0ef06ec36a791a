package photos

import (
	"context"
	"errors"
	"fmt"
	"html"
	"log/slog"
	"net/http"
	"strconv"
	"strings"

	"fixly/business"
	"fixly/clock"
)

// PublicReader is what the pages of pictures read.
type PublicReader interface {
	Reader
	Businesses(ctx context.Context) ([]*business.Business, error)
}

// Handler shows the pictures of a visit to who has its address.
type Handler struct {
	Reader PublicReader
	Links  Links
	Clock  clock.Clock
	Log    *slog.Logger
}

// ServeHTTP answers with the page of a visit's pictures, or with one of them. Whatever is wrong is a 404: nothing is told.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "only GET", http.StatusMethodNotAllowed)
		return
	}
	token, id, _ := strings.Cut(strings.TrimPrefix(r.URL.Path, Prefix), "/")
	if err := h.serve(w, r, token, id); err != nil {
		if !errors.Is(err, ErrNoPhoto) {
			h.Log.ErrorContext(r.Context(), "a picture is not shown", "error", err)
		}
		http.NotFound(w, r)
	}
}

func (h *Handler) serve(w http.ResponseWriter, r *http.Request, token, id string) error {
	all, err := h.Reader.Businesses(r.Context())
	if err != nil {
		return err
	}
	b, jobID := h.Links.find(all, token, h.Clock.Now())
	if b == nil {
		return ErrNoPhoto
	}
	of, err := h.Reader.PhotosOf(r.Context(), b.ID, jobID)
	if err != nil {
		return err
	}
	if id == "" {
		return show(w, token, b, of)
	}
	for i := range of {
		if of[i].ID == id {
			return Serve(r.Context(), w, h.Reader, &of[i])
		}
	}
	return ErrNoPhoto
}

// Serve answers with one picture. Nothing in it can run, whatever it holds.
func Serve(ctx context.Context, w http.ResponseWriter, read Reader, p *Photo) error {
	if p.Status != Kept {
		return ErrNoPhoto
	}
	data, err := read.PhotoData(ctx, p.BusinessID, p.ID)
	if err != nil {
		return fmt.Errorf("photos: show picture %s: %w", p.ID, err)
	}
	head := w.Header()
	head.Set("Content-Type", p.Type)
	head.Set("Content-Length", strconv.Itoa(len(data)))
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("Content-Security-Policy", "default-src 'none'; sandbox")
	head.Set("Cache-Control", "private, max-age=86400")
	_, _ = w.Write(data)
	return nil
}

// show draws the page of a visit's pictures. It says nothing of who sent them.
func show(w http.ResponseWriter, token string, b *business.Business, of []Photo) error {
	title := "Photos for " + html.EscapeString(b.Profile.Name)
	var page strings.Builder
	page.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>` +
		title + "</title><h1>" + title + "</h1>\n")
	for i, p := range of {
		at := html.EscapeString(Prefix + token + "/" + p.ID)
		fmt.Fprintf(&page, `<p><a href="%s"><img src="%s" alt="Photo %d" width="360"></a></p>`+"\n", at, at, i+1)
	}
	page.WriteString("</html>\n")
	head := w.Header()
	head.Set("Content-Type", "text/html; charset=utf-8")
	head.Set("Content-Security-Policy", "default-src 'none'; img-src 'self'; frame-ancestors 'none'")
	head.Set("Referrer-Policy", "no-referrer")
	head.Set("X-Content-Type-Options", "nosniff")
	head.Set("X-Robots-Tag", "noindex")
	head.Set("Cache-Control", "no-store")
	_, _ = w.Write([]byte(page.String()))
	return nil
}
