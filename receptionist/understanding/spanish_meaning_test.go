package understanding_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	u "fixly/receptionist/understanding"
)

func TestSpanishYesAndNo(t *testing.T) {
	for _, c := range []struct {
		asked u.Asked
		text  string
		want  u.Answer
	}{
		{u.AskedConfirm, "sí", u.Yes},
		{u.AskedConfirm, "si", u.Yes},
		{u.AskedConfirm, "sí, está bien", u.Yes},
		{u.AskedConfirm, "claro que sí", u.Yes},
		{u.AskedConfirm, "ándale pues", u.Yes},
		{u.AskedConfirm, "órale", u.Yes},
		{u.AskedConfirm, "creo que sí", u.Yes},
		{u.AskedConfirm, "correcto", u.Yes},
		{u.AskedConfirm, "así es", u.Yes},
		{u.AskedConfirm, "ajá", u.Yes},
		{u.AskedConfirm, "sale y vale", u.Yes},
		{u.AskedConfirm, "no hay problema", u.Yes},
		{u.AskedConfirm, "yes", u.Yes},
		{u.AskedConfirm, "no", u.No},
		{u.AskedConfirm, "no, para nada", u.No},
		{u.AskedConfirm, "pues no", u.No},
		{u.AskedConfirm, "creo que no", u.No},
		{u.AskedConfirm, "no, está mal", u.No},
		{u.AskedConfirm, "no, así no es", u.No},
		{u.AskedConfirm, "no sé", u.NoAnswer},
		{u.AskedConfirm, "¿cómo dijo?", u.NoAnswer},
		{u.AskedAnythingElse, "no, es todo, gracias", u.No},
		{u.AskedAnythingElse, "nada más", u.No},
		{u.AskedProblem, "no huele a nada", u.No},
		{u.AskedNothing, "sí hola, tengo el baño tapado y necesito a alguien", u.NoAnswer},
	} {
		if got := entendido(t, c.asked, c.text).Answer; got != c.want {
			t.Errorf("%s %q: %q, want %q", c.asked, c.text, got, c.want)
		}
	}
	if !entendido(t, u.AskedPhone, "espéreme tantito").HoldOn {
		t.Error("hold on was not understood")
	}
}

func TestSpanishChoices(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, chicago()) }
	offers := []time.Time{at(24, 8, 0), at(24, 13, 30), at(25, 10, 0)}
	const none, either, refused = -1, -2, -3
	for text, want := range map[string]int{
		"la primera":                        0,
		"la segunda por favor":              1,
		"la última":                         2,
		"la opción tres":                    2,
		"el de las ocho":                    0,
		"la de las diez":                    2,
		"el miércoles está bien":            2,
		"mañana a la una y media":           1,
		"la de la tarde":                    1,
		"lo más temprano":                   0,
		"la más tarde":                      2,
		"cualquiera":                        either,
		"cualquiera de los dos":             either,
		"me da igual":                       either,
		"las dos me sirven":                 either,
		"ninguna, ¿tiene algo el viernes?":  refused,
		"no puedo mañana":                   refused,
		"no, más tarde":                     refused,
		"¿tiene otro horario?":              refused,
		"¿cuánto cuesta?":                   none,
		"¿cuál era la segunda?":             none,
		"espéreme, le pregunto a mi esposo": none,
	} {
		got := entendido(t, u.AskedChoice, text, offers...).Choice
		is := none
		switch {
		case got == nil:
		case got.Refused:
			is = refused
		case got.Either:
			is = either
		default:
			is = got.Index
		}
		if is != want {
			t.Errorf("%q chose %d, want %d", text, is, want)
		}
	}
	if got := entendido(t, u.AskedChoice, "sí, está perfecto", offers[1]).Choice; got == nil || got.Index != 0 {
		t.Errorf("yes to the only offer: %+v", got)
	}
}

