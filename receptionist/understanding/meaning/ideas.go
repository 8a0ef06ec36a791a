package meaning

// Ideas tells how near the ideas of the trades are to each other, and how much each tells about a problem.
type Ideas struct {
	Weight map[string]float64
	Action map[string]bool // tells a service only together with a thing or a trouble
	Aside  map[string]bool // belongs to questions, not to problems
	// Trouble is what is wrong with a thing, as opposed to the thing.
	Trouble map[string]bool
	Hides   map[[2]string]bool // {outer, inner}: the inner idea doesn't count inside the words of the outer

	index map[string]int
	near  []float32 // a square: how near two ideas are, by their indices
}

// SetNear takes down which ideas there are and how near they are to each other, 0 to 1; it holds both ways.
func (i *Ideas) SetNear(ids []string, like map[[2]string]float64) {
	i.index, i.near = make(map[string]int, len(ids)), make([]float32, len(ids)*len(ids))
	for n, id := range ids {
		i.index[id] = n
		i.near[n*len(ids)+n] = 1
	}
	for pair, v := range like {
		a, okA := i.index[pair[0]]
		b, okB := i.index[pair[1]]
		if !okA || !okB || a == b {
			continue
		}
		for _, at := range [...]int{a*len(ids) + b, b*len(ids) + a} {
			i.near[at] = max(i.near[at], float32(v))
		}
	}
}

// Len is how many ideas there are.
func (i *Ideas) Len() int { return len(i.index) }

// Index is the number of an idea, from 0; -1 for what is none.
func (i *Ideas) Index(id string) int {
	if n, ok := i.index[id]; ok {
		return n
	}
	return -1
}

// Row tells how near each idea is to one, 0 to 1, by their numbers. It must not be changed.
func (i *Ideas) Row(n int) []float32 { return i.near[n*len(i.index) : (n+1)*len(i.index)] }
