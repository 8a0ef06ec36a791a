package en

import (
	"strconv"
	"strings"
	"sync"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

type placesData struct {
	Directions, Kinds, Units, States map[string]string
	StateCodes                       []string `yaml:"state_codes"`
	Cities                           []string
}

var places = sync.OnceValue(func() *placesData {
	var f placesData
	files.Load("places.yaml", &f)
	return &f
})

// addresses reads street lines, units, cities and states.
func addresses(s *grammar.Spec) {
	f := places()
	for w, name := range f.Directions {
		s.AddWords(m.KDirection, name, "direction", w)
	}
	for w, name := range f.Kinds {
		s.AddWords(m.KStreetKind, name, "street kind", w)
	}
	for name, code := range f.States {
		s.Add(grammar.Rule{Name: "state", Kind: m.KState, Pattern: name, Value: code})
	}
	for _, code := range f.StateCodes {
		s.AddWords(m.KState, code, "state code", strings.ToLower(code))
	}
	for _, c := range f.Cities {
		city(s, c)
	}
	words := words()
	s.Classes["streetword"] = func(t *grammar.Token) bool {
		return !t.Digits && !words.Is(t.Norm, m.WStop, m.WFiller) && !notInStreets[t.Norm]
	}
	s.Classes["streetname"] = func(t *grammar.Token) bool {
		return !t.Digits && !t.Letter && (!words.Is(t.Norm, m.WCommon) || streetNames[t.Norm]) && !notInStreets[t.Norm] && f.States[t.Norm] == "" && !digitWords[t.Norm]
	}
	s.Classes["statename"] = func(t *grammar.Token) bool { return f.States[t.Norm] != "" } // "East Illinois Street", "West Ohio"
	s.Classes["letter"] = func(t *grammar.Token) bool { return t.Letter && !t.Digits }

	street := func(name, pattern string, score float64, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KStreet, Pattern: pattern, Score: score, Make: make})
	}
	s.Tests["house"] = test(func(d m.Digits) bool { return len(d.Text) >= 1 && len(d.Text) <= 6 && d.Text[0] != '0' })
	street("house number, street and kind", "<numrun:house> [<direction>] {streetword:1-4} <streetkind> [<direction>]", 0, func(mt *grammar.Match) (any, bool) {
		return line(mt, 0, 1, 2, 3, 4)
	})
	street("house number, direction and street", "<numrun:house> <direction> {streetname:1-3}", -1, func(mt *grammar.Match) (any, bool) {
		return line(mt, 0, 1, 2, -1, -1)
	})
	street("house number, direction and state", "<numrun:house> <direction> {statename}", -2, func(mt *grammar.Match) (any, bool) {
		return line(mt, 0, 1, 2, -1, -1)
	})
	street(m.RuleHouseAndStreet, "<numrun:house> {streetname:1-3}", -8, func(mt *grammar.Match) (any, bool) {
		from, to, _ := mt.Range(1)
		if f.Directions[norms(mt.Tokens[from:to])] != "" {
			return nil, false // "455 East" is half of an address
		}
		return line(mt, 0, -1, 1, -1, -1)
	})
	street("house number and state", "<numrun:house> {statename}", -9, func(mt *grammar.Match) (any, bool) {
		if len(number(mt)) >= 5 {
			return nil, false // "60605 illinois" is the end of an address
		}
		return line(mt, 0, -1, 1, -1, -1)
	})
	street("house number and numbered street", "<numrun:house> [<direction>] <ordinal> <streetkind> [<direction>]", 1, numbered)
	// Streets are named after towns, whatever words a town's name has: "123 West Madison", "1200 Colorado Springs".
	town := func(dir, name int) func(mt *grammar.Match) (any, bool) {
		return func(mt *grammar.Match) (any, bool) {
			d := ""
			if dir >= 0 {
				d = as[string](mt, dir)
			}
			return m.Street{Line: joinWords(number(mt), d, as[string](mt, name)), Number: true, Dir: dir >= 0}, true
		}
	}
	street("house number, direction and town", "<numrun:house> <direction> <city>", -1, town(1, 2))
	street(m.RuleHouseAndTown, "<numrun:house> <city>", -8, town(-1, 1))
	street("cross streets", "[at|on|near] [the] (corner|intersection) of {streetname:1-2} [<streetkind>] and {streetname:1-2} [<streetkind>]", -4, func(mt *grammar.Match) (any, bool) {
		name := func(i int) string {
			a, b, _ := mt.Range(i)
			return joinWords(Title(written(mt.Tokens[a:b])), as[string](mt, i+1))
		}
		return m.Street{Line: name(0) + " and " + name(2)}, true
	})
	street("house number and numbered street", "<numrun:house> <direction> <ordinal>", -2, numbered)
	street("house number and number of a street", "<numrun:house> <ordinal>", -7, func(mt *grammar.Match) (any, bool) {
		if as[m.Ordinal](mt, 1).N < 4 || mt.To < len(mt.Tokens) && mt.Tokens[mt.To].Norm == "floor" {
			return nil, false
		}
		return m.Street{Line: number(mt) + " " + ordinalFigures(as[m.Ordinal](mt, 1).N), Number: true}, true
	})
	street("house number and lettered street", "<numrun:house> [<direction>] (avenue|ave|street|route|highway|county road|state road|road) {letter}", -1, func(mt *grammar.Match) (any, bool) {
		from, _, _ := mt.Range(2)
		return m.Street{Line: joinWords(number(mt), as[string](mt, 1), "Avenue", strings.ToUpper(mt.Tokens[from].Norm)), Number: true, Kind: true}, mt.Tokens[from-1].Norm == "avenue" || mt.Tokens[from-1].Norm == "ave"
	})
	street("street without a number", "<direction> {streetword:1-3} <streetkind>", -4, func(mt *grammar.Match) (any, bool) {
		return line(mt, -1, 0, 1, 2, -1)
	})
	units(s)
	s.Add(grammar.Rule{Name: m.RuleInPlace, Kind: m.KCity, Pattern: "(am|are|live|located|is|out|over|down|house|up) [out|over|up|down] in {streetname:1-2}", Score: -2, Make: func(mt *grammar.Match) (any, bool) {
		from, to, _ := mt.Range(0)
		return Title(written(mt.Tokens[from:to])), true
	}})
}

