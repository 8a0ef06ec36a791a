package followup_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/clock"
	"fixly/followup"
	"fixly/jobs"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

// exchange is a carrier of calls in memory, which a test has fail.
type exchange struct {
	mu     sync.Mutex
	fails  []func(*exchange, telephony.Outgoing) (string, error)
	placed []telephony.Outgoing // with their carrier's ids
	states map[string]telephony.State
	hung   []string
	away   bool   // it answers no questions about calls
	first  string // id of ours of a call that a test looks up while another is placed
}

func (x *exchange) Place(_ context.Context, c telephony.Outgoing) (string, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if len(x.fails) > 0 {
		fail := x.fails[0]
		x.fails = x.fails[1:]
		return fail(x, c)
	}
	return x.accept(c), nil
}

func (x *exchange) accept(c telephony.Outgoing) string {
	c.CarrierID = fmt.Sprint("CA", len(x.placed)+1)
	x.placed = append(x.placed, c)
	return c.CarrierID
}

func (x *exchange) Find(_ context.Context, c telephony.Outgoing, _ time.Time) (ids []string, err error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, p := range x.placed {
		if p.Line == c.Line && p.To == c.To {
			ids = append([]string{p.CarrierID}, ids...)
		}
	}
	return ids, nil
}

func (x *exchange) Look(_ context.Context, id string) (telephony.State, error) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.away {
		return "", &telephony.PlaceError{Class: "unreachable", Retry: true, Err: errBroken}
	}
	return x.states[id], nil
}

func (x *exchange) HangUp(_ context.Context, id string) error {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.away {
		return &telephony.PlaceError{Class: "unreachable", Retry: true, Err: errBroken}
	}
	x.hung = append(x.hung, id)
	return nil
}

var errBroken = errors.New("the connection broke")

func answerLost(x *exchange, c telephony.Outgoing) (string, error) {
	x.accept(c)
	return "", &telephony.PlaceError{Class: "unreachable", Retry: true, Unknown: true, Err: errBroken}
}

func requestLost(*exchange, telephony.Outgoing) (string, error) {
	return "", &telephony.PlaceError{Class: "unreachable", Retry: true, Unknown: true, Err: errBroken}
}

func throttled(*exchange, telephony.Outgoing) (string, error) {
	return "", &telephony.PlaceError{Class: "throttled", Retry: true, RetryAfter: 7 * time.Second, Err: errBroken}
}

func refused(*exchange, telephony.Outgoing) (string, error) {
	return "", &telephony.PlaceError{Class: "invalid", Code: "21211", Tell: "The number is not a valid phone number.", Err: errBroken}
}

// listens is a script that notes how calls ended.
type listens struct {
	mu    sync.Mutex
	ended []telephony.State
}

func (*listens) Answered(context.Context, telephony.CallingTx, *telephony.Outgoing) ([]telephony.Step, error) {
	return nil, nil
}

func (*listens) Pressed(context.Context, telephony.CallingTx, *telephony.Outgoing, string) ([]telephony.Step, error) {
	return nil, nil
}

func (*listens) Dialled(context.Context, telephony.CallingTx, *telephony.Outgoing, telephony.Dialled) ([]telephony.Step, error) {
	return nil, nil
}

func (l *listens) Ended(_ context.Context, _ telephony.CallingTx, c *telephony.Outgoing) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.ended = append(l.ended, c.State)
	return nil
}

// caller is a desk that places calls.
type caller struct {
	*desk
	exchange *exchange
	script   *listens
	queue    *store.ByHand // the jobs of calls
}

func eachCaller(t *testing.T, test func(c *caller)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		c := &caller{exchange: &exchange{states: map[string]telephony.State{}}, script: &listens{}, queue: &store.ByHand{}}
		now := clock.NewManual(start)
		db, err := store.Open(t.Context(), address, store.Options{Clock: now, ByHand: c.queue})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = db.Close(context.Background()) })
		d := newDesk(t, db, now)
		c.desk = d
		d.deps.Placers = func(business.Line) (telephony.Placer, error) { return c.exchange, nil }
		d.deps.Calls = &telephony.Switchboard{Storage: d.db.Calling(), Clock: d.clock, Scripts: map[telephony.Purpose]telephony.Script{"test": c.script}}
		workers := jobs.New()
		jobs.Add(workers, followup.WorkerPlaceCall(d.deps))
		jobs.Add(workers, followup.WorkerLookAtCall(d.deps))
		if err := db.StartJobs(t.Context(), workers); err != nil {
			t.Fatal(err)
		}
		test(c)
	})
}

