package icalendar

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones are the same wherever the tests run

	"pgregory.net/rapid"

	"fixly/scheduling/calendar"
)

var chicago = func() *time.Location {
	l, err := time.LoadLocation("America/Chicago")
	if err != nil {
		panic(err)
	}
	return l
}()

// march is the window of most tests; the clocks of Chicago go forward on the 14th.
var march = calendar.Window{From: time.Date(2027, 3, 1, 0, 0, 0, 0, chicago), To: time.Date(2027, 3, 29, 0, 0, 0, 0, chicago)}

// told writes instances shortly: what they are called, when they are in Chicago, and what is special about them.
func told(all []Instance) []string {
	var out []string
	for _, i := range all {
		e := i.Event
		s := fmt.Sprintf("%s %s-%s", i.Recurrence, e.Start.In(chicago).Format("2 15:04"), e.End.In(chicago).Format("2 15:04"))
		for flag, is := range map[string]bool{"free": e.Free, "day": e.AllDay, "maybe": e.Tentative, "gone": e.Gone} {
			if is {
				s += " " + flag
			}
		}
		if e.Gone {
			s = i.Recurrence + " gone"
		}
		out = append(out, strings.TrimSpace(s))
	}
	slices.Sort(out)
	return out
}

const easternRules = `BEGIN:VTIMEZONE
TZID:Our office
BEGIN:STANDARD
DTSTART:16011104T020000
RRULE:FREQ=YEARLY;BYDAY=1SU;BYMONTH=11
TZOFFSETFROM:-0400
TZOFFSETTO:-0500
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:16010311T020000
RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=3
TZOFFSETFROM:-0500
TZOFFSETTO:-0400
END:DAYLIGHT
END:VTIMEZONE
`

