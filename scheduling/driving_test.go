package scheduling_test

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/scheduling"
	"fixly/scheduling/travel"
)

// Places: Logan Square, next door to it, the Loop, the South Side, Wheaton 25 miles west, and none.
const (
	logan   = "60647"
	wicker  = "60622"
	loop    = "60601"
	south   = "60616"
	wheaton = "60187"
	nowhere = "00000"
)

// driven is the demo shop with its driving planned: both can mend leaks, Mike lives in Logan Square, Luis on the South
// Side.
func driven(t testing.TB, edit func(b *business.Business)) *business.Business {
	t.Helper()
	return edited(t, func(b *business.Business) {
		b.Scheduling.PlanDriving = true
		b.Team[0].Home, b.Team[1].Home = "2020 West Armitage Avenue, Chicago, IL "+logan, south
		if edit != nil {
			edit(b)
		}
	})
}

// visit is a busy stretch at a place, the demo's travel buffer of half an hour included.
func visit(t testing.TB, technician, from, to, zip string) scheduling.Busy {
	t.Helper()
	return scheduling.Busy{Technician: technician, From: at(t, "2026-11-24 "+from), To: at(t, "2026-11-24 "+to).Add(30 * time.Minute), ZIP: zip}
}

const (
	mike = "Mike Rossi"
	luis = "Luis Ortega"
)

func TestWhoHasToDriveLess(t *testing.T) {
	for _, c := range []struct {
		name, zip, start string
		busy             []scheduling.Busy
		want             string
	}{
		{"near Mike's home", wicker, "10:00", nil, mike},
		{"near Luis's home", south, "10:00", nil, luis},
		{"on Luis's way", wicker, "13:00", []scheduling.Busy{visit(t, luis, "10:00", "12:00", wicker)}, luis},
		{"before a visit next door", wicker, "10:00", []scheduling.Busy{visit(t, luis, "13:00", "15:00", wicker)}, luis},
		{"between two visits of Luis's", wicker, "12:00", []scheduling.Busy{visit(t, luis, "08:00", "09:30", logan), visit(t, luis, "15:00", "16:30", logan)}, luis},
		{"a visit of another day is no help", south, "13:00", []scheduling.Busy{{Technician: mike, From: at(t, "2026-11-25 08:00"), To: at(t, "2026-11-25 10:00"), ZIP: south}}, luis},
		{"equally far: who has less to do", loop, "13:00", []scheduling.Busy{visit(t, luis, "10:00", "12:00", loop), visit(t, mike, "08:00", "09:00", loop), visit(t, mike, "10:00", "12:00", loop)}, luis},
		// As without driving: Luis can do fewer kinds of work.
		{"nobody knows where", "", "10:00", nil, luis},
		{"no such ZIP", nowhere, "10:00", nil, luis},
	} {
		q := scheduling.Query{Service: "Leak repair", ZIP: c.zip, From: at(t, "2026-11-24 "+c.start), To: at(t, "2026-11-24 "+c.start).Add(time.Minute)}
		got := scheduling.Open(driven(t, nil), c.busy, at(t, "2026-11-23 07:00"), q)
		if len(got) != 1 || got[0].Technician != c.want {
			t.Errorf("%s: %v, want %s", c.name, got, c.want)
		}
	}
}

