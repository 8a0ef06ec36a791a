package google

import (
	"encoding/json"
	"strconv"
	"time"

	"fixly/scheduling/calendar"
)

// event is an event as the API writes it: the fields that are looked at.
type event struct {
	ID           string     `json:"id"`
	Series       string     `json:"recurringEventId"`
	ETag         string     `json:"etag"`
	Status       string     `json:"status"`
	EventType    string     `json:"eventType"`
	Summary      string     `json:"summary"`
	Location     string     `json:"location"`
	Description  string     `json:"description"`
	Transparency string     `json:"transparency"`
	Start        when       `json:"start"`
	End          when       `json:"end"`
	Attendees    []attendee `json:"attendees"`
	Extended     extended   `json:"extendedProperties"`
}

type when struct {
	Date     string `json:"date"`
	DateTime string `json:"dateTime"`
	TimeZone string `json:"timeZone"`
}

type attendee struct {
	Self           bool   `json:"self"`
	ResponseStatus string `json:"responseStatus"`
}

// extended are the properties that programs give an event. Private ones are seen by our OAuth client alone.
type extended struct {
	Private map[string]string `json:"private"`
}

// The names of our properties.
const (
	jobKey  = "fixlyJob"
	partKey = "fixlyPart"
)

// read makes an event of ours of one of Google's. zone is the calendar's, in which days begin. False: it has no times that
// can be read.
func (g *event) read(zone *time.Location) (calendar.Event, bool) {
	e := calendar.Event{ID: g.ID, ETag: g.ETag}
	if g.Series == "" { // where people make a job's event repeat, what comes of it is theirs
		e.Job = g.Extended.Private[jobKey]
	}
	if e.Job != "" {
		if n, err := strconv.Atoi(g.Extended.Private[partKey]); err == nil && n > 0 {
			e.Part = n
		}
	}
	if g.Status == "cancelled" {
		e.Gone = true
		return e, true
	}
	var ok bool
	if e.Start, e.AllDay, ok = g.Start.read(zone); !ok {
		return e, false
	}
	if e.End, _, ok = g.End.read(zone); !ok {
		return e, false
	}
	e.Title, e.Place, e.Notes = g.Summary, g.Location, g.Description
	e.Tentative = g.Status == "tentative"
	e.Free = g.free()
	if !e.Start.Before(e.End) {
		// A moment, as a program may write it, takes nobody's time; an event of ours ends after it starts.
		e.End, e.Free = e.Start.Add(time.Minute), true
	}
	return e, true
}

// free says whether an event keeps nobody busy.
func (g *event) free() bool {
	if g.Transparency == "transparent" || g.EventType == "workingLocation" || g.EventType == "birthday" {
		return true
	}
	for _, a := range g.Attendees {
		if a.Self && a.ResponseStatus == "declined" {
			return true
		}
	}
	return false
}

// read gives the instant, and whether it is the beginning of a day in the calendar's zone.
func (w when) read(zone *time.Location) (at time.Time, day, ok bool) {
	if w.DateTime == "" {
		d, err := time.Parse(time.DateOnly, w.Date)
		if err != nil {
			return time.Time{}, false, false
		}
		return time.Date(d.Year(), d.Month(), d.Day(), 0, 0, 0, 0, zone), true, sane(d)
	}
	if t, err := time.Parse(time.RFC3339, w.DateTime); err == nil {
		return t, false, sane(t)
	}
	// Without an offset it is a time of day in a zone of its own.
	if z, err := time.LoadLocation(w.TimeZone); err == nil && w.TimeZone != "" {
		zone = z
	}
	t, err := time.ParseInLocation("2006-01-02T15:04:05", w.DateTime, zone)
	return t, false, err == nil && sane(t)
}

// sane leaves out years that can't be kept or written.
func sane(t time.Time) bool { return t.Year() >= 1900 && t.Year() <= 9000 }

// writing is an event as it is written.
type writing struct {
	ID           string          `json:"id,omitempty"`
	Status       string          `json:"status"`
	Summary      string          `json:"summary"`
	Location     string          `json:"location"`
	Description  string          `json:"description"`
	Start        map[string]any  `json:"start"`
	End          map[string]any  `json:"end"`
	Transparency string          `json:"transparency,omitempty"`
	Recurrence   json.RawMessage `json:"recurrence,omitempty"`
	Extended     *extended       `json:"extendedProperties,omitempty"`
}

// fresh is the event of a job as it is written first. zone is the calendar's.
func fresh(e *calendar.Event, zone *time.Location) writing {
	w := patch(e, zone)
	for _, at := range []map[string]any{w.Start, w.End} {
		for k, v := range at {
			if v == nil {
				delete(at, k)
			}
		}
	}
	w.Transparency = "opaque"
	w.Extended = &extended{Private: map[string]string{jobKey: e.Job, partKey: strconv.Itoa(e.Part)}}
	return w
}

// again brings an event that was deleted back as it is written now: as one appointment, whatever had become of it.
func again(e *calendar.Event, zone *time.Location) writing {
	w := fresh(e, zone)
	p := patch(e, zone)
	w.Start, w.End, w.Recurrence = p.Start, p.End, json.RawMessage("null")
	return w
}

// patch is what an update changes. A field that is not named stays as it is; null takes one away.
func patch(e *calendar.Event, zone *time.Location) writing {
	w := writing{Status: "confirmed", Summary: e.Title, Location: e.Place, Description: e.Notes}
	if e.Tentative {
		w.Status = "tentative"
	}
	w.Start, w.End = at(e.Start, e.AllDay, zone), at(e.End, e.AllDay, zone)
	return w
}

// at is a time as it is written: a date or an instant, and nothing in the place of the other.
func at(t time.Time, allDay bool, zone *time.Location) map[string]any {
	if allDay {
		return map[string]any{"date": t.In(zone).Format(time.DateOnly), "dateTime": nil}
	}
	return map[string]any{"dateTime": t.UTC().Format(time.RFC3339), "date": nil}
}
