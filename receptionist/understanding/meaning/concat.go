package meaning

import (
	"strconv"
	"strings"
)

// Concat puts digit groups together the way house numbers, ZIP codes and telephone numbers are said: group after
// group, with hundreds and thousands counted where they are said. "eighteen forty two" is 1842, "twenty three
// hundred" 2300, "one oh five" 105, "two thousand twenty three" 2023, "five double oh one" 5001. It fails on a
// lone "oh" and on "hundred" without a number before it.
func Concat(groups []Group) (string, bool) {
	var b strings.Builder
	digits := 0
	for i := 0; i < len(groups); {
		g := groups[i]
		switch g.Kind {
		case Figures:
			if strings.ContainsRune(g.Text, '/') {
				return "", false
			}
			b.WriteString(g.Text)
			digits++
			i++
			continue
		case Oh:
			b.WriteByte('0')
			i++
			continue
		case Double, Triple:
			if i+1 >= len(groups) || groups[i+1].single() == "" {
				return "", false
			}
			b.WriteString(strings.Repeat(groups[i+1].single(), g.N))
			digits++
			i += 2
			continue
		case Hundred, Thousand:
			return "", false
		}
		n, used := cardinal(groups[i:])
		b.WriteString(strconv.Itoa(n))
		digits++
		i += used
	}
	return b.String(), digits > 0
}

// single is the digit that a group of one digit stands for.
func (g Group) single() string {
	switch {
	case g.Kind == Oh:
		return "0"
	case g.Kind == Unit:
		return strconv.Itoa(g.N)
	case g.Kind == Figures && len(g.Text) == 1:
		return g.Text
	}
	return ""
}

// cardinal reads one number from the start of the groups: a number below a hundred, with the hundreds and
// thousands said after it.
func cardinal(g []Group) (n, used int) {
	n, used = below100(g)
	if used < len(g) && g[used].Kind == Hundred {
		n *= 100
		used++
		rest, more := below100(g[used:])
		// "one hundred five" ends there; in "eight hundred five five five" the fives are digits of their own
		if more > 0 && (g[used].Kind != Unit || used+more == len(g)) {
			n += rest
			used += more
		}
		return n, used
	}
	if used < len(g) && g[used].Kind == Thousand {
		n *= 1000
		used++
		if used < len(g) && (g[used].Kind == Unit || g[used].Kind == Teen || g[used].Kind == Ten) {
			rest, more := cardinal(g[used:])
			if rest < 1000 && (rest > 9 || used+more == len(g)) {
				n += rest
				used += more
			}
		}
	}
	return n, used
}

// below100 reads "seven", "seventeen", "seventy" or "seventy one"; used is 0 if there is no such number.
func below100(g []Group) (n, used int) {
	if len(g) == 0 {
		return 0, 0
	}
	switch g[0].Kind {
	case Unit, Teen:
		return g[0].N, 1
	case Ten:
		if len(g) > 1 && g[1].Kind == Unit {
			return g[0].N + g[1].N, 2
		}
		return g[0].N, 1
	}
	return 0, 0
}
