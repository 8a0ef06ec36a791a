package understanding

import (
	"fmt"
	"time"

	"fixly/business"
	"fixly/receptionist/understanding/en"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// Engine understands what is said to one business. It is compiled from the language's rules and the shop's own
// words, holds no state of any conversation, and is safe for concurrent use.
type Engine struct {
	b    *business.Business
	zone *time.Location
	g    *grammar.Grammar
	lex  *m.Words
	open [7]m.OpenHours
}

// NewEngine compiles an engine for a version of a business.
func NewEngine(b *business.Business) *Engine {
	spec := en.Spec()
	g, err := grammar.Compile(spec)
	if err != nil {
		panic(fmt.Sprintf("understanding: %v", err))
	}
	e := &Engine{b: b, zone: b.Location(), g: g, lex: en.Words()}
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
	return e
}

// Understand takes what it can from an utterance. It accepts any text and never fails; what it did not understand
// is empty, and Confidence says how much of it that was.
func (e *Engine) Understand(text string, ctx Context) Understanding {
	u := &utterance{e: e, text: text, ctx: ctx, lex: e.lex, zone: e.zone, now: e.present(ctx.Now)}
	u.out = Understanding{Text: text, FAQ: -1}
	u.chart = e.g.Parse(text, u.now)
	defer u.chart.Release()
	u.taken = make([]bool, len(u.chart.Tokens))
	t := u.readTimes()
	u.out.When = t.when()
	for _, s := range t.found {
		u.noteSpan(s, "when", u.said(s.From, s.To))
	}
	return u.out
}

// present is the moment of the utterance as the rules see it.
func (e *Engine) present(t time.Time) *m.Now {
	t = t.In(e.zone)
	n := &m.Now{Today: m.DayOf(t), Minute: t.Hour()*60 + t.Minute(), Hours: e.open}
	n.OpenStill = n.Minute < e.open[t.Weekday()].To
	return n
}

func (u *utterance) changing() bool    { return false }
func (u *utterance) onlyCancels() bool { return false }
