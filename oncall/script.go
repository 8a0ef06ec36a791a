package oncall

import (
	"context"
	"slices"
	"time"

	"fixly/clock"
	"fixly/telephony"
)

// Script is what who is paged by call hears: what it is about, and that 1 takes it. A voicemail presses nothing, so it
// takes nothing.
type Script struct {
	Clock clock.Clock
	// Tx is the transaction of a call as this package needs it.
	Tx func(telephony.CallingTx) (Tx, error)
}

var _ telephony.Script = Script{}

const (
	// sayTimes is how often it is said to somebody who presses nothing.
	sayTimes = 3
	keyWait  = 6 * time.Second
	english  = "en"
)

// Answered says what it is about.
func (s Script) Answered(ctx context.Context, tx telephony.CallingTx, c *telephony.Outgoing) ([]telephony.Step, error) {
	return s.ask(ctx, tx, c)
}

func (s Script) ask(ctx context.Context, tx telephony.CallingTx, c *telephony.Outgoing) ([]telephony.Step, error) {
	own, err := s.Tx(tx)
	if err != nil {
		return nil, err
	}
	b, err := own.Business(ctx, c.BusinessID)
	if err != nil {
		return nil, err
	}
	p, err := pageOf(ctx, own, c)
	if err != nil {
		return nil, err
	}
	if p.State == Acknowledged && p.TakenPhone == c.To {
		return say(words{}.SayYours()), nil
	}
	if p.State == Acknowledged {
		return say(words{}.SayTaken(b, p)), nil
	}
	return []telephony.Step{telephony.Ask(english, words{}.SayPage(b, p), 1, keyWait)}, nil
}

func say(text string) []telephony.Step {
	return []telephony.Step{telephony.Say(english, text), telephony.HangUp()}
}

// Pressed takes the page, passes it on, or says it again.
func (s Script) Pressed(ctx context.Context, tx telephony.CallingTx, c *telephony.Outgoing, keys string) ([]telephony.Step, error) {
	own, err := s.Tx(tx)
	if err != nil {
		return nil, err
	}
	if keys != "1" && keys != "2" {
		if keys == "" && c.Turn >= sayTimes {
			return say(words{}.SayBye()), nil
		}
		return s.ask(ctx, tx, c)
	}
	b, err := own.Business(ctx, c.BusinessID)
	if err != nil {
		return nil, err
	}
	p, err := pageOf(ctx, own, c)
	if err != nil {
		return nil, err
	}
	who := p.person(c.To)
	switch {
	case p.State == Acknowledged && p.TakenPhone != c.To:
		return say(words{}.SayTaken(b, p)), nil
	case who == nil, keys == "2" && p.State != Open:
		return say(words{}.SayPassed()), nil
	case keys == "2":
		return say(words{}.SayPassed()), s.pass(ctx, own, p, c.To)
	}
	return say(words{}.SayYours()), take(ctx, own, p, *who, ByCall, c.ID, s.Clock.Now())
}

// pass notes that who was called can't, in the last wave that they were paged in.
func (s Script) pass(ctx context.Context, tx Tx, p *Page, phone string) error {
	paged, err := tx.PagedOf(ctx, p.BusinessID, p.ID)
	if err != nil {
		return err
	}
	for _, x := range slices.Backward(paged) {
		if x.Phone == phone {
			return pass(ctx, tx, p, &x, s.Clock.Now())
		}
	}
	return nil
}

// Dialled never comes: nobody is dialled.
func (Script) Dialled(context.Context, telephony.CallingTx, *telephony.Outgoing, telephony.Dialled) ([]telephony.Step, error) {
	return nil, nil
}

// Ended leaves it to the next wave: a text may be read after the phone has rung.
func (Script) Ended(context.Context, telephony.CallingTx, *telephony.Outgoing) error { return nil }
