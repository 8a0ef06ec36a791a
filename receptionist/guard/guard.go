// Package guard is the last look at what leaves the receptionist. It knows nothing of how a sentence came about:
// it reads the finished words and compares each sum, time and phone number in them with what may be said. What
// does not hold is replaced by a safe sentence; the guard fails closed.
package guard

import (
	"fmt"
	"strings"
	"time"

	"fixly/business"
)

// Facts are what may be said in a turn, beside what the business always may say.
type Facts struct {
	// Times are the ends of every arrival window that is offered, held, booked or was just lost. The opening
	// hours may always be said.
	Times []time.Time
	// Phones are the caller's numbers, E.164. The business's own may always be said.
	Phones []string
	// Names are words of the caller's that are said back and hold figures of their own: streets, names.
	Names []string
	Now   time.Time
}

// Violation is something that may not be said.
type Violation struct {
	Sentence string
	What     string // "sum", "time", "day" or "phone"
	Said     string
}

// Error describes it for the log.
func (v Violation) Error() string {
	return fmt.Sprintf("guard: %s %q in %q is not known to be true", v.What, v.Said, v.Sentence)
}

// Guard reads sentences for one business. It is read-only once made.
type Guard struct {
	loc    *time.Location
	sums   map[string]bool // in figures; "0" where something is free
	phones map[string]bool // national digits
	clocks [720]bool       // minutes after twelve that are ends of opening hours
	own    []string        // the business's own words: FAQ answers, its name
}

// New makes a guard that knows what a business may say: its prices and fees, its hours, its numbers, its answers.
func New(b *business.Business) *Guard {
	g := &Guard{loc: b.Location(), sums: map[string]bool{}, phones: map[string]bool{}}
	texts := []string{b.Emergencies.AfterHoursFee}
	for _, s := range b.Services {
		texts = append(texts, s.Price)
	}
	for _, q := range b.FAQs {
		texts = append(texts, q.A)
		g.own = append(g.own, q.A)
	}
	g.own = append(g.own, b.Profile.Name)
	for _, t := range texts {
		for _, m := range sumRE.FindAllStringSubmatch(t, -1) {
			g.sums[sum(m)] = true
		}
	}
	g.phones[national(b.Profile.Owner.Phone)] = true
	for _, l := range b.Lines {
		g.phones[national(l.Number)] = true
	}
	for d := time.Sunday; d <= time.Saturday; d++ {
		for _, s := range b.Hours.Weekday(d) {
			if from, to, err := business.ParseSpan(s); err == nil {
				g.clocks[from%720], g.clocks[to%720] = true, true
			}
		}
	}
	return g
}

// Check lists what may not be said in a sentence.
func (g *Guard) Check(sentence string, f Facts) []Violation {
	var out []Violation
	bad := func(what, said string) { out = append(out, Violation{sentence, what, strings.TrimSpace(said)}) }
	rest := sentence
	for _, own := range [...][]string{g.own, f.Names} {
		for _, n := range own {
			rest = without(rest, n)
		}
	}
	rest = g.checkSums(rest, bad)
	rest = g.checkPhones(rest, f, bad)
	g.checkTimes(rest, f, bad)
	return out
}

// without blanks words that may be said, where they stand by themselves: "780 Peoria Street" is not in "3780 Peoria
// Street".
func without(s, words string) string {
	if words == "" {
		return s
	}
	for from := 0; ; {
		i := strings.Index(s[from:], words)
		if i < 0 {
			return s
		}
		i += from
		end := i + len(words)
		if i > 0 && isWord(s[i-1]) || end < len(s) && isWord(s[end]) {
			from = i + 1
			continue
		}
		s = s[:i] + blank + s[end:]
		from = i + len(blank)
	}
}

func isWord(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// Clean gives the sentences with the ones that don't hold replaced by safe, once; and what was wrong.
func (g *Guard) Clean(sentences []string, safe string, f Facts) ([]string, []Violation) {
	out := make([]string, 0, len(sentences))
	var all []Violation
	replaced := false
	for _, s := range sentences {
		v := g.Check(s, f)
		all = append(all, v...)
		switch {
		case len(v) == 0:
			out = append(out, s)
		case !replaced:
			out = append(out, safe)
			replaced = true
		}
	}
	return out, all
}

// blank takes the place of what was read already. It is no word and no digit.
const blank = " \x00 "
