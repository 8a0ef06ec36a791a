package business_test

import (
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/demo"
)

func TestHoursAndDaysOffOfTheTeamAreChecked(t *testing.T) {
	for _, c := range []struct{ member, wrong string }{
		{"{name: Ann, skills: [gas], hours: {mon: ['08:00-12:00']}, off: ['2026-12-24', '2026-12-28..2026-12-31']}", ""},
		{"{name: Ann, skills: [gas], hours: {mon: ['12:00-08:00']}}", "team[2].hours.mon[0]: \"12:00-08:00\" ends before it begins"},
		{"{name: Ann, skills: [gas], hours: {monday: ['08:00-12:00']}}", "team[2].hours.monday: "},
		{"{name: Ann, skills: [gas], off: [christmas]}", "team[2].off[0]: \"christmas\" is not a date"},
		{"{name: Ann, skills: [gas], off: ['2026-12-31..2026-12-24']}", "team[2].off[0]: \"2026-12-31..2026-12-24\" ends before it begins"},
		{"{name: Ann, skills: [gas], off: ['2026-12-24', '2026-12-24']}", "team[2].off[1]: "},
		{"{name: Ann, skills: [gas], home: '2020 West Armitage Avenue, Chicago, IL 60647'}", ""},
		{"{name: Ann, skills: [gas], home: Chicago}", "team[2].home: \"Chicago\" has no ZIP code at its end"},
	} {
		file := strings.Replace(string(demo.File()), "\nscheduling:", "  - "+c.member+"\n\nscheduling:", 1)
		_, err := business.Parse("shop.yaml", []byte(file))
		if c.wrong == "" && err != nil || c.wrong != "" && (err == nil || !strings.Contains(err.Error(), c.wrong)) {
			t.Errorf("%s: %v, want %q", c.member, err, c.wrong)
		}
	}
}

func TestWhoIsOnDuty(t *testing.T) {
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	m := business.Member{Off: []string{"2026-12-24..2026-12-26", "2027-01-04"}, Hours: business.MemberHours{Mon: []string{"08:00-12:00", "12:00-13:00"}, Thu: []string{"09:00-17:00"}}}
	for date, want := range map[string]string{
		"2026-11-23": "08:00-13:00", // a Monday
		"2026-11-24": "",            // no hours on Tuesdays
		"2026-11-26": "09:00-17:00",
		"2026-12-24": "", // the first day off
		"2026-12-26": "", // the last one
		"2026-12-28": "08:00-13:00",
		"2027-01-04": "",
	} {
		day, err := time.ParseInLocation(time.DateOnly, date, zone)
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, s := range m.OnDuty(day.Add(20 * time.Hour)) {
			got += s.From.Format("15:04") + "-" + s.To.Format("15:04")
		}
		if got != want {
			t.Errorf("%s: %q, want %q", date, got, want)
		}
	}
}