// city adds a city's name to a grammar.
func city(s *grammar.Spec, name string) {
	s.Add(grammar.Rule{Name: m.RuleCity, Kind: m.KCity, Pattern: strings.ToLower(name), Value: Title(name)})
}

// Words that never stand inside a street's name, and everyday words that often do.
var (
	notInStreets = set([]string{
		"please", "thanks", "zip", "code", "unit", "apartment", "apt", "suite", "floor", "um", "uh", "need", "want", "like", "because", "yes", "no", "yeah", "sir", "phone", "cell",
		"inches", "dollars", "years", "days", "hours", "minutes", "people", "gallon", "gallons", "percent", "hundred", "is", "am", "pm", "o'clock", "or", "near", "between",
		"off", "tomorrow", "today", "tonight", "again", "then", "not", "extension", "thousand", "old", "leaking", "clogged", "into", "over", "same", "house",
	})
	streetNames = set([]string{
		"front", "water", "high", "park", "church", "school", "main", "spring", "garden", "pretty", "house", "bank", "mill", "market", "union", "court", "second", "third", "high",
		"green", "grand", "lake", "hill", "may", "wells", "white", "long", "rose", "snow", "state", "division", "line",
	})
	digitWords = func() map[string]bool {
		out := set(append(append(append([]string{"oh", "zero", "hundred", "thousand", "double", "triple"}, unitWords...), teens...), tens...))
		return out
	}()
)

func number(mt *grammar.Match) string { return as[m.Digits](mt, 0).Text }

