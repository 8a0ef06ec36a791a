package understanding

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// digitRun is a stretch of digit groups that belong to one number, with the pauses a caller makes in it.
type digitRun struct {
	from, to int      // tokens
	pieces   []string // what was said between two pauses
	ends     []int    // token after each piece
}

func (r *digitRun) text() string { return strings.Join(r.pieces, "") }

// digitRuns finds all runs of digits, in order. Commas, hyphens and words like "um" or "area code" don't end one.
func (u *utterance) digitRuns() []digitRun {
	var out []digitRun
	n := len(u.chart.Tokens)
	for i := 0; i < n; {
		s := u.longest(i, m.KNumRun)
		if s == nil || u.claimed(i, i+1) {
			i++
			continue
		}
		r := digitRun{from: i}
		for s != nil {
			r.pieces = append(r.pieces, u.digits(s))
			r.ends = append(r.ends, s.To)
			r.to = s.To
			next := s.To
			for next < n && next < s.To+3 && u.is(next, m.WInNumber) {
				next++
			}
			s = nil
			if next < n {
				s = u.longest(next, m.KNumRun)
				if s == nil { // a lone "oh" opens no run of its own, but goes on with one
					if g := u.group(next); g != nil && g.Kind == m.Oh {
						s = &grammar.Span{From: next, To: next + 1, Value: m.Digits{Text: "0"}}
					}
				}
			}
		}
		out = append(out, r)
		i = r.to
	}
	return out
}

// digits are those of a run said at once. Where a ZIP code is due, the reading counts that makes one.
func (u *utterance) digits(s *grammar.Span) string {
	d := s.Value.(m.Digits)
	if len(d.Apart) == 5 && len(d.Text) != 5 && (u.ctx.NeedZIP || u.out.Address.Line1 != "" || u.is(s.From-1, m.WZIP) || u.is(s.From-2, m.WZIP)) {
		return d.Apart
	}
	return d.Text
}

func (u *utterance) longest(token int, kind grammar.Kind) *grammar.Span {
	var best *grammar.Span
	for _, s := range u.chart.At(token) {
		if s.Kind == kind && (best == nil || s.To > best.To) {
			best = s
		}
	}
	return best
}

func (u *utterance) group(token int) *m.Group {
	for _, s := range u.chart.At(token) {
		if s.Kind == m.KDigit {
			g := s.Value.(m.Group)
			return &g
		}
	}
	return nil
}

// readPhone finds a telephone number, or the digits of a part of one when a number was asked for.
func (u *utterance) readPhone() {
	for _, r := range u.digitRuns() {
		if u.claimed(r.from, r.to) || u.hourByItself(r.from, r.to) || u.chart.Tokens[r.from].Gap&grammar.Dollar != 0 {
			continue
		}
		if u.isMissingZIP(&r) {
			continue
		}
		phone, from, to := r.phone()
		if phone == "" && u.ctx.Asked != AskedAddress {
			if phone = u.regroup(&r); phone != "" {
				from, to = 0, len(r.pieces)
			}
		}
		if phone != "" {
			u.out.Phone = phone
			u.out.Digits = ""
			a, b := r.tokens(from, to)
			u.claim(a, b)
			u.note(a, b, "phone", phone, "telephone number")
			u.out.DigitsNot, u.out.DigitsOf = "", ""
			continue // a later one corrects it: "use 773 ..., no, 312 ..."
		}
		if u.isExtension(&r) || u.readCorrection(&r) {
			continue
		}
		if u.ctx.Asked == AskedPhone && u.out.Phone == "" {
			if t := r.text(); len(t) >= 2 && len(t) <= 11 || len(t) == 1 && len(u.chart.Tokens) <= 2 {
				u.out.Digits += t
				u.claim(r.from, r.to)
				u.note(r.from, r.to, "digits", t, "digits")
			}
		}
	}
}

// isExtension takes down the digits of an extension.
func (u *utterance) isExtension(r *digitRun) bool {
	if !u.cueBefore(r.from, m.CueExtension) || len(r.text()) > 6 {
		return false
	}
	u.out.Extension = r.text()
	u.claim(r.from, r.to)
	u.note(r.from, r.to, "extension", r.text(), "extension")
	return true
}

// readCorrection takes down digits that correct a number which was read back: "no, it's four two, not two four". Which
// number they belong to is for the flow to know, unless it was said.
func (u *utterance) readCorrection(r *digitRun) bool {
	t := r.text()
	after := u.ctx.Asked == AskedAnythingElse
	if u.ctx.Asked != AskedConfirm && !after || u.out.Phone != "" {
		return false
	}
	of := u.digitsOf(r)
	switch {
	case u.is(r.from-1, m.WNot):
		u.out.DigitsNot = t
	case after && of == "" && !u.notAfter(r.to), u.out.Digits != "", len(t) < 2 && of != "house", of == "" && u.overlapsTime(r.from):
		return false
	default:
		u.out.Digits = t
	}
	u.out.DigitsOf = of
	u.claim(r.from, r.to)
	u.note(r.from, r.to, "digits", t, "digits")
	return true
}

