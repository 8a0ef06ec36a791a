package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readAddress finds the street line, unit, city, state and ZIP code, whichever were said.
func (u *utterance) readAddress() {
	if s := u.bestStreet(); s != nil {
		st := s.Value.(m.Street)
		u.out.Address.Line1 = st.Line
		to := s.To
		if !st.Turned {
			to = u.trimCity(u.trimUnit(s))
		}
		u.claim(s.From, to)
		u.note(s.From, to, "street", u.out.Address.Line1, s.Rule)
		u.addressTail(to)
	} else if u.ctx.Asked == AskedAddress && u.first(m.KSameAddr) == nil && !u.crossStreets() {
		u.partialStreet()
		u.bareStreet()
	}
	u.readZIP()
	u.readUnit()
	u.readCity()
	if s := u.first(m.KSameAddr); s != nil {
		u.out.SameAddress = true
		u.noteSpan(s, "address", "on file")
	}
}

// bestStreet picks the street line; doubtful forms count only where an address was asked for or announced.
func (u *utterance) bestStreet() *grammar.Span {
	best := u.streetFrom(0)
	if best == nil {
		return nil
	}
	// "1494 West Walton, I mean 1449 West Walton"
	u.chart.Each(m.KAmend, func(s *grammar.Span) {
		if s.From < best.To {
			return
		}
		if next := u.streetFrom(s.To); next != nil && next.Value.(m.Street).Number {
			best = next
		}
	})
	return best
}

// streetFrom is the best street line that begins at a token or later.
func (u *utterance) streetFrom(first int) *grammar.Span {
	var best *grammar.Span
	worth := 0.0
	u.chart.Each(m.KStreet, func(s *grammar.Span) {
		if s.From < first {
			return
		}
		st := s.Value.(m.Street)
		asked := u.ctx.Asked == AskedAddress
		announced := u.cueBefore(s.From, m.CueAddress)
		if s.Score <= -4 && !asked && !announced {
			return
		}
		for i := s.From + 1; i < s.To; i++ {
			if u.townTo(i, s.To+1) && !u.namesStreet(s.From, i) {
				return // "north st" of "north st charles"
			}
		}
		if s.From > 0 && u.group(s.From-1) != nil && u.chart.Tokens[s.From].Gap&(grammar.Comma|grammar.Stop) == 0 {
			return // not from the middle of a number
		}
		w := float64(s.Len())*2 + s.Score
		if st.Number {
			w += 10
		}
		if st.Kind {
			w += 3
		}
		if (s.Rule == m.RuleHouseAndStreet || s.Rule == m.RuleHouseAndTown) && !asked {
			w -= 4
		}
		if best == nil || w > worth {
			best, worth = s, w
		}
	})
	return best
}

// trimUnit takes a unit that was said right after a street out of the street's name: "north milwaukee third floor".
func (u *utterance) trimUnit(s *grammar.Span) *grammar.Span {
	for i := s.From + 2; i < s.To; i++ {
		unit := u.longest(i, m.KUnit)
		if unit == nil || unit.To <= s.To-1 || !u.namesStreet(s.From, i) {
			continue
		}
		words := strings.Fields(u.out.Address.Line1)
		if len(words) <= s.To-i {
			continue
		}
		short := *s
		short.To = i
		u.out.Address.Line1 = strings.Join(words[:len(words)-(s.To-i)], " ")
		return &short
	}
	return s
}

// trimCity takes a city that was said right after a street out of the street's name: "nine twelve gartner naperville",
// "damen avenue park ridge". Behind a house number or a direction alone the town's name is the street's: "123 west
// madison". It returns where the street ends.
func (u *utterance) trimCity(s *grammar.Span) int {
	for i := s.From + 2; i < s.To; i++ {
		words := strings.Fields(u.out.Address.Line1)
		if u.townTo(i, s.To) && u.namesStreet(s.From, i) && len(words) > s.To-i {
			u.out.Address.Line1 = strings.Join(words[:len(words)-(s.To-i)], " ")
			return i
		}
	}
	return s.To
}

// townTo says whether a town's name begins at a token and reaches the end of a street, or beyond: "damen st charles".
func (u *utterance) townTo(i, end int) bool {
	for _, c := range u.chart.At(i) {
		if c.Kind == m.KCity && c.Rule == m.RuleCity && c.To >= end {
			return true
		}
	}
	return false
}

// namesStreet says whether some tokens hold more than a house number and a direction.
func (u *utterance) namesStreet(from, to int) bool {
	if n := u.longest(from, m.KNumRun); n != nil {
		from = n.To
	}
	for i := from; i < to; i++ {
		if u.longest(i, m.KDirection) == nil {
			return true
		}
	}
	return false
}

