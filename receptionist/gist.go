package receptionist

import (
	"context"
	"fmt"
	"time"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/model"
	"fixly/receptionist/understanding/llm"
)

// Transcripts reads what was said in calls.
type Transcripts interface {
	ConversationByCall(ctx context.Context, businessID, callID string) (*Conversation, error) // nil when there is none
	Turns(ctx context.Context, conversationID string) ([]Turn, error)
}

// gistTime is how long the model has: the owner reads of a call within ten seconds of its end.
const gistTime = 3 * time.Second

// leastSaid is how often a caller spoke in a call that is worth a line beside the flow's own.
const leastSaid = 3

// Gist asks a language model for a line about a call that is over, for its owner. The flow's own summary is there already:
// this one stands beside it, and is left out (empty) where there is any doubt.
func (r *Receptionist) Gist(ctx context.Context, desk llm.Desk, from Transcripts, b *business.Business, callID string) (string, error) {
	c, err := from.ConversationByCall(ctx, b.ID, callID)
	if err != nil || c == nil {
		return "", err
	}
	turns, err := from.Turns(ctx, c.ID)
	if err != nil {
		return "", fmt.Errorf("read conversation %s: %w", c.ID, err)
	}
	lines, said := linesOf(turns)
	if len(lines) == 0 {
		return "", nil
	}
	local := r.clock.Now().In(b.Location())
	about := model.About{
		BusinessID: b.ID, ConversationID: c.ID, CallID: callID, Day: time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, local.Location()),
	}
	gist, use, err := llm.Summarise(ctx, desk, about, gistTime, lines)
	if use != nil {
		use.ID = "use_" + xid.New().String()
		if err := r.storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.InsertModelUse(ctx, use) }); err != nil {
			return "", fmt.Errorf("store what a model was asked: %w", err)
		}
	}
	if err != nil || gist == "" {
		return "", nil //nolint:nilerr // the desk has logged it; the flow's own summary goes out
	}
	if wrong := r.engines.of(b).guard.CheckSummary(gist, append(said, c.Summary)); len(wrong) > 0 {
		r.log.InfoContext(ctx, "the guard kept a model's summary back", "conversation", c.ID, "error", wrong[0])
		return "", nil
	}
	return gist, nil
}

// linesOf is what was said in a call, for the model and for the guard; nothing where the caller hardly spoke.
func linesOf(turns []Turn) (lines []llm.Line, said []string) {
	spoke := 0
	for i := range turns {
		t := &turns[i]
		switch t.Who {
		case "caller":
			spoke++
		case "receptionist":
		default:
			continue
		}
		lines = append(lines, llm.Line{Who: t.Who, Text: t.Text})
		said = append(said, t.Text)
	}
	if spoke < leastSaid {
		return nil, nil
	}
	return lines, said
}
