package callbacks

import "slices"

// Outcome is how a callback was closed, from a closed list.
type Outcome string

// How a callback is done.
const (
	Booked     Outcome = "booked"      // a visit is in the calendar
	Answered   Outcome = "answered"    // what they wanted was answered or changed, by whatever channel
	HandedOver Outcome = "handed_over" // a person took a later call of theirs
	Talked     Outcome = "talked"      // a person spoke with them, and nothing more is owed
	Settled    Outcome = "settled"     // a person closed it and said no more
)

// Why a callback is given up.
const (
	NobodyThere Outcome = "no_answer"    // every attempt that the shop makes came to nothing
	DoNotCall   Outcome = "do_not_call"  // they don't want to be called
	Elsewhere   Outcome = "elsewhere"    // they found somebody else, or need it no more
	NotForUs    Outcome = "not_for_us"   // not the shop's work, or not where it goes
	WrongNumber Outcome = "wrong_number" // whoever is there never called
)

// doneBy and givenUpBy are the two halves of the list, in the order in which a person is offered them.
var (
	doneBy    = []Outcome{Booked, Talked, Answered, HandedOver, Settled}
	givenUpBy = []Outcome{NobodyThere, Elsewhere, NotForUs, WrongNumber, DoNotCall}
)

// Dones lists how a callback is done.
func Dones() []Outcome { return slices.Clone(doneBy) }

// Reasons lists why a callback is given up.
func Reasons() []Outcome { return slices.Clone(givenUpBy) }

// Status is where an outcome leaves a callback; empty for none of the list.
func (o Outcome) Status() Status {
	switch {
	case slices.Contains(doneBy, o):
		return Done
	case slices.Contains(givenUpBy, o):
		return GivenUp
	}
	return ""
}

var outcomes = map[Outcome]string{
	Booked:      "Booked",
	Answered:    "Answered",
	HandedOver:  "Somebody took their later call",
	Talked:      "Talked",
	Settled:     "Settled",
	NobodyThere: "They could not be reached",
	DoNotCall:   "They don't want to be called",
	Elsewhere:   "They need it no more",
	NotForUs:    "Not our work, or not where we go",
	WrongNumber: "Wrong number",
}

// Explain is the outcome in a few words for the owner; an unknown one is given back as it is.
func (o Outcome) Explain() string {
	if s, ok := outcomes[o]; ok {
		return s
	}
	return string(o)
}
