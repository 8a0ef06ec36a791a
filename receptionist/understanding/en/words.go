package en

import (
	"embed"
	"sync"

	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

//go:embed data
var data embed.FS

var (
	files = rules.Data{Code: "en", FS: data}

	words = sync.OnceValue(func() *m.Words { return files.Words() })
	names = sync.OnceValue(func() *m.People { return files.Names() })
)
