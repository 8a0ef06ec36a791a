package understanding

import (
	"slices"
	"strings"

	"fixly/business/trades"
)

// readStep finds the first step that would limit the harm, by what was named. In an emergency that names no service,
// it tells which one it calls for: "water is pouring through the ceiling".
func (u *utterance) readStep(have []feature) {
	u.readCondition(have)
	concepts := trades.All().Concepts
	at := len(trades.Steps())
	for i := range have {
		if have[i].denied || have[i].idea < 0 {
			continue
		}
		if n := slices.Index(trades.Steps(), concepts[have[i].id[2:]].Step); n >= 0 {
			at = min(at, n)
		}
	}
	if at == len(trades.Steps()) {
		return
	}
	u.out.Step = trades.Steps()[at]
	if u.out.Urgency != trades.Emergency || u.out.Service != "" || u.out.NotOffered != "" {
		return
	}
	best := leastLink
	for i := range u.e.problems {
		k := &u.e.problems[i]
		if k.Step != u.out.Step {
			continue
		}
		for s, link := range k.links {
			if link > best {
				best, u.out.Service, u.out.ServiceScore = link, u.e.services[s].name, leastService
			}
		}
	}
}

// readCondition finds that half of one of the shop's signs of an emergency is met: "no heat", of "no heat with an infant
// or elderly person". The other half is to be asked for.
func (u *utterance) readCondition(have []feature) {
	if u.out.Urgency == trades.Emergency {
		return
	}
	broken := u.heardIdeas(have)[u.e.ideas.Index("broken")] >= 0.95
	for i := range u.e.signs {
		s := &u.e.signs[i]
		if s.condition == "" {
			continue
		}
		if s.parts[0].share(u.e, have) >= 0.95 || broken && u.e.serves(u.out.Service, s.parts[0].text) {
			u.out.Condition = s.condition
			return
		}
	}
}

// serves says whether a service is the one for something, in the shop's own words.
func (e *Engine) serves(service, what string) bool {
	s := e.b.Service(service)
	return s != nil && slices.ContainsFunc(s.For, func(f string) bool { return strings.EqualFold(strings.TrimSpace(f), strings.TrimSpace(what)) })
}
