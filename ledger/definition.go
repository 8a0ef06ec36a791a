package ledger

import "time"

// The times in the definition of a booking that counts. The explanations of the reasons and docs/booked.md name them.
const (
	// Grace is how long after it was booked a job can be cancelled, by anyone, without counting.
	Grace = 24 * time.Hour
	// DuplicateWithin is how long a second booking of the same work doesn't count.
	DuplicateWithin = 7 * 24 * time.Hour
	// CreditWithin is how long after it was counted a booking can be credited.
	CreditWithin = 60 * 24 * time.Hour
)

// Facts are all that decides whether a booking counts, as they are when its grace time is over.
type Facts struct {
	ByOwner   bool // booked on the owner's pages or over the API
	Demo      bool // the server ran as a demonstration
	TestCall  bool // a call from the browser phone, or one that our own line placed to test the forwarding
	OwnNumber bool // the caller's or the customer's number is the owner's, somebody's of the shop, or one of its lines
	Spam      bool // the number is blocked, or the call was taken for spam
	Waits     bool // it still waits for the owner's yes, or he declined it

	BookedAt    time.Time
	CancelledAt time.Time // zero: it stands, or took place
	Duplicate   bool      // the same work was booked within DuplicateWithin before, and counts or may yet
}

// Decide is the definition: why a booking counts, or doesn't. The first reason that holds is the one given. What is in
// doubt is decided for the owner.
func Decide(f Facts) Reason {
	switch {
	case f.ByOwner:
		return ByOwner
	case f.Demo:
		return IsDemo
	case f.TestCall:
		return TestCall
	case f.OwnNumber:
		return OwnNumber
	case f.Spam:
		return IsSpam
	case f.Waits:
		return NotAccepted
	case !f.CancelledAt.IsZero() && !f.CancelledAt.After(f.BookedAt.Add(Grace)):
		return CalledOff
	case f.Duplicate:
		return Duplicate
	}
	return NewJob
}

// Counts says whether a booking with this reason counts.
func (r Reason) Counts() bool { return r == NewJob }
