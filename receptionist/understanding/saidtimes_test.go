package understanding_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	u "fixly/receptionist/understanding"
)

// What callers say beyond days and hours as such: places in months, limits, what is left until then, hours of the night.
func TestMoreOfWhatPeopleSayAboutTimes(t *testing.T) {
	for text, want := range map[string]string{ // said on Monday 11-23 at ten
		"the last friday of december":                          "12-25",
		"the second tuesday in december":                       "12-08",
		"the first week of december":                           "11-30..12-06",
		"the tenth of next month":                              "12-10",
		"the tenth day of the month":                           "12-10",
		"two thursdays from now":                               "12-03",
		"three business days from now":                         "11-26",
		"between the first and the fourth of december":         "12-01..12-04",
		"december first through the fourth":                    "12-01..12-04",
		"from tuesday the first until friday the fourth":       "12-01..12-04",
		"within three days":                                    "11-23 10:05-24:00",
		"a week from tuesday":                                  "12-01",
		"week from tuesday":                                    "12-01",
		"the week of december sixth":                           "12-07..12-13",
		"the weekend after next":                               "12-12..12-13",
		"by wednesday of next week":                            "11-23 10:05-24:00",
		"not until the third of december":                      "12-03..",
		"tuesday am":                                           "11-24 06:00-12:00",
		"late tuesday afternoon":                               "11-24 14:30-17:00",
		"early on wednesday":                                   "11-25 06:00-10:00",
		"tomorrow evening at seven thirty":                     "11-24 19:30-20:30",
		"quarter to five in the afternoon tomorrow":            "11-24 16:45-17:45",
		"at 1030 tomorrow":                                     "11-24 10:30-11:30",
		"twenty after three tomorrow":                          "11-24 15:20-16:20",
		"i get home at four tomorrow":                          "11-24 16:00-24:00",
		"i'm off at three on wednesday":                        "11-25 15:00-24:00",
		"tomorrow but not before eleven":                       "11-24 11:00-24:00",
		"can we say the ninth instead":                         "12-09",
		"the ninth works best for us":                          "12-09",
		"i'd like to have the appointment on the ninth at ten": "12-09 10:00-11:00",
		"do you have anything on the third at two instead":     "12-03 14:00-15:00",
		"saturday this week instead":                           "11-28",
		"in an hour and a half":                                "11-23 11:35-12:35",
		"tomorrow at ten at the latest":                        "11-24 00:00-10:00",
	} {
		got := brief(understand(t, u.AskedWhen, text).When.Wanted)
		if i := strings.IndexByte(got, '-'); strings.Contains(want, "10:05-24:00") && i >= 0 { // from now on, for some days
			if !strings.HasPrefix(got, "11-23 10:05-") {
				t.Errorf("%q: %s, want it to begin now", text, got)
			}
			continue
		}
		if got != want {
			t.Errorf("%q: %s, want %s", text, got, want)
		}
	}
}

// Words that can mean two days say so, until something else settles it.
func TestDaysWithTwoReadings(t *testing.T) {
	for text, want := range map[string][2]string{
		"next friday":                    {"12-04", "11-27"},
		"next friday at ten":             {"12-04 10:00-11:00", "11-27 10:00-11:00"},
		"next weekend":                   {"12-05..12-06", "11-28..11-29"},
		"monday":                         {"11-23", "11-30"},
		"friday after next":              {"12-04", "12-11"},
		"next friday, december fourth":   {"12-04", ""},
		"next friday the twenty seventh": {"11-27", ""},
		"next tuesday":                   {"12-01", ""}, // tomorrow would be called so
		"next monday":                    {"11-30", ""},
		"this friday":                    {"11-27", ""},
		"friday of next week":            {"12-04", ""},
	} {
		got := understand(t, u.AskedWhen, text).When
		if w, o := brief(got.Wanted), brief(got.Other); w != want[0] || o != want[1] {
			t.Errorf("%q: %s or %s, want %s or %s", text, w, o, want[0], want[1])
		}
	}
}

var (
	monthNames = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}
	ordinals   = []string{
		"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth",
		"fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty first", "twenty second", "twenty third",
		"twenty fourth", "twenty fifth", "twenty sixth", "twenty seventh", "twenty eighth", "twenty ninth", "thirtieth", "thirty first",
	}
)

