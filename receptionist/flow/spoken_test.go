package flow_test

import (
	"testing"

	"fixly/receptionist/flow"
)

func TestSpokenRemembersSentences(t *testing.T) {
	var s flow.Spoken
	s.Note([]string{"Thanks, I fixed that.", "Now I have tomorrow at eight. Is that right?"}, false)
	for text, ago := range map[string]int{
		"Is that right?":                    1,
		"So it's Ray Cole. Is that right?":  1,
		"Thanks, I fixed that.":             3,
		"Is that correct?":                  0,
		"Okay.":                             0,
		"Now I have tomorrow at eight.":     2,
		"now i have tomorrow at eight. Hm.": 2,
	} {
		if got := s.Ago(text); got != ago {
			t.Errorf("%q was said %d sentences ago, expected %d", text, got, ago)
		}
	}
}

func TestOneApologyInThreeReplies(t *testing.T) {
	var s flow.Spoken
	for i, may := range []bool{true, false, false, true} {
		if s.MaySorry() != may {
			t.Errorf("reply %d: may be sorry: %v", i+1, !may)
		}
		s.Note([]string{"."}, i == 0)
	}
}
