package business_test

import (
	"testing"
	"time"

	"fixly/business"
)

func TestWhenWorkIsDueAgain(t *testing.T) {
	chicago, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		seasonal   business.Seasonal
		done, want string
	}{
		"the season that comes next":            {business.Seasonal{Season: "10-01"}, "2026-11-23 16:00", "2027-10-01 10:00"},
		"half a year before it":                 {business.Seasonal{Season: "10-01"}, "2027-04-04 16:00", "2027-10-01 10:00"},
		"less than that: it was for this one":   {business.Seasonal{Season: "10-01"}, "2027-04-05 16:00", "2028-10-01 10:00"},
		"in the season itself":                  {business.Seasonal{Season: "10-01"}, "2026-10-01 16:00", "2027-10-01 10:00"},
		"months after, over a change of clocks": {business.Seasonal{AfterMonths: 4}, "2026-11-23 23:30", "2027-03-23 10:00"},
		"at the end of a shorter month":         {business.Seasonal{AfterMonths: 6}, "2026-08-31 09:00", "2027-02-28 10:00"},
		"more than a year":                      {business.Seasonal{AfterMonths: 17}, "2026-11-23 09:00", "2028-04-23 10:00"},
	} {
		t.Run(name, func(t *testing.T) {
			const layout = "2006-01-02 15:04"
			done, err := time.ParseInLocation(layout, c.done, chicago)
			if err != nil {
				t.Fatal(err)
			}
			if got := c.seasonal.Due(done.UTC(), chicago).Format(layout); got != c.want {
				t.Errorf("due %s, want %s", got, c.want)
			}
		})
	}
}
