package store

import (
	"context"
	"encoding/json"
	"time"

	"fixly/billing"
	"fixly/followup"
	"fixly/ledger"
	"fixly/photos"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar/builtin"
	"fixly/store/internal/rows"
)

// Conversation reads a conversation; receptionist.ErrNoConversation when there is none.
func (v *View) Conversation(ctx context.Context, id string) (*receptionist.Conversation, error) {
	row, err := v.q.Conversation(ctx, id)
	if isNoRows(err) {
		return nil, notFound("conversation", id, receptionist.ErrNoConversation)
	}
	if err != nil {
		return nil, wrap("conversation", err)
	}
	return conversation(row)
}

// Conversation reads a conversation and locks it until the transaction ends; receptionist.ErrNoConversation when
// there is none.
func (tx *Tx) Conversation(ctx context.Context, id string) (*receptionist.Conversation, error) {
	if err := tx.db.engine.lockConversation(ctx, tx.t, id); err != nil {
		return nil, wrap("lock a conversation", err)
	}
	return tx.View.Conversation(ctx, id)
}

// ConversationByCall is the conversation of a call; nil when there is none.
func (v *View) ConversationByCall(ctx context.Context, businessID, callID string) (*receptionist.Conversation, error) {
	row, err := v.q.ConversationByCall(ctx, businessID, callID)
	return oneConversation("conversation by call", row, err)
}

// OpenThread is the latest conversation by text with a number that has not ended; nil when there is none.
func (v *View) OpenThread(ctx context.Context, businessID, number string) (*receptionist.Conversation, error) {
	row, err := v.q.OpenThread(ctx, businessID, number)
	return oneConversation("open thread", row, err)
}

// LatestByPhone is the latest conversation by phone with a number; nil when there is none.
func (v *View) LatestByPhone(ctx context.Context, businessID, number string) (*receptionist.Conversation, error) {
	row, err := v.q.LatestByPhone(ctx, businessID, number)
	return oneConversation("latest conversation by phone", row, err)
}

// LanguageWith is the language of the latest conversation with a number, or of the one that a job came of, ISO 639-1;
// empty when there was none.
func (v *View) LanguageWith(ctx context.Context, businessID, number, jobID string) (string, error) {
	language, err := v.q.LanguageWith(ctx, businessID, number, jobID)
	if isNoRows(err) {
		return "", nil
	}
	return language, wrap("language spoken with a number", err)
}

// StaleThreads lists, over all businesses, conversations by text that have not ended and were last touched before an
// instant.
func (v *View) StaleThreads(ctx context.Context, before time.Time) ([]receptionist.Conversation, error) {
	found, err := v.q.StaleThreads(ctx, rows.Ceil(before))
	if err != nil {
		return nil, wrap("stale threads", err)
	}
	out := make([]receptionist.Conversation, len(found))
	for i, r := range found {
		c, err := conversation(r)
		if err != nil {
			return nil, err
		}
		out[i] = *c
	}
	return out, nil
}

// ConversationsSince lists the latest conversations of a business that began at an instant or later, the latest first, at
// most limit of them.
func (v *View) ConversationsSince(ctx context.Context, businessID string, since time.Time, limit int) ([]receptionist.Conversation, error) {
	found, err := v.q.ConversationsSince(ctx, businessID, rows.Ceil(since), rowLimit(limit))
	if err != nil {
		return nil, wrap("conversations since", err)
	}
	out := make([]receptionist.Conversation, len(found))
	for i, r := range found {
		c, err := conversation(r)
		if err != nil {
			return nil, err
		}
		out[i] = *c
	}
	return out, nil
}

// InsertConversation stores a new conversation and fills in an empty ID.
func (tx *Tx) InsertConversation(ctx context.Context, c *receptionist.Conversation) error {
	giveID(&c.ID, "conv")
	caller, err := json.Marshal(c.Caller)
	if err != nil {
		return wrap("insert conversation", err)
	}
	err = tx.q.InsertConversation(ctx, rows.InsertConversationParams{
		ID: c.ID, BusinessID: c.BusinessID, Channel: string(c.Channel), CallID: c.CallID, CallerNumber: c.Caller.Number,
		Caller: string(caller), State: string(c.State), Outcome: string(c.Outcome), JobID: c.JobID, Summary: c.Summary,
		StartedAt: rows.At(c.StartedAt), UpdatedAt: rows.At(c.UpdatedAt), EndedAt: rows.At(c.EndedAt), Language: c.Language,
	})
	if err != nil {
		return wrap("insert conversation", err)
	}
	tx.changed(c.BusinessID, TurnChanged, c.ID)
	return nil
}

