package understanding

import (
	"slices"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// gatherIntents scores what the wordings say about intents. It comes first, since times are read in its light.
func (u *utterance) gatherIntents() {
	u.chart.Each(m.KIntent, func(s *grammar.Span) {
		h := s.Value.(m.Hit)
		i := Intent(h.Intent)
		if i == IntentComplaint && u.denied(s.From) {
			return
		}
		u.raise(i, h.Weight, s)
	})
	u.weighClassifier()
}

// raise adds evidence for an intent. Independent pieces of evidence add up without ever reaching certainty.
func (u *utterance) raise(i Intent, weight float64, s *grammar.Span) {
	if u.evidence == nil {
		u.evidence = map[Intent]*intentEvidence{}
	}
	e := u.evidence[i]
	if e == nil {
		e = &intentEvidence{}
		u.evidence[i] = e
	}
	if s != nil {
		if s.From < e.to { // the same words again
			if weight > e.last {
				e.score = 1 - (1-e.score)/(1-e.last)*(1-weight)
				e.last = weight
			}
			e.to = max(e.to, s.To)
			return
		}
		e.to = s.To
		e.span = s
	}
	e.score = 1 - (1-e.score)*(1-weight)
	e.last = weight
}

type intentEvidence struct {
	score float64
	last  float64
	to    int
	span  *grammar.Span

	learned bool // the classifier spoke for it
	doubted bool // and here against it
	guessed bool // no rule knows the words
	agreed  bool // a rule knows them, and the classifier is sure of the same
}

func (u *utterance) score(i Intent) float64 {
	if e := u.evidence[i]; e != nil {
		return e.score
	}
	return 0
}

func (u *utterance) lower(i Intent, factor float64) {
	if e := u.evidence[i]; e != nil {
		e.score *= factor
	}
}

// changing says whether an existing visit is being talked about.
func (u *utterance) changing() bool {
	for _, i := range [...]Intent{IntentReschedule, IntentCancel, IntentStatus} {
		// A guess alone takes no wish for a day away: "schedule the visit for the fifth" sounds much like a change.
		if e := u.evidence[i]; e != nil && e.score > 0.6 && !e.guessed {
			return true
		}
	}
	return false
}

// onlyCancels says whether every time named is that of the visit to be cancelled.
func (u *utterance) onlyCancels() bool {
	return u.score(IntentCancel) > 0.8 && u.score(IntentReschedule) < 0.5 && u.score(IntentBook) < 0.85
}

// movesThing says whether what is to be moved or changed is a thing that we work on, and no visit: "i want to move the
// gas pipe". A thing with a day to move it to stands for its visit: "move the drain cleaning to friday".
func (u *utterance) movesThing() bool {
	e := u.evidence[IntentReschedule]
	if e == nil || e.span == nil {
		return false
	}
	thing, visit := false, false
	u.chart.Each(m.KConcept, func(s *grammar.Span) {
		if s.From > e.span.From && s.From <= e.span.To+1 {
			thing = true
			visit = visit || u.cueAt(s.To, m.CueVisit) // "move my water heater appointment"
		}
	})
	return thing && !visit && !(u.out.When.DaySaid && u.hasCue(m.CueMoveTo))
}

// settleIntents weighs the intents against each other and against everything else that was understood.
func (u *utterance) settleIntents() {
	o := &u.out
	u.guessesGiveWay()
	if o.Danger != "" {
		u.raise(IntentDanger, 0.98, nil)
		u.raise(IntentEmergency, 0.3, nil)
	}
	if o.Urgency == "emergency" {
		u.raise(IntentEmergency, 0.9, nil)
	}
	switch {
	case o.ServiceScore >= 0.85:
		u.raise(IntentBook, 0.75, nil)
	case o.ServiceScore > 0:
		u.raise(IntentBook, 0.5, nil)
	case o.NotOffered != "":
		u.raise(IntentBook, 0.4, nil)
	}
	if !o.When.IsZero() && (u.ctx.Asked == AskedWhen || u.ctx.Asked == AskedChoice) {
		u.raise(IntentBook, 0.5, nil)
	}
	if o.FAQ >= 0 || o.Topic != "" {
		u.raise(IntentQuestion, 0.85, nil)
	}
	if o.Answer == Yes && u.ctx.Asked == AskedConfirm {
		u.lower(IntentGoodbye, 0.5) // "that's all correct"
	}
	if o.Topic == "hours" {
		u.lower(IntentStatus, 0.5) // "how late are you open"
	}
	if o.Topic == "robot" {
		u.lower(IntentPerson, 0.4)
	}
	if u.ctx.Asked == AskedProblem {
		u.lower(IntentComplaint, 0.9)
	}
	if o.Service != "" && !u.hasCue(m.CueOurWork) {
		u.lower(IntentComplaint, 0.5) // unhappy with their sink, or with their brother who had a go at it: not with us
	}
	if u.movesThing() {
		u.lower(IntentReschedule, 0.4)
		u.raise(IntentBook, 0.6, nil)
	}
	if a := u.ctx.Asked; (a == AskedChoice || a == AskedWhen) && (o.Choice != nil || !o.When.IsZero()) {
		u.lower(IntentComplaint, 0.5) // "that doesn't work, i need it right now" is about the times
	}
	asks := u.score(IntentPrice) >= 0.5 || o.Topic != "" && o.Topic != "robot" || o.FAQ >= 0 || o.Service != "" || !o.When.IsZero()
	if o.Machine = o.Machine && asks; o.Machine {
		u.lower(IntentSolicitor, 0.3) // it wants to know something; one that sells does not ask for prices
	}
	o.Besides = o.Service != "" && u.bookBesides()
	// What rules what out.
	if u.score(IntentReschedule) > 0.6 {
		u.lower(IntentCancel, 0.6)
		u.lower(IntentBook, 0.5)
	}
	if u.score(IntentCancel) > 0.6 && u.score(IntentReschedule) < 0.6 {
		u.lower(IntentBook, 0.4)
		u.lower(IntentStop, 0.5)
	}
	if u.score(IntentStatus) > 0.6 {
		u.lower(IntentBook, 0.5)
		u.lower(IntentQuestion, 0.7)
	}
	weak := u.score(IntentBook) >= 0.85 && u.score(IntentSolicitor) < 0.8 // "i got your number from angi, i need a plumber"
	if u.score(IntentSolicitor) > 0.6 && o.Service == "" && !weak {
		u.lower(IntentBook, 0.3)
		u.lower(IntentPerson, 0.6)
		u.lower(IntentQuestion, 0.5)
		u.lower(IntentComplaint, 0.3)
	} else if e := u.evidence[IntentSolicitor]; (o.Service != "" || weak) && !(e != nil && e.agreed) { // "free solar quotes" are no free estimate
		u.lower(IntentSolicitor, 0.5)
	}
	if u.score(IntentJobSeeker) > 0.6 {
		u.lower(IntentBook, 0.4)
		u.lower(IntentQuestion, 0.6)
	}
	if u.score(IntentComplaint) > 0.6 {
		u.lower(IntentBook, 0.6)
	}
	if u.score(IntentPrice) > 0.6 && o.FAQ < 0 {
		u.lower(IntentQuestion, 0.6)
	}
	if u.score(IntentMessage) > 0.6 {
		u.lower(IntentPerson, 0.8)
	}
	if o.Danger != "" {
		u.lower(IntentBook, 0.4)
	}
	if u.ctx.Channel != "text" {
		u.lower(IntentStop, 0.3)
	} else if len(u.chart.Tokens) == 1 && u.is(0, m.WOptOut) {
		u.raise(IntentStop, 0.98, nil)
	}
	names := make([]Intent, 0, len(u.evidence))
	for i := range u.evidence {
		names = append(names, i)
	}
	slices.Sort(names)
	for _, i := range names {
		e := u.evidence[i]
		if e.score < 0.2 {
			continue
		}
		o.Intents = append(o.Intents, ScoredIntent{Name: i, Score: float64(int(e.score*100+0.5)) / 100})
		if e.span != nil && e.score >= 0.5 {
			u.noteSpan(e.span, "intent", string(i))
		}
		if e.learned && e.score >= 0.5 {
			u.noteLearned(i)
		}
	}
	slices.SortStableFunc(o.Intents, func(a, b ScoredIntent) int {
		switch {
		case a.Score > b.Score:
			return -1
		case a.Score < b.Score:
			return 1
		}
		return 0
	})
}
