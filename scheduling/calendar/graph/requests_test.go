package graph_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/calendartest"
	"fixly/scheduling/calendar/graph"
	"fixly/scheduling/calendar/graph/fakegraph"
)

func (b *bench) window() calendar.Window {
	return calendar.Window{From: time.Date(2027, 3, 1, 0, 0, 0, 0, time.UTC), To: time.Date(2027, 3, 29, 0, 0, 0, 0, time.UTC)}
}

// visit is the event of a job.
func visit(job string) calendar.Event {
	start := time.Date(2027, 3, 9, 16, 0, 0, 0, time.UTC)
	return calendar.Event{Job: job, Title: "Water heater", Place: "12 Elm St", Notes: "Gate code 7", Start: start, End: start.Add(2 * time.Hour)}
}

func must[T any](v T, err error) func(t testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func (b *bench) insert(t testing.TB, c *graph.Calendars, e calendar.Event) calendar.Event {
	t.Helper()
	written, existed, err := c.Insert(t.Context(), b.calendar, e)
	if err != nil || existed {
		t.Fatalf("Insert: existed %v, %v", existed, err)
	}
	return written
}

// TestRequests compares what is sent with what Graph's pages ask for, to the letter.
func TestRequests(t *testing.T) {
	b := newBench(t)
	c := b.open(t, b.provider)
	ch := must(c.Changes(t.Context(), b.calendar, "", b.window()))(t)
	b.wire.requests()

	e := b.insert(t, c, visit("job_1"))
	e.Title = "Boiler"
	e = must(c.Update(t.Context(), b.calendar, e))(t)
	must(c.Changes(t.Context(), b.calendar, ch.Cursor, b.window()))(t)
	if err := c.Delete(t.Context(), b.calendar, e.ID, e.ETag); err != nil {
		t.Fatal(err)
	}
	events := "/v1.0/me/calendars/" + strings.ReplaceAll(b.calendar, "=", "%3D") + "/events"
	event := events + "/" + strings.ReplaceAll(e.ID, "=", "%3D")
	const property = "String {6d1f3ad1-6a0b-4a8e-9c57-6f1d2b0c5e44} Name FixlyVisit"
	written := func(title string) map[string]any {
		return map[string]any{
			"subject": title, "body": map[string]any{"contentType": "text", "content": "Gate code 7"}, "location": map[string]any{"displayName": "12 Elm St"},
			"start": map[string]any{"dateTime": "2027-03-09T16:00:00", "timeZone": "UTC"}, "end": map[string]any{"dateTime": "2027-03-09T18:00:00", "timeZone": "UTC"},
			"isAllDay": false, "showAs": "busy",
		}
	}
	first := written("Water heater")
	first["transactionId"] = "fixly/job_1/0/0"
	first["singleValueExtendedProperties"] = []any{map[string]any{"id": property, "value": "job_1/0"}}
	got := b.wire.requests()
	want := []struct {
		method, path, query, value string
		ifMatch                    bool
		body                       map[string]any
	}{
		{"GET", events, "$filter", "singleValueExtendedProperties/Any(ep: ep/id eq '" + property + "' and ep/value eq 'job_1/0')", false, nil},
		{"POST", events, "", "", false, first},
		{"GET", event, "$select", "id", false, nil},
		{"PATCH", event, "", "", true, written("Boiler")},
		{"GET", strings.TrimSuffix(events, "/events") + "/calendarView/delta", "$deltatoken", "", false, nil},
		{"GET", event, "$select", "id", false, nil},
		{"DELETE", event, "", "", true, nil},
	}
	if len(got) != len(want) {
		t.Fatalf("%d requests, want %d: %+v", len(got), len(want), got)
	}
	for i, w := range want {
		g := got[i]
		if path := strings.ReplaceAll(g.Path, "=", "%3D"); g.Method != w.method || path != w.path || w.query == "" && len(g.Query) > 0 || w.query != "" && !g.Query.Has(w.query) || w.value != "" && g.Query.Get(w.query) != w.value {
			t.Errorf("no. %d: %s %s %v, want %s %s %s=%s", i, g.Method, g.Path, g.Query, w.method, w.path, w.query, w.value)
		}
		if has := strings.HasPrefix(g.Header.Get("If-Match"), `W/"`); has != w.ifMatch {
			t.Errorf("no. %d: If-Match %q", i, g.Header.Get("If-Match"))
		}
		var body map[string]any
		if g.Body != "" {
			if err := json.Unmarshal([]byte(g.Body), &body); err != nil {
				t.Fatal(err)
			}
		}
		if !reflect.DeepEqual(body, w.body) {
			t.Errorf("no. %d: body %v, want %v", i, body, w.body)
		}
		prefer := strings.Join(g.Header.Values("Prefer"), " ")
		for _, p := range []string{`outlook.timezone="UTC"`, `outlook.body-content-type="text"`, `IdType="ImmutableId"`} {
			if !strings.Contains(prefer, p) {
				t.Errorf("no. %d: Prefer %s lacks %s", i, prefer, p)
			}
		}
	}
}

// TestCursorLeadsNowhereElse: a cursor is part of an address, and a token goes to Graph alone.
func TestCursorLeadsNowhereElse(t *testing.T) {
	b := newBench(t)
	c := b.open(t, b.provider)
	thief := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		t.Errorf("%s was asked for, with %q", r.URL, r.Header.Get("Authorization"))
	}))
	defer thief.Close()
	for _, cursor := range []string{
		thief.URL + "/v1.0/me", "//" + strings.TrimPrefix(thief.URL, "http://") + "/v1.0/me", "@" + strings.TrimPrefix(thief.URL, "http://") + "/v1.0/x",
		".evil.example/v1.0/me", "/v2.0/me", "/v1.0", "v1.0/me", "", "\x00", "/v1.0/me\n",
	} {
		if cursor == "" {
			continue // from the beginning
		}
		_, err := c.Changes(t.Context(), b.calendar, cursor, b.window())
		if calendar.KindOf(err) != calendar.Expired {
			t.Errorf("cursor %q: %v, want kind expired", cursor, err)
		}
	}
	// Nor does an answer lead anywhere else.
	for _, key := range []string{"@odata.nextLink", "@odata.deltaLink"} {
		liar := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/token") {
				_, _ = w.Write([]byte(`{"access_token":"a","expires_in":3600}`))
				return
			}
			_, _ = w.Write([]byte(`{"value":[],"` + key + `":"` + thief.URL + `/v1.0/me/calendars/x/calendarView/delta?$skiptoken=1"}`))
		}))
		p := graph.New(graph.Options{APIURL: liar.URL, LoginURL: liar.URL})
		opened, err := p.Open(calendar.Account{Credentials: b.saved}, nil)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := opened.Changes(t.Context(), "x", "", b.window()); calendar.KindOf(err) != calendar.Unavailable {
			t.Errorf("%s to another host: %v", key, err)
		}
		liar.Close()
	}
}

