package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/dashboard"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/store"
)

// blocked puts a block into the calendar.
func (s *shop) blocked(title, technician string, day, from, to int) *builtin.Block {
	s.t.Helper()
	var b *builtin.Block
	s.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		b, err = builtin.Add(ctx, tx, s.b, builtin.Block{Technician: technician, Event: calendar.Event{
			Title: title, Start: time.Date(2026, 11, day, from, 0, 0, 0, s.b.Location()), End: time.Date(2026, 11, day, to, 0, 0, 0, s.b.Location()),
		}}, 1)
		return err
	})
	return b
}

// outside puts an appointment into a calendar outside that is connected.
func (s *shop) outside(title, technician string, free, allDay bool, from, to time.Time) {
	s.t.Helper()
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		a := calendar.Account{BusinessID: s.b.ID, Technician: technician, Provider: "memory", State: calendar.Good}
		if err := tx.InsertCalendarAccount(ctx, &a); err != nil {
			return err
		}
		c := calendar.Connected{AccountID: a.ID, BusinessID: s.b.ID, Technician: technician, Provider: "memory", Remote: title, Reads: true}
		if err := tx.InsertCalendar(ctx, &c); err != nil {
			return err
		}
		return tx.SaveCalendarEvent(ctx, &c, &calendar.Event{ID: title, Title: title, Start: from, End: to, Free: free, AllDay: allDay})
	})
}

func (s *shop) at(day, hour, minute int) time.Time {
	return time.Date(2026, 11, day, hour, minute, 0, 0, s.b.Location())
}

// fullCalendar is a morning's work with everything else that a calendar may hold.
func (s *shop) fullCalendar() {
	s.t.Helper()
	s.busyMorning()
	s.blocked("Dentist", "Mike Rossi", 24, 15, 16)
	s.blocked("Van in the shop", "Luis Ortega", 24, 9, 11) // in Karen's way
	s.outside("School concert", "Mike Rossi", false, false, s.at(24, 10, 0), s.at(24, 11, 30))
	s.outside("Maria's birthday", "", true, true, s.at(24, 0, 0), s.at(25, 0, 0))
}

// column is what the part of the page with a label shows.
func column(t *testing.T, body, name string) string {
	t.Helper()
	_, rest, ok := strings.Cut(body, `aria-label="`+name+`"`)
	if !ok {
		t.Fatalf("there is no column %q", name)
	}
	col, _, _ := strings.Cut(rest, "</section>")
	return col
}

func TestTheCalendarShowsTheDay(t *testing.T) {
	s := open(t)
	s.fullCalendar()
	body := s.get("/calendar?day=2026-11-24").body
	mike, luis := column(t, body, "Mike Rossi, Tuesday, November 24"), column(t, body, "Luis Ortega, Tuesday, November 24")
	for _, c := range []struct {
		words      string
		mike, luis bool
	}{
		{"Karen Whitfield", false, true},
		{"Alicia Moreno", true, false},
		{"Dentist", true, false},
		{"School concert", true, false},
		{"Van in the shop", false, true},
		{"birthday", true, true}, // everybody's
		{`class="arrival t1 r8 s8`, false, true},
		{`class="arrival t0 r24 s8`, true, false},
		{"Greta Olsen", false, false}, // of the day after
	} {
		if got := strings.Contains(mike, c.words); got != c.mike {
			t.Errorf("Mike's column has %q: %v", c.words, got)
		}
		if got := strings.Contains(luis, c.words); got != c.luis {
			t.Errorf("Luis's column has %q: %v", c.words, got)
		}
	}
	for _, words := range []string{"An appointment was put where a job is.", "Van in the shop, Tomorrow, 9–11 AM", "Drain cleaning for Karen Whitfield, Tomorrow"} {
		if !strings.Contains(body, words) {
			t.Errorf("the page doesn't say that something is in Karen's way: %q", words)
		}
	}
	if alone := s.get("/calendar?day=2026-11-24&technician=Mike+Rossi").body; strings.Contains(alone, `aria-label="Luis`) {
		t.Error("Luis is shown to who looks at Mike")
	}

	week := s.get("/calendar?day=2026-11-24&view=week").body
	if thursday := column(t, week, "Thursday, November 26"); !strings.Contains(thursday, "Closed") || !strings.Contains(thursday, `class="shut r0 s44"`) {
		t.Errorf("Thanksgiving: %s", thursday)
	}
	if monday := column(t, week, "Monday, November 23"); !strings.Contains(monday, `class="now r12 s1`) {
		t.Errorf("no line of the present moment: %s", monday)
	}
	for _, name := range []string{"Karen Whitfield", "Alicia Moreno", "Greta Olsen", "Dentist"} {
		if !strings.Contains(week, name) {
			t.Errorf("the week doesn't show %s", name)
		}
	}
	if mikes := s.get("/calendar?day=2026-11-24&view=week&technician=Mike+Rossi").body; strings.Contains(column(t, mikes, "Tuesday, November 24"), "Karen") {
		t.Error("Mike's week shows a visit of Luis")
	}
}

