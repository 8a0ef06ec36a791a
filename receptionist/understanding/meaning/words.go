package meaning

// Words are the word lists of a language that the parts shared by all languages consult.
type Words struct {
	Units     map[string]bool // what makes a number before it no clock time: "inches", "gallons"
	NotADay   map[string]bool // what makes an ordinal before it no date: "first floor", "first one"
	Pronouns  map[string]bool // "that", "it": in "that doesn't work" no day is meant
	Small     map[string]bool // words that carry no meaning of their own: articles, prepositions
	PastVerbs map[string]bool // "started", "quit": a time after them is no wish
	Visits    map[string]bool // "appointment": a time with it can be that of a visit booked already
	Keeps     map[string]bool // "keep", "leave": the time after them stays as it is
	Common    map[string]bool // everyday words, which are not names of people or streets
	Fillers   map[string]bool // "um", "uh"
	Function  map[string]bool // words that tell the language apart from others
	Stop      map[string]bool // words without weight when phrases are compared
}
