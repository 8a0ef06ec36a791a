package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// months reads days and weeks by their place in a month: "the 20th of next month", "the last friday of october",
// "the third week of january", "by the end of the month".
func months(s *grammar.Spec) {
	s.Tests["amonth"] = test(func(d m.Days) bool { return d.Kind == m.Scope && d.Grain == m.Month && d.To-d.From >= 28 })
	s.Tests["upto5"] = test(func(o m.Ordinal) bool { return o.N <= 5 })
	s.Tests["month"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 12 && n.Width <= 2 })
	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	s.Add(grammar.Rule{Name: "day of a month", Kind: m.KMonthDay, Pattern: "[the] (<ordinal:mday>|<number:dom>)", Make: func(mt *grammar.Match) (any, bool) {
		return m.Ordinal{N: max(dayNumber(mt, 0), dayNumber(mt, 1))}, true
	}})
	ofMonth := func(mt *grammar.Match) (any, bool) {
		return rules.InScope(mt, 1, dayNumber(mt, 0)), true
	}
	days("number of a month", "<mday> [day] (of|in) [the] <days:amonth>", ofMonth)
	days("number of a named month", "<mday> day (of|in) <month>", ofMonth)
	days("number of the month", "<mday> [day] of the month", func(mt *grammar.Match) (any, bool) {
		return dom(mt, dayNumber(mt, 0)), true
	})

	const nth = "[the] (<ordinal:upto5>|last) "
	for _, sc := range []string{"<month>", "<days:amonth>", "the month"} {
		days("weekday of a month", nth+"<weekday> (of|in) "+sc, rules.Placed(2, rules.WeekdayIn, 1, m.Days{}))
		days("week of a month", nth+"week (of|in) "+sc, rules.Placed(1, rules.WeekIn, 7, m.Days{Kind: m.Scope, Grain: m.Week}))
		days("weekend of a month", nth+"(weekend|week end) (of|in) "+sc, rules.Placed(1, rules.WeekendIn, 2, m.Days{Kind: m.Scope, Grain: m.Weekend}))
	}
	for _, sc := range []string{"<month>", "<days:amonth>", "the month"} {
		days("last day of a month", "[the] last day (of|in) "+sc, rules.Placed(0, rules.LastDayIn, 1, m.Days{}))
	}
	days("end of the month", "[at|towards|toward] [the] end of [the] month", rules.PartOfThisMonth(20, 0))
	days("beginning of the month", "[at|towards|toward] [the] (beginning|start) of [the] month", rules.PartOfThisMonth(0, 10))
	days("middle of the month", "[around|in] [the] middle of [the] month", rules.PartOfThisMonth(10, 20))
	days("by the end of the month", "by [the] end of [the] month", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t, To: rules.NextMonth(rules.MonthOf(t)), Kind: m.Run, Ahead: true}, true
	})
}
