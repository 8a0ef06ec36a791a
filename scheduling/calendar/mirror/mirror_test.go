package mirror_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/store"
)

func TestABusyTimeIsNeverOffered(t *testing.T) {
	run(t, func(d *desk) {
		id := d.hand.Add(t, d.appointment("Dentist", "tue 09:00", time.Hour))
		d.read()
		for at, open := range map[string]bool{"tue 09:00": false, "tue 09:30": false, "tue 10:00": true, "tue 08:00": false, "wed 09:00": true} {
			if d.open(at) != open {
				t.Errorf("%s is open: %v", at, !open)
			}
		}
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Free = true })
		d.read()
		if !d.open("tue 09:00") {
			t.Error("an appointment marked as free keeps the time")
		}
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Free = false })
		d.read()
		d.hand.Delete(t, id)
		d.read()
		if !d.open("tue 09:00") {
			t.Error("a deleted appointment keeps the time")
		}
	})
}

// TestABookingLooksOnceMore: what was put into the calendar since it was read is seen before a job is booked.
func TestABookingLooksOnceMore(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		d.clock.Advance(time.Minute)
		d.hand.Add(t, d.appointment("Dentist", "tue 09:00", time.Hour))
		if !d.open("tue 09:00") {
			t.Fatal("the local copy knows already")
		}
		_, err := d.tryToBook("tue 09:00")
		wantTaken(t, "booking over an appointment", err)
		asked := d.memory.Requests()
		if d.book("tue 13:00"); d.memory.Requests() != asked {
			t.Error("a calendar that was just looked at was asked again")
		}
	})
}

func TestAJobIsWrittenOnce(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.write(j)
		e := d.event(j.ID)
		if !e.Start.Equal(j.Slot.Start) || !e.End.Equal(j.Slot.End) || e.Title != "Drain cleaning, Karen Whitfield" || e.Free {
			t.Errorf("the event is %+v", e)
		}
		d.read()
		if got := d.job(j.ID); !got.UpdatedAt.Equal(d.job(j.ID).UpdatedAt) || !got.Live() {
			t.Errorf("our own event changed the job: %+v", got)
		}
		d.wantSaid(nil)
	})
}

func TestALostReplyWritesNothingTwice(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.hand.DropReply()
		if err := d.mirror.Write(t.Context(), d.b.ID, j.ID); calendar.KindOf(err) != calendar.Unavailable {
			t.Fatalf("a lost reply is %v", err)
		}
		d.read() // sees the event before its id is known here
		if !d.job(j.ID).Live() || d.open("tue 09:00") {
			t.Error("an event whose reply was lost confuses the reading")
		}
		d.write(j)
		d.event(j.ID)
		d.wantSaid(nil)
	})
}

func TestAMovedJobIsMovedInTheCalendar(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.hand.Annotate(t, d.event(j.ID).ID)
		d.inTx(func(ctx context.Context, tx *store.Tx) error {
			_, err := d.scheduler.Move(ctx, tx, d.b, scheduling.MoveRequest{Job: j.ID, Start: d.at("wed 10:00")})
			return err
		})
		d.write(j)
		e := d.event(j.ID)
		if !e.Start.Equal(d.at("wed 10:00")) || !d.hand.Annotated(t, e.ID) {
			t.Errorf("the event is %+v", e)
		}
		d.inTx(func(ctx context.Context, tx *store.Tx) error {
			_, err := d.scheduler.Cancel(ctx, tx, d.b, j.ID)
			return err
		})
		d.write(j)
		d.read()
		if all := d.events(j.ID); len(all) != 0 {
			t.Errorf("a cancelled job has events: %v", all)
		}
		d.wantSaid(nil)
	})
}

func TestTheJobFollowsItsEvent(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.hand.Change(t, d.event(j.ID).ID, func(a *calendartest.Appointment) {
			a.Start, a.End = d.at("sun 07:00"), d.at("sun 09:00") // closed, and longer: the owner's word
		})
		d.clock.Advance(time.Minute)
		d.read()
		got := d.job(j.ID)
		if !got.Slot.Start.Equal(d.at("sun 07:00")) || !got.Slot.End.Equal(d.at("sun 09:00")) {
			t.Fatalf("the job is at %v", got.Slot)
		}
		d.wantSaid([]string{"moved " + j.ID})
		d.write(j) // its words tell the time
		if e := d.event(j.ID); !e.Start.Equal(d.at("sun 07:00")) || !strings.Contains(e.Notes, "Arrive between 7:00 AM") {
			t.Errorf("the event is %+v", e)
		}
		asked := d.memory.Requests()
		d.write(j)
		if d.memory.Requests() != asked {
			t.Error("it is written again and again")
		}
		d.read()
		d.wantSaid(nil)
		if !d.open("tue 09:00") {
			t.Error("the old time is kept")
		}
	})
}

