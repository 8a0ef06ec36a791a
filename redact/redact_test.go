package redact_test

import (
	"strings"
	"testing"

	"fixly/redact"
)

func TestCuts(t *testing.T) {
	for in, secret := range map[string]string{
		"my card is 4111 1111 1111 1111":               "1111",
		"4111111111111111":                             "4111",
		"it's 4111-1111-1111-1111, exp 12/27, cvv 123": "123",
		"amex 3782 822463 10005 please":                "822463",
		"five five five five five five five five five five five five four four four four":  "five",
		"card number forty two forty two forty two forty two forty two forty two 4242":     "forty",
		"four one one one, uh, one one one one, one one one one, one one one one":          "one",
		"it's ４１１１ １１１１ １１１１ １１１１ ok":                                                      "１",
		"visa four one double one one one one one one one one one double one double one":   "double",
		"the first twelve are 4111 1111 1111":                                              "4111",
		"my social is 123-45-6789":                                                         "6789",
		"123-45-6789":                                                                      "6789",
		"my social security number is one two three four five six seven eight nine":        "seven",
		"last four of my social security are 6 7 8 9":                                      "6 7",
		"routing number is 071000013 and the account number is 123456789":                  "12345",
		"my bank account is 9876 5432 10":                                                  "5432",
		"the security code on the back is 123":                                             "123",
		"the cvv is one two three":                                                         "two",
		"my password is hunter2 okay":                                                      "hunter",
		"the wifi password is blue horse seven, come in by the back":                       "horse",
		"password: swordfish":                                                              "swordfish",
		"my pin is 4421":                                                                   "4421",
		"mi tarjeta es cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno": "cuatro",
		"mi contraseña es girasol":                                                         "girasol",
		"mi número de cuenta es 12345678":                                                  "345",
	} {
		out := redact.Text(in)
		if strings.Contains(out, secret) || !strings.Contains(out, redact.Mark) {
			t.Errorf("%q became %q", in, out)
		}
	}
}

func TestKeepsWhatABookingHangsOn(t *testing.T) {
	for _, s := range []string{
		"you can reach me at 312 555 0142", "three one two five five five oh one four two", "it's 3125550142 60647", "347-555-1234 10001",
		"+1 (347) 555-1234, 10001", "312 555 0142 773 555 0199", "three one two, three one two five five five oh one four two",
		"1842 north damen avenue 60647", "twelve forty two north damen, six oh six four seven", "60647-1234", "apartment 4512, 312 555 0142",
		"license 055-012345", "the gate code is 4421", "the security code for the front door is 1234", "lock box passcode is 9911",
		"between eight and ten or after three", "i forgot my password", "the pin broke off the hinge", "my warranty expires 12/27",
		"can i pay by card", "i paid you guys 149 dollars on account", "my social worker is coming at ten thirty",
		"the model number is 4512 8837", "order number 112 1234567 1234567", "it was built in 1985", "555 0142", "march fifteenth at two thirty",
		"is this still for 2145 damen, it's 9 am now, i can do 10 11 12 1 2 or 3", "", "hello",
	} {
		if out := redact.Text(s); out != s {
			t.Errorf("%q became %q", s, out)
		}
	}
}

func TestKeepsTheWordsAround(t *testing.T) {
	for in, want := range map[string]string{
		"my card is 4111 1111 1111 1111 and my number is 312 555 0142": "my card is " + redact.Mark + " and my number is 312 555 0142",
		"4111 1111 1111 1111 12/27 123 60647":                          redact.Mark + " 60647",
		"my password is hunter2, i live at 1842 north damen":           "my password is " + redact.Mark + ", i live at 1842 north damen",
		"it's 4111 1111 1111 1111, exp 12/27, cvv 123.":                "it's " + redact.Mark + ", exp " + redact.Mark + ", cvv " + redact.Mark + ".",
	} {
		if out := redact.Text(in); out != want {
			t.Errorf("%q became %q, want %q", in, out, want)
		}
	}
}

func TestRestOfACardInTheNextTurn(t *testing.T) {
	_, card := redact.Cut("four one one one one one one one one one one one", false)
	if !card {
		t.Fatal("twelve digits of a card were not cut")
	}
	for _, s := range []string{"one one one one", "12 27", "expiration is 12/27", "and the code is 123"} {
		if out, _ := redact.Cut(s, true); !strings.Contains(out, redact.Mark) {
			t.Errorf("after a card %q became %q", s, out)
		}
		if out := redact.Text(s); out != s {
			t.Errorf("without a card %q became %q", s, out)
		}
	}
	for _, s := range []string{"1842 north damen", "60647", "312 555 0142", "my sink leaks", "tomorrow at 330"} {
		if out, _ := redact.Cut(s, true); out != s {
			t.Errorf("after a card %q became %q", s, out)
		}
	}
}
