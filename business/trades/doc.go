// Package trades is what a good receptionist knows about the trades before she has seen the shop: what callers call
// things, what goes wrong with them, what to ask next, what makes it urgent, what is dangerous, and what the technician
// should know beforehand. It is data, one file a trade (a pack) and common.yaml for what all share; this package reads
// the files strictly and checks them. A shop's own words (`for` of its services) always win over a pack.
//
// # The format of a pack
//
//	trade: plumbing                    # the file's name
//	name: {en: plumbing, es: plomería} # as said to a caller; common.yaml has none
//
// Whatever is said or heard stands under its language, two letters (Languages).
//
// concepts are the ideas that words stand for, by name. A shop's services and what callers say are both read through
// them, so that "backed up" meets "clogged". The words are patterns of the grammar (receptionist/understanding/grammar).
// A name belongs to one file; every file may use the concepts of all.
//
//	concepts:
//	  burst: {trouble: true, weight: 1.2, like: {leak: 0.7}, en: ["burst*", "bust*"], es: ["revent*"]}
//
//	trouble  what is wrong with a thing, as opposed to the thing
//	weight   how much it tells about a problem (1 if left out); places in the house tell little
//	like     how near other concepts are, 0 to 1 (1 is the same); it holds both ways
//	action   ("install") tells a service only together with a thing or a trouble
//	aside    ("weekend", "warranty") belongs to questions, not to problems
//	hides    concepts that don't count where their words lie within this one's: a water heater is no water
//
//	call     a thing, as it is named in a question: {en: the furnace}
//	does     the kind of work that an action stands for (Doings)
//	step     the first step that fits an emergency with it (Steps)
//
// problems are what the trade is called for, each with what there is to know about it.
//
//	problems:
//	  - id: burst_pipe
//	    about: [[pipe, burst], [pipe, leak, spraying]] # concepts that together mean it, in one of these ways
//	    said: {en: ["pipe ~3 let go"]}                 # further patterns that mean it
//	    name: {en: burst pipe, es: tubo roto}
//	    thing: pipe                                    # the concept that it happens to: it finds the shop's service
//	    does: repair                                   # the kind of work (Doings); repair if left out
//	    work: plumbing                                 # whose work it is, where the pack has several or none
//	    urgency: emergency                             # what it is unless something else is said: emergency, urgent or nothing
//	    step: water                                    # the vetted first step that is said at once (Steps)
//	    danger: live wire                              # one of the dangers below
//	    ask:                                           # at most two; asked where an answer raises to emergency
//	      - id: still_running
//	        note: water still running                  # how the answer is headed for the technician
//	        answers: {"yes": [gushing], "no": [shut_off]} # concepts that answer it unasked; the keys are what is noted
//	        raises: {"yes": emergency}                 # what an answer makes of the urgency
//	        en: ["Is the water still running?", "Is water still coming out of it?"] # ways to ask it, two at least
//	    know: {en: ["where the main shut-off is"]}     # what the technician should find out on arrival, or bring
//
// urgency holds what callers say when it is urgent (emergency, urgent) and when it isn't (calm).
//
// dangers are what is dangerous, by name: what callers say, what kind it is (Kinds; it chooses the fixed words that are
// said), the urgency of a visit about it, and whether it is never booked, since life is at risk.
//
//	dangers:
//	  gas leak: {kind: gas, never_booked: true, en: ["gas (smell*|odor*|fumes|leak*)"]}
//
// work is how a trade's work is told apart from a shop's own, by what it is called when it is declined.
//
//	work:
//	  roofing: {en: ["roof*", "shingl*"]}
package trades
