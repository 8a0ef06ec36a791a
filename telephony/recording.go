package telephony

import "time"

// Recording is what was recorded of a call. The sound lies at the carrier, who gives it to the line's credentials alone.
type Recording struct {
	ID         string // the carrier's
	BusinessID string
	CallID     string
	Kind       RecordingKind
	At         time.Time
	Seconds    int
	Words      string // written down by the carrier; empty: not yet, or never
}

// RecordingKind is what was recorded.
type RecordingKind string

// Voicemail is the one kind.
const Voicemail RecordingKind = "voicemail"

// emptyBelow is how many seconds hold nothing: who hangs up at the tone has left no word.
const emptyBelow = 2

// IsEmpty says whether nothing can have been said in it.
func (r *Recording) IsEmpty() bool { return r.Seconds < emptyBelow }
