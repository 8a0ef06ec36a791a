package flow

import (
	"slices"
	"strings"
	"time"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// lately is how long after its window a visit is still talked about as the one that was to be.
const lately = 24 * time.Hour

// existing serves who has a job already: when is it, move it, cancel it, change what is known of it. Whose job it is
// must be proved first, see identity.go; nothing about a job is said to another.
func (t *turn) existing() (bool, error) {
	s := t.s
	topic, err := t.visitWish()
	if topic == "" || err != nil {
		return false, err
	}
	if s.top() == TopicMessage || s.top() == topic || s.Question == QCode && t.u.Digits != "" {
		return false, nil
	}
	if s.top() == TopicBook {
		if s.Details.Service != "" || s.Chosen != nil || len(s.Offers) > 0 {
			return t.whileBooking(topic)
		}
		s.drop(TopicBook) // nothing has come of it yet: it is about a visit that is booked already
	}
	t.answerBesides()
	t.rememberBooking()
	claim := s.Claim
	s.dropVisit()
	s.Claim = claim // "and can you cancel it" while the code is on its way
	s.push(topic)
	s.JobID, s.VisitDays = "", intervals(t.u.About)
	if topic == TopicMove {
		t.fromTo()
	}
	t.visitWords()
	return true, t.next()
}

// fromTo reads "move my appointment on wednesday to friday morning": what sounds like a stretch of days is the day of
// the visit and the one that is wished for.
func (t *turn) fromTo() {
	s, w := t.s, t.u.When
	if len(s.VisitDays) != 1 || w.DaySaid || s.VisitDays[0].To.Sub(s.VisitDays[0].From) < 47*time.Hour { // two days, the clocks going forward
		return
	}
	span := s.VisitDays[0]
	last := span.To.In(t.b.Location()).AddDate(0, 0, -1)
	s.VisitDays = []scheduling.Interval{{From: span.From, To: last}}
	day := understanding.When{Kind: understanding.TimeDay, DaySaid: true, Wanted: []understanding.TimeInterval{{From: last, To: span.To}}}
	if w.HoursSaid {
		day = w.On(day)
	}
	s.Details.Wish = Wish{Kind: day.Kind, Wanted: intervals(day.Wanted), DaySaid: true}
	t.u.When, t.wished, t.learned = day, true, true
}

// visitWish is what is wanted of a visit that is booked, or "".
func (t *turn) visitWish() (Topic, error) {
	a, err := t.wantsAmend()
	switch {
	case err != nil:
		return "", err
	case a != "":
		t.s.Amending = a
		return TopicAmend, nil
	case t.leads(understanding.IntentCancel):
		return TopicCancel, nil
	case t.leads(understanding.IntentReschedule):
		return TopicMove, nil
	case t.leads(understanding.IntentStatus), t.u.Topic == "who" && !t.s.has(TopicBook) && t.s.Booked == nil:
		return TopicStatus, nil
	case t.otherTime():
		return TopicMove, nil
	}
	own, err := t.ownDay()
	if own {
		return TopicMove, err
	}
	if own, err = t.aboutOwnDay(); own {
		return TopicStatus, err
	}
	return "", err
}

// aboutOwnDay says whether who has a visit on a day begins with that day and with nothing else: "I'm calling about
// tomorrow".
func (t *turn) aboutOwnDay() (bool, error) {
	s, u := t.s, t.u
	days := append(intervals(u.About), intervals(u.When.Wanted)...)
	if s.top() != "" || s.Question != QProblem || s.Booked != nil || len(days) != 1 || u.When.Kind == understanding.TimeMoment {
		return false, nil
	}
	if u.Service != "" || u.Problem != "" && u.ServiceScore > 0 || u.Has(understanding.IntentBook, sure) || u.Topic != "" || u.FAQ >= 0 {
		return false, nil
	}
	if err := t.lookUp(); err != nil {
		return false, err
	}
	for _, j := range s.Jobs {
		if days[0].Contains(j.Slot.Start) {
			t.onlyDay = true
			return true, nil
		}
	}
	return false, nil
}

// whose makes sure that there is a job of the caller's to speak of. It says whether that took the turn: by telling
// that it is over, or by asking for proof.
func (t *turn) whose() (bool, error) {
	if err := t.lookUp(); err != nil {
		return false, err
	}
	switch {
	case len(t.s.Jobs) > 0:
		if t.s.JobID == "" {
			t.identify()
		}
		return false, nil
	case t.s.Past != nil && t.s.Claim == nil:
		return true, t.tellPast()
	}
	return true, t.prove()
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

// identify finds which of several jobs is meant: the one on a day that was named, the one for work or at a house that
// was named, or the only one. The day is then no wish for a new time.
func (t *turn) identify() {
	s := t.s
	take := func(fits func(scheduling.Job) bool) {
		for _, j := range s.Jobs {
			if s.JobID == "" && fits(j) {
				s.JobID = j.ID
			}
		}
	}
	for _, x := range s.VisitDays {
		take(func(j scheduling.Job) bool { return x.Contains(j.Slot.Start) })
	}
	var rest []scheduling.Interval
	wanted := s.Details.Wish.Wanted
	elsewhere := slices.ContainsFunc(wanted, func(x scheduling.Interval) bool {
		return !slices.ContainsFunc(s.Jobs, func(j scheduling.Job) bool { return t.onDayOf(x, j) })
	})
	for _, x := range wanted {
		fits := func(j scheduling.Job) bool { return x.Contains(j.Slot.Start) || elsewhere && t.onDayOf(x, j) }
		if slices.ContainsFunc(s.Jobs, fits) {
			take(fits)
		} else {
			rest = append(rest, x)
		}
	}
	if s.JobID == "" {
		s.JobID = t.only(func(j scheduling.Job) bool { return t.u.Service != "" && j.Service == t.u.Service })
	}
	if s.JobID == "" {
		s.JobID = t.only(func(j scheduling.Job) bool {
			said := t.u.Address.Line1
			return said != "" && strings.EqualFold(firstName(j.Address.Line1), firstName(said)) // the house number
		})
	}
	if s.JobID == "" && len(s.Jobs) == 1 {
		s.JobID = s.Jobs[0].ID
	}
	if len(wanted) > 0 {
		s.Details.Wish.Wanted = rest
		if len(rest) == 0 {
			s.Details.Wish = Wish{}
		}
	}
	if s.JobID != "" && s.Details.Wish.Kind == "" && s.Parked.Kind != "" {
		s.Details.Wish, s.Parked = s.Parked, Wish{}
	}
	t.onItsDay()
}

// onItsDay puts an hour that was wished for without a day on the day of the visit: "move my wednesday visit to
// ten thirty".
func (t *turn) onItsDay() {
	j, w := t.job(), t.u.When
	if j == nil || !t.wished || t.s.top() != TopicMove || w.DaySaid || !w.HoursSaid {
		return
	}
	y, m, d := j.Slot.Start.In(t.b.Location()).Date()
	day := time.Date(y, m, d, 0, 0, 0, 0, t.b.Location())
	w = w.On(understanding.When{
		Kind: understanding.TimeDay, DaySaid: true, Wanted: []understanding.TimeInterval{{From: day, To: day.AddDate(0, 0, 1)}},
	})
	t.s.Details.Wish = Wish{Kind: w.Kind, Wanted: intervals(w.Wanted), DaySaid: true}
}

// only is the one job for which something holds; empty when it holds for none or for several.
func (t *turn) only(fits func(scheduling.Job) bool) (id string) {
	for _, j := range t.s.Jobs {
		switch {
		case !fits(j):
		case id != "":
			return ""
		default:
			id = j.ID
		}
	}
	return id
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
		out[i] = Window{From: j.Slot.Start.In(loc), To: j.WindowEnd.In(loc), Days: len(j.Parts)}
	}
	return out
}

// maxNamed is how many jobs are named in one breath.
const maxNamed = 3

func (t *turn) askWhichJob() {
	s := t.s
	if s.Details.Wish.Kind != "" {
		s.Parked, s.Details.Wish = s.Details.Wish, Wish{}
	}
	jobs := s.Jobs[:min(len(s.Jobs), maxNamed)]
	t.ask(QWhichJob, WhyWhichJob, Conveyance{Kind: AskWhichJob, Windows: t.jobWindows(jobs...)})
}

func (t *turn) answerWhichJob(no bool) (bool, error) {
	s, c := t.s, t.u.Choice
	switch {
	case c != nil && c.Index >= 0 && c.Index < len(s.Jobs):
		s.JobID = s.Jobs[c.Index].ID
		s.Details.Wish, s.Parked = s.Parked, Wish{} // the day that was said names the visit
	case t.wished || t.u.Service != "" || t.u.Address.Line1 != "":
		t.identify()
	case no || c != nil && c.Refused:
		return true, t.offerVisitMessage()
	}
	if s.JobID == "" {
		return false, nil
	}
	return true, t.next()
}
