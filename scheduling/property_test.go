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
	someRules(t, b)
	if err := b.Prepare(); err != nil {
		t.Fatal(err)
	}
	return b
}

// someRules draws which of a dispatcher's rules the shop has, most often few of them.
func someRules(t *rapid.T, b *business.Business) {
	has := func(rule string) bool { return rapid.IntRange(0, 3).Draw(t, rule) == 3 }
	for i := range b.Services {
		if has("crew") {
			b.Services[i].Crew = 2
		}
		if has("days") {
			b.Services[i].Days = rapid.IntRange(2, 3).Draw(t, "number of days")
		}
	}
	if has("start buffer") {
		b.Scheduling.StartBuffer = business.Duration(time.Duration(rapid.IntRange(1, 120).Draw(t, "start buffer in minutes")) * time.Minute)
	}
	if has("daily cap") {
		b.Scheduling.DailyCap = rapid.IntRange(1, 6).Draw(t, "jobs a day")
	}
	if has("windows") {
		for i, hours := range rapid.SampledFrom([][]string{
			{"08:00-10:00", "10:00-12:00", "13:00-17:00"}, {"08:15-12:00"}, {"18:00-22:00", "22:00-02:00", "02:00-04:00", "08:00-12:00"},
		}).Draw(t, "windows' hours") {
			b.Scheduling.Windows = append(b.Scheduling.Windows, business.Window{
				Name: fmt.Sprintf("W%d", i), Hours: hours, Capacity: rapid.IntRange(0, 3).Draw(t, "capacity"),
				EmergenciesOnly: has("emergencies only"),
			})
		}
	}
	for i := range b.Team {
		if has("member's cap") {
			b.Team[i].DailyCap = rapid.IntRange(1, 4).Draw(t, "member's jobs a day")
		}
		if has("member's zone") {
			b.Team[i].Timezone = rapid.SampledFrom([]string{"America/Chicago", "America/Los_Angeles", "Europe/London", "Pacific/Apia"}).Draw(t, "their zone")
		}
	}
	if has("overbook") {
		b.Emergencies.Overbook = true
		b.Emergencies.OverbookWithin = business.Duration(time.Duration(rapid.IntRange(0, 600).Draw(t, "overbook within")) * time.Minute)
	}
}

// aNow draws an instant near a change of clocks, or anywhere.
func aNow(t *rapid.T) time.Time {
	day := rapid.SampledFrom([]string{"2026-03-05", "2026-03-27", "2026-04-03", "2026-09-04", "2026-10-23", "2026-10-30", "2026-11-23"}).Draw(t, "day")
	base, _ := time.Parse(time.DateOnly, day)
	return base.Add(time.Duration(rapid.Int64Range(0, int64(72*time.Hour)).Draw(t, "into")))
}

