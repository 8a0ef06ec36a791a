package wording

import "fixly/receptionist/flow"

// englishVisits is what is said of visits that are booked, and of whose they are. None of what leads up to that says
// whether there is one.
var englishVisits = map[flow.Kind]Phrase{
	flow.AskBookedPhone:   say("Which phone number was it booked under?", "What's the phone number on that booking?", "Could you give me the phone number it was booked with?"),
	flow.AskCode:          say("What's the code?", "Could you read me the six digits?", "Which six digits does the text say?"),
	flow.AskCodeAgain:     say("Could you read it to me digit by digit?", "Once you have it, what are the six digits?", "What does the text say, one digit at a time?"),
	flow.AskAboutJob:      say("What can I do about it?", "What would you like to do about that visit?", "How can I help with that one?"),
	flow.AskNewAddress:    say("What's the right address, with the ZIP code?", "Which address should we come to, with the ZIP?", "What street address and ZIP should it be?"),
	flow.AskNewPhone:      say("What's the new number?", "Which number should we put on it, area code first?", "What phone number should it be?"),
	flow.AskMoreWork:      say("What else should {person} look at?", "What should I put on the list for {person}?", "In a few words, what else needs doing?"),
	flow.TellCodeSent:     say("If there's a visit under that number, I've just texted it a code.", "I've texted a code to that number, in case a visit is under it."),
	flow.TellCodeSentHere: say("If there's a visit under your number, I've just texted you a code.", "I've texted your number a code, in case a visit is under it."),
	flow.TellCodeSentName: say("If there's a visit under that name, I've just texted a code to its number.", "I've texted a code to the number on it, in case there's a visit under that name."),
	flow.TellCodeNew:      say("I've just texted you a new one.", "A new code is on its way."),
	flow.TellCodeWait:     say("It can take a moment to arrive.", "Give it a few more seconds."),
	flow.TellCodeWrong:    say("That doesn't match.", "That's not the code I'm looking for."),
	flow.TellCodeExpired:  say("That code has run out.", "That one is too old by now."),
	flow.TellUnproven:     say("Then I can't go into it here, but {person} can.", "Without that I can't look into it, but {person} can help."),
	flow.SayProven:        say("Thanks, that's it.", "That's the right one, thank you."),
	flow.TellStatusAlso:   say("And the {service} is {windows}.", "There's also {service}, {windows}."),
	flow.TellOver:         say("That visit was {windows}, and I see nothing after it.", "The last one was {windows}. Nothing else is booked."),
	flow.TellWasCancelled: say("The visit {windows} was cancelled.", "I see that {windows} has been cancelled."),
	flow.TellLate:         say("{person} was due {windows}. I'm sorry, the office will call you.", "{person} was expected {windows}. The office will call you right away."),
	flow.TellMoreWork:     say("I've put that on {person}'s list, and the office will see it.", "Okay, {person} will have that on the list."),
	flow.TellWho:          say("It'll be {person}, from {business}.", "{person} from {business} is coming."),
	flow.TellWhoLater:     say("I can tell you once we have a time.", "That depends on the time we pick."),
	flow.TellNext:         say("The next openings are {windows}.", "Next I have {windows}."),
}

// englishManners is what shows a caller that they were heard.
var englishManners = map[flow.Kind]Phrase{
	flow.SayAlso:       say("And you also wanted the {service}.", "Now, the {service} you asked about too."),
	flow.SayGotIt:      say("Got it, thanks.", "Okay.", "Thank you.", "Perfect.", "Great.", "All right.", "Thanks for that.", "Good, I have that."),
	flow.SayThanksName: say("Thanks, {first}.", "Thank you, {first}.", "Nice to meet you, {first}.", "Got it, {first}."),
	flow.SayHearYou:    say("I hear you.", "I understand, that's frustrating.", "You have every right to be upset.", "I get it, let's sort this out."),
	flow.SayUnderstand: say("That sounds worrying, let's get it taken care of.", "I understand, we'll help.", "Okay, one step at a time, you're in good hands."),
	flow.SayWelcome:    say("You're very welcome.", "My pleasure.", "Happy to help.", "Of course."),
	flow.SayEasy:       say("No hurry at all.", "Take all the time you need.", "We'll go step by step."),
	flow.SayQuick:      say("I'll be quick.", "This won't take long.", "Just a couple of quick things."),
}
