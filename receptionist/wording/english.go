package wording

import (
	"maps"

	"fixly/receptionist/flow"
)

// together puts the phrases of one language together.
func together(parts ...map[flow.Kind]Phrase) map[flow.Kind]Phrase {
	all := map[flow.Kind]Phrase{}
	for _, p := range parts {
		maps.Copy(all, p)
	}
	return all
}

// say makes a phrase that is the same spoken and written.
func say(ways ...string) Phrase { return Phrase{Spoken: ways} }

// both makes a phrase with a way of its own for texts.
func both(written string, spoken ...string) Phrase {
	return Phrase{Spoken: spoken, Written: []string{written}}
}

// English is how Fixly speaks English. By ear: the answer first, then one question; numbers in groups; no lists
// longer than a handful. In texts: short, plain, with digits.
var English = &Catalogue{
	Language:  "en-US",
	Hello:     "Thanks for calling {business}, this is the virtual assistant. How can I help?",
	Recorded:  "This call is recorded.",
	MayRecord: "And may I record this call? You can say yes or no, or just tell me what you need.",
	Held:      "Let me have someone get back to you on that.",
	Forms:     englishForms{},
	Extension: "extension",
	Apologies: []string{"sorry", "apolog"},
	Phrases: together(englishVisits, englishChanges, englishFollowUps, englishManners, englishTrades, map[flow.Kind]Phrase{
		// openers
		flow.SayHello:    say("Hi, it's {person}, the virtual assistant at {business}."),
		flow.SaySwitched: say("Sure, let's go on in English.", "Of course, English it is."),
		flow.SayWorry:    say("That sounds stressful, let's get someone out.", "Okay, let's get someone to you fast."),
		flow.SayRepeat:   say("Sure.", "Of course.", "No problem."),
		flow.SayCutOff:   say("Sorry, the line dropped for a second.", "Sorry about that, I lost you for a moment.", "I'm back, the line cut out."),
		flow.SayTaken:    say("Sorry, {windows} was just taken.", "That one just went to someone else.", "{Windows} has just gone, it turns out."),
		flow.SayTrouble:  say("Sorry, something went wrong on my end.", "I hit a snag on my end, let me try that once more."),
		flow.SayCanHelp:  say("Sure, we can help with that."),
		flow.SayPicked:   say("Great, {windows}.", "{Windows}, got it.", "Perfect, {windows}."),
		flow.SayAdded:    say("Okay, I'll add that.", "Got it, I'll put that in too.", "I've added that."),
		flow.SayFixed:    say("Thanks, I fixed that.", "Okay, changed.", "Got it, I corrected that."),
		flow.SayNotCaught: say("Sorry, I didn't catch that.", "I'm not sure I got that.", "I missed that.", "I didn't quite follow.",
			"That didn't come through clearly.", "Let me ask that another way."),
		flow.SayListening:    say("Mm-hm.", "Go on.", "Okay."),
		flow.SayTakeYour:     say("Sure, take your time.", "No rush, I'm here.", "Of course, I'll wait."),
		flow.SayStillThere:   say("I'm still here.", "I'm here when you're ready.", "Take your time, I'm here."),
		flow.SayCantHear:     say("I can't hear you. If you can hear me, just say hello, or text this number.", "I'm not hearing anything. You can also text this number."),
		flow.SaySilenceBye:   say("I still can't hear you, so I'll hang up. Please call or text any time. Goodbye."),
		flow.SayThanksRecord: say("Thank you."),

		flow.TellNotRecorded:      say("All right, this call isn't recorded."),
		flow.TellRecordingStopped: say("All right, I've stopped recording."),
		flow.TellRecordingErased:  say("All right, I've stopped recording, and what was recorded is deleted."),

		flow.TellOptedOut:      say("All right, we won't call or text you again.", "Understood, no more calls or texts from us."),
		flow.TellOptedOutBye:   say("All right, we won't call or text you again. Goodbye."),
		flow.TellNoCalls:       say("All right, we won't call you, only text.", "Understood, texts only, no calls."),
		flow.TellNoTexts:       say("All right, we won't text you again.", "Understood, no more texts from us."),
		flow.TellNumberUnknown: say("I can't see which number that is. Please call or text us from that phone, and we'll stop.", "I still can't see your number. A text from that phone saying stop will do."),

		flow.SayEnglishOnly: say("Lo siento, por ahora solo hablo inglés. I can go on in English, or take a message.", "I only speak English for now."),

		// questions
		flow.AskProblem: {
			Spoken:  []string{"What can I help you with?", "What's going on, what do you need help with?", "Tell me, what needs fixing?"},
			Written: []string{"What can we help with?", "What's going on?", "What needs fixing?"},
		},
		flow.AskDetail: say("What exactly is going on, and with what?",
			"Which is it closest to: {alternatives}?", "In a few words, what needs fixing?", "What kind of work do you need?"),
		flow.AskTriage: say("Is there {text} in the home?", "Just to be sure, is there {text} there?"),
		flow.AskFee:    say("Coming out after hours adds {price}. Is that okay?", "There's {price} for coming out now. Is that all right?"),
		flow.AskWhen: say("What day and time would work for you?", "When would be good for you?", "Which day would you like, and morning or afternoon?",
			"What day works best?"),
		flow.AskWhichDay:    say("Which day did you mean?", "Which of those days is it?", "Which of the two is right?"),
		flow.AskChoice:      say("Which works better for you?", "Which would you like?", "Would either of those work?", "Which one suits you?"),
		flow.AskOne:         say("Does that work for you?", "Would that work?", "How does that sound?", "Is that good for you?"),
		flow.AskChoiceAgain: say("So, would you like {windows}?", "The times I have are {windows}. Which one?", "Which one: {windows}?", "I'm holding {windows}. Which should it be?"),
		flow.AskOneAgain:    say("Does {windows} work?", "Would {windows} suit you?", "Shall I put you down for {windows}?"),
		flow.AskEarliest:    say("Shall I put you down for that?", "Would you like that one?"),
		flow.AskName: {
			Spoken:  []string{"Can I get your first and last name?", "What's the name for the visit?", "And your name is?", "May I have your name, please?"},
			Written: []string{"What's your name?", "What name should I put it under?", "Your name, please?"},
		},
		flow.AskLastName: say("Thanks, {first}. And your last name?", "And what's your last name?"),
		flow.AskPhone: say("What's the best number to reach you?", "Which phone number should we use, area code first?", "What number can we call you at?",
			"May I have a phone number for you?"),
		flow.AskPhoneOther:  say("What's the best number for the person who'll be there?", "Which phone number reaches whoever will be at the house?"),
		flow.AskPhoneKeypad: say("Please type your phone number on the keypad, area code first. What's the number?", "Could you key in the ten digits of your phone number?"),
		flow.AskPhoneSame: say("Is the number you're calling from, {phone}, the best one?", "Should we use the number you're calling from, {phone}?",
			"Is this number, the one you're calling from, the best one for you?"),
		flow.AskAddress: {
			Spoken:  []string{"What's the address, with the ZIP code?", "Where should we come? The street address and ZIP, please.", "Could you give me the house number and street again?", "What street address is it?"},
			Written: []string{"What's the address, with ZIP?", "What's the street address and ZIP?", "Which house number and street?"},
		},
		flow.AskStreet:     say("What's the street address?", "What's the house number and street?", "Could you give me the house number and street again?"),
		flow.AskStreetName: say("Let's take it one part at a time. Which street is it on?", "Just the name of the street, please. Which is it?"),
		flow.AskHouse:      say("And the house number on {line}?", "What's the house number there, {line}?", "Which number is it on {line}?"),
		flow.AskHouseKeypad: {
			Spoken:  []string{"You can key in the house number, then pound. What is it?", "Could you type the house number on your keypad, then pound?"},
			Written: []string{"Which house number is it?", "And the house number?"},
		},
		flow.AskAddressSame: say("Is this still for {street}?", "Is it for {street} again?", "Is it the same address as before, {street}?", "Should we come to {street}?"),
		flow.AskZIP:         say("What's the ZIP code there?", "And the five digits of your ZIP code?", "Could you give me the ZIP code, digit by digit?"),
		flow.AskZIPKeypad:   say("You can key in the ZIP code on your phone. What is it?", "Could you type the five digits of the ZIP code?"),
		flow.AskPlaceZIP:    say("What's the ZIP code there in {place}?", "Let me check that we come to {place}. What's the ZIP code?"),
		flow.AskReadBack: {
			Spoken:  []string{"So that's {name}, {phone}, at {address}, {windows}. Is that right?", "Let me read that back: {name}, {phone}, {address}, {windows}. Is that correct?", "To confirm: {name}, {phone}, at {address}, {windows}. All good?"},
			Written: []string{"To confirm: {name}, {phone}, {address}, {windows}. Is that right?", "So that's {name}, {phone}, {address}, {windows}. Correct?"},
		},
		flow.AskReadBackShort: say("Now I have {name}, {phone}, {address}, {windows}. Is that right?", "So it's {name}, {phone}, {address}, {windows}. Correct?",
			"That makes it {name}, {phone}, {address}, {windows}. All good now?"),
		flow.AskChange:       say("Okay, what should I change?", "Which part should I fix?", "What's not right?"),
		flow.AskOfferMessage: say("Would you like me to take a message for {person}?", "Should I take a message so {person} can call you?", "Can I pass a message on to {person}?"),
		flow.AskOfferBooking: say("Would you like to book a visit?", "Do you want to schedule a visit?", "Shall I set up a visit?"),
		flow.AskGoOn:         say("Nobody could pick up just now. Shall I go ahead and book it?", "Should I go ahead and book, or take a message for {person}?", "Shall I go ahead and book the visit for you?"),
		flow.AskMessage:      say("What would you like me to tell {person}?", "What should I pass on to {person}?", "What message should I give {person}?"),
		flow.AskWhichJob:     say("I see {windows}. Which one is it about?", "Which visit do you mean, {windows}?", "Do you mean {windows}?"),
		flow.AskCancelSure:   say("I could also move it. Just to make sure, shall I cancel {windows}?", "So should I cancel the visit {windows}?", "Do you want me to cancel {windows}?"),
		flow.AskOut:          say("Can you get out right now?", "Are you on your way out?", "Are you outside now?"),
		flow.AskAnythingElse: say("Anything else I can help with?", "Is there anything else?", "Is there something else I can do?"),
		flow.AskWhatElse:     say("Sure, what else can I do for you?", "Of course, what do you need?"),

		// answers and statements
		flow.TellReadings:      say("I have {dated}.", "There's {dated}.", "I could do {dated}."),
		flow.TellOffer:         say("I have {windows}.", "I can do {windows}.", "There's {windows}.", "We could come {windows}."),
		flow.TellMoveOffer:     say("I can move it to {windows}.", "I could move you to {windows}.", "For the new time I have {windows}."),
		flow.TellEarliest:      say("The earliest is {windows}.", "The soonest I have is {windows}."),
		flow.TellInstead:       say("That's booked up, but I have {windows}.", "Nothing is open then, but I have {windows}.", "That time is full, but I can do {windows}."),
		flow.TellOffDuty:       say("Nobody who does that works then, but I have {windows}.", "The right person isn't in then, but I can do {windows}."),
		flow.TellNoMore:        say("Otherwise I have {windows}.", "Beyond those I have {windows}.", "The others I have are {windows}."),
		flow.TellTooSoon:       say("That's too soon for us, but I have {windows}.", "We can't make it that soon, but I have {windows}."),
		flow.TellTooFar:        say("I can't book that far ahead yet.", "That's further out than I can book."),
		flow.TellNothing:       say("I'm sorry, I don't have anything open right now.", "We're full for now.", "There's nothing open at the moment."),
		flow.TellNoSooner:      say("That's the soonest I have.", "There's nothing sooner, I'm afraid."),
		flow.TellClosed:        say("We're closed {day}.", "We don't work {day}."),
		flow.TellOutside:       say("{day} we're open {hours}.", "Our hours {day} are {hours}."),
		flow.TellImpossible:    say("I don't think {text} is on the calendar.", "Hm, {text} isn't a day I can find."),
		flow.TellPrice:         say("{Service} is {price}.", "For {service} it's {price}.", "The price for {service} is {price}."),
		flow.TellFree:          say("The {service} is free.", "There's no cost for the {service}."),
		flow.TellPriceWhich:    say("That depends on the work.", "It depends on what's needed."),
		flow.TellFee:           say("Coming out after hours adds {price}.", "After hours there's {price}."),
		flow.TellDuration:      say("Usually about {duration}.", "It usually takes about {duration}."),
		flow.TellTextUs:        say("Sure, you can text this number any time.", "You can text this number instead, any time."),
		flow.TellFAQ:           say("{text}"),
		flow.TellHours:         say("We're open {week}.", "Our hours are {week}."),
		flow.TellArea:          say("We cover {list}.", "We work in {list}."),
		flow.TellServices:      say("We do {list}.", "We handle {list}."),
		flow.TellDoIt:          say("Yes, we do that.", "Yes, that's something we do."),
		flow.TellRobot:         say("I'm {person}, a virtual assistant, and I can book a visit for you.", "Yes, I'm a virtual assistant. I can book visits and take messages."),
		flow.TellDontKnow:      say("I don't know that one, but {person} can tell you.", "That's one for {person}."),
		flow.TellAskingOwner:   say("I'm asking {person}, and I'll text you the answer.", "Let me ask {person}. I'll text you what I hear."),
		flow.TellGotPhoto:      say("Got your photo, thanks.", "Thanks for the photo."),
		flow.TellPhotoForVisit: say("Got your photo, thanks. {person} will see it before the visit.", "Thanks, {person} gets that photo, too."),
		flow.WishPhoto:         say("If you can, text us a photo of it: that helps {person} come prepared.", "A photo of it, texted to this number, helps {person} bring the right parts."),
		flow.TellBookingLink:   say("You can book here: {text}", "Here's our booking page: {text}"),
		flow.TellLinkByText:    say("Sure, I'm texting you the link to our booking page.", "You can book online, too. I'm texting you the link."),
		flow.TellOutOfArea:     say("I'm sorry, we don't go out to {place}. We only cover parts of {list}.", "{place} is outside our area.", "We don't get out to {place}, unfortunately."),
		flow.TellNotOffered:    say("I'm sorry, we don't do {text}. We do {list}.", "{text} isn't something we do.", "That's not work we take on, {text}."),
		flow.TellBooked: {
			Spoken:  []string{"You're booked, {first}: {windows}. You'll get a text to confirm.", "It's booked for {windows}, and a text is on its way."},
			Written: []string{"You're booked, {first}: {windows}. A confirmation is on its way.", "It's booked: {windows}."},
		},
		flow.TellAmended:     say("Okay, I've changed it to {name}, {phone}, {address}.", "Done, it's {name}, {phone}, {address} now."),
		flow.TellMoved:       say("Done, you're moved to {windows}. You'll get a text to confirm.", "It's moved to {windows}."),
		flow.TellCancelled:   say("Your visit {windows} is cancelled.", "Okay, {windows} is cancelled."),
		flow.TellKept:        say("Okay, {windows} stays as it is.", "Then it stays {windows}."),
		flow.TellStatus:      say("Your {service} visit is {windows}, with {person}.", "You're down for {windows}, with {person}."),
		flow.TellStatusToday: say("{person} is due {windows}, for the {service} visit.", "Your visit is {windows}, with {person}."),
		flow.TellNoJob:       say("I don't see a visit booked from this number.", "There's nothing booked under the number you're calling from.", "Under this number I have nothing coming up."),
		flow.TellMessage:     say("Thanks, I'll pass that on, and {person} will call you back.", "Got it, {person} will get that and call you back."),
		flow.TellPaging:      say("I'm paging {person} now, who's on call.", "{Person} is on call, I'm paging them right now."),
		flow.TellHandOver:    say("Sure, let me get {person} on the line.", "One moment, I'll try {person} for you."),
		flow.TellNobody:      say("{person} can't pick up just now, but I'll take a message.", "Nobody can get to the phone right now, so let me take a message."),
		flow.TellCallBack:    say("Let me have {person} call you about that.", "It's best if {person} calls you back."),
		flow.TellSolicitor:   say("Thanks, but we don't take sales calls. Please take us off your list. Goodbye."),
		flow.TellWrongNumber: say("You've reached {business}, so it sounds like a wrong number. No problem, take care. Goodbye."),
		flow.TellJobSeeker:   say("Thanks for your interest, I'll pass it on to {person}.", "I'll let {person} know you're looking for work."),
		flow.TellComplaint:   say("I'm sorry about that, I want {person} to hear it.", "I'm really sorry. I'll get this to {person}.", "{person} needs to hear this, so let me write it down."),
		flow.TellBilling:     say("{person} handles billing, I'll pass it on.", "That's one for {person}, I'll pass it on."),
		flow.TellTextAddress: both("What's the address, with ZIP?", "I'll text you right now. Just answer it with the address, and your visit gets booked. Goodbye.",
			"Let's do that by text: answer the one I'm sending with the address, and we'll finish booking. Goodbye."),
		flow.TellBye:       both("Thanks, have a good day!", "Thanks for calling. Have a good day. Goodbye."),
		flow.TellByeBooked: both("Great, see you then!", "Great, see you then. Goodbye."),
		flow.TellByeOpen:   both("Okay. Text us any time.", "Okay. Call or text us any time. Goodbye."),

		// what limits the harm, and danger: fixed words
		flow.StepWater:    say("If you can reach it, shut off the main water valve.", "Please turn off the main water valve if you can."),
		flow.StepSewage:   say("Please don't run any water or flush for now.", "Keep everyone away from it, and don't run any water."),
		flow.StepElectric: say("Stay out of the water, and don't touch anything electric near it.", "Keep away from the water and anything electric."),
		flow.StepHeat:     say("For now, keep everyone together in the warmest room.", "Keep everyone warm in one room for now."),
		flow.DangerGas: say("Please leave the building now. Don't touch switches or use your phone inside. " +
			"Once you're outside, call 911 or the gas company."),
		flow.DangerCO:    say("Get everyone outside into fresh air now. Don't stop to open windows. Once you're out, call 911."),
		flow.DangerOther: say("Please get everyone out of there now. Once you're outside, call 911."),
		flow.DangerAgain: say("Please go now, and call 911 or the gas company from outside. I've alerted {person}."),
		flow.DangerBye:   say("Good. Stay outside and call 911 or the gas company. I've alerted {person}, who will call you. Stay safe, goodbye."),
	}),
}
