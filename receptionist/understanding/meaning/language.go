package meaning

import "fixly/receptionist/understanding/grammar"

// Language is all that understanding needs of a language: rules that make spans of the kinds of this package, and the
// words that the readers shared by all languages ask for. There is a folder for each.
type Language struct {
	Code   string // ISO 639-1
	Words  *Words
	People *People
	// Tells is how much a word, in lower case, tells about being of the language: 2 for a word of its grammar ("the"), 1
	// for an everyday word, which another language may have borrowed, 0 for any other.
	Tells func(word string) int
	// Spec gives the rules for a shop whose people have these names (lower case). Each call gives a fresh one, to be
	// added to and compiled.
	Spec func(staff map[string]bool) grammar.Spec
	City func(s *grammar.Spec, name string) // adds a city's name
	// Title writes words, in lower case, the way names are written.
	Title func(string) string
	// With and Or part a sign of an emergency, as the shop wrote it, into what must be met: "no heat with an infant or
	// elderly person".
	With, Or string
}

// People are the usual first and last names, in lower case.
type People struct{ First, Last map[string]bool }

// Cue is what the words of a span of kind KCue tell about the words beside them.
type Cue string

// The cues, with English examples. A language gives wordings for each (data/cues.yaml).
const (
	CueHourFollows   Cue = "hour_follows"   // "make it", "how about": a bare number after it is an hour
	CueHourBefore    Cue = "hour_before"    // "works", "is better": a bare number before it is one
	CueAddress       Cue = "address"        // "live at", "address is": a street follows
	CueAsks          Cue = "asks"           // "do you", "is there": a question
	CueAsksWhat      Cue = "asks_what"      // "what", "how": a question where a thought begins
	CueAsksWhether   Cue = "asks_whether"   // "if you": a question in the middle of an utterance
	CueThought       Cue = "thought"        // "and i need", "can you": a new thought begins
	CueThoughtUnless Cue = "thought_unless" // "i need": so too, unless joined to what came before
	CueExcept        Cue = "except"         // "but", "except": "yes but the zip is ..." is no plain yes
	CueNoDanger      Cue = "no_danger"      // "sewer gas": what sounds like a danger is none
	CueAlso          Cue = "also"           // "plus", "while you're here": further work may follow
	CueNotSo         Cue = "not_so"         // "is not": what is denied of the thing before it
	CueNumberEnd     Cue = "number_end"     // "the last four are": the digits beside it end the telephone number
	CueAreaCode      Cue = "area_code"      // "the area code is"
	CueHouseNumber   Cue = "house_number"   // "the house number is"
	CuePhoneNumber   Cue = "phone_number"   // "my cell phone number"
	CueExtension     Cue = "extension"      // "extension": the digits after it go with a telephone number
	CueCrossing      Cue = "crossing"       // "the corner of": two streets follow
	CueOurWork       Cue = "our_work"       // "your guy", "you guys fixed": what we did is spoken of
	CueVisit         Cue = "visit"          // "appointment": a visit that is booked
	CueMoveTo        Cue = "move_to"        // "to friday": where to, of what is moved
	CueFine          Cue = "fine"           // "is fine", "works": nothing is wrong with the thing before it
)

// Cues are all of them.
func Cues() []Cue {
	return []Cue{
		CueHourFollows, CueHourBefore, CueAddress, CueAsks, CueAsksWhat, CueAsksWhether, CueThought,
		CueThoughtUnless, CueExcept, CueNoDanger, CueAlso, CueNotSo, CueNumberEnd, CueAreaCode, CueHouseNumber,
		CuePhoneNumber, CueExtension, CueCrossing, CueOurWork, CueVisit, CueMoveTo, CueFine,
	}
}

// Names of rules that the shared readers know. Every language calls the like of them so.
const (
	RuleBareHour        = "bare hour"                     // a number alone
	RuleClockTime       = "clock time"                    // a stretch that is one clock time
	RuleOrdinalAlone    = "ordinal alone"                 // "fifteenth", without "the"
	RuleNth             = "choice: nth"                   // "the second"
	RuleHouseAndStreet  = "house number and street"       // without a direction or a kind of street
	RuleHouseAndTown    = "house number and town"         // the same with a street named after a town
	RuleCity            = "city"                          // a city that is known
	RuleInPlace         = "in a place"                    // "i live in ..."
	RuleFloor           = "floor"                         // "second floor"
	RuleNamedFloor      = "named floor"                   // "garden apartment"
	RuleFirstAndLast    = "first and last name"           // two known names side by side
	RuleNameAfterWeak   = "name after a weak cue"         // "it's karen"
	RuleUnknownNameWeak = "unknown name after a weak cue" // "it's xxx yyy"
)
