package dashboard

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestStretchOfADay(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	at := func(day, clock string) time.Time {
		x, err := time.ParseInLocation("2006-01-02 15:04", day+" "+clock, chicago)
		if err != nil {
			t.Fatal(err)
		}
		return x
	}
	for _, c := range []struct {
		name, day string
		from, to  time.Time
		want      rowSpan
		none      bool
	}{
		{"a morning", "2026-11-24", at("2026-11-24", "09:00"), at("2026-11-24", "10:30"), rowSpan{36, 42}, false},
		{"off the quarters", "2026-11-24", at("2026-11-24", "09:05"), at("2026-11-24", "09:10"), rowSpan{36, 37}, false},
		{"from the day before", "2026-11-24", at("2026-11-23", "23:00"), at("2026-11-24", "01:00"), rowSpan{0, 4}, false},
		{"into the day after", "2026-11-24", at("2026-11-24", "23:30"), at("2026-11-25", "03:00"), rowSpan{94, 96}, false},
		{"through it all", "2026-11-24", at("2026-11-20", "00:00"), at("2026-11-30", "00:00"), rowSpan{0, 96}, false},
		{"ends as it begins", "2026-11-24", at("2026-11-23", "20:00"), at("2026-11-24", "00:00"), rowSpan{}, true},
		{"begins as it ends", "2026-11-24", at("2026-11-25", "00:00"), at("2026-11-25", "01:00"), rowSpan{}, true},
		{"the night that skips an hour", "2027-03-14", at("2027-03-14", "01:30"), at("2027-03-14", "03:30"), rowSpan{6, 14}, false},
		{"the hour that comes twice", "2027-11-07", at("2027-11-07", "01:45"), at("2027-11-07", "01:45").Add(45 * time.Minute), rowSpan{7, 8}, false},
	} {
		got, ok := rowsOf(at(c.day, "00:00"), c.from, c.to)
		if ok == c.none || got != c.want {
			t.Errorf("%s: %v, %v, want %v", c.name, got, ok, c.want)
		}
	}
}

// TestNothingLiesOnAnother: what overlaps has lanes of its own, no wider than needed, and each place has its class.
func TestNothingLiesOnAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		all := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) rowSpan {
			from := rapid.IntRange(0, quartersADay-1).Draw(t, "from")
			return rowSpan{from, from + rapid.IntRange(1, quartersADay-from).Draw(t, "rows")}
		}), 0, 12).Draw(t, "things")
		crowd := 0 // the most that are there at once
		for row := range quartersADay {
			n := 0
			for _, s := range all {
				if s.from <= row && row < s.to {
					n++
				}
			}
			crowd = max(crowd, n)
		}
		got := lanes(all)
		styles := string(gridStyles())
		for i, a := range all {
			if l := got[i]; l.at < 0 || l.at >= l.of || l.of > min(crowd, maxLanes) {
				t.Fatalf("%v has lane %v of %d things at once", a, l, crowd)
			}
			for j := range i {
				b := all[j]
				if a.from >= b.to || b.from >= a.to {
					continue
				}
				if got[i].of != got[j].of || crowd <= maxLanes && got[i].at == got[j].at {
					t.Fatalf("%v and %v have lanes %v and %v", a, b, got[i], got[j])
				}
			}
			for _, class := range []string{fmt.Sprintf(".r%d{", a.from), fmt.Sprintf(".s%d{", a.to-a.from)} {
				if !strings.Contains(styles, class) {
					t.Fatalf("no class %s", class)
				}
			}
		}
	})
}
