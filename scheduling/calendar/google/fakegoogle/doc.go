package fakegoogle

import (
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/teambition/rrule-go"
)

// doc is an event as it is kept. It never changes: each change makes another.
type doc struct {
	id     string
	change int64
	body   map[string]any // its fields, but for those that are made when it is shown
	start  moment
	end    moment

	rule   *rrule.RRule // of a series
	series string       // the series that it belongs to
	at     moment       // when the series has it
}

// moment is an instant or a day; a day is its midnight in UTC.
type moment struct {
	time.Time
	day bool
}

// in gives the instant, days beginning in a zone.
func (m moment) in(zone *time.Location) time.Time {
	if !m.day {
		return m.Time
	}
	return time.Date(m.Year(), m.Month(), m.Day(), 0, 0, 0, 0, zone)
}

// stamp is how a moment is written in the id of one of a series.
func (m moment) stamp() string {
	if m.day {
		return m.Format("20060102")
	}
	return m.UTC().Format("20060102T150405Z")
}

// show writes a moment as start or end of an event.
func (m moment) show(zone *time.Location, named any) map[string]any {
	if m.day {
		return map[string]any{"date": m.Format(time.DateOnly)}
	}
	out := map[string]any{"dateTime": m.In(zone).Format(time.RFC3339), "timeZone": zone.String()}
	if s, ok := named.(string); ok && s != "" {
		out["timeZone"] = s
	}
	return out
}

// readMoment reads start or end of an event.
func readMoment(v any, zone *time.Location) (moment, *refusal) {
	m, _ := v.(map[string]any)
	date, isDay := m["date"].(string)
	instant, isInstant := m["dateTime"].(string)
	if isDay == isInstant {
		return moment{}, invalid("Start and end times must either both be date or both be dateTime.")
	}
	if isDay {
		t, err := time.Parse(time.DateOnly, date)
		if err != nil {
			return moment{}, invalid("Invalid value for: Invalid format: " + date)
		}
		return moment{t, true}, nil
	}
	if name, ok := m["timeZone"].(string); ok {
		z, err := time.LoadLocation(name)
		if err != nil {
			return moment{}, invalid("Invalid time zone definition for start time.")
		}
		zone = z
	}
	t, err := time.Parse(time.RFC3339, instant)
	if err != nil {
		if t, err = time.ParseInLocation("2006-01-02T15:04:05", instant, zone); err != nil {
			return moment{}, invalid("Invalid value for: Invalid format: " + instant)
		}
	}
	return moment{t, false}, nil
}

// newDoc makes an event of its fields.
func newDoc(id string, body map[string]any, zone *time.Location) (*doc, *refusal) {
	d := &doc{id: id, body: body}
	if body["start"] == nil || body["end"] == nil {
		return nil, refuse(http.StatusBadRequest, "global", "required", "Missing time.")
	}
	var no *refusal
	if d.start, no = readMoment(body["start"], zone); no != nil {
		return nil, no
	}
	if d.end, no = readMoment(body["end"], zone); no != nil {
		return nil, no
	}
	if d.start.day != d.end.day {
		return nil, invalid("Start and end times must either both be date or both be dateTime.")
	}
	if d.end.Before(d.start.Time) {
		return nil, refuse(http.StatusBadRequest, "calendar", "timeRangeEmpty", "The specified time range is empty.")
	}
	switch s, _ := body["status"].(string); s {
	case "", "confirmed", "tentative", "cancelled":
	default:
		return nil, invalid("Invalid value for: " + s)
	}
	d.series, _ = body["recurringEventId"].(string)
	if d.series != "" {
		if d.at, no = readMoment(body["originalStartTime"], zone); no != nil {
			return nil, no
		}
	}
	lines, _ := body["recurrence"].([]any)
	for _, l := range lines {
		line, _ := l.(string)
		rule, ok := strings.CutPrefix(line, "RRULE:")
		if !ok || d.rule != nil {
			return nil, invalid("this stand-in for Google knows one RRULE and nothing else")
		}
		o, err := rrule.StrToROption(rule)
		if err != nil {
			return nil, invalid("Invalid recurrence rule.")
		}
		o.Dtstart = d.start.Time
		if !d.start.day {
			in := zone
			if m, _ := body["start"].(map[string]any); m["timeZone"] != nil {
				in, _ = time.LoadLocation(m["timeZone"].(string)) // it was loaded above
			}
			o.Dtstart = d.start.In(in)
		}
		if d.rule, err = rrule.NewRRule(*o); err != nil {
			return nil, invalid("Invalid recurrence rule.")
		}
	}
	return d, nil
}

