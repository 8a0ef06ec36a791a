package telephony

import (
	"context"
	"time"
)

// Doing is what one step does.
type Doing string

// What a step can do. Every carrier can do each.
const (
	DoSay    Doing = "say"
	DoAsk    Doing = "ask"    // says something and waits for keys; ends the steps: Script.Pressed goes on
	DoDial   Doing = "dial"   // rings somebody and connects the two; ends the steps: Script.Dialled goes on
	DoPause  Doing = "pause"  // silence
	DoHangUp Doing = "hangup" // ends the call, and the steps
)

// Step is one thing that happens on a call of ours. The steps of an answer are done in order; after the last of them
// the call ends.
type Step struct {
	Do       Doing         `json:"do"`
	Language string        `json:"language,omitempty"` // of Text, ISO 639-1 or with a region
	Text     string        `json:"text,omitempty"`     // to say, or to ask with
	Keys     int           `json:"keys,omitempty"`     // to ask for: how many; 0: until #
	Wait     time.Duration `json:"wait,omitempty"`     // for a key, after the words; or the length of a pause
	To       string        `json:"to,omitempty"`       // to dial, E.164
	RingFor  time.Duration `json:"ring_for,omitempty"` // how long it rings there
}

// Say speaks text.
func Say(language, text string) Step { return Step{Do: DoSay, Language: language, Text: text} }

// Ask speaks text and waits for so many keys.
func Ask(language, text string, keys int, wait time.Duration) Step {
	return Step{Do: DoAsk, Language: language, Text: text, Keys: keys, Wait: wait}
}

// Dial rings somebody, who sees the number of the call's line, and connects the two.
func Dial(to string, ringFor time.Duration) Step {
	return Step{Do: DoDial, To: to, RingFor: ringFor}
}

// Pause is silence.
func Pause(d time.Duration) Step { return Step{Do: DoPause, Wait: d} }

// HangUp ends the call.
func HangUp() Step { return Step{Do: DoHangUp} }

// Dialled is what came of a DoDial.
type Dialled struct {
	To     string // E.164
	State  State  // CallCompleted, CallBusy, CallNoAnswer, CallFailed or CallCancelled
	Talked time.Duration
}

// Script says what happens on calls of one purpose. Each method runs in the transaction that notes the event, once for
// each event however often the carrier reports it; it may change what it likes but the call, which is noted already.
type Script interface {
	// Answered: somebody or something picked up, see Outgoing.AnsweredBy.
	Answered(ctx context.Context, tx CallingTx, c *Outgoing) ([]Step, error)
	// Pressed: keys answer a DoAsk; none, when none came in time.
	Pressed(ctx context.Context, tx CallingTx, c *Outgoing, keys string) ([]Step, error)
	// Dialled: the other leg is over, and who was called first is still there.
	Dialled(ctx context.Context, tx CallingTx, c *Outgoing, d Dialled) ([]Step, error)
	// Ended: the call is over, or was never placed; Outgoing.State says how.
	Ended(ctx context.Context, tx CallingTx, c *Outgoing) error
}
