package consent

import (
	"regexp"
	"strings"
)

// AboutRecording is what somebody's words say about the recording of the call.
type AboutRecording struct {
	Language string // of the words, ISO 639-1
	// Yes and No answer the question whether the call may be recorded. What is neither is no consent.
	Yes, No bool
	// Stop wants a recording stopped, Erase deleted, at any time in the call.
	Stop, Erase bool
	// Only says that the words hold nothing besides, as far as can be told.
	Only bool
}

// ReadRecording reads words of a call for what they say about its recording. A yes must be one beyond doubt: alone, or the
// first sentence. "Yeah hi, I need a plumber" is none; no harm is done by taking it for silence.
func ReadRecording(words string) AboutRecording {
	s := " " + bare(words) + " "
	said := parts(words)
	for _, l := range recordingWords {
		r := AboutRecording{Language: l.code, Stop: matches(l.stop, s), Erase: matches(l.erase, s)}
		switch {
		case r.Stop || r.Erase:
			r.Stop, r.No, r.Only = true, true, len(strings.Fields(s)) <= mostOfStop
			return r
		case len(said) > 0 && l.no.MatchString(said[0]):
			r.No, r.Only = true, l.nothingBut(l.no, said)
			return r
		case len(said) > 0 && l.yes.MatchString(said[0]):
			r.Yes, r.Only = true, l.nothingBut(l.yes, said)
			return r
		}
	}
	return AboutRecording{}
}

// parts are what was said between stops and commas: recognisers write "Yes, that's fine".
func parts(words string) []string {
	var out []string
	for _, p := range strings.Split(bare(strings.NewReplacer(",", ".", ":", ".", "–", ".", "—", ".").Replace(words)), "|") {
		if p = strings.TrimSpace(p); p != "" {
			out = append(out, p)
		}
	}
	return out
}

// mostOfStop is how many words a wish to stop has that says nothing else.
const mostOfStop = 12

// aboutRecording are the words of one language. yes and no match all that is said between two stops.
type aboutRecording struct {
	code            string
	yes, no, thanks *regexp.Regexp
	stop, erase     []*regexp.Regexp
}

// nothingBut says whether all parts are of one kind, or words of courtesy.
func (l aboutRecording) nothingBut(kind *regexp.Regexp, parts []string) bool {
	for _, p := range parts {
		if !kind.MatchString(p) && !l.thanks.MatchString(p) {
			return false
		}
	}
	return true
}

var recordingWords = []aboutRecording{
	{
		code: "en",
		yes: regexp.MustCompile(`^(?:(?:um|uh|oh|well|hi|hello) )*(?:` +
			`yes|yeah|yep|yup|sure|ok|okay|absolutely|of course|certainly|definitely|please do|no problem|go ahead|you may|you can|fine|alright|all right|i agree|i consent` +
			`|(?:yes |yeah |sure |ok |okay )?(?:thats|that is|its|it is|thatll be) (?:fine|ok|okay|all right|alright|good|cool|no problem)(?: (?:with|by) me)?` +
			`|(?:yes |yeah |sure )(?:sure|please|sir|maam|you can|you may|go ahead|of course|no problem|i do|i agree|i consent)(?: record(?: (?:it|this|me|the call|this call))?)?` +
			`|(?:you can|you may|go ahead and) record(?: (?:it|this|me|the call|this call))?` +
			`|i dont mind|(?:i have )?no objections?` +
			`)(?: please| thanks| thank you| sure)*$`),
		no:     regexp.MustCompile(`^(?:(?:um|uh|oh|well|hi|hello|sorry) )*(?:no|nope|nah|absolutely not|please dont|id rather not|i would rather not|id prefer not|i would prefer not|rather not|i do not consent|i dont consent|not really|you may not|you cant|no thanks|no thank you|no please|no dont|no please dont|no i dont want that|no you may not|no you cant)(?: (?:please|thanks|thank you|record(?:ed)?|it|this|me|be|to|the call|this call|want|dont))*$`),
		thanks: regexp.MustCompile(`^(?:thanks|thank you|please|no problem|hi|hello)$`),
		stop: patterns(
			`\b(?:stop|quit|end|turn off|switch off|shut off) (?:the |this |your |that )?(?:recording|taping)(?: (?:me|this|it|us|the call|this call))?\b`,
			`\b(?:dont|do not|please dont|not to|never) (?:record|tape)(?: (?:me|this|it|us|the call|this call|my call))?\b`,
			`\b(?:dont|do not) want (?:to be|this|it|the call|this call|my call|you)(?: to be| being)? (?:recorded|record|recording|taped)\b`,
			`\b(?:turn|switch|shut) (?:the |that |this )?(?:recording|recorder) off\b`,
		),
		erase: patterns(
			`\b(?:delete|erase|destroy|get rid of|throw away) (?:the |this |that |my |your |any |all )*(?:recording|recordings|tape)\b`,
			`\b(?:delete|erase) (?:what|everything|whatever) (?:you|was|has been)(?: have| has| been)* recorded\b`,
		),
	},
	{
		code: "es",
		yes: regexp.MustCompile(`^(?:(?:eh|este|bueno|hola) )*(?:` +
			`si|claro|claro que si|por supuesto|desde luego|como no|de acuerdo|esta bien|adelante|ok|okay|vale|acepto|sin problema|no hay problema|no me importa|puede grabar(?:la|lo|me)?|pueden grabar(?:la|lo|me)?|puede|pueden` +
			`|si (?:claro|puede|pueden|senor|senora|senorita|adelante|esta bien|por supuesto|acepto|como no|de acuerdo|puede grabar(?:la|lo|me)?|pueden grabar(?:la|lo|me)?)` +
			`)(?: por favor| gracias)*$`),
		no:     regexp.MustCompile(`^(?:(?:eh|este|bueno|hola|perdon) )*(?:no|prefiero que no|mejor no|para nada|de ninguna manera|no gracias|no por favor|no acepto|no quiero)(?: (?:no|gracias|por favor))*$`),
		thanks: regexp.MustCompile(`^(?:gracias|por favor|muchas gracias|hola)$`),
		stop: patterns(
			`\b(?:deje|dejen|deja|pare|paren|para|detenga|detengan) (?:ya )?(?:de )?(?:grabar(?:me|la|lo)?|la grabacion|esa grabacion)\b`,
			`\bno (?:me |la |lo |nos )?(?:grabe|graben|grabes)\b`,
			`\bno quiero (?:que me graben|que me grabe|que graben|que se grabe|que lo graben|que la graben|ser grabad[oa])\b`,
			`\b(?:apague|apaguen|quite|quiten) la grabacion\b`,
		),
		erase: patterns(
			`\b(?:borre|borren|elimine|eliminen|borra) (?:la |esa |esta |mi |las |toda la )*(?:grabacion|grabaciones)\b`,
			`\b(?:borre|borren|elimine|eliminen) lo (?:que )?(?:grabaron|grabo|grabado|han grabado|ha grabado)\b`,
		),
	},
}
