package dashboard

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
)

// calendarView is a day, with a column for each technician, or a week, with one for each day.
type calendarView struct {
	Title               string
	Week                bool
	Before, This, After string // addresses
	Day, WeekHref, List string // of the other views
	Part                string // of the calendar without its frame
	Self                string // of the page itself, to come back to
	Team                []teamChoice
	Block               string // address of the form that blocks a time
	Hours               []hourMark
	First               int // minutes after midnight at which it begins
	Columns             []columnView
	Troubles            []troubleView
	Feeds, Calendars    bool   // the jobs can be subscribed to, calendars be connected
	Done                string // what was done
}

type hourMark struct{ Class, Name string }

type columnView struct {
	Name, Sub, Href string
	Initials, Tint  string // of a technician
	Today           bool
	Date            string // "2006-01-02"
	Technician      string
	Words           string // the column in words, for who hears it
	Off             string // why nobody works
	AllDay          []chipView
	Under           []string // classes of what lies under the items: closed hours, arrival windows
	Now             string   // class of the line of the present moment
	Items           []itemView
}

type chipView struct{ Name, Href, Kind string }

// itemView is a job, a block or an event of a calendar outside.
type itemView struct {
	// ID is the same whenever the calendar is drawn anew, so that the focus stays on a visit or a block; empty for others.
	ID               string
	Kind, Class      string
	Href             string // empty: there is nothing more to see
	Time, Title      string
	Lines            []string
	Labels           []label
	Short            bool     // there is no room but for a line
	Job              string   // the id of a job that can be moved
	Minutes          int      // how long it takes
	Technician, What string   // whose it is, and what to ask before it is moved
	Crew             []string // whose it is, to be read
}

// thing is what is drawn on a day: in it, or in the strip of whole days above.
type thing struct {
	technician string // empty: everybody
	helper     string // who goes along; empty: nobody
	start, end time.Time
	arrival    time.Time // end of the arrival window; zero: there is none
	allDay     bool
	itemView
}

// calendarQuery is what a request for the calendar wants.
type calendarQuery struct {
	day        time.Time // a midnight
	week       bool
	technician string // empty: everybody
}

func (c calendarQuery) href(path string) string {
	v := url.Values{"day": {c.day.Format(time.DateOnly)}}
	if c.week {
		v.Set("view", "week")
	}
	if c.technician != "" {
		v.Set("technician", c.technician)
	}
	return path + "?" + v.Encode()
}

// on is the same for another day.
func (c calendarQuery) on(day time.Time) calendarQuery { c.day = day; return c }

// of is the same for another technician.
func (c calendarQuery) of(technician string) calendarQuery { c.technician = technician; return c }

func (c calendarQuery) as(week bool) calendarQuery { c.week = week; return c }

// days are the midnights that it shows, and the one after.
func (c calendarQuery) days() []time.Time {
	first, n := c.day, 1
	if c.week {
		first, n = weekOf(c.day), 7
	}
	out := make([]time.Time, n+1)
	for i := range out {
		out[i] = first.AddDate(0, 0, i)
	}
	return out
}

func (s *server) calendarQuery(q *request) calendarQuery {
	form := q.URL.Query()
	c := calendarQuery{day: midnight(s.now(q)), week: form.Get("view") == "week"}
	if t, err := time.ParseInLocation(time.DateOnly, form.Get("day"), q.b.Location()); err == nil {
		c.day = midnight(t)
	}
	if name := form.Get("technician"); slices.ContainsFunc(q.b.Team, func(m business.Member) bool { return m.Name == name }) {
		c.technician = name
	}
	return c
}

func (s *server) calendarPage(q *request) error {
	v, err := s.calendar(q, s.calendarQuery(q))
	if err != nil {
		return err
	}
	if v.Troubles, err = s.troubles(q); err != nil {
		return err
	}
	v.Feeds, v.Calendars = s.Feeds != nil, s.Calendars != nil
	v.Done = calendarSaid[q.URL.Query().Get("done")]
	return q.render(calendarPage(s.frame(q, "jobs", "Calendar"), v))
}

// calendarSaid are said after a change, by the word in the address.
var calendarSaid = map[string]string{
	"moved":     "Moved. The customer gets a text about the new time.",
	"cancelled": "Cancelled. The customer gets a text about it.",
	"blocked":   "Blocked. Nothing is offered there any more.",
	"changed":   "Changed.",
	"removed":   "Removed. The time is open again.",
	"settled":   "Settled.",
}