// UpdateConversation stores a conversation again, whole, but for its business, channel, call and start, which never
// change.
func (tx *Tx) UpdateConversation(ctx context.Context, c *receptionist.Conversation) error {
	caller, err := json.Marshal(c.Caller)
	if err != nil {
		return wrap("update conversation", err)
	}
	n, err := tx.q.UpdateConversation(ctx, rows.UpdateConversationParams{
		ID: c.ID, BusinessID: c.BusinessID, CallerNumber: c.Caller.Number, Caller: string(caller), State: string(c.State),
		Outcome: string(c.Outcome), JobID: c.JobID, Summary: c.Summary, UpdatedAt: rows.At(c.UpdatedAt),
		EndedAt: rows.At(c.EndedAt), Language: c.Language,
	})
	if err != nil {
		return wrap("update conversation", err)
	}
	if n == 0 {
		return notFound("conversation", c.ID, receptionist.ErrNoConversation)
	}
	tx.changed(c.BusinessID, TurnChanged, c.ID)
	return nil
}

// AppendTurn stores a turn at the end of its conversation and sets its number (Seq, from 1 on).
func (tx *Tx) AppendTurn(ctx context.Context, t *receptionist.Turn) error {
	row, err := tx.q.AppendTurn(ctx, rows.AppendTurnParams{
		ConversationID: t.ConversationID, At: rows.At(t.At), Who: t.Who, Text: t.Text, Heard: t.Heard,
		Interrupted: t.Interrupted, Reason: t.Reason, Understood: string(t.Understood), Key: t.Key, Reply: string(t.Reply),
	})
	if isNoRows(err) {
		return notFound("conversation", t.ConversationID, receptionist.ErrNoConversation)
	}
	if err != nil {
		return wrap("append turn", err)
	}
	t.Seq = int(row.Seq)
	tx.changed(row.BusinessID, TurnChanged, t.ConversationID)
	return nil
}

// ThreadTurns lists the last turns of all conversations by text with a number, at most limit of them, oldest first.
func (v *View) ThreadTurns(ctx context.Context, businessID, number string, limit int) ([]receptionist.Turn, error) {
	found, err := v.q.ThreadTurns(ctx, businessID, number, int32(limit))
	if err != nil {
		return nil, wrap("turns of a thread", err)
	}
	out := make([]receptionist.Turn, len(found))
	for i, r := range found {
		out[len(found)-1-i] = turn(r)
	}
	return out, nil
}

// Turns lists the turns of a conversation in order.
func (v *View) Turns(ctx context.Context, conversationID string) ([]receptionist.Turn, error) {
	found, err := v.q.Turns(ctx, conversationID)
	if err != nil {
		return nil, wrap("turns", err)
	}
	out := make([]receptionist.Turn, len(found))
	for i, r := range found {
		out[i] = turn(r)
	}
	return out, nil
}

// TurnByKey finds the receptionist's turn that answered an input with this key; nil when there is none.
func (v *View) TurnByKey(ctx context.Context, conversationID, key string) (*receptionist.Turn, error) {
	if key == "" {
		return nil, nil
	}
	row, err := v.q.TurnByKey(ctx, conversationID, key)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("turn by key", err)
	}
	t := turn(row)
	return &t, nil
}

// MarkHeard notes on the receptionist's last turn what the caller heard of it before talking over it. Without such a
// turn there is nothing to note.
func (tx *Tx) MarkHeard(ctx context.Context, conversationID, heard string) error {
	businessID, err := tx.q.MarkHeard(ctx, conversationID, heard)
	if isNoRows(err) {
		return nil
	}
	if err != nil {
		return wrap("mark heard", err)
	}
	tx.changed(businessID, TurnChanged, conversationID)
	return nil
}

