// Package meaning holds the kinds of thing that an utterance can hold and the types of their values. Every
// language's rules produce these; what is made of them no longer depends on the language.
package meaning

import "fixly/receptionist/understanding/grammar"

// The kinds of span.
const (
	_ grammar.Kind = iota

	// Numbers.
	KDigit      // a group of digits as said at once: Group
	KNumber     // a whole number up to 9999: Number
	KOrdinal    // Ordinal
	KNumRun     // digit groups in a row, put together: Digits
	KLetters    // a spelled run of letters: Spelling
	KLetter     // one spelled letter, or two of "double t": Spelling
	KLetterWord // a word that sounds like a letter: Spelling

	// Times.
	KWeekday  // time.Weekday
	KMonth    // time.Month
	KGrain    // Grain
	KPart     // a part of the day: Hours
	KHour     // a bare number that can be a clock time: Hours
	KClock    // a clock time: Hours
	KHours    // a stretch of the day: Hours
	KMonthDay // the number of a day in its month: Ordinal
	KDays     // whole days: Days
	KVisit    // days with hours in one reading: Visit
	KSpecial  // "as soon as possible", "whenever", "anything later": Special
	KPast     // a time that is no wish: "since monday", "two days ago"
	KLength   // "two hours": Length
	KOff      // words that rule out what follows
	KOffAfter // words that rule out what came before
	KAmend    // "no wait", "i mean": what follows replaces what came before
	KOr       // "or"
	KInstead  // "then", "instead" after a time: it replaces what came before

	// Places.
	KDirection  // string
	KStreetKind // string
	KStreet     // a street with its house number: Street
	KUnit       // string
	KCity       // string
	KState      // string, two letters
	KSameAddr   // "same address as last time"

	// People.
	KFirstName // string
	KLastName  // string
	KName      // Name
	KRespell   // Respelling
	KSameNum   // "this number is fine"
	KForOther  // "set it up with my tenant"
	KLanguage  // string: the name of a language, as its ISO 639-1 code

	// What is meant.
	KIntent  // Hit
	KAnswer  // Reply
	KConcept // Concept
	KTopic   // string
	KSubject // string: what a question is about, for shops that answer it in their own words
	KDanger  // string
	KUrgency // string
	KOther   // string: work of another trade
	KNegate  // words that deny what follows
	KFiller  // words that mean nothing: "um", "you know"
	KHold    // "hang on a second"
	KBack    // "uh huh": listening
	KPick    // Pick: a choice among things offered
	KUnsure  // "i do not know"
	KCue     // Cue: what the words tell about those beside them
	KProblem // string: a problem of the trade packs, in words of its own

	KMood      // string: how the caller feels
	KVisitWish // string: what of a booked visit is to be changed
)

// Names are the kinds as patterns call them.
var Names = map[string]grammar.Kind{
	"digit": KDigit, "number": KNumber, "ordinal": KOrdinal, "numrun": KNumRun, "letter": KLetter, "letters": KLetters,
	"weekday": KWeekday, "month": KMonth, "grain": KGrain, "part": KPart, "hour": KHour, "clock": KClock,
	"hours": KHours, "days": KDays, "mday": KMonthDay, "visit": KVisit, "length": KLength, "special": KSpecial, "or": KOr,
	"direction": KDirection, "streetkind": KStreetKind, "street": KStreet, "unit": KUnit, "city": KCity, "state": KState,
	"firstname": KFirstName, "lastname": KLastName, "name": KName, "concept": KConcept, "negate": KNegate, "filler": KFiller, "cue": KCue, "language": KLanguage,
}
