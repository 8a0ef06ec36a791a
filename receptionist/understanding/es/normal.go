package es

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"fixly/receptionist/understanding/grammar"
)

// plain takes the accents off, so that words meet however they were written: "mañana" is "manana".
func plain(s string) string {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return accents.Replace(s)
		}
	}
	return s
}

var accents = strings.NewReplacer("á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "ñ", "n", "à", "a", "è", "e", "ì", "i", "ò", "o", "ù", "u",
	"Á", "a", "É", "e", "Í", "i", "Ó", "o", "Ú", "u", "Ü", "u", "Ñ", "n",
	// as two code points
	"\u0301", "", "\u0303", "", "\u0308", "")

// yes is the normal form of "sí", which without its accent is "if".
const yes = "sip"

// normal brings rules and word lists into the normal form of words.
func normal(s string) string {
	for range 2 { // twice, since two in a row share the space between them
		s = yesWord.ReplaceAllString(s, "${1}"+yes+"${2}")
	}
	return plain(s)
}

var yesWord = regexp.MustCompile(`(^|\PL)[sS]í(\PL|$)`)

// shorthand are words as people type or say them, in full.
var shorthand = map[string][]string{
	"xq": {"porque"}, "pq": {"porque"}, "tmb": {"tambien"}, "tb": {"tambien"}, "porfa": {"por", "favor"}, "porfis": {"por", "favor"},
	"porfavor": {"por", "favor"}, "xfa": {"por", "favor"}, "pa": {"para"}, "pal": {"para", "el"}, "ta": {"esta"}, "toy": {"estoy"}, "tas": {"estas"},
	"bn": {"bien"}, "grax": {"gracias"}, "okey": {"ok"}, "okay": {"ok"}, "oka": {"ok"}, "okei": {"ok"}, "sip": {yes}, "nop": {"no"},
	"nel": {"no"}, "horita": {"ahorita"}, "orita": {"ahorita"}, "mañanita": {"manana"}, "mananita": {"manana"}, "tardecita": {"tarde"},
	"nochecita": {"noche"}, "mediodía": {"mediodia"}, "findesemana": {"fin", "de", "semana"}, "weekend": {"fin", "de", "semana"},
	"finde": {"fin", "de", "semana"}, "aja": {"aja"}, "ajá": {"aja"}, "mjm": {"aja"}, "mhm": {"aja"},
	"ud": {"usted"}, "uds": {"ustedes"}, "sr": {"senor"}, "sra": {"senora"}, "srta": {"senorita"}, "tel": {"telefono"}, "cel": {"celular"}, "num": {"numero"},
	"apto": {"apartamento"}, "depto": {"departamento"}, "depa": {"departamento"}, "dpto": {"departamento"}, "av": {"avenida"}, "avda": {"avenida"}, "blvr": {"bulevar"},
}

// normalize gives the normal form of a word.
func normalize(w string) []string {
	if p, ok := shorthand[w]; ok {
		return p
	}
	if w == "sí" {
		return []string{yes}
	}
	p := plain(w)
	if s, ok := shorthand[p]; ok {
		return s
	}
	if p != w {
		return []string{p}
	}
	return nil
}

// adjust tells the "si" of an answer that was written without its accent from "if": it stands alone, before a pause, or
// before words that go on with a yes.
func adjust(ts []grammar.Token) []grammar.Token {
	for i := range ts {
		if ts[i].Norm != "si" {
			continue
		}
		first := i == 0 || ts[i].Gap&(grammar.Comma|grammar.Stop) != 0 || afterOpening[ts[i-1].Norm] || i > 0 && ts[i-1].Norm == yes
		last := i+1 == len(ts) || ts[i+1].Gap&(grammar.Comma|grammar.Stop) != 0
		if last || first && goesOn[ts[i+1].Norm] {
			ts[i].Norm, ts[i].Stem = yes, yes
		}
	}
	return ts
}

var (
	afterOpening = wordSet("ah oh pues bueno ok eh este claro ay que mhm aja no creo")
	// goesOn are words that follow a yes; after "if" come verbs.
	goesOn = wordSet(`si sip senor senora senorita claro por gracias asi correcto perfecto exacto mi es eso ese esa este esta el la los las a manana hoy lunes martes
		miercoles jueves viernes sabado domingo bueno bien ok muy me tengo necesito quiero quisiera soy yo le ahi aqui ahorita todo en de cualquiera puedo hola buenas buenos
		cuando vivo mire un una porque pero desde hace estoy adelante okay que ya tambien como lo tenemos ella gracias`)
)

func wordSet(s string) map[string]bool {
	out := map[string]bool{}
	for _, w := range strings.Fields(s) {
		out[w] = true
	}
	return out
}

// stem takes the endings of gender and number off, and those of the commonest verb forms.
func stem(w string) string {
	if len(w) < 5 {
		return w
	}
	for _, end := range [...]string{"aciones", "acion", "ando", "iendo", "adas", "ados", "idas", "idos", "ada", "ado", "ida", "ido", "ar", "er", "ir", "es", "as", "os", "a", "o", "e", "s"} {
		if b, ok := strings.CutSuffix(w, end); ok && len(b) >= 3 {
			return b
		}
	}
	return w
}
