package flow

import (
	"fixly/business"
	"fixly/receptionist/understanding"
)

// person honours the wish for a human: the people who can be reached now are rung; when none can, or none picked
// up before, a message is taken.
func (t *turn) person() (bool, error) {
	s, u := t.s, t.u
	if !u.Has(understanding.IntentPerson, sure) || u.Topic == "robot" {
		return false, nil // "am I talking to a person?" is a question
	}
	if s.top() == TopicMessage || s.Question == QOfferMessage && s.Rung {
		return false, nil // "just have Mike call me" is the message
	}
	t.learned = true
	people := t.reachable()
	switch {
	case s.Rung:
		t.because(WhyNobody)
		t.say(Conveyance{Kind: TellNobody, Person: firstName(t.recipient())})
		return true, t.startMessage("", "")
	case len(people) == 0 || t.e.Text:
		t.because(WhyNobodyThere)
		t.say(Conveyance{Kind: TellNobody, Person: firstName(t.recipient())})
		return true, t.startMessage("", "")
	}
	t.handOver(people, WhyHandOver)
	return true, nil
}

func (t *turn) handOver(people []business.Person, why Reason) {
	t.because(why)
	t.s.push(TopicPerson)
	t.s.Question, t.s.Asking = QNone, nil
	t.say(Conveyance{Kind: TellHandOver, Person: firstName(people[0].Name)})
	t.d.Transfer = people
}

// reachable are the people of the chain who take calls at this hour, in order.
func (t *turn) reachable() []business.Person {
	open := t.b.IsOpen(t.w.Now())
	return t.callable(t.b.Answering.Chain, open)
}

// onCall are the people to ring for an emergency, at any hour.
func (t *turn) onCall() []business.Person { return t.callable(t.b.OnCallAt(t.w.Now()), true) }

func (t *turn) callable(chain []business.Person, open bool) []business.Person {
	var out []business.Person
	for _, p := range chain {
		if p.Phone != "" && p.Phone != t.e.CallerID && (open || p.Hours == "always") {
			out = append(out, p)
		}
	}
	return out
}

// personGone goes on when nobody took the call.
func (t *turn) personGone() error {
	s := t.s
	s.Rung = true
	s.drop(TopicPerson)
	t.because(WhyNobody)
	who := firstName(t.recipient())
	if s.has(TopicBook) && s.Details.Service != "" {
		t.ask(QGoOn, WhyNobody, Conveyance{Kind: AskGoOn, Person: who})
		return nil
	}
	t.say(Conveyance{Kind: TellNobody, Person: who})
	return t.startMessage("", "")
}