// TestSeriesAndRemovalsAreReadWhole: what a delta can't tell apart is read anew, and a job that was moved out of the
// window is there, not gone.
func TestSeriesAndRemovalsAreReadWhole(t *testing.T) {
	b := newBench(t)
	c, hand := b.open(t, b.provider), b.Hand(b.calendar)
	e := b.insert(t, c, visit("job_1"))
	ch := must(c.Changes(t.Context(), b.calendar, "", b.window()))(t)
	if !ch.Whole || len(ch.Events) != 1 {
		t.Fatalf("first: %+v", ch)
	}
	hand.Change(t, e.ID, func(a *calendartest.Appointment) { a.Title = "Ann" })
	ch = must(c.Changes(t.Context(), b.calendar, ch.Cursor, b.window()))(t)
	if ch.Whole || len(ch.Events) != 1 || ch.Events[0].Job != "job_1" || ch.Events[0].Title != "Ann" {
		t.Fatalf("after a plain change: %+v", ch)
	}
	hand.Change(t, e.ID, func(a *calendartest.Appointment) { a.Start, a.End = a.Start.AddDate(0, 2, 0), a.End.AddDate(0, 2, 0) })
	ch = must(c.Changes(t.Context(), b.calendar, ch.Cursor, b.window()))(t)
	if !ch.Whole || len(ch.Events) != 0 {
		t.Fatalf("moved out of the window: %+v", ch)
	}
	if now := must(c.Event(t.Context(), b.calendar, e.ID))(t); now.Gone || now.Job != "job_1" || now.Start.Month() != time.May {
		t.Errorf("it is read as %+v", now)
	}
	hand.AddWeekly(t, calendartest.Appointment{Title: "Gym", Start: visit("").Start, End: visit("").End}, 3)
	if ch = must(c.Changes(t.Context(), b.calendar, ch.Cursor, b.window()))(t); !ch.Whole || len(ch.Events) != 3 {
		t.Errorf("a series: %+v", ch)
	}
	// A job that people make repeat: its occurrences are theirs.
	for _, e := range ch.Events {
		if e.Job != "" || e.Title != "Gym" || e.Free {
			t.Errorf("one of a series: %+v", e)
		}
	}
}

