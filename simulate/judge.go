package simulate

import (
	"fmt"
	"slices"
	"strings"

	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
)

// judge says what became of a call that is over.
func (k *call) judge() {
	k.result.Turns = k.turns
	if k.bookedAt > 0 {
		k.result.Turns = k.bookedAt
	}
	k.result.Unclear = k.unclear
	k.result.Wanted = k.wanted()
	k.judgeGoal()
	if k.gaveUp != "" {
		k.wrongly("the caller gave up: %s", k.gaveUp)
	}
	k.unsafe()
	k.result.Right = len(k.result.Wrong) == 0 && len(k.result.Unsafe) == 0
}

func (k *call) wrongly(format string, args ...any) {
	k.result.Wrong = append(k.result.Wrong, fmt.Sprintf(format, args...))
}

// wanted says in a line what the caller wanted.
func (k *call) wanted() string {
	switch {
	case k.goal.Bookable():
		when := "as soon as possible"
		if len(k.wish.ways) > 0 {
			when = k.wish.ways[0]
		}
		return fmt.Sprintf("%s (%s) at %s, %s for %s, %s", k.trouble.problem, strings.Join(k.trouble.services, " or "), k.facts.line1(), k.facts.ZIP, k.contactName(), when)
	case k.own != nil:
		return fmt.Sprintf("%s, booked %s for %s", k.own.Service, k.own.Slot.Start.In(k.b.Location()).Format("Mon Jan 2 15:04"), k.own.Customer.Name)
	case k.goal == Price:
		return "the price of " + strings.Join(k.trouble.services, " or ")
	}
	return k.about
}

func (k *call) judgeGoal() {
	switch k.goal {
	case Book, Emergency, Tenant, Returning:
		k.judgeBooking()
		return
	case Reschedule:
		k.judgeMove()
	case Cancel:
		if j := k.ownNow(); j.Live() {
			k.wrongly("the visit is not cancelled")
		}
	case Status:
		k.judgeStatus()
	case Danger:
		if !k.said("911") {
			k.wrongly("911 was not said")
		}
		if len(k.mem.Alerts()) == 0 {
			k.wrongly("nobody was alerted")
		}
	case Price:
		k.judgePrice()
	case Question:
		if !slices.ContainsFunc(strings.Split(k.answer, "|"), k.said) {
			k.wrongly("%q was not answered", k.about)
		}
	case Message, Complaint, Billing, JobSeeker:
		if o := k.outcome(); o != ledger.Message && !k.took {
			k.wrongly("ended as %q, without a message", o)
		}
	case Person:
		if !k.rang && k.outcome() != ledger.Message {
			k.wrongly("nobody was rung and no message taken")
		}
	case Solicitor:
		if o := k.outcome(); o != ledger.Spam {
			k.wrongly("ended as %q, not as spam", o)
		}
	case WrongNum, NotOffered, OutOfArea, Stranger:
	}
	if k.goal != Reschedule && k.goal != Cancel && k.goal != Status {
		k.untouched()
	}
	if n := len(k.fresh()); n > 0 {
		k.wrongly("%d visits were booked for somebody who wanted none", n)
	}
}

// untouched holds that nobody's visit was changed.
func (k *call) untouched() {
	for i, j := range k.mem.Jobs()[:k.before()] {
		if i < len(k.others) && (j.Status != k.others[i].Status || !j.Slot.Start.Equal(k.others[i].Slot.Start)) {
			k.wrongly("somebody's visit was changed")
		}
	}
}

// judgeBooking compares the visit in the calendar with what the caller wanted.
func (k *call) judgeBooking() {
	jobs := k.fresh()
	if len(jobs) != 1 {
		if len(jobs) == 0 {
			k.wrongly("nothing was booked")
		}
		return // several are unsafe
	}
	j := &jobs[0]
	if !slices.Contains(k.trouble.services, j.Service) {
		k.wrongly("booked as %s", j.Service)
	}
	switch {
	case k.accepted == nil:
		k.wrongly("booked for %s, which nobody agreed to", k.local(j))
	case !j.Slot.Start.Equal(k.accepted.from):
		k.wrongly("booked for %s, agreed was %s", k.local(j), k.accepted.from.Format("Mon Jan 2 15:04"))
	case k.compromise && k.goal != Emergency && !k.changed && k.wishOpen(k.others, j.Service):
		k.wrongly("%q was open and never offered", k.wish.ways[0])
	}
	if !sameName(j.Customer.Name, k.contactName()) && !(k.goal == Tenant && (sameName(j.Customer.Name, k.facts.name()) || sameName(j.Customer.Name, k.tenant.name()))) {
		k.wrongly("name %q", j.Customer.Name)
	}
	if k.told["unit"] && k.facts.Unit != "" && lastWord(j.Address.Unit+" ?") != lastWord(k.facts.Unit) && !strings.HasSuffix(j.Address.Unit, lastWord(k.facts.Unit)) {
		k.wrongly("unit %q, is %q", j.Address.Unit, k.facts.Unit)
	}
	if k.goal == Emergency && j.Urgency == scheduling.Routine {
		k.wrongly("an emergency was taken for routine")
	}
}

func (k *call) local(j *scheduling.Job) string {
	return j.Slot.Start.In(k.b.Location()).Format("Mon Jan 2 15:04")
}

// ownNow is the visit that the caller had booked before, as it is now.
func (k *call) ownNow() scheduling.Job {
	for _, j := range k.mem.Jobs() {
		if j.ID == k.own.ID {
			return j
		}
	}
	return scheduling.Job{}
}

func (k *call) judgeMove() {
	j := k.ownNow()
	switch {
	case !j.Live():
		k.wrongly("the visit was cancelled")
	case k.accepted == nil:
		k.wrongly("no new time was agreed on")
	case !j.Slot.Start.Equal(k.accepted.from):
		k.wrongly("the visit is %s, agreed was %s", k.local(&j), k.accepted.from.Format("Mon Jan 2 15:04"))
	}
}

func (k *call) judgeStatus() {
	want := k.own.Slot.Start.In(k.b.Location())
	for i := range k.replies {
		for _, o := range readOffers(k.replies[i].Text(), k.now) {
			if o.from.Equal(want) {
				return
			}
		}
	}
	k.wrongly("the time of the visit was not told")
}

func (k *call) judgePrice() {
	for _, name := range k.trouble.services {
		s := k.b.Service(name)
		if len(sums(s.Price)) == 0 && k.said(s.Price) {
			return
		}
		for sum := range sums(s.Price) {
			for i := range k.replies {
				if _, ok := sums(k.replies[i].Text())[sum]; ok {
					return
				}
			}
		}
	}
	k.wrongly("the price was not told")
}

// said says whether words were said in the call, whatever the marks between them.
func (k *call) said(words string) bool {
	words = inWords(words)
	return slices.ContainsFunc(k.replies, func(r receptionist.Reply) bool { return strings.Contains(inWords(r.Text()), words) })
}

// outcome is what came of the conversation; a call that a person took is transferred.
func (k *call) outcome() ledger.Outcome {
	if k.took {
		return ledger.Transferred
	}
	all := k.mem.Conversations()
	if len(all) == 0 {
		return ""
	}
	return all[len(all)-1].Outcome
}
