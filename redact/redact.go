// Package redact cuts out of a caller's words what nobody here should keep: payment cards with their expiry dates and
// security codes, social security numbers, bank details, passwords. It is applied before anything is stored, understood
// or shown to a model, so that these are nowhere: not in transcripts, texts, summaries or logs.
//
// Telephone numbers, ZIP codes, house and unit numbers, licence numbers, gate codes and times stay: a booking hangs on
// them. Where a run of digits could be either, it stays unless it passes as a card (issuer, length and check digit).
package redact

import "strings"

// Mark stands where something was cut. It is one word that no language's rules know.
const Mark = "[redacted]"

// Text cuts what must not be kept out of an utterance or a text.
func Text(s string) string {
	out, _ := Cut(s, false)
	return out
}

// Cut is Text for one turn of a conversation. afterCard says that a card was cut shortly before, so that a bare
// expiry date or security code is one. The second result says whether a card was cut here.
func Cut(s string, afterCard bool) (out string, card bool) {
	tokens := scan(s)
	if len(tokens) == 0 {
		return s, false
	}
	c := cutter{text: s, tokens: tokens, runs: runsOf(s, tokens)}
	c.cards()
	if afterCard && !c.card {
		c.restOfCard()
	}
	c.labelled()
	return c.apply(), c.card
}

// cutter is one text on its way.
type cutter struct {
	text   string
	tokens []token
	runs   []run
	spans  []span
	card   bool // a card was found
}

// span is a stretch of the text to cut, by bytes.
type span struct{ from, to int }

// cut notes that the tokens from..to-1 go.
func (c *cutter) cut(from, to int) {
	if from < to {
		c.spans = append(c.spans, span{c.tokens[from].from, c.tokens[to-1].to})
	}
}

// apply writes the text without the spans.
func (c *cutter) apply() string {
	if len(c.spans) == 0 {
		return c.text
	}
	gone := make([]bool, len(c.text))
	for _, s := range c.spans {
		for i := s.from; i < s.to; i++ {
			gone[i] = true
		}
	}
	var b strings.Builder
	for i := 0; i < len(c.text); {
		if !gone[i] {
			b.WriteByte(c.text[i])
			i++
			continue
		}
		end := i
		for end < len(c.text) && gone[end] {
			end++
		}
		// what is left between two cuts is nothing but spaces and marks: one cut
		for next := end; next < len(c.text) && strings.IndexByte(" ,.-/", c.text[next]) >= 0; {
			next++
			if next < len(c.text) && gone[next] {
				for next < len(c.text) && gone[next] {
					next++
				}
				end = next
			}
		}
		b.WriteString(Mark)
		i = end
	}
	return b.String()
}
