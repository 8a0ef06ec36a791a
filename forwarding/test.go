package forwarding

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/telephony"
)

// Purpose is what the calls of this package are for.
const Purpose telephony.Purpose = "forwarding_test"

// State is how far a test has come.
type State string

// The states of a test.
const (
	Ringing  State = "ringing"
	Arrived  State = "arrived"  // the call came in here: it is forwarded
	Answered State = "answered" // a person picked up, so nothing is known
	Lost     State = "lost"     // it did not come in: it is not forwarded; Why says what happened instead
	Unplaced State = "unplaced" // the call could not be placed, so nothing is known
)

// Test is one call that tests whether a number is forwarded to us.
type Test struct {
	ID         string
	BusinessID string
	Number     string // E.164: the number that customers know
	Line       string // E.164: the line where the call is to come in
	From       string // E.164: our line that rings
	Weekly     bool   // begun by the clock
	Attempt    int    // of a weekly one, from 1
	State      State
	Why        string // a sentence for the owner; empty while nothing is to be said
	ArrivalID  string // the carrier's id of the call that came in
	Told       string // "stopped" or "works": what the owner was told about it; empty for nothing
	BeganAt    time.Time
	ArrivedAt  time.Time
	EndedAt    time.Time
}

// What the owner was told.
const (
	toldStopped = "stopped"
	toldWorks   = "works"
)

// Took is how long the call rang until it came in; zero when it did not.
func (t *Test) Took() time.Duration {
	if t.ArrivedAt.IsZero() {
		return 0
	}
	return t.ArrivedAt.Sub(t.BeganAt)
}

// ErrNoTest says that the business has no such test.
var ErrNoTest = errors.New("forwarding: no such test")

// Storage runs functions in transactions. A function may run more than once, so it must have no effect outside its
// transaction.
type Storage interface {
	InTx(ctx context.Context, f func(ctx context.Context, tx Tx) error) error
}

// Tx is what testing needs of one transaction.
type Tx interface {
	messaging.Tx
	telephony.CallingTx

	Businesses(ctx context.Context) ([]*business.Business, error)
	FirstTime(ctx context.Context, key string) (bool, error)
	EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error

	InsertForwardingTest(ctx context.Context, t *Test) error
	// ForwardingTest reads a test and locks it until the transaction ends; ErrNoTest when there is none.
	ForwardingTest(ctx context.Context, businessID, id string) (*Test, error)
	UpdateForwardingTest(ctx context.Context, t *Test) error
	// ForwardingTests lists the tests of a business, newest first, at most limit of them.
	ForwardingTests(ctx context.Context, businessID string, limit int) ([]Test, error)
}

// Desk tests what is forwarded.
type Desk struct {
	Storage Storage
	Clock   clock.Clock
	// Tx is the transaction of a call as this package needs it.
	Tx func(telephony.CallingTx) (Tx, error)
}

const (
	// ringFor is how long the number rings: phones forward after some 15 to 30 seconds.
	ringFor = 55 * time.Second
	// arrivesWithin is how long after a test began its call may come in.
	arrivesWithin = 3 * time.Minute
)

// ErrNothingToTest says that the business file names no number that forwards, or no line.
var ErrNothingToTest = errors.New("forwarding: no number that forwards is set")

// ErrTesting says that a test is at work.
var ErrTesting = errors.New("forwarding: a test is at work")

// Begin begins a test, weekly ones by their attempt.
func (d *Desk) Begin(ctx context.Context, tx Tx, b *business.Business, weekly bool, attempt int) (*Test, error) {
	line := b.ForwardsTo()
	if b.Forwarding.Number == "" || line == "" {
		return nil, ErrNothingToTest
	}
	now := d.Clock.Now()
	last, err := tx.ForwardingTests(ctx, b.ID, 1)
	if err != nil {
		return nil, err
	}
	if len(last) > 0 && last[0].State == Ringing && now.Sub(last[0].BeganAt) < arrivesWithin {
		return nil, ErrTesting
	}
	t := &Test{
		BusinessID: b.ID, Number: b.Forwarding.Number, Line: line, From: ringsFrom(b, line), Weekly: weekly, Attempt: attempt,
		State: Ringing, BeganAt: now,
	}
	if err := tx.InsertForwardingTest(ctx, t); err != nil {
		return nil, err
	}
	_, err = tx.InsertOutgoing(ctx, &telephony.Outgoing{
		BusinessID: b.ID, Purpose: Purpose, Subject: t.ID, Key: "forwarding:" + t.ID, Line: t.From, To: t.Number,
		RingFor: ringFor, DetectMachine: true, CreatedAt: now, NotAfter: now.Add(time.Minute),
	})
	return t, err
}

// ringsFrom is another line than the one that the call is to come in by, where there is one: some carriers refuse a call
// that comes back to whoever made it.
func ringsFrom(b *business.Business, line string) string {
	for _, l := range b.Lines {
		if l.Number != line {
			return l.Number
		}
	}
	return line
}

