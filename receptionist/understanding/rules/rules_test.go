package rules

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"fixly/receptionist/understanding/grammar"
	m "fixly/receptionist/understanding/meaning"
)

func TestEaster(t *testing.T) {
	for year, want := range map[int][2]int{2024: {3, 31}, 2025: {4, 20}, 2026: {4, 5}, 2027: {3, 28}, 2038: {4, 25}} {
		_, month, day := Easter(year).Civil()
		if month != time.Month(want[0]) || day != want[1] {
			t.Errorf("easter %d is %v %d", year, month, day)
		}
	}
}

func TestTitles(t *testing.T) {
	for in, want := range map[string]string{
		"karen o'rourke": "Karen O'Rourke", "mcdonald": "McDonald", "anne-marie": "Anne-Marie", "josé ñandú": "José Ñandú", "x": "X", "": "",
	} {
		if got := Title(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestOrdinalsInFigures(t *testing.T) {
	for n, want := range map[int]string{1: "1st", 2: "2nd", 3: "3rd", 11: "11th", 12: "12th", 13: "13th", 21: "21st", 112: "112th", 103: "103rd"} {
		if got := OrdinalFigures(n); got != want {
			t.Errorf("%d: %s, want %s", n, got, want)
		}
	}
}

func TestDaysPastTheEndOfAMonthAreWrong(t *testing.T) {
	if d := DayOfMonth(2026, time.February, 29); !d.Wrong {
		t.Errorf("29 February 2026 is %v", d)
	}
	if d := DayOfMonth(2028, time.February, 29); d.Wrong || d.From != m.Date(2028, 2, 29) {
		t.Errorf("29 February 2028 is %v", d)
	}
}

// Whatever the readers ask for, each language has words for: a class may be empty, a cue may not.
func TestEveryCueIsNeeded(t *testing.T) {
	defer func() {
		if fault := recover(); fault == nil || !strings.Contains(fmt.Sprint(fault), `"also" has no wordings`) {
			t.Errorf("a cue without wordings: %v", fault)
		}
	}()
	var cues strings.Builder
	for _, c := range m.Cues() {
		if c != m.CueAlso {
			fmt.Fprintf(&cues, "%s: [word]\n", c)
		}
	}
	d := Data{Code: "xx", FS: fstest.MapFS{"data/cues.yaml": &fstest.MapFile{Data: []byte(cues.String())}}}
	d.cues(&grammar.Spec{})
}
