package en

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// wishes reads wishes without a time of their own, times that are no wish, and the words that join times:
// exclusions, corrections, alternatives.
func wishes(s *grammar.Spec) {
	each := func(kind grammar.Kind, value any, name string, score float64, patterns ...string) {
		for _, p := range patterns {
			s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: p, Value: value, Score: score})
		}
	}
	each(m.KSpecial, m.Soonest, "soonest", 0,
		"as (soon|quick|quickly|fast|early) as (possible|you can|you are able|we can|he can|they can|anybody can|somebody can|someone can|humanly possible|you possibly can)",
		"asap", "a s a p", "(right away|right now|immediately|straight away|pronto|this minute|now as soon)",
		"[the|whatever is the|whatever is|your|what is your|what is the] (soonest|earliest) [one|time|appointment|slot|opening|day|possible|available|you have|you have got|you got|you can|that you have]",
		"[the|your] (first|next) available [time|appointment|slot|opening|one]", "[the|your] (first|next) (opening|appointment) [you have|you got|available]",
		"(the) sooner the better", "[how] soon can [you|somebody|someone|he|they]", "(sooner rather than later|quick as you can|soon as you can|soon as possible)",
		"[the] first [one] you (have|got)", "first come", "(can|could) (you|somebody|someone|anybody) come (now|right now|over now)", "need (you|somebody|someone|anybody) (now|right now|here now)")
	each(m.KSpecial, m.Any, "any time", 0,
		"any (time|day|day of the week|of them|of those|hour) [is fine|works|is good|is okay|at all]", "anytime [is fine|works|is good|is okay]", "whenever [you can|you want|you like|works|is fine|is good|you are free|is convenient|you have]",
		"whatever (works|you have|you got|is good|is easiest|is convenient|day|time|is available|suits)", "(does not|do not|doesn't) matter [to me]", "[i am] [pretty|very|totally] flexible",
		"no preference", "(you (pick|choose|decide)|up to you)", "at your convenience", "(do not|does not) (care|mind) [when|what day|what time]", "all day", "[i am] (home|here|available|around|free|open) all (day|week)",
		"i am (wide open|open|free) [all week|any time|anytime]", "(sometime|some time|at some point|someday)")
	each(m.KSpecial, m.Later, "later", 0,
		"(anything|something|any times|nothing|one|a bit|a little|little|any) (later|after that) [than that|in the week|in the day|on]", "later than (that|those|this)", "(have|got) (anything|something) after (that|those)", "later [time|times|slot|appointment|on]", "further out")
	each(m.KSpecial, m.Earlier, "earlier", 0,
		"(anything|something|any times|nothing|one|anybody|somebody|someone|a bit|a little|little|any) (sooner|earlier|before that) [than that|in the week|in the day]", "(sooner|earlier) than (that|those|this)", "(have|got) (anything|something) before (that|those)", "(sooner|earlier) [time|times|slot|appointment]")

	// Times that are no wish.
	each(m.KPast, true, "since a time", 2,
		"since (<days>|<hours>|<visit>)", "(<length>) ago",
		"(last|the last|this past|this last|past) (<weekday>|<part>|<grain>|weekend|time|few <grain>|couple [of] <grain>|<number> <grain>)", "yesterday [<part>]", "the other day", "day before yesterday", "all (night|day long|morning|weekend) [long]", "every (day|morning|night|week|time|<weekday>|<grain>)",
		"(for|about|almost|nearly|over|like|been) [the|about|like|almost|over] [last|past] <length>", "[the|this] whole <grain>", "<length> (old|long|each|every|straight|apart|away|warranty|now|worth)", "back in <month>", "earlier (today|this week|this month)",
		"(took|takes|take|been|waited|waiting|wait) [about|like|over] <length>", "(one|once|twice) (a|an|per) <grain>", "a <grain> (and a half)", "time of (day|year)", "(other|all the other|those|these|which|what|that) days", "one day", "good (morning|afternoon|evening|night|day)",
	)
	each(m.KOff, true, "ruling out", 0,
		"not", "but not", "(just|anything|any day|any time|anytime|everything|all) (but|except|besides)", "(except|excluding|besides|other than|apart from|aside from) [for]",
		"(can not|could not|will not be able to) (do|make|make it|be there|be home|have) [it] [on|at|in]", "(am|is|are|will) not (be)? (home|here|there|around|available|free|in) [on|at|in]", "(will) not be (home|here|there|around|available|free|in) [on|at|in]",
		"(no good|not good|bad|busy|unavailable|booked|away|gone) (on)", "(rather not|do not want|not available) [on|do]", "i (work|am working) [on]", "never [on]", "am (busy|unavailable|away|gone|out of town|booked) [on]")
	each(m.KOffAfter, true, "ruling out what was said", 0,
		"(does not|do not|will not|would not|is not|are not|can not) (work|good|going to work|do it|suit|fit|happen|possible|an option|gonna work|great) [for me|for us|out]", "(is|are) (out|bad|no good|not good|a problem|tough|hard|impossible|full|booked) [for me|for us]", "(no good|not good)", "is (when i work|my busy day)")
	each(m.KAmend, false, "correcting, perhaps", 0, "wait", "oh wait", "actually", "sorry", "excuse me", "(make it|make that)", "rather")
	each(m.KAmend, true, "correcting", 1,
		"(no wait|wait no|no no wait|actually no|no actually|oh no)", "(i mean|i meant|i mean to say|i meant to say)", "(scratch that|strike that|correction|or rather|no sorry|sorry i mean|sorry i meant)", "(change that to|change it to|no make it|no make that)", "(i misspoke|let me correct|not right i|that is wrong)", "my mistake", "my bad")
	each(m.KOr, true, "or", 0, "or", "or maybe", "or even", "or else", "or possibly", "either", "and also", "and or", "or if not", "or failing that", "or any", "or alternatively", "or on", "or the", "or in the")
	each(m.KInstead, true, "instead", 0, "(then|instead|rather|better)")
}
