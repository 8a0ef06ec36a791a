package telephony

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
)

// Recording is what was recorded of a call. The sound lies at the carrier, who gives it to the line's credentials alone.
type Recording struct {
	ID         string // the carrier's
	BusinessID string
	CallID     string
	Kind       RecordingKind
	At         time.Time
	Seconds    int       // of a call: 0 while it is being recorded
	Words      string    // written down by the carrier; empty: not yet, or never
	ErasedAt   time.Time // when the sound was deleted at the carrier; zero: it is still there
}

// RecordingKind is what was recorded.
type RecordingKind string

// The kinds.
const (
	Voicemail RecordingKind = "voicemail"
	OfCall    RecordingKind = "call" // both ends of a call, see package recording
)

// emptyBelow is how many seconds hold nothing: who hangs up at the tone has left no word.
const emptyBelow = 2

// IsEmpty says whether nothing can have been said in it.
func (r *Recording) IsEmpty() bool { return r.Seconds < emptyBelow }

// CallRecording is what the caller of a call is told about its recording, and where that stands.
type CallRecording struct {
	CallID     string
	BusinessID string
	Told       consent.Told
	Why        string // the states whose laws count, "IL WA"; one that isn't known is "?"
	State      consent.RecordingState
	Words      string // of the caller's, that brought it there; empty for none
	ChangedAt  time.Time
}

// recordingTx is what deciding about a recording needs of a transaction.
type recordingTx interface {
	// Standing is what the ledger of consents says about an address and a channel now.
	Standing(ctx context.Context, businessID, address string, channel consent.Channel) (consent.Standing, error)
	// StatesOf lists the states of the addresses at which visits were booked for a number.
	StatesOf(ctx context.Context, businessID, phone string) ([]string, error)
	// InsertCallRecording stores what a caller is told; where there is something stored about the call, that is read into r.
	InsertCallRecording(ctx context.Context, r *CallRecording) error
	// CallRecording reads it; nil when nothing is stored about the call.
	CallRecording(ctx context.Context, businessID, callID string) (*CallRecording, error)
}

// DecideRecording decides what the caller of a call that is stored is told about its recording, by the strictest law of
// the shop's state, of that of the caller's number, and of those where work was done for them. Who has refused before is
// not asked again. Decided once: a repeated webhook is told the same.
func DecideRecording(ctx context.Context, tx recordingTx, b *business.Business, c *Call, now time.Time) (consent.Told, error) {
	line := b.LineByNumber(c.Line)
	if line == nil || !b.RecordsOn(line) || !c.EndedAt.IsZero() {
		return consent.ToldNothing, nil
	}
	states := []string{b.ServiceArea.State, contact.StateOfPhone(c.From)}
	if c.From != "" {
		of, err := tx.StatesOf(ctx, b.ID, c.From)
		if err != nil {
			return consent.ToldNothing, fmt.Errorf("telephony: states of %s: %w", c.From, err)
		}
		states = append(states, of...)
	}
	// By <Gather> nobody tells how much of the question was heard before the caller spoke.
	ask := b.Recording.Calls == business.RecordingAsk && c.Mode != string(business.ModeGather)
	told := consent.AskFor(true, ask, consent.ToRecord(states...))
	if c.From != "" && told != consent.ToldNothing {
		s, err := tx.Standing(ctx, b.ID, c.From, consent.Recording)
		if err != nil {
			return consent.ToldNothing, fmt.Errorf("telephony: whether %s refused to be recorded: %w", c.From, err)
		}
		if s.Withdrawn {
			told = consent.ToldNothing
		}
	}
	r := CallRecording{CallID: c.ID, BusinessID: b.ID, Told: told, Why: named(states), ChangedAt: now}
	if err := tx.InsertCallRecording(ctx, &r); err != nil {
		return consent.ToldNothing, fmt.Errorf("telephony: store what the caller of %s is told: %w", c.ID, err)
	}
	return r.Told, nil
}

// named lists states, each once.
func named(states []string) string {
	var out []string
	seen := map[string]bool{}
	for _, s := range states {
		if s == "" {
			s = "?"
		}
		if !seen[s] {
			seen[s] = true
			out = append(out, s)
		}
	}
	return strings.Join(out, " ")
}
