package icsfile_test

import (
	"bytes"
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/emersion/go-ical"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
)

// desk is an owner who exports the calendar anew with each change.
type desk struct {
	t      *testing.T
	events map[string][]*ical.Component // by UID: the event, and what is said about single instances
}

func newDesk(t *testing.T) *desk {
	d := &desk{t: t, events: map[string][]*ical.Component{}}
	d.Add(t, calendartest.Appointment{Title: "Long ago", Start: march.From.AddDate(-9, 0, 0), End: march.From.AddDate(-9, 0, 1)}) // no file is empty
	return d
}

func (d *desk) newest() calendar.Calendars {
	c := ical.NewCalendar()
	c.Props.SetText(ical.PropVersion, "2.0")
	c.Props.SetText(ical.PropProductID, "-//Somebody//Desk//EN")
	c.Props.SetText("X-WR-TIMEZONE", chicago.String())
	for _, e := range d.events {
		c.Children = append(c.Children, e...)
	}
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(c); err != nil {
		d.t.Fatal(err)
	}
	return connect(d.t, out.String())
}

// latest is the calendar of the newest file.
type latest struct {
	calendar.Calendars // for what is refused anyway
	d                  *desk
}

func (l latest) List(ctx context.Context) ([]calendar.Info, error) { return l.d.newest().List(ctx) }

func (l latest) Changes(ctx context.Context, id, cursor string, w calendar.Window) (calendar.Changes, error) {
	return l.d.newest().Changes(ctx, id, cursor, w)
}

func (l latest) Event(ctx context.Context, id, eventID string) (calendar.Event, error) {
	return l.d.newest().Event(ctx, id, eventID)
}

func (d *desk) Add(_ testing.TB, a calendartest.Appointment) string {
	uid := fmt.Sprintf("desk-%d", len(d.events))
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, uid)
	e.Props.SetDateTime(ical.PropDateTimeStamp, march.From.UTC())
	d.events[uid] = []*ical.Component{e.Component}
	dress(e, a)
	return uid
}

func dress(e *ical.Event, a calendartest.Appointment) {
	e.Props.SetText(ical.PropSummary, a.Title)
	e.Props.SetText(ical.PropLocation, a.Place)
	e.Props.SetText(ical.PropDescription, a.Notes)
	e.Props.SetText(ical.PropTransparency, map[bool]string{true: "TRANSPARENT", false: "OPAQUE"}[a.Free])
	if a.AllDay {
		e.Props.SetDate(ical.PropDateTimeStart, a.Start.In(chicago))
		e.Props.SetDate(ical.PropDateTimeEnd, a.End.In(chicago))
		return
	}
	e.Props.SetDateTime(ical.PropDateTimeStart, a.Start.UTC())
	e.Props.SetDateTime(ical.PropDateTimeEnd, a.End.UTC())
}

func (d *desk) Change(t testing.TB, id string, change func(*calendartest.Appointment)) {
	t.Helper()
	e := &ical.Event{Component: d.events[id][0]}
	var a calendartest.Appointment
	var err error
	if a.Start, err = e.DateTimeStart(chicago); err != nil {
		t.Fatal(err)
	}
	if a.End, err = e.DateTimeEnd(chicago); err != nil {
		t.Fatal(err)
	}
	a.Title, _ = e.Props.Text(ical.PropSummary)
	a.Place, _ = e.Props.Text(ical.PropLocation)
	a.Notes, _ = e.Props.Text(ical.PropDescription)
	change(&a)
	dress(e, a)
}

func (d *desk) Delete(_ testing.TB, id string) { d.events[id] = nil }

func (d *desk) AddWeekly(t testing.TB, a calendartest.Appointment, times int) string {
	uid := d.Add(t, a)
	e := d.events[uid][0]
	rule := ical.NewProp(ical.PropRecurrenceRule)
	rule.Value = fmt.Sprintf("FREQ=WEEKLY;COUNT=%d", times)
	e.Props.Set(rule)
	if !a.AllDay {
		e.Props.SetDateTime(ical.PropDateTimeStart, a.Start.In(chicago))
		e.Props.SetDateTime(ical.PropDateTimeEnd, a.End.In(chicago))
	}
	return uid
}

func (d *desk) MoveOne(t testing.TB, series string, at, to time.Time) {
	t.Helper()
	was := &ical.Event{Component: d.events[series][0]}
	title, _ := was.Props.Text(ical.PropSummary)
	moved := ical.NewEvent()
	moved.Props.SetText(ical.PropUID, series)
	moved.Props.SetDateTime(ical.PropDateTimeStamp, march.From.UTC())
	moved.Props.SetDateTime(ical.PropRecurrenceID, at.UTC())
	dress(moved, calendartest.Appointment{Title: title, Start: to, End: to.Add(time.Hour)})
	d.events[series] = append(d.events[series], moved.Component)
}

func (d *desk) CancelOne(_ testing.TB, series string, at time.Time) {
	p := ical.NewProp(ical.PropExceptionDates)
	p.SetDateTime(at.In(chicago))
	d.events[series][0].Props.Add(p)
}

func TestAFileIsACalendarToRead(t *testing.T) {
	calendartest.RunReadOnly(t, func(t *testing.T) calendartest.Bench {
		d := newDesk(t)
		c := latest{d.newest(), d}
		all, err := c.List(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return calendartest.Bench{Calendars: c, Calendar: all[0].ID, Zone: chicago, Hand: d}
	})
}
