package messaging

import (
	"strings"
	"unicode"
)

// OptOutType is what a text says about texts themselves. The values are Twilio's.
type OptOutType string

// What a text can say about texts.
const (
	NoOptOut OptOutType = ""
	Stop     OptOutType = "STOP"
	Start    OptOutType = "START"
	Help     OptOutType = "HELP"
)

// optOutWords are whole texts, in lower case without punctuation, after the keywords that carriers share and the
// list of 47 CFR 64.1200(a)(10). Of longer texts package consent knows those that mean the same; the others ("please stop
// by at three") are the receptionist's to understand.
var optOutWords = map[string]OptOutType{
	"stop": Stop, "stopall": Stop, "stop all": Stop, "unsubscribe": Stop, "quit": Stop, "revoke": Stop,
	"optout": Stop, "opt out": Stop, "opt-out": Stop, "arret": Stop, "arrêt": Stop,
	"start": Start, "unstop": Start,
	"help": Help, "info": Help,
}

// spanishWords are the same in Spanish, with and without accents, as people type them. They are honoured in whatever
// language the business speaks: who writes ALTO means it. What answers a
// question of ours ("ya no", "no más") is none of them.
var spanishWords = map[string]OptOutType{
	"alto": Stop, "parar": Stop, "pare": Stop, "paren": Stop, "baja": Stop, "dar de baja": Stop, "darme de baja": Stop,
	"basta": Stop, "detener": Stop, "desuscribir": Stop, "desuscribirme": Stop,
	"no más mensajes": Stop, "no mas mensajes": Stop, "no mandar más": Stop, "no mandar mas": Stop, "ya no me escriban": Stop,
	"no me escriban": Stop, "no me manden mensajes": Stop, "dejen de escribirme": Stop,
	"iniciar": Start, "empezar": Start, "comenzar": Start, "reanudar": Start, "suscribir": Start, "alta": Start,
	"ayuda": Help, "información": Help, "informacion": Help,
}

// visitWords end texts too, but from someone who expects a visit they mean the visit.
var visitWords = map[string]bool{"cancel": true, "end": true, "cancelar": true, "cancele": true}

// ReadOptOut reads a whole text. visit says that the sender expects a visit from the business.
func ReadOptOut(body string, visit bool) OptOutType {
	w := bareWords(body)
	if visitWords[w] && !visit {
		return Stop
	}
	if t, ok := spanishWords[w]; ok {
		return t
	}
	return optOutWords[w]
}

// isSpanishWord says whether a whole text is a Spanish word about texts.
func isSpanishWord(body string) bool {
	w := bareWords(body)
	return spanishWords[w] != NoOptOut || w == "cancelar" || w == "cancele"
}

// isYes says whether a whole text is a bare yes.
func isYes(body string) bool { return bareWords(body) == "yes" }

// isVisitWord says whether ReadOptOut needs to know about visits for this text.
func isVisitWord(body string) bool { return visitWords[bareWords(body)] }

// bareWords is the text in lower case, without what surrounds its words.
func bareWords(s string) string {
	s = strings.ToLower(strings.TrimFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }))
	return strings.Join(strings.Fields(s), " ")
}
