package dashboard_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"fixly/contact"
	"fixly/scheduling"
	"fixly/store"
)

// waits puts a drain cleaning down that waits for the owner's yes.
func (s *shop) waits(day int) *scheduling.Job {
	s.t.Helper()
	var j *scheduling.Job
	s.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		j, err = scheduling.New(s.clock, nil).Book(ctx, tx, s.b, scheduling.BookRequest{
			Service: "Drain cleaning", Start: time.Date(2026, 11, day, 9, 0, 0, 0, s.b.Location()), Source: scheduling.FromText, Tentative: true,
			Customer: contact.Customer{Name: "Karen Whitfield", Phone: "+13125550142"}, Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"},
		})
		return err
	})
	return j
}

// The page of a visit that waits asks about it; the answer settles it, once.
func TestTheOwnerAnswersOnThePage(t *testing.T) {
	for path, want := range map[string]scheduling.Status{"accept": scheduling.StatusBooked, "decline": scheduling.StatusCancelled} {
		t.Run(path, func(t *testing.T) {
			s := open(t)
			j := s.waits(27)
			page := "/jobs/" + j.ID
			if body := s.get(page).body; !strings.Contains(body, page+"/"+path) || !strings.Contains(body, "Waits for your yes") {
				t.Errorf("the page doesn't ask:\n%s", body)
			}
			if body := s.get("/parts/next").body; !strings.Contains(body, page) {
				t.Errorf("it isn't among what comes next:\n%s", body)
			}
			for range 2 {
				if a := s.do(http.MethodPost, page+"/"+path); a.status != http.StatusSeeOther || a.header.Get("Location") != page {
					t.Errorf("the answer is answered %d", a.status)
				}
				if now, err := s.db.Job(t.Context(), s.b.ID, j.ID); err != nil || now.Status != want {
					t.Errorf("the job is %+v, %v", now, err)
				}
			}
			if body := s.get(page).body; strings.Contains(body, page+"/"+path) {
				t.Error("it is asked about still")
			}
			if a := s.do(http.MethodPost, "/jobs/job_nothing/"+path); a.status != http.StatusNotFound {
				t.Errorf("a job that isn't there is answered %d", a.status)
			}
		})
	}
}
