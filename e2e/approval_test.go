package e2e

import (
	"net/http"
	"testing"
	"time"
)

// asksOwner has leak repairs wait for the owner's yes.
func (s *shop) asksOwner(t testing.TB) {
	t.Helper()
	s.editBusiness(t, func(b map[string]any) {
		for _, x := range b["services"].([]any) {
			if service := x.(map[string]any); service["name"] == "Leak repair" {
				service["approval"] = true
			}
		}
	})
}

// putDown calls about the leak until the visit is put down, and waits for the owner to be asked.
func (s *shop) putDown() {
	s.t.Helper()
	call := s.Call(owen)
	s.talksAboutTheLeak(call)
	says(call, "yes that's right", "Mike will confirm by text")
	says(call, "no that's all thanks", "confirm by text")
	call.HangsUp()
	s.comesTo(call.SID, "booked", "receptionist")
	s.Texted(owner, "Reply Y to take it")
	s.Texted(owen, "has you down for Tuesday")
	if got := list[job](s, "/jobs?"); len(got) != 1 || got[0].Status != "tentative" {
		s.t.Fatalf("the jobs are %+v", got)
	}
}

// A caller books what the owner wants to be asked about; his yes books it.
func TestTheOwnerTakesAVisitByText(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := open(t, database)
		s.asksOwner(t)
		s.putDown()
		s.Text(owner, "Y").Receives("Booked: Owen Pratt")
		s.Texted(owen, "You're booked with")
		s.calmsDown()
		if j := s.onlyJob(); j.Status != "booked" {
			t.Errorf("the job is %+v", j)
		}
		s.gotTexts(owner, "YES OR NO? Owen Pratt", "Booked: Owen Pratt")
		s.gotTexts(owen, "has you down", "You're booked")
	})
}

// A better time goes to the caller as a question; a yes moves the visit and books it.
func TestTheOwnerHasABetterTime(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.asksOwner(t)
	s.putDown()
	s.Text(owner, "Wed 10").Receives("I'll ask about Wed Nov 25 10 am-12 pm")
	s.Texted(owen, "Mike could come Wed 11/25 between 10 AM and 12 PM instead.")
	s.Text(owen, "YES", "OptOutType", "START").Receives("Wed 11/25") // as the carrier reads a bare yes
	s.Texted(owner, "Moved: Owen Pratt")
	s.calmsDown()
	if j := s.onlyJob(); j.Status != "booked" || !j.StartsAt.Equal(time.Date(2026, 11, 25, 10, 0, 0, 0, monday.Location())) {
		t.Errorf("the job is %+v", j)
	}
}

// A no offers other times, and the caller books one of them in a word, which the owner is asked about again.
func TestTheOwnerDeclines(t *testing.T) {
	t.Parallel()
	s := sqlite(t)
	s.asksOwner(t)
	s.putDown()
	s.Text(owner, "N").Receives("Declined: Owen Pratt")
	s.Texted(owen, "Sorry, Mike can't make it tomorrow")
	s.Text(owen, "the first one").Receives("Mike will confirm by text")
	s.await("the owner is asked again", patience, func() bool { return len(s.Texts(owner)) == 3 })
	s.calmsDown()
	jobs := list[job](s, "/jobs?")
	if len(jobs) != 2 || jobs[0].Status == jobs[1].Status {
		t.Errorf("the jobs are %+v", jobs)
	}
	// and over the API it is taken, once
	for _, j := range jobs {
		if j.Status != "tentative" {
			continue
		}
		if status := s.request(http.MethodPatch, "/jobs/"+j.ID, map[string]any{"status": "booked"}, nil); status != http.StatusOK {
			t.Errorf("accepting is answered %d", status)
		}
		if status := s.request(http.MethodPatch, "/jobs/"+j.ID, map[string]any{"status": "booked"}, nil); status != http.StatusConflict {
			t.Errorf("accepting once more is answered %d", status)
		}
	}
	s.Texted(owen, "You're booked with")
}
