// Package es is Spanish. So far it tells Spanish from other languages; its rules go beside this file, over the same
// engine and the same meanings as English.
package es

import (
	_ "embed"
	"strings"
	"sync"
)

//go:embed data/function.txt
var functionWords string

// Function are words that tell Spanish apart from English.
var Function = sync.OnceValue(func() map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(functionWords) {
		out[w] = true
	}
	return out
})