// A date said in any of its forms is the whole of that day, on days with a change of clocks, leap days and across years.
func TestDatesRoundTrip(t *testing.T) {
	e := engine(t)
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(t *rapid.T) {
		y := rapid.IntRange(2026, 2032).Draw(t, "year")
		now := time.Date(y, time.Month(rapid.IntRange(1, 12).Draw(t, "month")), rapid.IntRange(1, 28).Draw(t, "day"), 9, 30, 0, 0, zone)
		ahead := rapid.IntRange(1, 300).Draw(t, "ahead")
		day := time.Date(now.Year(), now.Month(), now.Day()+ahead, 0, 0, 0, 0, zone)
		month, nth := monthNames[day.Month()-1], ordinals[day.Day()]
		ways := []string{
			month + " " + nth, "the " + nth + " of " + month, fmt.Sprintf("%d/%d/%d", day.Month(), day.Day(), day.Year()),
			fmt.Sprintf("%s %d", month, day.Day()), strings.ToLower(day.Weekday().String()) + " " + month + " " + nth,
			strings.ToLower(day.Weekday().String()) + ", the " + nth + " of " + month, fmt.Sprintf("in %d days", ahead),
			month + " the " + nth, fmt.Sprintf("%s, %s %d", day.Format("Mon"), day.Format("Jan"), day.Day()),
		}
		if ahead < 7 {
			ways = append(ways, strings.ToLower(day.Weekday().String()), "this coming "+strings.ToLower(day.Weekday().String()))
		}
		if next := time.Date(now.Year(), now.Month()+1, 1, 0, 0, 0, 0, zone); day.Year() == next.Year() && day.Month() == next.Month() {
			ways = append(ways, "the "+nth+" of next month")
		}
		said := rapid.SampledFrom(ways).Draw(t, "way")
		w := e.Understand(said, u.Context{Asked: u.AskedWhen, Now: now}).When
		if len(w.Wanted) != 1 || !w.Wanted[0].From.Equal(day) || !w.Wanted[0].To.Equal(day.AddDate(0, 0, 1)) || w.Impossible != "" {
			t.Fatalf("%q said on %s is %s (%q), want %s", said, now.Format(time.DateOnly), brief(w.Wanted), w.Impossible, day.Format(time.DateOnly))
		}
	})
}

// A clock time with its half of the day is that minute of that day, whenever the clocks change.
func TestClockTimesRoundTrip(t *testing.T) {
	e := engine(t)
	zone, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	days := []time.Time{ // with changes of clocks, a leap day, the ends of years
		time.Date(2027, 3, 14, 0, 0, 0, 0, zone), time.Date(2026, 11, 1, 0, 0, 0, 0, zone), time.Date(2028, 2, 29, 0, 0, 0, 0, zone),
		time.Date(2026, 12, 31, 0, 0, 0, 0, zone), time.Date(2027, 1, 1, 0, 0, 0, 0, zone),
	}
	rapid.Check(t, func(t *rapid.T) {
		day := rapid.SampledFrom(days).Draw(t, "day")
		hour, minute := rapid.IntRange(4, 23).Draw(t, "hour"), rapid.SampledFrom([]int{0, 15, 30, 45}).Draw(t, "minute")
		twelve, half := (hour+11)%12+1, "am"
		if hour >= 12 {
			half = "pm"
		}
		ways := []string{fmt.Sprintf("%d:%02d %s", twelve, minute, half), fmt.Sprintf("%02d:%02d", hour, minute)}
		if hour <= 12 && hour >= 10 {
			ways = ways[:1] // twelve hours and twenty-four look alike
		}
		switch minute {
		case 0:
			ways = append(ways, fmt.Sprintf("%d %s", twelve, half), small[twelve]+" "+half)
		case 15:
			ways = append(ways, "quarter past "+small[twelve]+" "+half)
		case 30:
			ways = append(ways, "half past "+small[twelve]+" "+half)
		}
		said := rapid.SampledFrom(ways).Draw(t, "way") + " on " + monthNames[day.Month()-1] + " " + ordinals[day.Day()]
		w := e.Understand(said, u.Context{Asked: u.AskedWhen, Now: day.AddDate(0, 0, -10).Add(9 * time.Hour)}).When
		want := time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, zone)
		if len(w.Wanted) != 1 || !w.Wanted[0].From.Equal(want) {
			t.Fatalf("%q is %s, want %s", said, brief(w.Wanted), want)
		}
	})
}