func (s *server) calendarPart(q *request) error {
	v, err := s.calendar(q, s.calendarQuery(q))
	if err != nil {
		return err
	}
	return q.render(calendarPart(v))
}

func (s *server) calendar(q *request, c calendarQuery) (calendarView, error) {
	now := s.now(q)
	days := c.days()
	things, err := s.things(q, days[0], days[len(days)-1])
	if err != nil {
		return calendarView{}, err
	}
	step := 1
	if c.week {
		step = 7
	}
	v := calendarView{
		Title: days[0].Format("Monday, January 2, 2006"), Week: c.week, Self: c.href("/calendar"), Part: c.href("/parts/calendar"),
		Before: c.on(c.day.AddDate(0, 0, -step)).href("/calendar"), After: c.on(c.day.AddDate(0, 0, step)).href("/calendar"),
		This: c.on(midnight(now)).href("/calendar"), Day: c.as(false).href("/calendar"), WeekHref: c.as(true).href("/calendar"),
		List: weekHref("/jobs", weekOf(c.day), c.technician),
		Team: []teamChoice{{Name: "Everyone", Href: c.of("").href("/calendar"), Chosen: c.technician == ""}},
	}
	v.Block = blockHref(c.day, c.technician, v.Self)
	if c.week {
		v.Title = days[0].Format("January 2") + " – " + days[6].Format("January 2, 2006")
	}
	for _, m := range q.b.Team {
		v.Team = append(v.Team, teamChoice{m.Name, initials(m.Name), tint(q.b, m.Name), c.of(m.Name).href("/calendar"), c.technician == m.Name})
	}
	span := hoursToShow(q.b, things, days)
	v.First = span.from * quarter
	for row := span.from; row < span.to; row += 4 {
		v.Hours = append(v.Hours, hourMark{rowSpan{row, row + 4}.class(span.from), time.Date(2000, 1, 1, row/4, 0, 0, 0, time.UTC).Format("3 PM")})
	}
	for _, day := range days[:len(days)-1] {
		if c.week {
			col := columnView{Name: day.Format("Mon"), Sub: day.Format("Jan 2"), Technician: c.technician, Words: day.Format("Monday, January 2")}
			col.Href = c.as(false).on(day).href("/calendar")
			s.fill(q, &col, day, c.technician, span, things, now)
			v.Columns = append(v.Columns, col)
			continue
		}
		for _, m := range q.b.Team {
			if c.technician != "" && c.technician != m.Name {
				continue
			}
			col := columnView{
				Name: m.Name, Technician: m.Name, Initials: initials(m.Name), Tint: tint(q.b, m.Name), Words: m.Name + ", " + day.Format("Monday, January 2"),
				Href: c.as(true).of(m.Name).href("/calendar"),
			}
			s.fill(q, &col, day, m.Name, span, things, now)
			v.Columns = append(v.Columns, col)
		}
	}
	return v, nil
}

// things are what lies between two instants, by its beginning.
func (s *server) things(q *request, from, to time.Time) ([]thing, error) {
	// A job that began before may reach into the first day, or have a visit there.
	jobs, err := s.Reader.ListJobs(q.Context(), q.b.ID, scheduling.JobFilter{From: from.AddDate(0, 0, -scheduling.LongestWork), To: to})
	if err != nil {
		return nil, err
	}
	blocks, err := s.Reader.Blocks(q.Context(), q.b.ID, from, to)
	if err != nil {
		return nil, err
	}
	events, err := s.Reader.CalendarEventsBetween(q.Context(), q.b.ID, from, to)
	if err != nil {
		return nil, err
	}
	var out []thing
	for i := range jobs {
		if j := &jobs[i]; j.Status != scheduling.StatusCancelled && j.Slot.End.After(from) {
			out = append(out, jobThings(q.b, j)...)
		}
	}
	for i := range blocks {
		out = append(out, blockThing(q.b, &blocks[i]))
	}
	for i := range events {
		if e := &events[i]; e.Job == "" { // a job's own event says nothing new
			out = append(out, eventThing(q.b, e))
		}
	}
	slices.SortStableFunc(out, func(a, b thing) int { return a.start.Compare(b.start) })
	return out, nil
}

