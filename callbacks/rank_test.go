package callbacks_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/callbacks"
	"fixly/demo"
	"fixly/scheduling"
)

// noon is a Monday in Chicago.
var noon = time.Date(2026, 11, 23, 12, 0, 0, 0, demo.Business().Location())

func TestTheQueueOfAMorning(t *testing.T) {
	b := demo.Business()
	missed := func(id, service string, ago time.Duration, u scheduling.Urgency) callbacks.Callback {
		return callbacks.Callback{ID: id, Calls: 1, Service: service, Urgency: u, MissedAt: noon.Add(-ago), FirstAt: noon.Add(-ago)}
	}
	wrote := missed("wrote", "Drain cleaning", 40*time.Minute, "")
	wrote.Said, wrote.SaidAt = "still need somebody", noon
	left := missed("left", "Water heater replacement", 20*time.Minute, "")
	left.Said, left.SaidAt, left.TookLeave = "found somebody, thanks", noon, true
	tried := missed("tried", "Drain cleaning", 40*time.Minute, "")
	tried.Attempts = 2
	got := callbacks.Queue(b, []callbacks.Callback{
		missed("unknown, just now", "", time.Minute, ""), missed("heater, an hour ago", "Water heater replacement", 61*time.Minute, ""),
		missed("emergency", "Leak repair", 12*time.Minute, scheduling.Emergency), missed("unknown, before", "", 2*time.Minute, ""), wrote, left, tried,
	}, noon)
	want := []string{"unknown, just now", "unknown, before", "heater, an hour ago", "emergency", "left", "wrote", "tried"}
	for i, c := range got {
		if c.ID != want[i] {
			t.Errorf("at %d is %s (%d: %s), want %s", i, c.ID, c.Rank.Score, c.Rank.Reason(), want[i])
		}
	}
	if why := got[3].Rank.Reason(); why != "Missed 10 to 30 minutes ago: 20% chance; Leak repair: 129 USD; emergency" {
		t.Errorf("why: %q", why)
	}
}

// aCallback draws one that could be owed.
func aCallback(t *rapid.T, b *business.Business) callbacks.Callback {
	ago := time.Duration(rapid.IntRange(0, 3*24*3600).Draw(t, "ago")) * time.Second
	c := callbacks.Callback{
		ID: rapid.StringMatching(`cb_[a-z]{6}`).Draw(t, "id"), MissedAt: noon.Add(-ago), FirstAt: noon.Add(-ago),
		Calls: rapid.IntRange(1, 8).Draw(t, "calls"), Attempts: rapid.IntRange(0, 6).Draw(t, "attempts"),
		Urgency:   rapid.SampledFrom([]scheduling.Urgency{"", scheduling.Routine, scheduling.Urgent, scheduling.Emergency}).Draw(t, "urgency"),
		Landline:  rapid.Bool().Draw(t, "landline"),
		TookLeave: rapid.Bool().Draw(t, "took leave"),
	}
	if n := rapid.IntRange(-1, len(b.Services)-1).Draw(t, "service"); n >= 0 {
		c.Service = b.Services[n].Name
	}
	if c.TookLeave || rapid.Bool().Draw(t, "wrote") {
		c.SaidAt = noon
	}
	if rapid.Bool().Draw(t, "planned") {
		c.NextAttemptAt = noon.Add(time.Hour)
	}
	return c
}

// aShop is the demo's with assumptions that a business file may have.
func aShop(t *rapid.T) *business.Business {
	b := demo.Business()
	r := &b.Callbacks.Ranking
	percent := func(name string, least, most int) int { return rapid.IntRange(least, most).Draw(t, name) }
	r.Under5m = percent("under 5m", 5, 100)
	r.Under10m = percent("under 10m", 4, r.Under5m-1)
	r.Under30m = percent("under 30m", 3, max(r.Under10m, 3))
	r.Under60m = percent("under 60m", 2, max(r.Under30m, 2))
	r.Late = percent("late", 1, r.Under60m)
	r.Tried, r.TookLeave, r.Planned = percent("tried", 1, 100), percent("took leave", 1, 100), percent("planned", 1, 100)
	r.Again, r.Wrote, r.Landline = percent("again", 100, 200), percent("wrote", 100, 200), percent("landline", 100, 200)
	r.Urgent = percent("urgent", 100, 500)
	r.Emergency = percent("emergency", r.Urgent, 1000)
	if err := business.Validate(b); err != nil {
		t.Skipf("not a shop: %v", err)
	}
	return b
}

