package understanding_test

import (
	"testing"

	"fixly/business"
	"fixly/demo"
	"fixly/receptionist/understanding"
)

func teach(t *testing.T, taught ...business.Taught) *understanding.Engine {
	t.Helper()
	b := demo.Business()
	b.Taught = taught
	if err := business.Validate(b); err != nil {
		t.Fatal(err)
	}
	return understanding.NewEngine(b)
}

func TestTaughtPhrasesCount(t *testing.T) {
	e := teach(t,
		business.Taught{Say: "the hot box in the attic is crying", Kind: business.TaughtService, Means: "Water heater service"},
		business.Taught{Say: "Where's my guy?", Kind: business.TaughtIntent, Means: "status"},
		business.Taught{Say: "bob's your uncle", Kind: business.TaughtAnswer, Means: "yes"},
		business.Taught{Say: "it's biblical in here", Kind: business.TaughtUrgency, Means: "emergency"},
	)
	ask := understanding.Context{Asked: understanding.AskedProblem, Now: monday}

	u := e.Understand("Yeah hi, the HOT BOX in the attic, is crying again", ask)
	if u.Service != "Water heater service" || u.ServiceScore < 0.9 || !u.Has(understanding.IntentBook, 0.5) || u.Problem == "" {
		t.Errorf("the service: %q %v, %v, problem %q", u.Service, u.ServiceScore, u.Intents, u.Problem)
	}
	if s := spanOf(&u, "taught"); s == nil || u.Text[s.From:s.To] != "the HOT BOX in the attic, is crying" || s.Value != "Water heater service" {
		t.Errorf("the words that gave it: %+v", s)
	}
	if u := e.Understand("so wheres my guy at", ask); !u.Has(understanding.IntentStatus, 0.9) {
		t.Errorf("the intent: %v", u.Intents)
	}
	if u := e.Understand("bob's your uncle", understanding.Context{Asked: understanding.AskedConfirm, Now: monday}); u.Answer != understanding.Yes {
		t.Errorf("the answer: %q", u.Answer)
	}
	if u := e.Understand("oh man it's biblical in here", ask); u.Urgency != "emergency" || !u.Has(understanding.IntentEmergency, 0.8) {
		t.Errorf("the urgency: %q %v", u.Urgency, u.Intents)
	}
	for _, near := range []string{"the hot box in the attic", "in the attic is crying the hot box", "attic", ""} {
		if u := e.Understand(near, ask); spanOf(&u, "taught") != nil {
			t.Errorf("%q is taken for a phrase that it is not", near)
		}
	}
}

// TestTeachingNeverHidesDanger: whatever is taught, gas stays gas.
func TestTeachingNeverHidesDanger(t *testing.T) {
	const words = "i smell gas in the kitchen"
	for _, x := range []business.Taught{
		{Say: words, Kind: business.TaughtService, Means: "Gas line service"},
		{Say: words, Kind: business.TaughtIntent, Means: "solicitor"},
		{Say: words, Kind: business.TaughtIntent, Means: "goodbye"},
		{Say: words, Kind: business.TaughtAnswer, Means: "no"},
		{Say: words, Kind: business.TaughtUrgency, Means: "urgent"},
	} {
		u := teach(t, x).Understand("hi "+words, understanding.Context{Asked: understanding.AskedProblem, Now: monday})
		if u.Danger == "" || len(u.Intents) == 0 || u.Intents[0].Name != understanding.IntentDanger {
			t.Errorf("%s %s: danger %q, %v", x.Kind, x.Means, u.Danger, u.Intents)
		}
	}
}

func spanOf(u *understanding.Understanding, kind string) *understanding.Span {
	for i := range u.Spans {
		if u.Spans[i].Kind == kind {
			return &u.Spans[i]
		}
	}
	return nil
}
