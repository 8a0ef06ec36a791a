package contact_test

import (
	"errors"
	"testing"

	"pgregory.net/rapid"

	"fixly/contact"
)

func TestNormalizePhone(t *testing.T) {
	for raw, want := range map[string]string{
		"+13125550142":          "+13125550142",
		"312 555 0142":          "+13125550142",
		"(312) 555-0142":        "+13125550142",
		"1-312-555-0142":        "+13125550142",
		"+1 (312) 555-0142 x5":  "+13125550142",
		"tel:+1-312-555-0142":   "+13125550142",
		"1-800-FLOWERS":         "+18003569377",
		"+15557654321":          "+15557654321", // no such area code, but carriers' samples use it
		"+44 20 7183 8750":      "+442071838750",
		"011 44 20 7183 8750":   "+442071838750",
		"5550142":               "", // no area code
		"312555014":             "", // a digit short
		"+131255501429":         "",
		"911":                   "",
		"":                      "",
		"+":                     "",
		"my number":             "",
		"+13125550142;drop":     "",
		"3125550142 3125550143": "",
	} {
		got, err := contact.NormalizePhone(raw, "US")
		if got != want || (err == nil) != (want != "") {
			t.Errorf("NormalizePhone(%q) = %q, %v; want %q", raw, got, err, want)
		}
		if err != nil && !errors.Is(err, contact.ErrNoPhone) {
			t.Errorf("NormalizePhone(%q): %v is no ErrNoPhone", raw, err)
		}
	}
}

func TestIsE164(t *testing.T) {
	for s, want := range map[string]bool{
		"+13125550142": true, "13125550142": false, "3125550142": false, "+1 3125550142": false, "+1312555014": false, "": false, "+442071838750": true,
	} {
		if contact.IsE164(s) != want {
			t.Errorf("IsE164(%q) = %v", s, !want)
		}
	}
}

func TestIsAssignable(t *testing.T) {
	for s, want := range map[string]bool{
		"+13125550101":  true,  // fiction
		"+15550001111":  true,  // samples
		"+15005550006":  true,  // Twilio's test numbers
		"+13122331234":  true,  //
		"+11111111111":  false, // no area code begins with 1
		"+442071838750": true, "+10000000000": false, "+11125550150": false, "312": false,
	} {
		if contact.IsAssignable(s) != want {
			t.Errorf("IsAssignable(%q) = %v", s, !want)
		}
	}
}

func TestNational(t *testing.T) {
	for s, want := range map[string]string{
		"+13125550142": "(312) 555-0142", "+442071838750": "020 7183 8750", "anonymous": "anonymous", "": "",
	} {
		if got := contact.National(s); got != want {
			t.Errorf("National(%q) = %q, want %q", s, got, want)
		}
	}
}

func TestCallerID(t *testing.T) {
	for raw, want := range map[string]string{
		"+13125550142":                     "+13125550142",
		"3125550142":                       "+13125550142",
		"sip:+13125550142@pstn.twilio.com": "+13125550142",
		"+266696687":                       "", // ANONYMOUS
		"266696687":                        "",
		"+7378742833":                      "", // RESTRICTED
		"+86282452253":                     "", // UNAVAILABLE, which would pass for a number in Chengdu
		"+8656696":                         "", // UNKNOWN
		"+2562533":                         "", // BLOCKED
		"anonymous":                        "",
		"Anonymous":                        "",
		"Restricted":                       "",
		"unavailable":                      "",
		"sip:anonymous@anonymous.invalid":  "",
		"client:mike":                      "",
		"+1":                               "",
		"0":                                "",
		"":                                 "",
	} {
		if got := contact.CallerID(raw); got != want {
			t.Errorf("CallerID(%q) = %q, want %q", raw, got, want)
		}
	}
}

func TestIsTextable(t *testing.T) {
	for s, want := range map[string]bool{
		"+13125550142": true, "+15557654321": true,
		"+18005550119":  false, // toll-free
		"+19002331234":  false, // premium
		"+442071838750": false, // a London land line
		"+447911123456": true,
		"+86282452253":  false, // UNAVAILABLE
		"+266696687":    false, "": false, "anonymous": false, "40404": false,
	} {
		if contact.IsTextable(s) != want {
			t.Errorf("IsTextable(%q) = %v", s, !want)
		}
	}
}

// TestTheShortWayAgrees holds that no number takes the short way through IsE164 that NormalizePhone would change.
func TestTheShortWayAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`\+1[2-9][0-9]{9}`).Draw(t, "number")
		if n, err := contact.NormalizePhone(s, "ZZ"); err != nil || n != s || !contact.IsE164(s) {
			t.Fatalf("%s is normalized to %q, %v", s, n, err)
		}
	})
}

func TestNormalizePhoneGivesE164(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.String(), rapid.StringMatching(`\+?[0-9 ().-]{0,20}`)).Draw(t, "raw")
		n, err := contact.NormalizePhone(raw, "US")
		if err != nil {
			return
		}
		if !contact.IsE164(n) {
			t.Fatalf("%q gave %q, which is not E.164", raw, n)
		}
		contact.National(n)
		contact.IsTextable(n)
	})
}

// TestCallerIDAgreesWithNormalizePhone holds the shortcut for plain North American numbers against the long way.
func TestCallerIDAgreesWithNormalizePhone(t *testing.T) {
	for _, s := range []string{
		"+13125550142", "+12002000000", "+19999999999", "+11234567890", "+10234567890", "+1312555014", "+131255501424", "+1312555014x",
	} {
		long, err := contact.NormalizePhone(s, "US")
		if err != nil {
			long = ""
		}
		if got := contact.CallerID(s); got != long {
			t.Errorf("CallerID(%q) = %q, NormalizePhone gives %q", s, got, long)
		}
	}
}
