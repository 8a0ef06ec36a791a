package dashboard

import (
	"strings"
	"unicode"

	"fixly/telephony"
)

// names knows people by their numbers, for the length of one page.
type names struct {
	s     *server
	q     *request
	known map[string]string
}

func (s *server) names(q *request) *names {
	n := &names{s: s, q: q, known: map[string]string{}}
	for _, p := range q.b.Answering.Chain {
		n.known[p.Phone] = p.Name
	}
	n.known[q.b.Profile.Owner.Phone] = q.b.Profile.Owner.Name
	return n
}

// of gives the name that goes with a number, by the shop's own people and by what its customers confirmed; empty
// when nobody knows.
func (n *names) of(number string) (string, error) {
	if name, ok := n.known[number]; ok || number == "" {
		return name, nil
	}
	c, err := n.s.Reader.CustomerByPhone(n.q.Context(), n.q.b.ID, number)
	if err != nil {
		return "", err
	}
	if c != nil {
		n.known[number] = c.Name
	} else {
		n.known[number] = ""
	}
	return n.known[number], nil
}

// caller gives a caller's name: confirmed, or else what the carrier says, which is often shouted.
func (n *names) caller(c *telephony.Call) (string, error) {
	name, err := n.of(c.From)
	if err != nil || name != "" {
		return name, err
	}
	return unshout(c.CallerName), nil
}

// unshout writes a name in capitals the usual way: "O'ROURKE MEGAN" becomes "O'Rourke Megan". Others stay as they
// are.
func unshout(s string) string {
	if s != strings.ToUpper(s) {
		return s
	}
	start := true
	return strings.Map(func(r rune) rune {
		lower := unicode.ToLower(r)
		if start {
			lower = unicode.ToUpper(r)
		}
		start = !unicode.IsLetter(r)
		return lower
	}, s)
}
