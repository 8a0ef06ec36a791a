package followup

import (
	"strings"
	"testing"
)

func TestTextBackSaysWhatIsKnown(t *testing.T) {
	const shop, own = "Mike's Plumbing", "Hey, this is Mike. Saw I missed your call. What can I help with?"
	for _, c := range []struct {
		words words
		m     missed
		want  string
	}{
		{english{}, missed{Own: own}, own},
		{english{}, missed{Own: own, Name: "Karen Whitfield"}, own}, // his words stay as they are
		{english{}, missed{Own: own, Service: "Leak repair"}, own + " About the leak repair: text back a day that suits you and we'll get you a time."},
		{english{}, missed{Own: own, Closed: true}, own + " We're closed right now, but text back and we'll get you a time."},
		{english{}, missed{}, "Hi, this is Mike's Plumbing. Sorry we missed your call. What can we help with?"},
		{english{}, missed{Name: "Karen Whitfield"}, "Hi Karen, this is Mike's Plumbing. Sorry we missed your call. What can we help with?"},
		{
			english{},
			missed{Service: "AC tune-up", Closed: true},
			"Hi, this is Mike's Plumbing. Sorry we missed your call. About the AC tune-up: we're closed right now, but text back a day that suits you and we'll get you a time.",
		},
		{spanish{}, missed{Name: "Rosa Díaz"}, "Hola Rosa, le escribimos de Mike's Plumbing. Perdón por no haber podido atender su llamada. ¿En qué le podemos ayudar?"},
	} {
		if got := c.words.TextBack(shop, c.m); got != c.want {
			t.Errorf("%+v:\n  %s\nwant\n  %s", c.m, got, c.want)
		}
	}
	if got := (spanish{}).TextBack(shop, missed{Service: "Leak repair", Closed: true}); !strings.Contains(got, "cerrados") || strings.Contains(got, "?") {
		t.Errorf("in Spanish: %s", got)
	}
}
