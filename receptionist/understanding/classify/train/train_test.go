package main

import (
	"bytes"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"fixly/receptionist/understanding/classify"
)

func TestTheModelsAreInStep(t *testing.T) {
	if err := run("..", true, false, io.Discard); err != nil {
		t.Error(err)
	}
}

func TestEveryIntentHasItsLines(t *testing.T) {
	for folder, least := range map[string]int{"en": 140, "es": 80} {
		c, err := read("../data/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		count := map[string]int{}
		for _, l := range c.lines {
			count[l.file]++
		}
		for _, label := range append(slices.Clone(c.labels), none) {
			if count[label] < least {
				t.Errorf("%s/%s.txt has %d lines, fewer than %d", folder, label, count[label], least)
			}
		}
	}
}

// What is held out to measure by must not be learned. Single words are let through: "stop" is said one way only.
func TestNothingHeldOutIsLearned(t *testing.T) {
	words := func(s string) string {
		return strings.Join(strings.FieldsFunc(strings.ToLower(strings.ReplaceAll(s, "'", "")), func(r rune) bool { return strings.ContainsRune(" ,.?!¿¡", r) }), " ")
	}
	for _, folder := range []string{"en", "es"} {
		held := map[string]bool{}
		files, err := filepath.Glob("../../testdata/intents/" + folder + "/*.txt")
		if err != nil || len(files) == 0 {
			t.Fatalf("nothing is held out for %s: %v", folder, err)
		}
		for _, f := range files {
			texts, err := lines(f)
			if err != nil {
				t.Fatal(err)
			}
			for _, l := range texts {
				held[words(strings.TrimPrefix(l, "!"))] = true
			}
		}
		c, err := read("../data/" + folder)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range c.lines {
			if w := words(l.text); strings.Contains(w, " ") && held[w] {
				t.Errorf("%s/%s.txt: %q is held out in testdata/intents", folder, l.file, l.text)
			}
		}
	}
}

func small(t *testing.T) *corpus {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"cancel.txt":   "cancel my visit\ncancel it please\ni want to cancel\nplease cancel the visit",
		"price.txt":    "how much is it\nhow much do you charge\nwhat does it cost | question\nhow much is that",
		"question.txt": "are you open\ndo you take cards\nare you licensed\ndo you take checks",
		"other.txt":    "yes\nno thanks\nthat is fine\nmy name is ann",
		"before.list":  "hi\num", "after.list": "please\nthanks", "kin.list": "visit appointment",
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	c, err := read(dir)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestTheSameLinesMakeTheSameModel(t *testing.T) {
	var made [2][]byte
	for i := range made {
		c := small(t)
		m, err := train(c, c.lines, crossValidate(c), [32]byte{1})
		if err != nil {
			t.Fatal(err)
		}
		made[i] = m.Encode()
	}
	if !bytes.Equal(made[0], made[1]) {
		t.Error("two trainings on the same lines differ")
	}
	m, err := classify.Decode(made[0])
	if err != nil {
		t.Fatal(err)
	}
	var s classify.Scores
	if !m.Score("would you cancel my appointment", &s) || s[0] < s[1] || s[0] < s[2] {
		t.Errorf("cancel, price, question: %v", s[:3])
	}
}

func TestALineCanHaveSeveralIntents(t *testing.T) {
	c := small(t)
	i := slices.IndexFunc(c.lines, func(l line) bool { return l.text == "what does it cost" })
	if got := targets(c, &c.lines[i]); !slices.Equal(got, []int8{lacks, has, has}) {
		t.Errorf("cancel, price, question: %v", got)
	}
	i = slices.IndexFunc(c.lines, func(l line) bool { return l.text == "how much is it" })
	if got := targets(c, &c.lines[i]); !slices.Equal(got, []int8{lacks, has, unclear}) {
		t.Errorf("a question about a price: %v", got)
	}
}

func TestPlattFindsTheCurve(t *testing.T) {
	// drawn from slope 2 and offset -1, each sum as often as it is likely
	var points []point
	for sum := -2.0; sum <= 2; sum += 0.25 {
		for k := range 200 {
			points = append(points, point{sum, float64(k) < 200*sigmoid(2*sum-1)})
		}
	}
	slope, offset := platt(points)
	if math.Abs(slope-2) > 0.1 || math.Abs(offset+1) > 0.1 {
		t.Errorf("slope %.2f, offset %.2f, want 2 and -1", slope, offset)
	}
}
