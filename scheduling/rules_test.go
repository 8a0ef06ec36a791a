package scheduling_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/scheduling"
)

// dispatch is a shop of three: Mike and Luis as in the demo, and Ann, who has no skill that a service asks for.
func dispatch(t testing.TB, edit func(b *business.Business)) *business.Business {
	t.Helper()
	return edited(t, func(b *business.Business) {
		b.ID = "biz_1"
		b.Team = append(b.Team, business.Member{Name: "Ann Cole", Skills: []string{"helping"}})
		edit(b)
	})
}

// book books a service or gives the reason why not.
func book(t testing.TB, m *memory, b *business.Business, now, service, start string, u scheduling.Urgency) (*scheduling.Job, scheduling.Reason) {
	t.Helper()
	s := scheduling.New(clock.NewManual(at(t, now)), nil)
	j, err := s.Book(context.Background(), m, b, scheduling.BookRequest{
		Service: service, Start: at(t, start), Urgency: u, Customer: contact.Customer{Phone: "+13125550142"},
	})
	var refused *scheduling.Refusal
	if err != nil && !errors.As(err, &refused) {
		t.Fatalf("%s at %s: %v", service, start, err)
	}
	if refused != nil {
		return nil, refused.Reason
	}
	return j, ""
}

const dawn = "2026-11-23 07:00" // Monday, before the shop opens

func TestCrewOfTwo(t *testing.T) {
	b := dispatch(t, func(b *business.Business) { b.Service("Furnace repair").Crew = 2 })
	m := &memory{}
	j, why := book(t, m, b, dawn, "Furnace repair", "2026-11-24 09:00", "")
	if why != "" || !slices.Equal(j.Slot.Crew(), []string{"Mike Rossi", "Ann Cole"}) {
		t.Fatalf("booked %+v, %s; Mike has the skill, and Ann can do least else", j, why)
	}
	for _, name := range []string{"Mike Rossi", "Ann Cole"} {
		busy, _ := m.Busy(context.Background(), b.ID, at(t, "2026-11-24 00:00"), at(t, "2026-11-25 00:00"), at(t, dawn), "", "")
		if !slices.ContainsFunc(busy, func(o scheduling.Busy) bool { return o.Technician == name }) {
			t.Errorf("%s is free while on the visit", name)
		}
	}
	// With Ann taken, Luis goes along; with Luis taken too, nobody can.
	if j, _ = book(t, m, b, dawn, "Leak repair", "2026-11-24 13:00", ""); j.Slot.Helper != "" {
		t.Errorf("one alone goes with %q", j.Slot.Helper)
	}
	busy := []scheduling.Busy{{Technician: "Ann Cole", From: at(t, "2026-11-25 00:00"), To: at(t, "2026-11-26 00:00")}}
	q := wholeDay(t, "Furnace repair", "2026-11-25")
	for _, s := range scheduling.Open(b, busy, at(t, dawn), q) {
		if s.Helper != "Luis Ortega" {
			t.Errorf("%v goes with %q", s.Start, s.Helper)
		}
	}
	busy = append(busy, scheduling.Busy{Technician: "Luis Ortega", From: at(t, "2026-11-25 10:00"), To: at(t, "2026-11-25 15:00")})
	wantStarts(t, scheduling.Open(b, busy, at(t, dawn), q), "15:00", "15:00", 1)
	off := dispatch(t, func(b *business.Business) {
		b.Service("Furnace repair").Crew = 2
		b.Team[1].Off, b.Team[2].Off = []string{"2026-11-24"}, []string{"2026-11-24"}
	})
	wantStarts(t, scheduling.Open(off, nil, at(t, dawn), wholeDay(t, "Furnace repair", "2026-11-24")), "", "", 0)
}

