package main

import (
	"bytes"
	"crypto/sha256"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"fixly/receptionist/understanding/classify"
)

// none is the file of what carries no intent: answers, names, numbers, small talk.
const none = "other"

// line is an utterance with the intents that it has.
type line struct {
	text   string
	file   string
	labels []string
}

// corpus is all that one model learns from.
type corpus struct {
	labels        []string // the intents, in alphabetical order
	lines         []line   // in the order of the files
	before, after []string // what people put around what they want
	kin           classify.Kin
}

// read reads a folder: a file per intent, an utterance a line. "how much to fix my sink | book" has a second intent.
func read(folder string) (*corpus, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.txt"))
	if err != nil {
		return nil, err
	}
	slices.Sort(files)
	c := &corpus{}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".txt")
		texts, err := lines(f)
		if err != nil {
			return nil, err
		}
		if name != none {
			c.labels = append(c.labels, name)
		}
		for _, t := range texts {
			text, more, _ := strings.Cut(t, "|")
			l := line{text: strings.TrimSpace(text), file: name}
			if name != none {
				l.labels = append(l.labels, name)
			}
			l.labels = append(l.labels, strings.FieldsFunc(more, func(r rune) bool { return r == ',' || r == ' ' })...)
			c.lines = append(c.lines, l)
		}
	}
	for _, l := range c.lines {
		for _, x := range l.labels {
			if !slices.Contains(c.labels, x) {
				return nil, fmt.Errorf("%s/%s.txt: %q is marked %q, which has no file", folder, l.file, l.text, x)
			}
		}
	}
	if len(c.labels) == 0 {
		return nil, fmt.Errorf("%s: there is nothing to learn from", folder)
	}
	alike, err := lines(filepath.Join(folder, "kin.list"))
	if err != nil {
		return nil, err
	}
	var groups [][]string
	for _, l := range alike {
		groups = append(groups, strings.Fields(l))
	}
	c.kin = classify.NewKin(groups)
	if c.before, err = lines(filepath.Join(folder, "before.list")); err != nil {
		return nil, err
	}
	c.after, err = lines(filepath.Join(folder, "after.list"))
	return c, err
}

func lines(file string) ([]string, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, fmt.Errorf("reading what to learn from: %w", err)
	}
	var out []string
	for _, l := range strings.Split(string(b), "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out, nil
}

// digest is of all that decides what is learned: the utterances, and the code that takes them apart and learns.
func digest(root, lang string) ([sha256.Size]byte, error) {
	h := sha256.New()
	for _, pattern := range []string{"data/" + lang + "/*.txt", "data/" + lang + "/*.list", "features.go", "words.go", "train/*.go"} {
		files, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			return [sha256.Size]byte{}, err
		}
		slices.Sort(files)
		for _, f := range files {
			if strings.HasSuffix(f, "_test.go") {
				continue
			}
			b, err := os.ReadFile(f)
			if err != nil {
				return [sha256.Size]byte{}, fmt.Errorf("reading what a model is made from: %w", err)
			}
			fmt.Fprintf(h, "%s %d\n", filepath.Base(f), len(b))
			h.Write(bytes.ReplaceAll(b, []byte("\r\n"), []byte("\n")))
		}
	}
	return [sha256.Size]byte(h.Sum(nil)), nil
}
