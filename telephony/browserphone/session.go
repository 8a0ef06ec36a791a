package browserphone

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/coder/websocket"
	"github.com/coder/websocket/wsjson"
	"github.com/rs/xid"

	"fixly/business"
	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/routing"
	"fixly/telephony"
)

const (
	ringTimeout    = 15 * time.Second // for the first message
	idleTimeout    = 10 * time.Minute // without any message: the page was forgotten
	maxLength      = 30 * time.Minute // of a call
	goodbyeTimeout = time.Minute      // for the browser to speak the last words
	storageTimeout = 10 * time.Second
	writeTimeout   = 10 * time.Second
)

// session is one call. The goroutine of run owns it all; a second one only reads the socket and hands over.
type session struct {
	*Handler
	conn   *websocket.Conn
	events chan fromBrowser // closed when the socket is lost

	b            *business.Business
	call         telephony.Call
	caller       receptionist.Caller
	conversation string            // id; empty before the receptionist has spoken
	ringing      []business.Person // who is still to be rung before the receptionist answers
	transferring bool              // a person is being rung
	saidGoodbye  bool              // the last reply ends the call
	deadline     *time.Timer
}

func newSession(h *Handler, conn *websocket.Conn) *session {
	return &session{Handler: h, conn: conn, events: make(chan fromBrowser, 8)}
}

// errOver ends a session in good order: the browser was told.
var errOver = errors.New("browser phone: the call is over")

func (s *session) run(ctx context.Context) {
	ctx, cancel := context.WithCancel(ctx)
	readerGone := make(chan struct{})
	go func() { defer close(readerGone); s.read(ctx) }()
	defer func() {
		cancel()
		_ = s.conn.CloseNow() // after a closing handshake, or because the line went dead
		<-readerGone
	}()
	s.deadline = time.NewTimer(ringTimeout)
	defer s.deadline.Stop()
	length := time.NewTimer(maxLength)
	defer length.Stop()

	var err error
	for err == nil {
		select {
		case m, alive := <-s.events:
			if !alive {
				err = s.end(ctx, "")
				break
			}
			s.deadline.Reset(idleTimeout)
			err = s.receive(ctx, m)
		case <-s.deadline.C:
			err = s.end(ctx, "Nothing was heard for long; the call was ended.")
		case <-length.C:
			err = s.end(ctx, "The call reached its longest; it was ended.")
		case <-ctx.Done():
			err = s.end(ctx, "")
		}
	}
	if !errors.Is(err, errOver) {
		s.Log.ErrorContext(ctx, "a call of a browser phone broke off", "call", s.call.ID, "error", err)
		if err := s.end(ctx, "Something went wrong here. On the telephone you would be put through to a person now."); !errors.Is(err, errOver) {
			s.Log.ErrorContext(ctx, "a call of a browser phone could not be ended", "call", s.call.ID, "error", err)
		}
	}
}

// read hands over what the browser says until the socket is lost or the session is over.
func (s *session) read(ctx context.Context) {
	defer close(s.events)
	for {
		var m fromBrowser
		if err := wsjson.Read(ctx, s.conn, &m); err != nil {
			return
		}
		select {
		case s.events <- m:
		case <-ctx.Done():
			return
		}
	}
}

// receive does what one message asks for. Messages that make no sense at the moment are ignored.
func (s *session) receive(ctx context.Context, m fromBrowser) error {
	if s.call.ID == "" {
		if m.Type == "ring" {
			return s.ring(ctx, m)
		}
		return nil
	}
	switch m.Type {
	case "hang_up":
		if s.saidGoodbye {
			return s.end(ctx, "The call is over.")
		}
		return s.end(ctx, "You hung up.")
	case "person":
		if s.transferring {
			return s.rang(ctx, m.Took)
		}
		return nil
	}
	if s.transferring || s.conversation == "" {
		return nil
	}
	switch m.Type {
	case "say":
		return s.turn(ctx, receptionist.Input{Kind: receptionist.Words, Text: clean(m.Text), Confidence: min(max(m.Confidence, 0), 1)})
	case "digits":
		return s.turn(ctx, receptionist.Input{Kind: receptionist.Digits, Text: clean(m.Digits)})
	case "silence":
		return s.turn(ctx, receptionist.Input{Kind: receptionist.Silence})
	case "heard":
		return s.Receptionist.Heard(ctx, s.conversation, clean(m.Text))
	}
	return nil
}

// ring stores the call and does what its route says.
func (s *session) ring(ctx context.Context, m fromBrowser) error {
	from := ""
	if m.From != "" {
		var err error
		if from, err = contact.NormalizePhone(m.From, "US"); err != nil {
			return s.hangUp(ctx, "That is not a telephone number to call from.")
		}
	}
	in := telephony.Incoming{CarrierID: "BP" + xid.New().String(), From: from, To: m.To}
	route, err := s.admit(ctx, in)
	if err != nil {
		return err
	}
	if s.b == nil {
		return s.hangUp(ctx, "That number is not in service.")
	}
	s.caller = receptionist.Caller{Number: from, VIP: routing.IsVIP(s.b, in)}
	s.tell(ctx, toBrowser{Type: "answered", Call: s.call.ID})
	switch route.Action {
	case routing.Reject:
		return s.hangUp(ctx, "This number is blocked: the call is turned away before anything is said.")
	case routing.Ring:
		s.ringing = route.People
		return s.ringNext(ctx)
	}
	return s.answer(ctx)
}

