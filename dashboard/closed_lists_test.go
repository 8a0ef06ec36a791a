package dashboard

import (
	"crypto/sha256"
	"encoding/hex"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"fixly/receptionist/flow"
	"fixly/scheduling"
	"fixly/telephony"
)

// TestEveryReasonIsExplained reads the closed lists themselves, so that a new reason can't be forgotten here.
func TestEveryReasonIsExplained(t *testing.T) {
	for _, reason := range listed(t, "..", "receptionist", "flow", "reason.go") {
		if _, ok := whys[flow.Reason(reason)]; !ok {
			t.Errorf("%s is not explained in reasons.go", reason)
		}
	}
	for _, reason := range listed(t, "..", "routing", "reason.go") {
		if _, ok := routes[reason]; !ok {
			t.Errorf("%s is not explained in labels.go", reason)
		}
	}
	for _, r := range append(telephony.RingResults(), telephony.Ringing, telephony.PickedUp) {
		if ringLabels[r].Text == "" {
			t.Errorf("%q of a ring is not said in rings.go", r)
		}
	}
	for _, reason := range listed(t, "..", "scheduling", "reason.go") {
		if words := refusalWords(scheduling.Reason(reason)); strings.HasPrefix(words, "That time can't be had") {
			t.Errorf("%s is not said to the owner: %q", reason, words)
		}
	}
}

// listed are the strings that are given names in a file.
func listed(t *testing.T, path ...string) []string {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), filepath.Join(path...), nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	ast.Inspect(f, func(node ast.Node) bool {
		spec, ok := node.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		lit, ok := spec.Values[0].(*ast.BasicLit)
		if !ok || lit.Kind != token.STRING {
			return true
		}
		word, err := strconv.Unquote(lit.Value)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, word)
		return true
	})
	if len(out) == 0 {
		t.Errorf("nothing was found in %s", filepath.Join(path...))
	}
	return out
}

// TestVendoredFilesAreAsPublished holds the files of others against the checksums beside them.
func TestVendoredFilesAreAsPublished(t *testing.T) {
	for _, dir := range []string{"static", "testdata"} {
		list, err := os.ReadFile(filepath.Join(dir, "VENDORED"))
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for line := range strings.Lines(string(list)) {
			f := strings.Fields(line)
			if len(f) != 4 || !strings.Contains(f[1], "@") {
				continue
			}
			data, err := os.ReadFile(filepath.Join(dir, f[0]))
			if err != nil {
				t.Fatal(err)
			}
			if sum := sha256.Sum256(data); hex.EncodeToString(sum[:]) != f[3] {
				t.Errorf("%s/%s is not %s as published", dir, f[0], f[1])
			}
			listed[f[0]] = true
		}
		minified, err := filepath.Glob(filepath.Join(dir, "*.min.js"))
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range minified {
			if !listed[filepath.Base(m)] {
				t.Errorf("%s is not listed in %s/VENDORED", m, dir)
			}
		}
	}
}

func TestWords(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	at := func(s string) time.Time {
		v, err := time.ParseInLocation("2006-01-02 15:04", s, chicago)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, c := range []struct{ got, want string }{
		{window(at("2026-11-24 08:00"), at("2026-11-24 10:00")), "8–10 AM"},
		{window(at("2026-11-24 11:30"), at("2026-11-24 13:30")), "11:30 AM–1:30 PM"},
		{window(at("2026-11-24 23:00"), at("2026-11-25 01:00")), "11 PM–1 AM"},
		{day(at("2026-11-24 08:00"), at("2026-11-24 23:59")), "Today"},
		{day(at("2026-11-25 00:00"), at("2026-11-24 23:59")), "Tomorrow"},
		{day(at("2026-11-23 23:59"), at("2026-11-24 00:00")), "Yesterday"},
		{day(at("2026-11-28 10:00"), at("2026-11-24 10:00")), "Saturday"},
		{day(at("2026-12-24 10:00"), at("2026-11-24 10:00")), "Thu, Dec 24"},
		{day(at("2027-01-04 10:00"), at("2026-11-24 10:00")), "Mon, Jan 4, 2027"},
		// The days on which clocks change have 23 and 25 hours.
		{day(at("2026-03-09 00:30"), at("2026-03-08 01:00")), "Tomorrow"},
		{day(at("2026-11-02 00:30"), at("2026-11-01 23:30")), "Tomorrow"},
		{weekOf(at("2026-11-01 23:30")).Format(time.DateOnly), "2026-10-26"},
		{weekOf(at("2026-11-02 00:00")).Format(time.DateOnly), "2026-11-02"},
		{unshout("O'ROURKE MEGAN"), "O'Rourke Megan"},
		{unshout("McDonald"), "McDonald"},
		{initials("Megan O'Rourke"), "MO"},
		{initials("+1 312"), ""},
		{length(65 * time.Second), "1 min 05 s"},
		{sentence("no_job_under_number"), "No job under number"},
		{Why("greeted"), "The call began: your greeting"},
		{Why("something_new"), "Something new"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
	said, rest := cutAt("I have Tuesday at nine, or Wednesday.", "I have Tuesday")
	if said != "I have Tuesday" || rest != " at nine, or Wednesday." {
		t.Errorf("%q and %q", said, rest)
	}
}
