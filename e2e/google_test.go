package e2e

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/clock"
	"fixly/demo"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/google/fakegoogle"
	"fixly/telephony/fakephone"
)

// cloud is a Google with an account for each of the team.
type cloud struct {
	*fakegoogle.Google
	s *shop
}

// email is somebody's address at Google.
func email(technician string) string {
	return strings.ToLower(strings.Fields(technician)[0]) + "@example.com"
}

// withGoogle opens the shop beside a Google whose calendars are those of the team.
func withGoogle(t testing.TB, database string, team []string, options ...option) (*shop, *cloud) {
	t.Helper()
	g := fakegoogle.New(fakegoogle.Options{Clock: clock.StartingAt(monday)})
	address := g.Start(t)
	for _, technician := range team {
		g.AddAccount(email(technician), demo.Business().Location())
	}
	there := func(s *shop, _ *fakephone.Options) {
		s.settings = map[string]string{"FIXLY_GOOGLE_API_URL": address, "FIXLY_GOOGLE_OAUTH_URL": address, "FIXLY_CALENDAR_POLL": "2s"}
	}
	s := open(t, database, append(options, there)...)
	return s, &cloud{g, s}
}

// connects signs in to Google as a technician does who was sent there from the page, and comes back.
func (c *cloud) connects(technician string) {
	c.s.t.Helper()
	c.SignInAs(email(technician))
	jar, err := cookiejar.New(nil)
	if err != nil {
		c.s.t.Fatal(err)
	}
	client := http.Client{Jar: jar, Timeout: patience}
	resp, err := client.Get(c.s.url + "/calendars/google/connect?technician=" + url.QueryEscape(technician))
	if err != nil {
		c.s.t.Fatal(err)
	}
	_ = resp.Body.Close()
	if resp.StatusCode != http.StatusOK || resp.Request.URL.Path != "/calendars" {
		c.s.t.Fatalf("connecting %s ends at %s with %s", technician, resp.Request.URL, resp.Status)
	}
}

// hand is a technician's own, in the calendar.
func (c *cloud) hand(technician string) *fakegoogle.Hand { return c.Hand(email(technician)) }

// events are the events of a job in a technician's calendar.
func (c *cloud) events(technician, job string) (ids []string) {
	for _, e := range c.hand(technician).Events() {
		if jobOf(e) == job {
			ids = append(ids, e["id"].(string))
		}
	}
	return ids
}

// jobOf is the job that an event was written for.
func jobOf(event map[string]any) string {
	extended, _ := event["extendedProperties"].(map[string]any)
	private, _ := extended["private"].(map[string]any)
	id, _ := private["fixlyJob"].(string)
	return id
}

// spanOf is when an event is.
func spanOf(t testing.TB, event map[string]any) (from, to time.Time) {
	t.Helper()
	read := func(name string) time.Time {
		m, _ := event[name].(map[string]any)
		s, _ := m["dateTime"].(string)
		at, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatalf("%s of %v: %v", name, event, err)
		}
		return at
	}
	return read("start"), read("end")
}

// isOpen says whether a technician can be booked for a leak at a time.
func (s *shop) isOpen(technician string, at time.Time) bool {
	for _, o := range s.openings("Furnace repair", at) {
		if o.Technician == technician && o.StartsAt.Equal(at) {
			return true
		}
	}
	return false
}

const mike = "Mike Rossi"

