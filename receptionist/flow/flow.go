package flow

import (
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/receptionist/understanding"
)

// sure is how sure understanding must be of an intent before the flow acts on it unasked.
const sure = 0.6

// turn is one turn being decided.
type turn struct {
	s *State
	e *Event
	u *understanding.Understanding
	w World
	b *business.Business
	d Decision

	learned       bool     // something that was said was taken down
	changed       bool     // a detail that was known was replaced
	amended       bool     // and it was who or where
	digressed     bool     // a question was answered on the way
	answered      int      // how many conveyances stand on their own: an introduction, an answer
	tired         bool     // a question was asked often enough
	warned        bool     // a danger was warned of in this turn
	wished        bool     // a wish for a time was taken down
	later         bool     // what was under way is done, and another wish waits
	recordingTold bool     // where the recording of the call stands was told in this turn
	noted         []Effect // what the caller's words settled and has to be noted, after what can be refused
	onlyDay       bool     // the day of a visit that is booked was named, and nothing else
}

// Decide decides one turn. It changes s; an error comes from the world (storage) and leaves s in no usable
// state, so that the caller must drop it.
func Decide(s *State, e Event, w World) (Decision, error) {
	if s.Said == nil {
		s.Said = map[Kind]int{}
	}
	t := &turn{s: s, e: &e, u: &e.Understood, w: w, b: w.Business()}
	answered := s.Answered
	s.Turns++
	if e.Text && !s.Greeted && e.Kind != Overheard && e.Kind != PeopleSaid && (e.Kind != Proposed || !e.Proposal.Change.followsUp()) {
		s.Greeted = true
		t.say(Conveyance{Kind: SayHello, Person: t.b.Profile.Assistant.Name})
	}
	err := t.decide()
	if err == nil && t.later {
		t.takeUpLater()
	}
	if err == nil && t.tired {
		t.d.Convey = t.d.Convey[:t.answered] // what led up to the question is not said either
		err = t.giveUpAsking()
	}
	if err != nil {
		return Decision{}, err
	}
	if t.digressed || s.Answered && !answered {
		s.ServedAt = w.Now()
	}
	t.acknowledge()
	t.d.Effects = append(t.d.Effects, t.noted...)
	t.finish()
	return t.d, nil
}

func (t *turn) decide() error {
	if t.s.Ended {
		// goodbye was said; what the caller still says while the line closes needs no second one
		t.because(WhyAlreadyOver)
		t.d.End = true
		return nil
	}
	if t.e.Kind != Words {
		t.leaveRecording()
	}
	switch t.e.Kind {
	case Silence:
		return t.silence()
	case Reconnected:
		return t.reconnected()
	case PersonGone:
		return t.personGone()
	case Broken:
		return t.broken()
	case Proposed:
		return t.propose()
	case Pictured:
		return t.pictured()
	case Overheard, PeopleSaid:
		t.readAlong()
		return nil
	case Keys:
		if !t.keys() {
			return nil
		}
	case Words:
	}
	return t.words()
}

// words takes what was said: first the details in it, then what it is about, in the order of what matters most.
// Each of the list either settles the turn or leaves it to the next.
func (t *turn) words() error {
	t.s.Silences = 0
	if t.forPeople() {
		return nil
	}
	t.s.People = false
	pending := t.s.Pending
	t.s.Pending, t.s.Before = "", t.unfinished()
	if !t.e.Text {
		t.hearOfRecording()
	}
	t.absorb()
	t.calmDown()
	for _, consider := range []func() (bool, error){
		t.tongue,
		t.danger,
		t.hazard,
		t.recording,
		t.optOut,
		t.languageAsked,
		t.wait,
		t.repeat,
		t.screen,
		t.emergency,
		t.person,
		t.reminded,
		t.unbidden,
		t.existing,
		t.complaint,
		t.digress,
		t.impossible,
		t.chooseAgain,
		t.answer,
		t.notOffered,
		t.area,
		t.amend,
		t.wants,
		t.goodbye,
	} {
		done, err := consider()
		if done || err != nil {
			return err
		}
	}
	if t.learned || t.digressed {
		t.s.Tries = 0
		return t.resume()
	}
	if t.incomplete(pending) || t.addToMessage() {
		return nil
	}
	if t.u.Asks { // of something that nobody told us about
		if asked, err := t.askOwner(); asked || err != nil {
			_, err = t.settleAsking(err)
			return err
		}
	}
	return t.notUnderstood()
}

// unfinished gives the words of an utterance that was to tell the problem and may not have come to the point of it.
func (t *turn) unfinished() string {
	const most = 160 // characters; a pause in a longer speech has left enough to go by
	u := t.u
	if q := t.s.Question; q != QProblem && q != QDetail || u.Danger != "" || len(u.Text) > most {
		return ""
	}
	return u.Text
}

