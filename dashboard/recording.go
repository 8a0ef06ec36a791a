package dashboard

import (
	"fixly/consent"
	"fixly/telephony"
)

// recordingWords say what the caller was told about the recording of a call, and what came of it; empty: it was out of
// the question.
func recordingWords(r *telephony.CallRecording) string {
	if r == nil {
		return ""
	}
	laws := " (laws of " + r.Why + ")"
	if r.Told == consent.ToldNothing {
		return "Not recorded, and not asked" + laws
	}
	told := "Announced"
	if r.Told == consent.AskedFirst {
		told = "Asked"
	}
	return told + laws + ". " + recordingStates[r.State]
}

// recordingStates say where the recording of a call stands.
var recordingStates = map[consent.RecordingState]string{
	consent.NotYet:     "The caller said nothing, so it was not recorded.",
	consent.Agreed:     "The caller agreed.",
	consent.Refused:    "The caller said no: not recorded.",
	consent.Unanswered: "The caller gave no answer: not recorded.",
	consent.Stopped:    "Recorded until the caller, or a hand-over without notice, ended it.",
	consent.Erased:     "The recording was deleted: the caller wanted it, or the law of the address does.",
}
