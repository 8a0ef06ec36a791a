package feed_test

import (
	"strings"
	"testing"
	"time"

	"fixly/demo"
	"fixly/scheduling"
	"fixly/scheduling/calendar/feed"
)

// TestEachVisitOfACrew: work of two days is two events, which name everybody who goes there.
func TestEachVisitOfACrew(t *testing.T) {
	j := aJob(func(j *scheduling.Job) {
		first := scheduling.Interval{From: j.Slot.Start, To: j.Slot.End}
		second := scheduling.Interval{From: first.From.Add(24 * time.Hour), To: first.To.Add(24 * time.Hour)}
		j.Slot.Helper, j.Slot.End, j.Parts = "Mike Rossi", second.To, []scheduling.Interval{first, second}
	})
	var out strings.Builder
	if err := feed.Write(&out, demo.Business(), "", []scheduling.Job{j}); err != nil {
		t.Fatal(err)
	}
	got := events(t, out.String())
	if len(got) != 2 || text(t, got[0], "UID") == text(t, got[1], "UID") {
		t.Fatalf("%d events in:\n%s", len(got), out.String())
	}
	for i, e := range got {
		at, err := e.DateTimeStart(time.UTC)
		if err != nil || !at.Equal(j.Parts[i].From) || !strings.HasPrefix(text(t, e, "SUMMARY"), "Luis Ortega and Mike Rossi: ") {
			t.Errorf("visit %d: %v, %v, %q", i, at, err, text(t, e, "SUMMARY"))
		}
	}
}
