package understanding

import (
	"math"
	"strings"

	"fixly/receptionist/understanding/classify"
	m "fixly/receptionist/understanding/meaning"
)

// How the classifier is weighed against the rules: a logistic regression over both, fitted on the training lines, each
// with the probability by a model that had not seen it. docs/decisions/0012-classifier.md has the figures.
const (
	weighConstant = -0.36
	weighModel    = 0.99 // of the log odds that the classifier gives
	weighRule     = 0.61 // for any rule that fired
	weighScore    = 0.86 // of the log odds that the rules give
)

// The bounds of what the classifier may do.
const (
	strongRule   = 0.93 // rules this sure are not doubted below keepStrong
	keepStrong   = 0.65
	leastModel   = 0.12 // what it alone gives less for is left out
	mostAlone    = 0.88 // how sure it makes us of what no rule knows
	mostSuspects = 0.55 // and is no surer than this, which is less than the flow acts on
	sureToEnd    = 0.75 // a guess that ends a call takes more
	midCall      = -0.7 // in log odds: whoever was asked for something rather answers than wants something new
	atTheEnd     = 2.0  // asked whether there is anything else, people say goodbye
	mostRules    = 0.985
)

// weighClassifier lets what was learned from other callers raise and lower what the rules say.
func (u *utterance) weighClassifier() {
	model := u.l.model
	if model == nil || u.ctx.Asked == AskedMessage { // the words of a message are for whoever gets it
		return
	}
	var scores classify.Scores
	if !model.Score(u.text, &scores) {
		return
	}
	for l, label := range model.Labels() {
		i := Intent(label.Name)
		p, prior := float64(scores[l]), u.prior(i)
		if e := u.evidence[i]; e != nil && e.score > 0 {
			u.weighRule(i, e, logOdds(p)+prior)
			continue
		}
		odds := weighConstant + weighModel*(logOdds(p)+prior)
		if p = min(sigmoid(odds), mostAlone); p < leastModel {
			continue
		}
		switch i {
		case IntentDanger:
			if u.deniesDanger() {
				continue
			}
			p = min(p, mostSuspects)
		case IntentEmergency:
			p = min(p, mostSuspects)
		case IntentSolicitor, IntentWrongNum:
			if p < sureToEnd {
				p = min(p, mostSuspects) // who is told goodbye on a guess does not call again
			}
		case IntentGoodbye:
			if prior < 0 || u.ctx.Asked == AskedProblem {
				p = min(p, mostSuspects) // "thank you" in the middle of things ends nothing
			}
		}
		u.guess(i, p)
	}
}

// prior is what is known of an intent before a word is said, in log odds: by what was just asked.
func (u *utterance) prior(i Intent) float64 {
	switch u.ctx.Asked {
	case AskedName, AskedPhone, AskedAddress, AskedWhen, AskedChoice, AskedConfirm:
		return midCall
	case AskedAnythingElse:
		if i == IntentGoodbye {
			return atTheEnd
		}
	}
	return 0
}

// weighRule puts what the rules and the classifier say of an intent together. What the rules call a danger or an
// emergency stays one.
func (u *utterance) weighRule(i Intent, e *intentEvidence, odds float64) {
	was := e.score
	now := sigmoid(weighConstant + weighModel*odds + weighRule + weighScore*logOdds(was))
	switch {
	case i == IntentDanger || i == IntentEmergency:
		now = max(now, was)
	case was >= strongRule && !costly[i]:
		now = max(now, keepStrong)
	}
	now = min(now, mostRules)
	e.doubted = now < was-0.1
	e.agreed = odds > logOdds(sureToEnd)
	e.learned = now > was+0.05
	e.score, e.last = now, now
}

// costly are the intents that are dear to be wrong about, so that the classifier may talk us out of them however sure the
// rules are: "that's ridiculous, fine, send somebody" is no complaint, "my plumber cancelled on me" cancels nothing.
var costly = map[Intent]bool{
	IntentCancel: true, IntentReschedule: true, IntentStop: true, IntentComplaint: true, IntentBilling: true, IntentWrongNum: true,
	IntentJobSeeker: true,
}

