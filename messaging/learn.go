package messaging

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
)

// learn remembers what a carrier's refusal tells beyond the one text: that somebody wants no texts, that a number takes
// none, or that a line may send none. Nothing of the kind is tried again.
func learn(ctx context.Context, tx Tx, now time.Time, b *business.Business, m *Message, e *SendError) error {
	switch Reason(e.Class) {
	case OptedOut:
		out, err := tx.OptedOut(ctx, b.ID, m.To)
		if err != nil {
			return fmt.Errorf("messaging: whether %s opted out: %w", m.To, err)
		}
		if out {
			return nil
		}
		_, err = tx.AddConsent(ctx, &consent.Entry{
			BusinessID: b.ID, Address: m.To, Channel: consent.Text, Act: consent.Withdrawn, How: consent.ToldCarrier, Words: e.Tell,
			Source: m.ID, Key: "refused:" + m.ID, At: now,
		})
		if err != nil {
			return fmt.Errorf("messaging: note that %s opted out: %w", m.To, err)
		}
	case Landline:
		if err := tx.NoteLandline(ctx, b.ID, m.To, e.Code); err != nil {
			return fmt.Errorf("messaging: note that %s is a landline: %w", m.To, err)
		}
	case Unregistered:
		if err := tx.NoteUnregistered(ctx, b.ID, m.From, e.Code); err != nil {
			return fmt.Errorf("messaging: note that line %s is not registered: %w", m.From, err)
		}
		return tellUnregistered(ctx, tx, now, b, m.From)
	}
	return nil
}

// tellUnregistered tells the owner that a line may text no customers: once for each state that it can be in.
func tellUnregistered(ctx context.Context, tx Tx, now time.Time, b *business.Business, number string) error {
	lines, err := tx.UnregisteredLines(ctx, b.ID)
	if err != nil {
		return fmt.Errorf("messaging: whether line %s is registered: %w", number, err)
	}
	state, refused := "", false
	if l := b.LineByNumber(number); l != nil {
		state = l.Registration.Status
	}
	if at, ok := lines[number]; ok {
		state, refused = fmt.Sprint("refused:", at.UnixMilli()), true
	}
	t := OwnerText(b)
	t.Body = english{}.LineBlocked(contact.National(number), refused)
	t.Key, t.Reason = "line_blocked:"+number+":"+state, string(LineBlocked)
	_, _, err = Write(ctx, tx, now, t, Known{})
	return err
}
