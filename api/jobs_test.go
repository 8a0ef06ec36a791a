package api_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/store"
)

func TestBookMoveCancel(t *testing.T) {
	s := open(t)
	j := s.book("service", "Leak repair", "technician", "luis ortega")
	if j.Status != "booked" || j.Urgency != "routine" || j.Source != "owner" || j.Technician != "Luis Ortega" || j.CallID != nil ||
		j.Customer.Phone != "+13125550142" || j.Address.City != "Chicago" || j.Address.State != "IL" {
		t.Errorf("job %+v", j)
	}
	if _, offset := j.StartsAt.Zone(); offset != -6*3600 || j.EndsAt.Sub(j.StartsAt) != 90*time.Minute ||
		!j.Window.From.Equal(j.StartsAt) || j.Window.To.Sub(j.Window.From) != 2*time.Hour {
		t.Errorf("times %+v", j)
	}

	var got job
	s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"starts_at": "2026-11-25T13:00:00-06:00"}).into(t, &got)
	if got.ID != j.ID || !got.StartsAt.Equal(time.Date(2026, 11, 25, 19, 0, 0, 0, time.UTC)) {
		t.Errorf("moved: %+v", got)
	}
	s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"problem": "it is the bathroom sink", "urgency": "urgent"}).into(t, &got)
	if got.Problem != "it is the bathroom sink" || got.Urgency != "urgent" || got.StartsAt.Day() != 25 {
		t.Errorf("changed: %+v", got)
	}
	s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"technician": "Mike Rossi"}).into(t, &got)
	if got.Technician != "Mike Rossi" {
		t.Errorf("given to another: %+v", got)
	}

	for range 2 { // cancelling twice is as cancelling once
		a := s.do("DELETE", "/api/v1/jobs/"+j.ID, nil)
		a.into(t, &got)
		if a.status != http.StatusOK || got.Status != "cancelled" {
			t.Errorf("cancelled: %d %+v", a.status, got)
		}
	}
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"problem": "again"}), http.StatusConflict, "")
	s.refused(s.do("DELETE", "/api/v1/jobs/nothing", nil), http.StatusNotFound, "")
	s.refused(s.do("PATCH", "/api/v1/jobs/nothing", map[string]any{"problem": "x"}), http.StatusNotFound, "")
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{}), http.StatusUnprocessableEntity, "")
}

func TestTheCustomersEmailIsKept(t *testing.T) {
	s := open(t)
	j := s.book("customer.email", "karen@example.com")
	if j.Customer.Email == nil || *j.Customer.Email != "karen@example.com" {
		t.Errorf("booked with %+v", j.Customer)
	}
	again := s.book("starts_at", "2026-11-30T09:00:00-06:00") // says nothing of it
	if again.Customer.Email == nil || *again.Customer.Email != "karen@example.com" {
		t.Errorf("booked again with %+v", again.Customer)
	}
}

func TestTakenAndClosedTimesComeWithAlternatives(t *testing.T) {
	s := open(t)
	s.book("service", "Gas line service") // only Mike does gas
	for name, start := range map[string]string{
		"taken": "2026-11-24T09:30:00-06:00", "night": "2026-11-24T22:00:00-06:00", "closed day": "2026-11-26T10:00:00-06:00",
		"too soon": "2026-11-23T10:15:00-06:00", "past": "2026-11-20T10:00:00-06:00", "too far": "2027-06-01T10:00:00-05:00",
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			p := s.refused(s.do("POST", "/api/v1/jobs", visit("service", "Gas line service", "starts_at", start)), http.StatusConflict, "")
			if len(p.Alternatives) == 0 {
				t.Fatal("no alternatives")
			}
			// What is offered instead can really be had.
			alternative := p.Alternatives[0]
			j := s.book("service", "Gas line service", "starts_at", alternative.StartsAt.Format(time.RFC3339), "technician", alternative.Technician)
			if !j.StartsAt.Equal(alternative.StartsAt) || !j.EndsAt.Equal(alternative.EndsAt) {
				t.Errorf("booked %+v instead of %+v", j, alternative)
			}
		})
	}
}

