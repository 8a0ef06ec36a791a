package calendartest

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/rs/xid"

	"fixly/scheduling/calendar"
)

// visit is the event of a new job, an hour on March 9th.
func visit(b Bench) calendar.Event {
	return calendar.Event{
		Job: "job_" + xid.New().String(), Title: "Water heater, Ann Lee", Place: "12 Elm St, Evanston, IL 60201",
		Notes: "It drips.\n+13125550142", Start: at(b, 3, 9, 10, 0), End: at(b, 3, 9, 11, 0),
	}
}

func insert(t testing.TB, b Bench, e calendar.Event) calendar.Event {
	t.Helper()
	got, existed, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
	if err != nil {
		t.Fatalf("Insert: %v", err)
	}
	if existed {
		t.Error("Insert says that a new event was there already")
	}
	Check(t, got)
	return got
}

// wantWritten checks that an event is what was written.
func wantWritten(t *testing.T, got, want calendar.Event) {
	t.Helper()
	want.ID, want.ETag = got.ID, got.ETag
	if !equal(got, want) {
		t.Errorf("wrote\n%+v, got\n%+v", want, got)
	}
}

// wantRead checks that an event is read as it was given back by writing it.
func wantRead(t *testing.T, b Bench, written calendar.Event) {
	t.Helper()
	got, err := b.Calendars.Event(t.Context(), b.Calendar, written.ID)
	if err != nil || !equal(got, written) {
		t.Errorf("Event = %+v, %v; writing gave %+v", got, err, written)
	}
}

// wantOne checks that the calendar has one event of a job, and gives it.
func wantOne(t *testing.T, b Bench, job string) calendar.Event {
	t.Helper()
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	of := c.Of(job)
	if len(of) != 1 {
		t.Fatalf("the calendar has %d events of the job, want 1: %+v", len(of), of)
	}
	return of[0]
}

func inserts(t *testing.T, b Bench) {
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	for _, want := range []calendar.Event{
		visit(b),
		{Job: "job_" + xid.New().String(), Part: 3, Title: "No place, no notes", Start: at(b, 3, 13, 23, 30), End: at(b, 3, 14, 3, 30)},
		{Job: "job_" + xid.New().String(), Title: "Waits for a yes", Start: at(b, 3, 10, 9, 15), End: at(b, 3, 10, 10, 45), Tentative: true},
	} {
		got := insert(t, b, want)
		wantWritten(t, got, want)
		wantRead(t, b, got)
		c.Pull(t)
		if told := c.Events[got.ID]; !equal(told, got) {
			t.Errorf("Changes told %+v; Insert gave %+v", told, got)
		}
	}
	whole := NewCopy(b.Calendars, b.Calendar, spring(b))
	whole.Pull(t)
	if len(whole.Events) != 3 {
		t.Errorf("%d events, want 3", len(whole.Events))
	}
}

func writesText(t *testing.T, b Bench) {
	for i, text := range awkward {
		e := visit(b)
		e.Title, e.Place, e.Notes = text, text, text+"\nand a second line\n\nand a fourth"
		e.Start, e.End = at(b, 3, 10+i, 10, 0), at(b, 3, 10+i, 11, 0)
		got := insert(t, b, e)
		wantWritten(t, got, e)
		wantRead(t, b, got)
	}
}

func insertsOnce(t *testing.T, b Bench) {
	e := visit(b)
	first := insert(t, b, e)
	e.Title = "Another title"
	again, existed, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
	if err != nil || !existed || !equal(again, first) {
		t.Errorf("Insert again = %+v, existed %v, %v; want %+v", again, existed, err, first)
	}
	if one := wantOne(t, b, e.Job); !equal(one, first) {
		t.Errorf("the calendar has %+v, want %+v", one, first)
	}
}

