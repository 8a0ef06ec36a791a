package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// hours reads stretches of the day: parts of it, ranges, limits, and clock times relative to now.
func hours(s *grammar.Spec) {
	part := func(from, to float64, words ...string) {
		s.AddWords(m.KPart, m.Hours{From: int(from * 60), To: int(to * 60), Part: true}, "part of the day", words...)
	}
	part(6, 12, "morning", "mornings", "morningish")
	part(12, 17, "afternoon", "afternoons", "afternoo", "aft", "afternoonish")
	part(16.5, 22, "evening", "evenings", "dinner", "dinnertime", "suppertime")
	part(18, 24, "night", "nights", "nighttime")
	part(12, 14, "lunch", "lunchtime")
	part(8, 18, "daytime")

	stretch := func(name, pattern string, score float64, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KHours, Pattern: pattern, Score: score, Make: make})
	}
	same := func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }
	stretch("part of the day", "[in|at|for|on|during|around|by] [the|a|any] <part>", 0, same)
	stretch("early part", "[in] [the] (early|earlier) [in] [the] <part>", 0, func(mt *grammar.Match) (any, bool) { return rules.Early(as[m.Hours](mt, 0)), true })
	stretch("early part", "[in] [the] (early hours|early part|beginning) (of|in) [the] <part>", 0, func(mt *grammar.Match) (any, bool) { return rules.Early(as[m.Hours](mt, 0)), true })
	stretch("late part", "[in] [the] (late|later) [in] [the] <part>", 0, func(mt *grammar.Match) (any, bool) { return rules.Late(as[m.Hours](mt, 0)), true })
	stretch("late part", "[in] [the] (late hours|later part|end) (of|in) [the] <part>", 0, func(mt *grammar.Match) (any, bool) { return rules.Late(as[m.Hours](mt, 0)), true })
	stretch("middle part", "[in] [the] (mid|middle of) [the] <part>", 0, func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		third := (h.To - h.From) / 4
		h.From, h.To = h.From+third, h.To-third
		return h, true
	})
	between := func(from, to int) func(*grammar.Match) (any, bool) {
		return func(*grammar.Match) (any, bool) { return m.Hours{From: from * 60, To: to * 60, Part: true}, true }
	}
	stretch("first thing", "[the] first (thing|appointment|slot|opening|time) [of the day|in the day|available in the morning|in the morning|in the am]", 1,
		func(*grammar.Match) (any, bool) {
			return m.Hours{From: 6 * 60, To: 10 * 60, Part: true, Default: true}, true
		})
	stretch("early in the day", "(early|earlier|earliest) (in|on in) the day", 0, between(6, 12))
	stretch("early hours", "(bright and early|early bird)", 0, between(6, 10))
	stretch("late in the day", "(late|later) (in|on in) the day", 0, between(12, 18))
	stretch("end of the day", "[at|by|towards|toward] [the] end of [the] (day|workday)", 0, between(15, 18))
	stretch("middle of the day", "[in|around] [the] middle of [the] day", 0, between(11, 14))
	stretch("business hours", "[during] [the|your|normal|regular] (business|working|work|office|open) hours", 0, between(8, 18))
	stretch("during the day", "(during|in) the (day|day time)", 0, between(8, 18))
	limit := func(name, pattern string, h m.Hours) {
		s.Add(grammar.Rule{Name: name, Kind: m.KHours, Pattern: pattern, Value: h, Score: 1})
	}
	limit("after lunch", "[any time|anytime|sometime] after (lunch|lunchtime)", m.Hours{From: 13 * 60, To: 18 * 60})
	limit("before lunch", "[any time|anytime|sometime] before (lunch|lunchtime)", m.Hours{From: 6 * 60, To: 12 * 60, Limit: m.Before})
	limit("after work", "[any time|anytime|sometime] after (work|dinner|supper|i get off work|i get off|i get home|i am off|i am off work|i am home)", m.Hours{From: 17 * 60, To: 22 * 60})
	limit("before work", "[any time|anytime|sometime] before (work|i go to work)", m.Hours{From: 6 * 60, To: 9 * 60, Limit: m.Before})
	limit("after school", "[any time|anytime|sometime] after (school|the kids are home|the kids get home)", m.Hours{From: 15 * 60, To: 20 * 60})
	limit("after breakfast", "[any time|anytime|sometime] after breakfast", m.Hours{From: 9 * 60, To: 14 * 60})
	limit("before dinner", "[any time|anytime|sometime] before (dinner|supper)", m.Hours{From: 12 * 60, To: 17 * 60})
	limit("before school", "[any time|anytime|sometime] before school", m.Hours{From: 6 * 60, To: 8*60 + 30, Limit: m.Before})
	limit("morning", "(in|during) the (am|a m)", m.Hours{From: 6 * 60, To: 12 * 60, Part: true})
	limit("afternoon", "(in|during) the (pm|p m)", m.Hours{From: 12 * 60, To: 18 * 60, Part: true})

	stretch(m.RuleClockTime, "<clock>", 0, same)
	stretch(m.RuleClockTime, "(for|on) <clock>", 0, same)
	bare := func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }
	stretch("the one at an hour", "the <hour:twelve> (one|slot|opening|appointment)", 2, bare)
	stretch(m.RuleBareHour, "<hour:twelve>", -9, bare)

	rangeOf := func(mt *grammar.Match) (any, bool) { return m.Range(as[m.Hours](mt, 0), as[m.Hours](mt, 1)) }
	stretch("from hour to hour", "[anywhere|sometime|any time|anytime] (from|between) [about|around|like|say] <hour> (to|till|until|til|and|through|thru|or|-) [about|around|like] <hour>", 1, rangeOf)
	stretch("hour to hour", "[around|about|approximately] <hour> (to|till|until|til|through|thru) <hour>", 0, rangeOf)
	stretch("hour - hour", "[around|about|approximately] <hour> - <hour>", 0, rangeOf)
	stretch("hour or hour", "[around|about|at|like] <hour:twelve> or <hour:twelve>", 0, func(mt *grammar.Match) (any, bool) {
		a, b := as[m.Hours](mt, 0), as[m.Hours](mt, 1)
		b.From, b.To = b.From+60, b.To+60
		r, ok := m.Range(a, b)
		return r, ok && r.To-r.From <= 3*60
	})
	after := func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		return m.Hours{From: h.From, Twelve: h.Twelve, Vague: h.Vague, Limit: m.After}, true
	}
	before := func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		return m.Hours{To: h.To, Twelve: h.Twelve, Vague: h.Vague, Limit: m.Before}, h.To > 0 || h.Twelve
	}
	stretch("after an hour", "[any time|anytime|sometime|anything|but] (after|past|later than|starting at|beginning at|from|not before|not until|not till|nothing before|no earlier than) [about|around|like] <hour> [onward|onwards]", 1, after)
	stretch("not until an hour", "not [be|get|make|do|have|come|go|start|see] [it|there|here|home|back|free|in|anyone|anybody|anything|someone] (until|till|til|before) [about|around|like] <hour>", 1, after)
	stretch("home from an hour", "(am|is|are|be|get|gets|getting) (home|off|off work|home from work|out of work) (at|by|around|about|after) <hour>", 1, after)
	stretch("hour or later", "[at|around] <hour> (or|and) (after|later|any time after|anytime after|onward|beyond)", 1, after)
	stretch("hour so after", "[at] <hour> so [any time|anytime|sometime] after [that|then]", 1, after)
	stretch("hour on", "from <hour> (on|onward|onwards)", 1, after)
	stretch("before an hour", "[any time|anytime|sometime|anything|but] (before|by|until|till|til|through|thru|no later than|not later than|not after|nothing after|earlier than|sooner than|up to|up until|as late as|at the latest) [about|around|like] <hour>", 1, before)
	stretch("hour or earlier", "<hour> (or|and) (before|earlier|sooner|any time before)", 1, before)
	stretch("hour at the latest", "[by] <hour> at the latest", 1, before)
	stretch("hour at the earliest", "<hour> at the earliest", 1, after)
	stretch("after but before", "(after|past|later than) <hour> [and|but] (before|and before|but before|earlier than|no later than) <hour>", 2, rangeOf)
	stretch("before but after", "(before|earlier than) <hour> [and|but] (after|past|not before|later than) <hour>", 2, func(mt *grammar.Match) (any, bool) {
		return m.Range(as[m.Hours](mt, 1), as[m.Hours](mt, 0))
	})

	visit := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KVisit, Pattern: pattern, Make: make})
	}
	visit("this part of the day", "(this|today) [coming] <part>", func(mt *grammar.Match) (any, bool) {
		return m.Visit{Days: oneDay(now(mt).Today), Hours: as[m.Hours](mt, 0)}, true
	})
	edge := func(of func(m.Hours) m.Hours) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			return m.Visit{Days: oneDay(now(mt).Today), Hours: of(as[m.Hours](mt, 0))}, true
		}
	}
	visit("early this part of the day", "(early|earlier) this <part>", edge(rules.Early))
	visit("late this part of the day", "(late|later) this <part>", edge(rules.Late))
	visit("late tonight", "(late|later) tonight", func(mt *grammar.Match) (any, bool) {
		return m.Visit{Days: oneDay(now(mt).Today), Hours: m.Hours{From: 21 * 60, To: 24 * 60, Part: true}}, true
	})
	visit("next part of the day", "[the] next (<part>)", func(mt *grammar.Match) (any, bool) {
		return m.Visit{Days: oneDay(now(mt).Today + 1), Hours: as[m.Hours](mt, 0)}, true
	})
	onDay := func(of func(m.Hours) m.Hours) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			return m.Visit{Days: as[m.Days](mt, 0), Hours: of(as[m.Hours](mt, 1))}, true
		}
	}
	visit("early on a day's part", "early [on] <days:oneday> <part>", onDay(rules.Early))
	visit("late on a day's part", "late [on] <days:oneday> <part>", onDay(rules.Late))
	wholeDay := func(from, to int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			return m.Visit{Days: as[m.Days](mt, 0), Hours: m.Hours{From: from * 60, To: to * 60, Part: true}}, true
		}
	}
	visit("early on a day", "(early|bright and early|first thing) [on] <days:oneday>", wholeDay(6, 10))
	visit("late on a day", "(late|late in the day) [on] <days:oneday>", wholeDay(14, 18))
	visit("day in the am", "<days:oneday> [in the] (am|a m) $", wholeDay(6, 12))
	visit("day in the pm", "<days:oneday> [in the] (pm|p m) $", wholeDay(12, 18))
	visit("end of a day", "[the] end of <days:oneday>", wholeDay(15, 18))
	visit("later today", "(later today|later on today|later on)", func(mt *grammar.Match) (any, bool) {
		n := now(mt)
		return m.Visit{Days: oneDay(n.Today), Hours: m.Hours{From: min(n.Minute+60, 23*60), Limit: m.After}}, true
	})
	visit("tonight", "tonight", func(mt *grammar.Match) (any, bool) {
		return m.Visit{Days: oneDay(now(mt).Today), Hours: m.Hours{From: 18 * 60, To: 24 * 60, Part: true}}, true
	})
	visit("between now and an hour", "(between now and|from now (until|till|to)|now (until|till)) <hour>", func(mt *grammar.Match) (any, bool) {
		n, h := now(mt), as[m.Hours](mt, 0)
		to := h.To
		if h.Twelve && to <= n.Minute {
			to += 12 * 60
		}
		return m.Visit{Days: oneDay(n.Today), Hours: m.Hours{From: n.Minute, To: to}}, to > n.Minute
	})
	inLength := func(mt *grammar.Match) (any, bool) {
		n, l := now(mt), as[m.Length](mt, 0)
		minutes := l.N
		if l.Grain == m.Hour {
			minutes *= 60
		}
		t := n.Minute + minutes
		return m.Visit{Days: oneDay(n.Today + m.Day(t/(24*60))), Hours: m.Hours{From: t % (24 * 60), To: t % (24 * 60), Moment: true}}, minutes < 7*24*60
	}
	visit("in some hours", "in [about|like|another|maybe] <length:hm>", inLength)
	visit("some hours from now", "<length:hm> (from now|from right now|later|in the future)", inLength)
	next := func(mt *grammar.Match) (any, bool) {
		n, l := now(mt), as[m.Length](mt, 0)
		minutes := l.N
		if l.Grain == m.Hour {
			minutes *= 60
		}
		return m.Visit{Days: oneDay(n.Today), Hours: m.Hours{From: n.Minute, To: min(n.Minute+minutes, 24*60)}}, minutes > 0
	}
	visit("the next hours", "[in|within] [the] next <length:hm>", next)
	visit("within the hour", "within (the|an) hour", func(mt *grammar.Match) (any, bool) {
		n := now(mt)
		return m.Visit{Days: oneDay(n.Today), Hours: m.Hours{From: n.Minute, To: min(n.Minute+60, 24*60)}}, true
	})
	visit("within hours", "[in] (within|inside of|less than|under|no more than) <length:hm>", next)
	visit("next hour", "[in] [the] next hour", func(mt *grammar.Match) (any, bool) {
		n := now(mt)
		return m.Visit{Days: oneDay(n.Today), Hours: m.Hours{From: n.Minute, To: min(n.Minute+60, 24*60)}}, true
	})
}
