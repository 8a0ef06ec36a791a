package understanding_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	u "fixly/receptionist/understanding"
)

// Nothing that a caller, a recogniser or a text message can hold makes understanding panic, point outside of the
// text, or answer differently the second time.
func FuzzUnderstand(f *testing.F) {
	for _, m := range mixed {
		f.Add(m.text, string(m.asked))
	}
	for _, m := range mezcla {
		f.Add(m.text, string(m.asked))
	}
	f.Add("si sí no el lunes no puedo ñ de ñandú doble ve a las o de dos a o", "when")
	f.Add("\xff\xfe 12:99pm 99/99/9999 #-$,", "when")
	f.Add("s i o b h a n o apostrophe double double u", "name")
	f.Add(strings.Repeat("one hundred and tuesday or ", 200), "choice")
	e := engine(f)
	offers := []time.Time{monday.Add(24 * time.Hour), monday.Add(30 * time.Hour)}
	f.Fuzz(func(t *testing.T, text, asked string) {
		ctx := u.Context{Asked: u.Asked(asked), Now: monday, Offers: offers}
		a, b := e.Understand(text, ctx), e.Understand(text, ctx)
		if len(a.Spans) != len(b.Spans) || a.Name != b.Name || a.Phone != b.Phone || a.Service != b.Service || len(a.When.Wanted) != len(b.When.Wanted) {
			t.Fatalf("two readings of %q", text)
		}
		for _, s := range a.Spans {
			if s.From < 0 || s.To > len(text) || s.From >= s.To {
				t.Fatalf("span %+v of %q", s, text)
			}
		}
		for _, i := range a.When.Wanted {
			if !i.To.IsZero() && i.To.Before(i.From) {
				t.Fatalf("interval %v of %q", i, text)
			}
		}
		if a.Choice != nil && a.Choice.Index >= len(offers) {
			t.Fatalf("choice %+v of %q", *a.Choice, text)
		}
	})
}

// A text made to cost much costs little.
func TestWorkIsBounded(t *testing.T) {
	e := engine(t)
	for _, piece := range []string{
		"one two three four ", "tuesday or ", "no not never smell ~ gas ", "a b c d e f ", "monday to friday to ", "in the at of ", "hundred thousand double ", "mil cien y dos o ",
		"no puedo el lunes ", "de la calle de la ", "mañana a las dos y ",
	} {
		start := time.Now()
		e.Understand(strings.Repeat(piece, 4000), u.Context{Asked: u.AskedWhen, Now: monday})
		// Milliseconds on a quiet machine; work that grew with the square of the length would take minutes on any.
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("%q over and over took %v", piece, took)
		}
	}
}

func TestUnderstandingIsSafeForConcurrentUse(t *testing.T) {
	e := engine(t)
	want := make([]u.Understanding, len(mixed))
	for i, m := range mixed {
		want[i] = e.Understand(m.text, u.Context{Asked: m.asked, Now: monday})
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for n := range 200 {
				i := n % len(mixed)
				got := e.Understand(mixed[i].text, u.Context{Asked: mixed[i].asked, Now: monday})
				if got.Name != want[i].Name || got.Service != want[i].Service || len(got.Spans) != len(want[i].Spans) {
					t.Errorf("%q differs", mixed[i].text)
					return
				}
			}
		})
	}
	wg.Wait()
}