// wants writes a call.
func (c *caller) wants(key, to string) telephony.Outgoing {
	c.t.Helper()
	out := telephony.Outgoing{BusinessID: c.shop.ID, Purpose: "test", Key: key, Line: line, To: to, RingFor: 20 * time.Second}
	c.tx(func(ctx context.Context, tx followup.Tx) error {
		_, err := tx.InsertOutgoing(ctx, &out)
		return err
	})
	return out
}

// work runs a job of a call once, and gives how long it wants to be left alone.
func work[T river.JobArgs](c *caller, w river.Worker[T], args T) time.Duration {
	c.t.Helper()
	err := w.Work(c.t.Context(), &river.Job[T]{JobRow: &rivertype.JobRow{Attempt: 1}, Args: args})
	var snooze *rivertype.JobSnoozeError
	if errors.As(err, &snooze) {
		return max(snooze.Duration, time.Millisecond)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	return 0
}

// place runs the job until it is done or gives up waiting.
func (c *caller) place(out telephony.Outgoing) telephony.Outgoing {
	c.t.Helper()
	for range 60 {
		wait := work(c, followup.WorkerPlaceCall(c.deps), followup.PlaceCall{BusinessID: out.BusinessID, CallID: out.ID})
		if wait == 0 {
			return c.now(out)
		}
		c.clock.Advance(wait)
	}
	c.t.Fatalf("call %s is never done with: %+v", out.ID, c.now(out))
	return out
}

func (c *caller) now(out telephony.Outgoing) telephony.Outgoing {
	c.t.Helper()
	found, err := c.db.Outgoing(c.t.Context(), out.BusinessID, out.ID)
	if err != nil {
		c.t.Fatal(err)
	}
	return *found
}

func TestEachCallIsPlacedOnce(t *testing.T) {
	for name, fails := range map[string][]func(*exchange, telephony.Outgoing) (string, error){
		"at once":                     nil,
		"the answer is lost":          {answerLost},
		"the request is lost":         {requestLost},
		"throttled":                   {throttled, throttled},
		"one thing after the other":   {throttled, requestLost, answerLost},
		"lost again and again":        {requestLost, requestLost, requestLost},
		"refused where it was placed": {answerLost, refused},
	} {
		t.Run(name, func(t *testing.T) {
			eachCaller(t, func(c *caller) {
				c.exchange.fails = fails
				out := c.wants("once", owner)
				again := c.wants("once", owner)
				if again.ID != out.ID {
					c.t.Errorf("one key gives two calls: %s, %s", out.ID, again.ID)
				}
				got := c.place(out)
				c.place(again)
				if len(c.exchange.placed) != 1 {
					c.t.Fatalf("%d calls are placed", len(c.exchange.placed))
				}
				if got.State != telephony.CallPlaced || got.CarrierID != "CA1" || got.PlacedAt.IsZero() || !got.ClaimedAt.IsZero() {
					c.t.Errorf("left as %+v", got)
				}
			})
		})
	}
}

// Two things to tell one person: a look-up after a lost request must not take the other call for this one.
func TestCallsToOnePersonAreToldApart(t *testing.T) {
	eachCaller(t, func(c *caller) {
		c.place(c.wants("first", owner))
		c.exchange.fails = []func(*exchange, telephony.Outgoing) (string, error){requestLost}
		got := c.place(c.wants("second", owner))
		if len(c.exchange.placed) != 2 || got.CarrierID != "CA2" {
			c.t.Errorf("%d calls are placed, the second is %+v", len(c.exchange.placed), got)
		}
	})
}

func TestACallThatCannotBePlacedEnds(t *testing.T) {
	eachCaller(t, func(c *caller) {
		c.exchange.fails = []func(*exchange, telephony.Outgoing) (string, error){refused}
		got := c.place(c.wants("refused", owner))
		if got.State != telephony.CallFailed || got.Why != "The number is not a valid phone number." || got.ErrorCode != "21211" {
			c.t.Errorf("refused: %+v", got)
		}
		late := c.wants("late", owner)
		c.clock.Advance(6 * time.Minute)
		if got = c.place(late); got.State != telephony.CallTooLate {
			c.t.Errorf("late: %+v", got)
		}
		gone := c.wants("gone", owner)
		b := c.shop.Clone()
		b.ID, b.Lines[0].Number = c.shop.ID, "+13125550109"
		if err := c.db.SaveBusiness(c.t.Context(), b); err != nil {
			c.t.Fatal(err)
		}
		if got = c.place(gone); got.State != telephony.CallFailed || got.Why == "" {
			c.t.Errorf("the line is gone: %+v", got)
		}
		c.want([]string{fmt.Sprint(c.script.ended)}, fmt.Sprint([]telephony.State{telephony.CallFailed, telephony.CallTooLate, telephony.CallFailed}))
		if len(c.exchange.placed) != 0 {
			c.t.Errorf("placed %v", c.exchange.placed)
		}
	})
}

// A worker was killed after it had claimed the call: whoever comes next waits for the claim to run out, and looks first.
func TestAKilledWorkersCall(t *testing.T) {
	eachCaller(t, func(c *caller) {
		out := c.wants("killed", owner)
		c.tx(func(ctx context.Context, tx followup.Tx) error {
			mine, err := tx.Outgoing(ctx, out.BusinessID, out.ID)
			if err != nil {
				return err
			}
			mine.State, mine.ClaimedAt, mine.Attempts = telephony.CallPlacing, c.clock.Now(), 1
			return tx.UpdateOutgoing(ctx, mine)
		})
		c.exchange.accept(out)
		if got := c.place(out); got.CarrierID != "CA1" || len(c.exchange.placed) != 1 {
			c.t.Errorf("%d calls are placed, it is left as %+v", len(c.exchange.placed), got)
		}
	})
}

// The carrier's report of the end got lost.
func TestAnEndThatNobodyReportedIsFound(t *testing.T) {
	eachCaller(t, func(c *caller) {
		out := c.place(c.wants("quiet", owner))
		look := func() time.Duration {
			return work(c, followup.WorkerLookAtCall(c.deps), followup.LookAtCall{BusinessID: out.BusinessID, CallID: out.ID})
		}
		c.exchange.states["CA1"] = telephony.CallAnswered
		if look() == 0 {
			c.t.Error("a call that goes on is not looked at again")
		}
		c.exchange.states["CA1"] = telephony.CallNoAnswer
		if wait := look(); wait != 0 || c.now(out).State != telephony.CallNoAnswer {
			c.t.Errorf("waits %s, left as %+v", wait, c.now(out))
		}
		look()
		c.want([]string{fmt.Sprint(c.script.ended)}, "[no_answer]")
	})
}

func TestACallIsHungUp(t *testing.T) {
	eachCaller(t, func(c *caller) {
		hangUp := func(out telephony.Outgoing) {
			work(c, followup.WorkerHangUpCall(c.deps), followup.HangUpCall{BusinessID: out.BusinessID, CallID: out.ID})
		}
		waiting := c.wants("waiting", owner)
		hangUp(waiting)
		if got := c.place(waiting); got.State != telephony.CallCancelled || len(c.exchange.placed) != 0 {
			c.t.Errorf("before it is placed: %+v", got)
		}
		ringing := c.place(c.wants("ringing", owner))
		hangUp(ringing)
		c.want(c.exchange.hung, "CA1")
	})
}

// A carrier that is away for longer than jobs are tried again is asked until it answers.
func TestACarrierThatIsAwayIsAskedAgain(t *testing.T) {
	eachCaller(t, func(c *caller) {
		out := c.place(c.wants("quiet", owner))
		c.exchange.away = true
		if work(c, followup.WorkerLookAtCall(c.deps), followup.LookAtCall{BusinessID: out.BusinessID, CallID: out.ID}) == 0 {
			c.t.Error("how the call stands is not asked again")
		}
		if work(c, followup.WorkerHangUpCall(c.deps), followup.HangUpCall{BusinessID: out.BusinessID, CallID: out.ID}) == 0 {
			c.t.Error("the call is not hung up later")
		}
		c.exchange.away = false
		work(c, followup.WorkerHangUpCall(c.deps), followup.HangUpCall{BusinessID: out.BusinessID, CallID: out.ID})
		c.want(c.exchange.hung, "CA1")
	})
}

// Who is paged about an emergency by text is called, too, so the page leaves by a line whose carrier can.
func TestPagesLeaveByALineThatCanCall(t *testing.T) {
	eachCaller(t, func(c *caller) {
		const calls = "+13125550109"
		c.shop.Lines = append(c.shop.Lines, business.Line{Number: calls, Carrier: business.CarrierTelnyx})
		if err := c.db.SaveBusiness(c.t.Context(), c.shop); err != nil {
			c.t.Fatal(err)
		}
		c.deps.Placers = func(l business.Line) (telephony.Placer, error) {
			if l.Number != calls {
				return nil, errBroken
			}
			return c.exchange, nil
		}
		conv, _ := c.conversation(receptionist.ByText, "", c.clock.Now())
		work(c, followup.WorkerAlertOnCall(c.deps), followup.AlertOnCall{BusinessID: c.shop.ID, ConversationID: conv.ID, What: "emergency", Text: "a leak"})
		pages, err := c.db.ListPages(c.t.Context(), c.shop.ID, time.Time{}, "", 0)
		if err != nil || len(pages) != 1 || pages[0].Line != calls {
			c.t.Errorf("%+v, %v", pages, err)
		}
	})
}
