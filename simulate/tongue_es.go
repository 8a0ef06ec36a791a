package simulate

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var spanishTongue = &tongue{
	lang: "es", in: "en", digits: [10]string{"cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"}, oh: "cero",
	number: spanishNumber, hear: hearSpanish, day: spanishDay, clock: spanishClock, wish: spanishWish,
	speaks: map[Goal]bool{Book: true, Emergency: true, Danger: true, Message: true, Person: true},
}

var (
	spanishSmall = strings.Fields("cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho " +
		"diecinueve veinte veintiuno veintidós veintitrés veinticuatro veinticinco veintiséis veintisiete veintiocho veintinueve")
	spanishTens     = strings.Fields("- - - treinta cuarenta cincuenta sesenta setenta ochenta noventa")
	spanishHundreds = strings.Fields("- ciento doscientos trescientos cuatrocientos quinientos seiscientos setecientos ochocientos novecientos")
	spanishDays     = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	spanishMonths   = strings.Fields("- enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre")
)

// spanishNumber says 0 to 9999 in words.
func spanishNumber(n int) string {
	switch {
	case n < 30:
		return spanishSmall[n]
	case n < 100:
		if n%10 == 0 {
			return spanishTens[n/10]
		}
		return spanishTens[n/10] + " y " + spanishSmall[n%10]
	case n == 100:
		return "cien"
	case n < 1000:
		return strings.TrimSuffix(spanishHundreds[n/100]+" "+spanishNumber(n%100), " cero")
	case n < 2000:
		return strings.TrimSuffix("mil "+spanishNumber(n%1000), " cero")
	}
	return strings.TrimSuffix(spanishNumber(n/1000)+" mil "+spanishNumber(n%1000), " cero")
}

func spanishDay(t, today time.Time) string {
	switch n := daysBetween(today, t); {
	case n == 0:
		return "hoy"
	case n == 1:
		return "mañana"
	case n < 7:
		return "el " + spanishDays[t.Weekday()]
	}
	return "el " + strconv.Itoa(t.Day()) + " de " + spanishMonths[t.Month()]
}

func spanishClock(t time.Time) string {
	s := spanishSmall[(t.Hour()+11)%12+1]
	switch t.Minute() {
	case 0:
	case 30:
		s += " y media"
	default:
		s += " y " + spanishNumber(t.Minute())
	}
	return s
}

// spanishWish draws a wish.
func spanishWish(c *calendar) wish {
	switch c.r.IntN(6) {
	case 0:
		return wish{ways: []string{"lo más pronto posible", "lo antes posible", "cuanto antes"}, hour: -1, soon: true}
	case 1:
		return wish{ways: []string{"cualquier día", "cuando puedan", "el día que sea"}, hour: -1, any: true}
	}
	day, on := "mañana", c.day(1)
	switch c.r.IntN(4) {
	case 0:
	case 1:
		day, on = "pasado mañana", c.day(2)
	default:
		d := c.weekday(time.Monday, time.Friday)
		day, on = "el "+spanishDays[d], c.day(c.next(d))
	}
	switch c.r.IntN(4) {
	case 0:
		return wish{ways: []string{day + " en la mañana", day + " por la mañana", day + " antes del mediodía"}, accept: []interval{c.span(on, 0, 12)}, hour: -1}
	case 1:
		return wish{ways: []string{day + " en la tarde", day + " por la tarde", day + " después del mediodía"}, accept: []interval{c.span(on, 12, 24)}, hour: -1}
	case 2:
		h := 9 + c.r.IntN(5)
		word := spanishSmall[(h+11)%12+1]
		article := "las "
		if word == "uno" {
			article, word = "la ", "una"
		}
		return wish{ways: []string{day + " después de " + article + word}, accept: []interval{c.span(on, h, 24)}, hour: -1}
	}
	return wish{ways: []string{day}, accept: []interval{c.span(on, 0, 24)}, hour: -1}
}

