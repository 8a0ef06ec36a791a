package scheduling_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/scheduling"
)

// aShop draws a shop: hours of several shapes, in zones that change clocks at different times, with one to four
// technicians.
func aShop(t *rapid.T) *business.Business {
	b := demo.Business()
	b.ID = "biz_1"
	b.Profile.Timezone = rapid.SampledFrom([]string{
		"America/Chicago", "America/New_York", "Europe/London", "America/Santiago", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Apia",
	}).Draw(t, "zone")
	shapes := rapid.SampledFrom([][]string{
		{}, {"08:00-17:00"}, {"08:15-12:00", "12:45-18:10"}, {"00:00-24:00"}, {"18:00-24:00"}, {"00:00-09:00"}, {"01:30-02:30", "03:00-11:00"},
	})
	h := &b.Hours
	for _, day := range []*[]string{&h.Mon, &h.Tue, &h.Wed, &h.Thu, &h.Fri, &h.Sat, &h.Sun} {
		*day = shapes.Draw(t, "hours")
	}
	h.Closed = rapid.SampledFrom([][]string{{}, {"2026-11-26"}, {"2026-03-08", "2026-11-01"}}).Draw(t, "closed")
	minutes := func(name string, from, to int) business.Duration {
		return business.Duration(time.Duration(rapid.IntRange(from, to).Draw(t, name)) * time.Minute)
	}
	b.Scheduling = business.Scheduling{
		ArrivalWindow: minutes("window", 15, 240), TravelBuffer: minutes("buffer", 0, 90), Notice: minutes("notice", 0, 600), Horizon: minutes("horizon", 1440, 10*1440),
	}
	b.Services = []business.Service{
		{Name: "one", Skill: "a", Duration: minutes("duration", 20, 300)}, {Name: "two", Skill: "b", Duration: minutes("duration", 20, 300)},
	}
	b.Team = nil
	for i := range rapid.IntRange(1, 4).Draw(t, "team") {
		skills := rapid.SampledFrom([][]string{{"a"}, {"b"}, {"a", "b"}}).Draw(t, "skills")
		m := business.Member{Name: fmt.Sprintf("T%d", i), Skills: skills}
		if rapid.Bool().Draw(t, "own hours") {
			h := &m.Hours
			for _, day := range []*[]string{&h.Mon, &h.Tue, &h.Wed, &h.Thu, &h.Fri, &h.Sat, &h.Sun} {
				*day = shapes.Draw(t, "member's hours")
			}
		}
		m.Off = rapid.SampledFrom([][]string{{}, {"2026-11-24"}, {"2026-03-07..2026-03-09", "2026-10-25"}}).Draw(t, "off")
		b.Team = append(b.Team, m)
	}
	if err := b.Prepare(); err != nil {
		t.Fatal(err)
	}
	return b
}

// aNow draws an instant near a change of clocks, or anywhere.
func aNow(t *rapid.T) time.Time {
	day := rapid.SampledFrom([]string{"2026-03-05", "2026-03-27", "2026-04-03", "2026-09-04", "2026-10-23", "2026-10-30", "2026-11-23"}).Draw(t, "day")
	base, _ := time.Parse(time.DateOnly, day)
	return base.Add(time.Duration(rapid.Int64Range(0, int64(72*time.Hour)).Draw(t, "into")))
}

func someBusy(t *rapid.T, b *business.Business, now time.Time) []scheduling.Busy {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scheduling.Busy {
		from := now.Add(time.Duration(rapid.IntRange(-1440, 10*1440).Draw(t, "from")) * time.Minute)
		return scheduling.Busy{
			Technician: fmt.Sprintf("T%d", rapid.IntRange(0, 4).Draw(t, "who")),
			From:       from, To: from.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "lasting")) * time.Minute),
		}
	}), 0, 60).Draw(t, "busy")
}

