// Package consent is who may be written to and rung, and how we know: a ledger of what people did and said about it.
// Entries are only ever added; what holds now is read from the latest.
//
// The rules behind it: consent can be withdrawn in any reasonable way, by plain words as well as by key words, and is
// honoured at once (47 CFR 64.1200(a)(10), which gives ten business days); who rang or wrote first may be answered; what
// sells something needs more, an established business relationship (47 CFR 64.1200(f)(5)).
package consent

import (
	"strings"
	"time"
)

// Channel is a way to reach somebody.
type Channel string

// The channels.
const (
	Text  Channel = "text"
	Call  Channel = "call"
	Email Channel = "email"
	// Recording is no way to reach somebody: it is whether their calls may be recorded.
	Recording Channel = "recording"
	// Promotion is none either: it is whether they agreed in writing to texts that only sell (47 CFR 64.1200(f)(9)), which
	// nobody does by calling, writing or booking.
	Promotion Channel = "promotion"
)

// Channels lists the ways to reach somebody.
func Channels() []Channel { return []Channel{Text, Call, Email} }

// Act is what an entry says.
type Act string

// The acts.
const (
	Given     Act = "given"     // they turned to us, so that they may be answered
	Withdrawn Act = "withdrawn" // they want nothing more by this channel
	Restored  Act = "restored"  // they want it again
)

// How says in what way consent was given, withdrawn or restored.
type How string

// The ways.
const (
	CalledUs     How = "called_us"
	TextedUs     How = "texted_us"
	BookedOnPage How = "booked_on_page"
	Booked       How = "booked"      // a visit, in a call or a text
	ToldOwner    How = "told_owner"  // the owner noted what they told him, or booked for them
	SentWord     How = "stop_word"   // STOP, START and their kin, a whole text
	PlainWords   How = "plain_words" // in a text, in words of their own
	SaidInCall   How = "said_in_call"
	WentOn       How = "went_on"       // after they were told at the beginning that the call is recorded
	Signed       How = "signed"        // on paper or in a mail, as the owner noted
	ToldCarrier  How = "told_carrier"  // the carrier refuses our texts on their word
	Unsubscribed How = "unsubscribed"  // by the link in an e-mail, or the button that mail programs make of it
	BeforeLedger How = "before_ledger" // known from before there was a ledger
)

var explanations = map[How]string{
	CalledUs:     "They called.",
	TextedUs:     "They texted.",
	BookedOnPage: "They booked on the page.",
	Booked:       "They booked a visit.",
	ToldOwner:    "You noted what they told you.",
	SentWord:     "They sent the word by text.",
	PlainWords:   "They said so in a text.",
	SaidInCall:   "They said so in a call.",
	WentOn:       "They were told at the beginning that the call is recorded, and went on.",
	Signed:       "You noted that they agreed in writing.",
	ToldCarrier:  "Their phone carrier said so.",
	Unsubscribed: "They unsubscribed by the link in an e-mail.",
	BeforeLedger: "Known from before the ledger was kept.",
}

// Explain is the way as a sentence for the owner.
func (h How) Explain() string {
	if s, ok := explanations[h]; ok {
		return s
	}
	return string(h)
}

// Entry is one line of the ledger.
type Entry struct {
	ID         string
	BusinessID string
	Address    string // a number in E.164, or an e-mail address in lower case
	Channel    Channel
	Act        Act
	How        How
	Words      string // theirs, as far as there are any; see Clip
	Language   string // of the words, ISO 639-1; empty where unknown
	Source     string // the id of the text, call or job that shows it; empty for none
	// Key is unique within a business: a job or a webhook that comes again adds nothing.
	Key string
	At  time.Time
}

// Standing is what the ledger says about an address and a channel now.
type Standing struct {
	// Withdrawn: they want nothing. Since is when they said so, By in what way.
	Withdrawn bool
	Since     time.Time
	By        How
	// Wished is when they last said that they want nothing or that they want it again; zero: never.
	Wished time.Time
	// Turned is when they last turned to us in whatever way, Booked when a visit was last booked for them; zero: never.
	Turned, Booked time.Time
	// Called is when they last rang us; zero: never.
	Called time.Time
}

// MayPromote says, of what the ledger says about texts and about promotion, whether they agreed in writing to texts that only
// sell, and have not taken it back. Whoever ended all texts has, and brings back only the others by wanting texts again.
func MayPromote(texts, promotion Standing) bool {
	at := promotion.Turned
	return !at.IsZero() && !texts.Withdrawn && at.After(texts.Wished) && at.After(promotion.Wished)
}

// MayCall says, of what the ledger says about calls, whether they may be rung: not when they said that they want no calls,
// unless they rang us again since, which is to be answered.
func (s Standing) MayCall() bool { return !s.Withdrawn || s.Called.After(s.Since) }

// MayConfirm says, of what the ledger says about e-mails, whether visits of theirs may be confirmed by one. Who unsubscribed
// was asked about what sells something, and still hears of what they booked; who said that they want no e-mails gets none.
func (s Standing) MayConfirm() bool { return !s.Withdrawn || s.By == Unsubscribed }

const (
	// inquiry and purchase are how long somebody counts as a customer who may be written to of one's own accord: three
	// months from an inquiry, eighteen from a purchase (47 CFR 64.1200(f)(5)).
	inquiryMonths  = 3
	purchaseMonths = 18
)

// Relationship says whether there is an established business relationship at now.
func (s Standing) Relationship(now time.Time) bool {
	return s.Turned.AddDate(0, inquiryMonths, 0).After(now) || s.Booked.AddDate(0, purchaseMonths, 0).After(now)
}

// maxWords is how much of somebody's words the ledger keeps.
const maxWords = 200

// Clip puts words on one line and cuts them to what the ledger keeps.
func Clip(words string) string {
	words = strings.Join(strings.Fields(words), " ")
	if r := []rune(words); len(r) > maxWords {
		return string(r[:maxWords])
	}
	return words
}

// EmailAddress is how the ledger writes an e-mail address.
func EmailAddress(s string) string { return strings.ToLower(strings.TrimSpace(s)) }
