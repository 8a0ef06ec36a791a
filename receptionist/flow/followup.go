package flow

import (
	"slices"
	"strings"
	"unicode"

	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// What follows up on something, and is put to a customer as changes are.
const (
	Remind        Change = "remind"   // the visit is near: does it stand?
	Nudge         Change = "nudge"    // they stopped answering in the middle of a booking: what is still missing?
	StillNeeded   Change = "lead"     // a call or a thread came to nothing: is it still needed, and would one of these times suit?
	AfterEstimate Change = "estimate" // the visit for a price is over: shall the work be done?
	TimeAgain     Change = "seasonal" // work that they had is due again: shall it be booked?
)

// followsUp says whether a change is a follow-up: it names the shop itself, in place of the assistant's introduction, which
// is left for the answer.
func (c Change) followsUp() bool {
	switch c {
	case Remind, Nudge, StillNeeded, AfterEstimate, TimeAgain:
		return true
	case ShopMoved, ShopCancelled, ShopTaken, ShopDeclined, BetterTime:
	}
	return false
}

// followUp puts a follow-up to a customer. What is not known to be open is not offered: with nothing to offer, nothing is
// on the table afterwards, and whoever asked for the follow-up leaves it.
func (t *turn) followUp() error {
	s, p := t.s, t.e.Proposal
	s.Settled = true
	switch p.Change {
	case Remind:
		return t.remind()
	case Nudge:
		return t.nudge()
	case StillNeeded:
		s.Details = p.Said.Details
		if s.Details.Urgency == scheduling.Emergency { // it has waited
			s.Details.Urgency = scheduling.Urgent
		}
		s.Details.Confirmed, s.Details.Wish = false, Wish{}
		t.because(WhyStillNeeded)
		kind := SayStillNeeded
		said := quotable(s.Details.Problem)
		if said != "" && s.Details.WordsIn == t.spoken() {
			kind = SayStillWords
		}
		t.say(Conveyance{Kind: kind, Service: s.Details.Service, Text: said})
		return t.offerUnbidden()
	case AfterEstimate:
		s.Stack, s.Booked, s.Unbidden = nil, nil, true
		t.letGo()
		t.ask(QOfferBooking, WhyAfterEstimate, Conveyance{Kind: TellAfterEstimate, Service: p.Job.Service})
		return nil
	case TimeAgain:
		d := &s.Details
		*d = Details{Service: p.Job.Service, Name: d.Name, Spelt: d.Spelt, Phone: d.Phone, Extension: d.Extension, Address: d.Address}
		s.Stack, s.Booked, s.Unbidden, s.Laid, s.Triaged, s.FeeAgreed, s.Refusals = nil, nil, true, nil, false, false, 0
		t.letGo()
		t.ask(QOfferBooking, WhyTimeAgain, Conveyance{Kind: TellTimeAgain, Service: p.Job.Service})
		return nil
	case ShopMoved, ShopCancelled, ShopTaken, ShopDeclined, BetterTime:
	}
	return nil
}

// quotable are a customer's words as far as they can be said back to them: short, and without figures, which could be
// understood as the shop's.
func quotable(words string) string {
	const most = 60 // characters
	words = strings.TrimRight(strings.TrimSpace(words), ".!,;")
	if len(words) > most || strings.ContainsFunc(words, func(r rune) bool { return unicode.IsDigit(r) || r == '"' || r == '\n' }) {
		return ""
	}
	return words
}

// offerUnbidden offers the soonest open times for work that nobody was just talking about. They are not held: few of those
// who are written to answer, and others want the times now.
func (t *turn) offerUnbidden() error {
	s := t.s
	s.Stack, s.Booked, s.Unbidden, s.Laid, s.Refusals = nil, nil, true, nil, 0
	t.letGo()
	s.push(TopicBook)
	if err := t.quoteFirst(); err != nil {
		return err
	}
	q := t.query()
	offered, err := t.w.Offers(q)
	if err != nil || len(offered.Slots) == 0 {
		return err
	}
	s.Offers = t.onTable(offered.Slots, q.Also)
	t.say(Conveyance{Kind: TellOffer, Windows: t.windows(s.Offers)})
	ask := Conveyance{Kind: TellPickOne}
	if len(s.Offers) == 1 {
		ask.Kind = TellTakeIt
	}
	t.ask(QChoice, t.d.Reason, ask)
	again := t.choiceAgain()
	s.Asking = &again
	return nil
}

// unbidden takes a no to what was offered out of the blue: then it is left, and no other times are looked for.
func (t *turn) unbidden() (bool, error) {
	s, u := t.s, t.u
	if !s.Unbidden {
		return false, nil
	}
	s.Unbidden = false
	no := u.Answer == understanding.No || u.Choice != nil && u.Choice.Refused
	if !no || t.wished || u.Service != "" || u.Has(understanding.IntentBook, sure) {
		return false, nil
	}
	t.letGo()
	s.Stack, s.Details.Service = nil, ""
	s.Answered = true
	t.because(WhyLeftIt)
	t.end(Conveyance{Kind: TellLeftIt})
	return true, nil
}

// nudge asks once more for what a booking still lacks. Times that were on the table are looked up anew.
func (t *turn) nudge() error {
	s := t.s
	if s.top() != TopicBook || s.Details.Service == "" {
		return nil
	}
	t.because(WhyNudge)
	t.say(Conveyance{Kind: SayNudge, Service: s.Details.Service})
	s.Tries, s.Asks, s.Question = 0, 0, QNone
	if s.Chosen == nil {
		t.letGo()
		return t.next()
	}
	open, err := t.stillOpen(*s.Chosen)
	if err != nil {
		return err
	}
	if !open {
		t.letGo()
	}
	return t.next()
}

// remind tells of a visit that is near. The question is answered by a letter, or in any words.
func (t *turn) remind() error {
	s, j := t.s, t.e.Proposal.Job
	t.letGo()
	s.dropVisit()
	s.Stack, s.Booked, s.LookedUp, s.Past = nil, nil, false, nil
	s.Details.Wish, s.Laid, s.Refusals, s.Later = Wish{}, nil, 0, nil
	s.Tries, s.Asks, s.Pending, s.Keys, s.Before = 0, 0, "", "", ""
	if err := t.lookUp(); err != nil {
		return err
	}
	t.do(Effect{Do: DoLink, Job: j})
	s.JobID = j.ID
	t.say(Conveyance{Kind: SayReminder, Service: j.Service, Windows: t.jobWindows(j)})
	if !j.ConfirmedAt.IsZero() {
		t.because(WhyReminder)
		s.Question, s.Asking, s.Answered = QNone, nil, true
		return nil
	}
	t.ask(QReminded, WhyReminder, Conveyance{Kind: TellHowToAnswer})
	return nil
}

// The letters by which a reminder is answered, in every language, and the beginning of the word that people write for the
// first in English and in Spanish. Words that end texts are none of them: carriers take CANCEL for STOP.
const (
	letterConfirm = "c"
	letterMove    = "m"
	letterOff     = "x"
	wordConfirm   = "confirm"
)

// reminded takes the answer to a reminder: it stands, it is to be moved, it is off. Anything else is heard as usual.
func (t *turn) reminded() (bool, error) {
	s, u := t.s, t.u
	if s.Question != QReminded {
		return false, nil
	}
	s.LookedUp = false // days may have passed
	id := s.JobID
	if err := t.lookUp(); err != nil {
		return false, err
	}
	s.JobID = id
	j := t.job()
	if j == nil || !j.Live() {
		s.Question, s.Asking, s.JobID = QNone, nil, ""
		return false, nil
	}
	said := strings.Trim(strings.ToLower(u.Text), " .!'\"")
	short := len(strings.Fields(said)) <= 2
	other := len(u.About) > 0 && !slices.ContainsFunc(intervals(u.About), func(x scheduling.Interval) bool { return t.onDayOf(x, *j) })
	if other {
		return false, nil // it is about another visit of theirs
	}
	plain := !t.wished && !t.digressed && !strings.Contains(said, "?")
	switch {
	case t.wished && t.names(*j) && u.Answer == understanding.Yes:
		s.Details.Wish = Wish{} // "yes, tuesday at eight is fine"
		t.confirm(*j)
		return true, nil
	case t.wished && !t.names(*j):
		return true, t.takeUpVisit(TopicMove, id)
	case said == letterOff, short && plain && t.leads(understanding.IntentCancel):
		t.cancel()
		return true, nil
	case said == letterMove:
		return true, t.takeUpVisit(TopicMove, id)
	case said == letterConfirm, short && plain && strings.HasPrefix(said, wordConfirm), plain && u.Answer == understanding.Yes && len(u.Intents) == 0:
		t.confirm(*j)
		return true, nil
	}
	topic, err := t.visitWish()
	switch {
	case err != nil:
		return false, err
	case topic == TopicMove || topic == TopicCancel:
		return true, t.takeUpVisit(topic, id)
	case topic == "" && plain && u.Answer == understanding.No:
		t.ask(QReminded, WhyReminder, Conveyance{Kind: TellMoveOrOff})
		return true, nil
	}
	return false, nil
}

// takeUpVisit begins to move, or to cancel, the visit that was reminded of.
func (t *turn) takeUpVisit(topic Topic, id string) error {
	s := t.s
	s.dropVisit()
	s.push(topic)
	s.JobID = id
	return t.next()
}

// confirm notes that the visit stands.
func (t *turn) confirm(j scheduling.Job) {
	s := t.s
	t.do(Effect{Do: DoConfirm, Job: j})
	s.dropVisit()
	s.Answered = true
	t.because(WhyConfirmed)
	t.end(Conveyance{Kind: TellConfirmed, Windows: t.jobWindows(j)})
}

// Wanted says whether somebody wanted work done in a conversation, and nothing came of it: what is of use for asking later
// whether it is still needed. What the shop only offered, and dangers, places where the shop doesn't go, complaints and messages are not.
func (s *State) Wanted() bool {
	return s.Details.Service != "" && !s.Unbidden && s.Booked == nil && s.Danger == "" && s.About == "" && s.Message == "" && !s.has(TopicArea) && s.Place == "" &&
		!s.Machine && s.Outcome == ""
}

// Missing says whether a booking is under way that lacks something of its customer's.
func (s *State) Missing() bool {
	return s.top() == TopicBook && s.Details.Service != "" && !s.Ended && s.Booked == nil
}

// Complained says whether a conversation was, or held, a complaint.
func (s *State) Complained() bool { return s.About == "complaint" }