func TestNobodyDrivesFasterThanTheRoad(t *testing.T) {
	far, ok := travel.Drive(logan, wheaton)
	if !ok || far < 35*time.Minute || far > 60*time.Minute {
		t.Fatalf("from Logan Square to Wheaton in %v", far)
	}
	starts := func(zip string, edit func(b *business.Business), busy ...scheduling.Busy) (out []string) {
		b := driven(t, func(b *business.Business) {
			b.Team = b.Team[:1]
			b.Services = slices.DeleteFunc(b.Services, func(s business.Service) bool { return s.Name != "Leak repair" })
			if edit != nil {
				edit(b)
			}
		})
		q := wholeDay(t, "Leak repair", "2026-11-24")
		q.ZIP = zip
		for _, s := range scheduling.Open(b, busy, at(t, "2026-11-23 07:00"), q) {
			out = append(out, s.Start.Format("15:04"))
		}
		return out
	}
	morning := visit(t, mike, "10:00", "12:00", logan)
	for _, c := range []struct {
		name        string
		got         []string
		first, last string
	}{
		{"home is near", starts(wicker, nil), "08:00", "15:30"},
		{"home is far: he leaves half an hour before the hours begin", starts(wheaton, nil), "08:30", "15:30"},
		{"nobody knows where home is", starts(wheaton, func(b *business.Business) { b.Team[0].Home = "" }), "08:00", "15:30"},
		{"after a visit next door", starts(wicker, nil, visit(t, mike, "08:00", "12:00", logan)), "12:30", "15:30"},
		{"after a visit far away", starts(wheaton, nil, visit(t, mike, "08:00", "12:00", logan)), "13:00", "15:30"},
		{"before a visit next door", starts(wicker, nil, visit(t, mike, "12:00", "17:00", logan)), "08:00", "10:00"},
		{"before a visit far away", starts(wheaton, nil, visit(t, mike, "12:00", "17:00", logan)), "08:30", "09:30"},
		{"after what is nowhere", starts(wheaton, nil, visit(t, mike, "08:00", "12:00", "")), "12:30", "15:30"},
		{"driving is not planned", starts(wheaton, func(b *business.Business) { b.Scheduling.PlanDriving = false }, morning), "08:00", "15:30"},
	} {
		if len(c.got) == 0 || c.got[0] != c.first || c.got[len(c.got)-1] != c.last {
			t.Errorf("%s: %v, want %s to %s", c.name, c.got, c.first, c.last)
		}
	}
}

// TestEmergenciesLeaveHomeAtAnyHour: who lives far away comes before the hours begin, too.
func TestEmergenciesLeaveHomeAtAnyHour(t *testing.T) {
	b := driven(t, func(b *business.Business) { b.Team[0].Home, b.Team[1].Home = wheaton, wheaton })
	got := scheduling.Open(b, nil, at(t, "2026-11-24 05:00"), scheduling.Query{Service: "Leak repair", ZIP: logan, Emergency: true, Limit: 1})
	if len(got) != 1 || !got[0].Start.Equal(at(t, "2026-11-24 05:30")) {
		t.Errorf("%v", got)
	}
}

