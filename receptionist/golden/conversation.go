// Package golden plays golden conversations: what a caller says, turn by turn, and what must come of it, one text
// file each. They are the receptionist's tests, and what a changed business is tried on before it goes live.
package golden

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"strings"
	"sync"
	"time"

	"go.yaml.in/yaml/v4"

	"fixly/business"
	"fixly/consent"
	"fixly/demo"
	"fixly/receptionist"
	"fixly/scheduling"
)

// Conversation is a golden conversation: what is said, and what must come of it.
type Conversation struct {
	// Name is the name of its file, without the ending.
	Name string `yaml:"-"`
	// About says in a line what it shows.
	About string `yaml:"about"`
	// Business names the shop in testdata/businesses that is called; empty: the demo's.
	Business string `yaml:"business"`
	// Now is when it begins.
	Now time.Time `yaml:"now"`
	// From is the caller's number in E.164; empty: withheld.
	From string `yaml:"from"`
	// Attestation is the carrier's verdict on that number ("TN-Validation-Failed-C"); empty: none.
	Attestation string `yaml:"attestation"`
	// Channel is "call" or "text"; empty: call.
	Channel string `yaml:"channel"`
	// Recording is what the greeting says about the recording of the call, "announced" or "asked"; empty: nothing.
	Recording consent.Told `yaml:"recording"`
	// Jobs were booked before.
	Jobs   []Job  `yaml:"jobs"`
	Turns  []Turn `yaml:"turns"`
	Expect Expect `yaml:"expect"`
}

// Job is a job that was booked before the conversation.
type Job struct {
	Service    string    `yaml:"service"`
	StartsAt   time.Time `yaml:"starts_at"`
	Technician string    `yaml:"technician"`
	Name       string    `yaml:"name"`
	Phone      string    `yaml:"phone"` // empty: the number that the conversation is held from
	Line1      string    `yaml:"line1"`
	ZIP        string    `yaml:"zip"`
	// Status is the job's by now; empty: booked.
	Status scheduling.Status `yaml:"status"`
}

// Turn is something that the caller does, and what the reply to it must be like. What is empty is not looked at.
type Turn struct {
	Caller string `yaml:"caller"` // what is said; "{code}" stands for the code that was texted last, digit by digit
	Keys   string `yaml:"keys"`   // or pressed
	Event  string `yaml:"event"`  // or happens: silence, reconnected, person_gone

	Reason   string `yaml:"reason"`   // of the reply
	Asked    string `yaml:"asked"`    // by the reply
	Says     string `yaml:"says"`     // a pattern of the reply, letters of either case
	Never    string `yaml:"never"`    // a pattern that the reply must not match
	Transfer bool   `yaml:"transfer"` // the reply rings someone

	says, never *regexp.Regexp
}

// Expect is what must have come of a conversation.
type Expect struct {
	Job       *ExpectedJob `yaml:"job"`       // nil: none is booked
	Moved     string       `yaml:"moved"`     // the first of the earlier jobs begins then: "2026-11-24 08:00", the shop's zone
	Cancelled bool         `yaml:"cancelled"` // the first of the earlier jobs is off
	Outcome   string       `yaml:"outcome"`
	Alerts    int          `yaml:"alerts"`
	Told      string       `yaml:"told"`  // a pattern of what the owner is told at once; empty: nothing
	Codes     int          `yaml:"codes"` // texted
	Ended     bool         `yaml:"ended"`
	Recording string       `yaml:"recording"` // where the recording stands; empty: nothing was said about it
	Withdrawn string       `yaml:"withdrawn"` // what is not wanted any more: "call", "text", or "call text"
	Summary   string       `yaml:"summary"`   // a pattern

	summary, told *regexp.Regexp
}

// ExpectedJob is the job that must have been booked. What is empty is not looked at.
type ExpectedJob struct {
	Service  string `yaml:"service"`
	StartsAt string `yaml:"starts_at"` // "2026-11-24 08:00" in the shop's zone
	Name     string `yaml:"name"`
	Phone    string `yaml:"phone"`
	Line1    string `yaml:"line1"`
	ZIP      string `yaml:"zip"`
	Urgency  string `yaml:"urgency"`
	Status   string `yaml:"status"`
	Problem  string `yaml:"problem"` // a pattern

	problem *regexp.Regexp
}

