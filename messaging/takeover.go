package messaging

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
)

// Takeover says that people of the shop hold the thread of texts with a number: the receptionist is silent there, and what
// the customer writes is passed on.
type Takeover struct {
	BusinessID string
	Number     string // whose thread it is, E.164
	By         string // who took it, as the owner reads it
	Phone      string // where what is written is passed on to, E.164
	Since      time.Time
	Touched    time.Time // when people wrote last
}

// Until is when the receptionist answers in the thread again, unless people write there before.
func (t *Takeover) Until(b *business.Business) time.Time { return t.Touched.Add(b.TakeoverIdle()) }

// Holds says whether people still hold the thread at an instant; nil: nobody does.
func (t *Takeover) Holds(b *business.Business, now time.Time) bool {
	return t != nil && now.Before(t.Until(b))
}

// Words are what people of the shop write in a thread themselves.
type Words struct {
	Number string // whose thread it is, E.164
	Body   string
	By     string // who writes, as the owner reads it
	Phone  string // where the answer is passed on to, E.164; empty: to the owner
	Key    string // the same words have the same key
}

// Threads is where people write in threads with customers, and give them back to the receptionist.
type Threads struct{ Receptionist Receptionist }

// Write sends people's words to a customer and takes the thread over. It gives the text as written: one that may not be sent
// is Suppressed, with the reason, and takes nothing over.
//
// The transaction must have locked no other thread but the customer's, or the owner's after it.
func (t Threads) Write(ctx context.Context, tx Tx, now time.Time, b *business.Business, w Words) (Message, error) {
	if err := tx.LockThread(ctx, b.ID, w.Number); err != nil {
		return Message{}, fmt.Errorf("messaging: lock the thread with %s: %w", w.Number, err)
	}
	line, err := LineWith(ctx, tx, b, w.Number)
	if err != nil {
		return Message{}, err
	}
	m, created, err := Write(ctx, tx, now, Message{
		BusinessID: b.ID, From: line, To: w.Number, Body: w.Body, Kind: ByPerson, Reason: string(PeopleWrote), Key: w.Key,
	}, Known{Live: true})
	if err != nil || !created || m.Status == Suppressed {
		return m, err
	}
	held, err := tx.Takeover(ctx, b.ID, w.Number)
	if err != nil {
		return m, fmt.Errorf("messaging: who holds the thread with %s: %w", w.Number, err)
	}
	if held == nil {
		held = &Takeover{BusinessID: b.ID, Number: w.Number, Since: now}
	}
	held.By, held.Phone, held.Touched = w.By, w.Phone, now
	if held.Phone == "" {
		held.Phone = b.Profile.Owner.Phone
	}
	if err := tx.SaveTakeover(ctx, held); err != nil {
		return m, fmt.Errorf("messaging: take the thread with %s over: %w", w.Number, err)
	}
	if held.Since.Equal(now) {
		if err := tx.OweRelease(ctx, held, held.Until(b)); err != nil {
			return m, fmt.Errorf("messaging: owe the release of the thread with %s: %w", w.Number, err)
		}
	}
	if err := t.Receptionist.Listen(ctx, tx, Heard{BusinessID: b.ID, Number: w.Number, Body: m.Body, Person: true}); err != nil {
		return m, fmt.Errorf("messaging: let the receptionist read along with %s: %w", w.Number, err)
	}
	return m, nil
}

// Relay gives a customer the owner's answer to what they asked, in his words. The thread stays with the receptionist.
func (t Threads) Relay(ctx context.Context, tx Tx, now time.Time, b *business.Business, w Words) (Message, error) {
	if err := tx.LockThread(ctx, b.ID, w.Number); err != nil {
		return Message{}, fmt.Errorf("messaging: lock the thread with %s: %w", w.Number, err)
	}
	line, err := LineWith(ctx, tx, b, w.Number)
	if err != nil {
		return Message{}, err
	}
	words, err := wordsFor(ctx, tx, b, w.Number)
	if err != nil {
		return Message{}, err
	}
	by, _, _ := strings.Cut(w.By, " ")
	m, created, err := Write(ctx, tx, now, Message{
		BusinessID: b.ID, From: line, To: w.Number, Body: words.Says(by, w.Body), Kind: Talk, Reason: string(OwnerAnswered), Key: w.Key,
	}, Known{Live: true})
	if err != nil || !created || m.Status == Suppressed {
		return m, err
	}
	if err := t.Receptionist.Listen(ctx, tx, Heard{BusinessID: b.ID, Number: w.Number, Body: m.Body, Person: true, Relayed: true}); err != nil {
		return m, fmt.Errorf("messaging: let the receptionist read along with %s: %w", w.Number, err)
	}
	return m, nil
}