func TestOffersThatSuitAsWellAddLeastDriving(t *testing.T) {
	// Both have all of Tuesday to themselves but for a visit on the South Side that Luis has at noon.
	noon := visit(t, luis, "11:30", "13:00", south)
	for _, c := range []struct {
		name, zip string
		limit     int
		wanted    []string
		want      []string
	}{
		{name: "without a place", limit: 2, want: []string{"08:00", "12:00"}},
		{name: "where Luis is at noon", zip: south, limit: 2, want: []string{"08:00", "14:00"}},
		{name: "an afternoon", zip: south, limit: 1, wanted: []string{"2026-11-24 12:00-17:00"}, want: []string{"14:00"}},
		{name: "a time that was asked for", zip: south, limit: 1, wanted: []string{"2026-11-24 12:00-13:00"}, want: []string{"12:00"}},
		{name: "the soonest that there is", zip: south, limit: 1, want: []string{"08:00"}},
	} {
		q := scheduling.Query{Service: "Leak repair", ZIP: c.zip, Limit: c.limit}
		for _, w := range c.wanted {
			q.Wanted = append(q.Wanted, between(t, w))
		}
		// Luis lives far off, so that he is near the South Side only at noon, and Mike is farther still.
		b := driven(t, func(b *business.Business) { b.Team[0].Home, b.Team[1].Home = loop, wicker })
		var got []string
		for _, s := range scheduling.Offers(b, []scheduling.Busy{noon}, at(t, "2026-11-23 18:00"), q).Slots {
			got = append(got, s.Start.Format("15:04"))
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

func request(start time.Time, zip string) scheduling.BookRequest {
	return scheduling.BookRequest{
		Service: "Leak repair", Start: start, Customer: contact.Customer{Phone: "+13125550142"},
		Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: zip},
	}
}

// TestTheAddressThatIsToldLastDecidesWhoGoes: the offer was made and held for one, and the other lives next door.
func TestTheAddressThatIsToldLastDecidesWhoGoes(t *testing.T) {
	b, m, ctx := driven(t, nil), &memory{}, context.Background()
	b.ID = "biz_1"
	s := scheduling.New(clock.NewManual(at(t, "2026-11-23 07:00")), nil)
	offered, err := s.Offers(ctx, m, b, scheduling.Query{Service: "Leak repair", Holder: "conversation"})
	if err != nil || offered.Slots[0].Technician != luis {
		t.Fatalf("%+v, %v", offered, err)
	}
	if _, err := s.Hold(ctx, m, b, "conversation", offered.Slots); err != nil {
		t.Fatal(err)
	}
	r := request(offered.Slots[0].Start, wicker)
	r.Holder = "conversation"
	j, err := s.Book(ctx, m, b, r)
	if err != nil || j.Slot.Technician != mike {
		t.Fatalf("%+v, %v", j, err)
	}
	if busy, _ := m.Busy(ctx, b.ID, j.Slot.Start, j.BusyUntil, s0, "", ""); len(busy) != 1 || busy[0].ZIP != wicker {
		t.Errorf("busy then: %+v", busy)
	}
	// Moved to where Luis would drive as little, it stays with him who has it.
	moved, err := s.Move(ctx, m, b, scheduling.MoveRequest{Job: j.ID, Start: at(t, "2026-11-24 10:00")})
	if err != nil || moved.Slot.Technician != mike {
		t.Fatalf("%+v, %v", moved, err)
	}
}

var s0 = time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)

// TestAPromiseIsWorthMoreThanADrive: a time that was offered is booked however far the address turns out to be; the same
// time out of the blue isn't.
func TestAPromiseIsWorthMoreThanADrive(t *testing.T) {
	b, m, ctx := driven(t, nil), &memory{}, context.Background()
	b.ID = "biz_1"
	s := scheduling.New(clock.NewManual(at(t, "2026-11-23 07:00")), nil)
	for _, technician := range []string{mike, luis} {
		r := request(at(t, "2026-11-24 08:00"), logan)
		r.Technician = technician
		if _, err := s.Book(ctx, m, b, r); err != nil {
			t.Fatal(err)
		}
	}
	soon := request(at(t, "2026-11-24 10:00"), wheaton) // 8:00 and an hour and a half and half an hour
	var refused *scheduling.Refusal
	if _, err := s.Book(ctx, m, b, soon); !errors.As(err, &refused) || refused.Reason != scheduling.Full || len(refused.Alternatives) == 0 {
		t.Fatalf("%v", err)
	}
	for _, a := range refused.Alternatives {
		again := soon
		again.Start, again.WithoutAlternatives = a.Start, true
		if _, err := s.Book(ctx, &memory{jobs: slices.Clone(m.jobs)}, b, again); err != nil {
			t.Errorf("the alternative %v: %v", a, err)
		}
	}
	soon.Holder = "conversation"
	if _, err := s.Book(ctx, m, b, soon); err != nil {
		t.Errorf("what was offered: %v", err)
	}
}

// roads are what a routing server said.
type roads map[[2]string]time.Duration

func (r roads) Drive(from, to string) (time.Duration, bool) {
	if from == to {
		return 5 * time.Minute, true
	}
	d, ok := r[[2]string{from, to}]
	return d, ok
}

// TestRoadsThatAreKnownBetter: the bridge is up, so Mike next door is far away, and one way takes longer than the other.
func TestRoadsThatAreKnownBetter(t *testing.T) {
	b, m, ctx := driven(t, nil), &memory{}, context.Background()
	b.ID = "biz_1"
	r := roads{{logan, wicker}: 50 * time.Minute, {wicker, logan}: 10 * time.Minute, {south, wicker}: 20 * time.Minute, {wicker, south}: 20 * time.Minute}
	s := scheduling.New(clock.NewManual(at(t, "2026-11-23 07:00")), nil).Over(r)
	q := wholeDay(t, "Leak repair", "2026-11-24")
	q.ZIP = wicker
	got, err := s.Availability(ctx, m, b, q)
	if err != nil || len(got) == 0 || got[0].Technician != luis {
		t.Fatalf("%v, %v", got, err)
	}
	q.Technician = mike
	if got, err = s.Availability(ctx, m, b, q); err != nil || got[0].Start.Format("15:04") != "08:30" {
		t.Errorf("%v, %v", got, err)
	}
}

// aDrivenShop draws a shop that plans its driving, and who knows where they live.
func aDrivenShop(t *rapid.T) *business.Business {
	b := aShop(t)
	b.Scheduling.PlanDriving = true
	for i := range b.Team {
		b.Team[i].Home = rapid.SampledFrom([]string{"", logan, south, wheaton, nowhere}).Draw(t, "home")
	}
	return b
}

var places = []string{"", logan, wicker, loop, south, wheaton, nowhere, "53202"}

func busyAtPlaces(t *rapid.T, b *business.Business, now time.Time) []scheduling.Busy {
	busy := someBusy(t, b, now)
	for i := range busy {
		busy[i].ZIP = rapid.SampledFrom(places).Draw(t, "where")
	}
	return busy
}

// drives states the rules of driving for a slot in the plainest words: everybody of the crew can drive to it and on from it,
// on each of its days.
func drives(t *rapid.T, b *business.Business, busy []scheduling.Busy, now time.Time, q scheduling.Query, s scheduling.Slot) {
	if _, known := travel.Locate(q.ZIP); !known {
		return
	}
	buffer := b.Scheduling.TravelBuffer.Std()
	longer := func(from, to string) time.Duration { // than the buffer, which To of busy stretches includes
		if d, known := travel.Drive(from, to); known && from != "" && d > buffer {
			return d - buffer
		}
		return 0
	}
	for i, v := range scheduling.Visits(b, s) {
		for _, name := range s.Crew() {
			var before, after *scheduling.Busy
			for _, o := range busy {
				if o.Technician != name || o.ZIP == "" || !o.From.Before(o.To) || s.Over && o.Yields && o.From.After(now) {
					continue
				}
				if o.From.Before(v.From) && (before == nil || !o.From.Before(before.From)) {
					before = &o
				}
				if !o.From.Before(v.From) && (after == nil || o.From.Before(after.From)) {
					after = &o
				}
			}
			if before != nil && v.From.Before(before.To.Add(longer(before.ZIP, q.ZIP))) {
				t.Fatalf("%s can't drive to %v of %v from %v", name, v, s, before)
			}
			if after != nil && after.From.Before(v.To.Add(buffer+longer(q.ZIP, after.ZIP))) {
				t.Fatalf("%s can't drive from %v of %v to %v", name, v, s, after)
			}
			if q.Emergency && i == 0 || before != nil && date(b, before.From) == date(b, v.From) {
				continue
			}
			m := b.Team[slices.IndexFunc(b.Team, func(m business.Member) bool { return m.Name == name })]
			begins, today := dayBegins(b, atWork(b, m), v.From)
			if drive := longer(m.HomeZIP(), q.ZIP); today && v.From.Before(begins.Add(b.Scheduling.StartBuffer.Std()+drive)) {
				t.Fatalf("%s can't drive to %v of %v from home, where the day begins at %v", name, v, s, begins)
			}
		}
	}
}

func TestWhatIsOpenCanBeDriven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aDrivenShop(t), aNow(t)
		busy, q := busyAtPlaces(t, b, now), aQuery(t, now)
		q.ZIP = rapid.SampledFrom(places).Draw(t, "customer's")
		slots := scheduling.Open(b, busy, now, q)
		for _, s := range slots {
			obeys(t, b, busy, now, q, s)
			drives(t, b, busy, now, q, s)
		}
		if b.Emergencies.Overbook {
			return // where a drive keeps everybody from coming soon, more may lie over other jobs
		}
		b.Scheduling.PlanDriving = false
		plain := scheduling.Open(b, busy, now, q)
		if len(plain) < len(slots) {
			t.Fatalf("%d are open with driving, %d without", len(slots), len(plain))
		}
		offered := scheduling.Offers(b, busy, now, q)
		b.Scheduling.PlanDriving = true
		got := scheduling.Offers(b, busy, now, q)
		for _, s := range got.Slots {
			obeys(t, b, busy, now, q, s)
			drives(t, b, busy, now, q, s)
		}
		if got.Refusal == nil && offered.Refusal != nil {
			t.Fatalf("%v are offered because of driving", got.Slots)
		}
		if q.ZIP == "" && !slices.Equal(got.Slots, offered.Slots) {
			t.Fatalf("offers to nobody knows where: %v with driving, %v without", got.Slots, offered.Slots)
		}
	})
}

