package mirror_test

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/clock"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/store"
	"fixly/store/storetest"
)

// TestWhateverHappensTheyComeToAgree lets customers book, move and cancel, the owner put, move and delete appointments and
// the events of jobs, and the calendar fail, in any order. When all is well again and what is owed was done, calendar and
// jobs agree, no two jobs of one technician overlap, and nothing more is done.
func TestWhateverHappensTheyComeToAgree(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		c := clock.NewManual(monday)
		db, err := store.Open(context.Background(), "sqlite:"+filepath.Join(t.TempDir(), "fixly.db"), store.Options{Clock: c})
		if err != nil {
			rt.Fatal(err)
		}
		defer func() { _ = db.Close(context.Background()) }()
		agree(rt, open(t, db, c))
	})
}

func TestTheyComeToAgreeOnPostgreSQL(t *testing.T) {
	c := clock.NewManual(monday)
	db := storetest.Open(t, storetest.Postgres(t), c)
	d := open(t, db, c)
	rapid.Check(t, func(rt *rapid.T) { agree(rt, d) }) // one database, fuller each time
}

func agree(rt *rapid.T, d *desk) {
	d.t = quiet{d.t, rt}
	var jobs []string
	var own []string // appointments
	a := &acts{rt: rt, d: d, jobs: &jobs, own: &own}
	steps := map[string]func(){
		"book": a.book, "move": a.move, "cancel": a.cancel, "put an appointment": a.put, "move an appointment": a.shift,
		"delete an appointment": a.drop, "move the event of a job": a.shiftJob, "delete the event of a job": a.dropJob,
		"read": a.read, "write": a.write, "write all": a.tryToWriteAll, "fail": a.fail, "lose a reply": d.hand.DropReply,
		"expire cursors": d.hand.ExpireCursors,
	}
	names := slices.Sorted(maps.Keys(steps))
	for range rapid.IntRange(5, 40).Draw(rt, "steps") {
		d.clock.Advance(time.Duration(rapid.IntRange(0, 5000).Draw(rt, "ms")) * time.Millisecond)
		steps[rapid.SampledFrom(names).Draw(rt, "step")]()
	}

	// All is well again.
	d.hand.Mend()
	d.clock.Advance(time.Hour)
	for range 3 { // a reply may still be lost
		d.read()
		a.tryToWriteAll()
		d.clock.Advance(time.Minute)
	}
	for range 2 {
		d.read()
		a.writeAll()
	}
	asked := d.memory.Requests()
	_, _ = d.said.take()
	d.read()
	a.writeAll()
	if n := d.memory.Requests() - asked; n > 1 { // the reading itself
		rt.Fatalf("%d requests when there is nothing left to do", n)
	}
	if offered, told := d.said.take(); len(offered)+len(told) > 0 {
		rt.Fatalf("said when nothing has happened: %q, %q", offered, told)
	}
	a.check()
}

// quiet is a test whose failures are those of the property.
type quiet struct {
	testing.TB
	rt *rapid.T
}

func (q quiet) Helper()                      {}
func (q quiet) Fatalf(f string, args ...any) { q.rt.Fatalf(f, args...) }
func (q quiet) Fatal(args ...any)            { q.rt.Fatal(args...) }
func (q quiet) Errorf(f string, args ...any) { q.rt.Errorf(f, args...) }
func (q quiet) Context() context.Context     { return context.Background() }

// acts are what can happen.
type acts struct {
	rt        *rapid.T
	d         *desk
	jobs, own *[]string
}

func (a *acts) when() string {
	return rapid.SampledFrom([]string{"tue", "wed", "thu"}).Draw(a.rt, "day") + fmt.Sprintf(" %02d:%02d", rapid.IntRange(8, 15).Draw(a.rt, "hour"), 30*rapid.IntRange(0, 1).Draw(a.rt, "half"))
}

func (a *acts) one(of []string) string {
	if len(of) == 0 {
		return ""
	}
	return of[rapid.IntRange(0, len(of)-1).Draw(a.rt, "which")]
}

func (a *acts) book() {
	j, err := a.d.tryToBook(a.when())
	var refused *scheduling.Refusal
	switch {
	case err == nil:
		*a.jobs = append(*a.jobs, j.ID)
	case !errors.As(err, &refused):
		a.rt.Fatalf("book: %v", err)
	}
}

func (a *acts) change(do func(ctx context.Context, tx *store.Tx) error) {
	err := a.d.scheduler.Fresh(context.Background(), func(ctx context.Context) error { return a.d.db.InTx(ctx, do) })
	var refused *scheduling.Refusal
	if err != nil && !errors.As(err, &refused) && !errors.Is(err, scheduling.ErrNotLive) {
		a.rt.Fatal(err)
	}
}

func (a *acts) move() {
	if id, to := a.one(*a.jobs), a.when(); id != "" {
		a.change(func(ctx context.Context, tx *store.Tx) error {
			_, err := a.d.scheduler.Move(ctx, tx, a.d.b, scheduling.MoveRequest{Job: id, Start: a.d.at(to), Technician: "Luis Ortega"})
			return err
		})
	}
}