// spanish are the ways in which questions may be put, as a listener catches on; see english.
var spanish = []hearing{
	hear(askWhich, `u otra cosa|se parece más`),
	hear(askElse, `algo más|alguna otra cosa|algo mas|en qué más`),
	hear(askCancelSure, `cancel`),
	hear(askWhichJob, `cuál (visita|de estas|cita)|de cuál se trata`),
	hear(askReadBack, `es correcto|está bien así|correcto\?|todo bien\?`),
	hear(askChange, `qué le cambio|qué parte corrijo|no está bien|qué (cambio|corrijo)`),
	hear(askOut, `salir|saliendo|afuera`),
	hear(askFee, `cargo|de acuerdo`),
	hear(askPhoneSame, `este (mismo )?número|desde el que llama`),
	hear(askZIP, `código postal`),
	hear(askAddressSame, `otra vez para|misma dirección|sigue siendo para|vamos a [0-9]`),
	hear(askAddress, `dirección|qué calle|número de (la )?casa|a dónde`),
	hear(askName, `nombre|cómo se llama|apellido`),
	hear(askMessage, `qué mensaje|qué le digo|qué recado`),
	hear(askGoOn, `seguimos|siga y|sigo con|que siga`),
	hear(askOfferMsg, `(dejar|tomo|tome|deje) (un|el|un) (mensaje|recado)|(dejar|tomo).*(mensaje|recado)`),
	hear(askOfferBook, `(le|que le|se la|lo) agend|(agendar|programar|hacer) una (visita|cita)`),
	hear(askPhone, `número|teléfono`),
	hear(askWhen, `qué día|cuándo|a qué hora`),
	hear(askProblem, `en qué (le|puedo)|qué problema|qué necesita|qué pasa|pocas palabras|qué tipo|cuénteme|dígame`),
	hear(askTriage, `hay|está|sigue|tiene|puede|ve |huele`),
}

var (
	spanishBookedRE = regexp.MustCompile(`queda (agendada|cambiada)|está cancelada|queda cancelada|su cita queda`)
	spanishByeRE    = regexp.MustCompile(`adiós|que (le vaya|tenga|esté)|hasta (luego|pronto)|nos vemos`)
	spanishCannotRE = regexp.MustCompile(`cerrados|no trabajamos|ocupado|no hay lugar|llenos|tan pronto|no llegaríamos|tan lejos|más lejos|abrimos|nuestro horario|fuera de eso|lo otro que|además de|lo más pronto|se acaba de`)
	spanishChoiceRE = regexp.MustCompile(`cuál|prefiere|conviene|le queda|le viene|parece|alguno|quiere|anoto`)
	spanishWordRE   = regexp.MustCompile(`[¿áéíóúñ]|\b(el|la|los|para|usted|con|qué|de|su|en)\b`)

	spanishOfferRE = regexp.MustCompile(`(hoy|pasado mañana|mañana|(?:domingo|lunes|martes|miércoles|jueves|viernes|sábado)|\d{1,2} de [a-z]+)?[ ,]*(?:entre (?:las |la )?(\d{1,2})(?::(\d\d))?(?: (?:de la|del) (mañana|tarde|noche|día)| ([ap])\.m\.)? y (?:las |la )?(\d{1,2})(?::(\d\d))?(?: (?:de la|del) (mañana|tarde|noche|día)| ([ap])\.m\.)?)?`)
)

