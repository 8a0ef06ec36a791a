package followup_test

import (
	"context"
	"flag"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
	"fixly/followup"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store/storetest"
)

// TestSeasons lets one customer do what customers do over some years, and holds every offer of work to the rules: never to
// who booked, opted out, has not agreed in writing or is talking with us, never twice a season, never at night.
func TestSeasons(t *testing.T) {
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
		y := &years{desk: newDesk(t, storetest.Open(t, address, now), now)}
		y.talk = y.season(rapid.SampledFrom([]business.Seasonal{october, {Season: "03-20"}, {AfterMonths: 6}}).Draw(r, "season"))
		for range rapid.IntRange(4, 12).Draw(r, "steps") {
			y.step(r, rapid.SampledFrom([]string{"done", "done", "agree", "agree", "back", "ahead", "call off", "stop", "start", "text", "text", "move"}).Draw(r, "step"))
			y.follow(time.Duration(rapid.IntRange(0, 12*60).Draw(r, "hours")) * time.Hour)
			y.judge(r)
		}
	})
}

// years are one customer's.
type years struct {
	*desk
	talk  *receptionist.Receptionist
	jobs  int
	facts []fact // in order
}

// fact is what is so from an instant on.
type fact struct {
	at              time.Time
	agreed, stopped bool
	heard           bool // they wrote at that instant
	ahead           *scheduling.Job
}

// note adds a fact to what was so before.
func (y *years) note(change func(f *fact)) {
	var f fact
	if n := len(y.facts); n > 0 {
		f = y.facts[n-1]
	}
	f.at, f.heard = y.clock.Now(), false
	change(&f)
	y.facts = append(y.facts, f)
	y.clock.Advance(time.Second) // entries of the ledger are told apart by when they were made
}

func (y *years) wish(channel consent.Channel, act consent.Act) {
	y.tx(func(ctx context.Context, tx followup.Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{
			BusinessID: y.shop.ID, Address: customer, Channel: channel, Act: act, How: consent.ToldOwner, At: y.clock.Now(),
		})
		return err
	})
}

func (y *years) visit(at time.Time) *scheduling.Job {
	y.jobs++
	return y.book(scheduling.FromOwner, func(j *scheduling.Job) {
		j.Service, j.Slot.Technician = "Drain cleaning", fmt.Sprintf("Technician %d", y.jobs) // whose times nobody else holds
		shift(j, at.Sub(j.Slot.Start))
	})
}

func (y *years) step(r *rapid.T, what string) {
	now := y.clock.Now().Truncate(time.Second)
	var last fact
	if n := len(y.facts); n > 0 {
		last = y.facts[n-1]
	}
	switch what {
	case "done":
		j := y.visit(now.Add(-3 * time.Hour))
		y.update(j, func() { j.Status = scheduling.StatusCompleted })
		y.changed(j, "completed", false)
	case "agree":
		y.wish(consent.Promotion, consent.Given)
		y.note(func(f *fact) { f.agreed = !f.stopped })
	case "back":
		y.wish(consent.Promotion, consent.Withdrawn)
		y.note(func(f *fact) { f.agreed = false })
	case "stop":
		y.wish(consent.Text, consent.Withdrawn)
		y.note(func(f *fact) { f.agreed, f.stopped = false, true })
	case "start":
		y.wish(consent.Text, consent.Restored)
		y.note(func(f *fact) { f.agreed, f.stopped = false, false })
	case "ahead":
		if last.ahead == nil || !last.ahead.BusyUntil.After(now) {
			j := y.visit(now.Add(time.Duration(rapid.IntRange(1, 90*24).Draw(r, "ahead")) * time.Hour))
			y.note(func(f *fact) { f.ahead = j })
		}
	case "call off":
		if j := last.ahead; j != nil && j.BusyUntil.After(now) {
			y.update(j, func() { j.Status = scheduling.StatusCancelled })
			y.note(func(f *fact) { f.ahead = nil })
		}
	case "text":
		y.nearDue()
		y.texted(y.talk, "hi, my kitchen sink is clogged")
		y.note(func(f *fact) { f.heard = true })
	case "move":
		y.setup(func(f *business.FollowUps) {
			f.Seasonal[0] = business.Seasonal{Service: "Drain cleaning", Season: rapid.SampledFrom([]string{"10-01", "10-15", "03-20"}).Draw(r, "moved")}
		})
	}
}

// nearDue goes on until shortly before the next offer is due, where there is one soon.
func (y *years) nearDue() {
	all, err := y.db.PlannedFollowUps(y.t.Context(), y.shop.ID, 0)
	if err != nil {
		y.t.Fatal(err)
	}
	for i := range all {
		before := all[i].Due.Add(-3 * time.Minute)
		if all[i].Rule == followup.Seasonal && before.After(y.clock.Now()) {
			y.until(before)
			return
		}
	}
}

// judge holds what was offered so far to what was so when it was written.
func (y *years) judge(r *rapid.T) {
	var last time.Time
	for _, m := range y.messages() {
		if m.Kind != messaging.Seasonal || m.Status == messaging.Suppressed {
			continue
		}
		at := m.CreatedAt
		say := func(what string) { r.Fatalf("%s: at %s: %q", what, at.In(y.shop.Location()), m.Body) }
		if hour := at.In(y.shop.Location()).Hour(); hour < 8 || hour >= 21 {
			say("at night")
		}
		if !last.IsZero() && at.Sub(last) < 170*24*time.Hour {
			say("twice a season")
		}
		last = at
		var then fact
		for _, f := range y.facts {
			if f.at.After(at) {
				break
			}
			then = f
			if f.heard && at.Sub(f.at) < 9*time.Minute {
				say("to who is talking with us")
			}
		}
		switch {
		case then.stopped:
			say("to who opted out")
		case !then.agreed:
			say("to who has not agreed in writing")
		case then.ahead != nil && then.ahead.BusyUntil.After(at):
			say("to who has a visit ahead")
		}
	}
}
