package understanding_test

import (
	"testing"

	"fixly/receptionist/understanding"
)

// utterances of the kinds that calls consist of, short answers and long openings.
var mixed = []struct {
	asked understanding.Asked
	text  string
}{
	{"", "hi there, um, my kitchen sink has been leaking since last night and i was hoping somebody could come out tomorrow afternoon"},
	{"", "hello this is walter price at fourteen oh six west addison street six oh six one three the toilet is overflowing and i need someone right away"},
	{understanding.AskedName, "it's walter, walter price"},
	{understanding.AskedPhone, "seven seven three, five five five, oh one one two"},
	{understanding.AskedAddress, "fourteen oh six west addison street, six oh six one three"},
	{understanding.AskedWhen, "thursday or friday after two, but not before lunch"},
	{understanding.AskedWhen, "sometime next week, mornings are better"},
	{understanding.AskedConfirm, "yes that's right"},
	{understanding.AskedConfirm, "no, the number is seven seven three five five five oh one one three"},
	{understanding.AskedChoice, "the second one works for me"},
	{understanding.AskedAnythingElse, "no that's everything thank you"},
	{"", "how much do you charge to come out"},
}

func BenchmarkUnderstand(b *testing.B) {
	e := understanding.NewEngine(shop(b))
	ctx := understanding.Context{Now: monday}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m := mixed[i%len(mixed)]
		ctx.Asked = m.asked
		e.Understand(m.text, ctx)
	}
}

func BenchmarkNewEngine(b *testing.B) {
	s := shop(b)
	for b.Loop() {
		understanding.NewEngine(s)
	}
}
