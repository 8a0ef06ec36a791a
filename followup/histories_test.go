package followup_test

import (
	"context"
	"flag"
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store/storetest"
)

// TestHistories lets one customer do what customers do, in any order and at any hour of some weeks, and holds every text that
// follows to the rules: never at night, never after STOP, never twice, never to who has booked or was heard of since, never
// about a visit that has begun or isn't so any more.
func TestHistories(t *testing.T) {
	// Each history takes a database of its own; those who look for longer say -rapid.checks.
	if f := flag.Lookup("rapid.checks"); f.Value.String() == f.DefValue {
		if err := f.Value.Set("10"); err != nil {
			t.Fatal(err)
		}
		defer func() { _ = f.Value.Set(f.DefValue) }()
	}
	address := storetest.SQLite(t)
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++
		now := clock.NewManual(start)
		if n > 1 {
			address = storetest.SQLite(t)
		}
		d := newDesk(t, storetest.Open(t, address, now), now)
		d.shop.Service("Free estimate").Estimate = true
		h := &history{desk: d}
		h.talk = d.setup(func(f *business.FollowUps) { f.Leads, f.Estimates = days(1, 3, 7), days(2, 5) })
		for range rapid.IntRange(3, 10).Draw(r, "steps") {
			h.step(r, rapid.SampledFrom([]string{"book", "move", "cancel", "complete", "call", "text", "answer", "stop", "wait", "wait"}).Draw(r, "step"))
			h.follow(time.Duration(rapid.IntRange(1, 60*60).Draw(r, "minutes")) * time.Minute)
			h.judge(r)
		}
	})
}

// history is one customer's.
type history struct {
	*desk
	talk    *receptionist.Receptionist
	visits  []*scheduling.Job
	heard   []time.Time // when they called or wrote
	stopped time.Time
	booked  []time.Time
	calls   int
}

func (h *history) step(r *rapid.T, what string) {
	now := h.clock.Now().Truncate(time.Millisecond) // as the database keeps it
	live := h.live()
	switch what {
	case "book":
		at := now.Truncate(time.Hour).Add(time.Duration(rapid.IntRange(2, 200).Draw(r, "hours")) * time.Hour)
		service := rapid.SampledFrom([]string{"Leak repair", "Free estimate"}).Draw(r, "service")
		if len(live) > 0 {
			return
		}
		j := h.desk.book(scheduling.FromWeb, func(j *scheduling.Job) {
			j.Service = service
			j.Slot.Technician = fmt.Sprintf("Technician %d", len(h.visits)) // whose times nobody else holds
			shift(j, at.Sub(j.Slot.Start))
		})
		h.changed(j, "booked", false)
		h.turned()
		h.visits, h.booked = append(h.visits, j), append(h.booked, now)
	case "move":
		if len(live) > 0 && live[0].Slot.Start.After(now) {
			j := h.job(live[0].ID)
			h.update(j, func() { shift(j, time.Duration(rapid.IntRange(1, 100).Draw(r, "later"))*time.Hour) })
			h.changed(j, "moved", false)
		}
	case "cancel":
		if len(live) > 0 {
			j := h.job(live[0].ID)
			h.update(j, func() { j.Status = scheduling.StatusCancelled })
			h.changed(j, "cancelled", false)
		}
	case "complete":
		if len(live) > 0 && !live[0].Slot.Start.After(now) {
			j := h.job(live[0].ID)
			h.update(j, func() { j.Status = scheduling.StatusCompleted })
			h.changed(j, "completed", false)
		}
	case "call":
		h.calls++
		h.heard = append(h.heard, now)
		h.hangsUp(h.talk, "my kitchen sink is clogged")
	case "text":
		h.heard = append(h.heard, now.Add(time.Minute))
		h.texted(h.talk, "hi, my kitchen sink is clogged")
	case "answer":
		h.heard = append(h.heard, now.Add(time.Minute))
		h.texted(h.talk, rapid.SampledFrom([]string{"C", "no", "M", "thanks"}).Draw(r, "says"))
	case "stop":
		if h.stopped.IsZero() {
			h.tx(func(ctx context.Context, tx followup.Tx) error { return optsOut(ctx, tx, h.shop.ID, customer) })
			h.stopped = now
		}
	}
}

// live are the visits that stand, those booked by text included.
func (h *history) live() []scheduling.Job {
	h.t.Helper()
	all, err := h.db.JobsByPhone(h.t.Context(), h.shop.ID, customer, start.AddDate(0, 0, -2))
	if err != nil {
		h.t.Fatal(err)
	}
	var out []scheduling.Job
	for i := range all {
		if all[i].Live() {
			out = append(out, all[i])
		}
	}
	return out
}

// judge holds what was written to the customer so far to the rules.
func (h *history) judge(r *rapid.T) {
	h.t.Helper()
	keys := map[string]bool{}
	lastOf := map[messaging.Kind]time.Time{}
	for _, m := range h.messages() {
		if m.To != customer || m.Status == messaging.Suppressed || m.Direction != messaging.Outbound {
			continue
		}
		switch m.Kind {
		case messaging.Reminder, messaging.Nudge, messaging.Lead, messaging.Estimate, messaging.Review:
		default:
			continue
		}
		at := m.CreatedAt
		say := func(what string) {
			r.Fatalf("%s: %s at %s: %q", what, m.Kind, at.In(h.shop.Location()).Format("Mon 15:04"), m.Body)
		}
		if hour := at.In(h.shop.Location()).Hour(); hour < 8 || hour >= 21 {
			say("at night")
		}
		if !h.stopped.IsZero() && at.After(h.stopped) {
			say("after STOP")
		}
		if keys[m.Key] {
			say("twice")
		}
		keys[m.Key] = true
		if last := lastOf[m.Kind]; !last.IsZero() && at.Sub(last) < 24*time.Hour && m.Kind != messaging.Reminder {
			say("twice on a day")
		}
		lastOf[m.Kind] = at
		if m.Kind == messaging.Lead || m.Kind == messaging.Estimate {
			h.judgeLead(m, say)
		}
		if m.Kind == messaging.Reminder {
			start := strings.Split(m.Key, ":")[2]
			if fmt.Sprint(at.UnixMilli()) >= start {
				say("after the visit began")
			}
		}
	}
}

// judgeLead: the planned follow-up tells since when nothing may have come in between.
func (h *history) judgeLead(m messaging.Message, say func(string)) {
	h.t.Helper()
	var p *followup.Planned
	h.tx(func(ctx context.Context, tx followup.Tx) (err error) {
		p, err = tx.FollowUpByKey(ctx, h.shop.ID, m.Key)
		return err
	})
	for _, t := range h.heard {
		if t.After(p.Since) && t.Before(m.CreatedAt) {
			say("to who was heard of since")
		}
	}
	for i, t := range h.booked {
		if j := h.job(h.visits[i].ID); t.After(p.Since) && t.Before(m.CreatedAt) && j.Status != scheduling.StatusCancelled && j.ID != p.JobID {
			say("to who has booked")
		}
	}
}
