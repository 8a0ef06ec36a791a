package callbacks_test

import (
	"context"
	"encoding/json"
	"errors"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/demo"
	"fixly/jobs"
	"fixly/messaging"
	"fixly/store"
	"fixly/store/storetest"
)

const (
	mike  = "+13125550101"
	dana  = "+13125550102"
	karen = "+13125550142"
)

// shop is the demo's over a real database, at noon on a Monday, with a queue that the test works by hand.
type shop struct {
	*testing.T
	db      *store.DB
	b       *business.Business
	clock   *clock.Manual
	desk    *callbacks.Desk
	workers *jobs.Workers
	ended   map[string]time.Time // calls by their id
}

func each(t *testing.T, test func(s *shop)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) { test(open(t, address)) })
}

func open(t *testing.T, address string) *shop {
	t.Helper()
	now := clock.NewManual(noon)
	db := storetest.Open(t, address, now)
	b := demo.Business()
	if err := db.SaveBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	s := &shop{T: t, db: db, b: b, clock: now, desk: &callbacks.Desk{Clock: now}, workers: jobs.New(), ended: map[string]time.Time{}}
	callbacks.AddWorkers(s.workers, callbacks.Deps{Storage: db.CallingBack(), Clock: now, Log: slog.New(slog.DiscardHandler)})
	return s
}

func (s *shop) tx(f func(ctx context.Context, tx callbacks.Tx) error) {
	s.Helper()
	if err := s.db.CallingBack().InTx(s.Context(), f); err != nil {
		s.Fatal(err)
	}
}

// missed has the shop owe a call for a source, which it is told of for the first time or again.
func (s *shop) missed(source, phone string) *callbacks.Callback {
	s.Helper()
	if _, known := s.ended[source]; !known {
		s.ended[source] = s.clock.Now()
	}
	var c *callbacks.Callback
	s.tx(func(ctx context.Context, tx callbacks.Tx) (err error) {
		c, _, err = callbacks.Owe(ctx, tx, s.b, callbacks.Debt{Phone: phone, Source: source, CallID: source, Kind: callbacks.Missed, At: s.ended[source]})
		return err
	})
	return c
}

func (s *shop) callback(id string) *callbacks.Callback {
	s.Helper()
	c, err := s.db.Callback(s.Context(), s.b.ID, id)
	if err != nil {
		s.Fatal(err)
	}
	return c
}

// comesDue moves the clock to when a callback is due and does what the queue does then, twice over.
func (s *shop) comesDue(id string) {
	s.Helper()
	c := s.callback(id)
	if wait := c.DueAt.Sub(s.clock.Now()); wait > 0 {
		s.clock.Advance(wait)
	}
	for range 2 {
		s.work(callbacks.DueCallback{BusinessID: s.b.ID, CallbackID: id, DueAt: c.DueAt.UnixMilli()})
	}
}

func (s *shop) work(args river.JobArgs) {
	s.Helper()
	if err := s.workers.Work(s.Context(), row(s.T, args)); err != nil {
		s.Fatal(err)
	}
}

// texts gives what was written, oldest first: "to the last four digits: body".
func (s *shop) texts() []string {
	s.Helper()
	all, err := s.db.ListMessages(s.Context(), s.b.ID, messaging.MessageFilter{})
	if err != nil {
		s.Fatal(err)
	}
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, all[i].To[len(all[i].To)-4:]+": "+all[i].Body)
	}
	return out
}

// TestOneEntryForEachCaller: calls of one number are one debt with a count, and each call counts once.
func TestOneEntryForEachCaller(t *testing.T) {
	each(t, func(s *shop) {
		first := s.missed("call_1", karen)
		s.clock.Advance(3 * time.Minute)
		s.missed("call_2", karen)
		s.missed("call_2", karen)
		s.missed("call_1", karen)
		s.missed("call_3", "+13125550143")
		s.missed("call_4", mike)           // the owner himself
		s.missed("call_5", "+13125550100") // a line of ours
		owed, err := s.db.Callbacks(s.Context(), s.b.ID)
		if err != nil || len(owed) != 2 {
			s.Fatalf("owed: %+v, %v", owed, err)
		}
		c := s.callback(first.ID)
		if c.Calls != 2 || c.CallID != "call_2" || !c.MissedAt.Equal(s.clock.Now()) || !c.FirstAt.Equal(noon) || !c.DueAt.Equal(noon.Add(15*time.Minute)) {
			s.Errorf("owed: %+v", c)
		}
		if c.Owner.Name != "Mike Rossi" {
			s.Errorf("%+v has it", c.Owner)
		}
	})
}

// TestTheBackupIsToldOnce: of a call that was not returned in time, who it was for, and who has had it.
func TestTheBackupIsToldOnce(t *testing.T) {
	each(t, func(s *shop) {
		c := s.missed("call_1", karen)
		s.comesDue(c.ID)
		s.comesDue(c.ID)
		want := []string{"0102: STILL OWED A CALL, waiting 15 min: (312) 555-0142. It was for Mike Rossi. Reply MINE if you have it."}
		s.want(want)

		// Dana takes it over: her own time begins, and Mike is told when she lets it pass.
		s.tx(func(ctx context.Context, tx callbacks.Tx) error {
			_, err := s.desk.Acknowledge(ctx, tx, s.b, c.ID, callbacks.Person{Name: "Dana Rossi", Phone: dana})
			return err
		})
		s.work(callbacks.DueCallback{BusinessID: s.b.ID, CallbackID: c.ID, DueAt: c.DueAt.UnixMilli()}) // of the clock before
		s.comesDue(c.ID)
		want = append(want, "0101: STILL OWED A CALL, waiting 30 min: (312) 555-0142. Dana Rossi has had it since 12:15 pm. Reply MINE if you have it.")
		s.want(want)

		// Nobody is told of what is settled.
		s.tx(func(ctx context.Context, tx callbacks.Tx) error {
			_, err := s.desk.Acknowledge(ctx, tx, s.b, c.ID, callbacks.Person{Name: "Mike Rossi", Phone: mike})
			return err
		})
		s.tx(func(ctx context.Context, tx callbacks.Tx) error {
			return callbacks.Settle(ctx, tx, s.b, karen, callbacks.Booked, s.clock.Now())
		})
		s.comesDue(c.ID)
		s.want(want)
	})
}

