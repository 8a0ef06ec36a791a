// Package flow decides. It is plain deterministic code: what is known of a conversation, what was just
// understood and the state of the world go in; what to convey, what to do and why come out. It holds no
// sentences (package wording has them) and touches no storage (package receptionist does what it decides).
//
// Each thing a caller can want has a file. What is under way lies on a stack of topics: a digression is
// answered and the topic on top picks up its thread; a topic that is done is taken off.
package flow

import (
	"time"

	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// Topic is something under way.
type Topic string

// The topics.
const (
	TopicBook    Topic = "book"
	TopicMove    Topic = "move"
	TopicCancel  Topic = "cancel"
	TopicMessage Topic = "message"
	TopicPerson  Topic = "person"
	TopicDanger  Topic = "danger"
	TopicArea    Topic = "area" // told that we don't go there
	TopicStatus  Topic = "status"
	TopicAmend   Topic = "amend" // the address, the number or the work of a visit that is booked
)

// Question is what the last reply asked for, finer than understanding.Asked.
type Question string

// The questions.
const (
	QNone         Question = ""
	QProblem      Question = "problem"
	QDetail       Question = "detail"     // of the problem, to know which service it is
	QTriage       Question = "triage"     // does the sign of an emergency hold?
	QFee          Question = "fee"        // is the after-hours fee all right?
	QWhen         Question = "when"       // an open question for a time
	QChoice       Question = "choice"     // times are on the table
	QName         Question = "name"       //
	QLastName     Question = "last_name"  //
	QPhone        Question = "phone"      // an open question for a number
	QPhoneSame    Question = "phone_same" // is the number you are calling from the best one?
	QAddress      Question = "address"    //
	QAddressSame  Question = "address_same"
	QZIP          Question = "zip"
	QStreet       Question = "street" // the name of the street alone, the address having not been understood
	QHouse        Question = "house"  // the number of the house alone
	QReadBack     Question = "read_back"
	QChange       Question = "change"        // the read-back was denied: what is wrong in it?
	QOfferMessage Question = "offer_message" // shall I take a message?
	QOfferBooking Question = "offer_booking" // would you like a time?
	QGoOn         Question = "go_on"         // nobody picked up: go on with the booking, or a message?
	QMessage      Question = "message"
	QWhichJob     Question = "which_job"
	QCancelSure   Question = "cancel_sure"
	QOut          Question = "out" // danger: can you get out?
	QAnythingElse Question = "anything_else"
	QBookedPhone  Question = "booked_phone" // which number is the visit booked under?
	QCode         Question = "code"         // which code was texted?
	QAboutJob     Question = "about_job"    // what about the visit on that day?
	QNewAddress   Question = "new_address"  // of a visit that is booked
	QNewPhone     Question = "new_phone"    // of a visit that is booked
	QMoreWork     Question = "more_work"    // what should be done besides at a visit that is booked?
	QNext         Question = "next"         // what the trade packs want to know next
	QReminded     Question = "reminded"     // does the visit stand that was reminded of?
)

// asked is the question in the words of package understanding.
func (q Question) asked() understanding.Asked {
	switch q {
	case QProblem, QDetail, QMoreWork:
		return understanding.AskedProblem
	case QWhen:
		return understanding.AskedWhen
	case QChoice, QWhichJob:
		return understanding.AskedChoice
	case QName, QLastName:
		return understanding.AskedName
	case QPhone, QPhoneSame, QBookedPhone, QCode, QNewPhone:
		return understanding.AskedPhone
	case QAddress, QZIP, QNewAddress, QHouse:
		return understanding.AskedAddress
	case QStreet:
		return understanding.AskedStreet
	case QTriage, QFee, QReadBack, QOfferMessage, QOfferBooking, QGoOn, QCancelSure, QOut, QAddressSame, QChange, QNext, QReminded:
		return understanding.AskedConfirm
	case QMessage:
		return understanding.AskedMessage
	case QAnythingElse:
		return understanding.AskedAnythingElse
	}
	return understanding.AskedNothing // QNone, QAboutJob
}

// Details are what must be known to book, as far as they are known.
type Details struct {
	Service string             `json:"service,omitempty"`
	Wants   string             `json:"wants,omitempty"`    // the service that was asked for, where Service is the visit to quote it
	Problem string             `json:"problem,omitempty"`  // the caller's words
	WordsIn string             `json:"words_in,omitempty"` // the language of those words, ISO 639-1
	Urgency scheduling.Urgency `json:"urgency,omitempty"`
	// Known is which problem of the trade packs it is, Told what was learnt of it by asking or unasked, by the question's
	// id, Also further work asked for in the same breath.
	Known string               `json:"known,omitempty"`
	Told  map[string]string    `json:"told,omitempty"`
	Also  []understanding.Work `json:"also,omitempty"`

	Name      string          `json:"name,omitempty"`
	Spelt     bool            `json:"spelt,omitempty"`     // the name was spelled: only another spelling replaces it
	Phone     string          `json:"phone,omitempty"`     // E.164, as confirmed or given
	Extension string          `json:"extension,omitempty"` // of Phone; kept with it wherever a person reads it
	Address   contact.Address `json:"address,omitzero"`
	Wish      Wish            `json:"wish,omitzero"`
	Confirmed bool            `json:"confirmed,omitempty"` // the read-back was affirmed
}

// Wish is when the caller would like the visit, and when not.
type Wish struct {
	DaySaid bool                   `json:"day_said,omitempty"` // a day was named, not only an hour
	Kind    understanding.TimeKind `json:"kind,omitempty"`
	Wanted  []scheduling.Interval  `json:"wanted,omitempty"`
	// Other is Wanted by the other reading of its day ("next friday"); one time of each is offered, dates said.
	Other []scheduling.Interval `json:"other,omitempty"`
	Avoid []scheduling.Interval `json:"avoid,omitempty"` // ruled out in words, or refused when offered
}

// Offer is a time put on the table, and held.
type Offer struct {
	Slot scheduling.Slot `json:"slot"`
	// Also are the further services that were asked for in the same visit.
	Also []string `json:"also,omitempty"`
	// WindowEnd is the end of the arrival window that is promised; it begins at Slot.Start.
	WindowEnd time.Time `json:"window_end"`
	// At is when it was offered: the notice that the shop wants counts from then.
	At time.Time `json:"at,omitzero"`
}

// State is all that a conversation remembers between turns. It serialises to JSON and back without loss.
type State struct {
	Stack    []Topic  `json:"stack,omitempty"` // the last is on top
	Question Question `json:"question,omitempty"`
	// Asking is the question as it was conveyed, to ask it again after a digression.
	Asking *Conveyance `json:"asking,omitempty"`
	// AskingWhy is the reason why it was asked.
	AskingWhy Reason  `json:"asking_why,omitempty"`
	Details   Details `json:"details,omitzero"`

	Offers []Offer `json:"offers,omitempty"`
	Chosen *Offer  `json:"chosen,omitempty"`
	// Laid are the times that were on the table when one was chosen: "actually, the first one" comes back to them.
	Laid []Offer `json:"laid,omitempty"`
	// Named are openings that were told and are not held.
	Named []Offer `json:"named,omitempty"`
	// Later is what was wished in the same breath as something else, and waits until that is done.
	Later []Later `json:"later,omitempty"`
	// Refusals counts offers turned down in a row.
	Refusals int `json:"refusals,omitempty"`

	// Jobs are the caller's upcoming jobs, once looked up: only those proved to be theirs, see ownNumbers.
	Jobs     []scheduling.Job `json:"jobs,omitempty"`
	LookedUp bool             `json:"looked_up,omitempty"`
	// OnFile is the address of the last job booked from this number.
	OnFile     contact.Address `json:"on_file,omitzero"`
	OnFileName string          `json:"on_file_name,omitempty"`
	OnFileNo   bool            `json:"on_file_no,omitempty"` // it is not for that address this time
	JobID      string          `json:"job_id,omitempty"`     // the job being moved or cancelled
	// Past is the caller's last job that ended or was cancelled lately, for who asks about it.
	Past *scheduling.Job `json:"past,omitempty"`
	// LastVisit names the visit that a complaint or a question about a bill is most likely about, for the owner.
	LastVisit string `json:"last_visit,omitempty"`
	// VisitDays are the days of a visit that were named with the wish to hear of it or to change it.
	VisitDays  []scheduling.Interval `json:"visit_days,omitempty"`
	VisitWords string                `json:"visit_words,omitempty"` // what was asked about a visit, for a message
	// Parked is the wish for a new time, while it is asked which of several jobs is to be moved.
	Parked   Wish     `json:"parked,omitzero"`
	Amending Amending `json:"amending,omitempty"` // what of a visit is to be changed
	Amended  string   `json:"amended,omitempty"`  // the job whose address or number was changed last

	// Claim is under way while a caller proves that a booking is theirs; Claims and Codes count how many were made
	// and sent, Proven are the numbers that were proved.
	Claim  *Claim   `json:"claim,omitempty"`
	Claims int      `json:"claims,omitempty"`
	Codes  int      `json:"codes,omitempty"`
	Proven []string `json:"proven,omitempty"`

	Message    string `json:"message,omitempty"`     // the words of the message
	Query      string `json:"query,omitempty"`       // what was asked about a visit that isn't booked: a message begins with it
	MessageFor string `json:"message_for,omitempty"` // who gets it
	About      string `json:"about,omitempty"`       // what kind of message: "complaint", "billing", "job_seeker", ...
	Booked     *Offer `json:"booked,omitempty"`      // the time last booked or moved to
	Waiting    bool   `json:"waiting,omitempty"`     // and it waits for the owner's yes
	// OwnersTime is when the owner would come to a visit that waits for his yes: there it waits no more.
	OwnersTime time.Time `json:"owners_time,omitzero"`

	// Unread: the read-back that was asked never left, see KeptBack; a yes is no answer to it.
	Unread bool `json:"unread,omitempty"`

	Triaged   bool   `json:"triaged,omitempty"`
	Condition string `json:"condition,omitempty"` // what would make it an emergency, in the words of the shop's sign
	Step      string `json:"step,omitempty"`      // the first step that fits, one of trades.Steps
	// Next is the question of the trade packs that is open, NextAsked how many were asked.
	Next      [2]string `json:"next,omitzero"`
	NextAsked int       `json:"next_asked,omitempty"`
	Hazards   []string  `json:"hazards,omitempty"`  // dangers that were warned of
	Explored  int       `json:"explored,omitempty"` // how often a vague problem was narrowed down
	Vague     bool      `json:"vague,omitempty"`    // something was told of the problem, if too little
	Visit     string    `json:"visit,omitempty"`    // the service by which somebody comes and has a look
	FeeAgreed bool      `json:"fee_agreed,omitempty"`
	Alerted   string    `json:"alerted,omitempty"` // "emergency" or "danger", once
	Danger    string    `json:"danger,omitempty"`
	Place     string    `json:"place,omitempty"` // outside the area, as named
	PlaceAsk  bool      `json:"place_ask,omitempty"`
	Rung      bool      `json:"rung,omitempty"`      // people were rung and did not answer
	AskedFor  string    `json:"asked_for,omitempty"` // the person of the chain whom the caller asked for
	MoreName  bool      `json:"more_name,omitempty"`
	ForOther  bool      `json:"for_other,omitempty"` // somebody else is to be called about the visit

	// NoNumber: the house has no number, or the caller does not know it.
	NoNumber bool `json:"no_number,omitempty"`
	// ByText: the address was asked for by text at the end of the call, with the time that was chosen kept in mind.
	ByText bool   `json:"by_text,omitempty"`
	Kept   *Offer `json:"kept,omitempty"`

	// Before are the words before, where they were to tell the problem: a sentence may go on after them.
	Before string `json:"before,omitempty"`
	// Pending are words that broke off ("seven seven three"); the next utterance is read together with them.
	Pending string `json:"pending,omitempty"`
	Keys    string `json:"keys,omitempty"` // digits pressed so far of a longer number

	Tries     int            `json:"tries,omitempty"`    // failures to understand, in a row
	Asks      int            `json:"asks,omitempty"`     // how often the question was asked again, in a row
	Silences  int            `json:"silences,omitempty"` // in a row
	Faults    int            `json:"faults,omitempty"`   // of ours, while deciding
	Said      map[Kind]int   `json:"said,omitempty"`     // how often each thing was conveyed
	Turns     int            `json:"turns,omitempty"`
	MoodAt    int            `json:"mood_at,omitempty"` // the turn in which the caller's mood was last spoken to
	Spoken    Spoken         `json:"spoken,omitzero"`   // what was said, so as not to say it again
	Greeted   bool           `json:"greeted,omitempty"` // texts: who we are was said
	Machine   bool           `json:"machine,omitempty"` // another machine calls, for somebody
	Answered  bool           `json:"answered,omitempty"`
	Language  string         `json:"language,omitempty"` // spoken now, ISO 639-1; empty: the shop's first
	Foreign   int            `json:"foreign,omitempty"`  // utterances in a row in another language of the shop
	Settled   bool           `json:"settled,omitempty"`  // the caller has said something, so that its language was heard
	Outcome   ledger.Outcome `json:"outcome,omitempty"`
	Ended     bool           `json:"ended,omitempty"`
	Recording Recording      `json:"recording,omitzero"`
	OptedOut  OptedOut       `json:"opted_out,omitzero"`
	// ServedAt is when something of what they wanted was last done or answered; zero: not since they left word.
	ServedAt time.Time `json:"served_at,omitzero"`
	// Unbidden: times were offered, or a booking was, to who was not talking with us.
	Unbidden bool `json:"unbidden,omitempty"`
	// People: the last words of the shop in the thread were not ours but people's.
	People bool `json:"people,omitempty"`
	// CardAt is the turn in which a payment card was told, and cut out of what is kept; 0: none was.
	CardAt int `json:"card_at,omitempty"`
}

// New is the state of a conversation in which the caller was greeted and asked how to help.
func New() *State {
	return &State{Question: QProblem, Asking: &Conveyance{Kind: AskProblem}, Said: map[Kind]int{}}
}

// Asked is what the last reply asked for.
func (s *State) Asked() understanding.Asked { return s.Question.asked() }

// KeptBack notes that a part of what was decided was not said. A read-back that the caller has not heard is not one.
func (s *State) KeptBack() { s.Unread = s.Question == QReadBack }

// ProblemSoFar are the words of a problem that is being narrowed down.
func (s *State) ProblemSoFar() string {
	if s.Question != QDetail && s.Question != QOfferMessage || s.Details.Service != "" {
		return ""
	}
	return s.Details.Problem
}

// OpenNext is the question of the trade packs that is open, if one is.
func (s *State) OpenNext() [2]string {
	if s.Question != QNext {
		return [2]string{}
	}
	return s.Next
}

// NeedsZIP says whether a street is known and its ZIP code isn't.
func (s *State) NeedsZIP() bool {
	return s.Details.Address.Line1 != "" && s.Details.Address.ZIP == "" && s.Pending == "" && s.Keys == ""
}

// OfferTimes are the starts of the times on the table, in the order they were said: those that are offered, or those
// of the jobs among which to choose.
func (s *State) OfferTimes() []time.Time {
	if s.Question == QWhichJob {
		out := make([]time.Time, len(s.Jobs))
		for i, j := range s.Jobs {
			out[i] = j.Slot.Start
		}
		return out
	}
	offers := s.Offers
	if s.Chosen != nil {
		offers = s.Laid
	}
	out := make([]time.Time, len(offers))
	for i, o := range offers {
		out[i] = o.Slot.Start
	}
	return out
}

func (s *State) top() Topic {
	if len(s.Stack) == 0 {
		return ""
	}
	return s.Stack[len(s.Stack)-1]
}

func (s *State) has(t Topic) bool {
	for _, x := range s.Stack {
		if x == t {
			return true
		}
	}
	return false
}

// push puts a topic on top; one that was further down comes up.
func (s *State) push(t Topic) {
	s.drop(t)
	s.Stack = append(s.Stack, t)
}

// dropVisit ends what was about a visit that is booked already.
func (s *State) dropVisit() {
	for _, t := range []Topic{TopicMove, TopicCancel, TopicStatus, TopicAmend} {
		s.drop(t)
	}
	s.Claim, s.VisitDays, s.Parked, s.VisitWords = nil, nil, Wish{}, ""
}

func (s *State) drop(t Topic) {
	out := s.Stack[:0:0]
	for _, x := range s.Stack {
		if x != t {
			out = append(out, x)
		}
	}
	s.Stack = out
}
