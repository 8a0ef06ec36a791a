package store

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"fixly/followup"
	"fixly/messaging"
	"fixly/store/internal/rows"
)

// LockThread keeps other transactions from writing or changing texts with a number until this one ends. It comes
// first in a transaction.
func (tx *Tx) LockThread(ctx context.Context, businessID, number string) error {
	return wrap("lock a thread", tx.db.engine.lock(ctx, tx.t, "thread/"+businessID+"/"+number))
}

// InsertMessage stores a text and, when its status is Queued, enqueues followup.SendText with it, for NotBefore where
// that is set; what the owner is told goes to his devices and by e-mail, too (package notify). When a text of the business with the same Key exists already, or one with the same CarrierID, it is
// read into m instead and created is false. It fills in an empty ID and CreatedAt.
func (tx *Tx) InsertMessage(ctx context.Context, m *messaging.Message) (created bool, err error) {
	giveID(&m.ID, "msg")
	if m.CreatedAt.IsZero() {
		m.CreatedAt = tx.clock.Now()
	}
	media, err := mediaJSON(m.Media)
	if err != nil {
		return false, err
	}
	n, err := tx.q.InsertMessage(ctx, rows.InsertMessageParams{
		ID: m.ID, BusinessID: m.BusinessID, Direction: m.Direction, FromNumber: m.From, ToNumber: m.To, Peer: m.Peer(),
		Body: m.Body, Kind: string(m.Kind), Status: string(m.Status), Reason: m.Reason, Key: m.Key,
		CarrierID: m.CarrierID, ErrorCode: m.ErrorCode, CallID: m.CallID, JobID: m.JobID, CreatedAt: rows.At(m.CreatedAt),
		SentAt: rows.At(m.SentAt), NotAfter: rows.At(m.NotAfter), NotBefore: rows.At(m.NotBefore), Media: media,
		Attempts: int32(m.Attempts), ClaimedAt: rows.At(m.ClaimedAt), RetryAt: rows.At(m.RetryAt),
	})
	if err != nil {
		return false, wrap("insert message", err)
	}
	if n == 0 {
		return false, tx.readExisting(ctx, m)
	}
	tx.changed(m.BusinessID, MessageChanged, m.ID)
	if err := tx.tellOtherwise(ctx, m); err != nil {
		return true, err
	}
	if m.Status != messaging.Queued {
		return true, nil
	}
	send := followup.NewSendText(m)
	if m.NotBefore.IsZero() {
		return true, tx.Enqueue(ctx, send, nil)
	}
	return true, tx.EnqueueAt(ctx, send, m.NotBefore, nil)
}

// readExisting reads the text that kept m from being written.
func (tx *Tx) readExisting(ctx context.Context, m *messaging.Message) error {
	row, err := tx.q.MessageByKey(ctx, m.BusinessID, m.Key)
	if isNoRows(err) {
		row, err = tx.q.MessageByCarrierID(ctx, m.CarrierID)
	}
	if err != nil {
		return wrap("insert message", err)
	}
	if row.BusinessID != m.BusinessID {
		return fmt.Errorf("store: insert message: the carrier's id %s is already another business's", m.CarrierID)
	}
	existing, err := message(row)
	if err != nil {
		return err
	}
	*m = existing
	return nil
}

// Message reads a text; messaging.ErrNoMessage when the business has none with this id.
func (v *View) Message(ctx context.Context, businessID, id string) (*messaging.Message, error) {
	row, err := v.q.Message(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("message", id, messaging.ErrNoMessage)
	}
	if err != nil {
		return nil, wrap("message", err)
	}
	m, err := message(row)
	return &m, err
}

// MessageByCarrierID finds a text by the carrier's id of it; nil when there is none.
func (v *View) MessageByCarrierID(ctx context.Context, carrierID string) (*messaging.Message, error) {
	row, err := v.q.MessageByCarrierID(ctx, carrierID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("message by carrier id", err)
	}
	m, err := message(row)
	return &m, err
}

// UpdateMessage stores a text again, whole, but for its business, direction, numbers, key and creation, which never
// change.
func (tx *Tx) UpdateMessage(ctx context.Context, m *messaging.Message) error {
	media, err := mediaJSON(m.Media)
	if err != nil {
		return err
	}
	claimedBy := ""
	if !m.ClaimedAt.IsZero() {
		claimedBy = tx.db.engine.name()
	}
	n, err := tx.q.UpdateMessage(ctx, rows.UpdateMessageParams{
		ID: m.ID, BusinessID: m.BusinessID, Body: m.Body, Kind: string(m.Kind), Status: string(m.Status),
		Reason: m.Reason, CarrierID: m.CarrierID, ErrorCode: m.ErrorCode, CallID: m.CallID, JobID: m.JobID,
		SentAt: rows.At(m.SentAt), NotAfter: rows.At(m.NotAfter), NotBefore: rows.At(m.NotBefore), Media: media,
		Attempts: int32(m.Attempts), ClaimedAt: rows.At(m.ClaimedAt), RetryAt: rows.At(m.RetryAt),
		ClaimedBy: claimedBy,
	})
	if err != nil {
		return wrap("update message", err)
	}
	if n == 0 {
		return notFound("message", m.ID)
	}
	tx.changed(m.BusinessID, MessageChanged, m.ID)
	return nil
}

