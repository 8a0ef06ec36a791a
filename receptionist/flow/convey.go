package flow

import (
	"time"

	"fixly/contact"
)

// Kind is a thing to convey, from a closed list. Package wording has the sentences for each.
type Kind string

// Window is an arrival window, in the shop's zone.
type Window struct {
	From, To time.Time
	Days     int `json:",omitempty"` // on how many days the work is done that begins then; 0: one visit
}

// Conveyance is one thing to convey. Which fields a kind uses is said beside it; all are typed values, so that
// nothing can be said that the flow did not mean.
type Conveyance struct {
	Kind Kind `json:"kind"`
	Nth  int  `json:"nth,omitempty"` // how often this kind was conveyed before, so that it is never said the same way twice running

	Windows   []Window        `json:"windows,omitempty"`
	Day       time.Time       `json:"day,omitzero"`    // a day
	Spans     []Window        `json:"spans,omitempty"` // opening hours of Day
	Service   string          `json:"service,omitempty"`
	Minutes   int             `json:"minutes,omitempty"` // how long something takes
	Price     string          `json:"price,omitempty"`   // as the price list or the fee has it
	Name      string          `json:"name,omitempty"`
	Person    string          `json:"person,omitempty"`    // someone of the business
	Phone     string          `json:"phone,omitempty"`     // E.164
	Extension string          `json:"extension,omitempty"` // of Phone
	Address   contact.Address `json:"address,omitzero"`
	Place     string          `json:"place,omitempty"`  // a town or a ZIP code, as the caller named it
	List      []string        `json:"list,omitempty"`   // services, cities
	Next      [2]string       `json:"next,omitzero"`    // a question of the trade packs: the problem's id and its own
	Things    []string        `json:"things,omitempty"` // of the trade packs, by name
	Text      string          `json:"text,omitempty"`   // the business's own words: an FAQ's answer
}

// Openers: said before anything else in a turn.
const (
	SayHello        Kind = "hello"       // texts: who we are. Person: the assistant's name
	SayWorry        Kind = "worry"       // the caller is in trouble
	SayRepeat       Kind = "repeat"      // what follows was said before, and is said again on request
	SayCutOff       Kind = "cut_off"     // the line was lost and is back
	SayTaken        Kind = "taken"       // the chosen time went to someone else. Windows
	SayTrouble      Kind = "trouble"     // something broke on our side
	SayAdded        Kind = "added"       // more words were put to a message that was taken
	SayFixed        Kind = "fixed"       // a correction was taken down
	SayCanHelp      Kind = "can_help"    // a first yes to a problem that we fix
	SayQuoteFirst   Kind = "quote_first" // Service: whose visit comes first; Text: the work that is wanted
	SayBoth         Kind = "both"        // List: services; several problems were taken down
	SayPicked       Kind = "picked"      // Windows: the time that was taken of several
	SayNotCaught    Kind = "not_caught"
	SayListening    Kind = "listening"   // the caller broke off in the middle of a number or a street
	SayTakeYour     Kind = "take_your"   // "hang on a second"
	SayStillThere   Kind = "still_there" // silence
	SayCantHear     Kind = "cant_hear"   // more silence; a keypad or a text would do
	SaySilenceBye   Kind = "silence_bye"
	SayThanksRecord Kind = "thanks_record" // a yes to recording the call
	SayEnglishOnly  Kind = "english_only"
	SaySwitched     Kind = "switched"    // the conversation goes on in the language that was asked for
	SayGotIt        Kind = "got_it"      // a detail was taken down
	SayThanksName   Kind = "thanks_name" // Name: was just given
	SayHearYou      Kind = "hear_you"    // the caller is angry
	SayUnderstand   Kind = "understand"  // the caller is worried
	SayWelcome      Kind = "welcome"     // the caller has thanked
	SayEasy         Kind = "easy"        // the caller wants time
	SayQuick        Kind = "quick"       // the caller has no time
	SayAlso         Kind = "also"        // Service: what was wished besides, and is taken up now
)

