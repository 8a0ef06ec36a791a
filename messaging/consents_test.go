package messaging_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/messaging"
)

// ledger lists what is entered about the customer, oldest first, each as "channel act how language: words".
func (d *desk) ledger() []string {
	d.t.Helper()
	all, err := d.db.Consents(d.t.Context(), d.shop.ID, customer, 0)
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		e := all[i]
		out = append(out, fmt.Sprintf("%s %s %s %s: %s", e.Channel, e.Act, e.How, e.Language, e.Words))
	}
	return out
}

func (d *desk) wantLedger(want ...string) {
	d.t.Helper()
	got := d.ledger()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.t.Errorf("ledger:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// write writes a text to the customer.
func (d *desk) write(m messaging.Message, k messaging.Known) messaging.Message {
	d.t.Helper()
	if m.From == "" {
		m.From = line
	}
	if m.To == "" {
		m.To = customer
	}
	m.BusinessID = d.shop.ID
	err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) (err error) {
		m, _, err = messaging.Write(ctx, tx, d.clock.Now(), m, k)
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return m
}

func TestPlainWordsEndTexts(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "please don't text me anymore", CarrierID: "SM1"})
		d.receive(messaging.Incoming{Body: "I said no more messages", CarrierID: "SM2"})
		d.want(
			"conversation received >0100 opt_out_word: please don't text me anymore",
			"opt_out queued >0166 opt_out_word: Mike's Plumbing & Heating: you won't get any more texts from us. Reply START to get them again.",
			"conversation received >0100 opt_out_word: I said no more messages", // confirmed once
		)
		if len(d.heard) != 0 || !d.optedOut() {
			d.t.Errorf("the receptionist heard %v; opted out: %v", d.heard, d.optedOut())
		}
		d.clock.Advance(time.Minute)
		d.receive(messaging.Incoming{Body: "START", CarrierID: "SM3"})
		if d.optedOut() {
			d.t.Error("START changes nothing")
		}
		d.wantLedger(
			"text given texted_us : ",
			"text withdrawn plain_words en: please don't text me anymore",
			"text withdrawn plain_words en: I said no more messages",
			"text restored stop_word : START",
		)
	})
}

func TestSpanishPlainWordsAreConfirmedInSpanish(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "Ya no me manden mensajes", CarrierID: "SM1"})
		texts := d.texts()
		if len(texts) != 2 || !strings.Contains(texts[1], "ya no le mandaremos") {
			d.t.Errorf("texts %q", texts)
		}
	})
}

// "No más" answers a question of ours; where none was asked, it wants an end of texts.
func TestNoMas(t *testing.T) {
	each(t, func(d *desk) {
		d.write(messaging.Message{Kind: messaging.Talk, Body: "¿Algo más?", Key: "k"}, messaging.Known{Live: true})
		d.clock.Advance(time.Minute)
		d.receive(messaging.Incoming{Body: "No más", CarrierID: "SM1"})
		if len(d.heard) != 1 || d.optedOut() {
			d.t.Errorf("an answer is taken for STOP: %v", d.texts())
		}
		d.clock.Advance(3 * time.Hour)
		d.receive(messaging.Incoming{Body: "No más", CarrierID: "SM2"})
		if len(d.heard) != 1 || !d.optedOut() {
			d.t.Errorf("it does not end texts: %v", d.texts())
		}
	})
}

func TestNoMoreCalls(t *testing.T) {
	each(t, func(d *desk) {
		d.receive(messaging.Incoming{Body: "don't call me again", CarrierID: "SM1"})
		if d.optedOut() {
			d.t.Error("texts are ended")
		}
		d.wantLedger("text given texted_us : ", "call withdrawn plain_words en: don't call me again")
		s, err := d.db.Standing(d.t.Context(), d.shop.ID, customer, consent.Call)
		if err != nil || !s.Withdrawn || !s.Since.Equal(d.clock.Now()) {
			d.t.Errorf("standing %+v, %v", s, err)
		}
		texts := d.texts()
		if len(texts) != 2 || !strings.Contains(texts[1], "we won't call you any more") {
			d.t.Errorf("texts %q", texts)
		}
	})
}

