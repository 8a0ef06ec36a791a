package flow

import (
	"slices"
	"time"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// An emergency that can't be visited within this time is handed to the people on call.
const emergencyWithin = 6 * time.Hour

// How many times are offered at once: a listener keeps two in mind, a reader three.
const (
	offersSpoken  = 2
	offersWritten = 3
)

// query is what to ask the scheduler for, by what is known now.
func (t *turn) query() scheduling.Query {
	d := &t.s.Details
	q := scheduling.Query{
		Service:   d.Service,
		Wanted:    d.Wish.Wanted,
		Avoid:     d.Wish.Avoid,
		Emergency: t.urgent(),
		ZIP:       t.zip(),
		Limit:     offersSpoken,
	}
	if t.e.Text {
		q.Limit = offersWritten
	}
	if t.s.top() == TopicBook {
		for _, w := range d.Also {
			if also := t.b.Service(w.Service); also != nil && also.QuoteFirst != "" {
				continue // it is noted, and quoted when they come
			}
			q.Also = append(q.Also, w.Service)
		}
	}
	if t.s.top() == TopicMove {
		if j := t.job(); j != nil {
			q.Service, q.Job, q.Lasting = j.Service, j.ID, j.Lasting()
			// the time it has is no other time
			q.Avoid = append(slices.Clone(q.Avoid), scheduling.Interval{From: j.Slot.Start, To: j.Slot.Start.Add(time.Minute)})
		}
	}
	return q
}

// zip is that of where the visit will be, by what is known now; empty while nothing is.
func (t *turn) zip() string {
	s := t.s
	if j := t.job(); s.top() == TopicMove && j != nil {
		return j.Address.ZIP
	}
	if s.Details.Address.ZIP == "" && !s.OnFileNo && t.b.InArea(s.OnFile.ZIP) {
		return s.OnFile.ZIP
	}
	return s.Details.Address.ZIP
}

// urgent says whether an emergency is being booked.
func (t *turn) urgent() bool {
	return t.s.Details.Urgency == scheduling.Emergency && t.s.top() == TopicBook
}

// offer chooses open times, puts them on the table and holds them. When none is as wished it says why, and offers
// what comes closest.
func (t *turn) offer() error {
	q := t.query()
	if q.Emergency && len(q.Wanted) == 0 && t.s.Refusals == 0 {
		q.Limit = 1 // the soonest is what is wanted
	}
	if done, err := t.offerReadings(q); done || err != nil {
		return err
	}
	offered, err := t.w.Offers(q)
	if err == nil && len(offered.Slots) == 0 && len(q.Also) > 0 {
		q.Also = nil // too long for any day: the rest takes a visit of its own
		offered, err = t.w.Offers(q)
	}
	if err != nil {
		return err
	}
	if q.Emergency {
		if done, err := t.beforeEmergency(offered.Slots); done || err != nil {
			return err
		}
	}
	if len(offered.Slots) == 0 {
		t.because(WhyNothingOpen)
		t.say(Conveyance{Kind: TellNothing})
		return t.offerMessage()
	}
	why, kind := WhyOfferSoonest, TellOffer
	if t.s.top() == TopicMove {
		kind = TellMoveOffer
	}
	switch {
	case offered.Refusal != nil:
		why, kind = t.explain(offered.Refusal, kind)
	case q.Emergency:
		why = WhyEmergency
	case len(q.Wanted) > 0:
		why = WhyOfferWished
	}
	t.putOn(t.onTable(offered.Slots, q.Also), why, kind)
	return nil
}

// explain says why there is nothing as wished.
func (t *turn) explain(r *scheduling.Refusal, kind Kind) (Reason, Kind) {
	day := r.Wanted.From.In(t.b.Location())
	earlier := t.s.Details.Wish.Kind == understanding.TimeEarlier
	switch {
	case earlier:
		t.say(Conveyance{Kind: TellNoSooner})
	case r.Reason == scheduling.ClosedDay && !r.Wanted.From.IsZero():
		t.say(Conveyance{Kind: TellClosed, Day: day})
		return WhyClosed, kind
	case r.Reason == scheduling.ClosedHours && !r.Wanted.From.IsZero():
		if spans := t.openSpans(day); len(spans) > 0 {
			t.say(Conveyance{Kind: TellOutside, Day: day, Spans: spans})
			return WhyClosed, kind
		}
		t.say(Conveyance{Kind: TellClosed, Day: day})
		return WhyClosed, kind
	case r.Reason == scheduling.TooSoon || r.Reason == scheduling.Past:
		return WhyOfferNearest, TellTooSoon
	case r.Reason == scheduling.BeyondHorizon:
		t.say(Conveyance{Kind: TellTooFar})
	case r.Reason == scheduling.OffDuty && t.s.Refusals == 0:
		return WhyOfferNearest, TellOffDuty
	case r.Reason == scheduling.Avoided || t.s.Refusals > 0:
		return WhyOfferNearest, TellNoMore
	default:
		return WhyOfferNearest, TellInstead
	}
	return WhyOfferNearest, kind
}

// openSpans are the opening hours of a day.
func (t *turn) openSpans(day time.Time) []Window {
	var out []Window
	for _, s := range t.b.OpenOn(day) {
		out = append(out, Window{From: s.From, To: s.To})
	}
	return out
}

// onTable makes offers of slots, in the order of the calendar. A clock time that was named and is open is offered
// alone.
func (t *turn) onTable(slots []scheduling.Slot, also []string) []Offer {
	wish := t.s.Details.Wish
	if wish.Kind == understanding.TimeMoment && len(wish.Wanted) > 0 && slots[0].Start.Equal(wish.Wanted[0].From) {
		slots = slots[:1]
	}
	out := t.offersOf(slots, also)
	slices.SortStableFunc(out, func(a, b Offer) int { return a.Slot.Start.Compare(b.Slot.Start) })
	return out
}

// offersOf makes offers of slots, which were found for a service and what is to be done besides.
func (t *turn) offersOf(slots []scheduling.Slot, also []string) []Offer {
	out := make([]Offer, len(slots))
	for i, s := range slots {
		out[i] = Offer{Slot: s, Also: also, WindowEnd: scheduling.Window(t.b, s).To, At: t.w.Now()}
	}
	return out
}

// putOn puts offers on the table, holds them and asks for a choice.
func (t *turn) putOn(offers []Offer, why Reason, kind Kind) {
	t.s.Offers, t.s.Chosen = offers, nil
	t.do(Effect{Do: DoHold, Offers: t.holdable(offers)})
	t.say(Conveyance{Kind: kind, Windows: t.windows(offers)})
	ask := Conveyance{Kind: AskChoice}
	switch {
	case kind == TellEarliest:
		ask.Kind = AskEarliest
	case kind == TellReadings:
		ask.Kind = AskWhichDay
	case len(offers) == 1:
		ask.Kind = AskOne
	}
	t.ask(QChoice, why, ask)
	again := t.choiceAgain()
	t.s.Asking = &again
}

// holdable are the offers that can be held: not those that overlap the job that is being moved, which holds its own
// time until it is.
func (t *turn) holdable(offers []Offer) []Offer {
	j := t.job()
	if t.s.top() != TopicMove || j == nil {
		return offers
	}
	var out []Offer
	for _, o := range offers {
		if !scheduling.Collide(t.b, o.Slot, j) {
			out = append(out, o)
		}
	}
	return out
}

func (t *turn) askChoiceAgain() { t.ask(QChoice, WhyNeedChoice, t.choiceAgain()) }

// choiceAgain asks once more for what is on the table: which of several, or whether the only one suits.
func (t *turn) choiceAgain() Conveyance {
	kind := AskChoiceAgain
	if len(t.s.Offers) == 1 {
		kind = AskOneAgain
	}
	return Conveyance{Kind: kind, Windows: t.windows(t.s.Offers)}
}

// offerEarliest answers "what's the earliest you have?": the soonest open time, for a yes.
func (t *turn) offerEarliest() error {
	q := t.query()
	q.Wanted, q.Avoid, q.Limit = nil, nil, 1
	offered, err := t.w.Offers(q)
	if err != nil {
		return err
	}
	if len(offered.Slots) == 0 {
		return t.offer()
	}
	t.s.Details.Wish = Wish{Kind: understanding.TimeSoonest}
	t.putOn(t.onTable(offered.Slots, q.Also), WhyOfferSoonest, TellEarliest)
	return nil
}

// windows are the arrival windows of offers, in the shop's zone.
func (t *turn) windows(offers []Offer) []Window {
	loc := t.b.Location()
	out := make([]Window, len(offers))
	for i, o := range offers {
		out[i] = Window{From: o.Slot.Start.In(loc), To: o.WindowEnd.In(loc), Days: o.Slot.Days}
	}
	return out
}

func (t *turn) sameDay(a, b time.Time) bool {
	loc := t.b.Location()
	return a.In(loc).Format(time.DateOnly) == b.In(loc).Format(time.DateOnly)
}
