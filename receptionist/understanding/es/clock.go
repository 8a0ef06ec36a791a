package es

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// clock reads times of the clock. A time of one to twelve without a part of the day keeps both readings open, as in
// English.
func clock(s *grammar.Spec) {
	s.Tests["hour12"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 12 && n.Width <= 2 })
	s.Tests["minute2"] = test(func(n m.Number) bool { return n.N >= 10 && n.N <= 59 && (n.Width == 0 || n.Width == 2) })
	s.Tests["minutes"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 59 })
	s.Tests["hhmm"] = test(func(n m.Number) bool {
		return n.Width >= 3 && n.Width <= 4 && n.N%100 < 60 && n.N/100 >= 1 && n.N/100 <= 12
	})
	s.Tests["twelve"] = test(func(h m.Hours) bool { return h.Moment && h.Twelve })
	s.Tests["sure"] = test(func(h m.Hours) bool { return h.Moment && !h.Twelve })
	s.Tests["full"] = test(func(h m.Hours) bool { return h.Moment && h.From%60 == 0 })

	same := func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }
	hour := func(mt *grammar.Match) (any, bool) { return rules.At(as[m.Number](mt, 0).N, 0), true }
	clk := func(name, pattern string, score float64, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KClock, Pattern: pattern, Score: score, Make: make})
	}
	// A bare number is only an hour where other words or the question say so: KHour. Every clock time is one too.
	s.Add(
		grammar.Rule{Name: m.RuleBareHour, Kind: m.KHour, Pattern: "<number:hour12>", Score: -2, Make: hour},
		grammar.Rule{Name: m.RuleClockTime, Kind: m.KHour, Pattern: "<clock>", Make: same},
	)
	one := func(*grammar.Match) (any, bool) { return rules.At(1, 0), true }
	clk("the hour", "las <number:hour12> [horas] [en punto]", 0, func(mt *grammar.Match) (any, bool) {
		return rules.At(as[m.Number](mt, 0).N, 0), (!digitAt(mt, mt.To) || mt.Tokens[mt.To].Gap&grammar.Hyphen != 0) && !several(mt)
	})
	clk("one o'clock", "la (una|1|una hora) [en punto]", 0, one)
	clk("hour sharp", "<number:hour12> (en punto|horas en punto)", 0, hour)
	clk("hour and minutes", "[las] <number:hour12> [con|y] <number:minute2> [minutos]", -1, func(mt *grammar.Match) (any, bool) {
		_, to, _ := mt.Range(0)
		return rules.At(as[m.Number](mt, 0).N, as[m.Number](mt, 1).N), !digitAt(mt, mt.To) && mt.Tokens[to].Gap&(grammar.Comma|grammar.Stop) == 0 // "a las diez, once"
	})
	clk("one and minutes", "la (una|1) [con|y] <number:minute2>", 0, func(mt *grammar.Match) (any, bool) { return rules.At(1, as[m.Number](mt, 0).N), true })

	moved := func(minutes func(*grammar.Match) int, hour int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) { return as[m.Hours](mt, hour).Moved(minutes(mt)), true }
	}
	by := func(n int) func(*grammar.Match) int { return func(*grammar.Match) int { return n } }
	number := func(sign int) func(*grammar.Match) int {
		return func(mt *grammar.Match) int { return sign * as[m.Number](mt, 0).N }
	}
	clk("half past", "<hour:full> y media", 1, moved(by(30), 0))
	clk("half past one", "(la una|la 1|una) y media", 1, func(*grammar.Match) (any, bool) { return rules.At(1, 30), true })
	clk("quarter past", "<hour:full> y cuarto", 1, moved(by(15), 0))
	clk("quarter past one", "(la una|la 1|una) y cuarto", 1, func(*grammar.Match) (any, bool) { return rules.At(1, 15), true })
	clk("minutes past", "<hour:full> y <number:minutes> [minutos]", -1, func(mt *grammar.Match) (any, bool) {
		return as[m.Hours](mt, 0).Moved(as[m.Number](mt, 1).N), !digitAt(mt, mt.To)
	})
	clk("quarter to", "<hour:full> menos [un] cuarto", 1, moved(by(-15), 0))
	clk("quarter to", "[un|faltando un|faltando] cuarto (para|pa) <hour:full>", 1, moved(by(-15), 0))
	clk("quarter to one", "[un|faltando] cuarto para la una", 1, func(*grammar.Match) (any, bool) { return rules.At(12, 45), true })
	clk("minutes to", "<hour:full> menos <number:minutes>", 0, func(mt *grammar.Match) (any, bool) {
		return as[m.Hours](mt, 0).Moved(-as[m.Number](mt, 1).N), true
	})
	clk("minutes to", "[faltando|faltan] <number:minutes> [minutos] para <clock>", 0, moved(number(-1), 1))

	fixed := func(minutes int) func(*grammar.Match) (any, bool) {
		return func(*grammar.Match) (any, bool) { return m.Hours{From: minutes, To: minutes, Moment: true}, true }
	}
	clk("noon", "[al|el|a] (mediodía|medio día)", 0, fixed(12*60))
	clk("noon", "[a] [las] (doce|12) (del día|del mediodía|de la tarde)", 2, fixed(12*60))
	clk("midnight", "[a] [la] (medianoche|media noche)", 0, fixed(0))
	clk("midnight", "[a] [las] (doce|12) de la noche", 2, fixed(0))

	for _, half := range []struct {
		pattern string
		pm      bool
	}{{"(am|a m|de la mañana|de la madrugada|en la mañana|por la mañana)", false}, {"(pm|p m|de la tarde|de la noche|en la tarde|por la tarde|en la noche|por la noche)", true}} {
		clk("with a half of the day", "[las] <hour:twelve> "+half.pattern, 3, func(mt *grammar.Match) (any, bool) {
			if mt.Tokens[mt.From].Norm == "mañana" {
				return nil, false
			}
			return as[m.Hours](mt, 0).Half(half.pm), true
		})
		clk("figures with a half of the day", "[las] <number:hhmm> "+half.pattern, 3, func(mt *grammar.Match) (any, bool) {
			n := as[m.Number](mt, 0).N
			return rules.At(n/100, n%100).Half(half.pm), true
		})
		clk("one with a half of the day", "[la] una "+half.pattern, 3, func(*grammar.Match) (any, bool) { return rules.At(1, 0).Half(half.pm), true })
		clk("24 hours with a half of the day", "<clock:sure> "+half.pattern, 1, same)
	}

	clk("at an hour", "a <clock>", 0, same)
	clk("at an hour", "a las <hour>", 0, same)
	about := func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		h.Vague = true
		return h, true
	}
	clk("about an hour", "(como|tipo|cerca de|alrededor de|más o menos|a eso de|por ahí de|por ahí|sobre|aproximadamente|digamos|serían|como por ahí de|hacia) [a|de|como] <clock>", 0, about)
	clk("about an hour", "(como|tipo|alrededor de) [a las|las] <hour>", 0, about)
	clk("hour or so", "<clock> (más o menos|aproximadamente|o algo así|o por ahí|y pico|y algo)", 0, about)
}

// several says whether a number is followed by words for several things: "las dos me sirven" takes both.
func several(mt *grammar.Match) bool {
	i := mt.To
	if i < len(mt.Tokens) && (mt.Tokens[i].Norm == "me" || mt.Tokens[i].Norm == "nos") {
		i++
	}
	return i < len(mt.Tokens) && plural[mt.Tokens[i].Norm]
}

var plural = wordSet("sirven quedan funcionan estan opciones son acomodan convienen")
