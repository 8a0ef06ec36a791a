package messaging

import (
	"slices"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
)

// Known is what the writer of a text knows and the rules ask for.
type Known struct {
	// JustBooked: the recipient has had a visit booked since the call, or shortly before it.
	JustBooked bool
	// Live: the recipient is in conversation with us at this moment, or must not wait: quiet hours don't hold
	// the text back.
	Live bool
}

// facts are everything that the rules look at.
type facts struct {
	Message
	Known
	shop         *business.Business
	now          time.Time
	optedOut     bool
	lastTextBack time.Time // zero when never
	counts       []int     // texts to the number, one for each of limits
	codes        int       // codes to the number in the last day
	landline     bool      // a carrier told us that texts do not reach the number
	refused      bool      // the carrier refused the line's texts, because it is not registered

	standing consent.Standing // of texts of marketing, and of answers to STOP and its kin about to be sent

	// Of texts of marketing alone:
	agreed   bool  // in writing, to texts that only sell; read for those alone
	own      []int // texts of the kind to the number, one for each of the kind's caps
	together []int // texts of marketing to the number, one for each of marketingCaps

	zones     []*time.Location // where the recipient may be, of texts that quiet hours can hold
	takenOver bool             // people hold the thread
}

// stage says when a rule is asked: as the text is written, as it is about to be sent, or both times.
type stage int

const (
	writing stage = 1 << iota
	sending
	always = writing | sending
)

// rule is one thing that forbids a text.
type rule struct {
	reason Reason
	at     stage
	kinds  func(Kind) bool
	breaks func(*facts) bool
}

// rules, in the order in which they are asked; the first that is broken is the reason given to the owner.
//
// Stops that the recipient or the law demands hold for every kind, alerts to the owner's people included, because
// the carrier would refuse those as well; the one confirmation of STOP is exempt from STOP, but no earlier answer that
// waits for the carrier. Quiet hours hold a
// text back instead of forbidding it, see holdUntil.
var rules = []rule{
	{NotTextable, always, every, func(f *facts) bool { return !contact.IsTextable(f.To) }},
	{NoLine, always, every, func(f *facts) bool { return f.shop.LineByNumber(f.From) == nil }},
	{OwnLine, always, every, func(f *facts) bool { return f.shop.LineByNumber(f.To) != nil }},
	{Blocked, always, every, func(f *facts) bool { return f.shop.IsBlocked(f.To) }},
	{OptedOut, always, but(OptOut), func(f *facts) bool { return f.optedOut }},
	{OptedOut, sending, only(OptOut), func(f *facts) bool { return f.standing.Withdrawn && f.standing.Since.After(f.CreatedAt) }},
	{Landline, always, every, func(f *facts) bool { return f.landline }},
	// The owner and the people on call are texted all the same: they have to learn of it, and one try is all it costs.
	{Unregistered, always, but(Summary, Alert, Forward), func(f *facts) bool { return f.refused || !f.line().Registration.MayText() }},
	{NoRelationship, always, marketing, func(f *facts) bool { return !f.standing.Relationship(f.now) }},
	{NotAgreed, always, promotion, func(f *facts) bool { return !f.agreed }},
	{MarketingCap, writing, marketing, func(f *facts) bool {
		return reached(natures[f.Kind].caps, f.own) || reached(marketingCaps, f.together)
	}},
	// What the receptionist would say of itself waits for nobody: people are talking there. What people did in the calendar
	// is still confirmed, visits are reminded of, and codes come to who asks for them.
	{TakenOver, always, ofItself, func(f *facts) bool { return f.takenOver }},
	{JustBooked, always, only(TextBack), func(f *facts) bool { return f.JustBooked }},
	{OncePerHour, writing, only(TextBack), func(f *facts) bool {
		return !f.lastTextBack.IsZero() && f.now.Sub(f.lastTextBack) < textBackEvery
	}},
	{TooMany, writing, but(Alert, Summary, ByPerson, Forward), func(f *facts) bool { return reached(limits, f.counts) }},
	{TooManyCodes, writing, only(Code), func(f *facts) bool { return f.codes >= codesPerDay }},
	{TooLate, sending, but(TextBack), func(f *facts) bool { return f.late() > 0 }},
	{TooLate, sending, only(TextBack), func(f *facts) bool { return f.late() > rewordFor }},
	// A text-back on time answers someone who has just phoned; a late one may wake them.
	{QuietHours, sending, only(TextBack), func(f *facts) bool {
		return f.late() > 0 && f.nextAllowed().After(f.now)
	}},
}

const (
	// textBackEvery is how long a caller gets no second text-back.
	textBackEvery = time.Hour
	// rewordFor is how long after its time a text-back is still sent, reworded.
	rewordFor = 3 * time.Hour
	// codesPerDay is how many codes one number gets in a day, whoever asks for them.
	codesPerDay = 5
)

// limit is a number of texts to one number in a stretch of time.
type limit struct {
	count int
	per   time.Duration
}

// limits are beyond what two people write to each other; they stop two machines that answer each other.
var limits = []limit{
	{40, 15 * time.Minute},
	{120, 24 * time.Hour},
}

// reached says whether counts of texts are at their limits.
func reached(limits []limit, counts []int) bool {
	for i, l := range limits {
		if i < len(counts) && counts[i] >= l.count {
			return true
		}
	}
	return false
}

// lifetimes are how long a text of a kind is worth sending as it was written. A text-back is reworded after that.
var lifetimes = map[Kind]time.Duration{
	TextBack: 10 * time.Minute,
	Alert:    2 * time.Hour,
	Code:     10 * time.Minute,
	Talk:     12 * time.Hour,
	ByPerson: 12 * time.Hour,
	Late:     time.Hour,
}

const otherLifetime = 24 * time.Hour

func lifetime(k Kind) time.Duration {
	if d, ok := lifetimes[k]; ok {
		return d
	}
	return otherLifetime
}

func every(Kind) bool { return true }

func only(ks ...Kind) func(Kind) bool { return func(k Kind) bool { return slices.Contains(ks, k) } }

func but(ks ...Kind) func(Kind) bool { return func(k Kind) bool { return !slices.Contains(ks, k) } }

// line is the line it leaves by; the rule NoLine comes first where it is gone.
func (f *facts) line() *business.Line { return f.shop.LineByNumber(f.From) }

// ofItself says whether a text of a kind is the receptionist's own idea, or its part of a talk.
func ofItself(k Kind) bool { return marketing(k) || only(Talk, TextBack, FollowUp)(k) }

// late is how long the text is past its time; zero when it is not.
func (f *facts) late() time.Duration {
	if f.NotAfter.IsZero() {
		return 0
	}
	return max(0, f.now.Sub(f.NotAfter))
}

// forbidden is the reason of the first rule that the text breaks at this stage, or empty.
func (f *facts) forbidden(at stage) Reason {
	for _, r := range rules {
		if r.at&at != 0 && r.kinds(f.Kind) && r.breaks(f) {
			return r.reason
		}
	}
	return ""
}
