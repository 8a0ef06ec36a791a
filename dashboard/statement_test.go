package dashboard_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"fixly/ledger"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/store"
)

// ledgered enters jobs into the ledger: one that was counted with all its evidence, one that doesn't count, one pending. It
// gives the counted one.
func (s *shop) ledgered() *scheduling.Job {
	s.t.Helper()
	jobs := []*scheduling.Job{
		s.book(27, 9, "Drain cleaning", "", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", ""),
		s.book(27, 13, "Leak repair", "", "Owen Pratt", "+13125550158", "2210 West Armitage Avenue", "60647", "leak", ""),
		s.book(30, 9, "Free estimate", "", "Dana Reyes", "+13125550163", "1500 North Ashland Avenue", "60622", "bath", ""),
	}
	call := s.called(26*time.Hour, 3*time.Minute, "WHITFIELD K", "+13125550142", ledger.Booked, "Drain cleaning", jobs[0].ID,
		said{"caller", "Friday at nine works", ""}, said{"receptionist", "You're booked for Friday.", "booked"})
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		text := messaging.Message{
			BusinessID: s.b.ID, Direction: messaging.Outbound, From: s.line, To: "+13125550142", Kind: messaging.Confirmation, Status: messaging.Sent, Body: "You're booked for Friday.", Key: "confirmed",
		}
		if _, err := tx.InsertMessage(ctx, &text); err != nil {
			return err
		}
		for i, j := range jobs {
			b := &ledger.Booking{
				JobID: j.ID, BusinessID: s.b.ID, State: ledger.Pending, Source: "call", CustomerID: j.Customer.ID, Service: j.Service,
				MadeAt: call.StartedAt.Add(time.Duration(i) * time.Hour), BookedAt: call.StartedAt, Price: 900, Currency: "USD",
			}
			switch i {
			case 0:
				b.CallID, b.State, b.Reason, b.SettledAt, b.Charge = call.ID, ledger.Counted, ledger.NewJob, monday.Add(-time.Hour), 900
				b.Evidence = ledger.Evidence{Ring: call.StartedAt, ConversationID: call.ConversationID, Words: 1, Answer: 2, Decision: "booked", Confirmation: text.ID}
			case 1:
				b.State, b.Reason, b.SettledAt = ledger.NotCounted, ledger.Duplicate, monday.Add(-time.Minute)
			}
			if _, err := tx.InsertBooking(ctx, b); err != nil {
				return err
			}
		}
		return nil
	})
	return jobs[0]
}

func (s *shop) shows(path string, want ...string) string {
	s.t.Helper()
	a := s.get(path)
	if a.status != http.StatusOK {
		s.t.Fatalf("%s: %d", path, a.status)
	}
	for _, w := range want {
		if !strings.Contains(a.body, w) {
			s.t.Errorf("%s lacks %q", path, w)
		}
	}
	return a.body
}

func TestStatement(t *testing.T) {
	s := open(t)
	j := s.ledgered()
	s.shows("/statement", "November 2026", "Not settled yet", "Free estimate", "Settled in November 2026", "Drain cleaning", "$9.00",
		ledger.Duplicate.Explain(), "/statement.csv?month=2026-11", "1 job")
	s.shows("/statement/"+j.ID, "It rang", "Friday at nine works", "You&#39;re booked for Friday.", "Your own calendar", "/jobs/"+j.ID, "/texts/+13125550142", ledger.NewJob.Explain(), "It was no new job.")

	credit := func(id, reason string) answer {
		return s.form("/statement/"+id, url.Values{"reason": {reason}, "note": {"=that was Aunt May"}})
	}
	if a := credit(j.ID, "not_new"); a.status != http.StatusSeeOther || a.header.Get("Location") != "/statement?done=credited" {
		t.Errorf("credited: %d to %s", a.status, a.header.Get("Location"))
	}
	if a := credit(j.ID, "other"); a.status != http.StatusSeeOther { // tapped twice
		t.Errorf("again: %d", a.status)
	}
	body := s.shows("/statement/"+j.ID, "Credited", "It was no new job.", "-$9.00")
	if strings.Contains(body, "Not right?") {
		t.Error("what is credited can be credited once more")
	}
	s.shows("/statement?done=credited", "Credited. It stands", "-$9.00", "$0.00")

	file := s.get("/statement.csv?month=2026-11")
	lines := strings.Split(strings.TrimSpace(file.body), "\n")
	if file.header.Get("Content-Type") != "text/csv; charset=utf-8" || !strings.Contains(file.header.Get("Content-Disposition"), "-2026-11.csv") || len(lines) != 4 {
		t.Fatalf("file: %v\n%s", file.header, file.body)
	}
	for i, want := range []string{"date,entry,job", "2026-11-23,counted," + j.ID, "2026-11-23,not_counted,", "2026-11-23,credited," + j.ID + ",,,'=that was Aunt May,not_new,false,-9.00,USD"} {
		if !strings.Contains(lines[i], want) {
			t.Errorf("line %d is %q, want %q", i, lines[i], want)
		}
	}
	s.shows("/statement?month=2026-10", "October 2026", "Nothing to charge", "/statement?month=2026-11")
}

func TestStatementsThatAreNot(t *testing.T) {
	s := open(t)
	s.ledgered()
	for path, want := range map[string]int{
		"/statement?month=soon": 404, "/statement.csv?month=2026-13": 404, "/statement/job_none": 404,
	} {
		if a := s.get(path); a.status != want {
			t.Errorf("%s: %d", path, a.status)
		}
	}
	pending, err := s.db.BookingsPending(t.Context(), s.b.ID)
	if err != nil || len(pending) != 1 {
		t.Fatal(pending, err)
	}
	for id, want := range map[string]int{pending[0].JobID: 409, "job_none": 404} {
		if a := s.form("/statement/"+id, url.Values{"reason": {"other"}}); a.status != want {
			t.Errorf("credit %s: %d", id, a.status)
		}
	}
	if c, err := s.db.CreditOf(t.Context(), s.b.ID, pending[0].JobID); err != nil || c != nil {
		t.Errorf("credited: %+v, %v", c, err)
	}
}
