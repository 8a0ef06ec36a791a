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

// Reason is why a call is routed as it is; it is kept with the call.
type Reason string

// The closed list of reasons.
const (
	Blocked           Reason = "blocked"            // the number is on the blocked list
	VIP               Reason = "vip"                // the number is on the VIP list: straight to a person
	PersonFirst       Reason = "person_first"       // the answering plan rings people first
	ReceptionistFirst Reason = "receptionist_first" // the answering plan lets the receptionist answer
	NobodyAvailable   Reason = "nobody_available"   // a person should ring, but nobody of the chain takes calls now
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

// Route is what to do with a call.
type Route struct {
	Action Action
	People []business.Person // whom to ring, in order; none unless Action is Ring
	Reason Reason
	Doubt  Doubt
}

// Decide routes a call that comes in at now.
func Decide(b *business.Business, in telephony.Incoming, now time.Time) Route {
	r := Route{Doubt: doubt(b, in)}
	switch {
	case in.From != "" && b.IsBlocked(in.From):
		r.Action, r.Reason = Reject, Blocked
		return r
	case IsVIP(b, in):
		r.Reason, r.People = VIP, available(b, in.From, now)
		if len(r.People) > 1 {
			r.People = r.People[:1]
		}
	case b.Answering.First == business.FirstPerson:
		r.Reason, r.People = PersonFirst, available(b, in.From, now)
	default:
		r.Action, r.Reason = Receptionist, ReceptionistFirst
		return r
	}
	if len(r.People) == 0 {
		r.Action, r.Reason = Receptionist, NobodyAvailable
		return r
	}
	r.Action = Ring
	return r
}

// IsVIP says whether a call is one of the business's VIPs. A failed check means that the caller id is likely not
// the caller's: a forged number gets no favours. (Blocking asks no such question: a forged blocked number is no
// loss.)
func IsVIP(b *business.Business, in telephony.Incoming) bool {
	return in.From != "" && b.IsVIP(in.From) && doubt(b, in) != FailedCheck
}

// available lists the people of the chain who take calls at now, in order, without the caller: ringing someone
// who is calling only reaches their voicemail.
func available(b *business.Business, from string, now time.Time) []business.Person {
	var out []business.Person
	for _, p := range b.Reachable(now) {
		if p.Phone != from {
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
