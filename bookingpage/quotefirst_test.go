package bookingpage_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// quoting has a water heater quoted before it is replaced.
func quoting(b *business.Business) {
	b.Service("Water heater replacement").QuoteFirst = "Free estimate"
}

const heaters = "/book/mikes-plumbing/times?service=Water+heater+replacement"

func TestWorkIsQuotedFirst(t *testing.T) {
	s := open(t, quoting)
	v := s.visitor("203.0.113.7")
	v.get(heaters).says(http.StatusOK, "Free estimate free", "Water heater replacement: we come and look first", "Book the work itself")
	v.send("start", "2026-11-24T15:00:00Z").says(http.StatusOK, "Free estimate", "For: Water heater replacement", "Tuesday, Nov 24")
	v.send(details(karen, "problem", "the tank is rusted through")...).says(http.StatusOK, "Is this your number?")
	v.send("code", s.code(karen)).says(http.StatusOK, "You're booked", "Free estimate")
	j := s.jobs()[0]
	if j.Service != "Free estimate" || j.Problem != "the tank is rusted through; wants: Water heater replacement" {
		t.Errorf("booked %s: %q", j.Service, j.Problem)
	}
	v.get(heaters).says(http.StatusOK, "we come and look first") // that visit is still to come

	s.clock.Advance(48 * time.Hour)
	v.get(heaters).says(http.StatusOK, "Water heater replacement from $1,450")
	if strings.Contains(v.text(), "look first") {
		t.Error("who had the visit is offered another one")
	}
	v.send("start", "2026-11-30T15:00:00Z").says(http.StatusOK, "Water heater replacement")
	v.send(details(karen)...).says(http.StatusOK, "You're booked", "Water heater replacement")

	// From another browser it is said by a link, and found once the number is proved.
	w := s.visitor("203.0.113.8")
	w.get(heaters+"&quoted=yes").says(http.StatusOK, "Water heater replacement from $1,450")
	w.send("start", "2026-12-01T15:00:00Z")
	w.send(details(karen)...).send("code", s.code(karen)).says(http.StatusOK, "You're booked", "Water heater replacement")

	s.clock.Advance(scheduling.QuoteGoodFor)
	v.get(heaters).says(http.StatusOK, "we come and look first")
}

// TestNobodySkipsTheQuote: whatever a form says, who had no visit to quote is offered it.
func TestNobodySkipsTheQuote(t *testing.T) {
	s := open(t, quoting)
	v := s.visitor("203.0.113.7")
	v.get(heaters+"&quoted=yes").send("start", "2026-11-24T15:00:00Z")
	v.send(details(owen)...).send("code", s.code(owen)).says(http.StatusConflict, "With this number we find no such visit", "Free estimate")
	if n := len(s.jobs()); n != 0 {
		t.Fatalf("%d jobs are booked", n)
	}
	v.send("start", "2026-11-24T15:00:00Z").says(http.StatusOK, "For: Water heater replacement")
	v.send().says(http.StatusOK, "You're booked", "Free estimate") // what was typed in is still there
	if j := s.jobs()[0]; j.Service != "Free estimate" || j.Problem != "the kitchen sink is backed up; wants: Water heater replacement" {
		t.Errorf("booked %s: %q", j.Service, j.Problem)
	}
	// What a visit is for is taken from a form only where it is so.
	w := s.visitor("203.0.113.8").chooses("Drain cleaning", "2026-11-25T15:00:00Z")
	w.send(details(karen, "wants", "Water heater replacement")...).send("code", s.code(karen)).says(http.StatusOK, "You're booked")
	for _, j := range s.jobs() {
		if j.Service == "Drain cleaning" && j.Problem != "the kitchen sink is backed up" {
			t.Errorf("booked %q", j.Problem)
		}
	}
}

func TestWorkOfSeveralDaysAndCrews(t *testing.T) {
	s := open(t, func(b *business.Business) {
		svc := b.Service("Water heater replacement")
		svc.Days, svc.Crew = 2, 2
	})
	v := s.visitor("203.0.113.7")
	v.get(heaters).says(http.StatusOK, "The work takes 2 days. Choose when it begins.")
	const when = "2 days, beginning Wednesday, Nov 25, 9 to 11 AM"
	v.send("start", "2026-11-25T15:00:00Z").says(http.StatusOK, when)
	v.send(details(karen)...).says(http.StatusOK, "Is this your number?", when)
	v.send("code", s.code(karen)).says(http.StatusOK, "You're booked", when, "Days Wednesday, Nov 25; Friday, Nov 27", "Luis and Mike")
	visit := s.links.Path(s.b.ID, s.jobs()[0].ID)
	v.get(visit+"/times").says(http.StatusOK, "Now: "+when)
	v.send("start", "2026-11-30T15:00:00Z").says(http.StatusOK, "New: 2 days, beginning Monday, Nov 30, 9 to 11 AM")
	v.get(visit+"/cancel?lang=es").says(http.StatusOK, "2 días, empezando miércoles 25 de noviembre")
}

// TestDrivingCountsOnceTheZIPIsKnown: a time that can't be driven to from the visit before is refused where the ZIP was
// typed in, and before that it is open.
func TestDrivingCountsOnceTheZIPIsKnown(t *testing.T) {
	s := open(t, func(b *business.Business) {
		b.Scheduling.PlanDriving = true
		b.ServiceArea.ZIPs = append(b.ServiceArea.ZIPs, "61701") // two hours away
		for i := range b.Team {
			b.Team[i].Home = "60647"
		}
	})
	s.visitor("203.0.113.7").books("Drain cleaning", "2026-11-24T15:00:00Z", karen).says(http.StatusOK, "You're booked")
	v := s.visitor("203.0.113.8")
	for _, c := range []struct {
		zip    string
		status int
	}{{"", http.StatusOK}, {"60647", http.StatusOK}, {"61701", http.StatusConflict}, {"606", http.StatusOK}} {
		v.get("/book/mikes-plumbing/times?service=Drain+cleaning")
		if v.send("start", "2026-11-24T17:00:00Z", "zip", c.zip); v.status != c.status {
			t.Errorf("from ZIP %q the time is answered %d, not %d", c.zip, v.status, c.status)
		}
	}
}
