package wording

import "fixly/receptionist/flow"

// englishChanges is what the shop has to say of its own accord, and what is said of visits that wait for the owner: never
// that they are booked.
var englishChanges = map[flow.Kind]Phrase{
	flow.SayShopMoved:      say("We had to move your {service} visit to {windows}.", "Your {service} visit had to move, to {windows}."),
	flow.SayShopCancelled:  say("I'm sorry, we had to cancel your {service} visit {windows}.", "Your {service} visit {windows} had to be cancelled."),
	flow.SayShopTaken:      say("Sorry, the time we gave you, {windows}, turned out to be taken.", "The time we gave you, {windows}, turned out to be taken."),
	flow.SayDeclined:       say("Sorry, {person} can't make it {windows}.", "{person} can't make it {windows}, it turns out."),
	flow.SayBetterTime:     say("{person} could come {windows} instead.", "What {person} could do is {windows}."),
	flow.TellReplyYes:      say("Reply YES if that works, or tell us a better time.", "If that works, just reply YES. Otherwise tell us a better time."),
	flow.TellAgreed:        both("Great, {windows} it is. See you then!", "Great, {windows} it is."),
	flow.TellPutDown:       say("I've put you down for {windows}, and {person} will confirm by text.", "You're down for {windows}. {person} will text you to confirm."),
	flow.TellByeWaiting:    both("Thanks, {person} will confirm by text!", "Thanks, {person} will confirm by text. Goodbye."),
	flow.TellStatusWaiting: say("I have you down for {windows}, and {person} hasn't confirmed it yet.", "Your {service} visit is down for {windows}. {person} still has to confirm it."),
}
