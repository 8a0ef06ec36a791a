package flow

import (
	"slices"

	"fixly/receptionist/understanding"
)

// acknowledge lets a question be preceded by a word that shows that the caller was heard: how they feel goes before
// what they gave. What says so already needs none, and texts do without.
func (t *turn) acknowledge() {
	if t.e.Kind != Words || t.e.Text || t.d.End || len(t.d.Convey) == 0 || t.s.top() == TopicDanger {
		return
	}
	if t.meetMood() {
		return
	}
	first := t.d.Convey[0]
	if len(t.d.Convey) != 1 || !t.learned || !slices.Contains(plainQuestions, first.Kind) {
		return
	}
	ack := Conveyance{Kind: SayGotIt}
	if t.u.Name != "" && t.s.Details.Name != "" && first.Kind != AskName && first.Kind != AskLastName {
		ack = Conveyance{Kind: SayThanksName, Name: t.s.Details.Name}
	}
	t.prepend(ack)
}

// plainQuestions are those that begin without a word of their own.
var plainQuestions = []Kind{
	AskName, AskPhone, AskPhoneSame, AskPhoneOther, AskAddress, AskAddressSame, AskStreet, AskZIP, AskWhen, AskBookedPhone, AskNewAddress, AskNewPhone,
}

// moods are what is said to how a caller feels. Each is met once in a while, not in every turn.
var moods = map[understanding.Mood]Kind{
	understanding.MoodAngry: SayHearYou, understanding.MoodWorried: SayUnderstand, understanding.MoodThankful: SayWelcome,
	understanding.MoodSlow: SayEasy, understanding.MoodHurried: SayQuick,
}

// everyMood is how many turns lie between two words about how a caller feels.
const everyMood = 3

// ownWords are what speaks to the caller's feelings by itself.
var ownWords = []Kind{SayWorry, TellComplaint, SayTakeYour, SayNotCaught, SayTrouble, TellBye, TellByeBooked, TellSolicitor, TellWrongNumber, TellHandOver, TellLate, TellOptedOut, TellOptedOutBye, TellNoCalls, TellNoTexts, TellNumberUnknown}

func (t *turn) meetMood() bool {
	s := t.s
	kind, ok := moods[t.u.Mood]
	said := len(t.d.Convey)
	if t.d.Convey[0].Kind == SayCanHelp {
		said-- // one word before the question is enough, see below
	}
	if !ok || s.MoodAt > 0 && s.Turns-s.MoodAt < everyMood || said > 2 {
		return false
	}
	for _, c := range t.d.Convey {
		if slices.Contains(ownWords, c.Kind) {
			return false
		}
	}
	if t.d.Convey[0].Kind == SayCanHelp {
		t.d.Convey = t.d.Convey[1:]
	}
	s.MoodAt = s.Turns
	t.prepend(Conveyance{Kind: kind})
	return true
}

// prepend puts something before all that is conveyed.
func (t *turn) prepend(c Conveyance) {
	c.Nth = t.s.Said[c.Kind]
	t.s.Said[c.Kind]++
	t.d.Convey = slices.Insert(t.d.Convey, 0, c)
}
