package en

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

var monthWords = [12][]string{
	{"january", "jan"},
	{"february", "feb", "febuary"},
	{"march", "mar"},
	{"april", "apr"},
	{"may"},
	{"june", "jun"},
	{"july", "jul"},
	{"august", "aug"},
	{"september", "sep", "sept"},
	{"october", "oct"},
	{"november", "nov"},
	{"december", "dec"},
}

// dates reads days by their date, runs of days, and open ends.
func dates(s *grammar.Spec) {
	for i, words := range monthWords {
		s.AddWords(m.KMonth, time.Month(i+1), "month", words...)
	}
	days := func(name, pattern string, score float64, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Score: score, Make: make})
	}
	monthDay := func(month, day, year int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			return date(mt, as[time.Month](mt, month), dayNumber(mt, day), as[m.Number](mt, year).N), true
		}
	}
	days("month and ordinal", "<month> [the] <ordinal:mday> [<number:year>]", 0, monthDay(0, 1, 2))
	days("month and number", "<month> <number:dom> [<number:year>]", 0, monthDay(0, 1, 2))
	days("month/number", "<month> / <number:dom>", 0, monthDay(0, 1, 9))
	days("month-number", "[on] <number:month> (-|/) <number:dom>", 0, func(mt *grammar.Match) (any, bool) {
		mo, d := as[m.Number](mt, 0), as[m.Number](mt, 1)
		return date(mt, time.Month(mo.N), d.N, 0), mo.Figures && d.Figures && d.N > 12
	})
	days("ordinal of month", "[the] <ordinal:mday> [of] <month> [<number:year>]", 0, monthDay(1, 0, 2))
	days("number and month", "[the] <number:dom> [of] <month> [<number:year>]", -1, monthDay(1, 0, 2))
	days("date in figures", "<digit>", 0, dateFigures)
	days("weekday and ordinal", "<weekday> [the] <ordinal:mday>", 1, rules.WeekdayAndNumber)
	days("weekday and number", "<weekday> [the] <number:dom>", -3, func(mt *grammar.Match) (any, bool) {
		if !as[m.Number](mt, 1).Figures || as[m.Number](mt, 1).N <= 12 {
			return nil, false // rather an hour
		}
		return rules.WeekdayAndNumber(mt)
	})
	days("number on", "on [the] <number:dom>", -7, func(mt *grammar.Match) (any, bool) {
		n := as[m.Number](mt, 0)
		return dom(mt, n.N), n.Figures && n.N > 12
	})
	days("the ordinal", "the <ordinal:mday>", -1, byMonthDay)
	days(m.RuleOrdinalAlone, "<ordinal:mday>", -9, byMonthDay)
	days("the number", "the <number:dom>", -6, func(mt *grammar.Match) (any, bool) {
		n := as[m.Number](mt, 0)
		return dom(mt, n.N), n.Figures
	})
	month := func(d m.Day) (any, bool) {
		y, mo, _ := d.Civil()
		from := m.Date(y, mo, 1)
		return m.Days{From: from, To: m.Date(y, mo+1, 1), Kind: m.Scope, Grain: m.Month}, true
	}
	days("month", "[in|of] <month>", -2, func(mt *grammar.Match) (any, bool) {
		mo := as[time.Month](mt, 0)
		if mo == time.May && mt.To == mt.From+1 {
			return nil, false // "may I ..."
		}
		y, this, _ := now(mt).Today.Civil()
		if mo < this {
			y++
		}
		return month(m.Date(y, mo, 1))
	})
	days("this month", "(this|the current|current) month", 0, func(mt *grammar.Match) (any, bool) { return month(now(mt).Today) })
	later := func(n time.Month) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			y, mo, _ := now(mt).Today.Civil()
			return month(m.Date(y, mo+n, 1))
		}
	}
	days("next month", "[the] (next|following|coming) month", 0, later(1))
	days("month after next", "[the] month after [the] next", 0, later(2))
	days("later this month", "later (this|in the|on this) month", 0, func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		v, _ := month(t)
		d := v.(m.Days)
		d.From = min(max(t+1, d.From+15), d.To-1)
		return d, true
	})
	months(s)
	runs(s)
	openEnds(s)
}

