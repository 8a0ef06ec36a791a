package grammar

import "sync"

// Bounds on the work for one utterance. They are far above what speech needs and keep hostile input cheap.
const (
	maxPerToken = 64   // spans that begin at one token
	maxSteps    = 6000 // pattern items tried from one token on
)

// Chart holds every reading of an utterance.
type Chart struct {
	Tokens []Token
	at     [][]*Span // by first token
	arena  []Span
}

// At lists the spans that begin at a token. They are not to be changed.
func (c *Chart) At(token int) []*Span {
	if token < 0 || token >= len(c.at) {
		return nil
	}
	return c.at[token]
}

// Each calls f for every span of a kind, from left to right.
func (c *Chart) Each(k Kind, f func(*Span)) {
	for _, spans := range c.at {
		for _, s := range spans {
			if s.Kind == k {
				f(s)
			}
		}
	}
}

// Text is the words of some tokens as they were written.
func (c *Chart) Text(text string, from, to int) string {
	if from < 0 || to > len(c.Tokens) || from >= to {
		return ""
	}
	return text[c.Tokens[from].From:c.Tokens[to-1].To]
}

type parser struct {
	g     *Grammar
	c     *Chart
	m     Match
	v     *variant
	start int
	steps int
}

// chartPool keeps the memory of charts that were released.
var chartPool = sync.Pool{New: func() any { return &Chart{} }}

// Release gives a chart's memory back for the next utterance. The chart and its spans must not be used after it.
func (c *Chart) Release() {
	for i := range c.at {
		clear(c.at[i])
		c.at[i] = c.at[i][:0]
	}
	clear(c.arena)
	c.arena = c.arena[:0]
	c.Tokens = nil
	chartPool.Put(c)
}

// Parse finds every reading. Env is handed to the rules' functions.
func (g *Grammar) Parse(text string, env any) *Chart {
	toks := Tokenize(text, g.spec.Normalize, g.spec.Stem)
	if g.spec.Adjust != nil {
		toks = g.spec.Adjust(toks)
	}
	for i := range toks {
		toks[i].word = g.vocab[toks[i].Norm]
		g.prefixesOf(toks[i].Norm, &toks[i].begins)
	}
	c := chartPool.Get().(*Chart)
	c.Tokens = toks
	for len(c.at) < len(toks) {
		c.at = append(c.at, nil)
	}
	c.at = c.at[:len(toks)]
	p := &parser{g: g, c: c}
	p.m.Env, p.m.Tokens = env, toks
	for p.start = len(toks) - 1; p.start >= 0; p.start-- {
		p.begin()
	}
	return c
}

// begin finds all spans that begin at p.start; those further right are complete.
func (p *parser) begin() {
	t := &p.c.Tokens[p.start]
	p.steps = 0
	for _, e := range p.g.entries[t.Norm] {
		p.add(Span{Kind: e.Kind, From: p.start, To: p.start + 1, Value: e.Value, Rule: e.Rule, Score: e.Score})
	}
	var shaped [4]Entry
	for _, shape := range p.g.spec.Shapes {
		for _, e := range shape(t, shaped[:0]) {
			p.add(Span{Kind: e.Kind, From: p.start, To: p.start + 1, Value: e.Value, Rule: e.Rule, Score: e.Score})
		}
	}
	open := func(vs [][]*variant, i int) {
		if i > 0 && i < len(vs) {
			for _, v := range vs[i] {
				if v.opens && !p.opening() {
					continue
				}
				p.v = v
				p.m.captured = p.m.captured[:0]
				p.match(1, p.start+1)
			}
		}
	}
	open(p.g.byWord, int(t.word))
	for _, b := range t.begins {
		open(p.g.byBegin, int(b))
	}
	for i := 0; i < len(p.c.at[p.start]); i++ {
		s := p.c.at[p.start][i]
		if int(s.Kind) >= len(p.g.byKind) {
			continue
		}
		for _, v := range p.g.byKind[s.Kind] {
			first := v.items[0]
			if first.test != nil && !first.test(s.Value) || v.opens && !p.opening() {
				continue
			}
			p.v = v
			p.m.captured = append(p.m.captured[:0], capture{first.capture, s, s.From, s.To})
			if first.repeat {
				p.more(0, s.To, 1)
			} else {
				p.match(1, s.To)
			}
		}
	}
}

// opening says whether a thought begins at p.start.
func (p *parser) opening() bool {
	return p.start == 0 || p.c.Tokens[p.start].Gap&(Comma|Stop) != 0
}

