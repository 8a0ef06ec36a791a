package messaging_test

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/clock"
	"fixly/consent"
	"fixly/demo"
	"fixly/messaging"
	"fixly/store"
	"fixly/store/storetest"
)

// areas are where the people of the histories have their numbers, with the zones in which they may be.
var areas = map[string][]string{
	"773": {"America/Chicago"}, "212": {"America/New_York"}, "415": {"America/Los_Angeles"}, "602": {"America/Phoenix"},
	"808": {"Pacific/Honolulu"}, "208": {"America/Boise", "America/Los_Angeles"},
}

var (
	endings    = []string{"STOP", "stop.", "Unsubscribe", "cancel", "ALTO", "¡Basta!", "dar de baja", "please don't text me anymore", "ya no me manden mensajes"}
	beginnings = []string{"START", "unstop", "Iniciar", "alta"}
	others     = []string{"can you stop by at three?", "my sink leaks", "¿pueden venir mañana?", "yes", "start with the kitchen please"}

	sells   = []messaging.Kind{messaging.Nudge, messaging.Lead, messaging.Estimate, messaging.Review, messaging.Seasonal}
	waits   = append([]messaging.Kind{messaging.Confirmation, messaging.Reminder, messaging.FollowUp}, sells...)
	atOnce  = []messaging.Kind{messaging.TextBack, messaging.Talk, messaging.Late, messaging.OnMyWay, messaging.Code}
	mostOf  = map[messaging.Kind]most{messaging.Review: {1, 30}, messaging.Seasonal: {1, 60}, messaging.Nudge: {2, 7}, messaging.Lead: {4, 14}, messaging.Estimate: {4, 14}}
	writing = slices.Concat(waits, sells, atOnce)
)

// most is how many texts a number gets in some days.
type most struct{ texts, days int }

// TestHistoriesOfTexts lets people write what they like at any hour, has texts of every kind written to them, has the carrier
// be away at times, and moves the clock through nights, zones and the days on which clocks change. Whatever comes of it:
// after an opt-out only its one confirmation leaves until they want texts again; what can wait leaves by day, where they are,
// at the first instant of it; no cap is exceeded; and nothing is dropped that was to be delayed.
func TestHistoriesOfTexts(t *testing.T) {
	t.Parallel()
	db := storetest.Open(t, storetest.SQLite(t), clock.NewManual(time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)))
	b := demo.Business()
	if err := db.SaveBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	n := 0
	rapid.Check(t, func(r *rapid.T) {
		n++ // each history is somebody else's
		day, err := time.Parse(time.DateOnly, rapid.SampledFrom([]string{"2026-03-07", "2026-06-15", "2026-10-31", "2026-11-23"}).Draw(r, "day"))
		if err != nil {
			t.Fatal(err)
		}
		now := clock.NewManual(day.Add(time.Duration(rapid.IntRange(0, 48*60-1).Draw(r, "minute")) * time.Minute))
		area := rapid.SampledFrom([]string{"773", "212", "415", "602", "808", "208"}).Draw(r, "area")
		d := &desk{t: t, db: db, clock: now, shop: b}
		d.answer = func(c messaging.Conversing) (string, error) { return "You said: " + c.Body, nil }
		d.inbox = &messaging.Inbox{Storage: db.Messaging(), Receptionist: d, Clock: now, Log: slog.New(slog.DiscardHandler)}
		h := &texting{desk: d, r: r, number: fmt.Sprintf("+1%s5%06d", area, n), live: map[string]bool{}, due: map[string]time.Time{}}
		for _, name := range areas[area] {
			zone, err := time.LoadLocation(name)
			if err != nil {
				t.Fatal(err)
			}
			h.zones = append(h.zones, zone)
		}
		for range rapid.IntRange(4, 14).Draw(r, "steps") {
			h.step()
		}
		h.away = false
		h.wait(3 * 24 * time.Hour)
		if left := h.unsent(); len(left) != 0 {
			r.Fatalf("still unsent after three days: %+v", left)
		}
	})
}

// texting is the history of the texts with one number.
type texting struct {
	*desk
	r      *rapid.T
	number string
	zones  []*time.Location

	n         int
	away      bool // the carrier
	wasAway   time.Time
	out       bool // they opted out
	agreed    bool // in writing, to texts that only sell, and said nothing of texts since
	confirmed int  // texts that left since they did
	live      map[string]bool
	due       map[string]time.Time // when what waits for the morning is to leave
	left      []messaging.Message
}

