package wording

import "fixly/receptionist/flow"

// spanishTrades is what comes of the trade packs (package business/trades), in Spanish.
var spanishTrades = map[flow.Kind]Phrase{
	flow.SayQuoteFirst: say("Para {service} primero hacemos una visita: {list}.", "Antes de {service} pasamos a verlo: {list}."),
	flow.SayBoth:       say("Claro, anoté ambas cosas: {list}.", "Anoté todo: {list}."),
	flow.TellNotOurs:   say("Disculpe, no nos dedicamos a {text}.", "No hacemos {text}."),
	flow.AskNext:       say("{next}", "Bien. {next}", "Entendido. {next}"),
	flow.AskThing:      say("¿Qué problema tiene, con {things}, o con otra cosa?", "¿Qué necesita arreglar: {things}, u otra cosa?", "¿Tiene que ver con {things}, o con otra cosa?"),
	flow.AskVisit:      say("Sería {service}. ¿Quiere agendar una visita para que alguien lo vea?", "Alguien tiene que verlo, sería {service}. ¿Le gustaría agendar una visita?"),

	flow.HazardElectric: say("Por favor no lo toque. Si ve humo o fuego, salga y llame al 911.", "Por ahora no se acerque, y llame al 911 si hay humo o fuego."),
	flow.HazardWater:    say("No se meta al agua, ni toque nada eléctrico que esté cerca.", "Aléjese del agua y de todo lo eléctrico."),
	flow.HazardSpring:   say("Por favor no toque la puerta ni el resorte, están bajo mucha tensión.", "Por favor no mueva esa puerta, el resorte puede soltarse."),
	flow.HazardPerson:   say("Si hay alguien encerrado, por favor llame al 911 ahora mismo, llegan más rápido.", "Por favor llame primero al 911, ellos abren más rápido."),
	flow.HazardFall:     say("Por favor no suba al techo, y aléjese de ese lado de la casa.", "Por ahora que nadie se acerque ahí."),
}
