// Package terms puts what an owner writes in English into a business file (services, prices, conditions, trades) into
// another language, where its words are known. What is not known stays as the owner wrote it: a service by its own
// name is understood better than one that was guessed at.
package terms

import (
	"embed"
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"

	"go.yaml.in/yaml/v4"
)

//go:embed data/*.yaml
var files embed.FS

// list is the terms of one language, by their English in lower case.
type list struct {
	Whole      map[string]string `yaml:"whole"`
	Actions    map[string]string `yaml:"actions"`
	Before     map[string]string `yaml:"before"`
	Things     map[string]string `yaml:"things"`
	Trades     map[string]string `yaml:"trades"`
	Conditions map[string]string `yaml:"conditions"`
	Prices     [][2]string       `yaml:"prices"`
}

var lists = map[string]func() *list{"es": sync.OnceValue(func() *list { return read("es") })}

func read(language string) *list {
	var l list
	raw, err := files.ReadFile("data/" + language + ".yaml")
	if err == nil {
		err = yaml.Unmarshal(raw, &l)
	}
	if err != nil {
		// The lists are part of the program, and the tests read each of them.
		panic(fmt.Sprintf("terms: %s: %v", language, err))
	}
	return &l
}

func in(language string) *list {
	if l := lists[language]; l != nil {
		return l()
	}
	return nil
}

// Service is the name of a service in a language (ISO 639-1), in the middle of a sentence; name where it isn't known.
func Service(language, name string) string {
	if l := in(language); l != nil {
		if s := l.service(words(name)); s != "" {
			return s
		}
	}
	return name
}

func (l *list) service(name []string) string {
	whole := strings.Join(name, " ")
	if s := l.Whole[whole]; s != "" {
		return s
	}
	for n := min(len(name)-1, 2); n > 0; n-- {
		if end := l.Before[strings.Join(name[:n], " ")]; end != "" {
			if s := l.service(name[n:]); s != "" {
				return s + " " + end
			}
		}
	}
	for n := min(len(name)-1, 2); n > 0; n-- {
		split := len(name) - n
		action, thing := l.Actions[strings.Join(name[split:], " ")], l.thing(name[:split])
		if action != "" && thing != "" {
			return action + " " + thing
		}
	}
	return ""
}

// thing is a thing or two: "drain", "water heater", "drains and sewers".
func (l *list) thing(name []string) string {
	if s := l.Things[strings.Join(name, " ")]; s != "" {
		return s
	}
	for i, w := range name {
		if w == "and" && i > 0 && i < len(name)-1 {
			a, b := l.thing(name[:i]), l.thing(name[i+1:])
			if a != "" && b != "" {
				return a + " y " + b
			}
		}
	}
	return ""
}

// words are the words of a name in lower case; "&" is "and".
func words(name string) []string {
	name = strings.NewReplacer("&", " and ", ",", " ", "(", " ", ")", " ").Replace(strings.ToLower(name))
	return strings.Fields(name)
}

// Trade is the name of a trade or of its work, as the trade packs have it, in a language; name where it isn't known.
func Trade(language, name string) string {
	if l := in(language); l != nil {
		key := strings.Join(words(name), " ")
		if s := l.Trades[key]; s != "" {
			return s
		}
	}
	return name
}

// Condition is what a sign of an emergency asks for besides ("an infant or elderly person") in a language; the text as
// it is where one of its alternatives isn't known.
func Condition(language, text string) string {
	l := in(language)
	if l == nil {
		return text
	}
	var out []string
	for _, alt := range strings.Split(strings.ToLower(text), " or ") {
		w := words(alt)
		if len(w) > 1 && (w[0] == "a" || w[0] == "an" || w[0] == "any") {
			w = w[1:]
		}
		s := l.Conditions[strings.Join(w, " ")]
		if s == "" {
			return text
		}
		out = append(out, s)
	}
	return strings.Join(out, " o ")
}

// sums are what stays as it is in a price.
var sums = regexp.MustCompile(`\$\s?\d[\d,]*(?:\.\d\d)?`)

// Price is a price or a fee of the price list in a language, its sums untouched; the price as it is where one of its
// words isn't known.
func Price(language, price string) string {
	l := in(language)
	if l == nil {
		return price
	}
	found := sums.FindAllString(price, -1)
	s := sums.ReplaceAllString(strings.ToLower(price), "$")
	known := make([]bool, len(s)) // which bytes were put into the language already
	for _, p := range l.Prices {
		for from := 0; ; {
			i := strings.Index(s[from:], p[0])
			if i < 0 {
				break
			}
			i += from
			s, known, from = replace(s, known, i, p[0], p[1])
		}
	}
	for i, r := range s {
		if unicode.IsLetter(r) && !known[i] {
			return price
		}
	}
	for _, sum := range found {
		s = strings.Replace(s, "$", "\x00"+strings.TrimPrefix(sum, "$"), 1)
	}
	return strings.Join(strings.Fields(strings.ReplaceAll(s, "\x00", "$")), " ")
}

// replace puts to in place of from at i, unless that is within a word or was put into the language already, and says
// where to look on.
func replace(s string, known []bool, i int, from, to string) (string, []bool, int) {
	end := i + len(from)
	letter := func(i int) bool { return i >= 0 && i < len(s) && s[i] >= 'a' && s[i] <= 'z' }
	if letter(i-1) && letter(i) || letter(end-1) && letter(end) {
		return s, known, end
	}
	for j := i; j < end; j++ {
		if known[j] {
			return s, known, end
		}
	}
	marks := make([]bool, 0, len(s)+len(to)-len(from))
	marks = append(marks, known[:i]...)
	for j := range len(to) {
		marks = append(marks, to[j] != '$')
	}
	marks = append(marks, known[end:]...)
	return s[:i] + to + s[end:], marks, i + len(to)
}
