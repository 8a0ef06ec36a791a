package simulate

import (
	"math/rand/v2"
	"strings"
	"time"
)

// tongue is what differs between languages in how callers speak and listen; what they say besides is in data/.
type tongue struct {
	lang    string // ISO 639-1
	digits  [10]string
	in      string // before a town
	oh      string // zero, digit by digit
	double  string // "double five"
	number  func(n int) string
	hear    func(text string, now time.Time) heard
	day     func(t, today time.Time) string // "tomorrow", "tuesday", "november thirtieth"
	clock   func(t time.Time) string
	wish    func(c *calendar) wish
	streets map[string]string // streets with numbers, as they are said
	speaks  map[Goal]bool     // nil: callers of every goal speak it
}

var englishTongue = &tongue{
	lang: "en", in: "in", digits: digitWords, oh: "oh", double: "double ", number: cardinal, hear: hearEnglish, day: englishDay, clock: clockSaid,
	wish: (*calendar).draw,
	streets: map[string]string{
		"18th": "eighteenth", "19th": "nineteenth", "21st": "twenty first", "23rd": "twenty third", "24th": "twenty fourth", "31st": "thirty first",
		"35th": "thirty fifth", "16th": "sixteenth",
	},
}

// say says digits one by one in a style.
func (t *tongue) say(s digitStyle, digits string) string {
	var out []string
	for i := 0; i < len(digits); i++ {
		w := t.digits[digits[i]-'0']
		if digits[i] == '0' && s.oh {
			w = t.oh
		}
		if s.double && t.double != "" && i+1 < len(digits) && digits[i+1] == digits[i] && digits[i] != '0' && (i+2 == len(digits) || digits[i+2] != digits[i]) {
			w = t.double + w
			i++
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// phoneParts says a number of ten digits in its three groups.
func (t *tongue) phoneParts(s digitStyle, e164 string) []string {
	d := strings.TrimPrefix(e164, "+1")
	parts := []string{d[:3], d[3:6], d[6:]}
	if !s.figures {
		for i, p := range parts {
			parts[i] = t.say(s, p)
		}
	}
	return parts
}

// zip says a ZIP code.
func (t *tongue) zip(s digitStyle, z string) string {
	if s.figures {
		return z
	}
	return t.say(s, z)
}

// house says a house number: as figures, in pairs ("eighteen forty two"), or digit by digit.
func (t *tongue) house(r *rand.Rand, s digitStyle, n string) string {
	if s.figures {
		return n
	}
	v := 0
	for _, c := range n {
		v = v*10 + int(c-'0')
	}
	switch {
	case len(n) <= 2:
		return t.number(v)
	case chance(r, 0.15):
		return t.say(s, n)
	case t.lang != "en":
		return t.number(v)
	case len(n) == 3:
		rest := n[1:]
		switch {
		case rest == "00":
			return t.number(v)
		case rest[0] == '0':
			return t.number(v/100) + " oh " + t.number(v%100)
		case chance(r, 0.2):
			return t.number(v)
		}
		return t.number(v/100) + " " + t.number(v%100)
	case len(n) == 4:
		a, b := v/100, v%100
		switch {
		case b == 0 && a%10 == 0:
			return t.number(a/10) + " thousand"
		case b == 0:
			return t.number(a) + " hundred"
		case b < 10:
			return t.number(a) + " oh " + t.number(b)
		}
		return t.number(a) + " " + t.number(b)
	}
	return t.say(s, n)
}

// englishDay says a day as seen from today.
func englishDay(t, today time.Time) string {
	switch n := daysBetween(today, t); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n < 7:
		return dayNames[t.Weekday()]
	}
	return monthNames[t.Month()] + " " + ordinalDay(t.Day())
}

// daysBetween counts the calendar days from one time to another.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(to).Sub(day(from)).Hours() / 24)
}
