package receptionist

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/rs/xid"
)

// Heard is a text of a thread that people of the shop hold.
type Heard struct {
	BusinessID string
	Number     string // whose thread it is, E.164
	Body       string
	Person     bool // people wrote it, and else the customer
	Relayed    bool // people's answer to a question, given by us: the conversation goes on as it was
}

// Listen takes a text into the conversation with a number inside the caller's transaction, and says nothing: people hold the
// thread. What the customer tells is known afterwards, what was under way is let go, and nothing is booked.
func (r *Receptionist) Listen(ctx context.Context, tx Tx, h Heard) error {
	in := Input{Kind: overheard, Text: h.Body}
	if h.Person {
		in.Kind = byPeople
	}
	in = in.redacted()
	c, err := tx.OpenThread(ctx, h.BusinessID, h.Number)
	if err != nil {
		return fmt.Errorf("find the thread with %s: %w", h.Number, err)
	}
	if c == nil {
		c, err = r.openHeard(ctx, tx, h)
	} else {
		c, err = tx.Conversation(ctx, c.ID)
	}
	if err != nil {
		return fmt.Errorf("read the thread with %s: %w", h.Number, err)
	}
	if h.Relayed {
		if err := tx.AppendTurn(ctx, &Turn{ConversationID: c.ID, At: r.clock.Now(), Who: "person", Text: in.Text}); err != nil {
			return fmt.Errorf("store an answer in the thread with %s: %w", h.Number, err)
		}
		return nil
	}
	_, err = r.turn(ctx, tx, c, in, attempt{})
	return err
}

// openHeard opens a conversation for what people of the shop write with a number.
func (r *Receptionist) openHeard(ctx context.Context, tx Tx, h Heard) (*Conversation, error) {
	b, err := tx.Business(ctx, h.BusinessID)
	if err != nil {
		return nil, fmt.Errorf("read business %s: %w", h.BusinessID, err)
	}
	now := r.clock.Now()
	s, err := r.takenUp(ctx, tx, TextInput{BusinessID: h.BusinessID, From: h.Number}, now)
	if err != nil {
		return nil, err
	}
	if s.Language, err = lastLanguage(ctx, tx, b, h.Number, ""); err != nil {
		return nil, err
	}
	state, err := json.Marshal(s)
	if err != nil {
		return nil, fmt.Errorf("write the state of a new thread: %w", err)
	}
	c := &Conversation{
		ID: xid.New().String(), BusinessID: h.BusinessID, Channel: ByText, Caller: Caller{Number: h.Number},
		Language: language(s, b), State: state, StartedAt: now, UpdatedAt: now,
	}
	return c, tx.InsertConversation(ctx, c)
}
