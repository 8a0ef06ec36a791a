package contact_test

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fixly/contact"
)

func TestNormalizeEmail(t *testing.T) {
	for raw, want := range map[string]string{
		"karen@example.com":                       "karen@example.com",
		"  karen+visit@mail.example.com ":         "karen+visit@mail.example.com",
		"o'brien@example.com":                     "o'brien@example.com",
		"Karen <karen@example.com>":               "",
		"karen@example.com, owen@example.com":     "",
		"karen@localhost":                         "",
		"karen@example.":                          "",
		"karen@example.com\r\nBcc: x@example.com": "",
		"\"karen whitfield\"@example.com":         "",
		"kären@example.com":                       "",
		"karen":                                   "",
		"":                                        "",
		strings.Repeat("k", 250) + "@example.com": "",
	} {
		got, err := contact.NormalizeEmail(raw)
		if got != want || (err == nil) != (want != "") || err != nil && !errors.Is(err, contact.ErrNoEmail) {
			t.Errorf("NormalizeEmail(%q) = %q, %v; want %q", raw, got, err, want)
		}
	}
}

// TestNormalizedEmailsAreOneWord: nothing that is taken for an address could end a header.
func TestNormalizedEmailsAreOneWord(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		raw := rapid.OneOf(rapid.String(), rapid.StringMatching(`[a-z"<>,; \r\n.@+]{1,20}@[a-z.]{1,12}`)).Draw(t, "raw")
		got, err := contact.NormalizeEmail(raw)
		if err == nil && strings.ContainsAny(got, " \t\r\n<>,;\"") {
			t.Fatalf("%q gave %q", raw, got)
		}
	})
}