func aQuery(t *rapid.T, now time.Time) scheduling.Query {
	intervals := func(name string) []scheduling.Interval {
		return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scheduling.Interval {
			from := now.Add(time.Duration(rapid.IntRange(-1440, 12*1440).Draw(t, "from")) * time.Minute)
			i := scheduling.Interval{From: from, To: from.Add(time.Duration(rapid.IntRange(1, 2880).Draw(t, "lasting")) * time.Minute)}
			if rapid.IntRange(0, 9).Draw(t, "open end") == 0 {
				i.To = time.Time{}
			}
			if rapid.IntRange(0, 9).Draw(t, "open beginning") == 0 {
				i.From = time.Time{}
			}
			return i
		}), 0, 3).Draw(t, name)
	}
	q := scheduling.Query{
		Service: rapid.SampledFrom([]string{"one", "two"}).Draw(t, "service"), Emergency: rapid.Bool().Draw(t, "emergency"),
		Wanted: intervals("wanted"), Avoid: intervals("avoid"),
	}
	if rapid.Bool().Draw(t, "bounded") {
		q.From = now.Add(time.Duration(rapid.IntRange(-600, 6000).Draw(t, "query from")) * time.Minute)
		q.To = q.From.Add(time.Duration(rapid.IntRange(0, 6000).Draw(t, "query to")) * time.Minute)
	}
	return q
}

// obeys states the rules for a slot in the plainest words.
func obeys(t *rapid.T, b *business.Business, busy []scheduling.Busy, now time.Time, q scheduling.Query, s scheduling.Slot) {
	svc := b.Service(q.Service)
	if s.End.Sub(s.Start) != svc.Duration.Std() {
		t.Fatalf("%v doesn't last %v", s, svc.Duration)
	}
	if !slices.ContainsFunc(b.Skilled(svc), func(m business.Member) bool { return m.Name == s.Technician }) {
		t.Fatalf("%s can't do %s", s.Technician, q.Service)
	}
	for _, o := range busy {
		if o.Technician == s.Technician && o.From.Before(o.To) && o.From.Before(s.End.Add(b.Scheduling.TravelBuffer.Std())) && s.Start.Before(o.To) {
			t.Fatalf("%v overlaps %v", s, o)
		}
	}
	if s.Start.Before(now) || s.Start.After(now.Add(b.Scheduling.Horizon.Std())) {
		t.Fatalf("%v is past or beyond the horizon at %v", s, now)
	}
	member := b.Team[slices.IndexFunc(b.Team, func(m business.Member) bool { return m.Name == s.Technician })]
	for at := s.Start.In(b.Location()); at.Before(s.End); at = at.Add(time.Minute) {
		if member.IsOff(at) {
			t.Fatalf("%v is on a day off: %v", s, member.Off)
		}
		inHours := slices.ContainsFunc(member.OnDuty(at), func(span business.Span) bool { return !at.Before(span.From) && at.Before(span.To) })
		if !q.Emergency && member.HasHours() && !inHours {
			t.Fatalf("%v is outside of the technician's hours at %v: %+v", s, at, member.Hours)
		}
	}
	if q.Emergency {
		return
	}
	if s.Start.Before(now.Add(b.Scheduling.Notice.Std())) {
		t.Fatalf("%v comes too soon at %v", s, now)
	}
	for at := s.Start; at.Before(s.End); at = at.Add(time.Minute) { // in the hours at every minute, gaps included
		if !b.IsOpen(at) {
			t.Fatalf("%v is not within the opening hours at %v", s, at)
		}
	}
}

func TestWhatIsOpenObeysTheRules(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aShop(t), aNow(t)
		busy, q := someBusy(t, b, now), aQuery(t, now)
		before := slices.Clone(busy)
		slots := scheduling.Open(b, busy, now, q)
		if !slices.Equal(before, busy) {
			t.Fatal("the busy list was changed")
		}
		for i, s := range slots {
			obeys(t, b, busy, now, q, s)
			if i > 0 && !slots[i-1].Start.Before(s.Start) {
				t.Fatalf("%v after %v", s, slots[i-1])
			}
			if !q.From.IsZero() && s.Start.Before(q.From) || !q.To.IsZero() && !s.Start.Before(q.To) {
				t.Fatalf("%v is not asked for", s)
			}
			in := func(list []scheduling.Interval) bool {
				return slices.ContainsFunc(list, func(i scheduling.Interval) bool { return i.Contains(s.Start) })
			}
			if len(q.Wanted) > 0 && !in(q.Wanted) || in(q.Avoid) {
				t.Fatalf("%v is not wanted", s)
			}
		}
	})
}