func insertsParts(t *testing.T, b Bench) {
	e := visit(b)
	var written []calendar.Event
	for part := range 12 {
		e.Part = part
		e.Start, e.End = at(b, 3, 9+part, 8, 0), at(b, 3, 9+part, 16, 0)
		written = append(written, insert(t, b, e))
	}
	other := visit(b) // another job's id follows ours closely
	other.Part = 1
	written = append(written, insert(t, b, other))
	ids := map[string]bool{}
	for _, w := range written {
		ids[w.ID] = true
		wantRead(t, b, w)
	}
	if len(ids) != 13 {
		t.Errorf("%d ids for 13 visits", len(ids))
	}
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if len(c.Of(e.Job)) != 12 || len(c.Of(other.Job)) != 1 {
		t.Errorf("%d and %d events of the two jobs, want 12 and 1", len(c.Of(e.Job)), len(c.Of(other.Job)))
	}
}

func insertsMoved(t *testing.T, b Bench) {
	e := visit(b)
	first := insert(t, b, e)
	b.Hand.Change(t, first.ID, func(a *Appointment) {
		a.Title, a.Start, a.End = "Ann's heater", at(b, 3, 11, 14, 0), at(b, 3, 11, 16, 0)
	})
	got, existed, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
	if err != nil || !existed {
		t.Fatalf("Insert = existed %v, %v", existed, err)
	}
	if got.ID != first.ID || got.ETag == first.ETag || got.Job != e.Job || got.Title != "Ann's heater" || !got.Start.Equal(at(b, 3, 11, 14, 0)) || !got.End.Equal(at(b, 3, 11, 16, 0)) {
		t.Errorf("moved by hand to the 11th: Insert gave %+v", got)
	}
}

func insertsAnew(t *testing.T, b Bench) {
	e := visit(b)
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	first := insert(t, b, e)
	for _, remove := range []func(){
		func() { b.Hand.Delete(t, first.ID) },
		func() {
			if err := b.Calendars.Delete(t.Context(), b.Calendar, first.ID, ""); err != nil {
				t.Fatalf("Delete: %v", err)
			}
		},
	} {
		c.Pull(t)
		remove()
		c.Pull(t)
		if n := len(c.Of(e.Job)); n != 0 {
			t.Fatalf("%d events after the deletion", n)
		}
		e.Title += ", again"
		e.Start, e.End = e.Start.Add(24*time.Hour), e.End.Add(24*time.Hour)
		first = insert(t, b, e)
		wantWritten(t, first, e)
		wantRead(t, b, first)
		if one := wantOne(t, b, e.Job); !equal(one, first) {
			t.Errorf("the calendar has %+v, want %+v", one, first)
		}
		if c.Pull(t); len(c.Of(e.Job)) != 1 {
			t.Errorf("%d events were told, want 1", len(c.Of(e.Job)))
		}
		again, existed, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
		if err != nil || !existed || !equal(again, first) {
			t.Errorf("Insert once more = %+v, existed %v, %v; want %+v", again, existed, err, first)
		}
	}
}

func insertsLost(t *testing.T, b Bench) {
	hand := can[Dropper](t, b, "lose a reply")
	e := visit(b)
	hand.DropReply()
	_, _, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
	wantKind(t, "Insert whose reply is lost", err, calendar.Unavailable)
	got, existed, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
	if err != nil || !existed {
		t.Fatalf("Insert again = existed %v, %v", existed, err)
	}
	wantWritten(t, got, e)
	if one := wantOne(t, b, e.Job); !equal(one, got) {
		t.Errorf("the calendar has %+v, want %+v", one, got)
	}
}

func insertsAtOnce(t *testing.T, b Bench) {
	e := visit(b)
	const many = 8
	var ids [many]string
	var errs [many]error
	var wg sync.WaitGroup
	for i := range many {
		wg.Go(func() {
			got, _, err := b.Calendars.Insert(t.Context(), b.Calendar, e)
			ids[i], errs[i] = got.ID, err
		})
	}
	wg.Wait()
	for i := range many {
		if errs[i] != nil || ids[i] != ids[0] {
			t.Errorf("Insert no. %d = %q, %v; the first gave %q", i, ids[i], errs[i], ids[0])
		}
	}
	wantOne(t, b, e.Job)
}

