package wording

import "fixly/receptionist/flow"

// spanishFollowUps are the texts that nobody was waiting for, see englishFollowUps.
var spanishFollowUps = map[flow.Kind]Phrase{
	flow.SayReminder:     say("{business}: su visita de {service} es {windows}.", "{business}: vamos {windows} por su visita de {service}."),
	flow.TellHowToAnswer: say("Responda C para confirmar, M para moverla, X para no hacerla.", "C la confirma, M la cambia de hora, X la deja sin efecto."),
	flow.TellMoveOrOff: say(
		"¿Le queda mejor otra hora? Responda M para moverla o X para no hacerla.",
		"¿Buscamos otra hora? M la mueve, X la deja sin efecto.",
	),
	flow.TellConfirmed:  both("Gracias, queda confirmada: {windows}. ¡Ahí nos vemos!", "Gracias, queda confirmada: {windows}."),
	flow.SayNudge:       say("Le escribe {business}. Nos faltó terminar de agendar su visita de {service}.", "{business} otra vez, por su visita de {service}."),
	flow.SayStillNeeded: say("{business}: ¿todavía necesita ayuda con {service}?", "{business}: ¿sigue pendiente lo de {service}?"),
	flow.SayStillWords: say(
		"{business}: nos contó de \"{text}\". ¿Todavía necesita que vayamos?",
		"{business}: ¿sigue el problema de \"{text}\"?",
	),
	flow.TellPickOne:       say("Responda cuál le queda bien, NO si no nos necesita, ALTO para no recibir más.", "¿Cuál le queda bien? NO si no nos necesita, ALTO para no recibir más."),
	flow.TellTakeIt:        say("Responda SÍ si le queda bien, NO si no nos necesita, ALTO para no recibir más.", "¿Le queda bien? NO si no nos necesita, ALTO para no recibir más."),
	flow.TellAfterEstimate: say("{business}: después de nuestra visita, ¿agendamos el trabajo? Responda SÍ, NO o con sus preguntas. ALTO para no recibir más.", "{business}: ¿quiere que hagamos el trabajo que vimos? SÍ, NO, o pregúntenos. ALTO para no recibir más."),
	flow.TellTimeAgain:     say("{business}: ya casi toca otra vez su {service}. ¿Agendamos la visita? Responda SÍ o NO. ALTO para no recibir más.", "{business}: vuelve a tocar su {service}. ¿Quiere una hora? SÍ, NO, o pregúntenos. ALTO para no recibir más."),
	flow.TellLeftIt:        both("Sin problema. Aquí estamos si nos necesita.", "Está bien. Aquí estamos si nos necesita."),
}
