package e2e

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/google/fakegoogle"
	"fixly/store/storetest"
	"fixly/telephony/fakephone"
)

// How many book at once, by the way that they come.
const (
	byPhone = 120
	byText  = 100
	byPage  = 40
	byAPI   = 240
)

// team are the technicians of the busy shop; all of them mend leaks.
var team = []string{mike, "Luis Ortega", "Ana Flores", "Sam Reed"}

// TestFiveHundredBookers lets five hundred people book at once, by phone, by text, on the page and through the API, while the team
// puts, moves and deletes appointments and visits in four Google calendars that fail in every way. Nobody is booked twice
// at a time, and once all is well every visit is in the calendar, once.
func TestFiveHundredBookers(t *testing.T) {
	storetest.Each(t, func(t *testing.T, database string) { // one after the other: each takes the whole machine
		seed := uint64(time.Now().UnixNano())
		t.Logf("seed %d", seed)
		s, g := withGoogle(t, database, team, onABadDay, func(_ *shop, o *fakephone.Options) { o.Patience = 4 * time.Minute })
		s.editBusiness(t, func(b map[string]any) {
			b["scheduling"].(map[string]any)["horizon"] = "30d"
			// Everybody who talks with us holds three times; so that all who do at once find some, visits are short.
			b["scheduling"].(map[string]any)["travel_buffer"] = "0s"
			for _, service := range b["services"].([]any) {
				service.(map[string]any)["duration"] = "30m"
			}
			members := b["team"].([]any)
			for _, name := range team[2:] {
				members = append(members, map[string]any{"name": name, "skills": []string{"plumbing"}})
			}
			b["team"] = members
		})
		for _, technician := range team {
			g.connects(technician)
		}
		s.calmsDown()
		g.Inject(fakegoogle.Faults{
			Seed: seed, Down: 0.04, Throttled: 0.02, Quota: 0.02, Lost: 0.05, Cut: 0.02, Slow: 0.05, SlowBy: 300 * time.Millisecond, Expired: 0.02,
		})

		stop := make(chan struct{})
		var owners, all sync.WaitGroup
		for i, technician := range team {
			owners.Go(func() { g.edits(technician, rand.New(rand.NewPCG(seed, uint64(i))), stop) })
		}
		for n := range byAPI {
			all.Go(func() { s.booksSomething(rand.New(rand.NewPCG(seed, uint64(1000+n))), n) })
		}
		var onThePage atomic.Int32
		for n := range byPage {
			all.Go(func() {
				if s.booksOnThePage(rand.New(rand.NewPCG(seed, uint64(5000+n))), n) {
					onThePage.Add(1)
				}
			})
		}
		for n := range byText {
			all.Go(func() { s.textsForALeak(caller(2000 + n)) })
		}
		told := make([]string, byPhone)
		var shown atomic.Int32
		for n := range byPhone {
			all.Go(func() {
				c := s.Call(caller(3000 + n))
				c.Hears("How can I help")
				if told[n] = wantsTomorrow(c, n); told[n] != "booked" && shown.Add(1) <= 2 {
					t.Logf("caller %d: %s", n, c.Transcript())
				}
				c.HangsUp()
			})
		}
		all.Wait()
		close(stop)
		owners.Wait()
		if t.Failed() {
			return
		}

		// All is well again.
		g.Inject(fakegoogle.Faults{})
		g.agrees()
		counts := map[string]int{}
		for _, outcome := range told {
			counts[outcome]++
		}
		t.Logf("callers: %v; on the page: %d of %d; visits that are on: %d", counts, onThePage.Load(), byPage, len(s.jobs()))
		// How many are served in each way is the machine's affair: one that is too small for so many at once puts callers
		// through, takes messages, and lets pages and texts wait. That many are is not.
		if booked := len(s.jobs()); booked < (byPhone+byText+byPage+byAPI)/5 {
			t.Errorf("of %d who wanted a visit only %d have one", byPhone+byText+byPage+byAPI, booked)
		}
	})
}

// booksSomething books one of the open times of a day through the API, and looks again when it is taken.
func (s *shop) booksSomething(r *rand.Rand, n int) {
	for range 4 {
		open := s.openings("Leak repair", monday.AddDate(0, 0, 1+r.IntN(28)))
		if len(open) == 0 {
			continue
		}
		o := open[r.IntN(len(open))]
		switch status := s.books("Leak repair", o, fmt.Sprint("Customer ", n), caller(4000+n)); status {
		case http.StatusCreated:
			return
		case http.StatusConflict, http.StatusServiceUnavailable:
		default:
			s.t.Errorf("booking is answered %d", status)
			return
		}
	}
}

