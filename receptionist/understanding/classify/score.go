package classify

import (
	"cmp"
	"math"
	"slices"
)

// Scores are the calibrated probabilities of the intents, 0 to 1, in the order of Model.Labels.
type Scores [mostLabels]float32

// Score says how likely each intent is, in any part of an utterance. It accepts any text and allocates nothing. It is
// false for a text without a word that was ever seen, of which nothing can be said.
func (m *Model) Score(text string, out *Scores) bool {
	if !m.Sums(text, out) {
		return false
	}
	for l := range m.labels {
		out[l] = m.labels[l].probability(out[l])
	}
	return true
}

// Sums is Score before calibration: the largest sum of weights that any clause has for each intent.
func (m *Model) Sums(text string, out *Scores) bool {
	var words [mostWords]word
	var parts [mostClauses]clause
	ws := words[:split(text, m.kin, &words)]
	any := false
	for _, c := range parts[:clauses(ws, &parts)] {
		var sums Scores
		n := m.sum(text, ws, c, &sums)
		if n == 0 {
			continue
		}
		for l := range m.labels {
			if s := sums[l]; !any || s > out[l] {
				out[l] = s
			}
		}
		any = true
	}
	return any
}

// sum adds up the weights of a clause's features for every label, and says how many features were known.
func (m *Model) sum(text string, words []word, c clause, sums *Scores) int {
	var units [mostLabels]int32
	n, labels := 0, len(m.labels)
	eachFeature(text, words, c.from, c.to, func(f feature) {
		i := m.find(f.id)
		if i < 0 {
			return
		}
		n++
		for l, w := range m.weights[i*labels : (i+1)*labels] {
			units[l] += int32(w)
		}
	})
	if n == 0 {
		return 0
	}
	norm := norm(n)
	for l := range m.labels {
		sums[l] = float32(units[l])*m.labels[l].Scale*norm + m.labels[l].Bias
	}
	return n
}

// norm keeps long clauses from being surer than short ones only for having more features.
func norm(features int) float32 { return float32(1 / math.Sqrt(float64(features))) }

func (l *Label) probability(sum float32) float32 {
	return float32(1 / (1 + math.Exp(-float64(l.Slope*sum+l.Offset))))
}

// Reason is a word that spoke for an intent.
type Reason struct {
	From, To int     // bytes of the text
	Weight   float64 // its share of what the clause says for the intent, 0 to 1
}

// Why gives the words that spoke most for an intent, at most most of them, as they stand in the text.
func (m *Model) Why(text, label string, most int) []Reason {
	l := slices.IndexFunc(m.labels, func(l Label) bool { return l.Name == label })
	if l < 0 {
		return nil
	}
	var words [mostWords]word
	var parts [mostClauses]clause
	ws := words[:split(text, m.kin, &words)]
	var at clause
	top := float32(math.Inf(-1))
	for _, c := range parts[:clauses(ws, &parts)] {
		var sums Scores
		if m.sum(text, ws, c, &sums) > 0 && sums[l] > top {
			top, at = sums[l], c
		}
	}
	var by [mostWords]int32
	eachFeature(text, ws, at.from, at.to, func(f feature) {
		i := m.find(f.id)
		if i < 0 {
			return
		}
		w := 2 * int32(m.weights[i*len(m.labels)+l])
		if f.first != f.last {
			w /= 2 // a pair counts half for each
		}
		by[f.first] += w
		if f.last != f.first {
			by[f.last] += w
		}
	})
	total := 0.0
	var out []Reason
	for i := at.from; i < at.to; i++ {
		if by[i] > 0 {
			total += float64(by[i])
			out = append(out, Reason{From: ws[i].from, To: ws[i].to, Weight: float64(by[i])})
		}
	}
	slices.SortStableFunc(out, func(a, b Reason) int { return cmp.Compare(b.Weight, a.Weight) })
	out = out[:min(len(out), most)]
	for i := range out {
		out[i].Weight /= total
	}
	slices.SortFunc(out, func(a, b Reason) int { return cmp.Compare(a.From, b.From) })
	return out
}