// runs reads stretches of days.
func runs(s *grammar.Spec) {
	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	run := func(a, b m.Days, fromTo bool) (any, bool) {
		for b.Kind == m.ByWeekday && b.From < a.From {
			b.From, b.To = b.From+7, b.To+7
		}
		if a.Wrong || b.Wrong || b.To <= a.From || b.To-a.From > 370 {
			return nil, false
		}
		return m.Days{From: a.From, To: b.To, Kind: m.Run, FromTo: fromTo}, true
	}
	for _, p := range []string{
		"<days:oneday> (to|through|thru|till|until) <days:oneday>",
		"<days:oneday> - <days:oneday>",
		"between <days:oneday> (and|-|to|through) <days:oneday>",
	} {
		days("run of days", p, func(mt *grammar.Match) (any, bool) { return run(as[m.Days](mt, 0), as[m.Days](mt, 1), false) })
	}
	days("from day to day", "from <days:oneday> (to|through|thru|till|until) <days:oneday>", func(mt *grammar.Match) (any, bool) {
		return run(as[m.Days](mt, 0), as[m.Days](mt, 1), true)
	})
	weekdayRun := func(scope, a, b int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			from, ok1 := coming(mt, as[time.Weekday](mt, a)).Within(as[m.Days](mt, scope))
			to, ok2 := coming(mt, as[time.Weekday](mt, b)).Within(as[m.Days](mt, scope))
			if !ok1 || !ok2 {
				return nil, false
			}
			return run(from, to, false)
		}
	}
	days("weekdays of a week", "[from] <weekday> (to|through|thru|till|until|-) <weekday> [of] <days:scope>", weekdayRun(2, 0, 1))
	days("weekdays of a week", "<days:scope> [from] <weekday> (to|through|thru|till|until|-) <weekday>", weekdayRun(0, 1, 2))
	// "the 13th to the 15th of july", "between 4 and 22 next month", "november 19 through 21"
	inMonth := func(scope, a, b int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			return run(rules.InScope(mt, scope, dayNumber(mt, a)), rules.InScope(mt, scope, dayNumber(mt, b)), false)
		}
	}
	for _, sc := range []string{"<month>", "<days:amonth>"} {
		days("days of a month", "[from] <mday> (to|through|thru|till|until|-) <mday> [of|in] "+sc, inMonth(2, 0, 1))
		days("days of a month", "between <mday> (and|-) <mday> [of|in] "+sc, inMonth(2, 0, 1))
		days("days of a month", sc+" [from] <mday> (to|through|thru|till|until|-) <mday>", inMonth(0, 1, 2))
		days("days of a month", sc+" between <mday> (and|-) <mday>", inMonth(0, 1, 2))
	}
	days("days of a month", "<month> <number:dom> and <number:dom>", func(mt *grammar.Match) (any, bool) {
		return run(rules.InScope(mt, 0, dayNumber(mt, 1)), rules.InScope(mt, 0, dayNumber(mt, 2)), false)
	})
	days("between now and a day", "(between now and|from now (until|till|to|through)|now (until|till|through)) <days:oneday>", func(mt *grammar.Match) (any, bool) {
		d := as[m.Days](mt, 0)
		return m.Days{From: now(mt).Today, To: d.To, Kind: m.Run, Ahead: true}, d.To > now(mt).Today
	})
}

// openEnds reads days with only one end said.
func openEnds(s *grammar.Spec) {
	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	onward := func(plus m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			d := as[m.Days](mt, 0)
			from := d.From
			if plus > 0 {
				from = d.To
			}
			return m.Days{From: from, Kind: m.OpenEnd}, d.Kind != m.OpenEnd
		}
	}
	days("day or after", "<days:oneday> or (after|later|any time after|anytime after|any day after|beyond)", onward(0))
	days("from a day on", "(from|starting|beginning) [on] <days> (on|onward|onwards|forward)", onward(0))
	days("starting a day", "(starting|beginning|as of) [on] <days:oneday>", onward(0))
	days("not until a day", "(not|nothing) (until|till|before|til) <days>", onward(0))
	days("not until a day", "not [be|get|make|do|have|come|go|start|see|book|schedule] [it|there|here|home|back|free|in|anyone|anybody|anything|someone] (until|till|til|before) <days>", onward(0))
	days("day at the earliest", "<days:oneday> at the earliest", onward(0))
	days("after a day", "[any time|anytime|any day|sometime|later than] after <days>", onward(1))
	days("later than a day", "later than <days>", onward(1))
	until := func(plus m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			d, t := as[m.Days](mt, 0), now(mt).Today
			to := d.From + plus
			if plus > 0 && d.To > 0 {
				to = d.To
			}
			return m.Days{From: t, To: to, Kind: m.Run, Ahead: true}, to > t && d.Kind != m.OpenEnd
		}
	}
	days("before a day", "[any time|anytime|any day|sometime] (before|earlier than|sooner than|up to|up until) <days>", until(0))
	weekOf := func(mt *grammar.Match) (m.Days, bool) { // "thursday of next week"
		return coming(mt, as[time.Weekday](mt, 0)).Within(as[m.Days](mt, 1))
	}
	days("by a weekday of a week", "(by|no later than|before) <weekday> [of] <days:scope>", func(mt *grammar.Match) (any, bool) {
		d, ok := weekOf(mt)
		if mt.Tokens[mt.From].Norm == "before" {
			d.To = d.From
		}
		return m.Days{From: now(mt).Today, To: d.To, Kind: m.Run, Ahead: true}, ok && d.To > now(mt).Today
	})
	days("after a weekday of a week", "(after|from|starting) <weekday> [of] <days:scope>", func(mt *grammar.Match) (any, bool) {
		d, ok := weekOf(mt)
		if mt.Tokens[mt.From].Norm == "after" {
			d.From = d.To
		}
		return m.Days{From: d.From, Kind: m.OpenEnd}, ok
	})
	days("by a day", "(by|no later than|not later than|on or before|as late as) <days>", until(1))
}