// TestOffersKeepTheWishWhateverTheDrive: no offer is later than the one it stands for by more than three hours, or on
// another date; the first of them is of the first date that anything wanted is open on.
func TestOffersKeepTheWishWhateverTheDrive(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aDrivenShop(t), aNow(t)
		busy, q := busyAtPlaces(t, b, now), aQuery(t, now)
		q.ZIP = rapid.SampledFrom(places).Draw(t, "customer's")
		open := scheduling.Open(b, busy, now, q)
		got := scheduling.Offers(b, busy, now, q)
		// Bounds that are one moment are a wish for it to Offers, and hold nothing for Open.
		if got.Refusal != nil || len(q.Wanted) > 1 || len(got.Slots) == 0 || len(open) == 0 {
			return
		}
		day := func(s scheduling.Slot) string { return s.Start.In(b.Location()).Format(time.DateOnly) }
		if day(got.Slots[0]) != day(open[0]) || got.Slots[0].Start.Sub(open[0].Start) > 4*time.Hour {
			t.Fatalf("the first offer is %v, though %v is open", got.Slots[0], open[0])
		}
	})
}

// TestBookingAllThatCanBeDriven books until nothing is open: every time that is open can be booked as it is, and the
// days that come of it can be driven.
func TestBookingAllThatCanBeDriven(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aDrivenShop(t), aNow(t)
		b.Scheduling.Horizon = business.Duration(48 * time.Hour)
		b.Scheduling.Notice = min(b.Scheduling.Notice, business.Duration(10*time.Hour))
		m, s, ctx := &memory{}, scheduling.New(clock.NewManual(now), nil), context.Background()
		for range 30 {
			q := scheduling.Query{Service: "one", ZIP: rapid.SampledFrom(places).Draw(t, "customer's")}
			open, err := s.Availability(ctx, m, b, q)
			if err != nil {
				t.Fatal(err)
			}
			if len(open) == 0 {
				break
			}
			pick := open[rapid.IntRange(0, len(open)-1).Draw(t, "pick")]
			busy, _ := m.Busy(ctx, b.ID, now, now.Add(96*time.Hour), now, "", "")
			j, err := s.Book(ctx, m, b, scheduling.BookRequest{
				Service: "one", Start: pick.Start, Customer: contact.Customer{Phone: "+13125550142"}, Address: contact.Address{ZIP: q.ZIP},
			})
			want := pick
			want.Delay = 0
			if err != nil || j.Slot != want {
				t.Fatalf("booking the open %v: %v, %v", pick, j, err)
			}
			drives(t, b, busy, now, q, pick)
			if !slices.Equal(j.Visits(), scheduling.Visits(b, pick)) {
				t.Fatalf("offered were %v, booked are %v", scheduling.Visits(b, pick), j.Visits())
			}
		}
	})
}

