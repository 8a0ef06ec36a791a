package ledger

// Reason is why a booking counts, or doesn't. The list is closed and public: docs/booked.md says the same.
type Reason string

// NewJob is the one reason for which a booking counts.
const NewJob Reason = "new_job"

// Why a booking doesn't count.
const (
	ByOwner     Reason = "by_owner"
	IsDemo      Reason = "demo"
	TestCall    Reason = "test_call"
	OwnNumber   Reason = "own_number"
	IsSpam      Reason = "spam"
	NotAccepted Reason = "not_accepted"
	CalledOff   Reason = "cancelled"
	Duplicate   Reason = "duplicate"
)

// Reasons lists them all, in the order in which they are asked; NewJob comes last.
func Reasons() []Reason {
	return []Reason{ByOwner, IsDemo, TestCall, OwnNumber, IsSpam, NotAccepted, CalledOff, Duplicate, NewJob}
}

var explanations = map[Reason]string{
	NewJob:      "A new job that stands in the calendar.",
	ByOwner:     "You booked it yourself, on your pages or over the API.",
	IsDemo:      "It was booked in the demonstration.",
	TestCall:    "It was booked in a test call.",
	OwnNumber:   "It was booked from, or for, a number of your own.",
	IsSpam:      "It was booked by a blocked number, or in a call taken for spam.",
	NotAccepted: "It waited for your yes, and you did not give it.",
	CalledOff:   "It was cancelled within 24 hours of being booked.",
	Duplicate:   "The same customer had the same service booked for the same address within the 7 days before.",
}

// Explain is the reason as a sentence for the owner; an unknown reason is given back as it is.
func (r Reason) Explain() string {
	if s, ok := explanations[r]; ok {
		return s
	}
	return string(r)
}

// CreditReason is why the owner had a counted booking credited.
type CreditReason string

// Why bookings are credited.
const (
	CreditNotNew   CreditReason = "not_new"
	CreditNotReal  CreditReason = "not_real"
	CreditTwice    CreditReason = "counted_twice"
	CreditTest     CreditReason = "was_a_test"
	CreditNobody   CreditReason = "nobody_there"
	CreditWrong    CreditReason = "booked_wrong"
	CreditOtherWhy CreditReason = "other"
)

// CreditReasons lists them all, in the order in which they are offered.
func CreditReasons() []CreditReason {
	return []CreditReason{CreditNotNew, CreditTwice, CreditNotReal, CreditTest, CreditNobody, CreditWrong, CreditOtherWhy}
}

var whyGivenBack = map[CreditReason]string{ //nolint:gosec // G101: credits, no credentials
	CreditNotNew:   "It was no new job.",
	CreditNotReal:  "It was no real customer.",
	CreditTwice:    "It was counted twice.",
	CreditTest:     "It was a test.",
	CreditNobody:   "Nobody was there.",
	CreditWrong:    "It was booked wrong.",
	CreditOtherWhy: "Something else.",
}

// Explain is the reason as a sentence; an unknown reason is given back as it is.
func (r CreditReason) Explain() string {
	if s, ok := whyGivenBack[r]; ok {
		return s
	}
	return string(r)
}
