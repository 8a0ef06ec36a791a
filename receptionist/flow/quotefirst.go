package flow

import (
	"strings"
	"time"

	"fixly/scheduling"
)

// quoteGoodFor is how long ago the visit to quote may have been for the work to be booked without another.
const quoteGoodFor = 180 * 24 * time.Hour

// quoteFirst puts the visit to quote in place of the work that was asked for, where the shop wants that, and says so.
// Nobody quotes an emergency, and who had that visit lately has the quote.
func (t *turn) quoteFirst() error {
	d := &t.s.Details
	wanted := t.b.Service(d.Service)
	if wanted == nil || wanted.QuoteFirst == "" || t.urgent() || t.s.top() != TopicBook {
		return nil
	}
	quote := t.b.Service(wanted.QuoteFirst)
	if quote == nil {
		return nil
	}
	had, err := t.hadVisit(quote.Name)
	if had || err != nil {
		return err
	}
	d.Wants, d.Service = wanted.Name, quote.Name
	t.because(WhyQuoteFirst)
	t.say(Conveyance{Kind: SayQuoteFirst, Service: wanted.Name, List: []string{quote.Name}})
	return nil
}

// hadVisit says whether a visit for a service took place at the caller's not long ago.
func (t *turn) hadVisit(service string) (bool, error) {
	now := t.w.Now()
	for _, phone := range t.ownNumbers() {
		jobs, err := t.w.JobsByPhone(phone, now.Add(-quoteGoodFor))
		if err != nil {
			return false, err
		}
		for _, j := range jobs {
			if strings.EqualFold(j.Service, service) && j.Status != scheduling.StatusCancelled && j.Slot.End.Before(now) {
				return true, nil
			}
		}
	}
	return false, nil
}
