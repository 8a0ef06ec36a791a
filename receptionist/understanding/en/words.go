package en

import (
	"embed"
	"fmt"
	"sync"

	"go.yaml.in/yaml/v4"

	m "fixly/receptionist/understanding/meaning"
)

//go:embed data
var data embed.FS

// load reads a file of data. The files are part of the program, so a mistake in one is a bug; tests load them all.
func load(name string, into any) {
	b, err := data.ReadFile("data/" + name)
	if err == nil {
		err = yaml.Unmarshal(b, into)
	}
	if err != nil {
		panic(fmt.Sprintf("understanding/en: data/%s: %v", name, err))
	}
}

func set(words []string) map[string]bool {
	out := make(map[string]bool, len(words))
	for _, w := range words {
		out[w] = true
	}
	return out
}

// words are the English classes of words.
var words = sync.OnceValue(func() *m.Words {
	var f map[string][]string
	load("words.yaml", &f)
	out, err := m.NewWords(f)
	if err != nil {
		panic(fmt.Sprintf("understanding/en: data/words.yaml: %v", err))
	}
	return out
})
