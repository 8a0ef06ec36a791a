package flow

import (
	"slices"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// offerReadings offers one time for each of the two days that the words can mean, the dates said in full: taking one
// says which was meant, so that nothing is guessed and no turn is lost. It leaves the turn to the ordinary offer where
// only one of the days has a time as wished.
func (t *turn) offerReadings(q scheduling.Query) (bool, error) {
	wish := &t.s.Details.Wish
	if len(wish.Other) == 0 || q.Emergency {
		return false, nil
	}
	q.Limit = 1
	var slots []scheduling.Slot
	for _, wanted := range [...][]scheduling.Interval{wish.Wanted, wish.Other} {
		q.Wanted = wanted
		offered, err := t.w.Offers(q)
		if err != nil {
			return false, err
		}
		if offered.Refusal != nil || len(offered.Slots) == 0 {
			return false, nil //nolint:nilerr // a refusal says that one of the days is full, and is no fault
		}
		slots = append(slots, offered.Slots[0])
	}
	slices.SortFunc(slots, func(a, b scheduling.Slot) int { return a.Start.Compare(b.Start) })
	t.because(WhyTwoReadings)
	t.putOn(t.offersOf(slots, q.Also), WhyTwoReadings, TellReadings)
	return true, nil
}

// impossible says back a day that is on no calendar, or that two things said of it don't agree on, and asks anew.
func (t *turn) impossible() (bool, error) {
	s, w := t.s, &t.u.When
	if w.Impossible == "" {
		return false, nil
	}
	switch s.top() {
	case TopicBook, TopicMove:
	default:
		if s.top() != "" || !t.u.Has(understanding.IntentBook, sure) && s.Question != QWhen {
			return false, nil
		}
		s.push(TopicBook)
	}
	if s.Chosen != nil && !t.correcting() && !t.onlyTimeSaid() {
		return false, nil
	}
	t.letGo()
	t.say(Conveyance{Kind: TellImpossible, Text: w.Impossible})
	t.ask(QWhen, WhyNoSuchDay, Conveyance{Kind: AskWhen})
	return true, nil
}

// onlyTimeSaid says whether nothing but a time was said.
func (t *turn) onlyTimeSaid() bool {
	u := t.u
	return u.Name == "" && u.Phone == "" && u.Digits == "" && u.Address.IsZero() && !u.SameNumber && !u.SameAddress
}
