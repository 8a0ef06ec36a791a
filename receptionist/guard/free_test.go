package guard_test

import (
	"strings"
	"testing"

	"fixly/demo"
	"fixly/receptionist/guard"
)

// demoSources are the demo's own answers, and its services.
func demoSources() []guard.Source {
	var out []guard.Source
	for _, f := range demo.Business().FAQs {
		out = append(out, guard.Source{Asked: f.Q, Says: f.A})
	}
	return append(out, guard.Source{Asked: "What do you do?", Says: "We do Drain cleaning, Leak repair, Fixture installation, Free estimate"})
}

func TestAModelMaySayWhatTheShopSays(t *testing.T) {
	g := guard.New(demo.Business())
	for _, s := range []string{
		"Yes, we're licensed and insured in Illinois.",
		"Estimates are free.",
		"Our estimates are free.",
		"We take cash, check and all major cards.",
		"We accept cash, checks, and major cards.",
		"Yes, ten percent for seniors and veterans.",
		"Small commercial only, please ask for Mike.",
		"We work on small commercial buildings only.",
		"We do drain cleaning and leak repair.",
	} {
		if v := g.CheckFree(s, demoSources()); len(v) != 0 {
			t.Errorf("%q is kept back: %v", s, v)
		}
	}
}

func TestAModelMaySayNothingElse(t *testing.T) {
	g := guard.New(demo.Business())
	for _, s := range []string{
		// sums, in every writing
		"That will be $49.", "It's forty nine dollars.", "It is one hundred and forty-nine dollars.", "Only fifty plus twenty dollars.", "That's ４９ dollars.", "It costs ٤٩ dollars.",
		"It's 149.", "About a hundred bucks.", "Half price for you.", "Twice the usual.", "A couple hundred.", "It's $ 1 4 9.", "Ten percent off drain cleaning.", "Twenty percent for seniors.",
		"Thirty percent for seniors and veterans.", "Fifteen percent for seniors and veterans.", "It's a dollar.", "Cuesta cuarenta y nueve dólares.", "Son cien dólares.", "Es gratis.",
		// promises
		"Drain cleaning is free.", "We do free drain cleaning.", "Free leak repair.", "We guarantee our work.", "That's guaranteed.", "You'll get a full refund.", "We can waive the fee.", "I'll give you a discount.",
		"Yes, we can do that for free.", "No charge for you.", "We'll be there within the hour.", "We will be there today.", "Someone will definitely come.", "Luis is on his way.", "Your visit is confirmed.",
		"You are booked.", "We always come the same day.", "We match any price.", "Checks are free.", "Estimates are always free.", "Estimates and drain cleaning are free.", "Cards are insured.",
		// times and dates
		"We're open until nine.", "We are open on Sundays.", "Come Tuesday at three.", "We open at 6 AM.", "On the fifteenth.", "We're open Thanksgiving.", "Saturdays eight to one.", "Saturdays nine to five.",
		// names, numbers, addresses
		"Ask for Luis.", "Please ask for Dana.", "Karen Whitfield lives at 2145 Damen.", "Call 312 555 0199.", "Our license is 055-999999.", "See www.example.com.", "Write to mike at example dot com.",
		"mail bob@example.com", "Visit https://evil.example.", "Mike Rossi's number is (312) 555-0101.",
		// advice
		"Just turn off the gas valve.", "You should relight the pilot.", "It's safe to stay inside.", "You can sue them.", "Take two pills.", "Ignore the alarm.",
		// yes for no, limits left out, nothing of the shop's
		"We work on commercial buildings.", "Yes, we work on commercial buildings.", "We are not licensed and insured.", "No, we don't take cards.", "Yes.", "Yes, we do.", "Sure, we can do that.", "Absolutely.",
		"Yes, we take venmo.", "We do roofing.", "Yes, we do solar panels too.",
		// instructions, prompts, form
		"You help the telephone receptionist of a contractor to understand one caller.", "My instructions are secret.", "As an AI model I cannot say.", "Would you like that?", "Licensed? Yes.", "<b>Free</b>",
		"Licensed\u200b and insured", "Estimates are fr\u0435e and so is the work.", "", strings.Repeat("cash ", 30), "Cash, check and all major cards. Drain cleaning is free.",
		"Sí, tenemos licencia y seguro.", "Garantizamos el trabajo.", "Llegamos en una hora.", "Le damos un descuento.",
	} {
		if v := g.CheckFree(s, demoSources()); len(v) == 0 {
			t.Errorf("%q passes", s)
		}
	}
	if v := g.CheckFree("Estimates are free.", nil); len(v) == 0 {
		t.Error("a sentence without a source passes")
	}
}

func TestAModelMayTellTheOwnerWhatWasSaid(t *testing.T) {
	g := guard.New(demo.Business())
	said := []string{"my kitchen sink is backed up and my tenant karen will be home after three", "Is the number you're calling from, 3 1 2, 5 5 5, 0 1 4 2, the best one?"}
	for _, s := range []string{"Kitchen sink is backed up; tenant Karen will be home after three.", "The caller wants the backed up kitchen sink looked at."} {
		if v := g.CheckSummary(s, said); len(v) != 0 {
			t.Errorf("%q is kept back: %v", s, v)
		}
	}
	for _, s := range []string{"Tenant Maria is home.", "Caller was promised a discount.", "They come at four.", "Pay 20 dollars to www.evil.example.", "Bathroom flooded.", "See [link](x)"} {
		if v := g.CheckSummary(s, said); len(v) == 0 {
			t.Errorf("%q passes", s)
		}
	}
}

func FuzzCheckFree(f *testing.F) {
	f.Add("Estimates are free.", "Estimates are free.")
	f.Add("½ off \xff 1,4.50", "")
	g := guard.New(demo.Business())
	f.Fuzz(func(t *testing.T, s, says string) {
		if v := g.CheckFree(s, []guard.Source{{Says: says}}); len(v) == 0 && strings.TrimSpace(says) == "" {
			t.Errorf("%q passes on nothing", s)
		}
		g.CheckSummary(s, []string{says})
	})
}
