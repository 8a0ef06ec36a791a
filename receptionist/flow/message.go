package flow

import (
	"slices"
	"strings"

	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// wantsMessage says whether the caller asks to leave word.
func (t *turn) wantsMessage() bool {
	return t.u.Has(understanding.IntentMessage, sure) && t.s.top() != TopicMessage
}

// startMessage begins a message; words that already say what it is about are kept.
func (t *turn) startMessage(words, about string) error {
	s := t.s
	if about != "" {
		s.About = about
	}
	s.MessageFor = firstName(t.recipient())
	if len(strings.Fields(words)) >= 5 && !announces(words) {
		s.Message = strings.TrimSpace(words)
	}
	if s.Query != "" {
		s.Message = strings.TrimSuffix(s.Query+"; "+s.Message, "; ")
		s.Query = ""
	}
	t.letGo()
	if s.has(TopicArea) && s.About == "" {
		s.About = aboutArea
	}
	s.drop(TopicBook)
	s.drop(TopicArea)
	s.push(TopicMessage)
	return t.next()
}

// messageNouns are what a message is called.
var messageNouns = []string{"message", "note", "mensaje", "recado"}

// announces says whether words only say that there is a message: "I'd like to leave a message for Mike".
func announces(words string) bool {
	const most = 10 // words; who says more has begun with it
	w := strings.Fields(strings.ToLower(words))
	for i := len(w) - 1; i >= 0 && i >= len(w)-4 && len(w) <= most; i-- {
		if slices.Contains(messageNouns, strings.Trim(w[i], ".,;:!?¡¿")) {
			return true
		}
	}
	return false
}

// offerMessage asks whether to take one.
func (t *turn) offerMessage() error {
	t.ask(QOfferMessage, WhyNeedMessage, Conveyance{Kind: AskOfferMessage, Person: firstName(t.recipient())})
	return nil
}

// answerMessage takes answers to "shall I take a message?", "go on with the booking?" and "what shall I tell
// them?".
func (t *turn) answerMessage(yes, no bool) (bool, error) {
	s, u := t.s, t.u
	if t.insideAfterAll() {
		return true, t.next()
	}
	wants := t.wantsMessage() || u.Has(understanding.IntentPerson, sure)
	switch s.Question {
	case QOfferMessage:
		if t.learned && s.top() == TopicArea && !t.outside() {
			t.backInArea()
			return true, t.next()
		}
		if no {
			t.s.Answered = true
			t.bye()
			return true, nil
		}
		if yes || wants {
			return true, t.startMessage(withoutYes(u.Text, wants), "")
		}
	case QGoOn:
		if wants || no {
			return true, t.startMessage(withoutYes(u.Text, wants), "")
		}
		if yes || t.learned {
			return true, t.next()
		}
	case QMessage:
		if no && len(strings.Fields(u.Text)) < 4 {
			s.drop(TopicMessage)
			t.bye()
			return true, nil
		}
		if u.Has(understanding.IntentGoodbye, 0.8) && len(strings.Fields(u.Text)) < 5 {
			return false, nil
		}
		// anything with a little substance is a message; a bare "yes" or "okay" is not
		if len(strings.Fields(u.Text)) >= 3 || !yes && !u.Backchannel && u.Text != "" {
			s.Message = strings.TrimSpace(u.Text)
			return true, t.next()
		}
	}
	return false, nil
}

// withoutYes keeps the words of a yes that already holds the message.
func withoutYes(text string, message bool) string {
	if message || len(strings.Fields(text)) >= 7 {
		return text
	}
	return ""
}

// nextMessage asks for what, who and the number, and takes the message.
func (t *turn) nextMessage() error {
	s, d := t.s, &t.s.Details
	if d.Phone == "" {
		d.Phone = t.e.CallerID
	}
	if d.Name == "" && t.e.CallerID != "" {
		if err := t.lookUp(); err != nil {
			return err
		}
		d.Name = s.OnFileName
	}
	switch {
	case s.Message == "":
		t.ask(QMessage, WhyNeedMessage, Conveyance{Kind: AskMessage, Person: s.MessageFor})
	case d.Name == "" && s.Said[AskName] < 3:
		t.ask(QName, WhyNeedName, Conveyance{Kind: AskName})
	case d.Phone == "":
		t.ask(QPhone, WhyNeedPhone, Conveyance{Kind: AskPhone})
	default:
		s.drop(TopicMessage)
		t.outcome(ledger.Message)
		t.because(WhyMessageTaken)
		t.say(Conveyance{Kind: TellMessage, Person: s.MessageFor, Phone: d.Phone})
		t.anythingElse()
	}
	return nil
}

// addToMessage takes down what is said on after a message was taken: who is angry isn't done with one sentence.
func (t *turn) addToMessage() bool {
	s := t.s
	if s.Question != QAnythingElse || s.Message == "" || s.Booked != nil || len(strings.Fields(t.u.Text)) < 4 {
		return false
	}
	s.Message += "; " + strings.TrimSpace(t.u.Text)
	t.because(WhyMessageTaken)
	t.say(Conveyance{Kind: SayAdded})
	t.anythingElse()
	return true
}

func firstName(full string) string {
	f, _, _ := strings.Cut(full, " ")
	return f
}
