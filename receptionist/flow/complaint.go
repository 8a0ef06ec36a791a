package flow

import (
	"fixly/business"
	"fixly/ledger"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// complaint takes what went wrong to a person, who is told at once: nobody is promised anything, and nobody is argued
// with. One apology is enough. Questions about bills go the same way, without the hurry.
func (t *turn) complaint() (bool, error) {
	u, s := t.u, t.s
	switch {
	case s.top() == TopicMessage || s.Outcome == ledger.Message || s.Question == QCode || s.Question == QBookedPhone:
		return false, nil
	case u.Has(understanding.IntentComplaint, t.sureOfComplaint()):
		t.because(WhyComplaint)
		t.say(Conveyance{Kind: TellComplaint, Person: firstName(t.recipientOf("complaint"))})
		about, err := t.lastVisit()
		if err != nil {
			return true, err
		}
		t.tellOwner("complaint", clip(u.Text, 160)+about)
		if t.byTopic(business.TopicComplaints, "complaint") {
			return true, nil
		}
		return true, t.startMessage(u.Text, "complaint")
	case u.Has(understanding.IntentBilling, sure) && u.FAQ < 0:
		t.rememberBooking()
		if t.byTopic(business.TopicBilling, "billing") {
			_, err := t.lastVisit()
			return true, err
		}
		t.because(WhyBilling)
		t.say(Conveyance{Kind: TellBilling, Person: firstName(t.recipientOf("billing"))})
		if _, err := t.lastVisit(); err != nil {
			return true, err
		}
		return true, t.startMessage(u.Text, "billing")
	}
	return false, nil
}

// sureOfComplaint is how sure understanding must be of a complaint: who tells of work to be done at length complains of
// what is broken, not of us.
func (t *turn) sureOfComplaint() float64 {
	if t.u.ServiceScore >= 0.8 && t.u.Has(understanding.IntentBook, 0.5) {
		return 0.75
	}
	return sure
}

// lastVisit links the conversation to the visit that a complaint or a bill is most likely about, the last one that
// began, and names it for the owner; the caller hears nothing of it.
func (t *turn) lastVisit() (string, error) {
	if err := t.lookUp(); err != nil {
		return "", err
	}
	var last *scheduling.Job
	for _, phone := range t.ownNumbers() {
		jobs, err := t.w.JobsByPhone(phone, t.w.Now().Add(-history))
		if err != nil {
			return "", err
		}
		for i, j := range jobs {
			if !j.Slot.Start.After(t.w.Now()) && j.Status != scheduling.StatusCancelled && (last == nil || j.Slot.Start.After(last.Slot.Start)) {
				last = &jobs[i]
			}
		}
	}
	if last == nil {
		return "", nil
	}
	if t.s.Booked == nil {
		t.do(Effect{Do: DoLink, Job: *last})
	}
	t.s.LastVisit = t.visitLine(*last)
	return " (" + t.s.LastVisit + ")", nil
}
