package es

import (
	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

// wishes reads wishes without a time of their own, times that are no wish, and the words that join times:
// exclusions, corrections, alternatives.
func wishes(s *grammar.Spec) {
	each := func(kind grammar.Kind, value any, name string, score float64, patterns ...string) {
		for _, p := range patterns {
			s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: p, Value: value, Score: score})
		}
	}
	each(m.KSpecial, m.Soonest, "soonest", 0,
		"[lo] (antes|más pronto|más rápido|más temprano|más cerca|más rapido) (posible|que pueda|que puedan|que se pueda|que tenga|que tengan|que haya)", "cuanto antes", "(ahorita|ahora|ya) [mismo|mismito] $", "(ahorita mismo|ahora mismo|ya mismo|inmediatamente|de inmediato|de una vez|de volada|urgentemente)",
		"en cuanto (pueda|puedan|se pueda|tenga|tengan|haya)", "tan pronto (como|que) (pueda|puedan|sea posible|se pueda|tenga|tengan)", "(la|lo|el|su|al|para la|para el) (primera|primero|primer|próxima|más pronto) [cita|hora|horario|espacio|lugar] (disponible|que tenga|que tengan|que haya|que pueda|que puedan|posible)",
		"(lo|la|el) más (pronto|temprano|rápido|cercano|cercana|cerca) [que tenga|que tengan|que haya|posible]", "(asap|as soon as possible)", "entre más (pronto|rápido) mejor", "(mientras|cuanto) (más pronto|antes|más rápido) mejor", "(qué|que) tan pronto (puede|pueden|podría|podrían)", "(puede|pueden|podría|podrían) venir (ahorita|ahora|ya)", "lo más pronto", "lo antes")
	each(m.KSpecial, m.Any, "any time", 0,
		"(a|en|por) cualquier (hora|momento|día|rato)", "cualquier (hora|momento|día|rato|horario|fecha)", "cuando (sea|quiera|quieran|pueda|puedan|guste|gusten|usted quiera|usted pueda|ustedes puedan|ustedes quieran|usted diga|ustedes digan|le convenga|les convenga|tenga tiempo|tengan tiempo|tenga|tengan|me diga|tenga espacio|tengan espacio|haya)", "(me da|da) (igual|lo mismo)",
		"no (me importa|importa|tengo preferencia|tengo problema con la hora|tengo problema con el horario) [cuando|el día|la hora|a qué hora]", "(el|la|lo) que (sea|usted diga|ustedes digan|quiera|quieran|tenga|tengan|guste|le convenga|les convenga|pueda|puedan)", "(estoy|voy a estar|estaré|estamos) [libre|disponible|en casa|en la casa|aquí] (todo el día|toda la semana|todos los días|siempre)", "todo el día", "(soy|estoy) flexible", "usted (diga|dígame|decida|escoja)", "ustedes (digan|díganme|decidan)", "sin preferencia")
	each(m.KSpecial, m.Later, "later", 0,
		"[algo|un poco|un poquito|una hora|otro horario|una] más (tarde|tardecito|adelante|noche) [que eso|en la semana|en el día]", "(algo|tiene algo|hay algo|tendrá algo) después", "después de (eso|esa|ese|esas|esos)")
	each(m.KSpecial, m.Earlier, "earlier", 0,
		"[algo|un poco|un poquito|una hora|otro horario|una] más (temprano|tempranito|pronto|antes)", "(algo|tiene algo|hay algo|tendrá algo|tienen algo|habrá algo|nada) antes", "antes de (eso|esa|ese|esas|esos)")

	// Times that are no wish.
	each(m.KPast, true, "since a time", 2,
		"desde (<days>|<hours>|<visit>)", "hace (<length>|rato|mucho|poco|tiempo|unos días|ratito)", "(<weekday>|semana|mes|año|noche|fin de semana) (pasado|pasada|antepasado|anterior)", "(la|el|este) [<part>] [semana|mes|año|noche|fin de semana] (pasado|pasada)", "el <weekday> (pasado|antepasado)",
		"(ayer|anoche|antier|anteayer|antenoche|anteanoche) [por|en] [la] [<part>]", "el otro día", "toda la (noche|mañana|semana|tarde)", "todas las (noches|mañanas|semanas|tardes)", "todos los (días|meses|años|<weekday>)", "cada (día|mañana|noche|semana|mes|año|vez|rato|<weekday>|<length>)",
		"(por|llevo|llevamos|lleva|como|casi|más de|durante|duró|tarda|tardan|tardó|toma|dura) [ya] [como] <length>", "<length> (de garantía|de viejo|de vieja|de edad|de uso|esperando|sin)", "(tiene|tengo|tenemos|tenía) [como] <length> (que|esperando|sin|con|de)", "(una|dos) (vez|veces) (al|a la|por) <grain>", "(buenos|buen) (días|día)", "(buenas|buena) (tardes|tarde|noches|noche)", "(hoy|esta mañana) (en la mañana amaneció|amaneció)", "de vez en cuando", "a veces", "que tenga [un|una] (buen|buena|bonito|bonita|lindo|linda) (día|tarde|noche|semana|fin de semana)", "(feliz|lindo|bonito) (día|tarde|noche|fin de semana)", "(otros|esos|aquellos|estos|unos) días")
	ruling := func(name string, kind grammar.Kind, score float64, follows bool, patterns ...string) {
		for _, p := range patterns {
			s.Add(grammar.Rule{Name: name, Kind: kind, Pattern: p, Score: score, Make: func(mt *grammar.Match) (any, bool) {
				return true, afterTime(mt) == follows && (follows || leadsToTime(mt))
			}})
		}
	}
	const cannot = "no (puedo|podemos|podría|podré|voy a poder|vamos a poder|me sirve|nos sirve|me funciona|me queda|me quedaría|me queda bien|me conviene|me acomoda|estoy|estaré|estamos|voy a estar|vamos a estar|me va a quedar|se puede|tengo tiempo|va a poder ser|me viene bien|está bien|quiero|hay nadie|va a haber nadie|habrá nadie|están|es posible) [el|para|en la casa|en casa|ahí|en|disponible|aquí|que sea]"
	// "no puedo el lunes" rules out what follows, "el lunes no puedo" what was said.
	ruling("ruling out", m.KOff, 0, false, "no", cannot, "(trabajo|ando ocupado|ando ocupada|estoy ocupado|estoy ocupada|salgo de viaje) (el|los|en la|por la|en|a)")
	each(m.KOff, true, "ruling out", 0, "pero no", "(menos|excepto|salvo|aparte de|que no sea|quitando|con excepción de)", "(cualquier día|cualquiera|todos los días|cuando sea|todos) (menos|excepto|que no sea)")
	ruling("ruling out what was said", m.KOffAfter, 2, true, "no", cannot, "(trabajo|estoy ocupado|estoy ocupada|ando ocupado|ando ocupada|es imposible|está difícil|es difícil|está complicado|imposible|ni modo)")
	each(m.KAmend, false, "correcting, perhaps", 0, "(espere|espérese|espéreme|perdón|disculpe|perdone|en realidad|la verdad|este no|más bien)")
	each(m.KAmend, true, "correcting", 1,
		"(no|ay no|uy no) (perdón|perdone|espere|espérese|disculpe|mejor|digo|mentira)", "(digo|quise decir|quiero decir|mejor dicho|me equivoqué|corrijo|corrección|perdón no|perdón digo|perdón es|disculpe es)", "no espere no", "(cámbielo|cámbiela|cambie eso) (a|por|para)", "más bien", "o sea no")
	each(m.KOr, true, "or", 0, "o", "o (también|tal vez|quizás|quizá|si no|bien|sino|incluso|a lo mejor)", "u", "(si no|sino|o el|o la|o en la|o por la|y también)")
	each(m.KInstead, true, "instead", 0, "(mejor|entonces|en vez)")
}

