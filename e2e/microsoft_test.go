package e2e

import (
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"testing"
	"time"

	"fixly/clock"
	"fixly/demo"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/graph/fakegraph"
	"fixly/telephony/fakephone"
)

// TestMicrosoftCalendar connects Mike's calendar at Microsoft, where a furnace is Mike's alone: a busy time is not
// offered, a job is there once, and what is done to it by hand is followed.
func TestMicrosoftCalendar(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		g := fakegraph.New(fakegraph.Options{Clock: clock.StartingAt(monday)})
		address := g.Start(t)
		hand := g.Hand(g.AddAccount(email(mike), "Central Standard Time", demo.Business().Location()))
		s := open(t, database, func(s *shop, _ *fakephone.Options) {
			s.settings = map[string]string{"FIXLY_MICROSOFT_API_URL": address, "FIXLY_MICROSOFT_LOGIN_URL": address, "FIXLY_CALENDAR_POLL": "1s"}
		})
		wednesday := time.Date(2026, 11, 25, 9, 0, 0, 0, monday.Location())
		dentist := hand.Add(t, calendartest.Appointment{Title: "Dentist", Start: wednesday, End: wednesday.Add(time.Hour)})

		jar, err := cookiejar.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		client := http.Client{Jar: jar, Timeout: patience}
		resp, err := client.Get(s.url + "/calendars/microsoft/connect?technician=" + url.QueryEscape(mike))
		if err != nil {
			t.Fatal(err)
		}
		_ = resp.Body.Close()
		if resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/calendars" {
			t.Fatalf("connecting ends at %s with %s", resp.Request.URL, resp.Status)
		}

		s.await("a busy time is not offered", patience, func() bool { return !s.isOpen(mike, wednesday) })
		if status := s.books("Furnace repair", opening{StartsAt: wednesday, Technician: mike}, "Karen Whitfield", karen); status != http.StatusConflict {
			t.Errorf("booking a busy time is answered %d", status)
		}
		hand.Delete(t, dentist)
		s.await("an appointment that was deleted leaves its time", patience, func() bool { return s.isOpen(mike, wednesday) })
		if status := s.books("Furnace repair", opening{StartsAt: wednesday, Technician: mike}, "Karen Whitfield", karen); status != http.StatusCreated {
			t.Fatalf("booking a free time is answered %d", status)
		}
		job := s.onlyJob().ID
		s.await("the job is in the calendar", patience, func() bool { return len(hand.Written("fixly/"+job+"/")) == 1 })
		s.await("the server knows that it is", patience, func() bool { return s.count("job_events WHERE claimed_until = 0 AND etag <> ''") == 1 })

		event := hand.Written("fixly/" + job + "/")[0]
		hand.Change(t, event, func(a *calendartest.Appointment) { a.Start, a.End = a.Start.Add(24*time.Hour), a.End.Add(24*time.Hour) })
		s.await("the job follows its event", patience, func() bool { return s.onlyJob().StartsAt.Equal(wednesday.AddDate(0, 0, 1)) })
		if n := len(hand.Written("fixly/")); n != 1 || hand.Count() != 1 {
			t.Errorf("%d events of jobs, %d in all, want the one", n, hand.Count())
		}
	})
}