func TestWorkOfSeveralDays(t *testing.T) {
	b := dispatch(t, func(b *business.Business) {
		s := b.Service("Furnace repair")
		s.Days, s.Duration = 2, business.Duration(6*time.Hour)
	})
	m := &memory{}
	visits := func(j *scheduling.Job) (out []string) {
		for _, v := range j.Visits() {
			out = append(out, v.From.In(b.Location()).Format("Mon 15:04")+v.To.In(b.Location()).Format("-15:04"))
		}
		return out
	}
	// Wednesday, then Friday: Thursday is Thanksgiving.
	j, why := book(t, m, b, dawn, "Furnace repair", "2026-11-25 10:00", "")
	if why != "" || !slices.Equal(visits(j), []string{"Wed 10:00-16:00", "Fri 08:00-14:00"}) || !j.Slot.End.Equal(at(t, "2026-11-27 14:00")) {
		t.Fatalf("booked %v, %s", j, why)
	}
	// Friday is taken by then, so that Tuesday to Wednesday and Wednesday to Friday are not open; Monday to Tuesday is.
	if _, why = book(t, m, b, dawn, "Furnace repair", "2026-11-24 08:00", ""); why != scheduling.Full {
		t.Errorf("over the second day of the other: %q", why)
	}
	if j, why = book(t, m, b, dawn, "Furnace repair", "2026-11-23 11:00", ""); why != "" || !slices.Equal(visits(j), []string{"Mon 11:00-17:00", "Tue 08:00-14:00"}) {
		t.Errorf("booked %v, %s", j, why)
	}
	// A Saturday is too short for it: Friday goes on on Monday.
	if j, why = book(t, m, b, dawn, "Furnace repair", "2026-12-04 08:00", ""); why != "" || !slices.Equal(visits(j), []string{"Fri 08:00-14:00", "Mon 08:00-14:00"}) {
		t.Errorf("booked %v, %s", j, why)
	}
	// Who is away for long does not leave the work half done.
	away := dispatch(t, func(b *business.Business) {
		*b.Service("Furnace repair") = business.Service{Name: "Furnace repair", Days: 2, Duration: business.Duration(6 * time.Hour), Price: "x", Skill: "heating"}
		b.Team[0].Off = []string{"2026-12-02..2026-12-12"}
	})
	wantStarts(t, scheduling.Open(away, nil, at(t, dawn), wholeDay(t, "Furnace repair", "2026-12-01")), "", "", 0)

	s := scheduling.New(clock.NewManual(at(t, dawn)), nil)
	moved, err := s.Move(context.Background(), m, b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-12-08 09:00")})
	if err != nil || !slices.Equal(visits(moved), []string{"Tue 09:00-15:00", "Wed 08:00-14:00"}) {
		t.Errorf("moved to %v, %v", moved, err)
	}
	if _, err := s.Cancel(context.Background(), m, b, j.ID); err != nil {
		t.Error(err)
	}
	if _, why = book(t, m, b, dawn, "Furnace repair", "2026-12-08 09:00", ""); why != "" {
		t.Errorf("after the cancellation: %s", why)
	}
}

// windowed has three windows, one of them for emergencies alone.
func windowed(t testing.TB, edit func(b *business.Business)) *business.Business {
	return dispatch(t, func(b *business.Business) {
		b.Scheduling.Windows = []business.Window{
			{Name: "afternoon", Hours: "13:00-15:00", EmergenciesOnly: true, Capacity: 1},
			{Name: "morning", Hours: "08:00-10:00", Capacity: 1},
			{Name: "midday", Hours: "10:00-12:00"},
		}
		edit(b)
	})
}

func TestArrivalWindows(t *testing.T) {
	b := windowed(t, func(*business.Business) {})
	m := &memory{}
	wantStarts(t, scheduling.Open(b, nil, at(t, dawn), wholeDay(t, "Leak repair", "2026-11-24")), "08:00", "10:00", 2)
	j, why := book(t, m, b, dawn, "Leak repair", "2026-11-24 10:00", "")
	if why != "" || !j.WindowEnd.Equal(at(t, "2026-11-24 12:00")) {
		t.Fatalf("booked %v, %s", j, why)
	}
	for start, want := range map[string]scheduling.Reason{
		"2026-11-24 09:00": scheduling.OffWindow, "2026-11-24 12:00": scheduling.OffWindow, "2026-11-24 13:00": scheduling.ForEmergencies,
		"2026-11-24 14:00": scheduling.ForEmergencies, "2026-11-26 08:00": scheduling.ClosedDay,
	} {
		if _, why := book(t, m, b, dawn, "Leak repair", start, ""); why != want {
			t.Errorf("%s: %q, want %q", start, why, want)
		}
	}
	// The morning holds one job, whoever is free besides.
	if _, why = book(t, m, b, dawn, "Leak repair", "2026-11-24 08:00", ""); why != "" {
		t.Fatal(why)
	}
	if _, why = book(t, m, b, dawn, "Free estimate", "2026-11-24 08:00", ""); why != scheduling.WindowFull {
		t.Errorf("a second in the morning: %q", why)
	}
	// Emergencies come at any hour, full or not; but theirs alone holds one as well.
	if _, why = book(t, m, b, dawn, "Furnace repair", "2026-11-25 08:15", scheduling.Emergency); why != "" {
		t.Errorf("an emergency: %q", why)
	}
	if _, why = book(t, m, b, dawn, "Leak repair", "2026-11-25 13:30", scheduling.Emergency); why != "" {
		t.Errorf("an emergency in its window: %q", why)
	}
	if _, why = book(t, m, b, dawn, "Furnace repair", "2026-11-25 14:45", scheduling.Emergency); why != scheduling.WindowFull {
		t.Errorf("a second emergency in its window: %q", why)
	}
	// "At nine" is in the morning's window.
	got := scheduling.Offers(b, nil, at(t, dawn), scheduling.Query{
		Service: "Leak repair", Wanted: []scheduling.Interval{{From: at(t, "2026-11-24 09:00"), To: at(t, "2026-11-24 09:01")}},
	})
	if got.Refusal != nil || len(got.Slots) != 1 || !got.Slots[0].Start.Equal(at(t, "2026-11-24 08:00")) {
		t.Errorf("at nine: %+v", got)
	}
}

func TestDailyCaps(t *testing.T) {
	b := dispatch(t, func(b *business.Business) { b.Scheduling.DailyCap = 2; b.Team[1].DailyCap = 1 })
	m := &memory{}
	for i, c := range []struct {
		service, start, who string
		why                 scheduling.Reason
	}{
		{"Leak repair", "2026-11-24 08:00", "Luis Ortega", ""},
		{"Drain cleaning", "2026-11-24 13:00", "", scheduling.Full}, // Luis has his one visit
		{"Leak repair", "2026-11-24 13:00", "Mike Rossi", ""},
		{"Leak repair", "2026-11-24 15:30", "", scheduling.DayFull},
		{"Leak repair", "2026-11-25 15:30", "Luis Ortega", ""},
	} {
		j, why := book(t, m, b, dawn, c.service, c.start, "")
		if why != c.why || j != nil && j.Slot.Technician != c.who {
			t.Errorf("%d: %v, %q", i, j, why)
		}
	}
	if _, why := book(t, m, b, dawn, "Leak repair", "2026-11-24 15:30", scheduling.Emergency); why != "" {
		t.Errorf("an emergency on a full day: %q", why)
	}
}

// TestAJobMovesWithinItsFullDay: it takes no room from itself, held or booked.
func TestAJobMovesWithinItsFullDay(t *testing.T) {
	b := dispatch(t, func(b *business.Business) { b.Scheduling.DailyCap = 1 })
	m := &memory{}
	j, _ := book(t, m, b, dawn, "Leak repair", "2026-11-24 08:00", "")
	s, ctx := scheduling.New(clock.NewManual(at(t, dawn)), nil), context.Background()
	got, err := s.Offers(ctx, m, b, scheduling.Query{Service: "Leak repair", Job: j.ID, Wanted: []scheduling.Interval{between(t, "2026-11-24")}})
	if err != nil || got.Refusal != nil {
		t.Fatalf("%+v, %v", got.Refusal, err)
	}
	if _, err := s.Hold(ctx, m, b, "conv_1", got.Slots[len(got.Slots)-1:]); err != nil {
		t.Error(err)
	}
	if _, err := s.Move(ctx, m, b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-24 15:00"), Holder: "conv_1"}); err != nil {
		t.Error(err)
	}
}

func TestStartBuffer(t *testing.T) {
	b := dispatch(t, func(b *business.Business) {
		b.Scheduling.StartBuffer = business.Duration(45 * time.Minute)
		late := []string{"10:00-17:00"}
		b.Team[0].Hours = business.MemberHours{Mon: late, Tue: late, Wed: late, Thu: late, Fri: late}
	})
	wantStarts(t, scheduling.Open(b, nil, at(t, dawn), wholeDay(t, "Drain cleaning", "2026-11-24")), "09:00", "15:30", 14) // Luis, from eight
	wantStarts(t, scheduling.Open(b, nil, at(t, dawn), wholeDay(t, "Furnace repair", "2026-11-24")), "11:00", "15:00", 9)  // Mike, from ten
}

// TestATimeOverRoutineJobsCanBeBooked where nobody is free soon enough for what is booked past midnight alone: a time that was
// offered is looked at in the light of the same jobs.
func TestATimeOverRoutineJobsCanBeBooked(t *testing.T) {
	b := dispatch(t, func(b *business.Business) {
		b.Emergencies.Overbook, b.Emergencies.OverbookWithin = true, business.Duration(10*time.Hour)
	})
	now := at(t, "2026-11-23 13:15")
	m, s, ctx := &memory{}, scheduling.New(clock.NewManual(now), nil), context.Background()
	books := func(slot scheduling.Slot, u scheduling.Urgency) {
		t.Helper()
		if _, err := s.Book(ctx, m, b, scheduling.BookRequest{
			Service: "Leak repair", Start: slot.Start, Technician: slot.Technician, Urgency: u, Customer: contact.Customer{Phone: "+13125550142"},
		}); err != nil {
			t.Fatalf("%s at %s: %v", slot.Technician, slot.Start, err)
		}
	}
	open := func(q scheduling.Query) []scheduling.Slot {
		t.Helper()
		q.Service = "Leak repair"
		out, err := s.Availability(ctx, m, b, q)
		if err != nil {
			t.Fatal(err)
		}
		return out
	}
	for free := open(scheduling.Query{To: at(t, "2026-11-23 23:00")}); len(free) > 0; free = open(scheduling.Query{To: at(t, "2026-11-23 23:00")}) {
		books(free[0], scheduling.Routine)
	}
	for range b.Team {
		for _, slot := range open(scheduling.Query{Emergency: true, From: at(t, "2026-11-24 00:15"), To: at(t, "2026-11-24 00:16")}) {
			books(slot, scheduling.Emergency)
		}
	}
	for {
		soon := open(scheduling.Query{Emergency: true, To: now.Add(10 * time.Hour)})
		if len(soon) == 0 {
			t.Fatal("nothing is open over routine jobs")
		}
		over := soon[0].Over
		books(soon[0], scheduling.Emergency)
		if over {
			return
		}
	}
}

// TestOverbooking: with everyone busy, an emergency takes the time of a routine job that has not begun.
func TestOverbooking(t *testing.T) {
	now := "2026-11-24 09:15"
	fill := func(b *business.Business) (*memory, []*scheduling.Job) {
		m := &memory{}
		var out []*scheduling.Job
		for _, c := range []struct {
			service, start string
			u              scheduling.Urgency
		}{
			{"Leak repair", "2026-11-24 08:00", scheduling.Routine}, // Luis, begun
			{"Furnace repair", "2026-11-24 08:30", scheduling.Urgent},
			{"Drain cleaning", "2026-11-24 10:00", scheduling.Routine},
		} {
			j, why := book(t, m, b, dawn, c.service, c.start, c.u)
			if why != "" {
				t.Fatal(why)
			}
			out = append(out, j)
		}
		return m, out
	}
	never := dispatch(t, func(*business.Business) {})
	m, _ := fill(never)
	if _, why := book(t, m, never, now, "Leak repair", "2026-11-24 10:00", scheduling.Emergency); why != scheduling.Full {
		t.Errorf("without the owner's word: %q", why)
	}

	b := dispatch(t, func(b *business.Business) {
		b.Emergencies.Overbook, b.Emergencies.OverbookWithin = true, business.Duration(90*time.Minute)
	})
	m, jobs := fill(b)
	s, ctx := scheduling.New(clock.NewManual(at(t, now)), nil), context.Background()
	got, err := s.Offers(ctx, m, b, scheduling.Query{Service: "Leak repair", Emergency: true, Limit: 1})
	if err != nil || len(got.Slots) != 1 || !got.Slots[0].Over || got.Slots[0].Technician != "Luis Ortega" || !got.Slots[0].Start.Equal(at(t, "2026-11-24 10:00")) {
		t.Fatalf("offered %+v, %v", got, err)
	}
	if held, err := s.Hold(ctx, m, b, "conv_1", got.Slots); err != nil || len(held) != 0 {
		t.Errorf("held %v, %v: nobody can hold another's time", held, err)
	}
	if free, err := s.Free(ctx, m, b, got.Slots[0], "conv_1", ""); err != nil || !free {
		t.Errorf("free %v, %v", free, err)
	}
	if _, why := book(t, m, b, now, "Leak repair", "2026-11-24 10:15", scheduling.Urgent); why != scheduling.Full {
		t.Errorf("for what is no emergency: %q", why)
	}
	emergency, why := book(t, m, b, now, "Leak repair", "2026-11-24 10:15", scheduling.Emergency)
	if why != "" {
		t.Fatal(why)
	}
	drain, _ := m.Job(ctx, b.ID, jobs[2].ID)
	if drain.DisplacedBy != emergency.ID || !drain.Slot.Start.Equal(at(t, "2026-11-24 10:00")) {
		t.Errorf("the job in the way is %+v", drain)
	}
	// What lies there now is nobody else's, another emergency's neither.
	if _, why := book(t, m, b, now, "Drain cleaning", "2026-11-24 10:15", scheduling.Emergency); why != scheduling.Full {
		t.Errorf("a second emergency: %q", why)
	}
	if _, err := s.Cancel(ctx, m, b, emergency.ID); err != nil {
		t.Fatal(err)
	}
	if drain, _ = m.Job(ctx, b.ID, drain.ID); drain.DisplacedBy != "" {
		t.Errorf("after the emergency was called off: %+v", drain)
	}
	// With somebody free within the time set, nobody's time is taken.
	if _, err := s.Cancel(ctx, m, b, jobs[1].ID); err != nil {
		t.Fatal(err)
	}
	if j, why := book(t, m, b, now, "Leak repair", "2026-11-24 10:15", scheduling.Emergency); why != "" || j.Slot.Technician != "Mike Rossi" {
		t.Errorf("with Mike free: %v, %q", j, why)
	}
}
