// Package understanding turns a caller's words into dialogue acts and typed details. It knows what was just
// asked and the shop's own words; it decides nothing and says nothing.
package understanding

import (
	"time"

	"fixly/contact"
)

// Asked is what the receptionist had just asked for. It ranks readings: a bare "three" after When is a clock
// time, after Phone a digit.
type Asked string

// What can be asked for. The first eight are the API's; the others only occur inside.
const (
	AskedNothing Asked = ""
	AskedProblem Asked = "problem"
	AskedName    Asked = "name"
	AskedPhone   Asked = "phone" // also "is the number you are calling from the best one?"
	AskedAddress Asked = "address"
	AskedWhen    Asked = "when"
	AskedChoice  Asked = "choice"  // times were offered
	AskedConfirm Asked = "confirm" // a yes or a no

	AskedStreet       Asked = "street"        // the name of a street alone
	AskedMessage      Asked = "message"       // the words of a message
	AskedAnythingElse Asked = "anything_else" // "anything else I can help with?"
)

// Intent is a thing that a caller wants, by the names of the API.
type Intent string

// The intents of the API.
const (
	IntentBook       Intent = "book"
	IntentReschedule Intent = "reschedule"
	IntentCancel     Intent = "cancel"
	IntentStatus     Intent = "status"
	IntentPrice      Intent = "price"
	IntentQuestion   Intent = "question"
	IntentPerson     Intent = "person"
	IntentMessage    Intent = "message"
	IntentEmergency  Intent = "emergency"
	IntentDanger     Intent = "danger"
	IntentComplaint  Intent = "complaint"
	IntentBilling    Intent = "billing"
	IntentJobSeeker  Intent = "job_seeker"
	IntentSolicitor  Intent = "solicitor"
	IntentWrongNum   Intent = "wrong_number"
	IntentLanguage   Intent = "language"
	IntentGoodbye    Intent = "goodbye"
	IntentRepeat     Intent = "repeat"
	IntentStop       Intent = "stop"
)

// ScoredIntent is an intent with how sure we are, 0 to 1.
type ScoredIntent struct {
	Name  Intent
	Score float64
}

// Answer is a yes or a no, or neither.
type Answer string

// The answers.
const (
	NoAnswer Answer = ""
	Yes      Answer = "yes"
	No       Answer = "no"
)

// Context is what understanding may know besides the words.
type Context struct {
	Asked    Asked
	Now      time.Time   // in any zone; the shop's zone is used
	Offers   []time.Time // starts of the times on the table, in the order they were said
	CallerID string      // E.164 or empty
	Channel  string      // "call" or "text"
	// Language is the language the conversation is held in, ISO 639-1; empty is the shop's first. Words that are clearly
	// of another language of the shop are understood in that.
	Language string
	// Problem are the words of the problem as told so far, where what it is was asked for: they count too.
	Problem string
	// Next is the question of the trade packs that was just asked: the problem's id and the question's.
	Next [2]string
	// Before are the caller's words before these, where a sentence may have been cut in two by a pause.
	Before string
	// NeedZIP: an address is known but for its ZIP code, so that five digits are it, whatever was asked for.
	NeedZIP bool
}

// TimeInterval is a half-open stretch of time; a zero From or To is open on that side.
type TimeInterval struct{ From, To time.Time }

// TimeKind is what sort of time was said, for the flow to decide how to answer.
type TimeKind string

// The kinds of time.
const (
	TimeNone    TimeKind = ""
	TimeDay     TimeKind = "day"     // whole days or parts of days, or ranges of days
	TimeMoment  TimeKind = "moment"  // a clock time
	TimeSoonest TimeKind = "soonest" // "as soon as you can"
	TimeAny     TimeKind = "any"     // "whenever", "any time"
	TimeLater   TimeKind = "later"   // "anything later?", relative to the offers
	TimeEarlier TimeKind = "earlier" // "anything sooner?"
)

