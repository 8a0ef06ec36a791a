package consent

import "testing"

// What is said in a call: which words end what, and which only sound like it.
func TestRevokesSpoken(t *testing.T) {
	const (
		both  = "both"
		calls = "calls"
		texts = "texts"
		none  = ""
	)
	for _, c := range []struct{ words, ends, language string }{
		{"don't call me again", both, "en"},
		{"Please don't ever call me again.", both, "en"},
		{"don't you ever call this number again", both, "en"},
		{"do not call here anymore", both, "en"},
		{"never call me again", both, "en"},
		{"I told you don't call me again", both, "en"},
		{"I told you people not to call me anymore", both, "en"},
		{"I already asked you to stop calling me", both, "en"},
		{"I said don't call me again", both, "en"},
		{"stop calling me", both, "en"},
		{"Stop calling. I'm not interested.", both, "en"},
		{"can you please stop calling me", both, "en"},
		{"could you stop calling this number", both, "en"},
		{"I want you to stop calling me all the time", both, "en"},
		{"take me off your list", both, "en"},
		{"yeah hi can you take me off your calling list please", both, "en"},
		{"remove my number from your system", both, "en"},
		{"remove my number please", both, "en"},
		{"put me on your do not call list", both, "en"},
		{"lose my number", both, "en"},
		{"I want to be taken off your list", both, "en"},
		{"I don't want any more calls from you", both, "en"},
		{"no more calls please", both, "en"},
		{"I don't want you to call me anymore", both, "en"},
		{"don't call or text me", both, "en"},
		{"don't call me and don't text me again", both, "en"},
		{"leave me alone", both, "en"},
		{"stop contacting me", both, "en"},
		{"don't call me", both, "en"},
		{"no thanks. Please don't call me. Goodbye.", both, "en"},
		{"please don't call me back", both, "en"},
		{"don't call me at this number again", both, "en"},

		{"don't call me, text me", calls, "en"},
		{"Don't call me. Just text me.", calls, "en"},
		{"please stop calling, you can text me", calls, "en"},
		{"just text me, don't call me", calls, "en"},
		{"no calls please, only texts", calls, "en"},
		{"take me off your call list but you can still text me", calls, "en"},

		{"stop texting me", texts, "en"},
		{"can you stop texting me", texts, "en"},
		{"don't text me, call me", texts, "en"},
		{"no more text messages please", texts, "en"},

		{"don't call me before nine", none, ""},
		{"don't call me again before nine", none, ""},
		{"don't call me, I'll call you", none, ""},
		{"Don't call me. I'll call you back.", none, ""},
		{"don't call me at work", none, ""},
		{"don't call me at work, text me", none, ""},
		{"don't call me until after five", none, ""},
		{"don't call me tomorrow", none, ""},
		{"please stop calling me so early", none, ""},
		{"stop calling me at two in the morning", none, ""},
		{"don't call me sir", none, ""},
		{"stop calling me honey", none, ""},
		{"you don't call me back", none, ""},
		{"you guys never call me back", none, ""},
		{"plumbers never call me back", none, ""},
		{"why don't you call me", none, ""},
		{"if you don't call me by noon I'll get someone else", none, ""},
		{"they said they would not call again", none, ""},
		{"my tenant said don't call me again", none, ""},
		{"I'll stop calling", none, ""},
		{"please stop", none, ""},
		{"stop it", none, ""},
		{"stop please", none, ""},
		{"please stop the leak", none, ""},
		{"can you stop by tomorrow", none, ""},
		{"take me off the waiting list", none, ""},
		{"I want to be taken off the schedule", none, ""},
		{"take me off the do not call list", none, ""},
		{"no messages", none, ""},
		{"remove the old water heater from the basement", none, ""},
		{"can you remove my number and put in my wife's", none, ""},
		{"you don't have to call me back", none, ""},
		{"call me", none, ""},
		{"text me", none, ""},
		{"", none, ""},

		{"no me llamen más", both, "es"},
		{"por favor ya no me llamen", both, "es"},
		{"Ya les dije que no me llamen otra vez", both, "es"},
		{"no me vuelvan a llamar", both, "es"},
		{"nunca más me llamen", both, "es"},
		{"dejen de llamarme", both, "es"},
		{"quítenme de su lista", both, "es"},
		{"sáquenme de esa lista por favor", both, "es"},
		{"borren mi número de su sistema", both, "es"},
		{"no quiero recibir más llamadas", both, "es"},
		{"no quiero que me llamen", both, "es"},
		{"no más llamadas", both, "es"},
		{"déjenme en paz", both, "es"},
		{"no me llamen ni me escriban", both, "es"},
		{"no me llamen", both, "es"},
		{"no me llamen a este número nunca", both, "es"},

		{"no me llamen, mándenme un mensaje", calls, "es"},
		{"no me llamen más, mejor escríbanme", calls, "es"},
		{"mándenme un mensaje, no me llamen", calls, "es"},

		{"ya no me manden mensajes", texts, "es"},
		{"dejen de mandarme mensajes", texts, "es"},

		{"basta ya", none, ""},
		{"por favor paren", none, ""},
		{"quítenme el calentador", none, ""},
		{"quítenme de la lista de espera", none, ""},
		{"no me manden más plomeros", none, ""},
		{"no me llamen antes de las nueve", none, ""},
		{"no me llamen más tarde de las ocho", none, ""},
		{"no me llamen al trabajo", none, ""},
		{"no me llamen mañana", none, ""},
		{"no me llamen, yo los llamo", none, ""},
		{"si no me llaman hoy llamo a otro", none, ""},
		{"por qué no me llaman", none, ""},
		{"dejé de llamar porque nadie contesta", none, ""},
		{"mi inquilino dijo que no me llamen más", none, ""},
	} {
		r := Revokes(c.words, true)
		got := none
		switch {
		case r.Texts && r.Calls:
			got = both
		case r.Calls:
			got = calls
		case r.Texts:
			got = texts
		}
		if got != c.ends || r.Language != c.language {
			t.Errorf("%q ends %q in %q, want %q in %q", c.words, got, r.Language, c.ends, c.language)
		}
	}
}

// Written, too, a wish that was told before is one, and a list of people who wait for a visit is none of ours.
func TestRevokesWrittenWishes(t *testing.T) {
	for words, want := range map[string]Revocation{
		"I told you don't call me again":        {Language: "en", Calls: true},
		"can you stop texting me":               {Language: "en", Texts: true},
		"please take me off your calling list":  {Language: "en", Texts: true},
		"take me off the waiting list":          {},
		"quítenme de su lista":                  {Language: "es", Texts: true},
		"quítenme por favor":                    {Language: "es", Texts: true},
		"quítenme el calentador viejo":          {},
		"please stop":                           {Language: "en", Texts: true},
		"did you stop texting":                  {},
		"can you stop by and text me when here": {},
	} {
		if got := Revokes(words, false); got != want {
			t.Errorf("%q: %+v, want %+v", words, got, want)
		}
	}
}
