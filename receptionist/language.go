package receptionist

import (
	"fixly/business"
	"fixly/receptionist/flow"
	"fixly/receptionist/wording"
)

// languages are the languages that a business's callers can be spoken with, ISO 639-1, the one they are greeted in
// first: those of its file that there are words for, and English where there are none.
func languages(b *business.Business) []string {
	var out []string
	for _, l := range b.Profile.Languages {
		if wording.Speaks(l) {
			out = append(out, l)
		}
	}
	if len(out) == 0 {
		out = append(out, "en")
	}
	return out
}

// language is the language that a conversation is held in, ISO 639-1.
func language(s *flow.State, b *business.Business) string {
	if s.Language != "" {
		return s.Language
	}
	return languages(b)[0]
}

// tag is the same as the BCP 47 tag that carriers want.
func tag(s *flow.State, b *business.Business) string { return wording.For(language(s, b)).Language }
