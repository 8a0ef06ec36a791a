package business_test

import (
	"encoding/json"
	"testing"
	"time"

	"go.yaml.in/yaml/v4"
	"pgregory.net/rapid"

	"fixly/business"
)

func TestParseDuration(t *testing.T) {
	for s, want := range map[string]time.Duration{
		"90m": 90 * time.Minute, "2h": 2 * time.Hour, "1h30m": 90 * time.Minute, "21d": 21 * 24 * time.Hour, "1d12h": 36 * time.Hour,
		" 5m ": 5 * time.Minute, "0": 0, "0m": 0, "0d": 0,
	} {
		if got, err := business.ParseDuration(s); err != nil || got.Std() != want {
			t.Errorf("%q is %v, %v", s, got, err)
		}
	}
	for _, s := range []string{"", "90", "m", "d", "-5m", "-1d", "2d-1h", "1w", "five minutes", "1d1d", "1.5d", "+1d", "9999999999h", "99999d", "4000d", "65535d1h"} {
		if got, err := business.ParseDuration(s); err == nil {
			t.Errorf("%q is %v", s, got)
		}
	}
}

func TestDurationIsWrittenAsItIsRead(t *testing.T) {
	for s, want := range map[string]string{"120m": "2h", "60m": "1h", "24h": "24h", "48h": "48h", "72h": "3d", "90m": "90m", "1h30m30s": "1h30m30s", "0": "0m"} {
		if d, err := business.ParseDuration(s); err != nil || d.String() != want {
			t.Errorf("%q is written %q", s, d)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		d := business.Duration(rapid.Int64Range(0, int64(3000*24*time.Hour)).Draw(t, "d"))
		var byYAML, byJSON business.Duration
		y, err := yaml.Marshal(d)
		if err != nil || yaml.Unmarshal(y, &byYAML) != nil || byYAML != d {
			t.Fatalf("YAML %s reads as %v, not %v (%v)", y, byYAML, d, err)
		}
		j, err := json.Marshal(d)
		if err != nil || json.Unmarshal(j, &byJSON) != nil || byJSON != d {
			t.Fatalf("JSON %s reads as %v, not %v (%v)", j, byJSON, d, err)
		}
	})
}

func TestParseSpan(t *testing.T) {
	for s, want := range map[string][2]int{
		"08:00-17:00": {480, 1020}, "8:00-9:30": {480, 570}, "00:00-24:00": {0, 1440}, "21:00-08:00": {1260, 480}, " 08:00 - 17:00 ": {480, 1020},
	} {
		if from, to, err := business.ParseSpan(s); err != nil || from != want[0] || to != want[1] {
			t.Errorf("%q is %d to %d, %v", s, from, to, err)
		}
	}
	for _, s := range []string{"", "08:00", "08:00-", "-17:00", "08:00-17:60", "24:01-25:00", "08-17", "8:0-9:0", "+8:00-9:00", "08:00-17:00-18:00", "aa:bb-cc:dd", "008:00-17:00", "-1:00-2:00"} {
		if from, to, err := business.ParseSpan(s); err == nil {
			t.Errorf("%q is %d to %d", s, from, to)
		}
	}
}