func (h *texting) step() {
	switch rapid.SampledFrom([]string{"says", "stops", "starts", "agrees", "write", "write", "write", "wait", "wait", "away"}).Draw(h.r, "step") {
	case "says":
		h.says(rapid.SampledFrom(others).Draw(h.r, "body"))
	case "stops":
		h.says(rapid.SampledFrom(endings).Draw(h.r, "body"))
		if !h.out {
			h.out, h.confirmed = true, 0
		}
		h.agreed = false
	case "starts":
		h.says(rapid.SampledFrom(beginnings).Draw(h.r, "body"))
		h.out, h.agreed = false, false
	case "agrees":
		h.agrees()
	case "write":
		h.write(rapid.SampledFrom(writing).Draw(h.r, "kind"))
	case "away":
		h.away = !h.away
		h.wasAway = h.clock.Now()
	case "wait":
		h.wait(time.Duration(rapid.IntRange(1, 36*60).Draw(h.r, "minutes")) * time.Minute)
	}
	h.send()
}

func (h *texting) says(body string) {
	h.n++
	h.send() // what was written before leaves before they say it
	h.clock.Advance(time.Second)
	h.receive(messaging.Incoming{From: h.number, Body: body, CarrierID: fmt.Sprintf("SM%s-%d", h.number, h.n)})
}

// agrees has them agree in writing to texts that only sell, which whoever opted out does to no avail.
func (h *texting) agrees() {
	h.n++
	h.clock.Advance(time.Second)
	err := h.db.InTx(h.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{
			BusinessID: h.shop.ID, Address: h.number, Channel: consent.Promotion, Act: consent.Given, How: consent.Signed,
			Key: fmt.Sprintf("agreed%s-%d", h.number, h.n), At: h.clock.Now(),
		})
		return err
	})
	if err != nil {
		h.r.Fatal(err)
	}
	h.agreed = !h.out
}

// write has a text written, and looks at what was decided: nothing to who opted out, and what can wait is delayed to the
// first instant at which it is day.
func (h *texting) write(kind messaging.Kind) {
	h.n++
	now := h.clock.Now()
	live := kind == messaging.Confirmation && rapid.Bool().Draw(h.r, "live")
	m := h.desk.write(messaging.Message{
		To: h.number, Kind: kind, Body: "hello", Reason: string(messaging.TheyWrote), Key: fmt.Sprintf("key%s-%d", h.number, h.n),
	}, messaging.Known{Live: live})
	h.live[m.ID] = live
	sold := kind == messaging.Seasonal && !h.agreed
	switch {
	case sold && m.Status != messaging.Suppressed:
		h.r.Fatal("something is sold to who has not agreed to that")
	case h.out && (m.Status != messaging.Suppressed || m.Reason != string(messaging.OptedOut)):
		h.r.Fatalf("written to who opted out: %s %s", m.Status, m.Reason)
	case m.Status == messaging.Suppressed && slices.Contains(sells, kind):
		if why := messaging.Reason(m.Reason); why != messaging.OptedOut && why != messaging.NoRelationship && why != messaging.MarketingCap && (why != messaging.NotAgreed || !sold) {
			h.r.Fatalf("%s is dropped for %s", kind, why)
		}
	case m.Status == messaging.Suppressed && !h.out && slices.Contains(waits, kind):
		h.r.Fatalf("%s is dropped for %s", kind, m.Reason)
	case m.Status == messaging.Suppressed:
	case !slices.Contains(waits, kind) || live || !h.night(now):
		if !m.NotBefore.IsZero() {
			h.r.Fatalf("%s written at %s waits for %s", kind, now, m.NotBefore)
		}
	default:
		if want := h.morning(now); m.NotBefore.UnixMilli() != want.UnixMilli() {
			h.r.Fatalf("%s written at %s waits for %s, want %s", kind, now, m.NotBefore, want)
		}
		h.due[m.ID] = m.NotBefore
	}
}

// wait lets time pass, and texts leave when they may.
func (h *texting) wait(for_ time.Duration) {
	end := h.clock.Now().Add(for_)
	for range 20 {
		h.send()
		next := end
		for _, m := range h.unsent() {
			if m.NotBefore.After(h.clock.Now()) && m.NotBefore.Before(next) {
				next = m.NotBefore
			}
		}
		h.clock.Advance(next.Sub(h.clock.Now()))
		if next.Equal(end) {
			break
		}
	}
	h.send()
}

func (h *texting) unsent() []messaging.Message {
	var out []messaging.Message
	err := h.db.Messaging().InTx(h.t.Context(), func(ctx context.Context, tx messaging.Tx) (err error) {
		out, err = tx.Unsent(ctx, h.shop.ID, h.number)
		return err
	})
	if err != nil {
		h.r.Fatal(err)
	}
	return out
}

