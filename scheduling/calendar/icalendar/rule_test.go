package icalendar

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/teambition/rrule-go"
	"pgregory.net/rapid"
)

func wall(s string) time.Time {
	t, err := time.Parse(localForm, s)
	if err != nil {
		panic(err)
	}
	return t
}

// times gives the first times of a rule, up to a number of them.
func times(t rapid.TB, text, start string, from, to time.Time, most int) []string {
	t.Helper()
	r, err := parseRule(text)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	err = r.each(wall(start), from, to, &budget{mostStepsEach}, func(w time.Time) bool {
		if r.ends(moment{wall: w, zone: inUTC}) {
			return false
		}
		out = append(out, w.Format(localForm))
		return len(out) < most
	})
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return out
}

// TestExamplesOfTheStandard holds the rules of section 3.8.5.3 against the times that it gives.
func TestExamplesOfTheStandard(t *testing.T) {
	for _, c := range []struct{ rule, start, want string }{
		{"FREQ=DAILY;COUNT=3", "19970902T090000", "0902 0903 0904"},
		{"FREQ=DAILY;INTERVAL=10;COUNT=5", "19970902T090000", "0902 0912 0922 1002 1012"},
		{"FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA", "19980101T090000", "0101 0102 0103"},
		{"FREQ=WEEKLY;UNTIL=19970916", "19970902T090000", "0902 0909 0916"},
		{"FREQ=WEEKLY;INTERVAL=2;WKST=SU", "19970902T090000", "0902 0916 0930 1014"},
		{"FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "19970902T090000", "0902 0904 0909 0911"},
		{"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "19970805T090000", "0805 0810 0819 0824"},
		{"FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "19970805T090000", "0805 0817 0819 0831"},
		{"FREQ=MONTHLY;COUNT=10;BYDAY=1FR", "19970905T090000", "0905 1003 1107 1205"},
		{"FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU", "19970907T090000", "0907 0928 1102 1130"},
		{"FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "19970922T090000", "0922 1020 1117 1222"},
		{"FREQ=MONTHLY;BYMONTHDAY=-3", "19970928T090000", "0928 1029 1128 1229"},
		{"FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1", "19970930T090000", "0930 1001 1031 1101"},
		{"FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200", "19970101T090000", "0101 0410 0719 0101"},
		{"FREQ=YEARLY;BYDAY=20MO", "19970519T090000", "0519 0518 0517"},
		{"FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO", "19970512T090000", "0512 0511 0517"},
		{"FREQ=YEARLY;BYMONTH=3;BYDAY=TH", "19970313T090000", "0313 0320 0327 0305"},
		{"FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "19980213T090000", "0213 0313 1113"},
		{"FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13", "19970913T090000", "0913 1011 1108 1213"},
		{"FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8", "19961105T090000", "1105 1107 1102"},
		{"FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "19970904T090000", "0904 1007 1106"},
		{"FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2", "19970929T090000", "0929 1030 1127 1230"},
		{"FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "20070115T090000", "0115 0130 0215 0315 0330"},
		{"FREQ=YEARLY", "20240229T090000", "0229 0229"}, // leap days only
		{"FREQ=MONTHLY", "20240131T090000", "0131 0331 0531"},
	} {
		want := strings.Fields(c.want)
		var got []string
		for _, w := range times(t, c.rule, c.start, time.Time{}, wall("20400101T000000"), len(want)) {
			got = append(got, w[4:8])
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s from %s: %q, want %q", c.rule, c.start, got, want)
		}
	}
	if got := times(t, "FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T170000Z", "19970902T090000", time.Time{}, wall("20400101T000000"), 9); len(got) != 3 {
		t.Error(got)
	}
	if got := times(t, "FREQ=MINUTELY;INTERVAL=90;COUNT=4", "19970902T090000", time.Time{}, wall("20400101T000000"), 9); got[3] != "19970902T133000" || len(got) != 4 {
		t.Error(got)
	}
	if got := times(t, "FREQ=DAILY;BYHOUR=9,10;BYMINUTE=0,20", "19970902T090000", time.Time{}, wall("20400101T000000"), 5); got[4] != "19970903T090000" {
		t.Error(got)
	}
}

// TestRulesAgreeWithAnother: any rule gives the same times as another program's reading of it, wherever one looks from.
func TestRulesAgreeWithAnother(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		start := time.Date(2020+rapid.IntRange(0, 4).Draw(t, "year"), 1, 1+rapid.IntRange(0, 365).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), 30, 0, 0, time.UTC)
		every := rapid.SampledFrom([]string{"YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"}).Draw(t, "every")
		text := fmt.Sprintf("FREQ=%s;INTERVAL=%d", every, rapid.IntRange(1, 4).Draw(t, "interval"))
		list := func(name string, values ...string) {
			if rapid.IntRange(0, 3).Draw(t, "with "+name) == 0 {
				text += ";" + name + "=" + strings.Join(rapid.SliceOfNDistinct(rapid.SampledFrom(values), 1, 3, rapid.ID[string]).Draw(t, name), ",")
			}
		}
		days := []string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}
		switch every {
		case "YEARLY":
			list("BYMONTH", "1", "3", "11", "12")
			list("BYYEARDAY", "1", "100", "-1", "366", "60")
			list("BYMONTHDAY", "1", "13", "31", "-1")
			list("BYDAY", append(days, "1MO", "-1SU", "5FR")...)
			list("BYSETPOS", "1", "-1", "2")
		case "MONTHLY":
			list("BYMONTH", "1", "3", "11", "12")
			list("BYMONTHDAY", "1", "13", "31", "-1", "-31")
			list("BYDAY", append(days, "1MO", "-1SU", "5FR")...)
			list("BYSETPOS", "1", "-1", "2")
		case "WEEKLY":
			list("BYDAY", days...)
			text += ";WKST=" + rapid.SampledFrom(days).Draw(t, "week's start")
			list("BYMONTH", "1", "3", "11", "12")
		default:
			list("BYDAY", days...)
			list("BYMONTHDAY", "1", "13", "31", "-1")
			if every == "DAILY" { // the judge looks for ever for hours that it steps over
				list("BYHOUR", "0", "9", "23")
			}
		}
		switch rapid.IntRange(0, 2).Draw(t, "end") {
		case 1:
			text += fmt.Sprintf(";COUNT=%d", rapid.IntRange(1, 40).Draw(t, "count"))
		case 2:
			text += ";UNTIL=" + UTC(start.AddDate(0, 0, rapid.IntRange(0, 900).Draw(t, "until")))
		}
		if strings.Contains(text, "BYSETPOS") && strings.Count(text, "BY") == 1 {
			t.Skip("a position in nothing")
		}
		option, err := rrule.StrToROption(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		option.Dtstart = start
		judge, err := rrule.NewRRule(*option)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		if first, ok := judge.Iterator()(); !ok || !first.Equal(start) {
			t.Skip("a start that doesn't fit its rule may count, or not")
		}
		from := start.AddDate(0, 0, rapid.IntRange(-10, 1000).Draw(t, "from"))
		to := from.AddDate(0, 0, rapid.IntRange(0, 800).Draw(t, "days"))
		var want, got []string
		for _, w := range judge.Between(from, to, true) {
			if w.Before(to) {
				want = append(want, w.Format(localForm))
			}
		}
		for _, w := range times(t, text, start.Format(localForm), from, to, 1<<30) {
			if w >= from.Format(localForm) {
				got = append(got, w)
			}
		}
		if !slices.Equal(got, want) {
			t.Fatalf("%s from %s in [%s, %s): %d times, want %d\n%v\n%v", text, start, from, to, len(got), len(want), got, want)
		}
	})
}

func TestRulesThatNeverEndAreEnded(t *testing.T) {
	for _, text := range []string{
		"FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;COUNT=1000000000", "FREQ=DAILY;COUNT=1000000000;BYHOUR=0,1,2,3,4,5,6,7,8,9",
		"FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2;COUNT=2",
	} {
		r, err := parseRule(text)
		if err != nil {
			t.Fatal(err)
		}
		b := &budget{mostStepsEach}
		err = r.each(wall("00010101T000000"), wall("20260101T000000"), wall("20270101T000000"), b, func(time.Time) bool { return true })
		if !errors.Is(err, errTooMuch) || b.steps != 0 {
			t.Errorf("%s: %v, %d steps left", text, err, b.steps)
		}
	}
	// Without a count, nothing before the window has to be gone through.
	if got := times(t, "FREQ=MINUTELY", "00010101T000000", wall("20260101T000000"), wall("20260102T000000"), 1<<30); len(got) < 1440 || len(got) > 1500 {
		t.Errorf("%d times", len(got))
	}
}

func TestRulesThatMakeNoSense(t *testing.T) {
	for _, text := range []string{
		"", "FREQ=", "FREQ=FORTNIGHTLY", "INTERVAL=2", "FREQ=DAILY;INTERVAL=0", "FREQ=DAILY;INTERVAL=99999999999999999999", "FREQ=DAILY;COUNT=0",
		"FREQ=DAILY;UNTIL=tomorrow", "FREQ=WEEKLY;BYDAY=XX", "FREQ=WEEKLY;BYDAY=0MO", "FREQ=WEEKLY;BYDAY=", "FREQ=YEARLY;BYMONTH=13", "FREQ=YEARLY;BYMONTHDAY=0",
		"FREQ=YEARLY;BYEASTER=1", "RSCALE=CHINESE;FREQ=YEARLY", "FREQ=YEARLY;BYYEARDAY=" + strings.Repeat("1,", 400) + "1",
	} {
		if _, err := parseRule(text); !errors.Is(err, errValue) {
			t.Errorf("%q: %v", text, err)
		}
	}
}
