package memory

import (
	"context"
	"slices"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/model"
	"fixly/receptionist"
	"fixly/scheduling"
)

// tx is one transaction.
type tx struct{ m *Storage }

var _ receptionist.Tx = (*tx)(nil)

func (t *tx) Business(context.Context, string) (*business.Business, error) { return t.m.business, nil }

func (t *tx) find(match func(*receptionist.Conversation) bool) *receptionist.Conversation {
	for i := len(t.m.data.conversations) - 1; i >= 0; i-- {
		if c := t.m.data.conversations[i]; match(&c) {
			return &c
		}
	}
	return nil
}

func (t *tx) Conversation(_ context.Context, id string) (*receptionist.Conversation, error) {
	c := t.find(func(c *receptionist.Conversation) bool { return c.ID == id })
	if c == nil {
		return nil, receptionist.ErrNoConversation
	}
	return c, nil
}

func (t *tx) ConversationByCall(_ context.Context, _, callID string) (*receptionist.Conversation, error) {
	return t.find(func(c *receptionist.Conversation) bool { return c.CallID == callID && callID != "" }), nil
}

func (t *tx) OpenThread(_ context.Context, _, number string) (*receptionist.Conversation, error) {
	return t.find(func(c *receptionist.Conversation) bool {
		return c.Channel == receptionist.ByText && c.Caller.Number == number && c.EndedAt.IsZero()
	}), nil
}

func (t *tx) LatestByPhone(_ context.Context, _, number string) (*receptionist.Conversation, error) {
	return t.find(func(c *receptionist.Conversation) bool {
		return c.Channel == receptionist.ByCall && c.Caller.Number == number
	}), nil
}

func (t *tx) LanguageWith(_ context.Context, _, number, jobID string) (string, error) {
	c := t.find(func(c *receptionist.Conversation) bool {
		return c.Caller.Number == number && number != "" && c.Language != ""
	})
	if c == nil {
		c = t.find(func(c *receptionist.Conversation) bool { return c.JobID == jobID && jobID != "" && c.Language != "" })
	}
	if c == nil {
		return "", nil
	}
	return c.Language, nil
}

func (t *tx) InsertConversation(_ context.Context, c *receptionist.Conversation) error {
	t.m.data.conversations = append(t.m.data.conversations, *c)
	return nil
}

func (t *tx) UpdateConversation(_ context.Context, c *receptionist.Conversation) error {
	for i := range t.m.data.conversations {
		if t.m.data.conversations[i].ID == c.ID {
			t.m.data.conversations[i] = *c
			return nil
		}
	}
	return receptionist.ErrNoConversation
}

func (t *tx) AppendTurn(_ context.Context, turn *receptionist.Turn) error {
	turn.Seq = 1
	for _, o := range t.m.data.turns {
		if o.ConversationID == turn.ConversationID {
			turn.Seq = o.Seq + 1
		}
	}
	t.m.data.turns = append(t.m.data.turns, *turn)
	return nil
}

func (t *tx) Turns(_ context.Context, id string) ([]receptionist.Turn, error) {
	var out []receptionist.Turn
	for _, o := range t.m.data.turns {
		if o.ConversationID == id {
			out = append(out, o)
		}
	}
	return out, nil
}

func (t *tx) TurnByKey(_ context.Context, id, key string) (*receptionist.Turn, error) {
	for _, o := range t.m.data.turns {
		if o.ConversationID == id && o.Key == key && o.Who == "receptionist" {
			return &o, nil
		}
	}
	return nil, nil // the contract: nil when there is none
}

func (t *tx) MarkHeard(_ context.Context, id, heard string) error {
	for i := len(t.m.data.turns) - 1; i >= 0; i-- {
		if o := &t.m.data.turns[i]; o.ConversationID == id && o.Who == "receptionist" {
			o.Heard, o.Interrupted = heard, true
			return nil
		}
	}
	return nil
}

// InsertModelUse notes what a model was asked.
func (t *tx) InsertModelUse(_ context.Context, u *model.Use) error {
	for _, o := range t.m.data.uses {
		if o.ID == u.ID {
			return nil
		}
	}
	t.m.data.uses = append(t.m.data.uses, *u)
	return nil
}

// JobChanged notes that everyone is owed their text about a job.
func (t *tx) JobChanged(_ context.Context, j *scheduling.Job, change string, byCall bool) error {
	t.m.data.changes = append(t.m.data.changes, Change{*j, change, byCall})
	return nil
}

func (t *tx) AlertOnCall(_ context.Context, c *receptionist.Conversation, what, text string) error {
	t.m.data.alerts = append(t.m.data.alerts, Alert{c.ID, what, text})
	return nil
}

// OwnerQuestion finds nothing: nobody answers questions here.
func (*tx) OwnerQuestion(context.Context, string, string) (*receptionist.OwnerQuestion, error) {
	return nil, nil
}

func (t *tx) AskOwner(_ context.Context, q *receptionist.OwnerQuestion) error {
	t.m.data.told = append(t.m.data.told, Alert{q.ConversationID, "question", q.Question})
	return nil
}

func (*tx) TextLink(context.Context, *receptionist.Conversation, string, string) error { return nil }

func (t *tx) TextAddress(_ context.Context, c *receptionist.Conversation) error {
	t.m.data.asked = append(t.m.data.asked, c.Caller.Number)
	return nil
}

func (t *tx) NoteRecording(_ context.Context, _ *receptionist.Conversation, n receptionist.RecordingNote) error {
	t.m.data.recordings = append(t.m.data.recordings, n)
	return nil
}

func (t *tx) AddConsent(_ context.Context, e *consent.Entry) (added bool, err error) {
	if slices.ContainsFunc(t.m.data.consents, func(before consent.Entry) bool { return before.Key == e.Key }) {
		return false, nil
	}
	t.m.data.consents = append(t.m.data.consents, *e)
	return true, nil
}

func (t *tx) TextCode(_ context.Context, c *receptionist.Conversation, phone string, n int) error {
	t.m.data.codes = append(t.m.data.codes, Code{c.ID, phone, n, c.UpdatedAt})
	return nil
}

func (t *tx) TellOwner(_ context.Context, c *receptionist.Conversation, what, text string) error {
	t.m.data.told = append(t.m.data.told, Alert{c.ID, what, text})
	return nil
}

func (t *tx) CodesSent(_ context.Context, _, phone string, since time.Time) (n int, err error) {
	for _, c := range t.m.data.codes {
		if c.Phone == phone && !c.At.Before(since) {
			n++
		}
	}
	return n, nil
}
