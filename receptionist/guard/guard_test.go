package guard_test

import (
	"testing"
	"time"

	"fixly/demo"
	"fixly/receptionist/guard"
)

func facts() (*guard.Guard, guard.Facts) {
	b := demo.Business()
	now := time.Date(2026, 11, 23, 10, 0, 0, 0, b.Location())
	tomorrow := now.AddDate(0, 0, 1)
	at := func(h, m int) time.Time {
		return time.Date(tomorrow.Year(), tomorrow.Month(), tomorrow.Day(), h, m, 0, 0, b.Location())
	}
	return guard.New(b), guard.Facts{
		Now: now, Times: []time.Time{at(10, 30), at(12, 30)}, Phones: []string{"+13125550142"},
		Names: []string{"1842 North Damen Avenue", "Karen Whitfield"},
	}
}

func TestLetsThroughWhatIsTrue(t *testing.T) {
	g, f := facts()
	for _, s := range []string{
		"Drain cleaning is from $149.",
		"Water heater replacement is from $1,450.",
		"Coming out after hours adds a $150 after-hours fee. Is that okay?",
		"The free estimate is free.",
		"Estimates are free.",
		"Yes, licensed and insured in Illinois, license 055-012345.",
		"Saturdays nine to one, and emergencies any time.",
		"I have tomorrow between ten thirty and twelve thirty.",
		"I have Tuesday between 10:30 AM and 12:30 PM.",
		"We're open Monday to Friday eight to five, and Saturday nine to one.",
		"We're closed Thursday.",
		"I'm sorry, we don't go out to 6 0 6 1 3. We cover Chicago only.",
		"Is the number you're calling from, 3 1 2, 5 5 5, 0 1 4 2, the best one?",
		"So that's Karen Whitfield, (312) 555-0142, at 1842 North Damen Avenue, 6 0 6 4 7, tomorrow between ten thirty and twelve thirty. Is that right?",
		"You can reach us at (312) 555-0100.",
		"Once you're outside, call 911 or the gas company.",
		"Which one works better for you?",
	} {
		if v := g.Check(s, f); len(v) != 0 {
			t.Errorf("%q is kept back: %v", s, v)
		}
	}
}

func TestKeepsBackWhatIsNot(t *testing.T) {
	g, f := facts()
	for s, what := range map[string]string{
		"Drain cleaning is $99.":                              "sum",
		"That will be 75 dollars.":                            "sum",
		"That will be one hundred and ten dollars.":           "sum",
		"I have tomorrow between eleven and one fifteen.":     "time",
		"Can you do 3:15?":                                    "time",
		"I can do 7 PM.":                                      "time",
		"I have Friday between ten thirty and twelve thirty.": "day",
		"Is 7 7 3, 5 5 5, 0 1 9 9 the best number?":           "phone",
		"Call (773) 555-0199.":                                "phone",
	} {
		v := g.Check(s, f)
		if len(v) == 0 || v[0].What != what {
			t.Errorf("%q: %v, expected a wrong %s", s, v, what)
		}
	}
}

func TestAStreetThatWasCorrectedIsReadBackWhole(t *testing.T) {
	g, f := facts()
	f.Names = []string{"780 Peoria Street", "3780 Peoria Street"} // as it was taken down first, and as it is
	if v := g.Check("Now I have Karen Whitfield, 3 1 2, 5 5 5, 0 1 4 2, 3780 Peoria Street, 6 0 6 4 7. Is that right?", f); len(v) != 0 {
		t.Error(v)
	}
}

func TestFreeOnlyWhereSomethingIsFree(t *testing.T) {
	_, f := facts()
	b := demo.Business()
	for i := range b.Services {
		b.Services[i].Price = "$100"
	}
	b.FAQs = nil
	if v := guard.New(b).Check("The drain cleaning is free.", f); len(v) != 1 {
		t.Errorf("%v", v)
	}
}

func TestCleanFailsClosed(t *testing.T) {
	g, f := facts()
	got, wrong := g.Clean([]string{"Sure.", "It's $20.", "Or $30.", "What's your name?"}, "Someone will call you.", f)
	want := []string{"Sure.", "Someone will call you.", "What's your name?"}
	if len(got) != len(want) || len(wrong) != 2 {
		t.Fatalf("%q, %v", got, wrong)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%q, want %q", got[i], want[i])
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("It's $149 tomorrow between ten thirty and twelve thirty, call 312 555 0142.")
	f.Add("\x00$ , 12:99 between")
	g, known := facts()
	f.Fuzz(func(_ *testing.T, s string) { g.Check(s, known) })
}
