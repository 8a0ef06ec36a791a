package main

import "slices"

// neutral are, for each intent, the files whose lines say nothing about it, because some of them have it, too, and are
// not marked: whoever reports a burst pipe also wants a visit.
var neutral = map[string][]string{
	"book":      {"emergency", "danger", "price", "complaint", "question"},
	"emergency": {"danger"},
	"question":  {"price", "job_seeker", "language", "wrong_number", "billing", "status"},
	"complaint": {"billing", "status"},
	"billing":   {"complaint"},
	"price":     {"billing"},
	"message":   {"person"},
	"goodbye":   {"cancel"},
}

// Targets of a line for a label.
const (
	lacks   int8 = 0
	has     int8 = 1
	unclear int8 = -1
)

func target(l *line, label string) int8 {
	switch {
	case slices.Contains(l.labels, label):
		return has
	case slices.Contains(neutral[label], l.file):
		return unclear
	}
	return lacks
}
