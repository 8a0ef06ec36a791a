package simulate

import (
	"context"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/scheduling"
)

// Line is something said or done in a call.
type Line struct {
	Who    string `json:"who"` // "caller", "receptionist"
	Text   string `json:"text"`
	Reason string `json:"reason,omitempty"` // receptionist: why, see flow.Reason
}

// Call is one simulated call and what became of it.
type Call struct {
	Number   int      `json:"number"` // from 1
	Goal     Goal     `json:"goal"`
	Manner   Manner   `json:"manner"`
	Language string   `json:"language"`
	Wanted   string   `json:"wanted"` // what the caller wanted, in a line
	Lines    []Line   `json:"lines"`
	Turns    int      `json:"turns"`             // of the caller, until the booking where there is one
	Bookable bool     `json:"bookable"`          // the caller was to end with a visit booked
	Right    bool     `json:"right"`             // all ended as it should
	Wrong    []string `json:"wrong,omitempty"`   // what did not
	Unsafe   []string `json:"unsafe,omitempty"`  // what must never happen
	Repeats  int      `json:"repeats,omitempty"` // sentences said again in the next reply
	Unclear  int      `json:"unclear,omitempty"` // replies that a listener could not make out
}

// call is a call under way.
type call struct {
	*caller
	mem      *memory.Storage
	clock    *clock.Manual
	desk     *receptionist.Receptionist
	id       string
	others   []scheduling.Job // of other people, and the caller's own from before
	result   Call
	replies  []receptionist.Reply
	last     map[string]bool // sentences of the last reply
	bookedAt int             // the caller's turn with which it was booked
	turns    int
	rang     bool // a person was rung
	took     bool // and took the call
}

// newCall draws a caller and the shop's calendar.
func (s *simulation) newCall(n int) *call {
	r := rand.New(rand.NewPCG(s.Seed, uint64(n)))
	now := moment(r, s.business, s.From)
	k := &call{mem: memory.New(s.business), clock: clock.NewManual(now), last: map[string]bool{}}
	k.others = fill(r, s.people, s.business, k.mem, now)
	k.caller = s.newCaller(r, now)
	k.prepare()
	k.result = Call{Number: n, Goal: k.goal, Manner: k.manner, Language: k.t.lang, Bookable: k.goal.Bookable()}
	k.desk = receptionist.New(receptionist.Options{
		Storage: k.mem, Clock: k.clock, Log: slog.New(&complaints{call: k}),
		Compile: func(*business.Business) receptionist.Understander { return s.engine },
	})
	return k
}

func (s *simulation) newCaller(r *rand.Rand, now time.Time) *caller {
	t, words := englishTongue, s.speech["en"]
	goal := drawGoal(r, s.business, words)
	if slices.Contains(s.business.Profile.Languages, "es") && spanishTongue.speaks[goal] && chance(r, 0.12) {
		t, words = spanishTongue, s.speech["es"]
	}
	trouble := drawTrouble(r, s.business, words)
	if len(words.Problems[trouble.problem]) == 0 && t != englishTongue { // no words for it: a caller who speaks English
		t, words = englishTongue, s.speech["en"]
		trouble = drawTrouble(r, s.business, words)
	}
	c := &caller{
		r: r, t: t, b: s.business, s: words, byText: s.ByText, now: now,
		goal: goal, manner: drawManner(r, s.ByText), facts: newFacts(r, s.people, s.business), tenant: newFacts(r, s.people, s.business),
		trouble: trouble, wish: t.wish(&calendar{r, now}),
		style: digitStyle{figures: s.ByText || chance(r, 0.4), oh: chance(r, 0.6), double: chance(r, 0.15)},
		asked: map[ask]int{}, wrong: map[string]int{}, told: map[string]bool{},
	}
	if !s.ByText && chance(r, 0.5) {
		c.noise.level = []float64{0.3, 0.6, 1}[r.IntN(3)]
	}
	if s.ByText && c.facts.From == "" {
		c.facts.From = c.facts.Phone
	}
	return c
}

// prepare sets the stage for the goal: what was booked before, what is asked.
func (k *call) prepare() {
	c := k.caller
	switch c.goal {
	case Reschedule, Cancel, Status, Returning:
		c.facts.From = c.facts.Phone
		c.own = bookOwn(c.r, c.b, k.mem, c.now, c.facts)
		if c.own == nil {
			c.goal = Book
		}
		if c.goal == Returning && chance(c.r, 0.3) { // for another place this time
			other := newFacts(c.r, &people{Streets: []string{"Kostner"}, Kinds: []string{"Avenue"}, Numbered: []string{"19th"}, First: []string{c.facts.First}, Last: []string{c.facts.Last}}, c.b)
			c.facts.House, c.facts.Direction, c.facts.Street, c.facts.Kind, c.facts.Unit, c.facts.ZIP = other.House, other.Direction, other.Street, other.Kind, "", other.ZIP
		}
	case Stranger:
		if len(k.others) == 0 {
			c.goal = Book
			break
		}
		c.own = &k.others[c.r.IntN(len(k.others))]
	}
	c.prepare()
}

// prepare draws what a caller says of their goal.
func (c *caller) prepare() {
	switch c.goal {
	case Danger:
		c.about = pick(c.r, dangers(c.b, c.s))
	case Emergency:
		c.trouble = pick(c.r, emergencies(c.b, c.s))
		c.wish = wish{ways: c.s.talk["asap"], hour: -1, soon: true}
	case Question:
		c.drawQuestion()
	case Message, Person:
		c.about = pick(c.r, c.s.calls.MessageWords)
	case Complaint:
		c.about = pick(c.r, c.s.calls.Complaint)
	case Billing:
		c.about = pick(c.r, c.s.calls.Billing)
	case JobSeeker:
		c.about = "i'm looking for work, i've got eight years of experience"
	case OutOfArea:
		c.about = pick(c.r, c.s.calls.Places)
		c.facts.ZIP, c.facts.City = farZIP(c.r, c.b), c.about
	case NotOffered:
		c.about = pick(c.r, foreign(c.b, c.s))
	case Tenant:
		c.tenant.From = c.tenant.Phone
	}
}

