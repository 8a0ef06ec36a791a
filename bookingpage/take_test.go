package bookingpage_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/telephony"
)

// called is a call that Dana took out of a conversation, which told some things.
func (s *shop) called(ended bool) telephony.Call {
	s.t.Helper()
	c := telephony.Call{
		BusinessID: s.b.ID, CarrierID: "CA1", Line: "+13125550100", From: "+13125550142", Direction: "inbound", Mode: "relay",
		StartedAt: monday, AnsweredAt: monday, HandledBy: ledger.ByPerson, TakenBy: "+13125550102",
	}
	if ended {
		c.EndedAt, c.Outcome = monday.Add(time.Minute), ledger.Transferred
	}
	err := s.db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.InsertCall(ctx, &c); err != nil {
			return err
		}
		conv := &receptionist.Conversation{
			BusinessID: s.b.ID, Channel: receptionist.ByCall, CallID: c.ID, Caller: receptionist.Caller{Number: c.From}, StartedAt: monday, UpdatedAt: monday,
			State: []byte(`{"details":{"name":"Karen Whitfield","problem":"the sink drips","address":{"line1":"1842 North Damen Avenue","city":"Chicago","state":"IL","zip":"60647"}}}`),
		}
		if err := tx.InsertConversation(ctx, conv); err != nil {
			return err
		}
		c.ConversationID = conv.ID
		return tx.UpdateCall(ctx, &c)
	})
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// TestWhoTookACallBooksForItsCaller: what is known is filled in, nothing has to be proved, and the call has come to a job.
func TestWhoTookACallBooksForItsCaller(t *testing.T) {
	for name, ended := range map[string]bool{"while they talk": false, "afterwards": true} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			c := s.called(ended)
			path := strings.TrimPrefix(s.links.CallURL(s.b.ID, c.ID), "https://fixly.example.com")
			v := s.visitor("203.0.113.7")
			v.get(path).says(http.StatusOK, "For the call you took: Karen Whitfield (312) 555-0142", "Leak repair")
			v.get(path+"/times?service=Leak+repair").says(http.StatusOK, "When should we come?")
			v.send("start", "2026-11-24T15:00:00Z").says(http.StatusOK, "keeping this time")
			if _, f := v.form(); f.Get("name") != "Karen Whitfield" || f.Get("problem") != "the sink drips" || f.Get("zip") != "60647" || f.Get("phone") != "(312) 555-0142" {
				t.Errorf("filled in: %v", f)
			}
			v.send().says(http.StatusOK, "You're booked")
			jobs := s.jobs()
			if len(jobs) != 1 || jobs[0].Source != scheduling.FromOwner || jobs[0].CallID != c.ID || jobs[0].Customer.Phone != c.From || jobs[0].Customer.Language != "" {
				t.Fatalf("booked %+v", jobs)
			}
			if len(s.texts) != 0 || strings.Join(s.told, " ") != "booked" {
				t.Errorf("codes %v, told of %v", s.texts, s.told)
			}
			err := s.db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error {
				now, err := tx.Call(ctx, c.ID)
				if err != nil {
					return err
				}
				if err := telephony.End(ctx, tx, now, monday.Add(time.Hour)); err != nil {
					return err
				}
				if now.Outcome != ledger.Booked || now.JobID != jobs[0].ID || now.HandledBy != ledger.ByPerson {
					t.Errorf("the call has come to %+v", now)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		})
	}
}

// TestTheSameRulesHoldForWhoTookACall: a time that is taken or outside of the hours is refused, a place outside the area too.
func TestTheSameRulesHoldForWhoTookACall(t *testing.T) {
	s := open(t)
	c := s.called(false)
	path := strings.TrimPrefix(s.links.CallURL(s.b.ID, c.ID), "https://fixly.example.com")
	v := s.visitor("203.0.113.7")
	v.get(path+"/times?service=Leak+repair").send("start", "2026-11-24T04:00:00Z")
	if v.status != http.StatusConflict {
		t.Errorf("a time at night: %d", v.status)
	}
	v.get(path+"/times?service=Leak+repair").send("start", "2026-11-24T15:00:00Z").send("zip", "60090").says(http.StatusUnprocessableEntity, "We don't come to 60090")
	if len(s.jobs()) != 0 {
		t.Errorf("booked %v", s.jobs())
	}
}

// TestTheAddressOfACallIsItsOwnKey: neither guessed, nor that of a visit, nor good for ever, nor another shop's.
func TestTheAddressOfACallIsItsOwnKey(t *testing.T) {
	s := open(t)
	c := s.called(true)
	path := strings.TrimPrefix(s.links.CallURL(s.b.ID, c.ID), "https://fixly.example.com")
	visit := s.links.Path(s.b.ID, strings.Replace(c.ID, "call_", "job_", 1))
	wrong := strings.Replace(visit, "/visit/", "/take/", 1)
	for _, p := range []string{wrong, path[:len(path)-1] + "a", "/take/x", strings.Replace(path, "/take/", "/visit/", 1)} {
		if p != path {
			s.visitor("203.0.113.9").get(p).says(http.StatusNotFound)
		}
	}
	s.visitor("203.0.113.9").get(path).says(http.StatusOK)
	s.clock.Advance(8 * 24 * time.Hour)
	s.visitor("203.0.113.9").get(path).says(http.StatusNotFound)
}
