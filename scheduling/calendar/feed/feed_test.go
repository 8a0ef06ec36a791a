package feed_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"
	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/scheduling"
	"fixly/scheduling/calendar/feed"
	"fixly/store"
	"fixly/store/storetest"
)

var monday = time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC)

func aJob(edits ...func(*scheduling.Job)) scheduling.Job {
	start := time.Date(2026, 11, 24, 15, 0, 0, 0, time.UTC)
	j := scheduling.Job{
		ID: "job_1", Status: scheduling.StatusBooked, Service: "Drain cleaning", Problem: "kitchen sink, backed up; smells", Urgency: scheduling.Routine,
		Slot: scheduling.Slot{Technician: "Luis Ortega", Start: start, End: start.Add(90 * time.Minute)}, WindowEnd: start.Add(2 * time.Hour),
		Customer:  contact.Customer{Name: "Karen Whitfield", Phone: "+13125550142"},
		Address:   contact.Address{Line1: "1842 North Damen Avenue", Unit: "3B", City: "Chicago", State: "IL", ZIP: "60647"},
		CreatedAt: monday, UpdatedAt: monday,
	}
	for _, e := range edits {
		e(&j)
	}
	return j
}

func written(t testing.TB, technician string, jobs ...scheduling.Job) string {
	t.Helper()
	var out bytes.Buffer
	if err := feed.Write(&out, demo.Business(), technician, jobs); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

// events reads an iCalendar as an app does.
func events(t testing.TB, text string) []ical.Event {
	t.Helper()
	cal, err := ical.NewDecoder(strings.NewReader(text)).Decode()
	if err != nil {
		t.Fatalf("%v in:\n%s", err, text)
	}
	return cal.Events()
}

func text(t testing.TB, e ical.Event, name string) string {
	t.Helper()
	s, err := e.Props.Text(name)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return s
}

func TestAJobIsAnEvent(t *testing.T) {
	out := written(t, "", aJob())
	for _, want := range []string{
		"METHOD:PUBLISH\r\n", "VERSION:2.0\r\n", "X-WR-TIMEZONE:America/Chicago\r\n", "REFRESH-INTERVAL;VALUE=DURATION:PT15M\r\n",
		"DTSTART:20261124T150000Z\r\n", "DTEND:20261124T163000Z\r\n", "UID:job_1@fixly\r\n", "SEQUENCE:0\r\n", "STATUS:CONFIRMED\r\n",
		"DTSTAMP:20261123T160500Z\r\n",
	} {
		if !strings.Contains(out, want) {
			t.Errorf("lacks %q:\n%s", want, out)
		}
	}
	e := events(t, out)[0]
	for name, want := range map[string]string{
		ical.PropSummary:     "Luis Ortega: Drain cleaning, Karen Whitfield",
		ical.PropLocation:    "1842 North Damen Avenue, 3B, Chicago, IL 60647",
		ical.PropDescription: "kitchen sink, backed up; smells\nPhone: (312) 555-0142\nArrive between 9:00 AM and 11:00 AM\nTechnician: Luis Ortega",
	} {
		if got := text(t, e, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

func TestChangesShow(t *testing.T) {
	was := aJob()
	for name, c := range map[string]struct {
		edit func(*scheduling.Job)
		want []string
	}{
		"moved":       {func(j *scheduling.Job) { j.Slot.Start = j.Slot.Start.Add(time.Hour) }, []string{"DTSTART:20261124T160000Z", "UID:job_1@fixly", "SEQUENCE:60"}},
		"cancelled":   {func(j *scheduling.Job) { j.Status = scheduling.StatusCancelled }, []string{"STATUS:CANCELLED", "UID:job_1@fixly", "SEQUENCE:60"}},
		"tentative":   {func(j *scheduling.Job) { j.Status = scheduling.StatusTentative }, []string{"STATUS:TENTATIVE"}},
		"emergencies": {func(j *scheduling.Job) { j.Urgency = scheduling.Emergency }, []string{"SUMMARY:Emergency: Drain cleaning"}},
	} {
		now := was
		c.edit(&now)
		now.UpdatedAt = was.UpdatedAt.Add(time.Minute)
		out := written(t, "Luis Ortega", now)
		for _, want := range c.want {
			if !strings.Contains(out, want) {
				t.Errorf("%s: lacks %q:\n%s", name, want, out)
			}
		}
	}
}

func TestNoJobsIsACalendarStill(t *testing.T) {
	if out := written(t, ""); len(events(t, out)) != 0 || !strings.Contains(out, "BEGIN:VTIMEZONE") {
		t.Error(out)
	}
}

// TestAnyWordsSurvive: whatever a caller says, the lines are folded as they should be and read back the same.
func TestAnyWordsSurvive(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		problem := rapid.StringOf(rapid.RuneFrom([]rune("ab ,;:\\\"\n\r\té漢🙂\x00\x7f"))).Draw(rt, "problem")
		out := written(t, "Luis Ortega", aJob(func(j *scheduling.Job) { j.Problem = problem }))
		for line := range strings.SplitSeq(strings.TrimSuffix(out, "\r\n"), "\r\n") {
			if len(line) > 75 || !utf8.ValidString(line) || strings.ContainsAny(line, "\r\n\x00") {
				rt.Fatalf("a line of %d bytes: %q", len(line), line)
			}
		}
		want := strings.NewReplacer("\r\n", "\n", "\r", " ", "\t", " ", "\x00", " ", "\x7f", " ").Replace(problem)
		got, _, _ := strings.Cut(text(t, events(t, out)[0], ical.PropDescription), "\nPhone: ")
		if strings.TrimSpace(got) != strings.TrimSpace(want) && strings.TrimSpace(want) != "" {
			rt.Fatalf("%q came back as %q", want, got)
		}
	})
}

// server serves the feeds of a database with the demo business and another one.
func server(t *testing.T, db *store.DB) (url string, keys feed.Keys, b *business.Business) {
	t.Helper()
	other := demo.Business()
	other.ID, other.Profile.Slug, other.Lines[0].Number = "", "other", "+13125550200"
	inTx(t, db, func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(tx.SaveBusiness(ctx, demo.Business()), tx.SaveBusiness(ctx, other))
	})
	b, err := db.BusinessBySlug(t.Context(), demo.Slug)
	if err != nil {
		t.Fatal(err)
	}
	keys = feed.NewKeys([]byte("0123456789abcdef0123456789abcdef"))
	mux := http.NewServeMux()
	mux.Handle("GET /calendars/{business}/{file}", &feed.Handler{Reader: db, Keys: keys, Clock: clock.NewManual(monday), Log: slog.New(slog.DiscardHandler)})
	srv := httptest.NewServer(mux)
	t.Cleanup(srv.Close)
	return srv.URL, keys, b
}

func inTx(t *testing.T, db *store.DB, f func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := db.InTx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func get(t *testing.T, address, ifNoneMatch string) (status int, head http.Header, body string) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	if ifNoneMatch != "" {
		req.Header.Set("If-None-Match", ifNoneMatch)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}
	raw, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return resp.StatusCode, resp.Header, string(raw)
}

func TestEveryoneHasAnAddressOfTheirOwn(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(monday), func(t *testing.T, db *store.DB) {
		url, keys, b := server(t, db)
		inTx(t, db, func(ctx context.Context, tx *store.Tx) error {
			luis := aJob(func(j *scheduling.Job) { j.ID, j.BusinessID, j.BusyUntil = "", b.ID, j.Slot.End })
			mike := aJob(func(j *scheduling.Job) {
				j.ID, j.BusinessID, j.BusyUntil, j.Slot.Technician, j.Service = "", b.ID, j.Slot.End, "Mike Rossi", "Leak repair"
			})
			return errors.Join(tx.InsertJob(ctx, &luis), tx.InsertJob(ctx, &mike))
		})
		for technician, want := range map[string]int{"": 2, "Luis Ortega": 1, "Mike Rossi": 1} {
			status, head, body := get(t, url+keys.Path(b.ID, technician, 0), "")
			if status != http.StatusOK || head.Get("Content-Type") != "text/calendar; charset=utf-8" || len(events(t, body)) != want {
				t.Errorf("%q: %d %q with %d jobs, want %d", technician, status, head.Get("Content-Type"), len(events(t, body)), want)
			}
			if status, _, _ := get(t, url+keys.Path(b.ID, technician, 0), head.Get("ETag")); status != http.StatusNotModified {
				t.Errorf("%q, unchanged: %d", technician, status)
			}
		}

		old := keys.Path(b.ID, "Luis Ortega", 0)
		inTx(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.ReplaceFeed(ctx, b.ID, "Luis Ortega") })
		inTx(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.ReplaceFeed(ctx, b.ID, "Luis Ortega") })
		replaced, err := db.FeedReplacements(t.Context(), b.ID)
		if err != nil || len(replaced) != 1 || replaced["Luis Ortega"] != 2 {
			t.Fatalf("%v, %v", replaced, err)
		}
		if status, _, _ := get(t, url+old, ""); status != http.StatusNotFound {
			t.Errorf("the old address still answers: %d", status)
		}
		if status, _, _ := get(t, url+keys.Path(b.ID, "Luis Ortega", 2), ""); status != http.StatusOK {
			t.Errorf("the new address: %d", status)
		}
		if status, _, _ := get(t, url+keys.Path(b.ID, "Mike Rossi", 0), ""); status != http.StatusOK {
			t.Errorf("another's address: %d", status)
		}
	})
}

func TestAddressesAreNotGuessed(t *testing.T) {
	db := storetest.Open(t, storetest.SQLite(t), clock.NewManual(monday))
	url, keys, b := server(t, db)
	other, err := db.BusinessBySlug(t.Context(), "other")
	if err != nil {
		t.Fatal(err)
	}
	right := keys.Path(b.ID, "", 0)
	stranger := feed.NewKeys([]byte("another installation's secret 32"))
	for _, path := range []string{
		strings.Replace(right, b.ID, other.ID, 1), // another business's
		stranger.Path(b.ID, "", 0),
		keys.Path(b.ID, "", 1),
		keys.Path(b.ID, "Nobody", 0),
		strings.TrimSuffix(right, ".ics"),
		right[:len(right)-5] + ".ics",
		feed.Prefix + b.ID + "/.ics",
		feed.Prefix + "x/" + strings.Repeat("a", 26) + ".ics",
	} {
		if status, _, body := get(t, url+path, ""); status != http.StatusNotFound || strings.Contains(body, "VCALENDAR") {
			t.Errorf("%s: %d", path, status)
		}
	}
}
