package guard

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Sentences in Spanish are read beside English ones, whatever language a conversation is held in: a word that leads to
// a time in one language leads to none in the other.

const spanishNumber = `(?:un|uno|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce|trece|catorce|quince|dieci\pL+|veinte|veinti\pL+|` +
	`treinta|cuarenta|cincuenta|sesenta|setenta|ochenta|noventa|cien|ciento|doscientos|trescientos|cuatrocientos|quinientos|seiscientos|` +
	`setecientos|ochocientos|novecientos|mil)`

var (
	spanishSumRE     = regexp.MustCompile(`(?i)(?:^|[^\pL\pN$,.])(\d[\d,]*(?:\.\d\d)?)\s*(?:d[oó]lares|pesos|billetes)`)
	spanishFreeRE    = regexp.MustCompile(`(?i)\b(?:gratis|gratuit[oa]s?|sin (?:ning[uú]n )?(?:costo|cargo|cobro)|no (?:tiene|tienen|hay) (?:ning[uú]n )?(?:costo|cargo|cobro)|no (?:le |se )?cobra(?:mos|n)?(?: nada)?|no (?:le )?cuesta nada)`)
	spanishWordSumRE = regexp.MustCompile(`(?i)(?:^|[^\pL])` + spanishNumber + `(?:\s+(?:y\s+)?` + spanishNumber + `)*\s+(?:d[oó]lares|pesos|billetes)`)
)

// spanishMoney are in every Spanish sentence that names a sum without "$", or that there is none.
var spanishMoney = [...]string{"lares", "peso", "billete", "grati", "costo", "cargo", "cobr", "cuesta"}

// checkSpanishSums compares sums said in Spanish with the price list, and gives the sentence without them.
func (g *Guard) checkSpanishSums(s, low string, bad func(what, said string)) string {
	found := false
	for _, w := range spanishMoney {
		found = found || strings.Contains(low, w)
	}
	if !found {
		return s
	}
	for _, m := range spanishSumRE.FindAllStringSubmatch(s, -1) {
		if !g.sums[plainSum(m[1])] {
			bad("sum", m[0])
		}
	}
	if m := spanishFreeRE.FindString(s); m != "" && !g.sums["0"] {
		bad("sum", m)
	}
	// our own sums are in figures; one in words comes from elsewhere
	for _, m := range spanishWordSumRE.FindAllString(s, -1) {
		bad("sum", m)
	}
	return spanishSumRE.ReplaceAllString(s, blank)
}

var (
	spanishHours = map[string]int{
		"una": 1, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "once": 11, "doce": 12,
		"mediodía": 12, "mediodia": 12, "medianoche": 12,
	}
	spanishMinutes = map[string]int{
		"cuarto": 15, "quince": 15, "media": 30, "treinta": 30, "cinco": 5, "diez": 10, "veinte": 20, "veinticinco": 25, "cuarenta": 40, "cincuenta": 50,
	}
	spanishWeekdays = map[string]time.Weekday{
		"domingo": time.Sunday, "lunes": time.Monday, "martes": time.Tuesday, "miércoles": time.Wednesday, "miercoles": time.Wednesday,
		"jueves": time.Thursday, "viernes": time.Friday, "sábado": time.Saturday, "sabado": time.Saturday,
	}
	spanishMonths = map[string]time.Month{
		"enero": 1, "febrero": 2, "marzo": 3, "abril": 4, "mayo": 5, "junio": 6, "julio": 7, "agosto": 8, "septiembre": 9, "setiembre": 9,
		"octubre": 10, "noviembre": 11, "diciembre": 12,
	}
)

// spanishTimes compares times of day said in Spanish with the ones on the table and the opening hours; and, where an
// arrival window is said, its days.
func (g *Guard) spanishTimes(words []string, f Facts, bad func(what, said string)) {
	clock, window := false, false
	for i, w := range words {
		if at, ok := spanishTimeAt(words, i); ok {
			clock = true
			if !g.clocks[at] && !f.hasClock(at, g.loc) {
				bad("time", w)
			}
		}
		window = window || w == "entre"
	}
	if !clock || !window || len(f.Times) == 0 {
		return
	}
	for i := range words {
		if d, said, ok := spanishDayAt(words, i, f.Now.In(g.loc)); ok && !f.hasDay(d, g.loc) {
			bad("day", said)
		}
	}
}

