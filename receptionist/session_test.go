package receptionist_test

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"reflect"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// meant is an understanding given by hand: what each text of a test means.
type meant map[string]understanding.Understanding

func (m meant) Understand(text string, _ understanding.Context) understanding.Understanding {
	u, ok := m[text]
	if !ok {
		panic("no meaning for " + text)
	}
	u.Text = text
	if u.FAQ == 0 {
		u.FAQ = -1
	}
	return u
}

var meanings = meant{
	"my sink leaks": {
		Intents: []understanding.ScoredIntent{{Name: understanding.IntentBook, Score: 0.9}},
		Service: "Leak repair", ServiceScore: 0.9, Problem: "my sink leaks",
	},
	"the second one":      {Choice: &understanding.Choice{Index: 1}},
	"the first one":       {Choice: &understanding.Choice{Index: 0}},
	"karen whitfield":     {Name: "Karen Whitfield"},
	"yes":                 {Answer: understanding.Yes},
	"no thanks":           {Answer: understanding.No},
	"1842 n damen, 60647": {Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"}},
	"okay":                {Backchannel: true},
	"thx":                 {Intents: []understanding.ScoredIntent{{Name: understanding.IntentGoodbye, Score: 0.9}}},
	"how much is it":      {Intents: []understanding.ScoredIntent{{Name: understanding.IntentPrice, Score: 0.9}}},
}

// desk is a receptionist over a storage in memory, at a desk of the demo business.
type desk struct {
	t     *testing.T
	r     *receptionist.Receptionist
	mem   *memory.Storage
	clock *clock.Manual
	id    string
}

const callerNumber = "+13125550142"

func newDesk(t *testing.T, u receptionist.Understander) *desk {
	b := demo.Business()
	b.ID = "shop"
	d := &desk{t: t, mem: memory.New(b), clock: clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))}
	d.r = receptionist.New(receptionist.Options{
		Storage: d.mem, Clock: d.clock, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Compile: func(*business.Business) receptionist.Understander { return u },
	})
	return d
}

func (d *desk) ring(callID string) receptionist.Reply {
	d.t.Helper()
	reply, err := d.r.Start(context.Background(), receptionist.StartInput{BusinessID: "shop", CallID: callID, Caller: receptionist.Caller{Number: callerNumber}})
	if err != nil {
		d.t.Fatal(err)
	}
	d.id = reply.ConversationID
	return reply
}

func (d *desk) turn(in receptionist.Input) receptionist.Reply {
	d.t.Helper()
	d.clock.Advance(5 * time.Second)
	reply, err := d.r.Turn(context.Background(), d.id, in)
	if err != nil {
		d.t.Fatal(err)
	}
	return reply
}

func (d *desk) say(text string) receptionist.Reply {
	d.t.Helper()
	return d.turn(receptionist.Input{Kind: receptionist.Words, Text: text})
}

func (d *desk) conversation() receptionist.Conversation {
	d.t.Helper()
	all := d.mem.Conversations()
	return all[len(all)-1]
}

func TestACallBecomesABookedJob(t *testing.T) {
	d := newDesk(t, meanings)
	greeting := d.ring("call_1")
	if !strings.Contains(greeting.Text(), "virtual assistant") || greeting.Asked != "problem" {
		t.Errorf("greeting %+v", greeting)
	}
	for _, s := range []string{"my sink leaks", "the second one", "karen whitfield", "yes", "1842 n damen, 60647"} {
		d.say(s)
	}
	if len(d.mem.Jobs()) != 0 {
		t.Fatal("booked before the yes")
	}
	if reply := d.say("yes"); !strings.Contains(reply.Text(), "You're booked, Karen") || reply.Reason != "booked" {
		t.Errorf("reply %+v", reply)
	}
	jobs := d.mem.Jobs()
	if len(jobs) != 1 {
		t.Fatalf("%d jobs", len(jobs))
	}
	j := jobs[0]
	if j.Customer.Name != "Karen Whitfield" || j.Customer.Phone != callerNumber || j.Address.ZIP != "60647" || j.CallID != "call_1" || j.Source != scheduling.FromCall {
		t.Errorf("job %+v", j)
	}
	if len(d.mem.Holds()) != 0 {
		t.Errorf("holds are left: %+v", d.mem.Holds())
	}
	if c := d.mem.Changes(); len(c) != 1 || c[0].Change != "booked" || !c[0].ByCall || c[0].Job.ID != j.ID {
		t.Errorf("changes %+v", c)
	}
	if reply := d.say("no thanks"); !reply.End {
		t.Errorf("not ended: %+v", reply)
	}
	c := d.conversation()
	if c.Outcome != ledger.Booked || c.JobID != j.ID || c.EndedAt.IsZero() || c.Summary == "" {
		t.Errorf("conversation %+v", c)
	}
	for i, turn := range d.mem.AllTurns() {
		if turn.Seq != i+1 || turn.Who == "receptionist" && (turn.Reason == "" || turn.Reply == nil) || turn.Who == "caller" && turn.Understood == nil {
			t.Errorf("turn %+v", turn)
		}
	}
}

