package understanding

import (
	"strings"
	"time"

	"fixly/business"
	"fixly/business/trades"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/packs"
)

// Engine understands what is said to one business. It is compiled from the language's rules and the shop's own
// words, holds no state of any conversation, and is safe for concurrent use.
type Engine struct {
	b     *business.Business
	zone  *time.Location
	langs []*language // the shop's first language first
	known []*m.Language
	ideas *m.Ideas
	open  [7]m.OpenHours

	services []serviceProfile
	problems []knownProblem // of the trade packs
	tradeOf  []string       // whose pack an idea is from, by its number
	weights  []float64      // of the ideas, by their numbers
	things   []string       // what the shop works on, in the order of its services
	usual    map[string]int // the place of each thing in that order
	visit    string         // the service by which somebody comes and has a look, or ""
	dangers  []danger
	signs    []sign
	faqs     []faq
	taught   []taughtPhrase
	offered  map[string]bool // work of other trades that this shop does after all
	staff    map[string]bool // names of the shop's people, lower case, whole and in parts
}

// NewEngine compiles an engine for a version of a business.
func NewEngine(b *business.Business) *Engine {
	e := &Engine{
		b: b, zone: b.Location(), ideas: packs.Ideas(), staff: staffOf(b), offered: map[string]bool{}, known: known(),
	}
	e.langs = languagesOf(b, e.staff)
	e.tradeOf, e.weights = make([]string, e.ideas.Len()), make([]float64, e.ideas.Len())
	for _, p := range trades.All().Packs {
		for id := range p.Concepts {
			e.tradeOf[e.ideas.Index(id)], e.weights[e.ideas.Index(id)] = p.Trade, e.ideas.Weight[id]
		}
	}
	for d := range e.open {
		for _, span := range b.Hours.Weekday(time.Weekday(d)) {
			from, to, err := business.ParseSpan(span)
			if err != nil {
				continue // business.Parse refuses such a file
			}
			if e.open[d].To == 0 || from < e.open[d].From {
				e.open[d].From = from
			}
			e.open[d].To = max(e.open[d].To, to)
		}
	}
	e.learnShop()
	e.learnTaught()
	return e
}

// learnShop reads the shop's own words through the grammar.
func (e *Engine) learnShop() {
	for _, s := range e.b.Services {
		p := serviceProfile{name: s.Name}
		for _, f := range append(append([]string{}, s.For...), s.Name) {
			p.phrases = append(p.phrases, e.profileOf(f))
			e.offer(f)
		}
		e.services = append(e.services, p)
	}
	e.learnProblems()
	for _, d := range e.b.Emergencies.Danger {
		e.dangers = append(e.dangers, e.dangerOf(d))
	}
	for _, s := range e.b.Emergencies.Signs {
		e.signs = append(e.signs, e.signsOf(s)...)
	}
	for _, f := range e.b.FAQs {
		e.faqs = append(e.faqs, faq{profile: e.profileOf(f.Q), about: e.subjectsOf(f.Q)})
	}
}

// signsOf reads a sign of an emergency; "no heat with an infant or elderly person" is two.
func (e *Engine) signsOf(text string) []sign {
	l := e.langs[0]
	with := strings.SplitN(text, l.With, 2)
	if len(with) == 1 {
		return []sign{{parts: []profile{e.profileOf(text)}}}
	}
	var out []sign
	for _, alt := range strings.Split(with[1], l.Or) {
		out = append(out, sign{parts: []profile{e.profileOf(with[0]), e.profileOf(alt)}, condition: with[1]})
	}
	return out
}

// offer notes the trades that one of the shop's phrases belongs to.
func (e *Engine) offer(phrase string) {
	u := e.begin(phrase, Context{})
	defer u.chart.Release()
	u.chart.Each(m.KOther, func(s *grammar.Span) { e.offered[s.Value.(string)] = true })
}

// staffOf collects the names of the shop's people.
func staffOf(b *business.Business) map[string]bool {
	out := map[string]bool{}
	add := func(name string) {
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "" {
			return
		}
		out[name] = true
		out[strings.Fields(name)[0]] = true
	}
	add(b.Profile.Owner.Name)
	for _, p := range b.Answering.Chain {
		add(p.Name)
	}
	for _, t := range b.Team {
		add(t.Name)
	}
	return out
}

