package icalendar

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
)

// What one reading may come to at most. A year of a full calendar is far below.
const (
	mostSteps     = 10_000_000 // of all rules together
	mostStepsEach = 500_000    // of one event's
	mostInstances = 100_000    // of all events together
	mostEach      = 5_000      // of one event, and things said about single ones
)

// How long the texts of an event may be, in characters; the rest is cut off.
const (
	longTitle = 300
	longNotes = 8_000
)

// The properties that tell whose event it is: a job's id, and which of its visits.
const (
	PropJob  = "X-FIXLY-JOB"
	PropPart = "X-FIXLY-PART"
)

// Instance is one appointment of a calendar: an event, or one of the times of an event that recurs.
type Instance struct {
	UID string // of the event
	// Recurrence names the instance within its event: the time that it had by the rule, in UTC, or its day. It stays the
	// same when the instance is moved. Empty: the event doesn't recur.
	Recurrence string
	// First marks the instance at the event's own start.
	First bool
	// Event is the appointment. Its ID and ETag are left to who knows them. Gone is set for an event that was cancelled
	// and doesn't recur.
	Event calendar.Event
}

// Reading is how a calendar is read.
type Reading struct {
	Zone   *time.Location  // of times and days that name no zone
	Window calendar.Window // of events that recur, the instances in it are given
	Own    []string        // whose calendar it is: addresses ("mailto:...") in lower case. What they declined keeps nobody busy
}

// Events gives the appointments of a calendar: events that don't recur wherever they lie, of the others the instances in
// the window. Skipped is how many events could not be made sense of, or not to the end.
func (r Reading) Events(c *Component) (out []Instance, skipped int) {
	floating := inUTC
	if r.Zone != nil {
		floating = &zone{location: r.Zone}
	}
	x := &expansion{Reading: r, steps: &budget{mostSteps}}
	x.zones = &zones{calendar: c, floating: floating, budget: x.steps, known: map[string]*zone{}}
	for _, s := range allSeries(c) {
		if err := x.series(s); err != nil {
			skipped++
		}
	}
	return x.out, skipped
}

// series is an event with what is said about single instances of it.
type series struct {
	uid      string
	master   *Component // nil: the calendar holds single instances only
	changed  []*Component
	sequence int
}

// allSeries gathers what belongs together, in the order of the calendar.
func allSeries(c *Component) []*series {
	var all []*series
	byUID := map[string]*series{}
	for _, e := range c.Children {
		if e.Name != "VEVENT" {
			continue
		}
		uid := cut(e.Text("UID"), longTitle)
		if uid == "" { // which it should have; what it says names it then
			sum := sha256.Sum256([]byte(e.Value("DTSTART") + "\x00" + e.Value("SUMMARY")))
			uid = hex.EncodeToString(sum[:8])
		}
		s := byUID[uid]
		if s == nil {
			s = &series{uid: uid}
			byUID[uid] = s
			all = append(all, s)
		}
		if e.Get("RECURRENCE-ID") != nil {
			s.changed = append(s.changed, e)
			continue
		}
		// Of several versions the last one counts.
		if n, _ := strconv.Atoi(e.Value("SEQUENCE")); s.master == nil || n >= s.sequence {
			s.master, s.sequence = e, n
		}
	}
	return all
}

// expansion is one reading under way.
type expansion struct {
	Reading
	zones *zones
	steps *budget
	out   []Instance
}

// appointment is an event as read, at its own time.
type appointment struct {
	start moment
	long  length
	calendar.Event
	cancelled bool
}

// at gives the event with its times as of another start.
func (a *appointment) at(start moment) calendar.Event {
	e := a.Event
	e.Start, e.End = start.at(), a.long.after(start)
	if !e.End.After(e.Start) { // a moment, such as a reminder
		e.End, e.Free = e.Start.Add(time.Minute), true
	}
	return e
}

func (x *expansion) appointment(c *Component) (*appointment, error) {
	p := c.Get("DTSTART")
	if p == nil {
		return nil, errValue
	}
	start, err := x.zones.moment(p, p.Value)
	if err != nil {
		return nil, err
	}
	a := &appointment{start: start}
	if a.long, err = x.length(c, start); err != nil {
		return nil, err
	}
	a.cancelled = strings.EqualFold(c.Value("STATUS"), "CANCELLED")
	part, _ := strconv.Atoi(c.Value(PropPart)) // none is the first
	a.Event = calendar.Event{
		Title: cut(c.Text("SUMMARY"), longTitle), Place: cut(c.Text("LOCATION"), longTitle), Notes: cut(c.Text("DESCRIPTION"), longNotes),
		Job: cut(c.Text(PropJob), longTitle), Part: max(0, part), AllDay: start.day,
		Free:      strings.EqualFold(c.Value("TRANSP"), "TRANSPARENT") || x.declined(c),
		Tentative: strings.EqualFold(c.Value("STATUS"), "TENTATIVE"),
	}
	return a, nil
}

