package meaning

import (
	"errors"
	"fmt"
	"maps"
	"slices"
)

// Class is a class of words that the readers shared by all languages ask for. Each language says which words are in
// it (data/words.yaml); a class that a language has no use for is empty there.
type Class uint8

// The classes of words, with English examples.
const (
	// Words of any topic.
	WCommon     Class = iota // everyday words, which are not names of people or streets
	WStop                    // words without weight when phrases are compared
	WSmall                   // words that carry no meaning of their own: articles, prepositions
	WFiller                  // "um", "well", "hello"
	WHesitation              // those of them that are no words: "um"
	WFunction                // words that tell the language apart from others
	WPronoun                 // "that", "it": in "that doesn't work" no day is meant
	WDeterminer              // "the", "my": between a preposition and its thing
	WJoin                    // "and", "but": joins two thoughts
	WBecause                 // "because", "so": a thought that belongs to the one before
	WOr                      // "or", "and": joins two times
	WIs                      // "is", "was"
	WHave                    // "have"
	WMe                      // "me", "us"
	WOne                     // "one": in "the first one" no number
	WWith                    // "with": a word after it is no letter, as in "with a k"
	WFrom                    // "with", "from", "at": a name after it is rather a firm's
	WToward                  // "to", "until"
	WNear                    // "near", "under": a thing after it is only where something is
	WSubject                 // "i", "you": a verb after it asks nothing

	// Yes, no and what they are about.
	WNot          // "not"
	WDenies       // "not", "no", "never", "without"
	WNoDenial     // "only", "sure": "not only" denies nothing
	WAnswerNo     // "no" as an answer, which denies nothing where a statement follows
	WStatement    // "it", "there": begins a statement
	WThrough      // "any", "really": stands between a denial and what it denies
	WBeforeAnswer // "oh", "but", "i think": may stand before a yes or a no
	WHedge        // "why", "if": "why not monday" rules nothing out
	WSuits        // "works", "sounds"
	WOptOut       // "stop", alone in a text message

	// Questions and problems.
	WQuestion // "how", "what", "can": opens a question
	WWhy      // "why"
	WAskLead  // "much", "charge": between the start of a question and what is wrong
	WLead     // "i", "have", "my": before what is wrong
	WWork     // "fix", "install": "come out to fix" asks for no area
	WSmell    // "smell", "odor"

	// Times.
	WUnit     // what makes a number before it no clock time: "inches", "gallons"
	WNotADay  // what makes an ordinal before it no date: "first floor", "first one"
	WPastVerb // "started", "quit": a time after them is no wish
	WVisit    // "appointment": a time with it can be that of a visit booked already
	WKeep     // "keep", "leave": the time after them stays as it is
	WNumbered // "number", "option": a number after it counts
	WOn       // "on": a number after it is a day's
	WBetween  // "to", "or": between two numbers it makes them no hours yet
	WPlease   // "then", "please": may follow a time at the end

	// Numbers, names and places.
	WInNumber    // "area", "dash": between the groups of a number
	WLastName    // "last", "surname"
	WFirstName   // "first"
	WNamePrefix  // "o", of "o rourke"
	WParticle    // "de", "van": inside of a last name, which goes on after it
	WZIP         // "zip", "code"
	WZIPHere     // "is", "in": five digits after it can be a ZIP code
	WInAddress   // "in", "zip", "code": between the parts of an address
	WAddressLead // "it", "is", "live", "at": before an address
	WWeakUnit    // "room", "lot": a unit only where an address was asked for
	WBeforeCity  // "in", "from", "to"

	classes // how many, at most 64
)

var classNames = [classes]string{
	"common", "stop", "small", "fillers", "hesitations", "function", "pronouns", "determiners", "join", "because", "or", "is", "have", "me", "one", "with",
	"from", "toward", "near", "subjects",
	"not", "denies", "no_denial", "answer_no", "statement", "through_denial", "before_answer", "hedges", "suits", "opt_out",
	"question", "why", "ask_lead", "lead", "work", "smell",
	"units", "not_a_day", "past_verbs", "visits", "keeps", "numbered", "on", "between", "please",
	"in_numbers", "last_name", "first_name", "name_prefix", "name_particles", "zip", "zip_here", "in_addresses", "address_lead", "weak_units", "before_city",
}

// Words are a language's classes of words.
type Words struct{ of map[string]uint64 }

// NewWords makes the classes from their lists, by the names of data/words.yaml. A list that is missing or that no
// class is named for is an error.
func NewWords(lists map[string][]string) (*Words, error) {
	out := &Words{of: map[string]uint64{}}
	var wrong []error
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		c := slices.Index(classNames[:], name)
		if c < 0 {
			wrong = append(wrong, fmt.Errorf("no class of words is called %q", name))
			continue
		}
		for _, w := range lists[name] {
			out.of[w] |= 1 << c
		}
	}
	for _, name := range classNames {
		if _, ok := lists[name]; !ok {
			wrong = append(wrong, fmt.Errorf("the class of words %q is missing; it may be empty", name))
		}
	}
	return out, errors.Join(wrong...)
}

// Is says whether a word, in normal form, is in any of the classes.
func (w *Words) Is(word string, cs ...Class) bool {
	in := w.of[word]
	for _, c := range cs {
		if in&(1<<c) != 0 {
			return true
		}
	}
	return false
}