func TestStartAgainGoesOnWhereItStopped(t *testing.T) {
	d := newDesk(t, meanings)
	first := d.ring("call_1")
	d.say("my sink leaks")
	again := d.ring("call_1")
	if again.ConversationID != first.ConversationID || again.Reason != "line_was_lost" || again.Asked != "choice" {
		t.Errorf("reply %+v", again)
	}
	if n := len(d.mem.Conversations()); n != 1 {
		t.Errorf("%d conversations", n)
	}
}

func TestARepeatedInputGetsTheSameReply(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	for _, s := range []string{"my sink leaks", "the second one", "karen whitfield", "yes", "1842 n damen, 60647"} {
		d.say(s)
	}
	in := receptionist.Input{Kind: receptionist.Words, Text: "yes", Key: "k1"}
	first, turns := d.turn(in), len(d.mem.AllTurns())
	second := d.turn(in)
	if !reflect.DeepEqual(first, second) {
		t.Errorf("first %+v\nsecond %+v", first, second)
	}
	if len(d.mem.Jobs()) != 1 || len(d.mem.AllTurns()) != turns || len(d.mem.Changes()) != 1 {
		t.Error("the repetition changed something")
	}
}

func TestTheLoserOfARaceIsToldAndOfferedAnother(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	d.say("my sink leaks")
	for _, s := range []string{"the second one", "karen whitfield", "yes", "1842 n damen, 60647"} {
		d.say(s)
	}
	// the hold runs out, and the time goes to someone else with every technician
	chosen := d.mem.Holds()[0].Slot
	d.clock.Advance(10 * time.Minute)
	for _, m := range demo.Business().Team {
		d.mem.AddJob(scheduling.Job{
			Status: scheduling.StatusBooked, Service: "Leak repair", BusyUntil: chosen.End,
			Slot: scheduling.Slot{Technician: m.Name, Start: chosen.Start, End: chosen.End},
		})
	}
	reply := d.say("yes")
	if !strings.Contains(reply.Text(), "just taken") || reply.Asked != "choice" {
		t.Errorf("reply %q", reply.Text())
	}
	if c := d.conversation(); c.Outcome != "" || c.JobID != "" {
		t.Errorf("conversation %+v", c)
	}
	if reply := d.say("the first one"); reply.Reason != "booked" {
		t.Errorf("reply %+v", reply)
	}
}

func TestATimeTakenInTheSameMomentIsDecidedAnew(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	fails := 2
	d.mem.FailCommit = func() error {
		if fails--; fails >= 0 {
			return scheduling.ErrTaken
		}
		return nil
	}
	if reply := d.say("my sink leaks"); reply.Asked != "choice" {
		t.Errorf("reply %+v", reply)
	}
	if n := len(d.mem.AllTurns()); n != 3 {
		t.Errorf("%d turns are stored", n)
	}
}

func TestWhereHoldsKeepFailingItOffersWithout(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	d.mem.FailCommit = func() error {
		if len(d.mem.HoldsInTx()) > 0 {
			return scheduling.ErrTaken
		}
		return nil
	}
	if reply := d.say("my sink leaks"); reply.Asked != "choice" {
		t.Errorf("reply %+v", reply)
	}
}

