package store_test

import (
	"bytes"
	"database/sql"
	"strings"
	"testing"

	"fixly/demo"
	"fixly/store"
	"fixly/store/storetest"
)

const demoToken = "demo-twilio-auth-token"

func openWith(t *testing.T, address string, key []byte) *store.DB {
	t.Helper()
	db, err := store.Open(t.Context(), address, store.Options{SecretKey: key})
	if err != nil {
		t.Fatal(err)
	}
	return db
}

func closeDB(t *testing.T, db *store.DB) {
	t.Helper()
	if err := db.Close(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestCredentialsAreEncryptedAtRest(t *testing.T) {
	key := bytes.Repeat([]byte{7}, 32)
	storetest.Each(t, func(t *testing.T, address string) {
		db := openWith(t, address, key)
		for range 2 { // anew, then in its own place
			b := demo.Business()
			if err := db.SaveBusiness(t.Context(), b); err != nil {
				t.Fatal(err)
			}
			if b.Lines[0].AuthToken != demoToken {
				t.Error("saving changed the business it was given")
			}
			got, err := db.Business(t.Context(), b.ID)
			if err != nil || got.Lines[0].AuthToken != demoToken {
				t.Errorf("read back %v", err)
			}
		}
		closeDB(t, db)

		driver := "pgx"
		raw, isSQLite := strings.CutPrefix(address, "sqlite:")
		if isSQLite {
			driver = "sqlite"
		}
		plain, err := sql.Open(driver, raw)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = plain.Close() }()
		var document string
		if err := plain.QueryRowContext(t.Context(), "SELECT document FROM businesses").Scan(&document); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(document, demoToken) || !strings.Contains(document, "sealed:1:") {
			t.Errorf("the token is stored as %s", document)
		}

		for name, other := range map[string][]byte{"no key": nil, "another key": bytes.Repeat([]byte{8}, 32)} {
			i, err := store.Inspect(t.Context(), address, store.Options{SecretKey: other})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := i.Businesses(t.Context()); err == nil || !strings.Contains(err.Error(), "secret key") {
				t.Errorf("%s: %v", name, err)
			}
			_ = i.Close()
		}
	})
}

func TestCredentialsKeptInTheClearAreStillRead(t *testing.T) {
	address := storetest.SQLite(t)
	db := openWith(t, address, nil)
	b := demo.Business()
	if err := db.SaveBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	closeDB(t, db)
	db = openWith(t, address, bytes.Repeat([]byte{7}, 32))
	defer closeDB(t, db)
	if got, err := db.Business(t.Context(), b.ID); err != nil || got.Lines[0].AuthToken != demoToken {
		t.Errorf("read back %v", err)
	}
}

func TestSecretKeyOfAnotherLengthIsRefused(t *testing.T) {
	if _, err := store.Open(t.Context(), storetest.SQLite(t), store.Options{SecretKey: []byte("short")}); err == nil {
		t.Error("accepted")
	}
}