// send hands over what may leave by now, as the follow-ups do: the rules are asked once more.
func (h *texting) send() {
	if h.away {
		h.wasAway = h.clock.Now()
		return
	}
	now := h.clock.Now()
	err := h.db.Messaging().InTx(h.t.Context(), func(ctx context.Context, tx messaging.Tx) error {
		waiting, err := tx.Unsent(ctx, h.shop.ID, h.number)
		if err != nil {
			return err
		}
		for _, m := range waiting {
			if m.NotBefore.After(now) {
				continue
			}
			if err := messaging.Recheck(ctx, tx, now, &m, messaging.Known{}); err != nil {
				return err
			}
			switch {
			case m.Status == messaging.Suppressed:
				h.dropped(m)
			case m.NotBefore.After(now):
				h.due[m.ID] = m.NotBefore
			default:
				m.Status, m.SentAt = messaging.Sent, now
				h.leaves(m)
			}
			if err := tx.UpdateMessage(ctx, &m); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		h.r.Fatal(err)
	}
}

// dropped holds a text that was written and isn't sent to its reasons: they opted out, or the carrier was away for so long that
// it is of no use any more.
func (h *texting) dropped(m messaging.Message) {
	why := messaging.Reason(m.Reason)
	late := why == messaging.TooLate || why == messaging.QuietHours && m.Kind == messaging.TextBack
	if why == messaging.OptedOut && h.out || why == messaging.NotAgreed && m.Kind == messaging.Seasonal && !h.agreed || late && h.wasAway.After(m.CreatedAt) {
		return
	}
	h.r.Fatalf("%s of %s is dropped at %s for %s", m.Kind, m.CreatedAt, h.clock.Now(), why)
}

// leaves holds a text that is sent to the rules.
func (h *texting) leaves(m messaging.Message) {
	now := h.clock.Now()
	if h.out {
		if h.confirmed++; m.Kind != messaging.OptOut || h.confirmed > 1 {
			h.r.Fatalf("%s %q leaves after they opted out", m.Kind, m.Body)
		}
	}
	if m.Kind == messaging.Seasonal && !h.agreed {
		h.r.Fatalf("something of %s is sold to who took their agreement back", m.CreatedAt)
	}
	fresh := now.Sub(m.CreatedAt) < time.Hour && (h.live[m.ID] || !h.night(m.CreatedAt))
	patient := m.Kind == messaging.Reminder || slices.Contains(sells, m.Kind)
	if h.night(now) && slices.Contains(waits, m.Kind) && (patient || !fresh) {
		h.r.Fatalf("%s of %s leaves at night: %s", m.Kind, m.CreatedAt, now)
	}
	if h.night(now) && m.Kind == messaging.TextBack && now.Sub(m.CreatedAt) > 10*time.Minute {
		h.r.Fatalf("a text-back of %s leaves late at night: %s", m.CreatedAt, now)
	}
	if due := h.due[m.ID]; !due.IsZero() && !h.wasAway.After(m.CreatedAt) && !now.Equal(due) {
		h.r.Fatalf("%s is due at %s, and leaves at %s", m.Kind, due, now)
	}
	h.left = append(h.left, m)
	if !slices.Contains(sells, m.Kind) {
		return
	}
	for days, texts := range map[int]int{1: 1, 7: 3} {
		h.within(m, most{texts, days}, sells...)
	}
	h.within(m, mostOf[m.Kind], m.Kind)
}

// within holds the texts of kinds up to one to a cap.
func (h *texting) within(m messaging.Message, cap_ most, kinds ...messaging.Kind) {
	since, n := m.CreatedAt.Add(-time.Duration(cap_.days)*24*time.Hour), 0
	for _, x := range h.left {
		if slices.Contains(kinds, x.Kind) && x.CreatedAt.After(since) && !x.CreatedAt.After(m.CreatedAt) {
			n++
		}
	}
	if n > cap_.texts {
		h.r.Fatalf("%d of %v within %d days", n, kinds, cap_.days)
	}
}

// night says whether it is before eight or past nine anywhere where they may be; the shop's quiet hours are the law's.
func (h *texting) night(at time.Time) bool {
	for _, z := range h.zones {
		if hour := at.In(z).Hour(); hour < 8 || hour >= 21 {
			return true
		}
	}
	return false
}

// morning is the first instant from one on that is no night, found minute by minute.
func (h *texting) morning(from time.Time) time.Time {
	at := from.Truncate(time.Minute)
	for h.night(at) {
		at = at.Add(time.Minute)
	}
	return at
}
