package simulate

import (
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// caller is one simulated caller: what they want, how they talk, and what they remember of the call.
type caller struct {
	r      *rand.Rand
	t      *tongue
	b      *business.Business
	s      *speech
	goal   Goal
	manner Manner
	facts  facts
	tenant facts // who lives there, for a landlord
	byText bool

	trouble trouble
	wish    wish
	own     *scheduling.Job // booked before under their number; nil: none
	about   string          // goal's own: the place, the message, the danger, the question
	answer  string          // what a question must be answered with

	style   digitStyle
	noise   noise
	now     time.Time
	rest    []string       // pieces of an utterance still to be said
	asked   map[ask]int    // how often each thing was asked
	wrong   map[string]int // how often each detail was misheard so far
	opened  bool
	told    map[string]bool // details given
	refused int
	quiet   int  // silences so far
	changed bool // changed their mind already
	offers  []offer
	// accepted is the time that was agreed on, as the caller heard it.
	accepted   *offer
	affirmed   bool // said yes to a read-back
	compromise bool // took a time that was not wished
	unclear    int  // replies that a listener could not make out
	gaveUp     string
}

// action is what a caller does next.
type action struct {
	say       string
	keys      string
	silent    bool
	hangUp    bool // after saying it
	interrupt bool // over the end of what was being said
}

// reachAt is the number that the visit is to be booked under.
func (c *caller) reachAt() string {
	if c.goal == Tenant {
		return c.tenant.Phone
	}
	return c.facts.Phone
}

// contactName is whose name the visit is under.
func (c *caller) contactName() string {
	if c.goal == Tenant && c.told["tenant"] {
		return c.tenant.name()
	}
	return c.facts.name()
}

// say takes one of the ways to say something, filling in what it is about.
func (c *caller) say(what string, about ...string) string {
	s := pick(c.r, c.s.talk[what])
	for _, a := range about {
		s = strings.Replace(s, "%s", a, 1)
	}
	return s
}

// patience bounds how often a caller answers the same question, and how many turns they stay on the line.
const (
	mostAsked = 5
	mostTurns = 45
)

// next decides what to do about a reply.
func (c *caller) next(h heard, asked string) action {
	if len(c.rest) > 0 {
		piece := c.rest[0]
		c.rest = c.rest[1:]
		return action{say: piece}
	}
	if !c.opened {
		c.opened = true
		return c.speak(c.opening())
	}
	if c.manner == Silent && c.quiet < 2 && !h.bye && chance(c.r, 0.25) {
		c.quiet++
		return action{silent: true}
	}
	if h.foreign && !h.bye {
		if c.asked[askForeign]++; c.asked[askForeign] <= mostAsked {
			return c.speak(c.inOwnLanguage())
		}
		c.gaveUp = "was not spoken to in their language"
		return action{say: c.say("never_mind"), hangUp: true}
	}
	if h.ask == askNothing && !h.bye && !agrees(h.ask, asked) {
		c.unclear++
		h.ask = asAsked(asked)
	} else if h.ask != askNothing && !agrees(h.ask, asked) {
		c.unclear++
	}
	if h.ask != askNothing {
		c.asked[h.ask]++
		if c.asked[h.ask] > mostAsked {
			c.gaveUp = "asked for " + string(h.ask) + " too often"
			return action{say: c.say("never_mind"), hangUp: true}
		}
	}
	if a, done := c.ownWay(h); done {
		return a
	}
	return c.respond(h)
}

// inOwnLanguage asks for it, or goes on in it.
func (c *caller) inOwnLanguage() string {
	if c.asked[askForeign]%2 == 1 {
		return c.say("in_spanish")
	}
	return c.problem()
}

// respond answers what was asked, as any caller does.
func (c *caller) respond(h heard) action {
	c.agree(h)
	wrong := c.mistakes(h)
	switch {
	case h.ask == askChoice:
		c.accepted = nil
		return c.speak(c.choose(h))
	case h.ask == askReadBack && len(wrong) == 0:
		if c.manner == ChangesMind && !c.changed && c.goal.Bookable() && c.goal != Emergency && chance(c.r, 0.5) {
			return c.speak(c.changeMind())
		}
		c.affirmed = true
		return c.speak(c.say("right"))
	case len(wrong) > 0 && h.ask != askChange && h.ask != askElse:
		return c.speak(c.correct(wrong[0]))
	}
	switch h.ask {
	case askProblem:
		if c.asked[askProblem] > 2 {
			return c.speak(c.trouble.problem)
		}
		return c.speak(c.problem())
	case askWhich:
		return c.speak(c.whichOf(h.text))
	case askTriage:
		if c.goal == Emergency {
			return c.speak(c.say("yes"))
		}
		return c.speak(c.say("none"))
	case askFee, askOfferBook, askGoOn:
		return c.speak(c.say("yes"))
	case askWhen:
		return c.speak(c.when())
	case askName:
		return c.speak(c.name())
	case askLastName:
		return c.speak(c.lastName())
	case askPhone:
		return c.phone(h)
	case askPhoneSame:
		if c.facts.From != "" && c.reachAt() == c.facts.From {
			return c.speak(c.say("same_number"))
		}
		return c.speak(c.say("other_number", c.number(c.reachAt(), "phone")))
	case askAddress:
		return c.address(h)
	case askAddressSame:
		return c.sameAddress(h)
	case askZIP:
		return c.zip(h)
	case askChange:
		if d := c.whatWasWrong(); d != "" {
			return c.speak(c.correct(d))
		}
		return c.speak(c.say("all_right"))
	case askOfferMsg, askMoveInstead:
		return c.speak(c.say("no"))
	case askMessage:
		return c.speak(c.problem())
	case askWhichJob:
		return c.speak(c.say("first"))
	case askCancelSure:
		return c.speak(c.say("no"))
	case askOut:
		return c.speak(c.say("yes"))
	case askElse:
		return c.speak(c.say("done"))
	case askOther:
		return c.speak(c.aside(h.text))
	case askReadBack, askChoice:
	case askNothing:
	}
	if h.bye {
		return action{hangUp: true}
	}
	if h.booked {
		return action{say: c.say("bye"), hangUp: true}
	}
	if strings.Contains(h.text, "ajá") || strings.Contains(h.text, "dígame") || strings.Contains(h.text, "go on") || strings.Contains(h.text, "mm-hm") || strings.Contains(h.text, "take your time") {
		return c.speak(c.goOn())
	}
	return c.speak(c.say("what"))
}

// agree takes a time that the receptionist settled on from what was wished, without its having been picked by name: a
// caller who hears what they asked for says nothing against it.
func (c *caller) agree(h heard) {
	if c.accepted == nil && len(h.offers) == 1 && h.ask != askChoice && h.ask != askWhichJob && h.ask != askCancelSure && c.wish.suits(h.offers[0]) {
		c.accepted = &h.offers[0]
	}
}

// speak says something in the caller's manner, through the line.
func (c *caller) speak(text string) action {
	a := action{}
	switch {
	case c.manner == Angry && !c.byText && chance(c.r, 0.25):
		text = c.say("curt") + " " + text
	case c.manner == Interrupts && chance(c.r, 0.5):
		a.interrupt = true
	case c.manner == Slow && len(c.rest) == 0 && len(strings.Fields(text)) > 7 && chance(c.r, 0.3):
		words := strings.Fields(text)
		at := c.pause(words)
		c.rest = append(c.rest, c.noise.garble(c.r, strings.Join(words[at:], " "), c.s.talk["fillers"]))
		text = strings.Join(words[:at], " ")
	}
	a.say = c.noise.garble(c.r, text, c.s.talk["fillers"])
	return a
}

// pause is where a slow speaker stops for so long that the recogniser takes the utterance for finished: not within a
// number, which has pauses of its own.
func (c *caller) pause(words []string) int {
	at := len(words)/2 + c.r.IntN(2)
	for at < len(words)-1 && (isDigitWord(words[at]) || isDigitWord(words[at-1])) {
		at++
	}
	return at
}

// goOn is what a caller says whom the receptionist waits for though they had finished.
func (c *caller) goOn() string {
	switch {
	case c.told["phone"] && !c.told["address"]:
		return c.number(c.reachAt(), "phone")
	case c.told["address"]:
		return c.fullAddress()
	}
	return c.say("thats_it")
}

// whatWasWrong is what a caller changes who is asked so: the first of what they corrected before, empty where nothing
// was wrong.
func (c *caller) whatWasWrong() string {
	for _, d := range []string{"phone", "zip", "street", "name", "time"} {
		if c.wrong[d] > 0 {
			return d
		}
	}
	return ""
}

// whichOf picks the service, or the thing, among those that were named; where it is none of them, it says the problem
// again.
func (c *caller) whichOf(text string) string {
	for _, s := range c.trouble.services {
		if strings.Contains(text, strings.ToLower(s)) {
			return strings.ToLower(s)
		}
	}
	sentences := splitSentences(text)
	for _, option := range optionRE.Split(sentences[len(sentences)-1], -1) {
		words := strings.Fields(marks.Replace(option))
		if len(words) == 0 || len(words) > 4 {
			continue
		}
		if thing := words[len(words)-1]; len(thing) > 3 && strings.Contains(c.trouble.problem, thing) {
			return strings.Join(words, " ")
		}
	}
	if c.asked[askWhich] > 1 && c.t.lang == "en" {
		return c.trouble.problem
	}
	return c.problem()
}

// optionRE parts what is named in a question.
var optionRE = regexp.MustCompile(`, (?:or |o |u )?| or | o |: `)

// aside answers a question that has nothing to do with the caller's facts.
func (c *caller) aside(question string) string {
	sentences := splitSentences(question)
	last := sentences[len(sentences)-1]
	first, _, _ := strings.Cut(last, " ")
	if slices.Contains([]string{"is", "are", "do", "does", "did", "has", "have", "can", "could", "will", "would", "was"}, first) {
		if c.goal == Emergency {
			return c.say("yes")
		}
		return c.say("none")
	}
	return c.say("unsure")
}
