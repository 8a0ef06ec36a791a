package business_test

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/demo"
)

// rota is the demo's business with some people who take turns.
func rota(o business.OnCall) *business.Business {
	b := demo.Business()
	b.OnCallPlan = o
	return b
}

func three() []business.OnCallPerson {
	return []business.OnCallPerson{
		{Name: "Mike Rossi", Phone: "+13125550101"}, {Name: "Luis Ortega", Phone: "+13125550103"}, {Name: "Ana Diaz", Phone: "+13125550104"},
	}
}

func TestWhoIsOnCall(t *testing.T) {
	people := three()
	people[1].Off = []string{"2026-12-07..2026-12-09"}
	b := rota(business.OnCall{
		People: people, Since: "2026-11-25", Swaps: []business.Swap{{Days: "2026-12-24..2026-12-25", Person: "ana diaz"}},
	})
	for _, c := range []struct {
		at, who string
		why     business.DutyReason
	}{
		{"2026-11-25 12:00", "Mike Rossi", business.DutyTurn},
		{"2026-11-30 07:59", "Mike Rossi", business.DutyTurn}, // Monday, before the change
		{"2026-11-30 08:00", "Luis Ortega", business.DutyTurn},
		{"2026-12-07 09:00", "Ana Diaz", business.DutyTurn},
		{"2026-12-24 07:00", "Luis Ortega", business.DutyTurn},
		{"2026-12-24 08:00", "Ana Diaz", business.DutySwap},
		{"2026-12-26 07:59", "Ana Diaz", business.DutySwap}, // the day of the 25th ends at eight
		{"2026-12-26 08:00", "Luis Ortega", business.DutyTurn},
		{"2026-11-22 12:00", "Ana Diaz", business.DutyTurn}, // before it began
	} {
		at, err := time.ParseInLocation("2006-01-02 15:04", c.at, b.Location())
		if err != nil {
			t.Fatal(err)
		}
		if d := b.DutyAt(at); d == nil || d.Person.Name != c.who || d.Why != c.why {
			t.Errorf("%s: %+v, want %s (%s)", c.at, d, c.who, c.why)
		}
	}
}

func TestWhoStandsInForAHoliday(t *testing.T) {
	people := three()
	people[0].Off = []string{"2026-11-26"}
	b := rota(business.OnCall{People: people, Changes: "07:00", Since: "2026-11-26"})
	thanksgiving := time.Date(2026, 11, 26, 12, 0, 0, 0, b.Location())
	if d := b.DutyAt(thanksgiving); d.Person.Name != "Luis Ortega" || d.Why != business.DutyStandsIn {
		t.Errorf("on call is %+v", d)
	}
	var names []string
	for _, p := range b.OnCallAt(thanksgiving) {
		names = append(names, p.Name)
	}
	if got := strings.Join(names, ", "); got != "Luis Ortega, Ana Diaz, Mike Rossi" { // the owner, though he is off: somebody must hear
		t.Errorf("to be paged are %s", got)
	}
	for i := range people {
		people[i].Off = []string{"2026-11-26"}
	}
	if d := b.DutyAt(thanksgiving); d.Person.Name != "Mike Rossi" || d.Why != business.DutyNobody {
		t.Errorf("with everybody off, on call is %+v", d)
	}
}

func TestWithoutARotaTheChainIsOnCall(t *testing.T) {
	b := demo.Business()
	if b.DutyAt(time.Now()) != nil || b.Rota(time.Now(), time.Now().Add(time.Hour)) != nil {
		t.Error("somebody has a turn")
	}
	if !reflect.DeepEqual(b.OnCallAt(time.Now()), b.OnCall()) {
		t.Error("the chain is not on call")
	}
}

