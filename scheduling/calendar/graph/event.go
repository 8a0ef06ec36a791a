package graph

import (
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/windowszones"
)

// event is an event as Graph writes it: the fields that are looked at
// (https://learn.microsoft.com/en-us/graph/api/resources/event).
type event struct {
	ID            string    `json:"id"`
	ETag          string    `json:"@odata.etag"`
	Type          string    `json:"type"` // singleInstance, occurrence, exception, seriesMaster
	Series        string    `json:"seriesMasterId"`
	TransactionID string    `json:"transactionId"`
	Subject       string    `json:"subject"`
	Body          body      `json:"body"`
	Location      place     `json:"location"`
	Start         when      `json:"start"`
	End           when      `json:"end"`
	AllDay        bool      `json:"isAllDay"`
	Cancelled     bool      `json:"isCancelled"`
	ShowAs        string    `json:"showAs"`
	Response      *response `json:"responseStatus"`
	OriginalZone  string    `json:"originalStartTimeZone"`
	Removed       *struct{} `json:"@removed"`
}

type body struct {
	ContentType string `json:"contentType"`
	Content     string `json:"content"`
}

type place struct {
	Name string `json:"displayName"`
}

type when struct {
	DateTime string `json:"dateTime"`
	TimeZone string `json:"timeZone"`
}

type response struct {
	Response string `json:"response"`
}

// The types of events.
const (
	single       = "singleInstance"
	occurrence   = "occurrence"
	seriesMaster = "seriesMaster"
)

// abbreviated says whether a row leaves out what an occurrence has of its series, as rows of a delta do.
func (g *event) abbreviated() bool { return g.Type == occurrence && g.ShowAs == "" && g.Series != "" }

// of completes an occurrence by its series.
func (g *event) of(master *event) {
	g.Subject, g.Body, g.Location, g.AllDay, g.ShowAs = master.Subject, master.Body, master.Location, master.AllDay, master.ShowAs
	g.Response, g.OriginalZone = master.Response, master.OriginalZone
	if g.ETag == "" {
		g.ETag = master.ETag
	}
}

// read makes an event of ours of one of Graph's. zone is the mailbox's, in which days begin; nil: not known. False: it has
// no times that can be read.
func (g *event) read(zone *time.Location) (calendar.Event, bool) {
	e := calendar.Event{ID: g.ID, ETag: g.ETag}
	if g.Series == "" { // where people make a job's event repeat, what comes of it is theirs
		e.Job, e.Part, _ = jobOf(g.TransactionID)
	}
	if g.Cancelled {
		e.Gone = true
		return e, true
	}
	e.Title, e.Place, e.Notes = g.Subject, g.Location.Name, plain(g.Body.Content)
	e.AllDay = g.AllDay
	e.Tentative = g.ShowAs == "tentative"
	e.Free = g.ShowAs == "free" || g.ShowAs == "workingElsewhere" || g.Response != nil && g.Response.Response == "declined"
	if zone == nil {
		zone = zoneOf(g.OriginalZone)
	}
	var ok bool
	if e.Start, ok = g.Start.read(g.AllDay, zone); !ok {
		return e, false
	}
	if e.End, ok = g.End.read(g.AllDay, zone); !ok {
		return e, false
	}
	if !e.Start.Before(e.End) {
		// A moment takes nobody's time; an event of ours ends after it starts.
		e.End, e.Free = e.Start.Add(time.Minute), true
	}
	return e, true
}

// layout is how Graph writes times, seven digits of a second's fraction included.
const layout = "2006-01-02T15:04:05"

// read gives the instant. The days of an all-day event are dates, whatever zone they are written in.
func (w when) read(allDay bool, zone *time.Location) (time.Time, bool) {
	in := zone
	if !allDay {
		if in = zoneOf(w.TimeZone); in == nil {
			return time.Time{}, false
		}
	}
	if in == nil {
		in = time.UTC
	}
	t, err := time.ParseInLocation(layout, w.DateTime, in)
	return t, err == nil && t.Year() >= 1900 && t.Year() <= 9000
}

// zoneOf finds a zone by its name, Windows' or the world's; nil: there is none.
func zoneOf(name string) *time.Location {
	if iana, ok := windowszones.IANA(name); ok {
		name = iana
	}
	if name == "" || name == "Local" {
		return nil
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return nil
	}
	return z
}

// plain gives a text as it was written: Exchange ends lines as Windows does, and adds to the last.
func plain(s string) string {
	return strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n ")
}

// Extended properties of events, under a namespace of our own
// (https://learn.microsoft.com/en-us/graph/api/resources/extended-properties-overview).
const jobProperty = "String {6d1f3ad1-6a0b-4a8e-9c57-6f1d2b0c5e44} Name FixlyVisit"

// visit names the visit of a job, and is what the extended property holds.
func visit(job string, part int) string { return job + "/" + strconv.Itoa(part) }

// transaction is the transaction id of the nth event that was written for a visit: those before were deleted. Graph gives
// it back with each event, a delta's rows included, and nobody can change it.
func transaction(job string, part, n int) string {
	return "fixly/" + visit(job, part) + "/" + strconv.Itoa(n)
}

// jobOf reads a transaction id.
func jobOf(id string) (job string, part int, ok bool) {
	fields := strings.Split(id, "/")
	if len(fields) != 4 || fields[0] != "fixly" || fields[1] == "" {
		return "", 0, false
	}
	part, err := strconv.Atoi(fields[2])
	return fields[1], part, err == nil && part >= 0
}

// property is a property of an event that programs give it.
type property struct {
	ID    string `json:"id"`
	Value string `json:"value"`
}

// writing is an event as it is written. What a patch doesn't name stays as it is.
type writing struct {
	Subject       string     `json:"subject"`
	Body          body       `json:"body"`
	Location      place      `json:"location"`
	Start         when       `json:"start"`
	End           when       `json:"end"`
	AllDay        bool       `json:"isAllDay"`
	ShowAs        string     `json:"showAs"`
	TransactionID string     `json:"transactionId,omitempty"`
	Properties    []property `json:"singleValueExtendedProperties,omitempty"`
}

// patch is what an update changes.
func patch(e *calendar.Event) writing {
	w := writing{
		Subject: e.Title, Body: body{"text", e.Notes}, Location: place{e.Place}, Start: at(e.Start, e.AllDay), End: at(e.End, e.AllDay), AllDay: e.AllDay, ShowAs: "busy",
	}
	if e.Tentative {
		w.ShowAs = "tentative"
	}
	return w
}

// fresh is the event of a visit as it is written first, the nth for it.
func fresh(e *calendar.Event, n int) writing {
	w := patch(e)
	w.TransactionID = transaction(e.Job, e.Part, n)
	w.Properties = []property{{jobProperty, visit(e.Job, e.Part)}}
	return w
}

// at is a time as it is written: an instant in UTC, or a day as the time's own zone has it.
func at(t time.Time, day bool) when {
	if day {
		return when{t.Format(time.DateOnly) + "T00:00:00", "UTC"}
	}
	return when{t.UTC().Format(layout), "UTC"}
}
