package store

import (
	"context"

	"fixly/followup"
	"fixly/receptionist"
	"fixly/store/internal/rows"
)

// AskOwner stores a question for the owner, and enqueues the text to him and what happens when he doesn't answer (package
// followup). Where one is open with its number already, nothing is asked.
func (tx *Tx) AskOwner(ctx context.Context, q *receptionist.OwnerQuestion) error {
	giveID(&q.ID, "ques")
	n, err := tx.q.InsertOwnerQuestion(ctx, rows.InsertOwnerQuestionParams{
		ID: q.ID, BusinessID: q.BusinessID, Peer: q.Peer, ConversationID: q.ConversationID, Question: q.Question, AskedAt: rows.At(q.AskedAt), DueAt: rows.At(q.DueAt),
	})
	if err != nil {
		return wrap("ask the owner", err)
	}
	if n == 0 {
		return nil
	}
	if err := tx.Enqueue(ctx, followup.AskOwner{BusinessID: q.BusinessID, QuestionID: q.ID}, nil); err != nil {
		return err
	}
	return tx.EnqueueAt(ctx, followup.QuestionDue{BusinessID: q.BusinessID, QuestionID: q.ID}, q.DueAt, nil)
}

// UpdateOwnerQuestion stores what became of a question.
func (tx *Tx) UpdateOwnerQuestion(ctx context.Context, q *receptionist.OwnerQuestion) error {
	_, err := tx.q.UpdateOwnerQuestion(ctx, rows.UpdateOwnerQuestionParams{
		ID: q.ID, BusinessID: q.BusinessID, Answer: q.Answer, Status: string(q.Status), SettledAt: rows.At(q.SettledAt), Kept: q.Kept,
	})
	return wrap("update a question", err)
}

// OwnerQuestionByID reads a question; nil when the business has none with this id.
func (v *View) OwnerQuestionByID(ctx context.Context, businessID, id string) (*receptionist.OwnerQuestion, error) {
	return oneQuestion(v.q.OwnerQuestion(ctx, id, businessID))
}

// OwnerQuestion is what was put to the owner last for a number; nil when nothing ever was.
func (v *View) OwnerQuestion(ctx context.Context, businessID, peer string) (*receptionist.OwnerQuestion, error) {
	return oneQuestion(v.q.LastOwnerQuestion(ctx, businessID, peer))
}

// OpenOwnerQuestions lists what the owner has yet to answer.
func (v *View) OpenOwnerQuestions(ctx context.Context, businessID string) ([]receptionist.OwnerQuestion, error) {
	found, err := v.q.OpenOwnerQuestions(ctx, businessID)
	if err != nil {
		return nil, wrap("open questions", err)
	}
	out := make([]receptionist.OwnerQuestion, len(found))
	for i, r := range found {
		out[i] = question(r)
	}
	return out, nil
}

func oneQuestion(r rows.OwnerQuestion, err error) (*receptionist.OwnerQuestion, error) {
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("question for the owner", err)
	}
	q := question(r)
	return &q, nil
}

func question(r rows.OwnerQuestion) receptionist.OwnerQuestion {
	return receptionist.OwnerQuestion{
		ID: r.ID, BusinessID: r.BusinessID, Peer: r.Peer, ConversationID: r.ConversationID, Question: r.Question, Answer: r.Answer,
		Status: receptionist.QuestionStatus(r.Status), AskedAt: r.AskedAt.Time(), DueAt: r.DueAt.Time(), SettledAt: r.SettledAt.Time(), Kept: r.Kept,
	}
}
