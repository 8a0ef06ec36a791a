package consent

import (
	"testing"

	"pgregory.net/rapid"
)

func TestReadRecording(t *testing.T) {
	for words, want := range map[string]string{
		"yes":                                   "yes only",
		"Yes.":                                  "yes only",
		"Yes, that's fine.":                     "yes only",
		"sure, go ahead":                        "yes only",
		"Yes, you can record it. Thank you.":    "yes only",
		"That's fine with me":                   "yes only",
		"Okay. My sink is leaking":              "yes",
		"Yes, my faucet drips":                  "yes",
		"sí, claro":                             "yes only",
		"Sí. Se me tapó el fregadero":           "yes",
		"no":                                    "no only",
		"No, thank you.":                        "no only",
		"I'd rather not":                        "no only",
		"no gracias":                            "no only",
		"No. My heater is out":                  "no",
		"please don't record this call":         "stop no only",
		"stop recording":                        "stop no only",
		"Could you turn the recording off?":     "stop no only",
		"I don't want to be recorded":           "stop no only",
		"no quiero que me graben":               "stop no only",
		"delete the recording":                  "stop no erase only",
		"borre la grabación por favor":          "stop no erase only",
		"deje de grabar":                        "stop no only",
		"yeah hi I need a plumber":              "",
		"yeah my basement is flooding":          "",
		"no heat in the whole house":            "",
		"okay so my sink is clogged":            "",
		"can you record that I have two dogs":   "",
		"I want to record a complaint":          "",
		"stop by on Tuesday":                    "",
		"my smoke detector is recording errors": "",
		"what?":                                 "",
		"":                                      "",
	} {
		r := ReadRecording(words)
		got := ""
		for _, x := range []struct {
			name string
			is   bool
		}{{"yes", r.Yes}, {"stop", r.Stop}, {"no", r.No}, {"erase", r.Erase}, {"only", r.Only}} {
			if x.is {
				if got != "" {
					got += " "
				}
				got += x.name
			}
		}
		if got != want {
			t.Errorf("%q is read as %q, want %q", words, got, want)
		}
	}
}

// TestStrictest is the rule: nothing is announced where a state of the call wants everybody's consent, or isn't known.
func TestStrictest(t *testing.T) {
	states := []string{"", "XX", "PR"}
	for s := range recordingLaws {
		states = append(states, s)
	}
	rapid.Check(t, func(t *rapid.T) {
		of := rapid.SliceOfN(rapid.SampledFrom(states), 1, 4).Draw(t, "states")
		on, ask := rapid.Bool().Draw(t, "on"), rapid.Bool().Draw(t, "ask")
		strict := false
		for _, s := range of {
			l, known := recordingLaws[s]
			strict = strict || !known || l.Parties == AllParties
		}
		switch told := AskFor(on, ask, ToRecord(of...)); {
		case !on && told != ToldNothing:
			t.Fatalf("off, and told %q", told)
		case strict && told == Announced:
			t.Fatalf("%v: announced only", of)
		case strict && on && ask && told != AskedFirst:
			t.Fatalf("%v: not asked but %q", of, told)
		case !strict && on && told != Announced:
			t.Fatalf("%v: %q", of, told)
		}
	})
	if ToRecord() != AllParties {
		t.Error("of nothing known")
	}
}

func TestLawsOfAllStates(t *testing.T) {
	if len(recordingLaws) != 51 {
		t.Errorf("%d laws", len(recordingLaws))
	}
	for s, l := range recordingLaws {
		if l.Source == "" || len(s) != 2 {
			t.Errorf("%s: %q", s, l.Source)
		}
	}
	for _, s := range []string{"CA", "CT", "DE", "FL", "IL", "MD", "MA", "MI", "MT", "NV", "NH", "OR", "PA", "WA"} {
		if RecordingLawOf(s).Parties != AllParties {
			t.Errorf("%s is among those that some list as all-party", s)
		}
	}
}
