package doctor

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"fixly/business"
)

// database finds whether the database is there and migrated, and gives the businesses in it.
func database(ctx context.Context, o Options) ([]Finding, []*business.Business) {
	const about = "database"
	if path, ok := o.Config.SQLitePath(); ok {
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return []Finding{{Note, about, path + " does not exist yet", "The first fixly serve or fixly business import makes it."}}, nil
		}
	}
	db, err := o.Open(ctx)
	if err != nil {
		return []Finding{{Wrong, about, err.Error(), "Check --database, that the server runs, and that this user may read it."}}, nil
	}
	defer func() { _ = db.Close() }() // it was only read

	has, needs, err := db.Schema(ctx)
	switch {
	case err != nil:
		return []Finding{{Wrong, about, err.Error(), "Check --database, that the server runs, and that this user may read it."}}, nil
	case has > needs:
		what := fmt.Sprintf("its schema is version %d, and this program knows %d at most", has, needs)
		return []Finding{{Wrong, about, what, "A newer Fixly has used it: install that one, or go back to the backup made before the upgrade."}}, nil
	case has < needs:
		what := fmt.Sprintf("its schema is version %d, and this program needs %d", has, needs)
		return []Finding{{Note, about, what, "Make a backup; the next fixly serve upgrades it."}}, nil
	}
	out := []Finding{{OK, about, fmt.Sprintf("reached, schema version %d", has), ""}}

	businesses, err := db.Businesses(ctx)
	switch {
	case err != nil:
		return append(out, Finding{Wrong, "business", err.Error(), "Import a corrected file: fixly business import FILE."}), nil
	case len(businesses) == 0:
		return append(out, Finding{Note, "business", "none is stored, so no call is answered", "Import one: fixly business import FILE; demo/mikes-plumbing.yaml shows the format."}), nil
	}
	for _, b := range businesses {
		what := fmt.Sprintf("%s, %s, %d line(s)", b.Profile.Name, b.Profile.Timezone, len(b.Lines))
		out = append(out, Finding{OK, "business " + b.Profile.Slug, what, ""})
	}
	return out, businesses
}