// Release gives a thread back to the receptionist, who goes on there at the customer's next word; ended is false where nobody
// held it.
func (t Threads) Release(ctx context.Context, tx Tx, b *business.Business, number string) (ended bool, err error) {
	if err := tx.LockThread(ctx, b.ID, number); err != nil {
		return false, fmt.Errorf("messaging: lock the thread with %s: %w", number, err)
	}
	if ended, err = tx.EndTakeover(ctx, b.ID, number); err != nil {
		return false, fmt.Errorf("messaging: give the thread with %s back: %w", number, err)
	}
	return ended, nil
}

// LineWith is the line by which texts with a number went last.
func LineWith(ctx context.Context, tx Tx, b *business.Business, number string) (string, error) {
	last, err := tx.ListMessages(ctx, b.ID, MessageFilter{Phone: number, Limit: 1})
	if err != nil {
		return "", fmt.Errorf("messaging: the last text with %s: %w", number, err)
	}
	if len(last) > 0 {
		line := last[0].From
		if last[0].Direction == Inbound {
			line = last[0].To
		}
		if b.LineByNumber(line) != nil {
			return line, nil
		}
	}
	return DefaultLine(b), nil
}

// held says whether people hold a thread now. One that they let lie for too long is given back.
func (i *Inbox) held(ctx context.Context, tx Tx, b *business.Business, number string) (bool, error) {
	t, err := tx.Takeover(ctx, b.ID, number)
	if err != nil {
		return false, fmt.Errorf("messaging: who holds the thread with %s: %w", number, err)
	}
	if t == nil || t.Holds(b, i.Clock.Now()) {
		return t != nil, nil
	}
	if _, err := tx.EndTakeover(ctx, b.ID, number); err != nil {
		return false, fmt.Errorf("messaging: give the thread with %s back: %w", number, err)
	}
	return false, nil
}

// toPeople passes a text on to who holds the thread; the receptionist reads along.
func (i *Inbox) toPeople(ctx context.Context, tx Tx, b *business.Business, m Message) error {
	t, err := tx.Takeover(ctx, b.ID, m.From)
	if err != nil {
		return fmt.Errorf("messaging: who holds the thread with %s: %w", m.From, err)
	}
	to := b.Profile.Owner.Phone
	if t != nil {
		to = t.Phone
	}
	if err := i.forward(ctx, tx, b, m, to); err != nil {
		return err
	}
	if err := i.Receptionist.Listen(ctx, tx, Heard{BusinessID: b.ID, Number: m.From, Body: m.Body, Key: m.CarrierID}); err != nil {
		return fmt.Errorf("messaging: let the receptionist read along with %s: %w", m.From, err)
	}
	return nil
}

// forward gives a customer's text to somebody of the shop, with the number by which it is answered.
func (i *Inbox) forward(ctx context.Context, tx Tx, b *business.Business, m Message, to string) error {
	n, err := NumberThread(ctx, tx, i.Clock.Now(), b, m.From)
	if err != nil {
		return err
	}
	name, err := nameOf(ctx, tx, b, m.From)
	if err != nil {
		return err
	}
	out := OwnerText(b)
	out.From, out.To, out.Kind, out.Reason, out.Key = m.To, to, Forward, string(PeopleHold), "forward:"+m.ID
	out.Body = english{}.Forwarded(n, name, contact.National(m.From), m.Body, len(m.Media))
	_, _, err = Write(ctx, tx, i.Clock.Now(), out, Known{Live: true})
	return err
}

// nameOf is the name of a customer on file; empty when there is none.
func nameOf(ctx context.Context, tx Tx, b *business.Business, number string) (string, error) {
	c, err := tx.CustomerByPhone(ctx, b.ID, number)
	if err != nil {
		return "", fmt.Errorf("messaging: who %s is: %w", number, err)
	}
	if c == nil {
		return "", nil
	}
	return c.Name, nil
}
