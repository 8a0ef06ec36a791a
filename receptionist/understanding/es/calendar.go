package es

import (
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

var weekdayWords = [7][]string{
	{"domingo", "domingos", "dom"},
	{"lunes", "lun"},
	{"martes"},
	{"miercoles", "mie"},
	{"jueves", "jue"},
	{"viernes", "vie"},
	{"sabado", "sabados", "sab"},
}

var grainWords = map[m.Grain][]string{
	m.Minute:   {"minuto", "minutos", "minutito", "minutitos"},
	m.Hour:     {"hora", "horas"},
	m.DayGrain: {"dia", "dias"},
	m.Week:     {"semana", "semanas"},
	m.Month:    {"mes", "meses"},
	m.Year:     {"ano", "anos"},
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

	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	offset := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) { return rules.OneDay(now(mt).Today + n), true }
	}
	days("today", "[el día de] hoy [mismo|día]", offset(0))
	days("tomorrow", "mañana [mismo]", func(mt *grammar.Match) (any, bool) {
		if before := rules.Before(mt); beforeMorning[before] {
			return nil, false // "por la mañana" is a part of the day
		}
		return rules.OneDay(now(mt).Today + 1), true
	})
	days("day after tomorrow", "pasado [mañana]", offset(2))
	days("tomorrow or the day after", "mañana o pasado [mañana]", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t + 1, To: t + 3, Kind: m.Run}, true
	})
	days("today or tomorrow", "[entre] hoy (o|y) mañana", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t, To: t + 2, Kind: m.Run}, true
	})

	weekday := func(i int) func(mt *grammar.Match) time.Weekday {
		return func(mt *grammar.Match) time.Weekday { return as[time.Weekday](mt, i) }
	}(0)
	days("weekday", "[el|los|este día|día] <weekday>", func(mt *grammar.Match) (any, bool) { return rules.Coming(mt, weekday(mt)), true })
	days("this weekday", "este [mismo] <weekday>", func(mt *grammar.Match) (any, bool) {
		n := now(mt)
		d := n.Today.Monday() + m.Day((int(weekday(mt))+6)%7)
		if d < n.Today {
			d += 7
		}
		return rules.OneDay(d), true
	})
	// "el viernes que viene" is the coming one; within this week, some mean the one of next week
	next := func(mt *grammar.Match) (any, bool) {
		d := rules.OneDay(rules.Following(now(mt).Today, weekday(mt)))
		if d.From < now(mt).Today.Monday()+7 {
			d.Or = 7
		}
		return d, true
	}
	days("coming weekday", "[el|este] <weekday> (que viene|próximo|entrante|que entra|siguiente)", next)
	days("coming weekday", "[el|este] (próximo|siguiente) <weekday>", next)
	days("weekday after the next", "[el] otro <weekday>", rules.NextWeekday)
	days("weekday of next week", "[el] <weekday> de (la otra|la próxima|la siguiente|la entrante) [semana]", rules.NextWeekday)
	days("weekday in eight days", "[de|del|el] <weekday> en (ocho|8) [días]", func(mt *grammar.Match) (any, bool) {
		return rules.OneDay(rules.Following(now(mt).Today-1, weekday(mt)) + 7), true
	})
	days("weekday in fifteen days", "[de|del|el] <weekday> en (quince|15) [días]", func(mt *grammar.Match) (any, bool) {
		return rules.OneDay(rules.Following(now(mt).Today-1, weekday(mt)) + 14), true
	})
	days("day after a day", "[el|un] día (después|siguiente) (de|a) <days:oneday>", func(mt *grammar.Match) (any, bool) { return rules.OneDay(as[m.Days](mt, 0).From + 1), true })
	days("day after a day", "al día siguiente de <days:oneday>", func(mt *grammar.Match) (any, bool) { return rules.OneDay(as[m.Days](mt, 0).From + 1), true })
	days("day before a day", "[el|un] día (antes|anterior) (de|a) <days:oneday>", func(mt *grammar.Match) (any, bool) { return rules.OneDay(as[m.Days](mt, 0).From - 1), true })

	lengths(s)
	inLength := func(mt *grammar.Match) (any, bool) {
		return rules.OneDay(rules.AddLength(now(mt).Today, counted(mt, 0))), true
	}
	days("in a length", "(en|dentro de|de aquí en|de aquí a|de hoy en) <length:dwm>", inLength)
	days("today in eight", "de hoy en (ocho|8)", offset(7))
	days("today in fifteen", "de hoy en (quince|15)", offset(14))
	days("a length from a day", "<length:dwm> después de <days:oneday>", func(mt *grammar.Match) (any, bool) {
		return rules.OneDay(rules.AddLength(as[m.Days](mt, 1).From, counted(mt, 0))), true
	})
	nextDays := func(mt *grammar.Match) (any, bool) {
		from := now(mt).Today + 1
		return m.Days{From: from, To: rules.AddLength(from, as[m.Length](mt, 0)), Kind: m.Run}, true
	}
	days("the next days", "[en|durante|dentro de] los próximos <length:dwm>", nextDays)
	days("the next days", "[en|durante|dentro de] las próximas <length:dwm>", nextDays)
	days("some day soon", "[en] (estos|los próximos) días", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t, To: t + 7, Kind: m.Run}, true
	})
	days("in a day or two", "en (un día o dos|uno o dos días|un par de días)", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return m.Days{From: t + 1, To: t + 3, Kind: m.Run}, true
	})
	weeks(s)
}

