package messaging_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/clock"
	"fixly/messaging"
	"fixly/store/storetest"
)

// writes has people write to a number.
func (d *desk) writes(number, body, key string) messaging.Message {
	d.t.Helper()
	var m messaging.Message
	err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) (err error) {
		m, err = messaging.Threads{Receptionist: d}.Write(ctx, tx, d.clock.Now(), d.shop, messaging.Words{Number: number, Body: body, By: "Mike Rossi", Key: key})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

func (d *desk) release(number string) bool {
	d.t.Helper()
	var ended bool
	err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) (err error) {
		ended, err = messaging.Threads{Receptionist: d}.Release(ctx, tx, d.shop, number)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return ended
}

func (d *desk) held(number string) *messaging.Takeover {
	d.t.Helper()
	t, err := d.db.Takeover(d.t.Context(), d.shop.ID, number)
	if err != nil {
		d.t.Fatal(err)
	}
	return t
}

const passedOn = `conversation received >0100 people_hold: when?` + "\n" +
	`forward queued >0101 people_hold: 10 (773) 555-0166: "when?" Reply "to 10: ...", or "release 10" to let me answer again.`

// People write: the receptionist is silent in the thread, reads along, and what the customer writes goes to them.
func TestPeopleTakeAThreadOver(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "hello", CarrierID: "SM1"})
		d.writes(customer, "We'll be there soon.", "a")
		d.writes(customer, "We'll be there soon.", "a") // sent twice
		d.receive(messaging.Incoming{Body: "when?", CarrierID: "SM2"})
		d.receive(messaging.Incoming{Body: "when?", CarrierID: "SM2"}) // delivered twice
		want := []string{
			"conversation received >0100 : hello",
			"conversation queued >0166 they_wrote: You said: hello",
			"person queued >0166 people_wrote: We'll be there soon.",
		}
		d.want(append(want, strings.Split(passedOn, "\n")...)...)
		if len(d.heard) != 1 {
			d.t.Errorf("the receptionist was asked %+v", d.heard)
		}
		if len(d.read) != 2 || !d.read[0].Person || d.read[1].Person || d.read[1].Body != "when?" {
			d.t.Errorf("the receptionist reads along %+v", d.read)
		}
		if !d.release(customer) || d.release(customer) {
			d.t.Error("it is given back once")
		}
		d.receive(messaging.Incoming{Body: "and now?", CarrierID: "SM3"})
		if got := d.texts(); got[len(got)-1] != "conversation queued >0166 they_wrote: You said: and now?" {
			d.t.Errorf("after it was given back: %q", got[len(got)-1])
		}
	})
}

// STOP is obeyed and confirmed in a thread that people hold, and nobody writes there any more, people neither.
func TestStopInAThreadThatPeopleHold(t *testing.T) {
	each(t, func(d *desk) {
		d.writes(customer, "Hi, this is Mike.", "a")
		d.receive(messaging.Incoming{Body: "STOP", CarrierID: "SM1"})
		if m := d.writes(customer, "One more thing", "b"); m.Status != messaging.Suppressed || m.Reason != string(messaging.OptedOut) {
			d.t.Errorf("after STOP it is %s, %s", m.Status, m.Reason)
		}
		got := d.texts()
		if !d.optedOut() || !strings.HasPrefix(got[2], "opt_out queued >0166") {
			d.t.Errorf("texts: %q", got)
		}
	})
}

// A thread that people let lie goes back, and what was asked last is answered then; in quiet hours that waits.
func TestAThreadThatLiesIdleIsGivenBack(t *testing.T) {
	each(t, func(d *desk) {
		giveBack := func() time.Duration {
			wait, err := d.inbox.GiveBack(d.t.Context(), d.shop.ID, customer, d.held(customer).Since)
			if err != nil {
				d.t.Fatal(err)
			}
			return wait
		}
		d.writes(customer, "Hi, this is Mike.", "a")
		d.clock.Advance(90 * time.Minute)
		d.writes(customer, "Still there?", "b") // puts it off
		d.receive(messaging.Incoming{Body: "yes, can you come tomorrow?", CarrierID: "SM1"})
		d.clock.Advance(time.Hour)
		if wait := giveBack(); wait != time.Hour {
			d.t.Errorf("it comes back in %s", wait)
		}
		d.clock.Advance(10 * time.Hour) // half past nine in the evening there
		if wait := giveBack(); wait < 9*time.Hour || len(d.heard) > 0 {
			d.t.Errorf("in the night it comes back in %s, having asked %+v", wait, d.heard)
		}
		d.clock.Advance(11 * time.Hour)
		if wait := giveBack(); wait != 0 || d.held(customer) != nil {
			d.t.Errorf("it comes back in %s", wait)
		}
		if got := d.texts(); got[len(got)-1] != "conversation queued >0166 they_wrote: You said: yes, can you come tomorrow?" {
			d.t.Errorf("texts: %q", got)
		}
	})
}

