package scheduling_test

import (
	"testing"
	"time"

	"fixly/business"
	"fixly/demo"
	"fixly/scheduling"
)

// at reads "2026-11-23 10:00" in the zone of the demo business.
func at(t testing.TB, s string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", s, demo.Business().Location())
	if err != nil {
		t.Fatal(err)
	}
	return v
}

// edited is the demo business with changes.
func edited(t testing.TB, edit func(b *business.Business)) *business.Business {
	t.Helper()
	b := demo.Business()
	edit(b)
	if err := business.Validate(b); err != nil {
		t.Fatal(err)
	}
	return b
}

// wholeDay asks for a service's starts on one date.
func wholeDay(t testing.TB, service, date string) scheduling.Query {
	return scheduling.Query{Service: service, From: at(t, date+" 00:00"), To: at(t, date+" 23:59")}
}

// starts writes the starts of slots as their wall-clock times.
func starts(slots []scheduling.Slot) []string {
	out := make([]string, len(slots))
	for i, s := range slots {
		out[i] = s.Start.Format("15:04")
	}
	return out
}

func wantStarts(t *testing.T, slots []scheduling.Slot, first, last string, count int) {
	t.Helper()
	got := starts(slots)
	if len(got) != count || count > 0 && (got[0] != first || got[len(got)-1] != last) {
		t.Errorf("open at %v; want %d from %s to %s", got, count, first, last)
	}
}

func TestOpenKeepsWithinTheOpeningHours(t *testing.T) {
	b := demo.Business()
	now := at(t, "2026-11-23 07:00")
	wantStarts(t, scheduling.Open(b, nil, now, wholeDay(t, "Leak repair", "2026-11-24")), "08:00", "15:30", 16)
	wantStarts(t, scheduling.Open(b, nil, now, wholeDay(t, "Water heater replacement", "2026-11-24")), "08:00", "13:00", 11)
	wantStarts(t, scheduling.Open(b, nil, now, wholeDay(t, "Leak repair", "2026-11-28")), "09:00", "11:30", 6) // Saturday
	wantStarts(t, scheduling.Open(b, nil, now, wholeDay(t, "Leak repair", "2026-11-29")), "", "", 0)           // Sunday
	wantStarts(t, scheduling.Open(b, nil, now, wholeDay(t, "Leak repair", "2026-11-26")), "", "", 0)           // Thanksgiving
	for _, s := range scheduling.Open(b, nil, now, scheduling.Query{Service: "Leak repair"}) {
		if s.End.Sub(s.Start) != 90*time.Minute {
			t.Fatalf("slot %v lasts %v", s, s.End.Sub(s.Start))
		}
	}
}

func TestOpenStartsAtOpeningAndOnTheHalfHour(t *testing.T) {
	b := edited(t, func(b *business.Business) { b.Hours.Tue = []string{"08:15-10:00", "13:00-15:00"} })
	got := starts(scheduling.Open(b, nil, at(t, "2026-11-23 07:00"), wholeDay(t, "Free estimate", "2026-11-24")))
	want := []string{"08:15", "08:30", "09:00", "13:00", "13:30", "14:00"}
	if len(got) != len(want) {
		t.Fatalf("open at %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("open at %v, want %v", got, want)
		}
	}
}

func TestOpenRoundTheClock(t *testing.T) {
	b := edited(t, func(b *business.Business) {
		b.Hours.Tue, b.Hours.Wed = []string{"20:00-24:00"}, []string{"00:00-04:00"}
	})
	q := scheduling.Query{Service: "Leak repair", From: at(t, "2026-11-24 18:00"), To: at(t, "2026-11-25 18:00")}
	wantStarts(t, scheduling.Open(b, nil, at(t, "2026-11-23 07:00"), q), "20:00", "02:30", 14)
}

