package understanding

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// readAnswer finds a yes or a no, and words that are neither: listening, waiting.
func (u *utterance) readAnswer() {
	if s := u.first(m.KHold); s != nil {
		u.out.HoldOn = true
		u.noteSpan(s, "hold", "on")
	}
	if s := u.first(m.KSameNum); s != nil && (u.ctx.Asked == AskedPhone || u.ctx.Asked == AskedConfirm || s.Len() >= 3) && u.out.Phone == "" && !u.denied(s.From) {
		u.out.SameNumber = true
		u.noteSpan(s, "phone", "this number")
	}
	if s := u.first(m.KForOther); s != nil && !u.denied(s.From) {
		u.out.ForOther = true
		u.noteSpan(s, "phone", "someone else's")
	}
	u.chart.Each(m.KAmend, func(s *grammar.Span) {
		u.out.Correction = u.out.Correction || s.Value.(bool)
	})
	hits := u.chart.Cover(func(s *grammar.Span) bool {
		if s.Kind == m.KAnswer && u.chart.Tokens[s.From].Letter && len(u.chart.Tokens) > 1 && s.Len() == 1 {
			return false // a letter that is spelled
		}
		return s.Kind == m.KAnswer && !u.claimed(s.From, s.To) && !u.partOfProblem(s)
	}, nil)
	var pick *grammar.Span
	for _, s := range hits {
		r := s.Value.(m.Reply)
		if pick != nil {
			p := pick.Value.(m.Reply)
			if r.Neither || r.Done && !p.Yes { // "no that's it": done says more than no
				pick = s
			} else if s.From > pick.To+3 && !(p.Weight < 1 && r.Weight == 1) {
				continue
			} else if p.Weight < 1 && r.Weight == 1 && s.From <= pick.To+2 {
				pick = s // "okay no"
			}
			continue
		}
		asked := u.ctx.Asked == AskedConfirm || u.ctx.Asked == AskedChoice
		if u.leads(s) || r.Weight == 1 && (asked || s.Len() >= 2 && u.ctx.Asked != AskedNothing) {
			pick = s
		}
	}
	back := u.listening()
	u.out.Unsure = u.first(m.KUnsure) != nil
	if pick == nil {
		if back && u.ctx.Asked == AskedNothing {
			u.out.Backchannel = true
		}
		return
	}
	r := pick.Value.(m.Reply)
	if r.Neither {
		return
	}
	if r.Done && r.Yes { // "all good"
		r.Yes = u.ctx.Asked != AskedAnythingElse && u.ctx.Asked != AskedNothing
		r.Done = !r.Yes
	}
	n := len(u.chart.Tokens)
	switch u.ctx.Asked {
	case AskedNothing:
		// an opening "yeah" is no answer, nor is "no rush"
		if back {
			u.out.Backchannel = true
			return
		}
		if n > pick.To+3 {
			return
		}
	case AskedProblem, AskedMessage:
		// "yeah my sink leaks" tells a problem; "no it isn't leaking" answers
		if n > pick.To+3 && r.Yes {
			return
		}
	case AskedName, AskedAddress, AskedWhen:
		if back && r.Weight < 1 {
			u.out.Backchannel = true
			return
		}
		if r.Yes && n > pick.To+2 && r.Weight < 1 {
			return
		}
	}
	if u.unsureAbout(pick) {
		return
	}
	u.out.Answer = No
	if r.Yes && !u.yesExcept(pick) {
		u.out.Answer = Yes
	}
	if r.Done {
		switch u.ctx.Asked {
		case AskedAnythingElse:
			u.raise(IntentGoodbye, 0.8, pick)
		case AskedNothing, AskedConfirm:
			u.raise(IntentGoodbye, 0.5, pick)
		}
	}
	if u.out.Answer == No && u.ctx.Asked == AskedConfirm && u.tellsDetail() {
		u.out.Correction = true
	}
	u.noteSpan(pick, "answer", string(u.out.Answer))
}

// yesExcept says whether a yes to what was read back takes a part of it back: "yes but the zip is six oh six two two".
func (u *utterance) yesExcept(yes *grammar.Span) bool {
	if u.ctx.Asked != AskedConfirm || !u.tellsDetail() {
		return false
	}
	for i := yes.To; i < len(u.chart.Tokens); i++ {
		if u.cueAt(i, m.CueExcept) {
			return true
		}
	}
	return false
}

// tellsDetail says whether who, where or when is in the utterance.
func (u *utterance) tellsDetail() bool {
	o := &u.out
	return o.Phone != "" || o.Digits != "" || o.Name != "" || o.Address.Line1 != "" || o.Address.ZIP != "" || !o.When.IsZero()
}

// partOfProblem says whether a "no" begins the words for a problem or for how urgent it is: "no heat", "no rush".
func (u *utterance) partOfProblem(s *grammar.Span) bool {
	if s.Len() > 1 {
		return false
	}
	for _, o := range u.chart.At(s.From) {
		if (o.Kind == m.KConcept || o.Kind == m.KUrgency || o.Kind == m.KOff || o.Kind == m.KPick) && o.To > s.To+1 || (o.Kind == m.KConcept || o.Kind == m.KUrgency) && o.To > s.To {
			return true
		}
	}
	return false
}

// leads says whether only words without meaning come before a span.
func (u *utterance) leads(s *grammar.Span) bool {
	for i := range s.From {
		if !u.is(i, m.WFiller, m.WBeforeAnswer) && !u.taken[i] {
			return false
		}
	}
	return true
}

// unsureAbout says whether the answer is part of "I don't know" or "I'm not sure".
func (u *utterance) unsureAbout(s *grammar.Span) bool {
	x := u.first(m.KUnsure)
	return x != nil && x.From < s.To && x.To > s.From && !s.Value.(m.Reply).Yes
}

// listening says whether the utterance is nothing but the sounds of someone who listens.
func (u *utterance) listening() bool {
	n := len(u.chart.Tokens)
	if n == 0 || n > 6 {
		return false
	}
	for i := 0; i < n; {
		s := u.longest(i, m.KBack)
		if s == nil {
			return false
		}
		i = s.To
	}
	return true
}
