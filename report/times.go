package report

import (
	"slices"
	"time"
)

// Times are how long something took, over all the times it happened.
type Times struct {
	Count              int
	P50, P90, P99, Max time.Duration // zero where it never happened
}

// timesOf sorts them. A percentile is the smallest of them that so many per cent are no longer than (nearest rank).
func timesOf(all []time.Duration) Times {
	n := len(all)
	if n == 0 {
		return Times{}
	}
	slices.Sort(all)
	at := func(percent int) time.Duration { return all[(n*percent+99)/100-1] }
	return Times{Count: n, P50: at(50), P90: at(90), P99: at(99), Max: all[n-1]}
}