// isStaff says whether a name is that of one of the shop's people.
func (e *Engine) isStaff(name string) bool { return e.staff[strings.ToLower(name)] }

// begin reads an utterance into a chart.
func (e *Engine) begin(text string, ctx Context) *utterance {
	u := &utterance{e: e, text: text, ctx: ctx, zone: e.zone, now: e.present(ctx.Now)}
	u.out = Understanding{Text: text, FAQ: -1}
	u.choose()
	if ctx.Asked == AskedStreet { // an address all the same, of which any name is the street's
		u.ctx.Asked, u.onlyStreet = AskedAddress, true
	}
	u.taken = make([]bool, len(u.chart.Tokens))
	return u
}

// Understand takes what it can from an utterance. It accepts any text and never fails; what it did not understand
// is empty, and Confidence says how much of it that was.
//
// Where a pause may have cut a sentence in two, the words are read together with those before as well: "there's a gas",
// "leak in my basement" is a danger that neither half is.
func (e *Engine) Understand(text string, ctx Context) Understanding {
	out := e.understand(text, ctx)
	if ctx.Before == "" || out.Danger != "" {
		return out
	}
	whole := e.understand(ctx.Before+" "+text, ctx)
	if whole.Danger != "" {
		return whole
	}
	return out
}

func (e *Engine) understand(text string, ctx Context) Understanding {
	u := e.begin(text, ctx)
	defer u.chart.Release()
	if len(u.chart.Tokens) == 0 {
		return u.out
	}
	u.gatherIntents()
	// Numbers and places come first: what they claim is no clock time and no name.
	if ctx.Asked == AskedPhone {
		u.readPhone()
		u.readAddress()
	} else {
		u.readAddress()
		u.readPhone()
	}
	u.readName()
	t := u.readTimes()
	u.out.When = t.when()
	for _, d := range t.about {
		u.out.About = append(u.out.About, t.intervals(wish{days: d, hasDays: true})...)
	}
	for _, s := range t.found {
		u.noteSpan(s, "when", u.said(s.From, s.To))
	}
	u.readWork()
	u.readAnswer()
	u.readTold()
	u.readTaught()
	u.readChoice(t)
	u.readQuestion()
	u.readMood()
	u.readLanguage()
	u.readLanguageAsked()
	u.settleIntents()
	u.out.Confidence = u.confidence()
	return u.out
}

// present is the moment of the utterance as the rules see it.
func (e *Engine) present(t time.Time) *m.Now {
	t = t.In(e.zone)
	n := &m.Now{Today: m.DayOf(t), Minute: t.Hour()*60 + t.Minute(), Hours: e.open}
	n.OpenStill = n.Minute < e.open[t.Weekday()].To
	return n
}

// confidence is how sure we are to have understood what matters: something that answers the question, or a clear
// intent.
func (u *utterance) confidence() float64 {
	o := &u.out
	best := 0.0
	if len(o.Intents) > 0 {
		best = o.Intents[0].Score
	}
	got := func(ok bool, c float64) {
		if ok {
			best = max(best, c)
		}
	}
	got(!o.When.IsZero(), 0.85)
	got(o.Phone != "" || o.SameNumber, 0.95)
	got(o.Digits != "", 0.7)
	got(o.Address.Line1 != "", 0.9)
	got(o.Address.ZIP != "" || o.SameAddress, 0.9)
	got(o.Address.City != "" || o.Address.Unit != "", 0.75)
	got(o.Name != "" && u.ctx.Asked == AskedName, 0.85)
	got(o.Name != "", 0.6)
	got(o.Answer != NoAnswer && u.ctx.Asked != AskedNothing, 0.85)
	got(o.Choice != nil, 0.9)
	got(o.HoldOn || o.Backchannel || o.Unsure, 0.8)
	got(o.Topic != "" || o.FAQ >= 0, 0.8)
	got(o.Problem != "" && u.ctx.Asked == AskedProblem, 0.6)
	got(o.Problem != "" && u.ctx.Asked == AskedMessage, 0.8)
	got(o.Service != "", o.ServiceScore)
	got(o.Problem != "" && u.first(m.KConcept) != nil, 0.5)
	got(o.Language != "" && o.Language != u.l.Code, 0.8) // that they speak a language which the shop doesn't
	return float64(int(best*100+0.5)) / 100
}
