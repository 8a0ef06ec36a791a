package understanding

import (
	"slices"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// wish is a day or a run of days, hours of them, or both.
type wish struct {
	days    m.Days
	hasDays bool
	hours   []m.Hours // alternatives
	own     bool      // the hours were said with it
}

// timeReader folds the time spans of an utterance, from left to right, into wishes and exclusions. The spans come
// from a language's rules; how they combine is the same in every language.
type timeReader struct {
	u        *utterance
	wanted   []wish
	excluded []wish
	scope    *m.Days   // the week or month that days named next fall into
	pending  []m.Hours // hours said before any day
	special  m.Special
	wrong    string // words that name no time
	about    []m.Days
	or       bool // "or" since the last time
	amend    bool // "no wait" since the last time
	off      bool // "not" directly before
	offDays  bool // days were ruled out since
	offAt    int  // token after the words that rule out
	lastTo   int  // token after the last time
	lastDays bool // the last time was one or more days
	found    []*grammar.Span
}

var timeKinds = []grammar.Kind{m.KDays, m.KHours, m.KVisit, m.KSpecial, m.KPast, m.KOff, m.KOffAfter, m.KAmend, m.KOr, m.KInstead}

// readTimes finds what was said about time.
func (u *utterance) readTimes() *timeReader {
	r := &timeReader{u: u}
	picks := u.chart.Cover(func(s *grammar.Span) bool {
		return slices.Contains(timeKinds, s.Kind) && !u.claimed(s.From, s.To) && r.licensed(s)
	}, func(s *grammar.Span) float64 {
		w := grammar.Worth(s)
		if s.Rule == m.RuleBareHour || s.Rule == m.RuleOrdinalAlone {
			w += 9 // licensed by what surrounds it
		}
		return w
	})
	for i, s := range picks {
		instead := i+1 < len(picks) && picks[i+1].Kind == m.KInstead && picks[i+1].From <= s.To+1
		r.take(s, instead)
	}
	return r
}

// beyondToday moves a weekday that is today's to the next week where times today are on the table: who hears
// "today at noon" and says "monday" means another Monday.
func (r *timeReader) beyondToday(d m.Days) m.Days {
	if d.Kind != m.ByWeekday || d.From != r.u.now.Today {
		return d
	}
	for _, o := range r.u.ctx.Offers {
		if m.DayOf(o.In(r.u.zone)) == r.u.now.Today {
			d.From, d.To, d.Or = d.From+7, d.To+7, 0
			return d
		}
	}
	return d
}

// licensed says whether a doubtful reading may count here: a bare number is an hour only where a time was asked
// for or where it stands beside a day.
func (r *timeReader) licensed(s *grammar.Span) bool {
	u := r.u
	switch s.Kind {
	case m.KDays:
		d := s.Value.(m.Days)
		if s.Rule == m.RuleOrdinalAlone {
			return (u.ctx.Asked == AskedWhen || u.ctx.Asked == AskedChoice && len(u.ctx.Offers) == 0) && !u.is(s.To, m.WOne) && !r.counts(s, int(d.MonthDay)) && (s.From == 0 || u.is(s.From-1, m.WOr))
		}
		if d.Kind == m.ByMonthDay && r.counts(s, int(d.MonthDay)) {
			return false
		}
		return true
	case m.KHours:
	default:
		return true
	}
	h := s.Value.(m.Hours)
	if !h.Twelve {
		return true
	}
	if s.Rule == m.RuleBareHour && (u.is(s.From, m.WOne) && len(u.chart.Tokens) > 1 && !r.offeredAtOne(s) || u.is(s.From-1, m.WNumbered) || u.counted(s)) {
		return false // "the wednesday one", "number two"
	}
	if u.is(s.To, m.WUnit) || s.To < len(u.chart.Tokens) && r.isDigit(s.To) || s.From > 0 && r.isDigit(s.From-1) || u.chart.Tokens[s.From].Gap&grammar.Dollar != 0 {
		return false
	}
	sure := false // words other than numbers took part
	for i := s.From; i < s.To; i++ {
		if !r.isDigit(i) && !u.is(i, m.WBetween) {
			sure = true
		}
	}
	if sure || u.chart.Tokens[s.From].Digits && s.To == s.From+1 && s.Rule == m.RuleClockTime {
		return true
	}
	switch u.ctx.Asked {
	case AskedWhen, AskedChoice:
		return true
	case AskedPhone, AskedAddress, AskedName:
		return u.hourByItself(s.From, s.To)
	}
	return r.beside(s)
}

// counted says whether a number is how many of the times on the table are meant: "las dos me sirven", both work.
func (u *utterance) counted(s *grammar.Span) bool {
	for i := max(0, s.From-4); i < s.From; i++ {
		for _, o := range u.chart.At(i) {
			if o.Kind == m.KPick && o.To >= s.To && o.Value.(m.Pick).How == m.EitherOne {
				return true
			}
		}
	}
	return false
}

// hourByItself says whether the words around a bare number make it an hour, whatever was asked for: "eleven works",
// "can we make it three".
func (u *utterance) hourByItself(from, to int) bool {
	if g := u.group(from); to != from+1 || g == nil || len(u.said(from, to)) > 2 && u.chart.Tokens[from].Digits {
		return false
	}
	return u.cueAt(to, m.CueHourBefore) || u.cueBefore(from, m.CueHourFollows) && (to == len(u.chart.Tokens) || u.is(to, m.WPlease))
}

// counts says whether an ordinal counts things rather than days: "the first floor"; "the first works" among offers, but
// not "the ninth works".
func (r *timeReader) counts(s *grammar.Span, n int) bool {
	u := r.u
	if u.ctx.Asked == AskedChoice && n <= len(u.ctx.Offers) && !u.is(s.From-1, m.WOn) {
		return true // "i'll take the first"
	}
	if u.is(s.To, m.WSuits) {
		return n <= max(len(u.ctx.Offers), 1) && (u.ctx.Asked != AskedWhen || len(u.ctx.Offers) > 0)
	}
	return u.is(s.To, m.WNotADay)
}

// offeredAtOne says whether "one" may be an hour: one that is offered, said like an answer ("one works").
func (r *timeReader) offeredAtOne(s *grammar.Span) bool {
	u := r.u
	if u.ctx.Asked != AskedChoice || s.From > 0 || s.To < len(u.chart.Tokens) && !u.is(s.To, m.WSuits, m.WPlease) {
		return false
	}
	for _, o := range u.ctx.Offers {
		if o.In(u.zone).Hour()%12 == 1 {
			return true
		}
	}
	return false
}

func (r *timeReader) isDigit(token int) bool {
	for _, s := range r.u.chart.At(token) {
		if s.Kind == m.KDigit {
			return true
		}
	}
	return false
}

// beside says whether a day or a part of the day stands directly before or after a span.
func (r *timeReader) beside(s *grammar.Span) bool {
	for _, o := range r.u.chart.At(s.To) {
		if o.Kind == m.KDays || o.Kind == m.KVisit || o.Kind == m.KPart {
			return true
		}
	}
	for i := max(0, s.From-4); i < s.From; i++ {
		for _, o := range r.u.chart.At(i) {
			if (o.Kind == m.KDays || o.Kind == m.KVisit || o.Kind == m.KHours && o.Value.(m.Hours).Part) && o.To == s.From {
				return true
			}
		}
	}
	return false
}

// take folds in the next span.
func (r *timeReader) take(s *grammar.Span, instead bool) {
	switch s.Kind {
	case m.KPast, m.KInstead:
		r.off = false
		if s.Kind == m.KPast {
			r.lastTo = s.To
		}
		return
	case m.KOr:
		if s.From-r.lastTo <= 2 || r.pending != nil {
			r.or = true
			r.off = r.off && s.From == r.lastTo
		}
		return
	case m.KOff:
		if !r.u.is(s.From-1, m.WHedge) && !r.u.is(s.From-2, m.WHedge) {
			r.off, r.offAt, r.offDays = true, s.To, false
		}
		return
	case m.KAmend:
		r.amend = len(r.wanted) > 0 || len(r.pending) > 0
		return
	case m.KOffAfter:
		r.ruleOutLast(s)
		return
	case m.KSpecial:
		r.special = s.Value.(m.Special)
		r.found = append(r.found, s)
		r.off = false
		return
	}
	if r.isPast(s) {
		r.off = false
		return
	}
	if r.off && (s.From-r.offAt > 3 || r.u.pauseBetween(r.offAt, s.From)) {
		r.off = false
	}
	if instead && r.replaces(s) {
		r.dropDays()
	}
	r.found = append(r.found, s)
	switch v := s.Value.(type) {
	case m.Days:
		if v.Wrong || v.Unlikely {
			r.wrong = r.u.chart.Text(r.u.text, s.From, s.To)
		}
		if v.Wrong {
			break
		}
		r.takeDays(r.beyondToday(v), s)
	case m.Hours:
		r.takeHours(v)
	case m.Visit:
		r.takeDays(v.Days, s)
		if !r.off {
			r.lastDays = true
			r.or = false
			r.takeHours(v.Hours)
		} else if n := len(r.excluded); n > 0 {
			r.excluded[n-1].hours = []m.Hours{v.Hours}
		}
	}
	r.lastTo = s.To
	r.or, r.amend = false, false
}

// replaces says whether days said with "instead" stand for all said before: not where they only complete what was said
// in the same breath ("saturday this week instead").
func (r *timeReader) replaces(s *grammar.Span) bool {
	return s.Kind != m.KHours && (s.From-r.lastTo > 2 || r.u.pauseBetween(r.lastTo, s.From))
}
