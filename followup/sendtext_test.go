package followup_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/followup"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
)

func TestTextsLeaveInOrder(t *testing.T) {
	each(t, func(d *desk) {
		var want []string
		for i := range 5 {
			want = append(want, fmt.Sprint("text ", i))
			d.talk(customer, want[i])
		}
		d.play(time.Second)
		d.want(d.sentTo(customer), want...)
		for _, m := range d.messages() {
			if m.Status != messaging.Sent || m.CarrierID == "" || m.SentAt.IsZero() || !m.ClaimedAt.IsZero() {
				d.t.Errorf("left as %+v", m)
			}
		}
	})
}

func TestOrderIsKeptThroughTenMinutesOfOutage(t *testing.T) {
	for name, f := range map[string]messagingtest.Failure{
		"refused": messagingtest.Refused, "hanging": messagingtest.LostRequest, "throttled": messagingtest.Throttled,
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(d *desk) {
				d.carrier.Down(f)
				numbers := []string{customer, "+13125550143", "+13125550144"}
				want := map[string][]string{}
				for minute := range 10 {
					for _, n := range numbers {
						body := fmt.Sprint("minute ", minute)
						d.talk(n, body)
						want[n] = append(want[n], body)
					}
					d.play(time.Minute)
				}
				if got := d.carrier.Accepted(); len(got) != 0 {
					d.t.Fatalf("accepted while down: %v", got)
				}
				d.carrier.Up()
				d.play(2 * time.Minute)
				for _, n := range numbers {
					d.want(d.sentTo(n), want[n]...)
				}
				if r := d.carrier.Requests(); r > 3*60 {
					d.t.Errorf("the carrier was asked %d times in its outage", r)
				}
			})
		})
	}
}

func TestRetryAfterIsRespected(t *testing.T) {
	each(t, func(d *desk) {
		f := messagingtest.Throttled
		f.Err.RetryAfter = 45 * time.Second
		d.carrier.Fail(f)
		d.talk(customer, "one")
		d.play(time.Second)
		d.talk(customer, "two") // its job must wait for the first text's sake
		d.play(43 * time.Second)
		if r := d.carrier.Requests(); r != 1 {
			d.t.Errorf("%d requests before the time that the carrier asked for", r)
		}
		d.play(5 * time.Second)
		d.want(d.sentTo(customer), "one", "two")
	})
}

// The carrier takes the text, and the answer never comes.
func TestAHangAfterAcceptanceIsFoundNotRepeated(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Fail(messagingtest.LostAnswer)
		d.talk(customer, "only once")
		d.talk(customer, "and then this")
		d.play(time.Minute)
		d.want(d.sentTo(customer), "only once", "and then this")
		for _, m := range d.messages() {
			if m.Status != messaging.Sent || m.CarrierID == "" {
				d.t.Errorf("left as %+v", m)
			}
		}
	})
}

// Where nobody can say whether a text left, it is not sent again: the owner is told, unless a report says that it did.
func TestACarrierThatCantBeAsked(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.CannotFind()
		d.carrier.Fail(messagingtest.LostAnswer, messagingtest.LostAnswer)
		d.write(messaging.Message{To: customer, Body: "You're booked", Kind: messaging.Confirmation, Key: "c"}, messaging.Known{Live: true})
		d.talk(customer, "a later text")
		d.play(2 * time.Minute)
		const doubt = "The carrier did not say whether it took the text, and it can't be asked."
		d.want(
			d.texts(),
			"confirmation failed >0142 in_doubt: You're booked",
			"conversation failed >0142 in_doubt: a later text",
			"summary sent >0101 not_delivered: Not delivered: the confirmation to (312) 555-0142. "+doubt+" Please call them.",
			"summary sent >0101 not_delivered: Not delivered: our answer to (312) 555-0142. "+doubt+" Please call them.",
		)
		d.want(d.sentTo(customer), "You're booked", "a later text")
		inbox := &messaging.Inbox{Storage: d.db.Messaging(), Clock: d.clock, Log: d.deps.Log}
		first := d.messages()[0]
		r := messaging.Report{Line: line, To: customer, CarrierID: "X1", MessageID: first.ID, Status: messaging.Delivered}
		if err := inbox.Report(d.t.Context(), r); err != nil {
			d.t.Fatal(err)
		}
		if got := d.texts(messaging.Confirmation); len(got) != 1 || !strings.HasPrefix(got[0], "confirmation delivered") {
			d.t.Errorf("after the report: %q", got)
		}
	})
}

