package callbacks_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/callbacks"
	"fixly/store/storetest"
	"fixly/telephony"
)

// TestNobodyIsForgotten plays histories of a caller: calls that nobody takes, people who take it on, call and don't reach
// them, say things, do nothing. Whatever happens, what is owed is one entry with a clock that runs, when the clock runs out
// somebody is told, and what is closed has an outcome of the list and a reason to be closed.
func TestNobodyIsForgotten(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		phone := fmt.Sprintf("+1312555%04d", 1000+n)
		var last *callbacks.Callback // as it was before the last thing that happened
		owed := func() *callbacks.Callback {
			c, err := s.db.CallbackOwed(s.Context(), s.b.ID, phone)
			if err != nil {
				r.Fatal(err)
			}
			return c
		}
		told := func() int { return len(s.texts()) }
		s.missed(fmt.Sprint("call", n, 0), phone)
		steps := rapid.SliceOfN(rapid.SampledFrom([]string{
			"calls again", "time", "take", "no answer", "later", "bridge, away", "bridge, no answer", "bridge, no key", "talked", "served",
		}), 1, 12).Draw(r, "steps")
		for i, step := range steps {
			c := owed()
			if c == nil && step != "calls again" {
				continue
			}
			last = c
			switch step {
			case "calls again":
				s.clock.Advance(time.Minute)
				s.missed(fmt.Sprint("call", n, i+1), phone)
				if owed() == nil {
					r.Fatal("a call that nobody took is owed nothing")
				}
			case "time":
				before, told1 := c.DueAt, told()
				s.comesDue(c.ID)
				if got := told() - told1; got != 1 && c.ToldAt.IsZero() {
					r.Fatalf("due at %s, %d were told", before, got)
				}
			case "take":
				s.tx(func(ctx context.Context, tx callbacks.Tx) error {
					_, err := s.desk.Acknowledge(ctx, tx, s.b, c.ID, callbacks.Person{Name: "Dana Rossi", Phone: dana})
					return err
				})
			case "no answer", "later", "talked":
				note := map[string]callbacks.Noted{
					"no answer": {Result: callbacks.Unanswered}, "later": {Later: s.clock.Now().Add(time.Hour)}, "talked": {Outcome: callbacks.Talked},
				}[step]
				s.tx(func(ctx context.Context, tx callbacks.Tx) error {
					_, err := s.desk.Note(ctx, tx, s.b, c.ID, note)
					return err
				})
			case "served":
				s.tx(func(ctx context.Context, tx callbacks.Tx) error {
					return callbacks.Settle(ctx, tx, s.b, phone, callbacks.Answered, s.clock.Now())
				})
			default:
				s.tx(func(ctx context.Context, tx callbacks.Tx) error {
					_, err := s.desk.Call(ctx, tx, s.b, c.ID, owner, true)
					return err
				})
				tried, err := s.db.AttemptsOf(s.Context(), s.b.ID, c.ID)
				if err != nil {
					r.Fatal(err)
				}
				b := &bridge{shop: s, board: s.board(), attempt: tried[len(tried)-1].ID, callback: c.ID}
				if step != "bridge, away" {
					b.answered()
					b.pressed("1")
				}
				switch step {
				case "bridge, no answer":
					b.dialled(telephony.CallNoAnswer, 0)
				case "bridge, no key":
					b.dialled(telephony.CallCompleted, time.Minute)
				}
				b.ended(telephony.CallCompleted)
			}
			if now := owed(); now != nil && now.ToldAt.IsZero() && !now.DueAt.After(s.clock.Now()) {
				r.Fatalf("after %q no clock runs: %+v", step, now)
			}
			if last == nil {
				continue
			}
			c = s.callback(last.ID)
			if !c.Owed() && (c.Outcome.Status() != c.Status || !slices.Contains([]string{"talked", "served"}, step) && c.Outcome != callbacks.NobodyThere) {
				r.Fatalf("after %q it is closed: %+v", step, c)
			}
		}
		if c := owed(); c != nil { // out of the way of the next history
			s.tx(func(ctx context.Context, tx callbacks.Tx) error {
				return callbacks.Settle(ctx, tx, s.b, phone, callbacks.Answered, s.clock.Now())
			})
		}
	})
}