func TestOpenNoticeAndHorizon(t *testing.T) {
	b := demo.Business()
	wantStarts(t, scheduling.Open(b, nil, at(t, "2026-11-24 09:00"), wholeDay(t, "Leak repair", "2026-11-24")), "10:00", "15:30", 12)
	wantStarts(t, scheduling.Open(b, nil, at(t, "2026-11-24 09:01"), wholeDay(t, "Leak repair", "2026-11-24")), "10:30", "15:30", 11)
	wantStarts(t, scheduling.Open(b, nil, at(t, "2026-11-24 14:31"), wholeDay(t, "Leak repair", "2026-11-24")), "", "", 0)
	wantStarts(t, scheduling.Open(b, nil, at(t, "2026-11-23 10:00"), wholeDay(t, "Leak repair", "2026-12-14")), "08:00", "10:00", 5)
	wantStarts(t, scheduling.Open(b, nil, at(t, "2026-11-23 10:00"), wholeDay(t, "Leak repair", "2026-12-15")), "", "", 0)
}

func TestOpenSkillsAndFairness(t *testing.T) {
	b := demo.Business()
	now := at(t, "2026-11-23 07:00")
	who := func(service string, busy ...scheduling.Busy) string {
		q := wholeDay(t, service, "2026-11-24")
		q.Limit = 1
		slots := scheduling.Open(b, busy, now, q)
		if len(slots) == 0 {
			return ""
		}
		return slots[0].Technician
	}
	if got := who("Drain cleaning"); got != "Luis Ortega" {
		t.Errorf("drains go to %q", got)
	}
	if got := who("Furnace repair"); got != "Mike Rossi" {
		t.Errorf("heating goes to %q", got)
	}
	if got := who("Leak repair"); got != "Luis Ortega" {
		t.Errorf("plumbing goes to %q; Mike is the only one for gas and heating", got)
	}
	morning := scheduling.Busy{Technician: "Luis Ortega", From: at(t, "2026-11-24 08:00"), To: at(t, "2026-11-24 08:30")}
	if got := who("Leak repair", morning); got != "Mike Rossi" {
		t.Errorf("with Luis busy plumbing goes to %q", got)
	}
	if got := scheduling.Open(b, nil, now, scheduling.Query{Service: "Drain cleaning", Technician: "Mike Rossi"}); got != nil {
		t.Errorf("Mike has no drains skill but is offered at %v", starts(got))
	}
	if got := scheduling.Open(b, nil, now, scheduling.Query{Service: "Roofing"}); got != nil {
		t.Errorf("roofing is offered at %v", starts(got))
	}

	equal := edited(t, func(b *business.Business) { b.Team[0].Skills = b.Team[1].Skills; b.Services = b.Services[:4] })
	later := scheduling.Busy{Technician: "Mike Rossi", From: at(t, "2026-11-24 14:00"), To: at(t, "2026-11-24 16:00")}
	q := wholeDay(t, "Leak repair", "2026-11-24")
	q.Limit = 1
	if got := scheduling.Open(equal, []scheduling.Busy{later}, now, q)[0].Technician; got != "Luis Ortega" {
		t.Errorf("of two alike, %q has it, who has more to do that day", got)
	}
}

func TestOpenKeepsTheTravelBuffer(t *testing.T) {
	b := demo.Business()
	q := wholeDay(t, "Furnace repair", "2026-11-24") // two hours, Mike only
	busy := []scheduling.Busy{{Technician: "Mike Rossi", From: at(t, "2026-11-24 11:00"), To: at(t, "2026-11-24 12:30")}}
	got := starts(scheduling.Open(b, busy, at(t, "2026-11-23 07:00"), q))
	want := []string{"08:00", "08:30", "12:30", "13:00", "13:30", "14:00", "14:30", "15:00"}
	if len(got) != len(want) {
		t.Fatalf("open at %v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Fatalf("open at %v, want %v", got, want)
		}
	}
}

func TestOpenWantedAndAvoid(t *testing.T) {
	b := demo.Business()
	q := scheduling.Query{
		Service: "Leak repair",
		Wanted: []scheduling.Interval{
			{From: at(t, "2026-11-25 08:00"), To: at(t, "2026-11-25 12:00")},
			{From: at(t, "2026-11-24 13:00"), To: at(t, "2026-11-24 15:00")},
		},
		Avoid: []scheduling.Interval{{From: at(t, "2026-11-25 09:00"), To: at(t, "2026-11-25 13:00")}},
	}
	got := starts(scheduling.Open(b, nil, at(t, "2026-11-23 07:00"), q))
	if want := "[13:00 13:30 14:00 14:30 08:00 08:30]"; len(got) != 6 || got[0] != "13:00" || got[5] != "08:30" {
		t.Errorf("open at %v, want %s", got, want)
	}
}