// TestTheCalendarTakesAnyAddress: whatever is in an address, there is a page.
func TestTheCalendarTakesAnyAddress(t *testing.T) {
	s := open(t)
	for _, path := range []string{
		"/calendar?day=%00&view=%00&technician=%00", "/calendar?day=9999-12-31&view=week", "/calendar?day=0001-01-01&view=week", "/calendar?day=2026-02-30",
		"/calendar/block?date=%00&from=25:00&to=x&technician=%FF&back=https://evil.example/", "/calendar/off?back=%5C%5Cevil",
	} {
		if resp := s.get(path); resp.status != http.StatusOK || strings.Contains(resp.body, `href="https://evil`) {
			t.Errorf("%s: %d", path, resp.status)
		}
	}
	for _, path := range []string{"/calendar/block/x", "/calendar/block/%00", "/jobs/x"} {
		if resp := s.get(path); resp.status != http.StatusNotFound {
			t.Errorf("%s: %d", path, resp.status)
		}
	}
	for _, path := range []string{"/jobs/x/move", "/jobs/x/cancel", "/calendar/block/x"} {
		if resp := s.form(path, url.Values{"from_date": {"2026-11-24"}, "to_date": {"2026-11-24"}, "all_day": {"yes"}}); resp.status != http.StatusNotFound {
			t.Errorf("posting to %s: %d", path, resp.status)
		}
	}
	back := url.Values{"back": {"https://evil.example/calendar"}, "do": {"remove"}}
	if resp := s.form("/calendar/block/x", back); resp.header.Get("Location") != "/calendar?done=removed" {
		t.Errorf("from the form it goes back to %q", resp.header.Get("Location"))
	}
}

func (s *shop) job(id string) *scheduling.Job {
	s.t.Helper()
	j, err := s.db.Job(s.t.Context(), s.b.ID, id)
	if err != nil {
		s.t.Fatal(err)
	}
	return j
}

// teller counts the changes of jobs that are told, by the job, once they are committed.
type teller struct {
	dashboard.Storage
	told map[string]int
}

func (s *teller) InTx(ctx context.Context, f func(context.Context, dashboard.Tx) error) error {
	var told []string
	err := s.Storage.InTx(ctx, func(ctx context.Context, tx dashboard.Tx) error {
		told = nil
		return f(ctx, tellerTx{tx, &told})
	})
	if err == nil {
		for _, id := range told {
			s.told[id]++
		}
	}
	return err
}

type tellerTx struct {
	dashboard.Tx
	told *[]string
}

func (tx tellerTx) JobChanged(ctx context.Context, j *scheduling.Job, change string, byCall bool) error {
	*tx.told = append(*tx.told, j.ID)
	return tx.Tx.JobChanged(ctx, j, change, byCall)
}

