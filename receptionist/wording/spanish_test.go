package wording_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist/flow"
	"fixly/receptionist/wording"
)

func inSpanish(v flow.Conveyance, ch wording.Channel) string {
	return wording.Spanish.Say([]flow.Conveyance{v}, context(ch))[0]
}

func TestSpanishWindows(t *testing.T) {
	for _, c := range []struct {
		windows         []flow.Window
		spoken, written string
	}{
		{[]flow.Window{window(11, 24, 8, 0)}, "mañana martes entre 8 y 10", "mañana martes 24 de noviembre entre 8 y 10 a.m."},
		{[]flow.Window{window(11, 23, 11, 30)}, "hoy entre 11:30 y 1:30", "hoy entre 11:30 a.m. y 1:30 p.m."},
		{
			[]flow.Window{window(11, 24, 10, 0), window(11, 24, 12, 0)},
			"mañana martes entre 10 y 12, o entre 12 y 2",
			"mañana martes 24 de noviembre entre 10 a.m. y 12 p.m., o entre 12 y 2 p.m.",
		},
		{
			[]flow.Window{window(11, 27, 13, 0), window(12, 1, 8, 0)},
			"el viernes entre 1 y 3, o el martes 1 de diciembre entre 8 y 10",
			"el viernes 27 de noviembre entre 1 y 3 p.m., o el martes 1 de diciembre entre 8 y 10 a.m.",
		},
		{[]flow.Window{window(11, 23, 20, 45)}, "hoy entre 8:45 y 10:45 de la noche", "hoy entre 8:45 y 10:45 p.m."},
		{[]flow.Window{window(11, 23, 18, 0)}, "hoy entre 6 de la tarde y 8 de la noche", "hoy entre 6 y 8 p.m."},
		{[]flow.Window{window(11, 24, 23, 0)}, "mañana martes entre 11 de la noche y 1 de la mañana", "mañana martes 24 de noviembre entre 11 p.m. y 1 a.m."},
	} {
		v := flow.Conveyance{Kind: flow.TellOffer, Windows: c.windows}
		if got := inSpanish(v, wording.Spoken); got != "Tengo "+c.spoken+"." {
			t.Errorf("spoken: %q, want %q", got, c.spoken)
		}
		if got := strings.TrimSuffix(inSpanish(v, wording.Written), "."); strings.TrimSuffix("Tengo "+c.written, ".") != got {
			t.Errorf("written: %q, want %q", got, c.written)
		}
	}
}

func TestSpanishValues(t *testing.T) {
	b := demo.Business()
	for _, c := range []struct {
		v    flow.Conveyance
		want string
	}{
		{flow.Conveyance{
			Kind: flow.AskReadBack, Name: "Guadalupe Herrera", Phone: "+17735550159",
			Address: contact.Address{Line1: "1847 South Racine Avenue", ZIP: "60608"}, Windows: []flow.Window{window(11, 24, 8, 0)},
		}, "Entonces es Guadalupe Herrera, 7 7 3, 5 5 5, 0 1 5 9, en 1847 South Racine Avenue, 6 0 6 0 8, mañana martes entre 8 y 10. ¿Es correcto?"},
		{flow.Conveyance{Kind: flow.TellPrice, Service: "Drain cleaning", Price: "from $149"}, "Por limpieza de drenajes cobramos desde $149."},
		{flow.Conveyance{Kind: flow.TellPrice, Nth: 1, Service: "Leak repair", Price: "$129 visit, then by quote"}, "Reparación de fugas: $129 por la visita, y luego según cotización."},
		{flow.Conveyance{Kind: flow.TellFree, Service: "Free estimate"}, "Estimado gratis: no tiene ningún costo."},
		{flow.Conveyance{Kind: flow.AskFee, Price: b.Emergencies.AfterHoursFee}, "Ir ahora tiene un cargo extra de $150 por salir fuera de horario. ¿Está bien?"},
		{flow.Conveyance{Kind: flow.TellHours, List: flow.Week(&b.Hours)}, "Abrimos de lunes a viernes de 8 a 5, y los sábados de 9 a 1."},
		{flow.Conveyance{Kind: flow.TellHours, List: make([]string, 7)}, "Abrimos con cita."},
		{flow.Conveyance{Kind: flow.TellClosed, Day: window(11, 26, 0, 0).From}, "Estamos cerrados el jueves."},
		{flow.Conveyance{Kind: flow.TellServices, List: []string{"Drain cleaning", "Fixture installation"}}, "Hacemos limpieza de drenajes e instalación de llaves y muebles de baño."},
		{flow.Conveyance{Kind: flow.TellArea, List: []string{"Chicago", "Oak Park"}}, "Atendemos en Chicago y Oak Park."},
		{flow.Conveyance{Kind: flow.TellOutOfArea, Place: "60540", List: []string{"Chicago"}}, "Lo siento, no llegamos hasta 6 0 5 4 0. Solo cubrimos partes de Chicago."},
		{flow.Conveyance{Kind: flow.AskTriage, Text: "an infant or elderly person"}, "¿Hay un bebé o una persona mayor en la casa?"},
		{flow.Conveyance{Kind: flow.TellNotOffered, Nth: 1, Text: "roofing"}, "No nos dedicamos a techos."},
		{flow.Conveyance{Kind: flow.TellDuration, Minutes: 90}, "Normalmente toma como una hora y media."},
		{flow.Conveyance{Kind: flow.TellDuration, Minutes: 240}, "Normalmente toma como cuatro horas."},
		{flow.Conveyance{Kind: flow.TellDuration, Minutes: 45}, "Normalmente toma como 45 minutos."},
	} {
		if got := inSpanish(c.v, wording.Spoken); got != c.want {
			t.Errorf("got  %q\nwant %q", got, c.want)
		}
	}
}