func TestSpanishIntents(t *testing.T) {
	for text, want := range map[string]u.Intent{
		"quiero hacer una cita":                               u.IntentBook,
		"¿me puede mandar a alguien a revisar el calentador?": u.IntentBook,
		"necesito cambiar el calentador":                      u.IntentBook,
		"el fregadero está tapado":                            u.IntentBook,
		"necesito cambiar mi cita para otro día":              u.IntentReschedule,
		"quiero cancelar la cita":                             u.IntentCancel,
		"ya no necesito al plomero":                           u.IntentCancel,
		"¿dónde está el técnico?":                             u.IntentStatus,
		"¿a qué hora viene el plomero?":                       u.IntentStatus,
		"¿cuánto cobran?":                                     u.IntentPrice,
		"¿aceptan tarjeta de crédito?":                        u.IntentQuestion,
		"quiero hablar con una persona":                       u.IntentPerson,
		"¿está Dana?":                                         u.IntentPerson,
		"quiero dejar un recado":                              u.IntentMessage,
		"dígale a Mike que me llame":                          u.IntentMessage,
		"vino su plomero ayer y sigue goteando":               u.IntentComplaint,
		"tengo una pregunta sobre mi factura":                 u.IntentBilling,
		"¿están contratando?":                                 u.IntentJobSeeker,
		"le llamo para ofrecerle publicidad en google":        u.IntentSolicitor,
		"perdón, me equivoqué de número":                      u.IntentWrongNum,
		"¿hablan español?":                                    u.IntentLanguage,
		"in english please":                                   u.IntentLanguage,
		"gracias, adiós":                                      u.IntentGoodbye,
		"¿me puede repetir?":                                  u.IntentRepeat,
		"¿mande?":                                             u.IntentRepeat,
		"se está inundando el sótano":                         u.IntentEmergency,
		"huele a gas":                                         u.IntentDanger,
	} {
		got := entendido(t, u.AskedNothing, text)
		best := u.Intent("")
		if len(got.Intents) > 0 {
			best = got.Intents[0].Name
		}
		if best != want && !(want == u.IntentEmergency && got.Has(want, 0.8)) {
			t.Errorf("%q: %v, want %s", text, got.Intents, want)
		}
	}
}

// Accents may be there or not, and English words in between.
func TestSpanishProblemsBecomeServices(t *testing.T) {
	for text, want := range map[string]string{
		"tengo una fuga de agua debajo del fregadero":  "Leak repair",
		"se reventó un tubo":                           "Leak repair",
		"se revento un tubo en el basement":            "Leak repair",
		"la llave del lavabo gotea":                    "Leak repair",
		"mi sink está tapado":                          "Drain cleaning",
		"el drenaje del baño no baja":                  "Drain cleaning",
		"no tengo agua caliente":                       "Water heater service",
		"se me rompió el water heater":                 "Water heater service",
		"quiero cambiar el calentador de agua":         "Water heater replacement",
		"la calefacción no funciona":                   "Furnace repair",
		"necesito una línea de gas para la estufa":     "Gas line service",
		"quiero un presupuesto para remodelar el baño": "Free estimate",
		"quiero hablar con alguien":                    "",
		"está goteando el techo del baño":              "Leak repair",
		"no está goteando nada":                        "",
	} {
		got := entendido(t, u.AskedNothing, text)
		if got.Service != want {
			t.Errorf("%q: %q (%.2f), want %q", text, got.Service, got.ServiceScore, want)
		}
		if got.Danger != "" {
			t.Errorf("%q: danger %q", text, got.Danger)
		}
	}
}

func TestSpanishDangerAndItsDenial(t *testing.T) {
	for text, want := range map[string]string{
		"huele a gas":                                  "smell gas",
		"hay un olor a gas en la cocina":               "smell gas",
		"me huele como a gas aquí":                     "smell gas",
		"tengo una fuga de gas":                        "gas leak",
		"está saliendo gas de la estufa":               "gas leak",
		"huele a huevo podrido":                        "smell gas",
		"está sonando la alarma de monóxido":           "carbon monoxide alarm",
		"no huele a gas":                               "",
		"no, no hay olor a gas":                        "",
		"no creo que huela a gas":                      "",
		"no huele a nada":                              "",
		"no hay ninguna fuga de gas, quiero una línea": "",
		"huele a drenaje":                              "",
	} {
		if got := entendido(t, u.AskedProblem, text).Danger; got != want {
			t.Errorf("%q: danger %q, want %q", text, got, want)
		}
	}
	// whatever language the conversation is in
	if got := understand(t, u.AskedNothing, "huele a gas en mi casa"); got.Danger == "" || got.Language != "es" {
		t.Errorf("in a conversation in English: danger %q, language %q", got.Danger, got.Language)
	}
}