// When is a wish about the time of a visit.
type When struct {
	Kind TimeKind `json:",omitzero"`
	// Wanted are the stretches asked for, in order of preference, in the shop's zone. A day is the whole day; a
	// moment is an interval of at most four hours beginning there.
	Wanted []TimeInterval `json:",omitzero"`
	// Other is Wanted by the other reading of its day, where the words have two: "next friday" is this week's or the
	// week after's, "tuesday" said on a Tuesday is today or in a week. Which one is meant has to be asked.
	Other []TimeInterval `json:",omitzero"`
	// Excluded are stretches ruled out ("not monday", "but not before ten").
	Excluded []TimeInterval `json:",omitzero"`
	// DaySaid and HoursSaid tell what was named: a day, a time of day, or both. Where no day was named, Wanted is put
	// on the first day on which it lies ahead; On puts it on the days under discussion instead.
	DaySaid, HoursSaid bool `json:",omitzero"`
	// Impossible holds words that name no time that exists ("february thirtieth"), to be said back.
	Impossible string `json:",omitzero"`
}

// IsZero says whether no time was said.
func (w When) IsZero() bool { return w.Kind == TimeNone && len(w.Excluded) == 0 && w.Impossible == "" }

// Choice is what the caller takes of the times on the table.
type Choice struct {
	Index   int  // into Context.Offers; -1 when none was picked
	Either  bool // any of them will do
	Refused bool // none of them
}

// Mood is how a caller feels, as far as the words tell.
type Mood string

// The moods.
const (
	MoodAngry    Mood = "angry"
	MoodWorried  Mood = "worried"
	MoodThankful Mood = "thankful"
	MoodSlow     Mood = "slow"    // wants time: old, unwell, looking for glasses
	MoodHurried  Mood = "hurried" // has no time
)

// Span says which words gave which reading, by byte offsets into the text.
type Span struct {
	From, To int
	Kind     string // "when", "phone", "name", "zip", "street", "intent", "service", "answer", ...
	Value    string
	Rule     string // the rule's name, for "why did it say that?"
}

// Work is work that was asked for.
type Work struct {
	Service string // the service's name
	Problem string // the words that describe the problem
	Known   string `json:",omitzero"` // as in Understanding
}

