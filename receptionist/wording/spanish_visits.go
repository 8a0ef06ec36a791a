package wording

import "fixly/receptionist/flow"

// spanishVisits is what is said of visits that are booked, and of whose they are. None of what leads up to that says
// whether there is one.
var spanishVisits = map[flow.Kind]Phrase{
	flow.AskBookedPhone:   say("¿Con qué número de teléfono se agendó?", "¿Qué número de teléfono tiene esa cita?", "¿Me da el número de teléfono con el que se agendó?"),
	flow.AskCode:          say("¿Cuál es el código?", "¿Me lee los seis dígitos?", "¿Qué seis dígitos dice el mensaje?"),
	flow.AskCodeAgain:     say("¿Me lo lee dígito por dígito?", "Cuando lo tenga, ¿cuáles son los seis dígitos?", "¿Qué dice el mensaje, un dígito a la vez?"),
	flow.AskAboutJob:      say("¿Qué hacemos con ella?", "¿Qué quiere hacer con esa visita?", "¿En qué le ayudo con esa visita?"),
	flow.AskNewAddress:    say("¿Cuál es la dirección correcta, con el código postal?", "¿A qué dirección vamos, con código postal?", "¿Qué calle, número y código postal?"),
	flow.AskNewPhone:      say("¿Cuál es el número nuevo?", "¿Qué número ponemos, con el código de área?", "¿Qué número de teléfono debe ser?"),
	flow.AskMoreWork:      say("¿Qué más debe revisar {person}?", "¿Qué le pongo en la lista a {person}?", "En pocas palabras, ¿qué más hay que hacer?"),
	flow.TellCodeSent:     say("Si hay una visita con ese número, le acabo de mandar un código por mensaje.", "Mandé un código a ese número, por si tiene una visita."),
	flow.TellCodeSentHere: say("Si hay una visita con su número, le acabo de mandar un código.", "Mandé un código a su número, por si tiene una visita."),
	flow.TellCodeSentName: say("Si hay una visita con ese nombre, mandé un código a su número.", "Mandé un código al número que tiene, por si hay una visita con ese nombre."),
	flow.TellCodeNew:      say("Le acabo de mandar uno nuevo.", "Va en camino un código nuevo."),
	flow.TellCodeWait:     say("Puede tardar un momento en llegar.", "Dele unos segundos más."),
	flow.TellCodeWrong:    say("Ese no coincide.", "No es el código que busco."),
	flow.TellCodeExpired:  say("Ese código ya venció.", "Ese ya es demasiado viejo."),
	flow.TellUnproven:     say("Entonces no puedo ver eso aquí, pero {person} sí.", "Sin eso no lo puedo ver, pero {person} le puede ayudar."),
	flow.SayProven:        say("Gracias, es ese.", "Ese es el correcto, gracias."),
	flow.TellStatusAlso:   say("Y lo de {service} es {windows}.", "También tiene {service}, {windows}."),
	flow.TellOver:         say("Esa visita fue {windows}, y después no veo nada.", "La última fue {windows}. No hay nada más agendado."),
	flow.TellWasCancelled: say("La visita {windows} se canceló.", "Veo que {windows} está cancelada."),
	flow.TellLate:         say("{person} debía llegar {windows}. Lo siento, la oficina le va a llamar.", "A {person} le tocaba {windows}. La oficina le llama enseguida."),
	flow.TellMoreWork:     say("Ya lo puse en la lista de {person}, y la oficina lo verá.", "Muy bien, {person} lo tendrá en su lista."),
	flow.TellWho:          say("Va {person}, de {business}.", "Le toca a {person}, de {business}."),
	flow.TellWhoLater:     say("Se lo digo cuando escojamos la hora.", "Depende de la hora que escojamos."),
	flow.TellNext:         say("Lo próximo que tengo es {windows}.", "Después tengo {windows}."),
}

// spanishManners is what shows a caller that they were heard.
var spanishManners = map[flow.Kind]Phrase{
	flow.SayAlso:       say("Y también quería {service}.", "Ahora, lo otro que pidió: {service}."),
	flow.SayGotIt:      say("Anotado, gracias.", "Muy bien.", "Gracias.", "Perfecto.", "De acuerdo.", "Listo.", "Gracias por eso.", "Bien, ya lo tengo."),
	flow.SayThanksName: say("Gracias, {first}.", "Muchas gracias, {first}.", "Mucho gusto, {first}.", "Anotado, {first}."),
	flow.SayHearYou:    say("Le escucho.", "Entiendo, es muy molesto.", "Tiene toda la razón en molestarse.", "Entiendo, vamos a arreglarlo."),
	flow.SayUnderstand: say("Entiendo la preocupación, lo vamos a resolver.", "Le entiendo, aquí le ayudamos.", "Tranquilo, vamos paso a paso."),
	flow.SayWelcome:    say("De nada.", "Con mucho gusto.", "Para servirle.", "Es un placer."),
	flow.SayEasy:       say("Sin ninguna prisa.", "Tómese el tiempo que necesite.", "Vamos paso a paso."),
	flow.SayQuick:      say("Seré breve.", "No le quito mucho tiempo.", "Solo un par de cosas rápidas."),
}
