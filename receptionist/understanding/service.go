package understanding

import "strings"

// serviceProfile is a service with the phrases that callers use for it.
type serviceProfile struct {
	name    string
	phrases []profile // the shop's own words for it, the name last
}

// leastService is the score below which an utterance is taken to name no service.
const leastService = 0.5

// serviceMatch is how well a service fits what was said.
type serviceMatch struct {
	score float64 // 0 to 1, and a little more that breaks ties
	named bool    // by a thing or a trouble of its own, not by a verb such as "install"
}

// matchServices compares what was said with the shop's own words for each of its services.
func (e *Engine) matchServices(have []feature) []serviceMatch {
	out := make([]serviceMatch, len(e.services))
	for n := range e.services {
		s := &e.services[n]
		sum := 0.0
		for i := range s.phrases {
			x, direct := s.phrases[i].match(e, have)
			if i == len(s.phrases)-1 {
				x *= 0.85 // the name alone says a little less than what callers call it
			}
			if x > out[n].score {
				out[n] = serviceMatch{x, direct}
			}
			sum += x
		}
		out[n].score += 0.04 * sum / float64(len(s.phrases)) // breaks ties
	}
	return out
}

const (
	ownWords   = 0.85 // how well the shop's own words must fit to settle it
	ownBeside  = 0.15 // of services that fit about as well the packs choose
	surely     = 0.75 // how sure a problem must be to call for a service
	besideBest = 0.08 // how far behind the best reading of the problem another may be
)

// addProblems raises the services that take care of the problems found, where the shop's own words don't settle it.
func (e *Engine) addProblems(to []serviceMatch, found []foundProblem) {
	own, top := 0.0, 0.0
	for i := range to {
		own = max(own, to[i].score)
	}
	for i := range found {
		top = max(top, found[i].rank())
	}
	calls := make([]float64, len(to))
	for i := range found {
		f := &found[i]
		if f.score < surely || f.rank() < top-besideBest {
			continue
		}
		for s, link := range f.links {
			if link >= leastLink {
				calls[s] = max(calls[s], 0.97*f.score*(0.2+0.8*link)+0.03*f.heft)
			}
		}
	}
	for s, x := range calls {
		switch {
		case x == 0:
		case own < ownWords:
			if x > to[s].score {
				to[s] = serviceMatch{x, true}
			}
		case to[s].score >= own-ownBeside:
			to[s].score += x
			to[s].named = true
		}
	}
}

// readService maps the problem to a service: by the shop's own words, and by what the trade packs know of it.
func (u *utterance) readService(have []feature, found []foundProblem) {
	matches := u.e.matchServices(have)
	for i := range matches {
		u.ownScore = max(u.ownScore, matches[i].score)
	}
	u.e.addProblems(matches, found)
	at, second := -1, 0.0
	for i, s := range matches {
		switch {
		case at < 0 && s.score > 0 || at >= 0 && s.score > matches[at].score:
			if at >= 0 {
				second = matches[at].score
			}
			at = i
		case s.score > second:
			second = s.score
		}
	}
	if at < 0 || matches[at].score < leastService {
		return
	}
	// one that is barely ahead is less sure
	best := matches[at].score
	conf := min(best, 1)
	if best-second < 0.05 {
		conf *= 0.8
	}
	u.out.Service, u.out.ServiceScore, u.named = u.e.services[at].name, conf, matches[at].named
	for _, f := range have {
		if f.from != nowhere && strings.HasPrefix(f.id, "c:") && !f.denied && u.e.ideas.Weight[f.id[2:]] >= 0.8 {
			u.note(f.from, f.to, "service", u.out.Service, f.id[2:])
		}
	}
}
