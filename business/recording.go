package business

import "time"

// When calls are recorded. Voicemails say for themselves that they are.
const (
	RecordingOff = "off"
	// RecordingWhenAllowed records where the law asks for one party's consent at both ends: callers are told at the
	// beginning. Elsewhere nothing is recorded and nobody is asked.
	RecordingWhenAllowed = "when_allowed"
	// RecordingAsk does the same, and elsewhere asks the caller, whose yes it needs.
	RecordingAsk = "ask"
)

// Recordings lists what Recording.Calls can be.
func Recordings() []string { return []string{RecordingOff, RecordingWhenAllowed, RecordingAsk} }

// Recording says whether calls are recorded, and how long what was recorded is kept.
type Recording struct {
	Calls string `yaml:"calls" json:"calls"` // one of Recordings; empty: off
	// KeepDays is how many days what was recorded is kept, calls and voicemails, until it is deleted at the carrier; 0: calls
	// 90 days, voicemails for good.
	KeepDays int `yaml:"keep_days" json:"keep_days"`
}

// On says whether calls may be recorded at all.
func (r *Recording) On() bool { return r.Calls == RecordingWhenAllowed || r.Calls == RecordingAsk }

const (
	keepCallsDays = 90
	aDay          = 24 * time.Hour
)

// KeepCalls is how long recordings of calls are kept.
func (r *Recording) KeepCalls() time.Duration {
	if r.KeepDays > 0 {
		return time.Duration(r.KeepDays) * aDay
	}
	return keepCallsDays * aDay
}

// KeepVoicemails is how long voicemails are kept; 0: for good.
func (r *Recording) KeepVoicemails() time.Duration { return time.Duration(r.KeepDays) * aDay }

// RecordsOn says whether calls on a line may be recorded: on the lines of Twilio's, whose API begins and ends it.
func (b *Business) RecordsOn(l *Line) bool { return b.Recording.On() && l.Carrier == CarrierTwilio }