// all reads the files that are part of the program, once.
var all = sync.OnceValues(func() ([]Conversation, error) {
	return Read(receptionist.GoldenFiles, "testdata/calls")
})

// All are the golden conversations that are part of the program, by name.
func All() ([]Conversation, error) {
	cs, err := all()
	return append([]Conversation(nil), cs...), err
}

// Read reads the golden conversations in a folder: every file that ends in .yaml, by name. A file that is wrong is an
// error that names it; all of them are told at once.
func Read(files fs.FS, dir string) ([]Conversation, error) {
	names, err := fs.Glob(files, path.Join(dir, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("look for conversations in %s: %w", dir, err)
	}
	if len(names) == 0 {
		return nil, fmt.Errorf("no conversations (*.yaml) in %s", dir)
	}
	out := make([]Conversation, 0, len(names))
	var wrong []error
	for _, name := range names {
		raw, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read a conversation: %w", err)
		}
		c, err := Parse(name, raw)
		if err != nil {
			wrong = append(wrong, err)
			continue
		}
		out = append(out, *c)
	}
	return out, errors.Join(wrong...)
}

// Parse reads one golden conversation from a file of that name. Unknown keys are refused.
func Parse(name string, raw []byte) (*Conversation, error) {
	c := &Conversation{Name: strings.TrimSuffix(path.Base(name), ".yaml")}
	dec := yaml.NewDecoder(bytes.NewReader(raw))
	dec.KnownFields(true)
	if err := dec.Decode(c); err != nil {
		return nil, fmt.Errorf("conversation %s: %w", name, err)
	}
	if err := c.prepare(); err != nil {
		return nil, fmt.Errorf("conversation %s: %w", name, err)
	}
	return c, nil
}

// prepare checks what the shape of the file does not, and compiles its patterns.
func (c *Conversation) prepare() error {
	var wrong []error
	pattern := func(key, p string) *regexp.Regexp {
		if p == "" {
			return nil
		}
		re, err := regexp.Compile("(?i)" + p)
		if err != nil {
			wrong = append(wrong, fmt.Errorf("%s: %w", key, err))
		}
		return re
	}
	if c.Now.IsZero() {
		wrong = append(wrong, errors.New("now: it has to say when it takes place"))
	}
	if len(c.Turns) == 0 {
		wrong = append(wrong, errors.New("turns: nothing is said in it"))
	}
	switch receptionist.Channel(c.Channel) {
	case "", receptionist.ByCall:
	case receptionist.ByText:
		if c.From == "" {
			wrong = append(wrong, errors.New("from: a text comes from somebody"))
		}
	default:
		wrong = append(wrong, fmt.Errorf("channel: %q is neither call nor text", c.Channel))
	}
	for i := range c.Turns {
		t := &c.Turns[i]
		t.says = pattern(fmt.Sprintf("turn %d says", i+1), t.Says)
		t.never = pattern(fmt.Sprintf("turn %d never", i+1), t.Never)
		switch receptionist.InputKind(t.Event) {
		case "", receptionist.Silence, receptionist.Reconnected, receptionist.PersonGone:
		default:
			wrong = append(wrong, fmt.Errorf("turn %d: no such event %q", i+1, t.Event))
		}
	}
	c.Expect.summary = pattern("expect summary", c.Expect.Summary)
	c.Expect.told = pattern("expect told", c.Expect.Told)
	if j := c.Expect.Job; j != nil {
		j.problem = pattern("expect job problem", j.Problem)
	}
	if (c.Expect.Moved != "" || c.Expect.Cancelled) && len(c.Jobs) == 0 {
		wrong = append(wrong, errors.New("jobs: none was booked before that could be moved or cancelled"))
	}
	return errors.Join(wrong...)
}

// Shop is the business that the conversation is held with, as its file has it.
func (c *Conversation) Shop() (*business.Business, error) {
	if c.Business == "" {
		return demo.Business(), nil
	}
	name := "testdata/businesses/" + c.Business + ".yaml"
	raw, err := fs.ReadFile(receptionist.GoldenFiles, name)
	if err != nil {
		return nil, fmt.Errorf("conversation %s: no shop %q: %w", c.Name, c.Business, err)
	}
	b, err := business.Parse(name, raw)
	if err != nil {
		return nil, fmt.Errorf("conversation %s: shop %q: %w", c.Name, c.Business, err)
	}
	return b, nil
}