// spanishTimeAt reads the word at i as a time, in minutes after twelve: after an article ("a las ocho y media"), between
// two ("entre 8 y 10"), from one to another ("de 8 a 5"), or before a part of the day ("10 de la mañana").
func spanishTimeAt(words []string, i int) (int, bool) {
	hour, minute, ok := spanishClock(words[i])
	if !ok {
		return 0, false
	}
	named := strings.HasPrefix(words[i], "medi")
	if !named && !leadsToHour(words, i) && !partFollows(words, i) {
		return 0, false
	}
	if i+2 < len(words) {
		if m, ok := spanishMinutes[words[i+2]]; ok && (words[i+1] == "y" || words[i+1] == "menos") && !hourFollows(words, i+2) {
			if words[i+1] == "menos" {
				m = -m
			}
			minute += m
		}
	}
	if i+1 < len(words) && minute == 0 {
		if m, ok := spanishMinutes[words[i+1]]; ok && words[i+1] != "media" { // "ocho treinta"
			minute = m
		}
	}
	return (hour*60 + minute + 720) % 720, true
}

// spanishClock reads "ocho", "8" and "8:30".
func spanishClock(w string) (hour, minute int, ok bool) {
	if h, ok := spanishHours[w]; ok {
		return h, 0, true
	}
	h, m, colon := strings.Cut(w, ":")
	hour, err := strconv.Atoi(h)
	if err != nil || hour < 0 || hour > 23 || len(h) > 2 {
		return 0, 0, false
	}
	if colon {
		if minute, err = strconv.Atoi(m); err != nil || minute < 0 || minute > 59 {
			return 0, 0, false
		}
	}
	return hour, minute, true
}

// hourFollows says whether what was taken for minutes is an hour of its own: "entre las ocho y las diez" has no
// minutes, and neither has "entre ocho y diez".
func hourFollows(words []string, at int) bool {
	w := words[at]
	if w == "media" || w == "cuarto" {
		return false
	}
	for j := max(0, at-6); j < at; j++ {
		if words[j] == "entre" {
			return true
		}
	}
	return false
}

// leadsToHour says whether the words before an hour lead to one.
func leadsToHour(words []string, i int) bool {
	before := func(n int) string {
		if i-n < 0 {
			return ""
		}
		return words[i-n]
	}
	switch before(1) {
	case "las", "la":
		return true
	case "entre", "desde", "hasta":
		return true
	case "y", "e":
		// the end of "entre 8 y 10", however its beginning is put: "entre 11 de la mañana y 1"
		for n := 2; n <= 7; n++ {
			if before(n) == "entre" {
				return true
			}
		}
	case "a":
		// the end of "de 8 a 5"; in "a 10 cuadras" there is no beginning
		for n := 2; n <= 6; n++ {
			if before(n) == "de" || before(n) == "desde" {
				_, _, hour := spanishClock(before(n - 1))
				return hour
			}
		}
	}
	return false
}

// partFollows says whether a part of the day, or a.m. or p.m., comes after an hour.
func partFollows(words []string, i int) bool {
	after := func(n int) string {
		if i+n >= len(words) {
			return ""
		}
		return words[i+n]
	}
	switch after(1) {
	case "a.m", "p.m", "am", "pm", "hrs", "horas":
		return after(1) != "horas" || strings.Contains(words[i], ":") // "8 horas" is how long something takes
	case "de":
		return after(2) == "la" && (after(3) == "mañana" || after(3) == "tarde" || after(3) == "noche" || after(3) == "madrugada")
	case "del":
		return after(2) == "día" || after(2) == "mediodía"
	}
	return false
}

// spanishDayAt reads the word at i as a day: a weekday, a date, today, tomorrow. "De la mañana" is no day.
func spanishDayAt(words []string, i int, now time.Time) (day, string, bool) {
	w := words[i]
	if d, ok := spanishWeekdays[w]; ok {
		return day{weekday: d}, w, true
	}
	if month, ok := spanishMonths[w]; ok && i >= 2 && words[i-1] == "de" {
		if n, err := strconv.Atoi(words[i-2]); err == nil && n >= 1 && n <= 31 {
			date := time.Date(now.Year(), month, n, 0, 0, 0, 0, time.UTC)
			if date.Format(time.DateOnly) < now.Format(time.DateOnly) {
				date = time.Date(now.Year()+1, month, n, 0, 0, 0, 0, time.UTC)
			}
			return day{date: date.Format(time.DateOnly)}, words[i-2] + " de " + w, true
		}
		return day{}, "", false
	}
	before := ""
	if i > 0 {
		before = words[i-1]
	}
	switch w {
	case "hoy":
		return day{date: now.Format(time.DateOnly)}, w, true
	case "mañana":
		if before == "la" || before == "esta" {
			return day{}, "", false
		}
		ahead := 1
		if before == "pasado" {
			ahead = 2
		}
		return day{date: now.AddDate(0, 0, ahead).Format(time.DateOnly)}, w, true
	}
	return day{}, "", false
}

// wordsOf are the words of a sentence in lower case, without what surrounds them.
func wordsOf(s string) []string {
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		words[i] = strings.TrimFunc(w, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '$' })
	}
	return words
}
