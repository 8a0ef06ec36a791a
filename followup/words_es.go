package followup

import (
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode"

	"fixly/business/terms"
	"fixly/contact"
)

// spanish is the Spanish catalogue. It is written as Spanish is, with its accents, though they halve what fits into a
// segment: a confirmation is read by a customer, and by whoever keeps the appointment for them.
type spanish struct{}

func (s spanish) Confirmation(c change, shop string, v visit) string {
	switch c {
	case moved:
		return fmt.Sprintf("Su visita de %s cambió de hora. Nueva hora: %s %s. Para cambiarla de nuevo, %s", shop, stopped(s.promise(v)), s.job(v), s.textBack(v))
	case cancelled:
		return fmt.Sprintf("Su visita de %s para %s quedó cancelada. Para agendar otra, responda a este mensaje.", shop, s.window(v))
	default:
		if v.Link != "" {
			return fmt.Sprintf("Su cita con %s está confirmada: %s %s. ALTO para no recibir más. Para cambiarla, %s", shop, stopped(s.promise(v)), s.job(v), s.textBack(v))
		}
		return fmt.Sprintf("Su cita con %s está confirmada: %s %s. Para cambiarla, responda a este mensaje. ALTO para no recibir más.", shop, stopped(s.promise(v)), s.job(v))
	}
}

// Mail has a line for each thing.
func (s spanish) Mail(c change, shop, line string, v visit) (subject, body string) {
	head := "Su cita con " + shop + " está confirmada."
	subject = "Cita confirmada: "
	switch c {
	case moved:
		subject, head = "Nueva hora: ", "Su visita de "+shop+" cambió de hora."
	case cancelled:
		subject, head = "Cancelada: ", "Su visita de "+shop+" quedó cancelada."
	}
	lines := []string{hello("Hola", v.Customer), "", head, "", "Cuándo: " + s.promise(v), "Qué: " + s.service(v)}
	if p := (english{}).place(v.Address); p != "" {
		lines = append(lines, "Dónde: "+p)
	}
	lines = append(lines, "")
	if v.Link != "" && c != cancelled {
		lines = append(lines, "Para cambiarla o cancelarla: "+v.Link)
	}
	if line != "" {
		lines = append(lines, "Para hablar con nosotros: "+contact.National(line))
	}
	return subject + s.service(v) + ", " + s.promise(v), strings.Join(append(lines, "", shop), "\n") + "\n"
}

func (s spanish) MailTitle(shop string, v visit) string { return s.service(v) + ", " + shop }

// service is the name of the service as a heading has it.
func (spanish) service(v visit) string {
	s := []rune(terms.Service("es", v.Service))
	if len(s) > 0 {
		s = append([]rune{unicode.ToUpper(s[0])}, s[1:]...)
	}
	return string(s)
}

// textBack is how to change a visit.
func (spanish) textBack(v visit) string {
	if v.Link == "" {
		return "responda a este mensaje."
	}
	return "responda o abra " + v.Link
}

func (spanish) PageCode(code, shop string) string {
	return fmt.Sprintf("%s es su código para %s. Escríbalo en la página para agendar su visita. Si no lo pidió, ignore este mensaje.", code, shop)
}

func (s spanish) PutDown(shop, owner string, v visit) string {
	return fmt.Sprintf("%s le apartó %s %s. %s le confirma por mensaje. ALTO para no recibir más. Para cambiarla, %s", shop, stopped(s.promise(v)), s.job(v), owner, s.textBack(v))
}

func (spanish) AskAddress(shop string) string {
	return fmt.Sprintf("Le escribimos de %s. ¿Cuál es la dirección para su visita, con el código postal? Conteste este mensaje y terminamos de agendarla.", shop)
}

func (spanish) Code(code, shop string) string {
	return fmt.Sprintf("%s es su código para %s. Léaselo a la asistente por teléfono. Si no lo pidió, ignore este mensaje.", code, shop)
}

func (spanish) Late(shop string, minutes int, v visit) string {
	who := "Llegaremos"
	if v.Technician != "" {
		who = first(v.Technician) + " llegará"
	}
	article := "las"
	if v.To.Hour()%12 == 1 {
		article = "la"
	}
	return fmt.Sprintf("%s: %s unos %d minutos tarde, disculpe. A más tardar a %s %s %s.", shop, who, minutes, article, clockTime(v.To), spanishHalf(v.To))
}

func (spanish) TextBack(shop string, m missed) string {
	body := m.Own
	if body == "" {
		body = fmt.Sprintf("%s le escribimos de %s. Perdón por no haber podido atender su llamada.", hello("Hola", m.Name), shop)
		if m.Service == "" {
			body += " ¿En qué le podemos ayudar?"
		}
	}
	switch {
	case m.Service != "" && m.Closed:
		return body + " Sobre su solicitud (" + terms.Service("es", m.Service) + "): ahora estamos cerrados, pero responda con el día que le convenga y le buscamos una hora."
	case m.Service != "":
		return body + " Sobre su solicitud (" + terms.Service("es", m.Service) + "): responda con el día que le convenga y le buscamos una hora."
	case m.Closed:
		return body + " Ahora estamos cerrados, pero responda y le buscamos una hora."
	}
	return body
}

var (
	spanishWeekdays = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	spanishMonths   = [...]string{
		"", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	}
)

// promise is when a customer is visited: the arrival window, and on how many days where it is not one.
func (s spanish) promise(v visit) string {
	if v.Days > 1 {
		return fmt.Sprintf("%d días, empezando %s", v.Days, s.window(v))
	}
	return s.window(v)
}

// window is the arrival window as a customer reads it: "el martes 24 de noviembre entre 8 y 10 a.m.".
func (spanish) window(v visit) string {
	day := "el " + spanishWeekdays[v.From.Weekday()] + " " + strconv.Itoa(v.From.Day()) + " de " + spanishMonths[v.From.Month()]
	if !sameDay(v.From, v.To) || !v.To.After(v.From) {
		article := " a las "
		if v.From.Hour()%12 == 1 {
			article = " a la "
		}
		return day + article + clockTime(v.From) + " " + spanishHalf(v.From)
	}
	from := clockTime(v.From)
	if spanishHalf(v.From) != spanishHalf(v.To) {
		from += " " + spanishHalf(v.From)
	}
	return day + " entre " + from + " y " + clockTime(v.To) + " " + spanishHalf(v.To)
}

// stopped ends a sentence that may end with "a.m." already.
func stopped(s string) string { return strings.TrimSuffix(s, ".") + "." }

func spanishHalf(t time.Time) string {
	if t.Hour() < 12 {
		return "a.m."
	}
	return "p.m."
}

// job is what is done where, for the customer.
func (s spanish) job(v visit) string {
	if p := (english{}).place(v.Address); p != "" {
		return s.service(v) + " en " + p
	}
	return s.service(v)
}