// jobThings are the visits of a job.
func jobThings(b *business.Business, j *scheduling.Job) []thing {
	visits := j.Visits()
	out := make([]thing, len(visits))
	for i, visit := range visits {
		start, end := visit.From.In(b.Location()), visit.To.In(b.Location())
		t := thing{technician: j.Slot.Technician, helper: j.Slot.Helper, start: start, end: end, itemView: itemView{
			Kind: "job " + tint(b, j.Slot.Technician), Href: "/jobs/" + j.ID, Time: window(start, end), Title: j.Service,
			Lines:  []string{who(j.Customer.Name, j.Customer.Phone), address(j.Address)},
			Labels: append(dayLabels(i, len(visits)), jobLabels(j)...), Technician: j.Slot.Technician, Crew: j.Slot.Crew(),
		}}
		if i == 0 { // it is moved by its beginning, which is what the customer was promised
			t.arrival = j.WindowEnd.In(b.Location())
			if j.Live() {
				t.Job, t.Minutes, t.What = j.ID, int(end.Sub(start)/time.Minute), who(j.Customer.Name, j.Customer.Phone)+", "+j.Service
			}
		}
		out[i] = t
	}
	return out
}

// seenBy is a visit as it is drawn for one of the crew: with whom it is. It is moved where it is drawn for who has the
// skill.
func (t thing) seenBy(technician string) thing {
	with := t.helper
	if technician == t.helper {
		with, t.Job = t.technician, ""
	}
	t.Lines = slices.Insert(slices.Clone(t.Lines), 1, "With "+with) // after the customer
	return t
}

// of says whether it is somebody's: theirs, or everybody's.
func (t *thing) of(technician string) bool {
	return technician == "" || t.technician == "" || t.technician == technician || t.helper == technician
}

func blockThing(b *business.Business, x *builtin.Block) thing {
	start, end := x.Start.In(b.Location()), x.End.In(b.Location())
	t := thing{technician: x.Technician, start: start, end: end, allDay: x.AllDay, itemView: itemView{
		Kind: "block", Href: "/calendar/block/" + x.ID, Time: window(start, end), Title: x.Title, Technician: x.Technician, Crew: named(x.Technician),
	}}
	if x.Technician == "" {
		t.Lines = []string{"Everyone"}
	}
	return t
}

// named is a list of one; of nobody where it is everybody's.
func named(technician string) []string {
	if technician == "" {
		return nil
	}
	return []string{technician}
}

func eventThing(b *business.Business, e *calendar.Stored) thing {
	start, end := e.Start.In(b.Location()), e.End.In(b.Location())
	t := thing{technician: e.Technician, start: start, end: end, allDay: e.AllDay, itemView: itemView{
		Kind: "event", Time: window(start, end), Title: cmp.Or(e.Title, "Busy"), Lines: []string{"In your calendar"}, Technician: e.Technician,
		Crew: named(e.Technician),
	}}
	if e.Free {
		t.Kind, t.Lines = "event free", []string{"In your calendar, marked as free"}
	}
	return t
}

// fill puts what lies on a day into a column, all of it or one technician's.
func (s *server) fill(q *request, col *columnView, day time.Time, technician string, span rowSpan, things []thing, now time.Time) {
	col.Date, col.Today = day.Format(time.DateOnly), day.Equal(midnight(now))
	col.Under, col.Off = shut(q.b, technician, day, span)
	var here []thing
	var rows []rowSpan
	for i := range things {
		t := &things[i]
		if !t.of(technician) {
			continue
		}
		place, ok := rowsOf(day, t.start, t.end)
		switch {
		case !ok:
		case t.allDay || !t.start.After(day) && !t.end.Before(day.AddDate(0, 0, 1)):
			name := t.Title
			if t.Technician != "" && technician == "" {
				name += " (" + t.Technician + ")"
			}
			col.AllDay = append(col.AllDay, chipView{name, t.Href, t.Kind})
			if !strings.Contains(t.Kind, "free") && (t.technician == "" || technician != "") {
				col.Under = append(col.Under, "shut "+span.class(span.from))
			}
		case technician != "" && t.helper != "":
			here, rows = append(here, t.seenBy(technician)), append(rows, place)
		default:
			here, rows = append(here, *t), append(rows, place)
		}
	}
	for i, l := range lanes(rows) {
		t := here[i]
		t.ID = itemID(t.Href, technician, day)
		t.Class, t.Short = rows[i].class(span.from)+l.class(), rows[i].to-rows[i].from < 4
		if t.arrival.After(t.start) {
			if arrival, ok := rowsOf(day, t.start, t.arrival); ok {
				arrival.to = min(arrival.to, span.to)
				col.Under = append(col.Under, "arrival "+tint(q.b, t.technician)+" "+arrival.class(span.from)+l.class())
			}
		}
		col.Items = append(col.Items, t.itemView)
	}
	if minute := now.Hour()*60 + now.Minute(); col.Today && minute/quarter >= span.from && minute/quarter < span.to {
		row := minute / quarter
		col.Now = "now " + rowSpan{row, row + 1}.class(span.from) + [...]string{"", " third", " thirds"}[minute%quarter/5]
	}
}

