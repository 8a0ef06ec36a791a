package store

import (
	"context"
	"encoding/json"
	"time"

	"fixly/billing"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store/internal/rows"
)

// LockLedger makes those who charge and credit a business wait for each other. Nothing is locked after it.
func (tx *Tx) LockLedger(ctx context.Context, businessID string) error {
	return wrap("lock the ledger", tx.db.engine.lock(ctx, tx.t, "ledger/"+businessID))
}

// InsertBooking stores a booking in the ledger, once for each job.
func (tx *Tx) InsertBooking(ctx context.Context, b *ledger.Booking) (created bool, err error) {
	evidence, err := evidenceJSON(b)
	if err != nil {
		return false, err
	}
	n, err := tx.q.InsertBooking(ctx, rows.InsertBookingParams{
		JobID: b.JobID, BusinessID: b.BusinessID, State: string(b.State), Reason: string(b.Reason), Source: b.Source, CallID: b.CallID,
		Demo: b.Demo, CustomerID: b.CustomerID, Service: b.Service, Place: b.Place, MadeAt: rows.At(b.MadeAt), BookedAt: rows.At(b.BookedAt),
		SettledAt: rows.At(b.SettledAt), Price: int32(b.Price), Charge: int32(b.Charge), Currency: b.Currency, Evidence: evidence,
	})
	if err != nil || n == 0 {
		return false, wrap("enter a booking", err)
	}
	tx.changed(b.BusinessID, LedgerChanged, b.JobID)
	return true, nil
}

// AcceptBooking notes when a pending booking that waited for the owner's yes was booked for good; false when there is none
// that waits.
func (tx *Tx) AcceptBooking(ctx context.Context, businessID, jobID string, at time.Time) (bool, error) {
	n, err := tx.q.AcceptBooking(ctx, rows.At(at), jobID, businessID)
	if err != nil || n == 0 {
		return false, wrap("accept a booking", err)
	}
	tx.changed(businessID, LedgerChanged, jobID)
	return true, nil
}

// SettleBooking stores what was decided about a pending booking; one that was decided before stays as it is.
func (tx *Tx) SettleBooking(ctx context.Context, b *ledger.Booking) error {
	evidence, err := evidenceJSON(b)
	if err != nil {
		return err
	}
	n, err := tx.q.SettleBooking(ctx, rows.SettleBookingParams{
		JobID: b.JobID, BusinessID: b.BusinessID, State: string(b.State), Reason: string(b.Reason), SettledAt: rows.At(b.SettledAt),
		Price: int32(b.Price), Charge: int32(b.Charge), Currency: b.Currency, Evidence: evidence,
	})
	if err != nil || n == 0 {
		return wrap("settle a booking", err)
	}
	tx.changed(b.BusinessID, LedgerChanged, b.JobID)
	return nil
}

// Booking reads a booking of the ledger; billing.ErrNoBooking when the business has none for this job.
func (v *View) Booking(ctx context.Context, businessID, jobID string) (*ledger.Booking, error) {
	r, err := v.q.Booking(ctx, businessID, jobID)
	if isNoRows(err) {
		return nil, notFound("booking", jobID, billing.ErrNoBooking)
	}
	if err != nil {
		return nil, wrap("booking", err)
	}
	b, err := booking(r)
	return &b, err
}

// BookingsSettled lists the bookings that were decided between two instants, oldest first.
func (v *View) BookingsSettled(ctx context.Context, businessID string, from, to time.Time) ([]ledger.Booking, error) {
	found, err := v.q.BookingsSettled(ctx, businessID, fromBound(from), toBound(to))
	return bookings("bookings settled", found, err)
}

// BookingsPending lists the bookings that are not decided yet, oldest first.
func (v *View) BookingsPending(ctx context.Context, businessID string) ([]ledger.Booking, error) {
	found, err := v.q.BookingsPending(ctx, businessID)
	return bookings("bookings pending", found, err)
}

// BookedAlike says whether the same customer had the same service booked for the same place since an instant and before b,
// in a booking that counts, or is pending while its job stands.
func (v *View) BookedAlike(ctx context.Context, b *ledger.Booking, since time.Time) (bool, error) {
	n, err := v.q.BookedAlike(ctx, rows.BookedAlikeParams{
		CustomerID: b.CustomerID, BusinessID: b.BusinessID, JobID: b.JobID, Service: b.Service, Place: b.Place, Since: rows.Ceil(since), MadeAt: rows.At(b.MadeAt),
	})
	return n > 0, wrap("bookings alike", err)
}

// SoFar adds up what was counted between two instants, with what was ever credited of it.
func (v *View) SoFar(ctx context.Context, businessID string, from, to time.Time) (ledger.Sofar, error) {
	counted, err := v.q.CountedIn(ctx, businessID, fromBound(from), toBound(to))
	if err != nil {
		return ledger.Sofar{}, wrap("what was counted", err)
	}
	credited, err := v.q.CreditedOf(ctx, businessID, fromBound(from), toBound(to))
	if err != nil {
		return ledger.Sofar{}, wrap("what was credited", err)
	}
	return ledger.Sofar{
		Counted: int(counted.Bookings), Credited: int(credited.Bookings), Charged: ledger.Cents(counted.Amount), Given: ledger.Cents(credited.Amount),
	}, nil
}

// InsertCredit stores what is given back for a booking, once for each job.
func (tx *Tx) InsertCredit(ctx context.Context, c *ledger.Credit) error {
	if err := tx.q.InsertCredit(ctx, rows.InsertCreditParams{
		JobID: c.JobID, BusinessID: c.BusinessID, GivenAt: rows.At(c.At), Reason: string(c.Reason), Note: c.Note, Amount: int32(c.Amount), Currency: c.Currency,
	}); err != nil {
		return wrap("insert credit", err)
	}
	tx.changed(c.BusinessID, LedgerChanged, c.JobID)
	return nil
}

