package es

import (
	"strings"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

// people reads names with the words that announce them, and names that are spelled. A name has one or two first names
// and one or two surnames: "María Guadalupe Herrera de la Cruz".
func people(s *grammar.Spec) {
	names, words := names(), words()
	nameword := func(t *grammar.Token) bool {
		return !t.Digits && !t.Letter && !notInNames[t.Norm] && !words.Is(t.Norm, m.WFiller) && (names.First[t.Norm] || names.Last[t.Norm] || !words.Is(t.Norm, m.WCommon))
	}
	s.Classes["nameword"] = nameword
	s.Classes["knownname"] = func(t *grammar.Token) bool { return names.First[t.Norm] || names.Last[t.Norm] }
	s.Classes["namepart"] = func(t *grammar.Token) bool { return nameword(t) || words.Is(t.Norm, m.WParticle) }
	s.Classes["firstname"] = func(t *grammar.Token) bool { return names.First[t.Norm] && !notInNames[t.Norm] }
	s.Classes["initial"] = func(t *grammar.Token) bool { return t.Letter && !t.Digits }
	s.Classes["any"] = func(*grammar.Token) bool { return true }

	name := func(rule, pattern string, score float64, v m.Name, captures ...int) {
		s.Add(grammar.Rule{Name: rule, Kind: m.KName, Pattern: pattern, Score: score, Make: func(mt *grammar.Match) (any, bool) {
			var parts []string
			for i, c := range captures {
				from, to, ok := mt.Range(c)
				if !ok || i > 0 && mt.Tokens[from].Gap&(grammar.Comma|grammar.Stop) != 0 {
					return nil, false // "es karen, karen herrera"
				}
				if i+1 == len(captures) {
					for to > from && words.Is(mt.Tokens[to-1].Norm, m.WParticle) {
						to--
					}
				}
				parts = append(parts, rules.Written(mt.Tokens[from:to]))
			}
			v := v
			v.Text = title(strings.TrimSpace(strings.Join(parts, " ")))
			return v, v.Text != "" && !particles[strings.ToLower(strings.Fields(v.Text)[0])]
		}})
	}
	strong, fair, weak := m.Name{Cue: m.StrongCue}, m.Name{Cue: m.FairCue}, m.Name{Cue: m.WeakCue}
	other := m.Name{Cue: m.StrongCue, Other: true}
	const dear = "[el señor|la señora|la señorita|señor|señora|señorita|don|doña|doctor|doctora]"
	for _, p := range []string{"(me|yo me) llamo", "mi nombre [completo] es", "mi nombre", "(a|bajo) [el] nombre de", "el nombre es", "de parte de", "(póngalo|ponga|anótelo|anote) [a nombre de|como]", "(habla usted con|habla con|está hablando con|está usted hablando con|le atiende|puede llamarme|llámeme|dígame)"} {
		name("name after a clear cue", p+" "+dear+" {namepart:1-7}", 2, strong, 0)
	}
	for _, p := range []string{"(habla|le habla|les habla|le saluda|aquí habla|aquí|nombre|señor|señora|señorita|don|doña|soy)"} {
		name("name after a cue", p+" "+dear+" {firstname:1-1} {namepart:1-6}", 1, fair, 0, 1)
		name("name after a cue", p+" "+dear+" {firstname:1-1}", 1, fair, 0)
	}
	name("name after a cue", "(señor|señora|señorita|don|doña) {knownname:1-1}", 0, fair, 0)
	name("name after a cue", "(señor|señora|señorita|don|doña) {knownname:1-1} {namepart:1-4}", 0, fair, 0, 1)
	name("name after a cue", "(habla|le habla|les habla|señor|señora|don|doña) {namepart:2-4}", 0, fair, 0)
	name(m.RuleUnknownNameWeak, "(soy|aquí) "+dear+" {nameword:1-1} {namepart:1-3}", -1, fair, 0, 1)
	for _, p := range []string{"(es|sí es|sería|ella es|él es|yo soy)"} {
		name(m.RuleNameAfterWeak, p+" "+dear+" {firstname:1-1} {namepart:1-6}", 0, fair, 0, 1)
		name(m.RuleNameAfterWeak, p+" "+dear+" {firstname:1-1}", -1, weak, 0)
		name(m.RuleUnknownNameWeak, p+" {nameword:1-1} {namepart:1-3}", -3, weak, 0, 1)
	}
	for w := range names.First {
		if !notInNames[w] {
			s.AddWords(m.KFirstName, w, "first name", w)
		}
	}
	for w := range names.Last {
		s.AddWords(m.KLastName, w, "last name", w)
	}
	name(m.RuleFirstAndLast, "<firstname> <lastname>", -2, weak, 0, 1)
	name(m.RuleFirstAndLast, "<firstname> <lastname> <lastname>", -1, weak, 0, 1, 2)
	name(m.RuleFirstAndLast, "<firstname> <firstname> <lastname>", -1, weak, 0, 1, 2)
	const relation = "(inquilino|inquilina|esposo|esposa|marido|mujer|hijo|hija|mamá|papá|madre|padre|hermano|hermana|vecino|vecina|jefe|jefa|amigo|amiga|suegra|suegro|abuela|abuelo|dueño|dueña|encargado|encargada|contacto|persona)"
	name("someone else's name", relation+" [que] se llama {namepart:1-6}", 3, other, 0)
	name("someone else's name", "[el] nombre de (la|el|mi|ella|él) ["+relation+"] es {namepart:1-4}", 3, other, 0)
	name("someone else's name", "(pregunte|pregunten) por [la señora|el señor] {namepart:1-4}", 3, other, 0)
	name("someone else's name", "(él|ella) se llama {namepart:1-6}", 3, other, 0)
	name("someone else's name", "se llama {namepart:1-6}", 1, other, 0)
	name("caller in a message", "(dígale|dile|avísele|avísale) [por favor] a {staff} que [le] (llamó|habló|llama|habla|marcó) {namepart:1-4}", 2, strong, 1)
	name("caller in a message", "que (llamó|habló|marcó) {namepart:1-4}", 1, strong, 0)
	name("first name", "[mi] (primer nombre|nombre de pila) [es] {nameword:1-2}", 2, m.Name{Cue: m.StrongCue, Part: m.FirstPart}, 0)
	name("last name", "[mi|de|y|y el|el] apellido [es] {namepart:1-4}", 2, m.Name{Cue: m.StrongCue, Part: m.LastPart}, 0)
	name("last name", "[mis|los] apellidos [son] {namepart:1-4}", 2, m.Name{Cue: m.StrongCue, Part: m.LastPart}, 0)
	name("first and last name", "[mi] nombre [es] {nameword:1-2} [y] [mi|el|de] apellido [es] {namepart:1-4}", 4, strong, 0, 1)
	spelling(s)
}

// letterNames are what letters are called where the name is no other word; otherLetters are names that are, which count
// only among the former.
var (
	letterNames = map[string]string{
		"be": "b", "ce": "c", "efe": "f", "ge": "g", "hache": "h", "jota": "j", "ka": "k", "eme": "m", "ene": "n", "pe": "p", "cu": "q", "ere": "r", "erre": "r",
		"uve": "v", "equis": "x", "zeta": "z", "seta": "z", "ceta": "z", "elle": "ll",
	}
	otherLetters = map[string]string{"de": "d", "ele": "l", "ese": "s", "te": "t", "ve": "v", "ye": "y", "i": "i"}
)

// spelling reads letters said one by one: "g u a d a", "ge u a", "b de burro", "doble ele", "i griega".
func spelling(s *grammar.Spec) {
	add := func(name, pattern string, kind grammar.Kind, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: pattern, Make: make})
	}
	for c := 'a'; c <= 'z'; c++ {
		s.AddWords(m.KLetter, m.Spelling{Text: string(c)}, "letter", string(c))
	}
	for w, l := range letterNames {
		s.AddWords(m.KLetter, m.Spelling{Text: l}, "letter", w)
	}
	for w, l := range otherLetters {
		s.AddWords(m.KLetterWord, m.Spelling{Text: l}, "letter", w)
	}
	add("letter n with a tilde", "(eñe|ñ)", m.KLetter, func(mt *grammar.Match) (any, bool) {
		w := mt.Tokens[mt.From].Written
		return m.Spelling{Text: "ñ"}, w == "eñe" || w == "ñ"
	})
	fixed := func(text, pattern string) {
		add("letter", pattern, m.KLetter, func(*grammar.Match) (any, bool) { return m.Spelling{Text: text}, true })
	}
	fixed("v", "(ve|b|be|v) (chica|corta|chiquita|baja|pequeña)")
	fixed("b", "(be|b|v|ve) (grande|larga|alta)")
	fixed("w", "(doble (ve|u|v|uve)|(ve|uve|u) doble)")
	fixed("y", "i griega")
	fixed("i", "i latina")
	fixed("'", "(apóstrofe|apóstrofo)")
	fixed("-", "guion")
	s.Kinds["letterword"] = m.KLetterWord
	whole := func(mt *grammar.Match) (any, bool) { return mt.Value(0), true }
	add("letter as in a word", "<letter> (de|como|como en|como de) {any}", m.KLetter, whole)
	add("letter as in a word", "<letterword> (de|como|como en|como de) {any}", m.KLetter, whole)
	add("space", "espacio", m.KLetter, func(*grammar.Match) (any, bool) { return m.Spelling{Text: " "}, true })
	twice := func(mt *grammar.Match) (any, bool) {
		t := as[m.Spelling](mt, 0).Text
		return m.Spelling{Text: t + t}, len(t) == 1
	}
	for _, l := range []string{"<letter>", "<letterword>"} {
		add("double letter", "(doble|dos) "+l, m.KLetter, twice)
	}
	add("capital", "<letter> mayúscula", m.KLetter, whole)
	respelt := func(pattern string, times int) { // "catalina con ka", "elisa con ese", "jon sin hache"
		for _, l := range []string{"<letter>", "<letterword>"} {
			s.Add(grammar.Rule{Name: "letter of a name", Kind: m.KRespell, Pattern: strings.ReplaceAll(pattern, "LETTER", l), Make: func(mt *grammar.Match) (any, bool) {
				t := as[m.Spelling](mt, 0).Text
				return m.Respelling{Letter: t, Times: times}, len(t) == 1
			}})
		}
	}
	respelt("con [una|la] LETTER", 1)
	respelt("con (dos|doble) LETTER", 2)
	respelt("con (una sola|sólo una|nomás una|una) LETTER", -1)
	respelt("sin [la] LETTER", 0)
	// letters whose names are other words too, between letters that are nothing else
	add("letters", "<letter> <letterword>", m.KLetter, joined)
	add("letters", "<letterword> <letter>", m.KLetter, joined)
	add("letters", "<letter> <letterword> <letterword>", m.KLetter, joined)
	add("spelled letters", "<letter+>", m.KLetters, func(mt *grammar.Match) (any, bool) {
		var b strings.Builder
		n := 0
		for i, v := range mt.All(0) {
			t := v.(m.Spelling).Text
			if i == 0 && (t == "'" || t == "-") {
				return nil, false
			}
			b.WriteString(t)
			n++
		}
		t := b.String()
		return m.Spelling{Text: t}, n >= 2 && t[len(t)-1] >= 'a'
	})
}

func joined(mt *grammar.Match) (any, bool) {
	return m.Spelling{Text: as[m.Spelling](mt, 0).Text + as[m.Spelling](mt, 1).Text + as[m.Spelling](mt, 2).Text}, true
}

// title writes words the way names are written: particles are small inside of a name.
func title(s string) string {
	words := strings.Fields(rules.Title(s))
	for i, w := range words {
		if l := strings.ToLower(w); i > 0 && i+1 < len(words) && particles[l] {
			words[i] = l
		}
	}
	return strings.Join(words, " ")
}

var particles = wordSet("de del la las los y")

// notInNames are names that are more often other words in what callers say.
var notInNames = wordSet(`calle rio monte casa mas perdon si no que de la una con por
	favor hola buenas buenos gracias senor senora don dona aqui para desde llamando hablando es y e o le se lo por pero porque tengo necesito quiero quisiera vivo estoy will may art the and so`)
