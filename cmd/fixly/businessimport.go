package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"

	"fixly/business"
	"fixly/config"
	"fixly/receptionist/golden"
	"fixly/store"
)

// businessImport stores a business file: a new business, or the new form of the one with its slug.
func businessImport(ctx context.Context, w world, args []string) error {
	fs := flag.NewFlagSet("business import", flag.ContinueOnError)
	cfg, rest, err := config.Read(fs, args, w.getenv, "database")
	if config.IsHelp(err) {
		return helpFor(w.stdout, "business import FILE [FLAGS]",
			"Stores the business of a business file (- reads standard input): a new one, or the new form of the one with\n"+
				"the same slug. A running server takes it up with the next call. demo/mikes-plumbing.yaml shows the format.", "database")
	}
	if err != nil {
		return usageError{err}
	}
	if len(rest) != 1 {
		return usageError{errors.New("business import takes one file: fixly business import FILE")}
	}
	b, err := readBusiness(w.stdin, rest[0])
	if err != nil {
		return err
	}
	harmful, err := golden.Harmful(ctx, b.Taught, nil)
	if err != nil {
		return err
	}
	if len(harmful) > 0 {
		return harmful
	}
	if err := cfg.EnsureSecretKey(); err != nil {
		return err
	}
	db, err := store.Open(ctx, cfg.Database, store.Options{SecretKey: cfg.SecretKey})
	if err != nil {
		return err
	}
	// Not read: the one that is there may be sealed with a key that is lost, which importing it again mends.
	was, err := db.HasBusiness(ctx, b.Profile.Slug)
	if err == nil {
		err = db.SaveBusiness(ctx, b)
	}
	if err := errors.Join(err, db.Close(context.WithoutCancel(ctx))); err != nil {
		return err
	}
	done := "stored"
	if was {
		done = "replaced"
	}
	_, err = fmt.Fprintf(w.stdout, "%s %s (%s)\n", done, b.Profile.Name, b.Profile.Slug)
	return err
}

// readBusiness reads and checks a business file; - is standard input.
func readBusiness(stdin io.Reader, name string) (*business.Business, error) {
	var data []byte
	var err error
	if name == "-" {
		name = "standard input"
		data, err = io.ReadAll(stdin)
	} else {
		data, err = os.ReadFile(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read the business file: %w", err)
	}
	return business.Parse(name, data) // an error is a line per problem, each naming file, line and key
}
