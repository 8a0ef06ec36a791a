package followup

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/jobs"
	"fixly/mail"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// Carriers gives the carrier that sends the texts of a business's line.
type Carriers func(b *business.Business, line business.Line) (messaging.Carrier, error)

// Placers gives who places the calls of a line.
type Placers func(line business.Line) (telephony.Placer, error)

// Deps are what the workers share.
type Deps struct {
	Storage  Storage
	Carriers Carriers
	Clock    clock.Clock
	Log      *slog.Logger
	Codes    receptionist.Codes // the same as the receptionist's
	// Gist says in a line what a call was about, beyond the summary kept with it; empty: nothing more. It is asked outside
	// of transactions and returns within a few seconds; nil: there is nobody to ask.
	Gist func(ctx context.Context, businessID, callID string) (string, error)
	// Propose puts a change of a visit into the thread of texts with its customer, see receptionist.Propose.
	Propose func(ctx context.Context, tx Tx, p receptionist.Proposal) (receptionist.Reply, error)
	// Talking says whether somebody is in conversation with us at this moment, see receptionist.Talking.
	Talking func(ctx context.Context, tx Tx, businessID, number string) (bool, error)
	// GiveBack gives a thread that people have held since an instant back to the receptionist where they were silent for too
	// long, see messaging.Inbox.GiveBack; wait is when to come back, zero for never. Nil: threads are given back by hand only.
	GiveBack func(ctx context.Context, businessID, number string, since time.Time) (wait time.Duration, err error)
	// VisitLink is the address at which a customer sees, moves or cancels a job; empty, or nil: there is none to tell.
	VisitLink func(businessID, jobID string) string
	// TakeLink is the address at which a person who took a call books it; empty, or nil: there is none to tell.
	TakeLink func(businessID, callID string) string
	// Unsubscribe is the https address at which the customer of a job ends e-mails that nothing of theirs brings; empty, or
	// nil: there is none, and no such e-mail is sent.
	Unsubscribe func(businessID, jobID string) string
	// Mail takes e-mails for delivery; nil: no e-mail is written.
	Mail mail.Sender
	// Invite makes what is attached to them for calendars; nil: nothing is.
	Invite Invite
	// Placers gives who places the calls of a line, and Calls what happens on them; nil: no calls are placed.
	Placers Placers
	Calls   *telephony.Switchboard
}

// Workers lists every follow-up for the job queue.
func Workers(d Deps) *jobs.Workers {
	w := jobs.New()
	jobs.Add(w, &sendText{Deps: d, pace: newPace(d.Clock)})
	jobs.Add(w, &placeCall{Deps: d})
	jobs.Add(w, &lookAtCall{Deps: d})
	jobs.Add(w, &hangUpCall{Deps: d})
	jobs.Add(w, &callEnded{Deps: d})
	jobs.Add(w, &callTaken{Deps: d})
	jobs.Add(w, &voicemailRead{Deps: d})
	jobs.Add(w, &jobChanged{Deps: d})
	jobs.Add(w, &offerChange{Deps: d})
	jobs.Add(w, &remindOwner{Deps: d})
	jobs.Add(w, &textAddress{Deps: d})
	jobs.Add(w, &alertOnCall{Deps: d})
	jobs.Add(w, &textCode{Deps: d})
	jobs.Add(w, &textPageCode{Deps: d})
	jobs.Add(w, &sendMail{Deps: d})
	jobs.Add(w, &tellOwner{Deps: d})
	jobs.Add(w, &noticeOwner{Deps: d})
	jobs.Add(w, &jobDisplaced{Deps: d})
	jobs.Add(w, &runFollowUp{Deps: d})
	jobs.Add(w, &releaseThread{Deps: d})
	jobs.Add(w, &tellLate{Deps: d})
	jobs.Add(w, &askOwner{Deps: d})
	jobs.Add(w, &questionDue{Deps: d})
	jobs.Add(w, &textLink{Deps: d})
	jobs.Add(w, &closeStale{Deps: d})
	return w
}

// Periodic lists the follow-ups that run by the clock, at start too.
func Periodic() []jobs.Periodic {
	return []jobs.Periodic{{Every: time.Minute, Args: CloseStale{}}}
}

const (
	// jobTimeout is how long a job may take before it is cut off.
	jobTimeout = 30 * time.Second
	// maxRetry is the longest pause between two tries of a job that failed.
	maxRetry = time.Minute
)

// worker is what the workers have in common: the time limit, and retries that come soon, because people wait for
// these texts. What a job gives up on is decided by the texts' own times (see messaging), not by its tries.
type worker[T river.JobArgs] struct{ river.WorkerDefaults[T] }

// Timeout is the same for all.
func (worker[T]) Timeout(*river.Job[T]) time.Duration { return jobTimeout }

// NextRetry waits 1, 2, 4 seconds and so on up to a minute. It is an instant of the queue's, which runs by the
// machine's clock whatever time the server was started at.
func (worker[T]) NextRetry(job *river.Job[T]) time.Time {
	return clock.Real().Now().Add(doubling(time.Second, job.Attempt, maxRetry))
}

// doubling is first for the first try, twice that for the second, and so on up to most.
func doubling(first time.Duration, try int, most time.Duration) time.Duration {
	if try < 1 {
		try = 1
	}
	if try > 30 {
		return most
	}
	return min(first<<(try-1), most)
}

// readJob reads a job, nil when there is no such one.
func readJob(ctx context.Context, tx Tx, businessID, id string) (*scheduling.Job, error) {
	if id == "" {
		return nil, nil
	}
	j, err := tx.Job(ctx, businessID, id)
	if errors.Is(err, scheduling.ErrNoJob) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("followup: read job %s: %w", id, err)
	}
	return j, nil
}
