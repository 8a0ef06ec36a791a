package simulate

import "math/rand/v2"

// Manner is how a caller talks.
type Manner string

// The manners.
const (
	OneThing    Manner = "one thing at a time"
	AllAtOnce   Manner = "all at once"
	Story       Manner = "tells a story"
	Terse       Manner = "says little"
	Interrupts  Manner = "interrupts"
	PriceFirst  Manner = "price first"
	Angry       Manner = "angry"
	Slow        Manner = "slow, in pieces"
	ChangesMind Manner = "changes their mind"
	Refuses     Manner = "refuses first offers"
	Silent      Manner = "silent at times"
	Keypad      Manner = "uses the keypad"
)

// manners with how many of a hundred callers have them.
var manners = []struct {
	manner Manner
	share  int
	byText bool // people write like that too
}{
	{OneThing, 22, true},
	{AllAtOnce, 16, true},
	{Story, 9, true},
	{Terse, 10, true},
	{Interrupts, 6, false},
	{PriceFirst, 7, true},
	{Angry, 5, true},
	{Slow, 7, false},
	{ChangesMind, 6, true},
	{Refuses, 6, true},
	{Silent, 3, false},
	{Keypad, 3, false},
}

func drawManner(r *rand.Rand, byText bool) Manner {
	for {
		n := r.IntN(100)
		for _, m := range manners {
			if n -= m.share; n < 0 {
				if m.byText || !byText {
					return m.manner
				}
				break
			}
		}
	}
}
