package understanding

import (
	"slices"
	"strings"

	"fixly/contact"
)

// MergeAddress puts an address said in parts together: what is new wins, except that a house number and a street
// said one after the other become one line.
func MergeAddress(have, more contact.Address) contact.Address {
	out := have
	if more.Line1 != "" {
		switch {
		case onlyDigits(have.Line1) && !startsWithDigit(more.Line1):
			out.Line1 = have.Line1 + " " + more.Line1
		case onlyDigits(more.Line1) && have.Line1 != "" && !onlyDigits(have.Line1):
			// the house number again, or for the first time
			words := strings.Fields(have.Line1)
			if startsWithDigit(have.Line1) {
				words = words[1:]
			}
			out.Line1 = strings.Join(slices.Insert(words, 0, more.Line1), " ")
		default:
			out.Line1 = more.Line1
		}
	}
	if more.Unit != "" {
		out.Unit = more.Unit
	}
	if more.City != "" {
		out.City = more.City
	}
	if more.State != "" {
		out.State = more.State
	}
	if more.ZIP != "" {
		out.ZIP = more.ZIP
	}
	return out
}

func onlyDigits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

func startsWithDigit(s string) bool { return s != "" && s[0] >= '0' && s[0] <= '9' }

// MergeStreet corrects a street line by what was said now. Who names the same street again restates what is wrong and
// not what is right: "442 South State Street" and "444 south state" are 444 South State Street.
func MergeStreet(known, said string) string {
	k, s := strings.Fields(known), strings.Fields(said)
	if len(k) < 2 || len(s) < 2 || !startsWithDigit(k[0]) || !startsWithDigit(s[0]) {
		return said
	}
	rest := func(words []string) (dir string, name []string) {
		if len(words) > 2 && directions[strings.ToLower(words[1])] {
			return words[1], words[2:]
		}
		return "", words[1:]
	}
	dir, name := rest(s)
	knownDir, knownName := rest(k)
	if len(name) > len(knownName) || !strings.EqualFold(strings.Join(name, " "), strings.Join(knownName[:len(name)], " ")) {
		return said
	}
	if dir == "" {
		dir = knownDir
	}
	out := []string{s[0]}
	if dir != "" {
		out = append(out, dir)
	}
	return strings.Join(append(out, knownName...), " ")
}

var directions = map[string]bool{
	"north": true, "south": true, "east": true, "west": true, "northeast": true, "northwest": true, "southeast": true, "southwest": true,
	"n": true, "s": true, "e": true, "w": true, "ne": true, "nw": true, "se": true, "sw": true,
}
