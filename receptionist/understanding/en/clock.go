package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// clock reads times of the clock. A time of one to twelve without "am", "pm" or a part of the day keeps both
// readings open (Hours.Twelve); they are decided where the day and the opening hours are known.
func clock(s *grammar.Spec) {
	s.Tests["hour12"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 12 && n.Width <= 2 })
	s.Tests["minute2"] = test(func(n m.Number) bool { return n.N >= 10 && n.N <= 59 && (n.Width == 0 || n.Width == 2) })
	s.Tests["minutes"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 59 })
	s.Tests["sureminutes"] = test(func(n m.Number) bool { return n.N > 12 && n.N <= 59 })
	s.Tests["hhmm"] = test(func(n m.Number) bool {
		return n.Width >= 3 && n.Width <= 4 && n.N%100 < 60 && n.N/100 >= 1 && n.N/100 <= 12
	})
	s.Tests["hour24"] = test(func(n m.Number) bool { return n.N >= 13 && n.N <= 23 && n.Width == 2 })
	s.Tests["fives"] = test(func(n m.Number) bool { return n.N >= 5 && n.N <= 55 && n.N%5 == 0 && (n.Width == 0 || n.Width == 2) })
	s.Tests["twelve"] = test(func(h m.Hours) bool { return h.Moment && h.Twelve })
	s.Tests["sure"] = test(func(h m.Hours) bool { return h.Moment && !h.Twelve })

	clk := func(name, pattern string, score float64, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KClock, Pattern: pattern, Score: score, Make: make})
	}
	// A bare number is only an hour where other words or the question say so: KHour. Every clock time is one too.
	s.Add(
		grammar.Rule{Name: m.RuleBareHour, Kind: m.KHour, Pattern: "<number:hour12>", Score: -2, Make: func(mt *grammar.Match) (any, bool) {
			return at(as[m.Number](mt, 0).N, 0), true
		}},
		grammar.Rule{Name: m.RuleClockTime, Kind: m.KHour, Pattern: "<clock>", Make: func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }},
	)
	hhmm := func(mt *grammar.Match, i int) m.Hours {
		n := as[m.Number](mt, i).N
		return at(n/100, n%100)
	}
	clk("figures after at", "at <number:hhmm> [ish]", -1, func(mt *grammar.Match) (any, bool) {
		h := hhmm(mt, 0)
		h.Vague = mt.Tokens[mt.To-1].Norm == "ish"
		return h, h.From%5 == 0
	})
	clk("figures after about", "(around|about|approximately|roughly) <number:hhmm>", -1, func(mt *grammar.Match) (any, bool) {
		h := hhmm(mt, 0)
		h.Vague = true
		return h, h.From%5 == 0
	})
	clk("figures in a part", "[at] <number:hhmm> (in the|this) <part>", 2, func(mt *grammar.Match) (any, bool) {
		return as[m.Hours](mt, 1).Clock(hhmm(mt, 0)), true
	})
	clk("o'clock", "<number:hour12> (o'clock|o clock|oh clock)", 0, func(mt *grammar.Match) (any, bool) { return at(as[m.Number](mt, 0).N, 0), true })
	clk("hour and minutes", "<number:hour12> <number:minute2>", -1, func(mt *grammar.Match) (any, bool) {
		return at(as[m.Number](mt, 0).N, as[m.Number](mt, 1).N), true
	})
	clk("hour oh minutes", "<number:hour12> (oh|o) <digit:unit>", -1, func(mt *grammar.Match) (any, bool) {
		return at(as[m.Number](mt, 0).N, as[m.Group](mt, 1).N), true
	})
	fixed := func(minutes int) func(*grammar.Match) (any, bool) {
		return func(*grammar.Match) (any, bool) { return m.Hours{From: minutes, To: minutes, Moment: true}, true }
	}
	clk("noon", "[twelve|12] (noon|midday)", 0, fixed(12*60))
	clk("noon", "mid day", 0, fixed(12*60))
	clk("midnight", "mid night", 0, fixed(0))
	clk("around noon", "noonish", 0, func(*grammar.Match) (any, bool) {
		return m.Hours{From: 12 * 60, To: 12 * 60, Moment: true, Vague: true}, true
	})
	clk("midnight", "[twelve|12] midnight", 0, fixed(0))

	for _, half := range []struct {
		pattern string
		pm      bool
	}{
		{"(am|a m)", false}, {"(pm|p m)", true}, {"_ a", false}, {"_ p", true}, {"in the (am|a m)", false}, {"in the (pm|p m)", true},
	} {
		clk("with am or pm", "<hour:twelve> "+half.pattern, 3, func(mt *grammar.Match) (any, bool) { return as[m.Hours](mt, 0).Half(half.pm), true })
		clk("figures with am or pm", "<number:hhmm> "+half.pattern, 3, func(mt *grammar.Match) (any, bool) {
			n := as[m.Number](mt, 0).N
			return at(n/100, n%100).Half(half.pm), true
		})
		clk("24 hours with am or pm", "<clock:sure> "+half.pattern, 1, func(mt *grammar.Match) (any, bool) { return mt.Value(0), true })
	}

	past := func(minutes func(*grammar.Match) int, hour int) func(*grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			h := as[m.Hours](mt, hour)
			if h.From%60 != 0 {
				return nil, false
			}
			return h.Moved(minutes(mt)), true
		}
	}
	n := func(sign int) func(*grammar.Match) int {
		return func(mt *grammar.Match) int { return sign * as[m.Number](mt, 0).N }
	}
	quarter := func(sign int) func(*grammar.Match) int { return func(*grammar.Match) int { return sign * 15 } }
	half := func(*grammar.Match) int { return 30 }
	clk("half past", "half (past|after) <hour>", 0, past(half, 0))
	clk("half past", "half past the <hour>", 0, past(half, 0))
	clk("quarter past", "[a] quarter (past|after) <hour>", 0, past(quarter(1), 0))
	clk("quarter to", "[a] quarter (to|of|til|till|before) <hour>", 0, past(quarter(-1), 0))
	clk("minutes past", "<number:minutes> (minutes|minute|min|mins) (past|after) <hour>", 0, past(n(1), 1))
	clk("minutes past", "<number:minutes> past <hour>", 0, past(n(1), 1))
	clk("minutes to", "<number:minutes> (minutes|minute|min|mins) (to|of|til|till|before) <hour>", 0, past(n(-1), 1))
	clk("minutes to", "<number:sureminutes> (to|til|till) <hour>", 0, past(n(-1), 1))
	clk("minutes past", "<number:fives> after <hour>", 0, past(n(1), 1))
	clk("half past", "half <number:hour12>", -1, func(mt *grammar.Match) (any, bool) { // "half three", as the British say
		return at(as[m.Number](mt, 0).N, 30), mt.To == len(mt.Tokens) || mt.Tokens[mt.To].Norm != "inch" && mt.Tokens[mt.To].Norm != "day"
	})
	late := func(minutes int) func(*grammar.Match) (any, bool) { // "quarter to 14"
		return func(mt *grammar.Match) (any, bool) {
			t := as[m.Number](mt, 0).N*60 + minutes
			return m.Hours{From: t, To: t, Moment: true}, true
		}
	}
	clk("half past 24", "half past <number:hour24>", 0, late(30))
	clk("quarter past 24", "[a] quarter past <number:hour24>", 0, late(15))
	clk("quarter to 24", "[a] quarter to <number:hour24>", 0, late(-15))

	clk("hour in a part", "<hour:twelve> [in|at] [the] <part>", 1, func(mt *grammar.Match) (any, bool) {
		return as[m.Hours](mt, 1).Clock(as[m.Hours](mt, 0)), !someOne(mt, mt.From)
	})
	clk("part at an hour", "[in] [the] <part> [at|around|about|like] <hour:twelve>", 0, func(mt *grammar.Match) (any, bool) {
		from, to, _ := mt.Range(1)
		if to == from+1 && mt.Tokens[from].Norm == "one" && mt.Tokens[from-1].Norm != "at" || mt.Tokens[from].Gap&(grammar.Comma|grammar.Stop) != 0 && mt.Tokens[from].Norm != "at" {
			return nil, false // "the morning one"
		}
		return as[m.Hours](mt, 0).Clock(as[m.Hours](mt, 1)), true
	})

	clk("at an hour", "at <hour>", 0, func(mt *grammar.Match) (any, bool) { return mt.Value(0), true })
	about := func(mt *grammar.Match) (any, bool) {
		h := as[m.Hours](mt, 0)
		h.Vague = true
		return h, true
	}
	clk("about an hour", "[at] (around|about|approximately|roughly|maybe|say|like) [like|about|maybe] <hour>", 0, about)
	clk("hour or so", "<clock> (ish|or so|approximately|roughly|or thereabouts|or around there)", 0, about)
	clk("hour-ish", "<number:hour12> - ish", 0, func(mt *grammar.Match) (any, bool) {
		h := at(as[m.Number](mt, 0).N, 0)
		h.Vague = true
		return h, true
	})
}

// someOne says whether "one" at a token stands for a thing and not for an hour: "the one in the afternoon".
func someOne(mt *grammar.Match, i int) bool {
	if mt.Tokens[i].Norm != "one" || i == 0 {
		return false
	}
	switch mt.Tokens[i-1].Norm {
	case "for", "at", "it", "around", "about", "like", "say", "by", "after", "before", "from", "until", "till", "to", "between", "and", "meet", "come":
		return false
	}
	return true
}