// length is how long an event lasts: until DTEND, or for DURATION, or else a day or a moment (section 3.6.1).
func (x *expansion) length(c *Component, start moment) (length, error) {
	if p := c.Get("DTEND"); p != nil {
		end, err := x.zones.moment(p, p.Value)
		if err != nil {
			return length{}, err
		}
		if start.day && end.day {
			days := int(end.wall.Sub(start.wall) / (24 * time.Hour))
			if days < 0 || days > longestEvent {
				return length{}, errValue
			}
			return length{days: max(1, days)}, nil
		}
		long := end.at().Sub(start.at())
		if long < 0 || long > longestEvent*24*time.Hour {
			return length{}, errValue
		}
		return length{time: long}, nil
	}
	if p := c.Get("DURATION"); p != nil {
		return parseLength(p.Value)
	}
	if start.day {
		return length{days: 1}, nil
	}
	return length{}, nil
}

// declined says whether those whose calendar it is said no to the event.
func (x *expansion) declined(c *Component) bool {
	if len(x.Own) == 0 {
		return false
	}
	for _, p := range c.All("ATTENDEE") {
		if !strings.EqualFold(p.Param("PARTSTAT"), "DECLINED") {
			continue
		}
		if slices.Contains(x.Own, strings.ToLower(p.Value)) || slices.Contains(x.Own, "mailto:"+strings.ToLower(p.Param("EMAIL"))) {
			return true
		}
	}
	return false
}

// name names an instance by the time that it has by the rule.
func name(m moment) string {
	if m.day {
		return Date(m.wall)
	}
	return UTC(m.at())
}

func (x *expansion) series(s *series) error {
	if s.master == nil {
		return x.alone(s)
	}
	master, err := x.appointment(s.master)
	if err != nil {
		return err
	}
	if s.master.Get("RRULE") == nil && s.master.Get("RDATE") == nil && len(s.changed) == 0 {
		e := master.at(master.start)
		if master.cancelled {
			e = calendar.Event{Job: e.Job, Part: e.Part, Gone: true}
		}
		return x.add(Instance{UID: s.uid, First: true, Event: e})
	}
	if master.cancelled {
		return nil
	}
	changed, err := x.changes(s, master)
	if err != nil {
		return err
	}
	return x.recurring(s, master, changed)
}

// alone gives the instances of an event whose rule is somebody else's: of a series, they alone are in this calendar.
func (x *expansion) alone(s *series) error {
	changed, err := x.changes(s, nil)
	for _, c := range changed {
		if err := x.instance(s.uid, c.name, false, c.appointment, c.start); err != nil {
			return err
		}
	}
	return err
}

// change is what is said about an instance.
type change struct {
	name string
	was  moment // by the rule
	*appointment
	following bool // it holds for those that follow, too
}

// changes reads what is said about instances, by their time. Of several versions the last one counts.
func (x *expansion) changes(s *series, master *appointment) ([]*change, error) {
	if len(s.changed) > mostEach {
		return nil, errTooMuch
	}
	var out []*change
	at := map[string]int{}
	for _, c := range s.changed {
		a, err := x.appointment(c)
		if err != nil {
			return nil, err
		}
		p := c.Get("RECURRENCE-ID")
		was, err := x.zones.moment(p, p.Value)
		if err != nil {
			return nil, err
		}
		if master != nil && was.day != master.start.day { // some programs write the day for the time, or the time for the day
			y, m, d := was.wall.Date()
			h, min, sec := master.start.wall.Clock()
			was = moment{wall: time.Date(y, m, d, h, min, sec, 0, time.UTC), zone: master.start.zone, day: master.start.day}
		}
		if a.Job == "" && master != nil {
			a.Job, a.Part = master.Job, master.Part
		}
		n := &change{name: name(was), was: was, appointment: a, following: strings.EqualFold(p.Param("RANGE"), "THISANDFUTURE")}
		if i, ok := at[n.name]; ok {
			out[i] = n
			continue
		}
		at[n.name] = len(out)
		out = append(out, n)
	}
	slices.SortStableFunc(out, func(a, b *change) int { return a.was.at().Compare(b.was.at()) })
	return out, nil
}

// recurring gives the instances of an event that recurs.
func (x *expansion) recurring(s *series, master *appointment, changed []*change) error {
	done := map[string]bool{}
	var following []*change
	for _, c := range changed {
		done[c.name] = true
		if c.following {
			following = append(following, c)
		}
		if err := x.instance(s.uid, c.name, c.name == name(master.start), c.appointment, c.start); err != nil {
			return err
		}
	}
	out, days, err := x.excluded(s.master)
	if err != nil {
		return err
	}
	count := 0
	give := func(a *appointment, m moment) error {
		n := name(m)
		if done[n] || out[n] || days[Date(m.wall)] {
			return nil
		}
		done[n] = true
		start := m
		for _, c := range following {
			if !m.at().Before(c.was.at()) {
				a = c.appointment
				start = moment{wall: m.wall.Add(c.start.wall.Sub(c.was.wall)), zone: c.start.zone, day: c.start.day}
			}
		}
		if count++; count > mostEach {
			return errTooMuch
		}
		return x.instance(s.uid, n, m.wall.Equal(master.start.wall), a, start)
	}
	extra, err := x.dates(s.master, master)
	if err != nil {
		return err
	}
	for _, e := range extra {
		if err := give(&e, e.start); err != nil {
			return err
		}
	}
	p := s.master.Get("RRULE")
	if p == nil {
		return give(master, master.start)
	}
	rule, err := parseRule(p.Value)
	if err != nil {
		return err
	}
	return x.follow(rule, master, give)
}

