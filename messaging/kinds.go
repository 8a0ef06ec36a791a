package messaging

import "time"

// The kinds of text that go out of our own accord, after what somebody asked for is done or has come to nothing.
const (
	OnMyWay  Kind = "on_my_way" // to the customer: somebody is coming
	Nudge    Kind = "nudge"     // to who fell silent before anything was booked
	Lead     Kind = "lead"      // to who called or wrote some days ago and did not book
	Estimate Kind = "estimate"  // to who had an estimate and did not answer
	Review   Kind = "review"    // to who had a visit: say how it was
	Seasonal Kind = "seasonal"  // to a customer of before: time for the yearly check
)

// nature is what the law and manners make of a kind of text. A kind that is not in the table below is of service: it
// answers, confirms or brings what somebody asked for.
type nature struct {
	// marketing: it is to win work. It goes only to whom there is an established business relationship with
	// (47 CFR 64.1200(f)(5)), never before 8 a.m. or after 9 p.m. where they are (47 CFR 64.1200(c)(1)), whatever the shop's
	// own quiet hours, and within the caps.
	marketing bool
	// promotion: nothing that they did lately asks for it, so that it goes only to whom has agreed in writing to such texts
	// (47 CFR 64.1200(a)(2) and (f)(9)).
	promotion bool
	// held: it waits for the end of quiet hours. The others answer what somebody has just done (a reply, a text-back, a
	// confirmation while they are in conversation), go to the owner, who wants to know within seconds, or cannot wait.
	held bool
	// caps are how many texts of the kind one number gets.
	caps []limit
}

const day = 24 * time.Hour

var natures = map[Kind]nature{
	Confirmation: {held: true},
	Reminder:     {held: true},
	FollowUp:     {held: true},
	Nudge:        {held: true, marketing: true, caps: []limit{{1, day}, {2, 7 * day}}},
	Lead:         {held: true, marketing: true, caps: []limit{{1, day}, {4, 14 * day}}},
	Estimate:     {held: true, marketing: true, caps: []limit{{1, day}, {4, 14 * day}}},
	Review:       {held: true, marketing: true, caps: []limit{{1, 30 * day}}},
	Seasonal:     {held: true, marketing: true, promotion: true, caps: []limit{{1, 60 * day}}},
}

// marketingCaps hold for all texts of marketing to one number together.
var marketingCaps = []limit{{1, day}, {3, 7 * day}}

func marketing(k Kind) bool { return natures[k].marketing }

func promotion(k Kind) bool { return natures[k].promotion }

func held(k Kind) bool { return natures[k].held }

// marketingKinds lists the kinds that marketingCaps count.
func marketingKinds() []Kind { return []Kind{Nudge, Lead, Estimate, Review, Seasonal} }