// TestCopyOfAJobIsNotTheJob: who copies the event copies our property with it.
func TestCopyOfAJobIsNotTheJob(t *testing.T) {
	b := newBench(t)
	c, hand := b.open(t, b.provider), b.Hand(b.calendar)
	e := b.insert(t, c, visit("job_1"))
	copied := hand.Copy(e.ID)
	if got := must(c.Event(t.Context(), b.calendar, copied))(t); got.Job != "" {
		t.Errorf("the copy is read as of job %q", got.Job)
	}
	got, existed, err := c.Insert(t.Context(), b.calendar, visit("job_1"))
	if err != nil || !existed || got.ID != e.ID || hand.Count() != 2 {
		t.Errorf("Insert again: %+v, existed %v, %v; %d events", got, existed, err, hand.Count())
	}
}

func TestAllDayWithoutTheZoneOfTheMailbox(t *testing.T) {
	b := newBench(t)
	b.saved = []byte(`{"refresh_token":"` + b.Grant(owner, "User.Read", "Calendars.ReadWrite") + `"}`)
	c := b.open(t, b.provider)
	day := time.Date(2027, 3, 9, 0, 0, 0, 0, chicago(t))
	b.Hand(b.calendar).Add(t, calendartest.Appointment{Title: "Fair", AllDay: true, Start: day, End: day.AddDate(0, 0, 1)})
	all := must(c.List(t.Context()))(t)
	if len(all) != 1 || all[0].Zone != "" || !all[0].Primary || !all[0].Writable {
		t.Errorf("listed: %+v", all)
	}
	ch := must(c.Changes(t.Context(), b.calendar, "", b.window()))(t)
	if len(ch.Events) != 1 || !ch.Events[0].Start.Equal(day) {
		t.Errorf("by the zone of the event itself: %+v", ch.Events)
	}
}

