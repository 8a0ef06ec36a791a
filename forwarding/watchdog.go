package forwarding

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/jobs"
	"fixly/messaging"
)

// Watch looks which businesses are due for their weekly test.
type Watch struct{}

// Kind names the job in the queue.
func (Watch) Kind() string { return "forwarding_watch" }

// TellOwner texts the owner that the forwarding has stopped working, or works again.
type TellOwner struct {
	BusinessID string `json:"business_id"`
	TestID     string `json:"test_id"`
	Text       string `json:"text"`
}

// Kind names the job in the queue.
func (TellOwner) Kind() string { return "forwarding_tell_owner" }

const (
	watchEvery = 10 * time.Minute
	// attempts is how often a weekly test is made before the owner is alarmed: somebody may have picked up, or a network
	// failed.
	attempts = 3
	// againAfter is the pause between them.
	againAfter = 30 * time.Minute
	// dueFor is how long after its time a weekly test may begin, on that day or on one that follows: nobody's phone is to
	// ring at night because a server was down in the morning.
	dueFor = 6 * time.Hour
)

// Periodic lists what runs by the clock.
func (d *Desk) Periodic() []jobs.Periodic {
	return []jobs.Periodic{{Every: watchEvery, Args: Watch{}}}
}

// AddWorkers adds the workers of this package to those of the queue.
func (d *Desk) AddWorkers(w *jobs.Workers) {
	jobs.Add(w, &watch{Desk: d})
	jobs.Add(w, &tellOwner{Desk: d})
}

type watch struct {
	river.WorkerDefaults[Watch]
	*Desk
}

// Work begins the tests that are due, each in a transaction of its own.
func (w *watch) Work(ctx context.Context, _ *river.Job[Watch]) error {
	var all []*business.Business
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		all, err = tx.Businesses(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("forwarding: list businesses: %w", err)
	}
	var failed error
	for _, b := range all {
		if _, _, ok := b.Forwarding.TestedAt(); !ok {
			continue
		}
		err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
			tests, err := tx.ForwardingTests(ctx, b.ID, looksBack)
			if err != nil {
				return err
			}
			attempt := due(b, tests, w.Clock.Now())
			if attempt == 0 {
				return nil
			}
			_, err = w.Begin(ctx, tx, b, true, attempt)
			if errors.Is(err, ErrTesting) {
				return nil
			}
			return err
		})
		if err != nil {
			failed = errors.Join(failed, describe(b.ID, err))
		}
	}
	return failed
}

// due is which attempt of a weekly test is to be made now; 0 for none. The tests are newest first.
func due(b *business.Business, tests []Test, now time.Time) int {
	weekday, minutes, ok := b.Forwarding.TestedAt()
	if !ok {
		return 0
	}
	local := now.In(b.Location())
	since := local.Sub(time.Date(local.Year(), local.Month(), local.Day(), 0, minutes, 0, 0, local.Location()))
	if since < 0 || since > dueFor {
		return 0
	}
	// The instant of this week from which a test counts.
	back := (int(local.Weekday()) - int(weekday) + 7) % 7
	from := time.Date(local.Year(), local.Month(), local.Day()-back, 0, minutes, 0, 0, local.Location())
	for _, t := range tests {
		if t.Number != b.Forwarding.Number || t.BeganAt.Before(from) {
			continue
		}
		switch {
		case t.State == Arrived, !t.Weekly && t.State == Ringing:
			return 0 // somebody's own test proves it as well
		case !t.Weekly:
			continue
		case t.State == Ringing || t.Attempt >= attempts || now.Sub(t.BeganAt) < againAfter:
			return 0
		}
		return t.Attempt + 1
	}
	return 1
}

type tellOwner struct {
	river.WorkerDefaults[TellOwner]
	*Desk
}

// NextRetry waits a minute: the owner has been without it for longer.
func (*tellOwner) NextRetry(*river.Job[TellOwner]) time.Time {
	return clock.Real().Now().Add(time.Minute)
}

// Work writes the text. It waits for the end of quiet hours, as summaries do.
func (w *tellOwner) Work(ctx context.Context, job *river.Job[TellOwner]) error {
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, job.Args.BusinessID)
		if err != nil {
			return err
		}
		m := messaging.OwnerText(b)
		m.Body, m.Key, m.Reason = job.Args.Text, "forwarding:"+job.Args.TestID, string(messaging.Forwarding)
		_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
		return err
	})
	if err != nil {
		return describe(job.Args.BusinessID, err)
	}
	return nil
}

// words are what the owner reads and hears, in English.
type words struct{}

// Stopped tells the owner that calls don't arrive.
func (words) Stopped(b *business.Business, t *Test) string {
	s := fmt.Sprintf("CALL FORWARDING HAS STOPPED: test calls to %s don't arrive here. %s", contact.National(t.Number), t.Why)
	if c := CarrierByKey(b.Forwarding.Carrier); c != nil {
		if code, ok := c.For(chosen(b, c), t.Line); ok {
			s += " To set it again, dial " + code.On + " on that phone."
		}
	}
	return s
}

// chosen is which calls the business has forwarded; where its carrier has no code for all three kinds at once, those
// unanswered.
func chosen(b *business.Business, c *Carrier) Condition {
	when := Condition(b.Forwarding.When)
	if when == "" {
		when = Missed
	}
	if _, ok := c.Codes[when]; !ok && when == Missed {
		return NoAnswer
	}
	return when
}

// Works tells the owner that they do again.
func (words) Works(t *Test) string {
	return fmt.Sprintf("Call forwarding works again: a test call to %s arrived here after %d seconds.", contact.National(t.Number), int(t.Took().Seconds()))
}

// SayTest is said to who picks up.
func (words) SayTest() string {
	return "This is a test of your call forwarding. Please let the next one ring. Goodbye."
}
