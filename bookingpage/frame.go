package bookingpage

import (
	"net/http"
	"strings"

	"fixly/business"
	"fixly/contact"
	"fixly/messaging"
)

// frame is what every page shows around itself.
type frame struct {
	*words
	Title  string
	Shop   string // empty where it isn't known
	Line   string // the shop's number in E.164, empty when it has none
	Others []tongue
	Caller string // for whom a person who took a call books; empty for everybody else
}

// tongue is a link to the same page in another language.
type tongue struct{ Language, Name, Href string }

// National is the shop's number as people write it.
func (f frame) National() string { return contact.National(f.Line) }

// frame makes what a page shows around itself.
func (q *request) frame(title string) frame {
	f := frame{words: q.words, Title: title}
	if q.b == nil {
		return f
	}
	f.Shop, f.Line = q.b.Profile.Name, messaging.DefaultLine(q.b)
	if q.taken != nil {
		f.Caller = q.words.ForCaller(strings.TrimSpace(q.taken.known.Name + " " + contact.National(q.taken.known.Phone)))
	}
	if q.Method == http.MethodPost {
		return f // the page came of a form: there is no address to come back to
	}
	for _, w := range spoken(q.b) {
		if w == q.words {
			continue
		}
		v := q.URL.Query()
		v.Set("lang", w.Language)
		f.Others = append(f.Others, tongue{w.Language, w.Name, q.URL.EscapedPath() + "?" + v.Encode()})
	}
	return f
}

// area is where a shop goes, in a few words.
func area(b *business.Business) string {
	a := b.ServiceArea
	switch len(a.Cities) {
	case 0:
		return a.State
	case 1, 2, 3:
		return strings.Join(a.Cities, ", ") + optional(", ", a.State)
	}
	return strings.Join(a.Cities[:3], ", ") + optional(", ", a.State)
}

// optional is s with something before it, or nothing.
func optional(before, s string) string {
	if s == "" {
		return ""
	}
	return before + s
}
