package bookingpage

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// errQuoteFirst says that a visit to quote comes before the work that was chosen.
var errQuoteFirst = errors.New("bookingpage: the work is quoted first")

// jobsByPhone is who knows a customer's visits.
type jobsByPhone interface {
	JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error)
}

// quoteFor is the visit that comes before a service, to quote it: the rule is that of the calls. nil where none does, or
// where that visit took place lately at the number; an empty number had none.
func (s *server) quoteFor(ctx context.Context, r jobsByPhone, b *business.Business, svc *business.Service, phone string) (*business.Service, error) {
	quote := b.Service(svc.QuoteFirst)
	if quote == nil || phone == "" {
		return quote, nil
	}
	now := s.Clock.Now()
	jobs, err := r.JobsByPhone(ctx, b.ID, phone, now.Add(-scheduling.QuoteGoodFor))
	if err != nil {
		return nil, err
	}
	if scheduling.HadVisit(jobs, quote.Name, now) {
		return nil, nil
	}
	return quote, nil
}

// wants says what a visit to quote is for; empty where it is no such visit.
func (d *details) wants(b *business.Business) string {
	if work := b.Service(d.Wants); work != nil && work.QuoteFirst != "" && b.Service(work.QuoteFirst) == b.Service(d.Service) {
		return work.Name
	}
	return ""
}

// quoteInstead offers the visit to quote in place of work that can't be booked without.
func (s *server) quoteInstead(q *request, t ticket, d details) error {
	work := q.b.Service(d.Service)
	if work == nil {
		return errNotFound
	}
	d.Wants, d.Service = work.Name, work.QuoteFirst
	return s.offerTimes(q, http.StatusConflict, t, d, q.words.NotQuoted, nil)
}

// timesLink is the address of the open times for what was chosen.
func (q *request) timesLink(d details, day string) string {
	service, quoted := d.Service, ""
	if d.Wants != "" {
		service = d.Wants
	} else if svc := q.b.Service(d.Service); svc != nil && svc.QuoteFirst != "" {
		quoted = "yes"
	}
	return q.link(q.base()+"/times", "service", service, "quoted", quoted, "day", day)
}
