package scheduling_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/scheduling"
)

// desk is a scheduler with a store, a business and a clock.
type desk struct {
	t     *testing.T
	b     *business.Business
	clock *clock.Manual
	store *memory
	*scheduling.Scheduler
}

func newDesk(t *testing.T, now string) *desk {
	b := demo.Business()
	b.ID = "biz_1"
	c := clock.NewManual(at(t, now))
	return &desk{t: t, b: b, clock: c, store: &memory{}, Scheduler: scheduling.New(c, nil)}
}

func (d *desk) request(service, start string) scheduling.BookRequest {
	return scheduling.BookRequest{
		Service: service, Start: at(d.t, start), Customer: contact.Customer{Name: "Ann", Phone: "+13125550142"}, Source: scheduling.FromCall,
	}
}

func (d *desk) book(r scheduling.BookRequest) (*scheduling.Job, error) {
	return d.Book(context.Background(), d.store, d.b, r)
}

func (d *desk) mustBook(service, start string) *scheduling.Job {
	d.t.Helper()
	j, err := d.book(d.request(service, start))
	if err != nil {
		d.t.Fatal(err)
	}
	return j
}

// wantRefusal wants a refusal for a reason and gives its alternatives.
func (d *desk) wantRefusal(err error, reason scheduling.Reason, is error) []scheduling.Slot {
	d.t.Helper()
	var r *scheduling.Refusal
	if !errors.As(err, &r) || r.Reason != reason || !errors.Is(err, is) {
		d.t.Fatalf("got %v, want a refusal for %s", err, reason)
	}
	return r.Alternatives
}

func TestBook(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	j := d.mustBook("leak repair", "2026-11-24 09:00")
	if j.ID == "" || j.Service != "Leak repair" || j.Status != scheduling.StatusBooked || j.Urgency != scheduling.Routine ||
		j.Slot.Technician != "Luis Ortega" || !j.Slot.End.Equal(at(t, "2026-11-24 10:30")) ||
		!j.BusyUntil.Equal(at(t, "2026-11-24 11:00")) || !j.WindowEnd.Equal(at(t, "2026-11-24 11:00")) || j.BusinessID != "biz_1" {
		t.Errorf("booked %+v", j)
	}
	if second := d.mustBook("Leak repair", "2026-11-24 09:00"); second.Slot.Technician != "Mike Rossi" {
		t.Errorf("the second goes to %s", second.Slot.Technician)
	}
	_, err := d.book(d.request("Leak repair", "2026-11-24 09:00"))
	if other := d.wantRefusal(err, scheduling.Full, scheduling.ErrTaken); len(other) != 3 || !other[1].Start.Equal(at(t, "2026-11-24 11:00")) {
		t.Errorf("alternatives %v", other)
	}
}

func TestBookRefuses(t *testing.T) {
	for _, c := range []struct {
		name, service, start string
		edit                 func(r *scheduling.BookRequest)
		reason               scheduling.Reason
		alternative          string
	}{
		{name: "Thanksgiving", service: "Leak repair", start: "2026-11-26 10:00", reason: scheduling.ClosedDay, alternative: "2026-11-25 10:00"},
		{name: "Sunday", service: "Leak repair", start: "2026-11-29 10:00", reason: scheduling.ClosedDay, alternative: "2026-11-28 10:00"},
		{name: "before opening", service: "Leak repair", start: "2026-11-24 07:30", reason: scheduling.ClosedHours, alternative: "2026-11-24 08:00"},
		{name: "ends after closing", service: "Leak repair", start: "2026-11-24 16:00", reason: scheduling.ClosedHours, alternative: "2026-11-24 15:30"},
		{name: "past", service: "Leak repair", start: "2026-11-23 09:00", reason: scheduling.Past, alternative: "2026-11-23 11:00"},
		{name: "too soon", service: "Leak repair", start: "2026-11-23 10:30", reason: scheduling.TooSoon, alternative: "2026-11-23 11:00"},
		{name: "beyond the horizon", service: "Leak repair", start: "2026-12-15 10:00", reason: scheduling.BeyondHorizon, alternative: "2026-12-14 10:00"},
		{name: "no such service", service: "Roofing", start: "2026-11-24 10:00", reason: scheduling.UnknownService},
		{name: "the wrong technician", service: "Furnace repair", start: "2026-11-24 10:00", edit: func(r *scheduling.BookRequest) { r.Technician = "Luis Ortega" }, reason: scheduling.NobodySkilled, alternative: "2026-11-24 10:00"},
		{name: "seconds", service: "Leak repair", start: "2026-11-24 10:00", edit: func(r *scheduling.BookRequest) { r.Start = r.Start.Add(time.Second) }, reason: scheduling.OffGrid, alternative: "2026-11-24 10:00"},
		{name: "an emergency in the past", service: "Leak repair", start: "2026-11-23 09:00", edit: func(r *scheduling.BookRequest) { r.Urgency = scheduling.Emergency }, reason: scheduling.Past, alternative: "2026-11-23 10:30"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := newDesk(t, "2026-11-23 10:00")
			r := d.request(c.service, c.start)
			if c.edit != nil {
				c.edit(&r)
			}
			_, err := d.book(r)
			others := d.wantRefusal(err, c.reason, scheduling.ErrClosed)
			found := c.alternative == ""
			for _, s := range others {
				found = found || s.Start.Equal(at(t, c.alternative))
			}
			if !found {
				t.Errorf("alternatives %v lack %s", others, c.alternative)
			}
			if len(d.store.jobs) > 0 {
				t.Error("booked all the same")
			}
		})
	}
}

