package flow

import "fixly/scheduling"

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
		jobs, err := t.w.JobsByPhone(phone, now.Add(-scheduling.QuoteGoodFor))
		if err != nil || scheduling.HadVisit(jobs, service, now) {
			return err == nil, err
		}
	}
	return false, nil
}
