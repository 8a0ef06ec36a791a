// Package forwarding catches calls on the number that customers know, where that is not one of our lines: which codes
// forward it to us, and the test that proves it.
//
// The test rings the number as a customer would, from one of our lines, and waits for the call to come in here. It is
// recognised by its caller id, which is ours, and is never taken for a customer's: it is turned away as busy, which also
// ends the call that we placed. That somebody or a voicemail picks up, that it rings out or is refused says that it is not
// forwarded. A watchdog repeats the test each week and tells the owner when it stops working, and when it works again.
package forwarding

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v4"

	"fixly/contact"
)

// Condition says which calls are forwarded.
type Condition string

// The conditions.
const (
	NoAnswer    Condition = "no_answer"
	Busy        Condition = "busy"
	Unreachable Condition = "unreachable" // the phone is off or out of reach
	Missed      Condition = "missed"      // the three above at once
	All         Condition = "all"
)

// Conditions lists them, the sensible first.
func Conditions() []Condition { return []Condition{Missed, NoAnswer, Busy, Unreachable, All} }

// Words says which calls those are, for the owner.
func (c Condition) Words() string {
	switch c {
	case NoAnswer:
		return "Calls you don't answer"
	case Busy:
		return "Calls while you are on the phone"
	case Unreachable:
		return "Calls while the phone is off or out of reach"
	case Missed:
		return "All three of these: unanswered, busy, out of reach"
	}
	return "All calls, without your phone ringing"
}

// Code switches a forwarding on and off.
type Code struct {
	On, Off string // as dialled, see For
}

// Carrier is who carries a phone, and its codes.
type Carrier struct {
	Key     string
	Name    string
	Codes   map[Condition]Code
	Note    string
	Sources []string
}

//go:embed carriers.yaml
var file []byte

var parsed = sync.OnceValue(func() []Carrier {
	var out []Carrier
	if err := yaml.Unmarshal(file, &out); err != nil {
		panic("forwarding: carriers.yaml is wrong: " + err.Error()) // a build that can't be; a test reads it
	}
	return out
})

// Carriers lists who carries phones.
func Carriers() []Carrier { return slices.Clone(parsed()) }

// CarrierByKey finds one; nil for none.
func CarrierByKey(key string) *Carrier {
	for _, c := range parsed() {
		if c.Key == key {
			return &c
		}
	}
	return nil
}

// For is the code that forwards to a number of ours (E.164, of the North American plan); false where the carrier has none
// for the condition.
func (c *Carrier) For(when Condition, line string) (Code, bool) {
	code, ok := c.Codes[when]
	ten := strings.TrimPrefix(line, "+1")
	if !ok || len(ten) != 10 {
		return Code{}, false
	}
	r := strings.NewReplacer("{10}", ten, "{11}", "1"+ten)
	return Code{On: r.Replace(code.On), Off: r.Replace(code.Off)}, true
}

// Dial is a link that dials a code on a phone.
func Dial(code string) string { return "tel:" + strings.ReplaceAll(code, "#", "%23") }

// Warning is what everybody has to know before dialling.
const Warning = "Carriers differ, even from plan to plan: listen for the confirmation after each code, then run the test below. Voicemail of the phone must be off or ring later than the forwarding, or it takes the calls first."

// LoopWarning is what is said where all calls are forwarded and that phone is rung for callers, too; empty where it is not.
func LoopWarning(all bool, number string, rung []string) string {
	if !all || !slices.Contains(rung, number) {
		return ""
	}
	return fmt.Sprintf("All calls to %s are forwarded here, and the same phone is rung for callers: such a call would come straight back. It is turned away, so nobody reaches that phone. Forward only the calls you miss, or take the phone out of the answering chain.", contact.National(number))
}