// Questions.
const (
	AskProblem       Kind = "ask_problem"
	AskDetail        Kind = "ask_detail"       // List: the services
	AskTriage        Kind = "ask_triage"       // Text: the condition, in the business's words
	AskFee           Kind = "ask_fee"          // Price: the fee
	AskWhen          Kind = "ask_when"         //
	AskChoice        Kind = "ask_choice"       // after times were named: which?
	AskOne           Kind = "ask_one"          // after one time was named: does it suit?
	AskChoiceAgain   Kind = "ask_choice_again" // Windows, several; the caller said something else than a choice
	AskOneAgain      Kind = "ask_one_again"    // Windows, a single one: does it suit?
	AskEarliest      Kind = "ask_earliest"     // after the earliest time was named: shall we?
	AskWhichDay      Kind = "ask_which_day"    // after TellReadings: which of the days was meant?
	AskName          Kind = "ask_name"
	AskLastName      Kind = "ask_last_name" // Name: the first
	AskPhone         Kind = "ask_phone"
	AskPhoneOther    Kind = "ask_phone_other" // of whoever will be there
	AskPhoneKeypad   Kind = "ask_phone_keypad"
	AskPhoneSame     Kind = "ask_phone_same" // Phone
	AskAddress       Kind = "ask_address"
	AskStreet        Kind = "ask_street"       // the ZIP is known already
	AskStreetName    Kind = "ask_street_name"  // the street alone, the address having not been understood
	AskHouse         Kind = "ask_house"        // Address: a street, or a crossing, without a number
	AskHouseKeypad   Kind = "ask_house_keypad" // Address: the same, once more
	AskAddressSame   Kind = "ask_address_same" // Address, on file
	AskZIP           Kind = "ask_zip"
	AskZIPKeypad     Kind = "ask_zip_keypad"
	AskPlaceZIP      Kind = "ask_place_zip"       // Place: a town that may be outside the area
	AskReadBack      Kind = "ask_read_back"       // Name, Phone, Address, Windows
	AskReadBackShort Kind = "ask_read_back_short" // after a correction: Windows, Name, Phone, Address as corrected
	AskChange        Kind = "ask_change"
	AskOfferMessage  Kind = "ask_offer_message" // Person
	AskOfferBooking  Kind = "ask_offer_booking" // List, Service
	AskGoOn          Kind = "ask_go_on"         // Person: nobody picked up, a booking is under way
	AskMessage       Kind = "ask_message"       // Person
	AskWhichJob      Kind = "ask_which_job"     // Windows
	AskCancelSure    Kind = "ask_cancel_sure"   // Service, Windows
	AskOut           Kind = "ask_out"
	AskAnythingElse  Kind = "ask_anything_else"
	AskNext          Kind = "ask_next"  // Next
	AskThing         Kind = "ask_thing" // Things: which of them is it about?
	AskVisit         Kind = "ask_visit" // Service: by which somebody comes and has a look
	AskWhatElse      Kind = "ask_what_else"
	AskBookedPhone   Kind = "ask_booked_phone" // which number is the visit booked under?
	AskCode          Kind = "ask_code"         // the code that was texted
	AskCodeAgain     Kind = "ask_code_again"
	AskAboutJob      Kind = "ask_about_job" // after a visit was named: what about it?
	AskNewAddress    Kind = "ask_new_address"
	AskNewPhone      Kind = "ask_new_phone"
	AskMoreWork      Kind = "ask_more_work" // Person: who comes
)

