package grammar

// Cover picks the spans, out of those that want accepts, that explain the utterance best without overlapping:
// as many tokens as possible, with as few and as likely spans as possible. They come from left to right.
// Weigh gives a span's worth; nil stands for Worth.
func (c *Chart) Cover(want func(*Span) bool, weigh func(*Span) float64) []*Span {
	n := len(c.Tokens)
	best := make([]float64, n+1)
	pick := make([]*Span, n+1)
	for i := n - 1; i >= 0; i-- {
		best[i] = best[i+1]
		for _, s := range c.at[i] {
			if !want(s) {
				continue
			}
			w := Worth(s)
			if weigh != nil {
				w = weigh(s)
			}
			if w += best[s.To]; w > best[i] {
				best[i], pick[i] = w, s
			}
		}
	}
	var out []*Span
	for i := 0; i < n; {
		if s := pick[i]; s != nil {
			out = append(out, s)
			i = s.To
		} else {
			i++
		}
	}
	return out
}

// Worth is what a span adds to a cover: its length first, then its score; a small charge for each span makes one
// long reading better than two short ones.
func Worth(s *Span) float64 { return float64(s.Len())*10 + s.Score - 4 }
