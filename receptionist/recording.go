package receptionist

import (
	"fmt"
	"strings"

	"fixly/business"
	"fixly/consent"
	"fixly/receptionist/flow"
	"fixly/receptionist/wording"
)

// RecordingNote is what a caller has said about the recording of the call, and where that leaves it.
type RecordingNote struct {
	State    consent.RecordingState
	How      consent.How // empty: it is not the caller's wish
	Words    string      // theirs; empty for none
	Language string      // of the words, ISO 639-1; empty where unknown
}

// TellOfRecording is a greeting with what the caller is told about the recording of the call, in fixed words: that it is
// recorded comes first, whether it may be last, so that an answer to it is one.
func TellOfRecording(b *business.Business, greeting string, told consent.Told) string {
	words := wording.For(languages(b)[0])
	switch told {
	case consent.Announced:
		return words.Recorded + " " + greeting
	case consent.AskedFirst:
		return greeting + " " + words.MayRecord
	}
	return greeting
}

// aboutRecording reads what words of a call say about its recording. A yes of somebody who talked over the greeting
// before the question was through is none.
func (r *Receptionist) aboutRecording(c *Conversation, s *flow.State, in Input, w *world) (consent.AboutRecording, error) {
	if c.Channel != ByCall || in.Kind != Words {
		return consent.AboutRecording{}, nil
	}
	said := consent.ReadRecording(in.Text)
	if !said.Yes || !s.Recording.Open() || s.Recording.Told != consent.AskedFirst {
		return said, nil
	}
	turns, err := w.tx.Turns(w.ctx, c.ID)
	if err != nil {
		return said, fmt.Errorf("read what was heard of the greeting: %w", err)
	}
	question, _, _ := strings.Cut(wording.For(languages(w.business)[0]).MayRecord, "?")
	for _, t := range turns {
		if t.Heard != "" && !strings.Contains(t.Heard, question) {
			said.Yes = false
		}
	}
	return said, nil
}

// stopByAddress ends the recording of a call that was only announced, where the address of the work, known now, lies in a
// state that wants everybody's consent. What was recorded is deleted.
func stopByAddress(s *flow.State, d *flow.Decision) {
	state := s.Details.Address.State
	if s.Recording.Told != consent.Announced || s.Recording.State != consent.Agreed || state == "" || consent.ToRecord(state) == consent.OneParty {
		return
	}
	s.Recording.State = consent.Erased
	d.Effects = append(d.Effects, flow.Effect{Do: flow.DoNoteRecording, What: string(consent.Erased)})
}
