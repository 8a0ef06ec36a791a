package api_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"fixly/billing"
	"fixly/contact"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

// rang stores a call that has ended, with the text-back that left so long after its end; 0: there is none.
func (s *shop) rang(n int, outcome ledger.Outcome, by ledger.HandledBy, waited, textBack time.Duration) {
	s.t.Helper()
	at := monday.Add(time.Duration(n) * time.Minute)
	c := telephony.Call{
		BusinessID: s.business().ID, CarrierID: fmt.Sprint("CA", n), Line: "+13125550100", From: "+13125550142", Direction: "inbound", Mode: "relay",
		StartedAt: at, EndedAt: at.Add(time.Minute), HandledBy: by, Outcome: outcome,
	}
	if by != ledger.ByNobody {
		c.AnsweredAt = at.Add(waited)
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.InsertCall(ctx, &c); err != nil || textBack == 0 {
			return err
		}
		_, err := tx.InsertMessage(ctx, &messaging.Message{
			BusinessID: c.BusinessID, Direction: messaging.Outbound, From: c.Line, To: c.From, Kind: messaging.TextBack, Status: messaging.Sent,
			Key: c.CarrierID, CallID: c.ID, CreatedAt: c.EndedAt, SentAt: c.EndedAt.Add(textBack),
		})
		return err
	})
}

