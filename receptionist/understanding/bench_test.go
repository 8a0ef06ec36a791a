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

// mezcla is the same in Spanish, with the English that is mixed into it.
var mezcla = []struct {
	asked understanding.Asked
	text  string
}{
	{"", "hola buenas tardes, este, el fregadero de la cocina está goteando desde anoche y quería ver si alguien puede venir mañana en la tarde"},
	{"", "buenos días le habla walter peña en el 1406 west addison street 60613 el inodoro se está desbordando y necesito a alguien ahorita"},
	{understanding.AskedName, "soy guadalupe herrera de la cruz"},
	{understanding.AskedPhone, "siete siete tres, cinco cinco cinco, cero uno uno dos"},
	{understanding.AskedAddress, "mil cuatrocientos seis oeste addison street, seis cero seis uno tres"},
	{understanding.AskedWhen, "el jueves o el viernes después de las dos, pero no antes de comer"},
	{understanding.AskedWhen, "la próxima semana, mejor en las mañanas"},
	{understanding.AskedConfirm, "sí, así es"},
	{understanding.AskedConfirm, "no, el número es siete siete tres cinco cinco cinco cero uno uno tres"},
	{understanding.AskedChoice, "la segunda me queda bien"},
	{understanding.AskedAnythingElse, "no, es todo, muchas gracias"},
	{"", "se me rompió el water heater, cuánto cobran por venir"},
}

func BenchmarkUnderstandSpanish(b *testing.B) {
	e := understanding.NewEngine(shop(b))
	ctx := understanding.Context{Now: monday, Language: "es"}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		m := mezcla[i%len(mezcla)]
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
