package golden_test

import (
	"testing"

	"fixly/business"
	"fixly/receptionist/golden"
)

func TestRehearsalShowsWhatAPhraseWouldBreak(t *testing.T) {
	for _, c := range []struct {
		name   string
		phrase business.Taught
		breaks bool
	}{
		{"never heard", business.Taught{Say: "the hot box in the attic is crying", Kind: "service", Means: "Water heater service"}, false},
		{"never heard, a service of another shop", business.Taught{Say: "the moat is dry", Kind: "service", Means: "Moat filling"}, false},
		{"heard everywhere", business.Taught{Say: "the first one", Kind: "intent", Means: "person"}, true},
		{"means another service", business.Taught{Say: "kitchen drain is clogged", Kind: "service", Means: "Free estimate"}, true},
		{"a service of another shop", business.Taught{Say: "kitchen drain is clogged", Kind: "service", Means: "Moat filling"}, true},
		{"turns a yes around", business.Taught{Say: "correct", Kind: "answer", Means: "no"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			played, changed, err := golden.Rehearse(t.Context(), c.phrase)
			if err != nil || played < 30 {
				t.Fatalf("%d played, %v", played, err)
			}
			if (len(changed) > 0) != c.breaks {
				t.Errorf("%d conversations end otherwise", len(changed))
				for _, r := range changed {
					t.Log(r.Conversation, r.Differences)
				}
			}
		})
	}
}

func TestHarmfulPhrasesAreProblemsOfTheFile(t *testing.T) {
	fine := business.Taught{Say: "the hot box in the attic is crying", Kind: "service", Means: "Water heater service"}
	harmful := business.Taught{Say: "kitchen drain is clogged", Kind: "service", Means: "Free estimate"}
	for _, c := range []struct {
		name        string
		all, before []business.Taught
		keys        string
	}{
		{"none", nil, nil, ""},
		{"a harmless one", []business.Taught{fine}, nil, ""},
		{"one of two", []business.Taught{fine, harmful}, nil, "taught[1].say"},
		{"known already", []business.Taught{harmful, fine}, []business.Taught{harmful}, ""},
	} {
		problems, err := golden.Harmful(t.Context(), c.all, c.before)
		if err != nil {
			t.Fatal(err)
		}
		keys := ""
		for _, p := range problems {
			keys += p.Key
		}
		if keys != c.keys {
			t.Errorf("%s: %v", c.name, problems)
		}
	}
}