func (d *doc) cancelled() bool { return d.body["status"] == "cancelled" }

// overlaps says whether an event lies in [from, to), if only in part. A zero bound is none.
func (d *doc) overlaps(from, to time.Time, zone *time.Location) bool {
	return (to.IsZero() || d.start.in(zone).Before(to)) && (from.IsZero() || from.Before(d.end.in(zone)))
}

// busy says whether an event keeps the owner of a calendar busy.
func (d *doc) busy() bool {
	if d.cancelled() || d.body["transparency"] == "transparent" || d.body["eventType"] == "workingLocation" {
		return false
	}
	all, _ := d.body["attendees"].([]any)
	for _, a := range all {
		if m, _ := a.(map[string]any); m["self"] == true && m["responseStatus"] == "declined" {
			return false
		}
	}
	return true
}

// show writes an event as the API does.
func (d *doc) show(b *book, whole bool) map[string]any {
	out := map[string]any{"kind": "calendar#event", "id": d.id, "etag": etag(d.change), "status": "confirmed"}
	if d.cancelled() && !whole {
		// All that the documentation guarantees.
		out["status"] = "cancelled"
		if d.series != "" {
			out["recurringEventId"], out["originalStartTime"] = d.series, d.at.show(b.zone, nil)
		}
		return out
	}
	owner := map[string]any{"email": b.id, "self": true}
	for k, v := range map[string]any{
		"htmlLink": "https://www.google.com/calendar/event?eid=" + d.id, "iCalUID": d.id + "@google.com", "eventType": "default",
		"creator": owner, "organizer": owner, "sequence": 0, "reminders": map[string]any{"useDefault": true},
		"created": "2027-01-02T03:04:05.000Z", "updated": time.Unix(1800000000+d.change, 0).UTC().Format("2006-01-02T15:04:05.000Z"),
	} {
		out[k] = v
	}
	maps.Copy(out, d.body)
	out["start"], out["end"] = d.start.show(b.zone, zoneOf(d.body["start"])), d.end.show(b.zone, zoneOf(d.body["end"]))
	for _, k := range []string{"summary", "location", "description"} {
		if out[k] == "" {
			delete(out, k)
		}
	}
	if d.series != "" {
		out["recurringEventId"], out["originalStartTime"] = d.series, d.at.show(b.zone, nil)
	}
	return out
}

func zoneOf(v any) any {
	m, _ := v.(map[string]any)
	return m["timeZone"]
}

// maxExpanded bounds how many of a series are looked at.
const maxExpanded = 2000

// expand gives those of a series that start in [from, to), without regard to what was done to them since.
func (d *doc) expand(from, to time.Time, zone *time.Location) []*doc {
	var all []*doc
	next := d.rule.Iterator()
	length := d.end.Sub(d.start.Time)
	for range maxExpanded {
		t, more := next()
		if !more {
			break
		}
		one := d.instance(moment{t, d.start.day}, length)
		if !to.IsZero() && !one.start.in(zone).Before(to) {
			break
		}
		if one.overlaps(from, to, zone) {
			all = append(all, one)
		}
	}
	return all
}

// instance is the one of a series that starts at a moment.
func (d *doc) instance(at moment, length time.Duration) *doc {
	body := maps.Clone(d.body)
	delete(body, "recurrence")
	one := &doc{
		id: d.id + "_" + at.stamp(), change: d.change, body: body, series: d.id, at: at,
		start: at, end: moment{at.Add(length), at.day},
	}
	body["recurringEventId"] = d.id
	body["start"], body["end"] = one.start.show(time.UTC, zoneOf(d.body["start"])), one.end.show(time.UTC, zoneOf(d.body["end"]))
	body["originalStartTime"] = at.show(time.UTC, nil)
	return one
}

// merge puts a patch over fields: null takes away, objects are merged, all else is replaced.
func merge(into, patch map[string]any) map[string]any {
	out := maps.Clone(into)
	if out == nil {
		out = map[string]any{}
	}
	for k, v := range patch {
		switch v := v.(type) {
		case nil:
			delete(out, k)
		case map[string]any:
			old, _ := out[k].(map[string]any)
			out[k] = merge(old, v)
		default:
			out[k] = v
		}
	}
	return out
}