// People are told the same words twice: the first of two equal texts must not pass for the second.
func TestEqualTextsAreToldApart(t *testing.T) {
	each(t, func(d *desk) {
		d.write(messaging.Message{To: customer, Body: "Sorry, which day?", Kind: messaging.Talk, Key: "1"}, messaging.Known{})
		d.play(time.Second)
		d.carrier.Fail(messagingtest.LostRequest)
		d.write(messaging.Message{To: customer, Body: "Sorry, which day?", Kind: messaging.Talk, Key: "2"}, messaging.Known{})
		d.play(time.Minute)
		d.want(d.sentTo(customer), "Sorry, which day?", "Sorry, which day?")
	})
}

// Killed between handing the text over and noting the answer: whoever comes next looks first.
func TestAKilledWorker(t *testing.T) {
	for name, accepted := range map[string]bool{"after the carrier took it": true, "before": false} {
		t.Run(name, func(t *testing.T) {
			each(t, func(d *desk) {
				m := d.talk(customer, "only once")
				if accepted {
					if _, err := d.carrier.Send(d.t.Context(), m); err != nil {
						d.t.Fatal(err)
					}
				}
				m.Status, m.ClaimedAt, m.Attempts = messaging.Sending, d.clock.Now(), 1
				d.tx(func(ctx context.Context, tx followup.Tx) error { return tx.UpdateMessage(ctx, &m) })

				if wait := d.send(m.ID); wait == 0 || d.carrier.Requests() > 1 {
					d.t.Errorf("the claim was not respected: wait %s, %d requests", wait, d.carrier.Requests())
				}
				d.clock.Advance(time.Minute)
				d.send(m.ID)
				d.want(d.sentTo(customer), "only once")
				d.want(d.texts(), "conversation sent >0142 : only once")
			})
		})
	}
}

// The carrier's report of a text may overtake its answer.
func TestAReportDuringTheRequest(t *testing.T) {
	each(t, func(d *desk) {
		inbox := &messaging.Inbox{Storage: d.db.Messaging(), Clock: d.clock, Log: d.deps.Log}
		d.carrier.OnSend(func(m messaging.Message) {
			r := messaging.Report{Line: line, To: m.To, CarrierID: fmt.Sprintf("SM%032x", 1), MessageID: m.ID, Status: messaging.Delivered}
			if err := inbox.Report(d.t.Context(), r); err != nil {
				d.t.Error(err)
			}
		})
		d.talk(customer, "hello")
		d.play(time.Second)
		d.want(d.texts(), "conversation delivered >0142 : hello")
	})
}

func TestTwoNodesAtOnce(t *testing.T) {
	each(t, func(d *desk) {
		var want []string
		var ids []string
		for i := range 6 {
			want = append(want, fmt.Sprint("text ", i))
			ids = append(ids, d.talk(customer, want[i]).ID)
		}
		var all sync.WaitGroup
		for range 3 { // every job runs three times at once
			for _, id := range ids {
				all.Go(func() { d.send(id) })
			}
		}
		all.Wait()
		d.play(time.Minute)
		d.want(d.sentTo(customer), want...)
	})
}

func TestStopWhileATextWaits(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Down(messagingtest.Refused)
		d.talk(customer, "are you there?")
		d.play(10 * time.Second)
		d.tx(func(ctx context.Context, tx followup.Tx) error { return optsOut(ctx, tx, d.shop.ID, customer) })
		d.carrier.Up()
		d.play(time.Minute)
		d.want(d.texts(), "conversation suppressed >0142 opted_out: are you there?")
		d.want(d.sentTo(customer))
	})
}

func TestRefusedForGood(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Fail(messagingtest.OptedOut)
		d.write(messaging.Message{To: customer, Body: "You're booked", Kind: messaging.Confirmation, Key: "c"}, messaging.Known{Live: true})
		d.talk(customer, "a later text")
		d.play(time.Minute)
		d.want(
			d.texts(),
			"confirmation failed >0142 opted_out: You're booked",
			"conversation suppressed >0142 opted_out: a later text",
			"summary sent >0101 not_delivered: Not delivered: the confirmation to (312) 555-0142. They replied STOP. Please call them.",
		)
	})
}

