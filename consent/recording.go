package consent

// Parties says whose consent the recording of a telephone call needs.
type Parties int

// Whose consent it is. A business that records its own calls is one party to them.
const (
	OneParty Parties = iota
	AllParties
)

// RecordingLaw is what a state wants of who records telephone calls, with the place that says so.
type RecordingLaw struct {
	Parties Parties
	Source  string
}

// RecordingLawOf gives the law of a state, by its two letters. Of places that are not in the table nothing is known, and
// everybody's consent is wanted.
func RecordingLawOf(state string) RecordingLaw {
	if l, ok := recordingLaws[state]; ok {
		return l
	}
	return RecordingLaw{AllParties, "no state that the table knows"}
}

// ToRecord is the strictest of the laws of some places: of the business's, of the caller's number, of the address of the
// work. Which state's law counts for a call between two of them is disputed, so the strictest does.
func ToRecord(states ...string) Parties {
	strictest := OneParty
	if len(states) == 0 {
		return AllParties
	}
	for _, s := range states {
		strictest = max(strictest, RecordingLawOf(s).Parties)
	}
	return strictest
}

// Told is what a caller hears at the beginning about the recording of the call.
type Told string

// What callers hear.
const (
	ToldNothing Told = ""          // and nothing is recorded
	Announced   Told = "announced" // that it is recorded; who goes on agrees
	AskedFirst  Told = "asked"     // whether it may be; only a yes is one
)

// RecordingState is where the recording of a call stands.
type RecordingState string

// The states.
const (
	NotYet     RecordingState = ""           // the caller has said nothing yet
	Agreed     RecordingState = "agreed"     // by a yes, or by going on after the announcement: it is recorded
	Refused    RecordingState = "refused"    // said no
	Unanswered RecordingState = "unanswered" // said something else than yes or no, and was not asked twice
	Stopped    RecordingState = "stopped"    // wanted it stopped: what was recorded before is kept
	Erased     RecordingState = "erased"     // wanted it deleted, or it turned out that a yes had been needed
)

// AskFor decides what a caller hears: nothing where the business doesn't record; where one party's consent is enough, the
// announcement; elsewhere the question, if the business wants it asked.
func AskFor(on, ask bool, p Parties) Told {
	switch {
	case !on:
		return ToldNothing
	case p == OneParty:
		return Announced
	case ask:
		return AskedFirst
	}
	return ToldNothing
}
