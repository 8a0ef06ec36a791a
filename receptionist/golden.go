package receptionist

import "embed"

// GoldenFiles are the golden conversations of testdata/calls and the shops of testdata/businesses that some of them
// are held with. Package golden plays them; they are part of the program, so that an owner's change can be tried on
// all of them before it counts.
//
//go:embed testdata/calls/*.yaml testdata/businesses/*.yaml
var GoldenFiles embed.FS
