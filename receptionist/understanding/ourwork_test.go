package understanding_test

import (
	"testing"

	u "fixly/receptionist/understanding"
)

// TestOnlyOurWorkIsComplainedOf: callers who are unhappy with the thing that is broken, or with somebody else who had a
// go at it, need us.
func TestOnlyOurWorkIsComplainedOf(t *testing.T) {
	for text, complains := range map[string]bool{
		"my kitchen faucet is dripping and my wife is not happy about it":                        false,
		"my brother tried to fix it and made it worse, the toilet won't stop running":            false,
		"this is ridiculous, my water heater is leaking":                                         false,
		"your guy made it worse, the toilet won't stop running":                                  true,
		"i'm not happy, you guys fixed my faucet last week and it's leaking again":               true,
		"i am very unhappy with the work you did on my water heater, this is unacceptable":       true,
		"mi esposa no está contenta, se tapó el fregadero":                                       false,
		"no estoy contento, vinieron ustedes la semana pasada y otra vez está tapado el drenaje": true,
	} {
		got := understand(t, u.AskedNothing, text)
		if got.Has(u.IntentComplaint, 0.6) != complains {
			t.Errorf("%q: %v", text, got.Intents)
		}
		if !complains && !got.Has(u.IntentBook, 0.6) {
			t.Errorf("%q books nothing: %v", text, got.Intents)
		}
	}
}

// TestThingsAreMovedAsWellAsVisits: what is moved or changed may be a thing that we work on.
func TestThingsAreMovedAsWellAsVisits(t *testing.T) {
	for text, visit := range map[string]bool{
		"i want to move the gas pipe behind my dryer":                                    false,
		"i need to move my gas line and i'd like to make an appointment":                 false,
		"can you change the faucet in my bathroom, thursday would be great":              false,
		"can you move my water heater appointment":                                       true,
		"i want to move my appointment":                                                  true,
		"can you move my drain cleaning to friday":                                       true,
		"i need to change my appointment about the faucet from tuesday to friday please": true,
	} {
		got := understand(t, u.AskedNothing, text)
		if got.Has(u.IntentReschedule, 0.6) != visit {
			t.Errorf("%q: %v, %q", text, got.Intents, got.Service)
		}
	}
}

// TestWhatIsMissedAndMisheard: what is not there is a trouble however it is said, and danger is danger as recognisers
// write it.
func TestWhatIsMissedAndMisheard(t *testing.T) {
	for text, service := range map[string]string{
		"i don't have any hot water":                    "Water heater service",
		"we don't have hot water":                       "Water heater service",
		"hi um we do not have any heat since yesterday": "Furnace repair",
	} {
		if got := understand(t, u.AskedNothing, text); got.Service != service {
			t.Errorf("%q: %q, want %q", text, got.Service, service)
		}
	}
	if got := understand(t, u.AskedNothing, "i think i have a gas leek"); got.Danger == "" {
		t.Errorf("a gas leak, misheard, is no danger: %+v", got)
	}
}