func TestSpanishUrgency(t *testing.T) {
	for text, want := range map[string]string{
		"se está inundando la cocina":                "emergency",
		"no hay calefacción y tengo un bebé":         "emergency",
		"el inodoro se está desbordando":             "emergency",
		"me urge un plomero":                         "urgent",
		"no es urgente, gotea la llave":              "",
		"quisiera instalar una llave la otra semana": "",
	} {
		if got := entendido(t, u.AskedProblem, text).Urgency; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// An utterance is understood in the conversation's language, unless it is clearly in the other. What is the same in both
// tells nothing.
func TestTheLanguageOfTheWords(t *testing.T) {
	for _, c := range []struct {
		held  string
		asked u.Asked
		text  string
		want  string
	}{
		{"en", "", "buenas tardes, se me tapó el baño", "es"},
		{"en", "", "necesito un plomero para mañana", "es"},
		{"en", "", "hola", "es"},
		{"en", "", "fuga de agua", "es"},
		{"en", "", "el basement está inundado", "es"},
		{"en", "", "no tengo agua caliente", "es"},
		{"en", u.AskedChoice, "la segunda por favor", "es"},
		{"en", "", "¿hablan español?", "es"},
		{"es", "", "i need a plumber please", "en"},
		{"es", "", "can i speak to a person", "en"},
		{"es", "", "my toilet's clogged", "en"},
		{"en", "", "hi this is jose garcia on las casas street", "en"},
		{"en", "", "my name is jesus rosario and i live on la salle street", "en"},
		{"en", u.AskedAddress, "1847 san marcos street", ""},
		{"en", u.AskedAddress, "123 el camino real", ""},
		{"en", u.AskedName, "guadalupe de la cruz", ""},
		{"en", u.AskedConfirm, "sí", ""},
		{"en", u.AskedConfirm, "si", ""},
		{"en", u.AskedConfirm, "no", ""},
		{"es", u.AskedConfirm, "no", ""},
		{"es", u.AskedConfirm, "yes", ""},
		{"es", u.AskedConfirm, "okay", ""},
		{"es", u.AskedName, "john smith", ""},
		{"es", u.AskedAddress, "2145 north damen", ""},
		{"es", u.AskedPhone, "773 555 0159", ""},
	} {
		got := engine(t).Understand(c.text, u.Context{Asked: c.asked, Now: monday, Language: c.held}).Language
		if got != c.want && !(c.want == "" && got == c.held) {
			t.Errorf("%q in %s: %q, want %q", c.text, c.held, got, c.want)
		}
	}
}

// The same words are understood whichever language the conversation is held in.
func TestUnderstoodInEitherConversation(t *testing.T) {
	for _, held := range []string{"", "en", "es"} {
		ask := func(asked u.Asked, text string) u.Understanding {
			return engine(t).Understand(text, u.Context{Asked: asked, Now: monday, Language: held})
		}
		if got := brief(ask(u.AskedWhen, "mañana por la mañana").When.Wanted); got != "11-24 06:00-12:00" {
			t.Errorf("%s: mañana por la mañana is %s", held, got)
		}
		if got := brief(ask(u.AskedWhen, "tomorrow morning").When.Wanted); got != "11-24 06:00-12:00" {
			t.Errorf("%s: tomorrow morning is %s", held, got)
		}
		if got := ask(u.AskedPhone, "siete siete tres cinco cinco cinco cero uno cinco nueve").Phone; got != "+17735550159" {
			t.Errorf("%s: the number is %q", held, got)
		}
		if got := ask(u.AskedPhone, "seven seven three five five five oh one five nine").Phone; got != "+17735550159" {
			t.Errorf("%s: the number is %q", held, got)
		}
		if got := ask(u.AskedAddress, "twenty one hundred west thirty fifth street").Address.Line1; got != "2100 West 35th Street" {
			t.Errorf("%s: the street is %q", held, got)
		}
	}
}

var digitosEspanoles = []string{"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"}

// enPalabras says a number below ten thousand as Spanish speakers do.
func enPalabras(n int) string {
	small := strings.Fields(`cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve veinte veintiuno veintidós
		veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve`)
	tens := []string{"", "", "", "treinta", "cuarenta", "cincuenta", "sesenta", "setenta", "ochenta", "noventa"}
	hundreds := []string{"", "ciento", "doscientos", "trescientos", "cuatrocientos", "quinientos", "seiscientos", "setecientos", "ochocientos", "novecientos"}
	switch {
	case n < 30:
		return small[n]
	case n < 100 && n%10 == 0:
		return tens[n/10]
	case n < 100:
		return tens[n/10] + " y " + small[n%10]
	case n == 100:
		return "cien"
	case n < 1000 && n%100 == 0:
		return hundreds[n/100]
	case n < 1000:
		return hundreds[n/100] + " " + enPalabras(n%100)
	}
	out := "mil"
	if n >= 2000 {
		out = enPalabras(n/1000) + " mil"
	}
	if n%1000 > 0 {
		out += " " + enPalabras(n%1000)
	}
	return out
}

// A telephone number said in any grouping is the number that was meant.
func TestSpanishPhoneNumbersRoundTrip(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		n := fmt.Sprintf("%d%02d%d%02d%04d", rapid.IntRange(2, 9).Draw(t, "a"), rapid.IntRange(0, 99).Draw(t, "b"), rapid.IntRange(2, 9).Draw(t, "c"),
			rapid.IntRange(0, 99).Draw(t, "d"), rapid.IntRange(0, 9999).Draw(t, "e"))
		var said []string
		for i := 0; i < len(n); {
			two := i+1 < len(n) && n[i] != '0' && rapid.Bool().Draw(t, "two")
			switch d := int(n[i] - '0'); {
			case two && n[i] == n[i+1] && rapid.Bool().Draw(t, "double"):
				said = append(said, "doble "+digitosEspanoles[d])
				i += 2
			case two:
				v, _ := strconv.Atoi(n[i : i+2])
				said = append(said, enPalabras(v))
				i += 2
			default:
				said = append(said, digitosEspanoles[d])
				i++
			}
		}
		sep := rapid.SampledFrom([]string{", ", " , este, "}).Draw(t, "pause")
		text := strings.Join(said, sep)
		if got := e.Understand(text, u.Context{Asked: u.AskedPhone, Now: monday, Language: "es"}).Phone; got != "+1"+n {
			t.Fatalf("%q is %q, want +1%s", text, got, n)
		}
	})
}

// A house number said as a whole, in pairs or digit by digit is the number that was meant.
func TestSpanishHouseNumbersRoundTrip(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(101, 9999).Draw(t, "number")
		ways := []string{strconv.Itoa(n), enPalabras(n)}
		var each []string
		for _, c := range strconv.Itoa(n) {
			each = append(each, digitosEspanoles[c-'0'])
		}
		ways = append(ways, strings.Join(each, " "))
		if n >= 1000 && n%100 >= 10 {
			ways = append(ways, enPalabras(n/100)+" "+enPalabras(n%100))
		}
		said := rapid.SampledFrom(ways).Draw(t, "way")
		street := rapid.SampledFrom([]string{"norte kedzie avenue", "oeste belden", "sur emerald avenue"}).Draw(t, "street")
		got := e.Understand(said+" "+street+", seis cero seis uno ocho", u.Context{Asked: u.AskedAddress, Now: monday, Language: "es"}).Address
		if number, _, _ := strings.Cut(got.Line1, " "); number != strconv.Itoa(n) || got.ZIP != "60618" {
			t.Fatalf("%q is %+v, want %d", said+" "+street, got, n)
		}
	})
}
