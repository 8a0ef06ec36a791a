package callbacks

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
)

// Desk does what people do about callbacks: on the page, over the API, by text, by a key on the phone.
type Desk struct {
	Clock clock.Clock
}

// maxNote is how many characters a note may have.
const maxNote = 500

// Noted is what somebody says of a callback. One of Outcome, Result and Later is set, or none for a note alone.
type Noted struct {
	By      string    // who says it, empty when it isn't known
	Outcome Outcome   // it is closed so
	Result  Result    // they rang by hand, and this came of it: Unanswered, Machine, Busy or Failed
	Later   time.Time // they are to be called then
	Words   string    // to be kept with it
}

// Acknowledge notes that somebody has a callback.
func (d *Desk) Acknowledge(ctx context.Context, tx Tx, b *business.Business, id string, by Person) (*Callback, error) {
	c, err := locked(ctx, tx, b.ID, id)
	if err != nil {
		return nil, err
	}
	if err := c.acknowledge(b, by, d.Clock.Now()); err != nil {
		return c, err
	}
	return c, save(ctx, tx, c)
}

// Note takes down what came of a callback. A closed one can be given another outcome, and be opened again for a later
// call, as long as its caller is owed no other.
func (d *Desk) Note(ctx context.Context, tx Tx, b *business.Business, id string, n Noted) (*Callback, error) {
	c, err := locked(ctx, tx, b.ID, id)
	if err != nil {
		return nil, err
	}
	now := d.Clock.Now()
	if n.Words != "" {
		c.Note = clip(strings.TrimSpace(n.Words), maxNote)
	}
	switch {
	case n.Outcome != "":
		return c, d.close(ctx, tx, c, n, now)
	case n.Result != "":
		return c, d.byHand(ctx, tx, b, c, n, now)
	case !n.Later.IsZero():
		if err := reopen(ctx, tx, c); err != nil {
			return c, err
		}
		if err := c.plan(b, n.Later, now); err != nil {
			return c, err
		}
	}
	return c, save(ctx, tx, c)
}

func (d *Desk) close(ctx context.Context, tx Tx, c *Callback, n Noted, now time.Time) error {
	if n.Outcome.Status() == "" {
		return fmt.Errorf("callbacks: %q is no outcome", n.Outcome)
	}
	if err := noteWish(ctx, tx, c, n, now); err != nil {
		return err
	}
	if !c.Owed() {
		c.Outcome, c.Status, c.ClosedBy = n.Outcome, n.Outcome.Status(), n.By
		return closing(ctx, tx, c, n.Outcome, n.By, c.ClosedAt)
	}
	// Whoever says that they talked, or that a job came of it, and was not bridged, rang by hand.
	if (n.Outcome == Booked || n.Outcome == Talked) && c.Status != Calling {
		tried, err := justTried(ctx, tx, c, now)
		if err != nil {
			return err
		}
		if !tried {
			if err := handMade(ctx, tx, c, n.By, Reached, now); err != nil {
				return err
			}
		}
	}
	return closing(ctx, tx, c, n.Outcome, n.By, now)
}

// noteWish enters into the ledger that somebody wants no calls, or takes back that it was said by mistake.
func noteWish(ctx context.Context, tx Tx, c *Callback, n Noted, now time.Time) error {
	act := consent.Withdrawn
	switch {
	case n.Outcome == DoNotCall:
	case c.Outcome == DoNotCall:
		act = consent.Restored
	default:
		return nil
	}
	_, err := tx.AddConsent(ctx, &consent.Entry{
		BusinessID: c.BusinessID, Address: c.Phone, Channel: consent.Call, Act: act, How: consent.ToldOwner, Source: c.ID,
		Key: "callback:" + c.ID + ":" + string(act) + ":" + strconv.FormatInt(now.UnixMilli(), 10), At: now,
	})
	if err != nil {
		return fmt.Errorf("callbacks: note whether %s may be called: %w", c.Phone, err)
	}
	return nil
}

// byHand takes down an attempt that somebody made with their own phone.
func (d *Desk) byHand(ctx context.Context, tx Tx, b *business.Business, c *Callback, n Noted, now time.Time) error {
	switch {
	case !c.Owed():
		return ErrClosed
	case c.Status == Calling:
		return ErrCalling
	}
	if err := handMade(ctx, tx, c, n.By, n.Result, now); err != nil {
		return err
	}
	c.back(b, true, now)
	return save(ctx, tx, c)
}

// handMade stores an attempt made by hand. How long it took isn't known.
func handMade(ctx context.Context, tx Tx, c *Callback, by string, r Result, now time.Time) error {
	a := Attempt{
		BusinessID: c.BusinessID, CallbackID: c.ID, Number: c.Attempts + 1, Phone: c.Phone, Name: c.Name, Line: c.Line,
		Person: Person{Name: by}, Window: WindowOf(now.Sub(c.MissedAt)), Means: ByHand, StartedAt: now, EndedAt: now, Result: r,
	}
	if r == Reached {
		a.ConnectedAt = now
	}
	if err := tx.InsertAttempt(ctx, &a); err != nil {
		return fmt.Errorf("callbacks: note a call to %s: %w", c.Phone, err)
	}
	return nil
}

// justTried says whether the caller was rung so lately that what is said of it now is about that attempt.
func justTried(ctx context.Context, tx Tx, c *Callback, now time.Time) (bool, error) {
	tried, err := tx.AttemptsOf(ctx, c.BusinessID, c.ID)
	if err != nil || len(tried) == 0 {
		return false, err
	}
	last := tried[len(tried)-1]
	return last.Result.Rang() && now.Sub(last.StartedAt) < time.Hour, nil
}

// reopen makes a closed callback owed again.
func reopen(ctx context.Context, tx Tx, c *Callback) error {
	if c.Owed() {
		return nil
	}
	other, err := tx.CallbackOwed(ctx, c.BusinessID, c.Phone)
	if err != nil {
		return err
	}
	if other != nil {
		return ErrClosed // they are owed a newer one
	}
	s, err := tx.Standing(ctx, c.BusinessID, c.Phone, consent.Call)
	if err != nil {
		return fmt.Errorf("callbacks: whether %s may be called: %w", c.Phone, err)
	}
	if !s.MayCall() {
		return ErrDoNotCall
	}
	c.Status, c.Outcome, c.ClosedAt, c.ClosedBy = Acknowledged, "", time.Time{}, ""
	return nil
}

func save(ctx context.Context, tx Tx, c *Callback) error {
	if err := tx.UpdateCallback(ctx, c); err != nil {
		return fmt.Errorf("callbacks: store %s: %w", c.ID, err)
	}
	return watch(ctx, tx, c)
}

func clip(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n])
	}
	return s
}
