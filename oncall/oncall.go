// Package oncall pages the people on call about an emergency, by text and by call, until one of them acknowledges.
//
// A page goes out in waves. Where the business has a rota (business.OnCall), a wave is one person: whose turn it is, then
// the next in turn, the owner last. Where it has none, everybody who is marked for emergencies is paged at once. Each
// wave is texted; where nobody has acknowledged a little later, their phones ring; later still it is the next wave's
// turn. After the last wave of the last round the owner hears that nobody answered.
//
//	open ──a reply, a key, the page in the dashboard, or the caller was put through──▶ acknowledged
//	  ├───the caller is in danger──▶ superseded: the page about that goes on
//	  └───after the last wave──▶ nobody ──the same, late──▶ acknowledged
//
// Every step is a durable job, idempotent by the wave that it is about. The times are kept: when the emergency came in,
// who was paged when, who took it when and how.
package oncall

import (
	"errors"
	"slices"
	"time"

	"fixly/telephony"
)

// Purpose is what the calls of this package are for.
const Purpose telephony.Purpose = "page"

// State is how far a page has come.
type State string

// The states of a page.
const (
	Open         State = "open"
	Acknowledged State = "acknowledged"
	Nobody       State = "nobody"     // nobody acknowledged; the owner was told
	Superseded   State = "superseded" // it became a danger, which is paged anew
)

// How is the way in which a page was acknowledged.
type How string

// The ways of acknowledging.
const (
	ByText     How = "text"      // they replied
	ByCall     How = "call"      // they pressed 1
	ByOffice   How = "dashboard" // somebody noted it on the page
	ByTransfer How = "transfer"  // the caller was put through to a person
)

// Someone is who can be paged.
type Someone struct {
	Name  string `json:"name"`
	Phone string `json:"phone"` // E.164
}

// What pages are about.
const (
	emergency = "emergency"
	danger    = "danger"
)

// Page is one emergency that somebody has to take.
type Page struct {
	ID             string
	BusinessID     string
	ConversationID string // one page for each conversation and What
	CallID         string // the call it came in by; empty for a text
	Line           string // E.164: the line that people are paged by
	What           string // "emergency" or "danger"
	Text           string // who, what, where, the number to call
	State          State
	// Waves are who is paged, wave by wave, as it was settled when the emergency came in; Wave is how many of them were.
	Waves     [][]Someone
	Wave      int
	CreatedAt time.Time
	// Who took it, how and when; the name is empty where only the way is known.
	TakenBy    string
	TakenPhone string
	TakenHow   How
	TakenAt    time.Time
}

// Took is the time to acknowledgement; zero while there is none.
func (p *Page) Took() time.Duration {
	if p.TakenAt.IsZero() {
		return 0
	}
	return p.TakenAt.Sub(p.CreatedAt)
}

// person is who has a phone among those of the page's waves; nil when nobody has.
func (p *Page) person(phone string) *Someone {
	for _, wave := range p.Waves {
		if i := slices.IndexFunc(wave, func(s Someone) bool { return s.Phone == phone }); i >= 0 {
			return &wave[i]
		}
	}
	return nil
}

// Paged is one person paged in a wave.
type Paged struct {
	PageID     string
	BusinessID string
	Wave       int
	Someone
	At       time.Time
	PassedAt time.Time // when they said that they can't; zero when they did not
}

// ErrNoPage says that the business has no such page.
var ErrNoPage = errors.New("oncall: no such page")