// Answers and statements.
const (
	TellNotRecorded      Kind = "tell_not_recorded" // the call
	TellRecordingStopped Kind = "tell_recording_stopped"
	TellRecordingErased  Kind = "tell_recording_erased" // and stopped
	TellOptedOut         Kind = "tell_opted_out"        // no more calls and texts
	TellOptedOutBye      Kind = "tell_opted_out_bye"    // the same, and goodbye
	TellNoCalls          Kind = "tell_no_calls"         // texts only
	TellNoTexts          Kind = "tell_no_texts"         // calls only
	TellNumberUnknown    Kind = "tell_number_unknown"   // of which there should be no more calls or texts
	TellOffer            Kind = "tell_offer"            // Windows: open, wished or soonest
	TellMoveOffer        Kind = "tell_move_offer"       // Windows
	TellEarliest         Kind = "tell_earliest"         // Windows: the soonest open time, which was asked for
	TellReadings         Kind = "tell_readings"         // Windows: one on each day that the words can mean, dates in full
	TellInstead          Kind = "tell_instead"          // Windows: not what was wished, but the nearest
	TellOffDuty          Kind = "tell_off_duty"         // Windows: nobody who does that works at the wished time
	TellTooSoon          Kind = "tell_too_soon"         // Windows: the wished time is too near or over
	TellTooFar           Kind = "tell_too_far"          // the wished time is further ahead than the shop books
	TellNoMore           Kind = "tell_no_more"          // Windows: nothing else is left of what was wished
	TellNothing          Kind = "tell_nothing"          // nothing open at all
	TellNoSooner         Kind = "tell_no_sooner"        //
	TellClosed           Kind = "tell_closed"           // Day
	TellOutside          Kind = "tell_outside"          // Day, Spans: the opening hours of that day
	TellImpossible       Kind = "tell_impossible"       // Text: "february thirtieth"
	TellPrice            Kind = "tell_price"            // Service, Price
	TellFree             Kind = "tell_free"             // Service that costs nothing
	TellPriceWhich       Kind = "tell_price_which"      // no service known: prices depend on the work
	TellFee              Kind = "tell_fee"              // Price
	TellDuration         Kind = "tell_duration"         // Minutes: how long the work usually takes
	TellTextUs           Kind = "tell_text_us"          // texting this number works as well
	TellFAQ              Kind = "tell_faq"              // Text
	TellAskingOwner      Kind = "tell_asking_owner"     // Person: the owner, who is asked
	TellGotPhoto         Kind = "tell_got_photo"        // a picture came
	TellPhotoForVisit    Kind = "tell_photo_for_visit"  // Person: who comes and sees it
	WishPhoto            Kind = "wish_photo"            // Person: who comes; nothing waits for the answer
	TellBookingLink      Kind = "tell_booking_link"     // Text: the address of the page
	TellLinkByText       Kind = "tell_link_by_text"     // the address is on its way by text
	TellHours            Kind = "tell_hours"            // the week's hours
	TellArea             Kind = "tell_area"             // List: cities
	TellServices         Kind = "tell_services"         // List
	TellDoIt             Kind = "tell_do_it"            // yes, we do Service
	TellRobot            Kind = "tell_robot"            // Person: the assistant's name
	TellDontKnow         Kind = "tell_dont_know"        // Person who would know
	TellOutOfArea        Kind = "tell_out_of_area"      // Place, List: cities
	TellNotOffered       Kind = "tell_not_offered"      // Text: the trade named, List: services
	TellNotOurs          Kind = "tell_not_ours"         // Text: the trade named, in few words: a warning came before
	TellBooked           Kind = "tell_booked"           // Name, Windows
	TellAmended          Kind = "tell_amended"          // Name, Phone, Address as they are now
	TellMoved            Kind = "tell_moved"            // Windows
	TellCancelled        Kind = "tell_cancelled"        // Service, Windows
	TellKept             Kind = "tell_kept"             // Windows: the job stays as it was
	TellStatus           Kind = "tell_status"           // Service, Windows, Person: the technician
	TellStatusToday      Kind = "tell_status_today"     // Service, Windows, Person; they may be on their way
	TellNoJob            Kind = "tell_no_job"           // no job under this number
	TellMessage          Kind = "tell_message"          // Person: gets it; Phone: called back there
	TellHandOver         Kind = "tell_hand_over"        // Person
	TellPaging           Kind = "tell_paging"           // Person: who is on call and is being paged
	TellNobody           Kind = "tell_nobody"           // Person: nobody can take the call
	TellCallBack         Kind = "tell_call_back"        // Person: will call, about what could not be settled here
	TellSolicitor        Kind = "tell_solicitor"
	TellWrongNumber      Kind = "tell_wrong_number"
	TellJobSeeker        Kind = "tell_job_seeker"   // Person
	TellComplaint        Kind = "tell_complaint"    // Person
	TellBilling          Kind = "tell_billing"      // Person
	TellTextAddress      Kind = "tell_text_address" // goodbye: the address is asked for by text
	TellBye              Kind = "tell_bye"
	TellByeBooked        Kind = "tell_bye_booked" // Windows
	TellByeOpen          Kind = "tell_bye_open"   // left before anything was settled

	// Whose booking it is. None of these says whether there is one.
	TellCodeSent     Kind = "tell_code_sent"      // to the number, if a visit is under it
	TellCodeSentHere Kind = "tell_code_sent_here" // to the number of the call, if a visit is under it
	TellCodeSentName Kind = "tell_code_sent_name" // to the number of the visit, if one is under that name
	TellCodeNew      Kind = "tell_code_new"       // a new one was sent
	TellCodeWait     Kind = "tell_code_wait"      // it may take a moment
	TellCodeWrong    Kind = "tell_code_wrong"
	TellCodeExpired  Kind = "tell_code_expired"
	TellUnproven     Kind = "tell_unproven" // Person, who can call the number of the booking
	SayProven        Kind = "proven"

	TellStatusAlso   Kind = "tell_status_also"   // Service, Windows: another visit
	TellOver         Kind = "tell_over"          // Service, Windows, Person: a visit that is over
	TellWasCancelled Kind = "tell_was_cancelled" // Service, Windows: cancelled before
	TellLate         Kind = "tell_late"          // Windows, Person: due then, and not come
	TellMoreWork     Kind = "tell_more_work"     // Person: has it on the list now
	TellWho          Kind = "tell_who"           // Person: the technician who comes
	TellWhoLater     Kind = "tell_who_later"     // known once a time is chosen
	TellNext         Kind = "tell_next"          // Windows: the next open times, for who only asks
)

