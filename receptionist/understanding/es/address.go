package es

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"sync"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
	"fixly/receptionist/understanding/rules"
)

type placesData struct {
	Directions, Kinds, Units, States map[string]string
	StateCodes                       []string `yaml:"state_codes"`
	Cities                           []string
	NotInStreets                     []string `yaml:"not_in_streets"`
	StreetNames                      []string `yaml:"street_names"`
}

var places = sync.OnceValue(func() *placesData {
	var f placesData
	files.Load("places.yaml", &f)
	return &f
})

// addresses reads street lines, units, cities and states. They are written down the way the post office wants them,
// whatever language they were said in: "calle Clark 2145 sur" is 2145 South Clark Street.
func addresses(s *grammar.Spec) {
	f := places()
	for w, name := range f.Directions {
		s.AddWords(m.KDirection, name, "direction", w)
	}
	for w, name := range f.Kinds {
		s.AddWords(m.KStreetKind, name, "street kind", w)
	}
	for _, name := range slices.Sorted(maps.Keys(f.States)) {
		s.Add(grammar.Rule{Name: "state", Kind: m.KState, Pattern: name, Value: f.States[name]})
	}
	for _, code := range f.StateCodes {
		s.AddWords(m.KState, code, "state code", strings.ToLower(code))
	}
	for _, c := range f.Cities {
		city(s, c)
	}
	words, notIn, often := words(), rules.Set(f.NotInStreets), rules.Set(f.StreetNames)
	s.Classes["streetword"] = func(t *grammar.Token) bool {
		return !t.Digits && (!words.Is(t.Norm, m.WStop, m.WFiller) || words.Is(t.Norm, m.WParticle)) && !notIn[t.Norm] && f.Directions[t.Norm] == ""
	}
	s.Classes["streetname"] = func(t *grammar.Token) bool {
		return !t.Digits && !t.Letter && (!words.Is(t.Norm, m.WCommon) || often[t.Norm]) && !notIn[t.Norm] && !numberWords[t.Norm] && f.Kinds[t.Norm] == ""
	}
	s.Classes["streetpart"] = func(t *grammar.Token) bool { return s.Classes["streetname"](t) || words.Is(t.Norm, m.WParticle) }
	s.Classes["article"] = func(t *grammar.Token) bool {
		return t.Norm == "el" || t.Norm == "la" || t.Norm == "los" || t.Norm == "las"
	}
	s.Classes["lettername"] = func(t *grammar.Token) bool { return len(letterNames[t.Norm]) == 1 }
	s.Classes["letter"] = func(t *grammar.Token) bool { return t.Letter && !t.Digits }
	s.Tests["house"] = test(func(d m.Digits) bool { return len(d.Text) >= 1 && len(d.Text) <= 6 && d.Text[0] != '0' })
	s.Tests["streetnumber"] = test(func(n m.Number) bool { return n.N >= 1 && n.N <= 199 })
	streets(s)
	unitsOf(s)
	s.Add(grammar.Rule{Name: m.RuleInPlace, Kind: m.KCity, Pattern: "(estoy|estamos|vivo|vivimos|es|queda|está) [aquí|acá|allá] en {streetname:1-2}", Score: -2, Make: func(mt *grammar.Match) (any, bool) {
		from, to, _ := mt.Range(0)
		return title(rules.Written(mt.Tokens[from:to])), true
	}})
}

// city adds a city's name to a grammar.
func city(s *grammar.Spec, name string) {
	s.Add(grammar.Rule{Name: m.RuleCity, Kind: m.KCity, Pattern: plain(strings.ToLower(name)), Value: rules.Title(strings.ToLower(name))})
}

