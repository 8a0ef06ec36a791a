package scheduling_test

import (
	"errors"
	"slices"
	"testing"
	"time"

	"fixly/business"
	"fixly/demo"
	"fixly/scheduling"
)

// between reads an interval of one date, "2026-11-24 08:00-12:00", or the whole date.
func between(t testing.TB, s string) scheduling.Interval {
	t.Helper()
	if len(s) == len(time.DateOnly) {
		from := at(t, s+" 00:00")
		return scheduling.Interval{From: from, To: from.AddDate(0, 0, 1)}
	}
	return scheduling.Interval{From: at(t, s[:16]), To: at(t, s[:11]+s[17:])}
}

func TestOffers(t *testing.T) {
	busyAll := func(t *testing.T, s string) (out []scheduling.Busy) {
		i := between(t, s)
		for _, m := range demo.Business().Team {
			out = append(out, scheduling.Busy{Technician: m.Name, From: i.From, To: i.To})
		}
		return out
	}
	for _, c := range []struct {
		name, now, service string
		wanted, avoid      []string
		busy               string
		limit              int
		reason             scheduling.Reason
		judged             string // date of what was judged
		want               []string
	}{
		{name: "anything", now: "2026-11-23 13:10", want: []string{"11-23 15:00", "11-24 08:00", "11-24 12:00"}},
		{name: "two of anything", now: "2026-11-23 07:00", limit: 2, want: []string{"11-23 08:00", "11-23 12:00"}},
		{name: "a day", now: "2026-11-23 07:00", wanted: []string{"2026-11-24"}, want: []string{"11-24 08:00", "11-24 12:00", "11-24 15:00"}},
		{name: "a morning", now: "2026-11-23 07:00", wanted: []string{"2026-11-24 08:00-12:00"}, want: []string{"11-24 08:00", "11-24 11:00"}},
		{name: "around ten", now: "2026-11-23 07:00", wanted: []string{"2026-11-24 09:30-11:30"}, want: []string{"11-24 10:00"}},
		{name: "Wednesday or Tuesday", now: "2026-11-23 07:00", wanted: []string{"2026-11-25", "2026-11-24"}, limit: 2, want: []string{"11-25 08:00", "11-24 08:00"}},
		{name: "mornings", now: "2026-11-23 07:00", wanted: []string{"2026-11-24 08:00-12:00", "2026-11-25 08:00-12:00", "2026-11-26 08:00-12:00", "2026-11-27 08:00-12:00"}, want: []string{"11-24 08:00", "11-25 08:00", "11-27 08:00"}},
		{name: "Thanksgiving", now: "2026-11-23 15:00", wanted: []string{"2026-11-26"}, reason: scheduling.ClosedDay, judged: "2026-11-26", want: []string{"11-25 08:00", "11-27 08:00", "11-27 12:00"}},
		{name: "Sunday", now: "2026-11-23 15:00", wanted: []string{"2026-11-29 13:00-17:00"}, limit: 2, reason: scheduling.ClosedDay, judged: "2026-11-29", want: []string{"11-28 11:30", "11-30 13:00"}},
		{name: "after five", now: "2026-11-23 15:00", wanted: []string{"2026-11-24 17:00-21:00"}, limit: 2, reason: scheduling.ClosedHours, judged: "2026-11-24", want: []string{"11-24 15:30", "11-25 15:30"}},
		{name: "a visit that won't fit before closing", now: "2026-11-23 07:00", wanted: []string{"2026-11-24 16:00-17:00"}, limit: 1, reason: scheduling.ClosedHours, judged: "2026-11-24", want: []string{"11-24 15:30"}},
		{name: "today, at six in the evening", now: "2026-11-23 18:00", wanted: []string{"2026-11-23"}, limit: 1, reason: scheduling.Past, judged: "2026-11-23", want: []string{"11-24 08:00"}},
		{name: "today, after the last start", now: "2026-11-23 15:10", wanted: []string{"2026-11-23"}, limit: 1, reason: scheduling.TooSoon, judged: "2026-11-23", want: []string{"11-24 08:00"}},
		{name: "this very hour", now: "2026-11-23 10:10", wanted: []string{"2026-11-23 10:10-11:00"}, limit: 2, reason: scheduling.TooSoon, judged: "2026-11-23", want: []string{"11-23 11:30", "11-24 11:00"}},
		{name: "yesterday", now: "2026-11-24 10:00", wanted: []string{"2026-11-23"}, limit: 1, reason: scheduling.Past, judged: "2026-11-23", want: []string{"11-24 11:00"}},
		{name: "next year", now: "2026-11-23 10:10", wanted: []string{"2027-02-01"}, limit: 1, reason: scheduling.BeyondHorizon, judged: "2027-02-01", want: []string{"12-14 08:00"}},
		{name: "a full day", now: "2026-11-23 10:10", wanted: []string{"2026-11-24"}, busy: "2026-11-24 00:00-23:00", limit: 2, reason: scheduling.Full, judged: "2026-11-24", want: []string{"11-23 12:00", "11-25 08:00"}},
		{name: "full or closed", now: "2026-11-23 18:10", wanted: []string{"2026-11-26", "2026-11-24"}, busy: "2026-11-24 00:00-23:00", limit: 2, reason: scheduling.Full, judged: "2026-11-24", want: []string{"11-25 08:00", "11-27 08:00"}},
		{name: "refused already", now: "2026-11-23 07:00", wanted: []string{"2026-11-24 08:00-10:00"}, avoid: []string{"2026-11-24 08:00-10:00"}, limit: 1, reason: scheduling.Avoided, judged: "2026-11-24", want: []string{"11-24 10:00"}},
		{name: "a moment between starts", now: "2026-11-23 07:00", wanted: []string{"2026-11-24 10:10-10:20"}, limit: 1, reason: scheduling.OffGrid, judged: "2026-11-24", want: []string{"11-24 10:00"}},
		{name: "no such service", now: "2026-11-23 07:00", service: "Roofing", reason: scheduling.UnknownService},
		{name: "holds for a long visit don't overlap", now: "2026-11-23 07:00", service: "Water heater replacement", wanted: []string{"2026-11-24"}, busy: "", want: []string{"11-24 08:00", "11-24 13:00"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			q := scheduling.Query{Service: "Leak repair", Limit: c.limit}
			if c.service != "" {
				q.Service = c.service
			}
			for _, w := range c.wanted {
				q.Wanted = append(q.Wanted, between(t, w))
			}
			for _, w := range c.avoid {
				q.Avoid = append(q.Avoid, between(t, w))
			}
			var busy []scheduling.Busy
			if c.busy != "" {
				busy = busyAll(t, c.busy)
			}
			got := scheduling.Offers(demo.Business(), busy, at(t, c.now), q)
			var have []string
			for _, s := range got.Slots {
				have = append(have, s.Start.Format("01-02 15:04"))
			}
			if !slices.Equal(have, c.want) {
				t.Errorf("offered %v, want %v", have, c.want)
			}
			switch {
			case c.reason == "" && got.Refusal != nil:
				t.Errorf("refused: %v", got.Refusal)
			case c.reason != "" && (got.Refusal == nil || got.Refusal.Reason != c.reason):
				t.Errorf("refusal %v, want %s", got.Refusal, c.reason)
			case c.reason != "" && c.judged != "" && got.Refusal.Wanted.From.Format(time.DateOnly) != c.judged:
				t.Errorf("judged %v, want %s", got.Refusal.Wanted, c.judged)
			}
			if r := got.Refusal; r != nil && errors.Is(r, scheduling.ErrTaken) != (r.Reason == scheduling.Full) {
				t.Errorf("%v is the wrong error", r)
			}
		})
	}
}

