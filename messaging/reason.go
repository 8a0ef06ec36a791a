package messaging

// Reason is why a text was sent, or why it was not. It is kept with the text and shown to the owner.
type Reason string

// Why a text is written.
const (
	CallerLeft     Reason = "caller_left"     // hung up before anything came of the call
	NobodyAnswered Reason = "nobody_answered" // nobody and nothing took the call
	CallEnded      Reason = "call_ended"
	JobBooked      Reason = "job_booked"
	JobMoved       Reason = "job_moved"
	JobCancelled   Reason = "job_cancelled"
	ChangeOffered  Reason = "change_offered" // the shop changed a visit, or has to: does another time suit?
	TimeTaken      Reason = "time_taken"     // the time of a visit proved taken, the owner should know
	JobWaits       Reason = "job_waits"      // a visit waits for the owner's yes
	OnCall         Reason = "on_call"        // the people on call have to know at once
	TheyWrote      Reason = "they_wrote"     // an answer to their text
	OptOutWord     Reason = "opt_out_word"
	ProveBooking   Reason = "prove_booking"  // a caller says that a booking under this number is theirs
	ProveNumber    Reason = "prove_number"   // a visitor of the booking page says that this number is theirs
	AddressAsked   Reason = "address_asked"  // the address could not be understood in the call
	OwnerAtOnce    Reason = "owner_at_once"  // the owner should know before the call is over
	VoicemailLeft  Reason = "voicemail"      // a caller left a voicemail, and this is what they said
	CallTaken      Reason = "call_taken"     // a person took a call and is told what is known of it
	JobInTheWay    Reason = "job_in_the_way" // an emergency was put over a job
	LineBlocked    Reason = "line_blocked"   // a line may text no customers, the owner should know
	NotDelivered   Reason = "not_delivered"  // another text could not be delivered, the owner should know
	CalendarMatter Reason = "calendar"       // something is the matter with an outside calendar
	CallbackOwed   Reason = "callback_owed"  // somebody wrote and fell silent, and is owed a call
	CallbackLate   Reason = "callback_late"  // a call was not returned by its time
	CallbackAsked  Reason = "callback_asked" // what came of a call back?
	CallingNow     Reason = "calling_now"    // they are about to be called
	Forwarding     Reason = "forwarding"     // calls are not forwarded to us any more, or are again
	NotAnswered    Reason = "not_answered"   // a text came in that the receptionist may not or could not answer
	RunningLate    Reason = "running_late"   // somebody of the shop said that a visit begins late
	PhotosCame     Reason = "photos_came"    // a customer sent pictures for a visit
	OwnerAsked     Reason = "owner_asked"    // a customer asked what only the owner knows
	NoAnswerYet    Reason = "no_answer_yet"  // the owner has not answered a customer's question in time
	OwnerAnswered  Reason = "owner_answered" // the owner's answer to a customer's question
	LinkAsked      Reason = "link_asked"     // the address of the booking page was asked for
	PeopleWrote    Reason = "people_wrote"   // people of the shop wrote it themselves
	PeopleHold     Reason = "people_hold"    // people of the shop hold the thread, so its texts are passed on to them
)

// Why a text is not sent, or not answered.
const (
	NotTextable    Reason = "not_textable"    // a withheld, foreign-format, short or toll-free number
	OwnLine        Reason = "own_line"        // the number is one of the business's own lines
	NoLine         Reason = "no_line"         // the line it should leave by is the business's no more
	Blocked        Reason = "blocked"         // on the business's list of blocked numbers
	OptedOut       Reason = "opted_out"       // they said STOP
	JustBooked     Reason = "just_booked"     // no text-back to someone who has a visit booked meanwhile
	OncePerHour    Reason = "once_per_hour"   // one text-back per caller and hour
	TooMany        Reason = "too_many"        // more texts to one number than a person writes
	NoRelationship Reason = "no_relationship" // nothing of marketing to who has not turned to the shop lately
	MarketingCap   Reason = "marketing_cap"   // they had enough of such texts
	TooManyCodes   Reason = "too_many_codes"  // one number was sent enough of them today
	TooLate        Reason = "too_late"        // it could not be sent while it made sense
	QuietHours     Reason = "quiet_hours"
	OnlyByPicture  Reason = "only_pictures" // an inbound text without words
	Empty          Reason = "empty"         // an inbound text without anything
	CarrierDidIt   Reason = "carrier_did_it"
	TakenOver      Reason = "taken_over" // people of the shop hold the thread, the receptionist is silent there
)

