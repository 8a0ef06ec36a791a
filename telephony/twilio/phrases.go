package twilio

import "strings"

// phrases are the few sentences that are said when the receptionist can't be asked: the number is nobody's, the
// database is gone, or the call has gone on for too long.
type phrases struct {
	locale       string // of speech and recognition, BCP 47
	notInService string
	apology      string // before the caller is put through to the owner
	tryAgain     string // when there is nobody to put them through to
	timeUp       string
	callFor      string // to a person of the chain who picked up: who is calling for which business
	urgentFor    string // the same where it is urgent
	pressOne     string
	recorded     string // to the same: they are recorded as well
	tooLate      string // to who presses 1 after somebody else has
	leaveWord    string // before the tone of a voicemail; it says that it is recorded
	gotWord      string // after it
	tryNext      string // to a caller who is being put through: the first did not pick up
}

var byLanguage = map[string]phrases{
	"en": {
		locale:       "en-US",
		notInService: "Sorry, this number is not set up to take calls. Goodbye.",
		apology:      "I'm sorry, something went wrong on my side. I'll put you through to someone right away.",
		tryAgain:     "I'm sorry, something went wrong on our side. Please call again in a few minutes.",
		timeUp:       "I'm sorry, I have to end this call here. Please call or text this number again and we'll go on where we stopped.",
		callFor:      "A call for",
		urgentFor:    "Emergency call for",
		recorded:     "This call is recorded.",
		pressOne:     "Press 1 to take it.",
		tooLate:      "Thank you, this call is taken already. Goodbye.",
		leaveWord:    "Nobody can take your call at the moment. Please leave your name, your number and what you need after the tone. Your message is recorded.",
		gotWord:      "Thank you. We have your message and will call you back. Goodbye.",
		tryNext:      "No answer there. One moment, I'll try someone else.",
	},
	"es": {
		locale:       "es-US",
		notInService: "Lo sentimos, este número no atiende llamadas. Adiós.",
		apology:      "Lo siento, algo falló de mi lado. Le comunico con alguien enseguida.",
		tryAgain:     "Lo sentimos, algo falló de nuestro lado. Por favor llame de nuevo en unos minutos.",
		timeUp:       "Lo siento, tengo que terminar la llamada aquí. Llame o escriba de nuevo a este número y seguimos donde quedamos.",
		callFor:      "Una llamada para",
		urgentFor:    "Una emergencia para",
		recorded:     "Esta llamada se graba.",
		pressOne:     "Oprima 1 para atenderla.",
		tooLate:      "Gracias, esta llamada ya está atendida. Adiós.",
		leaveWord:    "En este momento nadie puede atenderle. Deje su nombre, su número y lo que necesita después del tono. Su mensaje se graba.",
		gotWord:      "Gracias. Tenemos su mensaje y le devolveremos la llamada. Adiós.",
		tryNext:      "Ahí no contestan. Un momento, pruebo con otra persona.",
	},
}

// phrasesIn gives the phrases of a language ("en", "es-MX"), English for one we do not have.
func phrasesIn(language string) phrases {
	base, _, _ := strings.Cut(strings.ToLower(language), "-")
	if p, ok := byLanguage[base]; ok {
		return p
	}
	return byLanguage["en"]
}

// locale is the tag that Twilio's speech and recognition take for a language, which may have a region of its own.
func locale(language string) string {
	if strings.Contains(language, "-") {
		return language
	}
	return phrasesIn(language).locale
}