// fails reports that a text came back with a class of refusal.
func (d *desk) fails(m messaging.Message, class messaging.Reason, code string) {
	d.t.Helper()
	err := d.inbox.Report(d.t.Context(), messaging.Report{
		Line: m.From, To: m.To, CarrierID: "SM" + m.ID, MessageID: m.ID, Status: messaging.Undelivered, Class: string(class), ErrorCode: code,
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func TestALandlineIsRememberedUntilItTexts(t *testing.T) {
	each(t, func(d *desk) {
		first := d.write(messaging.Message{Kind: messaging.TextBack, Body: "Sorry", Key: "a"}, messaging.Known{Live: true})
		d.fails(first, messaging.Landline, "30006")
		if m := d.write(messaging.Message{Kind: messaging.Confirmation, Body: "Booked", Key: "b"}, messaging.Known{Live: true}); m.Reason != string(messaging.Landline) {
			d.t.Errorf("the next text: %s %s", m.Status, m.Reason)
		}
		d.receive(messaging.Incoming{Body: "hi it's me", CarrierID: "SM1"})
		if m := d.write(messaging.Message{Kind: messaging.Confirmation, Body: "Booked", Key: "c"}, messaging.Known{Live: true}); m.Status != messaging.Queued {
			d.t.Errorf("after it texted: %s %s", m.Status, m.Reason)
		}
	})
}

func TestACarrierThatRefusesALineIsNotAskedAgain(t *testing.T) {
	each(t, func(d *desk) {
		first := d.write(messaging.Message{Kind: messaging.TextBack, Body: "Sorry", Key: "a"}, messaging.Known{Live: true})
		second := d.write(messaging.Message{Kind: messaging.Talk, Body: "Hello", Key: "b"}, messaging.Known{Live: true})
		d.fails(first, messaging.Unregistered, "30034")
		d.fails(second, messaging.Unregistered, "30034")
		third := d.write(messaging.Message{Kind: messaging.Talk, Body: "Hello?", Key: "c"}, messaging.Known{Live: true})
		if third.Reason != string(messaging.Unregistered) {
			d.t.Errorf("the next text: %s %s", third.Status, third.Reason)
		}
		told := 0
		for _, s := range d.texts() {
			if strings.HasPrefix(s, "summary queued >0101 line_blocked: Your line (312) 555-0100 may not send texts") {
				told++
			}
		}
		if told != 1 {
			d.t.Errorf("the owner is told %d times: %q", told, d.texts())
		}
	})
}

func TestALineThatIsNotRegisteredYet(t *testing.T) {
	each(t, func(d *desk) {
		d.shop.Lines[0].Registration = business.Registration{Kind: business.Registration10DLC, Status: business.RegistrationPending}
		if err := d.db.SaveBusiness(d.t.Context(), d.shop); err != nil {
			d.t.Fatal(err)
		}
		d.receive(messaging.Incoming{Body: "my disposal died", CarrierID: "SM1"})
		d.receive(messaging.Incoming{Body: "hello?", CarrierID: "SM2"})
		const told = "summary queued >0101 line_blocked: Your line (312) 555-0100 is not registered for business texting yet. " +
			"Customers get no texts from it, so please call them. The page Texting in your dashboard leads you through the registration."
		d.want(
			"conversation received >0100 : my disposal died", "conversation suppressed >0166 unregistered: You said: my disposal died", told,
			"conversation received >0100 : hello?", "conversation suppressed >0166 unregistered: You said: hello?",
		)
	})
}

// A reminder to a customer whose address is two zones to the west waits for the morning there.
func TestQuietWhereTheCustomerLives(t *testing.T) {
	each(t, func(d *desk) {
		// 09:30 in Chicago; 07:30 in Oregon, where the area code of the number is.
		m := d.write(messaging.Message{To: "+15035550142", Kind: messaging.Reminder, Body: "Tomorrow", Key: "a"}, messaging.Known{})
		if want := d.clock.Now().Add(30 * time.Minute); !m.NotBefore.Equal(want) {
			d.t.Errorf("held until %s, want %s", m.NotBefore, want)
		}
		if m := d.write(messaging.Message{Kind: messaging.Reminder, Body: "Tomorrow", Key: "b"}, messaging.Known{}); !m.NotBefore.IsZero() {
			d.t.Errorf("one in Chicago is held until %s", m.NotBefore)
		}
	})
}

func TestMarketingNeedsARelationshipAndIsCapped(t *testing.T) {
	each(t, func(d *desk) {
		review := func(key string) messaging.Reason {
			m := d.write(messaging.Message{Kind: messaging.Review, Body: "How did we do?", Key: key}, messaging.Known{})
			return messaging.Reason(m.Reason)
		}
		if why := review("a"); why != messaging.NoRelationship {
			d.t.Errorf("to a stranger: %q", why)
		}
		d.receive(messaging.Incoming{Body: "hi", CarrierID: "SM1"})
		if why := review("b"); why != "" {
			d.t.Errorf("to who wrote: %q", why)
		}
		if why := review("c"); why != messaging.MarketingCap {
			d.t.Errorf("once more: %q", why)
		}
		err := d.db.Messaging().InTx(d.t.Context(), func(ctx context.Context, tx messaging.Tx) error {
			for kind, want := range map[messaging.Kind]messaging.Reason{messaging.Nudge: messaging.MarketingCap, messaging.Confirmation: ""} {
				if why, _, err := messaging.May(ctx, tx, d.clock.Now(), d.shop.ID, line, customer, kind, messaging.Known{}); why != want || err != nil {
					d.t.Errorf("may %s be sent: %q, %v", kind, why, err)
				}
			}
			return nil
		})
		if err != nil {
			d.t.Fatal(err)
		}
	})
}
