package callbacks

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
	"fixly/messaging"
	"fixly/telephony"
)

// Script is what happens on a call back. The person hears whom they are about to call and presses 1, which no voicemail
// does; the customer is told by text who is about to call, and rung; when the two are through, a key says what came of it.
type Script struct {
	Clock clock.Clock
	// Tx is the transaction of a call as this package needs it.
	Tx func(telephony.CallingTx) (Tx, error)
}

var _ telephony.Script = Script{}

const (
	// briefTimes is how often the person is told whom they are about to call, while they press nothing.
	briefTimes = 2
	keyWait    = 6 * time.Second
	outcomeKey = 10 * time.Second
	// textAhead is how long the customer's phone is left alone after the text, so that it is there before the ring.
	textAhead = 5 * time.Second
	inEnglish = "en"
)

// under is a call back under way, with everything that its steps look at.
type under struct {
	Tx
	b   *business.Business
	a   *Attempt
	c   *Callback // nil where the customer is owed none
	now time.Time
}

// read reads the attempt that a call is for, and locks what it is about.
func (s Script) read(ctx context.Context, tx telephony.CallingTx, out *telephony.Outgoing) (*under, error) {
	own, err := s.Tx(tx)
	if err != nil {
		return nil, err
	}
	u := &under{Tx: own, now: s.Clock.Now()}
	if u.b, err = own.Business(ctx, out.BusinessID); err != nil {
		return nil, err
	}
	if u.a, err = own.Attempt(ctx, out.BusinessID, out.Subject); err != nil {
		return nil, err
	}
	if err := own.LockThread(ctx, u.b.ID, u.a.Phone); err != nil {
		return nil, fmt.Errorf("callbacks: lock the thread with %s: %w", u.a.Phone, err)
	}
	if u.a.CallbackID == "" {
		return u, nil
	}
	u.c, err = own.Callback(ctx, u.b.ID, u.a.CallbackID)
	return u, err
}

// Answered tells the person whom they are about to call.
func (s Script) Answered(ctx context.Context, tx telephony.CallingTx, out *telephony.Outgoing) ([]telephony.Step, error) {
	u, err := s.read(ctx, tx, out)
	if err != nil {
		return nil, err
	}
	return []telephony.Step{telephony.Ask(inEnglish, brief(u.c, u.a, u.now), 1, keyWait)}, nil
}

// Pressed takes the 1 that has the customer rung, and later the key that says what came of it.
func (s Script) Pressed(ctx context.Context, tx telephony.CallingTx, out *telephony.Outgoing, keys string) ([]telephony.Step, error) {
	u, err := s.read(ctx, tx, out)
	if err != nil {
		return nil, err
	}
	if !u.a.TakenAt.IsZero() {
		return u.outcome(ctx, keys)
	}
	switch {
	case keys == "1":
		return u.ringCustomer(ctx)
	case keys == "" && out.Turn < briefTimes:
		return []telephony.Step{telephony.Ask(inEnglish, brief(u.c, u.a, u.now), 1, keyWait)}, nil
	case keys == "":
		return goodbye("Goodbye."), u.finish(ctx, PersonAway)
	}
	return goodbye("All right, they were not called."), u.finish(ctx, PersonNotNow)
}

func goodbye(text string) []telephony.Step {
	return []telephony.Step{telephony.Say(inEnglish, text), telephony.HangUp()}
}

// ringCustomer tells the customer by text who is about to call, and rings them.
func (u *under) ringCustomer(ctx context.Context) ([]telephony.Step, error) {
	if u.c != nil && !u.c.Owed() && u.c.Outcome != DoNotCall { // they booked or got through while the phone rang here
		return goodbye("They have been served in the meantime: " + u.c.Outcome.Explain() + "."), u.finish(ctx, PersonNotNow)
	}
	if err := mayCall(ctx, u, u.b, u.a.Phone, u.now, true); errors.Is(err, ErrDoNotCall) {
		return goodbye("They don't want to be called, so they were not rung."), u.finish(ctx, PersonNotNow)
	} else if err != nil {
		return nil, err
	}
	u.a.TakenAt = u.now
	if err := u.UpdateAttempt(ctx, u.a); err != nil {
		return nil, err
	}
	language, err := u.LanguageWith(ctx, u.b.ID, u.a.Phone, "")
	if err != nil {
		return nil, fmt.Errorf("callbacks: the language of %s: %w", u.a.Phone, err)
	}
	m, _, err := messaging.Write(ctx, u, u.now, messaging.Message{
		BusinessID: u.b.ID, From: u.a.Line, To: u.a.Phone, Kind: messaging.FollowUp, Body: aboutToCall(u.b, u.a.Person, language),
		Reason: string(messaging.CallingNow), Key: "about_to_call:" + u.a.ID, NotAfter: u.now.Add(time.Minute),
	}, messaging.Known{Live: true})
	if err != nil {
		return nil, err
	}
	if m.Status == messaging.Suppressed { // a landline, or somebody who wants no texts
		return []telephony.Step{telephony.Say(inEnglish, "Calling."), telephony.Dial(u.a.Phone, ringCustomer)}, nil
	}
	return []telephony.Step{
		telephony.Say(inEnglish, "They get a text that you are calling. One moment."), telephony.Pause(textAhead), telephony.Dial(u.a.Phone, ringCustomer),
	}, nil
}