// next asks for what the topic on top needs next, or does it.
func (t *turn) next() error {
	switch t.s.top() {
	case TopicBook:
		return t.nextBook()
	case TopicMessage:
		return t.nextMessage()
	case TopicMove:
		return t.nextMove()
	case TopicCancel:
		return t.nextCancel()
	case TopicStatus:
		return t.nextStatus()
	case TopicAmend:
		return t.nextAmend()
	case TopicArea:
		return t.offerMessage()
	}
	t.anythingElse()
	return nil
}

// resume picks the thread up after a digression: a question that stands on its own is asked again, otherwise the
// topic goes on.
func (t *turn) resume() error {
	switch t.s.Question {
	case QOfferMessage, QGoOn, QOut, QChange, QCancelSure, QWhichJob, QTriage, QFee, QAboutJob, QReminded:
		t.again()
		return nil
	}
	return t.next()
}

// say conveys something.
func (t *turn) say(c Conveyance) {
	c.Nth = t.s.Said[c.Kind]
	t.s.Said[c.Kind]++
	t.d.Convey = append(t.d.Convey, c)
}

// ask conveys a question and remembers that it was asked. A turn asks one question only: the last.
func (t *turn) ask(q Question, why Reason, c Conveyance) {
	if t.s.Question != q {
		t.s.Tries, t.s.Asks = 0, 0
	} else if t.askedEnough() {
		return
	}
	t.s.Question = q
	t.s.Asking, t.s.AskingWhy = &c, why
	t.because(why)
	t.say(c)
}

// again asks the last question again, in other words.
func (t *turn) again() {
	if t.s.Asking == nil {
		t.anythingElse()
		return
	}
	if t.askedEnough() {
		return
	}
	t.because(t.s.AskingWhy)
	t.say(*t.s.Asking)
}

// maxAsks is how often one question is asked in a row, whatever is said in between, before a person is to settle it.
const maxAsks = 6

// askedEnough counts how often a question is asked and says when that is enough; decide then gives it up.
func (t *turn) askedEnough() bool {
	t.s.Asks++
	t.tired = t.s.Asks >= maxAsks && t.s.Question != QAnythingElse
	return t.tired
}

// because gives the reason for the turn; the first one given stays, being the most telling.
func (t *turn) because(why Reason) {
	if t.d.Reason == "" {
		t.d.Reason = why
	}
}

func (t *turn) do(e Effect) { t.d.Effects = append(t.d.Effects, e) }

// end says goodbye.
func (t *turn) end(c Conveyance) {
	t.say(c)
	t.s.Question, t.s.Asking = QNone, nil
	t.s.Ended = true
	t.d.End = true
	if t.s.Booked == nil || len(t.s.Offers) > 0 {
		t.letGo()
	}
}

// letGo takes the offers off the table.
func (t *turn) letGo() {
	if len(t.s.Offers) > 0 || t.s.Chosen != nil {
		t.do(Effect{Do: DoRelease})
	}
	t.s.Offers, t.s.Chosen = nil, nil
}

// anythingElse closes what was under way and asks for more.
func (t *turn) anythingElse() {
	t.s.Stack = nil
	if len(t.s.Later) > 0 {
		t.later = true
		return
	}
	if t.s.Booked == nil && t.s.Outcome == "" && !t.s.Answered {
		t.ask(QProblem, WhyNeedProblem, Conveyance{Kind: AskProblem})
		return
	}
	t.ask(QAnythingElse, WhyAnythingElse, Conveyance{Kind: AskAnythingElse})
}

// outcome raises what came of the conversation; a booking is never lowered to an answer.
func (t *turn) outcome(o ledger.Outcome) {
	rank := map[ledger.Outcome]int{"": 0, ledger.Answered: 1, ledger.Message: 2, ledger.Cancelled: 3, ledger.Rescheduled: 4, ledger.Booked: 5, ledger.Spam: 6}
	if rank[o] >= rank[t.s.Outcome] {
		t.s.Outcome = o
	}
	t.s.ServedAt = t.w.Now()
	if o == ledger.Message { // whoever leaves word wants to be called, whatever came before
		t.s.ServedAt = time.Time{}
	}
}

// finish fills in what follows from the state.
func (t *turn) finish() {
	t.d.Outcome = t.s.Outcome
	if t.d.Outcome == "" && t.s.Answered && !t.s.has(TopicBook) && !t.s.has(TopicMessage) && !t.s.has(TopicMove) && !t.s.has(TopicCancel) {
		t.d.Outcome = ledger.Answered
	}
	t.d.Summary = summary(t.s, t.b, t.e.CallerID)
}