// Understanding is all that was taken from one utterance. A field that is empty was not said, and is left out where it
// is stored.
type Understanding struct {
	Text    string         `json:",omitzero"`
	Intents []ScoredIntent `json:",omitzero"` // best first

	Service      string  `json:",omitzero"` // the service's name
	ServiceScore float64 `json:",omitzero"` // 0 to 1
	Problem      string  `json:",omitzero"` // the words that describe the problem, tidied up
	Urgency      string  `json:",omitzero"` // "emergency", "urgent" or empty
	Danger       string  `json:",omitzero"` // which danger of the business's list, or empty
	// Known is which problem of the trade packs it is, by its id in package business/trades, or empty.
	Known string `json:",omitzero"`
	// Hazard is a danger of the trade packs that doesn't rule out a visit ("sparking"), by its name there, or empty.
	Hazard string `json:",omitzero"`
	// Told are answers to what the packs ask about the problem that were given unasked, or just now, by the question's id.
	Told map[string]string `json:",omitzero"`
	// Step is the first step that fits an emergency with what was named, one of trades.Steps, or empty.
	Step string `json:",omitzero"`
	// Condition is what would make an emergency of it, in the words of the shop's sign: "an infant or elderly person".
	Condition string `json:",omitzero"`
	// Also is further work that was asked for in the same breath.
	Also []Work `json:",omitzero"`
	// Among are things that it may be about, by their names in package trades, likeliest first, where what was said is
	// too vague for a service, none where nothing was told; Visit is the service by which somebody comes and has a look, if the shop has one.
	Among      []string `json:",omitzero"`
	Usual      []string `json:",omitzero"` // the things the shop is mostly called for, in place of Among where nothing was told
	Visit      string   `json:",omitzero"`
	NotOffered string   `json:",omitzero"` // work named that the shop does not do ("roof"), or empty

	When When `json:",omitzero"`
	// About are the days of a visit that is booked already ("my appointment on wednesday"); they are no wish.
	About []TimeInterval `json:",omitzero"`

	Name  string `json:",omitzero"` // "Karen Whitfield"; spelling wins over what was heard
	Spelt bool   `json:",omitzero"` // the name, or a part of it, was spelled
	// NamePart is "first" or "last" when only that part was given; MergeName puts it together with what is known.
	NamePart string `json:",omitzero"`
	Phone    string `json:",omitzero"` // E.164
	Digits   string `json:",omitzero"` // digits that are no whole number or ZIP yet ("773 555")
	// DigitsNot are digits said to be wrong ("not two four"), and DigitsOf tells what Digits belong to: "phone_end",
	// "area_code", "house" or "phone"; empty when that was left open.
	DigitsNot string `json:",omitzero"`
	DigitsOf  string `json:",omitzero"`
	Extension string `json:",omitzero"` // of the telephone number: "12"
	// SameNumber: the number being called from is meant ("this one's fine").
	SameNumber bool `json:",omitzero"`
	// ForOther: somebody else is to be called about the visit ("set it up with my tenant").
	ForOther bool            `json:",omitzero"`
	Address  contact.Address `json:",omitzero"` // whatever parts were said
	CityOnly string          `json:",omitzero"` // a place named without a street ("I'm in Naperville")
	// SameAddress: the address on file is meant ("same as last time").
	SameAddress bool `json:",omitzero"`

	Answer      Answer  `json:",omitzero"`
	Choice      *Choice `json:",omitzero"`
	Correction  bool    `json:",omitzero"` // "no wait", "I meant": what follows replaces what was said before
	Unsure      bool    `json:",omitzero"` // "I don't know", "I'm not sure"
	HoldOn      bool    `json:",omitzero"` // "hang on a second"
	Backchannel bool    `json:",omitzero"` // "uh huh", "okay" while we talk: no answer to anything
	// FAQs are all of the business's FAQs that were asked in one breath, FAQ first.
	FAQs  []int  `json:",omitzero"`
	FAQ   int    // index of the business's FAQ that answers it, or -1
	Asks  bool   `json:",omitzero"` // it is put as a question
	Topic string `json:",omitzero"` // of a question the shop's facts answer: "hours", "area", "services", "duration", "robot", or empty

	// Language is the language that the words are clearly of, ISO 639-1, whether the shop speaks it or not. It is empty for
	// what is the same in any: a name, a number, a bare "no".
	Language string `json:",omitzero"`
	// Machine: another machine calls, for somebody ("this is an automated call from google").
	Machine bool `json:",omitzero"`
	Mood    Mood `json:",omitzero"`
	// VisitWish is what of a visit that is booked is to be changed, besides its time: "address", "phone" or "work".
	VisitWish string `json:",omitzero"`
	// Besides: work is wished for besides something else ("cancel tuesday, and i need a faucet put in").
	Besides bool `json:",omitzero"`

	// LanguageAsked is the language that the caller asks to speak ("spanish please", "do you speak English?"), ISO 639-1.
	LanguageAsked string `json:",omitzero"`
	Spans         []Span `json:",omitzero"`
	// Confidence that the utterance as a whole was understood, 0 to 1. Below about 0.4 the flow asks again.
	Confidence float64 `json:",omitzero"`

	// Help is what a language model was asked about the utterance; nil when none was.
	Help *Help `json:",omitzero"`
}

// Help is what a language model added to an understanding, and what it said that was not taken.
type Help struct {
	Model   string   `json:",omitzero"`
	Why     string   `json:",omitzero"` // it was asked: "unsure" or "open_question"
	Failure string   `json:",omitzero"` // why nothing came of it, see model.Failure
	Took    []string `json:",omitzero"` // "intent book", "when", ...
	Kept    []string `json:",omitzero"` // what was kept back, and why
}

// Score is how sure we are of an intent, 0 when nothing speaks for it.
func (u *Understanding) Score(i Intent) float64 {
	for _, x := range u.Intents {
		if x.Name == i {
			return x.Score
		}
	}
	return 0
}

// Has says whether an intent was understood with at least a score.
func (u *Understanding) Has(i Intent, score float64) bool {
	for _, x := range u.Intents {
		if x.Name == i {
			return x.Score >= score
		}
	}
	return false
}
