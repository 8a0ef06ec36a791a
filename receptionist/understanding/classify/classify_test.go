package classify

import (
	"bytes"
	"math"
	"testing"
)

func best(t *testing.T, m *Model, text string) (string, float64) {
	t.Helper()
	var s Scores
	if !m.Score(text, &s) {
		return "", 0
	}
	at := 0
	for l := range m.Labels() {
		if s[l] > s[at] {
			at = l
		}
	}
	return m.Labels()[at].Name, float64(s[at])
}

func TestWantsAreTold(t *testing.T) {
	for text, want := range map[string]string{
		"i've gotta call off the thing on friday":          "cancel",
		"any chance the fella could swing by a day later":  "reschedule",
		"what kind of money are we talking for a drain":    "price",
		"would you be so kind as to have the boss ring me": "message",
		"we'd love to boost your company's ranking online": "solicitor",
		"You’re breaking up — say it once more?":           "repeat",
		"my cousin says you could use a hand on the crew":  "job_seeker",
		"it smells of gas over by the water heater":        "danger",
	} {
		if got, p := best(t, English(), text); got != want || p < 0.3 {
			t.Errorf("%q: %s (%.2f), want %s", text, got, p, want)
		}
	}
	if got, _ := best(t, Spanish(), "ya no hace falta que manden al señor"); got != "cancel" {
		t.Errorf("in Spanish: %s", got)
	}
}

func TestAWishInALongStoryIsHeard(t *testing.T) {
	story := "hi yeah so we were at my sister's all weekend and the kids had a soccer game, it rained the whole time, and anyway. i need to cancel my appointment. " +
		"it's such a shame because the house is a mess and my mother is coming to visit from ohio and she always says something about it"
	if got, p := best(t, English(), story); got != "cancel" || p < 0.5 {
		t.Errorf("%s (%.2f)", got, p)
	}
}

func TestAccentsAndApostrophesMakeNoDifference(t *testing.T) {
	for _, pair := range [][2]string{{"i don't need you anymore", "I DONT NEED YOU ANYMORE"}, {"¿cuánto cuesta el calentón?", "cuanto cuesta el calenton"}} {
		var a, b Scores
		m := English()
		if pair[0][0] != 'i' {
			m = Spanish()
		}
		m.Score(pair[0], &a)
		m.Score(pair[1], &b)
		if a != b {
			t.Errorf("%q and %q score differently", pair[0], pair[1])
		}
	}
}

func TestWhyNamesTheWords(t *testing.T) {
	const text = "hello there, could you please cancel my visit"
	why := English().Why(text, "cancel", 3)
	if len(why) == 0 || len(why) > 3 {
		t.Fatalf("%v", why)
	}
	found, sum := false, 0.0
	for _, r := range why {
		found = found || text[r.From:r.To] == "cancel"
		sum += r.Weight
	}
	if !found || sum <= 0 || sum > 1.0001 {
		t.Errorf("%v does not name the word that matters", why)
	}
	if English().Why(text, "no such intent", 3) != nil {
		t.Error("reasons for an intent that does not exist")
	}
}

func TestNothingIsSaidOfUnknownWords(t *testing.T) {
	var s Scores
	for _, text := range []string{"", "   ", "…!?", "\xff\xfe"} {
		if English().Score(text, &s) {
			t.Errorf("%q was scored", text)
		}
	}
}

func TestAModelOutlivesItsBytes(t *testing.T) {
	b := englishModel
	m, err := Decode(b)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(m.Encode(), b) {
		t.Error("what is encoded again differs")
	}
	for n := 0; n < len(b); n += 1 + len(b)/97 {
		if _, err := Decode(b[:n]); err == nil {
			t.Errorf("a model cut off at %d was accepted", n)
		}
	}
}

func TestScoringAllocatesNothing(t *testing.T) {
	m := English()
	var s Scores
	const text = "hi there, um, my kitchen sink has been leaking since last night and i was hoping somebody could come out tomorrow afternoon"
	if n := testing.AllocsPerRun(100, func() { m.Score(text, &s) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkScore(b *testing.B) {
	m := English()
	var s Scores
	b.ReportAllocs()
	for b.Loop() {
		m.Score("hi there, um, my kitchen sink has been leaking since last night and i was hoping somebody could come out tomorrow afternoon", &s)
	}
}

func FuzzScore(f *testing.F) {
	f.Add("it's two o’clock, ¿verdad? 3:30")
	f.Fuzz(func(t *testing.T, text string) {
		var s Scores
		if !English().Score(text, &s) {
			return
		}
		for _, p := range s[:len(English().Labels())] {
			if math.IsNaN(float64(p)) || p < 0 || p > 1 {
				t.Fatalf("%q scores %v", text, p)
			}
		}
		for _, r := range English().Why(text, "book", 3) {
			if r.From < 0 || r.To > len(text) || r.From >= r.To {
				t.Fatalf("%q: reason at %d to %d", text, r.From, r.To)
			}
		}
	})
}