// JobChanged enqueues what is owed after a job was "booked", "moved", "cancelled" or "completed" (package followup), and enters
// a new one into the ledger. Blocks that it is out of the way of by that are no trouble any more.
func (tx *Tx) JobChanged(ctx context.Context, j *scheduling.Job, change string, byCall bool) error {
	if change != "booked" {
		if err := builtin.JobMoved(ctx, tx, j); err != nil {
			return err
		}
	}
	if err := billing.Note(ctx, tx, j, tx.db.demo); err != nil {
		return err
	}
	if change == "booked" {
		if err := photos.Booked(ctx, tx, j, tx.clock.Now()); err != nil {
			return err
		}
	}
	return tx.Enqueue(ctx, followup.JobChanged{
		BusinessID: j.BusinessID, JobID: j.ID, Change: change, Revision: j.UpdatedAt.UnixMilli(), ByCall: byCall,
	}, nil)
}

// OfferChange enqueues the text that puts a change of a job to its customer (package followup), in place of JobChanged:
// "moved" or "cancelled" by the shop, "declined", "taken" (its time is somebody else's), or "better_time" with the start
// at which the owner would rather come.
func (tx *Tx) OfferChange(ctx context.Context, j *scheduling.Job, change string, starts ...time.Time) error {
	return tx.Enqueue(ctx, followup.OfferChange{
		BusinessID: j.BusinessID, JobID: j.ID, Change: change, Revision: j.UpdatedAt.UnixMilli(), Start: j.Slot.Start, Starts: starts,
	}, nil)
}

// AlertOnCall enqueues an alert to the people on call (package followup). what is "emergency" or "danger".
func (tx *Tx) AlertOnCall(ctx context.Context, c *receptionist.Conversation, what, text string) error {
	return tx.Enqueue(ctx, followup.AlertOnCall{
		BusinessID: c.BusinessID, ConversationID: c.ID, What: what, Text: text,
	}, nil)
}

// TextAddress enqueues the text that asks a caller for the address of the visit (package followup).
func (tx *Tx) TextAddress(ctx context.Context, c *receptionist.Conversation) error {
	return tx.Enqueue(ctx, followup.TextAddress{BusinessID: c.BusinessID, ConversationID: c.ID, Phone: c.Caller.Number}, nil)
}

// TextCode enqueues the text with the nth code of a conversation (package followup).
func (tx *Tx) TextCode(ctx context.Context, c *receptionist.Conversation, phone string, n int) error {
	return tx.Enqueue(ctx, followup.TextCode{BusinessID: c.BusinessID, ConversationID: c.ID, Phone: phone, N: n}, nil)
}

// TextPageCode enqueues the text with the code that proves a number to the booking page (package followup).
func (tx *Tx) TextPageCode(ctx context.Context, code followup.TextPageCode) error {
	return tx.Enqueue(ctx, code, nil)
}

// TellOwner enqueues a text to the owner, ahead of the summary of the conversation (package followup).
func (tx *Tx) TellOwner(ctx context.Context, c *receptionist.Conversation, what, text string) error {
	return tx.Enqueue(ctx, followup.TellOwner{
		BusinessID: c.BusinessID, ConversationID: c.ID, What: what, Text: text,
	}, nil)
}

func oneConversation(doing string, row rows.Conversation, err error) (*receptionist.Conversation, error) {
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap(doing, err)
	}
	return conversation(row)
}

func conversation(r rows.Conversation) (*receptionist.Conversation, error) {
	c := &receptionist.Conversation{
		ID: r.ID, BusinessID: r.BusinessID, Channel: receptionist.Channel(r.Channel), CallID: r.CallID,
		State: bytesOrNil(r.State), Outcome: ledger.Outcome(r.Outcome), JobID: r.JobID, Summary: r.Summary,
		Language: r.Language, StartedAt: r.StartedAt.Time(), UpdatedAt: r.UpdatedAt.Time(), EndedAt: r.EndedAt.Time(),
	}
	return c, wrap("read a caller", json.Unmarshal([]byte(r.Caller), &c.Caller))
}

func turn(r rows.Turn) receptionist.Turn {
	return receptionist.Turn{
		ConversationID: r.ConversationID, Seq: int(r.Seq), At: r.At.Time(), Who: r.Who, Text: r.Text, Heard: r.Heard,
		Interrupted: r.Interrupted, Reason: r.Reason, Understood: bytesOrNil(r.Understood), Key: r.Key,
		Reply: bytesOrNil(r.Reply),
	}
}

func bytesOrNil(s string) []byte {
	if s == "" {
		return nil
	}
	return []byte(s)
}
