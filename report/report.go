// Package report adds up what the receptionist did for a business: how many calls were answered and how soon, what came of
// them, how soon those who were missed had a text, and what was earned by it.
package report

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/billing"
	"fixly/business"
	"fixly/ledger"
	"fixly/scheduling"
	"fixly/telephony"
)

// Reader is what reports are made from. Everything is read within one business, between two instants, the second excluded.
type Reader interface {
	billing.Reader

	ListCalls(ctx context.Context, businessID string, f telephony.CallFilter) ([]telephony.Call, error)
	// ThreadOutcomes counts the conversations by text that began, by what came of them.
	ThreadOutcomes(ctx context.Context, businessID string, from, to time.Time) (map[ledger.Outcome]int, error)
	// TextBacks lists the text-backs that were written, oldest first.
	TextBacks(ctx context.Context, businessID string, from, to time.Time) ([]TextBack, error)
	// BookingsMade lists what was booked, oldest first, with how the jobs stand now.
	BookingsMade(ctx context.Context, businessID string, from, to time.Time) ([]Made, error)
}

// TextBack is a text to a caller nobody could serve.
type TextBack struct {
	CallEnded time.Time
	Sent      time.Time // when the carrier took it; zero: it was not sent, or not yet
	Forbidden bool      // it was written down and not to be sent, for the reason kept with it
}

// Made is a booking, and how its job stands.
type Made struct {
	ledger.Booking
	Status scheduling.Status
}

// Report is all of it.
type Report struct {
	From, To time.Time

	Calls    int // that came in and have ended, without spam
	Answered int // of these, by the receptionist or a person
	Spam     int
	Outcomes map[ledger.Outcome]int // of the calls, with spam
	ToAnswer Times                  // from the ring to the answer

	ByCall, ByText Channel
	ByWeb          int // visits booked on the page, of whose visitors nobody knows how many there were

	TextBack TextBacks
	Revenue  Revenue
	Ledger   *ledger.Statement
}

// Channel is what came in by one way, and how much of it was booked.
type Channel struct{ Contacts, Booked int }

// Rate is which part was booked; false where nothing came in.
func (c Channel) Rate() (float64, bool) { return rate(c.Booked, c.Contacts) }

// AnswerRate is which part of the calls was answered; false where there were none.
func (r *Report) AnswerRate() (float64, bool) { return rate(r.Answered, r.Calls) }

func rate(part, whole int) (float64, bool) {
	if whole == 0 {
		return 0, false
	}
	return float64(part) / float64(whole), true
}

// TextBacks is how soon callers who were missed had a text, from the end of their calls on.
type TextBacks struct {
	Owed    int // without those that rules forbade
	Sent    int
	InTime  int // within InTime of the end of the call
	Waiting Times
}

// InTime is how soon a text-back is promised.
const InTime = 30 * time.Second

// Revenue is what the visits that were booked and stand bring at least, by the least sum in the price of each service.
type Revenue struct {
	Jobs     int
	NoPrice  int // of these, without a sum in the price of the service, so not in Cents
	Cents    ledger.Cents
	Currency string
}

// Make reads and adds up.
func Make(ctx context.Context, r Reader, b *business.Business, from, to time.Time) (*Report, error) {
	out := &Report{From: from, To: to, Outcomes: map[ledger.Outcome]int{}}
	for _, part := range []func(context.Context, Reader, *business.Business) error{out.calls, out.texts, out.bookings} {
		if err := part(ctx, r, b); err != nil {
			return nil, fmt.Errorf("report from %s: %w", from.Format(time.DateOnly), err)
		}
	}
	return out, nil
}

func (r *Report) calls(ctx context.Context, from Reader, b *business.Business) error {
	calls, err := from.ListCalls(ctx, b.ID, telephony.CallFilter{From: r.From, To: r.To})
	if err != nil {
		return err
	}
	var waited []time.Duration
	for i := range calls {
		c := &calls[i]
		if c.Direction != "inbound" || c.EndedAt.IsZero() {
			continue
		}
		r.Outcomes[c.Outcome]++
		if c.Outcome == ledger.Spam {
			r.Spam++
			continue
		}
		r.Calls++
		r.ByCall.Contacts++
		if c.Outcome == ledger.Booked {
			r.ByCall.Booked++
		}
		if c.HandledBy == ledger.ByReceptionist || c.HandledBy == ledger.ByPerson {
			r.Answered++
			if !c.AnsweredAt.IsZero() {
				waited = append(waited, max(0, c.AnsweredAt.Sub(c.StartedAt)))
			}
		}
	}
	r.ToAnswer = timesOf(waited)
	return nil
}

func (r *Report) texts(ctx context.Context, from Reader, b *business.Business) error {
	threads, err := from.ThreadOutcomes(ctx, b.ID, r.From, r.To)
	if err != nil {
		return err
	}
	for outcome, n := range threads {
		if outcome != ledger.Spam {
			r.ByText.Contacts += n
		}
	}
	r.ByText.Booked = threads[ledger.Booked]
	texts, err := from.TextBacks(ctx, b.ID, r.From, r.To)
	if err != nil {
		return err
	}
	var took []time.Duration
	for _, t := range texts {
		if t.Forbidden {
			continue
		}
		r.TextBack.Owed++
		if t.Sent.IsZero() || t.CallEnded.IsZero() {
			continue
		}
		r.TextBack.Sent++
		d := max(0, t.Sent.Sub(t.CallEnded))
		if d <= InTime {
			r.TextBack.InTime++
		}
		took = append(took, d)
	}
	r.TextBack.Waiting = timesOf(took)
	return nil
}

// noRevenue are the reasons for which a booking is no work.
var noRevenue = []ledger.Reason{ledger.ByOwner, ledger.TestCall, ledger.OwnNumber, ledger.IsSpam, ledger.Duplicate}

func (r *Report) bookings(ctx context.Context, from Reader, b *business.Business) error {
	made, err := from.BookingsMade(ctx, b.ID, r.From, r.To)
	if err != nil {
		return err
	}
	r.Revenue.Currency = b.Billing.Currency
	for i := range made {
		m := &made[i]
		if m.Source == string(scheduling.FromWeb) {
			r.ByWeb++
		}
		if m.Status != scheduling.StatusBooked && m.Status != scheduling.StatusCompleted || slices.Contains(noRevenue, m.Reason) {
			continue
		}
		r.Revenue.Jobs++
		cents, priced := int64(0), false
		if s := b.Service(m.Service); s != nil {
			cents, priced = s.LeastCents()
		}
		if !priced {
			r.Revenue.NoPrice++
		}
		r.Revenue.Cents += ledger.Cents(cents)
	}
	r.Ledger, err = billing.Between(ctx, from, b.ID, r.From, r.To)
	return err
}
