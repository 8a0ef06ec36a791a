package understanding

import (
	"slices"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// takeDays folds in a day or a run of days.
func (r *timeReader) takeDays(d m.Days, s *grammar.Span) {
	if d.Holiday && r.u.is(s.From-1, m.WIs) && !r.off {
		r.excluded = append(r.excluded, wish{days: d, hasDays: true}) // "oh right, it's thanksgiving"
		return
	}
	if r.existing(d, s) {
		return
	}
	if r.off {
		if r.scope != nil {
			if in, ok := d.Within(*r.scope); ok {
				d = in // "any day next week but not monday"
			}
		}
		r.excluded = append(r.excluded, wish{days: d, hasDays: true})
		r.offDays = true
		return
	}
	if r.amend {
		r.dropDays()
	}
	defer func() { r.lastDays = true }()
	if d.Kind == m.Scope {
		for i := range r.excluded { // "not monday, the other days next week"
			if in, ok := r.excluded[i].days.Within(d); ok && r.excluded[i].hasDays {
				r.excluded[i].days = in
			}
		}
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
			if both.Unlikely {
				r.wrong = r.u.chart.Text(r.u.text, r.lastTo-1, s.To)
			}
			last.days = both
			return
		}
		if last.hasDays && r.lastDays && d.Contradicts(last.days) && r.lastTo >= s.From-1 {
			r.wrong = r.u.chart.Text(r.u.text, r.lastTo-1, s.To)
			if last.days.Kind == m.ByWeekday { // the date is taken, should it be insisted on
				last.days = d
			}
			return
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
	if r.off && r.offDays { // "anything but monday morning"
		if last := &r.excluded[len(r.excluded)-1]; last.hours == nil {
			last.hours = []m.Hours{h}
			return
		}
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
		switch both, ok := x.Both(h); {
		case ok:
			out = append(out, both)
		case x.Part && h.Moment && h.Twelve: // "this morning at three"
			out = append(out, x.Clock(h))
		case h.Part && x.Moment && x.Twelve: // "at seven, next sunday afternoon"
			out = append(out, h.Clock(x))
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
		if r.u.is(i, m.WPronoun) {
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
	for k := 0; k < 3 && i >= 0 && r.u.is(i, m.WSmall); k++ {
		i--
	}
	return i >= 0 && s.From-i <= 4 && r.u.is(i, m.WPastVerb) && !r.u.pauseBetween(i+1, s.From)
}

// existing says whether the days are those of a visit that is booked already, and keeps them apart.
func (r *timeReader) existing(d m.Days, s *grammar.Span) bool {
	if d.FromTo && r.u.changing() { // "move it from tuesday to friday"
		r.about = append(r.about, m.Days{From: d.From, To: d.From + 1})
		r.add(m.Days{From: d.To - 1, To: d.To})
		return true
	}
	i := s.From - 1
	for k := 0; k < 4 && i >= 0 && r.u.is(i, m.WSmall); k++ {
		i--
	}
	for k := i + 1; k < s.From; k++ {
		if r.u.is(k, m.WToward) {
			return r.u.onlyCancels() // "move my appointment to thursday"
		}
	}
	named := r.u.is(i, m.WVisit) || r.u.is(s.To, m.WVisit) || r.u.is(s.To+1, m.WVisit) && r.u.is(s.To, m.WSmall)
	changing := r.u.changing() && (r.u.ctx.Asked != AskedWhen || r.u.score(IntentStatus) < 0.6)
	if named && !r.u.is(i-1, m.WToward) && (changing || r.u.ctx.Asked != AskedWhen && r.u.is(i-1, m.WIs) || r.has(i-1) || r.has(i-2)) || r.u.is(i, m.WKeep) && r.u.ctx.Asked != AskedWhen ||
		r.u.onlyCancels() {
		r.about = append(r.about, d)
		return true
	}
	return false
}

// has says whether the verb at a token says that something is there already: "i have an appointment", but not "i want to
// have it" or "can i have it".
func (r *timeReader) has(i int) bool {
	return r.u.is(i, m.WHave) && !r.u.is(i-1, m.WToward, m.WQuestion) && !r.u.is(i-2, m.WQuestion)
}
