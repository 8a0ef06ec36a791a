package en

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

var weekdayWords = [7][]string{
	{"sunday", "sundays", "sun"},
	{"monday", "mondays", "mon"},
	{"tuesday", "tuesdays", "tue", "tues"},
	{"wednesday", "wednesdays", "wed", "weds", "wensday", "wendsday"},
	{"thursday", "thursdays", "thu", "thur", "thurs"},
	{"friday", "fridays", "fri"},
	{"saturday", "saturdays", "sat"},
}

var grainWords = map[m.Grain][]string{
	m.Minute:   {"minute", "minutes", "min", "mins"},
	m.Hour:     {"hour", "hours", "hr", "hrs"},
	m.DayGrain: {"day", "days"},
	m.Week:     {"week", "weeks", "wk", "wks"},
	m.Month:    {"month", "months"},
	m.Year:     {"year", "years", "yr", "yrs"},
}

// calendar reads days named by their place in the week or their distance from today.
func calendar(s *grammar.Spec) {
	for d, words := range weekdayWords {
		s.AddWords(m.KWeekday, time.Weekday(d), "weekday", words...)
	}
	for g, words := range grainWords {
		s.AddWords(m.KGrain, g, "unit of time", words...)
	}
	s.Tests["scope"] = test(func(d m.Days) bool { return d.Kind == m.Scope })
	s.Tests["oneday"] = test(func(d m.Days) bool { return d.To == d.From+1 && !d.Wrong })
	s.Tests["hm"] = test(func(l m.Length) bool { return l.Grain <= m.Hour })
	s.Tests["dwm"] = test(func(l m.Length) bool { return l.Grain >= m.DayGrain && l.Grain <= m.Month })
	s.Tests["day"] = test(func(g m.Grain) bool { return g == m.DayGrain })

	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	offset := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) { return oneDay(now(mt).Today + n), true }
	}
	days("today", "today", offset(0))
	days("tomorrow", "tomorrow", offset(1))
	days("day after tomorrow", "[the] day after tomorrow", offset(2))
	days("tomorrow or the day after", "tomorrow or [the] day after", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t + 1, To: t + 3, Kind: m.Run}, true
	})
	days("today or tomorrow", "today or tomorrow", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t, To: t + 2, Kind: m.Run}, true
	})

	days("the next day", "[the] (next|following) day", offset(1))
	days("the day after", "the day after $", offset(1))
	days("this day", "(this|the same) day", offset(0))
	days("the day", "for the day $", offset(0))
	days("weekday", "<weekday>", func(mt *grammar.Match) (any, bool) { return coming(mt, as[time.Weekday](mt, 0)), true })
	days("this weekday", "this <weekday>", func(mt *grammar.Match) (any, bool) {
		n, w := now(mt), as[time.Weekday](mt, 0)
		d := n.Today.Monday() + m.Day((int(w)+6)%7)
		if d < n.Today {
			d += 7
		}
		return oneDay(d), true
	})
	days("coming weekday", "[the|this] (coming|upcoming) <weekday>", func(mt *grammar.Match) (any, bool) {
		return oneDay(following(now(mt).Today, as[time.Weekday](mt, 0))), true
	})
	days("next weekday", "next <weekday>", nextWeekday)
	days("following weekday", "[the] following <weekday>", nextWeekday)
	days("weekday after next", "(<weekday>) after next", func(mt *grammar.Match) (any, bool) {
		d := oneDay(following(now(mt).Today, as[time.Weekday](mt, 0)) + 7)
		d.Or = 7 // after the coming one, or after the one of next week
		return d, true
	})
	days("some weekdays from now", "<number> <weekday> (from now|from today|later|out|away|hence)", func(mt *grammar.Match) (any, bool) {
		n := as[m.Number](mt, 0).N
		return oneDay(following(now(mt).Today, as[time.Weekday](mt, 1)) + m.Day(7*(n-1))), n >= 1 && n <= 26
	})
	days("weekday in a length", "<weekday> in <length:dwm>", func(mt *grammar.Match) (any, bool) {
		l := as[m.Length](mt, 1)
		return oneDay(add(now(mt).Today, l).Monday() + m.Day((int(as[time.Weekday](mt, 0))+6)%7)), l.Grain == m.Week
	})
	days("weekday after a day", "[the] <weekday> after <days:oneday>", func(mt *grammar.Match) (any, bool) {
		return oneDay(following(as[m.Days](mt, 1).From, as[time.Weekday](mt, 0))), true
	})
	days("weekday before a day", "[the] <weekday> before <days:oneday>", func(mt *grammar.Match) (any, bool) {
		return oneDay(following(as[m.Days](mt, 1).From-8, as[time.Weekday](mt, 0))), true
	})
	days("day after a day", "[the] day after <days:oneday>", func(mt *grammar.Match) (any, bool) { return oneDay(as[m.Days](mt, 0).From + 1), true })
	days("day before a day", "[the] day before <days:oneday>", func(mt *grammar.Match) (any, bool) { return oneDay(as[m.Days](mt, 0).From - 1), true })

	lengths(s)
	days("length from a day", "<length:dwm> (from|after) <days:oneday>", func(mt *grammar.Match) (any, bool) {
		return oneDay(add(as[m.Days](mt, 1).From, as[m.Length](mt, 0))), true
	})
	days("week from a day", "(week|weeks) from <days:oneday>", func(mt *grammar.Match) (any, bool) { // "a" is easily lost
		return oneDay(as[m.Days](mt, 0).From + 7), true
	})
	days("length from now", "<length:dwm> (from now|from right now|hence|later|out|in the future|down the road)", func(mt *grammar.Match) (any, bool) {
		return oneDay(add(now(mt).Today, as[m.Length](mt, 0))), true
	})
	days("in a length", "in [about|like|another|maybe] <length:dwm>", func(mt *grammar.Match) (any, bool) {
		return oneDay(add(now(mt).Today, as[m.Length](mt, 0))), true
	})
	days("weekday some weeks from now", "<weekday> <length:dwm> from (now|today)", func(mt *grammar.Match) (any, bool) {
		l := as[m.Length](mt, 1)
		if l.Grain != m.Week {
			return nil, false
		}
		return oneDay(add(now(mt).Today, l).Monday() + m.Day((int(as[time.Weekday](mt, 0))+6)%7)), true
	})
	nextDays := func(mt *grammar.Match) (any, bool) {
		l := as[m.Length](mt, 0)
		from := now(mt).Today + 1
		return m.Days{From: from, To: add(from, l), Kind: m.Run}, true
	}
	days("the next days", "[in|within|over|during|sometime in|any time in] [the] (next|coming|following|upcoming) <length:dwm>", nextDays)
	days("the coming days", "[in|within|over|during] [the] <number> (next|coming|following|upcoming) <grain>", func(mt *grammar.Match) (any, bool) {
		l := m.Length{N: as[m.Number](mt, 0).N, Grain: as[m.Grain](mt, 1)}
		from := now(mt).Today + 1
		return m.Days{From: from, To: add(from, l), Kind: m.Run}, l.Grain >= m.DayGrain && l.Grain <= m.Month && l.N > 0
	})
	days("within days", "[in] (within|inside of|less than|under|no more than) <length:dwm> [from now|from today]", func(mt *grammar.Match) (any, bool) {
		t, l := now(mt).Today, as[m.Length](mt, 0)
		return m.Days{From: t, To: max(add(t, l), t+1), Kind: m.Run, Ahead: true}, true
	})
	days("in a day or two", "in [the] [next] [a] day or (two|so)", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t + 1, To: t + 3, Kind: m.Run}, true
	})
	days("in a week or two", "in [the] [next] [a] week or (two|so)", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t + 5, To: t + 15, Kind: m.Run}, true
	})
	weeks(s)
}

