package business_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/demo"
)

func TestWhatAJobIsWorth(t *testing.T) {
	b := demo.Business()
	b.Callbacks.Ranking.Services = []business.ServiceWorth{{Name: "Drain cleaning", Worth: 320}}
	for service, want := range map[string]int{
		"drain cleaning": 320, "Leak repair": 129, "Water heater replacement": 1450, "Free estimate": 250, "": 250, "Roofing": 250,
	} {
		if got := b.WorthOf(service); got != want {
			t.Errorf("%q is worth %d, want %d", service, got, want)
		}
	}
}

func TestCallbacksSection(t *testing.T) {
	for section, want := range map[string]string{
		"owner: Dana Rossi\n  backup: Mike Rossi\n  due: 20m": "",
		"ranking: {under_5m: 50, late: 5, emergency: 400}":    "",
		"owner: Nobody": "callbacks.owner: \"Nobody\" is nobody in answering.chain",
		"owner: Dana Rossi\n  backup: dana rossi": "callbacks.backup",
		"due: 30d":                 "callbacks.due",
		"spacing: [30s]":           "callbacks.spacing[0]",
		"ranking: {under_10m: 50}": "callbacks.ranking.under_10m: must be from 1 to 40, which under_5m has, but is 50",
		"ranking: {urgent: 400}":   "callbacks.ranking.emergency",
		"ranking: {tried: 140}":    "callbacks.ranking.tried",
		"ranking: {services: [{name: Roofing, worth: 1}]}":           "callbacks.ranking.services[0].name",
		"ranking: {services: [{name: Leak repair, worth: 0}]}":       "callbacks.ranking.services[0].worth",
		"ranking: {services: [{name: Leak repair, worth: 9, x: 1}]}": "x",
	} {
		_, err := business.Parse("shop.yaml", append(demo.File(), []byte("\ncallbacks:\n  "+section+"\n")...))
		switch {
		case want == "" && err != nil:
			t.Errorf("%s: %v", section, err)
		case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
			t.Errorf("%s: %v, want %q", section, err, want)
		}
	}
}

// TestAssumedFillsInWhatIsLeftOut: what is given stays, nothing stays zero.
func TestAssumedFillsInWhatIsLeftOut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := business.Ranking{Under5m: rapid.IntRange(0, 100).Draw(t, "chance"), Tried: rapid.IntRange(0, 100).Draw(t, "tried")}
		a := r.Assumed()
		if r.Under5m != 0 && a.Under5m != r.Under5m || r.Tried != 0 && a.Tried != r.Tried || a.Under5m == 0 || a.Tried == 0 || a.Worth == 0 {
			t.Fatalf("%+v of %+v", a, r)
		}
	})
}