func TestBadJobsNameTheField(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		field string
		value any
	}{
		"no service":        {"service", nil},
		"unknown service":   {"service", "Roofing"},
		"no time":           {"starts_at", nil},
		"no name":           {"customer.name", " "},
		"no number":         {"customer.phone", nil},
		"no such number":    {"customer.phone", "call me"},
		"no such e-mail":    {"customer.email", "karen at example"},
		"no street":         {"address.line1", nil},
		"no ZIP":            {"address.zip", nil},
		"half a ZIP":        {"address.zip", "606"},
		"outside":           {"address.zip", "60540"},
		"unknown urgency":   {"urgency", "whenever"},
		"unknown source":    {"source", "pigeon"},
		"no such person":    {"technician", "Dana Rossi"},
		"endless problem":   {"problem", strings.Repeat("a", 3000)},
		"unknown field":     {"colour", "blue"},
		"number for a name": {"customer.name", 12},
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			field := c.field
			s.refused(s.do("POST", "/api/v1/jobs", visit(c.field, c.value)), http.StatusUnprocessableEntity, field)
		})
	}
	// All that is wrong is told at once.
	p := s.refused(s.do("POST", "/api/v1/jobs", map[string]any{}), http.StatusUnprocessableEntity, "service")
	if len(p.Errors) != 6 {
		t.Errorf("%d errors: %+v", len(p.Errors), p.Errors)
	}
}

func TestJobListFiltersAndPages(t *testing.T) {
	s := open(t)
	var ids []string
	for _, start := range []string{"2026-11-24T09:00:00-06:00", "2026-11-24T13:00:00-06:00", "2026-11-25T09:00:00-06:00", "2026-11-27T09:00:00-06:00"} {
		ids = append(ids, s.book("starts_at", start).ID)
	}
	other := s.book("starts_at", "2026-11-30T09:00:00-06:00", "customer.phone", "(312) 555-0143")
	s.do("DELETE", "/api/v1/jobs/"+ids[3], nil)

	list := func(query string) []string {
		t.Helper()
		var got []string
		next := ""
		for range 10 {
			var page struct {
				Data []job
				Next string
			}
			q := query
			if next != "" {
				q += "&cursor=" + url.QueryEscape(next)
			}
			s.do("GET", "/api/v1/jobs?"+q, nil).into(t, &page)
			for _, j := range page.Data {
				got = append(got, j.ID)
			}
			if next = page.Next; next == "" {
				return got
			}
		}
		t.Fatal("pages without end")
		return nil
	}
	for query, want := range map[string][]string{
		"limit=2":                       append(append([]string{}, ids...), other.ID),
		"limit=200":                     append(append([]string{}, ids...), other.ID),
		"limit=1&status=booked":         {ids[0], ids[1], ids[2], other.ID},
		"status=cancelled":              {ids[3]},
		"phone=%2B13125550143":          {other.ID},
		"phone=+13125550143":            {other.ID}, // a "+" that was not escaped
		"from=2026-11-24&to=2026-11-25": {ids[0], ids[1]},
		"from=2026-11-24T13:00:00-06:00&to=2026-11-25T09:00:00-06:00": {ids[1]},
		"from=2026-11-24T19:00:00Z&limit=1&status=booked":             {ids[1], ids[2], other.ID},
	} {
		if got := list(query); strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: %v, want %v", query, got, want)
		}
	}
	// A cursor of one list is none of another's.
	var page struct{ Next string }
	s.do("GET", "/api/v1/jobs?limit=1", nil).into(t, &page)
	s.refused(s.do("GET", "/api/v1/calls?cursor="+page.Next, nil), http.StatusUnprocessableEntity, "cursor")
}

