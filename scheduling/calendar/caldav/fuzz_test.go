package caldav_test

import (
	"errors"
	"testing"
	"time"

	"fixly/clock"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/caldav"
)

// FuzzAnswers: whatever a server answers, and whatever cursor comes back, nothing panics, and each failure says what
// kind it is.
func FuzzAnswers(f *testing.F) {
	const at = "https://cloud.example.com/remote.php/dav/calendars/mike/personal/"
	f.Add(nextcloud().answers["PROPFIND "+at], "207\n<multistatus xmlns='DAV:'><response><href>"+at+"a.ics</href><status>HTTP/1.1 404 x</status></response><sync-token>2</sync-token></multistatus>", `{"token":"1","series":{"a.ics":["20270309T160000Z"]}}`)
	f.Add("207\n<multistatus xmlns='DAV:'></multistatus>", "207\n<multistatus xmlns='DAV:'><response><href>a%zz</href><propstat><prop><getetag>1</getetag><calendar-data xmlns='urn:ietf:params:xml:ns:caldav'>"+
		ics("BEGIN:VEVENT\nUID:a\nDTSTART:20270309T160000Z\nRRULE:FREQ=DAILY\nEND:VEVENT\n")+"</calendar-data></prop></propstat></response></multistatus>", `{"tag":"1","etags":{"a.ics":"2"}}`)
	f.Add("301|Location: ::", "503|Retry-After: x", "{")
	f.Fuzz(func(t *testing.T, propfind, report, cursor string) {
		w := nextcloud()
		p := caldav.New(caldav.Options{Clock: clock.NewManual(now), Transport: w})
		credentials, _, err := p.Connect(t.Context(), map[string]string{"server": "cloud.example.com", "user": "mike", "password": password})
		if err != nil {
			t.Fatal(err)
		}
		c, err := p.Open(calendar.Account{Credentials: credentials}, nil)
		if err != nil {
			t.Fatal(err)
		}
		w.answers["PROPFIND "+at], w.answers["REPORT "+at] = propfind, report
		w.answers["PUT "+at+"fixly-job_1-0.ics"], w.answers["PUT "+at+"a.ics"] = report, propfind
		e := calendar.Event{ID: "a.ics", Job: "job_1", Start: now, End: now.Add(time.Hour)}
		window := calendar.Window{From: now, To: now.AddDate(0, 1, 0)}
		ask := map[string]func() error{
			"Changes":       func() error { _, err := c.Changes(t.Context(), at, "", window); return err },
			"Changes since": func() error { _, err := c.Changes(t.Context(), at, cursor, window); return err },
			"Event":         func() error { _, err := c.Event(t.Context(), at, cursor); return err },
			"Insert":        func() error { _, _, err := c.Insert(t.Context(), at, e); return err },
			"Update":        func() error { _, err := c.Update(t.Context(), at, e); return err },
			"Delete":        func() error { return c.Delete(t.Context(), at, cursor, propfind) },
		}
		for what, f := range ask {
			var known *calendar.Error
			if err := f(); err != nil && !errors.As(err, &known) {
				t.Errorf("%s: %v", what, err)
			}
		}
	})
}
