package business_test

import (
	"strings"
	"testing"

	"fixly/business"
)

// TestTheRulesOfADispatcherAreChecked: what can't be meant is refused with the file, the line and the key. A want that is
// empty says that it is right.
func TestTheRulesOfADispatcherAreChecked(t *testing.T) {
	const (
		scheduling = "scheduling: {arrival_window: 2h, travel_buffer: 30m, notice: 60m, horizon: 21d"
		service    = "skill: plumbing, for: [leak]"
		team       = "  - {name: Al, skills: [plumbing]"
		accepted   = "emergencies: {accepted: true"
		followUps  = "follow_ups: {confirmation: true"
	)
	windows := func(list string) string { return scheduling + ", windows: [" + list + "]" }
	seasonal := func(list string) string { return followUps + ", seasonal: [" + list + "]" }
	for _, c := range []struct{ name, old, new, want string }{
		{"start buffer", scheduling, scheduling + ", start_buffer: 45m", ""},
		{"start buffer without a unit", scheduling, scheduling + ", start_buffer: 45", `shop.yaml:23: scheduling.start_buffer: "45" is not a length of time`},
		{"start buffer too long", scheduling, scheduling + ", start_buffer: 25h", "shop.yaml:23: scheduling.start_buffer: must be from 0m to "},
		{"cap", scheduling, scheduling + ", daily_cap: 8", ""},
		{"cap below none", scheduling, scheduling + ", daily_cap: -1", "shop.yaml:23: scheduling.daily_cap: must "},
		{"cap that is a slip", scheduling, scheduling + ", daily_cap: 10000", "shop.yaml:23: scheduling.daily_cap: must "},
		{"cap in words", scheduling, scheduling + ", daily_cap: eight", `shop.yaml:23: scheduling.daily_cap: must be a whole number, but is the text "eight"`},

		{"windows", scheduling, windows(`{name: am, hours: "08:00-10:00", capacity: 3}, {name: pm, hours: "13:00-15:00"}, {name: night, hours: "22:00-02:00", emergencies_only: true}`), ""},
		{"window without a name", scheduling, windows(`{hours: "08:00-10:00"}`), "shop.yaml:23: scheduling.windows[0].name: is required"},
		{"window twice", scheduling, windows(`{name: am, hours: "08:00-10:00"}, {name: AM, hours: "10:00-12:00"}`), `shop.yaml:23: scheduling.windows[1].name: "AM" is already the name of scheduling.windows[0]`},
		{"window without hours", scheduling, windows(`{name: am}`), "shop.yaml:23: scheduling.windows[0].hours: "},
		{"window in words", scheduling, windows(`{name: am, hours: morning}`), `shop.yaml:23: scheduling.windows[0].hours: "morning" is not a span of hours`},
		{"window from 24:00", scheduling, windows(`{name: am, hours: "24:00-02:00", emergencies_only: true}`), `shop.yaml:23: scheduling.windows[0].hours: "24:00-02:00" begins with the next day; write 00:00`},
		{"window too short", scheduling, windows(`{name: am, hours: "08:00-08:10"}`), `shop.yaml:23: scheduling.windows[0].hours: must last from 15m to 12h, but "08:00-08:10" lasts 10m`},
		{"window too long", scheduling, windows(`{name: am, hours: "06:00-20:00"}`), "shop.yaml:23: scheduling.windows[0].hours: must last from 15m to 12h"},
		{"windows overlap", scheduling, windows(`{name: am, hours: "08:00-10:00"}, {name: noon, hours: "09:30-12:00"}`), `shop.yaml:23: scheduling.windows[1].hours: "09:30-12:00" overlaps scheduling.windows[0]`},
		{"windows overlap past midnight", scheduling, windows(`{name: night, hours: "22:00-02:00", emergencies_only: true}, {name: late, hours: "01:00-03:00", emergencies_only: true}`), `shop.yaml:23: scheduling.windows[1].hours: "01:00-03:00" overlaps scheduling.windows[0]`},
		{"window while closed", scheduling, windows(`{name: am, hours: "06:00-08:00"}`), `shop.yaml:23: scheduling.windows[0].hours: the business is never open at the beginning of "06:00-08:00"`},
		{"window at lunch", scheduling, windows(`{name: am, hours: "12:30-14:00"}`), "shop.yaml:23: scheduling.windows[0].hours: the business is never open at the beginning of "},
		{"window while closed for emergencies", scheduling, windows(`{name: am, hours: "06:00-08:00", emergencies_only: true}`), ""},
		{"window that holds less than none", scheduling, windows(`{name: am, hours: "08:00-10:00", capacity: -3}`), "shop.yaml:23: scheduling.windows[0].capacity: must "},
		{"unknown key of a window", scheduling, windows(`{name: am, hours: "08:00-10:00", emergencis_only: true}`), `shop.yaml:23: scheduling.windows[0].emergencis_only: unknown key; did you mean "emergencies_only"?`},

		{"technician's cap", team, team + ", daily_cap: 4", ""},
		{"technician's cap below none", team, team + ", daily_cap: -4", "shop.yaml:22: team[0].daily_cap: must "},
		{"technician's zone", team, team + ", timezone: America/New_York", ""},
		{"technician's zone misspelt", team, team + ", timezone: America/NewYork", `shop.yaml:22: team[0].timezone: "America/NewYork" is not a time zone`},
		{"the machine's zone", team, team + ", timezone: Local", `shop.yaml:22: team[0].timezone: "Local" is not a time zone`},

		{"crew without a second", service, service + ", crew: 2", "shop.yaml:26: services[0].crew: a crew of 2 needs as many technicians; the team has 1"},

		{"crew of three", service, service + ", crew: 3", "shop.yaml:26: services[0].crew: must "},
		{"several days", service, service + ", days: 2", ""},
		{"days below none", service, service + ", days: -2", "shop.yaml:26: services[0].days: must "},
		{"a month", service, service + ", days: 30", "shop.yaml:26: services[0].days: must "},
		{"half a day", service, service + ", days: 0.5", "shop.yaml:26: services[0].days: must be a whole number, but is 0.5"},
		{"quote of what isn't done", service, service + ", quote_first: Estimate", `shop.yaml:26: services[0].quote_first: "Estimate" is none of the services`},
		{"quote of itself", service, service + ", quote_first: leak repair", "shop.yaml:26: services[0].quote_first: a service can't come before itself"},
		{
			"quote of a quote", "emergencies: {acc", "  - {name: Look, duration: 1h, price: free, skill: plumbing, quote_first: Leak repair}\n" +
				"  - {name: Repiping, duration: 1h, price: free, skill: plumbing, quote_first: Look}\nemergencies: {acc",
			`shop.yaml:28: services[2].quote_first: "Look" wants a visit of another service first itself`,
		},

		{"seasonal", followUps, seasonal(`{service: Leak repair, season: "10-01"}`), ""},
		{"seasonal by months", followUps, seasonal("{service: leak repair, after_months: 11}"), ""},
		{"seasonal without a service", followUps, seasonal("{after_months: 11}"), "shop.yaml:30: follow_ups.seasonal[0].service: is required"},
		{"seasonal work that isn't done", followUps, seasonal("{service: Flush, after_months: 11}"), `shop.yaml:30: follow_ups.seasonal[0].service: "Flush" is none of the services`},
		{"seasonal twice", followUps, seasonal(`{service: Leak repair, season: "10-01"}, {service: leak repair, after_months: 6}`), `shop.yaml:30: follow_ups.seasonal[1].service: "leak repair" is already follow_ups.seasonal[0]`},
		{"seasonal without a time", followUps, seasonal("{service: Leak repair}"), "shop.yaml:30: follow_ups.seasonal[0].season: is required, or after_months"},
		{"seasonal by both", followUps, seasonal(`{service: Leak repair, season: "10-01", after_months: 6}`), "shop.yaml:30: follow_ups.seasonal[0].after_months: goes by season already; give one of the two"},
		{"season in words", followUps, seasonal("{service: Leak repair, season: fall}"), `shop.yaml:30: follow_ups.seasonal[0].season: "fall" is no month and day of every year; write it like 10-01`},
		{"season of leap years", followUps, seasonal(`{service: Leak repair, season: "02-29"}`), `shop.yaml:30: follow_ups.seasonal[0].season: "02-29" is no month`},
		{"season by day and month", followUps, seasonal(`{service: Leak repair, season: "31-10"}`), `shop.yaml:30: follow_ups.seasonal[0].season: "31-10" is no month`},
		{"seasonal after two years", followUps, seasonal("{service: Leak repair, after_months: 24}"), "shop.yaml:30: follow_ups.seasonal[0].after_months: must be between 1 and 17, but is 24"},
		{"seasonal before the visit", followUps, seasonal("{service: Leak repair, after_months: -1}"), "shop.yaml:30: follow_ups.seasonal[0].after_months: must be between 1 and 17"},
		{"seasonal misspelt", followUps, seasonal(`{service: Leak repair, season: "10-01", after_month: 6}`), `shop.yaml:30: follow_ups.seasonal[0].after_month: unknown key; did you mean "after_months"?`},

		{"overbooking", accepted, accepted + ", overbook: true, overbook_within: 2h", ""},
		{"overbooking as usual", accepted, accepted + ", overbook: true", ""},
		{"overbooking in words", accepted, accepted + ", overbook: always", `shop.yaml:27: emergencies.overbook: must be true or false, but is the text "always"`},
		{"overbooking tomorrow", accepted, accepted + ", overbook: true, overbook_within: 2d", "shop.yaml:27: emergencies.overbook_within: must be from 0m to "},
	} {
		t.Run(c.name, func(t *testing.T) {
			if strings.Count(shop, c.old) == 0 {
				t.Fatalf("the shop has no %q", c.old)
			}
			text := strings.Replace(shop, c.old, c.new, 1)
			_, err := business.Parse("testdata/shop.yaml", []byte(text))
			switch {
			case c.want == "" && err != nil:
				t.Errorf("refused: %v", err)
			case c.want != "" && (err == nil || !strings.HasPrefix(err.Error(), c.want) || strings.Contains(err.Error(), "\n")):
				t.Errorf("got  %v\nwant %s alone", err, c.want)
			}
		})
	}
}
