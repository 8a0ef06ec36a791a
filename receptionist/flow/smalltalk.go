package flow

import (
	"strings"

	"fixly/receptionist/understanding"
)

// maxSilences ends a conversation in which nothing is said any more.
const maxSilences = 3

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
	if !t.foremost(understanding.IntentRepeat) || t.learned || t.u.Answer != understanding.NoAnswer {
		return false, nil
	}
	t.because(WhyRepeat)
	t.say(Conveyance{Kind: SayRepeat})
	if t.s.Booked != nil && t.s.Question == QAnythingElse {
		t.say(Conveyance{Kind: TellBooked, Name: t.s.Details.Name, Windows: t.windows([]Offer{*t.s.Booked})})
	}
	t.again()
	return true, nil
}

// foreign answers who speaks a language that we don't.
func (t *turn) foreign() (bool, error) {
	if t.u.Language == "" || t.learned && t.s.Said[SayEnglishOnly] > 0 || t.s.Said[SayEnglishOnly] > 1 {
		return false, nil
	}
	t.because(WhyLanguage)
	t.say(Conveyance{Kind: SayEnglishOnly})
	if t.learned {
		return true, t.wantsAndGoOn()
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
	case t.s.Booked != nil:
		t.end(Conveyance{Kind: TellByeBooked, Windows: t.windows([]Offer{*t.s.Booked})})
	case t.s.has(TopicBook) && t.s.Details.Service != "" && !t.s.has(TopicArea):
		t.end(Conveyance{Kind: TellByeOpen})
	default:
		t.end(Conveyance{Kind: TellBye})
	}
}

// silence checks in, then asks for another way, then ends politely.
func (t *turn) silence() error {
	s := t.s
	s.Silences++
	if s.Pending != "" {
		s.Pending = ""
	}
	switch {
	case s.Silences >= maxSilences:
		t.because(WhySilenceEnd)
		t.end(Conveyance{Kind: SaySilenceBye})
	case s.Silences == 2:
		t.because(WhySilence)
		t.say(Conveyance{Kind: SayCantHear})
	default:
		t.because(WhySilence)
		t.say(Conveyance{Kind: SayStillThere})
		t.again()
	}
	return nil
}

// reconnected says where we stopped.
func (t *turn) reconnected() error {
	s := t.s
	t.because(WhyReconnected)
	t.say(Conveyance{Kind: SayCutOff})
	if s.Booked != nil && s.top() == "" {
		t.say(Conveyance{Kind: TellBooked, Name: s.Details.Name, Windows: t.windows([]Offer{*s.Booked})})
		t.ask(QAnythingElse, WhyAnythingElse, Conveyance{Kind: AskAnythingElse})
		return nil
	}
	if s.Asking == nil {
		t.ask(QProblem, WhyNeedProblem, Conveyance{Kind: AskProblem})
		return nil
	}
	t.again()
	return nil
}

// incomplete lets the caller go on who broke off in the middle of a number or a street: what was said is kept and
// read together with what comes next.
func (t *turn) incomplete(before string) bool {
	const most = 160 // characters; who says more than that is not spelling out a number
	q := t.s.Question
	number := (q == QPhone || q == QPhoneSame || q == QZIP || q == QAddress || q == QReadBack || q == QChange) && t.u.Digits != ""
	street := q == QAddress && t.u.Address.Line1 != ""
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
		if t.u.Problem == "" && len(strings.Fields(t.u.Text)) > 2 && s.Tries == 1 {
			s.Details.Problem = t.u.Text
		}
		if s.Tries > 1 {
			if s.top() == "" {
				s.push(TopicBook)
			}
			t.say(Conveyance{Kind: SayNotCaught})
			t.ask(QDetail, WhyNeedDetail, Conveyance{Kind: AskDetail, List: serviceNames(t.b)})
			return nil
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
	s.Tries = 0
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
