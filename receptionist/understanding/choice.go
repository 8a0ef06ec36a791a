package understanding

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readChoice finds which of the times on the table the caller takes, if any.
func (u *utterance) readChoice(t *timeReader) {
	offers := u.ctx.Offers
	if len(offers) == 0 {
		return
	}
	pick, span := u.pickWords()
	first := len(u.chart.Tokens) // where a choice or a time begins
	if span != nil {
		first = span.From
	}
	if len(t.found) > 0 {
		first = min(first, t.found[0].From)
	}
	if u.score(IntentRepeat) > 0.8 || u.score(IntentPrice) > 0.8 && !u.before(first, IntentPrice) {
		return // "what was the second one again?"; but "the first one, and how much is it?" chooses
	}
	named := u.offersNamed(t)
	set := func(i int, rule string) {
		u.out.Choice = &Choice{Index: i}
		if span != nil {
			u.noteSpan(span, "choice", offers[i].Format(time.RFC3339))
		} else if len(t.found) > 0 {
			u.note(t.found[0].From, t.found[len(t.found)-1].To, "choice", offers[i].Format(time.RFC3339), rule)
		}
	}
	refuse := func() { u.out.Choice = &Choice{Index: -1, Refused: true} }
	timed := len(t.wanted) > 0
	switch {
	case timed && t.beyondOffers():
		refuse()
	case timed && u.out.Answer == No && u.out.When.Kind == TimeDay && (!u.out.When.DaySaid || u.out.Asks || len(named) == len(offers)):
		refuse() // "no, some other afternoon", "no i'm working then, what about thursday": another time of it
	case timed && len(named) > 0 && !(pick != nil && pick.How == m.NoneOfThem):
		if pick != nil && pick.Nth != 0 { // "the first one on tuesday"
			if i, ok := nthOf(pick.Nth, named, offers); ok {
				set(i, "offer by number")
				return
			}
		}
		set(u.bestNamed(named, pick), "offer by its time")
	case timed:
		// another time is wished for than those on the table
		refuse()
	case len(t.excluded) > 0:
		refuse()
	case pick != nil:
		if pick.How == m.ThatOne && len(offers) > 1 && !u.mentions(span, m.WOne) {
			return // "that works" does not say which
		}
		u.byWords(pick, set, refuse)
	case u.out.Answer == No:
		refuse()
	case u.out.When.Kind == TimeAny:
		u.out.Choice = &Choice{Index: -1, Either: true}
	case u.out.When.Kind == TimeLater || u.out.When.Kind == TimeEarlier:
		refuse()
	case u.out.When.Kind == TimeSoonest:
		set(extreme(offers, true), "the soonest offer")
	case u.out.Answer == Yes && len(offers) == 1:
		set(0, "yes to the only offer")
	}
}

// before says whether a token lies before the words for an intent.
func (u *utterance) before(i int, intent Intent) bool {
	e := u.evidence[intent]
	return e != nil && e.span != nil && i < e.span.From
}

// mentions says whether a span holds a word of a class.
func (u *utterance) mentions(s *grammar.Span, c m.Class) bool {
	for i := s.From; i < s.To; i++ {
		if u.is(i, c) {
			return true
		}
	}
	return false
}

// byWords takes a choice made without naming a time.
func (u *utterance) byWords(pick *m.Pick, set func(int, string), refuse func()) {
	offers := u.ctx.Offers
	switch pick.How {
	case m.ByNumber:
		n := pick.Nth
		if n < 0 {
			n = len(offers)
		}
		if n <= len(offers) {
			set(n-1, "offer by number")
		}
	case m.ThatOne:
		// said right after the last one was heard
		set(len(offers)-1, "that offer")
	case m.EarliestOne:
		set(extreme(offers, true), "the earlier offer")
	case m.LatestOne:
		set(extreme(offers, false), "the later offer")
	case m.MiddleOne:
		if len(offers) == 3 {
			set(1, "the middle offer")
		}
	case m.EitherOne:
		if len(offers) == 1 {
			set(0, "any offer")
			return
		}
		u.out.Choice = &Choice{Index: -1, Either: true}
	case m.NoneOfThem:
		refuse()
	}
}