// addressTail reads what follows a street line.
func (u *utterance) addressTail(i int) {
	for i < len(u.chart.Tokens) {
		var next *grammar.Span
		for _, s := range u.chart.At(i) {
			switch s.Kind {
			case m.KUnit, m.KState:
			case m.KCity:
				if s.Rule != m.RuleCity {
					continue
				}
			default:
				continue
			}
			if next == nil || s.Len() > next.Len() || s.Len() == next.Len() && s.Kind == m.KCity {
				next = s // "new york" is a city first
			}
		}
		if next == nil {
			if run := u.longest(i, m.KNumRun); run != nil && u.chart.Tokens[i].Gap&grammar.Hash != 0 && u.out.Address.Unit == "" {
				number, to := run.Value.(m.Digits).Text, run.To
				if u.chart.Tokens[i].Digits {
					number, to = u.word(i), i+1 // "#3 60647"
				}
				u.out.Address.Unit = "#" + number
				u.claim(i, to)
				u.note(i, to, "unit", u.out.Address.Unit, "number sign")
				i = to
				continue
			}
			if !u.is(i, m.WInAddress) {
				return
			}
			i++
			continue
		}
		v := next.Value.(string)
		switch next.Kind {
		case m.KUnit:
			if v = u.splitUnitZIP(next, v); u.out.Address.Unit == "" {
				u.out.Address.Unit = v
			} else if next.Rule == m.RuleNamedFloor || next.Rule == m.RuleFloor { // "apartment 3, rear"
				u.out.Address.Unit += " " + v
			}
			u.noteSpan(next, "unit", v)
		case m.KState:
			u.out.Address.State = v
			u.noteSpan(next, "state", v)
		case m.KCity:
			u.out.Address.City = v
			u.noteSpan(next, "city", v)
		}
		u.claim(next.From, next.To)
		i = next.To
	}
}

// splitUnitZIP parts a unit from the ZIP code said right after it without a pause: "unit six ten six oh six oh five".
func (u *utterance) splitUnitZIP(s *grammar.Span, unit string) string {
	label, number, ok := strings.Cut(unit, " ")
	if !ok || len(number) < 6 {
		return unit
	}
	zip := number[len(number)-5:]
	if letter := number[:len(number)-5]; strings.Trim(number, "0123456789") != "" && (len(letter) != 1 || !onlyDigits(zip)) {
		return unit
	}
	u.out.Address.ZIP = zip
	u.noteSpan(s, "zip", zip)
	return label + " " + number[:len(number)-5]
}

// partialStreet reads parts of an address said on their own: a house number, a street without its number.
func (u *utterance) partialStreet() {
	n := len(u.chart.Tokens)
	for i := 0; i < n; i++ {
		if s := u.longest(i, m.KNumRun); s != nil {
			t := u.digits(s)
			if i == u.afterLeadIn() && len(t) != 5 && len(t) <= 6 && t[0] != '0' && s.To == n {
				u.out.Address.Line1 = t
				u.claim(s.From, s.To)
				u.noteSpan(s, "street", t)
			}
			i = s.To - 1
			continue
		}
	}
	if u.out.Address.Line1 != "" {
		return
	}
	// "palmer street": everything up to a street kind, if it looks like a name
	for i := u.afterLeadIn(); i < n; i++ {
		var kind *grammar.Span
		for _, s := range u.chart.At(i) {
			if s.Kind == m.KStreetKind {
				kind = s
			}
		}
		from := u.afterLeadIn()
		if kind == nil || i == from || i-from > 4 {
			continue
		}
		var words []string
		for k := from; k < i; k++ {
			if t := &u.chart.Tokens[k]; t.Digits || u.is(k, m.WStop) || k > from && t.Gap&(grammar.Comma|grammar.Stop) != 0 {
				return
			}
			words = append(words, u.chart.Tokens[k].Written)
		}
		words = append(words, kind.Value.(string))
		u.out.Address.Line1 = u.l.Title(strings.Join(words, " "))
		u.claim(from, kind.To)
		u.note(from, kind.To, "street", u.out.Address.Line1, "street without a number")
		u.addressTail(kind.To)
		return
	}
}

// afterLeadIn is the first token after words like "it's" and "the address is".
func (u *utterance) afterLeadIn() int {
	i := 0
	for i < len(u.chart.Tokens) && u.is(i, m.WFiller, m.WAddressLead) {
		i++
	}
	return i
}

