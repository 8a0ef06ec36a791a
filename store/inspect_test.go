package store_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixly/clock"
	"fixly/demo"
	"fixly/store"
	"fixly/store/storetest"
)

func TestInspectionReadsBesideTheServer(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		db := storetest.Open(t, address, clock.Real())
		if err := db.SaveBusiness(t.Context(), demo.Business()); err != nil {
			t.Fatal(err)
		}
		i, err := store.Inspect(t.Context(), address, store.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = i.Close() }()
		has, needs, err := i.Schema(t.Context())
		if err != nil || has != needs || has == 0 {
			t.Errorf("schema %d of %d, %v", has, needs, err)
		}
		all, err := i.Businesses(t.Context())
		if err != nil || len(all) != 1 || all[0].Profile.Slug != demo.Slug {
			t.Errorf("businesses %v, %v", all, err)
		}
	})
}

func TestInspectionChangesNothing(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.db")
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	i, err := store.Inspect(t.Context(), "sqlite:"+path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if has, needs, err := i.Schema(t.Context()); err != nil || has != 0 || needs == 0 {
		t.Errorf("schema %d of %d, %v", has, needs, err)
	}
	if err := i.Close(); err != nil {
		t.Error(err)
	}
	if b, err := os.ReadFile(path); err != nil || len(b) != 0 {
		t.Errorf("the file has %d bytes now, %v", len(b), err)
	}
}

func TestInspectionSaysWhatIsWrong(t *testing.T) {
	dir := t.TempDir()
	garbage := filepath.Join(dir, "garbage.db")
	if err := os.WriteFile(garbage, []byte(strings.Repeat("no database ", 100)), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{
		"sqlite:" + garbage, "sqlite:" + filepath.Join(dir, "absent.db"), "sqlite:" + dir, "sqlite:",
		"postgres://127.0.0.1:1/none?connect_timeout=1", "mysql://x",
	} {
		i, err := store.Inspect(t.Context(), address, store.Options{})
		if err == nil {
			_ = i.Close()
		}
		if err == nil || strings.Contains(err.Error(), "\n") {
			t.Errorf("%s: %v, want an error of one line", address, err)
		}
	}
}
