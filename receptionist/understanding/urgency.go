package understanding

import (
	"maps"
	"slices"

	"fixly/business/trades"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readUrgency finds signs of an emergency: the shop's own and the usual ones.
func (u *utterance) readUrgency(have []feature) {
	calm := false
	u.chart.Each(m.KUrgency, func(s *grammar.Span) {
		switch v := s.Value.(string); {
		case v == "calm":
			calm = true
		case u.denied(s.From) || u.claimed(s.From, s.To):
		case v == "emergency" || u.out.Urgency == "":
			u.out.Urgency = v
			u.noteSpan(s, "urgency", v)
		}
	})
	for _, sign := range u.e.signs {
		if sign.met(u.e, have) {
			u.out.Urgency = "emergency"
		}
	}
	if k := trades.All().Problem(u.out.Known); k != nil {
		u.raiseUrgency(k.Urgency)
		for i := range k.Ask {
			q := &k.Ask[i]
			for _, answer := range slices.Sorted(maps.Keys(q.Raises)) {
				if u.toldBy(have, q.Answers[answer]) {
					u.raiseUrgency(q.Raises[answer])
				}
			}
		}
	}
	u.raiseUrgency(trades.All().Dangers[u.out.Hazard].Urgency)
	if calm {
		u.out.Urgency = ""
	}
}

// raiseUrgency makes it at least as urgent.
func (u *utterance) raiseUrgency(to string) {
	if to != "" && u.out.Urgency != trades.Emergency {
		u.out.Urgency = to
	}
}

// toldBy says whether any of some ideas was said.
func (u *utterance) toldBy(have []feature, ideas []string) bool {
	for i := range have {
		if !have[i].denied && have[i].idea >= 0 && slices.Contains(ideas, have[i].id[2:]) {
			return true
		}
	}
	return false
}

// sign is a sign of an emergency: every part must be there. A part is met by any of its alternatives ("an infant or
// elderly person").
type sign struct {
	parts     []profile
	condition string // the second part in the shop's words, "" where there is one part
}

func (s *sign) met(e *Engine, have []feature) bool {
	if len(s.parts) == 0 {
		return false
	}
	for i := range s.parts {
		if s.parts[i].share(e, have) < 0.95 {
			return false
		}
	}
	return true
}

// surelyKnown is how sure a reading must be for the problem to be known by it.
const surelyKnown = 0.8

// readKnown settles which problem of the packs it is: one that the service found takes care of.
func (u *utterance) readKnown(found []foundProblem) {
	at, best := -1, 0.0
	for s := range u.e.services {
		if u.e.services[s].name == u.out.Service {
			at = s
		}
	}
	for i := range found {
		f := &found[i]
		if f.score < surelyKnown || at >= 0 && f.links[at] < leastLink || at < 0 && f.Work != u.out.NotOffered {
			continue
		}
		if r := f.rank(); r > best {
			best, u.out.Known = r, f.ID
		}
	}
}