func TestEvents(t *testing.T) {
	for name, c := range map[string]struct {
		body string // of a VEVENT, or whole components
		want []string
	}{
		"in UTC":                              {"DTSTART:20270309T160000Z\nDTEND:20270309T170000Z", []string{"9 10:00-9 11:00"}},
		"in a zone":                           {"DTSTART;TZID=America/New_York:20270309T110000\nDURATION:PT1H30M", []string{"9 10:00-9 11:30"}},
		"in a zone of Windows":                {"DTSTART;TZID=Eastern Standard Time:20270315T110000\nDURATION:PT1H", []string{"15 10:00-15 11:00"}},
		"in a zone with a path":               {"DTSTART;TZID=/freeassociation.sourceforge.net/America/New_York:20270315T110000\nDURATION:PT1H", []string{"15 10:00-15 11:00"}},
		"in a zone of its own, winter":        {easternRules + "BEGIN:VEVENT\nDTSTART;TZID=Our office:20270312T110000\nDURATION:PT1H\nEND:VEVENT", []string{"12 10:00-12 11:00"}},
		"in a zone of its own, summer":        {easternRules + "BEGIN:VEVENT\nDTSTART;TZID=Our office:20270315T110000\nDURATION:PT1H\nEND:VEVENT", []string{"15 10:00-15 11:00"}},
		"in a zone that nobody knows":         {"DTSTART;TZID=Atlantis:20270309T100000\nDURATION:PT1H", []string{"9 10:00-9 11:00"}},
		"in no zone":                          {"DTSTART:20270309T100000\nDURATION:PT1H", []string{"9 10:00-9 11:00"}},
		"from zone to zone":                   {"DTSTART;TZID=America/Chicago:20270309T100000\nDTEND;TZID=America/New_York:20270309T130000", []string{"9 10:00-9 12:00"}},
		"a day":                               {"DTSTART;VALUE=DATE:20270309", []string{"9 00:00-10 00:00 day"}},
		"days over the short one":             {"DTSTART;VALUE=DATE:20270313\nDTEND;VALUE=DATE:20270316", []string{"13 00:00-16 00:00 day"}},
		"a day by its length":                 {"DTSTART;VALUE=DATE:20270313\nDURATION:P2D", []string{"13 00:00-15 00:00 day"}},
		"a day that ends as it begins":        {"DTSTART;VALUE=DATE:20270309\nDTEND;VALUE=DATE:20270309", []string{"9 00:00-10 00:00 day"}},
		"a moment":                            {"DTSTART:20270309T160000Z", []string{"9 10:00-9 10:01 free"}},
		"transparent":                         {"DTSTART:20270309T160000Z\nDURATION:PT1H\nTRANSP:TRANSPARENT", []string{"9 10:00-9 11:00 free"}},
		"tentative":                           {"DTSTART:20270309T160000Z\nDURATION:PT1H\nSTATUS:TENTATIVE", []string{"9 10:00-9 11:00 maybe"}},
		"cancelled":                           {"DTSTART:20270309T160000Z\nDURATION:PT1H\nSTATUS:CANCELLED", []string{"gone"}},
		"declined by us":                      {"DTSTART:20270309T160000Z\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:MAILTO:Mike@example.com", []string{"9 10:00-9 11:00 free"}},
		"declined by us, as iCloud has it":    {"DTSTART:20270309T160000Z\nDURATION:PT1H\nATTENDEE;EMAIL=mike@example.com;PARTSTAT=DECLINED:/aMjA/principal/", []string{"9 10:00-9 11:00 free"}},
		"declined by another":                 {"DTSTART:20270309T160000Z\nDURATION:PT1H\nATTENDEE;PARTSTAT=DECLINED:mailto:ann@example.com", []string{"9 10:00-9 11:00"}},
		"in the hour that is skipped":         {"DTSTART;TZID=America/Chicago:20270314T023000\nDURATION:PT1H", []string{"14 03:30-14 04:30"}},
		"the last of several versions counts": {"UID:x\nSEQUENCE:2\nDTSTART:20270309T160000Z\nDURATION:PT1H\nEND:VEVENT\nBEGIN:VEVENT\nUID:x\nSEQUENCE:1\nDTSTART:20270310T160000Z\nDURATION:PT1H", []string{"9 10:00-9 11:00"}},
		"weekly over the change of clocks": {
			"DTSTART;TZID=America/Chicago:20270307T090000\nDTEND;TZID=America/Chicago:20270307T100000\nRRULE:FREQ=WEEKLY;COUNT=3",
			[]string{"20270307T150000Z 7 09:00-7 10:00", "20270314T140000Z 14 09:00-14 10:00", "20270321T140000Z 21 09:00-21 10:00"},
		},
		"weekly in UTC": {
			"DTSTART:20270307T150000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;UNTIL=20270314T150000Z",
			[]string{"20270307T150000Z 7 09:00-7 10:00", "20270314T150000Z 14 10:00-14 11:00"},
		},
		"nightly, in the hour that is skipped": {
			"DTSTART;TZID=America/Chicago:20270313T023000\nDURATION:PT30M\nRRULE:FREQ=DAILY;UNTIL=20270315",
			[]string{"20270313T083000Z 13 02:30-13 03:00", "20270314T083000Z 14 03:30-14 04:00", "20270315T073000Z 15 02:30-15 03:00"},
		},
		"for years": {
			"DTSTART;TZID=America/Chicago:19990104T180000\nDURATION:PT2H\nRRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO",
			[]string{"20270309T000000Z 8 18:00-8 20:00", "20270322T230000Z 22 18:00-22 20:00"},
		},
		"one moved, one cancelled, one left out, one more": {
			"UID:a\nDTSTART;TZID=America/Chicago:20270302T180000\nDTEND;TZID=America/Chicago:20270302T190000\nRRULE:FREQ=WEEKLY;COUNT=5\n" +
				"EXDATE;TZID=America/Chicago:20270316T180000\nRDATE;TZID=America/Chicago:20270304T080000\nEND:VEVENT\n" +
				"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;TZID=America/Chicago:20270309T180000\nDTSTART;TZID=America/Chicago:20270310T070000\nDURATION:PT2H\nEND:VEVENT\n" +
				"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270323T230000Z\nDTSTART:20270323T230000Z\nSTATUS:CANCELLED",
			[]string{"20270303T000000Z 2 18:00-2 19:00", "20270304T140000Z 4 08:00-4 09:00", "20270310T000000Z 10 07:00-10 09:00"},
		},
		"moved into the window": {
			"UID:a\nDTSTART:20270201T160000Z\nDURATION:PT1H\nRRULE:FREQ=MONTHLY;COUNT=2\nEND:VEVENT\n" +
				"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID:20270201T160000Z\nDTSTART:20270305T160000Z\nDURATION:PT1H",
			[]string{"20270201T160000Z 5 10:00-5 11:00", "20270301T160000Z 1 10:00-1 11:00"},
		},
		"another time from one on": {
			"UID:a\nDTSTART:20270302T160000Z\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=4\nEND:VEVENT\n" +
				"BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270316T160000Z\nDTSTART:20270317T180000Z\nDURATION:PT2H",
			[]string{"20270302T160000Z 2 10:00-2 11:00", "20270309T160000Z 9 10:00-9 11:00", "20270316T160000Z 17 13:00-17 15:00", "20270323T160000Z 24 13:00-24 15:00"},
		},
		"days of a year": {
			"DTSTART;VALUE=DATE:20200313\nRRULE:FREQ=YEARLY", []string{"20270313 13 00:00-14 00:00 day"},
		},
		"days with one left out": {
			"DTSTART;VALUE=DATE:20270312\nDTEND;VALUE=DATE:20270313\nRRULE:FREQ=DAILY;COUNT=4\nEXDATE;VALUE=DATE:20270313",
			[]string{"20270312 12 00:00-13 00:00 day", "20270314 14 00:00-15 00:00 day", "20270315 15 00:00-16 00:00 day"},
		},
		"left out by its day": {
			"DTSTART:20270309T160000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY;COUNT=2\nEXDATE;VALUE=DATE:20270310", []string{"20270309T160000Z 9 10:00-9 11:00"},
		},
		"periods": {
			"DTSTART:20270309T160000Z\nDURATION:PT1H\nRDATE;VALUE=PERIOD:20270310T160000Z/20270310T190000Z,20270311T160000Z/PT30M",
			[]string{"20270309T160000Z 9 10:00-9 11:00", "20270310T160000Z 10 10:00-10 13:00", "20270311T160000Z 11 10:00-11 10:30"},
		},
		"one of somebody else's series": {
			"RECURRENCE-ID:20270309T160000Z\nDTSTART:20270309T170000Z\nDURATION:PT1H", []string{"20270309T160000Z 9 11:00-9 12:00"},
		},
		"a series that was cancelled":  {"DTSTART:20270309T160000Z\nDURATION:PT1H\nRRULE:FREQ=DAILY\nSTATUS:CANCELLED", nil},
		"that began before the window": {"DTSTART:20270227T160000Z\nDURATION:P5D\nRRULE:FREQ=YEARLY", []string{"20270227T160000Z 27 10:00-4 10:00"}},
	} {
		body := c.body
		if !strings.HasPrefix(body, "BEGIN:") {
			body = "BEGIN:VEVENT\n" + body
		}
		if !strings.HasSuffix(body, "END:VEVENT") {
			body += "\nEND:VEVENT"
		}
		got, skipped := Reading{Zone: chicago, Window: march, Own: []string{"mailto:mike@example.com"}}.Events(read(t, calendarOf(body)))
		if !slices.Equal(told(got), c.want) || skipped != 0 {
			t.Errorf("%s: %d skipped\n%q, want\n%q", name, skipped, told(got), c.want)
		}
	}
}

