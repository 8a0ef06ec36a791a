package graph

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // the zones are looked up, wherever the test runs

	"pgregory.net/rapid"

	"fixly/scheduling/calendar"
)

func TestReadsWhatGraphWrites(t *testing.T) {
	const start, end = `"start":{"dateTime":"2027-03-09T16:00:00.0000000","timeZone":"UTC"}`, `"end":{"dateTime":"2027-03-09T17:30:00.0000000","timeZone":"UTC"}`
	at := time.Date(2027, 3, 9, 16, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		fields string
		want   calendar.Event
		no     bool
	}{
		"busy":              {fields: `"showAs":"busy",` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute)}},
		"away":              {fields: `"showAs":"oof",` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute)}},
		"free":              {fields: `"showAs":"free",` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute), Free: true}},
		"working elsewhere": {fields: `"showAs":"workingElsewhere",` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute), Free: true}},
		"declined":          {fields: `"showAs":"busy","responseStatus":{"response":"declined"},` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute), Free: true}},
		"tentative job":     {fields: `"showAs":"tentative","transactionId":"fixly/job_1/2/0",` + start + `,` + end, want: calendar.Event{Job: "job_1", Part: 2, Start: at, End: at.Add(90 * time.Minute), Tentative: true}},
		"of another app":    {fields: `"transactionId":"7E163156-7762-4BEB-A1C6-729EA81755A7",` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute)}},
		"cancelled":         {fields: `"isCancelled":true,"subject":"Gone","transactionId":"fixly/job_1/0/0",` + start + `,` + end, want: calendar.Event{Job: "job_1", Gone: true}},
		"a moment":          {fields: `"showAs":"busy",` + start + `,"end":{"dateTime":"2027-03-09T16:00:00.0000000","timeZone":"UTC"}`, want: calendar.Event{Start: at, End: at.Add(time.Minute), Free: true}},
		"Windows' zone":     {fields: `"start":{"dateTime":"2027-03-09T10:00:00","timeZone":"Central Standard Time"},` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute)}},
		"no zone":           {fields: `"start":{"dateTime":"2027-03-09T10:00:00","timeZone":"Nowhere"},` + end, no: true},
		"no times":          {fields: `"subject":"x"`, no: true},
		"no sane times":     {fields: `"start":{"dateTime":"0001-01-01T00:00:00","timeZone":"UTC"},` + end, no: true},
		"notes":             {fields: `"body":{"content":"one\r\n\r\nthree\r\n"},` + start + `,` + end, want: calendar.Event{Notes: "one\n\nthree", Start: at, End: at.Add(90 * time.Minute)}},
		"a copied job's occurrence": {
			fields: `"seriesMasterId":"m","transactionId":"fixly/job_1/0/0",` + start + `,` + end, want: calendar.Event{Start: at, End: at.Add(90 * time.Minute)},
		},
	} {
		var g event
		if err := json.Unmarshal([]byte(`{"id":"1","@odata.etag":"W/\"2\"",`+c.fields+`}`), &g); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		got, ok := g.read(nil)
		if ok == c.no {
			t.Errorf("%s: read %v", name, ok)
		}
		if c.no {
			continue
		}
		c.want.ID, c.want.ETag = "1", `W/"2"`
		if !got.Start.Equal(c.want.Start) || !got.End.Equal(c.want.End) {
			t.Errorf("%s: %v to %v, want %v to %v", name, got.Start, got.End, c.want.Start, c.want.End)
		}
		got.Start, got.End, c.want.Start, c.want.End = time.Time{}, time.Time{}, time.Time{}, time.Time{}
		if got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
}

func TestTransactionsNameTheirVisit(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		job := "job_" + rapid.StringMatching(`[a-z0-9]{1,24}`).Draw(rt, "job")
		part, n := rapid.IntRange(0, 99).Draw(rt, "part"), rapid.IntRange(0, 99).Draw(rt, "n")
		id := transaction(job, part, n)
		if got, p, ok := jobOf(id); !ok || got != job || p != part {
			rt.Fatalf("%s: %s %d %v", id, got, p, ok)
		}
	})
}

// FuzzReadEvent: no event makes the program panic, and what is read keeps the promises of the contract.
func FuzzReadEvent(f *testing.F) {
	f.Add(`{"id":"1","showAs":"busy","start":{"dateTime":"2027-03-09T16:00:00","timeZone":"UTC"},"end":{"dateTime":"2027-03-09T17:00:00","timeZone":"UTC"}}`)
	f.Add(`{"id":"1","isAllDay":true,"start":{"dateTime":"2027-03-09T00:00:00","timeZone":"UTC"},"end":{"dateTime":"2027-03-10T00:00:00","timeZone":"UTC"},"originalStartTimeZone":"Central Standard Time"}`)
	f.Add(`{"id":"1","transactionId":"fixly/////","seriesMasterId":null,"@removed":{"reason":"deleted"}}`)
	f.Fuzz(func(t *testing.T, document string) {
		var g event
		if json.Unmarshal([]byte(document), &g) != nil {
			return
		}
		e, ok := g.read(nil)
		if ok && !e.Gone && !e.Start.Before(e.End) {
			t.Errorf("ends at %v, before or as it starts at %v", e.End, e.Start)
		}
		if e.Gone && (e.Title != "" || !e.Start.IsZero()) {
			t.Errorf("gone, with more than it should have: %+v", e)
		}
		if strings.Contains(e.Notes, "\r\n") {
			t.Errorf("notes with the line ends of Windows: %q", e.Notes)
		}
	})
}
