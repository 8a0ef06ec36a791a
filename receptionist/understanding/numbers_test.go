package understanding_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"fixly/contact"
	u "fixly/receptionist/understanding"
)

// spoken says digits one by one or in twos, with "oh" or "zero", "double" and "triple".
func spoken(t *rapid.T, digits string) string {
	var out []string
	for i := 0; i < len(digits); {
		d := int(digits[i] - '0')
		one := small[d]
		if d == 0 {
			one = rapid.SampledFrom([]string{"oh", "zero", "o"}).Draw(t, "zero")
		}
		same := 1
		for i+same < len(digits) && digits[i+same] == digits[i] && same < 3 {
			same++
		}
		switch {
		case same == 3 && rapid.Bool().Draw(t, "triple"):
			out = append(out, "triple "+one)
			i += 3
		case same >= 2 && rapid.Bool().Draw(t, "double"):
			out = append(out, "double "+one)
			i += 2
		default:
			out = append(out, one)
			i++
		}
	}
	return strings.Join(out, " ")
}

// A telephone number said in any grouping is the number that was meant.
func TestPhoneNumbersRoundTrip(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		n := fmt.Sprintf("%d%02d%d%02d%04d", rapid.IntRange(2, 9).Draw(t, "a"), rapid.IntRange(0, 99).Draw(t, "b"), rapid.IntRange(2, 9).Draw(t, "c"),
			rapid.IntRange(0, 99).Draw(t, "d"), rapid.IntRange(0, 9999).Draw(t, "e"))
		sep := rapid.SampledFrom([]string{" ", ", ", " um "}).Draw(t, "sep")
		lead := rapid.SampledFrom([]string{"", "it's ", "yeah my number's ", "no use my cell it's ", "area code "}).Draw(t, "lead")
		parts := []string{n[:3], n[3:6], n[6:]}
		if rapid.Bool().Draw(t, "figures") {
			sep = rapid.SampledFrom([]string{"-", " ", ".", ""}).Draw(t, "sign")
		} else {
			for i := range parts {
				parts[i] = spoken(t, parts[i])
			}
		}
		text := lead + strings.Join(parts, sep)
		if got := e.Understand(text, u.Context{Asked: u.AskedPhone, Now: monday}).Phone; got != "+1"+n {
			t.Fatalf("%q is %q, want +1%s", text, got, n)
		}
	})
}

// A house number said in pairs, in hundreds or digit by digit is the number that was meant.
func TestHouseNumbersRoundTrip(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(101, 9999).Draw(t, "number")
		hundreds, rest := n/100, n%100
		ways := []string{strconv.Itoa(n), spoken(t, strconv.Itoa(n))}
		switch {
		case rest == 0:
			if hundreds%10 != 0 || hundreds < 10 {
				ways = append(ways, below100(hundreds)+" hundred")
			}
		case rest < 10:
			ways = append(ways, below100(hundreds)+" oh "+small[rest])
		default:
			ways = append(ways, below100(hundreds)+" "+below100(rest))
		}
		if hundreds < 10 && rest > 0 {
			ways = append(ways, small[hundreds]+" hundred "+below100(rest))
		}
		street := rapid.SampledFrom([]string{"north kedzie avenue", "west belden", "south emerald avenue", "cullom street"}).Draw(t, "street")
		said := rapid.SampledFrom(ways).Draw(t, "way")
		got := e.Understand(said+" "+street+", six oh six one eight", u.Context{Asked: u.AskedAddress, Now: monday}).Address
		if number, _, _ := strings.Cut(got.Line1, " "); number != strconv.Itoa(n) || got.ZIP != "60618" {
			t.Fatalf("%q is %+v, want %d", said+" "+street, got, n)
		}
	})
}

func TestPartsOfPhoneNumbers(t *testing.T) {
	digits, phone := "", ""
	for _, said := range []string{"it's three one two", "five five five", "oh one seven six"} {
		got := understand(t, u.AskedPhone, said)
		digits, phone = u.JoinDigits(digits, got.Digits)
	}
	if phone != "+13125550176" || digits != "" {
		t.Errorf("put together: %q, left over %q", phone, digits)
	}
	for _, text := range []string{"this number's fine", "yeah that's my telephone", "the one i'm calling from", "you can use this number", "same number"} {
		if !understand(t, u.AskedPhone, text).SameNumber {
			t.Errorf("%q does not mean this number", text)
		}
	}
	if got := u.NorthAmerican("1234567890"); got != "" {
		t.Errorf("an area code can't begin with 1: %s", got)
	}
}

func TestAddresses(t *testing.T) {
	for _, tc := range []struct {
		asked u.Asked
		text  string
		want  contact.Address
	}{
		{u.AskedAddress, "sixteen twenty west montrose avenue, six oh six one three", contact.Address{Line1: "1620 West Montrose Avenue", ZIP: "60613"}},
		{u.AskedAddress, "it's forty one oh five south king drive apartment two c", contact.Address{Line1: "4105 South King Drive", Unit: "Apartment 2C"}},
		{u.AskedAddress, "nine hundred west fuller, unit eight oh four, six oh six oh eight", contact.Address{Line1: "900 West Fuller", Unit: "Unit 804", ZIP: "60608"}},
		{u.AskedAddress, "3120 N Clark St Apt 5, Chicago IL 60657", contact.Address{Line1: "3120 N Clark St", Unit: "Apt 5", City: "Chicago", State: "IL", ZIP: "60657"}},
		{u.AskedAddress, "twenty one hundred west thirty fifth street", contact.Address{Line1: "2100 West 35th Street"}},
		{u.AskedAddress, "two thousand and ten north orchard", contact.Address{Line1: "2010 North Orchard"}},
		{u.AskedAddress, "eight fourteen gartner naperville", contact.Address{Line1: "814 Gartner", City: "Naperville"}},
		{u.AskedAddress, "five ten east ohio street", contact.Address{Line1: "510 East Ohio Street"}},
		{u.AskedAddress, "five ten east illinois", contact.Address{Line1: "510 East Illinois"}},
		{u.AskedAddress, "fourteen ninety west huron, i mean fourteen nineteen west huron, six oh six two two", contact.Address{Line1: "1419 West Huron", ZIP: "60622"}},
		{u.AskedAddress, "six oh six two two", contact.Address{ZIP: "60622"}},
		{u.AskedAddress, "i live in oak park", contact.Address{City: "Oak Park"}},
		{u.AskedAddress, "twelve ninety", contact.Address{Line1: "1290"}},
		{u.AskedAddress, "west ohio street", contact.Address{Line1: "West Ohio Street"}},
		{u.AskedNothing, "my name is ana at fifteen ten north hoyne avenue and my sink is clogged", contact.Address{Line1: "1510 North Hoyne Avenue"}},
		{u.AskedNothing, "we have two bathrooms and three inches of water", contact.Address{}},
	} {
		if got := understand(t, tc.asked, tc.text).Address; got != tc.want {
			t.Errorf("%q: %+v, want %+v", tc.text, got, tc.want)
		}
	}
}

func TestAddressInParts(t *testing.T) {
	var a contact.Address
	for _, said := range []string{"thirty one twelve", "north racine avenue", "second floor", "six oh six five seven"} {
		a = u.MergeAddress(a, understand(t, u.AskedAddress, said).Address)
	}
	want := contact.Address{Line1: "3112 North Racine Avenue", Unit: "Second Floor", ZIP: "60657"}
	if a != want {
		t.Errorf("%+v, want %+v", a, want)
	}
	if !understand(t, u.AskedAddress, "same address as last time").SameAddress {
		t.Error("the address on file was not understood")
	}
}
