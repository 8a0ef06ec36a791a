package rules

import (
	"strconv"
	"strings"

	"fixly/receptionist/understanding/grammar"
)

// OrdinalFigures writes an ordinal as streets are numbered: 51st.
func OrdinalFigures(n int) string {
	end := "th"
	if n%100 < 11 || n%100 > 13 {
		switch n % 10 {
		case 1:
			end = "st"
		case 2:
			end = "nd"
		case 3:
			end = "rd"
		}
	}
	return strconv.Itoa(n) + end
}

// JoinWords writes the parts that are not empty with spaces between them.
func JoinWords(parts ...string) string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return strings.Join(out, " ")
}

// Written is what some tokens were written as, in lower case: accents and unusual spellings stay in names.
func Written(ts []grammar.Token) string {
	var b strings.Builder
	for i := range ts {
		if i > 0 && ts[i].Norm != "'s" {
			b.WriteByte(' ')
		}
		b.WriteString(ts[i].Written)
	}
	return b.String()
}

// Norms are the normal forms of some tokens.
func Norms(ts []grammar.Token) string {
	var b strings.Builder
	for i := range ts {
		if i > 0 && ts[i].Norm != "'s" {
			b.WriteByte(' ')
		}
		b.WriteString(ts[i].Norm)
	}
	return b.String()
}

// Title writes words the way names are written: "karen o'rourke" is "Karen O'Rourke", "mcdonald" "McDonald".
func Title(s string) string {
	var b strings.Builder
	for i, w := range strings.Fields(s) {
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(titleWord(w))
	}
	return b.String()
}

func titleWord(w string) string {
	rs := []rune(strings.ToLower(w))
	up := true
	for i, r := range rs {
		if up && r >= 'a' && r <= 'z' || up && r > 127 {
			rs[i] = []rune(strings.ToUpper(string(r)))[0]
		}
		// after a hyphen, and after an apostrophe that isn't a possessive's
		up = r == '-' || r == '\'' && i+2 < len(rs)
	}
	if len(rs) > 4 && rs[0] == 'M' && rs[1] == 'c' {
		rs[2] = []rune(strings.ToUpper(string(rs[2])))[0]
	}
	return string(rs)
}
