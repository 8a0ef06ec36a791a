package store_test

import (
	"context"
	"database/sql"
	"os"
	"strings"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"fixly/callbacks"
	"fixly/clock"
	"fixly/scheduling"
	"fixly/store/storetest"
)

// landed is the newest step of the schema that databases out there are known to have. Steps are only ever added after it.
const landed = 11

// TestAnOlderDatabaseIsUpgraded opens a database as an earlier version left it, with a job and a hold in it.
func TestAnOlderDatabaseIsUpgraded(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		older(t, address)
		db := storetest.Open(t, address, clock.Real())
		ctx := context.Background()
		j, err := db.Job(ctx, "biz_1", "job_1")
		if err != nil || j.Slot.Technician != "Luis Ortega" || j.Customer.Name != "Karen Whitfield" || j.Status != scheduling.StatusBooked {
			t.Fatalf("the job is %+v, %v", j, err)
		}
		busy, err := db.Busy(ctx, "biz_1", time.UnixMilli(0), time.UnixMilli(1<<45), time.UnixMilli(1000), "", "")
		if err != nil || len(busy) != 2 {
			t.Fatalf("busy are %+v, %v", busy, err)
		}
		if busy, err = db.Busy(ctx, "biz_1", time.UnixMilli(0), time.UnixMilli(1<<45), time.UnixMilli(1000), "conv_1", "job_1"); err != nil || len(busy) != 0 {
			t.Fatalf("without the job and the hold, busy are %+v, %v", busy, err)
		}
		// A caller who was missed twice is owed one call, of the later time.
		owed, err := db.Callbacks(ctx, "biz_1")
		if err != nil || len(owed) != 1 || owed[0].ID != "cb_2" || owed[0].Calls != 2 || owed[0].Status != callbacks.Open || owed[0].FirstAt.UnixMilli() != 2000 {
			t.Errorf("owed: %+v, %v", owed, err)
		}
		if known, err := db.CauseKnown(ctx, callbacks.Debt{BusinessID: "biz_1", Source: "call_1", At: time.UnixMilli(1000)}); err != nil || !known {
			t.Errorf("the first call is known: %v, %v", known, err)
		}
		if _, err := db.CalendarAccounts(ctx, "biz_1"); err != nil {
			t.Error(err)
		}
		if _, err := db.Blocks(ctx, "biz_1", time.Time{}, time.Time{}); err != nil {
			t.Error(err)
		}
	})
}

// older makes a database of an earlier version.
func older(t *testing.T, address string) {
	t.Helper()
	driver, source, dialect, others := "pgx", address, goose.DialectPostgres, ".sqlite.sql"
	if path, ok := strings.CutPrefix(address, "sqlite:"); ok {
		driver, source, dialect, others = "sqlite", "file:"+path, goose.DialectSQLite3, ".postgres.sql"
	}
	db, err := sql.Open(driver, source)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if dialect == goose.DialectPostgres { // tests are given one that is up to date
		if _, err := db.ExecContext(t.Context(), "DROP SCHEMA public CASCADE; CREATE SCHEMA public"); err != nil {
			t.Fatal(err)
		}
	}
	files := os.DirFS("migrations")
	entries, err := os.ReadDir("migrations")
	if err != nil {
		t.Fatal(err)
	}
	var exclude []string
	for _, e := range entries {
		if strings.HasSuffix(e.Name(), others) {
			exclude = append(exclude, e.Name())
		}
	}
	provider, err := goose.NewProvider(dialect, db, files, goose.WithExcludeNames(exclude), goose.WithDisableGlobalRegistry(true))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.UpTo(t.Context(), landed); err != nil {
		t.Fatal(err)
	}
	for _, statement := range []string{
		`INSERT INTO businesses (id, slug, document, version, created_at, updated_at) VALUES ('biz_1', 'mikes', '{}', 'v1', 1, 1)`,
		`INSERT INTO customers (id, business_id, phone, name, opted_out, address, created_at) VALUES ('cus_1', 'biz_1', '+13125550142', 'Karen Whitfield', FALSE, '', 1)`,
		`INSERT INTO jobs (id, business_id, customer_id, status, service, problem, urgency, technician, starts_at, ends_at, busy_until, window_end, address, source, call_id, created_at, updated_at)
			VALUES ('job_1', 'biz_1', 'cus_1', 'booked', 'Drain cleaning', '', 'routine', 'Luis Ortega', 3600000, 7200000, 9000000, 10800000, '{"line1":"1842 North Damen Avenue","zip":"60647"}', 'call', '', 1, 1)`,
		`INSERT INTO times (id, business_id, technician, kind, holder, starts_at, ends_at, expires_at) VALUES ('job_1', 'biz_1', 'Luis Ortega', 'job', '', 3600000, 9000000, 0)`,
		`INSERT INTO times (id, business_id, technician, kind, holder, starts_at, ends_at, expires_at) VALUES ('hold_1', 'biz_1', 'Mike Rossi', 'hold', 'conv_1', 3600000, 9000000, 99999999)`,
		`INSERT INTO callbacks (id, business_id, phone, name, reason, call_id, missed_at, attempts, status)
			VALUES ('cb_1', 'biz_1', '+13125550142', '', '', 'call_1', 1000, 0, 'open'), ('cb_2', 'biz_1', '+13125550142', '', '', 'call_2', 2000, 0, 'open'),
				('cb_3', 'biz_1', '+13125550143', '', '', 'call_3', 3000, 0, 'done')`,
	} {
		if _, err := db.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
}
