package consent

import "testing"

func TestRevokes(t *testing.T) {
	for _, c := range []struct {
		words    string
		language string // empty: nothing is taken back
		calls    bool
	}{
		{"please stop texting me", "en", false},
		{"Stop texting!", "en", false},
		{"STOP SENDING ME THESE MESSAGES", "en", false},
		{"can you please quit messaging me", "en", false},
		{"Don't text me anymore", "en", false},
		{"do not text me again. thanks", "en", false},
		{"don’t text me", "en", false},
		{"Don't text, just call", "en", false},
		{"no more texts please", "en", false},
		{"no more messages", "en", false},
		{"I don't want any more texts from you", "en", false},
		{"I do not want to receive your messages", "en", false},
		{"take me off your list", "en", false},
		{"remove my number from your contacts", "en", false},
		{"Wrong person. Lose my number.", "en", false},
		{"unsubscribe me", "en", false},
		{"I want to opt out", "en", false},
		{"stop please", "en", false},
		{"Please stop.", "en", false},
		{"stop it!!", "en", false},
		{"leave me alone", "en", false},
		{"stop contacting me", "en", false},
		{"who is this? stop spamming me", "en", false},
		{"thanks, got it fixed. no need to text me. Stop the messages", "en", false},
		{"quit calling and don't text me", "en", true},
		{"don't call me again", "en", true},

		{"ya no me manden mensajes", "es", false},
		{"No me escriban más por favor", "es", false},
		{"dejen de mandarme mensajes", "es", false},
		{"ya no quiero recibir mensajes", "es", false},
		{"no más mensajes, gracias", "es", false},
		{"quítenme de su lista", "es", false},
		{"Quiero darme de baja", "es", false},
		{"basta ya", "es", false},
		{"por favor paren", "es", false},
		{"dejen de molestar", "es", false},
		{"no me llamen más", "es", true},

		{"stop by at three", "", false},
		{"please stop the leak", "", false},
		{"can you stop by tomorrow? please stop by", "", false},
		{"don't text me until noon, I'm in a meeting", "", false},
		{"if you don't text me by 5 I'll call someone else", "", false},
		{"why don't you text me a price", "", false},
		{"you don't text me back", "", false},
		{"did you stop texting", "", false},
		{"I want to stop the water", "", false},
		{"the sink won't stop. please stop by whenever", "", false},
		{"remove the old heater", "", false},
		{"no messages on my machine", "", false},
		{"don't call, text me", "", false},
		{"no", "", false},
		{"no thanks", "", false},
		{"cancel my appointment", "", false},
		{"don't contact the tenant before 9", "", false},
		{"the end unit leaks", "", false},
		{"ya no", "", false},
		{"no más", "", false},
		{"no me escriban hasta las 3", "", false},
		{"si no me escriben hoy llamo a otro", "", false},
		{"pare la fuga de agua", "", false},
		{"no quiero que se inunde", "", false},
		{"", "", false},
	} {
		r := Revokes(c.words, false)
		if r.Language != c.language || r.None() != (c.language == "") {
			t.Errorf("%q: %+v, want language %q", c.words, r, c.language)
		}
		if r.Calls != c.calls {
			t.Errorf("%q: calls %v", c.words, r.Calls)
		}
	}
	if r := Revokes("leave me alone", true); !r.Texts || !r.Calls {
		t.Errorf("spoken in a call, it is about everything: %+v", r)
	}
}
