package followup

import (
	"context"
	"fmt"
	"strings"

	"github.com/riverqueue/river"

	"fixly/callbacks"
	"fixly/contact"
	"fixly/messaging"
	"fixly/receptionist"
)

// askOwner texts the owner a customer's question that the shop's facts don't answer, with the number by which he answers it.
type askOwner struct {
	worker[AskOwner]
	Deps
}

// Work writes the text in one transaction; none for a question that is settled by then.
func (w *askOwner) Work(ctx context.Context, job *river.Job[AskOwner]) error {
	a := job.Args
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, a.BusinessID)
		if err != nil {
			return err
		}
		q, err := tx.OwnerQuestionByID(ctx, b.ID, a.QuestionID)
		if err != nil || q == nil || q.Status != receptionist.QuestionOpen {
			return err
		}
		n, err := messaging.NumberThread(ctx, tx, w.Clock.Now(), b, q.Peer)
		if err != nil {
			return err
		}
		c, err := tx.CustomerByPhone(ctx, b.ID, q.Peer)
		if err != nil {
			return err
		}
		who := contact.National(q.Peer)
		if c != nil && c.Name != "" {
			who = c.Name + ", " + who
		}
		m := messaging.OwnerText(b)
		m.Kind, m.Reason, m.Key = messaging.Alert, string(messaging.OwnerAsked), "question:"+q.ID
		m.Body = english{}.Question(n, who, oneLine(q.Question, 300))
		_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{Live: true})
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: ask the owner %s: %w", a.QuestionID, err)
	}
	return nil
}

// questionDue promises a call to who asked, where the owner has not answered in time. His answer may still come.
type questionDue struct {
	worker[QuestionDue]
	Deps
}

// Work settles it in one transaction.
func (w *questionDue) Work(ctx context.Context, job *river.Job[QuestionDue]) error {
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.owe(ctx, tx, job.Args) }); err != nil {
		return fmt.Errorf("followup: the owner has not answered %s: %w", job.Args.QuestionID, err)
	}
	return nil
}

func (w *questionDue) owe(ctx context.Context, tx Tx, a QuestionDue) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	q, err := tx.OwnerQuestionByID(ctx, b.ID, a.QuestionID)
	if err != nil || q == nil {
		return err
	}
	if err := tx.LockThread(ctx, b.ID, q.Peer); err != nil {
		return err
	}
	if q, err = tx.OwnerQuestionByID(ctx, b.ID, a.QuestionID); err != nil || q.Status != receptionist.QuestionOpen {
		return err
	}
	now := w.Clock.Now()
	q.Status, q.SettledAt = receptionist.QuestionLate, now
	if err := tx.UpdateOwnerQuestion(ctx, q); err != nil {
		return err
	}
	if _, _, err := callbacks.Owe(ctx, tx, b, callbacks.Debt{
		Phone: q.Peer, Source: q.ConversationID, Kind: callbacks.Promised, At: now, Reason: "asked: " + oneLine(q.Question, 120),
	}); err != nil {
		return err
	}
	words, _, err := wordsFor(ctx, tx, b, q.Peer, "")
	if err != nil {
		return err
	}
	from, err := messaging.LineWith(ctx, tx, b, q.Peer)
	if err != nil {
		return err
	}
	_, _, err = messaging.Write(ctx, tx, now, messaging.Message{
		BusinessID: b.ID, From: from, To: q.Peer, Kind: messaging.Talk, Reason: string(messaging.NoAnswerYet), Key: "question_late:" + q.ID,
		Body: words.NoAnswerYet(first(b.Profile.Owner.Name)),
	}, messaging.Known{})
	return err
}

// textLink texts the address of the booking page to who asked for it in a call.
type textLink struct {
	worker[TextLink]
	Deps
}

// Work writes the text in one transaction.
func (w *textLink) Work(ctx context.Context, job *river.Job[TextLink]) error {
	a := job.Args
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, a.BusinessID)
		if err != nil {
			return err
		}
		words, _, err := wordsFor(ctx, tx, b, a.Phone, "")
		if err != nil {
			return err
		}
		from, err := messaging.LineWith(ctx, tx, b, a.Phone)
		if err != nil {
			return err
		}
		_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
			BusinessID: b.ID, From: from, To: a.Phone, Kind: messaging.Talk, Reason: string(messaging.LinkAsked), Key: "link:" + a.ConversationID,
			Body: words.BookingLink(b.Profile.Name, a.Link),
		}, messaging.Known{Live: true})
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: text the booking page to %s: %w", a.Phone, err)
	}
	return nil
}

// Question puts a customer's question to the owner.
func (english) Question(n int, who, question string) string {
	return fmt.Sprintf("QUESTION %d from %s: \"%s\" Reply \"%d ...\" and I pass your answer on.", n, who, strings.TrimSpace(question), n)
}

func (english) NoAnswerYet(owner string) string {
	return fmt.Sprintf("I haven't heard back from %s yet. Somebody will call you about it.", owner)
}

func (english) BookingLink(shop, link string) string {
	return fmt.Sprintf("%s: you can book here: %s", shop, link)
}

func (spanish) NoAnswerYet(owner string) string {
	return fmt.Sprintf("Todavía no me contesta %s. Le llamaremos para darle respuesta.", owner)
}

func (spanish) BookingLink(shop, link string) string {
	return fmt.Sprintf("%s: puede agendar aquí: %s", shop, link)
}