func TestOneThatMakesNoSenseStopsNothing(t *testing.T) {
	for name, body := range map[string]string{
		"no start": "SUMMARY:x", "no date": "DTSTART:soon", "a date that isn't": "DTSTART:20270231T100000", "ends before": "DTSTART:20270309T100000\nDTEND:20270308T100000",
		"no end": "DTSTART:20270309T100000\nDTEND:late", "no length": "DTSTART:20270309T100000\nDURATION:long", "for ages": "DTSTART:20270309T100000\nDURATION:P9999999W",
		"no rule": "DTSTART:20270309T100000\nRRULE:often", "a bad exception": "DTSTART:20270309T100000\nRRULE:FREQ=DAILY\nEXDATE:never",
		"each second": "DTSTART:20200309T100000\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30;COUNT=5", "a bad extra": "DTSTART:20270309T100000\nRDATE:20270309T100000/x",
		"a bad name": "DTSTART:20270309T100000\nRECURRENCE-ID:x",
	} {
		c := read(t, calendarOf("BEGIN:VEVENT\nUID:bad\n"+body+"\nEND:VEVENT\nBEGIN:VEVENT\nUID:good\nDTSTART:20270310T160000Z\nDURATION:PT1H\nEND:VEVENT"))
		got, skipped := Reading{Zone: chicago, Window: march}.Events(c)
		good := slices.DeleteFunc(slices.Clone(got), func(i Instance) bool { return i.UID != "good" })
		if skipped != 1 || len(good) != 1 {
			t.Errorf("%s: %d skipped, %q", name, skipped, told(got))
		}
	}
}

