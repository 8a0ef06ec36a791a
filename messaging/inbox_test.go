package messaging_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/messaging"
	"fixly/store"
	"fixly/store/storetest"
)

const (
	line     = "+13125550100"
	owner    = "+13125550101"
	customer = "+17735550166"
)

// desk is an inbox over a real database, with a receptionist whose answers the test chooses.
type desk struct {
	t     *testing.T
	db    *store.DB
	clock *clock.Manual
	shop  *business.Business
	inbox *messaging.Inbox

	mu     sync.Mutex
	heard  []messaging.Conversing
	answer func(messaging.Conversing) (string, error)
	visit  bool
	read   []messaging.Heard // along with people
}

func (d *desk) Converse(_ context.Context, _ messaging.Tx, c messaging.Conversing) (messaging.Answer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.heard = append(d.heard, c)
	text, err := d.answer(c)
	return messaging.Answer{Text: text}, err
}

func (d *desk) Listen(_ context.Context, _ messaging.Tx, h messaging.Heard) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.read = append(d.read, h)
	return nil
}

func (d *desk) ExpectsVisit(context.Context, messaging.Tx, string, string) (bool, error) {
	return d.visit, nil
}

// each runs a test on each database.
func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	now := clock.NewManual(time.Date(2026, 11, 23, 15, 30, 0, 0, time.UTC))
	storetest.RunAt(t, now, func(t *testing.T, db *store.DB) { test(newDesk(t, now, db)) })
}

func newDesk(t *testing.T, now *clock.Manual, db *store.DB) *desk {
	t.Helper()
	b := demo.Business()
	if err := db.SaveBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, db: db, clock: now, shop: b}
	d.answer = func(c messaging.Conversing) (string, error) { return "You said: " + c.Body, nil }
	d.inbox = &messaging.Inbox{Storage: db.Messaging(), Receptionist: d, Clock: now, Log: slog.New(slog.DiscardHandler)}
	return d
}

func (d *desk) receive(in messaging.Incoming) {
	d.t.Helper()
	if in.Line == "" {
		in.Line = line
	}
	if in.From == "" {
		in.From = customer
	}
	if err := d.inbox.Receive(d.t.Context(), in); err != nil {
		d.t.Fatal(err)
	}
}

// texts lists what is stored, oldest first, each as "kind status from>to reason: body".
func (d *desk) texts() []string {
	d.t.Helper()
	all, err := d.db.ListMessages(d.t.Context(), d.shop.ID, messaging.MessageFilter{})
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		m := all[i]
		out = append(out, fmt.Sprintf("%s %s >%s %s: %s", m.Kind, m.Status, m.To[len(m.To)-4:], m.Reason, m.Body))
	}
	return out
}

func (d *desk) want(want ...string) {
	d.t.Helper()
	got := d.texts()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.t.Errorf("texts:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

func (d *desk) optedOut() bool {
	d.t.Helper()
	out, err := d.db.OptedOut(d.t.Context(), d.shop.ID, customer)
	if err != nil {
		d.t.Fatal(err)
	}
	return out
}

func TestATextIsAnswered(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "my disposal died", CarrierID: "SM1"})
		d.want("conversation received >0100 : my disposal died", "conversation queued >0166 they_wrote: You said: my disposal died")
		if len(d.heard) != 1 || d.heard[0].Key != "SM1" || d.heard[0].From != customer {
			d.t.Errorf("the receptionist heard %+v", d.heard)
		}
	})
}

func TestARepeatedTextChangesNothing(t *testing.T) {
	each(t, func(d *desk) {
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { d.receive(messaging.Incoming{Body: "hello", CarrierID: "SM1"}) })
		}
		all.Wait()
		d.want("conversation received >0100 : hello", "conversation queued >0166 they_wrote: You said: hello")
	})
}

func TestStop(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "Stop.", CarrierID: "SM1"})
		d.receive(messaging.Incoming{Body: "STOP", CarrierID: "SM2"})
		if !d.optedOut() {
			d.t.Error("not opted out")
		}
		stopped := "opt_out queued >0166 opt_out_word: Mike's Plumbing & Heating: you won't get any more texts from us. Reply START to get them again."
		d.want("conversation received >0100 opt_out_word: Stop.", stopped, "conversation received >0100 opt_out_word: STOP")

		d.receive(messaging.Incoming{Body: "start", CarrierID: "SM3"})
		if d.optedOut() {
			d.t.Error("still opted out")
		}
		if len(d.heard) != 0 {
			d.t.Errorf("the receptionist heard %+v", d.heard)
		}
	})
}

func TestTheCarrierHandlesStop(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "STOP", CarrierID: "SM1", OptOut: messaging.Stop})
		if !d.optedOut() {
			d.t.Error("not opted out")
		}
		d.receive(messaging.Incoming{Body: "HELP", CarrierID: "SM2", OptOut: messaging.Help})
		d.receive(messaging.Incoming{Body: "START", CarrierID: "SM3", OptOut: messaging.Start})
		if d.optedOut() {
			d.t.Error("still opted out")
		}
		d.want(
			"conversation received >0100 carrier_did_it: STOP", "conversation received >0100 carrier_did_it: HELP",
			"conversation received >0100 carrier_did_it: START",
		)
	})
}

