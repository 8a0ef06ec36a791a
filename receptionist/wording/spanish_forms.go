package wording

import (
	"strconv"
	"strings"
	"time"

	"fixly/business/terms"
	"fixly/contact"
	"fixly/receptionist/flow"
)

// spanishForms writes typed values in Spanish. Tomorrow is said with its weekday, since "mañana" alone is both tomorrow
// and the morning.
type spanishForms struct{}

var (
	spanishWeekdays = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	spanishMonths   = [...]string{
		"", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	}
	spanishCounts = [...]string{"cero", "una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"}
)

// spanishPart is the part of the day that a time lies in.
func spanishPart(t time.Time) string {
	switch h := t.Hour(); {
	case h == 12 && t.Minute() == 0:
		return "del día"
	case h < 12:
		return "de la mañana"
	case h < 19:
		return "de la tarde"
	}
	return "de la noche"
}

// spanishClock is a time of day: "8 de la mañana", "12 del día".
func spanishClock(t time.Time) string { return short(t) + " " + spanishPart(t) }

// spanishSpan are two times of day, with the part of the day where bare hours would be taken for others, early and from
// five on; said once where it is the same: "8" and "10", "6 de la tarde" and "8 de la noche".
func spanishSpan(from, to time.Time) (string, string) {
	switch {
	case from.Hour() >= 7 && from.Hour() < 17:
		return short(from), short(to)
	case spanishPart(from) == spanishPart(to):
		return short(from), spanishClock(to)
	}
	return spanishClock(from), spanishClock(to)
}

// spanishSpokenDay says a day: "hoy", "mañana martes", "el jueves" within a week, and with its date beyond.
func spanishSpokenDay(t time.Time, c Clock) string {
	name := spanishWeekdays[t.Weekday()]
	switch n := c.days(t); {
	case n == 0:
		return "hoy"
	case n == 1:
		return "mañana " + name
	case n > 1 && n < 7:
		return "el " + name
	}
	return "el " + name + " " + spanishDate(t)
}

// spanishWrittenDay writes a day with its date. The month is a word, for 1/12 is read in two ways.
func spanishWrittenDay(t time.Time, c Clock) string {
	switch c.days(t) {
	case 0:
		return "hoy"
	case 1:
		return "mañana " + spanishWeekdays[t.Weekday()] + " " + spanishDate(t)
	}
	return "el " + spanishWeekdays[t.Weekday()] + " " + spanishDate(t)
}

// spanishDate is the day of the month: "24 de noviembre".
func spanishDate(t time.Time) string {
	return strconv.Itoa(t.Day()) + " de " + spanishMonths[t.Month()]
}

func spanishSpokenWindow(w flow.Window) string {
	from, to := spanishSpan(w.From, w.To)
	return "entre " + from + " y " + to
}

// spanishWrittenWindow writes "entre 8 y 10 a.m.", "entre 11 a.m. y 1 p.m.".
func spanishWrittenWindow(w flow.Window) string {
	from := short(w.From)
	if (w.From.Hour() < 12) != (w.To.Hour() < 12) {
		from += " " + spanishMeridiem(w.From)
	}
	return "entre " + from + " y " + short(w.To) + " " + spanishMeridiem(w.To)
}

func spanishMeridiem(t time.Time) string {
	if t.Hour() < 12 {
		return "a.m."
	}
	return "p.m."
}

// Windows names windows; the day is said once for windows of the same day.
func (spanishForms) Windows(ws []flow.Window, x Context) string {
	var parts []string
	for i, w := range ws {
		window, day := spanishSpokenWindow(w), spanishSpokenDay(w.From, x.Clock)
		if x.Channel == Written {
			window, day = spanishWrittenWindow(w), spanishWrittenDay(w.From, x.Clock)
		} else if x.Dated {
			day = "el " + spanishWeekdays[w.From.Weekday()] + " " + spanishDate(w.From)
		}
		if i == 0 || ws[i-1].From.YearDay() != w.From.YearDay() {
			window = day + " " + window
		}
		if w.Days > 1 && (i == 0 || ws[i-1].Days != w.Days) {
			days := strconv.Itoa(w.Days)
			if x.Channel == Spoken && w.Days < len(spanishCounts) {
				days = spanishCounts[w.Days]
			}
			window = days + " días, empezando " + window
		}
		parts = append(parts, window)
	}
	return alternatives(parts, "o")
}

