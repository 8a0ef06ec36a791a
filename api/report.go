package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fixly/billing"
	"fixly/business"
	"fixly/ledger"
	"fixly/report"
)

// How long a report reaches back where nothing else is asked, and how long a stretch it may be about.
const (
	usualReport   = 30 * 24 * time.Hour
	longestReport = 366 * 24 * time.Hour
)

// reportBody is what the receptionist did for the business between two instants. Rates are null where there was nothing.
type reportBody struct {
	From         string              `json:"from"`
	To           string              `json:"to"`
	Calls        int                 `json:"calls"` // without spam
	Answered     int                 `json:"answered"`
	Spam         int                 `json:"spam"`
	AnswerRate   *float64            `json:"answer_rate"`
	TimeToAnswer timesBody           `json:"time_to_answer"`
	Outcomes     map[string]int      `json:"outcomes"`
	BookingRate  map[string]rateBody `json:"booking_rate"` // by channel
	TextBack     textBackBody        `json:"text_back"`
	Revenue      revenueBody         `json:"revenue_captured"`
	Ledger       ledgerBody          `json:"ledger"`
}

type timesBody struct {
	Count int    `json:"count"`
	P50   *int64 `json:"p50_ms"`
	P90   *int64 `json:"p90_ms"`
	P99   *int64 `json:"p99_ms"`
	Max   *int64 `json:"max_ms"`
}

type rateBody struct {
	Contacts *int     `json:"contacts"` // null: nobody counts them
	Booked   int      `json:"booked"`
	Rate     *float64 `json:"rate"`
}

type textBackBody struct {
	Owed      int `json:"owed"`
	Sent      int `json:"sent"`
	Within30s int `json:"within_30s"`
	timesBody
}

type revenueBody struct {
	Jobs         int    `json:"jobs"`
	WithoutPrice int    `json:"without_price"`
	AmountCents  int64  `json:"amount_cents"`
	Currency     string `json:"currency"`
}

type ledgerBody struct {
	Sums     []sumsBody    `json:"sums"` // one for each currency
	Bookings []bookingBody `json:"bookings"`
	Credits  []creditBody  `json:"credits"`
}

type sumsBody struct {
	Currency      string `json:"currency"`
	Counted       int    `json:"counted"`
	Free          int    `json:"free"`
	NotCounted    int    `json:"not_counted"`
	Pending       int    `json:"pending"`
	Credits       int    `json:"credits"`
	ChargedCents  int64  `json:"charged_cents"`
	CreditedCents int64  `json:"credited_cents"`
	TotalCents    int64  `json:"total_cents"`
}

type bookingBody struct {
	JobID       string       `json:"job_id"`
	State       string       `json:"state"`
	Reason      *string      `json:"reason"` // null while pending
	Why         *string      `json:"why"`    // the reason as a sentence
	Source      string       `json:"source"`
	Service     string       `json:"service"`
	MadeAt      string       `json:"made_at"`
	SettledAt   *string      `json:"settled_at"`
	Free        bool         `json:"free"`
	ChargeCents int64        `json:"charge_cents"`
	Currency    string       `json:"currency"`
	Evidence    evidenceBody `json:"evidence"`
}

type evidenceBody struct {
	CallID         *string  `json:"call_id"`
	Ring           *string  `json:"ring"`
	ConversationID *string  `json:"conversation_id"`
	Words          *int     `json:"words"`  // the number of the customer's turn
	Answer         *int     `json:"answer"` // and of the receptionist's that booked
	Decision       *string  `json:"decision"`
	Events         []string `json:"calendar_events"` // none: the shop's own calendar alone
	Confirmation   *string  `json:"confirmation_id"`
}

type creditBody struct {
	JobID       string `json:"job_id"`
	At          string `json:"at"`
	Reason      string `json:"reason"`
	Note        string `json:"note"`
	AmountCents int64  `json:"amount_cents"`
	Currency    string `json:"currency"`
}

func (s *server) report(ctx context.Context, r *request) (reply, error) {
	from, to, err := parseRange(r.URL.Query(), r.b.Location())
	if err != nil {
		return reply{}, err
	}
	if to.IsZero() {
		to = s.Clock.Now()
	}
	if from.IsZero() {
		from = to.Add(-usualReport)
	}
	if to.Before(from) {
		return reply{}, invalid(FieldError{"to", "lies before from"})
	}
	if to.Sub(from) > longestReport {
		return reply{}, invalid(FieldError{"from", "lies more than a year before to"})
	}
	rep, err := report.Make(ctx, s.Reader, r.b, from, to)
	if err != nil {
		return reply{}, err
	}
	return ok(showReport(r.b, rep)), nil
}

