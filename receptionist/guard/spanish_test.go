package guard_test

import (
	"testing"
	"time"

	"fixly/contact"
	"fixly/demo"
	"fixly/receptionist/flow"
	"fixly/receptionist/guard"
	"fixly/receptionist/wording"
)

func TestLetsThroughWhatIsTrueInSpanish(t *testing.T) {
	g, f := facts()
	for _, s := range []string{
		"Por limpieza de drenajes cobramos desde $149.",
		"Reparación de fugas: $129 por la visita, y luego según cotización.",
		"Son 149 dólares.",
		"Estimado gratis: no tiene ningún costo.",
		"Tengo mañana martes entre 10:30 de la mañana y 12:30 de la tarde.",
		"Tengo mañana martes 24 de noviembre entre 10:30 a.m. y 12:30 p.m.",
		"Entre las diez y media y las doce y media, mañana.",
		"Mañana por la mañana, a las diez treinta.",
		"Abrimos de lunes a viernes de 8 de la mañana a 5 de la tarde, y los sábados de 9 de la mañana a 1 de la tarde.",
		"Abrimos de ocho a cinco.",
		"Estamos cerrados el jueves.",
		"Lo siento, no llegamos hasta 6 0 6 1 3. Solo cubrimos partes de Chicago.",
		"¿Usamos este mismo número, 3 1 2, 5 5 5, 0 1 4 2, como su número de contacto?",
		"Entonces es Karen Whitfield, 3 1 2, 5 5 5, 0 1 4 2, en 1842 North Damen Avenue, 6 0 6 4 7, mañana martes entre 10:30 de la mañana y 12:30 de la tarde. ¿Es correcto?",
		"Ya afuera, llame al 911 o a la compañía de gas.",
		"Normalmente toma como una hora y media.",
		"Suele tomar alrededor de dos horas.",
		"¿Y los cinco dígitos de su código postal?",
		"¿Con cuál se queda?",
	} {
		if v := g.Check(s, f); len(v) != 0 {
			t.Errorf("%q is kept back: %v", s, v)
		}
	}
}

func TestKeepsBackWhatIsNotInSpanish(t *testing.T) {
	g, f := facts()
	for s, what := range map[string]string{
		"Por limpieza de drenajes cobramos desde $99.": "sum",
		"Son 75 dólares.":                                                 "sum",
		"Le va a salir en ciento diez dólares.":                           "sum",
		"Tengo mañana entre las once y la una y cuarto.":                  "time",
		"¿Puede a las tres y cuarto?":                                     "time",
		"¿Le queda bien a las 3:15?":                                      "time",
		"Podemos ir a las dos menos cuarto.":                              "time",
		"Le anoto a las 7 de la noche.":                                   "time",
		"Tengo mañana entre 2 y 4 de la tarde.":                           "time",
		"Le anoto a las dos y media.":                                     "time",
		"Abrimos de ocho a seis.":                                         "time",
		"Mañana hasta las 6.":                                             "time",
		"Tengo el viernes entre 10:30 de la mañana y 12:30 de la tarde.":  "day",
		"Tengo hoy entre las diez y media y las doce y media.":            "day",
		"Tengo pasado mañana entre 10:30 a.m. y 12:30 p.m.":               "day",
		"El 1 de diciembre entre 10:30 de la mañana y 12:30 de la tarde.": "day",
		"¿Es 7 7 3, 5 5 5, 0 1 9 9 el mejor número?":                      "phone",
		"Llame al (773) 555-0199.":                                        "phone",
		"Tengo mañana martes entre 10:30 de la mañana y 2 de la tarde.":   "time",
		"Mañana martes entre las diez y media y las cuatro de la tarde.":  "time",
		"¿Le conviene mañana martes entre 10 de la mañana y 12:30 p.m.?":  "time",
		"Su cita queda agendada: mañana martes entre 10:30 y 12:45 p.m.":  "time",
		"Su técnico llega a la una y veinte.":                             "time",
	} {
		v := g.Check(s, f)
		if len(v) == 0 || v[0].What != what {
			t.Errorf("%q: %v, expected a wrong %s", s, v, what)
		}
	}
}

func TestGratisOnlyWhereSomethingIsFree(t *testing.T) {
	_, f := facts()
	b := demo.Business()
	for i := range b.Services {
		b.Services[i].Price = "$100"
	}
	b.FAQs = nil
	for _, s := range []string{"La visita es gratis.", "Eso no tiene costo.", "No le cobramos nada.", "Va sin cargo."} {
		if v := guard.New(b).Check(s, f); len(v) != 1 {
			t.Errorf("%q: %v", s, v)
		}
	}
}

// TestTheCataloguesPass reads everything that can be said, with true values, and finds nothing wrong.
func TestTheCataloguesPass(t *testing.T) {
	b := demo.Business()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location())
	g := guard.New(b)
	for hour := range 24 {
		from := time.Date(2026, 11, 24, hour, 30*(hour%2), 0, 0, b.Location())
		w := flow.Window{From: from, To: from.Add(2 * time.Hour)}
		f := guard.Facts{
			Now: now, Times: []time.Time{w.From, w.To}, Phones: []string{"+13125550142"}, Names: []string{"1842 North Damen Avenue", "Ana Ruiz"},
		}
		for _, language := range wording.Languages() {
			c := wording.For(language)
			for kind, p := range c.Phrases {
				v := flow.Conveyance{
					Kind: kind, Windows: []flow.Window{w}, Day: w.From, Service: "Drain cleaning", Price: "from $149", Name: "Ana Ruiz", Person: "Mike",
					Phone: "+13125550142", Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"}, Place: "60540",
					List: []string{"Drain cleaning", "Leak repair"}, Text: "a word", Minutes: 60 + 30*hour,
					Next: [2]string{"pipe_leak", "how_bad"}, Things: []string{"furnace", "pipe"},
				}
				if kind == flow.TellHours {
					v.List = flow.Week(&b.Hours)
				}
				if kind == flow.TellOutside {
					v.Spans = []flow.Window{w}
				}
				for n := range p.Spoken {
					v.Nth = n
					for _, ch := range []wording.Channel{wording.Spoken, wording.Written} {
						s := c.Say([]flow.Conveyance{v}, wording.Context{Channel: ch, Business: b, Clock: wording.Clock{Now: now}})[0]
						if bad := g.Check(s, f); len(bad) > 0 {
							t.Errorf("%s: %v", kind, bad)
						}
					}
				}
			}
		}
	}
}
