package store

import (
	"context"
	"time"

	"fixly/model"
	"fixly/store/internal/rows"
)

// InsertModelUse stores what a model was asked, once by its ID; an empty one is filled in.
func (tx *Tx) InsertModelUse(ctx context.Context, u *model.Use) error {
	giveID(&u.ID, "use")
	return wrap("insert a model's use", tx.q.InsertModelUse(ctx, rows.InsertModelUseParams{
		ID: u.ID, BusinessID: u.BusinessID, ConversationID: u.ConversationID, CallID: u.CallID, At: rows.At(u.At),
		Purpose: string(u.Purpose), Model: u.Model, Failure: string(u.Failure), InputTokens: int32(u.Usage.InputTokens),
		OutputTokens: int32(u.Usage.OutputTokens), Estimated: u.Usage.Estimated, Cost: int32(u.Cost), TookMs: int32(u.Took.Milliseconds()),
	}))
}

// ModelUses lists what models were asked in a call, in order.
func (v *View) ModelUses(ctx context.Context, businessID, callID string) ([]model.Use, error) {
	found, err := v.q.ModelUsesByCall(ctx, businessID, callID)
	if err != nil {
		return nil, wrap("a model's uses", err)
	}
	out := make([]model.Use, len(found))
	for i, r := range found {
		out[i] = model.Use{
			ID: r.ID, BusinessID: r.BusinessID, ConversationID: r.ConversationID, CallID: r.CallID, At: r.At.Time(),
			Purpose: model.Purpose(r.Purpose), Model: r.Model, Failure: model.Failure(r.Failure), Cost: model.Micros(r.Cost),
			Usage: model.Usage{InputTokens: int(r.InputTokens), OutputTokens: int(r.OutputTokens), Estimated: r.Estimated},
			Took:  time.Duration(r.TookMs) * time.Millisecond,
		}
	}
	return out, nil
}

// ModelSpent is what a conversation has cost in models, and what all of a business's have since an instant.
func (v *View) ModelSpent(ctx context.Context, businessID, conversationID string, since time.Time) (conversation, day model.Micros, err error) {
	c, err := v.q.ModelSpentInConversation(ctx, conversationID)
	if err != nil {
		return 0, 0, wrap("what a conversation cost in models", err)
	}
	d, err := v.q.ModelSpentSince(ctx, businessID, rows.Ceil(since))
	if err != nil {
		return 0, 0, wrap("what a day cost in models", err)
	}
	return model.Micros(c), model.Micros(d), nil
}
