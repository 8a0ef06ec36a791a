package wording

import "fixly/receptionist/flow"

// englishTrades is what comes of the trade packs (package business/trades), in English: their questions, the things that
// a problem can be about, and the warnings of dangers that don't rule out a visit.
var englishTrades = map[flow.Kind]Phrase{
	flow.SayQuoteFirst: say("For {service} we come and look first, that's the {list}.", "Before any {service} we come and have a look, the {list}."),
	flow.SayBoth:       say("Sure, I have both down: {list}.", "Got both: {list}."),
	flow.TellNotOurs:   say("Sorry, {text} isn't something we do.", "We don't do {text}."),
	flow.AskNext:       say("{next}", "Okay. {next}", "Got it. {next}"),
	flow.AskThing:      say("Is it {things}, or something different?", "Which is it, {things}, or something different?", "Does it have to do with {things}, or something different?"),
	flow.AskVisit:      say("Let's have someone take a look. Would you like to book that, as a {service}?", "Someone should see it. Shall I book a {service}?"),

	flow.HazardElectric: say("Please don't touch it. If you see smoke or fire, get out and call 911.", "Keep away from it for now, and call 911 if there's smoke or fire."),
	flow.HazardWater:    say("Stay out of the water, and don't touch anything electric near it.", "Keep away from the water and anything electric."),
	flow.HazardSpring:   say("Please leave the door and the spring alone, they're under a lot of tension.", "Please don't try to move that door, the spring can snap."),
	flow.HazardPerson:   say("If someone is locked in, please call 911 right now, they get there fastest.", "Please call 911 first, they can open it fastest."),
	flow.HazardFall:     say("Please stay off the roof, and keep clear of that side of the house.", "Keep everyone away from there for now."),
}
