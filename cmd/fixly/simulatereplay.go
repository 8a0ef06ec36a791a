package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"fixly/business"
	"fixly/contact"
	"fixly/simulate/replay"
	"fixly/store"
)

// simulateReplay holds the stored conversations of a business again, with the business as stored and as its file would
// have it, and tells in which of them something else would come out.
func simulateReplay(ctx context.Context, w world, f simulateFlags, b *business.Business) error {
	if err := f.config.FindSecretKey(); err != nil {
		return err
	}
	db, err := store.Inspect(ctx, f.config.Database, store.Options{SecretKey: f.config.SecretKey})
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }() // it was only read
	has, needs, err := db.Schema(ctx)
	if err != nil {
		return err
	}
	if has != needs {
		return fmt.Errorf("the database has schema version %d and this program needs %d; fixly doctor says what to do", has, needs)
	}
	stored, err := pickStored(ctx, db, b.Profile.Slug)
	if err != nil {
		return err
	}
	b.ID = stored.ID
	all, err := replay.Load(ctx, db, stored.ID, f.since, f.last)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return fmt.Errorf("%s has no conversations to hold again since %s", stored.Profile.Name, f.since.Format("2006-01-02"))
	}
	r, err := replay.All(ctx, all, replay.Options{Business: b, Against: stored})
	if err != nil {
		return err
	}
	if f.asJSON {
		enc := json.NewEncoder(w.stdout)
		enc.SetIndent("", "  ")
		if err := enc.Encode(r); err != nil {
			return fmt.Errorf("write the report: %w", err)
		}
	} else {
		writeReplay(w, r, b, f.show)
	}
	if same := 100 * float64(r.Same) / float64(len(r.Results)); same < f.require {
		fmt.Fprintf(w.stderr, "fixly: %.1f %% of the conversations come to the same; required are %g %%\n", same, f.require)
		return errReported
	}
	return nil
}

// pickStored finds the stored business with a slug, or the only one.
func pickStored(ctx context.Context, db *store.Inspection, slug string) (*business.Business, error) {
	all, err := db.Businesses(ctx)
	if err != nil {
		return nil, err
	}
	for _, b := range all {
		if b.Profile.Slug == slug || len(all) == 1 {
			return b, nil
		}
	}
	if len(all) == 0 {
		return nil, errors.New("no business is stored in that database")
	}
	return nil, fmt.Errorf("no business %q is stored in that database", slug)
}

// writeReplay tells a line for each conversation that comes out otherwise, and shows some of them in full.
func writeReplay(w world, r *replay.Report, b *business.Business, show int) {
	for i := range r.Results {
		x := &r.Results[i]
		if x.Same() {
			continue
		}
		from := "withheld"
		if x.Caller != "" {
			from = contact.National(x.Caller)
		}
		fmt.Fprintf(w.stdout, "%s %s from %s: %s\n", x.StartedAt.In(b.Location()).Format("Mon Jan 2 2006 15:04"), x.Channel, from, x.Summary)
		for _, d := range x.Differences {
			fmt.Fprintf(w.stdout, "    %s\n", d)
		}
		if p := x.Parts; p != nil {
			fmt.Fprintf(w.stdout, "    they part at turn %d, %q:\n      was: %s  [%s]\n      now: %s  [%s]\n", p.Turn, p.Caller, p.Was.Reply, p.Was.Reason, p.Now.Reply, p.Now.Reason)
		}
		if show--; show >= 0 {
			for _, l := range x.Now.Lines {
				if l.Caller != "" {
					fmt.Fprintf(w.stdout, "      caller: %s\n", l.Caller)
				}
				fmt.Fprintf(w.stdout, "    fixly: %s  [%s]\n", l.Reply, l.Reason)
			}
		}
	}
	fmt.Fprintf(w.stdout, "replay: %d of %d conversations come to the same\n", r.Same, len(r.Results))
}