func TestOpenEmergencies(t *testing.T) {
	b := demo.Business()
	q := scheduling.Query{Service: "Leak repair", Emergency: true, Limit: 1}
	for now, want := range map[string]string{
		"2026-11-23 10:30": "2026-11-23 11:00", // within hours, before the notice
		"2026-11-23 10:31": "2026-11-23 11:15",
		"2026-11-23 02:05": "2026-11-23 02:45", // at night
		"2026-11-26 12:00": "2026-11-26 12:30", // on Thanksgiving
	} {
		got := scheduling.Open(b, nil, at(t, now), q)
		if len(got) != 1 || !got[0].Start.Equal(at(t, want)) {
			t.Errorf("at %s: %v, want %s", now, got, want)
		}
	}
	both := []scheduling.Busy{
		{Technician: "Mike Rossi", From: at(t, "2026-11-23 10:00"), To: at(t, "2026-11-23 13:10")},
		{Technician: "Luis Ortega", From: at(t, "2026-11-23 10:00"), To: at(t, "2026-11-23 14:00")},
	}
	if got := scheduling.Open(b, both, at(t, "2026-11-23 10:30"), q); !got[0].Start.Equal(at(t, "2026-11-23 13:15")) {
		t.Errorf("with everyone out: %v", got)
	}
	not := edited(t, func(b *business.Business) { b.Emergencies.Accepted = false })
	if got := scheduling.Open(not, nil, at(t, "2026-11-23 02:05"), q); !got[0].Start.Equal(at(t, "2026-11-23 08:00")) {
		t.Errorf("not accepting emergencies: %v", got)
	}
}

// TestOpenOnDaysOnWhichClocksChange has a shop open from midnight to six in Chicago: the night of 8 March 2026 has no
// two o'clock, that of 1 November has two one o'clocks.
func TestOpenOnDaysOnWhichClocksChange(t *testing.T) {
	b := edited(t, func(b *business.Business) { b.Hours.Sun = []string{"00:00-06:00"} })
	spring := scheduling.Open(b, nil, at(t, "2026-03-07 12:00"), wholeDay(t, "Leak repair", "2026-03-08"))
	wantStarts(t, spring, "00:00", "04:30", 8) // five hours long
	for i := 1; i < len(spring); i++ {
		if d := spring[i].Start.Sub(spring[i-1].Start); d != 30*time.Minute {
			t.Errorf("%v after %v", spring[i].Start, spring[i-1].Start)
		}
	}
	autumn := scheduling.Open(b, nil, at(t, "2026-10-31 12:00"), wholeDay(t, "Leak repair", "2026-11-01"))
	wantStarts(t, autumn, "00:00", "04:30", 12) // seven hours long
	// Posted hours stay what they are on the wall, on both sides of the change.
	for _, date := range []string{"2026-03-06", "2026-03-09", "2026-10-30", "2026-11-02"} {
		wantStarts(t, scheduling.Open(demo.Business(), nil, at(t, date+" 00:00"), wholeDay(t, "Leak repair", date)), "08:00", "15:30", 16)
	}
}

// TestAQueryThatEndsWithTheHorizon: the end of a query is no start, though the horizon's is one.
func TestAQueryThatEndsWithTheHorizon(t *testing.T) {
	b := edited(t, func(b *business.Business) { b.Scheduling.Horizon = business.Duration(24 * time.Hour) })
	now := at(t, "2026-11-23 10:00")
	q := scheduling.Query{Service: "Leak repair", From: at(t, "2026-11-24 09:30"), To: at(t, "2026-11-24 10:00")}
	wantStarts(t, scheduling.Open(b, nil, now, q), "09:30", "09:30", 1)
	q.To = time.Time{}
	wantStarts(t, scheduling.Open(b, nil, now, q), "09:30", "10:00", 2)
}
