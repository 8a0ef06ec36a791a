package flow

import (
	"time"

	"fixly/scheduling"
)

// Change is what became of a visit without its customer, from a closed list.
type Change string

// The changes that are put to a customer.
const (
	ShopMoved     Change = "moved"       // the visit has another time already: does that suit?
	ShopCancelled Change = "cancelled"   // it is off already: another time?
	ShopTaken     Change = "taken"       // it stands, and its time proved to be somebody else's: which other one?
	ShopDeclined  Change = "declined"    // the owner does not take it, and it is off already: another time?
	BetterTime    Change = "better_time" // it waits for the owner's yes, and he would rather come at another time
)

// Proposal is a change of a visit that the shop puts to its customer by text, or what follows up on one.
type Proposal struct {
	Change Change
	Job    scheduling.Job // as it is by now
	// Start is when the owner would rather come, for BetterTime.
	Start time.Time
	// Said is the conversation that came to nothing, for StillNeeded.
	Said *State
}

// holdProposed is how long times are held that a customer is written of unasked: who is not in conversation with us
// does not have a phone in hand. One whose hold ran out is looked at again when it is chosen.
const holdProposed = 30 * time.Minute

// AtRest says whether nothing is asked of the customer that a proposal would talk over.
func (s *State) AtRest() bool {
	switch s.Question {
	case QNone, QAnythingElse, QReminded:
		return true
	case QProblem:
		return s.top() == ""
	}
	return false
}

// propose puts a change of a visit to its customer, so that what they write next is understood as the answer. The answer
// goes the way of any wish to move a visit, or to book one.
func (t *turn) propose() error {
	s, p := t.s, t.e.Proposal
	if p.Change.followsUp() {
		return t.followUp()
	}
	t.letGo()
	s.dropVisit()
	s.Details.Wish, s.Laid, s.Refusals, s.LookedUp, s.Later = Wish{}, nil, 0, false, nil
	s.Tries, s.Asks, s.Pending, s.Keys, s.Before = 0, 0, "", "", ""
	s.Settled = true // in which language the customer speaks with us is known
	if err := t.lookUp(); err != nil {
		return err
	}
	t.do(Effect{Do: DoLink, Job: p.Job})
	switch p.Change {
	case ShopMoved:
		t.takeUpMove()
		t.proposeMoved()
		return nil
	case ShopTaken:
		t.takeUpMove()
		t.because(WhyShopTaken)
		t.say(Conveyance{Kind: SayShopTaken, Windows: t.jobWindows(p.Job)})
		return t.proposeNear(p.Job.Slot.Start, TellMoveOffer)
	case BetterTime:
		t.takeUpMove()
		return t.proposeBetter()
	case ShopDeclined, ShopCancelled, Remind, Nudge, StillNeeded, AfterEstimate, TimeAgain:
	}
	return t.proposeAnother()
}

// takeUpMove makes the visit the one that is being moved.
func (t *turn) takeUpMove() {
	t.s.push(TopicMove)
	t.s.JobID = t.e.Proposal.Job.ID
}

// proposeMoved tells the time that the visit has now, for a yes.
func (t *turn) proposeMoved() {
	s, j := t.s, &t.e.Proposal.Job
	s.Offers = []Offer{{Slot: j.Slot, WindowEnd: j.WindowEnd, At: t.w.Now()}}
	if j.Status == scheduling.StatusTentative {
		s.OwnersTime = j.Slot.Start
	}
	t.say(Conveyance{Kind: SayShopMoved, Service: j.Service, Windows: t.jobWindows(*j)})
	t.ask(QChoice, WhyShopMoved, Conveyance{Kind: TellReplyYes})
	again := t.choiceAgain()
	s.Asking = &again
}

// proposeBetter tells the time at which the owner would rather come, for a yes; the nearest ones where it is taken by now.
func (t *turn) proposeBetter() error {
	s, p := t.s, t.e.Proposal
	q := t.query()
	q.Wanted, q.Limit, q.Technician = []scheduling.Interval{moment(p.Start)}, 1, p.Job.Slot.Technician
	offered, err := t.w.Offers(q)
	if err == nil && offered.Refusal != nil {
		q.Technician = ""
		offered, err = t.w.Offers(q)
	}
	if err != nil {
		return err
	}
	if offered.Refusal != nil || len(offered.Slots) == 0 || !offered.Slots[0].Start.Equal(p.Start) {
		t.because(WhyDeclined)
		t.say(Conveyance{Kind: SayDeclined, Person: t.owner(), Windows: t.jobWindows(p.Job)})
		return t.proposeNear(p.Start, TellMoveOffer)
	}
	s.OwnersTime = p.Start
	offers := t.offersOf(offered.Slots, q.Also)
	t.say(Conveyance{Kind: SayBetterTime, Person: t.owner(), Service: p.Job.Service, Windows: t.windows(offers)})
	t.layOut(offers, WhyBetterTime, Conveyance{Kind: AskOne})
	return nil
}

