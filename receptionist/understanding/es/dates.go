package es

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

var monthWords = [12][]string{
	{"enero", "january"},
	{"febrero", "february"},
	{"marzo", "march"},
	{"abril", "april"},
	{"mayo"},
	{"junio", "june"},
	{"julio", "july"},
	{"agosto", "august"},
	{"septiembre", "setiembre", "september"},
	{"octubre", "october"},
	{"noviembre", "november"},
	{"diciembre", "december"},
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
			return rules.Date(mt, as[time.Month](mt, month), rules.DayNumber(mt, day), as[m.Number](mt, year).N), true
		}
	}
	for _, day := range []string{"<number:dom>", "<ordinal:mday>"} {
		days("day of month", "[el] [día] "+day+" (de|del) [mes de] <month> [del|de] [<number:year>]", 0, monthDay(1, 0, 2))
		days("day and month", "[el] [día] "+day+" <month> [<number:year>]", -1, monthDay(1, 0, 2))
		days("month and day", "<month> [el] "+day+" [<number:year>]", 0, monthDay(0, 1, 2))
	}
	days("date in figures", "[el] <digit>", 0, rules.DateFigures)
	inMonth := func(n int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			y, mo, _ := now(mt).Today.Civil()
			return rules.DayOfMonth(y, mo+time.Month(n), rules.DayNumber(mt, 0)), true
		}
	}
	days("day of this month", "[el] [día] <number:dom> (de este mes|del mes|del corriente)", 0, inMonth(0))
	days("day of next month", "[el] [día] <number:dom> (del próximo mes|del mes que viene|del otro mes|del mes entrante)", 0, inMonth(1))
	byDay := func(mt *grammar.Match) (any, bool) {
		if digitAt(mt, mt.To) {
			return nil, false // "el siete siete tres ..." is a number
		}
		return rules.ComingDate(mt, rules.DayNumber(mt, 0)), true
	}
	days("the number", "(el|este) <number:dom>", -1, byDay)
	days("the day", "[el|este] día <number:dom>", 0, byDay)
	days("the first", "(el día primero|el primero del mes)", 0, func(mt *grammar.Match) (any, bool) { return rules.ComingDate(mt, 1), true })
	month := func(d m.Day) (any, bool) {
		y, mo, _ := d.Civil()
		return m.Days{From: m.Date(y, mo, 1), To: m.Date(y, mo+1, 1), Kind: m.Scope, Grain: m.Month}, true
	}
	days("month", "[en|de] <month>", -2, func(mt *grammar.Match) (any, bool) {
		mo := as[time.Month](mt, 0)
		y, this, _ := now(mt).Today.Civil()
		if mo < this {
			y++
		}
		return month(m.Date(y, mo, 1))
	})
	days("this month", "[en] este [mismo] mes", 0, func(mt *grammar.Match) (any, bool) { return month(now(mt).Today) })
	nextMonth := func(mt *grammar.Match) (any, bool) {
		y, mo, _ := now(mt).Today.Civil()
		return month(m.Date(y, mo+1, 1))
	}
	days("next month", "[en] el (próximo|otro|siguiente) mes", 0, nextMonth)
	days("next month", "[en] el mes (que viene|próximo|entrante|siguiente)", 0, nextMonth)
	runs(s)
	openEnds(s)
}

// digitAt says whether a token is written in figures or is a number word.
func digitAt(mt *grammar.Match, i int) bool {
	return i < len(mt.Tokens) && (mt.Tokens[i].Digits || numberWords[mt.Tokens[i].Norm]) && mt.Tokens[i].Gap&(grammar.Comma|grammar.Stop) == 0
}

var numberWords = func() map[string]bool {
	out := wordSet("cero mil cien ciento doble oh")
	for _, list := range [][]string{units, teens, tens, hundreds} {
		for _, w := range list {
			out[plain(w)] = true
		}
	}
	return out
}()

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
	both := func(fromTo bool) func(mt *grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) { return run(as[m.Days](mt, 0), as[m.Days](mt, 1), fromTo) }
	}
	days("run of days", "<days:oneday> (a|al|hasta|hasta el) <days:oneday>", both(false))
	days("run of days", "<days:oneday> - <days:oneday>", both(false))
	days("run of days", "entre <days:oneday> y <days:oneday>", both(false))
	days("from day to day", "(de|del|desde) <days:oneday> (a|al|hasta|para) <days:oneday>", both(true))
	weekdayRun := func(scope, a, b int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			from, ok1 := rules.Coming(mt, as[time.Weekday](mt, a)).Within(as[m.Days](mt, scope))
			to, ok2 := rules.Coming(mt, as[time.Weekday](mt, b)).Within(as[m.Days](mt, scope))
			if !ok1 || !ok2 {
				return nil, false
			}
			return run(from, to, false)
		}
	}
	days("weekdays of a week", "(de|del|entre el) <weekday> (a|al|y|y el|hasta el) <weekday> [de] <days:scope>", weekdayRun(2, 0, 1))
	days("weekdays of a week", "<days:scope> (de|del|entre el) <weekday> (a|al|y|y el|hasta el) <weekday>", weekdayRun(0, 1, 2))
	inMonth := func(month, a, b int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			mo := as[time.Month](mt, month)
			return run(rules.Date(mt, mo, rules.DayNumber(mt, a), 0), rules.Date(mt, mo, rules.DayNumber(mt, b), 0), false)
		}
	}
	days("days of a month", "(del|entre el|desde el) <number:dom> (al|y el|hasta el) <number:dom> de <month>", inMonth(2, 0, 1))
}

// openEnds reads days with only one end said.
func openEnds(s *grammar.Spec) {
	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	onward := func(after bool) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			d := as[m.Days](mt, 0)
			from := d.From
			if after {
				from = d.To
			}
			return m.Days{From: from, Kind: m.OpenEnd}, d.Kind != m.OpenEnd
		}
	}
	days("day or after", "<days:oneday> o (después|más tarde|más adelante)", onward(false))
	days("from a day on", "(de|del|desde|a partir de|a partir del|empezando) <days> (en adelante|para adelante|para delante)", onward(false))
	days("starting a day", "(a partir de|a partir del|desde|empezando) <days:oneday>", onward(false))
	days("not until a day", "(no antes de|no antes del|hasta después de|nada antes de|nada antes del) <days>", onward(false))
	days("after a day", "[algo|cualquier día|un día] (después de|después del|luego de|pasado|pasando) <days>", onward(true))
	until := func(inclusive bool) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			d, t := as[m.Days](mt, 0), now(mt).Today
			to := d.From
			if inclusive && d.To > 0 {
				to = d.To
			}
			return m.Days{From: t, To: to, Kind: m.Run}, to > t && d.Kind != m.OpenEnd
		}
	}
	days("before a day", "[algo|cualquier día|un día] (antes de|antes del) <days>", until(false))
	days("by a day", "(a más tardar|para antes de|no después de|no después del|no más tarde de|no más tarde del) <days>", until(true))
	days("by a day", "(hasta|antes o) <days:oneday>", until(true))
}