// streets reads street lines, in the order of English ("1847 sur racine avenue") and of Spanish ("calle clark número
// 2145").
func streets(s *grammar.Spec) {
	street := func(name, pattern string, score float64, num, dir, words, kind int) {
		s.Add(grammar.Rule{Name: name, Kind: m.KStreet, Pattern: pattern, Score: score, Make: func(mt *grammar.Match) (any, bool) {
			return line(mt, num, dir, words, kind)
		}})
	}
	const article = "[de la|de|en la|en|del|sobre la|de las|de los]"
	street("house number, street and kind", "<numrun:house> [<direction>] {streetword:1-4} <streetkind>", 0, 0, 1, 2, 3)
	street("house number, kind and street", "<numrun:house> [<direction>] "+article+" <streetkind> {streetname:1-3}", 0, 0, 1, 3, 2)
	street("house number, direction and street", "<numrun:house> [al] <direction> "+article+" {streetname:1-3}", -1, 0, 1, 2, -1)
	street(m.RuleHouseAndStreet, "<numrun:house> [de la|de] {streetname:1-3}", -8, 0, -1, 1, -1)
	s.Add(grammar.Rule{Name: m.RuleHouseAndStreet, Kind: m.KStreet, Pattern: "<numrun:house> {article} {streetname:1-3}", Score: -7, Make: func(mt *grammar.Match) (any, bool) {
		from, _, _ := mt.Range(1)
		_, to, _ := mt.Range(2)
		return m.Street{Line: as[m.Digits](mt, 0).Text + " " + rules.Title(rules.Written(mt.Tokens[from:to])), Number: true}, true // "123 el camino real"
	}})
	const number = "[al|en el|con el|el|es el] [número|número de casa|numeral]"
	street("kind, street and house number", "<streetkind> {streetpart:1-4} [<direction>] "+number+" <numrun:house> [<direction>]", 1, 3, 2, 1, 0)
	street("kind, direction, street and house number", "<streetkind> <direction> {streetname:1-3} "+number+" <numrun:house>", 1, 3, 1, 2, 0)
	street("direction, street, kind and house number", "<direction> {streetword:1-3} <streetkind> "+number+" <numrun:house>", 0, 3, 0, 1, 2)
	street("kind and street", "<streetkind> [<direction>] {streetname:1-3} [<direction>]", -4, -1, 1, 2, 0)
	street("street without a number", "<direction> {streetword:1-3} <streetkind>", -4, -1, 0, 1, 2)

	numbered := func(name, pattern string, score float64, num, dir, nth, kind int) {
		s.Add(grammar.Rule{Name: name, Kind: m.KStreet, Pattern: pattern, Score: score, Make: func(mt *grammar.Match) (any, bool) {
			n := as[m.Ordinal](mt, nth).N + as[m.Number](mt, nth).N
			k := as[string](mt, kind)
			if k == "" {
				k = "Street"
			}
			return m.Street{
				Line:   rules.JoinWords(as[m.Digits](mt, num).Text, as[string](mt, dir), rules.OrdinalFigures(n), k),
				Number: num >= 0, Kind: true, Dir: mt.Has(dir), Turned: true,
			}, n > 0
		}})
	}
	for _, nth := range []string{"<ordinal>", "<number:streetnumber>"} {
		numbered("house number and numbered street", "<numrun:house> [<direction>] [de la|en la|la] <streetkind> "+nth, 1, 0, 1, 3, 2)
		numbered("numbered street and house number", "<streetkind> "+nth+" (número|al|con el número|número de casa) <numrun:house> [<direction>]", 1, 2, 3, 1, 0)
	}
	numbered("house number and numbered street", "<numrun:house> <direction> [de la] <ordinal> [<streetkind>]", 0, 0, 1, 2, 3)
	numbered("house number and numbered street", "<numrun:house> [de la] <ordinal> <streetkind>", 0, 0, -1, 1, 2)
	numbered("house number and numbered street", "<numrun:house> <direction> [de la|la] <number:streetnumber> [<streetkind>]", -1, 0, 1, 2, 3)
	s.Add(grammar.Rule{Name: "house number, direction and street", Kind: m.KStreet, Pattern: "<numrun:house> <direction> {article} {streetname:1-2}", Score: -1.5, Make: func(mt *grammar.Match) (any, bool) {
		from, _, _ := mt.Range(2)
		_, to, _ := mt.Range(3)
		return m.Street{Line: rules.JoinWords(as[m.Digits](mt, 0).Text, as[string](mt, 1), rules.Title(rules.Written(mt.Tokens[from:to]))), Number: true, Dir: true}, true // "3 norte la salle"
	}})

	cross := func(mt *grammar.Match) (any, bool) {
		a, b, _ := mt.Range(0)
		c, d, _ := mt.Range(1)
		return m.Street{Line: title(rules.Written(mt.Tokens[a:b])) + " and " + title(rules.Written(mt.Tokens[c:d]))}, true
	}
	nth := func(n m.Number) string { return rules.OrdinalFigures(n.N) + " Street" }
	s.Add(
		grammar.Rule{Name: "cross streets", Kind: m.KStreet, Pattern: "[en] (la|calle) <number:streetnumber> (y|con|esquina con) [la] {streetname:1-2}", Score: -4, Make: func(mt *grammar.Match) (any, bool) {
			from, to, _ := mt.Range(1)
			return m.Street{Line: nth(as[m.Number](mt, 0)) + " and " + title(rules.Written(mt.Tokens[from:to]))}, true
		}},
		grammar.Rule{Name: "cross streets", Kind: m.KStreet, Pattern: "[en] (la|calle) {streetname:1-2} (y|con|esquina con) [la] [calle] <number:streetnumber>", Score: -4, Make: func(mt *grammar.Match) (any, bool) {
			from, to, _ := mt.Range(0)
			return m.Street{Line: title(rules.Written(mt.Tokens[from:to])) + " and " + nth(as[m.Number](mt, 1))}, true
		}},
	)
	for _, p := range []string{
		"[en] [la] esquina de [la] [calle] {streetname:1-2} (y|con) [la] [calle] {streetname:1-2}",
		"calle {streetname:1-2} (esquina con|y|esquina) [la] [calle] {streetname:1-2}",
	} {
		s.Add(grammar.Rule{Name: "cross streets", Kind: m.KStreet, Pattern: p, Score: -4, Make: cross})
	}
}

