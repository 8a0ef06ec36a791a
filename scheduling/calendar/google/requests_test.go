package google_test

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"fixly/scheduling/calendar"
)

// TestRequests compares each request with what is meant to go over the wire.
func TestRequests(t *testing.T) {
	b := newBench(t)
	c := b.open(t, b.provider)
	if _, err := c.List(t.Context()); err != nil {
		t.Fatal(err)
	}
	if sent := b.wire.requests(); len(sent) != 2 || sent[0].Path != "/token" || sent[1].Path != "/calendar/v3/users/me/calendarList" {
		t.Fatalf("the first requests: %+v", sent)
	}
	day := func(d, h int) time.Time { return time.Date(2027, 3, d, h, 0, 0, 0, chicago(t)) }
	e := calendar.Event{
		Job: "job_d4k8v0s3c1qg00b1m2n0", Part: 2, Title: "Water heater, Ann Lee", Place: "12 Elm St", Notes: "It drips.",
		Start: day(9, 10), End: day(9, 11),
	}
	const id = "jobd4k8v0s3c1qg00b1m2n0p2"
	const events = "/calendar/v3/calendars/mike@example.com/events"
	expect := func(what string, sent sent, method, path, query, etag, body string) {
		t.Helper()
		if sent.Method != method || sent.Path != path {
			t.Errorf("%s: %s %s, want %s %s", what, sent.Method, sent.Path, method, path)
		}
		want, err := url.ParseQuery(query)
		if err != nil || !reflect.DeepEqual(sent.Query, want) {
			t.Errorf("%s: the query is %v, want %v (%v)", what, sent.Query, want, err)
		}
		if got := sent.Header.Get("If-Match"); got != etag {
			t.Errorf("%s: If-Match %q, want %q", what, got, etag)
		}
		if !strings.HasPrefix(sent.Header.Get("Authorization"), "Bearer access-") {
			t.Errorf("%s: Authorization %q", what, sent.Header.Get("Authorization"))
		}
		if !sameJSON(t, sent.Body, body) {
			t.Errorf("%s: the body is\n%s\nwant\n%s", what, sent.Body, body)
		}
	}
	one := func() sent {
		t.Helper()
		all := b.wire.requests()
		if len(all) != 1 {
			t.Fatalf("%d requests, want 1: %+v", len(all), all)
		}
		return all[0]
	}

	w := calendar.Window{From: day(1, 0), To: day(29, 0)}
	ch, err := c.Changes(t.Context(), owner, "", w)
	if err != nil {
		t.Fatal(err)
	}
	expect("the first reading", one(), "GET", events,
		"singleEvents=true&maxResults=2500&maxAttendees=1&timeMin=2027-03-01T06:00:00Z&timeMax=2027-03-29T05:00:00Z", "", "")
	if _, err = c.Changes(t.Context(), owner, ch.Cursor, w); err != nil {
		t.Fatal(err)
	}
	expect("the next", one(), "GET", events, "singleEvents=true&maxResults=2500&maxAttendees=1&syncToken="+ch.Cursor, "", "")

	written, _, err := c.Insert(t.Context(), owner, e)
	if err != nil {
		t.Fatal(err)
	}
	expect("Insert", one(), "POST", events, "", "", `{
		"id": "`+id+`", "status": "confirmed", "transparency": "opaque",
		"summary": "Water heater, Ann Lee", "location": "12 Elm St", "description": "It drips.",
		"start": {"dateTime": "2027-03-09T16:00:00Z"}, "end": {"dateTime": "2027-03-09T17:00:00Z"},
		"extendedProperties": {"private": {"fixlyJob": "job_d4k8v0s3c1qg00b1m2n0", "fixlyPart": "2"}}}`)

	written.Tentative, written.Notes = true, ""
	updated, err := c.Update(t.Context(), owner, written)
	if err != nil {
		t.Fatal(err)
	}
	expect("Update", one(), "PATCH", events+"/"+id, "", written.ETag, `{
		"status": "tentative", "summary": "Water heater, Ann Lee", "location": "12 Elm St", "description": "",
		"start": {"dateTime": "2027-03-09T16:00:00Z", "date": null}, "end": {"dateTime": "2027-03-09T17:00:00Z", "date": null}}`)

	if _, err := c.Event(t.Context(), owner, id); err != nil {
		t.Fatal(err)
	}
	expect("Event", one(), "GET", events+"/"+id, "", "", "")

	if err := c.Delete(t.Context(), owner, id, updated.ETag); err != nil {
		t.Fatal(err)
	}
	expect("Delete", one(), "DELETE", events+"/"+id, "", updated.ETag, "")

	if _, _, err = c.Insert(t.Context(), owner, e); err != nil {
		t.Fatal(err)
	}
	all := b.wire.requests()
	if len(all) != 3 || all[0].Method != "POST" || all[1].Method != "GET" {
		t.Fatalf("Insert of a deleted one: %+v", all)
	}
	expect("Insert anew", all[2], "PATCH", events+"/"+id, "", all[2].Header.Get("If-Match"), `{
		"status": "confirmed", "transparency": "opaque", "recurrence": null,
		"summary": "Water heater, Ann Lee", "location": "12 Elm St", "description": "It drips.",
		"start": {"dateTime": "2027-03-09T16:00:00Z", "date": null}, "end": {"dateTime": "2027-03-09T17:00:00Z", "date": null},
		"extendedProperties": {"private": {"fixlyJob": "job_d4k8v0s3c1qg00b1m2n0", "fixlyPart": "2"}}}`)

	if _, err = c.Busy(t.Context(), []string{owner}, w); err != nil {
		t.Fatal(err)
	}
	expect("Busy", one(), "POST", "/calendar/v3/freeBusy", "", "", `{
		"timeMin": "2027-03-01T06:00:00Z", "timeMax": "2027-03-29T05:00:00Z", "items": [{"id": "mike@example.com"}]}`)

	watch, err := c.Watch(t.Context(), owner, calendar.Channel{ID: "chn-1", URL: b.url + "/push", Token: "secret"})
	if err != nil {
		t.Fatal(err)
	}
	var about sent
	for _, s := range b.wire.requests() { // the fake's first notice may be among them
		if s.Path != "/push" {
			about = s
		}
	}
	expect("Watch", about, "POST", events+"/watch", "", "", `{"id": "chn-1", "type": "web_hook", "address": "`+b.url+`/push", "token": "secret"}`)
	if err := c.Unwatch(t.Context(), watch); err != nil {
		t.Fatal(err)
	}
	for _, s := range b.wire.requests() {
		if s.Path != "/push" {
			about = s
		}
	}
	expect("Unwatch", about, "POST", "/calendar/v3/channels/stop", "", "", `{"id": "chn-1", "resourceId": "`+watch.Resource+`"}`)
}

func sameJSON(t *testing.T, a, b string) bool {
	t.Helper()
	if a == "" || b == "" {
		return a == b
	}
	var x, y any
	if err := json.Unmarshal([]byte(a), &x); err != nil {
		t.Fatalf("%v: %s", err, a)
	}
	if err := json.Unmarshal([]byte(b), &y); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	return reflect.DeepEqual(x, y)
}
