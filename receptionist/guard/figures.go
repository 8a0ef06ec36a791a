package guard

import (
	"regexp"
	"strings"
)

const numberWord = `(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|` +
	`eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)`

var (
	sumRE     = regexp.MustCompile(`(?i)\$\s?(\d[\d,]*(?:\.\d\d)?)|\b(\d[\d,]*(?:\.\d\d)?)\s*(?:dollars|bucks)\b|\b(free|no charge|on the house|for nothing|no cost)\b`)
	wordSumRE = regexp.MustCompile(`(?i)\b` + numberWord + `(?:[\s-]+(?:and[\s-]+)?` + numberWord + `)*[\s-]+(?:dollars|bucks)\b`)
	phoneRE   = regexp.MustCompile(`\+?\(?\d(?:[\s().,-]*\d){9,}`)
	zipRE     = regexp.MustCompile(`\b\d(?: \d){4}\b`) // read digit by digit
)

// moneyWords are in every sentence that names a sum, or that there is none.
var moneyWords = [...]string{"$", "dollar", "buck", "free", "charge", "house", "nothing", "cost"}

// checkSums compares sums with the price list, and gives the sentence without them.
func (g *Guard) checkSums(s string, bad func(what, said string)) string {
	low := strings.ToLower(s)
	s = g.checkSpanishSums(s, low, bad)
	found := false
	for _, w := range moneyWords {
		found = found || strings.Contains(low, w)
	}
	if !found {
		return s
	}
	for _, m := range sumRE.FindAllStringSubmatch(s, -1) {
		if !g.sums[sum(m)] {
			bad("sum", m[0])
		}
	}
	// our own sums are in figures; one in words comes from elsewhere
	for _, m := range wordSumRE.FindAllString(s, -1) {
		bad("sum", m)
	}
	return sumRE.ReplaceAllString(s, blank)
}

// sum is a match of sumRE in plain figures.
func sum(m []string) string {
	if m[3] != "" {
		return "0"
	}
	return plainSum(m[1] + m[2])
}

// plainSum is a sum without what only makes it easier to read.
func plainSum(s string) string { return strings.TrimSuffix(strings.ReplaceAll(s, ",", ""), ".00") }

// checkPhones compares phone numbers with the caller's and the business's, and gives the sentence without them and
// without ZIP codes.
func (g *Guard) checkPhones(s string, f Facts, bad func(what, said string)) string {
	n := digits(s)
	if n >= 10 {
		s = phoneRE.ReplaceAllStringFunc(s, func(m string) string {
			number := national(m)
			ok := g.phones[number]
			for _, p := range f.Phones {
				ok = ok || p != "" && national(p) == number
			}
			if !ok {
				bad("phone", m)
			}
			return blank
		})
	}
	if n >= 5 {
		s = zipRE.ReplaceAllString(s, blank)
	}
	return s
}

func digits(s string) int {
	n := 0
	for _, r := range s {
		if r >= '0' && r <= '9' {
			n++
		}
	}
	return n
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
