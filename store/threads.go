package store

import (
	"context"
	"time"

	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store/internal/rows"
)

// SaveTakeover stores that people hold a thread, anew or once more; since when they do stays.
func (tx *Tx) SaveTakeover(ctx context.Context, t *messaging.Takeover) error {
	err := tx.q.SaveTakeover(ctx, rows.SaveTakeoverParams{
		BusinessID: t.BusinessID, Number: t.Number, TakenBy: t.By, Phone: t.Phone, Since: rows.At(t.Since), TouchedAt: rows.At(t.Touched),
	})
	if err != nil {
		return wrap("save a takeover", err)
	}
	tx.changed(t.BusinessID, MessageChanged, t.Number)
	return nil
}

// EndTakeover gives a thread back to the receptionist; ended is false where nobody held it.
func (tx *Tx) EndTakeover(ctx context.Context, businessID, number string) (ended bool, err error) {
	n, err := tx.q.EndTakeover(ctx, businessID, number)
	if err != nil {
		return false, wrap("end a takeover", err)
	}
	if n > 0 {
		tx.changed(businessID, MessageChanged, number)
	}
	return n > 0, nil
}

// OweRelease enqueues the job that gives a thread back once people have been silent there (package followup), for an instant.
func (tx *Tx) OweRelease(ctx context.Context, t *messaging.Takeover, at time.Time) error {
	return tx.EnqueueAt(ctx, followup.ReleaseThread{BusinessID: t.BusinessID, Number: t.Number, Since: t.Since.UnixMilli()}, at, nil)
}

// TellLate enqueues the text to a job's customer that somebody comes some minutes late (package followup).
func (tx *Tx) TellLate(ctx context.Context, j *scheduling.Job, minutes int, key string) error {
	return tx.Enqueue(ctx, followup.TellLate{BusinessID: j.BusinessID, JobID: j.ID, Minutes: minutes, Key: key}, nil)
}

// TextLink enqueues the text with the address of the booking page to a number (package followup).
func (tx *Tx) TextLink(ctx context.Context, c *receptionist.Conversation, phone, link string) error {
	return tx.Enqueue(ctx, followup.TextLink{BusinessID: c.BusinessID, ConversationID: c.ID, Phone: phone, Link: link}, nil)
}

// Takeover is who holds the thread with a number; nil when the receptionist does.
func (v *View) Takeover(ctx context.Context, businessID, number string) (*messaging.Takeover, error) {
	r, err := v.q.Takeover(ctx, businessID, number)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("takeover", err)
	}
	t := takeover(r)
	return &t, nil
}

// Takeovers lists the threads that people hold, by number.
func (v *View) Takeovers(ctx context.Context, businessID string) ([]messaging.Takeover, error) {
	found, err := v.q.Takeovers(ctx, businessID)
	if err != nil {
		return nil, wrap("takeovers", err)
	}
	out := make([]messaging.Takeover, len(found))
	for i, r := range found {
		out[i] = takeover(r)
	}
	return out, nil
}

func takeover(r rows.Takeover) messaging.Takeover {
	return messaging.Takeover{
		BusinessID: r.BusinessID, Number: r.Number, By: r.TakenBy, Phone: r.Phone, Since: r.Since.Time(), Touched: r.TouchedAt.Time(),
	}
}

// ThreadNumbers lists the short numbers of a business's threads, the one told last first.
func (v *View) ThreadNumbers(ctx context.Context, businessID string) ([]messaging.ThreadNumber, error) {
	found, err := v.q.ThreadNumbers(ctx, businessID)
	if err != nil {
		return nil, wrap("numbers of threads", err)
	}
	out := make([]messaging.ThreadNumber, len(found))
	for i, r := range found {
		out[i] = messaging.ThreadNumber{BusinessID: r.BusinessID, Number: int(r.Number), Peer: r.Peer, Told: r.ToldAt.Time()}
	}
	return out, nil
}

// SaveThreadNumber gives a thread a short number, in place of the thread that had it before.
func (tx *Tx) SaveThreadNumber(ctx context.Context, n *messaging.ThreadNumber) error {
	return wrap("save the number of a thread", tx.q.SaveThreadNumber(ctx, rows.SaveThreadNumberParams{
		BusinessID: n.BusinessID, Number: int32(n.Number), Peer: n.Peer, ToldAt: rows.At(n.Told),
	}))
}
