package store_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"fixly/store"
	"fixly/store/storetest"
)

// TestWhereATechnicianIsBusy: a job's time knows the ZIP of its address, also when that is corrected.
func TestWhereATechnicianIsBusy(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		j := newJob(b.ID, visit(1), "+13125550111")
		j.Address.ZIP = "60647"
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
		if got := busy(t, db, b.ID, monday, "", ""); len(got) != 1 || got[0].ZIP != "60647" {
			t.Errorf("booked: %+v", got)
		}
		j.Address.ZIP = "60622"
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateJob(ctx, j) })
		if got := busy(t, db, b.ID, monday, "", ""); len(got) != 1 || got[0].ZIP != "60622" {
			t.Errorf("corrected: %+v", got)
		}
	})
}

// TestThePlacesOfJobsThatWereBookedBefore runs the step of the schema that looks for them.
func TestThePlacesOfJobsThatWereBookedBefore(t *testing.T) {
	step, err := os.ReadFile("migrations/00014_places_of_times.sql")
	if err != nil {
		t.Fatal(err)
	}
	from := strings.Index(string(step), "UPDATE times")
	fill := string(step)[from:]
	fill = fill[:strings.Index(fill, ";")]

	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address, newClock())
		b := shop(t, db, "mikes", "+13125550100")
		want := map[string]bool{"": true, "60647": true}
		for i, zip := range []string{"60647", ""} {
			j := newJob(b.ID, visit(3*i), "+13125550111")
			if j.Address.ZIP = zip; zip == "" {
				j.Address.Line1 = `12 "60601"}`
			}
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
		}
		driver := "pgx"
		at, isSQLite := strings.CutPrefix(address, "sqlite:")
		if isSQLite {
			driver = "sqlite"
		}
		raw, err := sql.Open(driver, at)
		if err != nil {
			t.Fatal(err)
		}
		_, forgotten := raw.Exec("UPDATE times SET zip = ''")
		_, filled := raw.Exec(fill)
		if err := errors.Join(forgotten, filled, raw.Close()); err != nil {
			t.Fatal(err)
		}
		for _, x := range busy(t, db, b.ID, monday, "", "") {
			if !want[x.ZIP] {
				t.Errorf("%+v", x)
			}
			delete(want, x.ZIP)
		}
		if len(want) > 0 {
			t.Errorf("not found: %v", want)
		}
	})
}
