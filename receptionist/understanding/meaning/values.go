package meaning

// GroupKind is how a group of digits was said.
type GroupKind uint8

// The kinds of group.
const (
	Unit     GroupKind = iota + 1 // "seven"
	Teen                          // "seventeen"
	Ten                           // "seventy"
	Oh                            // "oh"
	Figures                       // written in figures
	Hundred                       // "hundred"
	Thousand                      // "thousand"
	Double                        // "double"
	Triple                        // "triple"
)

// Group is one number word or one run of figures.
type Group struct {
	Kind GroupKind
	N    int    // its value; 100 for "hundred"
	Text string // Figures: as written
}

// Number is a whole number.
type Number struct {
	N       int
	Figures bool // written in figures
	Width   int  // Figures: how many
}

// Ordinal is "third", "3rd", "twenty third".
type Ordinal struct{ N int }

// Digits are digit groups put together as a telephone number, house number or ZIP is read: "eighteen forty two"
// is 1842.
type Digits struct {
	Text string
	// Apart is the other reading, where one word can be two groups: "sesenta y seis cero ocho" is 6608, or 60608.
	Apart string
}

// Spelling is letters said one by one.
type Spelling struct{ Text string }

// Respelling says how one letter of a name is written: "with a k" is once, "with two l's" twice, "without an h" not at
// all; -1 is only once ("with one l").
type Respelling struct {
	Letter string
	Times  int
}

// Street is a street line.
type Street struct {
	Line   string
	Number bool // it begins with a house number
	Kind   bool // it has a word such as street or avenue
	Dir    bool // it has a direction
	Turned bool // it was said in another order than it is written: "calle clark 2145"
}

// Name is a person's name.
type Name struct {
	Text  string
	Cue   NameCue
	Part  NamePart
	Other bool // someone else's: "the tenant's name is ..."
}

// NameCue is how clearly the words said that a name follows.
type NameCue uint8

// The cues, from weak to strong.
const (
	WeakCue   NameCue = iota + 1 // "it's", "i'm"
	FairCue                      // "this is"
	StrongCue                    // "my name is"
)

// NamePart is which part of a name was given.
type NamePart uint8

// The parts.
const (
	WholeName NamePart = iota
	FirstPart
	LastPart
)

// Hit is evidence for an intent.
type Hit struct {
	Intent string
	Weight float64 // 0 to 1
}

// Reply is evidence for a yes or a no.
type Reply struct {
	Yes    bool
	Weight float64
	Done   bool // "that's all": nothing more is wanted; with Yes, so only where no yes or no was asked for
	// Neither: the words look like an answer and are none ("great, just great").
	Neither bool
}

// Concept is an idea that words of a trade stand for: "leak", "water heater".
type Concept struct{ ID string }

// Pick is a choice among offers.
type Pick struct {
	Nth int // 1 for the first; -1 the last; 0 see below
	How PickHow
}

// PickHow is how a choice was expressed where not by number.
type PickHow uint8

// The ways.
const (
	ByNumber PickHow = iota
	ThatOne
	EarliestOne
	LatestOne
	MiddleOne // of three
	EitherOne
	NoneOfThem
)