var startIn = regexp.MustCompile(`value="(2026-1[12]-[0-9:TZ-]+)"`)

// booksOnThePage books on the page, as somebody at an address of their own, and says whether it came to that: others may
// take the time meanwhile.
func (s *shop) booksOnThePage(r *rand.Rand, n int) bool {
	from := &net.Dialer{LocalAddr: &net.TCPAddr{IP: net.IPv4(127, 0, 1, byte(1+n))}}
	page := &reader{s: s, client: &http.Client{Transport: &http.Transport{DialContext: from.DialContext}}}
	defer page.client.CloseIdleConnections()
	phone := caller(5000 + n)
	for range 4 {
		day := monday.AddDate(0, 0, 1+r.IntN(28))
		page.open("/book/mikes-plumbing/times?service=Leak+repair&day=" + day.Format(time.DateOnly))
		times := startIn.FindAllStringSubmatch(page.page, -1)
		if len(times) == 0 {
			continue
		}
		page.send("start", times[r.IntN(len(times))][1])
		if !strings.Contains(page.page, "Where do we come to?") {
			continue
		}
		shown := s.now()
		until(patience, func() bool { return s.now().Sub(shown) > 3*time.Second })
		page.send("problem", "a pipe drips", "name", "Karen Whitfield", "phone", phone, "street", "1842 North Damen Avenue", "zip", "60647")
		if !strings.Contains(page.page, `name="code"`) {
			continue
		}
		code := ""
		until(2*time.Minute, func() bool {
			for _, x := range s.Texts(phone) {
				if m := codeIn.FindStringSubmatch(x.Body); m != nil {
					code = m[1]
				}
			}
			return code != ""
		})
		page.send("code", code)
		if strings.Contains(page.page, "You're booked") {
			return true
		}
	}
	return false
}

// textsForALeak books by text.
func (s *shop) textsForALeak(from string) {
	reply := s.Text(from, "hi a pipe is dripping in my laundry room, any chance next week?").Receives("")
	for range 12 {
		said := strings.ToLower(reply)
		switch {
		case strings.Contains(said, "booked"):
			return
		case strings.Contains(said, "right?"), strings.Contains(said, "correct"):
			reply = s.Text(from, "yes").Receives("")
		case strings.Contains(said, "name"):
			reply = s.Text(from, "Owen Pratt").Receives("")
		case strings.Contains(said, "address"):
			reply = s.Text(from, "1412 N Wood St 60622").Receives("")
		default:
			reply = s.Text(from, "the first one works").Receives("")
		}
	}
	var said []string
	for _, x := range s.Texts(from) {
		said = append(said, x.Body)
	}
	s.t.Logf("%s is not booked after a dozen texts:\n  %s", from, strings.Join(said, "\n  "))
}

// edits is what a technician does in the calendar until stopped: appointments come, go and move, and now and then a visit
// is moved or deleted.
func (c *cloud) edits(technician string, r *rand.Rand, stop <-chan struct{}) {
	hand := c.hand(technician)
	var own []string
	pace := time.NewTicker(500 * time.Millisecond)
	defer pace.Stop()
	at := func() time.Time {
		return time.Date(2026, 11, 24+r.IntN(28), 8+r.IntN(9), 30*r.IntN(2), 0, 0, monday.Location())
	}
	for {
		select {
		case <-stop:
			return
		case <-pace.C:
		}
		from := at()
		switch n := r.IntN(10); {
		case len(own) == 0 || n < 5 && len(own) < 25:
			own = append(own, hand.Add(c.s.t, calendartest.Appointment{Title: "Errand", Start: from, End: from.Add(time.Hour)}))
		case n < 7:
			hand.Change(c.s.t, own[r.IntN(len(own))], func(a *calendartest.Appointment) { a.Start, a.End = from, from.Add(time.Hour) })
		case n < 8:
			i := r.IntN(len(own))
			hand.Delete(c.s.t, own[i])
			own = slices.Delete(own, i, i+1)
		default:
			if visits := c.visits(technician); len(visits) > 0 {
				c.touches(hand, visits[r.IntN(len(visits))], from, n == 9 && r.IntN(4) == 0)
			}
		}
	}
}