// line writes down a street line from the captures of a rule; -1 is a part that the rule has not.
func line(mt *grammar.Match, num, dir, name, kind int) (any, bool) {
	get := func(i int) string {
		if i < 0 {
			return ""
		}
		return as[string](mt, i)
	}
	from, to, ok := mt.Range(name)
	if !ok {
		return nil, false
	}
	direction := get(dir)
	if direction == "" && mt.To > 0 { // "avenida damen 1842 norte"
		direction = places().Directions[mt.Tokens[mt.To-1].Norm]
	}
	number := ""
	if num >= 0 {
		number = as[m.Digits](mt, num).Text
	}
	if places().Directions[mt.Tokens[from].Norm] != "" && to == from+1 && kind < 0 {
		return nil, false // "455 este" is half of an address
	}
	street := title(rules.Written(mt.Tokens[from:to]))
	k := get(kind)
	if w := mt.Tokens[from].Norm; kind >= 0 && (w == "de" || w == "del") { // a street with a Spanish name: "Calle de la Rosa"
		street, k = rules.JoinWords(spanishKind[k], w, strings.TrimPrefix(street, rules.Title(w)+" ")), ""
	}
	return m.Street{Line: rules.JoinWords(number, direction, street, k), Number: num >= 0, Kind: kind >= 0, Dir: direction != "", Turned: kind >= 0 && kind < name || num > name}, true
}

var spanishKind = map[string]string{"Street": "Calle", "Avenue": "Avenida", "Boulevard": "Bulevar"}

// unitsOf reads apartments, suites and floors.
func unitsOf(s *grammar.Spec) {
	unit := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KUnit, Pattern: pattern, Make: make})
	}
	letter := func(mt *grammar.Match, i int) string {
		from, _, _ := mt.Range(i)
		return strings.ToUpper(mt.Tokens[from].Norm)
	}
	for _, w := range slices.Sorted(maps.Keys(places().Units)) {
		label := places().Units[w]
		unit("unit number", w+" [número|num|es el] <numrun>", func(mt *grammar.Match) (any, bool) { return label + " " + as[m.Digits](mt, 0).Text, true })
		unit("unit number and letter", w+" [número|num] <numrun> [letra] {letter}", func(mt *grammar.Match) (any, bool) {
			if l := letter(mt, 1); l != "Y" && l != "O" && (l != "A" && l != "E" || mt.To == len(mt.Tokens) || mt.Tokens[mt.To].Gap&(grammar.Comma|grammar.Stop) != 0 || mt.Tokens[mt.To-1].Gap&grammar.Glued != 0) {
				return label + " " + as[m.Digits](mt, 0).Text + l, true
			}
			return nil, false // "apartamento 3 y ..."
		})
		unit("unit number and letter", w+" [número|num] <numrun> [letra] {lettername}", func(mt *grammar.Match) (any, bool) {
			from, _, _ := mt.Range(1)
			return label + " " + as[m.Digits](mt, 0).Text + strings.ToUpper(letterNames[mt.Tokens[from].Norm]), true
		})
		unit("unit letter", w+" [número|letra|es el] {letter}", func(mt *grammar.Match) (any, bool) { return label + " " + letter(mt, 0), true })
		unit("unit letter and number", w+" {letter} <numrun>", func(mt *grammar.Match) (any, bool) {
			return label + " " + letter(mt, 0) + as[m.Digits](mt, 1).Text, true
		})
	}
	floors := []string{"First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth", "Tenth"}
	unit(m.RuleFloor, "[en el|el] <ordinal> piso", func(mt *grammar.Match) (any, bool) {
		n := as[m.Ordinal](mt, 0).N
		if n > len(floors) {
			return rules.OrdinalFigures(n) + " Floor", true
		}
		return floors[n-1] + " Floor", n > 0
	})
	unit(m.RuleFloor, "[en el|el] piso <number>", func(mt *grammar.Match) (any, bool) { return "Floor " + strconv.Itoa(as[m.Number](mt, 0).N), true })
	for words, name := range map[string]string{"(apartamento|departamento) (del sótano|de abajo)": "Basement", "planta baja": "Ground Floor", "(piso|planta) de arriba": "Top Floor", "(apartamento|departamento|casa) de atrás": "Rear"} {
		s.Add(grammar.Rule{Name: m.RuleNamedFloor, Kind: m.KUnit, Pattern: words, Value: name})
	}
}
