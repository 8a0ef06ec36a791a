package flow

import "fixly/consent"

// Recording is where the recording of the call stands.
type Recording struct {
	Told  consent.Told           `json:"told,omitempty"` // at the beginning
	State consent.RecordingState `json:"state,omitempty"`
}

// Open says whether the caller was told and has not said anything yet.
func (r Recording) Open() bool { return r.Told != consent.ToldNothing && r.State == consent.NotYet }

// hearOfRecording takes down what the caller's words say about the recording of the call, before anything is decided:
// whatever they are about, it is settled. Only a yes to the question starts it, given at once; it is not asked twice, so
// that a later yes, to another question, can't be taken for one.
func (t *turn) hearOfRecording() {
	r, said := &t.s.Recording, t.e.Recording
	switch {
	case r.Open() && (said.No || said.Stop):
		t.noteRecording(consent.Refused)
	case r.Open() && r.Told == consent.Announced:
		t.noteRecording(consent.Agreed)
	case r.Open() && said.Yes:
		t.noteRecording(consent.Agreed)
	case r.Open():
		t.noteRecording(consent.Unanswered)
	case said.Erase && (r.State == consent.Agreed || r.State == consent.Stopped):
		t.noteRecording(consent.Erased)
	case said.Stop && r.State == consent.Agreed:
		t.noteRecording(consent.Stopped)
	default:
		return
	}
	t.recordingTold = true
}

// leaveRecording closes the question where something else than words came first: what is said next answers what was said
// then.
func (t *turn) leaveRecording() {
	if t.s.Recording.Open() && t.s.Recording.Told == consent.AskedFirst {
		t.noteRecording(consent.Unanswered)
	}
}

func (t *turn) noteRecording(s consent.RecordingState) {
	how := consent.SaidInCall
	if s == consent.Agreed && t.s.Recording.Told == consent.Announced {
		how = consent.WentOn
	}
	t.s.Recording.State = s
	t.noted = append(t.noted, Effect{Do: DoNoteRecording, What: string(s), Text: t.u.Text, Language: t.e.Recording.Language, How: how})
}

// recording answers what was said about the recording of the call. Danger has been looked for before, and where there is
// more in the words, they go on to what they are about.
func (t *turn) recording() (bool, error) {
	said, state := t.e.Recording, t.s.Recording.State
	switch {
	case said.Stop && state == consent.Erased:
		t.say(Conveyance{Kind: TellRecordingErased})
	case said.Stop && state == consent.Stopped:
		t.say(Conveyance{Kind: TellRecordingStopped})
	case said.Stop, said.Only && said.No && t.recordingTold:
		t.say(Conveyance{Kind: TellNotRecorded})
	case said.Only && said.Yes && t.recordingTold && t.s.Recording.Told == consent.AskedFirst && state == consent.Agreed:
		t.say(Conveyance{Kind: SayThanksRecord})
	default:
		return false, nil
	}
	if !said.Only {
		return false, nil
	}
	t.because(WhyRecording)
	t.answered = len(t.d.Convey)
	return true, t.resume()
}