// readZIP finds a ZIP code: five digits, said or written, in a place where one makes sense.
func (u *utterance) readZIP() {
	if u.out.Address.ZIP != "" {
		return
	}
	for _, r := range u.digitRuns() {
		for p, t := range r.pieces {
			from, to := r.tokens(p, p+1)
			if u.claimed(from, to) || u.chart.Tokens[from].Gap&grammar.Dollar != 0 {
				continue
			}
			if len(t) == 9 && p == 0 && len(r.pieces) == 1 && u.ctx.Asked != AskedPhone {
				t = t[:5] // ZIP+4
			}
			near := u.isMissingZIP(&r) || u.out.Address.Line1 != "" || u.ctx.Asked == AskedAddress || u.is(from-1, m.WZIP, m.WZIPHere) || u.is(from-2, m.WZIP)
			if len(t) == 5 && (near && (len(r.pieces) == 1 || u.out.Address.Line1 != "" || u.ctx.Asked == AskedAddress) || u.e.b.InArea(t) && u.ctx.Asked != AskedPhone) {
				u.out.Address.ZIP = t
				u.claim(from, to)
				u.note(from, to, "zip", t, "ZIP code")
				return
			}
		}
	}
}

// isMissingZIP says whether a run of digits is the ZIP code that an address lacks: five digits that begin like those
// of the area.
func (u *utterance) isMissingZIP(r *digitRun) bool {
	t := r.text()
	if !u.ctx.NeedZIP || len(t) != 5 {
		return false
	}
	for _, zip := range u.e.b.ServiceArea.ZIPs {
		if strings.HasPrefix(zip, t[:2]) {
			return true
		}
	}
	return len(u.e.b.ServiceArea.ZIPs) == 0
}

// readUnit finds a unit said without a street.
func (u *utterance) readUnit() {
	if u.out.Address.Unit != "" {
		return
	}
	u.chart.Each(m.KUnit, func(s *grammar.Span) {
		if u.out.Address.Unit != "" || u.claimed(s.From, s.To) {
			return
		}
		if s.Rule == m.RuleFloor || s.Rule == m.RuleNamedFloor || u.is(s.From, m.WWeakUnit) {
			if u.ctx.Asked != AskedAddress || u.is(s.From, m.WNumbered) {
				return
			}
		}
		v := s.Value.(string)
		u.out.Address.Unit = v
		u.claim(s.From, s.To)
		u.noteSpan(s, "unit", v)
	})
}

// readCity finds a city named apart from a street.
func (u *utterance) readCity() {
	if u.out.Address.City != "" {
		return
	}
	var best *grammar.Span
	u.chart.Each(m.KCity, func(s *grammar.Span) {
		if u.claimed(s.From, s.To) {
			return
		}
		if u.ctx.Asked == AskedName && u.insideName(s) {
			return // "maría de los ángeles pérez"
		}
		if s.Rule == m.RuleInPlace && (u.first(m.KConcept) != nil && u.overlaps(s, m.KConcept) || u.overlaps(s, m.KDays) || u.overlaps(s, m.KHours) || u.overlaps(s, m.KMonth)) {
			return
		}
		if s.Rule == m.RuleCity && !u.is(s.From-1, m.WBeforeCity) && u.ctx.Asked != AskedAddress && s.Len() != len(u.chart.Tokens) && u.out.Address.ZIP == "" {
			return
		}
		if best == nil || s.Rule == m.RuleCity && best.Rule != m.RuleCity || s.Rule == best.Rule && s.Len() > best.Len() {
			best = s
		}
	})
	if best == nil {
		return
	}
	v := best.Value.(string)
	u.out.Address.City = v
	if u.out.Address.Line1 == "" {
		u.out.CityOnly = v
	}
	u.claim(best.From, best.To)
	u.noteSpan(best, "city", v)
}

// insideName says whether a span lies within what is clearly a name.
func (u *utterance) insideName(s *grammar.Span) bool {
	found := false
	u.chart.Each(m.KName, func(n *grammar.Span) {
		found = found || n.From < s.From && n.To >= s.To && n.Value.(m.Name).Cue >= m.FairCue
	})
	return found
}

// first is the leftmost unclaimed span of a kind, the longest there.
func (u *utterance) first(kind grammar.Kind) *grammar.Span {
	for i := range u.chart.Tokens {
		if s := u.longest(i, kind); s != nil && !u.claimed(s.From, s.To) {
			return s
		}
	}
	return nil
}

// overlaps says whether a span's last word is part of a reading of another kind.
func (u *utterance) overlaps(s *grammar.Span, kind grammar.Kind) bool {
	for i := max(0, s.To-3); i < s.To; i++ {
		for _, o := range u.chart.At(i) {
			if o.Kind == kind && o.To >= s.To && o.From >= s.To-2 {
				return true
			}
		}
	}
	return false
}