func showReport(b *business.Business, r *report.Report) reportBody {
	out := reportBody{
		From: when(r.From, b.Location()), To: when(r.To, b.Location()), Calls: r.Calls, Answered: r.Answered, Spam: r.Spam,
		TimeToAnswer: showTimes(r.ToAnswer), Outcomes: map[string]int{},
		BookingRate: map[string]rateBody{"call": showChannel(r.ByCall), "text": showChannel(r.ByText), "web": {Booked: r.ByWeb}},
		TextBack:    textBackBody{r.TextBack.Owed, r.TextBack.Sent, r.TextBack.InTime, showTimes(r.TextBack.Waiting)},
		Revenue:     revenueBody{r.Revenue.Jobs, r.Revenue.NoPrice, int64(r.Revenue.Cents), r.Revenue.Currency},
		Ledger:      showLedger(b, r.Ledger),
	}
	if rate, any := r.AnswerRate(); any {
		out.AnswerRate = &rate
	}
	for o, n := range r.Outcomes {
		out.Outcomes[string(o)] = n
	}
	return out
}

func showTimes(t report.Times) timesBody {
	out := timesBody{Count: t.Count}
	if t.Count == 0 {
		return out
	}
	ms := func(d time.Duration) *int64 { n := d.Milliseconds(); return &n }
	out.P50, out.P90, out.P99, out.Max = ms(t.P50), ms(t.P90), ms(t.P99), ms(t.Max)
	return out
}

func showChannel(c report.Channel) rateBody {
	out := rateBody{Contacts: &c.Contacts, Booked: c.Booked}
	if rate, any := c.Rate(); any {
		out.Rate = &rate
	}
	return out
}

// showLedger shows a stretch of the ledger: what was settled in it, then what is pending.
func showLedger(b *business.Business, s *ledger.Statement) ledgerBody {
	out := ledgerBody{Sums: []sumsBody{}, Bookings: []bookingBody{}, Credits: []creditBody{}}
	for _, x := range s.Sums() {
		out.Sums = append(out.Sums, sumsBody{
			x.Currency, x.Counted, x.Free, x.NotCounted, x.Pending, x.Credits, int64(x.Charged), int64(x.Credited), int64(x.Total),
		})
	}
	for _, list := range [][]ledger.Booking{s.Bookings, s.Open} {
		for i := range list {
			out.Bookings = append(out.Bookings, showBooking(b, &list[i]))
		}
	}
	for i := range s.Credits {
		out.Credits = append(out.Credits, showCredit(b, &s.Credits[i]))
	}
	return out
}

func showBooking(b *business.Business, x *ledger.Booking) bookingBody {
	loc, e := b.Location(), &x.Evidence
	out := bookingBody{
		JobID: x.JobID, State: string(x.State), Reason: orNull(string(x.Reason)), Why: orNull(x.Reason.Explain()), Source: x.Source, Service: x.Service,
		MadeAt: when(x.MadeAt, loc), SettledAt: whenOrNull(x.SettledAt, loc), Free: x.Free(), ChargeCents: int64(x.Charge), Currency: x.Currency,
		Evidence: evidenceBody{
			CallID: orNull(x.CallID), Ring: whenOrNull(e.Ring, loc), ConversationID: orNull(e.ConversationID), Decision: orNull(e.Decision),
			Events: append([]string{}, e.Events...), Confirmation: orNull(e.Confirmation),
		},
	}
	if e.Words != 0 {
		out.Evidence.Words = &e.Words
	}
	if e.Answer != 0 {
		out.Evidence.Answer = &e.Answer
	}
	return out
}

func showCredit(b *business.Business, c *ledger.Credit) creditBody {
	return creditBody{c.JobID, when(c.At, b.Location()), string(c.Reason), c.Note, int64(c.Amount), c.Currency}
}

// creditInput says why a booking is credited.
type creditInput struct {
	Reason ledger.CreditReason `json:"reason"`
	Note   string              `json:"note"`
}

// creditBooking credits a counted booking, by the id of its job.
func (s *server) creditBooking(ctx context.Context, r *request) (reply, error) {
	var in creditInput
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	if in.Reason == "" {
		return reply{}, invalid(FieldError{"reason", "is needed"})
	}
	known := false
	for _, why := range ledger.CreditReasons() {
		known = known || why == in.Reason
	}
	if !known {
		return reply{}, invalid(FieldError{"reason", "is none of " + oneOf(ledger.CreditReasons())})
	}
	var c *ledger.Credit
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		c, err = billing.Credit(ctx, tx, s.Clock.Now(), r.b.ID, r.PathValue("id"), in.Reason, in.Note)
		return err
	})
	switch {
	case errors.Is(err, billing.ErrNoBooking):
		return reply{}, notFound("booking")
	case errors.Is(err, billing.ErrNotCreditable):
		return reply{}, problem(http.StatusConflict, "The booking can't be credited: it doesn't count, or not yet, or was counted more than 60 days ago.")
	case err != nil:
		return reply{}, err
	}
	return reply{status: http.StatusCreated, body: showCredit(r.b, c)}, nil
}
