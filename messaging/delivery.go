package messaging

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/contact"
)

// Report is what a carrier says later about a text that it accepted.
type Report struct {
	Line      string // E.164: the line it left by
	To        string // E.164; empty where the carrier does not say
	CarrierID string
	MessageID string // ours, where the carrier repeats it; empty otherwise
	Status    Status // Sent, Delivered, Undelivered or Failed
	Class     string // see SendError; empty when nothing went wrong
	ErrorCode string
	Tell      string // what to tell the owner about the error, a sentence
}

// progress orders the states of an outbound text; reports come in any order and only move it on.
var progress = map[Status]int{Queued: 0, Sending: 1, Sent: 2, Delivered: 3, Undelivered: 3, Failed: 3}

// Report notes what became of a text. It may come before the carrier's answer to sending has been noted, or
// instead of it, when that was lost: the text then counts as accepted.
func (i *Inbox) Report(ctx context.Context, r Report) error {
	if r.To == "" {
		var err error
		if r.To, err = i.recipient(ctx, r); err != nil || r.To == "" {
			return err
		}
	}
	return i.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.BusinessByLine(ctx, r.Line)
		if err != nil {
			return fmt.Errorf("messaging: whose line %s is: %w", r.Line, err)
		}
		if b == nil {
			return fmt.Errorf("%w: %s", ErrUnknownLine, r.Line)
		}
		if err := tx.LockThread(ctx, b.ID, r.To); err != nil {
			return fmt.Errorf("messaging: lock the thread with %s: %w", r.To, err)
		}
		m, err := i.reported(ctx, tx, b, r)
		if err != nil || m == nil {
			return err
		}
		inDoubt := m.Status == Failed && Reason(m.Reason) == InDoubt // until now
		if progress[r.Status] <= progress[m.Status] && !inDoubt || m.Status == Suppressed {
			return nil
		}
		m.Status, m.CarrierID = r.Status, r.CarrierID
		if m.SentAt.IsZero() {
			m.SentAt = i.Clock.Now()
		}
		if r.Status == Failed || r.Status == Undelivered {
			if err := NoteFailure(ctx, tx, i.Clock.Now(), b, m, &SendError{Class: r.Class, Code: r.ErrorCode, Tell: r.Tell}); err != nil {
				return err
			}
		}
		if err := tx.UpdateMessage(ctx, m); err != nil {
			return fmt.Errorf("messaging: note that text %s is %s: %w", m.ID, r.Status, err)
		}
		return nil
	})
}

// recipient is who a text went to, where its carrier does not repeat that; empty when it is none of ours. It is a
// transaction of its own, for the lock of the thread comes first in one.
func (i *Inbox) recipient(ctx context.Context, r Report) (to string, err error) {
	err = i.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		to = ""
		b, err := tx.BusinessByLine(ctx, r.Line)
		if err != nil {
			return fmt.Errorf("messaging: whose line %s is: %w", r.Line, err)
		}
		if b == nil {
			return fmt.Errorf("%w: %s", ErrUnknownLine, r.Line)
		}
		m, err := i.reported(ctx, tx, b, r)
		if m != nil {
			to = m.To
		}
		return err
	})
	return to, err
}

// reported finds the text that a report is about, nil when it is none of ours.
func (i *Inbox) reported(ctx context.Context, tx Tx, b *business.Business, r Report) (*Message, error) {
	m, err := tx.MessageByCarrierID(ctx, r.CarrierID)
	if err != nil {
		return nil, fmt.Errorf("messaging: find text %s: %w", r.CarrierID, err)
	}
	if m == nil && r.MessageID != "" {
		m, err = tx.Message(ctx, b.ID, r.MessageID)
		if err != nil && !errors.Is(err, ErrNoMessage) {
			return nil, fmt.Errorf("messaging: find text %s: %w", r.MessageID, err)
		}
		if m != nil && m.CarrierID != "" { // sent twice? then the report is about the other one
			m = nil
		}
	}
	if m == nil || m.BusinessID != b.ID || m.Direction != Outbound || r.To != "" && m.To != r.To {
		i.Log.WarnContext(ctx, "report about a text that is none of ours", "line", r.Line, "carrier_id", r.CarrierID, "status", r.Status)
		return nil, nil
	}
	return m, nil
}

// owed are the kinds whose failure leaves a customer waiting for something, so that the owner should call.
var owed = only(Confirmation, Reminder, TextBack, Talk, Late, ByPerson)

// NoteFailure notes on m why it was refused for good, remembers what that tells about the number or the line, and tells
// the owner where a customer is left without an answer. The caller stores m.
func NoteFailure(ctx context.Context, tx Tx, now time.Time, b *business.Business, m *Message, e *SendError) error {
	m.ErrorCode = e.Code
	if e.Class != "" {
		m.Reason = e.Class
	}
	if err := learn(ctx, tx, now, b, m, e); err != nil {
		return err
	}
	if !owed(m.Kind) || Reason(e.Class) == Unregistered { // of that the owner is told once, not for each text
		return nil
	}
	why := e.Tell
	if why == "" {
		why = Reason(e.Class).Explain()
	}
	t := OwnerText(b)
	t.Body = english{}.NotDelivered(m.Kind, contact.National(m.To), why)
	t.Key, t.Reason, t.JobID, t.CallID = "not_delivered:"+m.ID, string(NotDelivered), m.JobID, m.CallID
	_, _, err := Write(ctx, tx, now, t, Known{})
	return err
}
