package business

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// unknownKey says that a key is not known, with the one that was probably meant or the ones there are.
func unknownKey[V any](key string, known map[string]V) string {
	names := slices.Sorted(maps.Keys(known))
	best, least := "", 3 // more than two slips of the pen is another word
	for _, n := range names {
		if d := distance(strings.ToLower(key), n); d < least {
			best, least = n, d
		}
	}
	if best != "" {
		return fmt.Sprintf("unknown key; did you mean %q?", best)
	}
	return "unknown key; known here: " + strings.Join(names, ", ")
}

// distance is the Levenshtein distance in bytes; long strings count as far apart.
func distance(a, b string) int {
	if len(a) > 40 {
		return len(a)
	}
	prev := make([]int, len(b)+1)
	for j := range prev {
		prev[j] = j
	}
	for i := range len(a) {
		diag := prev[0]
		prev[0] = i + 1
		for j := range len(b) {
			cost := diag
			if a[i] != b[j] {
				cost = 1 + min(diag, prev[j], prev[j+1])
			}
			diag, prev[j+1] = prev[j+1], cost
		}
	}
	return prev[len(b)]
}