// guess takes an intent from the classifier alone.
func (u *utterance) guess(i Intent, p float64) {
	if u.evidence == nil {
		u.evidence = map[Intent]*intentEvidence{}
	}
	u.evidence[i] = &intentEvidence{score: p, last: p, learned: true, guessed: true}
}

// deniesDanger says whether what could be dangerous is denied somewhere in the utterance: "no, no smell at all".
func (u *utterance) deniesDanger() bool {
	for i := range u.chart.Tokens {
		if u.denied(i) && (u.is(i, m.WSmell) || u.word(i) == "gas") {
			return true
		}
	}
	return false
}

// guessesGiveWay lowers what only the classifier thought of, where the utterance is understood as an answer to what
// was asked.
func (u *utterance) guessesGiveWay() {
	o := &u.out
	if o.ServiceScore >= leastService || o.NotOffered != "" || u.first(m.KOther) != nil {
		for i, e := range u.evidence {
			if share, ok := besideWork[i]; ok && e.guessed {
				e.score *= share
			}
		}
	}
	if e := u.evidence[IntentPrice]; e != nil && e.guessed && o.Topic == "duration" {
		e.score *= 0.5 // "¿cuánto tardan?"
	}
	strong := false
	for _, e := range u.evidence {
		strong = strong || !e.guessed && e.score >= strongRule
	}
	if strong { // what was said in so many words leaves less room for guesses
		for i, e := range u.evidence {
			if e.guessed && i != IntentDanger && i != IntentEmergency {
				e.score *= besideRule
			}
		}
	}
	answered := false
	switch u.ctx.Asked {
	case AskedName:
		answered = o.Name != ""
	case AskedPhone:
		answered = o.Phone != "" || o.SameNumber || o.Digits != ""
	case AskedAddress:
		answered = o.Address.Line1 != "" || o.Address.ZIP != "" || o.SameAddress
	case AskedWhen, AskedChoice:
		answered = !o.When.IsZero() || o.Choice != nil
	case AskedConfirm, AskedAnythingElse:
		answered = o.Answer != NoAnswer
	}
	if !answered {
		return
	}
	for i, e := range u.evidence {
		if e.guessed && i != IntentDanger && i != IntentEmergency && !(i == IntentGoodbye && u.ctx.Asked == AskedAnythingElse) {
			e.score *= giveWay
		}
	}
}

// besideWork is how much of a guess is left beside words for work that somebody wants done: "any day but monday" moves no
// visit, and "hello, is this the plumber?" is no wrong number.
var besideWork = map[Intent]float64{
	IntentReschedule: 0.6, IntentCancel: 0.75, IntentStatus: 0.75, IntentBilling: 0.75,
	IntentWrongNum: giveWay, IntentSolicitor: giveWay, IntentJobSeeker: giveWay, IntentStop: giveWay, IntentGoodbye: giveWay, IntentRepeat: giveWay,
}

// How much of a guess is left beside an answer to what was asked, and beside an intent that rules are sure of.
const (
	giveWay    = 0.6
	besideRule = 0.8
)

// mostReasons is how many words are given as reasons for what the classifier thinks.
const mostReasons = 3

// noteLearned records which words made the classifier think of an intent.
func (u *utterance) noteLearned(i Intent) {
	why := u.l.model.Why(u.text, string(i), mostReasons)
	if len(why) == 0 {
		return
	}
	words := make([]string, len(why))
	for k, r := range why {
		words[k] = u.text[r.From:r.To]
	}
	rule := "classifier: " + strings.Join(words, ", ")
	if e := u.evidence[i]; e.doubted {
		rule = "classifier: doubted"
	}
	u.out.Spans = append(u.out.Spans, Span{From: why[0].From, To: why[len(why)-1].To, Kind: "intent", Value: string(i), Rule: rule})
}

func logOdds(p float64) float64 {
	p = math.Max(0.002, math.Min(0.998, p))
	return math.Log(p / (1 - p))
}

func sigmoid(x float64) float64 { return 1 / (1 + math.Exp(-x)) }
