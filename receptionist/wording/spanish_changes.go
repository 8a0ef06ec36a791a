package wording

import "fixly/receptionist/flow"

// spanishChanges is what the shop has to say of its own accord, and what is said of visits that wait for the owner: never
// that they are booked.
var spanishChanges = map[flow.Kind]Phrase{
	flow.SayShopMoved:      say("Tuvimos que cambiar su visita de {service}, ahora es {windows}.", "Su visita de {service} tuvo que cambiar: ahora es {windows}."),
	flow.SayShopCancelled:  say("Lo siento, tuvimos que cancelar su visita de {service}: {windows}.", "Tuvimos que cancelar su visita de {service}, {windows}."),
	flow.SayShopTaken:      say("Lo siento, el horario que le dimos, {windows}, resultó estar ocupado.", "El horario que le dimos, {windows}, resultó estar ocupado."),
	flow.SayDeclined:       say("Lo siento, {person} no puede ir {windows}.", "Resulta que {person} no puede ir {windows}."),
	flow.SayBetterTime:     say("{person} podría ir {windows}.", "En cambio, {person} puede ir {windows}."),
	flow.TellReplyYes:      say("Responda SÍ si le queda bien, o díganos otra hora.", "Si le queda bien, responda SÍ. Si no, díganos otra hora."),
	flow.TellAgreed:        both("Muy bien, queda {windows}. ¡Ahí nos vemos!", "Muy bien, queda {windows}."),
	flow.TellPutDown:       say("Le aparté {windows}, y {person} le confirma por mensaje.", "Queda apartado: {windows}. {person} le manda un mensaje para confirmar."),
	flow.TellByeWaiting:    both("¡Gracias! {person} le confirma por mensaje.", "Gracias, {person} le confirma por mensaje. Adiós."),
	flow.TellStatusWaiting: say("Le tengo apartado {windows}, y {person} todavía no lo confirma.", "Su visita de {service} está apartada para {windows}. {person} la tiene que confirmar."),
}
