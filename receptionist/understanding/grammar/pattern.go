package grammar

import (
	"fmt"
	"strconv"
	"strings"
)

// maxVariants bounds what one pattern may expand to; a pattern that needs more is better written as two rules.
const maxVariants = 512

// patternParser reads the pattern language into flat sequences of items.
type patternParser struct {
	g        *Grammar
	s        string
	captures int
}

func (g *Grammar) parsePattern(s string) ([][]*item, error) {
	p := &patternParser{g: g, s: s}
	seqs, err := p.sequence("")
	if err != nil {
		return nil, err
	}
	if p.s != "" {
		return nil, fmt.Errorf("unexpected %q", p.s)
	}
	return seqs, nil
}

// sequence reads elements until one of the closing signs.
func (p *patternParser) sequence(until string) ([][]*item, error) {
	seqs := [][]*item{nil}
	for {
		p.s = strings.TrimLeft(p.s, " ")
		if p.s == "" || strings.ContainsRune(until, rune(p.s[0])) && until != "" {
			return seqs, nil
		}
		alts, err := p.element()
		if err != nil {
			return nil, err
		}
		if len(seqs)*len(alts) > maxVariants {
			return nil, fmt.Errorf("more than %d ways to match", maxVariants)
		}
		next := make([][]*item, 0, len(seqs)*len(alts))
		for _, a := range seqs {
			for _, b := range alts {
				next = append(next, append(append(make([]*item, 0, len(a)+len(b)), a...), b...))
			}
		}
		seqs = next
	}
}

// element reads one element: its alternatives, each a sequence.
func (p *patternParser) element() ([][]*item, error) {
	c := p.s[0]
	switch c {
	case '(', '[':
		closing := ")"
		if c == '[' {
			closing = "]"
		}
		p.s = p.s[1:]
		var alts [][]*item
		for {
			a, err := p.sequence("|" + closing)
			if err != nil {
				return nil, err
			}
			alts = append(alts, a...)
			if p.s == "" {
				return nil, fmt.Errorf("a %q is missing", closing)
			}
			done := p.s[0] == closing[0]
			p.s = p.s[1:]
			if done {
				break
			}
		}
		if strings.HasPrefix(p.s, "*") {
			p.s = p.s[1:]
			if err := p.toPrefixes(alts); err != nil {
				return nil, err
			}
		}
		return fold(alts, c == '['), nil
	case '<':
		return p.kind()
	case '{':
		return p.class()
	case '~':
		word := p.word()
		n, err := strconv.Atoi(word[1:])
		if err != nil || n < 1 || n > 12 {
			return nil, fmt.Errorf("a gap is written ~3, not %q", word)
		}
		return [][]*item{{{gap: n, capture: -1}}}, nil
	case '_', ',', '-', '/', '#':
		p.s = p.s[1:]
		guard := map[byte]Gap{'_': Glued, ',': Comma | Stop, '-': Hyphen, '/': Slash, '#': Hash}[c]
		return [][]*item{{{guard: guard, capture: -1}}}, nil
	}
	w := p.word()
	if w == "$" {
		return [][]*item{{{last: true, capture: -1}}}, nil
	}
	if w == "" {
		return nil, fmt.Errorf("unexpected %q", p.s)
	}
	if prefix, ok := strings.CutSuffix(w, "*"); ok && len(prefix) >= minPrefix {
		return [][]*item{{{prefixes: []int32{p.g.prefixID(prefix)}, capture: -1}}}, nil
	}
	it := item{words: []int32{p.g.id(w)}, capture: -1}
	for _, same := range p.g.spec.Same[w] {
		it.words = append(it.words, p.g.id(same))
	}
	return [][]*item{{&it}}, nil
}

// toPrefixes makes the last word of each alternative of (a|b c)* a beginning of words.
func (p *patternParser) toPrefixes(alts [][]*item) error {
	for _, a := range alts {
		last := a[len(a)-1]
		for _, id := range last.words {
			w := p.g.words[id-1]
			if len(w) < minPrefix {
				return fmt.Errorf("%q is too short to stand for the words that begin with it", w)
			}
			last.prefixes = append(last.prefixes, p.g.prefixID(w))
		}
		last.words = nil
	}
	return nil
}

// fold joins alternatives that are single words into one item, which keeps the number of variants small.
func fold(alts [][]*item, optional bool) [][]*item {
	var words item
	words.capture = -1
	var out [][]*item
	for _, a := range alts {
		if len(a) == 1 && a[0].isWord() && !a[0].optional {
			words.words = append(words.words, a[0].words...)
			words.prefixes = append(words.prefixes, a[0].prefixes...)
			continue
		}
		out = append(out, a)
	}
	if words.isWord() {
		if optional && len(out) == 0 {
			words.optional = true
			return [][]*item{{&words}}
		}
		out = append(out, []*item{&words})
	}
	if optional {
		if len(out) == 1 && len(out[0]) == 1 && out[0][0].kind != 0 && !out[0][0].repeat {
			out[0][0].optional = true
			return out
		}
		out = append(out, nil)
	}
	return out
}

func (p *patternParser) word() string {
	n := strings.IndexAny(p.s, " ()[]|<>{}")
	if n < 0 {
		n = len(p.s)
	}
	w := p.s[:n]
	p.s = p.s[n:]
	return w
}

// kind reads <kind>, <kind:test> and <kind+>.
func (p *patternParser) kind() ([][]*item, error) {
	body, rest, ok := strings.Cut(p.s[1:], ">")
	if !ok {
		return nil, fmt.Errorf("a %q is missing", ">")
	}
	p.s = rest
	it := item{capture: p.captures}
	p.captures++
	if b, ok := strings.CutSuffix(body, "+"); ok {
		body, it.repeat, it.min, it.max = b, true, 1, 24
	}
	name, test, _ := strings.Cut(body, ":")
	if it.kind, ok = p.g.spec.Kinds[name]; !ok {
		return nil, fmt.Errorf("no kind is called %q", name)
	}
	if test != "" {
		if it.test, ok = p.g.spec.Tests[test]; !ok {
			return nil, fmt.Errorf("no test is called %q", test)
		}
	}
	return [][]*item{{&it}}, nil
}

// class reads {class:min-max}.
func (p *patternParser) class() ([][]*item, error) {
	body, rest, ok := strings.Cut(p.s[1:], "}")
	if !ok {
		return nil, fmt.Errorf("a %q is missing", "}")
	}
	p.s = rest
	it := item{capture: p.captures, min: 1, max: 1}
	p.captures++
	name, bounds, bounded := strings.Cut(body, ":")
	if it.class, ok = p.g.spec.Classes[name]; !ok {
		return nil, fmt.Errorf("no class is called %q", name)
	}
	if bounded {
		if _, err := fmt.Sscanf(bounds, "%d-%d", &it.min, &it.max); err != nil || it.min < 1 || it.max < it.min {
			return nil, fmt.Errorf("bounds are written {class:1-3}, not %q", body)
		}
	}
	return [][]*item{{&it}}, nil
}
