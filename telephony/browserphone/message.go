package browserphone

import (
	"strings"
	"unicode"
)

// fromBrowser is what the browser says. Type says what it is:
//
//	ring     the first message: call the line To from the number From (empty: withheld)
//	say      Text was said or typed; Confidence is the recogniser's, 0 when it was typed
//	digits   the keys Digits were pressed
//	silence  nothing was said for a while
//	heard    the caller talked over the last reply, having heard Text of it
//	person   the person who is rung picked up (Took), or did not
//	hang_up  the caller is gone
type fromBrowser struct {
	Type       string  `json:"type"`
	To         string  `json:"to"`
	From       string  `json:"from"`
	Text       string  `json:"text"`
	Digits     string  `json:"digits"`
	Confidence float64 `json:"confidence"`
	Took       bool    `json:"took"`
}

// toBrowser is what the browser is told. Type says what it is:
//
//	answered  the call with the id Call has begun
//	say       the receptionist says Sentences in Language, because of Why; then Transfer is rung, or End hangs up
//	person    Transfer would be rung now, before anything is said
//	note      Text is to be shown
//	ended     the call is over; Text says how
type toBrowser struct {
	Type      string   `json:"type"`
	Call      string   `json:"call,omitempty"`
	Text      string   `json:"text,omitempty"`
	Sentences []string `json:"sentences,omitempty"`
	Language  string   `json:"language,omitempty"`
	Asked     string   `json:"asked,omitempty"`
	Reason    string   `json:"reason,omitempty"`
	Why       string   `json:"why,omitempty"`
	End       bool     `json:"end,omitempty"`
	Transfer  []person `json:"transfer,omitempty"`
}

type person struct {
	Name string `json:"name"`
}

// maxWords bounds one utterance, in bytes; nobody says more in one breath.
const maxWords = 2000

// clean makes words fit to be stored and shown: no control characters, which PostgreSQL refuses, and not too many.
func clean(words string) string {
	if len(words) > maxWords {
		words = words[:maxWords]
	}
	words = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, words)
	return strings.TrimSpace(strings.ToValidUTF8(words, ""))
}
