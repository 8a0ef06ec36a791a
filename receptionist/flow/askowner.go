package flow

import (
	"strings"
	"unicode"

	"fixly/receptionist/understanding"
)

// askOwner puts a question that the shop's facts don't answer to the owner, where the thread can wait for him; done is false
// where he can't be asked now. One question at a time: while one is open, nothing else is put to him.
func (t *turn) askOwner() (done bool, err error) {
	if !t.e.Text {
		return false, nil
	}
	may, open, err := t.w.MayAskOwner(t.e.CallerID)
	if err != nil || !may && !open {
		return false, err
	}
	t.because(WhyAskingOwner)
	t.say(Conveyance{Kind: TellAskingOwner, Person: t.owner()})
	if may {
		t.do(Effect{Do: DoAskOwner, Text: t.u.Text})
	}
	return true, nil
}

// settleAsking goes on after the owner was asked: with what was under way, or not at all.
func (t *turn) settleAsking(err error) (bool, error) {
	if err != nil {
		return false, err
	}
	t.s.Answered, t.s.Tries = true, 0
	if t.s.AtRest() {
		return true, nil
	}
	return true, t.resume()
}

// asksOfUnknown says whether a text asks for work on a thing that the shop told us nothing about: "do you work on Navien?"
func (t *turn) asksOfUnknown() bool {
	u := t.u
	if !t.e.Text || u.Topic != "services" || u.Service != "" || u.NotOffered != "" || u.FAQ >= 0 || u.Has(understanding.IntentPrice, 0.5) {
		return false
	}
	_, to := t.heard("topic", "services")
	return to > 0 && to < len(u.Text) && strings.ContainsFunc(u.Text[to:], unicode.IsLetter)
}