func updates(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	for _, change := range []func(*calendar.Event){
		func(e *calendar.Event) { e.Start, e.End = at(b, 3, 12, 8, 30), at(b, 3, 12, 10, 0) },
		func(e *calendar.Event) { e.Title = "Boiler, Ann Lee" },
		func(e *calendar.Event) { e.Tentative = true },
		func(e *calendar.Event) { e.Place, e.Notes = "14 Oak St", "Ring twice." },
		func(e *calendar.Event) { e.Tentative, e.Place, e.Notes = false, "", "" },
	} {
		want := e
		change(&want)
		got, err := b.Calendars.Update(t.Context(), b.Calendar, want)
		if err != nil {
			t.Fatalf("Update: %v", err)
		}
		if got.ID != e.ID || got.ETag == e.ETag || got.ETag == "" {
			t.Errorf("id %s, etag %s became %s, %s", e.ID, e.ETag, got.ID, got.ETag)
		}
		wantWritten(t, got, want)
		wantRead(t, b, got)
		c.Pull(t)
		if told := c.Events[e.ID]; !equal(told, got) {
			t.Errorf("Changes told %+v; Update gave %+v", told, got)
		}
		e = got
	}
	wantOne(t, b, e.Job)
}

func updatesChanged(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	b.Hand.Change(t, e.ID, func(a *Appointment) { a.Title = "Ann's heater" })
	e.Title = "Boiler"
	_, err := b.Calendars.Update(t.Context(), b.Calendar, e)
	wantKind(t, "Update of one that was changed by hand", err, calendar.Conflict)
	now, err := b.Calendars.Event(t.Context(), b.Calendar, e.ID)
	if err != nil || now.Title != "Ann's heater" {
		t.Fatalf("after the refused update: %+v, %v", now, err)
	}
	now.Title = "Boiler"
	if got, err := b.Calendars.Update(t.Context(), b.Calendar, now); err != nil || got.Title != "Boiler" {
		t.Errorf("Update after reading again = %+v, %v", got, err)
	}
}

func updatesGone(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	b.Hand.Delete(t, e.ID)
	_, err := b.Calendars.Update(t.Context(), b.Calendar, e)
	wantKind(t, "Update of one that was deleted", err, calendar.NotFound)
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	if len(c.Events) != 0 {
		t.Errorf("the refused update brought back %+v", c.Events)
	}
}

