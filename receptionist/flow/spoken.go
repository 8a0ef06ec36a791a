package flow

import (
	"hash/fnv"
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

// Ago says how many sentences ago a sentence was said; 0: never, 1: the last one.
func (s *Spoken) Ago(sentence string) int {
	h := hashOf(sentence)
	for i := len(s.Sentences) - 1; i >= 0; i-- {
		if s.Sentences[i] == h {
			return len(s.Sentences) - i
		}
	}
	return 0
}

// MaySorry says whether the next reply may hold an apology.
func (s *Spoken) MaySorry() bool { return s.SorryAt == 0 || s.Reply+1-s.SorryAt >= sorryEvery }

// Note takes down a reply: its sentences, and whether one of them is an apology.
func (s *Spoken) Note(sentences []string, sorry bool) {
	s.Reply++
	if sorry {
		s.SorryAt = s.Reply
	}
	s.Sentences = slices.Clone(s.Sentences)
	for _, x := range sentences {
		s.Sentences = append(s.Sentences, hashOf(x))
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
