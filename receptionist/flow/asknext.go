package flow

import (
	"slices"
	"strings"

	"fixly/business/trades"
	"fixly/receptionist/understanding"
)

// mostNext is how many questions of the trade packs one conversation holds.
const mostNext = trades.MostAsked

// nextQuestion is what the trade packs want to know before times are offered; nil when nothing is worth a turn. Only
// what can make the visit urgent is: the rest is for the technician to ask. Who is in a hurry, or has told everything
// at once, isn't kept.
func (t *turn) nextQuestion() *trades.Question {
	s, d := t.s, &t.s.Details
	p := trades.All().Problem(d.Known)
	if p == nil || s.NextAsked >= mostNext || s.Triaged || s.Chosen != nil || len(s.Offers) > 0 || t.hurried() {
		return nil
	}
	for i := range p.Ask {
		q := &p.Ask[i]
		if _, told := d.Told[q.ID]; !told && t.raises(q) {
			return q
		}
	}
	return nil
}

// raises says whether an answer to a question can make it more urgent than it is, in a way that the shop acts upon.
func (t *turn) raises(q *trades.Question) bool {
	for _, to := range q.Raises {
		if to == trades.Emergency && t.b.Emergencies.Accepted {
			return true
		}
	}
	return false
}

// hurried says whether a question more would only hold the caller up.
func (t *turn) hurried() bool {
	d := &t.s.Details
	known := 0
	for _, have := range []bool{d.Name != "", d.Phone != "", d.Address.Line1 != "", len(d.Wish.Wanted) > 0} {
		if have {
			known++
		}
	}
	return d.Urgency != "" || d.Wish.Kind == understanding.TimeSoonest || known >= 2
}

// askNext asks one of the packs' questions.
func (t *turn) askNext(q *trades.Question) {
	t.s.NextAsked++
	t.s.Next = [2]string{t.s.Details.Known, q.ID}
	t.ask(QNext, WhyNext, Conveyance{Kind: AskNext, Next: t.s.Next})
}

// absorbKnown takes down which problem it is and what was told of it, asked or not.
func (t *turn) absorbKnown() {
	d, u := &t.s.Details, t.u
	if u.Known != "" && d.Known != u.Known && (d.Known == "" || u.Service == d.Service) && u.Service != "" && t.s.Question != QNext {
		d.Known = u.Known
	}
	if t.s.Question == QNext && t.s.Next[1] != "" && d.Told[t.s.Next[1]] == "" && !u.HoldOn {
		// whatever was said is the answer: it isn't asked twice
		t.tell(t.s.Next[1], answerOf(u))
	}
	for id, answer := range u.Told {
		t.tell(id, answer)
	}
	if u.Step != "" {
		t.s.Step = u.Step
	}
	if u.Condition != "" {
		t.s.Condition = u.Condition
	}
	if u.Visit != "" {
		t.s.Visit = u.Visit
	}
}

// answerOf are the words of an answer that the packs don't know, for the technician to read; "-" for none.
func answerOf(u *understanding.Understanding) string {
	const longest = 60
	words := strings.TrimSpace(u.Text)
	other := !u.When.IsZero() || u.Phone != "" || u.Digits != "" || u.Name != "" || !u.Address.IsZero() || u.CityOnly != "" || u.Topic != "" || u.FAQ >= 0
	if words == "" || u.Unsure || other || len(u.Intents) > 0 && u.Intents[0].Name != understanding.IntentBook && u.Problem == "" {
		return notKnown
	}
	return clip(words, longest)
}

// notKnown stands for an answer that told nothing.
const notKnown = "-"

func (t *turn) tell(id, answer string) {
	d := &t.s.Details
	if d.Told == nil {
		d.Told = map[string]string{}
	}
	d.Told[id] = answer
}

// answerNext goes on after one of the packs' questions, whatever was said: what it was is taken down already.
func (t *turn) answerNext() (bool, error) {
	if t.s.top() != TopicBook || t.digressed {
		return false, nil
	}
	t.learned = true
	return true, t.next()
}

// absorbAlso takes down further work that was asked for in the same breath, and says so once.
func (t *turn) absorbAlso() {
	d := &t.s.Details
	for _, w := range t.u.Also {
		if t.b.Service(w.Service) == nil || w.Service == d.Service || slices.ContainsFunc(d.Also, func(x understanding.Work) bool { return x.Service == w.Service }) {
			continue
		}
		d.Also = append(d.Also, w)
	}
}

// work is what is wrong in words for the technician: the caller's, what was told when asked, and what to ask on arrival.
func (d *Details) work() string {
	words := d.Problem
	if words == "" {
		words = d.Service
	}
	if d.Wants != "" {
		words += "; wants: " + d.Wants
	}
	for _, w := range d.Also {
		if !strings.Contains(words, w.Problem) {
			words += "; also: " + w.Problem
		}
	}
	if notes := d.notes(); notes != "" {
		words += " (" + notes + ")"
	}
	if onArrival := d.onArrival(); onArrival != "" {
		words += "\nAsk on arrival: " + onArrival
	}
	return words
}

// notes are the answers to what the packs ask, each headed: "water: dripping".
func (d *Details) notes() string {
	var out []string
	for _, id := range d.problems() {
		p := trades.All().Problem(id)
		if p == nil {
			continue
		}
		for i := range p.Ask {
			if a := d.Told[p.Ask[i].ID]; a != "" && a != notKnown {
				out = append(out, p.Ask[i].Note+": "+a)
			}
		}
	}
	return strings.Join(out, "; ")
}

// onArrival is what the technician should find out: what wasn't asked on the phone, and what the packs say besides.
func (d *Details) onArrival() string {
	var out []string
	for _, id := range d.problems() {
		p := trades.All().Problem(id)
		if p == nil {
			continue
		}
		for i := range p.Ask {
			if a := d.Told[p.Ask[i].ID]; a == "" || a == notKnown {
				out = append(out, p.Ask[i].Note)
			}
		}
		out = append(out, p.Know["en"]...)
	}
	return strings.Join(out, "; ")
}

// problems are the packs' problems that were told of.
func (d *Details) problems() []string {
	out := []string{d.Known}
	for _, w := range d.Also {
		if !slices.Contains(out, w.Known) {
			out = append(out, w.Known)
		}
	}
	return out
}