func TestOffersForEmergenciesAreTheSoonest(t *testing.T) {
	got := scheduling.Offers(demo.Business(), nil, at(t, "2026-11-23 02:05"), scheduling.Query{Service: "Leak repair", Emergency: true, Limit: 2})
	if len(got.Slots) != 2 || !got.Slots[0].Start.Equal(at(t, "2026-11-23 02:45")) {
		t.Errorf("offered %v", got.Slots)
	}
}

func TestOffersWhenNobodyHasTheSkill(t *testing.T) {
	got := scheduling.Offers(demo.Business(), nil, at(t, "2026-11-23 02:05"), scheduling.Query{Service: "Furnace repair", Technician: "Luis Ortega"})
	if got.Refusal == nil || got.Refusal.Reason != scheduling.NobodySkilled || len(got.Slots) > 0 {
		t.Errorf("offered %+v", got)
	}
}

func TestOffersAcrossAChangeOfClocks(t *testing.T) {
	b := edited(t, func(b *business.Business) { b.Hours.Closed = append(b.Hours.Closed, "2026-03-09") })
	got := scheduling.Offers(b, nil, at(t, "2026-03-07 12:30"), scheduling.Query{Service: "Leak repair", Wanted: []scheduling.Interval{between(t, "2026-03-09")}, Limit: 1})
	if len(got.Slots) != 1 || !got.Slots[0].Start.Equal(at(t, "2026-03-10 08:00")) || got.Refusal.Reason != scheduling.ClosedDay {
		t.Errorf("offered %+v", got)
	}
}