// itemID names a visit or a block in the column of a technician, or of everybody, on a day.
func itemID(href, technician string, day time.Time) string {
	if !strings.HasPrefix(href, "/jobs/") && !strings.HasPrefix(href, "/calendar/block/") {
		return ""
	}
	return strings.NewReplacer("/", "-", " ", "-").Replace("item" + href + "-" + day.Format(time.DateOnly) + "-" + technician)
}

// shut gives the classes of the hours of a day in which nobody, or not the technician, works, and a word for a day on
// which that is all of it.
func shut(b *business.Business, technician string, day time.Time, span rowSpan) (classes []string, off string) {
	open := b.OpenOn(day)
	if len(open) == 0 {
		off = "Closed"
	}
	for _, m := range b.Team {
		if m.Name != technician {
			continue
		}
		if m.IsOff(day) {
			open, off = nil, cmp.Or(off, "Day off")
		} else if m.HasHours() {
			open = within(open, m.OnDuty(day))
			if len(open) == 0 {
				off = cmp.Or(off, "Not at work")
			}
		}
	}
	from := span.from
	for _, o := range open {
		hours, ok := rowsOf(day, o.From, o.To)
		if !ok {
			continue
		}
		if hours.from > from {
			classes = append(classes, "shut "+rowSpan{from, min(hours.from, span.to)}.class(span.from))
		}
		from = max(from, hours.to)
	}
	if from < span.to {
		classes = append(classes, "shut "+rowSpan{from, span.to}.class(span.from))
	}
	return classes, off
}

// within is what two lists of hours have in common, each in order.
func within(a, b []business.Span) []business.Span {
	var out []business.Span
	for _, x := range a {
		for _, y := range b {
			both := business.Span{From: x.From, To: x.To}
			if y.From.After(both.From) {
				both.From = y.From
			}
			if y.To.Before(both.To) {
				both.To = y.To
			}
			if both.From.Before(both.To) {
				out = append(out, both)
			}
		}
	}
	return out
}

// hoursToShow are the whole hours that hold everything: the opening hours, an hour more on either side to drag into, and
// what lies outside of them.
func hoursToShow(b *business.Business, things []thing, days []time.Time) rowSpan {
	span := rowSpan{8 * 4, 17 * 4}
	for _, day := range days[:len(days)-1] {
		take := func(from, to time.Time) {
			if rows, ok := rowsOf(day, from, to); ok {
				span.from, span.to = min(span.from, rows.from), max(span.to, rows.to)
			}
		}
		for _, o := range b.OpenOn(day) {
			take(o.From.Add(-time.Hour), o.To.Add(time.Hour))
		}
		for _, t := range things {
			if !t.allDay && t.end.Sub(t.start) < 20*time.Hour {
				take(t.start, t.end)
			}
		}
	}
	return rowSpan{span.from / 4 * 4, (span.to + 3) / 4 * 4}
}

// maxForm bounds the forms of the calendar, in bytes.
const maxForm = 32 << 10

// form reads what was filled in.
func (q *request) form() (url.Values, error) {
	q.Body = http.MaxBytesReader(q.w, q.Body, maxForm)
	if err := q.ParseForm(); err != nil {
		return nil, errNotFound
	}
	return q.PostForm, nil
}

// back goes back to the calendar as it was looked at, or to today's, and says there what was done.
func (q *request) back(form url.Values, done string) error {
	u, err := url.Parse(localPath(form.Get("back")))
	if err != nil || u.Path != "/calendar" {
		u = &url.URL{Path: "/calendar"}
	}
	v := u.Query()
	v.Set("done", done)
	u.RawQuery = v.Encode()
	http.Redirect(q.w, q.Request, u.String(), http.StatusSeeOther)
	return nil
}
