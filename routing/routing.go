// Package routing decides who takes a call, and why, before anything is said. It is a pure function of the
// business file, the call and the time, so a repeated webhook gets the same answer.
package routing

import (
	"time"

	"fixly/business"
	"fixly/telephony"
)

// Action is what happens first on a call.
type Action string

// The actions.
const (
	Reject       Action = "reject"       // refused before anything is said
	Receptionist Action = "receptionist" // the receptionist answers
	Ring         Action = "ring"         // People are rung in order, then the receptionist answers
)

// Doubt is something about the caller id that the receptionist should know when screening.
type Doubt string

// The closed list of doubts.
const (
	Withheld    Doubt = "withheld"   // no caller id
	Unverified  Doubt = "unverified" // the carrier could not vouch for the caller id (attestation C or none)
	FailedCheck Doubt = "failed"     // the caller id's signature did not verify: probably spoofed
	Itself      Doubt = "our_own"    // the caller id is one of the business's own lines
	NoDoubt     Doubt = ""           // vouched for, or the carrier says nothing
)

// Facts are what only storage knows of a call.
type Facts struct {
	// Known: the caller is a customer on file. It is asked for where NeedsCustomer says so.
	Known bool
	// CameBack: the phone that forwarded the call is being rung for the same caller. It is asked for where MayComeBack
	// says so.
	CameBack bool
}

// FactsOf are the facts that a call was routed by, as far as its reason still tells, so that a webhook that is repeated
// when they have changed gets the same answer.
func FactsOf(why Reason) Facts { return Facts{Known: why == KnownCustomer, CameBack: why == CameBack} }

// NeedsCustomer says whether the route of a call depends on its caller being on file.
func NeedsCustomer(b *business.Business, in telephony.Incoming) bool {
	return b.Answering.KnownCustomers != "" && in.From != ""
}

// MayComeBack says whether a call could be our own ringing: somebody's phone of the chain forwarded it. A phone that is
// off or busy forwards to us at once where its owner has set it up so, and our receptionist would take the call that we
// are trying to hand to a person.
func MayComeBack(b *business.Business, in telephony.Incoming) bool {
	return in.ForwardedFrom != "" && b.PersonByPhone(in.ForwardedFrom) != nil
}

// Route is what to do with a call.
type Route struct {
	Action Action
	People []business.Person // whom to ring, in order; none unless Action is Ring
	Reason Reason
	Doubt  Doubt
}

// Decide routes a call that comes in at now.
func Decide(b *business.Business, in telephony.Incoming, facts Facts, now time.Time) Route {
	r := Route{Doubt: doubt(b, in)}
	var first string
	switch {
	case in.From != "" && b.IsBlocked(in.From):
		r.Action, r.Reason = Reject, Blocked
		return r
	case facts.CameBack && MayComeBack(b, in):
		r.Action, r.Reason = Reject, CameBack
		return r
	case r.Doubt == Itself, in.ForwardedFrom != "" && b.LineByNumber(in.ForwardedFrom) != nil:
		first, r.Reason = business.FirstReceptionist, Loop
	case in.From != "" && b.IsBypass(in.From) && r.Doubt != FailedCheck:
		first, r.Reason = business.FirstPerson, Bypass
	case IsVIP(b, in):
		first, r.Reason = business.FirstPerson, VIP
	case facts.Known && NeedsCustomer(b, in) && r.Doubt != FailedCheck:
		first, r.Reason = b.Answering.KnownCustomers, KnownCustomer
	default:
		first, r.Reason = planned(b, in, now)
	}
	if first == business.FirstReceptionist {
		r.Action = Receptionist
		return r
	}
	r.People = Available(b, in, now)
	if r.Reason == VIP && len(r.People) > 1 {
		r.People = r.People[:1]
	}
	if len(r.People) == 0 {
		r.Action, r.Reason = Receptionist, NobodyAvailable
		return r
	}
	r.Action = Ring
	return r
}

// planned is who answers first by the plan: the first entry that fits, else what is usual.
func planned(b *business.Business, in telephony.Incoming, now time.Time) (first string, why Reason) {
	first, person, receptionist := b.Answering.First, PersonFirst, ReceptionistFirst
	for _, e := range b.Answering.Plan {
		if b.Fits(e.When, now) {
			first, person, receptionist = e.First, PersonNow, ReceptionistNow
			break
		}
	}
	switch first {
	case business.FirstPerson:
		return business.FirstPerson, person
	case business.FirstMissed:
		if in.ForwardedFrom != "" {
			return business.FirstReceptionist, Missed
		}
		return business.FirstPerson, Direct
	}
	return business.FirstReceptionist, receptionist
}

// IsVIP says whether a call is one of the business's VIPs. A failed check means that the caller id is likely not
// the caller's: a forged number gets no favours. (Blocking asks no such question: a forged blocked number is no
// loss.)
func IsVIP(b *business.Business, in telephony.Incoming) bool {
	return in.From != "" && b.IsVIP(in.From) && doubt(b, in) != FailedCheck
}

// Available lists the people of the chain who take calls at now, in order, but for the caller and for whoever's phone
// forwarded the call: ringing who is calling only reaches their voicemail, and what a phone has just not answered it
// would forward again.
func Available(b *business.Business, in telephony.Incoming, now time.Time) []business.Person {
	var out []business.Person
	for _, p := range b.Reachable(now) {
		if p.Phone != in.From && p.Phone != in.ForwardedFrom {
			out = append(out, p)
		}
	}
	return out
}

// doubt reads the carrier's verdict on the caller id. Twilio's StirVerstat is TN-Validation-Passed-A, -B or -C,
// TN-Validation-Failed, with its level, or No-TN-Validation, each possibly with "-Diverted" or "-Passthrough".
//
// https://www.twilio.com/docs/voice/trusted-calling-with-shakenstir
func doubt(b *business.Business, in telephony.Incoming) Doubt {
	const passed, failed = "TN-Validation-Passed-", "TN-Validation-Failed"
	v := in.Attestation
	switch {
	case in.From == "":
		return Withheld
	case b.LineByNumber(in.From) != nil:
		return Itself
	case len(v) >= len(failed) && v[:len(failed)] == failed:
		return FailedCheck
	case len(v) > len(passed) && v[:len(passed)] == passed && v[len(passed)] != 'C':
		return NoDoubt
	case v == "":
		return NoDoubt
	}
	return Unverified
}
