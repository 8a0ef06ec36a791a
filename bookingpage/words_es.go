package bookingpage

import (
	"fmt"
	"strconv"
	"time"

	"fixly/scheduling"
)

var spanish = words{
	Language: "es", Name: "Español",

	Skip:        "Ir a la página",
	Required:    "Todo lo que no dice opcional es necesario.",
	Call:        func(number string) string { return "Llamar al " + number },
	Emergency:   "¿Es una emergencia?",
	EmergencyBy: "No agende aquí: llámenos, a cualquier hora.",
	Back:        "Atrás",

	Services:     func(shop string) string { return "Agende una visita con " + shop },
	ServicesLead: "¿Qué necesita?",
	For:          func(what string) string { return "Para: " + what },
	ForCaller:    func(who string) string { return "Para la llamada que atendió: " + who },
	PickTime:     "¿Cuándo vamos?",
	Change:       "Elegir otra cosa",
	Soonest:      "Lo más pronto",
	Days:         "Elija un día",
	DayOpen:      func(n int) string { return fmt.Sprintf("%d libres", n) },
	NoTimes:      heading{"No hay horas libres", "Por ahora no hay nada libre para esto. Llámenos y lo resolvemos."},
	QuoteFirst: func(work string) string {
		return work + ": primero pasamos a verlo y le decimos qué hace falta. Elija una hora para esa visita; anotamos lo que quiere."
	},
	Quoted:    "¿Ya pasamos a verlo? Agende el trabajo",
	NotQuoted: "Con este número no encontramos esa visita en el último medio año, así que primero pasamos a verlo. Elija una hora para eso.",
	Lasts:     func(days int) string { return fmt.Sprintf("El trabajo toma %d días. Elija cuándo empieza.", days) },

	Details:     "¿A dónde vamos?",
	HeldFor:     func(m int) string { return fmt.Sprintf("Le guardamos esta hora por %d minutos.", m) },
	NotHeld:     "Mucha gente está agendando ahora, así que esta hora no queda guardada hasta que mande el formulario.",
	Problem:     "¿Qué pasa?",
	ProblemHint: "Con pocas palabras basta. No ponga números de tarjeta.",
	YourName:    "Su nombre",
	Phone:       "Número de celular",
	PhoneHint:   "Le mandamos la confirmación por mensaje de texto.",
	Email:       "Correo electrónico",
	EmailHint:   "Para una confirmación con una entrada para su calendario.",
	Street:      "Dirección",
	Unit:        "Apartamento o unidad",
	City:        "Ciudad",
	ZIP:         "Código postal",
	Trap:        "Deje este campo vacío",
	Book:        "Agendar esta visita",
	Optional:    "opcional",
	SomeWrong:   "Algo falta o no puede ser:",
	Needed:      "Esto es necesario.",
	TooLong:     func(n int) string { return fmt.Sprintf("Tiene más de %d letras.", n) },
	Unreadable:  "Tiene letras que no se pueden leer.",
	NotPhone:    "Esto no es un número de teléfono. Escríbalo con el código de área, por ejemplo 312 555 0123.",
	NotTextable: "No podemos mandar mensajes a este número. Escriba un celular, o llámenos.",
	NotEmail:    "Esto no es un correo electrónico.",
	NotZIP:      "El código postal tiene cinco cifras.",
	OutsideArea: func(zip, area string) string { return fmt.Sprintf("No vamos a %s. Atendemos %s.", zip, area) },
	OldForm:     "Esta página estuvo abierta mucho tiempo, o ya se mandó. Revísela y mándela otra vez, por favor.",
	TooQuick:    "Eso fue rápido. Revíselo y mándelo otra vez, por favor.",
	CodeTitle:   "¿Es este su número?",
	CodeLead:    func(number string) string { return "Mandamos un código de seis cifras al " + number + "." },
	Code:        "Código",
	CodeWrong:   "Ese no es el código.",
	CodeOver:    "Este código ya no sirve. Pida otro, por favor.",
	CodeSend:    "Mandar otro código",
	CodeCheck:   "Agendar esta visita",
	CodeNotCome: func(number string) string {
		return "¿No llega en un minuto? Llámenos al " + number + " y la agendamos."
	},
	Sent:         "Ya va otro código.",
	TooManyCodes: heading{"Llámenos, por favor", "Ya mandamos bastantes códigos a este número. Llámenos y le agendamos la visita."},
	TooManyJobs:  heading{"Llámenos, por favor", "Ya hay varias visitas con este número. Si necesita otra, llámenos."},

	Danger:     "Primero salgan de ahí",
	DangerCall: "Llamar al 911",
	DangerShop: func(shop, number string) string {
		return "No se agendó nada. Cuando esté a salvo, llame a " + shop + " al " + number + "."
	},
	Urgent:      heading{"Esto parece una emergencia", "Llámenos ahora: mandamos a alguien más pronto de lo que esta página puede."},
	UrgentGoOn:  func(when string) string { return "Puede esperar: agendar " + when },
	NotOnline:   heading{"Llámenos, por favor", "Esto no se puede agendar aquí. Llámenos y vemos qué podemos hacer."},
	RefusedElse: "Esa hora no se puede.",
	Refusals: map[scheduling.Reason]string{
		scheduling.UnknownService: "Ya no ofrecemos esto.",
		scheduling.NobodySkilled:  "Por ahora nadie hace esto.",
		scheduling.ClosedDay:      "Ese día está cerrado.",
		scheduling.ClosedHours:    "La visita no cabe en nuestro horario a esa hora.",
		scheduling.Past:           "Esa hora ya pasó.",
		scheduling.TooSoon:        "Es demasiado pronto para llegar.",
		scheduling.BeyondHorizon:  "Es más adelante de lo que agendamos.",
		scheduling.ForEmergencies: "Esa hora la guardamos para emergencias.",
		scheduling.OffWindow:      "A esa hora no empezamos visitas.",
		scheduling.DayFull:        "Ese día ya está lleno.",
		scheduling.WindowFull:     "Esa hora ya está llena.",
		scheduling.Avoided:        "Esa hora no se puede.",
		scheduling.OffGrid:        "A esa hora no empezamos visitas.",
		scheduling.OffDuty:        "Nadie trabaja a esa hora.",
		scheduling.Full:           "Alguien acaba de tomar esa hora.",
	},

	VisitTitle: "Su visita",
	Booked:     "Su visita está agendada. Le mandamos la confirmación por mensaje.",
	Tentative: func(shop string) string {
		return "Le apuntamos para esta hora. " + shop + " le avisa por mensaje si se puede."
	},
	Moved:       "Su visita cambió de hora. Le mandamos la nueva hora por mensaje.",
	IsCancelled: heading{"Esta visita está cancelada", "Nadie va a ir."},
	IsOver:      heading{"Esta visita ya pasó", "Gracias por llamarnos."},
	Began:       "Ya es tarde para cambiarla aquí. Llámenos, por favor.",
	OnlyByPhone: "Para cambiar una visita de emergencia, llámenos.",
	When:        "Cuándo",
	What:        "Qué",
	Where:       "Dónde",
	Who:         "Quién va",
	WorkDays:    "Días",
	Move:        "Cambiar la hora",
	Cancel:      "Cancelarla",
	MoveTitle:   "¿Cuándo vamos mejor?",
	MoveFrom:    func(when string) string { return "Ahora: " + when },
	MoveTo:      func(when string) string { return "Nueva: " + when },
	MoveConfirm: "Cambiar la visita",
	KeepIt:      "Dejarla como está",
	CancelTitle: "¿Cancelar esta visita?",
	CancelLead:  func(what, when string) string { return what + ", " + when },
	CancelYes:   "Cancelar la visita",

	LeaveTitle: "¿No recibir más correos?",
	LeaveLead: func(shop, email string) string {
		return shop + " no enviará nada más a " + email + " que no sea sobre una visita suya."
	},
	LeaveYes:    "No recibir más correos",
	Left:        heading{"Listo", "Ya no recibirá correos como ese. Lo que sea sobre una visita suya le seguirá llegando."},
	BookAnother: "Agendar otra visita",
	SameTime:    "Esa es la hora que tiene.",

	NoPage:  heading{"No existe esta página", "El enlace puede estar cortado o ser viejo. Ábralo otra vez desde nuestro mensaje, o llámenos."},
	TooMany: heading{"Un momento, por favor", "Hubo muchas peticiones desde aquí. Espere un minuto y cargue la página otra vez."},
	Failed:  heading{"Algo falló aquí", "No se pierde nada que le hayamos confirmado por mensaje. Intente otra vez en un minuto, o llámenos."},

	and:    " y ",
	begins: func(days int, when string) string { return fmt.Sprintf("%d días, empezando %s", days, when) },
	day: func(t time.Time) string {
		return spanishWeekdays[t.Weekday()] + " " + strconv.Itoa(t.Day()) + " de " + spanishMonths[t.Month()]
	},
	window: func(from, to time.Time) string {
		if !to.After(from) || from.Format(time.DateOnly) != to.Format(time.DateOnly) {
			return clockTime(from) + " " + spanishHalf(from)
		}
		if spanishHalf(from) == spanishHalf(to) {
			return clockTime(from) + " a " + clockTime(to) + " " + spanishHalf(to)
		}
		return clockTime(from) + " " + spanishHalf(from) + " a " + clockTime(to) + " " + spanishHalf(to)
	},
}

var (
	spanishWeekdays = [...]string{"domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"}
	spanishMonths   = [...]string{
		"", "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
	}
)

func spanishHalf(t time.Time) string {
	if t.Hour() < 12 {
		return "a.m."
	}
	return "p.m."
}