// A text that comes after the time is the receptionist's, whether or not the job that gives the thread back has run.
func TestATextAfterTheTimeIsAnswered(t *testing.T) {
	each(t, func(d *desk) {
		d.writes(customer, "Hi, this is Mike.", "a")
		d.clock.Advance(2 * time.Hour)
		d.receive(messaging.Incoming{Body: "hello?", CarrierID: "SM1"})
		if got := d.texts(); got[len(got)-1] != "conversation queued >0166 they_wrote: You said: hello?" || d.held(customer) != nil {
			d.t.Errorf("texts: %q", got)
		}
	})
}

// Each thread has a number of its own, and keeps it.
func TestNumbersOfThreads(t *testing.T) {
	each(t, func(d *desk) {
		number := func(i int) (n int) {
			err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) (err error) {
				d.clock.Advance(time.Minute)
				n, err = messaging.NumberThread(ctx, tx, d.clock.Now(), d.shop, fmt.Sprintf("+1773555%04d", i))
				return err
			})
			if err != nil {
				d.t.Fatal(err)
			}
			return n
		}
		for i := range 90 {
			if n := number(i); n != 10+i {
				d.t.Fatalf("thread %d has number %d", i, n)
			}
		}
		if number(0) != 10 {
			d.t.Error("the first thread has lost its number")
		}
		if n := number(90); n != 11 { // the one that was told longest ago
			d.t.Errorf("one too many gets %d", n)
		}
	})
}

// While people hold a thread, the receptionist never writes there, whatever happens and in whatever order; confirmations of
// STOP and its kin aside. And whenever nobody holds it, each text is answered.
func TestTheReceptionistNeverWritesWherePeopleDo(t *testing.T) {
	t.Parallel()
	now := clock.NewManual(time.Date(2026, 11, 23, 15, 30, 0, 0, time.UTC))
	d := newDesk(t, now, storetest.Open(t, storetest.SQLite(t), now))
	runs, texts := 0, 0
	rapid.Check(d.t, func(r *rapid.T) {
		runs++
		from := fmt.Sprintf("+1773556%04d", runs)
		for range rapid.IntRange(1, 8).Draw(r, "steps") {
			texts++
			key := fmt.Sprint("k", texts)
			before := d.held(from).Holds(d.shop, d.clock.Now())
			seen := len(d.with(from))
			switch rapid.SampledFrom([]string{"customer", "customer", "people", "release", "wait", "stop", "start", "follow-up"}).Draw(r, "step") {
			case "customer":
				d.receive(messaging.Incoming{From: from, Body: rapid.SampledFrom([]string{"hello", "tuesday at 9", "yes"}).Draw(r, "body"), CarrierID: key})
			case "people":
				d.writes(from, "ours", key)
			case "release":
				d.release(from)
			case "wait":
				d.clock.Advance(rapid.SampledFrom([]time.Duration{time.Minute, time.Hour, 2 * time.Hour}).Draw(r, "wait"))
				if h := d.held(from); h != nil {
					if _, err := d.inbox.GiveBack(d.t.Context(), d.shop.ID, from, h.Since); err != nil {
						r.Fatal(err)
					}
				}
				before = false // whether it is still held is the question here
			case "stop":
				d.receive(messaging.Incoming{From: from, Body: "STOP", CarrierID: key})
			case "start":
				d.receive(messaging.Incoming{From: from, Body: "START", CarrierID: key})
			case "follow-up":
				err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) error {
					_, _, err := messaging.Write(ctx, tx, d.clock.Now(), messaging.Message{
						BusinessID: d.shop.ID, From: line, To: from, Kind: messaging.FollowUp, Body: "still interested?", Key: key,
					}, messaging.Known{Live: true})
					return err
				})
				if err != nil {
					r.Fatal(err)
				}
			}
			if !before {
				continue
			}
			for _, m := range d.with(from)[seen:] {
				if m.Direction == messaging.Outbound && m.Status != messaging.Suppressed && m.Kind != messaging.OptOut && m.Kind != messaging.ByPerson {
					r.Fatalf("in a thread that people hold: %s %q", m.Kind, m.Body)
				}
			}
		}
	})
}

// with lists the texts with a number, oldest first.
func (d *desk) with(number string) []messaging.Message {
	d.t.Helper()
	all, err := d.db.ListMessages(d.t.Context(), d.shop.ID, messaging.MessageFilter{Phone: number})
	if err != nil {
		d.t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}
