package api_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"testing"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/store"
	"fixly/telephony"
)

func (s *shop) save(b *business.Business) {
	s.t.Helper()
	s.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, b) })
}

func (s *shop) business() *business.Business {
	s.t.Helper()
	all, err := s.db.Businesses(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return all[0]
}

func TestCalls(t *testing.T) {
	s := open(t)
	b := s.business()
	for i := range 5 {
		s.tx(func(ctx context.Context, tx *store.Tx) error {
			c := telephony.Call{
				BusinessID: b.ID, CarrierID: fmt.Sprintf("CA%032d", i), Line: b.Lines[0].Number, From: "+13125550142",
				Direction: "inbound", Mode: "relay", Route: "receptionist_first", StartedAt: monday.Add(time.Duration(i) * time.Minute),
			}
			if i == 4 {
				c.From = "" // withheld
			}
			if _, err := tx.InsertCall(ctx, &c); err != nil {
				return err
			}
			if i > 0 {
				return nil
			}
			conv := receptionist.Conversation{
				ID: "conversation", BusinessID: b.ID, Channel: receptionist.ByCall, CallID: c.ID, State: []byte("{}"), StartedAt: monday, UpdatedAt: monday,
			}
			if err := tx.InsertConversation(ctx, &conv); err != nil {
				return err
			}
			for _, u := range []receptionist.Turn{
				{Who: "receptionist", Text: "Thanks for calling. How can I help?", Reason: "greeted"},
				{Who: "caller", Text: "My sink is clogged."},
			} {
				u.ConversationID, u.At = conv.ID, monday
				if err := tx.AppendTurn(ctx, &u); err != nil {
					return err
				}
			}
			c.ConversationID, c.AnsweredAt, c.EndedAt = conv.ID, monday, monday.Add(time.Minute)
			c.HandledBy, c.Outcome, c.Summary = ledger.ByReceptionist, ledger.Answered, "Asked about a sink"
			return tx.UpdateCall(ctx, &c)
		})
	}
	type call struct {
		ID         string
		CarrierID  string `json:"carrier_id"`
		From       *string
		Outcome    *string
		EndedAt    *string `json:"ended_at"`
		Transcript []struct{ At, Who, Text string }
	}
	var page struct {
		Data []call
		Next string
	}
	s.do("GET", "/api/v1/calls?limit=3", nil).into(t, &page)
	if len(page.Data) != 3 || page.Next == "" || page.Data[0].From != nil || page.Data[1].CarrierID != fmt.Sprintf("CA%032d", 3) || page.Data[1].Outcome != nil {
		t.Fatalf("first page: %+v", page)
	}
	s.do("GET", "/api/v1/calls?limit=3&cursor="+page.Next, nil).into(t, &page)
	if len(page.Data) != 2 || page.Next != "" {
		t.Fatalf("second page: %+v", page)
	}
	var one call
	s.do("GET", "/api/v1/calls/"+page.Data[1].ID, nil).into(t, &one)
	if len(one.Transcript) != 2 || one.Transcript[1].Text != "My sink is clogged." || one.Transcript[1].Who != "caller" || one.EndedAt == nil {
		t.Errorf("the call: %+v", one)
	}
	s.do("GET", "/api/v1/calls?outcome=answered", nil).into(t, &page)
	if len(page.Data) != 1 {
		t.Errorf("answered: %+v", page)
	}
	s.refused(s.do("GET", "/api/v1/calls/nothing", nil), http.StatusNotFound, "")
}

func TestMessagesAndCustomers(t *testing.T) {
	s := open(t)
	b := s.business()
	j := s.book()
	for i, m := range []messaging.Message{
		{Direction: "inbound", From: "+13125550142", To: b.Lines[0].Number, Body: "are you open?", Kind: messaging.Talk, Status: messaging.Received},
		{Direction: "outbound", From: b.Lines[0].Number, To: "+13125550142", Body: "Yes.", Kind: messaging.Talk, Status: messaging.Suppressed, Reason: "opted_out", Key: "x"},
		{Direction: "outbound", From: b.Lines[0].Number, To: "+13125550101", Body: "Summary", Kind: messaging.Summary, Status: messaging.Sent, Key: "y", SentAt: monday},
	} {
		m.BusinessID, m.CreatedAt = b.ID, monday.Add(time.Duration(i)*time.Second)
		m.CarrierID = fmt.Sprintf("SM%032d", i)
		s.tx(func(ctx context.Context, tx *store.Tx) error { _, err := tx.InsertMessage(ctx, &m); return err })
	}
	var page struct {
		Data []struct {
			Body   string
			SentAt *string `json:"sent_at"`
		}
	}
	for query, want := range map[string]int{"": 3, "?direction=inbound": 1, "?phone=%2B13125550142": 2, "?phone=%2B13125550142&direction=outbound": 1} {
		s.do("GET", "/api/v1/messages"+query, nil).into(t, &page)
		if len(page.Data) != want {
			t.Errorf("%q: %d texts, want %d", query, len(page.Data), want)
		}
	}
	var people struct {
		Data []struct{ ID, Name, Phone string }
	}
	s.do("GET", "/api/v1/customers?phone=%2B13125550142", nil).into(t, &people)
	if len(people.Data) != 1 || people.Data[0].Name != "Karen Whitfield" {
		t.Fatalf("customers: %+v", people)
	}
	var one struct {
		Name     string
		Jobs     []job
		Messages []struct{ Body string }
	}
	s.do("GET", "/api/v1/customers/"+people.Data[0].ID, nil).into(t, &one)
	if len(one.Jobs) != 1 || one.Jobs[0].ID != j.ID || len(one.Messages) != 2 {
		t.Errorf("the customer: %+v", one)
	}
	s.refused(s.do("GET", "/api/v1/customers/nothing", nil), http.StatusNotFound, "")
}

func TestBusinessGoesRoundWithItsSecretsMasked(t *testing.T) {
	s := open(t)
	a := s.do("GET", "/api/v1/business", nil)
	var doc map[string]any
	a.into(t, &doc)
	line := doc["lines"].([]any)[0].(map[string]any)
	if line["auth_token"] != business.Mask {
		t.Fatalf("the token: %v", line["auth_token"])
	}
	line["mode"] = "gather"
	doc["answering"].(map[string]any)["blocked"] = []string{}
	etag := a.header.Get("ETag")
	a = s.do("PUT", "/api/v1/business", doc, "If-Match", etag)
	if a.status != http.StatusOK {
		t.Fatalf("PUT: %d %s", a.status, a.body)
	}
	stored := s.business()
	if stored.Lines[0].AuthToken != "demo-twilio-auth-token" || stored.Lines[0].Mode != business.ModeGather || len(stored.Answering.Blocked) != 0 {
		t.Errorf("stored: %+v", stored.Lines[0])
	}
	s.refused(s.do("PUT", "/api/v1/business", doc, "If-Match", etag), http.StatusPreconditionFailed, "")

	for name, c := range map[string]struct {
		edit  func(doc map[string]any)
		field string
	}{
		"unknown key": {func(d map[string]any) { d["colour"] = "blue" }, "colour"},
		"bad zone":    {func(d map[string]any) { d["business"].(map[string]any)["timezone"] = "Mars/Olympus" }, "business.timezone"},
		"bad phrase": {func(d map[string]any) {
			d["taught"] = []map[string]string{{"say": "kitchen drain is clogged", "kind": "service", "means": "Free estimate"}}
		}, "taught[0].say"},
		"bad hours": {func(d map[string]any) { d["hours"].(map[string]any)["mon"] = []string{"17:00-08:00"} }, "hours.mon[0]"},
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			var bad map[string]any
			data, err := json.Marshal(doc)
			if err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(data, &bad); err != nil {
				t.Fatal(err)
			}
			c.edit(bad)
			s.refused(s.do("PUT", "/api/v1/business", bad), http.StatusUnprocessableEntity, c.field)
		})
	}
	s.refused(s.do("PUT", "/api/v1/business", "{"), http.StatusBadRequest, "")
}