func TestMovingAJob(t *testing.T) {
	told := &teller{told: map[string]int{}}
	s := open(t, func(d *dashboard.Deps) { told.Storage, d.Storage = d.Storage, told })
	s.fullCalendar()
	var karen *scheduling.Job
	for _, j := range s.jobs() {
		if j.Customer.Name == "Karen Whitfield" {
			karen = &j
		}
	}
	move := func(date, clock, technician string, more ...string) answer {
		t.Helper()
		v := url.Values{"date": {date}, "time": {clock}, "technician": {technician}, "back": {"/calendar?day=2026-11-24"}}
		for _, x := range more {
			v.Set(x, "yes")
		}
		return s.form("/jobs/"+karen.ID+"/move", v)
	}
	refused := func(a answer, status int, why string, anyway bool) {
		t.Helper()
		if a.status != status || !strings.Contains(a.body, why) || strings.Contains(a.body, "Move it there anyway") != anyway {
			t.Errorf("%d, wanted %d with %q, anyway %v: %s", a.status, status, why, anyway, regexp.MustCompile(`(?s)role="alert">.*?</p>`).FindString(a.body))
		}
		if !s.job(karen.ID).Slot.Start.Equal(karen.Slot.Start) {
			t.Error("it was moved all the same")
		}
	}
	refused(move("2026-11-29", "09:00", "Luis Ortega"), http.StatusConflict, "You are closed that day.", true)
	refused(move("2026-11-24", "18:00", "Luis Ortega"), http.StatusConflict, "does not fit into your opening hours", true)
	refused(move("2026-11-23", "13:30", "Luis Ortega"), http.StatusConflict, "Somebody is busy then", false)
	refused(move("2026-11-23", "13:30", "Luis Ortega", "anyway"), http.StatusConflict, "Somebody is busy then", false)
	refused(move("2026-11-22", "09:00", "Luis Ortega"), http.StatusConflict, "You are closed that day.", false) // and over
	refused(move("2026-11-22", "09:00", "Luis Ortega", "anyway"), http.StatusConflict, "That time is over.", false)
	refused(move("2026-11-25", "16:00", "Mike Rossi"), http.StatusConflict, "has the skill", false)
	refused(move("soon", "09:00", "Luis Ortega"), http.StatusUnprocessableEntity, "Give a date and a time.", false)
	if !strings.Contains(move("2026-11-29", "09:00", "").body, "Open instead:") {
		t.Error("no times are given instead")
	}
	if n := len(s.troubles()); n != 1 {
		t.Fatalf("%d troubles before it is moved", n)
	}

	if a := move("2026-11-24", "14:15", "Luis Ortega"); a.status != http.StatusSeeOther || a.header.Get("Location") != "/calendar?day=2026-11-24&done=moved" {
		t.Fatalf("moved: %d to %q", a.status, a.header.Get("Location"))
	}
	if j := s.job(karen.ID); !j.Slot.Start.Equal(s.at(24, 14, 15)) || j.Slot.Technician != "Luis Ortega" {
		t.Errorf("moved to %v", j.Slot)
	}
	if n := len(s.troubles()); n != 0 {
		t.Errorf("%d troubles after it was moved", n)
	}
	if n := told.told[karen.ID]; n != 1 {
		t.Errorf("%d changes are told, want 1", n)
	}
	move("2026-11-24", "14:15", "Luis Ortega") // where it is: nobody is told
	if n := told.told[karen.ID]; n != 1 {
		t.Errorf("%d changes are told of one move", n)
	}
	if a := move("2026-11-29", "09:00", "Luis Ortega", "anyway"); a.status != http.StatusSeeOther {
		t.Fatalf("moved anyway: %d", a.status)
	}
	if j := s.job(karen.ID); !j.Slot.Start.Equal(s.at(29, 9, 0)) {
		t.Errorf("moved anyway to %v", j.Slot)
	}

	for range 2 { // from its own page, back to its day
		if a := s.form("/jobs/"+karen.ID+"/cancel", nil); a.header.Get("Location") != "/calendar?day=2026-11-29&done=cancelled" {
			t.Fatalf("cancelled: %d to %q", a.status, a.header.Get("Location"))
		}
	}
	if n := told.told[karen.ID]; s.job(karen.ID).Live() || n != 3 {
		t.Errorf("cancelled: %v, %d changes told", s.job(karen.ID).Status, n)
	}
	if a := move("2026-11-25", "09:00", ""); a.status != http.StatusConflict || !strings.Contains(a.body, "cancelled or done") {
		t.Errorf("moving what is cancelled: %d", a.status)
	}
	if page := s.get("/jobs/" + karen.ID).body; strings.Contains(page, "Move to") {
		t.Error("a cancelled job can be moved")
	}
}

func (s *shop) troubles() []calendar.Trouble {
	s.t.Helper()
	all, err := s.db.Troubles(s.t.Context(), s.b.ID, "")
	if err != nil {
		s.t.Fatal(err)
	}
	return all
}

