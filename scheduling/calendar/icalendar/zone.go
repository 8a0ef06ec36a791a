package icalendar

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fixly/scheduling/calendar/windowszones"
)

// zone says when a clock on a wall shows something.
type zone struct {
	location *time.Location // nil: by its observances
	observed []observance
	budget   *budget
	years    map[int][]onset
}

var inUTC = &zone{location: time.UTC}

// instant is when the wall shows that; the first time where it shows it twice. What it never shows, because the clock
// was put forward, is counted with the offset before that (section 3.3.5).
func (z *zone) instant(wall time.Time) time.Time {
	if z.location == nil {
		return wall.Add(-z.offset(wall))
	}
	before, after := offsetAt(z.location, wall.Add(-24*time.Hour)), offsetAt(z.location, wall.Add(24*time.Hour))
	early, late := wall.Add(-before), wall.Add(-after)
	if before != after && offsetAt(z.location, early) != before && offsetAt(z.location, late) == after {
		return late
	}
	return early
}

func offsetAt(l *time.Location, t time.Time) time.Duration {
	_, seconds := t.In(l).Zone()
	return time.Duration(seconds) * time.Second
}

// zones finds the zones of one calendar.
type zones struct {
	calendar *Component
	floating *zone // of times that name none
	budget   *budget
	known    map[string]*zone
}

// find gives the zone of a name: of the world's time zone database, of Windows, such a name at the end of a longer one,
// or what the calendar itself says about it. A zone that nobody knows is taken for the floating one, since an event at
// about the right time keeps somebody busy and one that is left out doesn't.
func (z *zones) find(id string) *zone {
	if found, ok := z.known[id]; ok {
		return found
	}
	found := z.look(id)
	z.known[id] = found
	return found
}

func (z *zones) look(id string) *zone {
	if l := Location(id); l != nil {
		return &zone{location: l}
	}
	for _, c := range z.calendar.Children {
		if c.Name != "VTIMEZONE" || c.Value("TZID") != id {
			continue
		}
		if l := Location(c.Value("X-LIC-LOCATION")); l != nil {
			return &zone{location: l}
		}
		if observed := z.observances(c); len(observed) > 0 {
			return &zone{observed: observed, budget: z.budget, years: map[int][]onset{}}
		}
	}
	return z.floating
}

// Location gives the zone of a name that is one of the world's, as IANA or Windows have it, or ends in one ("/mozilla.org/
// 20050126_1/America/Chicago"); nil for any other.
func Location(name string) *time.Location {
	if windows, ok := windowszones.IANA(name); ok {
		name = windows
	}
	for name = strings.Trim(name, "/ "); name != ""; {
		// "Local" is the machine's own, which no calendar means.
		if name != "Local" {
			if l, err := time.LoadLocation(name); err == nil {
				return l
			}
		}
		_, shorter, ok := strings.Cut(name, "/")
		if !ok || !strings.Contains(shorter, "/") {
			return nil // the last part alone ("Chicago") is no name
		}
		name = shorter
	}
	return nil
}

// Zone gives the name of the zone that a calendar says it is in; empty where it doesn't, or where the zone has no name.
func Zone(calendar *Component) string {
	names := []string{calendar.Value("X-WR-TIMEZONE")}
	var of []*Component
	for _, c := range calendar.Children {
		if c.Name == "VTIMEZONE" {
			of = append(of, c)
		}
	}
	if len(of) == 1 { // of several, none is the calendar's
		names = append(names, of[0].Value("TZID"), of[0].Value("X-LIC-LOCATION"))
	}
	for _, n := range names {
		if l := Location(n); l != nil {
			return l.String()
		}
	}
	return ""
}

// observance is one of a zone's offsets: from each of its onsets on, until another's (section 3.6.5).
type observance struct {
	first    time.Time   // the first onset, by the wall as it was before
	others   []time.Time // and others
	rule     *rule
	from, to time.Duration // before and from then on
}

type onset struct {
	wall     time.Time
	from, to time.Duration
}

func (z *zones) observances(c *Component) []observance {
	var out []observance
	bare := &zones{calendar: &Component{}, floating: inUTC, known: map[string]*zone{}}
	for _, o := range c.Children {
		if o.Name != "STANDARD" && o.Name != "DAYLIGHT" {
			continue
		}
		start := o.Get("DTSTART")
		from, err1 := parseOffset(o.Value("TZOFFSETFROM"))
		to, err2 := parseOffset(o.Value("TZOFFSETTO"))
		if start == nil || err1 != nil || err2 != nil {
			continue
		}
		first, err := bare.moment(&Prop{}, start.Value)
		if err != nil {
			continue
		}
		x := observance{first: first.wall, from: from, to: to}
		if p := o.Get("RRULE"); p != nil {
			if x.rule, err = parseRule(p.Value); err != nil {
				continue
			}
		}
		for _, p := range o.All("RDATE") {
			for v := range strings.SplitSeq(p.Value, ",") {
				if m, err := bare.moment(&Prop{}, v); err == nil {
					x.others = append(x.others, m.wall)
				}
			}
		}
		out = append(out, x)
	}
	return out
}

// offset is how far ahead of UTC the wall is that shows that.
func (z *zone) offset(wall time.Time) time.Duration {
	year := wall.Year()
	known, ok := z.years[year]
	if !ok {
		known = z.onsets(year)
		z.years[year] = known
	}
	offset := known[0].from
	for _, o := range known {
		if o.wall.After(wall) {
			break
		}
		offset = o.to
	}
	return offset
}

// onsets gives the onsets up to the end of a year that matter in it, the first one first: of each observance the last
// before that year, and those in it. There is one at least.
func (z *zone) onsets(year int) []onset {
	begin, end := time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(year+1, 1, 1, 0, 0, 0, 0, time.UTC)
	var out []onset
	for _, o := range z.observed {
		last := onset{from: o.from, to: o.to, wall: o.first}
		note := func(wall time.Time) bool {
			switch {
			case wall.Before(begin):
				if wall.After(last.wall) {
					last.wall = wall
				}
			case wall.Before(end):
				out = append(out, onset{wall: wall, from: o.from, to: o.to})
			default:
				return false
			}
			return true
		}
		for _, wall := range o.others {
			note(wall)
		}
		if o.rule != nil {
			from := begin.AddDate(-2, 0, 0)
			if u := o.rule.until; u != nil && u.Before(begin) {
				from = u.AddDate(-2, 0, 0)
			}
			// UNTIL is in UTC, and an hour or so more or less makes no other onset. A rule that takes too long to follow
			// leaves what was found until then.
			_ = o.rule.each(o.first, from, end, z.budget, func(wall time.Time) bool {
				return (o.rule.until == nil || !wall.After(o.rule.until.Add(24*time.Hour))) && note(wall)
			})
		}
		out = append(out, last)
	}
	slices.SortFunc(out, func(a, b onset) int { return a.wall.Compare(b.wall) })
	return out
}

// parseOffset reads "-0600" and "+013045".
func parseOffset(s string) (time.Duration, error) {
	for _, form := range []string{"-0700", "-070000"} {
		if t, err := time.Parse(form, s); err == nil {
			_, seconds := t.Zone()
			return time.Duration(seconds) * time.Second, nil
		}
	}
	return 0, fmt.Errorf("%w: an offset", errValue)
}