func TestAvailability(t *testing.T) {
	s := open(t)
	type page struct {
		Data []opening
		Next string
	}
	var all, got page
	s.do("GET", "/api/v1/availability?service=gas+line+service&from=2026-11-24&to=2026-11-25", nil).into(t, &all)
	if len(all.Data) < 10 || all.Next != "" {
		t.Fatalf("%d openings, next %q", len(all.Data), all.Next)
	}
	for _, o := range all.Data {
		if o.Technician != "Mike Rossi" || o.EndsAt.Sub(o.StartsAt) != 2*time.Hour || o.StartsAt.Day() != 24 {
			t.Errorf("opening %+v", o)
		}
	}
	var paged []opening
	for next := ""; ; next = got.Next {
		got = page{}
		s.do("GET", "/api/v1/availability?service=Gas+line+service&from=2026-11-24&to=2026-11-25&limit=3&cursor="+next, nil).into(t, &got)
		paged = append(paged, got.Data...)
		if got.Next == "" {
			break
		}
	}
	if len(paged) != len(all.Data) || paged[len(paged)-1] != all.Data[len(all.Data)-1] {
		t.Errorf("%d in pages, %d at once", len(paged), len(all.Data))
	}
	s.book("service", "Gas line service", "starts_at", all.Data[0].StartsAt.Format(time.RFC3339))
	s.do("GET", "/api/v1/availability?service=Gas+line+service&from=2026-11-24&to=2026-11-25", nil).into(t, &got)
	if len(got.Data) >= len(all.Data) || got.Data[0] == all.Data[0] {
		t.Errorf("after booking the first: %+v", got.Data)
	}
}

// A visit that waits for the owner's yes is taken by a status, or by another time, once.
func TestAcceptAJobThatWaits(t *testing.T) {
	s := open(t)
	s.asksOwner("Leak repair")
	var got job
	if j := s.book("service", "Leak repair"); j.Status != "booked" {
		t.Errorf("the owner's own is %s", j.Status)
	}
	j := s.book("service", "Leak repair", "source", "web", "starts_at", "2026-11-25T13:00:00-06:00")
	if j.Status != "tentative" {
		t.Errorf("put down as %s", j.Status)
	}
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "completed"}), http.StatusConflict, "") // nobody goes there yet
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "cancelled"}), http.StatusUnprocessableEntity, "status")
	s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "booked"}).into(t, &got)
	if got.Status != "booked" || !got.StartsAt.Equal(j.StartsAt) {
		t.Errorf("accepted: %+v", got)
	}
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "booked"}), http.StatusConflict, "")

	other := s.book("service", "Leak repair", "source", "web", "starts_at", "2026-11-27T13:00:00-06:00")
	s.do("PATCH", "/api/v1/jobs/"+other.ID, map[string]any{"starts_at": "2026-11-27T10:00:00-06:00"}).into(t, &got)
	if got.Status != "booked" || got.StartsAt.Equal(other.StartsAt) {
		t.Errorf("moved by the owner: %+v", got)
	}
}

// The work of a visit that has begun is done, once.
func TestCompleteAJob(t *testing.T) {
	s := open(t)
	j := s.book("service", "Leak repair")
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "completed"}), http.StatusConflict, "")
	s.clock.Advance(j.StartsAt.Sub(s.clock.Now()) + time.Hour)
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "completed", "starts_at": j.StartsAt}), http.StatusUnprocessableEntity, "status")
	var got job
	s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "completed"}).into(t, &got)
	if got.Status != "completed" {
		t.Errorf("it is %+v", got)
	}
	s.refused(s.do("PATCH", "/api/v1/jobs/"+j.ID, map[string]any{"status": "completed"}), http.StatusConflict, "")
}

// asksOwner has visits of a service wait for the owner's yes.
func (s *shop) asksOwner(service string) {
	s.t.Helper()
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		b, err := tx.BusinessBySlug(ctx, s.b.Profile.Slug)
		if err != nil {
			return err
		}
		b = b.Clone()
		b.Service(service).Approval = true
		return tx.UpdateBusiness(ctx, b)
	})
}
