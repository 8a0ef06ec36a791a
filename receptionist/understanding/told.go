package understanding

import (
	"maps"
	"slices"

	"fixly/business/trades"
)

// readTold finds answers to what the packs ask about the problem: to the question that was just asked, and to those
// that need not be asked any more.
func (u *utterance) readTold() {
	if k := trades.All().Problem(u.out.Known); k != nil {
		for i := range k.Ask {
			u.tell(&k.Ask[i], u.answerIn(&k.Ask[i]))
		}
	}
	k := trades.All().Problem(u.ctx.Next[0])
	if k == nil {
		return
	}
	q := k.Question(u.ctx.Next[1])
	if q == nil {
		return
	}
	answer := u.answerIn(q)
	if answer == "" && q.YesNo() {
		answer = string(u.out.Answer)
	}
	u.tell(q, answer)
	if to := q.Raises[answer]; to != "" {
		u.raiseUrgency(to)
	}
}

func (u *utterance) tell(q *trades.Question, answer string) {
	if answer == "" {
		return
	}
	if u.out.Told == nil {
		u.out.Told = map[string]string{}
	}
	u.out.Told[q.ID] = answer
}

// answerIn is the answer to a question that some ideas give, or "".
func (u *utterance) answerIn(q *trades.Question) string {
	for _, answer := range slices.Sorted(maps.Keys(q.Answers)) {
		if u.toldBy(u.have, q.Answers[answer]) {
			return answer
		}
	}
	return ""
}