func TestTooManyAreBounded(t *testing.T) {
	c := read(t, calendarOf("BEGIN:VEVENT\nUID:bad\nDTSTART:20270301T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY\nEND:VEVENT"))
	if got, skipped := (Reading{Window: march}).Events(c); len(got) > mostEach || skipped != 1 {
		t.Errorf("%d instances, %d skipped", len(got), skipped)
	}
}

// TestSimpleRulesAgainstADayBook expands simple rules the way a person would, day by day on a wall calendar, in a zone
// whose clocks change.
func TestSimpleRulesAgainstADayBook(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zone := rapid.SampledFrom([]*time.Location{chicago, time.UTC, mustLoad("Europe/Berlin"), mustLoad("Australia/Lord_Howe")}).Draw(t, "zone")
		start := time.Date(2026, 1, 1+rapid.IntRange(0, 450).Draw(t, "day"), rapid.IntRange(0, 23).Draw(t, "hour"), rapid.SampledFrom([]int{0, 30}).Draw(t, "minute"), 0, 0, time.UTC)
		interval := rapid.IntRange(1, 3).Draw(t, "interval")
		weekly := rapid.Bool().Draw(t, "weekly")
		count := rapid.IntRange(1, 300).Draw(t, "count")
		days := map[time.Weekday]bool{start.Weekday(): true}
		rule := fmt.Sprintf("FREQ=DAILY;INTERVAL=%d;COUNT=%d", interval, count)
		if weekly {
			names := []string{strings.ToUpper(start.Weekday().String()[:2])}
			for _, d := range rapid.SliceOfNDistinct(rapid.IntRange(0, 6), 0, 3, rapid.ID[int]).Draw(t, "days") {
				days[time.Weekday(d)] = true
				names = append(names, strings.ToUpper(time.Weekday(d).String()[:2]))
			}
			rule = fmt.Sprintf("FREQ=WEEKLY;INTERVAL=%d;COUNT=%d;BYDAY=%s", interval, count, strings.Join(names, ","))
		}
		w := calendar.Window{From: time.Date(2026, 1, 1+rapid.IntRange(0, 600).Draw(t, "from"), 0, 0, 0, 0, zone)}
		w.To = w.From.AddDate(0, 0, rapid.IntRange(0, 90).Draw(t, "days of the window"))

		var want []string
		monday := start.AddDate(0, 0, -(int(start.Weekday())+6)%7)
		n := 0
		for day := start; n < count; day = day.AddDate(0, 0, 1) {
			since := int(day.Sub(start).Hours()) / 24
			if weekly {
				if int(day.Sub(monday).Hours())/24/7%interval != 0 || !days[day.Weekday()] {
					continue
				}
			} else if since%interval != 0 {
				continue
			}
			n++
			at := wallIn(zone, day)
			if at.Before(w.To) && at.Add(time.Hour).After(w.From) {
				want = append(want, UTC(at))
			}
		}
		c, err := Read([]byte(calendarOf(fmt.Sprintf("BEGIN:VEVENT\nUID:a\nDTSTART;TZID=%s:%s\nDURATION:PT1H\nRRULE:%s\nEND:VEVENT", zone, start.Format(localForm), rule))))
		if err != nil {
			t.Fatal(err)
		}
		all, skipped := Reading{Zone: chicago, Window: w}.Events(c)
		var got []string
		for _, i := range all {
			got = append(got, UTC(i.Event.Start))
		}
		slices.Sort(got)
		if !slices.Equal(got, want) || skipped != 0 {
			t.Fatalf("%s from %s in %s: %d skipped\n%v, want\n%v", rule, start.Format(localForm), zone, skipped, got, want)
		}
	})
}

