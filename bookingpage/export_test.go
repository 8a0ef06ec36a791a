package bookingpage

import (
	"fixly/business"
	"fixly/clock"
)

// Find is find, for fuzzing.
func (l Links) Find(all []*business.Business, token string) (*business.Business, string) {
	return l.find(all, token)
}

// IssueTicket and IsTicket are what a form's ticket goes through.
func IssueTicket(secret []byte, c clock.Clock, subject string) string {
	return newSigner(secret, c).issue(subject, ticket{Visitor: "v"})
}

func IsTicket(secret []byte, c clock.Clock, subject, word string) bool {
	_, ok := newSigner(secret, c).check(subject, word)
	return ok
}
