package understanding_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	u "fixly/receptionist/understanding"
)

// brief writes intervals the way the tables below do: "11-24" is a whole day, "11-24..11-26" several,
// "11-24 14:00-17:00" a part of one, "11-24.." has no end.
func brief(l []u.TimeInterval) string {
	var out []string
	for _, i := range l {
		from, to := i.From, i.To
		midnight := from.Hour() == 0 && from.Minute() == 0
		switch {
		case to.IsZero() && midnight:
			out = append(out, from.Format("01-02")+"..")
		case to.IsZero():
			out = append(out, from.Format("01-02 15:04")+"..")
		case midnight && to.Equal(from.AddDate(0, 0, 1)):
			out = append(out, from.Format("01-02"))
		case midnight && to.Hour() == 0 && to.Minute() == 0:
			out = append(out, from.Format("01-02")+".."+to.AddDate(0, 0, -1).Format("01-02"))
		default:
			end := to.Format("15:04")
			if end == "00:00" {
				end = "24:00"
			}
			out = append(out, from.Format("01-02 15:04")+"-"+end)
		}
	}
	return strings.Join(out, ", ")
}

// Now is Monday 23 November 2026, 10:05.
var sayings = []struct{ text, want string }{
	// days
	{"today if you can", "11-23"},
	{"let's say tomorrow", "11-24"},
	{"the day after tomorrow", "11-25"},
	{"wednesday", "11-25"},
	{"this friday", "11-27"},
	{"next friday", "12-04"},
	{"saturday works best", "11-28"},
	{"friday the twenty seventh", "11-27"},
	{"a week from wednesday", "12-02"},
	{"two weeks from tomorrow", "12-08"},
	{"in three days", "11-26"},
	{"the first", "12-01"},
	{"december ninth", "12-09"},
	{"the tenth of december", "12-10"},
	{"12/3", "12-03"},
	{"the day after thanksgiving", "11-27"},
	{"new year's eve", "12-31"},
	// weeks and their parts
	{"some time next week", "11-30..12-06"},
	{"early next week", "11-30..12-02"},
	{"thursday or friday of next week", "12-03, 12-04"},
	{"monday to wednesday next week", "11-30..12-02"},
	{"this weekend", "11-28..11-29"},
	{"friday or after", "11-27.."},
	// parts of the day
	{"tomorrow morning", "11-24 06:00-12:00"},
	{"wednesday in the late afternoon", "11-25 14:30-17:00"},
	{"first thing on friday", "11-27 06:00-10:00"},
	{"mornings are best, tuesday or wednesday", "11-24 06:00-12:00, 11-25 06:00-12:00"},
	{"next week, monday through wednesday", "11-30..12-02"},
	// clock times, read in the light of the opening hours
	{"tomorrow at three", "11-24 15:00-16:00"},
	{"nine on wednesday", "11-25 09:00-10:00"},
	{"half past two tomorrow", "11-24 14:30-15:30"},
	{"quarter to eleven on friday", "11-27 10:45-11:45"},
	{"ten thirty tomorrow", "11-24 10:30-11:30"},
	{"four oh five tomorrow", "11-24 16:05-17:05"},
	{"tomorrow around two", "11-24 13:30-15:00"},
	{"in two hours", "11-23 12:05-13:05"},
	{"three", "11-23 15:00-16:00"},
	{"nine", "11-24 09:00-10:00"}, // today's nine is past
	// limits and ranges
	{"tomorrow after three", "11-24 15:00-24:00"},
	{"wednesday before noon", "11-25 00:00-12:00"},
	{"tomorrow between one and four", "11-24 13:00-16:00"},
	{"from eight until ten on tuesday", "11-24 08:00-10:00"},
	{"tuesday but not before eleven", "11-24 11:00-24:00"},
	{"not in the morning, wednesday", "11-25 12:00-24:00"},
	{"friday after lunch", "11-27 13:00-18:00"},
	{"tomorrow afternoon, after two if you can", "11-24 14:00-17:00"},
	{"tomorrow before ten or after three", "11-24 00:00-10:00, 11-24 15:00-24:00"},
	{"the week after thanksgiving", "11-30..12-06"},
	{"by noon tomorrow", "11-24 00:00-12:00"},
	// alternatives, corrections
	{"tomorrow or friday", "11-24, 11-27"},
	{"thursday, no wait, friday", "11-27"},
	{"tomorrow at nine, actually make it ten", "11-24 10:00-11:00"},
	{"friday then", "11-27"},
	{"tomorrow after three please, before five", "11-24 15:00-17:00"},
	{"oh that's thanksgiving, let's do friday then", "11-27"},
	// no wish
	{"it has been dripping since saturday", ""},
	{"i waited two hours last week", ""},
	{"good morning", ""},
	{"forty gallons", ""},
}

func TestTimesAreUnderstood(t *testing.T) {
	for _, s := range sayings {
		got := understand(t, u.AskedWhen, s.text)
		if b := brief(got.When.Wanted); b != s.want {
			t.Errorf("%q: %s, want %s", s.text, b, s.want)
		}
	}
}

