package receptionist

import (
	"strings"
	"time"

	"fixly/business"
	"fixly/receptionist/wording"
)

// Greeting is what a call's first TwiML says. It always says that an assistant answers, and asks how to help.
func Greeting(b *business.Business, _ time.Time) string {
	g := strings.TrimSpace(b.Profile.Assistant.Greeting)
	if g == "" {
		g = wording.For(languages(b)[0]).Greeting(b)
	}
	return g
}

// Greeting is the package's Greeting, for those who hold a receptionist.
func (r *Receptionist) Greeting(b *business.Business, now time.Time) string { return Greeting(b, now) }

// Hints is the package's Hints, for those who hold a receptionist.
func (r *Receptionist) Hints(b *business.Business) []string { return Hints(b) }

// maxHints is how many words a recogniser is given; carriers cap the whole list.
const maxHints = 90

// Hints are words that a recogniser should expect: what the shop does and callers call it, its people and towns.
func Hints(b *business.Business) []string {
	seen := map[string]bool{}
	var out []string
	add := func(words ...string) {
		for _, w := range words {
			w = strings.TrimSpace(strings.ReplaceAll(w, ",", " "))
			if w != "" && !seen[strings.ToLower(w)] && len(out) < maxHints {
				seen[strings.ToLower(w)] = true
				out = append(out, w)
			}
		}
	}
	add(b.Profile.Name, b.Profile.Assistant.Name)
	for _, p := range b.Answering.Chain {
		add(p.Name)
	}
	for _, s := range b.Services {
		add(s.Name)
	}
	add(b.Emergencies.Signs...)
	add(b.Emergencies.Danger...)
	add(b.ServiceArea.Cities...)
	for _, s := range b.Services {
		add(s.For...)
	}
	return out
}