// What the shop has to say to a customer of its own accord, and visits that wait for the owner's yes.
const (
	SayShopMoved      Kind = "shop_moved"          // Service, Windows: the time it has now
	SayShopCancelled  Kind = "shop_cancelled"      // Service, Windows: the time it had
	SayShopTaken      Kind = "shop_taken"          // Windows: the time it has, which somebody else has, too
	SayDeclined       Kind = "declined"            // Person: the owner; Windows: when he can't come
	SayBetterTime     Kind = "better_time"         // Person: the owner; Windows: when he would rather come
	TellReplyYes      Kind = "tell_reply_yes"      // how to answer
	TellAgreed        Kind = "tell_agreed"         // Windows: the time that is agreed, and goodbye
	TellPutDown       Kind = "tell_put_down"       // Windows, Person: the owner, who has to take it first
	TellByeWaiting    Kind = "tell_bye_waiting"    // Person: the owner, who will confirm
	TellStatusWaiting Kind = "tell_status_waiting" // Service, Windows, Person: the owner, who hasn't taken it yet
)

// What follows up on something. Each names the shop, being the first that is read.
const (
	SayReminder       Kind = "reminder"            // Service, Windows
	TellHowToAnswer   Kind = "tell_how_to_answer"  // how to answer a reminder
	TellMoveOrOff     Kind = "tell_move_or_off"    // the visit doesn't suit: another time, or none?
	TellConfirmed     Kind = "tell_confirmed"      // Windows: the visit stands, and goodbye
	SayNudge          Kind = "nudge"               // Service: whose booking broke off
	SayStillNeeded    Kind = "still_needed"        // Service: what a call was about
	SayStillWords     Kind = "still_needed_words"  // Text: the same in the customer's own words
	TellPickOne       Kind = "tell_pick_one"       // after times were named to who wasn't talking with us: which?
	TellTakeIt        Kind = "tell_take_it"        // after one was
	TellAfterEstimate Kind = "tell_after_estimate" // Service: the visit for a price that is over
	TellTimeAgain     Kind = "tell_time_again"     // Service: work that they had, due again by the time of year
	TellLeftIt        Kind = "tell_left_it"        // what was offered isn't wanted, and goodbye
)

// Vetted steps that limit the harm, and the fixed words about danger.
const (
	StepWater      Kind = "step_water"    // shut off the main valve
	StepSewage     Kind = "step_sewage"   // stop using water and drains
	StepElectric   Kind = "step_electric" // keep away from the water, power off only if the panel is dry
	StepHeat       Kind = "step_heat"     // keep everyone warm in one room
	DangerGas      Kind = "danger_gas"
	DangerCO       Kind = "danger_co"
	DangerOther    Kind = "danger_other"
	HazardElectric Kind = "hazard_electric" // don't touch it; smoke or fire is for 911
	HazardWater    Kind = "hazard_water"    // water near electricity
	HazardSpring   Kind = "hazard_spring"   // a garage door's spring is under tension
	HazardPerson   Kind = "hazard_person"   // somebody is locked in: 911
	HazardFall     Kind = "hazard_fall"     // keep clear of the roof and what may come down
	DangerAgain    Kind = "danger_again"
	DangerBye      Kind = "danger_bye" // Person who was alerted
)
