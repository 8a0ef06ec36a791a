package golden

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/receptionist"
	"fixly/receptionist/memory"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// pace is how long a turn takes in a conversation that is played.
const pace = 6 * time.Second

// shopID is the id that a shop has while a conversation is played with it.
const shopID = "shop"

// Player plays golden conversations with one business. It is safe for concurrent use: each conversation has a
// calendar and a clock of its own.
type Player struct {
	// Interpreter and AskBelow are those of receptionist.Options; nil: no model is asked.
	Interpreter receptionist.Interpreter
	AskBelow    float64

	business *business.Business
	engine   receptionist.Understander
}

// NewPlayer makes a player for a business, whose words it compiles, once.
func NewPlayer(b *business.Business) *Player {
	b = b.Clone()
	b.ID = shopID
	return &Player{business: b, engine: understanding.NewEngine(b)}
}

// Play plays a conversation with a business, or with the one that the conversation names where b is nil. The error
// says that it could not be played; what came out otherwise than expected is in the result.
func Play(ctx context.Context, b *business.Business, c *Conversation) (Result, error) {
	if b == nil {
		var err error
		if b, err = c.Shop(); err != nil {
			return Result{}, err
		}
	}
	return NewPlayer(b).Play(ctx, c)
}

// Line is a turn as it was played.
type Line struct {
	Caller string // what was said, pressed or happened
	Reply  string
	Reason string // of the reply
	Asked  string // by the reply
}

// Result is what came of a conversation.
type Result struct {
	Conversation string // its name
	Lines        []Line
	Differences  []Difference // from what was expected; none: it ended as it should
}

// OK says whether everything was as expected.
func (r *Result) OK() bool { return len(r.Differences) == 0 }

// Transcript is the dialogue as played, a line for each side of a turn.
func (r *Result) Transcript() string {
	var b strings.Builder
	for _, l := range r.Lines {
		fmt.Fprintf(&b, "caller: %s\n reply: %s  [%s, %s]\n", l.Caller, l.Reply, l.Reason, l.Asked)
	}
	return b.String()
}

// Play plays a conversation. The error says that it could not be played to its end.
func (p *Player) Play(ctx context.Context, c *Conversation) (Result, error) {
	s := &session{
		Player: p, c: c, codes: receptionist.NewCodes([]byte(c.Name)), mem: memory.New(p.business), clock: clock.NewManual(c.Now), result: Result{Conversation: c.Name},
	}
	s.receptionist = receptionist.New(receptionist.Options{
		Storage: s.mem, Reader: s.mem.Reader(), Interpreter: p.Interpreter, AskBelow: p.AskBelow, Clock: s.clock, Codes: s.codes, Log: slog.New(&complaints{session: s}),
		Compile: func(*business.Business) receptionist.Understander { return p.engine },
	})
	if err := s.play(ctx); err != nil {
		return s.result, fmt.Errorf("play conversation %s: %w", c.Name, err)
	}
	return s.result, nil
}

// session is one conversation being played.
type session struct {
	*Player
	c            *Conversation
	mem          *memory.Storage
	clock        *clock.Manual
	codes        receptionist.Codes
	receptionist *receptionist.Receptionist
	id           string // of the conversation, for calls
	last         string // what was said last
	turn         int    // which turn is played, from 1
	result       Result
}

func (s *session) play(ctx context.Context) error {
	for i, j := range s.c.Jobs {
		if err := s.book(j); err != nil {
			return fmt.Errorf("job %d: %w", i+1, err)
		}
	}
	if !s.byText() {
		greeting, err := s.receptionist.Start(ctx, receptionist.StartInput{
			BusinessID: shopID, CallID: "call_1", Caller: receptionist.Caller{Number: s.c.From, Attestation: s.c.Attestation}, Recording: s.c.Recording,
		})
		if err != nil {
			return err
		}
		s.id, s.last = greeting.ConversationID, greeting.Text()
	}
	for i := range s.c.Turns {
		t := &s.c.Turns[i]
		s.turn = i + 1
		s.clock.Advance(pace)
		reply, err := s.say(ctx, t)
		if err != nil {
			return fmt.Errorf("turn %d: %w", i+1, err)
		}
		s.result.Lines = append(s.result.Lines, Line{t.Caller + t.Keys + t.Event, reply.Text(), reply.Reason, reply.Asked})
		s.checkReply(t, reply)
		s.checkSpeech(reply.Text())
		s.last = reply.Text()
	}
	s.turn = 0
	s.checkOutcome()
	return nil
}

