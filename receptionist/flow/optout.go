package flow

import (
	"fixly/consent"
	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// OptedOut is what the caller wants no more of.
type OptedOut struct {
	Calls bool `json:"calls,omitempty"`
	Texts bool `json:"texts,omitempty"`
}

// summary says so to the owner; empty: they said nothing of the kind.
func (o OptedOut) summary() string {
	switch {
	case o.Calls && o.Texts:
		return "Wants no more calls or texts"
	case o.Calls:
		return "Wants texts, no calls"
	case o.Texts:
		return "Wants no texts"
	}
	return ""
}

// optOut takes down that the caller wants no more calls or texts, and confirms it in fixed words. Danger has been looked
// for before; and who tells of an emergency in the same breath is helped: how they want to be reached can be said again.
//
// Who wants neither is owed nothing, whatever they came for: what was under way is dropped, unless the same words go on
// with it.
func (t *turn) optOut() (bool, error) {
	wish := t.e.OptOut
	if wish.None() || t.u.Urgency == string(scheduling.Emergency) || t.u.Has(understanding.IntentEmergency, sure) {
		return false, nil
	}
	t.because(WhyOptOut)
	if t.speaks(wish.Language) {
		t.s.Language = wish.Language
	}
	neither, more := wish.Texts && wish.Calls, t.goesOn()
	if neither {
		t.outcome(ledger.Answered)
	}
	t.s.Answered, t.digressed = true, true
	told := Conveyance{Kind: optedOut(wish)}
	if number := t.ownNumber(); number != "" {
		t.s.OptedOut.Calls, t.s.OptedOut.Texts = t.s.OptedOut.Calls || wish.Calls, t.s.OptedOut.Texts || wish.Texts
		t.noted = append(t.noted, Effect{Do: DoOptOut, Phone: number, OptOut: wish, Text: t.u.Text})
	} else {
		told.Kind = TellNumberUnknown
	}
	if neither && !more && t.s.top() == "" && told.Kind == TellOptedOut {
		t.end(Conveyance{Kind: TellOptedOutBye})
		return true, nil
	}
	t.say(told)
	t.answered = len(t.d.Convey)
	switch {
	case more:
		return false, nil
	case t.u.Has(understanding.IntentGoodbye, sure):
		t.end(Conveyance{Kind: TellBye})
		return true, nil
	case neither:
		t.letGo()
		t.s.Later = nil
		t.anythingElse()
		return true, nil
	}
	return true, t.resume()
}

func optedOut(wish consent.Revocation) Kind {
	switch {
	case wish.Calls && wish.Texts:
		return TellOptedOut
	case wish.Calls:
		return TellNoCalls
	}
	return TellNoTexts
}

// goesOn says whether there is more in the words than the wish not to be reached: a time, a choice, a yes, work to be done.
func (t *turn) goesOn() bool {
	u := t.u
	return t.wished || u.Choice != nil || u.Answer == understanding.Yes || u.Has(understanding.IntentBook, sure) && u.Service != ""
}

// ownNumber is the number that the caller can speak for: the one they call from. One of the shop's own shows who forwarded
// the call, or one of its people.
func (t *turn) ownNumber() string {
	if t.b.IsOurs(t.e.CallerID) || t.e.CallerID == t.e.ForwardedFrom {
		return ""
	}
	return t.e.CallerID
}
