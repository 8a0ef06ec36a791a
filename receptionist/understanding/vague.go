package understanding

import (
	"slices"

	"fixly/business/trades"
)

// mostAmong is how many things are asked about at once; a listener keeps no more in mind.
const mostAmong = 3

// readAmong finds what it may be about where what was said is too vague for a service: of the things that this shop
// works on, those that what was said can happen to, likeliest first.
func (u *utterance) readAmong(have []feature) {
	if u.out.Service != "" || u.out.NotOffered != "" || u.out.Danger != "" || u.ctx.Asked != AskedNothing && u.ctx.Asked != AskedProblem {
		return
	}
	u.out.Visit = u.e.visit
	near := u.heardIdeas(have)
	scores := map[string]float64{}
	for i := range u.e.problems {
		k := &u.e.problems[i]
		if !k.offered || k.Does != trades.Repair || len(trades.All().Concepts[k.Thing].Call) == 0 {
			continue
		}
		link := slices.Max(k.links)
		if link < leastLink {
			continue
		}
		for _, about := range k.about {
			met, total := 0.0, 0.0
			for _, n := range about {
				total += u.e.weights[n]
				if near[n] >= 0.5 {
					met += u.e.weights[n] * float64(near[n])
				}
			}
			if x := link * met / total; x > leastVague {
				scores[k.Thing] = max(scores[k.Thing], x)
			}
		}
	}
	for thing := range scores {
		u.out.Among = append(u.out.Among, thing)
	}
	slices.SortFunc(u.out.Among, func(a, b string) int {
		switch {
		case scores[a] > scores[b]:
			return -1
		case scores[a] < scores[b]:
			return 1
		}
		return u.e.usual[a] - u.e.usual[b]
	})
	u.out.Among = u.out.Among[:min(len(u.out.Among), mostAmong)]
	u.out.Usual = u.e.things[:min(len(u.e.things), mostAmong)]
}

// leastVague is how much of a problem must have been said to ask about its thing.
const leastVague = 0.25

// learnThings finds the things that this shop works on, in the order of its services, and the service by which somebody
// comes and has a look.
func (e *Engine) learnThings(shapes []serviceShape) {
	e.usual = map[string]int{}
	for s := range e.services {
		best, thing := 0.0, ""
		for i := range e.problems {
			k := &e.problems[i]
			if k.Does == trades.Repair && k.links[s] > best && len(trades.All().Concepts[k.Thing].Call) > 0 {
				best, thing = k.links[s], k.Thing
			}
		}
		if _, again := e.usual[thing]; best >= leastLink && !again {
			e.usual[thing] = len(e.things)
			e.things = append(e.things, thing)
		}
		if e.visit == "" && (shapes[s].named[trades.Estimate] || shapes[s].named[trades.Inspect]) {
			e.visit = e.services[s].name
		}
	}
	for i := range e.problems {
		if _, ok := e.usual[e.problems[i].Thing]; !ok {
			e.usual[e.problems[i].Thing] = len(e.usual) + len(e.things)
		}
	}
}