// TestARotaHasNoGaps: whatever the rota, the zone and the instant, exactly one person is on call, in stretches that meet,
// changes come at the time of day that the file says, and on days when clocks change too.
func TestARotaHasNoGaps(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := demo.Business()
		b.Profile.Timezone = rapid.SampledFrom([]string{"America/Chicago", "America/Phoenix", "Australia/Lord_Howe", "UTC"}).Draw(t, "zone")
		days := func(name string) string {
			first := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, name))
			return first.Format(time.DateOnly) + ".." + first.AddDate(0, 0, rapid.IntRange(0, 9).Draw(t, name+" long")).Format(time.DateOnly)
		}
		people := three()[:rapid.IntRange(1, 3).Draw(t, "people")]
		for i := range people {
			for range rapid.IntRange(0, 2).Draw(t, "holidays") {
				people[i].Off = append(people[i].Off, days("off"))
			}
		}
		o := business.OnCall{People: people, Changes: rapid.SampledFrom([]string{"", "02:30", "00:00", "fri 17:00", "sun 02:30", "mon 08:00"}).Draw(t, "changes")}
		o.Since = rapid.SampledFrom([]string{"", "2026-03-08", "2027-11-07"}).Draw(t, "since")
		for range rapid.IntRange(0, 3).Draw(t, "swaps") {
			o.Swaps = append(o.Swaps, business.Swap{Days: days("swap"), Person: rapid.SampledFrom(people).Draw(t, "for").Name})
		}
		b.OnCallPlan = o
		if err := business.Validate(b); err != nil {
			t.Fatal(err)
		}
		from := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 400*24*60).Draw(t, "from")) * time.Minute)
		to := from.Add(time.Duration(rapid.IntRange(1, 60*24*60).Draw(t, "long")) * time.Minute)
		duties := b.Rota(from, to)
		if len(duties) == 0 || duties[0].From.After(from) || duties[len(duties)-1].To.Before(to) {
			t.Fatalf("from %s to %s: %+v", from, to, duties)
		}
		for i, d := range duties {
			if !d.From.Before(d.To) || i > 0 && !d.From.Equal(duties[i-1].To) {
				t.Fatalf("a gap or an overlap: %+v", duties)
			}
			if i > 0 && d.Person.Name == duties[i-1].Person.Name && d.Why == duties[i-1].Why {
				t.Fatalf("one duty is in two: %+v", duties)
			}
			at := d.From
			if at.Before(from) {
				at = from
			}
			if now := b.DutyAt(at); now == nil || now.Person.Name != d.Person.Name || near(at, d.From) && !now.From.Equal(d.From) || near(at, d.To) && !now.To.Equal(d.To) {
				t.Fatalf("at %s on call is %+v, in the list %+v", at, now, d)
			}
			paged := b.OnCallAt(at)
			if paged[0].Name != d.Person.Name || !slices.ContainsFunc(paged, func(p business.Person) bool { return p.Phone == b.Profile.Owner.Phone }) {
				t.Fatalf("at %s, paged are %+v", at, paged)
			}
			phones := map[string]bool{}
			for _, p := range paged {
				if phones[p.Phone] {
					t.Fatalf("%s is paged twice in a round: %+v", p.Phone, paged)
				}
				phones[p.Phone] = true
			}
		}
	})
}

// near says whether one looks as far as that from an instant.
func near(at, bound time.Time) bool { return bound.Sub(at).Abs() < 58*24*time.Hour }

func TestARotaIsChecked(t *testing.T) {
	section := func(s string) string { return "on_call: {" + s + "}\nfaqs:" }
	const al = `people: [{name: Al, phone: "+13125550107"}, {name: Bo, phone: "+13125550108"}]`
	for _, c := range []struct{ name, section, want string }{
		{"empty", "", ""},
		{"whole", al + `, changes: "fri 17:00", since: 2026-11-27, swaps: [{days: "2026-12-24..2026-12-25", person: bo}], call_after: 30s, next_after: 3m, rounds: 3`, ""},
		{"nameless", `people: [{phone: "+13125550107"}]`, "on_call.people[0].name: is required"},
		{"no phone", `people: [{name: Al, phone: 555-0107}]`, "on_call.people[0].phone: "},
		{"one phone twice", `people: [{name: Al, phone: "+13125550107"}, {name: Bo, phone: "+13125550107"}]`, "on_call.people[1].phone: +13125550107 is already the phone of on_call.people[0]"},
		{"one name twice", `people: [{name: Al, phone: "+13125550107"}, {name: AL, phone: "+13125550108"}]`, `on_call.people[1].name: "AL" is already`},
		{"our own number", `people: [{name: Al, phone: "+13125550100"}]`, "on_call.people[0].phone: +13125550100 is our own number (lines[0])"},
		{"a holiday in words", `people: [{name: Al, phone: "+13125550107", off: [christmas]}]`, `on_call.people[0].off[0]: "christmas" is not a date`},
		{"changes", al + `, changes: monday`, `on_call.changes: "monday" is not when turns change`},
		{"changes on a weekday that is none", al + `, changes: "mo 08:00"`, `on_call.changes: "mo 08:00" is not when turns change`},
		{"since", al + `, since: now`, `on_call.since: "now" is not a date`},
		{"swap", al + `, swaps: [{days: 2026-12-24, person: Cy}]`, `on_call.swaps[0].person: "Cy" is none of on_call.people`},
		{"swap's days", al + `, swaps: [{days: xmas, person: Al}]`, `on_call.swaps[0].days: "xmas" is not a date`},
		{"called too late", al + `, call_after: 6m`, "on_call.call_after: must be less than next_after (5m)"},
		{"next too soon", al + `, next_after: 30s`, "on_call.next_after: must be from 1m to 1h, but is 30s"},
		{"rounds", al + `, rounds: 99`, "on_call.rounds: must "},
		{"unknown key", al + `, swops: []`, `on_call.swops: unknown key; did you mean "swaps"?`},
	} {
		t.Run(c.name, func(t *testing.T) {
			file := strings.Replace(string(demo.File()), "faqs:", section(c.section), 1)
			_, err := business.Parse("shop.yaml", []byte(file))
			switch {
			case c.want == "" && err != nil:
				t.Error(err)
			case c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), "shop.yaml:")):
				t.Errorf("got %v\nwant %s", err, c.want)
			}
		})
	}
}
