package flow

import (
	"strings"

	"fixly/receptionist/understanding"
)

// readAlong takes down what is told to people of the shop who hold the thread. Nothing is asked any more and nothing is done
// of itself: what was under way is theirs now, and a wish for a time was put to them.
func (t *turn) readAlong() {
	t.letGo()
	if t.e.Kind == Overheard {
		t.absorb()
		t.alertReaders()
	}
	s := t.s
	s.Stack, s.Later, s.Claim = nil, nil, nil
	s.Details.Wish, s.Details.Confirmed = Wish{}, false
	s.Question, s.Asking, s.AskingWhy = QAnythingElse, &Conveyance{Kind: AskAnythingElse}, WhyAnythingElse // at rest
	s.Pending, s.Keys, s.Before, s.Tries, s.Asks = "", "", "", 0, 0
	s.Greeted, s.People = true, true
	s.Ended = false
	t.because(WhyPeopleHold)
	t.d.Quiet = true
}

// alertReaders alerts the people on call of a danger: who holds the thread need not be looking at it.
func (t *turn) alertReaders() {
	if u := t.u; u.Danger != "" || u.Has(understanding.IntentDanger, sure) {
		what := u.Danger
		if what == "" {
			what = u.Text
		}
		t.alert("danger", what+": written in a thread that one of you answers, nobody has told them to leave yet. Said: "+quoted(clip(u.Text, 120), t.wordsIn()))
	}
}

// forPeople says whether the words answer what people of the shop wrote last: those that mean nothing by themselves. They
// are left to the people.
func (t *turn) forPeople() bool {
	if !t.s.People || t.speaksForItself() {
		return false
	}
	t.because(WhyForPeople)
	t.d.Quiet, t.d.ForPeople = true, true
	return true
}

// speaksForItself says whether an utterance tells what is wanted, whatever was said before it.
func (t *turn) speaksForItself() bool {
	u := t.u
	for _, i := range u.Intents {
		if i.Score >= sure && i.Name != understanding.IntentGoodbye && i.Name != understanding.IntentRepeat {
			return true
		}
	}
	return u.Danger != "" || u.Service != "" && u.ServiceScore >= heardService || u.Problem != "" || u.Topic != "" || u.FAQ >= 0 ||
		strings.Contains(u.Text, "?")
}
