package simulate

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"fixly/receptionist/understanding"
)

// ask is what a listener thinks that they were asked.
type ask string

// What can be asked.
const (
	askNothing     ask = ""
	askProblem     ask = "problem"
	askWhich       ask = "which of these"
	askTriage      ask = "is it that bad"
	askFee         ask = "fee"
	askWhen        ask = "when"
	askChoice      ask = "which time"
	askName        ask = "name"
	askLastName    ask = "last name"
	askPhone       ask = "phone"
	askPhoneSame   ask = "this number?"
	askAddress     ask = "address"
	askAddressSame ask = "same address?"
	askZIP         ask = "zip"
	askReadBack    ask = "is that right"
	askChange      ask = "what is wrong"
	askOfferMsg    ask = "take a message?"
	askOfferBook   ask = "book a visit?"
	askGoOn        ask = "go on?"
	askMessage     ask = "what message"
	askWhichJob    ask = "which visit"
	askCancelSure  ask = "cancel it?"
	askMoveInstead ask = "move instead?"
	askOut         ask = "are you out"
	askElse        ask = "anything else"
	askForeign     ask = "a foreign language"
	askOther       ask = "something else" // a question that is none of these
)

// heard is what a listener makes of a reply.
type heard struct {
	ask     ask
	text    string
	keypad  bool // one may type
	offers  []offer
	booked  bool // it is said that something is booked, moved or cancelled
	bye     bool
	foreign bool // it is in a language that the listener does not speak
	cannot  bool // it is said that what was wished can't be had
}

// hearing is a pattern of a question, in small letters. The first that fits counts, so the more particular come first.
type hearing struct {
	ask ask
	re  *regexp.Regexp
}

func hear(a ask, pattern string) hearing { return hearing{a, regexp.MustCompile(pattern)} }

// english are the ways in which questions may be put, wider than any one receptionist's wording: what a listener
// catches on.
var english = []hearing{
	hear(askWhich, `\bor something else|\bor is it something else|which (is it|of|kind|one of)|closest to`),
	hear(askElse, `(anything|something) (else|more)|what else`),
	hear(askCancelSure, `\b(shall|should|want|like|do you|still|sure)\b.*\bcancel|cancel (it|that|the visit|this|them)\b|cancel\?`),
	hear(askWhichJob, `which (visit|one is it about|appointment|job)|which one (is it|do you mean)|do you mean`),
	hear(askReadBack, `(is|was) (that|this|all that|everything) (all )?(right|correct|good)|all good|\bcorrect\?|sound right|did i get (that|it) right|have i got that`),
	hear(askChange, `what (should|can|shall) i (change|fix)|which part|what's (not right|wrong|off)|what (is|needs) (wrong|changing)`),
	hear(askOut, `\b(get|got|go|are you|everyone|everybody).*\bout(side)?\b`),
	hear(askFee, `\b(fee|after.hours|extra|adds|charge)\b.*\b(okay|ok|all right|alright|fine|go ahead)\b|(okay|ok|all right|alright) with (that|the)`),
	hear(askPhoneSame, `number (that )?you'?(re| are) (calling|texting|writing) (from|on)|(calling|texting|writing) from.*(best|number|good)|(reach|call|text) you (back )?(at|on) this|this (same )?number|same number`),
	hear(askZIP, `\bzip\b`), // an address with its ZIP code is one question, see below
	hear(askAddressSame, `\bagain\?|same (address|place)|still (for|at|live|in)|come to [0-9a-z]`),
	hear(askAddress, `\baddress\b|house number|what street|which street|where (should|do|shall|is|will|would) (we|it|they|the)|where are you`),
	hear(askName, `(first and last|full|first) name`),
	hear(askLastName, `last name`),
	hear(askName, `\bname\b|who (am i|is this|should|shall i)`),
	hear(askMessage, `what (would you like me to|should i|can i|shall i|do you want me to|message)\b.*(tell|pass|give|message|say)|what('s| is) the message|what is it about|what message`),
	hear(askGoOn, `go ahead and book|book, or take|go on with|book the visit for you|still book`),
	hear(askOfferMsg, `(take|leave|pass|give) (a|on a|them a|him a|her a|that|along)? ?(message|note)|message (on|for|to)|(call|get back to) you\?|have \w+( \w+)? call`),
	hear(askMoveInstead, `(another|different|new|other) (day|time)|move it|rather move|moved instead`),
	hear(askOfferBook, `(shall|should|can|may) i (book|schedule|put|set)|(book|schedule|set up|arrange) (a|that|the|it|you|someone|an)\b.*|get (you|that|it|someone) (on the|scheduled|booked|out)`),
	hear(askPhone, `(phone|best|good|callback|what|which|your|cell) ?number|number (to|can|should|is|reaches|for)|digits of your phone|number\?|reach you`),
	hear(askWhen, `what (day|time)|which day|when (would|works|is|are|can|do|should)|day and time|(another|other) day|how soon|morning or afternoon`),
	hear(askTriage, `^(is|are|do you (see|smell|have|hear|also)|does|did|has|have you)\b.*|is there\b|just to be sure|are there\b|can you (still )?(shut|turn|see|smell)`),
	hear(askProblem, `how can i help|what can (i|we) (help|do)|what('s| is) (going on|wrong|the (problem|trouble|matter))|what (needs|do you need|kind of|exactly|seems)|tell me|in a few words|what else can|describe|help you with`),
}