// Dialled notes whether the customer answered, and asks what came of it.
func (s Script) Dialled(ctx context.Context, tx telephony.CallingTx, out *telephony.Outgoing, d telephony.Dialled) ([]telephony.Step, error) {
	u, err := s.read(ctx, tx, out)
	if err != nil {
		return nil, err
	}
	switch d.State {
	case telephony.CallCompleted:
		u.a.Result, u.a.Talked, u.a.ConnectedAt = Reached, d.Talked, u.now.Add(-d.Talked)
		if err := u.UpdateAttempt(ctx, u.a); err != nil {
			return nil, err
		}
		if u.c == nil {
			return goodbye("The call has ended. Goodbye."), u.finish(ctx, Reached)
		}
		return []telephony.Step{telephony.Ask(inEnglish, askOutcome, 1, outcomeKey)}, nil
	case telephony.CallBusy:
		return u.notReached(ctx, Busy, "Their line is busy.")
	case telephony.CallFailed:
		return u.notReached(ctx, Failed, "Their number could not be reached.")
	}
	return u.notReached(ctx, Unanswered, "They did not answer.")
}

// askOutcome says which key is which.
const askOutcome = "How did it go? Press 1 if it is booked, 2 if it was their voicemail, 3 to call them again later, " +
	"4 if they don't want to be called, or just hang up."

func (u *under) notReached(ctx context.Context, r Result, words string) ([]telephony.Step, error) {
	if err := u.finish(ctx, r); err != nil {
		return nil, err
	}
	switch {
	case u.c == nil:
	case u.c.Owed():
		words += " The next try is planned for " + sayWhen(u.b, u.c.NextAttemptAt, u.now) + "."
	default:
		words += " That was the last of the tries that you make."
	}
	return goodbye(words), nil
}

// outcome takes the key that says what came of a call.
func (u *under) outcome(ctx context.Context, keys string) ([]telephony.Step, error) {
	if u.c == nil || !u.a.EndedAt.IsZero() {
		return goodbye("Goodbye."), nil
	}
	switch keys {
	case "1":
		return goodbye("Booked. Well done."), u.close(ctx, Booked)
	case "2":
		return u.notReached(ctx, Machine, "Noted.")
	case "3":
		if err := u.end(ctx, Reached); err != nil {
			return nil, err
		}
		u.c.again(u.b, u.now)
		return goodbye("Planned for " + sayWhen(u.b, u.c.NextAttemptAt, u.now) + "."), save(ctx, u, u.c)
	case "4":
		_, err := u.AddConsent(ctx, &consent.Entry{
			BusinessID: u.b.ID, Address: u.a.Phone, Channel: consent.Call, Act: consent.Withdrawn, How: consent.ToldOwner, Source: u.a.ID,
			Key: "do_not_call:" + u.a.ID, At: u.now,
		})
		if err != nil {
			return nil, fmt.Errorf("callbacks: note that %s wants no calls: %w", u.a.Phone, err)
		}
		return goodbye("They will not be called."), u.close(ctx, DoNotCall)
	}
	return goodbye("Goodbye."), u.finish(ctx, Reached)
}

// close ends the attempt and the callback with it.
func (u *under) close(ctx context.Context, o Outcome) error {
	if err := u.end(ctx, Reached); err != nil {
		return err
	}
	if !u.c.Owed() {
		return nil
	}
	return closing(ctx, u, u.c, o, u.a.Person.Name, u.now)
}

// end stores how an attempt ended.
func (u *under) end(ctx context.Context, r Result) error {
	u.a.Result, u.a.EndedAt = r, u.now
	return u.UpdateAttempt(ctx, u.a)
}

// finish ends an attempt of which nobody says more, and puts the customer back into the queue. Where they, or their
// voicemail, were on the line, nobody but the person knows which: they are asked by text, and until they say so the call
// stays owed.
func (u *under) finish(ctx context.Context, r Result) error {
	if err := u.end(ctx, r); err != nil {
		return err
	}
	if u.c == nil || !u.c.Owed() {
		return nil
	}
	if r != Reached {
		u.c.back(u.b, r.Rang(), u.now)
		return save(ctx, u, u.c)
	}
	u.c.again(u.b, u.now)
	if err := save(ctx, u, u.c); err != nil {
		return err
	}
	m := messaging.OwnerText(u.b)
	m.From, m.To, m.Body = u.a.Line, u.a.Person.Phone, howDidItGo(u.c)
	m.Key, m.Reason = "callback_asked:"+u.a.ID, string(messaging.CallbackAsked)
	_, _, err := messaging.Write(ctx, u, u.now, m, messaging.Known{})
	return err
}

// Ended closes what was left open: the person was not reached, or hung up.
func (s Script) Ended(ctx context.Context, tx telephony.CallingTx, out *telephony.Outgoing) error {
	u, err := s.read(ctx, tx, out)
	if errors.Is(err, ErrNoAttempt) {
		return nil
	}
	if err != nil || !u.a.EndedAt.IsZero() {
		return err
	}
	switch {
	case u.a.TakenAt.IsZero():
		return u.finish(ctx, PersonAway)
	case u.a.Result == Reached: // they hung up instead of pressing a key
		return u.finish(ctx, Reached)
	}
	// The person hung up while the customer was rung or on the line, and the carrier did not say which. What went on for
	// longer than the customer's phone rings was a talk, of at least what is beyond that.
	if over := u.now.Sub(u.a.TakenAt) - textAhead - ringCustomer; over > 0 {
		u.a.Talked, u.a.ConnectedAt = over, u.now.Add(-over)
		return u.finish(ctx, Reached)
	}
	return u.finish(ctx, Unanswered)
}
