package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// crossStreets reads an answer that names a crossing in place of an address: "damen and north avenue", "on ashland near
// division". It is kept as it was said; the house number is asked for.
func (u *utterance) crossStreets() bool {
	from := u.afterLeadIn()
	for i := range u.chart.Tokens {
		for _, s := range u.chart.At(i) {
			if s.Kind == m.KCue && s.Value.(m.Cue) == m.CueCrossing {
				from = s.To
			}
		}
	}
	for mid := from + 1; mid < len(u.chart.Tokens) && mid <= from+4; mid++ {
		if !u.is(mid, m.WJoin, m.WNear, m.WFrom) {
			continue
		}
		to := u.streetEnd(mid + 1)
		if !u.isStreetName(from, mid) || !u.isStreetName(mid+1, to) {
			return false
		}
		u.out.Address.Line1 = u.l.Title(u.words(from, mid)) + " " + u.word(mid) + " " + u.l.Title(u.words(mid+1, to))
		u.claim(from, to)
		u.note(from, to, "street", u.out.Address.Line1, "cross streets")
		u.addressTail(to)
		return true
	}
	return false
}

// streetEnd is where the name of a street that begins at a token ends: at a pause, a number, a town or a unit, or after
// a word such as "avenue".
func (u *utterance) streetEnd(from int) int {
	i := from
	for i < len(u.chart.Tokens) && i < from+4 {
		switch {
		case i > from && u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0, u.group(i) != nil, u.longest(i, m.KUnit) != nil,
			i > from && u.longest(i, m.KCity) != nil, u.is(i, m.WInAddress, m.WFiller, m.WJoin, m.WPlease):
			return i
		}
		i++
		if u.longest(i-1, m.KStreetKind) != nil && i > from+1 {
			return i
		}
	}
	return i
}

// isStreetName says whether some words can name a street: none of them an everyday word but for directions and kinds of
// street, of which there must be more than one of the latter alone.
func (u *utterance) isStreetName(from, to int) bool {
	if from >= to || to-from > 4 {
		return false
	}
	named := false
	for i := from; i < to; i++ {
		t := &u.chart.Tokens[i]
		switch {
		case t.Digits && t.Norm[len(t.Norm)-1] <= '9', t.Letter, i > from && t.Gap&(grammar.Comma|grammar.Stop) != 0:
			return false
		case u.longest(i, m.KDirection) != nil, u.longest(i, m.KOrdinal) != nil:
			named = true // North Avenue is a street
		case u.longest(i, m.KStreetKind) != nil:
		case u.is(i, m.WCommon, m.WStop) && u.longest(i, m.KCity) == nil:
			return false
		default:
			named = true
		}
	}
	return named
}

func (u *utterance) words(from, to int) string {
	parts := make([]string, 0, to-from)
	for i := from; i < to; i++ {
		parts = append(parts, u.word(i))
	}
	return strings.Join(parts, " ")
}

// bareStreet reads an answer to "which street is it?" that is nothing but a name: "damen", "it's north oakley".
func (u *utterance) bareStreet() {
	if !u.onlyStreet || u.out.Address.Line1 != "" {
		return
	}
	from := u.afterLeadIn()
	to := u.streetEnd(from)
	if !u.isStreetName(from, to) {
		return
	}
	u.out.Address.Line1 = u.l.Title(u.words(from, to))
	u.claim(from, to)
	u.note(from, to, "street", u.out.Address.Line1, "street alone")
	u.addressTail(to)
}
