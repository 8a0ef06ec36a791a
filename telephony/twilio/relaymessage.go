package twilio

import (
	"encoding/json"
	"fmt"

	"fixly/twilioapi"
)

// setup is the first message of a session.
type setup struct {
	SessionID  string `json:"sessionId"`
	AccountSID string `json:"accountSid"`
	CallSID    string `json:"callSid"`
	From       string `json:"from"`
	To         string `json:"to"`
	CallerName string `json:"callerName"`
	// ForwardedFrom is the phone that forwarded the call.
	ForwardedFrom string            `json:"forwardedFrom"`
	Parameters    map[string]string `json:"customParameters"`
}

// event is a message of ConversationRelay's after the setup.
//
// https://www.twilio.com/docs/voice/conversationrelay/websocket-messages
type event struct {
	Type string `json:"type"` // "prompt", "interrupt", "dtmf", "error"

	VoicePrompt string `json:"voicePrompt"` // prompt: the words
	Lang        string `json:"lang"`
	Last        *bool  `json:"last"` // prompt: false while the caller goes on; absent means true

	UtteranceUntilInterrupt string `json:"utteranceUntilInterrupt"` // interrupt: what was heard

	Digit string `json:"digit"` // dtmf: one key

	Description string `json:"description"` // error
}

func (e *event) final() bool { return e.Type == "prompt" && (e.Last == nil || *e.Last) }

func (e *event) partial() bool { return e.Type == "prompt" && e.Last != nil && !*e.Last }

// parseSetup reads the first message.
func parseSetup(b []byte) (setup, error) {
	var m struct {
		Type string `json:"type"`
		setup
	}
	if err := json.Unmarshal(b, &m); err != nil {
		return setup{}, fmt.Errorf("the first message is no JSON: %w", err)
	}
	if m.Type != "setup" {
		return setup{}, fmt.Errorf("the first message is %q, not a setup", m.Type)
	}
	for _, s := range []*string{&m.SessionID, &m.AccountSID, &m.CallSID, &m.From, &m.To, &m.CallerName} {
		*s = twilioapi.Text(*s)
	}
	for k, v := range m.Parameters {
		m.Parameters[k] = twilioapi.Text(v)
	}
	return m.setup, nil
}

// parseEvent reads any later message. Types that are not known come back as they are.
func parseEvent(b []byte) (event, error) {
	var e event
	err := json.Unmarshal(b, &e)
	for _, s := range []*string{&e.VoicePrompt, &e.Lang, &e.UtteranceUntilInterrupt, &e.Digit} {
		*s = twilioapi.Text(*s)
	}
	return e, err
}

// Messages to ConversationRelay.
type (
	textMessage struct {
		Type  string `json:"type"` // "text"
		Token string `json:"token"`
		Last  bool   `json:"last"` // ends the talk cycle: what came since the last one is spoken to its end
	}
	languageMessage struct {
		Type          string `json:"type"` // "language"
		TTS           string `json:"ttsLanguage"`
		Transcription string `json:"transcriptionLanguage"`
	}
	endMessage struct {
		Type    string `json:"type"` // "end"
		Handoff string `json:"handoffData,omitempty"`
	}
)

// handoff is what a session tells the webhook that follows it.
type handoff struct {
	Reason handoffReason `json:"reason"`
	To     []string      `json:"to,omitempty"` // transfer: whom to ring, in order, E.164
}

type handoffReason string

const (
	handoffTransfer handoffReason = "transfer"
	handoffGoodbye  handoffReason = "goodbye"
	handoffBroken   handoffReason = "broken" // the receptionist can't be asked: the owner takes the call
)
