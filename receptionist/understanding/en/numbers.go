package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

var (
	unitWords = []string{"one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
	teens     = []string{"ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens      = []string{"twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	ordinals  = []string{
		"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
		"fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth",
	}
	ordinalTens = []string{"twentieth", "thirtieth", "fortieth", "fiftieth", "sixtieth", "seventieth", "eightieth", "ninetieth"}
)

// numbers reads cardinals, ordinals and runs of digit groups.
func numbers(s *grammar.Spec) {
	word := func(w string, k m.GroupKind, n int) {
		s.AddWords(m.KDigit, m.Group{Kind: k, N: n}, "digit word", w)
		if k <= m.Ten {
			s.AddWords(m.KNumber, m.Number{N: n}, "number word", w)
		}
	}
	for i, w := range unitWords {
		word(w, m.Unit, i+1)
	}
	for i, w := range teens {
		word(w, m.Teen, i+10)
	}
	for i, w := range tens {
		word(w, m.Ten, (i+2)*10)
	}
	for _, w := range []string{"fourty", "fourthy"} {
		word(w, m.Ten, 40)
	}
	for _, w := range []string{"oh", "zero", "o", "nought", "aught"} {
		word(w, m.Oh, 0)
	}
	word("hundred", m.Hundred, 100)
	word("thousand", m.Thousand, 1000)
	word("double", m.Double, 2)
	word("triple", m.Triple, 3)
	for i, w := range ordinals {
		s.AddWords(m.KOrdinal, m.Ordinal{N: i + 1}, "ordinal word", w)
	}
	for i, w := range ordinalTens {
		s.AddWords(m.KOrdinal, m.Ordinal{N: (i + 2) * 10}, "ordinal word", w)
	}
	s.Shapes = append(s.Shapes, figures)

	s.Tests["ten"] = test(func(g m.Group) bool { return g.Kind == m.Ten })
	s.Tests["unit"] = test(func(g m.Group) bool { return g.Kind == m.Unit })
	s.Tests["upto9"] = test(func(o m.Ordinal) bool { return o.N <= 9 })
	s.Tests["dom"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 31 && n.Width <= 2 })
	s.Tests["mday"] = test(func(o m.Ordinal) bool { return o.N >= 1 && o.N <= 31 })
	s.Tests["year"] = test(func(n m.Number) bool { return n.Width == 4 && n.N >= 2000 && n.N < 2100 })

	s.Add(
		grammar.Rule{Name: "tens and units", Kind: m.KNumber, Pattern: "<digit:ten> <digit:unit>", Make: func(mt *grammar.Match) (any, bool) {
			return m.Number{N: as[m.Group](mt, 0).N + as[m.Group](mt, 1).N}, true
		}},
		grammar.Rule{Name: "tens and ordinal", Kind: m.KOrdinal, Pattern: "<digit:ten> <ordinal:upto9>", Make: func(mt *grammar.Match) (any, bool) {
			return m.Ordinal{N: as[m.Group](mt, 0).N + as[m.Ordinal](mt, 1).N}, true
		}},
		grammar.Rule{Name: "a couple", Kind: m.KNumber, Pattern: "[a] couple [of]", Value: m.Number{N: 2}},
		grammar.Rule{Name: "a few", Kind: m.KNumber, Pattern: "[a] (few|several)", Value: m.Number{N: 3}},
		grammar.Rule{Name: "hundred and", Kind: m.KDigit, Pattern: "hundred and", Value: m.Group{Kind: m.Hundred, N: 100}},
		grammar.Rule{Name: "thousand and", Kind: m.KDigit, Pattern: "thousand and", Value: m.Group{Kind: m.Thousand, N: 1000}},
		grammar.Rule{Name: "digits in a row", Kind: m.KNumRun, Pattern: "<digit+>", Make: numRun},
	)
}
