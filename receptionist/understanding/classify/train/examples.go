package main

import (
	"math/rand/v2"
	"slices"
	"strings"

	"fixly/receptionist/understanding/classify"
)

// example is a text as the learner sees it: the features that the model knows, and what each label makes of it.
type example struct {
	features []int32
	targets  []int8
}

// said is a text with its targets.
type said struct {
	text    string
	targets []int8
}

// vary makes each line into the ways it can turn up in a call: alone, among other words, beside another wish, with a
// word lost by the recogniser. The same lines always give the same variants.
func vary(c *corpus, lines []line, rng *rand.Rand) []said {
	out := make([]said, 0, 5*len(lines))
	var idle []string // lines that carry no intent
	for i := range lines {
		if lines[i].file == none {
			idle = append(idle, lines[i].text)
		}
	}
	pick := func(from []string) string { return from[rng.IntN(len(from))] }
	for i := range lines {
		l := &lines[i]
		t := targets(c, l)
		out = append(out, said{l.text, t}, said{pick(c.before) + " " + l.text, t})
		around := l.text + " " + pick(c.after)
		if rng.IntN(2) == 0 {
			around = pick(c.before) + " " + around
		}
		out = append(out, said{around, t})
		if words := strings.Fields(l.text); len(words) > 3 {
			k := rng.IntN(len(words))
			out = append(out, said{strings.Join(slices.Delete(words, k, k+1), " "), t})
		}
		other := pick(idle)
		if rng.IntN(2) == 0 {
			out = append(out, said{other + " " + l.text, t})
		} else {
			out = append(out, said{l.text + " " + other, t})
		}
		second := &lines[rng.IntN(len(lines))]
		out = append(out, said{l.text + " and " + second.text, both(t, targets(c, second))})
	}
	return out
}

func targets(c *corpus, l *line) []int8 {
	out := make([]int8, len(c.labels))
	for i, label := range c.labels {
		out[i] = target(l, label)
	}
	return out
}

func both(a, b []int8) []int8 {
	out := make([]int8, len(a))
	for i := range a {
		switch {
		case a[i] == has || b[i] == has:
			out[i] = has
		case a[i] == unclear || b[i] == unclear:
			out[i] = unclear
		}
	}
	return out
}

// leastLines is in how many lines a feature must occur to be learned; what occurred once only is chance.
const leastLines = 2

// vocabulary is the features worth learning, rising.
func vocabulary(c *corpus, lines []line) []uint32 {
	count := map[uint32]int{}
	for i := range lines {
		seen := map[uint32]bool{}
		classify.EachFeature(lines[i].text, c.kin, func(id uint32) {
			if !seen[id] {
				seen[id] = true
				count[id]++
			}
		})
	}
	var out []uint32
	for id, n := range count {
		if n >= leastLines {
			out = append(out, id)
		}
	}
	slices.Sort(out)
	return out
}

// examples turns texts into what the learner sees.
func examples(c *corpus, texts []said, ids []uint32) []example {
	out := make([]example, 0, len(texts))
	for _, s := range texts {
		e := example{targets: s.targets}
		classify.EachFeature(s.text, c.kin, func(id uint32) {
			if i, ok := slices.BinarySearch(ids, id); ok {
				e.features = append(e.features, int32(i))
			}
		})
		if len(e.features) > 0 {
			out = append(out, e)
		}
	}
	return out
}
