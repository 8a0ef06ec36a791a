package understanding_test

import (
	"os"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	u "fixly/receptionist/understanding"
	"fixly/receptionist/understanding/en"
)

// Streets are named after towns. Behind a house number or a direction a town's name is the street's, for every town
// of the list; only a town behind a street is a town.
func TestStreetsNamedAfterTowns(t *testing.T) {
	raw, err := os.ReadFile("en/data/places.yaml")
	if err != nil {
		t.Fatal(err)
	}
	var places struct{ Cities []string }
	if err := yaml.Unmarshal(raw, &places); err != nil || len(places.Cities) < 100 {
		t.Fatalf("%d cities: %v", len(places.Cities), err)
	}
	towns := len(places.Cities)
	for i, town := range append(places.Cities, "washington", "monroe", "jackson", "indiana", "ohio", "michigan", "virginia", "illinois") {
		name := en.Title(town)
		for _, c := range []struct{ text, line, city string }{
			{"one twenty three west " + town, "123 West " + name, ""},
			{"123 W " + town, "123 W " + name, ""},
			{"it's 55 east " + town + " 60605", "55 East " + name, ""},
			{"twelve hundred " + town, "1200 " + name, ""},
			{"1842 " + town, "1842 " + name, ""},
			{"um 1842 north " + town + " unit six", "1842 North " + name, ""},
			{"1842 north " + town + " street", "1842 North " + name + " Street", ""},
			{"1842 " + town + " avenue", "1842 " + name + " Avenue", ""},
			{"1842 west " + town + " in chicago", "1842 West " + name, "Chicago"},
			{"1842 north damen " + town, "1842 North Damen", name},
			{"1842 north damen avenue " + town, "1842 North Damen Avenue", name},
		} {
			if c.city == name && i >= towns {
				continue // no town that is known
			}
			got := understand(t, u.AskedAddress, c.text)
			if !strings.EqualFold(got.Address.Line1, c.line) || !strings.EqualFold(got.Address.City, c.city) || got.CityOnly != "" {
				t.Errorf("%q: %q in %q (%q), want %q in %q", c.text, got.Address.Line1, got.Address.City, got.CityOnly, c.line, c.city)
			}
		}
	}
}

func TestMergeStreet(t *testing.T) {
	for _, c := range [][3]string{
		{"442 South State Street", "444 South State", "444 South State Street"},
		{"442 South State Street", "444 State", "444 South State Street"},
		{"442 South State Street", "442 North State", "442 North State Street"},
		{"442 South State Street", "442 South State Avenue", "442 South State Avenue"},
		{"442 South State Street", "442 South Stave", "442 South Stave"},
		{"442 South State Street", "1500 West Elm", "1500 West Elm"},
		{"442 State Street", "444 South State", "444 South State Street"},
		{"", "444 South State", "444 South State"},
		{"44", "444 South State", "444 South State"},
	} {
		if got := u.MergeStreet(c[0], c[1]); got != c[2] {
			t.Errorf("%q corrected by %q is %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
