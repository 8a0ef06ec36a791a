package followup

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/callbacks"
	"fixly/messaging"
	"fixly/scheduling"
)

// jobChanged confirms a change of a job to its customer, and tells the owner where no summary of a call will.
//
// The owner hears of changes made by text and on the web, and of those made through the API to a job that someone
// else had booked or that a customer may have changed; not of jobs that the owner booked, knowing them already. The
// customer hears of every change, the owner's included. Of a visit that waits for his yes the owner is asked, the customer
// told so.
type jobChanged struct {
	worker[JobChanged]
	Deps
}

// conversing is how long after our last text someone counts as in conversation with us.
const conversing = 30 * time.Minute

// Work writes the texts in one transaction. The texts speak of the job as it is by then; of a booking that was
// cancelled meanwhile only the cancellation is told.
func (w *jobChanged) Work(ctx context.Context, job *river.Job[JobChanged]) error {
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, job.Args.BusinessID)
		if err != nil {
			return err
		}
		j, err := readJob(ctx, tx, b.ID, job.Args.JobID)
		if err != nil || j == nil {
			return err
		}
		c := change(job.Args.Change)
		if err := planVisit(ctx, tx, b, j, w.Clock.Now()); err != nil {
			return err
		}
		if c == completed {
			return nil // they were there
		}
		if (c == cancelled) == isStanding(j) {
			return nil
		}
		if c == booked {
			if err := callbacks.Settle(ctx, tx, b, j.Customer.Phone, callbacks.Booked, w.Clock.Now()); err != nil {
				return err
			}
			if err := dropWith(ctx, tx, b, j.Customer.Phone, messaging.BookedSince, w.Clock.Now(), unbooked); err != nil {
				return err
			}
		}
		from, err := lineOf(ctx, tx, b, j.CallID)
		if err != nil {
			return err
		}
		words, language, err := wordsFor(ctx, tx, b, j.Customer.Phone, j.ID)
		if err != nil {
			return err
		}
		v := visitOf(b, j, language)
		if w.VisitLink != nil {
			v.Link = w.VisitLink(b.ID, j.ID)
		}
		key := j.ID + ":" + strconv.FormatInt(job.Args.Revision, 10)
		waits := j.Status == scheduling.StatusTentative && c != cancelled
		if b.FollowUps.Confirmation || waits || c == accepted {
			body := words.Confirmation(c, b.Profile.Name, v)
			if waits {
				body = words.PutDown(b.Profile.Name, first(b.Profile.Owner.Name), v)
			}
			if err := w.confirm(ctx, tx, b, j, body, c, from, key, job.Args.ByCall); err != nil {
				return err
			}
		}
		if waits { // an e-mail with an entry for the calendar is for what is booked
			return w.askOwner(ctx, tx, b, j, v, from, key, job.Args.ByCall)
		}
		if b.FollowUps.Confirmation {
			if err := w.mailConfirmation(ctx, tx, b, j, words, v, c, key); err != nil {
				return err
			}
		}
		if job.Args.ByCall || c == accepted || c == booked && j.Source == scheduling.FromOwner {
			return nil
		}
		m := messaging.OwnerText(b)
		m.From, m.JobID = from, j.ID
		m.Body, m.Key, m.Reason = english{}.Changed(c, v), "job_summary:"+key, string(reasons[c])
		_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: after job %s was %s: %w", job.Args.JobID, job.Args.Change, err)
	}
	return nil
}

var reasons = map[change]messaging.Reason{
	booked: messaging.JobBooked, moved: messaging.JobMoved, cancelled: messaging.JobCancelled, accepted: messaging.JobBooked,
}

// askOwner asks the owner about a visit that waits for his yes, in place of a summary. After a call it is the call's
// summary that asks.
func (w *jobChanged) askOwner(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, v visit, from, key string, byCall bool) error {
	n, err := ask(ctx, tx, b, j, w.Clock.Now())
	if err != nil || byCall {
		return err
	}
	m := messaging.OwnerText(b)
	m.From, m.JobID = from, j.ID
	m.Body, m.Key, m.Reason = english{}.Ask(v, n), "job_summary:"+key, string(messaging.JobWaits)
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
	return err
}

// first is the first of somebody's names.
func first(name string) string {
	name, _, _ = strings.Cut(name, " ")
	return name
}

func (w *jobChanged) confirm(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, body string, c change, from, key string, byCall bool) error {
	now := w.Clock.Now()
	talked, err := tx.LastSent(ctx, b.ID, j.Customer.Phone, messaging.Talk)
	if err != nil {
		return fmt.Errorf("last text to %s: %w", j.Customer.Phone, err)
	}
	live := byCall || j.Urgency == scheduling.Emergency || c == booked && j.Source == scheduling.FromWeb ||
		!talked.IsZero() && now.Sub(talked) < conversing
	_, _, err = messaging.Write(ctx, tx, now, messaging.Message{
		BusinessID: b.ID, From: from, To: j.Customer.Phone, Kind: messaging.Confirmation, JobID: j.ID, CallID: j.CallID,
		Body: body, Reason: string(reasons[c]), Key: "confirmation:" + key,
	}, messaging.Known{Live: live})
	return err
}
