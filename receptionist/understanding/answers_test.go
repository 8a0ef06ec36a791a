package understanding_test

import (
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	u "fixly/receptionist/understanding"
)

// table reads a file of testdata: a case a line, its columns parted by bars, comments from #.
func table(t *testing.T, file string, columns int) [][]string {
	t.Helper()
	b, err := os.ReadFile("testdata/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var out [][]string
	for _, l := range strings.Split(string(b), "\n") {
		if l = strings.TrimSpace(l); l == "" || l[0] == '#' {
			continue
		}
		row := strings.SplitN("  "+l, "|", columns)
		if len(row) != columns {
			t.Fatalf("%s: %q has not %d columns", file, l, columns)
		}
		for i := range row {
			row[i] = strings.TrimSpace(row[i])
		}
		out = append(out, row)
	}
	return out
}

func TestAnswersInAllTheirForms(t *testing.T) {
	for _, row := range table(t, "answers.txt", 3) {
		want := u.Answer(row[1])
		if row[1] == "-" {
			want = u.NoAnswer
		}
		if got := understand(t, u.Asked(row[0]), row[2]).Answer; got != want {
			t.Errorf("%s: %q is %q, want %q", row[0], row[2], got, want)
		}
	}
}

func TestChoicesInAllTheirForms(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 11, day, hour, minute, 0, 0, chicago()) }
	offers := []time.Time{at(24, 8, 0), at(24, 13, 30), at(25, 10, 0)}
	for _, row := range table(t, "choices.txt", 2) {
		got := understand(t, u.AskedChoice, row[1], offers...)
		is := "-"
		switch c := got.Choice; {
		case c == nil:
		case c.Refused:
			is = "none"
		case c.Either:
			is = "any"
		default:
			is = strconv.Itoa(c.Index + 1)
		}
		if is != row[0] {
			t.Errorf("%q chose %s, want %s (answer %q, when %q)", row[1], is, row[0], got.Answer, got.When.Kind)
		}
	}
}
