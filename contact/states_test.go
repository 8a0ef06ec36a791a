package contact

import (
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"
)

func TestStateOfPhone(t *testing.T) {
	for number, want := range map[string]string{
		"+13125550142":  "IL",
		"+14155550142":  "CA",
		"+12025550142":  "DC",
		"+13605550142":  "WA",
		"+14165550142":  "", // Toronto
		"+17875550142":  "", // Puerto Rico
		"+18005550119":  "",
		"+442071838750": "",
		"":              "",
	} {
		if got := StateOfPhone(number); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
}

// TestStatesAgree compares the table with the places that libphonenumber knows, "Quincy, IL".
func TestStatesAgree(t *testing.T) {
	compared := 0
	for area, state := range stateOfArea {
		for exchange := 220; exchange < 999; exchange += 17 {
			n, err := phonenumbers.Parse("+1"+area+digits(exchange)+"0100", "US")
			if err != nil {
				t.Fatal(err)
			}
			place, err := phonenumbers.GetGeocodingForNumber(n, "en")
			if _, there, ok := strings.Cut(place, ", "); err == nil && ok {
				compared++
				if there != state {
					t.Errorf("%s lies in %s, not in %s", area, place, state)
				}
			}
		}
	}
	if compared < 1000 {
		t.Errorf("only %d places were compared", compared)
	}
	if len(areasOfStates) != 51 {
		t.Errorf("%d states", len(areasOfStates))
	}
}

func digits(n int) string {
	return string([]byte{byte('0' + n/100), byte('0' + n/10%10), byte('0' + n%10)})
}
