package trades

import (
	"bytes"
	"embed"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed *.yaml
var files embed.FS

// Library is all packs together.
type Library struct {
	Packs    []*Pack // by the name of the trade, the common one first
	Concepts map[string]Concept
	Urgency  map[string]Phrases
	Dangers  map[string]Danger
	Work     map[string]Phrases
}

// All is the library of the packs that are part of the program. A mistake in one is a bug, which the tests find.
var All = sync.OnceValue(func() *Library {
	l, err := Read(files)
	if err != nil {
		panic(fmt.Sprintf("business/trades: %v", err))
	}
	return l
})

// Read reads the packs of a folder. It refuses unknown keys, names that are given twice or not at all, and whatever
// else makes no sense, and says in which file.
func Read(folder fs.FS) (*Library, error) {
	names, err := fs.Glob(folder, "*.yaml")
	if err != nil {
		return nil, fmt.Errorf("looking for packs: %w", err)
	}
	l := &Library{Concepts: map[string]Concept{}, Urgency: map[string]Phrases{}, Dangers: map[string]Danger{}, Work: map[string]Phrases{}}
	for _, name := range names {
		p, err := readPack(folder, name)
		if err != nil {
			return nil, err
		}
		if err := l.add(p); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	slices.SortStableFunc(l.Packs, func(a, b *Pack) int {
		if (a.Trade == Common) != (b.Trade == Common) {
			if a.Trade == Common {
				return -1
			}
			return 1
		}
		return strings.Compare(a.Trade, b.Trade)
	})
	for _, p := range l.Packs {
		p.fill()
	}
	return l, l.check()
}

// fill puts in what may be left out.
func (p *Pack) fill() {
	for i := range p.Problems {
		x := &p.Problems[i]
		if x.Does == "" {
			x.Does = Repair
		}
		if x.Work == "" && len(p.Work) == 1 {
			for name := range p.Work {
				x.Work = name
			}
		}
	}
}

// Problem finds a problem by its id, or nil.
func (l *Library) Problem(id string) *Problem {
	for _, p := range l.Packs {
		if i := slices.IndexFunc(p.Problems, func(x Problem) bool { return x.ID == id }); i >= 0 {
			return &p.Problems[i]
		}
	}
	return nil
}

func readPack(folder fs.FS, name string) (*Pack, error) {
	data, err := fs.ReadFile(folder, name)
	if err != nil {
		return nil, fmt.Errorf("reading a pack: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(data))
	dec.KnownFields(true)
	p := new(Pack)
	if err := dec.Decode(p); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	if err := dec.Decode(new(yaml.Node)); err != io.EOF { //nolint:errorlint // the decoder gives io.EOF itself
		return nil, fmt.Errorf("%s: holds a second document", name)
	}
	if want := strings.TrimSuffix(path.Base(name), ".yaml"); p.Trade != want {
		return nil, fmt.Errorf("%s: trade is %q, but must be the file's name, %q", name, p.Trade, want)
	}
	return p, nil
}

// add puts a pack into the library; a name belongs to one pack.
func (l *Library) add(p *Pack) error {
	l.Packs = append(l.Packs, p)
	for _, err := range []error{
		join(l.Concepts, p.Concepts, "concept"), join(l.Urgency, p.Urgency, "urgency"),
		join(l.Dangers, p.Dangers, "danger"), join(l.Work, p.Work, "work"),
	} {
		if err != nil {
			return err
		}
	}
	return nil
}

func join[T any](into, from map[string]T, what string) error {
	for _, k := range slices.Sorted(maps.Keys(from)) {
		if _, again := into[k]; again {
			return fmt.Errorf("%s %q belongs to another pack already", what, k)
		}
		into[k] = from[k]
	}
	return nil
}