// Classes of a carrier's refusal, see SendError, as reasons of texts that failed.
const (
	Throttled    Reason = "throttled"
	Unreachable  Reason = "unreachable"
	Landline     Reason = "landline"
	Unregistered Reason = "unregistered"
	Invalid      Reason = "invalid"
	Auth         Reason = "auth"
	InDoubt      Reason = "in_doubt" // the carrier's answer was lost, and it can't be asked
	Other        Reason = "other"
)

var explanations = map[Reason]string{
	CallerLeft:     "The caller left before anything was arranged.",
	NobodyAnswered: "Nobody answered the call.",
	CallEnded:      "A call ended.",
	JobBooked:      "A job was booked.",
	JobMoved:       "A job was moved.",
	JobCancelled:   "A job was cancelled.",
	ChangeOffered:  "A visit was changed by you, or has to be: another time was put to the customer.",
	TimeTaken:      "The time of a visit proved taken in your calendar.",
	JobWaits:       "A visit waits for your yes.",
	OnCall:         "The people on call have to know at once.",
	TheyWrote:      "An answer to their text.",
	OptOutWord:     "They asked for no more texts, or for texts again, or for help.",
	AddressAsked:   "The address could not be understood in the call, so it was asked for by text.",
	ProveNumber:    "A visitor of the booking page gave this number as theirs.",
	ProveBooking:   "A caller said that a booking under this number is theirs.",
	OwnerAtOnce:    "You should know before the call is over.",
	VoicemailLeft:  "A caller left a voicemail; this is what they said.",
	CallTaken:      "They took a call: this is what is known of it.",
	JobInTheWay:    "An emergency took the time of this job.",
	LineBlocked:    "One of your lines may not text customers until it is registered.",
	NotDelivered:   "A text to a customer could not be delivered.",
	CalendarMatter: "Something is the matter with a calendar.",
	CallbackOwed:   "Somebody wrote, fell silent before anything was arranged, and is owed a call.",
	CallbackLate:   "A call was not returned by the time set for it.",
	CallbackAsked:  "You called somebody back, and did not say what came of it.",
	CallingNow:     "They are about to be called, and should know by whom.",
	Forwarding:     "Something is the matter with the forwarding of calls.",
	NotAnswered:    "A text came in that was not answered.",
	RunningLate:    "You or a technician said that the visit begins late.",
	PhotosCame:     "A customer sent pictures for the visit.",
	OwnerAsked:     "A customer asked something that your facts don't answer.",
	NoAnswerYet:    "You had not answered a customer's question in time.",
	OwnerAnswered:  "Your answer to their question.",
	LinkAsked:      "They asked for your booking page.",
	PeopleWrote:    "Written by hand.",
	PeopleHold:     "The thread is in your hands, so its texts come to you.",

	NotTextable:    "The number is withheld or can't receive texts.",
	OwnLine:        "The number is one of your own lines.",
	NoLine:         "The line it should leave by is no longer one of yours.",
	Blocked:        "The number is on your blocked list.",
	OptedOut:       "They said STOP to texts.",
	JustBooked:     "They have a visit booked already.",
	OncePerHour:    "They had a text-back within the last hour.",
	TooMany:        "Too many texts went to this number in a short time.",
	NoRelationship: "They have not turned to you lately enough to be sent such a text.",
	MarketingCap:   "They had as many such texts lately as manners allow.",
	TooManyCodes:   "This number was sent enough codes today.",
	TooLate:        "It could not be sent while it still made sense.",
	QuietHours:     "It would have come in your quiet hours.",
	OnlyByPicture:  "They sent pictures without words.",
	Empty:          "The text was empty.",
	CarrierDidIt:   "The phone carrier answered STOP, START or HELP itself.",
	TakenOver:      "The thread is in your hands, so the receptionist is silent there.",

	Throttled:    "The carrier asked us to slow down.",
	Unreachable:  "The carrier or the phone could not be reached.",
	Landline:     "The number is a landline.",
	Unregistered: "Your line is not registered for business texting yet.",
	Invalid:      "The carrier refused the number or the text.",
	Auth:         "The carrier does not accept the line's credentials.",
	InDoubt:      "The carrier did not say whether it took the text, and it can't be asked.",
	Other:        "The carrier refused it and gave no clear reason.",
}

// Explain is the reason as a sentence for the owner; an unknown reason is given back as it is.
func (r Reason) Explain() string {
	for _, known := range []map[Reason]string{explanations, followUpExplanations} {
		if s, ok := known[r]; ok {
			return s
		}
	}
	return string(r)
}
