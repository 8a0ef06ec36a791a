package es

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// hours reads stretches of the day: parts of it, ranges, limits, and clock times relative to now.
func hours(s *grammar.Spec) {
	part := func(from, to int, words ...string) {
		s.AddWords(m.KPart, m.Hours{From: from * 60, To: to * 60, Part: true}, "part of the day", words...)
	}
	part(6, 12, "manana", "mananas")
	part(12, 18, "tarde", "tardes")
	part(17, 24, "noche", "noches")
	part(0, 6, "madrugada")

	stretch := func(name, pattern string, score float64, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KHours, Pattern: pattern, Score: score, Make: make})
	}
	same := func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }
	stretch("part of the day", "(en|por|a|durante|de) (la|las|una) <part>", 0, same)
	stretch("part of the day", "(la|las) <part>", 0, func(mt *grammar.Match) (any, bool) {
		return mt.Value(0), !greets(mt)
	})
	stretch("early part", "[más|muy|bien] (temprano|tempranito) (en|por|de) la <part>", 1, func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		h.To = (h.From + h.To) / 2
		return h, true
	})
	stretch("early part", "en la <part> (temprano|tempranito)", 1, func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		h.To = (h.From + h.To) / 2
		return h, true
	})
	late := func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		h.From = (h.From + h.To) / 2
		return h, true
	}
	stretch("late part", "[más|ya|a última hora] (tarde|al final) (en|por|de) la <part>", 1, late)
	stretch("middle part", "(a media|a mitad de la|a mediados de la) <part>", 1, func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		quarter := (h.To - h.From) / 4
		h.From, h.To = h.From+quarter, h.To-quarter
		return h, true
	})
	between := func(from, to int) func(*grammar.Match) (any, bool) {
		return func(*grammar.Match) (any, bool) { return m.Hours{From: from * 60, To: to * 60, Part: true}, true }
	}
	stretch("first thing", "(a primera hora|a primeras horas|lo primero) [de la mañana|en la mañana|por la mañana|del día]", 1, func(*grammar.Match) (any, bool) {
		return m.Hours{From: 6 * 60, To: 10 * 60, Part: true, Default: true}, true
	})
	stretch("early", "[muy|bien|lo más|más] (temprano|tempranito)", -1, func(mt *grammar.Match) (any, bool) {
		return m.Hours{From: 6 * 60, To: 10 * 60, Part: true}, rules.Before(mt) != "mas"
	})
	stretch("late in the day", "(a última hora|al final del día|más al rato|a finales del día|ya tarde)", 0, between(15, 18))
	stretch("middle of the day", "(a medio día|a mitad del día|a mediados del día)", -1, between(11, 14))
	stretch("business hours", "(en|durante) (horas|horario) (de oficina|laborables|de trabajo|hábiles)", 0, between(8, 18))
	stretch("during the day", "durante el día", 0, between(8, 18))
	stretch("at lunch", "a la hora (del almuerzo|del lonche|de la comida|del lunch|de comer)", 0, between(12, 14))
	limit := func(name, pattern string, h m.Hours) {
		s.Add(grammar.Rule{Name: name, Kind: m.KHours, Pattern: pattern, Value: h, Score: 2})
	}
	const afterWords, beforeWords = "(después de|después del|luego de|luego del|pasando|pasado)", "(antes de|antes del)"
	limit("after lunch", afterWords+" [la hora] [de|del] (almuerzo|almorzar|comer|la comida|el almuerzo|el lonche|lonche|lunch)", m.Hours{From: 13 * 60, Limit: m.After})
	limit("before lunch", beforeWords+" [la hora] [de|del] (almuerzo|almorzar|comer|la comida|el almuerzo|el lonche|lonche|lunch)", m.Hours{From: 6 * 60, To: 12 * 60, Limit: m.Before})
	limit("after work", afterWords+" (trabajo|trabajar|el trabajo|mi trabajo|que salga del trabajo|que salga de trabajar|que salgo del trabajo|que salgo de trabajar|mi turno)", m.Hours{From: 17 * 60, Limit: m.After})
	limit("after work", "(cuando|en cuanto) (salga|salgo) (del trabajo|de trabajar)", m.Hours{From: 17 * 60, Limit: m.After})
	limit("before work", beforeWords+" (trabajo|trabajar|ir a trabajar|irme a trabajar|irme al trabajo|ir al trabajo|mi trabajo)", m.Hours{From: 6 * 60, To: 9 * 60, Limit: m.Before})
	limit("after school", afterWords+" (la escuela|recoger a los niños|que salgan los niños|dejar a los niños)", m.Hours{From: 15 * 60, Limit: m.After})
	limit("after noon", afterWords+" (mediodía|el mediodía|medio día)", m.Hours{From: 12 * 60, Limit: m.After})
	limit("before noon", beforeWords+" (mediodía|el mediodía|medio día)", m.Hours{To: 12 * 60, Limit: m.Before})

	stretch(m.RuleClockTime, "<clock>", 0, same)
	stretch(m.RuleBareHour, "<hour:twelve>", -9, same)
	stretch("part at an hour", "(en|por|a) la <part> [como] (a|a las|las) <hour:twelve>", 1, func(mt *grammar.Match) (any, bool) {
		return as[m.Hours](mt, 0).Both(as[m.Hours](mt, 1))
	})

	rangeOf := func(mt *grammar.Match) (any, bool) { return m.Range(as[m.Hours](mt, 0), as[m.Hours](mt, 1)) }
	for _, from := range []string{"<hour>", "las <hour>", "la <hour>"} {
		for _, to := range []string{"<hour>", "las <hour>", "la <hour>"} {
			if from == "<hour>" && to != "<hour>" {
				continue // every clock time is an hour: "de dos a las cuatro" is read with "las cuatro"
			}
			stretch("from hour to hour", "(de|desde) "+from+" (a|hasta) "+to, 1, rangeOf)
			stretch("between hours", "entre [como] "+from+" y "+to, 1, rangeOf)
			if from == "<hour>" {
				stretch("hour to hour", from+" (a|hasta) "+to, 0, rangeOf)
			}
		}
	}
	stretch("hour - hour", "<hour> - <hour>", 0, rangeOf)
	stretch("hour or hour", "<hour:twelve> o <clock:sure>", 1, func(mt *grammar.Match) (any, bool) {
		a, b := as[m.Hours](mt, 0), as[m.Hours](mt, 1)
		b.From, b.To = b.From+60, b.To+60
		r, ok := m.Range(a, b)
		return r, ok && r.To-r.From <= 3*60
	})
	stretch("hour or hour", "<hour:twelve> o <hour:twelve>", 0, func(mt *grammar.Match) (any, bool) {
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
	stretch("after an hour", "[algo|que sea|pero|ya] (después de|luego de|a partir de|pasadas|pasando|pasada|desde|más tarde de|no antes de|nada antes de|empezando) [como] <hour>", 1, after)
	stretch("after an hour", "(después de|a partir de|no antes de|pasadas|luego de|desde) (las|la) <hour>", 1, after)
	stretch("hour on", "(de|desde) [las|la] <hour> (en adelante|para adelante|para delante|pa delante)", 2, after)
	stretch("hour or later", "<hour> (o después|o más tarde|en adelante|para adelante)", 1, after)
	stretch("before an hour", "[algo|que sea|pero] (antes de|a más tardar|no después de|nada después de|más temprano de|no más tarde de) [como|a] <hour>", 1, before)
	stretch("before an hour", "(antes de|no después de|a más tardar a|no más tarde de) (las|la) <hour>", 1, before)
	stretch("until an hour", "hasta [como] [las|la] <hour>", 0, before)
	stretch("hour or earlier", "<hour> o (antes|más temprano)", 1, before)
	stretch("after but before", "(después de|a partir de) <hour> [y|pero] antes de <hour>", 2, rangeOf)
	stretch("before but after", "antes de <hour> [y|pero] después de <hour>", 2, func(mt *grammar.Match) (any, bool) {
		return m.Range(as[m.Hours](mt, 1), as[m.Hours](mt, 0))
	})
	visits(s)
}

// greets says whether a match is part of a greeting: "buenas tardes".
func greets(mt *grammar.Match) bool {
	b := rules.Before(mt)
	return b == "buenas" || b == "buena"
}

// visits reads days and hours in one.
func visits(s *grammar.Spec) {
	visit := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KVisit, Pattern: pattern, Make: make})
	}
	visit("this part of the day", "esta [misma] <part>", func(mt *grammar.Match) (any, bool) {
		return m.Visit{Days: rules.OneDay(now(mt).Today), Hours: as[m.Hours](mt, 0)}, true
	})
	s.Tests["pm"] = test(func(h m.Hours) bool { return h.From >= 12*60 })
	visit("part of a day", "<days:oneday> <part:pm>", func(mt *grammar.Match) (any, bool) {
		return m.Visit{Days: as[m.Days](mt, 0), Hours: as[m.Hours](mt, 1)}, true
	})
	visit("later today", "(más tarde hoy|hoy más tarde|más al rato|al rato|al ratito|ahorita más tarde)", func(mt *grammar.Match) (any, bool) {
		n := now(mt)
		return m.Visit{Days: rules.OneDay(n.Today), Hours: m.Hours{From: min(n.Minute+60, 23*60), Limit: m.After}}, true
	})
	minutes := func(l m.Length) int {
		if l.Grain == m.Hour {
			return l.N * 60
		}
		return l.N
	}
	visit("in some hours", "(en|dentro de|de aquí a) [como] <length:hm>", func(mt *grammar.Match) (any, bool) {
		n, more := now(mt), minutes(as[m.Length](mt, 0))
		t := n.Minute + more
		return m.Visit{Days: rules.OneDay(n.Today + m.Day(t/(24*60))), Hours: m.Hours{From: t % (24 * 60), To: t % (24 * 60), Moment: true}}, more < 7*24*60
	})
	visit("the next hours", "[en|dentro de] (los|las) (próximos|próximas|siguientes) <length:hm>", func(mt *grammar.Match) (any, bool) {
		n, more := now(mt), minutes(as[m.Length](mt, 0))
		return m.Visit{Days: rules.OneDay(n.Today), Hours: m.Hours{From: n.Minute, To: min(n.Minute+more, 24*60)}}, more > 0
	})
}
