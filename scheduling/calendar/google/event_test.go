package google

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/rs/xid"
	"pgregory.net/rapid"

	"fixly/scheduling/calendar"
)

func zone(t testing.TB) *time.Location {
	t.Helper()
	z, err := time.LoadLocation("America/Chicago")
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func TestReadEvent(t *testing.T) {
	chicago := zone(t)
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2027, month, day, hour, minute, 0, 0, chicago)
	}
	const tenToEleven = `"start":{"dateTime":"2027-03-09T10:00:00-06:00"},"end":{"dateTime":"2027-03-09T11:00:00-06:00"}`
	for _, c := range []struct {
		name, json string
		want       calendar.Event
		unreadable bool
	}{
		{name: "a plain one", json: `{"id":"a","etag":"\"1\"","status":"confirmed","summary":"Dentist",` + tenToEleven + `}`, want: calendar.Event{ID: "a", ETag: `"1"`, Title: "Dentist", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "of a job", json: `{"id":"a","status":"tentative","extendedProperties":{"private":{"fixlyJob":"job_1","fixlyPart":"2"}},` + tenToEleven + `}`, want: calendar.Event{ID: "a", Job: "job_1", Part: 2, Tentative: true, Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "of a job that people made repeat", json: `{"id":"a_1","recurringEventId":"a","extendedProperties":{"private":{"fixlyJob":"job_1"}},` + tenToEleven + `}`, want: calendar.Event{ID: "a_1", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "deleted", json: `{"id":"a","status":"cancelled"}`, want: calendar.Event{ID: "a", Gone: true}},
		{name: "deleted, with what it was", json: `{"id":"a","etag":"\"2\"","status":"cancelled","summary":"Dentist","extendedProperties":{"private":{"fixlyJob":"job_1"}},` + tenToEleven + `}`, want: calendar.Event{ID: "a", ETag: `"2"`, Job: "job_1", Gone: true}},
		{name: "a day", json: `{"id":"a","start":{"date":"2027-03-14"},"end":{"date":"2027-03-15"}}`, want: calendar.Event{ID: "a", AllDay: true, Start: at(3, 14, 0, 0), End: at(3, 15, 0, 0)}},
		{name: "in a zone by name", json: `{"id":"a","start":{"dateTime":"2027-03-09T10:00:00","timeZone":"America/New_York"},"end":{"dateTime":"2027-03-09T11:00:00","timeZone":"America/New_York"}}`, want: calendar.Event{ID: "a", Start: at(3, 9, 9, 0), End: at(3, 9, 10, 0)}},
		{name: "without any zone", json: `{"id":"a","start":{"dateTime":"2027-03-09T10:00:00"},"end":{"dateTime":"2027-03-09T11:00:00"}}`, want: calendar.Event{ID: "a", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "with fractions", json: `{"id":"a","start":{"dateTime":"2027-03-09T16:00:00.000Z"},"end":{"dateTime":"2027-03-09T17:00:00.000Z"}}`, want: calendar.Event{ID: "a", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "free", json: `{"id":"a","transparency":"transparent",` + tenToEleven + `}`, want: calendar.Event{ID: "a", Free: true, Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "where one works", json: `{"id":"a","eventType":"workingLocation",` + tenToEleven + `}`, want: calendar.Event{ID: "a", Free: true, Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "a birthday", json: `{"id":"a","eventType":"birthday","start":{"date":"2027-03-14"},"end":{"date":"2027-03-15"}}`, want: calendar.Event{ID: "a", AllDay: true, Free: true, Start: at(3, 14, 0, 0), End: at(3, 15, 0, 0)}},
		{name: "out of office", json: `{"id":"a","eventType":"outOfOffice",` + tenToEleven + `}`, want: calendar.Event{ID: "a", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "focus time", json: `{"id":"a","eventType":"focusTime",` + tenToEleven + `}`, want: calendar.Event{ID: "a", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "declined", json: `{"id":"a","attendees":[{"self":true,"responseStatus":"declined"}],` + tenToEleven + `}`, want: calendar.Event{ID: "a", Free: true, Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "declined by others", json: `{"id":"a","attendees":[{"responseStatus":"declined"},{"self":true,"responseStatus":"tentative"}],` + tenToEleven + `}`, want: calendar.Event{ID: "a", Start: at(3, 9, 10, 0), End: at(3, 9, 11, 0)}},
		{name: "a moment", json: `{"id":"a","start":{"dateTime":"2027-03-09T10:00:00-06:00"},"end":{"dateTime":"2027-03-09T10:00:00-06:00"}}`, want: calendar.Event{ID: "a", Free: true, Start: at(3, 9, 10, 0), End: at(3, 9, 10, 1)}},
		{name: "no times", json: `{"id":"a"}`, unreadable: true},
		{name: "no end", json: `{"id":"a","start":{"date":"2027-03-14"}}`, unreadable: true},
		{name: "no such day", json: `{"id":"a","start":{"date":"2027-02-30"},"end":{"date":"2027-03-15"}}`, unreadable: true},
		{name: "a year that cannot be kept", json: `{"id":"a","start":{"date":"0001-01-01"},"end":{"date":"2027-03-15"}}`, unreadable: true},
	} {
		t.Run(c.name, func(t *testing.T) {
			var g event
			if err := json.Unmarshal([]byte(c.json), &g); err != nil {
				t.Fatal(err)
			}
			got, ok := g.read(chicago)
			if ok == c.unreadable {
				t.Fatalf("read = %+v, %v", got, ok)
			}
			if ok && !equal(got, c.want) {
				t.Errorf("read\n%+v, want\n%+v", got, c.want)
			}
		})
	}
}

func equal(a, b calendar.Event) bool {
	if !a.Start.Equal(b.Start) || !a.End.Equal(b.End) {
		return false
	}
	a.Start, a.End, b.Start, b.End = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return a == b
}

// TestWrittenIsRead: what is written is read back as it was, whichever way it is written.
func TestWrittenIsRead(t *testing.T) {
	chicago := zone(t)
	rapid.Check(t, func(t *rapid.T) {
		start := time.Unix(rapid.Int64Range(0, 4e9).Draw(t, "start"), 0)
		want := calendar.Event{
			Job: "job_" + rapid.StringMatching(`[0-9a-v]{1,24}`).Draw(t, "job"), Part: rapid.IntRange(0, 40).Draw(t, "part"),
			Title: rapid.String().Draw(t, "title"), Place: rapid.String().Draw(t, "place"), Notes: rapid.String().Draw(t, "notes"),
			Start: start, End: start.Add(time.Duration(rapid.Int64Range(1, 1e6).Draw(t, "seconds")) * time.Second),
			Tentative: rapid.Bool().Draw(t, "tentative"), AllDay: rapid.Bool().Draw(t, "allDay"),
		}
		if want.AllDay {
			y, m, d := start.In(chicago).Date()
			want.Start = time.Date(y, m, d, 0, 0, 0, 0, chicago)
			want.End = time.Date(y, m, d+rapid.IntRange(1, 30).Draw(t, "days"), 0, 0, 0, 0, chicago)
		}
		for _, w := range []writing{fresh(&want, chicago), again(&want, chicago)} {
			b, err := json.Marshal(w)
			if err != nil {
				t.Fatal(err)
			}
			var g event
			if err := json.Unmarshal(b, &g); err != nil {
				t.Fatalf("%v: %s", err, b)
			}
			if got, ok := g.read(chicago); !ok || !equal(got, want) {
				t.Fatalf("wrote\n%+v, read\n%+v (%v) from\n%s", want, got, ok, b)
			}
		}
	})
}

// TestEventIDs: ids have the letters that Google allows, and no two visits share one.
func TestEventIDs(t *testing.T) {
	if got := eventID(&calendar.Event{Job: "job_d4k8v0s3c1qg00b1m2n0", Part: 1}); got != "jobd4k8v0s3c1qg00b1m2n0p1" {
		t.Errorf("id %s", got)
	}
	seen := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		e := calendar.Event{
			Job: rapid.OneOf(
				rapid.Map(rapid.Int64(), func(int64) string { return "job_" + xid.New().String() }),
				rapid.StringMatching(`job_[0-9a-v]{18,22}`), rapid.String(), rapid.StringMatching(`[a-v]{1,2}[0-9]{0,2}`),
			).Draw(t, "job"),
			Part: rapid.IntRange(0, 120).Draw(t, "part"),
		}
		id := eventID(&e)
		if len(id) < 5 || len(id) > 1024 || strings.Trim(id, legal) != "" {
			t.Fatalf("id %q of %q", id, e.Job)
		}
		visit := fmt.Sprintf("%q %d", e.Job, e.Part)
		if other, ok := seen[id]; ok && other != visit {
			t.Fatalf("%s and %s share the id %s", visit, other, id)
		}
		seen[id] = visit
	})
}

// FuzzEvent: whatever comes from Google's address, what is read of it is an event, or nothing is.
func FuzzEvent(f *testing.F) {
	f.Add(`{"id":"a","status":"confirmed","start":{"dateTime":"2027-03-09T10:00:00-06:00"},"end":{"date":"2027-03-09"}}`)
	f.Add(`{"id":"a","start":{"dateTime":"2027-03-09T10:00:00","timeZone":"../../etc/passwd"},"end":{"dateTime":"9999-12-31T23:59:59+23:59"}}`)
	f.Add(`{"attendees":[null,{"self":true}],"extendedProperties":{"private":{"fixlyJob":"j","fixlyPart":"-1"}}}`)
	chicago := zone(f)
	f.Fuzz(func(t *testing.T, s string) {
		var g event
		if json.Unmarshal([]byte(s), &g) != nil {
			return
		}
		e, ok := g.read(chicago)
		if ok && !e.Gone && !e.Start.Before(e.End) {
			t.Errorf("%s was read as %+v", s, e)
		}
		if e.Part < 0 {
			t.Errorf("%s has part %d", s, e.Part)
		}
	})
}

// FuzzRefusal: whatever a server says no with, no word of it but Google's own gets into the error.
func FuzzRefusal(f *testing.F) {
	f.Add(`{"error":{"errors":[{"reason":"ann@example.com is not yours"}]}}`)
	f.Add(`{"error":"invalid_grant"}`)
	f.Fuzz(func(t *testing.T, s string) {
		for _, r := range readReasons(strings.NewReader(s)) {
			if w := word(r); strings.ContainsAny(w, " @/:-0123456789\n") || len(w) > 60 {
				t.Errorf("%q is shown as %q", r, w)
			}
			classify(403, []string{r})
		}
	})
}
