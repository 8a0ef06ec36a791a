package flow

import (
	"hash/fnv"
	"iter"
	"slices"
	"strings"
)

// Spoken is what a conversation remembers of the sentences that were said in it, for package wording to say things
// another way while there is one, and not to be sorry all the time.
type Spoken struct {
	Sentences []uint32 `json:"sentences,omitempty"` // hashes, the latest last
	Reply     int      `json:"reply,omitempty"`     // how many replies were given
	SorryAt   int      `json:"sorry_at,omitempty"`  // the reply that last held an apology, from 1
}

const (
	// remembered is how many sentences are kept; nobody notices one come back after that many.
	remembered = 120
	// sorryEvery is how many replies there are to one apology, at most.
	sorryEvery = 3
)

// Ago says how many sentences ago one of those in a text was said, the one said last; 0: none was, 1: the last one.
func (s *Spoken) Ago(text string) int {
	for i := len(s.Sentences) - 1; i >= 0; i-- {
		for x := range sentences(text) {
			if s.Sentences[i] == hashOf(x) {
				return len(s.Sentences) - i
			}
		}
	}
	return 0
}

// sentences are those of a text, but for a word or two in passing ("Okay."), which come back without anybody minding.
func sentences(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		for len(text) > 0 {
			end := len(text)
			for i := 0; i < len(text); i++ {
				if c := text[i]; (c == '.' || c == '?' || c == '!') && (i+1 == len(text) || text[i+1] == ' ') {
					end = i + 1
					break
				}
			}
			s := strings.TrimSpace(text[:end])
			text = text[end:]
			if strings.Count(s, " ") > 1 && !yield(s) {
				return
			}
		}
	}
}

// MaySorry says whether the next reply may hold an apology.
func (s *Spoken) MaySorry() bool { return s.SorryAt == 0 || s.Reply+1-s.SorryAt >= sorryEvery }

// Note takes down a reply, and whether there is an apology in it.
func (s *Spoken) Note(reply []string, sorry bool) {
	s.Reply++
	if sorry {
		s.SorryAt = s.Reply
	}
	s.Sentences = slices.Clone(s.Sentences)
	for _, r := range reply {
		for x := range sentences(r) {
			s.Sentences = append(s.Sentences, hashOf(x))
		}
	}
	if n := len(s.Sentences); n > remembered {
		s.Sentences = s.Sentences[n-remembered:]
	}
}

func hashOf(sentence string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(strings.ToLower(strings.TrimSpace(sentence))))
	return h.Sum32()
}