// someBusy draws visits, of one or of a crew, some of which would make way for an emergency, and appointments of outside
// calendars, which are no visits.
func someBusy(t *rapid.T, b *business.Business, now time.Time) []scheduling.Busy {
	drawn := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) scheduling.Busy {
		from := now.Add(time.Duration(rapid.IntRange(-1440, 10*1440).Draw(t, "from")) * time.Minute)
		s := scheduling.Busy{
			Technician: fmt.Sprintf("T%d", rapid.IntRange(0, 4).Draw(t, "who")),
			From:       from, To: from.Add(time.Duration(rapid.IntRange(0, 600).Draw(t, "lasting")) * time.Minute),
		}
		if s.Visit = rapid.SampledFrom([]string{"", "visit"}).Draw(t, "a visit"); s.Visit != "" {
			s.Yields = rapid.Bool().Draw(t, "yields")
		}
		return s
	}), 0, 60).Draw(t, "busy")
	var out []scheduling.Busy
	for i, s := range drawn {
		if s.Visit != "" {
			s.Visit = fmt.Sprintf("visit %d", i)
		}
		out = append(out, s)
		if s.Visit != "" && i%5 == 0 { // somebody goes along
			s.Technician = "T1"
			if out[len(out)-1].Technician != s.Technician {
				out = append(out, s)
			}
		}
	}
	return out
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
	member := func(name string) business.Member {
		i := slices.IndexFunc(b.Team, func(m business.Member) bool { return m.Name == name })
		if i < 0 {
			t.Fatalf("%v sends somebody who is not of the team", s)
		}
		return b.Team[i]
	}
	if !slices.ContainsFunc(b.Skilled(svc), func(m business.Member) bool { return m.Name == s.Technician }) {
		t.Fatalf("%s can't do %s", s.Technician, q.Service)
	}
	if len(s.Crew()) != svc.CrewSize() || s.Helper == s.Technician {
		t.Fatalf("%v is not for a crew of %d", s, svc.CrewSize())
	}
	if s.Start.Before(now) || s.Start.After(now.Add(b.Scheduling.Horizon.Std())) {
		t.Fatalf("%v is past or beyond the horizon at %v", s, now)
	}
	if !q.Emergency && s.Start.Before(now.Add(b.Scheduling.Notice.Std())) {
		t.Fatalf("%v comes too soon at %v", s, now)
	}
	if s.Over && (!q.Emergency || !b.Emergencies.Overbook || s.Start.After(now.Add(b.Emergencies.OverbookWithin.Std()))) {
		t.Fatalf("%v lies over other jobs at %v", s, now)
	}
	visits := visitsOf(t, b, svc, s)
	for i, v := range visits {
		atAnyHour := q.Emergency && i == 0
		if !atAnyHour {
			for at := v.From; at.Before(v.To); at = at.Add(time.Minute) { // in the hours at every minute, gaps included
				if !b.IsOpen(at) {
					t.Fatalf("%v is not within the opening hours at %v", s, at)
				}
			}
		}
		hasRoom(t, b, busy, v, i == 0, q.Emergency)
		for _, name := range s.Crew() {
			m := member(name)
			isFree(t, b, busy, now, s, name, v)
			works(t, b, m, v, atAnyHour)
			if n := visitsOn(b, busy, name, v.From); m.DailyCap > 0 && n >= m.DailyCap && !q.Emergency {
				t.Fatalf("%s has %d visits on the day of %v", name, n, v)
			}
		}
	}
}

// visitsOf are the visits of a slot: as many as the work has days, each as long as it takes, apart, and none long after
// the one before.
func visitsOf(t *rapid.T, b *business.Business, svc *business.Service, s scheduling.Slot) []scheduling.Interval {
	visits := scheduling.Visits(b, s)
	if len(visits) != svc.WorkingDays() || !visits[0].From.Equal(s.Start) || !visits[len(visits)-1].To.Equal(s.End) {
		t.Fatalf("%v has the visits %v", s, visits)
	}
	for i, v := range visits {
		if v.To.Sub(v.From) != svc.Duration.Std() {
			t.Fatalf("%v of %v doesn't last %v", v, s, svc.Duration)
		}
		if i == 0 {
			continue
		}
		before := visits[i-1]
		if v.From.Before(before.To.Add(b.Scheduling.TravelBuffer.Std())) || date(b, v.From) == date(b, before.From) || v.From.Sub(before.From) > 8*24*time.Hour {
			t.Fatalf("%v of %v comes after %v", v, s, before)
		}
	}
	return visits
}

func date(b *business.Business, t time.Time) string {
	return t.In(b.Location()).Format(time.DateOnly)
}

// isFree: nothing else keeps somebody from a visit, but for what makes way for an emergency.
func isFree(t *rapid.T, b *business.Business, busy []scheduling.Busy, now time.Time, s scheduling.Slot, name string, v scheduling.Interval) {
	for _, o := range busy {
		if s.Over && o.Yields && o.From.After(now) {
			continue
		}
		if o.Technician == name && o.From.Before(o.To) && o.From.Before(v.To.Add(b.Scheduling.TravelBuffer.Std())) && v.From.Before(o.To) {
			t.Fatalf("%v overlaps %v", s, o)
		}
	}
}

// works: somebody works at every minute of a visit, and their day has begun. In an emergency they work at any hour.
func works(t *rapid.T, b *business.Business, m business.Member, v scheduling.Interval, atAnyHour bool) {
	zone, atWork := m.Location(b.Location()), atWork(b, m)
	for at := v.From; at.Before(v.To); at = at.Add(time.Minute) {
		if m.IsOff(at.In(zone)) {
			t.Fatalf("%v is on a day off of %s: %v", v, m.Name, m.Off)
		}
		if !atAnyHour && !atWork(at) {
			t.Fatalf("%v is outside of %s's hours at %v: %+v", v, m.Name, at, m.Hours)
		}
	}
	if atAnyHour {
		return
	}
	if begins, today := dayBegins(b, atWork, v.From); today && v.From.Before(begins.Add(b.Scheduling.StartBuffer.Std())) {
		t.Fatalf("%v is too early for %s, whose day begins at %v", v, m.Name, begins)
	}
}

