package telephony

import (
	"slices"
	"time"
)

// Ring is somebody's phone, rung for a call.
type Ring struct {
	BusinessID string
	CallID     string
	// Series tells apart the wishes that people were rung for: the call as it came in (empty), a hand-over asked for in it.
	Series    string
	Phone     string // E.164
	At        time.Time
	Result    RingResult
	SettledAt time.Time // zero while it rings, or they listen to what it is about
	// Cold says that who picks up has the caller at once: no key is asked for, so it may be a voicemail.
	Cold bool
}

// RingResult is what came of ringing a phone.
type RingResult string

// The closed list of results.
const (
	Ringing      RingResult = ""
	PickedUp     RingResult = "picked_up"     // somebody or something picked up, and has not pressed 1 yet
	Taken        RingResult = "taken"         // they took the call
	Refused      RingResult = "refused"       // picked up, and the call was not taken: no 1 was pressed
	Machine      RingResult = "machine"       // the carrier heard a voicemail
	Busy         RingResult = "busy"          // in another call
	NoAnswer     RingResult = "no_answer"     // nobody picked up in time
	Failed       RingResult = "failed"        // the carrier could not reach it
	CallerGone   RingResult = "caller_gone"   // the caller hung up while it rang
	TooLate      RingResult = "too_late"      // they pressed 1 after somebody else had
	SomebodyElse RingResult = "somebody_else" // it stopped ringing because somebody else took the call
)

// RingResults lists what can come of ringing a phone.
func RingResults() []RingResult {
	return []RingResult{Taken, Refused, Machine, Busy, NoAnswer, Failed, CallerGone, TooLate, SomebodyElse}
}

// LeastTalk is how long who was rung cold talks with the caller before it counts as having taken the call. A voicemail's
// greeting is over by then, and a caller who has nothing to leave has hung up.
const LeastTalk = 30 * time.Second

// ByKey says whether, of the phones that were rung for a call which a person has taken, it was taken by a key: what picks up
// cold may be a voicemail.
func ByKey(rings []Ring) bool {
	return !slices.ContainsFunc(rings, func(r Ring) bool { return r.Cold && (r.Result == Taken || r.Result == SomebodyElse) })
}

// Settle notes what came of a ring, unless that is known already; a phone that was picked up may still come to anything.
// It says whether it is news.
func (r *Ring) Settle(result RingResult, at time.Time) bool {
	if !r.SettledAt.IsZero() || r.Result == result {
		return false
	}
	r.Result = result
	if result != PickedUp {
		r.SettledAt = at
	}
	return true
}