// pickWords is the choice made in words: "the first one", "either", "none of those". Refusals outweigh the rest.
func (u *utterance) pickWords() (*m.Pick, *grammar.Span) {
	var best *grammar.Span
	u.chart.Each(m.KPick, func(s *grammar.Span) {
		p := s.Value.(m.Pick)
		if s.Rule == m.RuleNth && (s.Len() == 1 && len(u.chart.Tokens) > 2 || u.is(s.To, m.WNotADay) && !u.is(s.To, m.WSuits) || u.overlaps(s, m.KDays) && s.Len() < 3 && !u.is(s.To-1, m.WOne) && u.ctx.Asked != AskedChoice) {
			return
		}
		if u.claimed(s.From, s.To) {
			return
		}
		denied := u.denied(s.From) && p.How != m.NoneOfThem
		if denied {
			return
		}
		switch {
		case best == nil:
			best = s
		case p.How == m.NoneOfThem && best.Value.(m.Pick).How != m.NoneOfThem:
			best = s
		case best.Value.(m.Pick).How == m.NoneOfThem:
		case s.Len() > best.Len():
			best = s
		}
	})
	if best == nil {
		return nil, nil
	}
	p := best.Value.(m.Pick)
	return &p, best
}

// offersNamed lists the offers that the times of the utterance fit.
func (u *utterance) offersNamed(t *timeReader) []int {
	var out []int
	for i, o := range u.ctx.Offers {
		o = o.In(u.zone)
		if t.fitsOffer(o) && !t.rulesOut(o) {
			out = append(out, i)
		}
	}
	return out
}

// fitsOffer says whether an offered start is meant by what was said: the right day where a day was named, the right
// time where one was.
func (r *timeReader) fitsOffer(o time.Time) bool {
	day, minute := m.DayOf(o), o.Hour()*60+o.Minute()
	for _, w := range r.wanted {
		if w.hasDays && (day < w.days.From || w.days.To > 0 && day >= w.days.To) {
			// "tuesday" may be the tuesday on the table, even where another is nearer
			if w.days.Kind != m.ByWeekday || int(o.Weekday()) != int(w.days.Weekday) || day == r.u.now.Today {
				continue
			}
		}
		if len(w.hours) == 0 {
			return true
		}
		for _, h := range w.hours {
			if h.Fits(minute) {
				return true
			}
		}
	}
	return false
}

func (r *timeReader) rulesOut(o time.Time) bool {
	day := m.DayOf(o)
	for _, w := range r.excluded {
		if w.hasDays && day >= w.days.From && (w.days.To == 0 || day < w.days.To) && len(w.hours) == 0 {
			return true
		}
	}
	return false
}

// bestNamed is the offer meant where several fit: by the words of the choice, else the first.
func (u *utterance) bestNamed(named []int, pick *m.Pick) int {
	best := named[0]
	for _, i := range named[1:] {
		switch {
		case pick != nil && pick.How == m.LatestOne:
			if u.ctx.Offers[i].After(u.ctx.Offers[best]) {
				best = i
			}
		case u.ctx.Offers[i].Before(u.ctx.Offers[best]):
			best = i
		}
	}
	return best
}

func nthOf(n int, named []int, offers []time.Time) (int, bool) {
	if n < 0 {
		return named[len(named)-1], true
	}
	if n <= len(offers) {
		for _, i := range named {
			if i == n-1 {
				return i, true
			}
		}
	}
	if n <= len(named) {
		return named[n-1], true
	}
	return 0, false
}

// extreme is the earliest or the latest offer.
func extreme(offers []time.Time, earliest bool) int {
	best := 0
	for i, o := range offers {
		if earliest && o.Before(offers[best]) || !earliest && o.After(offers[best]) {
			best = i
		}
	}
	return best
}
