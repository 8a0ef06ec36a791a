package dashboard

import (
	"cmp"
	"context"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/rs/xid"

	"fixly/contact"
	"fixly/messaging"
)

// composerView lets people write in a thread, and says who holds it.
type composerView struct {
	Write, Release string // where to
	Key            string // of what is written next: sent twice, it is one text
	Who            string // the customer
	Receptionist   string
	Held           string // who holds the thread and until when; empty: the receptionist does
	Problem        string
}

// longestText is how many characters one may write at once: four segments of the GSM alphabet.
const longestText = 612

// composer gives the form for a thread; nil for a number that texts are not written to by hand: the owner's own, or a line.
func (s *server) composer(q *request, phone, who string) (*composerView, error) {
	if s.Threads == nil || phone == q.b.Profile.Owner.Phone || q.b.LineByNumber(phone) != nil {
		return nil, nil
	}
	at := "/texts/" + url.PathEscape(phone)
	v := &composerView{
		Write: at, Release: at + "/release", Key: xid.New().String(), Who: who,
		Receptionist: cmp.Or(q.b.Profile.Assistant.Name, "The receptionist"), Problem: refusedText(q.URL.Query().Get("refused")),
	}
	t, err := s.Reader.Takeover(q.Context(), q.b.ID, phone)
	if err != nil {
		return nil, err
	}
	if now := s.now(q); t.Holds(q.b, now) {
		v.Held = "In the hands of " + t.By + " since " + clockTime(t.Since.In(q.b.Location())) + ". " + v.Receptionist +
			" reads along and answers again at " + clockTime(t.Until(q.b).In(q.b.Location())) + ", unless somebody writes before."
	}
	return v, nil
}

// refusedText says why a text was not sent.
func refusedText(why string) string {
	switch why {
	case "":
		return ""
	case "empty":
		return "There was nothing in it to send."
	case "long":
		return "That is too long for a text. Please cut it to " + strconv.Itoa(longestText) + " characters."
	}
	return "It was not sent: " + messaging.Reason(why).Explain()
}

// byDashboard is who writes on these pages: they know no people, only who holds the key.
const byDashboard = "the dashboard"

// writeText sends what somebody wrote to the customer, and takes the thread over.
func (s *server) writeText(q *request) error {
	phone, form, err := s.threadOf(q)
	if err != nil {
		return err
	}
	body, refused := strings.TrimSpace(strings.ReplaceAll(form.Get("body"), "\r\n", "\n")), ""
	switch n := utf8.RuneCountInString(body); {
	case n == 0 || !utf8.ValidString(body):
		refused = "empty"
	case n > longestText:
		refused = "long"
	default:
		err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
			m, err := s.Threads.Write(ctx, tx, s.Clock.Now(), q.b, messaging.Words{
				Number: phone, Body: body, By: byDashboard, Key: "person:page:" + form.Get("key"),
			})
			if m.Status == messaging.Suppressed {
				refused = m.Reason
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return toThread(q, phone, refused)
}

// releaseThread gives a thread back to the receptionist.
func (s *server) releaseThread(q *request) error {
	phone, _, err := s.threadOf(q)
	if err != nil {
		return err
	}
	if err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		_, err := s.Threads.Release(ctx, tx, q.b, phone)
		return err
	}); err != nil {
		return err
	}
	return toThread(q, phone, "")
}

// threadOf is whose thread a form is about.
func (s *server) threadOf(q *request) (phone string, form url.Values, err error) {
	phone = q.PathValue("phone")
	if !contact.IsE164(phone) || s.Threads == nil || phone == q.b.Profile.Owner.Phone || q.b.LineByNumber(phone) != nil {
		return "", nil, errNotFound
	}
	form, err = q.form()
	return phone, form, err
}

func toThread(q *request, phone, refused string) error {
	at := "/texts/" + url.PathEscape(phone)
	if refused != "" {
		at += "?" + url.Values{"refused": {refused}}.Encode()
	}
	http.Redirect(q.w, q.Request, at, http.StatusSeeOther)
	return nil
}