// TestRankIsMonotone: whatever a shop assumes, nobody is worse off for having called more lately, more often or more
// urgently, or for having written; nor better off for having been tried or put off.
func TestRankIsMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := aShop(t)
		c := aCallback(t, b)
		score := func(change func(*callbacks.Callback)) int64 {
			d := c
			change(&d)
			return callbacks.RankOf(b, &d, noon).Score
		}
		as := score(func(*callbacks.Callback) {})
		for name, better := range map[string]func(*callbacks.Callback){
			"later":    func(d *callbacks.Callback) { d.MissedAt = d.MissedAt.Add(noon.Sub(d.MissedAt) / 2) },
			"oftener":  func(d *callbacks.Callback) { d.Calls++ },
			"urgent":   func(d *callbacks.Callback) { d.Urgency = scheduling.Emergency },
			"wrote":    func(d *callbacks.Callback) { d.SaidAt, d.TookLeave = noon, false },
			"landline": func(d *callbacks.Callback) { d.Landline = true },
			"now":      func(d *callbacks.Callback) { d.NextAttemptAt = time.Time{} },
			"untried":  func(d *callbacks.Callback) { d.Attempts = 0 },
		} {
			if got := score(better); got < as {
				t.Fatalf("%s: %d, less than %d of %+v", name, got, as, c)
			}
		}
	})
}

// TestTheQueueIsAnOrder: all are in it, best first, in the same order however they come.
func TestTheQueueIsAnOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := aShop(t)
		owed := rapid.SliceOfNDistinct(rapid.Custom(func(t *rapid.T) callbacks.Callback { return aCallback(t, b) }), 0, 12,
			func(c callbacks.Callback) string { return c.ID }).Draw(t, "owed")
		queue := callbacks.Queue(b, owed, noon)
		again := slices.Clone(owed)
		slices.Reverse(again)
		for i, c := range callbacks.Queue(b, again, noon) {
			if c.ID != queue[i].ID {
				t.Fatalf("at %d is %s or %s", i, c.ID, queue[i].ID)
			}
			if i > 0 && queue[i-1].Rank.Score < c.Rank.Score {
				t.Fatalf("%d before %d", queue[i-1].Rank.Score, c.Rank.Score)
			}
		}
		if len(queue) != len(owed) {
			t.Fatalf("%d of %d are in it", len(queue), len(owed))
		}
	})
}

// TestDueWhenSomebodyTakesCalls: never before the call, never in quiet hours unless it is an emergency, never while
// nobody takes calls.
func TestDueWhenSomebodyTakesCalls(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := demo.Business()
		if rapid.Bool().Draw(t, "nobody outside of hours") {
			b.Answering.Chain[0].Hours = business.HoursOpen
		}
		at := noon.Add(time.Duration(rapid.IntRange(0, 60*24*60).Draw(t, "minute")) * time.Minute)
		if due := callbacks.Due(b, scheduling.Emergency, at); due != at.Add(5*time.Minute) {
			t.Fatalf("an emergency at %s is due %s", at, due)
		}
		from := callbacks.CallTime(b, at)
		if from.Before(at) || b.QuietHours(from) || len(b.Reachable(from)) == 0 {
			t.Fatalf("at %s one may call from %s", at, from)
		}
		if due := callbacks.Due(b, "", at); due != from.Add(15*time.Minute) {
			t.Fatalf("at %s it is due %s, calls are taken from %s", at, due, from)
		}
	})
}

// TestAttemptsGrowApartAndEnd: each next attempt lies after its pause, where one may call; after the last there is none.
func TestAttemptsGrowApartAndEnd(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := demo.Business()
		at := noon.Add(time.Duration(rapid.IntRange(0, 14*24*60).Draw(t, "minute")) * time.Minute)
		c := callbacks.Callback{FirstAt: at}
		pauses := b.Callbacks.Pauses()
		for c.Attempts = 1; ; c.Attempts++ {
			next, more := callbacks.NextAttempt(b, &c, at)
			if more != (c.Attempts <= len(pauses)) {
				t.Fatalf("after attempt %d there is more: %v", c.Attempts, more)
			}
			if !more {
				return
			}
			if next.Sub(at) < pauses[c.Attempts-1] || next.Sub(at) > pauses[c.Attempts-1]+4*24*time.Hour || b.QuietHours(next) {
				t.Fatalf("attempt %d at %s, the next at %s", c.Attempts, at, next)
			}
			at = next
		}
	})
}

func TestBestTimesAreTheirOwnHour(t *testing.T) {
	b := demo.Business()
	c := callbacks.Callback{FirstAt: noon.Add(-2*time.Hour - 50*time.Minute)} // ten past nine
	var got []string
	for _, at := range callbacks.BestTimes(b, &c, noon) {
		got = append(got, at.In(b.Location()).Format("Mon 15:04"))
	}
	if want := []string{"Mon 12:00", "Tue 09:10", "Wed 09:10"}; !slices.Equal(got, want) {
		t.Errorf("%v, want %v", got, want)
	}
}
