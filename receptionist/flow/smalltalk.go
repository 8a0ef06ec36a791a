package flow

import (
	"strings"

	"fixly/receptionist/understanding"
)

// wait lets the caller look for a pen.
func (t *turn) wait() (bool, error) {
	if !t.u.HoldOn || t.learned {
		return false, nil
	}
	t.because(WhyHoldOn)
	t.say(Conveyance{Kind: SayTakeYour})
	return true, nil
}

// repeat says the question again, in other words.
func (t *turn) repeat() (bool, error) {
	if t.s.Question == QCode { // "I didn't get it" is about the text
		return false, nil
	}
	if !t.foremost(understanding.IntentRepeat) || t.learned || t.u.Answer != understanding.NoAnswer {
		return false, nil
	}
	t.because(WhyRepeat)
	t.say(Conveyance{Kind: SayRepeat})
	if o := t.s.Chosen; o != nil && containsAny(strings.ToLower(t.u.Text), []string{"time", "when", "day"}) {
		t.say(Conveyance{Kind: SayPicked, Windows: t.windows([]Offer{*o})}) // "what was the time again?"
	}
	if t.s.Booked != nil && t.s.Question == QAnythingElse {
		t.tellBooked(*t.s.Booked)
	}
	t.again()
	return true, nil
}

func (t *turn) wantsAndGoOn() error {
	if done, err := t.wants(); done || err != nil {
		return err
	}
	return t.resume()
}

// goodbye ends, when the caller does.
func (t *turn) goodbye() (bool, error) {
	if !t.u.Has(understanding.IntentGoodbye, sure) || t.learned || t.digressed {
		return false, nil
	}
	if t.s.Question == QChoice && t.u.Choice != nil {
		return false, nil
	}
	t.bye()
	return true, nil
}

// bye is the fitting goodbye.
func (t *turn) bye() {
	t.because(WhyGoodbye)
	switch {
	case t.s.Booked != nil && t.s.Waiting:
		t.end(Conveyance{Kind: TellByeWaiting, Person: t.owner()})
	case t.s.Booked != nil:
		t.end(Conveyance{Kind: TellByeBooked, Windows: t.windows([]Offer{*t.s.Booked})})
	case t.s.has(TopicBook) && t.s.Details.Service != "" && !t.s.has(TopicArea):
		t.end(Conveyance{Kind: TellByeOpen})
	default:
		t.end(Conveyance{Kind: TellBye})
	}
}
