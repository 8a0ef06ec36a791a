package caldav

import (
	"bytes"
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/icalendar"
)

// put writes a resource on a condition, and gives the event as it is by then. The answer is nil where the condition
// didn't hold, or where the server refuses it in one of the ways that are allowed.
func (a *account) put(ctx context.Context, cal *url.URL, name string, data *icalendar.Component, condition, value, doing string, allowed ...int) (*resource, *reply, error) {
	var body bytes.Buffer
	if err := icalendar.Write(&body, data); err != nil {
		return nil, nil, fail(doing, calendar.Invalid, err)
	}
	if value == "" {
		value = "*" // of a server that tells no etags
	}
	answer, err := a.do(ctx, request{
		method: http.MethodPut, to: child(cal, name), body: body.Bytes(), doing: doing,
		head: map[string]string{"Content-Type": "text/calendar; charset=utf-8", condition: value},
	}, append(allowed, http.StatusPreconditionFailed)...)
	if err != nil {
		return nil, nil, err
	}
	if answer.status >= 300 {
		return nil, answer, nil
	}
	// An etag says that what was sent is what is kept (RFC 4791 section 5.3.4). A weak one says nothing of the kind.
	if etag := strings.TrimSpace(answer.head.Get("ETag")); etag != "" && !strings.HasPrefix(etag, "W/") {
		return &resource{name: name, etag: etag, data: data}, answer, nil
	}
	r, err := a.one(ctx, cal, name, doing)
	return r, answer, err
}

// child is the address of a resource.
func child(cal *url.URL, name string) *url.URL {
	u, err := cal.Parse("./" + name)
	if err != nil {
		return cal.JoinPath(url.PathEscape(name)) // which is nothing that a server gave us
	}
	return u
}

// resourceName is where the event of a job's visit lies.
func resourceName(e *calendar.Event) string {
	return url.PathEscape("fixly-" + e.Job + "-" + strconv.Itoa(e.Part) + ".ics")
}

// Insert writes the event of a job, once.
func (a *account) Insert(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, bool, error) {
	const doing = "insert an event"
	cal, err := a.collection(calendarID, doing)
	if err != nil {
		return calendar.Event{}, false, err
	}
	zone, err := a.zoneOf(ctx, cal, doing)
	if err != nil {
		return calendar.Event{}, false, err
	}
	name, data := resourceName(&e), a.compose(&e, zone)
	condition, value := "If-None-Match", "*"
	for range 3 {
		// Without a word of etags: servers refuse a UID that they have at another address in three ways.
		r, refused, err := a.put(ctx, cal, name, data, condition, value, doing, http.StatusBadRequest, http.StatusForbidden, http.StatusConflict)
		if err != nil {
			return calendar.Event{}, false, err
		}
		if r != nil {
			written, err := a.event(r, name, zone, doing)
			return written, false, err
		}
		var there *resource
		if refused.status == http.StatusPreconditionFailed {
			there, err = a.one(ctx, cal, name, doing)
		} else if there, err = a.byUID(ctx, cal, icalendar.UID(e.Job, e.Part), doing); err == nil && there == nil {
			return calendar.Event{}, false, refused.refusal(doing)
		}
		switch {
		case calendar.KindOf(err) == calendar.NotFound: // deleted just now
			condition, value = "If-None-Match", "*"
			continue
		case err != nil:
			return calendar.Event{}, false, err
		}
		now, err := a.event(there, there.name, zone, doing)
		if err != nil {
			return calendar.Event{}, false, err
		}
		if !now.Gone {
			return now, true, nil
		}
		name, condition, value = there.name, "If-Match", there.etag // cancelled, which is as good as deleted
	}
	return calendar.Event{}, false, fail(doing, calendar.Unavailable, errors.New("somebody else writes the same event"))
}

// byUID finds the resource with a UID; nil when there is none.
func (a *account) byUID(ctx context.Context, cal *url.URL, uid, doing string) (*resource, error) {
	m, err := a.multi(ctx, "REPORT", cal, "1", `<C:calendar-query`+namespaces+`><D:prop><D:getetag/><C:calendar-data/></D:prop><C:filter>`+
		`<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:prop-filter name="UID"><C:text-match collation="i;octet">`+text(uid)+
		`</C:text-match></C:prop-filter></C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`, doing)
	if err != nil {
		return nil, err
	}
	for _, r := range m.resources(cal) {
		if r.data == nil {
			continue
		}
		for _, c := range r.data.Children {
			if c.Name == "VEVENT" && c.Text("UID") == uid { // a match may be a part of it
				return &r, nil
			}
		}
	}
	return nil, nil
}

// compose makes the event of a job.
func (a *account) compose(e *calendar.Event, zone *time.Location) *icalendar.Component {
	v := &icalendar.Component{Name: "VEVENT"}
	v.SetText("UID", icalendar.UID(e.Job, e.Part))
	v.Set("DTSTAMP", icalendar.UTC(a.Clock.Now()))
	v.Set("CREATED", icalendar.UTC(a.Clock.Now()))
	v.Set("SEQUENCE", "0")
	setTimes(v, e, zone)
	v.SetText("SUMMARY", e.Title)
	v.SetText("LOCATION", e.Place)
	v.SetText("DESCRIPTION", e.Notes)
	v.Set("STATUS", "CONFIRMED")
	if e.Tentative {
		v.Set("STATUS", "TENTATIVE")
	}
	if e.Free {
		v.Set("TRANSP", "TRANSPARENT")
	}
	v.SetText(icalendar.PropJob, e.Job)
	v.Set(icalendar.PropPart, strconv.Itoa(e.Part))
	c := &icalendar.Component{Name: "VCALENDAR", Children: []*icalendar.Component{v}}
	c.Set("VERSION", "2.0")
	c.Set("PRODID", "-//Fixly//Jobs//EN")
	return c
}