func TestTimesRuledOut(t *testing.T) {
	for _, s := range []struct{ text, wanted, excluded string }{
		{"any day but wednesday", "", "11-25"},
		{"tuesday or thursday, not wednesday", "11-24, 11-26", "11-25"},
		{"friday doesn't work, saturday does", "11-28", "11-27"},
		{"i can't do tomorrow", "", "11-24"},
		{"next week but not on tuesday", "11-30..12-06", "12-01"},
		{"not tuesday, the other days next week", "11-30..12-06", "12-01"},
		{"anything but tomorrow morning", "", "11-24 06:00-12:00"},
	} {
		got := understand(t, u.AskedWhen, s.text).When
		if brief(got.Wanted) != s.wanted || brief(got.Excluded) != s.excluded {
			t.Errorf("%q: wanted %s, excluded %s", s.text, brief(got.Wanted), brief(got.Excluded))
		}
	}
}

func TestWishesWithoutATime(t *testing.T) {
	for text, want := range map[string]u.TimeKind{
		"as soon as you possibly can": u.TimeSoonest,
		"whenever":                    u.TimeAny,
		"any time works":              u.TimeAny,
		"do you have anything later":  u.TimeLater,
		"is there anything sooner":    u.TimeEarlier,
		"at eight":                    u.TimeMoment,
		"tomorrow":                    u.TimeDay,
		"my name is bob":              u.TimeNone,
	} {
		if got := understand(t, u.AskedWhen, text).When.Kind; got != want {
			t.Errorf("%q is %q, want %q", text, got, want)
		}
	}
}

func TestImpossibleDatesAreSaidBack(t *testing.T) {
	for text, want := range map[string]string{
		"february thirtieth":         "february thirtieth",
		"wednesday the twenty sixth": "wednesday the twenty sixth",
	} {
		if got := understand(t, u.AskedWhen, text).When.Impossible; got != want {
			t.Errorf("%q: impossible %q, want %q", text, got, want)
		}
	}
}

func TestHoursLandOnTheDaysDiscussed(t *testing.T) {
	days := understand(t, u.AskedWhen, "thursday or friday of next week").When
	part := understand(t, u.AskedWhen, "in the afternoon").When
	if got := brief(part.On(days).Wanted); got != "12-03 12:00-17:00, 12-04 12:00-17:00" {
		t.Errorf("afternoon of those days is %s", got)
	}
	if got := understand(t, u.AskedWhen, "saturday").When; brief(got.On(days).Wanted) != "11-28" {
		t.Errorf("a new day was moved to %s", brief(got.On(days).Wanted))
	}
}

func TestExistingVisitsAreNoWish(t *testing.T) {
	for _, s := range []struct{ text, about, wanted string }{
		{"i have an appointment on wednesday, can you move it to friday", "11-25", "11-27"},
		{"please move my visit from tuesday to thursday", "11-24", "11-26"},
		{"cancel my appointment for tomorrow", "11-24", ""},
		{"can we push my appointment to next week", "", "11-30..12-06"},
	} {
		got := understand(t, u.AskedNothing, s.text)
		if brief(got.About) != s.about || brief(got.When.Wanted) != s.wanted {
			t.Errorf("%q: about %s, wanted %s", s.text, brief(got.About), brief(got.When.Wanted))
		}
	}
}

var (
	hours12 = []string{"twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"}
	tens    = []string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	small   = []string{
		"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen",
		"seventeen", "eighteen", "nineteen",
	}
)

func below100(n int) string {
	if n < 20 {
		return small[n]
	}
	if n%10 == 0 {
		return tens[n/10]
	}
	return tens[n/10] + " " + small[n%10]
}

// A time of day said in any usual way is the time that was meant.
func TestTimesOfDayRoundTrip(t *testing.T) {
	e := engine(t)
	rapid.Check(t, func(t *rapid.T) {
		hour := rapid.IntRange(7, 20).Draw(t, "hour")
		minute := rapid.SampledFrom([]int{0, 5, 10, 15, 20, 30, 40, 45, 50}).Draw(t, "minute")
		h, half := hours12[hour%12], "am"
		if hour >= 12 {
			half = "pm"
		}
		ways := []string{fmt.Sprintf("%d:%02d%s", (hour+11)%12+1, minute, half), fmt.Sprintf("%d:%02d %s.m.", (hour+11)%12+1, minute, half[:1])}
		switch {
		case minute == 0:
			ways = append(ways, h+" "+half, h+" o'clock "+half)
		case minute < 10:
			ways = append(ways, h+" oh "+small[minute]+" "+half)
		default:
			ways = append(ways, h+" "+below100(minute)+" "+half)
		}
		part := "in the morning"
		if hour >= 17 {
			part = "in the evening"
		} else if hour >= 12 {
			part = "in the afternoon"
		}
		switch minute {
		case 30:
			ways = append(ways, "half past "+h+" "+part)
		case 15:
			ways = append(ways, "quarter past "+h+" "+part)
		case 45:
			ways = append(ways, "quarter to "+hours12[(hour+1)%12]+" "+half)
		}
		if hour == 11 && minute == 45 { // "quarter to twelve am" is said by nobody
			ways = ways[:3]
		}
		day := rapid.SampledFrom([]string{"tomorrow at %s", "%s tomorrow", "let's do tomorrow, %s"}).Draw(t, "day")
		text := fmt.Sprintf(day, rapid.SampledFrom(ways).Draw(t, "way"))
		got := e.Understand(text, u.Context{Asked: u.AskedWhen, Now: monday}).When.Wanted
		want := time.Date(2026, 11, 24, hour, minute, 0, 0, chicago())
		if len(got) != 1 || !got[0].From.Equal(want) || got[0].To.Sub(want) > 4*time.Hour {
			t.Fatalf("%q: %s, want %s", text, brief(got), want.Format("15:04"))
		}
	})
}
