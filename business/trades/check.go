package trades

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// check looks for what makes no sense, in all packs together.
func (l *Library) check() error {
	c := checker{l: l, problems: map[string]bool{}}
	for _, p := range l.Packs {
		c.at = p.Trade + ".yaml"
		c.pack(p)
	}
	return errors.Join(c.errs...)
}

type checker struct {
	l        *Library
	at       string
	problems map[string]bool // ids
	errs     []error
}

func (c *checker) bad(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf(c.at+": "+format, args...))
}

func (c *checker) pack(p *Pack) {
	if p.Trade != Common {
		c.text("name", p.Name)
	}
	for _, id := range slices.Sorted(maps.Keys(p.Concepts)) {
		x := p.Concepts[id]
		c.phrases("concept "+id, x.Words)
		c.concepts("concept "+id+" hides", x.Hides)
		c.concepts("concept "+id+" is like", slices.Sorted(maps.Keys(x.Like)))
		for other, near := range x.Like {
			if near <= 0 || near > 1 {
				c.bad("concept %s is %g like %s; it must be above 0 and at most 1", id, near, other)
			}
		}
		if len(x.Call) > 0 {
			c.text("concept "+id+" call", x.Call)
		}
		if x.Does != "" {
			c.oneOf("concept "+id+" does", x.Does, Doings())
		}
		if x.Step != "" {
			c.oneOf("concept "+id+" step", x.Step, Steps())
		}
		if x.Weight < 0 {
			c.bad("concept %s weighs less than nothing", id)
		}
	}
	for _, u := range slices.Sorted(maps.Keys(p.Urgency)) {
		c.oneOf("urgency", u, []string{Emergency, Urgent, Calm})
		c.phrases("urgency "+u, p.Urgency[u])
	}
	for _, d := range slices.Sorted(maps.Keys(p.Dangers)) {
		c.phrases("danger "+d, p.Dangers[d].Words)
		c.oneOf("the kind of danger "+d, p.Dangers[d].Kind, Kinds())
		if u := p.Dangers[d].Urgency; u != "" {
			c.oneOf("the urgency of danger "+d, u, []string{Emergency, Urgent})
		}
	}
	for _, w := range slices.Sorted(maps.Keys(p.Work)) {
		c.phrases("work "+w, p.Work[w])
	}
	for i := range p.Problems {
		c.problem(&p.Problems[i])
	}
}

func (c *checker) problem(p *Problem) {
	what := "problem " + p.ID
	if p.ID == "" || c.problems[p.ID] {
		c.bad("a problem's id %q is empty or given twice", p.ID)
	}
	c.problems[p.ID] = true
	c.text(what+" name", p.Name)
	if len(p.About) == 0 {
		c.bad("%s is about nothing", what)
	}
	c.concepts(what+" happens to", []string{p.Thing})
	c.oneOf(what+" does", p.Does, Doings())
	if _, ok := c.l.Work[p.Work]; !ok {
		c.bad("%s: no work is called %q; a pack with several must say which", what, p.Work)
	}
	if len(p.Said) > 0 {
		c.phrases(what+" said", p.Said)
	}
	for _, a := range p.About {
		c.concepts(what+" is about", a)
	}
	if p.Urgency != "" {
		c.oneOf(what+" urgency", p.Urgency, []string{Emergency, Urgent})
	}
	if p.Step != "" {
		c.oneOf(what+" step", p.Step, Steps())
	}
	if _, ok := c.l.Dangers[p.Danger]; p.Danger != "" && !ok {
		c.bad("%s: no danger is called %q", what, p.Danger)
	}
	if len(p.Ask) > MostAsked {
		c.bad("%s asks %d questions; %d are the most", what, len(p.Ask), MostAsked)
	}
	for i := range p.Ask {
		c.question(what, &p.Ask[i])
	}
	if len(p.Know) > 0 {
		c.phrases(what+" know", p.Know)
	}
}

func (c *checker) question(what string, q *Question) {
	what += " asks " + q.ID
	if q.ID == "" || q.Note == "" {
		c.bad("%s: a question has an id and a note", what)
	}
	for _, a := range slices.Sorted(maps.Keys(q.Answers)) {
		c.concepts(what+": the answer "+a+" is told by", q.Answers[a])
	}
	for _, a := range slices.Sorted(maps.Keys(q.Raises)) {
		if _, ok := q.Answers[a]; !ok {
			c.bad("%s: raises by %q, which is none of its answers", what, a)
		}
		c.oneOf(what+": raises to", q.Raises[a], []string{Emergency, Urgent})
	}
	c.phrases(what, q.Words)
	for _, lang := range slices.Sorted(maps.Keys(q.Words)) {
		c.wordings(what, q.Words[lang])
	}
}

// wordings of a question: two at least, so that it isn't asked again in the same words, short, and one question each.
func (c *checker) wordings(what string, ways []string) {
	const longest = 16 // words
	if len(ways) < 2 {
		c.bad("%s: needs two wordings, so that it can be asked again in other words", what)
	}
	for _, w := range ways {
		if strings.Count(w, "?") != 1 || !strings.HasSuffix(w, "?") {
			c.bad("%s: %q must be one question", what, w)
		}
		if len(strings.Fields(w)) > longest {
			c.bad("%s: %q is too long for the ear; %d words are the most", what, w, longest)
		}
	}
}

func (c *checker) text(what string, t Text) {
	if t["en"] == "" {
		c.bad("%s has no English", what)
	}
	for _, lang := range slices.Sorted(maps.Keys(t)) {
		c.oneOf(what+": language", lang, Languages())
	}
}

func (c *checker) phrases(what string, p Phrases) {
	if len(p["en"]) == 0 {
		c.bad("%s has no English words", what)
	}
	for _, lang := range slices.Sorted(maps.Keys(p)) {
		c.oneOf(what+": key or language", lang, Languages())
		if slices.Contains(p[lang], "") {
			c.bad("%s has an empty phrase", what)
		}
	}
}

func (c *checker) concepts(what string, ids []string) {
	for _, id := range ids {
		if _, ok := c.l.Concepts[id]; !ok {
			c.bad("%s %q, which is no concept", what, id)
		}
	}
}

func (c *checker) oneOf(what, v string, allowed []string) {
	if !slices.Contains(allowed, v) {
		c.bad("%s is %q, but must be one of %s", what, v, strings.Join(allowed, ", "))
	}
}