func TestADeletedEventCancelsTheJob(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.hand.Delete(t, d.event(j.ID).ID)
		d.read()
		if d.job(j.ID).Status != scheduling.StatusCancelled || !d.open("tue 09:00") {
			t.Error("the job is still on")
		}
		d.wantSaid([]string{"cancelled " + j.ID})
		d.write(j)
		d.read()
		d.wantSaid(nil)
	})
}

// TestADeletionFoundByAWholeReading: the cursor expired, so the deletion itself was never told.
func TestADeletionFoundByAWholeReading(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.read()
		id := d.hand.Add(t, d.appointment("Dentist", "wed 09:00", time.Hour))
		d.read()
		d.hand.Delete(t, id)
		d.hand.Delete(t, d.event(j.ID).ID)
		d.hand.ExpireCursors()
		d.read()
		if d.job(j.ID).Live() || !d.open("wed 09:00") {
			t.Error("what was deleted is still there")
		}
		d.wantSaid([]string{"cancelled " + j.ID})
	})
}

func TestAnEmptiedCalendarCancelsNothing(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		var jobs []*scheduling.Job
		for _, at := range []string{"tue 09:00", "tue 13:00", "wed 09:00", "wed 13:00"} {
			j := d.book(at)
			d.write(j)
			jobs = append(jobs, j)
		}
		d.read()
		for _, j := range jobs {
			d.hand.Delete(t, d.event(j.ID).ID)
		}
		d.read()
		for _, j := range jobs {
			if !d.job(j.ID).Live() {
				t.Error("a job was cancelled")
			}
		}
		d.wantSaid(nil, "4 visits were deleted", "no customer was told")
		if got := d.troubles(); len(got) != 4 {
			t.Errorf("to be settled: %q", got)
		}
	})
}

func TestAnEventMovedOntoAnotherJob(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j, other := d.book("tue 09:00"), d.book("wed 09:00")
		d.write(j)
		d.write(other)
		id := d.event(j.ID).ID
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Start, a.End = d.at("wed 09:30"), d.at("wed 11:00") })
		d.read()
		if !d.job(j.ID).Slot.Start.Equal(d.at("tue 09:00")) {
			t.Error("the job was put over another one")
		}
		d.wantSaid(nil, "You moved \"Drain cleaning, Karen Whitfield\" to Wed Nov 25, 9:30 AM", "another job", "still Tue Nov 24, 9:00 AM")
		if got := d.troubles(); len(got) != 1 || got[0] != "cannot_follow Drain cleaning, Karen Whitfield" {
			t.Errorf("to be settled: %q", got)
		}
		d.read()
		d.wantSaid(nil)
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Start, a.End = d.at("wed 13:00"), d.at("wed 14:30") })
		d.read()
		d.wantSaid([]string{"moved " + j.ID})
		if got := d.troubles(); len(got) != 0 {
			t.Errorf("to be settled: %q", got)
		}
	})
}

// TestDrivingTimeGivesWay: the owner puts one job right after another.
func TestDrivingTimeGivesWay(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		first, j, last := d.book("tue 09:00"), d.book("wed 13:00"), d.book("tue 12:30")
		for _, j := range []*scheduling.Job{first, j, last} {
			d.write(j)
		}
		d.hand.Change(t, d.event(j.ID).ID, func(a *calendartest.Appointment) { a.Start, a.End = d.at("tue 10:30"), d.at("tue 12:30") })
		d.read()
		if got := d.job(j.ID); !got.Slot.Start.Equal(d.at("tue 10:30")) || !got.BusyUntil.Equal(d.at("tue 12:30")) {
			t.Errorf("the job is at %v, busy until %v", got.Slot, got.BusyUntil)
		}
		d.wantSaid([]string{"moved " + j.ID})
	})
}

