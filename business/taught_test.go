package business_test

import (
	"strings"
	"testing"

	"fixly/business"
	"fixly/demo"
)

func TestTaughtPhrasesAreChecked(t *testing.T) {
	for _, c := range []struct {
		name   string
		taught []business.Taught
		wrong  string // key and a part of the message; empty: none
	}{
		{"a service", []business.Taught{{Say: "The box in the attic is crying", Kind: "service", Means: "Water heater service"}}, ""},
		{"an intent", []business.Taught{{Say: "where's my guy", Kind: "intent", Means: "status"}}, ""},
		{"an answer", []business.Taught{{Say: "you betcha", Kind: "answer", Means: "yes"}}, ""},
		{"an urgency", []business.Taught{{Say: "it's biblical in here", Kind: "urgency", Means: "emergency"}}, ""},
		{"no words", []business.Taught{{Say: " ", Kind: "answer", Means: "yes"}}, "taught[0].say: is required"},
		{"a kind that isn't", []business.Taught{{Say: "you betcha", Kind: "mood", Means: "yes"}}, "taught[0].kind: must be service or intent or answer or urgency"},
		{"a service that isn't", []business.Taught{{Say: "my roof leaks", Kind: "service", Means: "Roofing"}}, "taught[0].means: must be Drain cleaning or"},
		{"danger cannot be taught", []business.Taught{{Say: "it stinks in here", Kind: "intent", Means: "danger"}}, "taught[0].means: must be book or"},
		{"too short", []business.Taught{{Say: "ok", Kind: "answer", Means: "yes"}}, "taught[0].say: \"ok\" is too short"},
		{"too long", []business.Taught{{Say: strings.Repeat("word ", 13), Kind: "answer", Means: "yes"}}, "taught[0].say: has 13 words"},
		{"twice", []business.Taught{{Say: "You betcha", Kind: "answer", Means: "yes"}, {Say: "you  betcha", Kind: "answer", Means: "no"}}, "taught[1].say: \"you  betcha\" is taught already by taught[0]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := demo.Business()
			b.Taught = c.taught
			data, err := business.Marshal(b)
			if err != nil {
				t.Fatal(err)
			}
			got, err := business.Parse("shop.yaml", data)
			switch {
			case c.wrong == "" && err != nil:
				t.Fatal(err)
			case c.wrong == "" && (len(got.Taught) != len(c.taught) || got.Taught[0] != c.taught[0]):
				t.Fatalf("read back as %+v", got.Taught)
			case c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)):
				t.Fatalf("got %v, want %q", err, c.wrong)
			}
		})
	}
}
