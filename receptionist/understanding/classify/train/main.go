// Command train makes the models of package classify from the utterances in its folder data. `go generate` runs it;
// with -check it writes nothing and fails where a model was made from something else than what is there now. With
// -report it prints how well each intent is told by models that have not seen the lines they are asked about.
package main

import (
	"flag"
	"fmt"
	"io"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"

	"fixly/receptionist/understanding/classify"
)

// languages are the folders of data and the models made from them.
var languages = []struct{ folder, model string }{{"en", "english.model"}, {"es", "spanish.model"}}

func main() {
	check := flag.Bool("check", false, "only say whether the models are in step with what they are made from")
	report := flag.Bool("report", false, "print how well each intent is told in lines left out of training")
	root := flag.String("root", ".", "the folder of package classify")
	flag.Parse()
	if err := run(*root, *check, *report, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "train:", err)
		os.Exit(1)
	}
}

func run(root string, check, report bool, out io.Writer) error {
	for _, lang := range languages {
		from, err := digest(root, lang.folder)
		if err != nil {
			return err
		}
		file := filepath.Join(root, lang.model)
		if b, err := os.ReadFile(file); err == nil && !report {
			if m, err := classify.Decode(b); err == nil && m.From == from {
				continue
			}
		}
		if check {
			return fmt.Errorf("%s is out of step with what it is made from: run make generate and commit the result", file)
		}
		c, err := read(filepath.Join(root, "data", lang.folder))
		if err != nil {
			return err
		}
		points := crossValidate(c)
		if report {
			tell(out, lang.folder, c, points)
			continue
		}
		m, err := train(c, c.lines, points, from)
		if err != nil {
			return fmt.Errorf("training %s: %w", lang.model, err)
		}
		if err := os.WriteFile(file, m.Encode(), 0o644); err != nil { //nolint:gosec // part of the source tree, read by everybody
			return fmt.Errorf("writing a model: %w", err)
		}
		fmt.Fprintf(out, "%s: %d lines, %d intents\n", lang.model, len(c.lines), len(c.labels))
	}
	return nil
}

// train makes a model from some of the lines; points, where there are any, calibrate it.
func train(c *corpus, lines []line, points [][]point, from [32]byte) (*classify.Model, error) {
	ids := vocabulary(c, lines)
	rng := rand.New(rand.NewPCG(seed, uint64(len(lines)))) //nolint:gosec // training is to come out the same each time; nothing here is secret
	ex := examples(c, vary(c, lines, rng), ids)
	labels := make([]classify.Label, len(c.labels))
	weights := make([]int8, len(ids)*len(labels))
	var all sync.WaitGroup
	for i := range labels {
		all.Go(func() {
			l := learn(ex, i, len(ids))
			q, unit := quantize(l.weights)
			for f, w := range q {
				weights[f*len(labels)+i] = w
			}
			labels[i] = classify.Label{Name: c.labels[i], Scale: float32(unit), Bias: float32(l.bias), Slope: 1}
			if points != nil {
				slope, offset := platt(points[i])
				labels[i].Slope, labels[i].Offset = float32(slope), float32(offset)
			}
		})
	}
	all.Wait()
	return classify.NewModel(from, c.kin, labels, ids, weights)
}

// folds is how many models are made to calibrate one: each is asked about the lines that it has not learned.
const folds = 5

// crossValidate gives, for every label, the sums for lines that were left out of training.
func crossValidate(c *corpus) [][]point {
	order := rand.New(rand.NewPCG(seed, folds)).Perm(len(c.lines)) //nolint:gosec // training is to come out the same each time; nothing here is secret
	points := make([][]point, len(c.labels))
	for fold := range folds {
		var learn, ask []line
		for i, at := range order {
			if i%folds == fold {
				ask = append(ask, c.lines[at])
			} else {
				learn = append(learn, c.lines[at])
			}
		}
		m, err := train(c, learn, nil, [32]byte{})
		if err != nil {
			continue // the whole cannot be trained either, and says why
		}
		for i := range ask {
			var sums classify.Scores
			m.Sums(ask[i].text, &sums)
			for l, t := range targets(c, &ask[i]) {
				if t != unclear {
					points[l] = append(points[l], point{float64(sums[l]), t == has})
				}
			}
		}
	}
	return points
}

// tell prints, for every intent, how often it is found and how often it is seen where it is not, at a probability of
// one half.
func tell(out io.Writer, name string, c *corpus, points [][]point) {
	fmt.Fprintf(out, "%s: left out of training, at one half\n%-14s %7s %7s %7s\n", name, "intent", "lines", "found", "false")
	f1s, losses := 0.0, 0.0
	var raw, tuned bands
	defer func() {
		n := float64(len(c.labels))
		fmt.Fprintf(out, "mean F1 %.3f, log loss %.4f, calibration error %.4f before and %.4f after\n", f1s/n, losses/n, raw.error(), tuned.error())
	}()
	for i, label := range c.labels {
		slope, offset := platt(points[i])
		lines, found, wrong := 0, 0, 0
		for _, p := range points[i] {
			q := sigmoid(slope*p.sum + offset)
			sure := q >= 0.5
			raw.add(sigmoid(p.sum), p.has)
			tuned.add(q, p.has)
			if p.has {
				losses -= math.Log(q) / float64(len(points[i]))
			} else {
				losses -= math.Log(1-q) / float64(len(points[i]))
			}
			switch {
			case p.has && sure:
				lines++
				found++
			case p.has:
				lines++
			case sure:
				wrong++
			}
		}
		f1s += 2 * float64(found) / float64(max(lines+found+wrong, 1))
		fmt.Fprintf(out, "%-14s %7d %6.1f%% %7d\n", label, lines, 100*float64(found)/float64(max(lines, 1)), wrong)
	}
}
