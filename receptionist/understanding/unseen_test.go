package understanding_test

import (
	"flag"
	"fmt"
	"maps"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	u "fixly/receptionist/understanding"
	"fixly/receptionist/understanding/classify"
)

var wrongOnes = flag.Bool("wrong", false, "print the held-out utterances that were misunderstood")

// held is one utterance of testdata/intents: it has the intent of its file, or it is a near miss that has not.
type held struct {
	intent u.Intent
	text   string
	has    bool
}

func heldOut(t testing.TB, lang string) []held {
	t.Helper()
	files, err := filepath.Glob("testdata/intents/" + lang + "/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no utterances of %s are held out: %v", lang, err)
	}
	var out []held
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		intent := u.Intent(strings.TrimSuffix(filepath.Base(f), ".txt"))
		for _, l := range strings.Split(strings.TrimSpace(string(b)), "\n") {
			text, miss := strings.CutPrefix(strings.TrimSpace(l), "!")
			out = append(out, held{intent, strings.TrimSpace(text), !miss})
		}
	}
	return out
}

// sureOfIntent is the score from which the flow acts on an intent.
const sureOfIntent = 0.6

// tally is how well a way to understand does on the utterances held out.
type tally struct {
	has, found, top, miss, wrong int
}

func (t tally) String() string {
	return fmt.Sprintf("%3d of %3d found, %3d first, %3d of %3d near misses taken for it", t.found, t.has, t.top, t.wrong, t.miss)
}

// judge understands every utterance held out, and gives the scores of all intents besides.
func judge(e *u.Engine, lines []held, print func(string, ...any)) (all tally, by map[u.Intent]*tally, pairs []scored) {
	by = map[u.Intent]*tally{}
	for _, h := range lines {
		channel := "call"
		if h.intent == u.IntentStop {
			channel = "text"
		}
		got := e.Understand(h.text, u.Context{Now: monday, Channel: channel})
		x := by[h.intent]
		if x == nil {
			x = &tally{}
			by[h.intent] = x
		}
		sure := got.Has(h.intent, sureOfIntent)
		pairs = append(pairs, scored{got.Score(h.intent), h.has})
		switch {
		case h.has:
			x.has++
			if sure {
				x.found++
			} else if print != nil {
				print("missed %s: %q %v", h.intent, h.text, got.Intents)
			}
			if len(got.Intents) > 0 && got.Intents[0].Name == h.intent {
				x.top++
			}
		default:
			x.miss++
			if sure {
				x.wrong++
				if print != nil {
					print("taken for %s: %q %v", h.intent, h.text, got.Intents)
				}
			}
		}
	}
	for _, x := range by {
		all.has, all.found, all.top, all.miss, all.wrong = all.has+x.has, all.found+x.found, all.top+x.top, all.miss+x.miss, all.wrong+x.wrong
	}
	return all, by, pairs
}

// scored is what an intent scored, and whether the utterance has it.
type scored struct {
	score float64
	has   bool
}

// calibrationError is how far scores are from the share of utterances that have the intent, on average over ten
// bands of scores (the expected calibration error).
func calibrationError(pairs []scored) float64 {
	var n, sum, has [10]float64
	for _, p := range pairs {
		b := min(int(p.score*10), 9)
		n[b]++
		sum[b] += p.score
		if p.has {
			has[b]++
		}
	}
	out := 0.0
	for b := range n {
		out += math.Abs(sum[b]-has[b]) / float64(len(pairs))
	}
	return out
}

// Wordings that nobody listed. `go test ./receptionist/understanding -run TestUnseenWordings -v` prints the figures of
// docs/decisions/0012-classifier.md; with -wrong also what was misunderstood.
func TestUnseenWordings(t *testing.T) {
	for _, lang := range []struct {
		code                 string
		found, first, misses float64 // at least; at most
	}{
		{"en", 0.60, 0.72, 0.27},
		{"es", 0.60, 0.72, 0.27},
	} {
		t.Run(lang.code, func(t *testing.T) {
			lines := heldOut(t, lang.code)
			b := shop(t)
			b.Profile.Languages = []string{lang.code}
			before, byBefore, pairsBefore := judge(u.NewEngine(b).WithoutClassifier(), lines, nil)
			var print func(string, ...any)
			if *wrongOnes {
				print = t.Logf
			}
			after, byAfter, pairsAfter := judge(u.NewEngine(b), lines, print)
			for _, i := range slices.Sorted(maps.Keys(byAfter)) {
				t.Logf("%-13s rules alone: %v", i, *byBefore[i])
				t.Logf("%-13s together:    %v", "", *byAfter[i])
			}
			t.Logf("classifier alone: %v", classifierAlone(lang.code, lines))
			t.Logf("rules alone: %v; calibration error %.3f", before, calibrationError(pairsBefore))
			t.Logf("together:    %v; calibration error %.3f", after, calibrationError(pairsAfter))
			if share(after.found, after.has) < lang.found || share(after.top, after.has) < lang.first || share(after.wrong, after.miss) > lang.misses {
				t.Errorf("unseen wordings are understood worse than they were: %v", after)
			}
		})
	}
}

func share(n, of int) float64 { return float64(n) / float64(of) }

// classifierAlone is how well the classifier does without any rule.
func classifierAlone(lang string, lines []held) tally {
	m := classify.English()
	if lang == "es" {
		m = classify.Spanish()
	}
	var all tally
	for _, h := range lines {
		var s classify.Scores
		m.Score(h.text, &s)
		of, top := float32(0), float32(0)
		for l, label := range m.Labels() {
			top = max(top, s[l])
			if label.Name == string(h.intent) {
				of = s[l]
			}
		}
		switch sure := of >= sureOfIntent; {
		case h.has:
			all.has++
			if sure {
				all.found++
			}
			if of == top {
				all.top++
			}
		default:
			all.miss++
			if sure {
				all.wrong++
			}
		}
	}
	return all
}