// setTimes writes when the event is, in UTC, or as days.
func setTimes(v *icalendar.Component, e *calendar.Event, zone *time.Location) {
	v.Remove("DURATION")
	if e.AllDay {
		v.Set("DTSTART", icalendar.Date(e.Start.In(zone)), "VALUE", "DATE")
		v.Set("DTEND", icalendar.Date(e.End.In(zone)), "VALUE", "DATE")
		return
	}
	v.Set("DTSTART", icalendar.UTC(e.Start))
	v.Set("DTEND", icalendar.UTC(e.End))
}

// Update changes an event, and keeps all of it that isn't ours.
func (a *account) Update(ctx context.Context, calendarID string, e calendar.Event) (calendar.Event, error) {
	const doing = "update an event"
	cal, err := a.collection(calendarID, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	if strings.Contains(e.ID, "/") {
		return calendar.Event{}, fail(doing, calendar.Invalid, errors.New("one of several is no event of a job"))
	}
	zone, err := a.zoneOf(ctx, cal, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	r, err := a.one(ctx, cal, e.ID, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	was, err := a.event(r, e.ID, zone, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	if e.ETag != "" && e.ETag != r.etag {
		return calendar.Event{}, fail(doing, calendar.Conflict, errors.New("it was changed since"))
	}
	v := master(r.data)
	if v == nil || was.Gone {
		return calendar.Event{}, fail(doing, calendar.NotFound, errors.New("no such event"))
	}
	a.change(v, &was, &e, zone)
	written, _, err := a.put(ctx, cal, e.ID, r.data, "If-Match", r.etag, doing)
	if err != nil {
		return calendar.Event{}, err
	}
	if written == nil { // changed or deleted between reading and writing
		if _, err := a.one(ctx, cal, e.ID, doing); err != nil {
			return calendar.Event{}, err
		}
		return calendar.Event{}, fail(doing, calendar.Conflict, errors.New("it was changed since"))
	}
	return a.event(written, e.ID, zone, doing)
}

// master is the event itself, among what is said about its instances.
func master(c *icalendar.Component) *icalendar.Component {
	for _, v := range c.Children {
		if v.Name == "VEVENT" && v.Get("RECURRENCE-ID") == nil {
			return v
		}
	}
	return nil
}

// change makes an event what it is to be. What stays the same keeps the form that somebody's app gave it.
func (a *account) change(v *icalendar.Component, was, e *calendar.Event, zone *time.Location) {
	for _, t := range []struct{ name, now, shadow string }{
		{"SUMMARY", e.Title, ""},
		{"LOCATION", e.Place, "X-APPLE-STRUCTURED-LOCATION"}, // says the same once more, for maps
		{"DESCRIPTION", e.Notes, "X-ALT-DESC"},               // in HTML
	} {
		if v.Text(t.name) != t.now {
			v.SetText(t.name, t.now)
			if t.shadow != "" {
				v.Remove(t.shadow)
			}
		}
	}
	if !was.Start.Equal(e.Start) || !was.End.Equal(e.End) || was.AllDay != e.AllDay {
		setTimes(v, e, zone)
	}
	if status := strings.ToUpper(v.Value("STATUS")); e.Tentative && status != "TENTATIVE" {
		v.Set("STATUS", "TENTATIVE")
	} else if !e.Tentative && status != "CONFIRMED" {
		v.Set("STATUS", "CONFIRMED")
	}
	sequence, _ := strconv.Atoi(v.Value("SEQUENCE")) // none is 0
	v.Set("SEQUENCE", strconv.Itoa(max(0, sequence)+1))
	v.Set("DTSTAMP", icalendar.UTC(a.Clock.Now()))
	v.Set("LAST-MODIFIED", icalendar.UTC(a.Clock.Now()))
}

// Delete deletes an event.
func (a *account) Delete(ctx context.Context, calendarID, eventID, etag string) error {
	const doing = "delete an event"
	cal, err := a.collection(calendarID, doing)
	if calendar.KindOf(err) == calendar.NotFound {
		return nil // no calendar, no event
	}
	if err != nil {
		return err
	}
	if strings.Contains(eventID, "/") {
		return fail(doing, calendar.Invalid, errors.New("one of several is no event of a job"))
	}
	r := request{method: http.MethodDelete, to: child(cal, eventID), doing: doing, head: map[string]string{}}
	if etag != "" {
		r.head["If-Match"] = etag
	}
	answer, err := a.do(ctx, r, http.StatusNotFound, http.StatusGone, http.StatusPreconditionFailed)
	if err != nil || answer.status != http.StatusPreconditionFailed {
		return err
	}
	// Of one that is gone, too, the condition doesn't hold.
	switch _, err := a.one(ctx, cal, eventID, doing); calendar.KindOf(err) {
	case calendar.NotFound:
		return nil
	case "":
		return fail(doing, calendar.Conflict, errors.New("it was changed since"))
	default:
		return err
	}
}