func TestHelp(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "HELP", CarrierID: "SM1"})
		got := d.texts()
		if len(got) != 2 || !strings.Contains(got[1], "(312) 555-0100") || !strings.HasPrefix(got[1], "opt_out queued") {
			d.t.Errorf("texts: %q", got)
		}
	})
}

func TestCancelMeansTheVisitWhereThereIsOne(t *testing.T) {
	each(t, func(d *desk) {
		d.visit = true
		d.receive(messaging.Incoming{Body: "Cancel", CarrierID: "SM1"})
		if d.optedOut() || len(d.heard) != 1 {
			d.t.Errorf("opted out: %v, the receptionist heard %+v", d.optedOut(), d.heard)
		}
	})
}

func TestWhoIsNotAnswered(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{From: "+13125550199", Body: "blocked", CarrierID: "SM1"})
		d.receive(messaging.Incoming{From: "40404", Body: "your code is 1234", CarrierID: "SM2"})
		d.receive(messaging.Incoming{From: line, Body: "ourselves", CarrierID: "SM3"})
		d.receive(messaging.Incoming{CarrierID: "SM4"})
		d.want(
			"conversation received >0100 blocked: blocked", "conversation received >0100 not_textable: your code is 1234",
			"conversation received >0100 own_line: ourselves", "conversation received >0100 empty: ",
		)
	})
}

func TestOptedOutButWritingGoesToTheOwner(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "STOP", CarrierID: "SM1", OptOut: messaging.Stop})
		d.receive(messaging.Incoming{Body: "my basement floods", CarrierID: "SM2"})
		d.want(
			"conversation received >0100 carrier_did_it: STOP", "conversation received >0100 opted_out: my basement floods",
			`summary queued >0101 not_answered: Text from (773) 555-0166, not answered: "my basement floods" They said STOP to texts.`,
		)
	})
}

func TestPicturesWithoutWords(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Media: []string{"https://api.twilio.com/1"}, CarrierID: "SM1"})
		d.want(
			"conversation received >0100 only_pictures: ",
			"conversation queued >0166 they_wrote: You said: ",
		)
		if len(d.heard) != 1 || d.heard[0].Pictures != 1 {
			d.t.Errorf("the receptionist heard %+v", d.heard)
		}
		photos, err := d.db.PhotosWith(t.Context(), d.shop.ID, customer, time.Time{})
		if err != nil || len(photos) != 1 || photos[0].URL != "https://api.twilio.com/1" {
			d.t.Errorf("pictures wanted: %+v, %v", photos, err)
		}
		all, err := d.db.ListMessages(t.Context(), d.shop.ID, messaging.MessageFilter{Direction: messaging.Inbound})
		if err != nil || len(all[0].Media) != 1 {
			d.t.Errorf("media %v, %v", all[0].Media, err)
		}
	})
}

// What the receptionist can't deal with is neither lost nor refused to the carrier.
func TestAFailingReceptionist(t *testing.T) {
	each(t, func(d *desk) {
		d.answer = func(messaging.Conversing) (string, error) { return "", errors.New("out of order") }
		d.receive(messaging.Incoming{Body: "hello", CarrierID: "SM1"})
		d.want(
			"conversation received >0100 : hello",
			`summary queued >0101 not_answered: Text from (773) 555-0166, not answered: "hello" A text came in that was not answered.`,
		)
	})
}

// A rival may take the time that the receptionist was about to book: the next try sees it.
func TestTheReceptionistIsAskedAgain(t *testing.T) {
	each(t, func(d *desk) {
		tries := 0
		d.answer = func(messaging.Conversing) (string, error) {
			if tries++; tries < 3 {
				return "", errors.New("the time is taken")
			}
			return "Wednesday instead?", nil
		}
		d.receive(messaging.Incoming{Body: "tuesday", CarrierID: "SM1"})
		d.want("conversation received >0100 : tuesday", "conversation queued >0166 they_wrote: Wednesday instead?")
	})
}

func TestUnknownLine(t *testing.T) {
	each(t, func(d *desk) {
		err := d.inbox.Receive(d.t.Context(), messaging.Incoming{Line: "+13125550177", From: customer, Body: "hi", CarrierID: "SM1"})
		if !errors.Is(err, messaging.ErrUnknownLine) {
			d.t.Errorf("Receive: %v", err)
		}
	})
}

// Two machines answering each other fall silent.
func TestAConversationOfMachinesEnds(t *testing.T) {
	each(t, func(d *desk) {
		for i := range 60 {
			d.receive(messaging.Incoming{Body: "I am away", CarrierID: fmt.Sprint("SM", i)})
			d.clock.Advance(time.Second)
		}
		queued, suppressed := 0, 0
		for _, s := range d.texts() {
			if strings.HasPrefix(s, "conversation queued") {
				queued++
			} else if strings.Contains(s, "suppressed >0166 too_many") {
				suppressed++
			}
		}
		if queued != 40 || suppressed != 20 {
			d.t.Errorf("%d queued, %d suppressed", queued, suppressed)
		}
	})
}
