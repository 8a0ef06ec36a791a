// Package icsfile takes a file of iCalendar (.ics) for a calendar: what an owner exported elsewhere, or was given, keeps
// people busy. It is read only, and stays as it was when it was given; what recurs in it goes on.
package icsfile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icalendar"
)

// Largest is how large a file may be, in bytes: some ten thousand appointments.
const Largest = 5 << 20

// calendarID is the id of the one calendar of a file.
const calendarID = "file"

// Options is what the provider needs.
type Options struct {
	// Zone gives the time zone of a business, for files that don't tell theirs. Nil: UTC.
	Zone func(ctx context.Context, businessID string) (*time.Location, error)
}

// Provider is a file.
type Provider struct{ Options }

// New makes the provider.
func New(o Options) *Provider { return &Provider{o} }

// Name is the provider in addresses and in the database.
func (p *Provider) Name() string { return "icsfile" }

// Title is what people call it.
func (p *Provider) Title() string { return "A calendar file (.ics)" }

// Fields are what to ask.
func (p *Provider) Fields() []calendar.Field {
	return []calendar.Field{{
		Name: "file", Label: "The file", Type: "file", Required: true,
		Hint: "Exported from a calendar app, its name ends in .ics; 5 MB at most. It isn't looked at again: to bring it up to date, disconnect it and take a new one.",
	}}
}

// credentials are what is kept of it: all of it.
type credentials struct {
	File string `json:"file"`
}

// Connect looks a file over.
func (p *Provider) Connect(_ context.Context, values map[string]string) ([]byte, string, error) {
	file := values["file"]
	switch {
	case strings.TrimSpace(file) == "":
		return nil, "", refuse("Choose a file first.", errors.New("it is empty"))
	case len(file) > Largest:
		return nil, "", refuse(fmt.Sprintf("The file has more than %d MB. Export a shorter stretch of time.", Largest>>20), errors.New("it is too large"))
	}
	c, err := icalendar.Read([]byte(file))
	if err != nil {
		return nil, "", refuse("That is no calendar file, or a part of one. It begins with BEGIN:VCALENDAR and ends with END:VCALENDAR; export it once more.", err)
	}
	if c.Value("VERSION") == "1.0" {
		return nil, "", refuse("The file is in a format of the nineties (vCalendar 1.0). Export it as iCalendar.", errors.New("it is vCalendar"))
	}
	events := 0
	for _, v := range c.Children {
		if v.Name == "VEVENT" {
			events++
		}
	}
	if events == 0 {
		return nil, "", refuse("There are no appointments in the file.", errors.New("it has no events"))
	}
	if all, skipped := (icalendar.Reading{}).Events(c); len(all) == 0 && skipped > 0 {
		return nil, "", refuse("None of the appointments in the file can be read.", errors.New("its events make no sense"))
	}
	raw, err := json.Marshal(credentials{File: file})
	if err != nil {
		return nil, "", fmt.Errorf("icsfile: keep the file: %w", err)
	}
	return raw, title(c), nil
}

// title is what a calendar calls itself.
func title(c *icalendar.Component) string {
	for _, name := range []string{"NAME", "X-WR-CALNAME"} {
		if t := strings.TrimSpace(c.Text(name)); t != "" {
			return t
		}
	}
	return "Calendar file"
}

func refuse(text string, cause error) error {
	return calendar.Refuse(calendar.Invalid, "icsfile: connect", text, cause)
}

// Open gives the calendar of a file.
func (p *Provider) Open(a calendar.Account, _ func(ctx context.Context, credentials []byte) error) (calendar.Calendars, error) {
	var c credentials
	err := json.Unmarshal(a.Credentials, &c)
	if err == nil {
		var data *icalendar.Component
		if data, err = icalendar.Read([]byte(c.File)); err == nil {
			return &file{Provider: p, businessID: a.BusinessID, data: data}, nil
		}
	}
	return nil, &calendar.Error{Kind: calendar.Unauthorized, Doing: "icsfile: open", Err: errors.New("the file that was kept can't be read")}
}

// file is a file that was read.
type file struct {
	*Provider
	businessID string
	data       *icalendar.Component
}

// List gives the one calendar.
func (f *file) List(ctx context.Context) ([]calendar.Info, error) {
	if err := ctx.Err(); err != nil {
		return nil, fail("list the calendars", calendar.Unavailable, err)
	}
	return []calendar.Info{{ID: calendarID, Name: title(f.data), Zone: icalendar.Zone(f.data), Primary: true}}, nil
}

// cursor says that the file was read. It never changes.
const cursor = "read"

// Changes gives all that lies in the window, each time: a file is small, and what recurs in it goes on with the window.
func (f *file) Changes(ctx context.Context, id, _ string, w calendar.Window) (calendar.Changes, error) {
	all, err := f.events(ctx, id, "read changes", w)
	if err != nil {
		return calendar.Changes{}, err
	}
	out := calendar.Changes{Whole: true, Cursor: cursor}
	for _, e := range all {
		if w.Overlaps(&e) {
			out.Events = append(out.Events, e)
		}
	}
	return out, nil
}

// Event reads one event.
func (f *file) Event(ctx context.Context, id, eventID string) (calendar.Event, error) {
	const doing = "read an event"
	all, err := f.events(ctx, id, doing, icalendar.Around(eventID))
	if err != nil {
		return calendar.Event{}, err
	}
	for _, e := range all {
		if e.ID == eventID {
			return e, nil
		}
	}
	return calendar.Event{}, fail(doing, calendar.NotFound, errors.New("no such event"))
}

// events gives the appointments of the file. Their ids are the events' own names, followed by which one of several it is.
func (f *file) events(ctx context.Context, id, doing string, w calendar.Window) ([]calendar.Event, error) {
	if err := ctx.Err(); err != nil {
		return nil, fail(doing, calendar.Unavailable, err)
	}
	if id != calendarID {
		return nil, fail(doing, calendar.NotFound, errors.New("no such calendar"))
	}
	zone := icalendar.Location(icalendar.Zone(f.data))
	if zone == nil && f.Zone != nil {
		var err error
		if zone, err = f.Zone(ctx, f.businessID); err != nil {
			return nil, fail(doing, calendar.Unavailable, err)
		}
	}
	all, _ := icalendar.Reading{Zone: zone, Window: w}.Events(f.data) // those that make no sense were no hindrance to connect
	var out []calendar.Event
	for _, i := range all {
		e := i.Event
		if e.Gone {
			continue
		}
		e.Job, e.Part = "", 0 // in a file, nothing is ours
		// What it says is its version.
		sum := sha256.Sum256(fmt.Appendf(nil, "%+v", e))
		e.ID, e.ETag = i.UID, hex.EncodeToString(sum[:8])
		if i.Recurrence != "" {
			e.ID += "/" + i.Recurrence
		}
		out = append(out, e)
	}
	return out, nil
}

// Insert refuses: a file is not written.
func (f *file) Insert(context.Context, string, calendar.Event) (calendar.Event, bool, error) {
	return calendar.Event{}, false, readOnly("insert an event")
}

// Update refuses: a file is not written.
func (f *file) Update(context.Context, string, calendar.Event) (calendar.Event, error) {
	return calendar.Event{}, readOnly("update an event")
}

// Delete refuses: a file is not written.
func (f *file) Delete(context.Context, string, string, string) error {
	return readOnly("delete an event")
}

func readOnly(doing string) error {
	return fail(doing, calendar.Invalid, errors.New("a file is not written"))
}

func fail(doing string, kind calendar.Kind, err error) error {
	return &calendar.Error{Kind: kind, Doing: "icsfile: " + doing, Err: err}
}
