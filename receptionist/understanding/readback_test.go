package understanding_test

import (
	"testing"

	"fixly/demo"
	"fixly/receptionist/understanding"
)

// TestAnswersToAReadBack: the ways of saying that all of it is right, or not.
func TestAnswersToAReadBack(t *testing.T) {
	e := understanding.NewEngine(demo.Business())
	for answer, said := range map[understanding.Answer][]string{
		understanding.Yes: {
			"that's all correct", "yep all of it is right", "everything was correct", "nothing it's all right", "no it was right the way you had it",
			"no everything is right", "you had it right", "it's fine leave it like that", "that was correct", "keep it the way you have it",
		},
		understanding.No: {"that's not all correct", "no that's all wrong", "no it was not right", "not quite right", "that isn't quite right"},
	} {
		for _, s := range said {
			if u := e.Understand(s, understanding.Context{Asked: understanding.AskedConfirm, Now: monday}); u.Answer != answer {
				t.Errorf("%q is %q, want %q", s, u.Answer, answer)
			}
		}
	}
}