// farZIP is one that no shop of the area has.
func farZIP(r *rand.Rand, b *business.Business) string {
	for {
		if z := fmt.Sprintf("%05d", 10000+r.IntN(89999)); !b.InArea(z) {
			return z
		}
	}
}

// hold holds the call to its end.
func (k *call) hold(ctx context.Context) error {
	var reply receptionist.Reply
	var err error
	if !k.byText {
		reply, err = k.desk.Start(ctx, receptionist.StartInput{BusinessID: shopID, CallID: "call", Caller: receptionist.Caller{Number: k.facts.From}})
		if err != nil {
			return err
		}
		k.id = reply.ConversationID
		k.heard(reply)
	}
	for k.turns < mostTurns {
		h := k.t.hear(reply.Text(), k.clock.Now().In(k.b.Location()))
		a := k.next(h, reply.Asked)
		if a.interrupt && len(reply.Sentences) > 1 && !k.byText {
			if err := k.desk.Heard(ctx, k.id, reply.Sentences[0]); err != nil {
				return err
			}
		}
		if reply, err = k.do(ctx, a); err != nil {
			return err
		}
		if a.hangUp || reply.End || k.took {
			break
		}
	}
	if k.turns >= mostTurns {
		k.gaveUp = "the call never came to an end"
	}
	return nil
}

// do carries out what the caller does, and gives the reply.
func (k *call) do(ctx context.Context, a action) (receptionist.Reply, error) {
	in := receptionist.Input{Kind: receptionist.Words, Text: a.say}
	line := Line{Who: "caller", Text: a.say}
	switch {
	case a.keys != "":
		in = receptionist.Input{Kind: receptionist.Digits, Text: a.keys}
		line.Text = "(presses " + a.keys + ")"
	case a.silent:
		in = receptionist.Input{Kind: receptionist.Silence}
		line.Text = "(silence)"
	case a.say == "":
		k.result.Lines = append(k.result.Lines, Line{Who: "caller", Text: "(hangs up)"})
		return receptionist.Reply{End: true}, nil
	}
	k.turns++
	k.clock.Advance(3*time.Second + time.Duration(len(strings.Fields(a.say)))*400*time.Millisecond)
	k.result.Lines = append(k.result.Lines, line)
	reply, err := k.send(ctx, in)
	if err != nil {
		return reply, err
	}
	k.heard(reply)
	if a.hangUp {
		return reply, nil
	}
	if reply.Transfer != nil {
		k.rang = true
		k.clock.Advance(20 * time.Second)
		if chance(k.r, 0.5) {
			k.took = true
			k.result.Lines = append(k.result.Lines, Line{Who: "caller", Text: "(is put through)"})
			return reply, nil
		}
		k.result.Lines = append(k.result.Lines, Line{Who: "caller", Text: "(nobody picks up)"})
		if reply, err = k.desk.Turn(ctx, k.id, receptionist.Input{Kind: receptionist.PersonGone}); err == nil {
			k.heard(reply)
		}
	}
	return reply, err
}

func (k *call) send(ctx context.Context, in receptionist.Input) (reply receptionist.Reply, err error) {
	if !k.byText {
		return k.desk.Turn(ctx, k.id, in)
	}
	err = k.mem.InTx(ctx, func(ctx context.Context, tx receptionist.Tx) (err error) {
		reply, err = k.desk.Text(ctx, tx, receptionist.TextInput{BusinessID: shopID, From: k.facts.From, Body: in.Text})
		return err
	})
	return reply, err
}

// heard notes a reply.
func (k *call) heard(reply receptionist.Reply) {
	k.replies = append(k.replies, reply)
	k.result.Lines = append(k.result.Lines, Line{Who: "receptionist", Text: reply.Text(), Reason: reply.Reason})
	now := map[string]bool{}
	for _, s := range reply.Sentences {
		now[s] = true
		if k.last[s] && len(strings.Fields(s)) > 3 {
			k.result.Repeats++
		}
	}
	k.last = now
	if k.bookedAt == 0 && len(k.mem.Jobs()) > k.before() {
		k.bookedAt = k.turns
	}
}

// before is how many jobs there were before the call.
func (k *call) before() int {
	n := len(k.others)
	if k.own != nil && k.goal != Stranger {
		n++
	}
	return n
}

// fresh are the jobs booked in the call.
func (k *call) fresh() []scheduling.Job {
	return slices.DeleteFunc(k.mem.Jobs()[k.before():], func(j scheduling.Job) bool { return !j.Live() })
}

// complaints takes what the receptionist logs: a warning in a call is something to look at.
type complaints struct{ call *call }

// Enabled takes warnings and errors.
func (*complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }

// Handle notes a record with the call.
func (c *complaints) Handle(_ context.Context, r slog.Record) error {
	said := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key != "stack" && a.Key != "conversation" {
			said += fmt.Sprintf(" %s=%v", a.Key, a.Value)
		}
		return true
	})
	c.call.result.Wrong = append(c.call.result.Wrong, "warned: "+said)
	return nil
}

// WithAttrs keeps what a record says itself.
func (c *complaints) WithAttrs([]slog.Attr) slog.Handler { return c }

// WithGroup does as WithAttrs.
func (c *complaints) WithGroup(string) slog.Handler { return c }
