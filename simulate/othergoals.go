package simulate

import (
	"strings"
)

// otherOpening is the first thing that callers say who want something else than to book the usual job.
func (c *caller) otherOpening() string {
	calls := &c.s.calls
	hello := pick(c.r, c.s.Greetings)
	switch c.goal {
	case Danger:
		return hello + pick(c.r, calls.Danger[c.about])
	case Price:
		return c.say("price_first", c.trouble.problem)
	case Question:
		return hello + c.about
	case Reschedule:
		return hello + pick(c.r, calls.Reschedule)
	case Cancel:
		return hello + pick(c.r, calls.Cancel)
	case Status:
		return hello + pick(c.r, calls.Status)
	case Message:
		return hello + strings.Replace(pick(c.r, calls.Message), "%s", firstName(c.b.Answering.Chain[0].Name), 1)
	case Person:
		return hello + pick(c.r, calls.Person)
	case Solicitor:
		return pick(c.r, calls.Solicitor)
	case WrongNum:
		return pick(c.r, calls.WrongNumber)
	case JobSeeker:
		return hello + pick(c.r, calls.JobSeeker)
	case NotOffered:
		return hello + pick(c.r, calls.NotOffered[c.about])
	case Complaint:
		return hello + pick(c.r, calls.Complaint)
	case Billing:
		return hello + pick(c.r, calls.Billing)
	case Stranger:
		return hello + "i'm calling about " + c.own.Customer.Name + "'s appointment, when is that and what's the address"
	}
	return hello + c.problem()
}

func firstName(s string) string {
	first, _, _ := strings.Cut(s, " ")
	return first
}

// ownWay answers where the goal has an answer of its own; false: as any caller would.
func (c *caller) ownWay(h heard) (action, bool) {
	say := func(s string) (action, bool) { return c.speak(s), true }
	over := func() (action, bool) { return action{say: c.say("bye"), hangUp: true}, true }
	switch c.goal {
	case Danger:
		switch h.ask {
		case askProblem, askWhich:
			return say(c.problem())
		case askOut, askTriage, askOther:
			return say(c.say("out_yes"))
		case askNothing:
			if h.bye {
				return action{hangUp: true}, true
			}
			return say(c.say("leaving"))
		}
	case Price, Question:
		switch h.ask {
		case askOfferBook, askWhen, askChoice, askName:
			return say("no thanks i just wanted to know")
		case askElse, askNothing:
			if h.bye || h.ask == askNothing {
				return over()
			}
		case askProblem, askWhich:
			if c.asked[h.ask] > 1 || c.goal == Question {
				return say(c.about)
			}
			return say("i just want a price, it's for " + c.trouble.problem)
		case askOfferMsg, askMessage:
			return say("no that's okay")
		}
	case Cancel:
		switch h.ask {
		case askCancelSure, askMoveInstead, askChoice, askWhen:
			return say(pick(c.r, c.s.calls.CancelInsist))
		case askProblem, askWhich:
			return say(pick(c.r, c.s.calls.Cancel))
		case askWhichJob:
			return say(c.ownDay())
		}
	case Reschedule:
		switch h.ask {
		case askProblem, askWhich:
			return say(pick(c.r, c.s.calls.Reschedule))
		case askWhichJob:
			return say(c.ownDay())
		case askMoveInstead:
			return say(c.when())
		}
	case Status, Stranger:
		switch h.ask {
		case askProblem, askWhich:
			return say(pick(c.r, c.s.calls.Status))
		case askWhichJob:
			return say(c.ownDay())
		case askChoice, askWhen, askOfferBook, askOfferMsg, askName, askPhone, askPhoneSame, askMoveInstead:
			return say("no that's all i wanted to know")
		}
	case Message, Complaint, Billing, JobSeeker:
		return c.leaveMessage(h)
	case Person:
		return c.wantPerson(h)
	case Solicitor:
		if h.bye {
			return action{hangUp: true}, true
		}
		if c.asked[h.ask] > 1 || h.ask == askNothing {
			return action{say: "alright have a great day", hangUp: true}, true
		}
		return say(pick(c.r, c.s.calls.Solicitor))
	case WrongNum:
		if h.bye || h.ask == askNothing || c.asked[h.ask] > 1 {
			return action{say: pick(c.r, []string{"oh sorry bye", "my mistake sorry", "oops okay"}), hangUp: true}, true
		}
		return say("sorry i think i dialed wrong")
	case OutOfArea:
		switch h.ask {
		case askAddress:
			return say(c.street() + " in " + strings.ToLower(c.about))
		case askZIP:
			return say(c.t.zip(c.style, c.facts.ZIP))
		case askOfferMsg, askOfferBook:
			return say(c.say("no"))
		}
	case NotOffered:
		switch h.ask {
		case askProblem, askWhich:
			if c.asked[askProblem]+c.asked[askWhich] > 1 {
				return say("no that's it, " + pick(c.r, c.s.calls.NotOffered[c.about]))
			}
			return say(pick(c.r, c.s.calls.NotOffered[c.about]))
		case askChoice, askWhen, askOfferBook, askOfferMsg, askElse:
			return say("no that's okay thanks")
		}
	case Tenant:
		switch h.ask {
		case askPhone, askPhoneSame:
			if !c.told["tenant number"] {
				c.told["tenant number"], c.told["phone"] = true, true
				if c.told["tenant"] {
					return say("call my tenant at " + c.number(c.tenant.Phone, "phone"))
				}
				return say("no call my tenant " + c.tenant.First + " at " + c.number(c.tenant.Phone, "phone"))
			}
		}
	case Book, Emergency, Returning:
	}
	return action{}, false
}

// leaveMessage is how callers talk who end with a message for somebody.
func (c *caller) leaveMessage(h heard) (action, bool) {
	switch h.ask {
	case askMessage, askProblem, askWhich:
		return c.speak(c.about), true
	case askOfferMsg:
		return c.speak(c.say("yes")), true
	case askOfferBook, askChoice, askWhen:
		return c.speak(c.say("call_me")), true
	}
	return action{}, false
}

// wantPerson asks again for a person, takes a message where nobody is there, and lets go.
func (c *caller) wantPerson(h heard) (action, bool) {
	switch h.ask {
	case askProblem, askOther, askTriage, askWhich:
		if c.asked[h.ask] > 1 {
			return c.speak(c.say("about_job")), true
		}
		return c.speak(pick(c.r, c.s.calls.Person)), true
	case askOfferMsg, askGoOn:
		return c.speak(c.say("take_message")), true
	case askMessage:
		return c.speak(c.about), true
	case askOfferBook, askChoice, askWhen:
		return c.speak(c.say("call_me")), true
	}
	return action{}, false
}

// ownDay names the day of the visit that was booked before.
func (c *caller) ownDay() string {
	return "the one " + c.dayName(c.own.Slot.Start.In(c.now.Location()))
}
