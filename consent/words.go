package consent

import (
	"regexp"
	"strings"
	"unicode"
)

// Revocation is what somebody's own words take back.
type Revocation struct {
	Language string // of the words, ISO 639-1
	Texts    bool   // no more texts
	Calls    bool   // no more calls
}

// None says that nothing is taken back.
func (r Revocation) None() bool { return !r.Texts && !r.Calls }

// Revokes reads words in which somebody takes consent back without any of the key words ("please don't text me
// anymore", "ya no me manden mensajes"). Any words that a reasonable person would take so count. spoken says that they
// were spoken in a call: what is said there is said about calls as well, and "please stop" or "quítenme" about anything.
//
// What only sounds like it is left to the receptionist: "stop by at three", "don't text me until noon", "if you don't
// text me by five I'll call".
func Revokes(words string, spoken bool) Revocation {
	said := bare(words)
	for _, l := range languages {
		r := l.written(said)
		if spoken {
			r = l.spoken(said)
		}
		if !r.None() {
			r.Language = l.code
			return r
		}
	}
	return Revocation{}
}

// written reads what was written. It answers our texts, and is about texts unless it says something else.
func (l *revoking) written(said string) Revocation {
	s := replaced(replaced(said, l.wishes, " | $1 $2 "), l.unless, " | ")
	return Revocation{Texts: matches(l.texts, s) || matches(l.textsWritten, s) || matches(l.both, s), Calls: matches(l.calls, s)}
}

// spoken reads what was said in a call. Who wants no more calls is sent no texts either, unless they ask for those.
func (l *revoking) spoken(said string) Revocation {
	s := replaced(replaced(replaced(said, l.wishes, " | $1 $2 "), l.unlessSpoken, " | "), l.unless, " | ")
	texts, onlyCalls := matches(l.texts, s), matches(l.textsInstead, s)
	both := matches(l.both, s) || matches(l.bothSpoken, s)
	switch {
	case onlyCalls, both && matches(l.textsWanted, s):
		return Revocation{Calls: true, Texts: texts}
	case both:
		return Revocation{Calls: true, Texts: true}
	}
	return Revocation{Texts: texts}
}

// replaced puts something in place of all that the patterns match, with single spaces and one at either end.
func replaced(s string, ps []*regexp.Regexp, by string) string {
	s = " " + strings.TrimSpace(s) + " "
	for _, p := range ps {
		s = " " + strings.Join(strings.Fields(p.ReplaceAllString(s, by)), " ") + " "
	}
	return s
}

func matches(ps []*regexp.Regexp, s string) bool {
	for _, p := range ps {
		if p.MatchString(s) {
			return true
		}
	}
	return false
}