// line writes down a street line from the captures of a rule; -1 is a part that the rule has not.
func line(mt *grammar.Match, num, dir, name, kind, post int) (any, bool) {
	get := func(i int) string {
		if i < 0 {
			return ""
		}
		return as[string](mt, i)
	}
	out := m.Street{Number: num >= 0, Kind: kind >= 0, Dir: get(dir) != "" || get(post) != ""}
	n := ""
	if num >= 0 {
		n = number(mt)
	}
	from, to, _ := mt.Range(name)
	words := written(mt.Tokens[from:to])
	if k := get(kind); k != "" { // "kinzie drive drive"
		if i := strings.LastIndexByte(words, ' '); i > 0 && (strings.EqualFold(words[i+1:], k) || strings.EqualFold(places().Kinds[words[i+1:]], k)) {
			words = words[:i]
		}
	}
	out.Line = joinWords(n, get(dir), Title(words), get(kind), get(post))
	return out, true
}

// numbered writes a numbered street in figures: "west fifty first street" is West 51st Street.
func numbered(mt *grammar.Match) (any, bool) {
	return m.Street{
		Line:   joinWords(number(mt), as[string](mt, 1), ordinalFigures(as[m.Ordinal](mt, 2).N), as[string](mt, 3), as[string](mt, 4)),
		Number: true, Kind: mt.Has(3), Dir: mt.Has(1),
	}, true
}

// units reads apartments, suites and floors.
func units(s *grammar.Spec) {
	unit := func(name, pattern string, make func(mt *grammar.Match) (any, bool)) {
		s.Add(grammar.Rule{Name: name, Kind: m.KUnit, Pattern: pattern, Make: make})
	}
	for w, label := range places().Units {
		unit("unit number", w+" [number|num|is] <numrun>", func(mt *grammar.Match) (any, bool) {
			return label + " " + as[m.Digits](mt, 0).Text, true
		})
		unit("unit number and letter", w+" [number|num] <numrun> {letter}", func(mt *grammar.Match) (any, bool) {
			from, _, _ := mt.Range(1)
			return label + " " + as[m.Digits](mt, 0).Text + strings.ToUpper(mt.Tokens[from].Norm), true
		})
		unit("unit letter", w+" [number|letter|is] {letter}", func(mt *grammar.Match) (any, bool) {
			from, _, _ := mt.Range(0)
			return label + " " + strings.ToUpper(mt.Tokens[from].Norm), true
		})
		unit("unit letter and number", w+" {letter} <numrun>", func(mt *grammar.Match) (any, bool) {
			from, _, _ := mt.Range(0)
			return label + " " + strings.ToUpper(mt.Tokens[from].Norm) + as[m.Digits](mt, 1).Text, true
		})
	}
	where := func(mt *grammar.Match) string { // "front", "rear": which of the flats of a floor
		switch w := mt.Tokens[mt.To-1].Norm; w {
		case "front", "rear", "back", "left", "right", "east", "west", "north", "south":
			return " " + Title(w)
		}
		return ""
	}
	unit(m.RuleFloor, "[the|on the] <ordinal> floor [unit|apartment|front|rear|back|left|right|in front|in the front|in the rear|in the back]", func(mt *grammar.Match) (any, bool) {
		n := as[m.Ordinal](mt, 0).N
		if n > len(ordinals) {
			return ordinalFigures(n) + " Floor" + where(mt), true
		}
		return Title(ordinals[n-1]) + " Floor" + where(mt), true
	})
	unit(m.RuleFloor, "floor <number> [front|rear|back|left|right]", func(mt *grammar.Match) (any, bool) {
		return "Floor " + strconv.Itoa(as[m.Number](mt, 0).N) + where(mt), true
	})
	unit(m.RuleNamedFloor, "[the] (garden|basement|coach|carriage|guest|main|ground|top|upper|lower|rear|front|back|upstairs|downstairs) (unit|apartment|floor|house|level|flat)", func(mt *grammar.Match) (any, bool) {
		i := mt.From
		if mt.Tokens[i].Norm == "the" {
			i++
		}
		return Title(written(mt.Tokens[i:mt.To])), true
	})
	unit(m.RuleNamedFloor, "(penthouse|ph)", func(*grammar.Match) (any, bool) { return "Penthouse", true })
	unit(m.RuleNamedFloor, "[in] [the] rear", func(*grammar.Match) (any, bool) { return "Rear", true })
}