// TestAnAppointmentOverAJob: the owner put it there, so the owner is told, and no customer is.
func TestAnAppointmentOverAJob(t *testing.T) {
	run(t, func(d *desk) {
		j := d.book("tue 09:00")
		d.write(j)
		d.clock.Advance(time.Minute)
		d.read()
		id := d.hand.Add(t, d.appointment("Dentist", "tue 10:00", time.Hour))
		d.clock.Advance(time.Minute)
		d.read()
		d.wantSaid(nil, `"Dentist" over Luis Ortega's drain cleaning for Karen Whitfield, Tue Nov 24, 9:00 AM`)
		if got := d.troubles(); len(got) != 1 || got[0] != "overlap Dentist" {
			t.Errorf("to be settled: %q", got)
		}
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Start, a.End = d.at("tue 14:00"), d.at("tue 15:00") })
		d.read()
		if got := d.troubles(); len(got) != 0 {
			t.Errorf("to be settled: %q", got)
		}
		d.wantSaid(nil)
	})
}

// TestBookedWhileTheCalendarWasAway: the call goes on with the local copy, and when the time proves taken, everybody
// hears.
func TestBookedWhileTheCalendarWasAway(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		d.clock.Advance(time.Minute)
		d.hand.Add(t, d.appointment("Dentist", "tue 09:00", time.Hour))
		d.hand.Break(calendartest.Down)
		j := d.book("tue 09:00")
		if err := d.mirror.Write(t.Context(), d.b.ID, j.ID); calendar.KindOf(err) != calendar.Unavailable {
			t.Fatalf("writing to a calendar that is away: %v", err)
		}
		if c := d.connected(); c.FailingSince.IsZero() || c.Failure != "Memory Calendar does not answer." {
			t.Errorf("noted: %q since %v", c.Failure, c.FailingSince)
		}
		d.clock.Advance(31 * time.Minute)
		if err := d.mirror.Read(t.Context(), d.cal.ID); err == nil {
			t.Fatal("a calendar that is away was read")
		}
		d.wantSaid(nil, `"Luis" has not been reached since 10:01 AM`)
		d.hand.Mend()
		d.read()
		d.wantSaid([]string{"taken " + j.ID})
		if got := d.troubles(); len(got) != 1 || got[0] != "taken Dentist" {
			t.Errorf("to be settled: %q", got)
		}
		d.write(j)
		d.event(j.ID)
		if c := d.connected(); !c.FailingSince.IsZero() || c.Failure != "" {
			t.Errorf("still noted: %q since %v", c.Failure, c.FailingSince)
		}
		d.inTx(func(ctx context.Context, tx *store.Tx) error {
			_, err := d.scheduler.Move(ctx, tx, d.b, scheduling.MoveRequest{Job: j.ID, Start: d.at("wed 10:00")})
			return err
		})
		d.write(j)
		if got := d.troubles(); len(got) != 0 {
			t.Errorf("to be settled: %q", got)
		}
	})
}

func TestAHungCalendarMakesACallerWaitBriefly(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		d.clock.Advance(time.Minute)
		d.hand.Break(calendartest.Hung)
		began := time.Now()
		d.book("tue 09:00")
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("a caller waited %v", took)
		}
	})
}

func TestRevokedAccess(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		d.hand.Revoke()
		_ = d.mirror.Read(t.Context(), d.cal.ID)
		d.wantSaid(nil, "Memory Calendar no longer lets Fixly into luis@example.com", "Connect it again", "/calendars")
		a, err := d.db.CalendarAccount(t.Context(), d.cal.AccountID)
		if err != nil || a.State != calendar.Reconnect {
			t.Fatalf("the account is %+v, %v", a, err)
		}
		_ = d.mirror.Read(t.Context(), d.cal.ID)
		d.clock.Advance(time.Hour)
		_ = d.mirror.Read(t.Context(), d.cal.ID)
		d.wantSaid(nil)
		j := d.book("tue 09:00")
		if err := d.mirror.Write(t.Context(), d.b.ID, j.ID); calendar.KindOf(err) != calendar.Unauthorized {
			t.Errorf("writing without access: %v", err)
		}
	})
}

// TestACopiedEvent: a person copies the event of a job, with all that belongs to it. The copy is an appointment.
func TestACopiedEvent(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		copied := calendar.EventOf(d.b, "Luis Ortega", j, 7) // another id, the same job
		copied.Start, copied.End = d.at("wed 09:00"), d.at("wed 10:00")
		if _, _, err := d.memory.Insert(t.Context(), calendartest.MemoryID, copied); err != nil {
			t.Fatal(err)
		}
		d.read()
		if d.open("wed 09:00") || !d.job(j.ID).Slot.Start.Equal(d.at("tue 09:00")) {
			t.Error("the copy is not taken for an appointment")
		}
		d.wantSaid(nil)
	})
}