func TestAnotherBusinesssNumberIsRefused(t *testing.T) {
	s := open(t)
	other := s.b.Clone()
	other.ID, other.Profile.Slug, other.Lines[0].Number = "", "other", "+13125550110"
	s.save(other)
	var doc map[string]any
	s.do("GET", "/api/v1/business?business=other", nil).into(t, &doc)
	doc["lines"].([]any)[0].(map[string]any)["number"] = "+13125550100"
	s.refused(s.do("PUT", "/api/v1/business?business=other", doc), http.StatusUnprocessableEntity, "lines[0].number")
}

func TestUnderstand(t *testing.T) {
	s := open(t)
	var u struct {
		Intents []struct {
			Name  string
			Score float64
		}
		Service, Phone, Answer, Name *string
		Address                      *struct{ Line1, ZIP string }
		When                         []struct{ From, To *time.Time }
	}
	s.do("POST", "/api/v1/understand", map[string]any{"text": "hi my kitchen drain is clogged, could someone come tomorrow morning", "asked": "", "now": "2026-11-23T10:00:00-06:00"}).into(t, &u)
	if len(u.Intents) == 0 || u.Intents[0].Name != "book" || u.Service == nil || *u.Service != "Drain cleaning" {
		t.Errorf("understood %+v", u)
	}
	if len(u.When) != 1 || u.When[0].From == nil || u.When[0].From.Day() != 24 {
		t.Errorf("when %+v", u.When)
	}
	if u.Phone != nil || u.Answer != nil || u.Address != nil || u.Name != nil {
		t.Errorf("taken without being said: %+v", u)
	}
	u.Answer = nil
	s.do("POST", "/api/v1/understand", map[string]any{"text": "yes please", "asked": "confirm"}).into(t, &u)
	if u.Answer == nil || *u.Answer != "yes" {
		t.Errorf("answer %v", u.Answer)
	}
	u.When = nil
	s.do("POST", "/api/v1/understand", map[string]any{"text": "se me tapó el drenaje, ¿puede venir alguien pasado mañana?", "now": "2026-11-23T10:00:00-06:00"}).into(t, &u)
	if u.Service == nil || *u.Service != "Drain cleaning" || len(u.When) != 1 || u.When[0].From.Day() != 25 {
		t.Errorf("Spanish, without being told so: %+v", u)
	}
}
