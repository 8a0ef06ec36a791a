package billing_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fixly/contact"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/store"
	"fixly/telephony"
)

// A call, a yes, a day: it counts, and the ledger knows where each of these is kept.
func TestABookingCountsAfterADay(t *testing.T) {
	each(t, func(d *desk) {
		c := d.call(customer, nil)
		j := d.book(scheduling.FromCall, func(j *scheduling.Job) { j.CallID = c.ID })
		m := messaging.Message{
			BusinessID: d.shop.ID, Direction: messaging.Outbound, From: line, To: customer, Kind: messaging.Confirmation, Status: messaging.Sent,
			Key: fmt.Sprintf("confirmation:%s:%d", j.ID, j.UpdatedAt.UnixMilli()),
		}
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			account := calendar.Account{BusinessID: d.shop.ID, Provider: "google", Name: "mike@example.com"}
			if err := tx.InsertCalendarAccount(ctx, &account); err != nil {
				return err
			}
			outside := calendar.Connected{AccountID: account.ID, BusinessID: d.shop.ID, Provider: "google"}
			if err := tx.InsertCalendar(ctx, &outside); err != nil {
				return err
			}
			written := &calendar.Written{JobID: j.ID, CalendarID: outside.ID, BusinessID: d.shop.ID, EventID: "event-1"}
			if _, err := tx.ClaimWritten(ctx, written); err != nil {
				return err
			}
			if err := tx.SaveWritten(ctx, written); err != nil {
				return err
			}
			_, err := tx.InsertMessage(ctx, &m)
			return err
		})
		d.wants(j, ledger.Pending, "", 0)
		d.clock.Advance(20 * time.Hour)
		d.update(j, "moved", func(j *scheduling.Job) { j.Slot.Technician = "Mike Rossi" }) // that is no booking
		if wait := d.settle(j); wait < 3*time.Hour || wait > 5*time.Hour {
			t.Errorf("too early by %s", wait)
		}
		d.wants(j, ledger.Pending, "", 0)
		d.clock.Advance(4 * time.Hour)
		d.settle(j)
		d.wants(j, ledger.Counted, ledger.NewJob, 0)
		b := d.entry(j)
		if !b.Free() || b.Price != 900 || b.Currency != "USD" || !b.SettledAt.Equal(d.clock.Now().Truncate(time.Millisecond)) {
			t.Errorf("entry: %+v", b)
		}
		e := b.Evidence
		if !e.Ring.Equal(c.StartedAt.Truncate(time.Millisecond)) || e.Words != 2 || e.Answer != 3 || e.Decision != "booked" || len(e.Events) != 1 || e.Events[0] != "event-1" || e.Confirmation != m.ID {
			t.Errorf("evidence: %+v", e)
		}
		if conv, err := d.db.ConversationByCall(t.Context(), d.shop.ID, c.ID); err != nil || e.ConversationID != conv.ID {
			t.Errorf("conversation %s, %v", e.ConversationID, err)
		}
		d.cancel(j) // too late to change anything
		d.settle(j)
		d.wants(j, ledger.Counted, ledger.NewJob, 0)
	})
}

func TestABookingByTextHasItsThreadAsEvidence(t *testing.T) {
	each(t, func(d *desk) {
		j := d.book(scheduling.FromText, nil)
		conv := &receptionist.Conversation{BusinessID: d.shop.ID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: customer}, JobID: j.ID, StartedAt: start, UpdatedAt: start}
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			if err := tx.InsertConversation(ctx, conv); err != nil {
				return err
			}
			return d.say(ctx, tx, conv.ID)
		})
		d.clock.Advance(ledger.Grace)
		d.settle(j)
		if e := d.entry(j).Evidence; e.ConversationID != conv.ID || e.Words != 2 || e.Answer != 3 || !e.Ring.IsZero() || e.Confirmation != "" {
			t.Errorf("evidence: %+v", e)
		}
	})
}

// Each way not to count, told apart with everything else as it is for one that does.
func TestWhatDoesNotCount(t *testing.T) {
	each(t, func(d *desk) {
		byCall := func(from string, change func(*telephony.Call)) func(j *scheduling.Job) {
			return func(j *scheduling.Job) { j.CallID = d.call(from, change).ID }
		}
		blocked := d.shop.Answering.Blocked[0]
		for _, c := range []struct {
			name   string
			source scheduling.Source
			change func(j *scheduling.Job)
			want   ledger.Reason
		}{
			{"the owner's own", scheduling.FromOwner, func(*scheduling.Job) {}, ledger.ByOwner},
			{"the browser phone", scheduling.FromCall, byCall(customer, func(c *telephony.Call) { c.Mode = "browser" }), ledger.TestCall},
			{"the owner's number", scheduling.FromCall, byCall(owner, nil), ledger.OwnNumber},
			{"for the owner", scheduling.FromWeb, func(j *scheduling.Job) { j.Customer.Phone = owner }, ledger.OwnNumber},
			{"somebody of the chain", scheduling.FromCall, byCall(dana, nil), ledger.OwnNumber},
			{"a forwarding test", scheduling.FromCall, byCall(line, nil), ledger.OwnNumber},
			{"a blocked number", scheduling.FromWeb, func(j *scheduling.Job) { j.Customer.Phone = blocked }, ledger.IsSpam},
			{"a call taken for spam", scheduling.FromCall, byCall(customer, func(c *telephony.Call) { c.Outcome = ledger.Spam }), ledger.IsSpam},
			{"a withheld number", scheduling.FromCall, byCall("", nil), ledger.NewJob},
			{"the page", scheduling.FromWeb, func(*scheduling.Job) {}, ledger.NewJob},
		} {
			j := d.book(c.source, func(j *scheduling.Job) { d.anywhere(j); c.change(j) })
			d.clock.Advance(ledger.Grace)
			d.settle(j)
			if b := d.entry(j); b.Reason != c.want || (b.State == ledger.Counted) != (c.want == ledger.NewJob) {
				t.Errorf("%s: %s %s, want %s", c.name, b.State, b.Reason, c.want)
			}
		}
	})
}

