package api

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixly/contact"
)

// parseTime reads a query parameter that is an RFC 3339 instant, or a date, which means its first moment in the
// shop's zone. Absent: the zero time.
func parseTime(q url.Values, name string, loc *time.Location) (time.Time, error) {
	s := q.Get(name)
	if s == "" {
		return time.Time{}, nil
	}
	// A "+" that was not escaped arrives as a space.
	if t, err := time.Parse(time.RFC3339, strings.Replace(s, " ", "+", 1)); err == nil {
		return t, nil
	}
	if t, err := time.ParseInLocation(time.DateOnly, s, loc); err == nil {
		return t, nil
	}
	return time.Time{}, invalid(FieldError{name, fmt.Sprintf("is %q; expected a time such as 2026-11-24T09:00:00-06:00, or a date", s)})
}

// parseRange reads the parameters from and to.
func parseRange(q url.Values, loc *time.Location) (from, to time.Time, err error) {
	if from, err = parseTime(q, "from", loc); err != nil {
		return
	}
	if to, err = parseTime(q, "to", loc); err != nil {
		return
	}
	if !from.IsZero() && !to.IsZero() && to.Before(from) {
		err = invalid(FieldError{"to", "lies before from"})
	}
	return
}

// parseOneOf reads a query parameter that is one of a few words. Absent: the empty one.
func parseOneOf[S ~string](q url.Values, name string, words ...S) (S, error) {
	s := S(q.Get(name))
	if s == "" || slices.Contains(words, s) {
		return s, nil
	}
	return "", invalid(FieldError{name, fmt.Sprintf("is %q; expected %s", s, oneOf(words))})
}

// parsePhoneParam reads a query parameter that is a phone number. Absent: empty.
func parsePhoneParam(q url.Values, name string) (string, error) {
	s := q.Get(name)
	if s == "" {
		return "", nil
	}
	if digits, ok := strings.CutPrefix(s, " "); ok { // a "+" that was not escaped
		s = "+" + digits
	}
	n, err := contact.NormalizePhone(s, "US")
	if err != nil {
		return "", invalid(FieldError{name, fmt.Sprintf("is %q; expected a number such as +13125550123", s)})
	}
	return n, nil
}

func oneOf[S ~string](words []S) string {
	ss := make([]string, len(words))
	for i, w := range words {
		ss[i] = string(w)
	}
	if len(ss) < 2 {
		return strings.Join(ss, "")
	}
	return strings.Join(ss[:len(ss)-1], ", ") + " or " + ss[len(ss)-1]
}

// isID says whether s can be an id or a slug at all; what can't need not be looked for, nor given to a database.
func isID(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}
