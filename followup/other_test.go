package followup_test

import (
	"context"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/telephony"
)

func TestEverybodyOnCallIsAlertedAtOnce(t *testing.T) {
	each(t, func(d *desk) {
		d.clock.Advance(12 * time.Hour) // at night
		conv, _ := d.conversation(receptionist.ByCall, "", d.clock.Now())
		for range 2 {
			err := followup.WorkerAlertOnCall(d.deps).Work(d.t.Context(), &river.Job[followup.AlertOnCall]{JobRow: &rivertype.JobRow{}, Args: followup.AlertOnCall{
				BusinessID: d.shop.ID, ConversationID: conv.ID, What: "danger", Text: "smell of gas, 1101 West Lill Avenue, (312) 555-0142",
			}})
			if err != nil {
				d.t.Fatal(err)
			}
		}
		d.play(time.Second)
		d.want(d.sentTo(owner), "DANGER: smell of gas, 1101 West Lill Avenue, (312) 555-0142. Reply 1 to take it, 2 if you can't.")
		d.want(d.sentTo(dana), "DANGER: smell of gas, 1101 West Lill Avenue, (312) 555-0142. Reply 1 to take it, 2 if you can't.")
	})
}

func (d *desk) closeStale() {
	d.t.Helper()
	for range 2 {
		if err := followup.WorkerCloseStale(d.deps).Work(d.t.Context(), &river.Job[followup.CloseStale]{JobRow: &rivertype.JobRow{}}); err != nil {
			d.t.Fatal(err)
		}
	}
}

// The server was down when the caller hung up.
func TestACallGoneQuietIsEnded(t *testing.T) {
	each(t, func(d *desk) {
		last := d.clock.Now()
		_, call := d.conversation(receptionist.ByCall, "", last)
		d.clock.Advance(4 * time.Minute)
		d.closeStale()
		if c := d.reread(call.ID); !c.EndedAt.IsZero() {
			d.t.Fatal("ended while it may still go on")
		}
		d.clock.Advance(2 * time.Minute)
		d.closeStale()
		c := d.reread(call.ID)
		if !c.EndedAt.Equal(last.Truncate(time.Millisecond)) || c.Outcome != ledger.Abandoned || c.Summary != "no hot water" {
			d.t.Errorf("ended as %+v", c)
		}
		d.ended(*c)
		d.play(time.Second)
		d.want(d.sentTo(customer), textBack)
	})
}

func TestPeopleTalkingAreLeftAlone(t *testing.T) {
	for _, c := range []struct {
		name    string
		result  telephony.RingResult
		settled bool
		by      ledger.HandledBy
		after   time.Duration // it counts as gone quiet
	}{
		{"noted with the call", telephony.Taken, true, ledger.ByPerson, 4 * time.Hour},
		{"noted with the ring alone", telephony.Taken, true, ledger.ByReceptionist, 4 * time.Hour},
		{"picked up", telephony.PickedUp, false, ledger.ByReceptionist, 4 * time.Hour},
		{"put through without being asked", telephony.Ringing, false, ledger.ByReceptionist, 45 * time.Minute},
		{"nobody picked up", telephony.NoAnswer, true, ledger.ByReceptionist, 5 * time.Minute},
	} {
		t.Run(c.name, func(t *testing.T) {
			each(t, func(d *desk) {
				_, call := d.conversation(receptionist.ByCall, "", d.clock.Now())
				d.tx(func(ctx context.Context, tx followup.Tx) error {
					r := telephony.Ring{BusinessID: d.shop.ID, CallID: call.ID, Series: "1", Phone: dana, At: d.clock.Now(), Result: c.result}
					if c.settled {
						r.SettledAt = r.At
					}
					if err := tx.InsertRings(ctx, r); err != nil {
						return err
					}
					if err := tx.UpdateRing(ctx, &r); err != nil {
						return err
					}
					stored, err := tx.Call(ctx, call.ID)
					if err != nil {
						return err
					}
					stored.HandledBy = c.by
					return tx.UpdateCall(ctx, stored)
				})
				d.clock.Advance(c.after - time.Minute)
				d.closeStale()
				if got := d.reread(call.ID); !got.EndedAt.IsZero() {
					d.t.Error("ended while people may be talking")
				}
				d.clock.Advance(2 * time.Minute)
				d.closeStale()
				if got := d.reread(call.ID); got.EndedAt.IsZero() {
					d.t.Error("never ended")
				}
			})
		})
	}
}

func TestThreadsGoneQuietAreClosed(t *testing.T) {
	each(t, func(d *desk) {
		conv, _ := d.conversation(receptionist.ByText, "", d.clock.Now())
		for _, ended := range []bool{false, true} {
			d.clock.Advance(13 * time.Hour)
			d.closeStale()
			c, err := d.db.Conversation(d.t.Context(), conv.ID)
			if err != nil || c.EndedAt.IsZero() == ended {
				d.t.Errorf("after %s ended at %s, %v", d.clock.Now().Sub(start), c.EndedAt, err)
			}
		}
	})
}

// reread is the call as stored.
func (d *desk) reread(id string) *telephony.Call {
	d.t.Helper()
	c, err := d.db.Call(d.t.Context(), id)
	if err != nil {
		d.t.Fatal(err)
	}
	return c
}

func TestAPersonWhoTookACallAtOnceIsLeftAlone(t *testing.T) {
	each(t, func(d *desk) {
		call := telephony.Call{
			BusinessID: d.shop.ID, CarrierID: "CA1", Line: line, From: customer, Direction: "inbound", Mode: "relay",
			StartedAt: d.clock.Now(), AnsweredAt: d.clock.Now(), HandledBy: ledger.ByPerson,
		}
		d.tx(func(ctx context.Context, tx followup.Tx) error { _, err := tx.InsertCall(ctx, &call); return err })
		d.clock.Advance(time.Hour)
		d.closeStale()
		if c := d.reread(call.ID); !c.EndedAt.IsZero() {
			d.t.Error("ended while people may be talking")
		}
	})
}

func TestAnAddressIsAskedByText(t *testing.T) {
	each(t, func(d *desk) {
		conv, _ := d.conversation(receptionist.ByCall, "", d.clock.Now())
		for range 2 { // once, however often the job runs
			err := followup.WorkerTextAddress(d.deps).Work(d.t.Context(), &river.Job[followup.TextAddress]{JobRow: &rivertype.JobRow{}, Args: followup.TextAddress{
				BusinessID: d.shop.ID, ConversationID: conv.ID, Phone: customer,
			}})
			if err != nil {
				d.t.Fatal(err)
			}
		}
		d.play(time.Second)
		d.want(d.sentTo(customer), "This is "+d.shop.Profile.Name+". What's the street address for your visit, with the ZIP code? Just answer this text and we'll finish booking it.")
	})
}
