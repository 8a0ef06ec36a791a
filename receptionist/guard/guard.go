// Package guard is the last look at what leaves the receptionist. It knows nothing of how a sentence came about:
// it reads the finished words and compares each sum, time and phone number in them with what may be said. What
// does not hold is replaced by a safe sentence; the guard fails closed.
package guard

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fixly/business"
)

// Facts are what may be said in a turn.
type Facts struct {
	Business *business.Business
	// Times are the ends of every arrival window that is offered, held, booked or was just lost. The opening
	// hours may always be said.
	Times []time.Time
	// Phones are the caller's numbers, E.164. The business's own may always be said.
	Phones []string
	// Names are words of the caller's that are said back and hold figures of their own: streets, ZIP codes, names.
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

// Check lists what may not be said in the sentences.
func Check(sentences []string, f Facts) []Violation {
	var out []Violation
	k := newKnown(f)
	for _, s := range sentences {
		out = append(out, k.check(s)...)
	}
	return out
}

// Clean gives the sentences with the ones that don't hold replaced by safe, once; and what was wrong.
func Clean(sentences []string, safe string, f Facts) ([]string, []Violation) {
	k := newKnown(f)
	var out []string
	var all []Violation
	replaced := false
	for _, s := range sentences {
		v := k.check(s)
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

// known is Facts in the form in which they are compared.
type known struct {
	sums   map[string]bool
	phones map[string]bool
	clocks map[int]bool // minutes after midnight or noon, 0 to 719
	days   map[string]bool
	names  *strings.Replacer
}

var (
	sumRE   = regexp.MustCompile(`(?i)\$\s?(\d[\d,]*(?:\.\d\d)?)|\b(\d[\d,]*(?:\.\d\d)?)\s*(?:dollars|bucks)\b|\b(free|no charge|on the house|for nothing|no cost)\b`)
	wordSum = regexp.MustCompile(`(?i)\b((?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)(?:[\s-]+(?:and[\s-]+)?(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand))*)[\s-]+(?:dollars|bucks)\b`)
	zipRE   = regexp.MustCompile(`\b\d(?: \d){4}\b`) // read digit by digit
	phoneRE = regexp.MustCompile(`\+?\(?\d(?:[\s().,-]*\d){9,}`)
	hourRE  = `(one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|midnight|\d{1,2})`
	clockRE = regexp.MustCompile(`(?i)\b` + hourRE + `(?:[\s:]+(fifteen|thirty|forty-five|\d{2}))?\s*(a\.?m\b|p\.?m\b|o'clock)?`)
	leadRE  = regexp.MustCompile(`(?i)\b(between|and|to|at|from|after|before|until|till|by|around)\s+$`)
	dayRE   = regexp.MustCompile(`(?i)\b(today|tonight|tomorrow|monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b`)
)

func newKnown(f Facts) *known {
	k := &known{sums: map[string]bool{}, phones: map[string]bool{}, clocks: map[int]bool{}, days: map[string]bool{}}
	b := f.Business
	texts := []string{b.Emergencies.AfterHoursFee}
	for _, s := range b.Services {
		texts = append(texts, s.Price)
	}
	var own []string
	for _, q := range b.FAQs {
		texts = append(texts, q.A)
		own = append(own, q.A)
	}
	for _, t := range texts {
		for _, m := range sumRE.FindAllStringSubmatch(t, -1) {
			k.sums[sum(m)] = true
		}
	}
	for _, p := range append(f.Phones, b.Profile.Owner.Phone) {
		k.phone(p)
	}
	for _, l := range b.Lines {
		k.phone(l.Number)
	}
	k.hours(b)
	loc, now := b.Location(), f.Now.In(b.Location())
	for _, t := range f.Times {
		t = t.In(loc)
		k.clocks[(t.Hour()*60+t.Minute())%720] = true
		k.days[strings.ToLower(t.Weekday().String())] = true
		switch t.Format(time.DateOnly) {
		case now.Format(time.DateOnly):
			k.days["today"], k.days["tonight"] = true, true
		case now.AddDate(0, 0, 1).Format(time.DateOnly):
			k.days["tomorrow"] = true
		}
	}
	// what is said in the business's or the caller's own words is read past; longest first, so that a street is
	// gone before a part of it could be
	var pairs []string
	for _, n := range append(append(own, b.Profile.Name), f.Names...) {
		if n != "" {
			pairs = append(pairs, n, "\x00")
		}
	}
	k.names = strings.NewReplacer(pairs...)
	return k
}

func (k *known) phone(e164 string) {
	if e164 != "" {
		k.phones[national(e164)] = true
	}
}

func (k *known) hours(b *business.Business) {
	for d := time.Sunday; d <= time.Saturday; d++ {
		for _, s := range b.Hours.Weekday(d) {
			if from, to, err := business.ParseSpan(s); err == nil {
				k.clocks[from%720], k.clocks[to%720] = true, true
			}
		}
	}
}

func (k *known) check(sentence string) []Violation {
	var out []Violation
	bad := func(what, said string) { out = append(out, Violation{sentence, what, strings.TrimSpace(said)}) }
	rest := k.names.Replace(sentence)
	for _, m := range sumRE.FindAllStringSubmatch(rest, -1) {
		if !k.sums[sum(m)] {
			bad("sum", m[0])
		}
	}
	// sums are written in figures here; one in words was not made by us
	for _, m := range wordSum.FindAllString(rest, -1) {
		bad("sum", m)
	}
	rest = sumRE.ReplaceAllString(rest, "\x00")
	rest = phoneRE.ReplaceAllStringFunc(rest, func(m string) string {
		if !k.phones[national(m)] {
			bad("phone", m)
		}
		return "\x00"
	})
	rest = zipRE.ReplaceAllString(rest, "\x00")
	clock := false
	for _, ix := range clockRE.FindAllStringSubmatchIndex(rest, -1) {
		minutes, ok := readClock(rest, ix)
		if !ok {
			continue
		}
		clock = true
		if !k.clocks[minutes] {
			bad("time", rest[ix[0]:ix[1]])
		}
	}
	if clock && len(k.days) > 0 && strings.Contains(strings.ToLower(rest), "between") {
		for _, d := range dayRE.FindAllString(rest, -1) {
			if !k.days[strings.ToLower(d)] {
				bad("day", d)
			}
		}
	}
	return out
}

var words = map[string]int{
	"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
	"twelve": 12, "noon": 12, "midnight": 12, "fifteen": 15, "thirty": 30, "forty-five": 45,
}

// readClock reads a match of clockRE as minutes after twelve. A bare number is a time only after a word that
// leads to one ("between eight").
func readClock(s string, ix []int) (int, bool) {
	part := func(i int) string {
		if ix[2*i] < 0 {
			return ""
		}
		return strings.ToLower(s[ix[2*i]:ix[2*i+1]])
	}
	hour, minute, half := part(1), part(2), part(3)
	exact := half != "" || hour == "noon" || hour == "midnight" || minute != "" && strings.Contains(s[ix[0]:ix[1]], ":")
	if !exact && !leadRE.MatchString(s[:ix[0]]) {
		return 0, false
	}
	h, m := number(hour), 0
	if minute != "" {
		m = number(minute)
	}
	if h > 23 || m > 59 {
		return 0, false
	}
	return (h*60 + m) % 720, true
}

func number(s string) int {
	if n, ok := words[s]; ok {
		return n
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return 99
	}
	return n
}

func sum(m []string) string {
	if m[3] != "" {
		return "0"
	}
	return strings.TrimSuffix(strings.ReplaceAll(m[1]+m[2], ",", ""), ".00")
}

func national(s string) string {
	d := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, s)
	if len(d) == 11 && d[0] == '1' {
		d = d[1:]
	}
	return d
}
