package wording

import "fixly/receptionist/flow"

// englishFollowUps are the texts that nobody was waiting for: who it is comes first, what it is about next, and how to be
// left alone where it offers something. They name no word that carriers take for STOP.
var englishFollowUps = map[flow.Kind]Phrase{
	flow.SayReminder:     say("{business}: we're coming {windows} for your {service} visit.", "{business}: your {service} visit is {windows}."),
	flow.TellHowToAnswer: say("Reply C to confirm, M to move it, X to call it off.", "C confirms it, M moves it, X calls it off."),
	flow.TellMoveOrOff: say(
		"Would another time suit you better? Reply M to move it, or X to call it off.",
		"Shall we find another time? M moves it, X calls it off.",
	),
	flow.TellConfirmed:  both("Thanks, that's confirmed. See you {windows}!", "Thanks, that's confirmed. See you {windows}."),
	flow.SayNudge:       say("{business} here. We haven't finished booking your {service} visit.", "{business} again, about your {service} visit."),
	flow.SayStillNeeded: say("{business}: do you still need help with your {service}?", "{business}: is your {service} still to be done?"),
	flow.SayStillWords: say(
		"{business}: you told us about \"{text}\". Do you still need someone for that?",
		"{business}: is \"{text}\" still a problem?",
	),
	flow.TellPickOne:       say("Reply with the one that suits, NO if you don't need us, STOP to end texts.", "Which one suits? NO if you don't need us, STOP to end texts."),
	flow.TellTakeIt:        say("Reply YES if that suits, NO if you don't need us, STOP to end texts.", "Does that suit? NO if you don't need us, STOP to end texts."),
	flow.TellAfterEstimate: say("{business}: after our visit, shall we book the work? Reply YES, NO or with your questions. STOP ends texts.", "{business}: would you like to go ahead with the work we looked at? YES, NO, or ask us anything. STOP ends texts."),
	flow.TellTimeAgain:     say("{business}: it's about time again for your {service}. Shall we book it? Reply YES or NO. STOP ends texts.", "{business}: your {service} is due again. Would you like a time? YES, NO, or ask us anything. STOP ends texts."),
	flow.TellLeftIt:        both("No problem. We're here if you need us!", "No problem. We're here if you need us."),
}
