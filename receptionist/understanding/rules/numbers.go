package rules

import (
	"strconv"
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Figures reads tokens written in figures.
func Figures(t *grammar.Token, out []grammar.Entry) []grammar.Entry {
	if !t.Digits {
		return out
	}
	w := t.Norm
	switch {
	case strings.ContainsRune(w, ':'):
		if h, ok := ClockFigures(w); ok {
			out = append(out, grammar.Entry{Kind: m.KClock, Value: h, Rule: "time in figures"})
		}
	case strings.ContainsRune(w, '/'):
		// dates in figures need the present: see the rule over KDigit in dates.go
		out = append(out, grammar.Entry{Kind: m.KDigit, Value: m.Group{Kind: m.Figures, N: -1, Text: w}, Rule: "figures"})
	case w[len(w)-1] > '9':
		if n, err := strconv.Atoi(w[:len(w)-2]); err == nil && n > 0 && n < 1000 {
			out = append(out, grammar.Entry{Kind: m.KOrdinal, Value: m.Ordinal{N: n}, Rule: "ordinal in figures"})
		}
	default:
		n := -1
		if len(w) <= 4 {
			n, _ = strconv.Atoi(w)
			out = append(out, grammar.Entry{Kind: m.KNumber, Value: m.Number{N: n, Figures: true, Width: len(w)}, Rule: "number in figures"})
		}
		if len(w) <= 15 {
			out = append(out, grammar.Entry{Kind: m.KDigit, Value: m.Group{Kind: m.Figures, N: n, Text: w}, Rule: "figures"})
		}
	}
	return out
}

// ordinalUnits are the words that make an ordinal of tens before them, in the languages that have such.
var ordinalUnits = map[string]bool{
	"first": true, "second": true, "third": true, "fourth": true, "fifth": true, "sixth": true, "seventh": true, "eighth": true, "ninth": true,
}

// NumRun puts digit groups together. A comma ends a run: "unit six ten, six oh six oh five".
func NumRun(mt *grammar.Match) (any, bool) {
	for i := mt.From + 1; i < mt.To; i++ {
		if mt.Tokens[i].Gap&(grammar.Comma|grammar.Stop|grammar.Slash) != 0 {
			return nil, false
		}
	}
	var groups []m.Group
	for _, v := range mt.All(0) {
		groups = append(groups, v.(m.Group))
	}
	if mt.To < len(mt.Tokens) && groups[len(groups)-1].Kind == m.Ten && ordinalUnits[mt.Tokens[mt.To].Norm] {
		return nil, false // "seven oh four twenty third street": the tens are the street's
	}
	text, ok := m.Concat(groups)
	return m.Digits{Text: text}, ok
}