// proposeAnother tells that a visit is off, and offers other times for the same work: who and where is known.
func (t *turn) proposeAnother() error {
	s, j := t.s, &t.e.Proposal.Job
	s.Past, s.Booked = j, nil
	why, kind := WhyShopCancelled, SayShopCancelled
	if t.e.Proposal.Change == ShopDeclined {
		why, kind = WhyDeclined, SayDeclined
	}
	t.because(why)
	t.say(Conveyance{Kind: kind, Service: j.Service, Person: t.owner(), Windows: t.jobWindows(*j)})
	if t.b.Service(j.Service) == nil { // it isn't done any more
		return t.offerMessage()
	}
	urgency := j.Urgency
	if urgency == scheduling.Emergency { // it has waited: the usual hours and notice are good enough
		urgency = scheduling.Urgent
	}
	s.Details = Details{
		Service: j.Service, Problem: j.Problem, WordsIn: t.spoken(), Urgency: urgency,
		Name: j.Customer.Name, Phone: j.Customer.Phone, Address: j.Address, Confirmed: true,
	}
	s.Triaged, s.NextAsked, s.MoreName, s.NoNumber = true, mostNext, true, true // all was asked when it was booked
	s.push(TopicBook)
	return t.proposeNear(j.Slot.Start, TellOffer)
}

// proposeNear offers the open times nearest to one that can't be had.
func (t *turn) proposeNear(start time.Time, kind Kind) error {
	q := t.query()
	q.Wanted = []scheduling.Interval{moment(start)}
	t.s.Details.Wish.Avoid = []scheduling.Interval{moment(start)} // others are offered where these are gone by then
	q.Avoid = append(q.Avoid[:len(q.Avoid):len(q.Avoid)], moment(start))
	offered, err := t.w.Offers(q)
	if err != nil {
		return err
	}
	if len(offered.Slots) == 0 {
		t.say(Conveyance{Kind: TellNothing})
		return t.offerMessage()
	}
	offers := t.onTable(offered.Slots, q.Also)
	t.say(Conveyance{Kind: kind, Windows: t.windows(offers)})
	ask := Conveyance{Kind: AskChoice}
	if len(offers) == 1 {
		ask.Kind = AskOne
	}
	t.layOut(offers, t.d.Reason, ask)
	return nil
}

// layOut puts times on the table that the customer was not waiting for.
func (t *turn) layOut(offers []Offer, why Reason, ask Conveyance) {
	t.s.Offers = offers
	t.do(Effect{Do: DoHold, Offers: t.holdable(offers), For: holdProposed})
	t.ask(QChoice, why, ask)
	again := t.choiceAgain()
	t.s.Asking = &again
}

// moment is a start as a stretch of time.
func moment(start time.Time) scheduling.Interval {
	return scheduling.Interval{From: start, To: start.Add(time.Minute)}
}

// owner is the first name of who says yes or no to visits.
func (t *turn) owner() string { return firstName(t.b.Profile.Owner.Name) }

// itsOwn says whether an offer is the time that the visit has already: the owner's change of it, told to the customer.
func (t *turn) itsOwn(o Offer) bool {
	j := t.job()
	return j != nil && t.s.top() == TopicMove && o.Slot.Technician == j.Slot.Technician && o.Slot.Start.Equal(j.Slot.Start)
}

// agreed takes the customer's yes to the time that a visit has. One that waited for the owner's yes waits no more: the
// time is the owner's.
func (t *turn) agreed(o Offer) error {
	s, j := t.s, *t.job()
	if j.Status == scheduling.StatusTentative && o.Slot.Start.Equal(s.OwnersTime) {
		t.do(Effect{Do: DoAccept, Job: j})
	}
	booking := s.has(TopicBook) && s.Details.Service != ""
	t.done(&o)
	s.Answered, s.Waiting, s.OwnersTime = true, false, time.Time{}
	t.because(WhyAgreed)
	w := t.windows([]Offer{o})
	if booking { // what the change came in between of
		t.say(Conveyance{Kind: TellAgreed, Windows: w})
		s.Booked = nil
		return t.next()
	}
	t.end(Conveyance{Kind: TellAgreed, Windows: w})
	return nil
}

// accepted says whether a time that was chosen for a visit that waits for the owner's yes is the one that he proposed.
func (t *turn) accepted(j scheduling.Job, o Offer) bool {
	return j.Status == scheduling.StatusTentative && !t.s.OwnersTime.IsZero() && o.Slot.Start.Equal(t.s.OwnersTime)
}

// tellBooked says that a visit is booked or, where the owner has to take it first, exactly that.
func (t *turn) tellBooked(o Offer) {
	kind := TellBooked
	if t.s.Waiting {
		kind = TellPutDown
	}
	t.say(Conveyance{Kind: kind, Name: t.s.Details.Name, Person: t.owner(), Windows: t.windows([]Offer{o})})
}

// needsApproval says whether what is about to be booked waits for the owner's yes.
func (t *turn) needsApproval(urgency scheduling.Urgency) (bool, error) {
	d := &t.s.Details
	names := []string{d.Service}
	if t.s.top() == TopicBook {
		names = d.services()
	}
	for _, name := range names {
		yes, err := scheduling.NeedsApproval(t.b, name, urgency, func() ([]scheduling.Job, error) { return t.w.JobsByPhone(d.Phone, time.Time{}) })
		if yes || err != nil {
			return yes, err
		}
	}
	return false, nil
}
