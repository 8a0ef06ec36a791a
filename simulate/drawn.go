package simulate

import (
	"errors"
	"math/rand/v2"
	"slices"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// Callers draws callers one by one, for who holds their calls elsewhere than in Run.
type Callers struct{ s *simulation }

// NewCallers prepares to draw callers of a business. It fails for one that nobody can book.
func NewCallers(b *business.Business) (*Callers, error) {
	s := &simulation{business: b.Clone()}
	if len(bookable(s.business)) == 0 {
		return nil, errors.New("simulate: the business has no service that somebody in its team can do")
	}
	var err error
	if s.speech, err = loaded(); err != nil {
		return nil, err
	}
	if s.people, err = everybody(); err != nil {
		return nil, err
	}
	return &Callers{s}, nil
}

// Caller is somebody who calls, and goes on by text where the shop writes.
type Caller struct{ c *caller }

// Draw draws a caller of a moment.
func (cs *Callers) Draw(r *rand.Rand, now time.Time) *Caller {
	c := cs.s.newCaller(r, now)
	if c.goal == Stranger || slices.Contains(later, c.goal) {
		c.goal = Book // those have called before, see Again
	}
	c.prepare()
	return &Caller{c}
}

// later is what people call for who have had a visit booked.
var later = []Goal{Reschedule, Cancel, Status, Returning}

// Again is the same person, who calls once more about a visit that is booked for them; nil for who knows no words for that.
func (cs *Callers) Again(r *rand.Rand, earlier *Caller, visit scheduling.Job, now time.Time) *Caller {
	c := cs.s.newCaller(r, now)
	c.goal, c.facts, c.t, c.s = pick(r, later[:3]), earlier.c.facts, earlier.c.t, earlier.c.s
	if c.t.speaks != nil && !c.t.speaks[c.goal] {
		return nil
	}
	c.own = &visit
	c.facts.From = c.facts.Phone
	return &Caller{c}
}

// Goal is what they call for.
func (c *Caller) Goal() Goal { return c.c.goal }

// Phone is the number that they call from, E.164; empty where it is withheld.
func (c *Caller) Phone() string { return c.c.facts.From }

// Name is their first and last name.
func (c *Caller) Name() string { return c.c.facts.name() }

// Services are those that what is wrong may rightly be booked as, and what is wrong in short.
func (c *Caller) Services() (services []string, problem string) {
	return c.c.trouble.services, c.c.trouble.problem
}

// Address is where the work is, as it is written.
func (c *Caller) Address() (line1, zip string) { return c.c.facts.line1(), c.c.facts.ZIP }

// Said is what a caller does about what was said to them; nothing said and no keys is silence.
type Said struct {
	Words  string
	Keys   string // pressed on the telephone
	HangUp bool   // they have nothing more to say after it
}

// Answer gives what they do about a reply that they heard, or read where byText is so, at an instant.
func (c *Caller) Answer(reply string, byText bool, at time.Time) Said {
	c.c.byText = byText
	h := c.c.t.hear(reply, at.In(c.c.b.Location()))
	a := c.c.next(h, "")
	return Said{Words: a.say, Keys: a.keys, HangUp: a.hangUp || a.say == "" && a.keys == "" && !a.silent}
}
