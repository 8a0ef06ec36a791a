package receptionist

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
	"fixly/receptionist/flow"
	"fixly/scheduling"
)

// perform does one effect in the turn's transaction. A *scheduling.Refusal leaves the transaction good; a bare
// scheduling.ErrTaken means that it is spent.
func (r *Receptionist) perform(ctx context.Context, tx Tx, c *Conversation, b *business.Business, e flow.Effect) error {
	switch e.Do {
	case flow.DoHold:
		slots := make([]scheduling.Slot, len(e.Offers))
		for i, o := range e.Offers {
			slots[i] = o.Slot
		}
		if e.For > 0 {
			_, err := r.scheduler.HoldFor(ctx, tx, b, c.ID, slots, e.For)
			return err
		}
		_, err := r.scheduler.Hold(ctx, tx, b, c.ID, slots)
		return err
	case flow.DoRelease:
		return r.scheduler.Release(ctx, tx, b, c.ID)
	case flow.DoBook:
		j, err := r.scheduler.Book(ctx, tx, b, scheduling.BookRequest{
			Service: e.Job.Service, Also: e.Also, Start: e.Job.Slot.Start, Holder: c.ID, OfferedAt: e.OfferedAt,
			Problem: e.Job.Problem, Urgency: e.Job.Urgency, Customer: e.Job.Customer, Address: e.Job.Address,
			Source: e.Job.Source, CallID: c.CallID, Tentative: e.Job.Status == scheduling.StatusTentative,
		})
		return r.changed(ctx, tx, c, j, "booked", err)
	case flow.DoMove:
		j, err := r.scheduler.Move(ctx, tx, b, scheduling.MoveRequest{
			Job: e.Job.ID, Start: e.Job.Slot.Start, Holder: c.ID, OfferedAt: e.OfferedAt, Accepted: e.Job.Status == scheduling.StatusBooked,
		})
		return r.changed(ctx, tx, c, j, "moved", err)
	case flow.DoAccept:
		j, err := r.scheduler.Accept(ctx, tx, b, e.Job.ID)
		if errors.Is(err, scheduling.ErrNotTentative) {
			return nil // the owner was faster
		}
		return r.changed(ctx, tx, c, j, "booked", err)
	case flow.DoAmend:
		return r.amend(ctx, tx, c, e.Job)
	case flow.DoCancel:
		j, err := r.scheduler.Cancel(ctx, tx, b, e.Job.ID)
		if errors.Is(err, scheduling.ErrNotLive) {
			return nil // cancelled already, by the owner or on another line: it is what was asked for
		}
		return r.changed(ctx, tx, c, j, "cancelled", err)
	case flow.DoConfirm:
		c.JobID = e.Job.ID
		return tx.ConfirmJob(ctx, c.BusinessID, e.Job.ID, r.clock.Now())
	case flow.DoAddWork:
		return r.addWork(ctx, tx, c, e.Job)
	case flow.DoNoteRecording:
		return tx.NoteRecording(ctx, c, RecordingNote{State: consent.RecordingState(e.What), How: e.How, Words: e.Text, Language: e.Language})
	case flow.DoOptOut:
		return r.noteOptOut(ctx, tx, c, e)
	case flow.DoAlert:
		return tx.AlertOnCall(ctx, c, e.What, e.Text)
	case flow.DoTextCode:
		return tx.TextCode(ctx, c, e.Phone, e.N)
	case flow.DoTextAddress:
		return tx.TextAddress(ctx, c)
	case flow.DoAskOwner:
		b, err := tx.Business(ctx, c.BusinessID)
		if err != nil {
			return err
		}
		now := r.clock.Now()
		return tx.AskOwner(ctx, &OwnerQuestion{
			BusinessID: c.BusinessID, Peer: c.Caller.Number, ConversationID: c.ID, Question: e.Text, Status: QuestionOpen, AskedAt: now, DueAt: now.Add(b.AnswerWithin()),
		})
	case flow.DoTextLink:
		return tx.TextLink(ctx, c, e.Phone, e.Text)
	case flow.DoTellOwner:
		return tx.TellOwner(ctx, c, e.What, e.Text)
	case flow.DoLink:
		c.JobID = e.Job.ID
		return nil
	}
	return fmt.Errorf("receptionist: no such effect %q", e.Do)
}

// amend corrects who and where of a job, the one booked in the conversation where none is named; everyone gets the
// corrected texts.
func (r *Receptionist) amend(ctx context.Context, tx Tx, c *Conversation, to scheduling.Job) error {
	if err := tx.LockCalendar(ctx, c.BusinessID); err != nil { // what is read is written again, whole
		return err
	}
	j, err := tx.Job(ctx, c.BusinessID, cmp.Or(to.ID, c.JobID))
	if err != nil || !j.Live() {
		return err
	}
	if j.Customer.Phone != to.Customer.Phone {
		j.Customer = contact.Customer{BusinessID: c.BusinessID}
	}
	j.Customer.Name, j.Customer.Phone, j.Address = to.Customer.Name, to.Customer.Phone, to.Address
	j.UpdatedAt = r.clock.Now()
	return r.changed(ctx, tx, c, j, "booked", tx.UpdateJob(ctx, j))
}

// addWork adds to what is to be done at a job. The customer has just said so, and the owner is told by himself.
func (r *Receptionist) addWork(ctx context.Context, tx Tx, c *Conversation, to scheduling.Job) error {
	if err := tx.LockCalendar(ctx, c.BusinessID); err != nil { // as above
		return err
	}
	j, err := tx.Job(ctx, c.BusinessID, to.ID)
	if err != nil || !j.Live() {
		return err
	}
	j.Problem, j.UpdatedAt = to.Problem, r.clock.Now()
	c.JobID = j.ID
	return tx.UpdateJob(ctx, j)
}

// changed notes the job in the conversation and owes everyone their texts about it.
func (r *Receptionist) changed(ctx context.Context, tx Tx, c *Conversation, j *scheduling.Job, change string, err error) error {
	if err != nil {
		return err
	}
	c.JobID = j.ID
	return tx.JobChanged(ctx, j, change, c.Channel == ByCall)
}
