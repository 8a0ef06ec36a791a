package business

import "testing"

func TestHomeZIP(t *testing.T) {
	for home, want := range map[string]string{
		"":      "",
		"60647": "60647",
		"2020 West Armitage Avenue, Chicago, IL 60647":       "60647",
		"2020 West Armitage Avenue, Chicago, IL 60647-1234 ": "60647",
		"12345 West Armitage Avenue":                         "", // a house number is no ZIP
		"606470":                                             "",
		"6064":                                               "",
		"at home":                                            "",
	} {
		if got := (&Member{Home: home}).HomeZIP(); got != want {
			t.Errorf("home %q has the ZIP %q, want %q", home, got, want)
		}
	}
}
