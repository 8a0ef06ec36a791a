package receptionist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/clock"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// maxTaken is how often a turn is decided anew because a time it wanted was taken meanwhile, before it is decided
// without holding what it offers.
const maxTaken = 3

// Options are what a receptionist works with.
type Options struct {
	Storage Storage
	Clock   clock.Clock
	// Reader lets words be understood while others write; nil: each turn does all in its transaction.
	Reader Reader
	Log    *slog.Logger // nil: nothing is logged
	// Compile makes the understanding for a version of a business; nil: the built-in grammar.
	Compile func(*business.Business) Understander
	// Codes are the codes texted to prove whose a booking is; with the same secret wherever they are made.
	Codes Codes
	// Interpreter asks a language model where the built-in understanding is unsure; nil: nobody is asked. It is asked
	// ahead of the turn, so it wants a Reader.
	Interpreter Interpreter
	// AskBelow is how sure the built-in understanding must be for the model not to be asked; 0: DefaultAskBelow.
	AskBelow float64
	// Outside looks into the calendars outside before a booking; nil: there are none.
	Outside scheduling.Outside
	// BookingLink is the address of a business's booking page; empty, or nil: there is none that customers could open.
	BookingLink func(b *business.Business) string
	// Roads says how long drives take; nil: estimates.
	Roads scheduling.Roads
}

// Receptionist holds conversations. It keeps none of them: each turn reads its conversation, decides, and saves it
// in one transaction, so any number of processes can share the work. It is safe for concurrent use.
type Receptionist struct {
	storage Storage
	reader  Reader
	clock   clock.Clock
	log     *slog.Logger
	engines engines
	codes   Codes

	interpreter Interpreter
	askBelow    float64

	scheduler *scheduling.Scheduler
	link      func(b *business.Business) string
}

// bookingLink is the address of the page on which customers of a business book; empty: there is none.
func (r *Receptionist) bookingLink(b *business.Business) string {
	if r.link == nil {
		return ""
	}
	return r.link(b)
}

// New makes a receptionist.
func New(o Options) *Receptionist {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Compile == nil {
		o.Compile = func(b *business.Business) Understander { return understanding.NewEngine(b) }
	}
	if o.Codes.key == nil {
		o.Codes = NewCodes(nil)
	}
	if o.AskBelow == 0 {
		o.AskBelow = DefaultAskBelow
	}
	return &Receptionist{
		link:        o.BookingLink,
		interpreter: o.Interpreter, askBelow: o.AskBelow, codes: o.Codes,
		storage: o.Storage, reader: o.Reader, clock: o.Clock, log: o.Log, scheduler: scheduling.New(o.Clock, o.Outside).Over(o.Roads), engines: engines{compile: o.Compile},
	}
}

// Start opens the conversation of a call: the greeting is stored as its first turn and given as the reply, with
// what it asks. Where the call has a conversation already (the carrier's session was lost, or this process is not
// the first), it goes on there as after Reconnected.
func (r *Receptionist) Start(ctx context.Context, in StartInput) (Reply, error) {
	return r.inTurns(ctx, func(ctx context.Context, tx Tx, try attempt) (Reply, error) {
		c, err := tx.ConversationByCall(ctx, in.BusinessID, in.CallID)
		if err != nil {
			return Reply{}, fmt.Errorf("find the conversation of call %s: %w", in.CallID, err)
		}
		if c != nil {
			if c, err = tx.Conversation(ctx, c.ID); err != nil {
				return Reply{}, fmt.Errorf("read the conversation of call %s: %w", in.CallID, err)
			}
			return r.turn(ctx, tx, c, Input{Kind: Reconnected}, try)
		}
		b, err := tx.Business(ctx, in.BusinessID)
		if err != nil {
			return Reply{}, fmt.Errorf("read business %s: %w", in.BusinessID, err)
		}
		now := r.clock.Now()
		c = &Conversation{
			ID: xid.New().String(), BusinessID: in.BusinessID, Channel: ByCall, CallID: in.CallID, Caller: in.Caller,
			Language: languages(b)[0], StartedAt: now, UpdatedAt: now,
		}
		s := flow.New()
		s.Recording.Told = in.Recording
		reply := Reply{
			ConversationID: c.ID, Sentences: []string{TellOfRecording(b, Greeting(b, now), in.Recording)}, Language: tag(s, b),
			Asked: string(s.Asked()), Reason: string(flow.WhyGreeted),
		}
		if c.State, err = json.Marshal(s); err != nil {
			return Reply{}, fmt.Errorf("write the state of a new conversation: %w", err)
		}
		if err := tx.InsertConversation(ctx, c); err != nil {
			return Reply{}, fmt.Errorf("open the conversation of call %s: %w", in.CallID, err)
		}
		return reply, appendReply(ctx, tx, c, reply, now, "")
	})
}

// Turn answers one event in a conversation. The reply, what it does and why are saved when it returns. An input
// whose key was answered before gets the same reply again and changes nothing. It returns ErrNoConversation for an
// unknown id; any other error is the storage's, and nothing was said or done.
func (r *Receptionist) Turn(ctx context.Context, conversationID string, in Input) (Reply, error) {
	in = in.redacted()
	ahead := r.foresee(ctx, conversationID, in)
	return r.inTurns(ctx, func(ctx context.Context, tx Tx, try attempt) (Reply, error) {
		try.ahead = ahead
		if err := ahead.note(ctx, tx); err != nil {
			return Reply{}, err
		}
		c, err := tx.Conversation(ctx, conversationID)
		if err != nil {
			return Reply{}, fmt.Errorf("read conversation %s: %w", conversationID, err)
		}
		if c == nil {
			return Reply{}, fmt.Errorf("conversation %s: %w", conversationID, ErrNoConversation)
		}
		return r.turn(ctx, tx, c, in, try)
	})
}

// Heard notes how much of the last reply the caller heard before talking over it.
func (r *Receptionist) Heard(ctx context.Context, conversationID, heard string) error {
	err := r.storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		return tx.MarkHeard(ctx, conversationID, heard)
	})
	if err != nil {
		return fmt.Errorf("note what was heard in conversation %s: %w", conversationID, err)
	}
	return nil
}

// nth is how a turn is decided the nth time.
func nth(n int) attempt { return attempt{inLine: n > 1, noHolds: n > maxTaken} }

// inTurns runs a turn in a transaction, again with fresh availability when a time was taken in the same moment.
func (r *Receptionist) inTurns(ctx context.Context, f func(context.Context, Tx, attempt) (Reply, error)) (Reply, error) {
	var reply Reply
	for n := 1; ; n++ {
		err := r.scheduler.Fresh(ctx, func(ctx context.Context) error {
			return r.storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
				reply, err = f(ctx, tx, nth(n))
				return err
			})
		})
		switch {
		case err == nil:
			return reply, nil
		case errors.Is(err, scheduling.ErrTaken) && n <= 2*maxTaken:
			r.log.InfoContext(ctx, "a time was taken meanwhile, deciding again", "try", n)
		default:
			return Reply{}, err
		}
	}
}