func TestBookRefusesWithoutANumber(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	r := d.request("Leak repair", "2026-11-24 09:00")
	r.Customer.Phone = "312 555 0142"
	if _, err := d.book(r); !errors.Is(err, contact.ErrNoPhone) {
		t.Errorf("got %v", err)
	}
}

func TestBookOffTheGrid(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	if j := d.mustBook("Leak repair", "2026-11-24 09:10"); !j.Slot.Start.Equal(at(t, "2026-11-24 09:10")) {
		t.Errorf("booked %v", j.Slot)
	}
}

func TestBookEmergencyAtNight(t *testing.T) {
	d := newDesk(t, "2026-11-26 02:00") // the night before Thanksgiving
	r := d.request("Leak repair", "2026-11-26 02:30")
	r.Urgency = scheduling.Emergency
	j, err := d.book(r)
	if err != nil || j.Urgency != scheduling.Emergency || !j.WindowEnd.Equal(at(t, "2026-11-26 04:30")) {
		t.Fatalf("booked %+v, %v", j, err)
	}
	d.b.Emergencies.Accepted = false
	r.Start = r.Start.Add(4 * time.Hour)
	_, err = d.book(r)
	d.wantRefusal(err, scheduling.ClosedDay, scheduling.ErrClosed)
}

func TestWindowEndsAtClosing(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	if j := d.mustBook("Leak repair", "2026-11-24 15:30"); !j.WindowEnd.Equal(at(t, "2026-11-24 17:00")) {
		t.Errorf("window ends %v", j.WindowEnd)
	}
}

func TestHoldKeepsOffersForOne(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	ctx := context.Background()
	q := scheduling.Query{Service: "Drain cleaning", Wanted: []scheduling.Interval{between(t, "2026-11-24")}, Holder: "conv_1"} // Luis only
	first, err := d.Offers(ctx, d.store, d.b, q)
	if err != nil || len(first.Slots) != 3 {
		t.Fatalf("offered %v, %v", first.Slots, err)
	}
	if holds, err := d.Hold(ctx, d.store, d.b, "conv_1", first.Slots); err != nil || len(holds) != 3 {
		t.Fatalf("held %v, %v", holds, err)
	}
	again, _ := d.Offers(ctx, d.store, d.b, q)
	if len(again.Slots) != 3 || again.Slots[0] != first.Slots[0] {
		t.Errorf("the holder is offered %v after %v", again.Slots, first.Slots)
	}
	q.Holder = "conv_2"
	other, _ := d.Offers(ctx, d.store, d.b, q)
	for _, s := range other.Slots {
		if s.Start.Equal(first.Slots[0].Start) {
			t.Errorf("%v is offered twice", s)
		}
	}
	r := d.request("Drain cleaning", "2026-11-24 08:00")
	r.Holder = "conv_2"
	_, err = d.book(r)
	d.wantRefusal(err, scheduling.Full, scheduling.ErrTaken)

	// Holds are replaced, not added to.
	if _, err := d.Hold(ctx, d.store, d.b, "conv_1", first.Slots[:1]); err != nil || len(d.store.holds) != 1 {
		t.Fatalf("holds %v, %v", d.store.holds, err)
	}
	r.Holder = "conv_1"
	if _, err := d.book(r); err != nil || len(d.store.holds) != 0 {
		t.Fatalf("the holder books: %v, holds left %v", err, d.store.holds)
	}
}

func TestRelease(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	ctx := context.Background()
	slot := scheduling.Slot{Technician: "Luis Ortega", Start: at(t, "2026-11-24 08:00"), End: at(t, "2026-11-24 09:30")}
	if _, err := d.Hold(ctx, d.store, d.b, "conv_1", []scheduling.Slot{slot}); err != nil {
		t.Fatal(err)
	}
	if err := d.Release(ctx, d.store, d.b, "conv_1"); err != nil {
		t.Fatal(err)
	}
	d.mustBook("Drain cleaning", "2026-11-24 08:00")
}

