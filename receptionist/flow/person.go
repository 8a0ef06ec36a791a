package flow

import (
	"slices"
	"strings"
	"unicode"

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
	if p := t.asked(); p != nil {
		s.AskedFor = p.Name
	}
	people := t.whom()
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

// byTopic hands a caller over who did not ask for a person, where the shop has named somebody for what they want who can
// be reached now. What they said is kept: where nobody picks up, it is the message.
func (t *turn) byTopic(topic, about string) bool {
	if t.e.Text || t.s.Rung {
		return false
	}
	named := named(t.reachable(), topic)
	if len(named) == 0 {
		return false
	}
	t.learned = true
	t.s.About, t.s.Query = about, strings.TrimSpace(t.u.Text)
	t.handOver(named, WhyHandOverTopic)
	return true
}

func (t *turn) handOver(people []business.Person, why Reason) {
	t.because(why)
	t.s.push(TopicPerson)
	t.s.Question, t.s.Asking = QNone, nil
	t.say(Conveyance{Kind: TellHandOver, Person: firstName(people[0].Name)})
	t.d.Transfer = people
}

// whom lists who is rung for a wish for a person, in order: who was asked for by name, who is named for what the call is
// about, and who is there for everything. Who is named for something else alone is left out while there is another.
func (t *turn) whom() []business.Person {
	all := t.reachable()
	var out []business.Person
	add := func(people []business.Person) {
		for _, p := range people {
			if !slices.ContainsFunc(out, func(q business.Person) bool { return q.Phone == p.Phone }) {
				out = append(out, p)
			}
		}
	}
	if name := t.s.AskedFor; name != "" {
		add(slices.DeleteFunc(slices.Clone(all), func(p business.Person) bool { return p.Name != name }))
	}
	for _, topic := range t.topics() {
		add(named(all, topic))
	}
	add(slices.DeleteFunc(slices.Clone(all), func(p business.Person) bool { return len(p.Topics) > 0 }))
	if len(out) == 0 {
		return all
	}
	return out
}

// named are those of some people who are named for a topic.
func named(people []business.Person, topic string) []business.Person {
	var out []business.Person
	for _, p := range people {
		if p.Takes(topic) {
			out = append(out, p)
		}
	}
	return out
}

// topics are what the call is about, as far as people are named for it: by what was just said, and before.
func (t *turn) topics() []string {
	u, s := t.u, t.s
	var out []string
	add := func(is bool, topic string) {
		if is {
			out = append(out, topic)
		}
	}
	add(u.Has(understanding.IntentBilling, sure) || s.About == "billing", business.TopicBilling)
	add(u.Has(understanding.IntentComplaint, sure) || s.About == "complaint", business.TopicComplaints)
	add(u.Has(understanding.IntentJobSeeker, sure) || s.About == "job_seeker", business.TopicHiring)
	add(u.Has(understanding.IntentReschedule, sure) || u.Has(understanding.IntentCancel, sure) || u.Has(understanding.IntentStatus, sure) || s.About == "late",
		business.TopicVisits)
	if service := t.s.Details.Service; service != "" || u.Service != "" {
		add(u.Service != "", u.Service)
		add(service != "", service)
		out = append(out, business.TopicBooking)
	}
	add(u.Has(understanding.IntentBook, sure), business.TopicBooking)
	return out
}

// asked is the person of the chain whom the caller names: "can I talk to Dana".
func (t *turn) asked() *business.Person {
	words := strings.FieldsFunc(strings.ToLower(t.u.Text), func(r rune) bool { return !unicode.IsLetter(r) })
	for i, p := range t.b.Answering.Chain {
		if name := strings.ToLower(firstName(p.Name)); name != "" && slices.Contains(words, name) {
			return &t.b.Answering.Chain[i]
		}
	}
	return nil
}

// reachable are the people of the chain who take calls at this hour, in order.
func (t *turn) reachable() []business.Person { return t.callable(t.b.Reachable(t.w.Now())) }

// onCall are the people to ring for an emergency, at any hour.
func (t *turn) onCall() []business.Person { return t.callable(t.b.OnCallAt(t.w.Now())) }

// callable leaves out who has no phone, who is calling, and whose phone forwarded the call: it has just not been answered.
func (t *turn) callable(chain []business.Person) []business.Person {
	var out []business.Person
	for _, p := range chain {
		if p.Phone != "" && p.Phone != t.e.CallerID && p.Phone != t.e.ForwardedFrom {
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

// recipient is who gets messages: who was asked for by name, who is named for what the message is about, else the first
// person of the chain.
func (t *turn) recipient() string { return t.recipientOf(t.s.About) }

// recipientOf is who gets messages of a kind.
func (t *turn) recipientOf(about string) string {
	chain := t.b.Answering.Chain
	for _, p := range chain {
		if p.Name == t.s.AskedFor {
			return p.Name
		}
	}
	if topic := topicOf(about); topic != "" {
		if people := named(chain, topic); len(people) > 0 {
			return people[0].Name
		}
	}
	if len(chain) > 0 {
		return chain[0].Name
	}
	return t.b.Profile.Owner.Name
}

// topicOf is what people are named for, of what a message is about.
func topicOf(about string) string {
	switch about {
	case "billing":
		return business.TopicBilling
	case "complaint":
		return business.TopicComplaints
	case "job_seeker":
		return business.TopicHiring
	case "late":
		return business.TopicVisits
	}
	return ""
}
