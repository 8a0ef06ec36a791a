package google_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"testing"
	"time"

	"golang.org/x/oauth2"
	official "google.golang.org/api/calendar/v3"
	"google.golang.org/api/googleapi"
	"google.golang.org/api/option"

	"fixly/scheduling/calendar/calendartest"
)

// client is Google's own client, signed in at the fake.
func (b *bench) client(t *testing.T) *official.Service {
	t.Helper()
	c := oauth2.Config{ClientID: "official", Endpoint: oauth2.Endpoint{TokenURL: b.url + "/token", AuthStyle: oauth2.AuthStyleInParams}}
	s, err := official.NewService(t.Context(),
		option.WithEndpoint(b.url+"/calendar/v3/"),
		option.WithTokenSource(c.TokenSource(context.Background(), &oauth2.Token{RefreshToken: b.Grant(owner)})))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// TestOfficialClient holds the fake against Google's own client: what that reads and writes is what was meant.
func TestOfficialClient(t *testing.T) {
	b := newBench(t)
	s := b.client(t)
	hand := b.Hand(owner)

	list, err := s.CalendarList.List().Do()
	if err != nil || len(list.Items) != 1 || !list.Items[0].Primary || list.Items[0].Id != owner || list.Items[0].AccessRole != "owner" {
		t.Fatalf("CalendarList.List = %+v, %v", list, err)
	}
	if one, err := s.CalendarList.Get("primary").Do(); err != nil || one.TimeZone != "America/Chicago" {
		t.Errorf("CalendarList.Get = %+v, %v", one, err)
	}

	hour := func(d, h int) *official.EventDateTime {
		return &official.EventDateTime{DateTime: time.Date(2027, 3, d, h, 0, 0, 0, chicago(t)).Format(time.RFC3339), TimeZone: "America/Chicago"}
	}
	ev := &official.Event{Id: "abc123", Summary: "Dentist", Start: hour(9, 10), End: hour(9, 11)}
	made, err := s.Events.Insert("primary", ev).Do()
	if err != nil || made.Id != "abc123" || made.Status != "confirmed" || made.Etag == "" || made.Start.DateTime != "2027-03-09T10:00:00-06:00" {
		t.Fatalf("Insert = %+v, %v", made, err)
	}
	_, err = s.Events.Insert("primary", ev).Do()
	wantStatus(t, "Insert of a taken id", err, http.StatusConflict, "duplicate")
	_, err = s.Events.Insert("primary", &official.Event{Id: "not/legal", Start: hour(9, 10), End: hour(9, 11)}).Do()
	wantStatus(t, "Insert of an id with a slash", err, http.StatusBadRequest, "invalid")
	_, err = s.Events.Insert("primary", &official.Event{Start: hour(9, 11), End: hour(9, 10)}).Do()
	wantStatus(t, "Insert of an end before its start", err, http.StatusBadRequest, "timeRangeEmpty")

	patch := s.Events.Patch("primary", "abc123", &official.Event{Summary: "Dr. Lee"})
	patch.Header().Set("If-Match", `"1"`)
	_, err = patch.Do()
	wantStatus(t, "Patch of another version", err, http.StatusPreconditionFailed, "conditionNotMet")
	patch.Header().Set("If-Match", made.Etag)
	patched, err := patch.Do()
	if err != nil || patched.Summary != "Dr. Lee" || patched.Start.DateTime != made.Start.DateTime || patched.Etag == made.Etag {
		t.Errorf("Patch = %+v, %v", patched, err)
	}
	put, err := s.Events.Update("primary", "abc123", &official.Event{Start: hour(9, 12), End: hour(9, 13)}).Do()
	if err != nil || put.Summary != "" || put.Start.DateTime != "2027-03-09T12:00:00-06:00" || put.Id != "abc123" {
		t.Errorf("Update = %+v, %v: it replaces everything", put, err)
	}

	// Every page in turn, then what changed: one of a series, and a deletion.
	series := hand.AddWeekly(t, calendartest.Appointment{Title: "Gym", Start: time.Date(2027, 3, 2, 18, 0, 0, 0, chicago(t)), End: time.Date(2027, 3, 2, 19, 0, 0, 0, chicago(t))}, 4)
	b.Pages(2)
	token, n := "", 0
	err = s.Events.List("primary").SingleEvents(true).TimeMin("2027-03-01T00:00:00Z").TimeMax("2027-04-01T00:00:00Z").
		Pages(t.Context(), func(p *official.Events) error {
			if token = p.NextSyncToken; len(p.Items) > 2 || (p.NextPageToken == "") == (token == "") {
				return fmt.Errorf("a page of %d, next %q, sync %q", len(p.Items), p.NextPageToken, token)
			}
			n += len(p.Items)
			return nil
		})
	if err != nil || n != 5 {
		t.Fatalf("%d events, %v; want 5", n, err)
	}
	instances, err := s.Events.Instances("primary", series).Do()
	if err != nil || len(instances.Items) != 2 || instances.NextPageToken == "" {
		t.Fatalf("Instances = %+v, %v", instances, err)
	}
	second := instances.Items[1]
	if second.RecurringEventId != series || second.OriginalStartTime.DateTime != "2027-03-09T18:00:00-06:00" {
		t.Errorf("the second of the series: %+v", second)
	}
	if err := s.Events.Delete("primary", second.Id).Do(); err != nil {
		t.Fatal(err)
	}
	if err := s.Events.Delete("primary", "abc123").Do(); err != nil {
		t.Fatal(err)
	}
	wantStatus(t, "Delete again", s.Events.Delete("primary", "abc123").Do(), http.StatusGone, "deleted")
	wantStatus(t, "Delete of what never was", s.Events.Delete("primary", "zzzzz").Do(), http.StatusNotFound, "notFound")
	changed, err := s.Events.List("primary").SingleEvents(true).SyncToken(token).Do()
	if err != nil || len(changed.Items) != 2 {
		t.Fatalf("what changed: %+v, %v", changed, err)
	}
	for _, e := range changed.Items {
		if e.Status != "cancelled" || e.Summary != "" {
			t.Errorf("deleted: %+v", e)
		}
	}
	_, err = s.Events.List("primary").SingleEvents(true).SyncToken(token).TimeMin("2027-03-01T00:00:00Z").Do()
	wantStatus(t, "a sync token beside timeMin", err, http.StatusBadRequest, "invalid")
	b.ExpireSyncTokens()
	_, err = s.Events.List("primary").SingleEvents(true).SyncToken(token).Do()
	wantStatus(t, "a sync token that has expired", err, http.StatusGone, "fullSyncRequired")

	gone, err := s.Events.Get("primary", "abc123").Do()
	if err != nil || gone.Status != "cancelled" {
		t.Errorf("Get of a deleted one = %+v, %v", gone, err)
	}
	back, err := s.Events.Patch("primary", "abc123", &official.Event{Status: "confirmed"}).Do()
	if err != nil || back.Status != "confirmed" {
		t.Errorf("a deleted one brought back = %+v, %v", back, err)
	}

	busy, err := s.Freebusy.Query(&official.FreeBusyRequest{
		TimeMin: "2027-03-09T00:00:00Z", TimeMax: "2027-03-10T00:00:00Z",
		Items: []*official.FreeBusyRequestItem{{Id: owner}, {Id: "nobody@example.com"}},
	}).Do()
	if err != nil || len(busy.Calendars[owner].Busy) != 1 || len(busy.Calendars["nobody@example.com"].Errors) != 1 {
		t.Errorf("Freebusy.Query = %+v, %v", busy, err)
	}

	channel, err := s.Events.Watch("primary", &official.Channel{Id: "ch-1", Type: "web_hook", Address: "http://127.0.0.1:1/", Token: "t"}).Do()
	if err != nil || channel.ResourceId == "" || channel.Expiration != b.clock.Now().Add(7*24*time.Hour).UnixMilli() {
		t.Fatalf("Watch = %+v, %v", channel, err)
	}
	_, err = s.Events.Watch("primary", &official.Channel{Id: "ch-2", Type: "web_hook", Address: "http://example.com/"}).Do()
	wantStatus(t, "Watch without https", err, http.StatusBadRequest, "push.webhookUrlNotHttps")
	if err := s.Channels.Stop(&official.Channel{Id: "ch-1", ResourceId: channel.ResourceId}).Do(); err != nil {
		t.Errorf("Stop: %v", err)
	}
	wantStatus(t, "Stop again", s.Channels.Stop(&official.Channel{Id: "ch-1", ResourceId: channel.ResourceId}).Do(), http.StatusNotFound, "notFound")
}

func wantStatus(t *testing.T, what string, err error, status int, reason string) {
	t.Helper()
	var e *googleapi.Error
	if !errors.As(err, &e) || e.Code != status || len(e.Errors) == 0 || e.Errors[0].Reason != reason {
		t.Errorf("%s: %v, want %d %s", what, err, status, reason)
	}
}
