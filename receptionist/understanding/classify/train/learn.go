package main

import (
	"math"
	"math/rand/v2"
)

// How the weights are found: stochastic gradient descent with a rate of its own for each weight (AdaGrad), in an order
// that a seed fixes. A label's positives count several times, since there are twenty times as many negatives.
const (
	epochs    = 20
	rate      = 0.3
	decay     = 3e-4 // of the weights, against learning by heart
	positives = 3.0
	start     = 0.1
	seed      = 12
)

// learned is what was found for one label.
type learned struct {
	weights []float64
	bias    float64
}

// learn finds the weights of one label. Every product is rounded before it is added, so that no processor fuses the
// two and finds other weights than the rest.
func learn(examples []example, label, features int) learned {
	w, bias := make([]float64, features), 0.0
	g2, b2 := make([]float64, features), start
	for i := range g2 {
		g2[i] = start
	}
	rng := rand.New(rand.NewPCG(seed, uint64(label))) //nolint:gosec // training is to come out the same each time; nothing here is secret
	order := make([]int, len(examples))
	for i := range order {
		order[i] = i
	}
	for range epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, at := range order {
			e := &examples[at]
			y := e.targets[label]
			if y == unclear {
				continue
			}
			x := 1 / math.Sqrt(float64(len(e.features)))
			sum := 0.0
			for _, f := range e.features {
				sum += w[f]
			}
			sum = float64(sum*x) + bias
			g := sigmoid(sum) - float64(y)
			if y == has {
				g *= positives
			}
			b2 += float64(g * g)
			bias -= float64(rate * g / math.Sqrt(b2))
			gx := float64(g * x)
			for _, f := range e.features {
				d := gx + float64(decay*w[f])
				g2[f] += float64(d * d)
				w[f] -= float64(rate * d / math.Sqrt(g2[f]))
			}
		}
	}
	return learned{w, bias}
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }

// quantize rounds weights to whole units, and gives the unit.
func quantize(w []float64) (out []int8, unit float64) {
	top := 0.0
	for _, x := range w {
		top = max(top, math.Abs(x))
	}
	out = make([]int8, len(w))
	if top == 0 {
		return out, 1
	}
	unit = top / 127
	for i, x := range w {
		out[i] = int8(math.Round(x / unit))
	}
	return out, unit
}
