package trades

import "slices"

// Languages are those that words can be given in, by their two letters of ISO 639-1.
func Languages() []string { return []string{"en", "es"} }

// Common is the name of the pack that all trades share.
const Common = "common"

// Pack is one file: a trade, or what all share.
type Pack struct {
	Trade    string             `yaml:"trade"`
	Name     Text               `yaml:"name"`
	Concepts map[string]Concept `yaml:"concepts"`
	Problems []Problem          `yaml:"problems"`
	Urgency  map[string]Phrases `yaml:"urgency"`
	Dangers  map[string]Danger  `yaml:"dangers"`
	Work     map[string]Phrases `yaml:"work"`
}

// Text is one text in each language.
type Text map[string]string

// In is the text in a language, or in English where that language has none.
func (t Text) In(language string) string {
	if s, ok := t[language]; ok {
		return s
	}
	return t["en"]
}

// Phrases are several phrases in each language: patterns for what is heard, sentences for what is said.
type Phrases map[string][]string

// Concept is an idea that words stand for. The fields are explained in the package's description.
type Concept struct {
	Call    Text               `yaml:"call"` // a thing, as it is named in a question: "the furnace"
	Does    string             `yaml:"does"` // the kind of work that an action stands for, one of Doings
	Step    string             `yaml:"step"` // the first step that fits an emergency with it, one of Steps
	Trouble bool               `yaml:"trouble"`
	Action  bool               `yaml:"action"`
	Aside   bool               `yaml:"aside"`
	Weight  float64            `yaml:"weight"` // 0 stands for 1
	Hides   []string           `yaml:"hides"`
	Like    map[string]float64 `yaml:"like"`
	Words   Phrases            `yaml:",inline"`
}

// Urgencies of what is said, by the keys of Pack.Urgency.
const (
	Emergency = "emergency"
	Urgent    = "urgent"
	Calm      = "calm"
)

// Kinds of work.
const (
	Repair   = "repair"
	Install  = "install"
	Replace  = "replace"
	Estimate = "estimate"
	Inspect  = "inspect"
	Maintain = "maintain"
)

// Doings are the kinds of work.
func Doings() []string { return []string{Repair, Install, Replace, Estimate, Inspect, Maintain} }

// Kinds of danger: each has fixed words of its own, which are said at once.
const (
	KindGas      = "gas"      // fire and explosion: get out, 911 or the gas company
	KindMonoxide = "monoxide" // get out, 911
	KindElectric = "electric" // keep away, power off if it is safe, 911 if there is fire
	KindWater    = "water"    // water near electricity: stay out of it
	KindSpring   = "spring"   // a loaded garage door: nobody touches it
	KindPerson   = "person"   // somebody is locked in: 911
	KindFall     = "fall"     // stay off the roof, keep clear of what may come down
)

// Kinds are the kinds of danger.
func Kinds() []string {
	return []string{KindGas, KindMonoxide, KindElectric, KindWater, KindSpring, KindPerson, KindFall}
}

// Danger is something dangerous.
type Danger struct {
	Kind        string  `yaml:"kind"` // one of Kinds
	NeverBooked bool    `yaml:"never_booked"`
	Urgency     string  `yaml:"urgency"` // of a visit about it: Emergency, Urgent or empty
	Words       Phrases `yaml:",inline"`
}

// Problem is something that a trade is called for.
type Problem struct {
	ID      string     `yaml:"id"`
	About   [][]string `yaml:"about"` // concepts
	Said    Phrases    `yaml:"said"`  // further patterns that mean it
	Name    Text       `yaml:"name"`
	Thing   string     `yaml:"thing"`   // the concept that it happens to
	Does    string     `yaml:"does"`    // one of Doings; Repair if left out
	Work    string     `yaml:"work"`    // a name in Pack.Work; the only one of the pack if left out
	Urgency string     `yaml:"urgency"` // Emergency, Urgent or empty
	Step    string     `yaml:"step"`    // one of Steps, or empty
	Danger  string     `yaml:"danger"`  // a name in Pack.Dangers, or empty
	Ask     []Question `yaml:"ask"`
	Photo   bool       `yaml:"photo"` // a picture of it helps who comes to bring the right things
	Know    Phrases    `yaml:"know"`
}

// The vetted first steps.
const (
	StepElectric = "electric" // keep away, power off only if the panel is dry
	StepSewage   = "sewage"   // stop using water and drains
	StepHeat     = "heat"     // keep everyone warm in one room
	StepWater    = "water"    // shut off the main valve
)

// Steps are the vetted first steps; where several fit, the first one is said.
func Steps() []string { return []string{StepElectric, StepSewage, StepHeat, StepWater} }

// MostAsked is how many questions a problem has at most.
const MostAsked = 2

// Question is what to ask next about a problem.
type Question struct {
	ID      string              `yaml:"id"`
	Note    string              `yaml:"note"`    // English, for the technician and the owner
	Answers map[string][]string `yaml:"answers"` // by what is noted: concepts
	Raises  map[string]string   `yaml:"raises"`  // by what is noted: Emergency or Urgent
	Words   Phrases             `yaml:",inline"`
}

// YesNo says whether a question is answered by a yes or a no.
func (q *Question) YesNo() bool { _, ok := q.Answers["yes"]; return ok }

// Question finds a question by its id, or nil.
func (p *Problem) Question(id string) *Question {
	if i := slices.IndexFunc(p.Ask, func(q Question) bool { return q.ID == id }); i >= 0 {
		return &p.Ask[i]
	}
	return nil
}