func TestALandline(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Fail(messagingtest.Landline)
		m := d.write(messaging.Message{To: customer, Body: "Sorry we missed you", Kind: messaging.TextBack, Key: "t"}, messaging.Known{})
		d.play(time.Minute)
		for range 3 {
			d.send(m.ID)
		}
		got := d.texts()
		if len(got) != 2 || got[0] != "text_back failed >0142 landline: Sorry we missed you" || !strings.Contains(got[1], "Not delivered: the text-back") {
			d.t.Errorf("texts %q", got)
		}
		if d.carrier.Requests() != 2 {
			d.t.Errorf("%d requests", d.carrier.Requests())
		}
	})
}

// A reminder that the carrier took until the night to take waits for the morning.
func TestTheNightComesWhileATextWaits(t *testing.T) {
	each(t, func(d *desk) {
		evening := time.Date(2026, 11, 23, 20, 58, 0, 0, d.shop.Location())
		d.clock.Advance(evening.Sub(d.clock.Now()))
		d.carrier.Down(messagingtest.Refused)
		d.write(messaging.Message{To: customer, Body: "Tomorrow between 8 and 10", Kind: messaging.Reminder, Key: "r"}, messaging.Known{})
		d.play(5 * time.Minute)
		d.carrier.Up()
		d.play(10 * time.Hour)
		d.want(d.sentTo(customer))
		d.play(time.Hour)
		d.want(d.sentTo(customer), "Tomorrow between 8 and 10")
	})
}

func TestALateTextBackIsReworded(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Down(messagingtest.Refused)
		d.write(messaging.Message{To: customer, Body: d.shop.Profile.TextBack, Kind: messaging.TextBack, Key: "t"}, messaging.Known{})
		d.play(11 * time.Minute)
		d.carrier.Up()
		d.play(time.Minute)
		d.want(d.sentTo(customer), "Sorry we missed you earlier, this is Mike's Plumbing & Heating. What can we help with?")
	})
}

func TestATextBackFarTooLateIsDropped(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Down(messagingtest.Refused)
		d.write(messaging.Message{To: customer, Body: "hey", Kind: messaging.TextBack, Key: "t"}, messaging.Known{})
		d.play(4 * time.Hour)
		d.carrier.Up()
		d.play(time.Minute)
		d.want(d.sentTo(customer))
		if got := d.texts(); len(got) != 1 || !strings.HasPrefix(got[0], "text_back suppressed >0142 too_late: ") {
			d.t.Errorf("texts %q", got)
		}
	})
}

func TestNoTextBackToWhoBookedMeanwhile(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Down(messagingtest.Refused)
		d.write(messaging.Message{To: customer, Body: "hey", Kind: messaging.TextBack, Key: "t"}, messaging.Known{})
		d.play(time.Minute)
		d.book("call", nil)
		d.carrier.Up()
		d.play(time.Minute)
		d.want(d.texts(), "text_back suppressed >0142 just_booked: hey")
	})
}

// What is held for the morning doesn't hold up a conversation at night.
func TestHeldTextsLetOthersPass(t *testing.T) {
	each(t, func(d *desk) {
		d.clock.Advance(12 * time.Hour) // 22:05 in Chicago
		d.write(messaging.Message{To: customer, Body: "reminder", Kind: messaging.Reminder, Key: "r"}, messaging.Known{})
		d.talk(customer, "an answer at night")
		d.play(time.Minute)
		d.want(d.sentTo(customer), "an answer at night")
		d.play(9 * time.Hour)
		d.want(d.sentTo(customer), "an answer at night")
		d.play(time.Hour)
		d.want(d.sentTo(customer), "an answer at night", "reminder")
	})
}

// A text in doubt is not asked about for ever.
func TestADeadCarrierIsGivenUp(t *testing.T) {
	each(t, func(d *desk) {
		d.carrier.Down(messagingtest.LostRequest)
		d.talk(customer, "hello")
		d.play(37 * time.Hour)
		d.want(d.texts(messaging.Talk), "conversation failed >0142 unreachable: hello")
	})
}