// TestNothingChangesWhereDrivingIsNotPlanned: homes and places are of no account then.
func TestNothingChangesWhereDrivingIsNotPlanned(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aShop(t), aNow(t)
		busy, q := someBusy(t, b, now), aQuery(t, now)
		before := scheduling.Offers(b, busy, now, q)
		for i := range busy {
			busy[i].ZIP = rapid.SampledFrom(places).Draw(t, "where")
		}
		for i := range b.Team {
			b.Team[i].Home = rapid.SampledFrom(places).Draw(t, "home")
		}
		q.ZIP = rapid.SampledFrom(places).Draw(t, "customer's")
		if after := scheduling.Offers(b, busy, now, q); !slices.Equal(before.Slots, after.Slots) {
			t.Fatalf("%v, then %v", before.Slots, after.Slots)
		}
	})
}

func TestTheDemoPlansNoDriving(t *testing.T) {
	if demo.Business().Scheduling.PlanDriving {
		t.Error("the demo's facts stay as they are")
	}
}

// TestADriveGoesOnPastMidnight: what is open late in the evening and what can be booked then is told by the visits of the
// next date, too.
func TestADriveGoesOnPastMidnight(t *testing.T) {
	b, m, ctx := driven(t, func(b *business.Business) {
		b.Hours.Tue, b.Hours.Wed = []string{"08:00-24:00"}, []string{"00:00-17:00"}
	}), &memory{}, context.Background()
	b.ID = "biz_1"
	s := scheduling.New(clock.NewManual(at(t, "2026-11-23 07:00")), nil)
	early := request(at(t, "2026-11-25 00:00"), "53202") // Milwaukee
	early.Technician = mike
	if _, err := s.Book(ctx, m, b, early); err != nil {
		t.Fatal(err)
	}
	late := request(at(t, "2026-11-24 21:00"), logan) // until 22:30, and on to Milwaukee for more than an hour and a half
	late.Technician, late.WithoutAlternatives = mike, true
	if _, err := s.Book(ctx, m, b, late); !errors.Is(err, scheduling.ErrTaken) {
		t.Errorf("%v", err)
	}
	late.Start = at(t, "2026-11-24 20:00")
	if _, err := s.Book(ctx, m, b, late); err != nil {
		t.Error(err)
	}
}

