package en

import (
	"embed"
	"strings"
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

// tells how much a word tells about being English, see m.Language.
func tells(word string) int {
	switch {
	case words().Is(word, m.WFunction):
		return 2
	case words().Is(word, m.WCommon):
		return 1
	case strings.IndexByte(word, '\'') > 0 && !names().Last[strings.ReplaceAll(word, "'", "")] && normalize(word) != nil: // "it's", but not O'Brien
		return 2
	}
	return 0
}
