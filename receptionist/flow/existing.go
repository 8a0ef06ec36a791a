package flow

import (
	"strings"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// existing serves who has a job already: when is it, move it, cancel it. The proof of whose job it is is the
// number of the call; nothing about a job is said to another.
func (t *turn) existing() (bool, error) {
	s, u := t.s, t.u
	var topic Topic
	switch {
	case t.leads(understanding.IntentCancel):
		topic = TopicCancel
	case t.leads(understanding.IntentReschedule):
		topic = TopicMove
	case t.leads(understanding.IntentStatus):
	case t.otherTime():
		topic = TopicMove
	default:
		own, err := t.ownDay()
		if !own || err != nil {
			return false, err
		}
		topic = TopicMove
	}
	if s.top() == TopicMessage || s.top() != "" && s.top() == topic {
		return false, nil
	}
	if s.top() == TopicBook {
		if s.Details.Service != "" || s.Chosen != nil || len(s.Offers) > 0 {
			return t.whileBooking(topic)
		}
		s.drop(TopicBook) // nothing has come of it yet: it is about a visit that is booked already
	}
	if err := t.lookUp(); err != nil {
		return false, err
	}
	if len(s.Jobs) == 0 {
		t.because(WhyNoJob)
		t.s.Answered = true
		if len(strings.Fields(u.Text)) >= 5 {
			s.Query = strings.TrimSpace(u.Text) // what the message will be about
		}
		t.say(Conveyance{Kind: TellNoJob})
		return true, t.offerMessage()
	}
	if topic == "" {
		t.tellStatus()
		return true, nil
	}
	s.JobID = ""
	s.push(topic)
	t.identify(u.When)
	return true, t.next()
}

// foremost says whether an intent is the best of the utterance.
func (t *turn) foremost(i understanding.Intent) bool {
	return len(t.u.Intents) > 0 && t.u.Intents[0].Name == i && t.u.Intents[0].Score >= sure
}

// leads says whether an intent is the main one of the utterance.
func (t *turn) leads(i understanding.Intent) bool {
	if !t.u.Has(i, sure) {
		return false
	}
	for _, x := range t.u.Intents {
		if x.Name == i {
			return true
		}
		if x.Name == understanding.IntentBook {
			return false
		}
	}
	return false
}

// whileBooking reads "cancel" and "move" as being about the booking under way.
func (t *turn) whileBooking(topic Topic) (bool, error) {
	switch topic {
	case TopicCancel:
		t.letGo()
		t.s.drop(TopicBook)
		t.because(WhyKept)
		t.s.Answered = true
		t.ask(QAnythingElse, WhyAnythingElse, Conveyance{Kind: AskAnythingElse})
		return true, nil
	case TopicMove:
		if t.s.Chosen != nil {
			t.letGo()
		}
		if !t.wished {
			t.ask(QWhen, WhyNeedWhen, Conveyance{Kind: AskWhen})
			return true, nil
		}
		return true, t.next()
	}
	return false, nil
}

// identify finds which of several jobs is meant: the one on a day that was named, or the only one. The day is then
// no wish for a new time.
func (t *turn) identify(w understanding.When) {
	s := t.s
	for _, x := range intervals(t.u.About) {
		for _, j := range s.Jobs {
			if x.Contains(j.Slot.Start) && s.JobID == "" {
				s.JobID = j.ID
			}
		}
	}
	wanted := intervals(w.Wanted)
	var rest []scheduling.Interval
	for _, x := range wanted {
		own := false
		for _, j := range s.Jobs {
			if x.Contains(j.Slot.Start) {
				own = true
				if s.JobID == "" {
					s.JobID = j.ID
				}
			}
		}
		if !own {
			rest = append(rest, x)
		}
	}
	if s.JobID == "" && len(s.Jobs) == 1 {
		s.JobID = s.Jobs[0].ID
	}
	if len(wanted) > 0 {
		s.Details.Wish = Wish{Kind: w.Kind, Wanted: rest}
		if len(rest) == 0 {
			s.Details.Wish.Kind = understanding.TimeNone
		}
	}
}

// job is the one being moved or cancelled; nil when it isn't known which.
func (t *turn) job() *scheduling.Job {
	for i := range t.s.Jobs {
		if t.s.Jobs[i].ID == t.s.JobID {
			return &t.s.Jobs[i]
		}
	}
	return nil
}

func (t *turn) jobWindows(jobs ...scheduling.Job) []Window {
	loc := t.b.Location()
	out := make([]Window, len(jobs))
	for i, j := range jobs {
		out[i] = Window{j.Slot.Start.In(loc), j.WindowEnd.In(loc)}
	}
	return out
}

func (t *turn) askWhichJob() {
	t.ask(QWhichJob, WhyWhichJob, Conveyance{Kind: AskWhichJob, Windows: t.jobWindows(t.s.Jobs...)})
}

func (t *turn) answerWhichJob() (bool, error) {
	s, c := t.s, t.u.Choice
	if c != nil && c.Index >= 0 && c.Index < len(s.Jobs) {
		s.JobID = s.Jobs[c.Index].ID
		return true, t.next()
	}
	if t.wished {
		t.identify(t.u.When)
		return true, t.next()
	}
	return false, nil
}