// CreditOf reads what was credited for a job; nil when nothing was.
func (v *View) CreditOf(ctx context.Context, businessID, jobID string) (*ledger.Credit, error) {
	r, err := v.q.Credit(ctx, businessID, jobID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("credit", err)
	}
	c := credit(r)
	return &c, nil
}

// CreditsGiven lists what was credited between two instants, oldest first.
func (v *View) CreditsGiven(ctx context.Context, businessID string, from, to time.Time) ([]ledger.Credit, error) {
	found, err := v.q.CreditsGiven(ctx, businessID, fromBound(from), toBound(to))
	if err != nil {
		return nil, wrap("credits", err)
	}
	out := make([]ledger.Credit, len(found))
	for i, r := range found {
		out[i] = credit(r)
	}
	return out, nil
}

// InsertUsageEvent stores what the meter is to be told, once by its ID, and enqueues billing.SendUsage with it.
func (tx *Tx) InsertUsageEvent(ctx context.Context, e *billing.UsageEvent) error {
	e.State, e.CreatedAt = billing.UsageQueued, tx.clock.Now()
	n, err := tx.q.InsertUsageEvent(ctx, rows.InsertUsageEventParams{
		ID: e.ID, BusinessID: e.BusinessID, JobID: e.JobID, Customer: e.Customer, Value: int32(e.Value), At: rows.At(e.At),
		State: string(e.State), DoubtSince: rows.At(e.DoubtSince), SentAt: rows.At(e.SentAt), Problem: e.Problem, CreatedAt: rows.At(e.CreatedAt),
	})
	if err != nil || n == 0 {
		return wrap("insert usage event", err)
	}
	return tx.Enqueue(ctx, billing.SendUsage{BusinessID: e.BusinessID, EventID: e.ID}, nil)
}

// UsageEvent reads what the meter is told; nil when there is no such event.
func (v *View) UsageEvent(ctx context.Context, businessID, id string) (*billing.UsageEvent, error) {
	r, err := v.q.UsageEvent(ctx, businessID, id)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("usage event", err)
	}
	return &billing.UsageEvent{
		ID: r.ID, BusinessID: r.BusinessID, JobID: r.JobID, Customer: r.Customer, Value: int(r.Value), At: r.At.Time(),
		State: billing.UsageState(r.State), DoubtSince: r.DoubtSince.Time(), SentAt: r.SentAt.Time(), Problem: r.Problem, CreatedAt: r.CreatedAt.Time(),
	}, nil
}

// UpdateUsageEvent stores what became of an event: its state, doubt, problem and when it was sent.
func (tx *Tx) UpdateUsageEvent(ctx context.Context, e *billing.UsageEvent) error {
	return wrap("update usage event", tx.q.UpdateUsageEvent(ctx, rows.UpdateUsageEventParams{
		ID: e.ID, BusinessID: e.BusinessID, State: string(e.State), DoubtSince: rows.At(e.DoubtSince), SentAt: rows.At(e.SentAt), Problem: e.Problem,
	}))
}

// ConversationOfJob is the latest conversation by text that came to a job; nil when there is none.
func (v *View) ConversationOfJob(ctx context.Context, businessID, jobID string) (*receptionist.Conversation, error) {
	row, err := v.q.ConversationOfJob(ctx, businessID, jobID)
	return oneConversation("conversation of a job", row, err)
}

// MessageByKey finds a text by its key; nil when the business has none.
func (v *View) MessageByKey(ctx context.Context, businessID, key string) (*messaging.Message, error) {
	row, err := v.q.MessageByKey(ctx, businessID, key)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("message by key", err)
	}
	m, err := message(row)
	return &m, err
}

func bookings(doing string, found []rows.Booking, err error) ([]ledger.Booking, error) {
	if err != nil {
		return nil, wrap(doing, err)
	}
	out := make([]ledger.Booking, len(found))
	for i, r := range found {
		if out[i], err = booking(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func booking(r rows.Booking) (ledger.Booking, error) {
	b := ledger.Booking{
		JobID: r.JobID, BusinessID: r.BusinessID, State: ledger.State(r.State), Reason: ledger.Reason(r.Reason), Source: r.Source, CallID: r.CallID,
		Demo: r.Demo, CustomerID: r.CustomerID, Service: r.Service, Place: r.Place, MadeAt: r.MadeAt.Time(), BookedAt: r.BookedAt.Time(),
		SettledAt: r.SettledAt.Time(), Price: ledger.Cents(r.Price), Charge: ledger.Cents(r.Charge), Currency: r.Currency,
	}
	if r.Evidence == "" {
		return b, nil
	}
	return b, wrap("read evidence", json.Unmarshal([]byte(r.Evidence), &b.Evidence))
}

// evidenceJSON writes the evidence of a booking, nothing for one that is pending.
func evidenceJSON(b *ledger.Booking) (string, error) {
	if b.State == ledger.Pending {
		return "", nil
	}
	text, err := json.Marshal(b.Evidence)
	return string(text), wrap("write evidence", err)
}

func credit(r rows.Credit) ledger.Credit {
	return ledger.Credit{
		JobID: r.JobID, BusinessID: r.BusinessID, At: r.GivenAt.Time(), Reason: ledger.CreditReason(r.Reason), Note: r.Note,
		Amount: ledger.Cents(r.Amount), Currency: r.Currency,
	}
}