func TestAStorageErrorSaysAndDoesNothing(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	broken := errors.New("disk on fire")
	d.mem.FailCommit = func() error { return broken }
	if _, err := d.r.Turn(context.Background(), d.id, receptionist.Input{Kind: receptionist.Words, Text: "my sink leaks"}); !errors.Is(err, broken) {
		t.Errorf("error %v", err)
	}
	if n := len(d.mem.AllTurns()); n != 1 {
		t.Errorf("%d turns are stored", n)
	}
}

func TestAnUnknownConversation(t *testing.T) {
	d := newDesk(t, meanings)
	if _, err := d.r.Turn(context.Background(), "nobody", receptionist.Input{Kind: receptionist.Silence}); !errors.Is(err, receptionist.ErrNoConversation) {
		t.Errorf("error %v", err)
	}
}

func TestAPanicBecomesAnApologyThenAMessage(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	d.say("my sink leaks")
	reply := d.say("a text that panics") // meant knows no such text
	if reply.Reason != "internal_error" || !strings.Contains(reply.Text(), "Sorry") || reply.End {
		t.Errorf("reply %+v", reply)
	}
	if reply.Asked != "choice" {
		t.Errorf("the question is not asked again: %+v", reply)
	}
	if reply := d.say("another that panics"); reply.Asked != "name" {
		t.Errorf("no message is taken: %+v", reply)
	}
}

func TestHeardIsNoted(t *testing.T) {
	d := newDesk(t, meanings)
	d.ring("call_1")
	d.say("my sink leaks")
	if err := d.r.Heard(context.Background(), d.id, "I have"); err != nil {
		t.Fatal(err)
	}
	turns := d.mem.AllTurns()
	if last := turns[len(turns)-1]; !last.Interrupted || last.Heard != "I have" {
		t.Errorf("turn %+v", last)
	}
}

func TestATextThreadBooksAndCloses(t *testing.T) {
	d := newDesk(t, meanings)
	send := func(body string) receptionist.Reply {
		t.Helper()
		var reply receptionist.Reply
		err := d.mem.InTx(context.Background(), func(ctx context.Context, tx receptionist.Tx) (err error) {
			reply, err = d.r.Text(ctx, tx, receptionist.TextInput{BusinessID: "shop", From: callerNumber, Body: body, Key: "SM" + body})
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return reply
	}
	if reply := send("my sink leaks"); !strings.Contains(reply.Text(), "virtual assistant") || !strings.Contains(reply.Text(), "AM") {
		t.Errorf("reply %q", reply.Text())
	}
	for _, s := range []string{"the first one", "karen whitfield", "1842 n damen, 60647"} {
		send(s)
	}
	if reply := send("yes"); !strings.Contains(reply.Text(), "You're booked") {
		t.Errorf("reply %q", reply.Text())
	}
	if j := d.mem.Jobs(); len(j) != 1 || j[0].Source != scheduling.FromText {
		t.Errorf("jobs %+v", j)
	}
	if c := d.mem.Changes(); len(c) != 1 || c[0].ByCall {
		t.Errorf("changes %+v", c)
	}
	if reply := send("no thanks"); !reply.End {
		t.Errorf("not closed: %+v", reply)
	}
	for _, last := range []string{"thx", "okay"} {
		if reply := send(last); len(reply.Sentences) != 0 || len(d.mem.Conversations()) != 1 {
			t.Errorf("%s after the goodbye is answered: %q", last, reply.Text())
		}
	}
	if reply := send("how much is it"); len(reply.Sentences) == 0 || len(d.mem.Conversations()) != 2 {
		t.Errorf("a new question opens no thread: %q", reply.Text())
	}
}

func TestHintsAndGreeting(t *testing.T) {
	b := demo.Business()
	hints := receptionist.Hints(b)
	if len(hints) == 0 || len(hints) > 100 {
		t.Errorf("%d hints", len(hints))
	}
	b.Profile.Assistant.Greeting = ""
	if g := receptionist.Greeting(b, time.Time{}); !strings.Contains(g, "virtual assistant") || !strings.Contains(g, b.Profile.Name) {
		t.Errorf("greeting %q", g)
	}
}
