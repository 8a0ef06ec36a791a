package es

import (
	"embed"
	"maps"
	"strings"
	"sync"

	"fixly/receptionist/understanding/en"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

//go:embed data
var data embed.FS

var (
	files = rules.Data{Code: "es", FS: data, Fold: normal}

	words = sync.OnceValue(func() *m.Words { return files.Words() })

	// names are those of Spanish speakers and those of everybody else in the country.
	names = sync.OnceValue(func() *m.People {
		own, all := files.Names(), en.Language().People
		maps.Copy(own.First, all.First)
		maps.Copy(own.Last, all.Last)
		return own
	})
)

// tells how much a word tells about being Spanish, see m.Language.
func tells(word string) int {
	p := plain(word)
	if word == "sí" {
		p = yes
	}
	switch {
	case words().Is(p, m.WFunction):
		return 2
	case words().Is(p, m.WCommon) || p != word || spanishEnding(p):
		return 1
	}
	return 0
}

// spanishEnding says whether a word ends as hardly any but Spanish ones do.
func spanishEnding(w string) bool {
	if len(w) < 6 || names().First[w] || names().Last[w] {
		return false
	}
	for _, end := range [...]string{"cion", "ciones", "aron", "ieron", "iendo", "ando", "amos", "emos", "aba", "aban", "dad", "mente"} {
		if strings.HasSuffix(w, end) {
			return true
		}
	}
	return false
}
