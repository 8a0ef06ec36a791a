package redact_test

import (
	"strings"
	"testing"
	"unicode"

	"pgregory.net/rapid"

	"fixly/redact"
)

var spoken = [...]string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}

func digits(n int) *rapid.Generator[string] {
	return rapid.StringOfN(rapid.RuneFrom([]rune("0123456789")), n, n, -1)
}

// cards are valid numbers of the issuers in use.
func cards() *rapid.Generator[string] {
	return rapid.Custom(func(t *rapid.T) string {
		issuer := rapid.SampledFrom([]string{"4", "51", "55", "2221", "34", "37", "6011", "65"}).Draw(t, "issuer")
		n := 16
		if issuer == "34" || issuer == "37" {
			n = 15
		}
		d := issuer + digits(n-1-len(issuer)).Draw(t, "digits")
		sum := 0
		for i := range len(d) {
			k := int(d[len(d)-1-i] - '0')
			if i%2 == 0 {
				if k *= 2; k > 9 {
					k -= 9
				}
			}
			sum += k
		}
		return d + string(rune('0'+(10-sum%10)%10))
	})
}

// said writes digits as callers and recognisers do: in one, in groups of four, digit by digit, in words.
func said(t *rapid.T, d string) string {
	switch rapid.IntRange(0, 4).Draw(t, "how") {
	case 0:
		return d
	case 1, 2:
		sep := rapid.SampledFrom([]string{" ", "-", ", ", ". "}).Draw(t, "sep")
		var groups []string
		for len(d) > 4 {
			groups = append(groups, d[:4])
			d = d[4:]
		}
		return strings.Join(append(groups, d), sep)
	case 3:
		return strings.Join(strings.Split(d, ""), " ")
	}
	words := make([]string, 0, len(d))
	for i := 0; i < len(d); i++ {
		if w := spoken[d[i]-'0']; i+1 < len(d) && d[i] == d[i+1] && rapid.Bool().Draw(t, "double") {
			words = append(words, "double "+w)
			i++
		} else {
			words = append(words, w)
		}
	}
	return strings.Join(words, rapid.SampledFrom([]string{" ", ", ", " um ", " "}).Draw(t, "pause"))
}

func TestNoCardSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		card := said(t, cards().Draw(t, "card"))
		before := rapid.SampledFrom([]string{"", "my card number is ", "yeah it's ", "put it on ", "la tarjeta es "}).Draw(t, "before")
		after := rapid.SampledFrom([]string{"", " please", ", and my name is karen", " do you need the zip"}).Draw(t, "after")
		out := redact.Text(before + card + after)
		for _, w := range spoken {
			if strings.Contains(out, w+" "+w) {
				t.Fatalf("%q became %q", before+card+after, out)
			}
		}
		if strings.ContainsFunc(out, unicode.IsDigit) || !strings.Contains(out, redact.Mark) || !strings.HasSuffix(out, after) || !strings.HasPrefix(out, before) {
			t.Fatalf("%q became %q", before+card+after, out)
		}
	})
}

func TestEveryNumberOfABookingSurvives(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		two := rapid.StringOfN(rapid.RuneFrom([]rune("23456789")), 1, 1, -1)
		phone := two.Draw(t, "area") + digits(2).Draw(t, "area2") + two.Draw(t, "exchange") + digits(6).Draw(t, "rest")
		zip, house := digits(5).Draw(t, "zip"), rapid.StringMatching(`[1-9]\d{0,4}`).Draw(t, "house")
		forms := []string{
			phone, phone[:3] + " " + phone[3:6] + " " + phone[6:], "(" + phone[:3] + ") " + phone[3:6] + "-" + phone[6:], "+1" + phone,
		}
		spelled := make([]string, 10)
		for i := range spelled {
			spelled[i] = spoken[phone[i]-'0']
		}
		forms = append(forms, strings.Join(spelled, " "))
		number := rapid.SampledFrom(forms).Draw(t, "form")
		s := rapid.SampledFrom([]string{
			"my number is " + number, house + " north damen avenue " + zip + ", " + number, number + " and i'm at " + house + " oak street",
			"zip is " + zip, zip + "-" + phone[6:], "license 055-" + digits(6).Draw(t, "licence"), "unit " + house + ", call " + number, "it's the " + house + " model",
		}).Draw(t, "sentence")
		if out := redact.Text(s); out != s {
			t.Fatalf("%q became %q", s, out)
		}
	})
}

func FuzzCut(f *testing.F) {
	f.Add("my card is 4111 1111 1111 1111, exp 12/27", true)
	f.Add("password: \xff\x00 double forty", false)
	f.Fuzz(func(t *testing.T, s string, after bool) {
		out, _ := redact.Cut(s, after)
		if again := redact.Text(out); strings.Count(again, redact.Mark) < strings.Count(out, redact.Mark) {
			t.Errorf("%q became %q and then %q", s, out, again)
		}
	})
}
