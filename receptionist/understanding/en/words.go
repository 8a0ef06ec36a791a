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

// Words are the English word lists.
var Words = sync.OnceValue(func() *m.Words {
	var f struct {
		Units, Pronouns, Small, Visits, Keeps, Common, Fillers, Function, Stop []string

		NotADay   []string `yaml:"not_a_day"`
		PastVerbs []string `yaml:"past_verbs"`
	}
	load("words.yaml", &f)
	return &m.Words{
		Units: set(f.Units), Pronouns: set(f.Pronouns), Small: set(f.Small), PastVerbs: set(f.PastVerbs), Visits: set(f.Visits), Keeps: set(f.Keeps),
		Common: set(f.Common), Fillers: set(f.Fillers), Function: set(f.Function), Stop: set(f.Stop), NotADay: set(f.NotADay),
	}
})
