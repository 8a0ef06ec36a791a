package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fixly/demo"
)

// shopFile writes the demo's business file, with something replaced.
func shopFile(t *testing.T, oldnew ...string) string {
	t.Helper()
	name := filepath.Join(t.TempDir(), "shop.yaml")
	if err := os.WriteFile(name, []byte(strings.NewReplacer(oldnew...).Replace(string(demo.File()))), 0o600); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestSimulateReports(t *testing.T) {
	f := newFixly(t)
	shop := shopFile(t)
	out, stderr, status := f.run("", "simulate", "--business", shop, "--random", "20", "--seed", "3")
	if status != 0 || !strings.Contains(out, "20 callers, seed 3") || !strings.Contains(out, "booked right") || !strings.Contains(out, "driving (seed 3)") || stderr != "" {
		t.Fatalf("status %d, %q, %q", status, out, stderr)
	}
	again, _, _ := f.run("", "simulate", "--business", shop, "--random", "20", "--seed", "3", "--parallel", "7")
	if again != out {
		t.Error("the same flags gave another report")
	}
	out, _, _ = f.run("", "simulate", "--business", shop, "--random", "20", "--json")
	var r struct {
		Callers int `json:"callers"`
		Goals   []struct{ Of string }
		Driving struct{ Planned struct{ Jobs int } }
	}
	if err := json.Unmarshal([]byte(out), &r); err != nil || r.Callers != 20 || len(r.Goals) == 0 || r.Driving.Planned.Jobs == 0 {
		t.Errorf("%v, %+v", err, r)
	}
}

func TestSimulateRequires(t *testing.T) {
	f := newFixly(t)
	closed := shopFile(t, "horizon: 21d", "horizon: 24h", "notice: 60m", "notice: 23h") // hardly anything is ever open
	_, stderr, status := f.run("", "simulate", "--business", closed, "--random", "20", "--require", "99", "--show", "0")
	if status != 1 || !strings.Contains(stderr, "required are 99 %") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

func TestSimulatePlaysAFolderOfConversations(t *testing.T) {
	f := newFixly(t)
	calls := filepath.Join("..", "..", "receptionist", "testdata", "calls")
	out, stderr, status := f.run("", "simulate", "--business", shopFile(t), "--calls", calls, "--require", "100")
	if status != 0 || !strings.HasSuffix(out, "ended as they should\n") {
		t.Errorf("status %d, %q, %q", status, out, stderr)
	}
	out, _, status = f.run("", "simulate", "--business", shopFile(t, "Furnace repair", "Heater work"), "--calls", calls, "--require", "100")
	if status != 1 || !strings.Contains(out, "in the end: service: Heater work, expected Furnace repair") {
		t.Errorf("status %d, %q", status, out)
	}
	if _, stderr, status = f.run("", "simulate", "--business", shopFile(t), "--calls", t.TempDir()); status != 1 || !strings.Contains(stderr, "no conversations") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

func TestSimulateReplaysStoredConversations(t *testing.T) {
	f := newFixly(t)
	shop := shopFile(t)
	if _, stderr, status := f.run("", "business", "import", shop); status != 0 {
		t.Fatal(stderr)
	}
	_, stderr, status := f.run("", "simulate", "--business", shop, "--replay", f.env["FIXLY_DATABASE_URL"])
	if status != 1 || !strings.Contains(stderr, "no conversations to hold again") {
		t.Errorf("status %d, %q", status, stderr)
	}
}

func TestSimulateRefusesWhatMakesNoSense(t *testing.T) {
	f := newFixly(t)
	shop := shopFile(t)
	for _, x := range []struct{ flags, why string }{
		{"--random 5", "wants a business file"},
		{"--business " + shop, "one of --random"},
		{"--business " + shop + " --random 5 --calls x", "one of --random"},
		{"--business " + shop + " --random 5 --channel pigeon", "call or text"},
		{"--business " + shop + " --random 5 --require 101", "percentage"},
		{"--business " + shop + " --replay sqlite:x --since yesterday", "2026-11-01"},
		{"--business " + shop + " --random 5 more", "no argument"},
	} {
		if _, stderr, status := f.run("", append([]string{"simulate"}, strings.Fields(x.flags)...)...); status != 2 || !strings.Contains(stderr, x.why) {
			t.Errorf("%s: status %d, %q", x.flags, status, stderr)
		}
	}
}
