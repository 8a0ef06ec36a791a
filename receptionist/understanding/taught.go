package understanding

import (
	"strings"
	"unicode"

	"fixly/business"
)

// taughtScore is how sure we are of what the owner taught: as sure as of anything, short of certain.
const taughtScore = 0.95

// taughtPhrase is a phrase that the owner taught, as words.
type taughtPhrase struct {
	words []string
	business.Taught
}

// learnTaught takes up the owner's phrases.
func (e *Engine) learnTaught() {
	for _, t := range e.b.Taught {
		p := taughtPhrase{Taught: t}
		eachWord(t.Say, func(w string, _, _ int) { p.words = append(p.words, w) })
		if len(p.words) > 0 {
			e.taught = append(e.taught, p)
		}
	}
}

// readTaught looks for the owner's phrases among the words as they were said. What is taught comes after what is built
// in and wins over it, but for danger: no phrase takes that away.
func (u *utterance) readTaught() {
	if len(u.e.taught) == 0 {
		return
	}
	type said struct {
		word     string
		from, to int
	}
	var words []said
	eachWord(u.text, func(w string, from, to int) { words = append(words, said{w, from, to}) })
	for i := range u.e.taught {
		p := &u.e.taught[i]
	next:
		for at := 0; at+len(p.words) <= len(words); at++ {
			for k, w := range p.words {
				if words[at+k].word != w {
					continue next
				}
			}
			from, to := words[at].from, words[at+len(p.words)-1].to
			u.takeTaught(p, u.text[from:to])
			u.out.Spans = append(u.out.Spans, Span{From: from, To: to, Kind: "taught", Value: p.Means, Rule: "taught " + string(p.Kind)})
			break
		}
	}
}

// takeTaught takes a phrase, said in these words, for what it means.
func (u *utterance) takeTaught(p *taughtPhrase, words string) {
	o := &u.out
	switch p.Kind {
	case business.TaughtService:
		o.Service, o.ServiceScore, o.NotOffered, u.named = p.Means, taughtScore, "", true
		if o.Problem == "" {
			o.Problem = words
		}
	case business.TaughtIntent:
		u.raise(Intent(p.Means), taughtScore, nil)
	case business.TaughtAnswer:
		o.Answer = Answer(p.Means)
	case business.TaughtUrgency:
		if o.Urgency != "emergency" {
			o.Urgency = p.Means
		}
	}
}

// eachWord gives the words of a text in lower case with the bytes that they stand at. What lies within a word and is no
// letter or digit ("who's") does not count: recognisers disagree about it.
func eachWord(text string, word func(w string, from, to int)) {
	from := -1
	var b strings.Builder
	end := func(at int) {
		if from >= 0 && b.Len() > 0 {
			word(b.String(), from, at)
		}
		from = -1
		b.Reset()
	}
	for i, r := range text {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			if from < 0 {
				from = i
			}
			b.WriteRune(unicode.ToLower(r))
		case unicode.Is(unicode.Mn, r) || r == '\'' || r == '’':
			// an accent put on afterwards, or an apostrophe: within the word
		default:
			end(i)
		}
	}
	end(len(text))
}
