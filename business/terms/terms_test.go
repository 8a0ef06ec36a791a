package terms_test

import (
	"regexp"
	"testing"

	"fixly/business/terms"
	"fixly/demo"
)

func TestServices(t *testing.T) {
	for name, want := range map[string]string{
		"Drain cleaning":                "limpieza de drenajes",
		"Leak repair":                   "reparación de fugas",
		"Water heater service":          "servicio de calentadores de agua",
		"Water heater replacement":      "cambio de calentadores de agua",
		"Furnace repair":                "reparación de calefacción",
		"Gas line service":              "servicio de líneas de gas",
		"Fixture installation":          "instalación de llaves y muebles de baño",
		"Free estimate":                 "estimado gratis",
		"AC tune-up":                    "mantenimiento de aire acondicionado",
		"Emergency roof repair":         "reparación de techos de emergencia",
		"Garage door spring repair":     "reparación de resortes de puerta de garaje",
		"Washer & dryer repair":         "reparación de lavadoras y secadoras",
		"House lockout":                 "apertura de casas",
		"EV charger installation":       "instalación de cargadores de carro eléctrico",
		"Drain and sewer line cleaning": "limpieza de drenajes y tubería de drenaje",
		// not known: the owner's own word
		"Zamboni repair": "Zamboni repair",
		"The Works":      "The Works",
		"":               "",
	} {
		if got := terms.Service("es", name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
		if got := terms.Service("en", name); got != name {
			t.Errorf("English %q became %q", name, got)
		}
	}
}

func TestPrices(t *testing.T) {
	for price, want := range map[string]string{
		"from $149":                   "desde $149",
		"$129 visit, then by quote":   "$129 por la visita, y luego según cotización",
		"from $1,450":                 "desde $1,450",
		"$150 after-hours fee":        "$150 por salir fuera de horario",
		"free":                        "gratis",
		"$95 per hour plus parts":     "$95 por hora más piezas",
		"$80 to $120":                 "de $80 a $120",
		"$89.50 service call":         "$89.50 por la visita",
		"$49 diagnostic, $99/hr":      "$49 por el diagnóstico, $99 por hora",
		"call for pricing":            "call for pricing",
		"$75 freehold special":        "$75 freehold special",
		"$75":                         "$75",
		"":                            "",
		"$1 visit, $2 visit, $3 each": "$1 por la visita, $2 por la visita, $3 cada uno",
	} {
		if got := terms.Price("es", price); got != want {
			t.Errorf("%q: %q, want %q", price, got, want)
		}
	}
}

// TestPricesKeepTheirSums compares the sums before and after: nothing may be invented on the way.
func TestPricesKeepTheirSums(t *testing.T) {
	sum := regexp.MustCompile(`\$[\d,.]*\d`)
	b := demo.Business()
	for _, s := range b.Services {
		in, out := sum.FindAllString(s.Price, -1), sum.FindAllString(terms.Price("es", s.Price), -1)
		if len(in) != len(out) {
			t.Fatalf("%q became %q", s.Price, terms.Price("es", s.Price))
		}
		for i := range in {
			if in[i] != out[i] {
				t.Errorf("%q became %q", s.Price, terms.Price("es", s.Price))
			}
		}
	}
}

func TestConditionsAndTrades(t *testing.T) {
	for text, want := range map[string]string{
		"an infant or elderly person": "un bebé o una persona mayor",
		"a baby":                      "un bebé",
		"a parrot or a baby":          "a parrot or a baby",
	} {
		if got := terms.Condition("es", text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := terms.Trade("es", "electrical work"); got != "trabajos de electricidad" {
		t.Error(got)
	}
	if got := terms.Trade("es", "falconry"); got != "falconry" {
		t.Error(got)
	}
}

func FuzzPrice(f *testing.F) {
	f.Add("from $149 and up")
	f.Add("$ $ free\x00 $1 - $2")
	f.Fuzz(func(_ *testing.T, s string) { terms.Price("es", s); terms.Service("es", s); terms.Condition("es", s) })
}