// Duration says minutes, in halves of hours from an hour on: "una hora y media", "45 minutos".
func (spanishForms) Duration(minutes int) string {
	halves := (minutes + 15) / 30
	hours := halves / 2
	if minutes < 60 {
		return strconv.Itoa(minutes) + " minutos"
	}
	s := strconv.Itoa(hours)
	if hours < len(spanishCounts) {
		s = spanishCounts[hours]
	}
	s += " hora"
	if hours > 1 {
		s += "s"
	}
	if halves%2 == 1 {
		s += " y media"
	}
	return s
}

func (spanishForms) Day(c flow.Conveyance, x Context) string {
	if x.Channel == Written {
		return spanishWrittenDay(c.Day, x.Clock)
	}
	return spanishSpokenDay(c.Day, x.Clock)
}

func (spanishForms) Hours(ws []flow.Window, x Context) string {
	var parts []string
	for _, w := range ws {
		if x.Channel == Written {
			parts = append(parts, "de "+short(w.From)+" "+spanishMeridiem(w.From)+" a "+short(w.To)+" "+spanishMeridiem(w.To))
			continue
		}
		from, to := spanishSpan(w.From, w.To)
		parts = append(parts, "de "+from+" a "+to)
	}
	return enumerate(parts, "y")
}

// Week joins days with the same hours: "de lunes a viernes de 8 a 5".
func (f spanishForms) Week(week []string, x Context) string {
	names := [...]string{"lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"}
	plural := [...]string{"los lunes", "los martes", "los miércoles", "los jueves", "los viernes", "los sábados", "los domingos"}
	var parts []string
	for i := 0; i < len(week) && i < 7; {
		j := i
		for j+1 < len(week) && j+1 < 7 && week[j+1] == week[i] {
			j++
		}
		if week[i] != "" {
			days := plural[i]
			if j > i {
				days = "de " + names[i] + " a " + names[j]
			}
			parts = append(parts, days+" "+f.Hours(spans(week[i]), x))
		}
		i = j + 1
	}
	if len(parts) == 0 {
		return "con cita"
	}
	return alternatives(parts, "y")
}

// Phone reads a number in groups, three, three, four, digit by digit; in texts it is written as usual.
func (spanishForms) Phone(e164 string, x Context) string { return englishForms{}.Phone(e164, x) }

// Address leaves the street as it is: streets keep their English names. The ZIP code is read digit by digit.
func (spanishForms) Address(a contact.Address, x Context) string { return englishForms{}.Address(a, x) }

func (spanishForms) Place(place string, x Context) string { return englishForms{}.Place(place, x) }

func (f spanishForms) List(items []string, and bool) string {
	const most = 4
	if len(items) > most {
		items = items[:most]
	}
	out := make([]string, len(items))
	for i, s := range items {
		out[i] = f.Service(s) // a town is no service and stays as it is
	}
	word := "o"
	if and {
		word = "y"
	}
	return enumerate(out, word)
}

// enumerate joins "a y b", "a, b y c"; "y" and "o" become "e" and "u" before their own sound.
func enumerate(parts []string, word string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	last := parts[len(parts)-1]
	low := strings.ToLower(last)
	switch {
	case word == "y" && (strings.HasPrefix(low, "i") || strings.HasPrefix(low, "hi") && !strings.HasPrefix(low, "hie")):
		word = "e"
	case word == "o" && (strings.HasPrefix(low, "o") || strings.HasPrefix(low, "ho")):
		word = "u"
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " " + word + " " + last
}

func (spanishForms) Service(name string) string { return terms.Service("es", name) }

func (spanishForms) Price(price string) string { return terms.Price("es", price) }

// Text puts the owner's conditions and the names of trades into Spanish; answers to the business's own questions and
// the caller's words stay as they are.
func (spanishForms) Text(c flow.Conveyance) string {
	switch c.Kind {
	case flow.AskTriage:
		return terms.Condition("es", c.Text)
	case flow.TellNotOffered, flow.TellNotOurs:
		return terms.Trade("es", c.Text)
	}
	return c.Text
}
