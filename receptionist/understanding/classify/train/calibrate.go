package main

import "math"

// point is a sum of weights that a model gave for a text that it had not learned, and whether the text has the label.
type point struct {
	sum float64
	has bool
}

// platt finds the slope and the offset that make sums probabilities (Platt 1999): logistic regression on the one
// number, by Newton's method with halved steps. The targets are drawn in a little, so that a clean separation does not make it certain.
func platt(points []point) (slope, offset float64) {
	pos, neg := 0.0, 0.0
	for _, p := range points {
		if p.has {
			pos++
		} else {
			neg++
		}
	}
	slope, offset = 1, math.Log((neg+1)/(pos+1))*-1
	if pos == 0 || neg == 0 {
		return slope, offset
	}
	yes, no := (pos+1)/(pos+2), 1/(neg+2)
	loss := func(slope, offset float64) float64 {
		sum := 0.0
		for _, p := range points {
			t := no
			if p.has {
				t = yes
			}
			z := float64(slope*p.sum) + offset
			// -t·log(q) - (1-t)·log(1-q), in the form that does not overflow
			sum += max(z, 0) - float64(z*t) + math.Log1p(math.Exp(-math.Abs(z)))
		}
		return sum
	}
	const steps = 100
	at := loss(slope, offset)
	for range steps {
		var g1, g2, h12 float64
		h11, h22 := 1e-9, 1e-9
		for _, p := range points {
			t := no
			if p.has {
				t = yes
			}
			q := sigmoid(float64(slope*p.sum) + offset)
			d, v := q-t, float64(q*(1-q))
			g1 += float64(d * p.sum)
			g2 += d
			h11 += float64(float64(v*p.sum) * p.sum)
			h12 += float64(v * p.sum)
			h22 += v
		}
		det := float64(h11*h22) - float64(h12*h12)
		da := (float64(h22*g1) - float64(h12*g2)) / det
		db := (float64(h11*g2) - float64(h12*g1)) / det
		step, better := 1.0, false
		for range 30 { // a step too far is halved
			if l := loss(slope-float64(step*da), offset-float64(step*db)); l < at {
				slope, offset, at, better = slope-float64(step*da), offset-float64(step*db), l, true
				break
			}
			step /= 2
		}
		if !better {
			break
		}
	}
	return slope, offset
}

// bands gather probabilities by tenths, to see whether they come true as often as they say.
type bands struct{ n, sum, has [10]float64 }

func (b *bands) add(p float64, has bool) {
	i := min(int(p*10), 9)
	b.n[i]++
	b.sum[i] += p
	if has {
		b.has[i]++
	}
}

// error is how far off the probabilities are on average (the expected calibration error).
func (b *bands) error() float64 {
	off, n := 0.0, 0.0
	for i := range b.n {
		off += math.Abs(b.sum[i] - b.has[i])
		n += b.n[i]
	}
	return off / max(n, 1)
}
