package followup

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// offerChange puts a change of a visit to its customer by text, with a question whose answer goes on in the thread: one
// text, in place of a confirmation. The owner, who made the change or is asked for it, hears nothing of it, but where a time
// proved taken, and where the customer can't be texted.
//
// It waits for quiet hours to end where the customer is, and for the customer to be done talking with us, and is worded then, of the visit as it
// is by then: a change that another one has overtaken is told by that one.
type offerChange struct {
	worker[OfferChange]
	Deps
}

const (
	// talkingWait is when to come back to a customer who is in conversation with us.
	talkingWait = 30 * time.Second
	// tooSoonToWait is how near a visit must be for its change to be told in quiet hours.
	tooSoonToWait = 12 * time.Hour
)

// What came of a try to put a change to a customer, besides the text.
var (
	errTold     = errors.New("followup: the change was put to the customer before")
	errNotTexts = errors.New("followup: the customer can't be texted")
)

// Work writes the texts in one transaction.
func (w *offerChange) Work(ctx context.Context, job *river.Job[OfferChange]) error {
	o := offering{offerChange: w, args: job.Args}
	err := w.Storage.InTx(ctx, o.plan)
	if err == nil {
		err = w.Storage.InTx(ctx, o.write)
	}
	if errors.Is(err, errNotTexts) {
		err = w.Storage.InTx(ctx, o.giveToOwner) // nothing was asked: the thread is as it was
	}
	switch {
	case errors.Is(err, errTold):
		return nil
	case errors.Is(err, receptionist.ErrTalking):
		return river.JobSnooze(talkingWait)
	case err != nil:
		return fmt.Errorf("followup: put it to the customer that job %s is %s: %w", job.Args.JobID, job.Args.Change, err)
	case o.wait > 0:
		return river.JobSnooze(o.wait)
	}
	return nil
}

// offering is one try.
type offering struct {
	*offerChange
	args OfferChange

	wait time.Duration     // when to come back; zero: it is done
	text messaging.Message // to the customer
}

// plan plans what goes with the visit as it is by now, whenever its customer hears of it.
func (o *offering) plan(ctx context.Context, tx Tx) error {
	b, err := tx.Business(ctx, o.args.BusinessID)
	if err != nil {
		return err
	}
	j, err := readJob(ctx, tx, b.ID, o.args.JobID)
	if err != nil || j == nil {
		return err
	}
	return planVisit(ctx, tx, b, j, o.Clock.Now())
}

func (o *offering) write(ctx context.Context, tx Tx) error {
	o.wait = 0
	b, j, err := o.still(ctx, tx)
	if err != nil || j == nil {
		return err
	}
	if err := tx.LockThread(ctx, b.ID, j.Customer.Phone); err != nil {
		return err
	}
	now := o.Clock.Now()
	allowed, err := messaging.Allowed(ctx, tx, b, j.Customer.Phone, messaging.Reminder)
	if err != nil {
		return err
	}
	if morning := allowed(now); morning.After(now) {
		urgent, err := o.cannotWait(ctx, tx, b, j, now)
		if err != nil {
			return err
		}
		if !urgent {
			o.wait = max(morning.Sub(now), time.Second)
			return nil
		}
	}
	held, err := tx.Takeover(ctx, b.ID, j.Customer.Phone)
	if err != nil {
		return fmt.Errorf("who holds the thread with %s: %w", j.Customer.Phone, err)
	}
	if held.Holds(b, now) {
		o.wait = talkingWait
		return nil
	}
	from, err := lineOf(ctx, tx, b, j.CallID)
	if err != nil {
		return err
	}
	key := fmt.Sprintf("offer:%s:%s:%s", o.args.Change, j.ID, strconv.FormatInt(o.args.Revision, 10))
	p := receptionist.Proposal{Job: j, Change: o.args.Change, Key: key}
	if len(o.args.Starts) > 0 {
		p.Start = o.args.Starts[0]
	}
	reply, err := o.Propose(ctx, tx, p)
	if err != nil {
		return err
	}
	o.text = messaging.Message{
		BusinessID: b.ID, From: from, To: j.Customer.Phone, Kind: messaging.Talk, JobID: j.ID, CallID: j.CallID,
		Body: reply.Text(), Reason: string(messaging.ChangeOffered), Key: key,
	}
	written, created, err := messaging.Write(ctx, tx, now, o.text, messaging.Known{Live: true})
	switch {
	case err != nil:
		return err
	case !created:
		return errTold
	case written.Status == messaging.Suppressed:
		return errNotTexts
	}
	if o.args.Change != OfferTaken {
		return nil
	}
	return o.tellTaken(ctx, tx, b, j, reply.Offered)
}

