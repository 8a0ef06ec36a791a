package flow

import (
	"strings"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// answer takes the utterance as an answer to the question that is open. Details in it were taken down before.
func (t *turn) answer() (bool, error) {
	yes, no := t.u.Answer == understanding.Yes, t.u.Answer == understanding.No
	switch t.s.Question {
	case QChoice:
		return t.answerChoice()
	case QTriage:
		if t.u.Unsure && !yes && !no && !t.digressed {
			t.s.Triaged = true // it isn't asked for ever: the visit is what counts
			return true, t.next()
		}
		if yes || no {
			t.s.Triaged = true
			if yes {
				t.declareEmergency()
			}
			return true, t.next()
		}
	case QNext:
		return t.answerNext()
	case QFee:
		if yes || no {
			t.s.FeeAgreed = yes
			if no {
				// without the fee it waits for opening hours
				t.s.Details.Urgency = scheduling.Urgent
				t.letGo()
			}
			return true, t.next()
		}
	case QPhoneSame:
		if yes && t.s.Details.Phone == "" && !t.onlyTime() {
			t.s.Details.Phone = t.e.CallerID
			return true, t.next()
		}
		if no && t.s.Details.Phone == "" && t.u.Digits == "" {
			t.ask(QPhone, WhyNeedPhone, Conveyance{Kind: AskPhone})
			return true, nil
		}
	case QLastName:
		if !t.s.MoreName && !t.learned && !t.digressed {
			t.s.MoreName = true // one name is enough for who won't give two
			return true, t.next()
		}
	case QAddressSame:
		if yes && !t.s.OnFileNo && !t.onlyTime() {
			t.s.Details.Address = t.s.OnFile
			return true, t.next()
		}
		if no {
			t.s.OnFileNo = true
			return true, t.next()
		}
	case QReadBack:
		return t.answerReadBack(yes, no)
	case QChange:
		return t.answerChange(yes)
	case QOfferMessage, QMessage, QGoOn:
		return t.answerMessage(yes, no)
	case QProblem:
		if no && t.s.top() == "" && !t.learned && !t.wished && !t.digressed && (t.s.Outcome != "" || t.s.Answered) {
			t.bye() // "anything else?" - "yes" - "no, never mind"
			return true, nil
		}
	case QWhen:
		if no && !t.wished && !t.digressed {
			t.bye()
			return true, nil
		}
	case QOfferBooking:
		if no && !t.wished {
			t.bye()
			return true, nil
		}
		if yes && !t.learned {
			t.s.push(TopicBook)
			return true, t.next()
		}
	case QCancelSure:
		return t.answerCancel(yes, no)
	case QWhichJob:
		return t.answerWhichJob(no)
	case QBookedPhone:
		return t.claimed()
	case QCode:
		return t.answerCode(no)
	case QAboutJob, QNewAddress, QNewPhone:
		if no && !t.learned && !t.digressed {
			t.s.dropVisit()
			t.anythingElse()
			return true, nil
		}
	case QMoreWork:
		return true, t.next()
	case QAnythingElse:
		return t.answerAnythingElse(yes, no)
	}
	return false, nil
}

func (t *turn) answerReadBack(yes, no bool) (bool, error) {
	if t.s.top() != TopicBook {
		return false, nil
	}
	switch {
	case t.changed:
		if t.s.Chosen == nil {
			return true, t.next() // another time is wanted; everything is read back once that is settled
		}
		t.because(WhyCorrected)
		t.say(Conveyance{Kind: SayFixed})
		t.readBack(AskReadBackShort)
		return true, nil
	case no && t.restated():
		t.readBack(AskReadBackShort) // "no, it's 2145", which is what we have
		return true, nil
	case no:
		t.ask(QChange, WhyDenied, Conveyance{Kind: AskChange})
		return true, nil
	case yes && t.s.Unread:
		t.s.Unread = false
		t.readBack(AskReadBackShort)
		return true, nil
	case yes:
		t.s.Details.Confirmed = true
		return true, t.next()
	}
	return false, nil
}

// restated says whether the caller said again what is known as it is known.
func (t *turn) restated() bool {
	d, u := &t.s.Details, t.u
	if t.changed || t.learned {
		return false
	}
	same := func(said, known string) bool { return said != "" && strings.EqualFold(said, known) }
	if same(u.Phone, d.Phone) || same(u.Name, d.Name) || same(u.Address.Line1, d.Address.Line1) || same(u.Address.ZIP, d.Address.ZIP) {
		return true
	}
	return t.s.Chosen != nil && len(u.When.Wanted) == 1 && scheduling.Interval(u.When.Wanted[0]).Contains(t.s.Chosen.Slot.Start)
}

// answerChange takes what is wrong in the read-back: nothing, after all, for one. Naming a detail without its value asks
// for it anew.
func (t *turn) answerChange(yes bool) (bool, error) {
	if t.changed || yes || t.restated() {
		if t.s.Chosen == nil {
			return true, t.next()
		}
		if t.changed {
			t.say(Conveyance{Kind: SayFixed})
		}
		t.readBack(AskReadBackShort)
		return true, nil
	}
	return false, nil
}

func (t *turn) answerAnythingElse(yes, no bool) (bool, error) {
	if t.learned || t.digressed {
		return false, nil
	}
	wants := len(t.u.Intents) > 0 && t.u.Intents[0].Score >= sure && t.u.Intents[0].Name != understanding.IntentGoodbye
	switch {
	case wants:
		return false, nil
	case no, t.u.Backchannel, t.u.Has(understanding.IntentGoodbye, 0.4):
		t.bye()
		return true, nil
	case yes:
		t.ask(QProblem, WhyNeedProblem, Conveyance{Kind: AskWhatElse})
		return true, nil
	}
	return false, nil
}
