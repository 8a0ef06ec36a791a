package understanding_test

import (
	"testing"
	"time"

	"fixly/contact"
	u "fixly/receptionist/understanding"
)

func TestNumbersAsRecognisersWriteThem(t *testing.T) {
	for text, want := range map[string]string{
		"three one two five five five oh won nine too":                         "+13125550192",
		"seven seven three, triple five, oh one for for":                       "+17735550144",
		"six thirty five five five oh one oh eight":                            "+16305550108", // not 635
		"eight hundred five five five, nineteen hundred":                       "+18005551900",
		"area code three one two um five five five uh oh one like seven seven": "+13125550177",
		"call my husband at seven seven three five five five oh one four one":  "+17735550141",
		"312-555-0188 to set it up":                                            "+13125550188",
		"three one two five five five oh one eight eight so you can set it up": "+13125550188",
		"you can reach me from eight thirty to nine fifteen at 312 555 0121":   "+13125550121",
		"one eight seven seven five five five, oh one hundred":                 "+18775550100",
	} {
		if got := understand(t, u.AskedPhone, text).Phone; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	for text, want := range map[string]string{
		"three one two five five five oh one nine oh extension twelve": "12", "312 555 0190 x 204": "204", "it's extension four oh one": "401", "312 555 0190": "",
	} {
		if got := understand(t, u.AskedPhone, text).Extension; got != want {
			t.Errorf("%q: extension %q, want %q", text, got, want)
		}
	}
}

func TestAddressesAsPeopleSayThem(t *testing.T) {
	for text, want := range map[string]contact.Address{
		"seven oh four twenty third street":                             {Line1: "704 23rd Street"},
		"two one for five north hoyne, six oh six for seven":            {Line1: "2145 North Hoyne", ZIP: "60647"},
		"eighty ate south morgan":                                       {Line1: "88 South Morgan"},
		"2914 you know north hoyne avenue in in chicago":                {Line1: "2914 North Hoyne Avenue", City: "Chicago"},
		"thirty uh seven eighty peoria street":                          {Line1: "3780 Peoria Street"},
		"6120 kinzie drive drive":                                       {Line1: "6120 Kinzie Drive"},
		"forty one ten west belden third floor rear":                    {Line1: "4110 West Belden", Unit: "Third Floor Rear"},
		"forty one ten west belden, coach house":                        {Line1: "4110 West Belden", Unit: "Coach House"},
		"915 south throop, apartment 3, rear":                           {Line1: "915 South Throop", Unit: "Apartment 3 Rear"},
		"915 s throop #4 60607":                                         {Line1: "915 S Throop", Unit: "#4", ZIP: "60607"},
		"12 south throop unit b six oh six oh seven":                    {Line1: "12 South Throop", Unit: "Unit B", ZIP: "60607"},
		"damen and north avenue":                                        {Line1: "Damen and North Avenue"},
		"i don't know the number, the corner of loomis and polk street": {Line1: "Loomis and Polk Street"},
		"it's on loomis near polk":                                      {Line1: "Loomis near Polk"},
		"it's the house and garage":                                     {},
	} {
		if got := understand(t, u.AskedAddress, text).Address; got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
	if got := understand(t, u.AskedStreet, "it's throop").Address.Line1; got != "Throop" {
		t.Errorf("the street alone is %q", got)
	}
}

func TestNamesAsPeopleSayThem(t *testing.T) {
	for text, want := range map[string]string{
		"first name karen last name whitfield":     "Karen Whitfield",
		"it's karen, whitfield's the last name":    "Karen Whitfield",
		"last name is de la cruz, first name rosa": "Rosa De La Cruz",
		"this is aaliyah van der berg":             "Aaliyah Van Der Berg",
		"it's sean o rourke":                       "Sean O'Rourke",
		"jean luc mc donald":                       "Jean Luc McDonald",
		"catherine with a k, o'malley":             "Katherine O'Malley",
		"alan with two l's brewster":               "Allan Brewster",
		"jon without an h smith":                   "Jon Smith",
		"maria de leon d e space l e o n":          "Maria De Leon",
		"doctor tomasz wu":                         "Tomasz Wu",
		"my name is walter er cruz":                "Walter Cruz",
		"ty webb":                                  "Ty Webb",
		"robert king junior":                       "Robert King Junior",
	} {
		if got := understand(t, u.AskedName, text).Name; got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
	if got := understand(t, u.AskedAnythingElse, "that's all ty").Name; got != "" {
		t.Errorf("thanks is taken for %q", got)
	}
}

func TestDigitsThatCorrect(t *testing.T) {
	for text, want := range map[string][3]string{ // the digits, those that are wrong, what they belong to
		"no, four two, not two four":                           {"42", "24", ""},
		"no it's two one five four not two one four five":      {"2154", "2145", ""},
		"no the last four are oh one nine one":                 {"0191", "", "phone_end"},
		"the area code is seven seven three":                   {"773", "", "area_code"},
		"the house number is wrong, it should be eight twelve": {"812", "", "house"},
		"no tomorrow at eight":                                 {"", "", ""},
	} {
		got := understand(t, u.AskedConfirm, text)
		if x := [3]string{got.Digits, got.DigitsNot, got.DigitsOf}; x != want {
			t.Errorf("%q: %q, want %q", text, x, want)
		}
	}
}

// Hours and choices that the recogniser wrote as other words.
func TestChoicesThatSoundLikeOtherWords(t *testing.T) {
	offers := []time.Time{monday.Add(22 * time.Hour), monday.Add(27 * time.Hour)}
	for text, want := range map[string]int{
		"i'll take the first": 0, "the first won": 0, "let's do ate": 0, "the eight won": 0, "one works": 1, "the second": 1, "the one o'clock one": 1,
	} {
		got := understand(t, u.AskedChoice, text, offers...)
		if got.Choice == nil || got.Choice.Index != want {
			t.Errorf("%q chooses %+v, want %d", text, got.Choice, want)
		}
	}
	for _, text := range []string{"no i'm working then, how about some afternoon", "no, what about tuesday"} {
		if got := understand(t, u.AskedChoice, text, offers...); got.Choice == nil || !got.Choice.Refused {
			t.Errorf("%q chooses %+v", text, got.Choice)
		}
	}
}
