package en

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
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
	days("ordinal of month", "[the] <ordinal:mday> [of] <month> [<number:year>]", 0, monthDay(1, 0, 2))
	days("number and month", "[the] <number:dom> [of] <month> [<number:year>]", -1, monthDay(1, 0, 2))
	days("date in figures", "<digit>", 0, dateFigures)
	inMonth := func(n int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			y, mo, _ := now(mt).Today.Civil()
			return checked(y, mo+time.Month(n), as[m.Ordinal](mt, 0).N), true
		}
	}
	days("ordinal of this month", "[the] <ordinal:mday> of (this|the) month", 0, inMonth(0))
	days("ordinal of next month", "[the] <ordinal:mday> of next month", 0, inMonth(1))
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
	days("this month", "this month", 0, func(mt *grammar.Match) (any, bool) { return month(now(mt).Today) })
	days("next month", "[the] (next|following|coming) month", 0, func(mt *grammar.Match) (any, bool) {
		y, mo, _ := now(mt).Today.Civil()
		return month(m.Date(y, mo+1, 1))
	})
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
		if a.Wrong || b.Wrong || b.To <= a.From || b.To-a.From > 62 {
			return nil, false
		}
		return m.Days{From: a.From, To: b.To, Kind: m.Run, FromTo: fromTo}, true
	}
	for _, p := range []string{
		"<days:oneday> (to|through|thru|till|until) <days:oneday>",
		"<days:oneday> - <days:oneday>",
		"between <days:oneday> and <days:oneday>",
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
	inMonth := func(month, a, b int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			mo := as[time.Month](mt, month)
			return run(date(mt, mo, dayNumber(mt, a), 0), date(mt, mo, dayNumber(mt, b), 0), false)
		}
	}
	for _, p := range []string{
		"<month> <number:dom> (to|through|thru|till|until|and|-) <number:dom>",
		"<month> [the] <ordinal:mday> (to|through|thru|till|until|-) [the] <ordinal:mday>",
	} {
		days("days of a month", p, inMonth(0, 1, 2))
	}
	days("days of a month", "[from] [the] <ordinal:mday> (to|through|thru|till|until|-) [the] <ordinal:mday> [of] <month>", inMonth(2, 0, 1))
	days("days of a month", "between [the] <ordinal:mday> and [the] <ordinal:mday> [of] <month>", inMonth(2, 0, 1))
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
	days("after a day", "[any time|anytime|any day|sometime|later than] after <days>", onward(1))
	days("later than a day", "later than <days>", onward(1))
	until := func(plus m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			d, t := as[m.Days](mt, 0), now(mt).Today
			to := d.From + plus
			if plus > 0 && d.To > 0 {
				to = d.To
			}
			return m.Days{From: t, To: to, Kind: m.Run}, to > t && d.Kind != m.OpenEnd
		}
	}
	days("before a day", "[any time|anytime|any day|sometime] (before|earlier than|sooner than) <days>", until(0))
	days("by a day", "(by|no later than|on or before) <days>", until(1))
}