// atWork tells whether somebody works at an instant, days off aside.
func atWork(b *business.Business, m business.Member) func(time.Time) bool {
	return func(at time.Time) bool {
		at = at.In(m.Location(b.Location()))
		return !m.HasHours() || slices.ContainsFunc(m.OnDuty(at), func(span business.Span) bool { return !at.Before(span.From) && at.Before(span.To) })
	}
}

// dayBegins is the first minute of a date at which the shop is open and somebody works; false where they have been at it
// since the day before.
func dayBegins(b *business.Business, atWork func(time.Time) bool, visit time.Time) (time.Time, bool) {
	y, m, d := visit.In(b.Location()).Date()
	at := time.Date(y, m, d, 0, 0, 0, 0, b.Location())
	if before := at.Add(-time.Minute); b.IsOpen(at) && atWork(at) && b.IsOpen(before) && atWork(before) {
		return at, false
	}
	for !b.IsOpen(at) || !atWork(at) {
		at = at.Add(time.Minute)
	}
	return at, true
}

// visitsOn counts somebody's visits on the date of t; everybody's, where no name is given.
func visitsOn(b *business.Business, busy []scheduling.Busy, name string, t time.Time) int {
	seen := map[string]bool{}
	for _, o := range busy {
		if o.Visit != "" && (name == "" || o.Technician == name && o.From.Before(o.To)) && date(b, o.From) == date(b, t) {
			seen[o.Visit] = true
		}
	}
	return len(seen)
}

// hasRoom: the first visit begins with a window, unless it is an emergency; none begins in one that is for emergencies,
// and neither window nor day have too many.
func hasRoom(t *rapid.T, b *business.Business, busy []scheduling.Busy, v scheduling.Interval, first, emergency bool) {
	begins := len(b.Scheduling.Windows) == 0 || !first
	for i := range b.Scheduling.Windows {
		w := &b.Scheduling.Windows[i]
		for _, day := range []int{-1, 0} {
			span := w.On(v.From.In(b.Location()).AddDate(0, 0, day))
			if v.From.Before(span.From) || !v.From.Before(span.To) {
				continue
			}
			begins = begins || v.From.Equal(span.From)
			if w.EmergenciesOnly && !(emergency && first) {
				t.Fatalf("%v is in the window %s, which is for emergencies", v, w.Name)
			}
			seen := map[string]bool{}
			for _, o := range busy {
				if o.Visit != "" && !o.From.Before(span.From) && o.From.Before(span.To) {
					seen[o.Visit] = true
				}
			}
			if w.Capacity > 0 && len(seen) >= w.Capacity && (w.EmergenciesOnly || !emergency) {
				t.Fatalf("%v is in the window %s, which has %d visits already", v, w.Name, len(seen))
			}
		}
	}
	if emergency {
		return
	}
	if !begins {
		t.Fatalf("%v doesn't begin with a window", v)
	}
	if n := visitsOn(b, busy, "", v.From); b.Scheduling.DailyCap > 0 && n >= b.Scheduling.DailyCap {
		t.Fatalf("%v is on a day that has %d visits already", v, n)
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
			if within := now.Add(b.Emergencies.OverbookWithin.Std()); slots[0].Over && !s.Over && !s.Start.After(within) {
				t.Fatalf("%v lies over other jobs, though %v is open", slots[0], s)
			}
			if i > 0 && !slots[i-1].Start.Before(s.Start) {
				t.Fatalf("%v after %v", s, slots[i-1])
			}
			if !q.From.IsZero() && s.Start.Before(q.From) || !q.To.IsZero() && !s.Start.Before(q.To) {
				t.Fatalf("%v is not asked for", s)
			}
			in := func(list []scheduling.Interval) bool {
				return slices.ContainsFunc(list, func(i scheduling.Interval) bool { return i.Contains(s.Start) })
			}
			if len(q.Wanted) > 0 && !in(q.Wanted) && !promised(b, q, s) || in(q.Avoid) {
				t.Fatalf("%v is not wanted", s)
			}
		}
	})
}