// lengths reads "two hours", "a week", "half an hour".
func lengths(s *grammar.Spec) {
	length := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KLength, Pattern: pattern, Make: make})
	}
	length("number of units", "<number> <grain>", func(mt *grammar.Match) (any, bool) {
		return m.Length{N: as[m.Number](mt, 0).N, Grain: as[m.Grain](mt, 1)}, true
	})
	length("number of further units", "<number> more <grain>", func(mt *grammar.Match) (any, bool) {
		return m.Length{N: as[m.Number](mt, 0).N, Grain: as[m.Grain](mt, 1)}, true
	})
	length("working days", "<number> (business|working|work|week) (day|days)", func(mt *grammar.Match) (any, bool) {
		return m.Length{N: as[m.Number](mt, 0).N, Grain: m.DayGrain, Work: true}, true
	})
	length("a pair of units", "a pair of <grain>", func(mt *grammar.Match) (any, bool) { return m.Length{N: 2, Grain: as[m.Grain](mt, 0)}, true })
	length("a quarter of an hour", "(a quarter of an hour|a quarter hour)", func(*grammar.Match) (any, bool) { return m.Length{N: 15, Grain: m.Minute}, true })
	length("three quarters of an hour", "three [-] quarters of an hour", func(*grammar.Match) (any, bool) { return m.Length{N: 45, Grain: m.Minute}, true })
	length("hours and a half", "<number> and (a|an) half (hours|hrs)", func(mt *grammar.Match) (any, bool) {
		return m.Length{N: as[m.Number](mt, 0).N*60 + 30, Grain: m.Minute}, true
	})
	length("hours and minutes", "<number> (hour|hours|hr|hrs) [and] <number:minutes> (minutes|mins|min)", func(mt *grammar.Match) (any, bool) {
		return m.Length{N: as[m.Number](mt, 0).N*60 + as[m.Number](mt, 1).N, Grain: m.Minute}, true
	})
	length("a unit", "(a|an) <grain>", func(mt *grammar.Match) (any, bool) { return m.Length{N: 1, Grain: as[m.Grain](mt, 0)}, true })
	length("half an hour", "half [an] hour", func(*grammar.Match) (any, bool) { return m.Length{N: 30, Grain: m.Minute}, true })
	length("an hour and a half", "(an|one) hour and a half", func(*grammar.Match) (any, bool) { return m.Length{N: 90, Grain: m.Minute}, true })
}

