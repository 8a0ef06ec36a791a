package flow

import (
	"fixly/business/trades"
	"fixly/scheduling"
)

// pictured thanks for pictures that came without words. What was asked before is asked again; who expects a visit is told that
// whoever comes sees them; anybody else is asked what they are about.
func (t *turn) pictured() error {
	if t.s.People {
		t.because(WhyForPeople)
		t.d.Quiet, t.d.ForPeople = true, true
		return nil
	}
	t.because(WhyPicture)
	coming, err := t.coming()
	if err != nil {
		return err
	}
	if coming != nil {
		t.say(Conveyance{Kind: TellPhotoForVisit, Person: firstName(coming.Slot.Technician)})
	} else {
		t.say(Conveyance{Kind: TellGotPhoto})
	}
	switch {
	case !t.s.AtRest():
		return t.resume()
	case coming == nil:
		t.ask(QProblem, WhyNeedProblem, Conveyance{Kind: AskProblem})
	}
	return nil
}

// coming is the caller's next visit; nil when there is none.
func (t *turn) coming() (*scheduling.Job, error) {
	jobs, err := t.w.JobsByPhone(t.e.CallerID, t.w.Now())
	if err != nil {
		return nil, err
	}
	for i := range jobs {
		if jobs[i].Live() {
			return &jobs[i], nil
		}
	}
	return nil, nil
}

// wishPhoto asks for a picture where it helps who comes, once a visit is booked by text.
func (t *turn) wishPhoto(o Offer) {
	p := trades.All().Problem(t.s.Details.Known)
	if t.e.Text && p != nil && p.Photo && t.s.Said[WishPhoto] == 0 {
		t.say(Conveyance{Kind: WishPhoto, Person: firstName(o.Slot.Technician)})
	}
}