// TestTroubleIsSettled: what a block is in the way of is settled from the calendar, no calendar outside being there.
func TestTroubleIsSettled(t *testing.T) {
	s := open(t)
	s.fullCalendar()
	id := regexp.MustCompile(`name="trouble" value="(tbl[^"]+)"`).FindStringSubmatch(s.get("/calendar").body)
	if id == nil {
		t.Fatal("there is nothing to settle")
	}
	if a := s.form("/calendars/settled", url.Values{"trouble": {id[1]}}); a.header.Get("Location") != "/calendar?done=settled" {
		t.Errorf("settled: %d to %q", a.status, a.header.Get("Location"))
	}
	if body := s.get("/calendar").body; strings.Contains(body, "To be settled") || len(s.troubles()) != 0 {
		t.Error("it is still to be settled")
	}
}

func TestBlockingTime(t *testing.T) {
	s := open(t)
	fill := func(edits ...string) url.Values {
		v := url.Values{
			"title": {"Dentist"}, "technician": {"Mike Rossi"}, "from_date": {"2026-11-24"}, "from_time": {"09:00"}, "to_date": {"2026-11-24"}, "to_time": {"10:30"},
			"weeks": {"1"}, "back": {"/calendar?day=2026-11-24"},
		}
		for i := 0; i < len(edits); i += 2 {
			v.Set(edits[i], edits[i+1])
		}
		return v
	}
	blocks := func() []builtin.Block {
		t.Helper()
		all, err := s.db.Blocks(t.Context(), s.b.ID, time.Time{}, time.Time{})
		if err != nil {
			t.Fatal(err)
		}
		return all
	}
	for problem, edits := range map[string][]string{
		"The end is not after the beginning.":                      {"to_time", "08:00"},
		"The beginning is not filled in.":                          {"from_time", ""},
		"The end is not filled in.":                                {"to_date", "soon"},
		"Whose it is is &#34;Nobody&#34;, who is not in the team.": {"technician", "Nobody"},
		"How many weeks is not a number.":                          {"weeks", "many"},
		"How many weeks is 200; expected 1 to 104.":                {"weeks", "200"},
	} {
		if a := s.form("/calendar/block", fill(edits...)); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, problem) || !strings.Contains(a.body, `value="Dentist"`) {
			t.Errorf("%v: %d %s", edits, a.status, regexp.MustCompile(`(?s)role="alert">.*?</p>`).FindString(a.body))
		}
	}
	if n := len(blocks()); n != 0 {
		t.Fatalf("%d blocks of wrong forms", n)
	}

	if a := s.form("/calendar/block", fill()); a.header.Get("Location") != "/calendar?day=2026-11-24&done=blocked" {
		t.Fatalf("blocked: %d to %q", a.status, a.header.Get("Location"))
	}
	b := blocks()[0]
	if b.Title != "Dentist" || b.Technician != "Mike Rossi" || !b.Start.Equal(s.at(24, 9, 0)) || !b.End.Equal(s.at(24, 10, 30)) {
		t.Errorf("blocked %+v", b)
	}
	page := s.get("/calendar/block/" + b.ID).body
	for _, words := range []string{`value="Dentist"`, `value="2026-11-24"`, `value="09:00"`, `value="10:30"`, `<option value="Mike Rossi" selected`} {
		if !strings.Contains(page, words) {
			t.Errorf("the form doesn't show %s", words)
		}
	}
	s.form("/calendar/block/"+b.ID, fill("technician", "", "all_day", "yes", "to_date", "2026-11-25"))
	b = blocks()[0]
	if len(blocks()) != 1 || b.Technician != "" || !b.AllDay || !b.Start.Equal(s.at(24, 0, 0)) || !b.End.Equal(s.at(26, 0, 0)) {
		t.Errorf("changed to two days of everybody's: %+v", blocks())
	}
	if page := s.get("/calendar/block/" + b.ID).body; !strings.Contains(page, `value="2026-11-25"`) || !strings.Contains(page, " checked") {
		t.Error("the form doesn't show the two days")
	}
	if body := s.get("/calendar?day=2026-11-25").body; strings.Count(body, `class="whole block"`) != 2 {
		t.Error("the day doesn't show the block above each column")
	}
	for range 2 { // gone is gone
		if a := s.form("/calendar/block/"+b.ID, url.Values{"do": {"remove"}}); a.header.Get("Location") != "/calendar?done=removed" {
			t.Errorf("removed: %d to %q", a.status, a.header.Get("Location"))
		}
	}

	s.form("/calendar/block", fill("weeks", "4"))
	all := blocks()
	if len(all) != 4 || !strings.Contains(s.get("/calendar/block/"+all[1].ID).body, "later ones") {
		t.Fatalf("four weeks: %+v", all)
	}
	s.form("/calendar/block/"+all[1].ID, url.Values{"do": {"remove_rest"}})
	if left := blocks(); len(left) != 1 || left[0].ID != all[0].ID {
		t.Errorf("left: %+v", left)
	}
}