func TestOffersObeyTheRulesAndCanBeHeldTogether(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aShop(t), aNow(t)
		busy, q := someBusy(t, b, now), aQuery(t, now)
		got := scheduling.Offers(b, busy, now, q)
		if len(got.Slots) > 3 {
			t.Fatalf("%d offers", len(got.Slots))
		}
		open := scheduling.Open(b, busy, now, q)
		if (got.Refusal == nil) != (len(open) > 0) {
			t.Fatalf("open %v, but refusal %v", open, got.Refusal)
		}
		if got.Refusal != nil && got.Refusal.Reason == "" {
			t.Fatal("refused without a reason")
		}
		var holds []scheduling.Busy
		for _, s := range got.Slots {
			obeys(t, b, busy, now, q, s)
			for _, h := range holds {
				if h.Technician == s.Technician && h.From.Before(s.End.Add(b.Scheduling.TravelBuffer.Std())) && s.Start.Before(h.To) {
					t.Fatalf("%v can't be held with %v", s, h)
				}
			}
			holds = append(holds, scheduling.Busy{Technician: s.Technician, From: s.Start, To: s.End.Add(b.Scheduling.TravelBuffer.Std())})
		}
	})
}

// TestBookingAllThatIsOpen books until nothing is open, twice: the second time after cancelling everything, with the
// same times open as at first.
func TestBookingAllThatIsOpen(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b, now := aShop(t), aNow(t)
		b.Scheduling.Horizon = business.Duration(48 * time.Hour)
		b.Scheduling.Notice = min(b.Scheduling.Notice, business.Duration(10*time.Hour))
		m, s, ctx := &memory{}, scheduling.New(clock.NewManual(now), nil), context.Background()
		q := scheduling.Query{Service: "one"}
		first, err := s.Availability(ctx, m, b, q)
		if err != nil {
			t.Fatal(err)
		}
		for {
			open, err := s.Availability(ctx, m, b, q)
			if err != nil {
				t.Fatal(err)
			}
			if len(open) == 0 {
				break
			}
			pick := open[rapid.IntRange(0, len(open)-1).Draw(t, "pick")]
			j, err := s.Book(ctx, m, b, scheduling.BookRequest{
				Service: "one", Start: pick.Start, Technician: pick.Technician, Customer: contact.Customer{Phone: "+13125550142"},
			})
			if err != nil || j.Slot != pick {
				t.Fatalf("booking the open %v: %v, %v", pick, j, err)
			}
		}
		for i, j := range m.jobs {
			for _, o := range m.jobs[:i] {
				if j.Slot.Technician == o.Slot.Technician && j.Slot.Start.Before(o.BusyUntil) && o.Slot.Start.Before(j.BusyUntil) {
					t.Fatalf("%v and %v overlap", j.Slot, o.Slot)
				}
			}
		}
		for _, slot := range first {
			if _, err := s.Book(ctx, m, b, scheduling.BookRequest{Service: "one", Start: slot.Start, Customer: contact.Customer{Phone: "+13125550142"}}); err == nil {
				t.Fatalf("nothing is open, but %v can be booked", slot)
			}
		}
		for _, j := range m.jobs {
			if _, err := s.Cancel(ctx, m, b, j.ID); err != nil {
				t.Fatal(err)
			}
		}
		again, err := s.Availability(ctx, m, b, q)
		if err != nil || !slices.Equal(first, again) {
			t.Fatalf("after cancelling everything open are %v, at first %v (%v)", again, first, err)
		}
	})
}
