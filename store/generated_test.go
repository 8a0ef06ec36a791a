package store_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// TestGeneratedCodeIsCurrent runs sqlc again and compares. It needs the tool where `make tools` puts it.
func TestGeneratedCodeIsCurrent(t *testing.T) {
	sqlc, err := filepath.Abs("../.bin/sqlc")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(sqlc); err != nil {
		t.Skip("sqlc is not built (.bin/sqlc), so whether internal/rows fits queries/ was not checked")
	}
	out, err := exec.Command(sqlc, "diff").CombinedOutput()
	if err != nil {
		t.Errorf("internal/rows does not fit the queries; run go generate ./store: %v\n%s", err, out)
	}
}
