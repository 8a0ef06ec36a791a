package business

import (
	"fmt"
	"slices"
	"strings"
)

// Taught is a phrase that the owner taught the receptionist: when callers say this, they mean that.
type Taught struct {
	Say   string     `yaml:"say" json:"say"`     // as callers put it; letter case and punctuation make no difference
	Kind  TaughtKind `yaml:"kind" json:"kind"`   // what sort of thing it means
	Means string     `yaml:"means" json:"means"` // one of TaughtMeanings of that kind
}

// TaughtKind is a sort of meaning that a phrase can be taught to have.
type TaughtKind string

// The kinds of meaning.
const (
	TaughtService TaughtKind = "service" // the work that is wanted, by a service's name
	TaughtIntent  TaughtKind = "intent"  // what the caller wants of us
	TaughtAnswer  TaughtKind = "answer"  // a yes or a no to a question that was just asked
	TaughtUrgency TaughtKind = "urgency" // how pressing it is
)

// TaughtKinds lists the kinds, in the order in which they are shown.
func TaughtKinds() []TaughtKind {
	return []TaughtKind{TaughtService, TaughtIntent, TaughtAnswer, TaughtUrgency}
}

// TaughtMeanings lists what a phrase can mean, of one kind. Danger is no intent to be taught: what is dangerous is
// recognised by words that were vetted, and nothing that is taught takes anything away from that.
func (b *Business) TaughtMeanings(k TaughtKind) []string {
	switch k {
	case TaughtService:
		names := make([]string, len(b.Services))
		for i, s := range b.Services {
			names[i] = s.Name
		}
		return names
	case TaughtIntent:
		return []string{
			"book", "reschedule", "cancel", "status", "price", "person", "message", "complaint", "billing", "job_seeker", "solicitor",
			"wrong_number", "goodbye", "repeat",
		}
	case TaughtAnswer:
		return []string{"yes", "no"}
	case TaughtUrgency:
		return []string{"emergency", "urgent"}
	}
	return nil
}

// Limits of what is taught. A phrase of one short word would be met everywhere, and a whole story nowhere.
const (
	maxTaught      = 200
	maxTaughtWords = 12
	minTaughtChars = 4
)

func (c *checker) taught() {
	if len(c.b.Taught) > maxTaught {
		c.bad("taught", "holds %d phrases; at most %d are kept", len(c.b.Taught), maxTaught)
	}
	kinds := TaughtKinds()
	words := make([]string, len(kinds))
	for i, k := range kinds {
		words[i] = string(k)
	}
	first := map[string]int{}
	for i, t := range c.b.Taught {
		key := fmt.Sprintf("taught[%d]", i)
		c.oneOf(key+".kind", string(t.Kind), words...)
		if means := c.b.TaughtMeanings(t.Kind); slices.Contains(kinds, t.Kind) && !slices.Contains(means, t.Means) {
			c.badFor("services", key+".means", "must be %s, but is %s", strings.Join(means, " or "), quote(t.Means))
		}
		if !c.required(key+".say", t.Say) {
			continue
		}
		said := strings.Fields(fold(t.Say))
		switch phrase := strings.Join(said, " "); {
		case len(said) > maxTaughtWords:
			c.bad(key+".say", "has %d words; keep to those that matter, %d at most", len(said), maxTaughtWords)
		case len(phrase) < minTaughtChars:
			c.bad(key+".say", "%s is too short to mean one thing always", quote(t.Say))
		default:
			if j, again := first[phrase]; again {
				c.bad(key+".say", "%s is taught already by taught[%d]", quote(t.Say), j)
				continue
			}
			first[phrase] = i
		}
	}
}
