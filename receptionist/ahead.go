package receptionist

import (
	"bytes"
	"context"
	"strings"

	"fixly/business"
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
	return &foresight{b, c.State, r.understand(b, s, c, in.Text, r.clock.Now())}
}

// of gives what was understood, if it still holds for the conversation as the turn finds it.
func (f *foresight) of(c *Conversation, b *business.Business) (u understanding.Understanding, ok bool) {
	if f == nil || f.business != b || !bytes.Equal(f.state, c.State) {
		return u, false
	}
	return f.understood, true
}
