package flow_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// world is a flow.World of the demo business whose calendar is what was put in.
type world struct {
	b    *business.Business
	now  time.Time
	busy []scheduling.Busy
	jobs []scheduling.Job
	sent int // codes that were texted to any number in the last day
}

func (w *world) Business() *business.Business { return w.b }
func (w *world) Now() time.Time               { return w.now }

func (w *world) Offers(q scheduling.Query) (scheduling.Offered, error) {
	return scheduling.Offers(w.b, w.busy, w.now, q), nil
}

func (w *world) Free(s scheduling.Slot, _ string) (bool, error) {
	return !slices.ContainsFunc(w.busy, func(b scheduling.Busy) bool {
		return b.Technician == s.Technician && b.From.Before(s.End) && s.Start.Before(b.To)
	}), nil
}

func (w *world) JobsByPhone(phone string, from time.Time) ([]scheduling.Job, error) {
	var out []scheduling.Job
	for _, j := range w.jobs {
		if j.Customer.Phone == phone && !j.Slot.Start.Before(from) {
			out = append(out, j)
		}
	}
	return out, nil
}

func (w *world) JobsByName(name string, from time.Time) ([]scheduling.Job, error) {
	var out []scheduling.Job
	for _, j := range w.jobs {
		if strings.EqualFold(j.Customer.Name, name) && !j.Slot.Start.Before(from) {
			out = append(out, j)
		}
	}
	return out, nil
}

func (w *world) CodesSent(string, time.Time) (int, error) { return w.sent, nil }

// IsCode takes the number's last six digits for the first code, and the next number for the next.
func (w *world) IsCode(phone string, n int, digits string) bool { return codeOf(phone, n) == digits }

func (*world) MayAskOwner(string) (may, open bool, err error) { return true, false, nil }

func (*world) BookingLink() string { return "https://fixly.example/book/mikes-plumbing" }

func codeOf(phone string, n int) string {
	last, _ := strconv.Atoi(phone[len(phone)-6:])
	return fmt.Sprintf("%06d", last+n-1)
}

// at reads a time of the demo's zone.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	out, err := time.ParseInLocation("2006-01-02 15:04", s, demo.Business().Location())
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// Who calls in these tests, on a Monday morning.
const (
	caller = "+13125550142"
	monday = "2026-11-23 10:05"
)

// script is a conversation in which the understanding is given by hand.
type script struct {
	t     testing.TB
	w     *world
	s     *flow.State
	text  bool
	from  *string // the number of the call, where it is not caller's; empty: withheld
	doubt bool    // the carrier doubts it
	// forwarded is the phone that forwarded the call.
	forwarded string
	d         flow.Decision
	alive     bool
}

func newScript(t testing.TB, now string) *script {
	b := demo.Business()
	b.ID = "shop"
	return &script{t: t, w: &world{b: b, now: at(t, now)}, s: flow.New(), alive: true}
}

func (c *script) event(e flow.Event) flow.Decision {
	c.t.Helper()
	e.CallerID, e.Text, e.Doubted, e.ForwardedFrom = caller, c.text, c.doubt, c.forwarded
	if c.from != nil {
		e.CallerID = *c.from
	}
	d, err := flow.Decide(c.s, e, c.w)
	if err != nil {
		c.t.Fatal(err)
	}
	c.d = d
	if d.Reason == "" {
		c.t.Errorf("a decision without a reason: %+v", d)
	}
	// a conversation is rows: every state survives storage
	raw, err := json.Marshal(c.s)
	if err != nil {
		c.t.Fatal(err)
	}
	again := flow.New()
	if err := json.Unmarshal(raw, again); err != nil {
		c.t.Fatal(err)
	}
	c.s = again
	return d
}

func (c *script) say(u understanding.Understanding) flow.Decision {
	c.t.Helper()
	if u.FAQ == 0 {
		u.FAQ = -1
	}
	return c.event(flow.Event{Kind: flow.Words, Understood: u})
}

// expect checks that something is conveyed, and gives it.
func (c *script) expect(kind flow.Kind) flow.Conveyance {
	c.t.Helper()
	for _, v := range c.d.Convey {
		if v.Kind == kind {
			return v
		}
	}
	c.t.Fatalf("%s is not conveyed, but %v (%s)", kind, kinds(c.d), c.d.Reason)
	return flow.Conveyance{}
}

func (c *script) refute(kind flow.Kind) {
	c.t.Helper()
	if slices.Contains(kinds(c.d), kind) {
		c.t.Fatalf("%s is conveyed: %v", kind, kinds(c.d))
	}
}

func kinds(d flow.Decision) []flow.Kind {
	var out []flow.Kind
	for _, v := range d.Convey {
		out = append(out, v.Kind)
	}
	return out
}

func (c *script) effect(do flow.EffectKind) *flow.Effect {
	for i := range c.d.Effects {
		if c.d.Effects[i].Do == do {
			return &c.d.Effects[i]
		}
	}
	return nil
}

// What callers mean, in short.

type u = understanding.Understanding

func intent(i understanding.Intent) u {
	return u{Text: string(i), Intents: []understanding.ScoredIntent{{Name: i, Score: 0.9}}}
}

func problem(service, words string) u {
	x := intent(understanding.IntentBook)
	x.Text, x.Service, x.ServiceScore, x.Problem = words, service, 0.9, words
	return x
}

func choice(i int) u { return u{Text: "that one", Choice: &understanding.Choice{Index: i}} }

func yes() u { return u{Text: "yes", Answer: understanding.Yes} }
func no() u  { return u{Text: "no", Answer: understanding.No} }

func named(n string) u { return u{Text: n, Name: n} }

func lives(line, zip string) u { return u{Text: line, Address: contact.Address{Line1: line, ZIP: zip}} }

func (c *script) wish(from, to string) u {
	return u{Text: "then", When: understanding.When{
		Kind: understanding.TimeDay, DaySaid: true,
		Wanted: []understanding.TimeInterval{{From: at(c.t, from), To: at(c.t, to)}},
	}}
}

// untilReadBack tells all that is needed.
func (c *script) untilReadBack() {
	c.t.Helper()
	c.say(problem("Leak repair", "water dripping under the sink"))
	c.expect(flow.TellOffer)
	c.say(choice(1))
	c.expect(flow.AskName)
	c.say(named("Karen Whitfield"))
	c.expect(flow.AskPhoneSame)
	c.say(yes())
	c.expect(flow.AskAddress)
	c.say(lives("1842 North Damen Avenue", "60647"))
	c.expect(flow.AskReadBack)
}
