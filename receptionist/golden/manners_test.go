package golden

import (
	"context"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"
)

// TestMannersHoldWhateverIsSaid plays conversations made of pieces of the golden ones, put together at random: the
// beginning of one, with turns of others in between. Whatever comes of them, each reply is short, asks one thing, says
// nothing that was just said, and is not sorry all the time.
func TestMannersHoldWhateverIsSaid(t *testing.T) {
	all, err := All()
	if err != nil {
		t.Fatal(err)
	}
	var calls []Conversation
	var pieces []Turn
	for _, c := range all {
		if c.Channel != "" && c.Channel != "call" || c.Business != "" {
			continue
		}
		calls = append(calls, c)
		for _, turn := range c.Turns {
			if turn.Event == "" {
				pieces = append(pieces, Turn{Caller: turn.Caller, Keys: turn.Keys})
			}
		}
	}
	shop, err := calls[0].Shop()
	if err != nil {
		t.Fatal(err)
	}
	player := NewPlayer(shop)
	trials := 150
	if testing.Short() {
		trials = 30
	}
	for seed := range trials {
		r := rand.New(rand.NewPCG(uint64(seed), 15)) // the same conversations each time
		c := calls[r.IntN(len(calls))]
		c.Turns = mixed(r, c.Turns, pieces)
		result, err := player.Play(context.Background(), &c)
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, wrong := range badManners(result.Lines) {
			t.Errorf("seed %d, %s: %s\n%s", seed, c.Name, wrong, result.Transcript())
			break
		}
	}
}

// mixed goes through a conversation, with turns of others in between.
func mixed(r *rand.Rand, own, others []Turn) []Turn {
	var out []Turn
	for _, turn := range own {
		for r.IntN(3) == 0 {
			out = append(out, others[r.IntN(len(others))])
		}
		out = append(out, Turn{Caller: turn.Caller, Keys: turn.Keys, Event: turn.Event})
	}
	return out
}

var (
	sorry = regexp.MustCompile(`(?i)\b(sorry|apolog|lo siento|disculpe|perdón)`)
	// dates beside a weekday are heard as one with it
	dates  = regexp.MustCompile(`, (?:January|February|March|April|May|June|July|August|September|October|November|December) \S+| \d+ de (?:enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre|diciembre)`)
	clocks = regexp.MustCompile(`\d+:\d\d`)
	// readBack is what has to be said whole: who, where and when, read back for a yes.
	readBack = map[string]bool{"read_back": true, "corrected": true, "read_back_denied": true, "visit_address": true, "visit_number": true}
)

// badManners lists what is wrong with the replies of a call.
func badManners(lines []Line) (wrong []string) {
	const (
		spoken   = 25        // words of one sentence with its question
		answered = mostWords // an answer, and then the question that was open
	)
	var before string
	said := map[string]bool{}
	sorryAt := -sorryApart
	for i, l := range lines {
		bad := func(what string) { wrong = append(wrong, what+": "+quote(l.Reply)) }
		heard := dates.ReplaceAllString(digitGroups.ReplaceAllString(clocks.ReplaceAllString(l.Reply, "time"), "number "), "")
		words := len(strings.Fields(heard))
		most := spoken
		answers := strings.HasPrefix(l.Reason, "told_") || strings.HasPrefix(l.Reason, "answered_")
		if n := len(sentences(l.Reply)); n > 2 || answers || readBack[l.Reason] {
			most = answered
		}
		if strings.Contains(l.Reply, "911") {
			most = mostWordsOf911
		}
		if words > most {
			bad("too long")
		}
		if strings.Count(l.Reply, "?") > 1 {
			bad("two questions")
		}
		if l.Reply != "" && l.Reply == before {
			bad("the same again")
		}
		now := map[string]bool{}
		for _, s := range sentences(l.Reply) {
			again := i > 0 && l.Caller == lines[i-1].Caller // who asks the same twice hears the answer twice
			if said[s] && len(strings.Fields(s)) > 2 && !again {
				bad("a sentence twice running")
			}
			now[s] = true
		}
		if sorry.MatchString(l.Reply) {
			if i-sorryAt < sorryApart {
				bad("sorry again")
			}
			sorryAt = i
		}
		if l.Reply != "" {
			before, said = l.Reply, now
		}
	}
	return wrong
}

// sorryApart is how many replies there are to one apology, at least.
const sorryApart = 3

var sentenceEnd = regexp.MustCompile(`[.?!](\s|$)`)

func sentences(reply string) []string {
	var out []string
	for _, s := range sentenceEnd.Split(reply, -1) {
		if s = strings.TrimSpace(s); s != "" {
			out = append(out, s)
		}
	}
	return out
}
