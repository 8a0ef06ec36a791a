package meaning

// Ideas tells how near the ideas of the trades are to each other, and how much each tells about a problem.
type Ideas struct {
	Weight map[string]float64
	Action map[string]bool // tells a service only together with a thing or a trouble
	Aside  map[string]bool // belongs to questions, not to problems
	// Trouble is what is wrong with a thing, as opposed to the thing.
	Trouble map[string]bool
	Hides   map[[2]string]bool // {outer, inner}: the inner idea doesn't count inside the words of the outer
	Like    map[[2]string]float64
}

// Near is how near two ideas are, 0 to 1.
func (i *Ideas) Near(a, b string) float64 {
	if a == b {
		return 1
	}
	return i.Like[[2]string{a, b}]
}
