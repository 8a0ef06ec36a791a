package understanding

import (
	"fixly/business/trades"
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readDanger finds what is never booked. Denied words ("no smell") and sewer gas are none.
func (u *utterance) readDanger(have []feature) {
	u.readDangerOf(0)
	if u.out.Danger == "" && u.ctx.Problem != "" {
		u.readDangerSplit()
	}
	if u.out.Danger != "" {
		return
	}
	for i := range u.e.dangers {
		d := &u.e.dangers[i]
		if len(d.features) >= 2 && d.share(u.e, have) > 0.95 && d.close(u.e, have) {
			u.out.Danger = d.text
			return
		}
	}
}

// readDangerOf reads the dangers that the rules know, those whose words end after a token.
func (u *utterance) readDangerOf(after int) {
	u.chart.Each(m.KDanger, func(s *grammar.Span) {
		if s.To <= after || u.out.Danger != "" || u.denied(s.From) || u.deniedWithin(s) || u.harmless(s) {
			return
		}
		kind := s.Value.(string)
		name, listed := u.e.dangerName(kind, u.mentions(s, m.WSmell) || u.is(s.From-1, m.WSmell) || u.is(s.From-2, m.WSmell))
		if !listed && !trades.All().Dangers[kind].NeverBooked {
			if u.out.Hazard == "" {
				u.out.Hazard = kind
				u.noteSpan(s, "hazard", kind)
			}
			return
		}
		u.out.Danger = name
		u.noteSpan(s, "danger", u.out.Danger)
	})
}

// readDangerSplit finds a danger that was told in two breaths: "there's a gas", "leak at my house". What is denied now
// is none.
func (u *utterance) readDangerSplit() {
	if len(u.chart.Tokens) == 0 || u.is(0, m.WDenies) {
		return
	}
	both := u.e.begin(u.ctx.Problem+" "+u.text, Context{Now: u.ctx.Now, Language: u.ctx.Language})
	defer both.chart.Release()
	both.readDangerOf(len(both.chart.Tokens) - len(u.chart.Tokens))
	u.out.Danger, u.out.Hazard = both.out.Danger, both.out.Hazard
}

// deniedWithin says whether a span holds a denial of its own: "smell or anything, no gas".
func (u *utterance) deniedWithin(s *grammar.Span) bool {
	for i := s.From + 1; i < s.To; i++ {
		if u.is(i, m.WDenies) {
			return true
		}
	}
	return false
}

// harmless says whether what sounds like a danger is none: "it smells like sewer gas".
func (u *utterance) harmless(s *grammar.Span) bool {
	found := false
	u.chart.Each(m.KCue, func(c *grammar.Span) {
		found = found || c.Value.(m.Cue) == m.CueNoDanger && c.From < s.To && c.To > s.From
	})
	return found
}

// close says whether the features of a phrase stand near each other in the utterance.
func (p *profile) close(e *Engine, have []feature) bool {
	lo, hi := 1<<30, 0
	for _, want := range p.features {
		for _, f := range have {
			if !f.denied && e.near(&want, &f) >= 1 {
				lo, hi = min(lo, f.from), max(hi, f.to)
				break
			}
		}
	}
	return hi-lo <= len(p.features)+3
}

// danger is one of the shop's dangers.
type danger struct {
	profile        // without features where the rules read it, which they do better than a comparison of words
	kind    string // which of the dangers that the rules read; "" for one that the shop alone knows
	smell   bool   // it is put as a smell
}

// dangerOf reads one of the shop's dangers.
func (e *Engine) dangerOf(text string) danger {
	d := danger{profile: e.profileOf(text)}
	u := e.begin(text, Context{})
	defer u.chart.Release()
	if s := u.first(m.KDanger); s != nil {
		d.kind, d.smell, d.features = s.Value.(string), u.mentions(s, m.WSmell), nil
	}
	return d
}

// dangerName is the shop's own wording of a danger, if it lists one, or the built-in one.
func (e *Engine) dangerName(kind string, smell bool) (name string, listed bool) {
	for _, d := range e.dangers {
		if d.kind == kind && (name == "" || d.smell == smell) {
			name = d.text
		}
	}
	if name == "" {
		return kind, false
	}
	return name, true
}