// follow gives the instances of a rule that may lie in the window.
func (x *expansion) follow(r *rule, master *appointment, give func(*appointment, moment) error) error {
	// A wall is at most 14 hours before or behind UTC. What began before the window may still go on in it.
	from := x.Window.From.UTC().Add(-48*time.Hour-master.long.time).AddDate(0, 0, -master.long.days)
	to := x.Window.To.UTC().Add(48 * time.Hour)
	own := &budget{min(mostStepsEach, x.steps.steps)}
	had := own.steps
	var failed error
	err := r.each(master.start.wall, from, to, own, func(wall time.Time) bool {
		m := master.start
		m.wall = wall
		if r.ends(m) {
			return false
		}
		if wall.Before(from) {
			return true
		}
		failed = give(master, m)
		return failed == nil
	})
	x.steps.steps -= had - own.steps
	if failed != nil {
		return failed
	}
	return err
}

// ends says whether a moment is after the rule's UNTIL.
func (r *rule) ends(m moment) bool {
	switch {
	case r.until == nil:
		return false
	case r.untilDay:
		return Date(m.wall) > Date(*r.until)
	case r.untilUTC:
		return m.at().After(*r.until)
	}
	return m.wall.After(*r.until)
}

// excluded gives the instances that are left out (EXDATE), by name; and whole days, which some programs write for an
// instance with a time.
func (x *expansion) excluded(c *Component) (names, days map[string]bool, err error) {
	names, days = map[string]bool{}, map[string]bool{}
	for _, p := range c.All("EXDATE") {
		for v := range strings.SplitSeq(p.Value, ",") {
			m, err := x.zones.moment(p, strings.TrimSpace(v))
			if err != nil {
				return nil, nil, err
			}
			if m.day {
				days[Date(m.wall)] = true
			} else {
				names[name(m)] = true
			}
		}
	}
	return names, days, nil
}

// dates gives the instances that are named one by one (RDATE): moments, or periods with a length of their own.
func (x *expansion) dates(c *Component, master *appointment) ([]appointment, error) {
	var out []appointment
	for _, p := range c.All("RDATE") {
		for v := range strings.SplitSeq(p.Value, ",") {
			begin, end, period := strings.Cut(strings.TrimSpace(v), "/")
			a := *master
			var err error
			if a.start, err = x.zones.moment(p, begin); err != nil {
				return nil, err
			}
			if period && strings.HasPrefix(strings.ToUpper(end), "P") {
				if a.long, err = parseLength(end); err != nil {
					return nil, err
				}
			} else if period {
				until, err := x.zones.moment(p, end)
				if err != nil {
					return nil, err
				}
				a.long = length{time: max(0, until.at().Sub(a.start.at()))}
			}
			if out = append(out, a); len(out) > mostEach {
				return nil, errTooMuch
			}
		}
	}
	return out, nil
}

// instance adds an instance, if it was not cancelled and lies in the window.
func (x *expansion) instance(uid, name string, first bool, a *appointment, start moment) error {
	e := a.at(start)
	if a.cancelled || !x.Window.Overlaps(&e) {
		return nil
	}
	return x.add(Instance{UID: uid, Recurrence: name, First: first, Event: e})
}

func (x *expansion) add(i Instance) error {
	if len(x.out) == mostInstances {
		return errTooMuch
	}
	x.out = append(x.out, i)
	return nil
}

// cut cuts what is longer than so many characters.
func cut(s string, most int) string {
	n := 0
	for i := range s {
		if n++; n > most {
			return s[:i]
		}
	}
	return s
}

// UID is the name for good, all over the world, of the event of a job's visit.
func UID(job string, part int) string {
	if part > 0 {
		job += "-" + strconv.Itoa(part)
	}
	return job + "@fixly"
}

// Around is a window in which an event with an id lies that ends in "/" and Instance.Recurrence: around the time that it
// had by the rule, from which it may have been moved. Of any other id it is all time.
func Around(id string) calendar.Window {
	_, recurrence, _ := strings.Cut(id, "/")
	recurrence = recurrence[strings.LastIndexByte(recurrence, '/')+1:]
	for _, form := range []string{utcForm, dateForm} {
		if t, err := time.Parse(form, recurrence); err == nil {
			return calendar.Window{From: t.AddDate(-1, 0, 0), To: t.AddDate(1, 0, 0)}
		}
	}
	return calendar.Window{From: time.Date(1, 1, 3, 0, 0, 0, 0, time.UTC), To: time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)}
}