// gone stands for a test where a hand may find that an event is there no more.
type gone struct{ testing.TB }

func (gone) Helper()                 {}
func (g gone) Fatalf(string, ...any) { panic(g) }

// touches moves or deletes a visit in the calendar, if it is still there: the server may have erased it this moment.
func (c *cloud) touches(hand *fakegoogle.Hand, id string, to time.Time, remove bool) {
	t := gone{c.s.t}
	defer func() {
		if p := recover(); p != nil && p != any(t) {
			panic(p)
		}
	}()
	if remove {
		hand.Delete(t, id)
		return
	}
	hand.Change(t, id, func(a *calendartest.Appointment) { a.Start, a.End = to, to.Add(30*time.Minute) })
}

// visits are the ids of the events of jobs in a technician's calendar.
func (c *cloud) visits(technician string) (ids []string) {
	for _, e := range c.hand(technician).Events() {
		if jobOf(e) != "" {
			ids = append(ids, e["id"].(string))
		}
	}
	return ids
}

// agrees waits until calendars and jobs agree, and says what is wrong where they don't come to it.
func (c *cloud) agrees() {
	c.s.t.Helper()
	var wrong []string
	if !until(2*time.Minute, func() bool { wrong = c.wrongs(); return len(wrong) == 0 }) {
		c.s.t.Errorf("calendars and jobs do not come to agree:\n  %s", strings.Join(wrong[:min(len(wrong), 20)], "\n  "))
	}
}

// wrongs compares the calendars with the jobs.
func (c *cloud) wrongs() (wrong []string) {
	jobs := map[string]job{}
	byTechnician := map[string][]job{}
	for _, j := range c.s.jobs() {
		jobs[j.ID] = j
		for _, o := range byTechnician[j.Technician] {
			if o.StartsAt.Before(j.EndsAt) && j.StartsAt.Before(o.EndsAt) {
				wrong = append(wrong, fmt.Sprintf("%s has two visits at %s", j.Technician, j.StartsAt))
			}
		}
		byTechnician[j.Technician] = append(byTechnician[j.Technician], j)
	}
	unsettled := c.s.troubled()
	seen := map[string]int{}
	for _, technician := range team {
		var own [][2]time.Time
		for _, e := range c.hand(technician).Events() {
			from, to := spanOf(c.s.t, e)
			id := jobOf(e)
			if id == "" {
				own = append(own, [2]time.Time{from, to})
				continue
			}
			seen[id]++
			switch j, on := jobs[id]; {
			case !on:
				wrong = append(wrong, fmt.Sprintf("job %s is off and in the calendar", id))
			case j.Technician != technician:
				wrong = append(wrong, fmt.Sprintf("job %s of %s is in the calendar of %s", id, j.Technician, technician))
			case (!j.StartsAt.Equal(from) || !j.EndsAt.Equal(to)) && !unsettled[id]:
				wrong = append(wrong, fmt.Sprintf("job %s is at %s, its event at %s", id, j.StartsAt, from))
			}
		}
		for _, j := range byTechnician[technician] {
			for _, o := range own {
				if o[0].Before(j.EndsAt) && j.StartsAt.Before(o[1]) && !unsettled[j.ID] {
					wrong = append(wrong, fmt.Sprintf("%s has an appointment over job %s that nobody was told of", technician, j.ID))
				}
			}
		}
	}
	for _, id := range slices.Sorted(maps.Keys(jobs)) {
		if seen[id] != 1 && !unsettled[id] {
			wrong = append(wrong, fmt.Sprintf("job %s is in the calendar %d times", id, seen[id]))
		}
	}
	return wrong
}

// troubled are the jobs about which something is left to be settled by the owner.
func (s *shop) troubled() map[string]bool {
	s.t.Helper()
	db := s.connect()
	defer func() { _ = db.Close() }()
	found, err := db.QueryContext(s.t.Context(), "SELECT job_id FROM calendar_troubles WHERE settled_at = 0")
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	out := map[string]bool{}
	for found.Next() {
		var id string
		if err := found.Scan(&id); err != nil {
			s.t.Fatal(err)
		}
		out[id] = true
	}
	if err := found.Err(); err != nil {
		s.t.Fatal(err)
	}
	return out
}
