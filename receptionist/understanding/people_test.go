package understanding_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	u "fixly/receptionist/understanding"
)

func TestNames(t *testing.T) {
	for _, tc := range []struct {
		asked      u.Asked
		text, want string
	}{
		{u.AskedName, "ruth ostrander", "Ruth Ostrander"},
		{u.AskedName, "uh it's ruth, ruth ostrander", "Ruth Ostrander"},
		{u.AskedName, "my name is kwame mensah", "Kwame Mensah"},
		{u.AskedName, "put it under my wife's name, helen park", "Helen Park"},
		{u.AskedName, "the tenant's name is marcus hall, he'll let you in", "Marcus Hall"},
		{u.AskedName, "ray with metro plumbing supply", "Ray"},
		{u.AskedName, "o neill, that's o apostrophe n e i l l", "O'Neill"},
		{u.AskedName, "first name a i s l i n g last name b y r n e", "Aisling Byrne"},
		{u.AskedName, "ash ling burn, that's a i s l i n g, last name b y r n e", "Aisling Byrne"},
		{u.AskedName, "peter schmitt, s c h m i t t", "Peter Schmitt"},
		{u.AskedName, "b as in boy, o, y, l as in larry, e", "Boyle"},
		{u.AskedName, "mcallister", "McAllister"},
		{u.AskedName, "why do you need that", ""},
		{u.AskedName, "i'd rather not say", ""},
		{u.AskedNothing, "hi this is denise calling about my drain", "Denise"},
		{u.AskedNothing, "this is about my toilet", ""},
		{u.AskedNothing, "this is metro gas calling for the owner", ""},
		{u.AskedNothing, "my name is luis ferrer, i have a leak", "Luis Ferrer"},
		{u.AskedNothing, "it's leaking under the sink", ""},
		{u.AskedNothing, "i'm still waiting", ""},
		{u.AskedMessage, "tell mike that olga petrov called about the pump", "Olga Petrov"},
	} {
		if got := understand(t, tc.asked, tc.text).Name; got != tc.want {
			t.Errorf("%q: %q, want %q", tc.text, got, tc.want)
		}
	}
}

func TestSpellingCorrectsTheNameKnown(t *testing.T) {
	for _, tc := range []struct{ known, said, want string }{
		{"Peter Smith", "s m y t h e", "Peter Smythe"},
		{"Jon Becker", "it's j o h n", "John Becker"},
		{"Maria", "last name is k r a w c z y k", "Maria Krawczyk"},
		{"", "g r e t a", "Greta"},
		{"Dorothy", "dorothy lund", "Dorothy Lund"},
		{"Dorothy Lund", "dorothy", "Dorothy Lund"},
	} {
		got := understand(t, u.AskedName, tc.said)
		if name := u.MergeName(tc.known, &got); name != tc.want {
			t.Errorf("%q after %q: %q, want %q", tc.said, tc.known, name, tc.want)
		}
	}
}

// A name spelled letter by letter is that name.
func TestSpellingRoundTrip(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		name := rapid.StringMatching(`[b-hj-z][a-z]{3,9}`).Draw(t, "name")
		text := strings.Join(strings.Split(name, ""), rapid.SampledFrom([]string{" ", ", ", "-"}).Draw(t, "between"))
		got := e.Understand(text, u.Context{Asked: u.AskedName, Now: monday})
		if !got.Spelt || strings.ReplaceAll(strings.ToLower(got.Name), " ", "") != name {
			t.Fatalf("%q: %q", text, got.Name)
		}
	})
}

func TestSomebodyElseToCall(t *testing.T) {
	for text, want := range map[string]bool{
		"my renter's got a leak, could you arrange it with him directly": true,
		"just call my tenant to set a time":                              true,
		"you can reach them directly":                                    true,
		"my tenant has no hot water":                                     false,
		"call me back at this number":                                    false,
	} {
		if got := understand(t, u.AskedProblem, text).ForOther; got != want {
			t.Errorf("%q: %v", text, got)
		}
	}
}