// match tries the items from i on at a token. It says whether any way succeeded.
func (p *parser) match(i, pos int) bool {
	if i == len(p.v.items) {
		return p.produce(pos)
	}
	if p.steps++; p.steps > maxSteps {
		return false
	}
	it := p.v.items[i]
	switch {
	case it.last:
		return (pos == len(p.c.Tokens) || p.c.Tokens[pos].Gap&(Comma|Stop) != 0) && p.match(i+1, pos)
	case it.guard != 0:
		return pos < len(p.c.Tokens) && p.c.Tokens[pos].Gap&it.guard != 0 && p.match(i+1, pos)
	case it.gap > 0:
		for k := 0; k <= it.gap && pos+k <= len(p.c.Tokens); k++ {
			if pos+k < len(p.c.Tokens) && p.c.Tokens[pos+k].Gap&Stop != 0 {
				return false
			}
			if p.match(i+1, pos+k) {
				return true
			}
		}
		return false
	case it.class != nil:
		n := 0
		for n < it.max && pos+n < len(p.c.Tokens) && (n == 0 || p.c.Tokens[pos+n].Gap&(Comma|Stop) == 0) && it.class(&p.c.Tokens[pos+n]) {
			n++
		}
		for ; n >= it.min; n-- {
			mark := len(p.m.captured)
			p.m.captured = append(p.m.captured, capture{it.capture, nil, pos, pos + n})
			ok := p.match(i+1, pos+n)
			p.m.captured = p.m.captured[:mark]
			if ok {
				return true
			}
		}
		return it.optional && p.match(i+1, pos)
	case it.isWord():
		found := false
		if pos < len(p.c.Tokens) && it.accepts(&p.c.Tokens[pos]) {
			found = p.match(i+1, pos+1)
		}
		if it.optional && p.match(i+1, pos) {
			found = true
		}
		return found
	case it.repeat:
		return p.more(i, pos, 0)
	}
	found := false
	if pos < len(p.c.Tokens) {
		for _, s := range p.c.at[pos] {
			if s.Kind == it.kind && (it.test == nil || it.test(s.Value)) {
				mark := len(p.m.captured)
				p.m.captured = append(p.m.captured, capture{it.capture, s, s.From, s.To})
				if p.match(i+1, s.To) {
					found = true
				}
				p.m.captured = p.m.captured[:mark]
			}
		}
	}
	if it.optional && p.match(i+1, pos) {
		found = true
	}
	return found
}

// more matches further repetitions of item i, n having been matched; the longest way that succeeds wins.
func (p *parser) more(i, pos, n int) bool {
	it := p.v.items[i]
	if n < it.max && pos < len(p.c.Tokens) {
		// spans of several tokens first: "thousand and" before "thousand"
		for k := range 2 * len(p.c.at[pos]) {
			s := p.c.at[pos][k%len(p.c.at[pos])]
			if long := s.To > pos+1; long != (k < len(p.c.at[pos])) {
				continue
			}
			if s.Kind == it.kind && (it.test == nil || it.test(s.Value)) {
				mark := len(p.m.captured)
				p.m.captured = append(p.m.captured, capture{it.capture, s, s.From, s.To})
				ok := p.more(i, s.To, n+1)
				p.m.captured = p.m.captured[:mark]
				if ok {
					return true
				}
			}
		}
	}
	return n >= it.min && p.match(i+1, pos)
}

func (it *item) accepts(t *Token) bool {
	if t.word != 0 {
		for _, w := range it.words {
			if w == t.word {
				return true
			}
		}
	}
	if len(it.prefixes) > 0 {
		for _, b := range t.begins {
			for _, w := range it.prefixes {
				if b != 0 && w == b {
					return true
				}
			}
		}
	}
	return false
}

// produce makes the span of a full match; false if the rule refuses it.
func (p *parser) produce(end int) bool {
	r := p.v.rule
	p.m.From, p.m.To = p.start, end
	value := r.Value
	if r.Make != nil {
		var ok bool
		if value, ok = r.Make(&p.m); !ok {
			return false
		}
	}
	score := r.Score
	for _, c := range p.m.captured {
		if c.span != nil {
			score += c.span.Score
		}
	}
	p.add(Span{Kind: r.Kind, From: p.start, To: end, Value: value, Rule: r.Name, Score: score})
	return true
}

// add keeps a span unless the same reading is there already.
func (p *parser) add(s Span) {
	here := p.c.at[p.start]
	for _, o := range here {
		if o.Kind == s.Kind && o.To == s.To && o.Value == s.Value {
			if s.Score > o.Score {
				o.Score, o.Rule = s.Score, s.Rule
			}
			return
		}
	}
	if len(here) >= maxPerToken {
		return
	}
	if len(p.c.arena) == cap(p.c.arena) {
		// spans already handed out keep pointing into the old block
		p.c.arena = make([]Span, 0, max(256, 2*cap(p.c.arena)))
	}
	p.c.arena = append(p.c.arena, s)
	p.c.at[p.start] = append(here, &p.c.arena[len(p.c.arena)-1])
}