func updatesOnly(t *testing.T, b Bench) {
	hand := can[Annotator](t, b, "add what Fixly knows nothing of")
	e := insert(t, b, visit(b))
	hand.Annotate(t, e.ID)
	now, err := b.Calendars.Event(t.Context(), b.Calendar, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	now.Start, now.End, now.Title = now.Start.Add(time.Hour), now.End.Add(time.Hour), "Boiler"
	got, err := b.Calendars.Update(t.Context(), b.Calendar, now)
	if err != nil {
		t.Fatalf("Update: %v", err)
	}
	wantWritten(t, got, now)
	if !hand.Annotated(t, e.ID) {
		t.Error("the update took away what people had added")
	}
}

func updatesLost(t *testing.T, b Bench) {
	hand := can[Dropper](t, b, "lose a reply")
	e := insert(t, b, visit(b))
	want := e
	want.Start, want.End = want.Start.Add(time.Hour), want.End.Add(time.Hour)
	hand.DropReply()
	_, err := b.Calendars.Update(t.Context(), b.Calendar, want)
	wantKind(t, "Update whose reply is lost", err, calendar.Unavailable)
	// Done already, so the etag is another one by now.
	if _, err := b.Calendars.Update(t.Context(), b.Calendar, want); err != nil {
		wantKind(t, "Update again", err, calendar.Conflict)
	}
	now, err := b.Calendars.Event(t.Context(), b.Calendar, e.ID)
	if err != nil {
		t.Fatal(err)
	}
	wantWritten(t, now, want)
	wantOne(t, b, e.Job)
}

func deletes(t *testing.T, b Bench) {
	c := NewCopy(b.Calendars, b.Calendar, spring(b))
	c.Pull(t)
	for _, etag := range []func(calendar.Event) string{
		func(e calendar.Event) string { return e.ETag },
		func(calendar.Event) string { return "" },
	} {
		e := insert(t, b, visit(b))
		c.Pull(t)
		if err := b.Calendars.Delete(t.Context(), b.Calendar, e.ID, etag(e)); err != nil {
			t.Fatalf("Delete: %v", err)
		}
		if c.Pull(t); len(c.Events) != 0 {
			t.Errorf("after the deletion there is %+v", c.Events)
		}
		if now, err := b.Calendars.Event(t.Context(), b.Calendar, e.ID); err == nil && !now.Gone {
			t.Errorf("after the deletion it is read as %+v", now)
		}
	}
}

func deletesChanged(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	b.Hand.Change(t, e.ID, func(a *Appointment) { a.Title = "Ann's heater" })
	wantKind(t, "Delete of one that was changed by hand", b.Calendars.Delete(t.Context(), b.Calendar, e.ID, e.ETag), calendar.Conflict)
	if one := wantOne(t, b, e.Job); one.Title != "Ann's heater" {
		t.Errorf("after the refused deletion: %+v", one)
	}
	if err := b.Calendars.Delete(t.Context(), b.Calendar, e.ID, ""); err != nil {
		t.Errorf("Delete whatever it is: %v", err)
	}
}

func deletesGone(t *testing.T, b Bench) {
	e := insert(t, b, visit(b))
	b.Hand.Delete(t, e.ID)
	for _, etag := range []string{e.ETag, ""} {
		if err := b.Calendars.Delete(t.Context(), b.Calendar, e.ID, etag); err != nil {
			t.Errorf("Delete of one that is gone: %v", err)
		}
	}
	if err := b.Calendars.Delete(t.Context(), b.Calendar, "nosuchevent0", ""); err != nil {
		t.Errorf("Delete of one that never was: %v", err)
	}
	if hand, ok := b.Hand.(Dropper); ok {
		e := insert(t, b, visit(b))
		hand.DropReply()
		wantKind(t, "Delete whose reply is lost", b.Calendars.Delete(t.Context(), b.Calendar, e.ID, e.ETag), calendar.Unavailable)
		if err := b.Calendars.Delete(t.Context(), b.Calendar, e.ID, e.ETag); err != nil {
			t.Errorf("Delete again: %v", err)
		}
	}
}

// each asks everything that can be asked of a calendar, of an event that was written before.
func each(b Bench, c calendar.Calendars, e calendar.Event) map[string]func(context.Context) error {
	other := e
	other.Job = "job_" + xid.New().String()
	all := map[string]func(context.Context) error{
		"List":    func(ctx context.Context) error { _, err := c.List(ctx); return err },
		"Changes": func(ctx context.Context) error { _, err := c.Changes(ctx, b.Calendar, "", spring(b)); return err },
		"Event":   func(ctx context.Context) error { _, err := c.Event(ctx, b.Calendar, e.ID); return err },
		"Insert":  func(ctx context.Context) error { _, _, err := c.Insert(ctx, b.Calendar, other); return err },
		"Update":  func(ctx context.Context) error { _, err := c.Update(ctx, b.Calendar, e); return err },
		"Delete":  func(ctx context.Context) error { return c.Delete(ctx, b.Calendar, e.ID, e.ETag) },
	}
	if busier, ok := c.(calendar.Busier); ok {
		all["Busy"] = func(ctx context.Context) error {
			_, err := busier.Busy(ctx, []string{b.Calendar}, spring(b))
			return err
		}
	}
	return all
}