func (a *acts) cancel() {
	if id := a.one(*a.jobs); id != "" {
		a.change(func(ctx context.Context, tx *store.Tx) error {
			_, err := a.d.scheduler.Cancel(ctx, tx, a.d.b, id)
			return err
		})
	}
}

func (a *acts) put() {
	*a.own = append(*a.own, a.d.hand.Add(a.d.t, a.d.appointment("Dentist", a.when(), time.Hour)))
}

func (a *acts) shift() {
	if id, to := a.one(*a.own), a.d.at(a.when()); id != "" {
		a.d.hand.Change(a.d.t, id, func(p *calendartest.Appointment) { p.Start, p.End = to, to.Add(time.Hour) })
	}
}

func (a *acts) drop() {
	if id := a.one(*a.own); id != "" {
		a.d.hand.Delete(a.d.t, id)
		*a.own = slices.DeleteFunc(*a.own, func(s string) bool { return s == id })
	}
}

// there is the event of a job in the calendar, found as its owner finds it: by looking, whether the calendar answers us
// or not.
func (a *acts) there(job string) (string, bool) {
	for _, e := range a.d.hand.Events() {
		if job != "" && e.Job == job {
			return e.ID, true
		}
	}
	return "", false
}

func (a *acts) shiftJob() {
	to := a.d.at(a.when())
	if id, ok := a.there(a.one(*a.jobs)); ok {
		a.d.hand.Change(a.d.t, id, func(p *calendartest.Appointment) { p.Start, p.End = to, to.Add(90*time.Minute) })
	}
}

func (a *acts) dropJob() {
	if id, ok := a.there(a.one(*a.jobs)); ok {
		a.d.hand.Delete(a.d.t, id)
	}
}

func (a *acts) read() { _ = a.d.mirror.Read(context.Background(), a.d.cal.ID) }

func (a *acts) write() {
	if id := a.one(*a.jobs); id != "" {
		_ = a.d.mirror.Write(context.Background(), a.d.b.ID, id)
	}
}

func (a *acts) tryToWriteAll() {
	for _, id := range *a.jobs {
		_ = a.d.mirror.Write(context.Background(), a.d.b.ID, id)
	}
}

func (a *acts) writeAll() {
	for _, id := range *a.jobs {
		if err := a.d.mirror.Write(context.Background(), a.d.b.ID, id); err != nil {
			a.rt.Fatalf("write job %s: %v", id, err)
		}
	}
}

func (a *acts) fail() {
	a.d.hand.Break(rapid.SampledFrom([]calendartest.Fault{"", "", calendartest.Down, calendartest.Throttled}).Draw(a.rt, "fault"))
}

// check holds what is in the calendar against the jobs.
func (a *acts) check() {
	ctx := context.Background()
	stuck := map[string]bool{}
	open, err := a.d.db.Troubles(ctx, a.d.b.ID, "")
	if err != nil {
		a.rt.Fatal(err)
	}
	for _, t := range open {
		if t.Kind == calendar.CannotFollow || t.Kind == calendar.Vanished {
			stuck[t.JobID] = true
		}
	}
	shown := map[string][]calendar.Event{}
	for _, e := range a.d.hand.Events() {
		if e.Job != "" {
			shown[e.Job] = append(shown[e.Job], e)
		}
	}
	var live []scheduling.Job
	for _, id := range *a.jobs {
		j := a.d.job(id)
		events := shown[id]
		switch {
		case !j.Live() && len(events) > 0:
			a.rt.Fatalf("job %s is %s and in the calendar", id, j.Status)
		case j.Live() && len(events) != 1 && !stuck[id]:
			a.rt.Fatalf("job %s is in the calendar %d times", id, len(events))
		case j.Live() && len(events) == 1 && !stuck[id] && (!events[0].Start.Equal(j.Slot.Start) || !events[0].End.Equal(j.Slot.End)):
			a.rt.Fatalf("job %s is at %v, its event at %v", id, j.Slot.Start, events[0].Start)
		}
		if j.Live() {
			for _, o := range live {
				if o.Slot.Start.Before(j.Slot.End) && j.Slot.Start.Before(o.Slot.End) {
					a.rt.Fatalf("jobs %s and %s overlap", o.ID, id)
				}
			}
			live = append(live, *j)
		}
	}
	stored, err := a.d.db.CalendarEvents(ctx, a.d.cal.ID)
	if err != nil {
		a.rt.Fatal(err)
	}
	here := map[string]string{}
	for _, e := range stored {
		here[e.ID] = fmt.Sprint(e.Start.Unix(), e.End.Unix(), e.Free || e.Job != "")
	}
	var wrong []string
	for _, e := range a.d.hand.Events() {
		if here[e.ID] != fmt.Sprint(e.Start.Unix(), e.End.Unix(), e.Free || e.Job != "") {
			wrong = append(wrong, fmt.Sprintf("%s %q: kept %q", e.ID, e.Title, here[e.ID]))
		}
		delete(here, e.ID)
	}
	if len(wrong) > 0 || len(here) > 0 {
		a.rt.Fatalf("the local copy is wrong about %s, and has besides %v", strings.Join(wrong, ", "), here)
	}
}
