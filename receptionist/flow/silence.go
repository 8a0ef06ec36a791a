package flow

// maxSilences ends a conversation in which nothing is said any more.
const maxSilences = 3

// silence checks in, then asks for another way, then ends politely.
func (t *turn) silence() error {
	s := t.s
	s.Silences++
	if s.Pending != "" {
		s.Pending = ""
	}
	switch {
	case s.Silences >= maxSilences:
		t.because(WhySilenceEnd)
		t.end(Conveyance{Kind: SaySilenceBye})
	case s.Silences == 2:
		t.because(WhySilence)
		t.say(Conveyance{Kind: SayCantHear})
	default:
		t.because(WhySilence)
		t.say(Conveyance{Kind: SayStillThere})
		t.again()
	}
	return nil
}

// reconnected says where we stopped.
func (t *turn) reconnected() error {
	s := t.s
	t.because(WhyReconnected)
	t.say(Conveyance{Kind: SayCutOff})
	if s.Booked != nil && s.top() == "" {
		t.tellBooked(*s.Booked)
		t.ask(QAnythingElse, WhyAnythingElse, Conveyance{Kind: AskAnythingElse})
		return nil
	}
	if s.Asking == nil {
		t.ask(QProblem, WhyNeedProblem, Conveyance{Kind: AskProblem})
		return nil
	}
	t.again()
	return nil
}