// notAfter says whether "not" follows directly: "it's 1843, not 1842".
func (u *utterance) notAfter(i int) bool { return u.is(i, m.WNot) || u.is(i+1, m.WNot) }

// digitsOf is what the words around some digits say that they belong to.
func (u *utterance) digitsOf(r *digitRun) string {
	for i := range u.chart.Tokens {
		for _, s := range u.chart.At(i) {
			if s.Kind != m.KCue || s.From > r.to+3 || s.To < r.from-6 {
				continue
			}
			switch s.Value.(m.Cue) {
			case m.CueNumberEnd:
				return "phone_end"
			case m.CueAreaCode:
				return "area_code"
			case m.CueHouseNumber:
				return "house"
			case m.CuePhoneNumber:
				return "phone"
			}
		}
	}
	return u.out.DigitsOf
}

// overlapsTime says whether a time begins at a token or goes on over it.
func (u *utterance) overlapsTime(i int) bool {
	for k := max(0, i-3); k <= i; k++ {
		for _, s := range u.chart.At(k) {
			if (s.Kind == m.KClock || s.Kind == m.KDays || s.Kind == m.KVisit || s.Kind == m.KHours && s.Score > -5) && s.To > i {
				return true
			}
		}
	}
	return false
}

// phone finds ten digits in the run that make a number of the North American plan; from and to count pieces.
func (r *digitRun) phone() (e164 string, from, to int) {
	for from = range r.pieces {
		t := ""
		for to = from; to < len(r.pieces); to++ {
			t += r.pieces[to]
			if p := NorthAmerican(t); p != "" {
				return p, from, to + 1
			}
		}
	}
	return "", 0, 0
}

// maxRegroup bounds the places at which the groups of one number are tried to be parted.
const maxRegroup = 6

// regroup reads the groups of a run that make no number as they are with tens and units apart: "six thirty, nine four
// two ..." said without the pause is not 639-42. Of several ways the one with the fewest changes is taken, then the one
// that leaves the area code or the exchange whole; it gives "" where there is none.
func (u *utterance) regroup(r *digitRun) string {
	if n := len(r.text()); n < 8 || n > 10 {
		return ""
	}
	var groups []m.Group
	var cuts []int // before these groups the words can be parted
	pauses := map[int]bool{}
	for i := r.from; i < r.to; i++ {
		g := u.group(i)
		if g == nil {
			continue // "area code", "dash"
		}
		n := len(groups)
		if n > 0 && u.chart.Tokens[i].Gap&(grammar.Comma|grammar.Stop|grammar.Hyphen) != 0 {
			pauses[n] = true
		}
		if n > 0 && !pauses[n] && (groups[n-1].Kind == m.Ten && g.Kind == m.Unit || groups[n-1].Kind == m.Hundred && (g.Kind == m.Ten || g.Kind == m.Teen)) {
			cuts = append(cuts, n)
		}
		groups = append(groups, *g)
	}
	if len(cuts) == 0 || len(cuts) > maxRegroup {
		return ""
	}
	best, bestCost := "", 1<<30
	for set := 1; set < 1<<len(cuts); set++ {
		cost := 0
		at := map[int]bool{}
		for k, c := range cuts {
			if set&(1<<k) != 0 {
				at[c] = true
				cost += 10
			}
		}
		text, from := "", 0
		for i := 1; i <= len(groups); i++ {
			if i < len(groups) && !pauses[i] && !at[i] {
				continue
			}
			t, ok := m.Concat(groups[from:i])
			if !ok && groups[from].Kind == m.Oh {
				t, ok = strings.Repeat("0", i-from), true
			}
			if !ok {
				text = ""
				break
			}
			text += t
			if at[i] && len(text) != 3 && len(text) != 6 {
				cost++
			}
			from = i
		}
		if p := NorthAmerican(text); p != "" && cost < bestCost {
			best, bestCost = p, cost
		}
	}
	return best
}

// tokens are where some pieces of the run lie.
func (r *digitRun) tokens(from, to int) (int, int) {
	a := r.from
	if from > 0 {
		a = r.ends[from-1]
	}
	return a, r.ends[to-1]
}

// NorthAmerican gives the E.164 form of ten digits, or eleven with the country code, that are a number of the
// North American numbering plan (NPA-NXX-XXXX, neither part beginning with 0 or 1); otherwise "".
func NorthAmerican(digits string) string {
	if len(digits) == 11 && digits[0] == '1' {
		digits = digits[1:]
	}
	if len(digits) != 10 || digits[0] < '2' || digits[3] < '2' {
		return ""
	}
	for i := range len(digits) {
		if digits[i] < '0' || digits[i] > '9' {
			return ""
		}
	}
	return "+1" + digits
}

// JoinDigits puts digits said in several turns together: "773", then "555", then "0140". Phone is the whole number
// once there is one; otherwise digits are all that is there so far.
func JoinDigits(have, more string) (digits, phone string) {
	if p := NorthAmerican(have + more); p != "" {
		return "", p
	}
	if p := NorthAmerican(more); p != "" {
		return "", p
	}
	if len(have)+len(more) > 11 {
		return more, "" // said again from the start
	}
	return have + more, ""
}