// Came says whether a call that comes in is that of a test, and notes that it arrived. A repeated webhook gets the same
// answer. Only a call from one of our own lines, or from the forwarding number itself, where its carrier puts that in
// place of the caller's, can be one, so others cost nothing.
func (d *Desk) Came(ctx context.Context, b *business.Business, in telephony.Incoming) (ours bool, err error) {
	number := b.Forwarding.Number
	if number == "" || b.LineByNumber(in.From) == nil && in.From != number && (in.From != "" || in.ForwardedFrom != number) {
		return false, nil
	}
	err = d.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		ours = false
		last, err := tx.ForwardingTests(ctx, b.ID, 1)
		if err != nil || len(last) == 0 {
			return err
		}
		t, err := tx.ForwardingTest(ctx, b.ID, last[0].ID)
		if err != nil {
			return err
		}
		now := d.Clock.Now()
		switch {
		case t.ArrivalID == in.CarrierID:
			ours = true
			return nil
		case t.State != Ringing || now.Sub(t.BeganAt) > arrivesWithin:
			return nil
		}
		ours = true
		t.State, t.ArrivalID, t.ArrivedAt, t.EndedAt = Arrived, in.CarrierID, now, now
		if t.Line != in.To {
			t.Why = "It came in by another line than the one you set."
		}
		// Nothing of this call is stored: what its carrier still says of it must not make it one.
		if _, err := tx.FirstTime(ctx, telephony.UnstoredKey(in)); err != nil {
			return err
		}
		return d.settle(ctx, tx, b, t)
	})
	return ours, err
}

// settle stores a test that has ended, and tells the owner what is news: by text, once when it stops working and once when
// it works again. The test of a person who asked for it is seen where it was asked for.
func (d *Desk) settle(ctx context.Context, tx Tx, b *business.Business, t *Test) error {
	before, err := lastTold(ctx, tx, b.ID, t.ID)
	if err != nil {
		return err
	}
	body := ""
	switch {
	case t.State == Arrived && before == toldStopped:
		t.Told, body = toldWorks, words{}.Works(t)
	case t.State == Lost && t.Weekly && t.Attempt >= attempts && before != toldStopped:
		t.Told, body = toldStopped, words{}.Stopped(b, t)
	}
	if err := tx.UpdateForwardingTest(ctx, t); err != nil || body == "" {
		return err
	}
	return tx.EnqueueAt(ctx, TellOwner{BusinessID: b.ID, TestID: t.ID, Text: body}, d.Clock.Now(), nil)
}

// lastTold is what the owner was told last, before a test.
func lastTold(ctx context.Context, tx Tx, businessID, testID string) (string, error) {
	tests, err := tx.ForwardingTests(ctx, businessID, looksBack)
	if err != nil {
		return "", err
	}
	for _, t := range tests {
		if t.ID != testID && t.Told != "" {
			return t.Told, nil
		}
	}
	return "", nil
}

// looksBack is how many tests are looked at for what the owner was told: some years of weekly ones that failed.
const looksBack = 200

// Script is what is said to a person who picks up a test's call, and what the call's end means.
type Script struct{ *Desk }

var _ telephony.Script = Script{}

// Answered notes that somebody or a voicemail was faster than the forwarding.
func (s Script) Answered(ctx context.Context, tx telephony.CallingTx, c *telephony.Outgoing) ([]telephony.Step, error) {
	err := s.end(ctx, tx, c, func(t *Test) {
		if c.AnsweredBy == telephony.ByMachine {
			t.State, t.Why = Lost, "A voicemail picked up before the call was forwarded. Switch it off, or have it pick up later."
			return
		}
		t.State, t.Why = Answered, "Somebody picked up, so the call was not forwarded. Let it ring."
	})
	if err != nil || c.AnsweredBy == telephony.ByMachine {
		return []telephony.Step{telephony.HangUp()}, err
	}
	return []telephony.Step{telephony.Say("en", words{}.SayTest()), telephony.HangUp()}, nil
}

// Ended notes that a call which has not come in by now is not forwarded.
func (s Script) Ended(ctx context.Context, tx telephony.CallingTx, c *telephony.Outgoing) error {
	return s.end(ctx, tx, c, func(t *Test) {
		switch {
		case c.State == telephony.CallTooLate || c.State == telephony.CallFailed && c.CarrierID == "":
			t.State, t.Why = Unplaced, "The test call could not be placed. "+c.Why
		case c.State == telephony.CallBusy:
			t.State, t.Why = Lost, "The number was busy, and the call was not forwarded."
		case c.State == telephony.CallFailed:
			t.State, t.Why = Lost, "The carrier could not reach the number."
		default:
			t.State, t.Why = Lost, "It rang for almost a minute, and the call was not forwarded."
		}
	})
}

// end notes how a test ended that has not yet.
func (s Script) end(ctx context.Context, tx telephony.CallingTx, c *telephony.Outgoing, how func(t *Test)) error {
	own, err := s.Tx(tx)
	if err != nil {
		return err
	}
	t, err := own.ForwardingTest(ctx, c.BusinessID, c.Subject)
	if err != nil || t.State != Ringing {
		return err
	}
	b, err := own.Business(ctx, c.BusinessID)
	if err != nil {
		return err
	}
	how(t)
	t.EndedAt = s.Clock.Now()
	return s.settle(ctx, own, b, t)
}

// Pressed never comes: nothing is asked.
func (Script) Pressed(context.Context, telephony.CallingTx, *telephony.Outgoing, string) ([]telephony.Step, error) {
	return nil, nil
}

// Dialled never comes: nobody is dialled.
func (Script) Dialled(context.Context, telephony.CallingTx, *telephony.Outgoing, telephony.Dialled) ([]telephony.Step, error) {
	return nil, nil
}

// describe is for errors.
func describe(businessID string, err error) error {
	return fmt.Errorf("forwarding: business %s: %w", businessID, err)
}
