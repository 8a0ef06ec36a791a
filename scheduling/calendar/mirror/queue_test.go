package mirror_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"fixly/clock"
	"fixly/jobs"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/mirror"
	"fixly/store"
	"fixly/store/storetest"
)

// live runs the desk with the real queue, on the machine's clock set to monday.
func live(t *testing.T, test func(d *desk)) {
	storetest.Each(t, func(t *testing.T, address string) {
		c := clock.StartingAt(monday)
		db := storetest.Open(t, address, c)
		d := openAt(t, db, c)
		workers := jobs.New()
		d.mirror.AddWorkers(workers)
		if err := db.StartJobs(t.Context(), workers, d.mirror.Periodic()...); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.StopJobs(context.Background()) })
		test(d)
	})
}

// soon waits for what the queue does by itself.
func soon(t *testing.T, what string, done func() bool) {
	t.Helper()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	late := time.After(20 * time.Second)
	for !done() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("%s: not within 20 s", what)
		}
	}
}

func TestTheQueueWritesAndReads(t *testing.T) {
	live(t, func(d *desk) {
		soon(t, "the first reading", func() bool { return !d.connected().SyncedAt.IsZero() })
		j := d.book("tue 09:00")
		soon(t, "the event", func() bool { return len(d.events(j.ID)) == 1 })

		d.hand.Break(calendartest.Down)
		away := d.book("wed 09:00")
		before := d.memory.Requests()
		soon(t, "a try", func() bool { return d.memory.Requests() > before })
		d.hand.Mend()
		soon(t, "the event, once the calendar answers", func() bool { return len(d.events(away.ID)) == 1 })

		// A notice has the calendar read at once.
		soon(t, "that the calendar is known to answer", func() bool { return d.mirror.Read(context.Background(), d.cal.ID) == nil })
		d.inTx(func(ctx context.Context, tx *store.Tx) error {
			c, err := tx.Calendar(ctx, d.cal.ID)
			if err != nil {
				return err
			}
			c.Watch, c.Token = calendar.Watch{Channel: "channel", Until: d.at("sun 09:00")}, "secret"
			return tx.UpdateCalendar(ctx, c)
		})
		d.hand.Add(t, d.appointment("Dentist", "thu 09:00", time.Hour))
		if err := d.mirror.Noticed(t.Context(), "channel", "guessed"); err == nil {
			t.Error("a notice with a wrong token was taken")
		}
		if err := d.mirror.Noticed(t.Context(), "channel", "secret"); err != nil {
			t.Error(err)
		}
		soon(t, "the appointment", func() bool { return !d.open("thu 09:00") })
	})
}

// TestConnectingWritesWhatIsBooked: jobs that were there before the calendar was.
func TestConnectingWritesWhatIsBooked(t *testing.T) {
	live(t, func(d *desk) {
		c := d.connected()
		d.inTx(func(ctx context.Context, tx *store.Tx) error { return tx.DeleteCalendar(ctx, d.b.ID, c.ID) })
		j := d.book("tue 09:00")
		if len(d.events(j.ID)) != 0 {
			t.Fatal("written into a calendar that is not connected")
		}
		d.inTx(func(ctx context.Context, tx *store.Tx) error { return tx.InsertCalendar(ctx, c) })
		if err := d.mirror.Changed(t.Context(), d.b.ID); err != nil {
			t.Fatal(err)
		}
		soon(t, "the event", func() bool { return len(d.events(j.ID)) == 1 })
	})
}

// TestWhatWasToldWhileNobodyListened: a calendar that tells of changes by itself is read once after a start all the same.
func TestWhatWasToldWhileNobodyListened(t *testing.T) {
	run(t, func(d *desk) {
		d.clock.Advance(time.Second)
		d.read()
		c := d.connected()
		c.Watch, c.Token = calendar.Watch{Channel: "channel", Until: d.at("sun 09:00")}, "secret"
		d.inTx(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCalendar(ctx, c) })
		d.clock.Advance(5 * time.Minute)
		owed := func(m *mirror.Mirror) int {
			counted := &counting{Storage: d.db.Mirror()}
			m.Storage = counted
			if err := m.Tend(t.Context()); err != nil {
				t.Fatal(err)
			}
			return counted.n
		}
		if n := owed(d.mirror); n != 0 {
			t.Errorf("%d readings of a calendar that tells of changes", n)
		}
		if n := owed(mirror.New(d.mirror.Options)); n != 1 {
			t.Errorf("%d readings after a start, want one", n)
		}
	})
}

// counting counts the readings that are owed.
type counting struct {
	mirror.Storage
	n int
}

type countingTx struct {
	mirror.Tx
	n *int
}

func (c *counting) InTx(ctx context.Context, f func(context.Context, mirror.Tx) error) error {
	return c.Storage.InTx(ctx, func(ctx context.Context, tx mirror.Tx) error { return f(ctx, countingTx{tx, &c.n}) })
}

func (tx countingTx) ReadCalendar(context.Context, string) error { *tx.n++; return nil }

// TestThoseWhoAskShareAReading: however many bookings look at once, the calendar is asked a few times only, and each of
// them knows what was in it when it asked.
func TestThoseWhoAskShareAReading(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		d.hand.Add(t, d.appointment("Dentist", "tue 09:00", time.Hour))
		before := d.memory.Requests()
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if err := d.mirror.Read(context.Background(), d.cal.ID); err != nil {
					t.Error(err)
				}
				if d.open("tue 09:00") {
					t.Error("what was in the calendar is not known after it was read")
				}
			})
		}
		all.Wait()
		if n := d.memory.Requests() - before; n > 25 {
			t.Errorf("%d requests for 50 readings at once", n)
		}
	})
}
