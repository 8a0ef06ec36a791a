package messaging

// Why a follow-up is sent.
const (
	VisitAhead   Reason = "visit_ahead"   // the visit is near
	WentSilent   Reason = "went_silent"   // they stopped answering in the middle of a booking
	NotBooked    Reason = "not_booked"    // a call or a thread came to nothing
	EstimateOpen Reason = "estimate_open" // the visit for a price is over, and no work is booked
	VisitDone    Reason = "visit_done"    // a visit is completed
	OnTheWay     Reason = "on_the_way"    // the technician has set out
	TimeAgain    Reason = "time_again"    // the time of year is near at which work that they had is due again
)

// Why a follow-up is dropped, beside what is below.
const (
	VisitMoved  Reason = "visit_moved"  // the visit has another time
	VisitOff    Reason = "visit_off"    // the visit doesn't take place, or waits for a yes
	VisitBegan  Reason = "visit_began"  //
	JustTold    Reason = "just_told"    // they are told of the visit at about the same time
	BookedSince Reason = "booked_since" // they have a visit booked by now
	InTouch     Reason = "in_touch"     // they called or wrote since
	Handled     Reason = "handled"      // somebody of the business has dealt with it
	ByMail      Reason = "by_mail"      // texts don't reach them, so it went by e-mail
	SwitchedOff Reason = "switched_off" // the business doesn't send such texts any more
	Complained  Reason = "complained"   //
	AskedLately Reason = "asked_lately" // they were asked for the same not long ago
	NothingOpen Reason = "nothing_open" // there is no time to offer
	Enough      Reason = "enough"       // they had as many such texts as are polite
	NotSure     Reason = "not_sure"     // what was to be said could not be checked
	NotAgreed   Reason = "not_agreed"   // they never agreed in writing to texts that only sell, or took it back
	DoneSince   Reason = "done_since"   // the work was done again meanwhile
)

var followUpExplanations = map[Reason]string{
	VisitAhead:   "The visit is near.",
	WentSilent:   "They stopped answering before the booking was done.",
	NotBooked:    "They needed something, and nothing was booked.",
	EstimateOpen: "The visit for the estimate is over, and no work is booked.",
	VisitDone:    "The visit is completed.",
	OnTheWay:     "The technician is on the way.",
	TimeAgain:    "Work that they had is due again.",

	VisitMoved:  "The visit was moved.",
	VisitOff:    "The visit is off, or not certain.",
	VisitBegan:  "The visit had begun.",
	JustTold:    "They are told of the visit at about that time anyway.",
	BookedSince: "They have booked meanwhile.",
	InTouch:     "They have been in touch since.",
	Handled:     "Somebody has dealt with it.",
	ByMail:      "Texts don't reach them, so it went by e-mail.",
	SwitchedOff: "Such texts are switched off.",
	Complained:  "They complained.",
	AskedLately: "They were asked not long ago.",
	NothingOpen: "There was no open time to offer.",
	Enough:      "They have had enough of such texts for now.",
	NotSure:     "What it would have said could not be checked.",
	NotAgreed:   "They have not agreed in writing to be reminded at a time of year.",
	DoneSince:   "The work was done again meanwhile.",
}