// admit finds whose line is rung, and stores the call as its route wants it. Nobody's line leaves s.b nil.
func (s *session) admit(ctx context.Context, in telephony.Incoming) (routing.Route, error) {
	ctx, cancel := context.WithTimeout(ctx, storageTimeout)
	defer cancel()
	var route routing.Route
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		b, err := tx.BusinessByLine(ctx, in.To)
		if b == nil || err != nil {
			return err
		}
		now := s.Clock.Now()
		facts := routing.Facts{}
		if routing.NeedsCustomer(b, in) {
			c, err := tx.CustomerByPhone(ctx, b.ID, in.From)
			if err != nil {
				return err
			}
			facts.Known = c != nil
		}
		route = routing.Decide(b, in, facts, now)
		c := telephony.Call{
			BusinessID: b.ID, CarrierID: in.CarrierID, Line: in.To, From: in.From, Direction: "inbound", Mode: "browser",
			Route: string(route.Reason), StartedAt: now,
		}
		if route.Action == routing.Reject {
			c.Outcome, c.HandledBy, c.EndedAt = ledger.Spam, ledger.ByNobody, now
		}
		if _, err := tx.InsertCall(ctx, &c); err != nil {
			return err
		}
		if route.Action == routing.Reject {
			if err := tx.CallEnded(ctx, &c); err != nil {
				return err
			}
		}
		s.b, s.call = b, c
		return nil
	})
	if err != nil {
		return route, fmt.Errorf("store the call: %w", err)
	}
	return route, nil
}

// ringNext asks whether the next person of the plan picks up; the receptionist answers when there is none.
func (s *session) ringNext(ctx context.Context) error {
	if len(s.ringing) == 0 {
		return s.answer(ctx)
	}
	s.transferring = true
	s.tell(ctx, toBrowser{Type: "person", Transfer: []person{{s.ringing[0].Name}}})
	return nil
}

// rang goes on after a person was rung.
func (s *session) rang(ctx context.Context, took bool) error {
	s.transferring = false
	if took {
		s.call.HandledBy = ledger.ByPerson
		return s.end(ctx, "A person has taken the call.")
	}
	if s.conversation == "" {
		s.ringing = s.ringing[1:]
		return s.ringNext(ctx)
	}
	return s.turn(ctx, receptionist.Input{Kind: receptionist.PersonGone})
}

// answer lets the receptionist answer, and notes so with the call.
func (s *session) answer(ctx context.Context) error {
	reply, err := s.Receptionist.Start(ctx, receptionist.StartInput{BusinessID: s.b.ID, CallID: s.call.ID, Caller: s.caller})
	if err != nil {
		return fmt.Errorf("answer the call: %w", err)
	}
	s.conversation = reply.ConversationID
	err = s.update(ctx, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error {
		c.AnsweredAt, c.HandledBy, c.ConversationID = s.Clock.Now(), ledger.ByReceptionist, reply.ConversationID
		return tx.UpdateCall(ctx, c)
	})
	if err != nil {
		return fmt.Errorf("note that the call is answered: %w", err)
	}
	s.say(ctx, reply)
	return nil
}

func (s *session) turn(ctx context.Context, in receptionist.Input) error {
	reply, err := s.Receptionist.Turn(ctx, s.conversation, in)
	if err != nil {
		return fmt.Errorf("take a turn: %w", err)
	}
	s.say(ctx, reply)
	return nil
}

func (s *session) say(ctx context.Context, r receptionist.Reply) {
	m := toBrowser{
		Type: "say", Sentences: r.Sentences, Language: r.Language, Asked: r.Asked, Reason: r.Reason, Why: s.Why(r.Reason), End: r.End,
	}
	for _, p := range r.Transfer {
		m.Transfer = append(m.Transfer, person{p.Name})
	}
	s.transferring = len(m.Transfer) > 0
	if s.saidGoodbye = r.End; r.End {
		s.deadline.Reset(goodbyeTimeout)
	}
	s.tell(ctx, m)
}

// tell sends a message. A browser that is gone is noticed by the reader; nothing else depends on it.
func (s *session) tell(ctx context.Context, m toBrowser) {
	ctx, cancel := context.WithTimeout(ctx, writeTimeout)
	defer cancel()
	_ = wsjson.Write(ctx, s.conn, m)
}

// end ends the call, stores that, and tells the browser. Whatever happened to the socket, the call is stored.
func (s *session) end(ctx context.Context, text string) error {
	if s.call.ID != "" {
		ctx := context.WithoutCancel(ctx)
		took := s.call.HandledBy == ledger.ByPerson
		err := s.update(ctx, func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error {
			if took {
				c.HandledBy = ledger.ByPerson
				if c.AnsweredAt.IsZero() {
					c.AnsweredAt = s.Clock.Now()
				}
			}
			return telephony.End(ctx, tx, c, s.Clock.Now())
		})
		if err != nil {
			return fmt.Errorf("end the call: %w", err)
		}
	}
	return s.hangUp(ctx, text)
}

// hangUp tells the browser that the call is over, and closes the socket.
func (s *session) hangUp(ctx context.Context, text string) error {
	if text != "" {
		s.tell(ctx, toBrowser{Type: "ended", Call: s.call.ID, Text: text})
		_ = s.conn.Close(websocket.StatusNormalClosure, "")
	}
	return errOver
}

// update runs f on the stored call in a transaction.
func (s *session) update(ctx context.Context, f func(ctx context.Context, tx telephony.Tx, c *telephony.Call) error) error {
	ctx, cancel := context.WithTimeout(ctx, storageTimeout)
	defer cancel()
	return s.Storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		c, err := tx.Call(ctx, s.call.ID)
		if err != nil {
			return err
		}
		return f(ctx, tx, c)
	})
}