// Unsent lists the texts to a number that are queued or being sent, oldest first, fifty at most.
func (v *View) Unsent(ctx context.Context, businessID, to string) ([]messaging.Message, error) {
	found, err := v.q.Unsent(ctx, businessID, to)
	return messages("unsent", found, err)
}

// LastSent is when a text of a kind was last written (not suppressed) to a number; zero when never.
func (v *View) LastSent(ctx context.Context, businessID, to string, kind messaging.Kind) (time.Time, error) {
	at, err := v.q.LastSent(ctx, businessID, to, string(kind))
	return at.Time(), wrap("last sent", err)
}

// CountSent counts the outbound texts written (not suppressed) to a number since an instant.
func (v *View) CountSent(ctx context.Context, businessID, to string, since time.Time) (int, error) {
	n, err := v.q.CountSent(ctx, businessID, to, rows.Ceil(since))
	return int(n), wrap("count sent", err)
}

// CountSentOfKind counts the outbound texts of a kind written (not suppressed) to a number since an instant.
func (v *View) CountSentOfKind(ctx context.Context, businessID, to string, kind messaging.Kind, since time.Time) (int, error) {
	n, err := v.q.CountSentOfKind(ctx, rows.CountSentOfKindParams{
		BusinessID: businessID, Peer: to, Kind: string(kind), CreatedAt: rows.Ceil(since),
	})
	return int(n), wrap("count sent of a kind", err)
}

// CodesSent counts the codes that were texted to a number since an instant.
func (v *View) CodesSent(ctx context.Context, businessID, to string, since time.Time) (int, error) {
	return v.CountSentOfKind(ctx, businessID, to, messaging.Code, since)
}

// ListMessages lists texts, newest first.
func (v *View) ListMessages(ctx context.Context, businessID string, f messaging.MessageFilter) ([]messaging.Message, error) {
	start, limit := before(f.BeforeCreated, f.BeforeID), rowLimit(f.Limit)
	if f.Phone != "" {
		found, err := v.q.ListMessagesWith(ctx, rows.ListMessagesWithParams{
			BusinessID: businessID, Peer: f.Phone, BeforeCreated: start, BeforeID: f.BeforeID, Direction: f.Direction,
			RowLimit: limit,
		})
		return messages("list messages", found, err)
	}
	found, err := v.q.ListMessages(ctx, rows.ListMessagesParams{
		BusinessID: businessID, BeforeCreated: start, BeforeID: f.BeforeID, Direction: f.Direction, RowLimit: limit,
	})
	return messages("list messages", found, err)
}

// Threads gives the latest text with each number, newest first, at most limit of them (0: all).
func (v *View) Threads(ctx context.Context, businessID string, limit int) ([]messaging.Message, error) {
	found, err := v.q.Threads(ctx, businessID, rowLimit(limit))
	return messages("threads", found, err)
}

func messages(doing string, found []rows.Message, err error) ([]messaging.Message, error) {
	if err != nil {
		return nil, wrap(doing, err)
	}
	out := make([]messaging.Message, len(found))
	for i, r := range found {
		if out[i], err = message(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func message(r rows.Message) (messaging.Message, error) {
	m := messaging.Message{
		ID: r.ID, BusinessID: r.BusinessID, Direction: r.Direction, From: r.FromNumber, To: r.ToNumber, Body: r.Body,
		Kind: messaging.Kind(r.Kind), Status: messaging.Status(r.Status), Reason: r.Reason, Key: r.Key,
		CarrierID: r.CarrierID, ErrorCode: r.ErrorCode, CallID: r.CallID, JobID: r.JobID, CreatedAt: r.CreatedAt.Time(),
		SentAt: r.SentAt.Time(), NotAfter: r.NotAfter.Time(), NotBefore: r.NotBefore.Time(), Attempts: int(r.Attempts),
		ClaimedAt: r.ClaimedAt.Time(), RetryAt: r.RetryAt.Time(),
	}
	if r.Media != "" {
		if err := json.Unmarshal([]byte(r.Media), &m.Media); err != nil {
			return m, wrap("read media", err)
		}
	}
	return m, nil
}

func mediaJSON(media []string) (string, error) {
	if len(media) == 0 {
		return "", nil
	}
	b, err := json.Marshal(media)
	return string(b), wrap("write media", err)
}
