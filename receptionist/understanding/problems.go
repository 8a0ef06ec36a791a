package understanding

import (
	"math"

	"fixly/business/trades"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// knownProblem is a problem of the trade packs as this shop stands to it.
type knownProblem struct {
	*trades.Problem
	about   [][]int // numbers of ideas; each list means it
	trade   string
	links   []float64 // how well each of the shop's services takes care of it, 0 to 1
	offered bool      // the shop does such work
}

// leastLink is how well a service must take care of a problem to be what it calls for.
const leastLink = 0.5

// learnProblems finds out which of the shop's services take care of which problems.
func (e *Engine) learnProblems() {
	shapes := make([]serviceShape, len(e.services))
	for i := range e.services {
		shapes[i] = e.shapeOf(&e.services[i])
	}
	for _, pack := range trades.All().Packs {
		for i := range pack.Problems {
			k := e.knownProblemOf(pack, &pack.Problems[i])
			for s := range shapes {
				k.links[s] = e.link(&k, &shapes[s])
				if k.links[s] >= leastLink {
					shapes[s].works[k.Work] = true
					e.offered[k.Work] = true
				}
			}
			e.problems = append(e.problems, k)
		}
	}
	// what no service speaks of, one that does other work of the kind takes care of
	for i := range e.problems {
		k := &e.problems[i]
		for s := range shapes {
			if shapes[s].works[k.Work] {
				k.links[s] = max(k.links[s], (0.5+0.4*e.covers(k, shapes[s].near))*shapes[s].kind(k.Does))
			}
		}
		k.offered = e.offered[k.Work]
	}
	e.learnThings(shapes)
}

func (e *Engine) knownProblemOf(pack *trades.Pack, p *trades.Problem) knownProblem {
	k := knownProblem{Problem: p, trade: pack.Trade, links: make([]float64, len(e.services))}
	for _, about := range p.About {
		ideas := make([]int, len(about))
		for i, id := range about {
			ideas[i] = e.ideas.Index(id)
		}
		k.about = append(k.about, ideas)
	}
	return k
}

// serviceShape is what a service is about: its trade, the kinds of work in it, and how near it comes to each idea.
type serviceShape struct {
	profile *serviceProfile
	trade   string
	works   map[string]bool // the kinds of work that it is known to do
	does    map[string]bool
	named   map[string]bool // the kinds of work that its name speaks of
	near    []float32
}

func (e *Engine) shapeOf(s *serviceProfile) serviceShape {
	out := serviceShape{profile: s, works: map[string]bool{}, does: map[string]bool{}, named: map[string]bool{}, near: make([]float32, e.ideas.Len())}
	concepts := trades.All().Concepts
	weights := map[string]float64{}
	for i := range s.phrases {
		for k := range s.phrases[i].features {
			f := &s.phrases[i].features[k]
			if f.idea < 0 {
				continue
			}
			for n, v := range e.ideas.Row(f.idea) {
				out.near[n] = max(out.near[n], v)
			}
			if does := concepts[f.id[2:]].Does; does != "" {
				out.does[does] = true
				if i == len(s.phrases)-1 {
					out.named[does] = true
				}
			}
			if !e.isAction(f.id) {
				weights[e.tradeOf[f.idea]] += f.weight
			}
		}
	}
	delete(weights, trades.Common)
	for _, p := range trades.All().Packs {
		if weights[p.Trade] > weights[out.trade] {
			out.trade = p.Trade
		}
	}
	// who names a trouble offers its repair
	for i := range s.phrases {
		for k := range s.phrases[i].features {
			if e.isTrouble(s.phrases[i].features[k].id) {
				out.does[trades.Repair] = true
			}
		}
	}
	if len(out.does) == 0 {
		out.does[trades.Repair] = true
	}
	return out
}

// kin is how far one kind of work is met by a service for another.
var kin = map[[2]string]float64{
	{trades.Install, trades.Replace}: 0.8, {trades.Replace, trades.Install}: 0.8,
	{trades.Replace, trades.Estimate}: 0.9, {trades.Install, trades.Estimate}: 0.6,
	{trades.Inspect, trades.Maintain}: 0.7, {trades.Maintain, trades.Inspect}: 0.7,
	{trades.Inspect, trades.Estimate}: 0.5, {trades.Inspect, trades.Repair}: 0.6, {trades.Maintain, trades.Repair}: 0.6,
	{trades.Replace, trades.Repair}: 0.4, {trades.Install, trades.Repair}: 0.3,
	{trades.Repair, trades.Inspect}: 0.4, {trades.Repair, trades.Maintain}: 0.3, {trades.Repair, trades.Replace}: 0.3,
}

// kind is how far a service does a kind of work.
func (s *serviceShape) kind(does string) float64 {
	if s.does[does] {
		return 1
	}
	best := 0.0
	for other := range s.does {
		best = max(best, kin[[2]string{does, other}])
	}
	return best
}

// covers is how much of what a problem is about lies near, at best.
func (e *Engine) covers(k *knownProblem, near []float32) float64 {
	best := 0.0
	for _, about := range k.about {
		sum, total := 0.0, 0.0
		for _, n := range about {
			sum += e.weights[n] * float64(near[n])
			total += e.weights[n]
		}
		if total > 0 {
			best = max(best, sum/total)
		}
	}
	return best
}

// link is how well a service takes care of a problem by what it says of itself: it must be about the same thing. One
// of another trade must speak of the very problem: who runs gas lines to stoves repairs none.
func (e *Engine) link(k *knownProblem, s *serviceShape) float64 {
	thing := float64(s.near[e.ideas.Index(k.Thing)])
	if thing < 0.5 {
		return 0
	}
	score := max(0.35+0.2*thing+0.4*e.covers(k, s.near), 0.6*thing)
	if s.trade != k.trade {
		score = 0
		for i := range s.profile.phrases {
			score = max(score, e.speaksOf(&s.profile.phrases[i], k))
		}
		if score < verySame {
			return 0
		}
	}
	if s.named[k.Does] && thing >= 0.9 {
		score += 0.08 // "roof repair" rather than "roof tarping"
	}
	return min(1, score) * s.kind(k.Does)
}

// verySame is how far a service of another trade must speak of a problem to be for it.
const verySame = 0.75

// speaksOf is how far a phrase and one way of meaning a problem say the same.
func (e *Engine) speaksOf(p *profile, k *knownProblem) float64 {
	if p.total == 0 {
		return 0
	}
	near := make([]float32, e.ideas.Len())
	for i := range p.features {
		if n := p.features[i].idea; n >= 0 {
			for m, v := range e.ideas.Row(n) {
				near[m] = max(near[m], v)
			}
		}
	}
	best := 0.0
	for _, about := range k.about {
		met, heft := e.meant(about, near)
		best = max(best, met*min(1, heft/p.total))
	}
	return best
}

// heardIdeas tells how near the undenied words of an utterance come to each idea, by the ideas' numbers.
func (u *utterance) heardIdeas(have []feature) []float32 {
	near := make([]float32, u.e.ideas.Len())
	for i := range have {
		if have[i].denied || have[i].idea < 0 {
			continue
		}
		for n, v := range u.e.ideas.Row(have[i].idea) {
			near[n] = max(near[n], v)
		}
	}
	return near
}

// foundProblem is a problem of the packs found in an utterance.
type foundProblem struct {
	*knownProblem
	score float64 // 0 to 1
	heft  float64 // how much was said for it, to tell the exact from the vague
	named bool    // more than one idea, its thing, or a pattern of its own was said: a trouble alone ("hit") can be of any trade
}

// saidHeft is what a pattern of a problem's own says at least, in the weights of ideas: about two ideas' worth.
const saidHeft = 2.2

// findProblems gives every problem of the packs that the words mean, with how sure that is.
func (u *utterance) findProblems(have []feature) []foundProblem {
	return u.findProblemsIn(have, [2]int{0, len(u.chart.Tokens)})
}

// findProblemsIn gives the same for a part of the tokens.
func (u *utterance) findProblemsIn(have []feature, part [2]int) []foundProblem {
	near := u.heardIdeas(have)
	var said map[string]bool
	u.chart.Each(m.KProblem, func(s *grammar.Span) {
		if u.denied(s.From) || u.claimed(s.From, s.To) || s.From < part[0] || s.To > part[1] {
			return
		}
		if said == nil {
			said = map[string]bool{}
		}
		said[s.Value.(string)] = true
	})
	var out []foundProblem
	for i := range u.e.problems {
		k := &u.e.problems[i]
		f := foundProblem{knownProblem: k}
		for _, about := range k.about {
			if score, heft := u.e.meant(about, near); score > f.score+0.001 || score > f.score-0.001 && heft > f.heft {
				f.score, f.heft, f.named = score, heft, len(about) > 1
			}
		}
		f.named = f.named || near[u.e.ideas.Index(k.Thing)] >= 0.9 || said[k.ID]
		if said[k.ID] {
			f.score, f.heft = 1, max(f.heft, saidHeft)+0.3
		}
		if f.score >= 0.6 {
			out = append(out, f)
		}
	}
	return out
}

// meant is how surely a list of ideas was said: all of them must be.
func (e *Engine) meant(about []int, near []float32) (score, heft float64) {
	least := 1.0
	for _, n := range about {
		v := float64(near[n])
		if v < 0.5 {
			return 0, 0
		}
		least = math.Min(least, v)
		heft += e.weights[n] * v
	}
	if len(about) == 1 {
		least *= least // nothing beside it makes up for what was only said nearly so
		if heft < 1.3 {
			least *= 0.85 // one idea that tells little: "it's slow"
		}
	}
	return least, heft
}
