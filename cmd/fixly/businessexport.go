package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"fixly/business"
	"fixly/config"
	"fixly/store"
)

// businessExport writes a stored business as a business file. It changes nothing, so it is safe beside a running
// server.
func businessExport(ctx context.Context, w world, args []string) error {
	fs := flag.NewFlagSet("business export", flag.ContinueOnError)
	slug := fs.String("business", "", "slug of the business")
	output := fs.String("output", "", "file to write")
	masked := fs.Bool("masked", false, "mask secrets")
	cfg, rest, err := config.Read(fs, args, w.getenv, "database")
	if config.IsHelp(err) {
		return helpFor(w.stdout, "business export [FLAGS]",
			"Writes a stored business as a business file that business import reads back, with its secrets.\n\n"+
				"  --business SLUG\n        which one, where several are stored\n"+
				"  --output FILE\n        a new file to write, readable by its owner only (default: standard output)\n"+
				"  --masked\n        mask the secrets, to show the file to somebody; it cannot be imported then", "database")
	}
	if err != nil {
		return usageError{err}
	}
	if len(rest) > 0 {
		return usageError{fmt.Errorf("business export takes no argument such as %q; name a file with --output", rest[0])}
	}
	b, err := storedBusiness(ctx, cfg, *slug)
	if err != nil {
		return err
	}
	if *masked {
		b = business.Masked(b)
	}
	data, err := business.Marshal(b)
	if err != nil {
		return err
	}
	if *output == "" {
		_, err = w.stdout.Write(data)
		return err
	}
	return writeNew(*output, data)
}

// storedBusiness finds the business with a slug, or the only one.
func storedBusiness(ctx context.Context, cfg config.Config, slug string) (*business.Business, error) {
	if err := cfg.FindSecretKey(); err != nil {
		return nil, err
	}
	db, err := store.Inspect(ctx, cfg.Database, store.Options{SecretKey: cfg.SecretKey})
	if err != nil {
		return nil, err
	}
	defer func() { _ = db.Close() }() // it was only read
	has, needs, err := db.Schema(ctx)
	if err != nil {
		return nil, err
	}
	if has != needs {
		return nil, fmt.Errorf("the database has schema version %d and this program needs %d; fixly doctor says what to do", has, needs)
	}
	all, err := db.Businesses(ctx)
	if err != nil {
		return nil, err
	}
	var slugs []string
	for _, b := range all {
		if b.Profile.Slug == slug || slug == "" && len(all) == 1 {
			return b, nil
		}
		slugs = append(slugs, b.Profile.Slug)
	}
	switch {
	case len(all) == 0:
		return nil, errors.New("no business is stored; import one with fixly business import FILE")
	case slug == "":
		return nil, fmt.Errorf("several businesses are stored; choose one with --business: %s", strings.Join(slugs, ", "))
	}
	return nil, fmt.Errorf("no business %q is stored; there are: %s", slug, strings.Join(slugs, ", "))
}

// writeNew writes a file that holds secrets, and none that exists already.
func writeNew(path string, data []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the business file: %w", err)
	}
	_, err = f.Write(data)
	if err := errors.Join(err, f.Close()); err != nil {
		return fmt.Errorf("write the business file: %w", err)
	}
	return nil
}