// A furnace is Mike's alone, so a busy Mike leaves nothing open.
func TestGoogleCalendar(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s, g := withGoogle(t, database, []string{mike})
		wednesday := time.Date(2026, 11, 25, 9, 0, 0, 0, monday.Location())
		dentist := g.hand(mike).Add(t, calendartest.Appointment{Title: "Dentist", Start: wednesday, End: wednesday.Add(time.Hour)})
		g.connects(mike)

		s.await("a busy time is not offered", patience, func() bool { return !s.isOpen(mike, wednesday) })
		if status := s.books("Furnace repair", opening{StartsAt: wednesday, Technician: mike}, "Karen Whitfield", karen); status != http.StatusConflict {
			t.Errorf("booking a busy time is answered %d", status)
		}

		// A change made by hand is in the next offer within two seconds, since Google tells of it.
		changed := time.Now()
		g.hand(mike).Change(t, dentist, func(a *calendartest.Appointment) { a.Start, a.End = a.Start.Add(3*time.Hour), a.End.Add(3*time.Hour) })
		s.await("a moved appointment leaves its time", 2*time.Second, func() bool { return s.isOpen(mike, wednesday) })
		t.Logf("honoured after %s", time.Since(changed).Round(time.Millisecond))

		if status := s.books("Furnace repair", opening{StartsAt: wednesday, Technician: mike}, "Karen Whitfield", karen); status != http.StatusCreated {
			t.Fatalf("booking a free time is answered %d", status)
		}
		j := s.onlyJob()
		s.await("the job is in the calendar", patience, func() bool { return len(g.events(mike, j.ID)) == 1 })
		s.await("the server knows that it is", patience, func() bool { return s.count("job_events WHERE claimed_until = 0 AND etag <> ''") == 1 })

		// Moved by hand: the job follows, and the customer is asked.
		event := g.events(mike, j.ID)[0]
		g.hand(mike).Change(t, event, func(a *calendartest.Appointment) { a.Start, a.End = a.Start.Add(24*time.Hour), a.End.Add(24*time.Hour) })
		s.await("the job follows its event", patience, func() bool { return s.onlyJob().StartsAt.Equal(wednesday.AddDate(0, 0, 1)) })
		s.await("the customer is asked", patience, func() bool { return len(s.Texts(karen)) == 2 })
		if body := s.Texts(karen)[1].Body; !strings.Contains(body, "11/26") || !strings.Contains(body, "YES") {
			t.Errorf("the customer reads %q", body)
		}

		// Deleted by hand: the job is off, and so it stays.
		g.hand(mike).Delete(t, event)
		s.await("the job is cancelled", patience, func() bool { return len(s.jobs()) == 0 })
		s.await("the customer is told", patience, func() bool { return len(s.Texts(karen)) == 3 })
		s.calmsDown()
		if n := len(g.events(mike, j.ID)); n != 0 {
			t.Errorf("%d events of a cancelled job", n)
		}
	})
}

// The process is killed when a job is committed and not yet in the calendar; and in the middle of reading a long one.
// After a restart everything is there once.
func TestKilledBeforeTheCalendarKnew(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s, g := withGoogle(t, database, []string{mike}, onABadDay)
		g.connects(mike)
		s.calmsDown()
		at := time.Date(2026, 11, 25, 9, 0, 0, 0, monday.Location())

		g.Break(calendartest.Hung)
		if status := s.books("Furnace repair", opening{StartsAt: at, Technician: mike}, "Karen Whitfield", karen); status != http.StatusCreated {
			t.Fatalf("a booking while Google hangs is answered %d", status)
		}
		s.kill()
		g.Mend()
		s.restart(0)
		j := s.onlyJob()
		s.await("the job is in the calendar", time.Minute, func() bool { return len(g.events(mike, j.ID)) == 1 })

		// The write is done and its answer lost with the process.
		g.DropReply()
		if status := s.books("Furnace repair", opening{StartsAt: at.AddDate(0, 0, 5), Technician: mike}, "Owen Pratt", owen); status != http.StatusCreated {
			t.Fatalf("a booking is answered %d", status)
		}
		jobs := s.jobs()
		second := jobs[len(jobs)-1]
		s.await("the second job is in the calendar", time.Minute, func() bool { return len(g.events(mike, second.ID)) == 1 })
		s.kill()

		// While it is away, the calendar fills; it is killed again while it reads that.
		day := time.Date(2026, 12, 1, 8, 0, 0, 0, monday.Location())
		for i := range 300 {
			from := day.AddDate(0, 0, i%10).Add(time.Duration(i%9) * time.Hour)
			g.hand(mike).Add(t, calendartest.Appointment{Title: fmt.Sprint("Busy ", i), Start: from, End: from.Add(time.Hour)})
		}
		g.Pages(10)
		g.Inject(fakegoogle.Faults{Slow: 1, SlowBy: 100 * time.Millisecond})
		asked := g.Answered()
		s.restart(time.Minute)
		s.await("it is in the middle of reading", time.Minute, func() bool { return g.Answered() > asked+3 })
		s.kill()
		g.Inject(fakegoogle.Faults{})
		s.restart(0)
		s.await("what filled up meanwhile is not offered", time.Minute, func() bool { return len(s.openings("Furnace repair", day)) == 0 })
		for _, j := range s.jobs() {
			if n := len(g.events(mike, j.ID)); n != 1 {
				t.Errorf("job %s is in the calendar %d times", j.ID, n)
			}
		}
	})
}
