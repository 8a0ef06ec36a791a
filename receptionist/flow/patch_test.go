package flow

import (
	"testing"

	"pgregory.net/rapid"

	"fixly/contact"
	"fixly/receptionist/understanding"
)

// A number that was misheard comes right by the digits alone, whichever they were, or nothing is changed.
func TestNumbersArePatched(t *testing.T) {
	for _, c := range []struct {
		said  understanding.Understanding
		house string
		phone string
		zip   string
	}{
		{understanding.Understanding{Digits: "54", DigitsNot: "45"}, "2154", "3125550190", "60647"},
		{understanding.Understanding{Digits: "54"}, "2154", "3125550190", "60647"},
		{understanding.Understanding{Digits: "2154"}, "2154", "3125550190", "60647"},
		{understanding.Understanding{Digits: "2155"}, "2155", "3125550190", "60647"},
		{understanding.Understanding{Digits: "0191"}, "2145", "3125550191", "60647"},
		{understanding.Understanding{Digits: "91", DigitsOf: "phone_end"}, "2145", "3125550191", "60647"},
		{understanding.Understanding{Digits: "773", DigitsOf: "area_code"}, "2145", "7735550190", "60647"},
		{understanding.Understanding{Digits: "5560190"}, "2145", "3125560190", "60647"},
		{understanding.Understanding{Digits: "60614"}, "2145", "3125550190", "60614"},
		{understanding.Understanding{Digits: "9", DigitsOf: "house"}, "9", "3125550190", "60647"},
		{understanding.Understanding{Digits: "88", DigitsNot: "77"}, "2145", "3125550190", "60647"}, // there is no 77
	} {
		s := New()
		s.Question = QReadBack
		s.Details.Phone, s.Details.Address = "+13125550190", contact.Address{Line1: "2145 North Damen", ZIP: "60647"}
		tn := &turn{s: s, u: &c.said, e: &Event{}}
		tn.absorbDigits()
		want := contact.Address{Line1: c.house + " North Damen", ZIP: c.zip}
		if s.Details.Phone != "+1"+c.phone || s.Details.Address != want {
			t.Errorf("%+v gives %s, %+v", c.said, s.Details.Phone, s.Details.Address)
		}
	}
}

func TestPatchesKeepNumbersWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.StringMatching(`[0-9]{1,8}`)
		u := understanding.Understanding{
			Digits: digits.Draw(t, "digits"), DigitsNot: rapid.StringMatching(`[0-9]{0,5}`).Draw(t, "not"),
			DigitsOf: rapid.SampledFrom([]string{"", "house", "phone", "phone_end", "area_code"}).Draw(t, "of"),
		}
		s := New()
		s.Question = QReadBack
		s.Details.Phone, s.Details.Address = "+13125550190", contact.Address{Line1: "2145 North Damen", ZIP: "60647"}
		(&turn{s: s, u: &u, e: &Event{}}).absorbDigits()
		a := s.Details.Address
		if !contact.IsE164(s.Details.Phone) || len(a.ZIP) != 5 || !numberedHouse(a.Line1) {
			t.Fatalf("%+v breaks %s, %+v", u, s.Details.Phone, a)
		}
	})
}