// bare is what was said in lower case, with single spaces, sentences apart ("|"), without accents and apostrophes.
func bare(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		switch {
		case r == '\'' || r == '\u2019':
		case strings.ContainsRune(".!?;\n", r):
			b.WriteString(" | ")
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if plain, ok := accents[r]; ok {
				r = plain
			}
			b.WriteRune(r)
		default:
			b.WriteByte(' ')
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

var accents = map[rune]rune{'á': 'a', 'é': 'e', 'í': 'i', 'ó': 'o', 'ú': 'u', 'ü': 'u', 'ñ': 'n'}

// revoking are the words of one language.
type revoking struct {
	code string
	// wishes are ways to put a wish, which begins a sentence then ("I told you", "can you please stop calling"); unless are
	// taken out of what was said before the others are looked for.
	wishes, unless []*regexp.Regexp
	// texts, calls and both end texts, calls or both, textsWritten only where they are written, bothSpoken only where spoken.
	texts, textsWritten, calls, both, bothSpoken []*regexp.Regexp
	// Of what was spoken: unlessSpoken is taken out first; textsInstead ends calls and asks for texts; who says one of
	// textsWanted keeps them.
	unlessSpoken, textsInstead, textsWanted []*regexp.Regexp
}

var languages = []*revoking{&english, &spanish}

func patterns(list ...string) []*regexp.Regexp {
	out := make([]*regexp.Regexp, len(list))
	for i, p := range list {
		out[i] = regexp.MustCompile(p)
	}
	return out
}

// What follows a wish not to be written to and ends it: nothing, or a word of emphasis, not a time or a thing.
const (
	enEnd = `(?: (?:again|anymore|any more|ever|please|pls|thanks|thank you|at all|ok|okay|now|just|only|i|im|so|and|or|but|call|we|stop|no|never|this|here|from)\b|(?: \|)| $)`
	esEnd = `(?: (?:mas|nunca|por favor|gracias|ya|solo|mejor|y|pero|ni|llamen|llame|no|nunca|jamas|a este|a mi)\b|(?: \|)| $)`
)

var english = revoking{
	code: "en",
	wishes: patterns(
		`\b(?:i|ive|we|weve) (?:have )?(?:already |just )?(?:told|asked|said|say)(?: (?:to )?(?:you|u|yall|them|him|her)\b)?(?: (?:guys|people|all|folks|already|before|twice|again|\w+ times))*(?: to\b)?`,
		`\b(?:can|could|would|will) (?:you|u|yall)(?: guys| people)?(?: just| please| pls)* (stop|quit) (calling|texting|messaging|contacting|bothering|spamming)\b`,
	),
	unless: patterns(
		`\b(?:if|unless|when|until|because|why|did|do|does|can|could|would|will|have|has|maybe) (?:you|u|they|i|we|he|she)(?: guys)? (?:dont|do not|didnt|cant|cannot|never|stop|quit)\b`,
		`\b(?:you|u|they|he|she|it|phone|i|we)(?: guys)? (?:dont|do not|didnt|cant|cannot|never) (?:text|message|call)\b`,
		`\bstop by\b`,
	),
	texts: patterns(
		`\b(?:stop|quit|cease|end)(?: with)?(?: all| any)?(?: of)?(?: the| these| those| your| this| sending(?: me| us)?(?: the| these| those| any| all| your| more)*| getting)?(?: automated| spam| marketing)? (?:texts|texting|text messages|text messaging|messages|messaging|sms|spam|spamming|txts|txting)\b`,
		`\b(?:dont|do not|never|no longer|not to) (?:ever )?(?:text|message|msg|txt|sms)(?: me| us| this number| this phone| my phone| my number)?(?: back)?`+enEnd,
		`\b(?:dont|do not|never) (?:send|want|need|wish)(?: to (?:get|receive|have))?(?: me| us)?(?: any| anymore| more| your| these| those| the| any more)* (?:texts|text messages|messages|sms|txts)\b`,
		`\bno (?:more )?(?:texts|text messages|sms|txts)\b(?: please| pls| thanks| anymore| \||$| $| to)|\bno more (?:messages|texting)\b`,
	),
	textsWritten: patterns(
		`\bno (?:messages|texting)\b(?: please| pls| thanks| anymore| \||$| $| to)`,
		enOffList,
		`\b(?:unsubscribe|opt) me\b|\b(?:opt me out|unsubscribe me|unsubscribe please|please unsubscribe|please remove me|remove me please|remove my number|delete my number|lose my number)\b`,
		`\b(?:want|like|wish|need|going|let me|wanna) (?:to )?(?:opt out|unsubscribe|be removed|be taken off)\b`,
		`(?:^|\|) ?(?:please |pls )?(?:stop|quit)(?: it| now| this| please| pls| already| right now| immediately| thanks| thank you)+ (?:\||$)`,
		`(?:^|\|) ?(?:please|pls) (?:stop|quit) (?:\||$)`,
		`(?:^|\|) ?remove(?: me)? (?:\||$)`,
	),
	calls: patterns(
		`\b(?:stop|quit) calling(?: me| us| this number)?\b`,
		`\b(?:dont|do not|never) (?:ever )?call(?: me| us| this number| here)?(?: back)?(?: again| anymore| any more| ever)\b`,
		`\bno more (?:phone )?calls\b`,
		`\bdo not call list\b`,
	),
	both: patterns(
		`\b(?:stop|quit) (?:contacting|bothering|harassing|pestering)\b`,
		`\b(?:dont|do not|never) (?:ever )?(?:contact|bother) (?:me|us)\b`+enEnd,
		`\bleave me alone\b`,
	),
	unlessSpoken: enUnlessSpoken, bothSpoken: enBothSpoken, textsInstead: enTextsInstead, textsWanted: enTextsWanted,
}

var spanish = revoking{
	code: "es",
	unless: patterns(
		`\b(?:si|cuando|hasta que|porque|por que|aunque) (?:ustedes |usted |ya )?no (?:me |nos )?\w+`,
		`\blista de (?:espera|citas|cancelacion\w*)\b`,
	),
	texts: patterns(
		`\b(?:ya )?no (?:me|nos) (?:escriban|escriba|escribas|texteen|textee|textees|mensajeen)`+esEnd,
		`\b(?:ya )?no (?:me |nos )?(?:manden|mande|mandes|envien|envie|envies|escriban|escriba)(?: mas| nada| estos| esos| sus| ningun| ningunos)* (?:mensajes|mensaje|textos|texto|mensajitos|sms)\b`,
		`\b(?:deje|dejen|deja|paren|pare|para) (?:ya )?de (?:escribirme|textearme|escribir|textear|(?:mandar|enviar)(?:me|nos)?(?: mas| tantos| sus| estos| esos)* (?:mensajes|textos|mensajitos|sms))\b`,
		`\b(?:ya )?no (?:quiero|deseo|queremos|necesito)(?: recibir| mas| sus| estos| que me manden| que me escriban| que me envien)* (?:mensajes|textos|sms|mensajitos)\b`,
		`\b(?:ya )?no (?:quiero|deseo) que me (?:escriban|texteen|manden|envien)\b`,
		`\bno mas (?:mensajes|textos|sms|mensajitos)\b`,
	),
	textsWritten: patterns(
		`\b(?:ya )?no (?:me |nos )?(?:manden|mande|mandes|envien|envie) mas\b`,
		`\b(?:deje|dejen|deja|paren|pare|para) (?:ya )?de (?:mandarme|enviarme|mandar|enviar)\b`,
		`\b(?:quitenme|quiteme|saquenme|saqueme|borrenme|borreme|eliminenme|quiten mi numero|borren mi numero|saquen mi numero)(?: ya| por favor)*(?: gracias| \||$| $| de (?:aqui|esto)\b| de (?:su|sus|la|las|esa|esta|todas sus|todas las) (?:lista|listas|base de datos|sistema|contactos|mensajes|textos)\b)`,
		`\b(?:quiero|deseo|favor de) (?:darme|dar) de baja\b|\bdenme de baja\b|\bdeme de baja\b`,
		`\bbasta (?:ya )?(?:de|con) (?:los |estos |sus |tantos )?(?:mensajes|textos)\b|(?:^|\|) ?(?:ya )?basta(?: ya| por favor)* (?:\||$)`,
		`(?:^|\|) ?(?:por favor )?(?:alto|paren|pare|parar|detener)(?: ya| por favor)+ (?:\||$)|(?:^|\|) ?por favor (?:paren|pare|alto) (?:\||$)`,
	),
	calls: patterns(
		`\b(?:ya )?no (?:me|nos) (?:llamen|llame|llames|marquen|hablen por telefono)(?: mas| nunca| otra vez| de nuevo)\b`,
		`\b(?:deje|dejen|deja) de (?:llamarme|llamar|marcarme)\b`,
		`\bno mas llamadas\b`,
	),
	both: patterns(
		`\b(?:deje|dejen|deja) de (?:molestar|molestarme|contactarme)\b`,
		`\bno (?:me|nos) (?:molesten|moleste|contacten|contacte)`+esEnd,
		`\bdejenme en paz\b|\bdejeme en paz\b`,
	),
	unlessSpoken: esUnlessSpoken, bothSpoken: esBothSpoken, textsInstead: esTextsInstead, textsWanted: esTextsWanted,
}