// wallIn looks for the first instant at which the clocks of a zone show something, minute by minute; for what they never
// show, it counts on from the hour before.
func wallIn(zone *time.Location, wall time.Time) time.Time {
	for t := wall.Add(-15 * time.Hour); t.Before(wall.Add(15 * time.Hour)); t = t.Add(30 * time.Minute) {
		if t.In(zone).Format(localForm) == wall.Format(localForm) {
			return t
		}
	}
	return wallIn(zone, wall.Add(-time.Hour)).Add(time.Hour)
}

func mustLoad(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err)
	}
	return l
}

// FuzzRead: whatever it is, reading ends, soon, and what is read can be written and read again.
func FuzzRead(f *testing.F) {
	f.Add(calendarOf("BEGIN:VEVENT\nUID:a\nDTSTART;TZID=America/Chicago:20270302T180000\nDURATION:PT1H\nRRULE:FREQ=WEEKLY;COUNT=5;BYDAY=TU,-1FR;WKST=SU\nEXDATE:20270316T230000Z\nEND:VEVENT"))
	f.Add(calendarOf(easternRules + "BEGIN:VEVENT\nDTSTART;TZID=Our office:20270312T110000\nDTEND;VALUE=DATE:20270313\nRDATE;VALUE=PERIOD:20270310T160000Z/PT1H\nEND:VEVENT"))
	f.Add(calendarOf("BEGIN:VEVENT\nUID:a\nRECURRENCE-ID;RANGE=THISANDFUTURE:20270316T160000Z\nDTSTART:20270317T180000Z\nDURATION:PT2H\nEND:VEVENT"))
	f.Add("BEGIN:VCALENDAR\nDTSTART;X=abc\n \n\tEND:VCALENDAR\nEND:VCALENDAR")
	f.Add(calendarOf("BEGIN:VEVENT\nDTSTART:00010101T000000Z\nRRULE:FREQ=SECONDLY;BYSETPOS=-1;COUNT=99999999;BYHOUR=1,2,3\nEND:VEVENT"))
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		c, err := Read([]byte(text))
		if err != nil {
			return
		}
		all, _ := Reading{Zone: chicago, Window: march}.Events(c)
		if len(all) > mostInstances {
			t.Errorf("%d instances", len(all))
		}
		for _, i := range all {
			if e := i.Event; !e.Gone && !e.Start.Before(e.End) {
				t.Errorf("ends before it begins: %+v", e)
			}
		}
		Zone(c)
		var out strings.Builder
		if err := Write(&out, c); err != nil {
			t.Fatal(err)
		}
		if _, err := Read([]byte(out.String())); err != nil {
			t.Errorf("written, it can't be read again: %v\n%q", err, out.String())
		}
		if took := time.Since(began); took > 10*time.Second {
			t.Errorf("took %v", took)
		}
	})
}
