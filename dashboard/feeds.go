package dashboard

import (
	"context"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Feeds says where a business's jobs can be subscribed to.
type Feeds interface {
	// Path is the private address below the public URL, of a technician's calendar, or of the business's when the name is
	// empty, after so many replacements.
	Path(businessID, technician string, replaced int) string
}

type feedsView struct {
	Feeds []feedView
	Local bool // the server is reached from this machine only
	Done  string
}

type feedView struct {
	Who        string
	Technician string // empty: everyone's jobs
	Address    string
	Subscribe  string // the address as calendar apps open it
}

func (s *server) feeds(q *request) error {
	if s.Feeds == nil {
		return errNotFound
	}
	replaced, err := s.Reader.FeedReplacements(q.Context(), q.b.ID)
	if err != nil {
		return err
	}
	v := feedsView{Local: isLocal(s.PublicURL)}
	for _, technician := range feedOwners(q) {
		f := feedView{Who: technician, Technician: technician, Address: strings.TrimSuffix(s.PublicURL, "/") + s.Feeds.Path(q.b.ID, technician, replaced[technician])}
		if technician == "" {
			f.Who = "Everyone"
		}
		if _, rest, ok := strings.Cut(f.Address, "://"); ok {
			f.Subscribe = "webcal://" + rest
		}
		v.Feeds = append(v.Feeds, f)
	}
	if q.URL.Query().Has("replaced") {
		v.Done = "There is a new address. Whoever had the old one sees nothing any more."
	}
	return q.render(feedsPage(s.frame(q, "jobs", "In your calendar"), v))
}

// feedOwners lists whose calendars there are: everyone's, then each technician's.
func feedOwners(q *request) []string {
	out := []string{""}
	for _, m := range q.b.Team {
		out = append(out, m.Name)
	}
	return out
}

// replaceFeed gives a calendar another private address.
func (s *server) replaceFeed(q *request) error {
	q.Body = http.MaxBytesReader(q.w, q.Body, maxPhraseForm)
	if err := q.ParseForm(); err != nil || s.Feeds == nil {
		return errNotFound
	}
	technician := q.PostForm.Get("technician")
	if !slices.Contains(feedOwners(q), technician) {
		return errNotFound
	}
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error { return tx.ReplaceFeed(ctx, q.b.ID, technician) })
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/jobs/subscribe?replaced=1", http.StatusSeeOther)
	return nil
}

// isLocal says whether an address leads to the machine itself, which no calendar app elsewhere can reach.
func isLocal(public string) bool {
	u, err := url.Parse(public)
	if err != nil {
		return false
	}
	host := u.Hostname()
	return host == "localhost" || host == "::1" || strings.HasPrefix(host, "127.")
}