// weeks reads weeks, weekends and parts of them.
func weeks(s *grammar.Spec) {
	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	week := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			mon := now(mt).Today.Monday() + 7*n
			return m.Days{From: mon, To: mon + 7, Kind: m.Scope, Grain: m.Week}, true
		}
	}
	days("this week", "(this|the current|current) week", week(0))
	days("next week", "[the|this] (next|following|coming|upcoming) week", week(1))
	days("week after next", "[the] week after [the] next", week(2))
	workweek := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			mon := now(mt).Today.Monday() + 7*n
			return m.Days{From: mon, To: mon + 5, Kind: m.Scope, Grain: m.Week}, true
		}
	}
	days("this working week", "this (work week|working week|business week|workweek)", workweek(0))
	days("next working week", "[the] (next|coming) (work week|working week|business week|workweek)", workweek(1))
	days("week after a week", "[the] week after <days:scope>", func(mt *grammar.Match) (any, bool) {
		d := as[m.Days](mt, 0)
		return m.Days{From: d.From + 7, To: d.From + 14, Kind: m.Scope, Grain: m.Week}, true
	})
	days("week after a day", "[the] week after <days:oneday>", func(mt *grammar.Match) (any, bool) {
		mon := as[m.Days](mt, 0).From.Monday() + 7
		return m.Days{From: mon, To: mon + 7, Kind: m.Scope, Grain: m.Week}, true
	})
	days("week of a day", "[the] week (of|starting|beginning|commencing) [on] [the] <days:oneday>", func(mt *grammar.Match) (any, bool) {
		mon := (as[m.Days](mt, 0).From + 1).Monday() // calendars begin the week with Sunday
		return m.Days{From: mon, To: mon + 7, Kind: m.Scope, Grain: m.Week}, true
	})
	days("rest of the week", "[the] rest of (the|this) week", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t, To: t.Monday() + 7, Kind: m.Scope, Grain: m.Week, Ahead: true}, true
	})
	days("later this week", "later (this|in the|on in the|on this) week", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: max(t+1, t.Monday()+3), To: t.Monday() + 7, Kind: m.Scope, Grain: m.Week}, true
	})
	days("earlier in the week", "(earlier|early) (this|in the) week", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		d := t.Monday()
		if t-d > 1 {
			d += 7
		}
		return m.Days{From: max(d, t), To: d + 3, Kind: m.Scope, Grain: m.Week}, true
	})
	weekend := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			sat := now(mt).Today.Monday() + 5 + 7*n
			return m.Days{From: sat, To: sat + 2, Kind: m.Scope, Grain: m.Weekend}, true
		}
	}
	days("weekend", "[this|the|on the|over the|this coming|a] (weekend|weekends|week end)", weekend(0))
	days("next weekend", "next (weekend|week end)", func(mt *grammar.Match) (any, bool) {
		v, _ := weekend(1)(mt)
		d := v.(m.Days)
		if now(mt).Today.Weekday() != time.Sunday && now(mt).Today.Weekday() != time.Saturday {
			d.Or = -7 // this week's, said before it has come
		}
		return d, true
	})
	days("weekend after next", "[the] (weekend|week end) after [the] next", weekend(2))
	days("weekend of a day", "[the] (weekend|week end) of <days:oneday>", func(mt *grammar.Match) (any, bool) {
		return rules.WeekendNear(as[m.Days](mt, 0).From), true
	})
	s.Tests["holiday"] = test(func(d m.Days) bool { return d.Holiday })
	days("holiday weekend", "[the] <days:holiday> (weekend|week end)", func(mt *grammar.Match) (any, bool) {
		return rules.WeekendNear(as[m.Days](mt, 0).From), true
	})
	days("next one or two weeks", "in the next week or (two|so)", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t + 1, To: t + 15, Kind: m.Run}, true
	})
	days("early in a week", "[at|towards|toward] [the] (early|early in|beginning of|start of|first part of|first half of|front of) [the] [around] <days:scope>", part(0, 3, 0, 10))
	days("middle of a week", "[in|around] [the] (mid|middle of) [the] [around] <days:scope>", part(1, 4, 10, 20))
	days("late in a week", "[at|towards|toward] [the] (late|late in|later|later in|end of|back half of|back end of|latter part of|second half of|later part of) [the] [around] <days:scope>", part(4, 7, 20, 31))
	days("end of the week", "[the|by the] end of [the] week", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: max(t, t.Monday()+3), To: t.Monday() + 6, Kind: m.Scope, Grain: m.Week}, true
	})
	days("weekdays", "[a|on a|during the] (weekday|weekdays|week day|week days)", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		mon := t.Monday()
		if t-mon > 4 {
			mon += 7
		}
		return m.Days{From: max(mon, t), To: mon + 5, Kind: m.Scope, Grain: m.Week}, true
	})
}