// withCode puts the code that was texted last in its place, read out digit by digit.
func (s *session) withCode(said string) string {
	sent := s.mem.Codes()
	if len(sent) == 0 {
		return said
	}
	last := sent[len(sent)-1]
	code := s.codes.Of(last.ConversationID, last.Phone, last.N)
	return strings.ReplaceAll(said, "{code}", strings.Join(strings.Split(code, ""), " "))
}

func (s *session) byText() bool { return receptionist.Channel(s.c.Channel) == receptionist.ByText }

// book puts a job into the calendar that was booked before.
func (s *session) book(j Job) error {
	service := s.business.Service(j.Service)
	if service == nil {
		return fmt.Errorf("the shop has no service %q", j.Service)
	}
	phone := j.Phone
	if phone == "" {
		phone = s.c.From
	}
	slot := scheduling.Slot{Technician: j.Technician, Start: j.StartsAt, End: j.StartsAt.Add(service.Duration.Std())}
	address := contact.Address{Line1: j.Line1, State: s.business.ServiceArea.State, ZIP: j.ZIP}
	if cities := s.business.ServiceArea.Cities; len(cities) > 0 {
		address.City = cities[0]
	}
	s.mem.AddJob(scheduling.Job{
		Status: cmp.Or(j.Status, scheduling.StatusBooked), Service: service.Name, Slot: slot, BusyUntil: slot.End.Add(s.business.Scheduling.TravelBuffer.Std()),
		WindowEnd: scheduling.Window(s.business, slot).To, Customer: contact.Customer{Name: j.Name, Phone: phone}, Address: address,
	})
	return nil
}

func (s *session) say(ctx context.Context, t *Turn) (reply receptionist.Reply, err error) {
	said := s.withCode(t.Caller)
	if s.byText() {
		err = s.mem.InTx(ctx, func(ctx context.Context, tx receptionist.Tx) (err error) {
			reply, err = s.receptionist.Text(ctx, tx, receptionist.TextInput{BusinessID: shopID, From: s.c.From, Body: said})
			return err
		})
		return reply, err
	}
	in := receptionist.Input{Kind: receptionist.Words, Text: said}
	switch {
	case t.Keys != "":
		in = receptionist.Input{Kind: receptionist.Digits, Text: t.Keys}
	case t.Event != "":
		in = receptionist.Input{Kind: receptionist.InputKind(t.Event)}
	}
	return s.receptionist.Turn(ctx, s.id, in)
}

// complaints takes what the receptionist logs: a warning is a difference, since none belongs into a conversation.
type complaints struct{ session *session }

// Enabled takes warnings and errors.
func (*complaints) Enabled(_ context.Context, l slog.Level) bool { return l >= slog.LevelWarn }

// Handle notes a record as a difference.
func (c *complaints) Handle(_ context.Context, r slog.Record) error {
	said := r.Message
	r.Attrs(func(a slog.Attr) bool {
		if a.Key != "stack" && a.Key != "conversation" {
			said += fmt.Sprintf(" %s=%v", a.Key, a.Value)
		}
		return true
	})
	c.session.differ("warned", "no warning", said)
	return nil
}

// WithAttrs keeps what a record says itself.
func (c *complaints) WithAttrs([]slog.Attr) slog.Handler { return c }

// WithGroup does as WithAttrs.
func (c *complaints) WithGroup(string) slog.Handler { return c }