// TestSpanishIsWrittenRight looks for what English keyboards make of Spanish.
func TestSpanishIsWrittenRight(t *testing.T) {
	slips := regexp.MustCompile(`(?i)\b(numero|codigo|direccion|telefono|manana|tambien|dias|dia|aqui|ahi|cuanto|cuando le|como se|que dia|miercoles|sabado|digame|tomese|ultimo|proximo|interes|electrico|compania|quedese|cuidese|esta bien|esta cerrad|solo ingles|ingles|espanol|adios|alcance a oir|le escuche|agregue|corregi|todavia)\b`)
	familiar := regexp.MustCompile(`(?i)\b(tú|tu|tus|te|ti|contigo|puedes|quieres|tienes|necesitas|llama a tu|vosotros|os|vuestra?)\b`)
	for kind, p := range wording.Spanish.Phrases {
		for _, way := range slices.Concat(p.Spoken, p.Written) {
			switch {
			case strings.Count(way, "?") != strings.Count(way, "¿"), strings.Count(way, "!") != strings.Count(way, "¡"):
				t.Errorf("%s: a mark opens or closes alone: %q", kind, way)
			case slips.MatchString(way):
				t.Errorf("%s: an accent is missing: %q", kind, way)
			case familiar.MatchString(way):
				t.Errorf("%s: not usted: %q", kind, way)
			case strings.Contains(way, " de {windows}"), strings.Contains(way, " a {windows}"), strings.Contains(way, " de {day}"), strings.Contains(way, " a {day}"):
				t.Errorf(`%s: "de el", "a el": %q`, kind, way)
			}
		}
	}
}

// TestDangerInSpanish holds the fixed words to what must be in them.
func TestDangerInSpanish(t *testing.T) {
	for kind, needs := range map[flow.Kind][]string{
		flow.DangerGas:    {"salgan", "interruptores", "teléfono", "911", "gas"},
		flow.DangerCO:     {"aire libre", "911"},
		flow.DangerOther:  {"salgan|saque", "911"},
		flow.DangerAgain:  {"salga", "911", "Mike"},
		flow.DangerBye:    {"afuera", "911", "Mike"},
		flow.StepWater:    {"llave"},
		flow.StepElectric: {"agua", "eléctrico"},
	} {
		for nth := range wording.Spanish.Phrases[kind].Spoken {
			s := inSpanish(flow.Conveyance{Kind: kind, Nth: nth, Person: "Mike"}, wording.Spoken)
			for _, n := range needs {
				if !regexp.MustCompile(n).MatchString(s) {
					t.Errorf("%s: %q lacks %q", kind, s, n)
				}
			}
		}
	}
}
