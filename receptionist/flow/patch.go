package flow

import (
	"strings"

	"fixly/receptionist/understanding"
)

// number is one of the numbers that were read back, as its digits, with how to put others in their place.
type number struct {
	of     string // "phone", "house" or "zip"
	digits string
	set    func(digits string)
}

// numbers are those that a correction can mean: what was just read back.
func (t *turn) numbers() []number {
	d := &t.s.Details
	var out []number
	if p, ok := strings.CutPrefix(d.Phone, "+1"); ok && len(p) == 10 {
		out = append(out, number{"phone", p, func(s string) { d.Phone = "+1" + s }})
	}
	if house, rest, ok := strings.Cut(d.Address.Line1, " "); ok && onlyDigits(house) == house && house != "" {
		out = append(out, number{"house", house, func(s string) { d.Address.Line1 = s + " " + rest }})
	}
	if d.Address.ZIP != "" {
		out = append(out, number{"zip", d.Address.ZIP, func(s string) { d.Address.ZIP = s }})
	}
	return out
}

// absorbDigits patches a number that was read back by the digits that were said of it: "no, four two, not two four".
// Where they can mean more than one number nothing is changed, and it is asked which.
func (t *turn) absorbDigits() {
	u := t.u
	if u.Digits == "" || !t.correcting() && u.DigitsNot == "" {
		return
	}
	var fits []number
	var with []string
	for _, n := range t.numbers() {
		if said, ok := patched(n, u); ok && valid(n.of, said) {
			fits, with = append(fits, n), append(with, said)
		}
	}
	if len(fits) > 1 { // the one that differs least: a digit misheard, two changed about
		best, second := 0, -1
		for i := range fits[1:] {
			switch a, b := unlike(fits[i+1].digits, with[i+1]), unlike(fits[best].digits, with[best]); {
			case a < b:
				best, second = i+1, -1
			case a == b:
				second = i + 1
			}
		}
		if second >= 0 {
			return
		}
		fits, with = fits[best:best+1], with[best:best+1]
	}
	if len(fits) == 0 || with[0] == fits[0].digits {
		return
	}
	fits[0].set(with[0])
	t.learned = true
	t.amends(true)
}

// patched is a number with the digits that were said in their place: where those that are wrong stand, at its end, at
// its beginning, or all of it.
func patched(n number, u *understanding.Understanding) (string, bool) {
	said, not := u.Digits, u.DigitsNot
	switch {
	case u.DigitsOf == "house" && n.of != "house", (u.DigitsOf == "phone" || u.DigitsOf == "phone_end" || u.DigitsOf == "area_code") && n.of != "phone":
		return "", false
	case u.DigitsOf == "house":
		return said, true
	case u.DigitsOf == "area_code":
		return said + n.digits[3:], len(said) == 3
	case not != "" && strings.Count(n.digits, not) == 1 && (len(not) == len(said) || not == n.digits):
		return strings.Replace(n.digits, not, said, 1), true
	case not != "":
		return "", false
	case u.DigitsOf == "phone_end", n.of == "phone" && (len(said) == 7 || u.DigitsOf == "phone"):
		return n.digits[:max(0, len(n.digits)-len(said))] + said, len(said) < len(n.digits)
	case n.of == "house" && near(n.digits, said), n.of == "zip" && len(said) == 5:
		return said, true
	case n.of == "phone":
		return inGroup(n.digits, said)
	}
	// a part alone: two of its digits the other way round
	return swapped(n.digits, said)
}

// inGroup puts digits in the place of the group of a telephone number that they are nearest to: the area code, the
// exchange or the line; or of two digits that were changed about.
func inGroup(phone, said string) (string, bool) {
	switch len(said) {
	case 3:
		if a, b := unlike(phone[:3], said), unlike(phone[3:6], said); a < b {
			return said + phone[3:], a <= 2
		} else if b < a {
			return phone[:3] + said + phone[6:], b <= 2
		}
		return "", false
	case 4:
		return phone[:6] + said, unlike(phone[6:], said) <= 2
	}
	return swapped(phone, said)
}

// swapped puts two digits in the place where they stand the other way round, if there is one such place.
func swapped(digits, said string) (string, bool) {
	if len(said) != 2 || said[0] == said[1] {
		return "", false
	}
	wrong := said[1:] + said[:1]
	return strings.Replace(digits, wrong, said, 1), strings.Count(digits, wrong) == 1
}

// near says whether digits can be a house number heard wrongly: as long, or one digit more or less.
func near(house, said string) bool {
	d := len(house) - len(said)
	return d == 0 && unlike(house, said) <= 2 || (d == 1 || d == -1) && len(said) >= 2 && (strings.HasPrefix(house, said[:1]) || strings.HasSuffix(house, said[len(said)-1:]))
}

// unlike counts the places in which two numbers differ; two digits changed about are one.
func unlike(a, b string) int {
	n := max(len(a), len(b)) - min(len(a), len(b))
	for i := 0; i < min(len(a), len(b)); i++ {
		if a[i] == b[i] {
			continue
		}
		n++
		if i+1 < min(len(a), len(b)) && a[i] == b[i+1] && a[i+1] == b[i] {
			i++
		}
	}
	return n
}

// valid says whether digits can be such a number.
func valid(of, digits string) bool {
	switch of {
	case "phone":
		return understanding.NorthAmerican(digits) != ""
	case "zip":
		return len(digits) == 5
	}
	return len(digits) >= 1 && len(digits) <= 6 && digits[0] != '0'
}