// hearSpanish makes of a reply what a listener would. One who is spoken to in English hears nothing they know.
func hearSpanish(text string, now time.Time) heard {
	low := strings.ToLower(text)
	if !spanishWordRE.MatchString(low) {
		h := hearEnglish(text, now)
		return heard{text: low, foreign: true, bye: h.bye}
	}
	h := heard{text: low, offers: readSpanishOffers(low, now)}
	h.keypad = strings.Contains(low, "teclado") || strings.Contains(low, "marcar")
	h.booked = spanishBookedRE.MatchString(low)
	h.bye = spanishByeRE.MatchString(low)
	h.cannot = spanishCannotRE.MatchString(low)
	i := strings.LastIndex(low, "¿")
	if i < 0 {
		switch {
		case len(h.offers) > 0 && !h.booked && !h.bye:
			h.ask = askChoice
		case strings.Contains(low, "por favor") && !h.bye:
			i = 0
		}
		if i < 0 {
			return h
		}
	}
	question := low[i:]
	if len(h.offers) > 0 && !h.booked && !matches(spanish, question, askReadBack, askCancelSure, askWhichJob, askElse) &&
		(spanishChoiceRE.MatchString(question) || len(readSpanishOffers(question, now)) > 0) {
		h.ask = askChoice
		return h
	}
	for _, k := range spanish {
		if k.re.MatchString(question) {
			h.ask = k.ask
			if k.ask == askZIP && (strings.Contains(low, "dirección") || strings.Contains(low, "calle")) {
				h.ask = askAddress
			}
			return h
		}
	}
	h.ask = askOther
	return h
}

// readSpanishOffers reads the arrival windows in a text, see readOffers.
func readSpanishOffers(text string, now time.Time) []offer {
	var out []offer
	var day time.Time
	text = strings.ReplaceAll(text, "de la mañana", "de la temprano") // not tomorrow
	text = strings.ReplaceAll(text, "en la mañana", "")
	re := spanishOfferRE
	for _, m := range re.FindAllStringSubmatch(strings.ReplaceAll(text, "de la temprano", "a.m."), -1) {
		if d, ok := spanishDate(m[1], now); ok {
			day = d
		}
		if m[2] == "" || day.IsZero() {
			continue
		}
		to, half := spanishMinutes(m[6], m[7], m[8], m[9])
		from, fromHalf := spanishMinutes(m[2], m[3], m[4], m[5])
		if !fromHalf && half { // "entre 8 y 10 de la mañana": the same half, unless that would be after the end
			if from%720+720 < to {
				from = from%720 + 720
			} else {
				from %= 720
			}
		}
		for to <= from {
			to += 12 * 60
		}
		at := func(min int) time.Time {
			return time.Date(day.Year(), day.Month(), day.Day(), 0, min, 0, 0, day.Location())
		}
		out = append(out, offer{at(from), at(to)})
	}
	return out
}

// spanishMinutes reads a time of day in minutes after midnight, and whether its half of the day was said.
func spanishMinutes(hour, minute, part, half string) (int, bool) {
	h, _ := strconv.Atoi(hour)
	m, _ := strconv.Atoi(minute)
	at := h%12*60 + m
	switch {
	case part == "tarde", part == "noche", part == "día", half == "p":
		return at + 12*60, true
	case part == "mañana", half == "a":
		return at, true
	case h < 7 || h == 12:
		return at + 12*60, false
	}
	return at, false
}

func spanishDate(s string, now time.Time) (time.Time, bool) {
	on := func(n int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, now.Location())
	}
	switch s {
	case "":
		return time.Time{}, false
	case "hoy":
		return on(0), true
	case "mañana":
		return on(1), true
	case "pasado mañana":
		return on(2), true
	}
	for i, name := range spanishDays {
		if s == name {
			n := (i - int(now.Weekday()) + 7) % 7
			if n == 0 {
				n = 7
			}
			return on(n), true
		}
	}
	dom, month, _ := strings.Cut(s, " de ")
	d, _ := strconv.Atoi(dom)
	for i, name := range spanishMonths {
		if i > 0 && name == month && d > 0 {
			t := time.Date(now.Year(), time.Month(i), d, 0, 0, 0, 0, now.Location())
			if t.Before(on(0)) {
				t = t.AddDate(1, 0, 0)
			}
			return t, true
		}
	}
	return time.Time{}, false
}
