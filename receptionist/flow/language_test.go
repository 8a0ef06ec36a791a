package flow_test

import (
	"testing"

	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
)

// bilingual plays utterances to a shop that speaks English and Spanish, and gives the language after each.
func bilingual(t *testing.T, c *script, says ...understanding.Understanding) []string {
	t.Helper()
	var out []string
	for _, u := range says {
		if u.FAQ == 0 {
			u.FAQ = -1
		}
		c.event(flow.Event{Kind: flow.Words, Understood: u, Languages: []string{"en", "es"}})
		out = append(out, c.s.Language)
	}
	return out
}

func leak(language string) understanding.Understanding {
	return understanding.Understanding{Text: "tengo una fuga", Service: "Leak repair", ServiceScore: 1, Problem: "una fuga", Language: language}
}

func TestTheLanguageOfTheConversation(t *testing.T) {
	hello := understanding.Understanding{Text: "buenos días", Language: "es"}
	english := understanding.Understanding{Text: "i have a leak", Service: "Leak repair", ServiceScore: 1, Problem: "a leak"}
	asked := func(language string) understanding.Understanding {
		return understanding.Understanding{Text: "...", LanguageAsked: language, Intents: []understanding.ScoredIntent{{Name: understanding.IntentLanguage, Score: 0.97}}}
	}
	tomorrow := understanding.Understanding{Text: "mañana", Language: "es"}
	for name, c := range map[string]struct {
		says []understanding.Understanding
		want []string
	}{
		"an opening that says something":          {[]understanding.Understanding{leak("es")}, []string{"es"}},
		"an opening that only greets":             {[]understanding.Understanding{hello, leak("es")}, []string{"", "es"}},
		"one word among English":                  {[]understanding.Understanding{english, tomorrow, english, tomorrow}, []string{"", "", "", ""}},
		"two in a row":                            {[]understanding.Understanding{english, tomorrow, tomorrow}, []string{"", "", "es"}},
		"two in a row, a word of neither between": {[]understanding.Understanding{english, tomorrow, {Text: "1847"}, tomorrow}, []string{"", "", "", "es"}},
		"on request":                              {[]understanding.Understanding{english, asked("es")}, []string{"", "es"}},
		"and back":                                {[]understanding.Understanding{leak("es"), asked("en")}, []string{"es", "en"}},
		"back by going on in it":                  {[]understanding.Understanding{leak("es"), {Text: "a", Language: "en"}, {Text: "b", Language: "en"}}, []string{"es", "es", "en"}},
		"a language that we don't speak":          {[]understanding.Understanding{leak("fr"), leak("fr")}, []string{"", ""}},
	} {
		t.Run(name, func(t *testing.T) {
			got := bilingual(t, newScript(t, monday), c.says...)
			for i := range c.want {
				if got[i] == "en" && c.want[i] == "" {
					continue // English is the shop's first
				}
				if got[i] != c.want[i] {
					t.Errorf("%q, want %q", got, c.want)
				}
			}
		})
	}
}

func TestDangerIsAnsweredInItsLanguageAtOnce(t *testing.T) {
	c := newScript(t, monday)
	got := bilingual(t, c, understanding.Understanding{Text: "i have a leak", Service: "Leak repair", ServiceScore: 1},
		understanding.Understanding{Text: "huele a gas", Danger: "smell gas", Language: "es"})
	if got[1] != "es" {
		t.Errorf("%q", got)
	}
	c.expect(flow.DangerGas)
}

func TestNothingIsLostByChangingTheLanguage(t *testing.T) {
	c := newScript(t, monday)
	ask := understanding.Understanding{Text: "in english please", LanguageAsked: "en", Intents: []understanding.ScoredIntent{{Name: understanding.IntentLanguage, Score: 0.97}}}
	bilingual(t, c, leak("es"))
	offers := len(c.s.Offers)
	bilingual(t, c, ask)
	if c.s.Language != "en" || len(c.s.Offers) != offers || offers == 0 || c.s.Details.Service != "Leak repair" || c.s.Question != flow.QChoice {
		t.Errorf("%+v", c.s)
	}
	c.expect(flow.SaySwitched)
	c.expect(flow.AskChoiceAgain)
	if c.d.Reason != flow.WhyLanguageSet {
		t.Error(c.d.Reason)
	}
}

func TestDetailsInAnotherLanguageChangeNothing(t *testing.T) {
	c := newScript(t, monday)
	bilingual(t, c, leak("es"))
	for _, q := range []flow.Question{flow.QName, flow.QPhone} {
		c.s.Question = q
		bilingual(t, c, understanding.Understanding{Text: "...", Name: "John Smith", Digits: "773", Language: "en"})
	}
	if c.s.Language != "es" {
		t.Errorf("%q", c.s.Language)
	}
}

func TestALanguageThatTheShopDoesNotSpeak(t *testing.T) {
	c := newScript(t, monday)
	c.say(leak("es"))
	c.expect(flow.SayEnglishOnly)
	if c.s.Language != "" || c.d.Reason != flow.WhyLanguage {
		t.Errorf("%q, %s", c.s.Language, c.d.Reason)
	}
	c.s.Question = flow.QProblem
	c.say(understanding.Understanding{Text: "english then", LanguageAsked: "en", Intents: []understanding.ScoredIntent{{Name: understanding.IntentLanguage, Score: 0.97}}})
	c.expect(flow.SaySwitched)
}

func TestTheOwnerReadsEnglishWithTheCallersWordsBesideIt(t *testing.T) {
	c := newScript(t, monday)
	bilingual(t, c, leak("es"))
	if want := "Leak repair · in their words: «una fuga» · (312) 555-0142"; c.d.Summary != want {
		t.Errorf("%q, want %q", c.d.Summary, want)
	}
	c = newScript(t, monday)
	bilingual(t, c, understanding.Understanding{
		Text: "se me reventó un tubo", Language: "es", Problem: "se me reventó un tubo", Service: "Leak repair", ServiceScore: 1, Urgency: "emergency",
	})
	if want := "Leak repair, in their words: «se me reventó un tubo», (312) 555-0142"; c.effect(flow.DoAlert).Text != want {
		t.Errorf("%q, want %q", c.effect(flow.DoAlert).Text, want)
	}
	c = newScript(t, monday)
	bilingual(t, c, understanding.Understanding{Text: "i have a leak", Problem: "a leak", Service: "Leak repair", ServiceScore: 1})
	if want := "Leak repair · a leak · (312) 555-0142"; c.d.Summary != want {
		t.Errorf("%q, want %q", c.d.Summary, want)
	}
}
