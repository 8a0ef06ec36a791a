package flow

import (
	"strings"
)

// incomplete lets the caller go on who broke off in the middle of a number or a street: what was said is kept and
// read together with what comes next.
func (t *turn) incomplete(before string) bool {
	const most = 160 // characters; who says more than that is not spelling out a number
	q := t.s.Question
	number := (q == QPhone || q == QPhoneSame || q == QBookedPhone || q == QNewPhone || q == QCode || q == QZIP || q == QAddress || q == QReadBack || q == QChange) && t.u.Digits != ""
	street := (q == QAddress || q == QNewAddress) && t.u.Address.Line1 != ""
	if !number && !street || len(before)+len(t.u.Text) > most {
		return false
	}
	t.s.Pending = t.u.Text
	t.because(WhyIncomplete)
	t.say(Conveyance{Kind: SayListening})
	return true
}

// notUnderstood asks again, each time in another way: differently, then with the keypad or the choices spelled
// out, then by taking a message. It never asks for ever.
func (t *turn) notUnderstood() error {
	s := t.s
	s.Tries++
	if done, err := t.addressInParts(); done || err != nil {
		return err
	}
	t.because(WhyNotUnderstood)
	if s.Question == QAnythingElse && s.Tries > 1 || s.Question == QOfferMessage && s.Tries > 2 {
		t.bye()
		return nil
	}
	if s.Tries > 3 || s.Said[SayNotCaught] > 8 {
		return t.giveUpAsking()
	}
	switch s.Question {
	case QProblem, QDetail:
		if t.u.Problem == "" && !t.u.Asks && len(strings.Fields(t.u.Text)) > 2 && s.Tries == 1 {
			s.Details.Problem, s.Details.WordsIn = t.u.Text, t.wordsIn()
		}
		if t.unsure() && s.top() != TopicMessage && (s.Details.Problem != "" || s.Question == QDetail) && t.vague() {
			return nil
		}
		if s.Tries > 1 {
			if s.top() == "" {
				s.push(TopicBook)
			}
			t.say(Conveyance{Kind: SayNotCaught})
			t.ask(QDetail, WhyNeedDetail, Conveyance{Kind: AskDetail, List: serviceNames(t.b)})
			return nil
		}
	case QBookedPhone, QCode:
		if s.Tries > 1 {
			return t.unproven()
		}
	case QTriage:
		if s.Tries > 1 {
			s.Triaged = true
			return t.next()
		}
	case QPhone, QPhoneSame:
		if s.Tries > 1 && !t.e.Text {
			t.ask(QPhone, WhyNeedPhone, Conveyance{Kind: AskPhoneKeypad})
			return nil
		}
	case QZIP:
		if s.PlaceAsk && t.s.Details.Address.City != "" && s.Tries > 1 {
			return t.tellOutOfArea()
		}
		if s.Tries > 1 && !t.e.Text {
			t.ask(QZIP, WhyNeedZIP, Conveyance{Kind: AskZIPKeypad})
			return nil
		}
	case QNone:
		t.anythingElse()
		return nil
	}
	if !t.u.Backchannel {
		t.say(Conveyance{Kind: SayNotCaught})
	}
	t.again()
	return nil
}

// giveUpAsking stops asking and takes a message with what is known.
func (t *turn) giveUpAsking() error {
	s := t.s
	s.Tries, s.Asks = 0, 0
	t.because(WhyGaveUpAsking)
	if s.top() == TopicMessage {
		// not even the message came through: the number is enough for a call back
		if s.Message == "" {
			s.Message = "Please call back."
		}
		if s.Details.Name == "" {
			s.Said[AskName] = 3
		}
		if s.Details.Phone == "" && t.e.CallerID == "" {
			t.bye()
			return nil
		}
		return t.nextMessage()
	}
	words := s.Details.Problem
	t.say(Conveyance{Kind: TellCallBack, Person: firstName(t.recipient())})
	return t.startMessage(words, "not_understood")
}

// broken goes on after a turn failed on our side: the caller hears so and is asked again; the second time a
// person will call.
func (t *turn) broken() error {
	s := t.s
	s.Faults++
	t.because(WhyTrouble)
	t.say(Conveyance{Kind: SayTrouble})
	s.Pending, s.Keys = "", ""
	if s.Faults == 1 && s.Question != QNone {
		t.again()
		return nil
	}
	t.letGo()
	if s.Message == "" {
		s.Message = s.Details.Problem
	}
	s.Stack = nil
	return t.startMessage("", "trouble")
}