// leadsToTime says whether what is ruled out follows: after "no puedo," another wish does, and after "no tengo" a thing.
func leadsToTime(mt *grammar.Match) bool {
	for i := mt.From + 1; i <= mt.To && i < len(mt.Tokens) && mt.To > mt.From+1; i++ {
		if mt.Tokens[i].Gap&(grammar.Comma|grammar.Stop) != 0 {
			return false
		}
	}
	if mt.To == len(mt.Tokens) || mt.To > mt.From+1 {
		return true
	}
	next := &mt.Tokens[mt.To]
	return timeWord[next.Norm] || timeLead[next.Norm] || next.Digits
}

var timeLead = wordSet("el la los las en por para a al antes despues ese esa este esta tan muy entre de pasado tempranito temprano ni")

// afterTime says whether a match comes right after a time: "el lunes ya no puedo".
func afterTime(mt *grammar.Match) bool {
	for i := mt.From; i > 0 && i > mt.From-3 && mt.Tokens[i].Gap&(grammar.Comma|grammar.Stop) == 0; i-- {
		if w := mt.Tokens[i-1].Norm; timeWord[w] {
			return true
		} else if w != "ya" && w != "yo" && w != "es" && w != "pues" {
			return false
		}
	}
	return false
}

// timeWord are words that a time ends with, so that a refusal after them is about it.
var timeWord = wordSet(`lunes martes miercoles jueves viernes sabado domingo hoy manana tarde noche mediodia semana mes dia tardes noches mananas dias una dos tres cuatro cinco seis siete
	ocho nueve diez once doce media cuarto enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ese esa esos esas`)
