// Package demo is the business that Fixly shows itself with: Mike's Plumbing & Heating of Chicago, with numbers from
// the ranges reserved for fiction.
package demo

import (
	_ "embed"
	"sync"

	"fixly/business"
)

//go:embed mikes-plumbing.yaml
var file []byte

// FileName is the name of the demo's business file, as problems in it would name it.
const FileName = "mikes-plumbing.yaml"

// Slug identifies the demo business.
const Slug = "mikes-plumbing"

// File is the demo's business file. The caller may change the copy.
func File() []byte { return append([]byte(nil), file...) }

var parsed = sync.OnceValue(func() *business.Business {
	b, err := business.Parse(FileName, file)
	if err != nil {
		panic("demo: the embedded business file is wrong: " + err.Error()) // a build that can't be; a test parses it
	}
	return b
})

// Business is the demo business, without an ID. Each call gives a copy of its own, as the business file has it.
func Business() *business.Business { return parsed().Clone() }