func TestReport(t *testing.T) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		s := openAt(t, address)
		var empty struct {
			AnswerRate *float64 `json:"answer_rate"`
			TextBack   struct {
				Count int
				P99   *int64 `json:"p99_ms"`
			} `json:"text_back"`
		}
		s.do("GET", "/api/v1/report", nil).into(t, &empty)
		if empty.AnswerRate != nil || empty.TextBack.P99 != nil {
			t.Errorf("of nothing: %+v", empty)
		}
		s.rang(0, ledger.Booked, ledger.ByReceptionist, 2*time.Second, 0)
		s.rang(1, ledger.Transferred, ledger.ByPerson, 12*time.Second, 0)
		s.rang(2, ledger.Missed, ledger.ByNobody, 0, 3*time.Second)
		s.rang(3, ledger.Abandoned, ledger.ByReceptionist, 4*time.Second, 40*time.Second)
		s.rang(4, ledger.Spam, ledger.ByNobody, 0, 0)
		s.rang(60*24*40, ledger.Missed, ledger.ByNobody, 0, time.Second) // later than the report

		id := s.business().ID
		job := func(n int, service string, source scheduling.Source) *scheduling.Job {
			at := monday.AddDate(0, 0, n+1)
			j := &scheduling.Job{
				BusinessID: id, Status: scheduling.StatusBooked, Service: service, Urgency: scheduling.Routine, Source: source,
				Slot: scheduling.Slot{Technician: "Luis Ortega", Start: at, End: at.Add(time.Hour)}, BusyUntil: at.Add(time.Hour), WindowEnd: at.Add(time.Hour),
				Customer: contact.Customer{Name: "Karen Whitfield", Phone: "+13125550142"}, CreatedAt: monday, UpdatedAt: monday,
			}
			s.tx(func(ctx context.Context, tx *store.Tx) error {
				if err := tx.InsertJob(ctx, j); err != nil {
					return err
				}
				return billing.Note(ctx, tx, j, false)
			})
			return j
		}
		drain, _, cancelled, _ := job(0, "Drain cleaning", scheduling.FromCall), job(1, "Free estimate", scheduling.FromWeb), job(2, "Leak repair", scheduling.FromText), job(3, "Leak repair", scheduling.FromOwner)
		s.tx(func(ctx context.Context, tx *store.Tx) error {
			cancelled.Status = scheduling.StatusCancelled
			if err := tx.UpdateJob(ctx, cancelled); err != nil {
				return err
			}
			b, err := tx.Booking(ctx, id, drain.ID)
			if err != nil {
				return err
			}
			b.State, b.Reason, b.SettledAt, b.Charge, b.Evidence = ledger.Counted, ledger.NewJob, monday.Add(time.Minute), 900, ledger.Evidence{Ring: monday, Words: 2, Answer: 3, Decision: "booked"}
			if err := tx.SettleBooking(ctx, b); err != nil {
				return err
			}
			for i, outcome := range []ledger.Outcome{ledger.Booked, ledger.Answered} {
				c := &receptionist.Conversation{BusinessID: id, Channel: receptionist.ByText, Outcome: outcome, StartedAt: monday.Add(time.Duration(i)), UpdatedAt: monday}
				if err := tx.InsertConversation(ctx, c); err != nil {
					return err
				}
			}
			return nil
		})

		type channel struct {
			Contacts *int
			Booked   int
			Rate     *float64
		}
		var got struct {
			From, To              time.Time
			Calls, Answered, Spam int
			AnswerRate            float64 `json:"answer_rate"`
			TimeToAnswer          struct {
				Count int
				P50   int64 `json:"p50_ms"`
				Max   int64 `json:"max_ms"`
			} `json:"time_to_answer"`
			Outcomes    map[string]int
			BookingRate map[string]channel `json:"booking_rate"`
			TextBack    struct {
				Owed, Sent, Count int
				Within            int   `json:"within_30s"`
				P50               int64 `json:"p50_ms"`
				P99               int64 `json:"p99_ms"`
				Max               int64 `json:"max_ms"`
			} `json:"text_back"`
			Revenue struct {
				Jobs, Without int
				Cents         int64 `json:"amount_cents"`
				Currency      string
			} `json:"revenue_captured"`
			Ledger struct {
				Sums []struct {
					Counted, Pending int
					NotCounted       int   `json:"not_counted"`
					Total            int64 `json:"total_cents"`
				}
				Bookings []struct {
					JobID    string `json:"job_id"`
					State    string
					Reason   *string
					Evidence struct {
						Ring     *time.Time
						Decision *string
					}
				}
				Credits []any
			}
		}
		s.do("GET", "/api/v1/report?from=2026-11-23&to=2026-11-24", nil).into(t, &got)
		if got.Calls != 4 || got.Answered != 3 || got.Spam != 1 || got.AnswerRate != 0.75 || got.Outcomes["spam"] != 1 || got.Outcomes["missed"] != 1 {
			t.Errorf("calls: %+v", got)
		}
		if w := got.TimeToAnswer; w.Count != 3 || w.P50 != 4000 || w.Max != 12000 {
			t.Errorf("time to answer: %+v", w)
		}
		if x := got.TextBack; x.Owed != 2 || x.Sent != 2 || x.Count != 2 || x.Within != 1 || x.P50 != 3000 || x.P99 != 40000 || x.Max != 40000 {
			t.Errorf("text-backs: %+v", x)
		}
		if c := got.BookingRate["call"]; *c.Contacts != 4 || c.Booked != 1 || *c.Rate != 0.25 {
			t.Errorf("by call: %+v", c)
		}
		if c := got.BookingRate["text"]; *c.Contacts != 2 || c.Booked != 1 || *c.Rate != 0.5 {
			t.Errorf("by text: %+v", c)
		}
		if c := got.BookingRate["web"]; c.Contacts != nil || c.Booked != 1 || c.Rate != nil {
			t.Errorf("by web: %+v", c)
		}
		if r := got.Revenue; r.Jobs != 2 || r.Cents != 149_00 || r.Currency != "USD" {
			t.Errorf("revenue: %+v", r)
		}
		if l := got.Ledger; len(l.Sums) != 1 || l.Sums[0].Counted != 1 || l.Sums[0].Pending != 2 || l.Sums[0].NotCounted != 1 || l.Sums[0].Total != 900 || len(l.Bookings) != 4 {
			t.Errorf("ledger: %+v", l)
		}

		credit := func(job, reason string) answer {
			return s.do("POST", "/api/v1/ledger/"+job+"/credit", map[string]string{"reason": reason, "note": "it was Aunt May"})
		}
		var given struct {
			Cents int64 `json:"amount_cents"`
			Note  string
		}
		if a := credit(drain.ID, "not_new"); a.status != http.StatusCreated {
			t.Errorf("credited: %d %s", a.status, a.body)
		} else if a.into(t, &given); given.Cents != 900 || given.Note != "it was Aunt May" {
			t.Errorf("credited %+v", given)
		}
		for _, c := range []struct {
			job, reason string
			want        int
		}{{drain.ID, "other", 201}, {cancelled.ID, "other", 409}, {"job_none", "other", 404}, {drain.ID, "because", 422}, {drain.ID, "", 422}} {
			if a := credit(c.job, c.reason); a.status != c.want {
				t.Errorf("%s for %q: %d, want %d", c.job, c.reason, a.status, c.want)
			}
		}
		for _, query := range []string{"from=2026-11-24&to=2026-11-23", "from=2025-01-01", "from=yesterday", "from=2027-01-01"} {
			if a := s.do("GET", "/api/v1/report?"+query, nil); a.status != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d", query, a.status)
			}
		}
	})
}
