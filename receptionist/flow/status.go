package flow

// tellStatus says when the visits are, and who comes.
func (t *turn) tellStatus() {
	j := t.s.Jobs[0]
	kind := TellStatus
	if t.sameDay(j.Slot.Start, t.w.Now()) {
		kind = TellStatusToday
	}
	t.s.Answered = true
	t.because(WhyStatus)
	t.say(Conveyance{Kind: kind, Service: j.Service, Windows: t.jobWindows(j), Person: firstName(j.Slot.Technician)})
	t.anythingElse()
}