// TestWritingOverAChange: the owner moves the event while a customer moves the job, before either is known to the other.
func TestWritingOverAChange(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.read()
		id := d.event(j.ID).ID
		d.clock.Advance(time.Second)
		move := func(at string) {
			d.inTx(func(ctx context.Context, tx *store.Tx) error {
				_, err := d.scheduler.Move(ctx, tx, d.b, scheduling.MoveRequest{Job: j.ID, Start: d.at(at)})
				return err
			})
		}
		move("wed 10:00")
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Start, a.End = d.at("fri 09:00"), d.at("fri 10:30") })
		d.write(j) // finds the owner's change: the owner's word
		if got := d.job(j.ID); !got.Slot.Start.Equal(d.at("fri 09:00")) {
			t.Errorf("the job is at %v", got.Slot)
		}
		d.wantSaid([]string{"moved " + j.ID})
		d.write(j)
		d.read()
		d.wantSaid(nil)

		// Only the words were changed: they are written over, the time is ours.
		d.clock.Advance(time.Second)
		move("wed 13:00")
		d.hand.Change(t, id, func(a *calendartest.Appointment) { a.Title = "Karen!!" })
		d.write(j)
		if e := d.event(j.ID); !e.Start.Equal(d.at("wed 13:00")) {
			t.Errorf("the event is at %v", e.Start)
		}
		d.wantSaid(nil)

		// Deleted while it was moved: the owner's word, again.
		d.clock.Advance(time.Second)
		move("wed 09:00")
		d.hand.Delete(t, id)
		d.write(j)
		if d.job(j.ID).Live() {
			t.Error("the job is still on")
		}
		d.wantSaid([]string{"cancelled " + j.ID})
	})
}

func TestACalendarThatIsNoLongerWritten(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		c := d.connected()
		c.Writes = false
		d.inTx(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCalendar(ctx, c) })
		d.write(j)
		d.read()
		if all := d.events(j.ID); len(all) != 0 || !d.job(j.ID).Live() {
			t.Errorf("events %v, job %s", all, d.job(j.ID).Status)
		}
		d.wantSaid(nil)
	})
}

// between runs something after the calendar was asked and before what it said is stored.
type between struct {
	calendar.Calendars
	do *func()
}

func (b between) Changes(ctx context.Context, id, cursor string, w calendar.Window) (calendar.Changes, error) {
	changes, err := b.Calendars.Changes(ctx, id, cursor, w)
	if do := *b.do; do != nil {
		*b.do = nil
		do()
	}
	return changes, err
}

// TestAStaleReading: a customer moves a visit, and it is written out, while a reading is under way that saw it where it was.
func TestAStaleReading(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.clock.Advance(time.Second)
		d.hand.Annotate(t, d.event(j.ID).ID) // so that the reading tells of the event
		do := func() {
			d.clock.Advance(time.Second)
			d.move(j, "wed 10:00")
			d.write(j)
			d.clock.Advance(time.Second)
		}
		d.wrap(func(c calendar.Calendars) calendar.Calendars { return between{c, &do} })
		d.read()
		if do != nil || !d.job(j.ID).Slot.Start.Equal(d.at("wed 10:00")) {
			t.Errorf("the job is at %v", d.job(j.ID).Slot.Start)
		}
		d.wantSaid(nil)
	})
}

// TestALostReplyAndAnotherMove: the event lies where a lost write has put it, which is nobody's hand.
func TestALostReplyAndAnotherMove(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.clock.Advance(time.Second)
		d.move(j, "wed 10:00")
		d.hand.DropReply()
		if err := d.mirror.Write(t.Context(), d.b.ID, j.ID); err == nil {
			t.Fatal("the reply was not lost")
		}
		d.clock.Advance(time.Minute)
		d.move(j, "fri 11:00")
		d.write(j)
		if got, e := d.job(j.ID), d.event(j.ID); !got.Slot.Start.Equal(d.at("fri 11:00")) || !e.Start.Equal(got.Slot.Start) {
			t.Errorf("the job is at %v, its event at %v", got.Slot.Start, e.Start)
		}
		d.clock.Advance(time.Second)
		d.read()
		d.wantSaid(nil)
	})
}