// TestEverybodyOfTheCrewDrivesThere on each of the days.
func TestEverybodyOfTheCrewDrivesThere(t *testing.T) {
	wednesday := func(from, to, zip string) scheduling.Busy {
		v := visit(t, mike, from, to, zip)
		v.From, v.To = v.From.AddDate(0, 0, 1), v.To.AddDate(0, 0, 1)
		return v
	}
	crew := func(b *business.Business) { b.Service("Leak repair").Crew = 2 }
	days := func(b *business.Business) { b.Service("Leak repair").Days, b.Team = 2, b.Team[:1] }
	both := func(edits ...func(b *business.Business)) func(b *business.Business) {
		return func(b *business.Business) {
			for _, edit := range edits {
				edit(b)
			}
		}
	}
	far := func(b *business.Business) { b.Team[len(b.Team)-1].Home = wheaton }
	buffered := func(b *business.Business) { b.Scheduling.StartBuffer = business.Duration(30 * time.Minute) }
	for _, c := range []struct {
		name        string
		edit        func(b *business.Business)
		busy        []scheduling.Busy
		first, last string // starts; none where empty
		second      string // when the second day's visit begins, where there is one
	}{
		{"both live near", crew, nil, "08:00", "15:30", ""},
		{"the second lives far away", both(crew, far), nil, "08:30", "15:30", ""},
		{"the second comes from far away", crew, []scheduling.Busy{visit(t, luis, "08:00", "12:00", wheaton)}, "13:00", "15:30", ""},
		{"the second goes far away", crew, []scheduling.Busy{visit(t, luis, "12:00", "17:00", wheaton)}, "08:00", "09:30", ""},
		{"the day begins with half an hour in the shop", both(crew, buffered), nil, "08:30", "15:30", ""},
		{"and is driven from far away after it", both(crew, far, buffered), nil, "09:00", "15:30", ""},
		{"two days", days, nil, "08:00", "15:30", "08:00"},
		{"two days far from home", both(days, far), nil, "08:30", "15:30", "08:15"},
		{"two days far from home, with half an hour in the shop", both(days, far, buffered), nil, "09:00", "15:30", "08:45"},
		{"near a visit on the second day", days, []scheduling.Busy{wednesday("10:00", "17:00", logan)}, "08:00", "15:30", "08:00"},
		{"far from a visit on the second day", days, []scheduling.Busy{wednesday("10:00", "17:00", wheaton)}, "", "", ""},
	} {
		b := driven(t, func(b *business.Business) {
			b.Services = slices.DeleteFunc(b.Services, func(s business.Service) bool { return s.Name != "Leak repair" })
			c.edit(b)
		})
		q := wholeDay(t, "Leak repair", "2026-11-24")
		q.ZIP = logan
		got := scheduling.Open(b, c.busy, at(t, "2026-11-23 07:00"), q)
		if c.first == "" {
			if len(got) != 0 {
				t.Errorf("%s: %v", c.name, got)
			}
			continue
		}
		if len(got) == 0 || got[0].Start.Format("15:04") != c.first || got[len(got)-1].Start.Format("15:04") != c.last {
			t.Errorf("%s: %v, want %s to %s", c.name, got, c.first, c.last)
			continue
		}
		if visits := scheduling.Visits(b, got[0]); c.second != "" && visits[1].From.Format("15:04") != c.second {
			t.Errorf("%s: the second visit is %v", c.name, visits[1])
		}
	}
}
