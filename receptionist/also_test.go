package receptionist_test

import (
	"maps"
	"testing"
	"time"

	"fixly/receptionist/understanding"
)

// TestFurtherWorkHasItsTime: what was asked for in the same breath lengthens the visit that is booked, as it did the one
// that was offered, and only who can do all of it is sent.
func TestFurtherWorkHasItsTime(t *testing.T) {
	means := maps.Clone(meanings)
	means["my sink leaks and the furnace is dead"] = understanding.Understanding{
		Intents: []understanding.ScoredIntent{{Name: understanding.IntentBook, Score: 0.9}},
		Service: "Leak repair", ServiceScore: 0.9, Problem: "my sink leaks",
		Also: []understanding.Work{{Service: "Furnace repair", Problem: "the furnace is dead"}},
	}
	d := newDesk(t, means)
	d.ring("call_1")
	for _, s := range []string{"my sink leaks and the furnace is dead", "the second one", "karen whitfield", "yes", "1842 n damen, 60647", "yes"} {
		d.say(s)
	}
	jobs := d.mem.Jobs()
	if len(jobs) != 1 {
		t.Fatalf("%d jobs", len(jobs))
	}
	slot := jobs[0].Slot
	if long := slot.End.Sub(slot.Start); long != 210*time.Minute || slot.Technician != "Mike Rossi" {
		t.Errorf("%s for %s; the leak takes 90 minutes, the furnace two hours, and only Mike can do both", slot.Technician, long)
	}
}
