package fakephone

// Person is how somebody's phone behaves when it is rung.
type Person string

// How phones behave.
const (
	NoAnswer   Person = "no-answer" // the default
	Busy       Person = "busy"
	Answers    Person = "answers"     // picks up, and presses 1 if asked to; the caller hangs up after their talk
	HangsUp    Person = "hangs up"    // the same, but hangs up first after the talk
	Voicemail  Person = "voicemail"   // picks up, and presses nothing, as a silent person does; who is put through to it at once hangs up
	Refuses    Person = "refuses"     // picks up, and presses another key
	PicksUp    Person = "picks up"    // and hangs up when asked to press 1, or soon after
	Late       Person = "late"        // presses 1 when somebody else, rung at the same time, has the call
	KeepsOn    Person = "keeps on"    // rings until the caller hangs up
	OutOfOrder Person = "out of work" // the carrier can't reach it
	// Forwards forwards to the line at once, as a phone that nobody answers does after a while: its carrier rings the line on
	// behalf of the caller.
	Forwards Person = "forwards"
	ByHand   Person = "by hand" // of calls that the server places: picks up, and does what the test says, see Phone.Rung
)