// still gives the job, nil where there is nothing (any more) to put to the customer.
func (o *offering) still(ctx context.Context, tx Tx) (*business.Business, *scheduling.Job, error) {
	b, err := tx.Business(ctx, o.args.BusinessID)
	if err != nil {
		return nil, nil, err
	}
	j, err := readJob(ctx, tx, b.ID, o.args.JobID)
	if err != nil || j == nil {
		return nil, nil, err
	}
	asItWas := j.Slot.Start.UnixMilli() == o.args.Start.UnixMilli() && j.Slot.Start.After(o.Clock.Now())
	switch o.args.Change {
	case OfferCancelled, OfferDeclined:
		asItWas = j.Status == scheduling.StatusCancelled
	case OfferBetterTime:
		asItWas = asItWas && j.Status == scheduling.StatusTentative
	default:
		asItWas = asItWas && j.Live()
	}
	if !asItWas {
		return b, nil, nil
	}
	return b, j, nil
}

// cannotWait says whether a change is told in quiet hours, too.
func (o *offering) cannotWait(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, now time.Time) (bool, error) {
	talked, err := tx.LastSent(ctx, b.ID, j.Customer.Phone, messaging.Talk)
	if err != nil {
		return false, fmt.Errorf("last text to %s: %w", j.Customer.Phone, err)
	}
	return j.Urgency == scheduling.Emergency || j.Slot.Start.Sub(now) < tooSoonToWait || !talked.IsZero() && now.Sub(talked) < conversing, nil
}

// tellTaken tells the owner which job is in two places, what is in its way, and what the customer was offered.
func (o *offering) tellTaken(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, offered []scheduling.Interval) error {
	troubles, err := tx.Troubles(ctx, b.ID, j.ID)
	if err != nil {
		return fmt.Errorf("what is in the way of job %s: %w", j.ID, err)
	}
	inTheWay := ""
	for _, t := range troubles {
		if t.Kind == calendar.Taken {
			inTheWay = t.Title
		}
	}
	return o.owner(ctx, tx, b, j, messaging.TimeTaken, english{}.Taken(visitOf(b, j, ""), inTheWay, inZone(b, offered)))
}

// giveToOwner leaves it to the owner to tell a customer who can't be texted.
func (o *offering) giveToOwner(ctx context.Context, tx Tx) error {
	b, j, err := o.still(ctx, tx)
	if err != nil || j == nil {
		return err
	}
	written, created, err := messaging.Write(ctx, tx, o.Clock.Now(), o.text, messaging.Known{Live: true}) // the record of it
	if err != nil || !created {
		return err
	}
	v := visitOf(b, j, "")
	return o.owner(ctx, tx, b, j, messaging.NotDelivered, english{}.TellThem(o.args.Change, v, messaging.Reason(written.Reason).Explain()))
}

func (o *offering) owner(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, why messaging.Reason, body string) error {
	m := messaging.OwnerText(b)
	m.From, m.JobID, m.Kind = o.text.From, j.ID, messaging.Alert
	m.Body, m.Key, m.Reason = body, "owner_"+o.text.Key, string(why)
	_, _, err := messaging.Write(ctx, tx, o.Clock.Now(), m, messaging.Known{Live: true})
	return err
}

// inZone puts stretches of time into the shop's zone.
func inZone(b *business.Business, in []scheduling.Interval) []scheduling.Interval {
	out := make([]scheduling.Interval, len(in))
	for i, x := range in {
		out[i] = scheduling.Interval{From: x.From.In(b.Location()), To: x.To.In(b.Location())}
	}
	return out
}