func TestCancelledWithinTheGraceTime(t *testing.T) {
	each(t, func(d *desk) {
		first := d.book(scheduling.FromWeb, nil)
		d.clock.Advance(23 * time.Hour)
		d.cancel(first)
		again := d.book(scheduling.FromWeb, nil) // no duplicate of one that didn't count
		d.clock.Advance(ledger.Grace)
		// Both are due, and the server was down for a while: the order makes no difference.
		d.settle(again)
		d.settle(first)
		d.wants(first, ledger.NotCounted, ledger.CalledOff, 0)
		d.wants(again, ledger.Counted, ledger.NewJob, 0)

		late := d.book(scheduling.FromWeb, d.anywhere)
		d.clock.Advance(ledger.Grace + time.Minute)
		d.cancel(late) // after the grace time, though the job that settles runs only now
		d.settle(late)
		d.wants(late, ledger.Counted, ledger.NewJob, 0)
	})
}

func TestADuplicateDoesNotCount(t *testing.T) {
	each(t, func(d *desk) {
		first := d.book(scheduling.FromWeb, nil)
		d.clock.Advance(time.Hour)
		second := d.book(scheduling.FromWeb, func(j *scheduling.Job) { j.Address.Line1 = "1842 NORTH  Damen avenue" })
		elsewhere := d.book(scheduling.FromWeb, func(j *scheduling.Job) { j.Address.Unit = "Unit 2" })
		other := d.book(scheduling.FromWeb, func(j *scheduling.Job) { j.Service = "Drain cleaning" })
		d.clock.Advance(ledger.DuplicateWithin)
		d.settle(second) // though the first is not decided yet
		d.settle(first)
		d.settle(elsewhere)
		d.settle(other)
		d.wants(first, ledger.Counted, ledger.NewJob, 0)
		d.wants(second, ledger.NotCounted, ledger.Duplicate, 0)
		d.wants(elsewhere, ledger.Counted, ledger.NewJob, 0)
		d.wants(other, ledger.Counted, ledger.NewJob, 900)
		next := d.book(scheduling.FromWeb, nil) // eight days after the first, which counted, and seven after the one that didn't
		d.clock.Advance(ledger.Grace)
		d.settle(next)
		d.wants(next, ledger.Counted, ledger.NewJob, 0) // in December, whose first it is
	})
}

func TestVisitsThatWaitForTheOwner(t *testing.T) {
	each(t, func(d *desk) {
		wait := func(j *scheduling.Job) { d.anywhere(j); j.Status = scheduling.StatusTentative }
		taken, declined, forgotten := d.book(scheduling.FromWeb, wait), d.book(scheduling.FromWeb, wait), d.book(scheduling.FromWeb, wait)
		if wait := d.settle(forgotten); wait < 3*24*time.Hour {
			t.Errorf("asked again in %s", wait)
		}
		d.clock.Advance(30 * time.Hour)
		d.update(taken, "accepted", func(j *scheduling.Job) { j.Status = scheduling.StatusBooked })
		d.cancel(declined)
		d.settle(declined)
		d.wants(declined, ledger.NotCounted, ledger.NotAccepted, 0)
		if wait := d.settle(taken); wait < 23*time.Hour {
			t.Errorf("its grace time is over in %s", wait)
		}
		d.clock.Advance(ledger.Grace)
		d.settle(taken)
		d.wants(taken, ledger.Counted, ledger.NewJob, 0)
		d.clock.Advance(forgotten.Slot.Start.Sub(d.clock.Now()))
		d.settle(forgotten)
		d.wants(forgotten, ledger.NotCounted, ledger.NotAccepted, 0)
	})
}

// Amending or moving a job that was booked before there was a ledger enters nothing.
func TestOldJobsStayOut(t *testing.T) {
	each(t, func(d *desk) {
		j := &scheduling.Job{}
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			*j = *newJob(d, start)
			return tx.InsertJob(ctx, j)
		})
		d.clock.Advance(time.Hour)
		d.update(j, "moved", func(j *scheduling.Job) { j.Slot.Technician = "Mike Rossi" })
		d.update(j, "booked", func(j *scheduling.Job) { j.Customer.Name = "Karen Whitfeld" })
		if b, err := d.db.Booking(t.Context(), d.shop.ID, j.ID); err == nil {
			t.Errorf("entered: %+v", b)
		}
	})
}

func newJob(d *desk, at time.Time) *scheduling.Job {
	return &scheduling.Job{
		BusinessID: d.shop.ID, Status: scheduling.StatusBooked, Service: "Leak repair", Urgency: scheduling.Routine, Source: scheduling.FromWeb,
		Slot: scheduling.Slot{Technician: "Luis Ortega", Start: at, End: at.Add(time.Hour)}, BusyUntil: at.Add(time.Hour), WindowEnd: at.Add(time.Hour),
		Customer: contact.Customer{Phone: customer}, CreatedAt: at, UpdatedAt: at,
	}
}