func TestHoldExpires(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	ctx := context.Background()
	slot := scheduling.Slot{Technician: "Luis Ortega", Start: at(t, "2026-11-24 08:00"), End: at(t, "2026-11-24 09:30")}
	if _, err := d.Hold(ctx, d.store, d.b, "conv_1", []scheduling.Slot{slot, slot}); err != nil || len(d.store.holds) != 1 {
		t.Fatalf("holds %v, %v", d.store.holds, err)
	}
	_, err := d.book(d.request("Drain cleaning", "2026-11-24 08:00"))
	d.wantRefusal(err, scheduling.Full, scheduling.ErrTaken)
	d.clock.Advance(scheduling.DefaultHold)
	d.mustBook("Drain cleaning", "2026-11-24 08:00")
}

func TestNoticeCountsFromTheOffer(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	r := d.request("Leak repair", "2026-11-23 11:00")
	r.OfferedAt = d.clock.Now()
	d.clock.Advance(20 * time.Minute)
	if _, err := d.book(r); err != nil {
		t.Errorf("offered in time: %v", err)
	}
	r.OfferedAt = r.OfferedAt.Add(-24 * time.Hour)
	d.clock.Advance(20 * time.Minute)
	_, err := d.book(r)
	d.wantRefusal(err, scheduling.TooSoon, scheduling.ErrClosed)
}

func TestMove(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	ctx := context.Background()
	j := d.mustBook("Leak repair", "2026-11-24 09:00")
	// Half an hour later overlaps its own time, which is not in the way; the technician stays.
	moved, err := d.Move(ctx, d.store, d.b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-24 09:30")})
	if err != nil || moved.ID != j.ID || moved.Slot.Technician != j.Slot.Technician || !moved.Slot.Start.Equal(at(t, "2026-11-24 09:30")) ||
		!moved.BusyUntil.Equal(at(t, "2026-11-24 11:30")) || !moved.WindowEnd.Equal(at(t, "2026-11-24 11:30")) {
		t.Fatalf("moved to %+v, %v", moved, err)
	}
	_, err = d.Move(ctx, d.store, d.b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-26 09:30")})
	d.wantRefusal(err, scheduling.ClosedDay, scheduling.ErrClosed)
	if _, err = d.Move(ctx, d.store, d.b, scheduling.MoveRequest{Job: "job_9", Start: at(t, "2026-11-26 09:30")}); !errors.Is(err, scheduling.ErrNoJob) {
		t.Errorf("moving no job: %v", err)
	}
	if _, err := d.Cancel(ctx, d.store, d.b, j.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Move(ctx, d.store, d.b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-24 12:00")}); !errors.Is(err, scheduling.ErrNotLive) {
		t.Errorf("moving a cancelled job: %v", err)
	}
}

func TestCancelFreesTheTime(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	ctx := context.Background()
	j := d.mustBook("Drain cleaning", "2026-11-24 09:00")
	if up, err := d.Upcoming(ctx, d.store, d.b, "+13125550142"); err != nil || len(up) != 1 {
		t.Errorf("upcoming %v, %v", up, err)
	}
	cancelled, err := d.Cancel(ctx, d.store, d.b, j.ID)
	if err != nil || cancelled.Status != scheduling.StatusCancelled {
		t.Fatalf("cancelled %+v, %v", cancelled, err)
	}
	if again, err := d.Cancel(ctx, d.store, d.b, j.ID); !errors.Is(err, scheduling.ErrNotLive) || again == nil || again.ID != j.ID {
		t.Errorf("cancelled again: %v, %v", again, err)
	}
	if up, _ := d.Upcoming(ctx, d.store, d.b, "+13125550142"); len(up) != 0 {
		t.Errorf("upcoming %v", up)
	}
	d.mustBook("Drain cleaning", "2026-11-24 09:00")
}

// late is a store in which somebody else cancels a job after it was read.
type late struct{ *memory }

func (l late) UpdateJob(ctx context.Context, j *scheduling.Job) error {
	over := *j
	over.Status = scheduling.StatusCancelled
	if err := l.memory.UpdateJob(ctx, &over); err != nil {
		return err
	}
	return scheduling.ErrNotLive
}

func TestCancelComesTooLate(t *testing.T) {
	d := newDesk(t, "2026-11-23 10:00")
	j := d.mustBook("Leak repair", "2026-11-24 09:00")
	got, err := d.Cancel(context.Background(), late{d.store}, d.b, j.ID)
	if !errors.Is(err, scheduling.ErrNotLive) || got == nil || got.Status != scheduling.StatusCancelled {
		t.Errorf("%+v, %v", got, err)
	}
}
