package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"fixly/business"
	"fixly/receptionist/golden"
)

// simulateWritten plays the conversations of a folder against a business. One that names a shop of its own is played
// with that.
func simulateWritten(ctx context.Context, w world, f simulateFlags, b *business.Business) error {
	all, err := golden.Read(os.DirFS(f.calls), ".")
	if err != nil {
		return err
	}
	ours := golden.NewPlayer(b)
	results := make([]golden.Result, len(all))
	right := 0
	for i := range all {
		play := ours.Play
		if c := &all[i]; c.Business != "" {
			shop, err := c.Shop()
			if err != nil {
				return err
			}
			play = golden.NewPlayer(shop).Play
		}
		if results[i], err = play(ctx, &all[i]); err != nil {
			return err
		}
		if results[i].OK() {
			right++
		}
	}
	percent := 100 * float64(right) / float64(len(results))
	if f.asJSON {
		enc := json.NewEncoder(w.stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(struct {
			Conversations int             `json:"conversations"`
			Right         int             `json:"right"`
			Results       []golden.Result `json:"results"`
		}{len(results), right, results}); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	} else {
		writeWritten(w, results, f.show)
		fmt.Fprintf(w.stdout, "conversations: %d/%d ended as they should\n", right, len(results))
	}
	if percent < f.require {
		fmt.Fprintf(w.stderr, "fixly: %.1f %% of the conversations ended as they should; required are %g %%\n", percent, f.require)
		return errReported
	}
	return nil
}

// writeWritten tells a line for each conversation, and shows some of those in full that came out otherwise.
func writeWritten(w world, results []golden.Result, show int) {
	for i := range results {
		r := &results[i]
		if r.OK() {
			fmt.Fprintf(w.stdout, "ok    %s\n", r.Conversation)
			continue
		}
		fmt.Fprintf(w.stdout, "WRONG %s\n", r.Conversation)
		for _, d := range r.Differences {
			fmt.Fprintf(w.stdout, "        %s\n", d)
		}
		if show--; show >= 0 {
			fmt.Fprint(w.stdout, r.Transcript())
		}
	}
}