func TestDaysOff(t *testing.T) {
	s := open(t)
	s.busyMorning()
	post := func(want int, values ...string) answer {
		t.Helper()
		v := url.Values{}
		for i := 0; i < len(values); i += 2 {
			v.Add(values[i], values[i+1])
		}
		a := s.form("/calendar/off", v)
		if a.status != want {
			t.Errorf("%v: %d, want %d", values, a.status, want)
		}
		return a
	}
	shop := func() *business.Business {
		t.Helper()
		all, err := s.db.Businesses(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return all[0]
	}
	closed := func(date string) bool { return shop().ClosedDate(noon(t, date, s.b.Location())) }

	post(http.StatusSeeOther, "do", "close", "from", "2026-11-25")
	post(http.StatusSeeOther, "do", "close", "from", "2026-12-28", "to", "2026-12-30")
	for _, date := range []string{"2026-11-25", "2026-11-26", "2026-12-28", "2026-12-29", "2026-12-30"} {
		if !closed(date) {
			t.Errorf("open on %s", date)
		}
	}
	if body := s.get("/calendar/off").body; !strings.Contains(body, "2 visits are booked then") {
		t.Error("the page doesn't say that visits are booked on the 25th")
	}
	post(http.StatusSeeOther, "do", "open", "value", "2026-11-25")
	if closed("2026-11-25") {
		t.Error("still closed on the 25th")
	}

	// The holidays as ticked: the shop's own dates stay, Thanksgiving goes, Memorial Day comes.
	post(http.StatusSeeOther, "do", "holidays", "holiday", "2027-05-31", "holiday", "2026-12-25", "holiday", "2026-11-24")
	for date, want := range map[string]bool{"2027-05-31": true, "2026-12-25": true, "2026-11-26": false, "2026-12-29": true, "2026-11-24": false} {
		if closed(date) != want {
			t.Errorf("closed on %s: %v", date, !want)
		}
	}

	post(http.StatusSeeOther, "do", "off", "technician", "Luis Ortega", "from", "2026-11-24", "to", "2026-11-25")
	luis := shop().Team[1]
	if luis.Name != "Luis Ortega" || !luis.IsOff(noon(t, "2026-11-25", s.b.Location())) || luis.IsOff(noon(t, "2026-11-26", s.b.Location())) {
		t.Errorf("Luis is off on %v", luis.Off)
	}
	if day := column(t, s.get("/calendar?day=2026-11-24").body, "Luis Ortega, Tuesday, November 24"); !strings.Contains(day, "Day off") {
		t.Error("his day doesn't say that he is off")
	}
	post(http.StatusSeeOther, "do", "back", "technician", "Luis Ortega", "value", "2026-11-24..2026-11-25")
	if off := shop().Team[1].Off; len(off) != 0 {
		t.Errorf("Luis is still off on %v", off)
	}

	for _, values := range [][]string{
		{"do", "close"},
		{"do", "close", "from", "2026-13-01"},
		{"do", "close", "from", "2026-12-05", "to", "2026-12-01"},
		{"do", "close", "from", "2026-12-05", "to", "2027-12-01"},
		{"do", "off", "technician", "Nobody", "from", "2026-12-05"},
		{"do", "off", "technician", "Luis Ortega", "from", "tomorrow"},
		{"do", "dance"},
	} {
		if a := post(http.StatusUnprocessableEntity, values...); !strings.Contains(a.body, `role="alert"`) {
			t.Errorf("%v: nothing is said", values)
		}
	}
}

func noon(t *testing.T, date string, loc *time.Location) time.Time {
	t.Helper()
	day, err := time.ParseInLocation("2006-01-02 15", date+" 12", loc)
	if err != nil {
		t.Fatal(err)
	}
	return day
}
