package messagingtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"fixly/clock"
	"fixly/messaging"
)

// Carrier is a carrier in memory whose failures a test chooses. It is safe for concurrent use.
type Carrier struct {
	clock clock.Clock

	mu       sync.Mutex
	accepted []Accepted
	fails    []Failure // the failures of the next requests to send; nil entries succeed
	down     *Failure  // while set, every request fails so
	requests int
	onSend   func(messaging.Message)
	blind    bool // can't be asked what it accepted
}

// Accepted is a text that a carrier took.
type Accepted struct {
	From, To, Body string
	CarrierID      string
	At             time.Time
}

// Failure is a way in which a carrier fails.
type Failure struct {
	// Err is what Send answers.
	Err messaging.SendError
	// Accepts: the text is taken all the same, as when the answer is lost on its way.
	Accepts bool
}

// The usual failures.
var (
	Throttled = Failure{Err: messaging.SendError{Class: "throttled", Code: "20429", Retry: true, RetryAfter: 7 * time.Second}}
	Refused   = Failure{Err: messaging.SendError{Class: "unreachable", Retry: true, Err: errors.New("connection refused")}}
	// LostAnswer is a request that hung after it had been accepted.
	LostAnswer = Failure{Err: messaging.SendError{Class: "unreachable", Retry: true, Unknown: true, Err: context.DeadlineExceeded}, Accepts: true}
	// LostRequest hung as well, but had not been accepted.
	LostRequest  = Failure{Err: messaging.SendError{Class: "unreachable", Retry: true, Unknown: true, Err: context.DeadlineExceeded}}
	OptedOut     = Failure{Err: messaging.SendError{Class: "opted_out", Code: "21610", Tell: "They replied STOP."}}
	Landline     = Failure{Err: messaging.SendError{Class: "landline", Code: "21614", Tell: "The number cannot receive texts."}}
	Unregistered = Failure{Err: messaging.SendError{Class: "unregistered", Code: "30034", Tell: "The line is not registered."}}
	Invalid      = Failure{Err: messaging.SendError{Class: "invalid", Code: "21211", Tell: "The number is not valid."}}
	BadAuth      = Failure{Err: messaging.SendError{Class: "auth", Code: "20003", Retry: true, Tell: "The credentials are wrong."}}
)

// NewCarrier makes a carrier that accepts everything, at the times of a clock.
func NewCarrier(c clock.Clock) *Carrier { return &Carrier{clock: c} }

// Fail makes the next requests to send fail, one each.
func (c *Carrier) Fail(f ...Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.fails = append(c.fails, f...)
}

// Down makes every request fail until Up.
func (c *Carrier) Down(f Failure) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = &f
}

// Up ends Down.
func (c *Carrier) Up() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.down = nil
}

// CannotFind makes it one of the carriers that can't be asked what they accepted.
func (c *Carrier) CannotFind() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.blind = true
}

// OnSend has a function called as a text arrives, before it is answered.
func (c *Carrier) OnSend(f func(messaging.Message)) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.onSend = f
}

// Accepted lists the texts taken, oldest first.
func (c *Carrier) Accepted() []Accepted {
	c.mu.Lock()
	defer c.mu.Unlock()
	return slices.Clone(c.accepted)
}

// Requests counts the requests to send, failed ones too.
func (c *Carrier) Requests() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.requests
}

// Send takes a text, or fails as the test asked.
func (c *Carrier) Send(ctx context.Context, m messaging.Message) (string, error) {
	c.mu.Lock()
	arrived := c.onSend
	c.mu.Unlock()
	if arrived != nil {
		arrived(m)
	}
	if err := ctx.Err(); err != nil {
		return "", &messaging.SendError{Class: "unreachable", Retry: true, Unknown: true, Err: err}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.requests++
	f := c.down
	if f == nil && len(c.fails) > 0 {
		f, c.fails = &c.fails[0], c.fails[1:]
	}
	if f != nil && !f.Accepts {
		err := f.Err
		return "", &err
	}
	id := fmt.Sprintf("SM%032x", len(c.accepted)+1)
	c.accepted = append(c.accepted, Accepted{From: m.From, To: m.To, Body: m.Body, CarrierID: id, At: c.clock.Now()})
	if f != nil {
		err := f.Err
		return "", &err
	}
	return id, nil
}

// Find lists the texts taken that look like m.
func (c *Carrier) Find(ctx context.Context, m messaging.Message, since time.Time) ([]string, error) {
	if err := ctx.Err(); err != nil {
		return nil, &messaging.SendError{Class: "unreachable", Retry: true, Err: err}
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.blind {
		return nil, messaging.ErrCannotFind
	}
	if c.down != nil {
		err := c.down.Err
		return nil, &err
	}
	var ids []string
	for _, a := range slices.Backward(c.accepted) {
		if a.From == m.From && a.To == m.To && a.Body == m.Body && !a.At.Before(since.Truncate(time.Second)) {
			ids = append(ids, a.CarrierID)
		}
	}
	return ids, nil
}
