package golden_test

import (
	"strings"
	"testing"

	"fixly/demo"
	"fixly/receptionist/golden"
)

const plain = `
now: 2026-11-23T10:05:00-06:00
from: "+13125550190"
turns:
  - {caller: "my kitchen faucet is dripping", asked: choice}
  - {caller: "the first one"}
  - {caller: "karen whitfield"}
  - {caller: "yes"}
  - {caller: "1842 north damen avenue 60647", asked: confirm}
  - {caller: "yes", reason: booked}
  - {caller: "bye"}
expect:
  job: {service: Leak repair, name: Karen Whitfield, zip: "60647"}
  outcome: booked
  ended: true
`

func parse(t *testing.T, file string) *golden.Conversation {
	t.Helper()
	c, err := golden.Parse("plain.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAConversationThatEndsAsItShouldHasNoDifferences(t *testing.T) {
	r, err := golden.Play(t.Context(), nil, parse(t, plain))
	if err != nil || !r.OK() || len(r.Lines) != 7 || r.Conversation != "plain" {
		t.Errorf("%+v, %v", r, err)
	}
}

func TestEveryDifferenceIsTold(t *testing.T) {
	for _, x := range []struct{ from, to, what string }{
		{"asked: choice", "asked: name", "turn 1: asked: choice, expected name"},
		{"reason: booked", "reason: moved", "turn 6: reason: booked, expected moved"},
		{`dripping"`, `dripping", says: "cheese"`, "turn 1: says"},
		{`dripping"`, `dripping", never: "between"`, "turn 1: never"},
		{`dripping"`, `dripping", transfer: true`, "turn 1: transfer: no, expected yes"},
		{"Leak repair", "Drain cleaning", "in the end: service: Leak repair, expected Drain cleaning"},
		{"Karen Whitfield", "Karin Whitfield", "in the end: name"},
		{`"60647"}`, `"60647", phone: "+13125550199"}`, "in the end: phone"},
		{`"60647"}`, `"60647", problem: dishwasher}`, "in the end: problem"},
		{"outcome: booked", "outcome: message", "in the end: outcome: booked, expected message"},
		{"ended: true", "ended: false", "in the end: ended"},
		{"ended: true", "ended: true\n  alerts: 1", "in the end: alerts: 0, expected 1"},
		{"ended: true", "ended: true\n  summary: cheese", "in the end: summary"},
	} {
		r, err := golden.Play(t.Context(), nil, parse(t, strings.Replace(plain, x.from, x.to, 1)))
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Differences) != 1 || !strings.HasPrefix(r.Differences[0].String(), x.what) {
			t.Errorf("%s: %v", x.to, r.Differences)
		}
	}
}

func TestAChangedBusinessShowsInTheConversations(t *testing.T) {
	b := demo.Business()
	for i := range b.Services {
		if b.Services[i].Name == "Leak repair" {
			b.Services[i].Name = "Pipes"
		}
	}
	r, err := golden.Play(t.Context(), b, parse(t, plain))
	if err != nil || len(r.Differences) != 1 || r.Differences[0].What != "service" || r.Differences[0].Got != "Pipes" {
		t.Errorf("%v, %v", r.Differences, err)
	}
}

func TestFilesThatAreWrongAreRefused(t *testing.T) {
	for file, why := range map[string]string{
		strings.Replace(plain, "outcome:", "outcom:", 1):                   "outcom",
		strings.Replace(plain, "asked: choice", `says: "("`, 1):            "turn 1 says",
		strings.Replace(plain, "now: 2026-11-23T10:05:00-06:00", "", 1):    "when it takes place",
		"now: 2026-11-23T10:05:00-06:00":                                   "nothing is said",
		plain + "channel: pigeon":                                          "pigeon",
		strings.Replace(plain, `caller: "bye"`, "event: earthquake", 1):    "earthquake",
		strings.Replace(plain, "ended: true", "cancelled: true", 1):        "none was booked before",
		strings.Replace(plain, `from: "+13125550190"`, "channel: text", 1): "comes from somebody",
	} {
		if _, err := golden.Parse("x.yaml", []byte(file)); err == nil || !strings.Contains(err.Error(), why) {
			t.Errorf("%s: %v", why, err)
		}
	}
}

func TestAllArePartOfTheProgram(t *testing.T) {
	all, err := golden.All()
	if err != nil || len(all) < 30 {
		t.Fatalf("%d, %v", len(all), err)
	}
	for i := range all {
		if _, err := all[i].Shop(); err != nil {
			t.Error(err)
		}
		if all[i].About == "" {
			t.Errorf("%s doesn't say what it shows", all[i].Name)
		}
	}
}