// hearEnglish makes of a reply what a listener would. Questions are looked for in the sentences that ask; where none
// does, times that are named are on offer.
func hearEnglish(text string, now time.Time) heard {
	low := strings.ToLower(text)
	h := heard{text: low, offers: readOffers(low, now)}
	h.keypad = strings.Contains(low, "keypad") || strings.Contains(low, "key in") || strings.Contains(low, "type ")
	h.booked = bookedRE.MatchString(low)
	h.bye = byeRE.MatchString(low)
	h.cannot = cannotRE.MatchString(low)
	question := ""
	for _, s := range splitSentences(low) {
		if strings.HasSuffix(s, "?") {
			question = s
		}
	}
	if question == "" {
		if len(h.offers) > 0 && !h.booked && !h.bye {
			h.ask = askChoice
		} else if i := strings.LastIndex(low, "please"); i >= 0 && !h.bye {
			question = low
		}
	}
	if question == "" {
		return h
	}
	offered := readOffers(question, now)
	// times named before the question are what it is about
	if len(h.offers) > 0 && !h.booked {
		switch {
		case matches(english, question, askReadBack, askCancelSure, askWhichJob, askElse):
		case choiceRE.MatchString(question), len(offered) > 0:
			h.ask = askChoice
			return h
		}
	}
	for _, k := range english {
		if !k.re.MatchString(question) {
			continue
		}
		h.ask = k.ask
		if k.ask == askZIP && (strings.Contains(question, "address") || strings.Contains(low, "street address") || strings.Contains(low, "where should we come")) {
			h.ask = askAddress
		}
		return h
	}
	h.ask = askOther
	return h
}

// matches says whether a question can be one of some kinds.
func matches(hearings []hearing, question string, kinds ...ask) bool {
	for _, k := range hearings {
		if slices.Contains(kinds, k.ask) && k.re.MatchString(question) {
			return true
		}
	}
	return false
}

var (
	bookedRE = regexp.MustCompile(`you're (booked|moved|all set|down)|it's (booked|moved)|is cancelled|are cancelled|we('ve| have) (booked|moved|cancelled)|booked,`)
	byeRE    = regexp.MustCompile(`goodbye|have a good|see you then|good ?bye`)
	cannotRE = regexp.MustCompile(`closed|booked up|is full|nothing is open|too soon|that soon|that far|our hours|we're open|don't work|nothing sooner|otherwise i have|beyond those|the others i have|was just taken|just went to|the earliest|the soonest`)
	choiceRE = regexp.MustCompile(`which|would you like|either|work|suit|sound|good for you|shall i|want|should it be|put you down|any of|do you|like one|that one`)
)

// splitSentences cuts a text after each mark that ends a sentence.
func splitSentences(text string) []string {
	var out []string
	start := 0
	for i := 0; i < len(text); i++ {
		if strings.IndexByte(".?!", text[i]) >= 0 && (i+1 == len(text) || text[i+1] == ' ') {
			out = append(out, strings.TrimSpace(text[start:i+1]))
			start = i + 1
		}
	}
	if rest := strings.TrimSpace(text[start:]); rest != "" {
		out = append(out, rest)
	}
	return out
}

// asAsked is what the receptionist says it asked for, in a listener's terms: for a question that the listener could
// not make out.
func asAsked(a string) ask {
	switch understanding.Asked(a) {
	case understanding.AskedProblem:
		return askProblem
	case understanding.AskedName:
		return askName
	case understanding.AskedPhone:
		return askPhone
	case understanding.AskedAddress:
		return askAddress
	case understanding.AskedWhen:
		return askWhen
	case understanding.AskedChoice:
		return askChoice
	case understanding.AskedConfirm:
		return askReadBack
	case understanding.AskedMessage:
		return askMessage
	case understanding.AskedAnythingElse:
		return askElse
	}
	return askNothing
}

// agrees says whether what a listener understood fits what the receptionist meant to ask.
func agrees(h ask, asked string) bool {
	switch understanding.Asked(asked) {
	case understanding.AskedNothing:
		return true
	case understanding.AskedProblem:
		return h == askProblem || h == askWhich || h == askOther || h == askElse || h == askTriage
	case understanding.AskedName:
		return h == askName || h == askLastName
	case understanding.AskedPhone:
		return h == askPhone || h == askPhoneSame
	case understanding.AskedAddress:
		return h == askAddress || h == askZIP || h == askAddressSame
	case understanding.AskedWhen:
		return h == askWhen || h == askChoice
	case understanding.AskedChoice:
		return h == askChoice || h == askWhichJob
	case understanding.AskedMessage:
		return h == askMessage
	case understanding.AskedAnythingElse:
		return h == askElse
	case understanding.AskedConfirm:
		switch h {
		case askProblem, askName, askPhone, askAddress, askZIP, askWhen, askElse, askMessage:
			return false
		}
	}
	return h != askNothing
}
