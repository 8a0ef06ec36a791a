package bookingpage

import (
	"fmt"
	"time"

	"fixly/scheduling"
)

var english = words{
	Language: "en", Name: "English",

	Skip:        "Skip to the page",
	Required:    "Everything that isn't marked optional is needed.",
	Call:        func(number string) string { return "Call " + number },
	Emergency:   "Is it an emergency?",
	EmergencyBy: "Don't book here: ring us, at any hour.",
	Back:        "Back",

	Services:     func(shop string) string { return "Book a visit with " + shop },
	ServicesLead: "What do you need?",
	For:          func(what string) string { return "For: " + what },
	ForCaller:    func(who string) string { return "For the call you took: " + who },
	PickTime:     "When should we come?",
	Change:       "Choose something else",
	Soonest:      "Soonest",
	Days:         "Pick a day",
	DayOpen:      func(n int) string { return fmt.Sprintf("%d open", n) },
	NoTimes:      heading{"No open times", "Nothing is open for this at the moment. Please call us, and we'll find a way."},
	QuoteFirst: func(work string) string {
		return work + ": we come and look first, and tell you what it takes. Choose a time for that visit; we note what you want."
	},
	Quoted:    "Did we look already? Book the work itself",
	NotQuoted: "With this number we find no such visit in the last half year, so we come and look first. Choose a time for that.",
	Lasts:     func(days int) string { return fmt.Sprintf("The work takes %d days. Choose when it begins.", days) },

	Details:     "Where do we come to?",
	HeldFor:     func(m int) string { return fmt.Sprintf("We're keeping this time for you for %d minutes.", m) },
	NotHeld:     "Many people are booking just now, so this time isn't kept for you until you send the form.",
	Problem:     "What's wrong?",
	ProblemHint: "A few words are enough. No card numbers, please.",
	YourName:    "Your name",
	Phone:       "Mobile number",
	PhoneHint:   "We text the confirmation to it.",
	Email:       "E-mail",
	EmailHint:   "For a confirmation with an entry for your calendar.",
	Street:      "Street address",
	Unit:        "Apartment or unit",
	City:        "City",
	ZIP:         "ZIP code",
	Trap:        "Leave this field empty",
	Book:        "Book this visit",
	Optional:    "optional",
	SomeWrong:   "Something is missing or can't be right:",
	Needed:      "This is needed.",
	TooLong:     func(n int) string { return fmt.Sprintf("This is longer than %d characters.", n) },
	Unreadable:  "There are characters in it that can't be read.",
	NotPhone:    "This is no phone number. Write it with the area code, such as 312 555 0123.",
	NotTextable: "We can't text this number. Please give a mobile number, or call us.",
	NotEmail:    "This is no e-mail address.",
	NotZIP:      "A ZIP code has five digits.",
	OutsideArea: func(zip, area string) string { return fmt.Sprintf("We don't come to %s. We serve %s.", zip, area) },
	OldForm:     "This page was open for a long time, or was sent before. Please check it and send it once more.",
	TooQuick:    "That was quick. Please check it and send it once more.",
	CodeTitle:   "Is this your number?",
	CodeLead:    func(number string) string { return "We've texted a code of six digits to " + number + "." },
	Code:        "Code",
	CodeWrong:   "That isn't the code.",
	CodeOver:    "This code is no longer good. Please have another one sent.",
	CodeSend:    "Send another code",
	CodeCheck:   "Book this visit",
	CodeNotCome: func(number string) string {
		return "No text after a minute? Call us at " + number + " and we'll book it for you."
	},
	Sent:         "Another code is on its way.",
	TooManyCodes: heading{"Please call us", "This number was sent enough codes for now. Call us, and we'll book the visit for you."},
	TooManyJobs:  heading{"Please call us", "There are several visits booked with this number already. Call us if you need another one."},

	Danger:     "Get out first",
	DangerCall: "Call 911",
	DangerShop: func(shop, number string) string {
		return "Nothing was booked. When you are safe, call " + shop + " at " + number + "."
	},
	Urgent:      heading{"This sounds like an emergency", "Please ring us now: we send somebody sooner than this page can."},
	UrgentGoOn:  func(when string) string { return "It can wait: book " + when },
	NotOnline:   heading{"Please call us", "This can't be booked here. Call us, and we'll see what we can do."},
	RefusedElse: "That time can't be had.",
	Refusals: map[scheduling.Reason]string{
		scheduling.UnknownService: "We don't offer this any more.",
		scheduling.NobodySkilled:  "Nobody does this at the moment.",
		scheduling.ClosedDay:      "We're closed that day.",
		scheduling.ClosedHours:    "The visit doesn't fit into our opening hours there.",
		scheduling.Past:           "That time is over.",
		scheduling.TooSoon:        "That is too soon for us to get there.",
		scheduling.BeyondHorizon:  "That is further ahead than we book.",
		scheduling.ForEmergencies: "We keep that time for emergencies.",
		scheduling.OffWindow:      "We don't begin a visit at that time.",
		scheduling.OffDuty:        "Nobody works then.",
		scheduling.DayFull:        "That day is full by now.",
		scheduling.WindowFull:     "That time is full by now.",
		scheduling.Avoided:        "That time can't be had.",
		scheduling.OffGrid:        "We don't begin a visit at that time.",
		scheduling.Full:           "That time was taken just now.",
	},

	VisitTitle: "Your visit",
	Booked:     "You're booked. We've texted you the confirmation.",
	Tentative: func(shop string) string {
		return "We've put you down for this time. " + shop + " will text you whether it works."
	},
	Moved:       "Your visit has been moved. We've texted you the new time.",
	IsCancelled: heading{"This visit is cancelled", "Nobody will come."},
	IsOver:      heading{"This visit is over", "Thank you for having us."},
	Began:       "It's too late to change this here. Please call us.",
	OnlyByPhone: "To move an emergency visit, please call us.",
	When:        "When",
	What:        "What",
	Where:       "Where",
	Who:         "Who comes",
	WorkDays:    "Days",
	Move:        "Move it",
	Cancel:      "Cancel it",
	MoveTitle:   "When should we come instead?",
	MoveFrom:    func(when string) string { return "Now: " + when },
	MoveTo:      func(when string) string { return "New: " + when },
	MoveConfirm: "Move the visit",
	KeepIt:      "Keep it as it is",
	CancelTitle: "Cancel this visit?",
	CancelLead:  func(what, when string) string { return what + ", " + when },
	CancelYes:   "Cancel the visit",

	LeaveTitle: "No more e-mails?",
	LeaveLead: func(shop, email string) string {
		return shop + " will send nothing more to " + email + " that is not about a visit of yours."
	},
	LeaveYes:    "No more e-mails",
	Left:        heading{"Done", "You get no more such e-mails. What is about a visit of yours still reaches you."},
	BookAnother: "Book another visit",
	SameTime:    "That is the time it has.",

	NoPage:  heading{"There is no such page", "The link may be cut short, or too old. Open it from our text again, or call us."},
	TooMany: heading{"One moment, please", "There were many requests from here. Wait a minute and load the page again."},
	Failed:  heading{"Something went wrong here", "Nothing is lost that we confirmed by text. Please try again in a minute, or call us."},

	and:    " and ",
	begins: func(days int, when string) string { return fmt.Sprintf("%d days, beginning %s", days, when) },
	day:    func(t time.Time) string { return t.Format("Monday, Jan 2") },
	window: func(from, to time.Time) string {
		if !to.After(from) || from.Format(time.DateOnly) != to.Format(time.DateOnly) {
			return clockTime(from) + " " + from.Format("PM")
		}
		if from.Format("PM") == to.Format("PM") {
			return clockTime(from) + " to " + clockTime(to) + " " + to.Format("PM")
		}
		return clockTime(from) + " " + from.Format("PM") + " to " + clockTime(to) + " " + to.Format("PM")
	},
}

// clockTime is "8" or "8:30".
func clockTime(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3")
	}
	return t.Format("3:04")
}
