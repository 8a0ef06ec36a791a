package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"fixly/business"
	"fixly/scheduling"
	"fixly/store"
)

// edit changes the shop.
func (s *shop) edit(change func(b *business.Business)) {
	s.t.Helper()
	b := s.b.Clone()
	change(b)
	s.tx(func(ctx context.Context, tx *store.Tx) error { return tx.UpdateBusiness(ctx, b) })
	s.b = b
}

// bigWork are a visit of two on Tuesday, and work of two days that begins on Wednesday and goes on after Thanksgiving.
func (s *shop) bigWork() (crew, days *scheduling.Job) {
	s.t.Helper()
	s.edit(func(b *business.Business) {
		b.Service("Furnace repair").Crew = 2
		b.Service("Water heater replacement").Days = 2
	})
	crew = s.book(24, 13, "Furnace repair", "", "Paula Reyes", "+13125550151", "2150 West Division Street", "60622", "no heat on the second floor", scheduling.Routine)
	days = s.book(25, 12, "Water heater replacement", "", "Tom Becker", "+13125550152", "900 North Western Avenue", "60622", "the tank is rusted through", scheduling.Routine)
	return crew, days
}

func TestEachOfACrewHasTheVisitOnTheirCalendar(t *testing.T) {
	s := open(t)
	job, _ := s.bigWork()
	day := s.get("/calendar?day=2026-11-24").body
	mike, luis := column(t, day, "Mike Rossi, Tuesday, November 24"), column(t, day, "Luis Ortega, Tuesday, November 24")
	for name, col := range map[string]string{"With Luis Ortega": mike, "With Mike Rossi": luis} {
		if strings.Count(col, "Paula Reyes") < 1 || !strings.Contains(col, name) || strings.Count(col, `class="item job`) != 1 {
			t.Errorf("one visit %q is not in the column: %s", name, col)
		}
	}
	if moved := `data-job="` + job.ID; !strings.Contains(mike, moved) || strings.Contains(luis, moved) {
		t.Error("the visit is moved where it is drawn for who has the skill, and there alone")
	}
	alone := s.get("/calendar?day=2026-11-24&view=week&technician=Luis+Ortega").body
	if tuesday := column(t, alone, "Tuesday, November 24"); !strings.Contains(tuesday, "Paula Reyes") {
		t.Error("the helper's week doesn't show the visit")
	}
	week := column(t, s.get("/calendar?day=2026-11-24&view=week").body, "Tuesday, November 24")
	if strings.Count(week, `class="item job`) != 1 || !strings.Contains(week, ">Mike Rossi<") || !strings.Contains(week, ">Luis Ortega<") {
		t.Errorf("everyone's week: %s", week)
	}
	if page := s.get("/jobs/" + job.ID).body; !strings.Contains(page, "Mike Rossi and Luis Ortega") {
		t.Error("the job's page doesn't name the crew")
	}
	for _, path := range []string{"/jobs?week=2026-11-23", "/jobs?week=2026-11-23&technician=Luis+Ortega"} {
		tuesday := column(t, s.get(path).body, "Tuesday Nov 24")
		for _, name := range []string{"Paula Reyes", `quiet">Mike Rossi`, `quiet">Luis Ortega`} {
			if !strings.Contains(tuesday, name) {
				t.Errorf("%s doesn't show %q", path, name)
			}
		}
	}
}

func TestWorkOfSeveralDaysIsOnEachOfThem(t *testing.T) {
	s := open(t)
	_, job := s.bigWork()
	if v := job.Visits(); len(v) != 2 || !v[1].From.Equal(s.at(27, 8, 0)) {
		t.Fatalf("the work is on %v", v)
	}
	week := s.get("/calendar?day=2026-11-24&view=week").body
	for day, want := range map[string]string{"Wednesday, November 25": "Day 1 of 2", "Thursday, November 26": "", "Friday, November 27": "Day 2 of 2"} {
		col := column(t, week, day)
		if strings.Contains(col, "Tom Becker") != (want != "") || !strings.Contains(col, want) {
			t.Errorf("%s: %s", day, col)
		}
		if first := want == "Day 1 of 2"; strings.Contains(col, `data-job="`+job.ID) != first || strings.Contains(col, `class="arrival`) != first {
			t.Errorf("%s: the work is moved by its first day, for which the customer was promised a window: %s", day, col)
		}
	}
	// A day long after the first is drawn by itself, too.
	friday := s.get("/calendar?day=2026-11-27").body
	if !strings.Contains(friday, "Tom Becker") || !strings.Contains(friday, "8 AM–12 PM") {
		t.Error("the second day is not drawn on its own")
	}
	list := s.get("/jobs?week=2026-11-23").body
	for _, words := range []string{"Day 1 of 2", "Day 2 of 2"} {
		if strings.Count(list, words) != 1 {
			t.Errorf("the list has %q %d times", words, strings.Count(list, words))
		}
	}
	page := s.get("/jobs/" + job.ID).body
	for _, words := range []string{"Day 1</dt><dd>Wed, Nov 25, 12–4 PM", "Day 2</dt><dd>Fri, Nov 27, 8 AM–12 PM"} {
		if !strings.Contains(page, words) {
			t.Errorf("the job's page doesn't say %q", words)
		}
	}
	s.clock.Advance(s.at(26, 9, 0).Sub(s.clock.Now()))
	if today := s.get("/").body; !strings.Contains(today, "Tom Becker") || strings.Contains(today, "Day 1 of 2") {
		t.Error("the first page doesn't show that the work goes on tomorrow")
	}
}

func TestDaysOffWarnOfHelpersAndLaterDays(t *testing.T) {
	s := open(t)
	s.bigWork()
	off := func(technician, date string) {
		t.Helper()
		v := url.Values{"do": {"off"}, "technician": {technician}, "from": {date}}
		if technician == "" {
			v = url.Values{"do": {"close"}, "from": {date}}
		}
		if a := s.form("/calendar/off", v); a.status != http.StatusSeeOther {
			t.Fatalf("%s off on %s: %d", technician, date, a.status)
		}
	}
	warnings := func() int { return strings.Count(s.get("/calendar/off").body, "1 visit is booked then") }
	off("Luis Ortega", "2026-11-24")
	if n := warnings(); n != 1 {
		t.Errorf("%d warnings of the visit that Luis helps with, want 1", n)
	}
	off("", "2026-11-27")
	if n := warnings(); n != 2 {
		t.Errorf("%d warnings with the second day of the work, want 2", n)
	}
	s.clock.Advance(s.at(26, 9, 0).Sub(s.clock.Now())) // the work has begun
	if n := warnings(); n != 1 {
		t.Errorf("%d warnings once the first day is over, want 1", n)
	}
}