// promised says whether a time that was wanted lies in the fixed window that a slot begins.
func promised(b *business.Business, q scheduling.Query, s scheduling.Slot) bool {
	if len(b.Scheduling.Windows) == 0 || q.Emergency {
		return false
	}
	window := scheduling.Window(b, s)
	return slices.ContainsFunc(q.Wanted, func(w scheduling.Interval) bool {
		return !w.From.IsZero() && !w.To.IsZero() && window.Contains(w.From) && window.Contains(w.To.Add(-1))
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
		var held []scheduling.Busy
		for _, s := range got.Slots {
			obeys(t, b, busy, now, q, s)
			taken := takenBy(b, s)
			if overlaps(taken, held) {
				t.Fatalf("%v can't be held with the others of %v", s, got.Slots)
			}
			held = append(held, taken...)
		}
	})
}

// takenBy is what a slot takes of everybody's time.
func takenBy(b *business.Business, s scheduling.Slot) (out []scheduling.Busy) {
	for _, name := range s.Crew() {
		for _, v := range scheduling.Visits(b, s) {
			out = append(out, scheduling.Busy{Technician: name, From: v.From, To: v.To.Add(b.Scheduling.TravelBuffer.Std())})
		}
	}
	return out
}

// overlaps says whether somebody would be in two places.
func overlaps(some, others []scheduling.Busy) bool {
	return slices.ContainsFunc(some, func(a scheduling.Busy) bool {
		return slices.ContainsFunc(others, func(o scheduling.Busy) bool {
			return a.Technician == o.Technician && a.From.Before(o.To) && o.From.Before(a.To)
		})
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
		fitTogether(t, b, m)
		for _, slot := range first {
			if _, err := s.Book(ctx, m, b, scheduling.BookRequest{Service: "one", Start: slot.Start, Customer: contact.Customer{Phone: "+13125550142"}}); err == nil {
				t.Fatalf("nothing is open, but %v can be booked", slot)
			}
		}
		for range 3 {
			anEmergency(t, s, m, b, now)
		}
		fitTogether(t, b, m)
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

// anEmergency books one at a time that is open for it, if any, over the jobs that lie there where it may.
func anEmergency(t *rapid.T, s *scheduling.Scheduler, m *memory, b *business.Business, now time.Time) {
	ctx := context.Background()
	q := scheduling.Query{Service: "one", Emergency: true, To: now.Add(12 * time.Hour)}
	open, err := s.Availability(ctx, m, b, q)
	if err != nil {
		t.Fatal(err)
	}
	if len(open) == 0 {
		return
	}
	pick := open[rapid.IntRange(0, len(open)-1).Draw(t, "pick")]
	busy, _ := m.Busy(ctx, b.ID, now.AddDate(0, 0, -2), now.AddDate(0, 0, 60), now, "", "")
	obeys(t, b, busy, now, q, pick)
	j, err := s.Book(ctx, m, b, scheduling.BookRequest{
		Service: "one", Start: pick.Start, Technician: pick.Technician, Urgency: scheduling.Emergency, Customer: contact.Customer{Phone: "+13125550142"},
	})
	pick.Over, pick.Emergency = false, false
	if err != nil || j.Slot != pick {
		t.Fatalf("booking the open %v: %v, %v", pick, j, err)
	}
}

// fitTogether: nobody has two jobs at once, and no window and nobody has more of them than they may, emergencies aside.
func fitTogether(t *rapid.T, b *business.Business, m *memory) {
	var all, routine []scheduling.Busy
	for i := range m.jobs {
		taken := m.takenBy(&m.jobs[i])
		if overlaps(taken, all) {
			t.Fatalf("%v overlaps another job", m.jobs[i].Slot)
		}
		all = append(all, taken...)
		if m.jobs[i].Urgency != scheduling.Emergency {
			routine = append(routine, m.jobs[i].Taken()...)
		}
	}
	for _, o := range routine {
		if n := visitsOn(b, routine, "", o.From); b.Scheduling.DailyCap > 0 && n > b.Scheduling.DailyCap {
			t.Fatalf("%d visits on the date of %v", n, o)
		}
		for _, mate := range b.Team {
			if n := visitsOn(b, routine, mate.Name, o.From); mate.DailyCap > 0 && n > mate.DailyCap {
				t.Fatalf("%s has %d visits on the date of %v", mate.Name, n, o)
			}
		}
		for i := range b.Scheduling.Windows {
			w := &b.Scheduling.Windows[i]
			span, visits := w.On(o.From.In(b.Location())), map[string]bool{}
			for _, v := range routine {
				if !v.From.Before(span.From) && v.From.Before(span.To) {
					visits[v.Visit] = true
				}
			}
			if w.Capacity > 0 && len(visits) > w.Capacity {
				t.Fatalf("%d visits in the window %s on the date of %v", len(visits), w.Name, o)
			}
		}
	}
}