// TestTheSameCalendarTwice: the owner connects an account for the business and for a technician.
func TestTheSameCalendarTwice(t *testing.T) {
	for name, writes := range map[string]bool{"both are written": true, "one is only read": false} {
		t.Run(name, func(t *testing.T) {
			run(t, func(d *desk) {
				account := calendar.Account{BusinessID: d.b.ID, Provider: "memory", Name: "shop@example.com", State: calendar.Good}
				twin := calendar.Connected{BusinessID: d.b.ID, Provider: "memory", Remote: calendartest.MemoryID, Name: "Shop", Reads: true, Writes: writes}
				d.inTx(func(ctx context.Context, tx *store.Tx) error {
					if err := tx.InsertCalendarAccount(ctx, &account); err != nil {
						return err
					}
					twin.AccountID = account.ID
					return tx.InsertCalendar(ctx, &twin)
				})
				both := func() {
					d.clock.Advance(time.Second)
					d.read()
					if err := d.mirror.Read(t.Context(), twin.ID); err != nil {
						t.Fatal(err)
					}
				}
				both()
				j := d.book("tue 09:00")
				d.write(j)
				both()
				d.event(j.ID)
				d.wantSaid(nil)
				if got := d.troubles(); len(got) > 0 {
					t.Errorf("to be settled: %q", got)
				}
				// One of them is written no longer: the event stays where it is.
				c := d.connected()
				c.Writes = !writes
				d.inTx(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateCalendar(ctx, c) })
				d.write(j)
				both()
				if !d.job(j.ID).Live() || len(d.events(j.ID)) != 1 {
					t.Errorf("the job is %s, with %d events", d.job(j.ID).Status, len(d.events(j.ID)))
				}
				d.wantSaid(nil)
			})
		})
	}
}

// TestConnectedAgain: the events stay when a calendar is disconnected; connected again, they are the jobs' as before.
func TestConnectedAgain(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		c := d.connected()
		d.inTx(func(ctx context.Context, tx *store.Tx) error {
			if err := tx.DeleteCalendar(ctx, d.b.ID, c.ID); err != nil {
				return err
			}
			c.Cursor, c.SyncedAt = "", time.Time{}
			return tx.InsertCalendar(ctx, c)
		})
		d.clock.Advance(time.Second)
		d.read()
		if got := d.troubles(); len(got) > 0 {
			t.Errorf("to be settled: %q", got)
		}
		d.wantSaid(nil)
		d.write(j)
		d.move(j, "wed 10:00")
		d.write(j)
		if e := d.event(j.ID); !e.Start.Equal(d.at("wed 10:00")) || !d.open("tue 09:00") {
			t.Errorf("the event is at %v", e.Start)
		}
	})
}

// TestAmendedJobsAreNotTaken: words on a job change, and then the owner puts an appointment over it: it is the owner's matter.
func TestAmendedJobsAreNotTaken(t *testing.T) {
	run(t, func(d *desk) {
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.clock.Advance(time.Second)
		d.read()
		d.clock.Advance(time.Second)
		d.inTx(func(ctx context.Context, tx *store.Tx) error {
			now, err := tx.Job(ctx, d.b.ID, j.ID)
			if err != nil {
				return err
			}
			now.Problem, now.UpdatedAt = "and the sink", d.clock.Now()
			return tx.UpdateJob(ctx, now)
		})
		d.hand.Add(t, d.appointment("Dentist", "tue 09:30", time.Hour))
		d.clock.Advance(time.Second)
		d.read()
		d.wantSaid(nil, `"Dentist" over`)
	})
}

// TestAVisitPutUnderAnAppointment: the owner's hand puts a visit where an appointment of the owner's is. It goes there, and the
// owner is told.
func TestAVisitPutUnderAnAppointment(t *testing.T) {
	run(t, func(d *desk) {
		d.hand.Add(t, d.appointment("Dentist", "wed 10:00", time.Hour))
		d.read()
		j := d.book("tue 09:00")
		d.write(j)
		d.hand.Change(t, d.event(j.ID).ID, func(a *calendartest.Appointment) { a.Start, a.End = d.at("wed 09:30"), d.at("wed 11:00") })
		d.clock.Advance(time.Second)
		d.read()
		d.wantSaid([]string{"moved " + j.ID}, `"Dentist" over Luis Ortega's drain cleaning`)
		if got := d.troubles(); len(got) != 1 || got[0] != "overlap Dentist" {
			t.Errorf("to be settled: %q", got)
		}
	})
}
