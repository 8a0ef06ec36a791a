package contact

import (
	"slices"
	"testing"
	"time"
	_ "time/tzdata"
)

func zoneNames(zones []*time.Location) []string {
	var out []string
	for _, z := range zones {
		out = append(out, z.String())
	}
	slices.Sort(out)
	return out
}

func TestZonesOfPhone(t *testing.T) {
	for number, want := range map[string][]string{
		"+13125550142":  {"America/Chicago"},
		"+12125550142":  {"America/New_York"},
		"+14155550142":  {"America/Los_Angeles"},
		"+16025550142":  {"America/Phoenix"},
		"+14165550142":  {"America/Toronto"},
		"+12085550142":  {"America/Boise", "America/Los_Angeles"}, // Idaho
		"+18085550142":  {"Pacific/Honolulu"},
		"+18005550119":  nil,
		"+15555550119":  nil,
		"+442071838750": nil,
		"":              nil,
	} {
		if got := zoneNames(ZonesOfPhone(number)); !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", number, got, want)
		}
	}
}

func TestZonesOfAddress(t *testing.T) {
	for _, c := range []struct {
		a    Address
		want []string
	}{
		{Address{State: "IL", ZIP: "60647"}, []string{"America/Chicago"}},
		{Address{State: "FL", ZIP: "33602"}, []string{"America/New_York"}},
		{Address{State: "FL", ZIP: "32501"}, []string{"America/Chicago"}},
		{Address{ZIP: "79901"}, []string{"America/Denver"}},
		{Address{State: "AZ", ZIP: "85001"}, []string{"America/Phoenix"}},
		{Address{State: "TN", ZIP: "37902"}, []string{"America/New_York"}},
		{Address{State: "AL", ZIP: "36867"}, []string{"America/Chicago", "America/New_York"}},
		{Address{State: "IN", ZIP: "46534"}, []string{"America/Chicago", "America/New_York"}}, // Knox, of Starke County
		{Address{State: "ND", ZIP: "58801"}, []string{"America/Chicago"}},
		{Address{State: "NV", ZIP: "89883"}, []string{"America/Denver", "America/Los_Angeles"}},
		{Address{State: "AK", ZIP: "99546"}, []string{"America/Adak", "America/Anchorage"}},
		{Address{State: "TN"}, []string{"America/Chicago"}},
		{Address{ZIP: "60647"}, nil},
		{Address{}, nil},
	} {
		if got := zoneNames(ZonesOfAddress(c.a)); !slices.Equal(got, c.want) {
			t.Errorf("%+v: %v, want %v", c.a, got, c.want)
		}
	}
	for state := range stateZones {
		if len(ZonesOfAddress(Address{State: state})) != 1 {
			t.Errorf("%s has no zone", state)
		}
	}
	for zip := range splitZIPs {
		if len(ZonesOfAddress(Address{ZIP: zip + "01"})) == 0 {
			t.Errorf("%s has no zone", zip)
		}
	}
}