// beforeMorning are words before "mañana" that make it the morning.
var beforeMorning = wordSet("la las una esta")

// counted is a length of time as it is counted: eight days are a week, fifteen are two.
func counted(mt *grammar.Match, i int) m.Length {
	l := as[m.Length](mt, i)
	if l.Grain == m.DayGrain && (l.N == 8 || l.N == 15) {
		l.N--
	}
	return l
}

// lengths reads "dos horas", "una semana", "media hora".
func lengths(s *grammar.Spec) {
	length := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KLength, Pattern: pattern, Make: make})
	}
	length("number of units", "<number> <grain>", func(mt *grammar.Match) (any, bool) {
		return m.Length{N: as[m.Number](mt, 0).N, Grain: as[m.Grain](mt, 1)}, true
	})
	length("a unit", "(un|una) <grain>", func(mt *grammar.Match) (any, bool) { return m.Length{N: 1, Grain: as[m.Grain](mt, 0)}, true })
	length("half an hour", "[una] media hora", func(*grammar.Match) (any, bool) { return m.Length{N: 30, Grain: m.Minute}, true })
	length("an hour and a half", "(una|1) hora y media", func(*grammar.Match) (any, bool) { return m.Length{N: 90, Grain: m.Minute}, true })
}

// weeks reads weeks, weekends and parts of them.
func weeks(s *grammar.Spec) {
	days := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KDays, Pattern: pattern, Make: make})
	}
	scope := func(from, to m.Day, g m.Grain) (any, bool) {
		return m.Days{From: from, To: to, Kind: m.Scope, Grain: g}, true
	}
	week := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			mon := now(mt).Today.Monday() + 7*n
			return scope(mon, mon+7, m.Week)
		}
	}
	days("this week", "[en|de] esta [misma] semana", week(0))
	days("next week", "[en|de] la (próxima|otra|siguiente|entrante) semana", week(1))
	days("next week", "(próxima|siguiente) semana", week(1))
	days("next week", "[en|de] la semana (que viene|próxima|entrante|que entra|siguiente)", week(1))
	days("week after next", "[en|de] (la semana después de la próxima|la semana después de la que viene|dos semanas|la semana de después)", week(2))
	days("week of a day", "[en|de] la semana (del|de) <days:oneday>", func(mt *grammar.Match) (any, bool) {
		mon := as[m.Days](mt, 0).From.Monday()
		return scope(mon, mon+7, m.Week)
	})
	days("rest of the week", "[en|durante] [lo que queda de|el resto de|lo que resta de] (la|esta) semana", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return scope(t, t.Monday()+7, m.Week)
	})
	days("later this week", "más (tarde|adelante) (esta semana|en la semana)", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return scope(max(t+1, t.Monday()+3), t.Monday()+7, m.Week)
	})
	weekend := func(n m.Day) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			sat := now(mt).Today.Monday() + 5 + 7*n
			return scope(sat, sat+2, m.Weekend)
		}
	}
	days("weekend", "[en] [el|este|un|los] (fin|fines) de semana", weekend(0))
	days("next weekend", "[en] [el] (próximo|otro|siguiente) fin de semana", weekend(1))
	days("next weekend", "[en] [el] fin de semana (que viene|próximo|entrante|siguiente)", weekend(1))
	days("early in a week", "(a principios|al principio|a inicios|al inicio|a comienzos|al comienzo|temprano) (de|en) <days:scope>", rules.PartOf(0, 3, 0, 10))
	days("middle of a week", "(a mediados|a la mitad|a media|a medio|en medio) [de] <days:scope>", rules.PartOf(1, 4, 10, 20))
	days("late in a week", "(a finales|al final|a fines|a fin) (de|en) <days:scope>", rules.PartOf(4, 7, 20, 31))
	early := func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		d := t.Monday()
		if t-d > 1 {
			d += 7
		}
		return scope(max(d, t), d+3, m.Week)
	}
	days("early in the week", "(a principios|al principio|a inicios|a comienzos) de [la] semana", early)
	days("middle of the week", "(a mediados|a la mitad|a media) [de] [la] semana", func(mt *grammar.Match) (any, bool) {
		mon := now(mt).Today.Monday()
		return scope(mon+1, mon+4, m.Week)
	})
	days("end of the week", "(a finales|al final|a fines|a fin) de [la] semana", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		return scope(max(t, t.Monday()+3), t.Monday()+6, m.Week)
	})
	days("weekdays", "(entre semana|(un|cualquier) día (de la semana|entre semana|laborable|de trabajo)|días (laborables|hábiles|de semana))", func(mt *grammar.Match) (any, bool) {
		t := now(mt).Today
		mon := t.Monday()
		if t-mon > 4 {
			mon += 7
		}
		return scope(max(mon, t), mon+5, m.Week)
	})
}
