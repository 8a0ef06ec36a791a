package windowszones

import (
	"testing"
	"time"
	_ "time/tzdata" // the zones are looked up, wherever the test runs
)

func TestEveryZoneIsKnown(t *testing.T) {
	for windows, iana := range zones {
		if _, err := time.LoadLocation(iana); err != nil {
			t.Errorf("%s: %v", windows, err)
		}
	}
}

func TestNames(t *testing.T) {
	for windows, want := range map[string]string{
		"Central Standard Time": "America/Chicago", "central standard time ": "America/Chicago", "US Mountain Standard Time": "America/Phoenix",
		"W. Europe Standard Time": "Europe/Berlin", "UTC": "Etc/UTC", "America/Chicago": "", "": "",
	} {
		if got, ok := IANA(windows); got != want || ok != (want != "") {
			t.Errorf("%q: %q, %v", windows, got, ok)
		}
	}
}
