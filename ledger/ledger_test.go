package ledger_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/ledger"
)

var booked = time.Date(2026, 11, 23, 16, 0, 0, 0, time.UTC)

func TestWhatCounts(t *testing.T) {
	all := ledger.Facts{
		ByOwner: true, Demo: true, TestCall: true, OwnNumber: true, Spam: true, Waits: true, BookedAt: booked,
		CancelledAt: booked.Add(time.Hour), Duplicate: true,
	}
	for _, c := range []struct {
		want   ledger.Reason
		change func(f *ledger.Facts)
	}{
		{ledger.ByOwner, func(*ledger.Facts) {}},
		{ledger.IsDemo, func(f *ledger.Facts) { f.ByOwner = false }},
		{ledger.TestCall, func(f *ledger.Facts) { f.Demo = false }},
		{ledger.OwnNumber, func(f *ledger.Facts) { f.TestCall = false }},
		{ledger.IsSpam, func(f *ledger.Facts) { f.OwnNumber = false }},
		{ledger.NotAccepted, func(f *ledger.Facts) { f.Spam = false }},
		{ledger.CalledOff, func(f *ledger.Facts) { f.Waits = false }},
		{ledger.CalledOff, func(f *ledger.Facts) { f.CancelledAt = booked.Add(ledger.Grace) }},
		{ledger.Duplicate, func(f *ledger.Facts) { f.CancelledAt = booked.Add(ledger.Grace + time.Millisecond) }},
		{ledger.NewJob, func(f *ledger.Facts) { f.Duplicate = false }},
		{ledger.NewJob, func(f *ledger.Facts) { f.CancelledAt = time.Time{} }},
	} {
		c.change(&all)
		if got := ledger.Decide(all); got != c.want || got.Counts() != (c.want == ledger.NewJob) {
			t.Errorf("%+v: %s, want %s", all, got, c.want)
		}
	}
}

// The public definition has each reason with its sentence, in the order in which they are asked, and each reason of a credit.
func TestTheDefinitionIsPublished(t *testing.T) {
	page, err := os.ReadFile("../docs/booked.md")
	if err != nil {
		t.Fatal(err)
	}
	rest := string(page)
	line := func(code, sentence string) {
		row := "| `" + code + "` | " + sentence + " |"
		_, after, found := strings.Cut(rest, row)
		if !found {
			t.Fatalf("docs/booked.md lacks, or has in another order:\n%s", row)
		}
		rest = after
	}
	for _, r := range ledger.Reasons() {
		line(string(r), r.Explain())
	}
	for _, r := range ledger.CreditReasons() {
		line(string(r), r.Explain())
	}
}

// However bookings and credits of a month follow each other, it comes to the price of those that stand beyond the free ones,
// and nothing is ever given back that was not charged.
func TestAMonthComesToWhatStands(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		price := ledger.Cents(rapid.IntRange(0, 100_00).Draw(r, "price"))
		free := rapid.IntRange(0, 5).Draw(r, "free")
		var s ledger.Sofar
		for _, book := range rapid.SliceOfN(rapid.Bool(), 0, 60).Draw(r, "what happens") {
			switch {
			case book:
				s.Charged += s.Charge(price, free)
				s.Counted++
			case s.Credited < s.Counted:
				s.Given += s.Credit(price)
				s.Credited++
			}
			if want := price * ledger.Cents(max(0, s.Counted-s.Credited-free)); s.Charged-s.Given != want {
				r.Fatalf("%+v comes to %s, want %s", s, s.Charged-s.Given, want)
			}
		}
	})
}

func TestStatementSums(t *testing.T) {
	s := ledger.Statement{
		Bookings: []ledger.Booking{
			{State: ledger.Counted, Price: 900, Currency: "USD"},
			{State: ledger.Counted, Price: 900, Charge: 900, Currency: "USD"},
			{State: ledger.NotCounted, Price: 900, Currency: "USD"},
			{State: ledger.Counted, Price: 800, Charge: 800, Currency: "CAD"},
		},
		Credits: []ledger.Credit{{Amount: 900, Currency: "USD"}, {Amount: 900, Currency: "USD"}},
		Open:    []ledger.Booking{{State: ledger.Pending, Currency: "CAD"}},
	}
	got := s.Sums()
	if len(got) != 2 || got[0] != (ledger.Sums{Currency: "USD", Counted: 2, Free: 1, NotCounted: 1, Credits: 2, Charged: 900, Credited: 1800, Total: -900}) ||
		got[1] != (ledger.Sums{Currency: "CAD", Counted: 1, Pending: 1, Charged: 800, Total: 800}) {
		t.Errorf("%+v", got)
	}
}

func TestMoneyAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct {
		cents    ledger.Cents
		currency string
		want     string
	}{{905, "USD", "$9.05"}, {-905, "USD", "-$9.05"}, {0, "USD", "$0.00"}, {-5, "EUR", "-0.05 EUR"}} {
		if got := c.cents.In(c.currency); got != c.want {
			t.Errorf("%d %s is %s, want %s", c.cents, c.currency, got, c.want)
		}
	}
}

// Months are the shop's, on the days on which clocks change, too.
func TestMonths(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	nov := ledger.Month{Year: 2026, Month: time.November}
	from, to := nov.Bounds(chicago)
	if to.Sub(from) != 30*24*time.Hour+time.Hour { // winter begins on November 1, 2026
		t.Errorf("%s to %s", from, to)
	}
	for _, at := range []time.Time{from, to.Add(-time.Millisecond)} {
		if got := ledger.MonthOf(at.UTC(), chicago); got != nov {
			t.Errorf("%s is in %s", at, got)
		}
	}
	if nov.Next().Next() != (ledger.Month{Year: 2027, Month: time.January}) || (ledger.Month{Year: 2027, Month: time.January}).Before() != nov.Next() {
		t.Error("the months don't follow each other")
	}
	if got, err := ledger.ParseMonth("2026-11"); err != nil || got != nov || got.String() != "2026-11" || got.Name() != "November 2026" {
		t.Errorf("%v, %v", got, err)
	}
	for _, wrong := range []string{"", "2026", "2026-13", "1999-01", "3000-01"} {
		if _, err := ledger.ParseMonth(wrong); err == nil {
			t.Errorf("%q is a month", wrong)
		}
	}
}