func TestListOfManyCalendars(t *testing.T) {
	b := newBench(t)
	shared := b.AddCalendar(owner, "Birthdays", true)
	b.AddCalendar(owner, "Van", false)
	b.Hand(b.calendar).Pages(2)
	c := b.open(t, b.provider)
	all := must(c.List(t.Context()))(t)
	if len(all) != 3 || !all[0].Primary || all[0].Zone != "America/Chicago" || all[1].Writable || all[1].ID != shared || !all[2].Writable || all[2].Name != "Van" {
		t.Errorf("listed: %+v", all)
	}
	if _, _, err := c.Insert(t.Context(), shared, visit("job_1")); calendar.KindOf(err) != calendar.Forbidden {
		t.Errorf("writing where it isn't allowed: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	var status int
	var body, after string
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasSuffix(r.URL.Path, "/token") {
			_, _ = w.Write([]byte(`{"access_token":"a","expires_in":3600}`))
			return
		}
		if after != "" {
			w.Header().Set("Retry-After", after)
		}
		w.WriteHeader(status)
		_, _ = w.Write([]byte(body))
	}))
	defer s.Close()
	code := func(c string) string {
		return `{"error":{"code":"` + c + `","message":"Karen's sink","innerError":{"code":"inner"}}}`
	}
	for _, x := range []struct {
		status int
		body   string
		after  string
		kind   calendar.Kind
		wait   time.Duration
	}{
		{400, code("ErrorInvalidRequest"), "", calendar.Invalid, 0},
		{400, code("ErrorInvalidIdMalformed"), "", calendar.NotFound, 0},
		{401, code("InvalidAuthenticationToken"), "", calendar.Unauthorized, 0},
		{403, code("ErrorAccessDenied"), "", calendar.Forbidden, 0},
		{404, code("ErrorItemNotFound"), "", calendar.NotFound, 0},
		{409, code("ErrorIrresolvableConflict"), "", calendar.Conflict, 0},
		{412, code("ErrorIrresolvableConflict"), "", calendar.Conflict, 0},
		{423, "", "", calendar.Unavailable, 0},
		{429, code("ApplicationThrottled"), "10", calendar.Limited, 10 * time.Second},
		{429, code("ApplicationThrottled"), "soon", calendar.Limited, 0},
		{503, "<html>Karen's sink</html>", "120", calendar.Unavailable, 2 * time.Minute},
		{504, "", "", calendar.Unavailable, 0},
		{302, "", "", calendar.Unavailable, 0},
	} {
		status, body, after = x.status, x.body, x.after
		opened, err := graph.New(graph.Options{APIURL: s.URL, LoginURL: s.URL}).Open(calendar.Account{Credentials: []byte(`{"refresh_token":"r"}`)}, nil)
		if err != nil {
			t.Fatal(err)
		}
		_, err = opened.Event(t.Context(), "c", "e")
		var e *calendar.Error
		if !errors.As(err, &e) || e.Kind != x.kind || e.RetryAfter != x.wait || strings.Contains(err.Error(), "Karen") {
			t.Errorf("%d %s: %v, again after %v", x.status, x.body, err, e.RetryAfter)
		}
	}
}

// TestNothingIsWrittenTwice writes visits while requests are lost, cut, refused and throttled, until each says that it is
// done; and then each is there once.
func TestNothingIsWrittenTwice(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		b := newBench(t)
		c, hand := b.open(t, b.provider), b.Hand(b.calendar)
		b.Inject(fakegraph.Faults{Seed: rapid.Uint64().Draw(rt, "seed"), Down: 0.1, Throttled: 0.1, Lost: 0.2, Cut: 0.1})
		jobs := rapid.IntRange(1, 4).Draw(rt, "jobs")
		deleted := 0
		for i := range jobs {
			job := "job_" + string(rune('a'+i))
			var e calendar.Event
			for range 200 {
				var err error
				if e, _, err = c.Insert(context.Background(), b.calendar, visit(job)); err == nil {
					break
				}
				if !errors.As(err, new(*calendar.Error)) || calendar.KindOf(err) != calendar.Unavailable && calendar.KindOf(err) != calendar.Limited {
					rt.Fatalf("Insert: %v", err)
				}
			}
			if e.Job != job {
				rt.Fatalf("%s: %+v", job, e)
			}
			if rapid.Bool().Draw(rt, "deletes") {
				hand.Delete(t, e.ID)
				deleted++
			}
		}
		b.Inject(fakegraph.Faults{})
		if hand.Count() != jobs-deleted {
			rt.Fatalf("%d events of %d jobs, %d deleted", hand.Count(), jobs, deleted)
		}
	})
}
