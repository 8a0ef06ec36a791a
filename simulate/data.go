package simulate

import (
	"bytes"
	"embed"
	"fmt"
	"maps"
	"slices"
	"sync"

	"go.yaml.in/yaml/v4"
)

//go:embed data
var dataFiles embed.FS

// speech is what callers of one language say, from the files in data/.
type speech struct {
	problems
	talk  map[string][]string
	calls otherCalls
	faqs  map[string][]string
}

type problems struct {
	Problems  map[string][]string `yaml:"problems"`
	Frames    []string            `yaml:"frames"`
	Greetings []string            `yaml:"greetings"`
	Asks      []string            `yaml:"asks"`
	Stories   []string            `yaml:"stories"`
	After     []string            `yaml:"after"`
}

// otherCalls is what callers say who want something else than to book the usual job.
type otherCalls struct {
	Emergency map[string]struct {
		Say  []string `yaml:"say"`
		Fits []string `yaml:"fits"` // problems of business files, of which a service with any will do
	} `yaml:"emergency"`
	Danger        map[string][]string `yaml:"danger"`
	Reschedule    []string            `yaml:"reschedule"`
	Cancel        []string            `yaml:"cancel"`
	CancelInsist  []string            `yaml:"cancel_insist"`
	Status        []string            `yaml:"status"`
	Message       []string            `yaml:"message"`
	MessageWords  []string            `yaml:"message_words"`
	Person        []string            `yaml:"person"`
	Solicitor     []string            `yaml:"solicitor"`
	WrongNumber   []string            `yaml:"wrong_number"`
	JobSeeker     []string            `yaml:"job_seeker"`
	NotOffered    map[string][]string `yaml:"not_offered"`
	Complaint     []string            `yaml:"complaint"`
	Billing       []string            `yaml:"billing"`
	OutOfArea     []string            `yaml:"out_of_area"`
	Places        []string            `yaml:"places"`
	Tenant        []string            `yaml:"tenant"`
	TenantContact []string            `yaml:"tenant_contact"`
	Returning     []string            `yaml:"returning"`
	Hours         []string            `yaml:"hours"`
	Area          []string            `yaml:"area"`
	Robot         []string            `yaml:"robot"`
}

// people is who calls, and where they live.
type people struct {
	First    []string `yaml:"first"`
	Last     []string `yaml:"last"`
	Streets  []string `yaml:"streets"`
	Kinds    []string `yaml:"kinds"`
	Numbered []string `yaml:"numbered"`
}

// loaded reads the data once. What is wrong with it is a fault of the program, which a test finds.
var loaded = sync.OnceValues(func() (map[string]*speech, error) {
	out := map[string]*speech{}
	for _, lang := range []string{"en", "es"} {
		s := &speech{}
		for name, into := range map[string]any{
			"problems": &s.problems, "talk": &s.talk, "calls": &s.calls, "faqs": &s.faqs,
		} {
			if err := readData("data/"+lang+"/"+name+".yaml", into); err != nil {
				return nil, err
			}
		}
		out[lang] = s
	}
	return out, nil
})

var everybody = sync.OnceValues(func() (*people, error) {
	p := &people{}
	return p, readData("data/en/people.yaml", p)
})

func readData(name string, into any) error {
	raw, err := dataFiles.ReadFile(name)
	if err != nil {
		return fmt.Errorf("simulate: %w", err)
	}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("simulate: %s: %w", name, err)
	}
	return nil
}

// sorted are the keys of a map in a fixed order, so that chance falls the same way every time.
func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
