package flow

import (
	"strings"

	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// danger is never booked: the caller is told to get out and whom to call, in fixed words, and the people on call
// are alerted at once. Nothing else is talked about until they are out.
func (t *turn) danger() (bool, error) {
	s, u := t.s, t.u
	if s.top() == TopicDanger {
		t.inDanger()
		return true, nil
	}
	if u.Danger == "" && !u.Has(understanding.IntentDanger, sure) {
		return false, nil
	}
	s.Danger = u.Danger
	if s.Danger == "" {
		s.Danger = u.Text
	}
	t.letGo()
	s.Stack = []Topic{TopicDanger}
	t.outcome(ledger.Message)
	t.because(WhyDanger)
	t.alert("danger", s.Danger+": caller was told to leave and call 911 or the gas company. Said: "+quoted(clip(u.Text, 120), t.wordsIn()))
	t.say(Conveyance{Kind: DangerKind(s.Danger)})
	t.ask(QOut, WhyDanger, Conveyance{Kind: AskOut})
	return true, nil
}

// DangerKind is which fixed words a danger asks for, by its name in the business file or the words it was told in.
func DangerKind(what string) Kind {
	what = strings.ToLower(what)
	switch {
	case strings.Contains(what, "carbon monoxide"), strings.Contains(what, "co alarm"), strings.Contains(what, "co detector"):
		return DangerCO
	case strings.Contains(what, "gas"):
		return DangerGas
	}
	return DangerOther
}

// inDanger answers whatever is said: get out first. After that, or on the second try, the call ends so that the
// line is free for 911.
func (t *turn) inDanger() {
	t.because(WhyDanger)
	if t.u.Answer != understanding.Yes && t.s.Said[DangerAgain] == 0 {
		t.say(Conveyance{Kind: DangerAgain, Person: t.alertee()})
		t.ask(QOut, WhyDanger, Conveyance{Kind: AskOut})
		return
	}
	t.end(Conveyance{Kind: DangerBye, Person: t.alertee()})
}

// alertee is the first name of whom the alert went to first.
func (t *turn) alertee() string { return firstName(t.b.OnCallAt(t.w.Now())[0].Name) }

func clip(s string, n int) string {
	r := []rune(strings.Join(strings.Fields(s), " "))
	if len(r) <= n {
		return string(r)
	}
	return string(r[:n-1]) + "…"
}