func (s *shop) want(texts []string) {
	s.Helper()
	if got := s.texts(); strings.Join(got, "\n") != strings.Join(texts, "\n") {
		s.Errorf("texts:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(texts, "\n"))
	}
}

// TestServedSettles, but not what was missed after it, and what is owed again for a new reason is a new entry.
func TestServedSettles(t *testing.T) {
	each(t, func(s *shop) {
		c := s.missed("call_1", karen)
		settle := func(at time.Time) {
			s.tx(func(ctx context.Context, tx callbacks.Tx) error {
				return callbacks.Settle(ctx, tx, s.b, karen, callbacks.Answered, at)
			})
		}
		settle(noon.Add(-time.Minute))
		if !s.callback(c.ID).Owed() {
			s.Error("an earlier call settled a later one")
		}
		settle(noon.Add(time.Minute))
		if got := s.callback(c.ID); got.Owed() || got.Status != callbacks.Done || got.Outcome != callbacks.Answered {
			s.Errorf("settled: %+v", got)
		}
		s.clock.Advance(time.Hour)
		if again := s.missed("call_1", karen); again != nil {
			s.Errorf("owed again for the same call: %+v", again)
		}
		if next := s.missed("call_2", karen); next == nil || next.ID == c.ID || next.Calls != 1 {
			s.Errorf("owed for another call: %+v", next)
		}
	})
}

// TestCallsByHand are spaced, and given up after the last; a word about it changes the outcome.
func TestCallsByHand(t *testing.T) {
	each(t, func(s *shop) {
		c := s.missed("call_1", karen)
		note := func(n callbacks.Noted) (got *callbacks.Callback) {
			s.Helper()
			s.tx(func(ctx context.Context, tx callbacks.Tx) (err error) {
				got, err = s.desk.Note(ctx, tx, s.b, c.ID, n)
				return err
			})
			return got
		}
		tries := len(s.b.Callbacks.Pauses()) + 1
		for i := range tries {
			got := note(callbacks.Noted{By: "Mike Rossi", Result: callbacks.Unanswered})
			if got.Attempts != i+1 {
				s.Fatalf("after %d tries: %+v", i+1, got)
			}
			if last := i == tries-1; last != !got.Owed() || !last && !got.NextAttemptAt.After(s.clock.Now()) {
				s.Fatalf("after try %d: %+v", i+1, got)
			}
			if got.Owed() {
				s.clock.Advance(got.NextAttemptAt.Sub(s.clock.Now()))
			}
		}
		if got := s.callback(c.ID); got.Status != callbacks.GivenUp || got.Outcome != callbacks.NobodyThere {
			s.Errorf("given up: %+v", got)
		}
		// She rings back at last, and a job comes of it.
		got := note(callbacks.Noted{By: "Mike Rossi", Outcome: callbacks.Booked})
		if got.Status != callbacks.Done || got.Outcome != callbacks.Booked {
			s.Errorf("booked: %+v", got)
		}
		later := s.clock.Now().Add(2 * time.Hour)
		if got := note(callbacks.Noted{Later: later}); !got.Owed() || !got.NextAttemptAt.Equal(later) {
			s.Errorf("to be called later: %+v", got)
		}
		tried, err := s.db.AttemptsOf(s.Context(), s.b.ID, c.ID)
		if err != nil || len(tried) != tries {
			s.Errorf("tried: %+v, %v", tried, err)
		}
		err = s.db.CallingBack().InTx(s.Context(), func(ctx context.Context, tx callbacks.Tx) error {
			_, err := s.desk.Note(ctx, tx, s.b, "cb_nothing", callbacks.Noted{Outcome: callbacks.Booked})
			return err
		})
		if !errors.Is(err, callbacks.ErrNoCallback) {
			s.Errorf("of nothing: %v", err)
		}
	})
}

// TestSaidTwiceCountsOnce: who says that they talked, and then that a job came of it, made one call.
func TestSaidTwiceCountsOnce(t *testing.T) {
	each(t, func(s *shop) {
		c := s.missed("call_1", karen)
		s.clock.Advance(7 * time.Minute)
		for _, o := range []callbacks.Outcome{callbacks.Talked, callbacks.Booked} {
			s.tx(func(ctx context.Context, tx callbacks.Tx) error {
				_, err := s.desk.Note(ctx, tx, s.b, c.ID, callbacks.Noted{By: "Mike Rossi", Outcome: o})
				return err
			})
		}
		tried, err := s.db.AttemptsOf(s.Context(), s.b.ID, c.ID)
		if err != nil || len(tried) != 1 || !tried[0].Booked || tried[0].Window != callbacks.Under10m || tried[0].Means != callbacks.ByHand {
			s.Errorf("tried: %+v, %v", tried, err)
		}
	})
}

// row is a job as the queue has it.
func row(t *testing.T, args river.JobArgs) *rivertype.JobRow {
	t.Helper()
	encoded, err := json.Marshal(args)
	if err != nil {
		t.Fatal(err)
	}
	return &rivertype.JobRow{Kind: args.Kind(), EncodedArgs: encoded, Attempt: 1}
}
