package understanding

import (
	"slices"
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// momentLength is how long the interval is that stands for a clock time.
const momentLength = 60

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
		if s.Rule == "bare hour" || s.Rule == "ordinal alone" {
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

// licensed says whether a doubtful reading may count here: a bare number is an hour only where a time was asked
// for or where it stands beside a day.
func (r *timeReader) licensed(s *grammar.Span) bool {
	u := r.u
	switch s.Kind {
	case m.KDays:
		d := s.Value.(m.Days)
		if s.Rule == "ordinal alone" {
			return (u.ctx.Asked == AskedWhen || u.ctx.Asked == AskedChoice && len(u.ctx.Offers) == 0) && u.word(s.To) != "one" && u.lex.NotADay[u.word(s.To)] == "" && (u.word(s.From-1) == "or" || u.word(s.From-1) == "and" || s.From == 0)
		}
		if d.Kind == m.ByMonthDay && u.lex.NotADay[u.word(s.To)] != "" {
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
	if s.Rule == "bare hour" && u.word(s.From) == "one" && len(u.chart.Tokens) > 1 || s.Rule == "bare hour" && u.has(s.From-1, "number", "option", "choice") {
		return false // "the wednesday one", "number two"
	}
	if u.lex.Units[u.word(s.To)] || s.To < len(u.chart.Tokens) && r.isDigit(s.To) || s.From > 0 && r.isDigit(s.From-1) || u.chart.Tokens[s.From].Gap&grammar.Dollar != 0 {
		return false
	}
	sure := false // words other than numbers took part
	for i := s.From; i < s.To; i++ {
		if !r.isDigit(i) && u.word(i) != "to" && u.word(i) != "or" {
			sure = true
		}
	}
	if sure || u.chart.Tokens[s.From].Digits && s.To == s.From+1 && s.Rule == "clock time" {
		return true
	}
	switch u.ctx.Asked {
	case AskedWhen, AskedChoice:
		return true
	case AskedPhone, AskedAddress, AskedName:
		return false
	}
	return r.beside(s)
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
		if r.u.word(s.From-1) != "why" && r.u.word(s.From-1) != "if" {
			r.off, r.offAt = true, s.To
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
	if instead {
		r.dropDays()
	}
	r.found = append(r.found, s)
	switch v := s.Value.(type) {
	case m.Days:
		if v.Wrong {
			r.wrong = r.u.chart.Text(r.u.text, s.From, s.To)
			break
		}
		r.takeDays(v, s)
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

// takeDays folds in a day or a run of days.
func (r *timeReader) takeDays(d m.Days, s *grammar.Span) {
	if d.Holiday && r.u.word(s.From-1) == "is" && !r.off {
		r.excluded = append(r.excluded, wish{days: d, hasDays: true}) // "oh right, it's thanksgiving"
		return
	}
	if r.existing(d, s) {
		return
	}
	if r.off {
		r.excluded = append(r.excluded, wish{days: d, hasDays: true})
		return
	}
	if r.amend {
		r.dropDays()
	}
	defer func() { r.lastDays = true }()
	if d.Kind == m.Scope {
		if r.narrow(d) {
			return
		}
		sc := d
		r.scope = &sc
		r.add(d)
		return
	}
	if r.scope != nil {
		if in, ok := d.Within(*r.scope); ok {
			r.dropScope()
			d = in
		}
	}
	if n := len(r.wanted); n > 0 && !r.or {
		last := &r.wanted[n-1]
		if both, ok := last.days.Same(d, r.u.now.Today); last.hasDays && ok {
			last.days = both
			return
		}
		if last.hasDays && r.lastDays && d.Contradicts(last.days) && !r.u.pauseBetween(r.lastTo, s.From) && r.lastTo >= s.From-1 {
			r.wrong = r.u.chart.Text(r.u.text, r.lastTo-1, s.To)
		}
	}
	r.add(d)
}

// add appends a day with the hours said before any day.
func (r *timeReader) add(d m.Days) {
	for _, w := range r.wanted {
		if w.hasDays && w.days.From == d.From && w.days.To == d.To && !w.own {
			return
		}
	}
	r.wanted = append(r.wanted, wish{days: d, hasDays: true, hours: slices.Clone(r.pending)})
}

// narrow puts days named before into a week or month named after them: "tuesday or thursday next week".
func (r *timeReader) narrow(scope m.Days) bool {
	moved := false
	for i := range r.wanted {
		w := &r.wanted[i]
		if !w.hasDays || r.or {
			continue
		}
		if in, ok := w.days.Within(scope); ok {
			w.days, moved = in, true
		}
	}
	return moved
}

func (r *timeReader) dropScope() {
	r.wanted = slices.DeleteFunc(r.wanted, func(w wish) bool {
		if w.hasDays && w.days.Kind == m.Scope && w.days == *r.scope {
			if len(w.hours) > 0 && len(r.pending) == 0 {
				r.pending = w.hours
			}
			return true
		}
		return false
	})
}

// dropDays forgets the days said so far and keeps their hours for the next one.
func (r *timeReader) dropDays() {
	for _, w := range r.wanted {
		if len(w.hours) > 0 {
			r.pending = w.hours
		}
	}
	r.wanted, r.scope = nil, nil
}

// takeHours folds in a stretch of the day.
func (r *timeReader) takeHours(h m.Hours) {
	if r.u.ctx.Asked == AskedNothing && len(r.wanted) == 0 && (len(r.about) > 0 || r.u.score(IntentStatus) > 0.8) && r.u.score(IntentReschedule) < 0.6 {
		return // "he was supposed to be here at nine"
	}
	if r.off {
		h.Part = false
		switch { // "not in the morning" wishes for the rest of the day
		case h.Moment || h.Limit != m.Between || h.Twelve:
			return
		case h.To <= 12*60:
			h = m.Hours{From: h.To, Limit: m.After}
		default:
			h = m.Hours{To: h.From, Limit: m.Before}
		}
		r.off = false
	}
	if len(r.wanted) == 0 {
		r.pending = join(r.pending, h, r.or, r.amend)
		return
	}
	if r.lastDays && !r.amend {
		// the hours also hold for the days before that have none: "tuesday or thursday morning"
		for i := len(r.wanted) - 1; i >= 0; i-- {
			w := &r.wanted[i]
			if w.own {
				break
			}
			if w.hours == nil {
				w.hours = []m.Hours{h}
			} else {
				w.hours = join(w.hours, h, r.or, false)
			}
		}
		for i := range r.wanted {
			r.wanted[i].own = true
		}
	} else {
		for i := range r.wanted {
			w := &r.wanted[i]
			if i == len(r.wanted)-1 || !w.own || len(r.wanted[i].hours) == 0 {
				w.hours = join(w.hours, h, r.or, r.amend)
			}
		}
	}
	r.lastDays = false
}

// join adds hours to those said: as an alternative after "or", in their stead after a correction or where they
// exclude each other, otherwise as a further condition.
func join(have []m.Hours, h m.Hours, or, amend bool) []m.Hours {
	if len(have) == 0 || amend {
		return []m.Hours{h}
	}
	if or {
		return append(slices.Clone(have), h)
	}
	var out []m.Hours
	for _, x := range have {
		if both, ok := x.Both(h); ok {
			out = append(out, both)
		}
	}
	if len(out) == 0 {
		return []m.Hours{h}
	}
	return out
}

// ruleOutLast turns the days just named into exclusions: "tuesday doesn't work".
func (r *timeReader) ruleOutLast(s *grammar.Span) {
	n := len(r.wanted)
	if n == 0 || s.From-r.lastTo > 2 {
		return
	}
	for i := r.lastTo; i < s.From; i++ {
		if w := r.u.word(i); r.u.lex.Pronouns[w] {
			return
		}
	}
	r.excluded = append(r.excluded, r.wanted[n-1])
	r.wanted = r.wanted[:n-1]
}

// isPast says whether a time belongs to something that happened: "it started tuesday".
func (r *timeReader) isPast(s *grammar.Span) bool {
	if a := r.u.ctx.Asked; a == AskedWhen || a == AskedChoice {
		return false
	}
	i := s.From - 1
	for k := 0; k < 3 && i >= 0 && r.u.lex.Small[r.u.word(i)]; k++ {
		i--
	}
	return i >= 0 && s.From-i <= 4 && r.u.lex.PastVerbs[r.u.word(i)] && !r.u.pauseBetween(i+1, s.From)
}

// existing says whether the days are those of a visit that is booked already, and keeps them apart.
func (r *timeReader) existing(d m.Days, s *grammar.Span) bool {
	if d.FromTo && r.u.changing() { // "move it from tuesday to friday"
		r.about = append(r.about, m.Days{From: d.From, To: d.From + 1})
		r.add(m.Days{From: d.To - 1, To: d.To})
		return true
	}
	i := s.From - 1
	for k := 0; k < 4 && i >= 0 && r.u.lex.Small[r.u.word(i)]; k++ {
		i--
	}
	for k := i + 1; k < s.From; k++ {
		if r.u.has(k, "to", "until", "till", "into") {
			return r.u.onlyCancels() // "move my appointment to thursday"
		}
	}
	before, after := r.u.word(i), r.u.word(s.To)
	named := r.u.lex.Visits[before] || r.u.lex.Visits[after] || r.u.lex.Visits[r.u.word(s.To+1)] && r.u.lex.Small[after]
	changing := r.u.changing() && (r.u.ctx.Asked != AskedWhen || r.u.score(IntentStatus) < 0.6)
	if named && (changing || r.u.ctx.Asked != AskedWhen && r.u.has(i-1, "are", "is", "were", "was", "be") || r.u.has(i-1, "have") || r.u.has(i-2, "have")) || r.u.lex.Keeps[before] && r.u.ctx.Asked != AskedWhen ||
		r.u.onlyCancels() {
		r.about = append(r.about, d)
		return true
	}
	return false
}

// openHours are the first opening and last closing of a day.
func (r *timeReader) openHours(d m.Day) m.OpenHours { return r.u.now.Hours[d.Weekday()] }

// when resolves what was folded into intervals of the shop's zone.
func (r *timeReader) when() When {
	var out When
	if len(r.wanted) == 0 && len(r.pending) > 0 {
		r.wanted = append(r.wanted, wish{hours: r.pending})
	}
	out.Impossible = r.wrong
	for _, w := range r.wanted {
		out.DaySaid = out.DaySaid || w.hasDays
		out.HoursSaid = out.HoursSaid || len(w.hours) > 0
		for _, h := range w.hours {
			if h.Moment {
				out.Kind = TimeMoment
			}
		}
		out.Wanted = appendNew(out.Wanted, r.intervals(w))
	}
	for _, w := range r.excluded {
		out.Excluded = appendNew(out.Excluded, r.intervals(w))
	}
	switch {
	case len(out.Wanted) > 0:
		if out.Kind == TimeNone {
			out.Kind = TimeDay
		}
	case r.special == m.Soonest:
		out.Kind = TimeSoonest
		out.Wanted = []TimeInterval{{From: r.u.ctx.Now.In(r.u.zone)}}
	case r.special == m.Any:
		out.Kind = TimeAny
	case r.special == m.Later:
		out.Kind = TimeLater
	case r.special == m.Earlier:
		out.Kind = TimeEarlier
	}
	return out
}

func appendNew(have, more []TimeInterval) []TimeInterval {
	for _, i := range more {
		if !slices.Contains(have, i) {
			have = append(have, i)
		}
	}
	return have
}

// intervals are the stretches of time that a wish means.
func (r *timeReader) intervals(w wish) []TimeInterval {
	zone := r.u.zone
	if !w.hasDays {
		var out []TimeInterval
		for _, h := range w.hours {
			out = append(out, r.soonestDay(h))
		}
		return out
	}
	if len(w.hours) == 0 {
		i := TimeInterval{From: w.days.From.At(0, zone)}
		if w.days.To > 0 {
			i.To = w.days.To.At(0, zone)
		}
		return []TimeInterval{i}
	}
	to := w.days.To
	if to == 0 {
		to = w.days.From + 14
	}
	several := to-w.days.From > 1
	var out []TimeInterval
	for d := w.days.From; d < to && len(out) < 62; d++ {
		if several && (d < r.u.now.Today || r.openHours(d).To == 0) {
			continue
		}
		for _, h := range w.hours {
			out = append(out, r.onDay(h, d))
		}
	}
	return out
}

// soonestDay puts hours without a day on the first open day on which they still lie ahead.
func (r *timeReader) soonestDay(h m.Hours) TimeInterval {
	now := r.u.ctx.Now
	d := r.u.now.Today
	for i := range m.Day(8) {
		t := r.onDay(h, d+i)
		ahead := t.To.After(now)
		if h.Moment && !h.Vague {
			ahead = !t.From.Before(now)
		}
		if ahead && (r.openHours(d+i).To > 0 || i == 7) {
			return t
		}
	}
	return r.onDay(h, d+1)
}

// onDay puts hours on a day.
func (r *timeReader) onDay(h m.Hours, d m.Day) TimeInterval {
	h = h.Settle(r.openHours(d))
	from, to := h.From, h.End()
	switch {
	case h.Moment && h.Vague:
		from, to = from-30, from+momentLength
	case h.Moment:
		to = from + momentLength
	case h.Vague:
		from, to = max(0, from-30), min(to+30, 24*60)
	}
	return TimeInterval{From: d.At(from, r.u.zone), To: d.At(to, r.u.zone)}
}

// On reads a wish that named no day as being about the days of an earlier one: "in the morning", after "tuesday".
// A wish that names days is returned as it is.
func (w When) On(earlier When) When {
	if w.DaySaid || !w.HoursSaid || !earlier.DaySaid || len(w.Wanted) == 0 {
		return w
	}
	out := w
	out.Wanted = nil
	out.DaySaid = true
	for _, e := range earlier.Wanted {
		if e.From.IsZero() {
			continue
		}
		end := e.To
		if limit := e.From.AddDate(0, 0, 14); end.IsZero() || end.After(limit) {
			end = limit
		}
		y, mo, d := e.From.Date()
		for day := time.Date(y, mo, d, 0, 0, 0, 0, e.From.Location()); day.Before(end); day = day.AddDate(0, 0, 1) {
			for _, h := range w.Wanted {
				out.Wanted = appendNew(out.Wanted, []TimeInterval{onSameClock(h, day)})
			}
		}
	}
	return out
}

// onSameClock moves an interval to another day at the same wall-clock times.
func onSameClock(i TimeInterval, day time.Time) TimeInterval {
	y, mo, d := day.Date()
	at := func(t time.Time, plus int) time.Time {
		return time.Date(y, mo, d+plus, t.Hour(), t.Minute(), 0, 0, t.Location())
	}
	out := TimeInterval{From: at(i.From, 0)}
	if !i.To.IsZero() {
		plus := 0
		if i.To.Day() != i.From.Day() {
			plus = 1
		}
		out.To = at(i.To, plus)
	}
	return out
}
