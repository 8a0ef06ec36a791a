package receptionist

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"fixly/business"
	"fixly/model"
	"fixly/receptionist/understanding"
)

// Reader reads what is committed, without waiting for those who write. A business is the same pointer until it is
// changed.
type Reader interface {
	Business(ctx context.Context, id string) (*business.Business, error)
	Conversation(ctx context.Context, id string) (*Conversation, error)
}

// foresight is an utterance understood ahead of its turn. On SQLite one transaction runs at a time, and understanding
// needs no transaction: it depends on the words, the business and the state of the conversation alone, which hardly
// ever changes between the read and the turn. Where it has, the words are understood again.
type foresight struct {
	business   *business.Business
	state      []byte
	understood understanding.Understanding
	composed   string     // what a model answered to an open question, as the guard let it pass
	use        *model.Use // what a model was asked; nil: nothing
}

// foresee understands an utterance ahead of its turn; nil when it can't, which the turn will find out about by itself.
func (r *Receptionist) foresee(ctx context.Context, conversationID string, in Input) (f *foresight) {
	if r.reader == nil || in.Kind != Words || strings.TrimSpace(in.Text) == "" {
		return nil
	}
	defer func() {
		if recover() != nil { // the turn comes upon the same fault, and knows how to go on
			f = nil
		}
	}()
	c, err := r.reader.Conversation(ctx, conversationID)
	if err != nil || c == nil {
		return nil
	}
	b, err := r.reader.Business(ctx, c.BusinessID)
	if err != nil {
		return nil
	}
	s, err := readState(c)
	if err != nil {
		return nil
	}
	now, in := r.clock.Now(), in.inState(s)
	a := r.consult(ctx, b, s, c, in.Text, r.understand(b, s, c, in.Text, now), now)
	return &foresight{b, c.State, a.understood, a.composed, a.use}
}

// of gives what was understood, if it still holds for the conversation as the turn finds it.
func (f *foresight) of(c *Conversation, b *business.Business) (u understanding.Understanding, composed string, ok bool) {
	if f == nil || f.business != b || !bytes.Equal(f.state, c.State) {
		return u, "", false
	}
	return f.understood, f.composed, true
}

// note stores what a model was asked, whether or not the turn could use the answer.
func (f *foresight) note(ctx context.Context, tx Tx) error {
	if f == nil || f.use == nil {
		return nil
	}
	if err := tx.InsertModelUse(ctx, f.use); err != nil {
		return fmt.Errorf("store what a model was asked: %w", err)
	}
	return nil
}
