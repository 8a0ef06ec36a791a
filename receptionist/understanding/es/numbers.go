package es

import (
	"slices"
	"strconv"
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

var (
	units = []string{"uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"}
	teens = []string{
		"diez", "once", "doce", "trece", "catorce", "quince", "dieciséis", "diecisiete", "dieciocho", "diecinueve",
		"veinte", "veintiuno", "veintidós", "veintitrés", "veinticuatro", "veinticinco", "veintiséis", "veintisiete", "veintiocho", "veintinueve",
	}
	tens     = []string{"veinte", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"}
	hundreds = []string{"cien", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"}
	ordinals = [][]string{
		{"primero", "primera", "primer"},
		{"segundo", "segunda"},
		{"tercero", "tercera", "tercer"},
		{"cuarto", "cuarta"},
		{"quinto", "quinta"},
		{"sexto", "sexta"},
		{"séptimo", "séptima"},
		{"octavo", "octava"},
		{"noveno", "novena"},
		{"décimo", "décima"},
		{"undécimo"},
		{"duodécimo"},
	}
)

// numbers reads cardinals, ordinals and runs of digit groups.
func numbers(s *grammar.Spec) {
	word := func(w string, k m.GroupKind, n int) {
		s.AddWords(m.KDigit, m.Group{Kind: k, N: n}, "digit word", plain(w))
		if n > 0 && k <= m.Ten {
			s.AddWords(m.KNumber, m.Number{N: n}, "number word", plain(w))
		}
	}
	for i, w := range units {
		word(w, m.Unit, i+1)
	}
	for i, w := range teens {
		if n := i + 10; n != 20 {
			word(w, m.Teen, n)
		}
	}
	for i, w := range tens {
		word(w, m.Ten, (i+2)*10)
	}
	for i, w := range hundreds {
		word(w, m.Hundred, (i+1)*100)
		word(strings.ReplaceAll(w, "cientos", "cientas"), m.Hundred, (i+1)*100)
	}
	word("ciento", m.Hundred, 100)
	word("veintiun", m.Teen, 21)
	for _, w := range []string{"cero", "oh", "zero"} {
		word(w, m.Oh, 0)
	}
	word("mil", m.Thousand, 1000)
	for _, w := range []string{"doble", "dobles", "double"} {
		word(w, m.Double, 2)
	}
	word("triple", m.Triple, 3)
	for i, ws := range ordinals {
		for _, w := range ws {
			s.AddWords(m.KOrdinal, m.Ordinal{N: i + 1}, "ordinal word", plain(w))
		}
	}
	english(word)
	s.Shapes = append(s.Shapes, rules.Figures)

	s.Tests["ten"] = test(func(g m.Group) bool { return g.Kind == m.Ten })
	s.Tests["unit"] = test(func(g m.Group) bool { return g.Kind == m.Unit })
	s.Tests["one"] = test(func(g m.Group) bool { return g.Kind == m.Unit || g.Kind == m.Figures && len(g.Text) == 1 })
	s.Tests["dom"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 31 && n.Width <= 2 })
	s.Tests["mday"] = test(func(o m.Ordinal) bool { return o.N == 1 })
	s.Tests["year"] = test(func(n m.Number) bool { return n.Width == 4 && n.N >= 2000 && n.N < 2100 })

	tensAnd := func(mt *grammar.Match) int { return as[m.Group](mt, 0).N + as[m.Group](mt, 1).N }
	s.Add(
		grammar.Rule{Name: "tens and units", Kind: m.KNumber, Pattern: "<digit:ten> [y] <digit:unit>", Make: func(mt *grammar.Match) (any, bool) {
			return m.Number{N: tensAnd(mt)}, true
		}},
		grammar.Rule{Name: "tens and units", Kind: m.KDigit, Pattern: "<digit:ten> y <digit:unit>", Make: func(mt *grammar.Match) (any, bool) {
			return m.Group{Kind: m.Teen, N: tensAnd(mt)}, true
		}},
		// "diez y seis", as some say and some recognisers write
		grammar.Rule{Name: "ten and units", Kind: m.KDigit, Pattern: "diez y <digit:unit>", Make: func(mt *grammar.Match) (any, bool) {
			n := as[m.Group](mt, 0).N
			return m.Group{Kind: m.Teen, N: 10 + n}, n >= 6
		}},
		grammar.Rule{Name: "hundreds in two words", Kind: m.KDigit, Pattern: "<digit:unit> (cientos|cientas)", Make: func(mt *grammar.Match) (any, bool) {
			return m.Group{Kind: m.Hundred, N: 100 * as[m.Group](mt, 0).N}, true
		}},
		grammar.Rule{Name: "a thousand", Kind: m.KDigit, Pattern: "un mil", Value: m.Group{Kind: m.Thousand, N: 1000}},
		// "o" is "or"; between digits it is a zero
		grammar.Rule{Name: "o for zero", Kind: m.KDigit, Pattern: "o", Value: m.Group{Kind: m.Oh}},
		grammar.Rule{Name: "twice", Kind: m.KDigit, Pattern: "dos veces", Value: m.Group{Kind: m.Double, N: 2}},
		grammar.Rule{Name: "two of a digit", Kind: m.KDigit, Pattern: "dos (cincos|cuatros|nueves|ochos|sietes|seises|treses|ceros|unos)", Make: twoOf},
		grammar.Rule{Name: "a couple", Kind: m.KNumber, Pattern: "un par [de]", Value: m.Number{N: 2}},
		grammar.Rule{Name: "a few", Kind: m.KNumber, Pattern: "(unos|unas|algunos|algunas|varios|varias)", Score: -1, Make: aFew},
		grammar.Rule{Name: "ordinal in figures", Kind: m.KOrdinal, Pattern: "<number> _ (ro|er|ra|do|da|to|ta|mo|ma|vo|va|no|na|o|a|º|ª)", Make: func(mt *grammar.Match) (any, bool) {
			n := as[m.Number](mt, 0)
			return m.Ordinal{N: n.N}, n.Figures && n.Width <= 3 && n.N > 0
		}},
		grammar.Rule{Name: "digits in a row", Kind: m.KNumRun, Pattern: "<digit+>", Make: numRun},
	)
}

// english adds the English number words: many say numbers, times and addresses in English in the middle of Spanish.
func english(word func(w string, k m.GroupKind, n int)) {
	for i, w := range strings.Fields("one two three four five six seven eight nine") {
		word(w, m.Unit, i+1)
	}
	for i, w := range strings.Fields("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen") {
		word(w, m.Teen, i+10)
	}
	for i, w := range strings.Fields("twenty thirty forty fifty sixty seventy eighty ninety") {
		word(w, m.Ten, (i+2)*10)
	}
	word("hundred", m.Hundred, 1)
}

// twoOf reads "dos cincos" as 55.
func twoOf(mt *grammar.Match) (any, bool) {
	w := mt.Tokens[mt.From+1].Norm
	for i, u := range units {
		if strings.HasPrefix(w, u) {
			return m.Group{Kind: m.Figures, N: 11 * (i + 1), Text: strconv.Itoa(11 * (i + 1))}, true
		}
	}
	return m.Group{Kind: m.Figures, Text: "00"}, true
}

// numRun puts digit groups together. A comma ends a run.
func numRun(mt *grammar.Match) (any, bool) {
	for i := mt.From + 1; i < mt.To; i++ {
		if mt.Tokens[i].Gap&(grammar.Comma|grammar.Stop|grammar.Slash) != 0 {
			return nil, false
		}
	}
	groups := make([]m.Group, 0, mt.To-mt.From)
	for _, v := range mt.All(0) {
		groups = append(groups, v.(m.Group))
	}
	if first := mt.Tokens[mt.From].Norm; (first == "o" || hasWord(mt.Tokens[mt.From:mt.To], "o")) && (len(groups) < 4 || first == "o" || mt.Tokens[mt.To-1].Norm == "o") {
		return nil, false // "dos o tres"
	}
	text, ok := concat(groups, false)
	apart, _ := concat(groups, true)
	if apart == text {
		apart = ""
	}
	return m.Digits{Text: text, Apart: apart}, ok
}

func hasWord(ts []grammar.Token, w string) bool {
	for i := range ts {
		if ts[i].Norm == w {
			return true
		}
	}
	return false
}

// concat puts digit groups together the way house numbers, ZIP codes and telephone numbers are said: group after group,
// with hundreds and thousands counted where they are said. "mil ochocientos cuarenta y siete" is 1847, "dieciocho cuarenta
// y siete" too, "siete setenta y tres" 773. Apart takes what "y" joins for two groups: "sesenta y seis cero ocho" is then
// 60608. It fails on a lone "doble".
func concat(groups []m.Group, apart bool) (string, bool) {
	var b strings.Builder
	digits := 0
	for i := 0; i < len(groups); {
		g := groups[i]
		switch {
		case g.Kind == m.Figures:
			if strings.ContainsRune(g.Text, '/') {
				return "", false
			}
			b.WriteString(g.Text)
			i++
		case g.Kind == m.Oh:
			b.WriteByte('0')
			i++
			continue
		case g.Kind == m.Double || g.Kind == m.Triple:
			if i+1 >= len(groups) || single(groups[i+1]) == "" {
				return "", false
			}
			b.WriteString(strings.Repeat(single(groups[i+1]), g.N))
			i += 2
		case apart && g.Kind == m.Ten:
			b.WriteString(strconv.Itoa(g.N))
			i++
		case apart && g.Kind == m.Teen && g.N > 30:
			b.WriteString(strconv.Itoa(g.N / 10 * 10))
			b.WriteString(strconv.Itoa(g.N % 10))
			i++
		default:
			n, used := cardinal(groups[i:])
			b.WriteString(strconv.Itoa(n))
			i += used
		}
		digits++
	}
	return b.String(), digits > 0
}

// single is the digit that a group of one digit stands for.
func single(g m.Group) string {
	switch {
	case g.Kind == m.Oh:
		return "0"
	case g.Kind == m.Unit:
		return strconv.Itoa(g.N)
	case g.Kind == m.Figures && len(g.Text) == 1:
		return g.Text
	}
	return ""
}

// cardinal reads one number from the start of the groups.
func cardinal(g []m.Group) (n, used int) {
	n, used = below1000(g)
	if used == len(g) || g[used].Kind != m.Thousand {
		return n, used
	}
	n = max(n, 1) * 1000
	used++
	rest, more := below1000(g[used:])
	// "dos mil cinco" ends there; in "dos mil cinco cinco" the fives are digits of their own
	if more > 0 && (rest > 9 || used+more == len(g)) {
		n, used = n+rest, used+more
	}
	return n, used
}

// below1000 reads "siete", "diecisiete", "setenta", "setenta siete" or "ochocientos cuarenta"; used is 0 if there is no
// such number.
func below1000(g []m.Group) (n, used int) {
	n, used = below100(g)
	switch {
	case used < len(g) && g[used].Kind == m.Hundred && g[used].N == 1: // "eighteen hundred"
		n, used = max(n, 1)*100, used+1
	case used == 0 && len(g) > 0 && g[0].Kind == m.Hundred:
		n, used = g[0].N, 1
	default:
		return n, used
	}
	rest, more := below100(g[used:])
	if more > 0 && (g[used].Kind != m.Unit || used+more == len(g)) {
		n, used = n+rest, used+more
	}
	return n, used
}

func below100(g []m.Group) (n, used int) {
	if len(g) == 0 {
		return 0, 0
	}
	switch g[0].Kind {
	case m.Unit, m.Teen:
		return g[0].N, 1
	case m.Ten:
		if len(g) > 1 && g[1].Kind == m.Unit {
			return g[0].N + g[1].N, 2
		}
		return g[0].N, 1
	}
	return 0, 0
}

// aFew is a number before a unit of time only: "unas horas", but not "unas tejas".
func aFew(mt *grammar.Match) (any, bool) {
	if mt.To == len(mt.Tokens) {
		return nil, false
	}
	for _, units := range grainWords {
		if slices.Contains(units, mt.Tokens[mt.To].Norm) {
			return m.Number{N: 3}, true
		}
	}
	return nil, false
}
