package dashboard_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/contact"
	"fixly/dashboard"
	"fixly/demo"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
	"fixly/scheduling/calendar/feed"
	"fixly/simulate/trial"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/browserphone"
)

// monday is a working morning at the demo business.
var monday = time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC)

const key = "an-administrator-key"

// storage is the database as another package declares it.
type storage[T any] struct{ db *store.DB }

func (s storage[T]) InTx(ctx context.Context, f func(context.Context, T) error) error {
	return s.db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error { return f(ctx, any(tx).(T)) })
}

// shop is the dashboard over a database with the demo business in it, the receptionist at work.
type shop struct {
	t     *testing.T
	db    *store.DB
	clock *clock.Manual
	b     *business.Business
	url   string
	line  string
	r     *receptionist.Receptionist
	tries *trial.Room
}

// open starts the pages; edits change what they work with.
func open(t *testing.T, edits ...func(*dashboard.Deps)) *shop {
	t.Helper()
	return openAt(t, storetest.SQLite(t), edits...)
}

func openAt(t *testing.T, address string, edits ...func(*dashboard.Deps)) *shop {
	t.Helper()
	c := clock.NewManual(monday)
	s := &shop{t: t, db: storetest.Open(t, address, c), clock: c}
	s.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, demo.Business()) })
	all, err := s.db.Businesses(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	s.b = all[0]
	s.line = s.b.Lines[0].Number
	log := slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn}))
	s.r = receptionist.New(receptionist.Options{Storage: s.db.Receptionist(), Clock: c, Log: log})
	s.tries = trial.New(t.Context(), c, s.db)
	t.Cleanup(s.tries.Close)
	phone := browserphone.New(browserphone.Deps{Storage: storage[telephony.Tx]{s.db}, Clock: c, Log: log, Why: dashboard.Why, Receptionist: s.r})
	deps := dashboard.Deps{
		Reader: s.db, Storage: storage[dashboard.Tx]{s.db}, Clock: c, Log: log, Phone: phone, Demo: true,
		Secret: []byte("0123456789abcdef0123456789abcdef"),
		Trials: s.tries,
		Feeds:  feed.NewKeys([]byte("0123456789abcdef0123456789abcdef")),
		Engine: func(b *business.Business) dashboard.Understander { return s.r.Engine(b) },
		Watch: func(ctx context.Context, businessID string, changed func(string)) {
			sub := s.db.Changes().Subscribe(businessID)
			defer sub.Close()
			for {
				select {
				case <-ctx.Done():
					return
				case x := <-sub.C:
					changed(string(x.Kind))
				}
			}
		},
	}
	for _, edit := range edits {
		edit(&deps)
	}
	srv := httptest.NewServer(dashboard.New(deps))
	t.Cleanup(func() {
		srv.CloseClientConnections() // event streams would keep Close waiting
		srv.Close()
		if err := phone.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	s.url = srv.URL
	return s
}

// signedIn leaves the demo: pages ask for the key.
func signedIn(d *dashboard.Deps) { d.Demo, d.Key = false, key }

func (s *shop) tx(f func(ctx context.Context, tx *store.Tx) error) {
	s.t.Helper()
	if err := s.db.InTx(s.t.Context(), f); err != nil {
		s.t.Fatal(err)
	}
}

// book books a visit as the owner would.
func (s *shop) book(day, hour int, service, technician, name, phone, street, zip, problem string, urgency scheduling.Urgency) *scheduling.Job {
	s.t.Helper()
	var j *scheduling.Job
	s.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		j, err = scheduling.New(s.clock, nil).Book(ctx, tx, s.b, scheduling.BookRequest{
			Service: service, Start: time.Date(2026, 11, day, hour, 0, 0, 0, s.b.Location()), Technician: technician,
			Problem: problem, Urgency: urgency, Source: scheduling.FromCall,
			Customer: contact.Customer{Name: name, Phone: phone},
			Address:  contact.Address{Line1: street, City: "Chicago", State: "IL", ZIP: zip},
		})
		return err
	})
	return j
}

// said is what one side says in a call that is set up.
type said struct{ who, text, reason string }

// called stores a call that was taken some time ago; a zero length leaves it going on.
func (s *shop) called(ago, length time.Duration, name, phone string, outcome ledger.Outcome, summary, jobID string, turns ...said) telephony.Call {
	s.t.Helper()
	at := monday.Add(-ago)
	c := telephony.Call{
		BusinessID: s.b.ID, CarrierID: fmt.Sprintf("CA%s%d", phone, ago), Line: s.line, From: phone, CallerName: name,
		Direction: "inbound", Mode: "relay", Route: "receptionist_first", StartedAt: at, AnsweredAt: at, HandledBy: ledger.ByReceptionist,
		Summary: summary, JobID: jobID,
	}
	if length > 0 {
		c.EndedAt, c.Outcome = at.Add(length), outcome
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error {
		if _, err := tx.InsertCall(ctx, &c); err != nil {
			return err
		}
		if len(turns) == 0 {
			return nil
		}
		conv := receptionist.Conversation{
			ID: "conv" + c.ID, BusinessID: s.b.ID, Channel: receptionist.ByCall, CallID: c.ID, State: []byte("{}"),
			Summary: summary, JobID: jobID, StartedAt: at, UpdatedAt: at,
		}
		if err := tx.InsertConversation(ctx, &conv); err != nil {
			return err
		}
		for i, x := range turns {
			t := receptionist.Turn{ConversationID: conv.ID, At: at.Add(time.Duration(i) * 7 * time.Second), Who: x.who, Text: x.text, Reason: x.reason}
			if x.who == "caller" {
				u, err := json.Marshal(s.r.Engine(s.b).Understand(x.text, understanding.Context{Now: t.At, Channel: "call"}))
				if err != nil {
					return err
				}
				t.Understood = u
			}
			if err := tx.AppendTurn(ctx, &t); err != nil {
				return err
			}
		}
		c.ConversationID = conv.ID
		return tx.UpdateCall(ctx, &c)
	})
	return c
}

func (s *shop) text(ago time.Duration, m messaging.Message) {
	s.t.Helper()
	m.BusinessID, m.CreatedAt = s.b.ID, monday.Add(-ago)
	m.Key, m.CarrierID = fmt.Sprintf("%s%s%d", m.Kind, m.To, ago), fmt.Sprintf("SM%d", ago)
	if m.Direction == "outbound" {
		m.From = s.line
	} else {
		m.To = s.line
	}
	s.tx(func(ctx context.Context, tx *store.Tx) error { _, err := tx.InsertMessage(ctx, &m); return err })
}

// busyMorning fills the shop with a morning's work.
func (s *shop) busyMorning() {
	s.t.Helper()
	const r, c = "receptionist", "caller"
	karen := s.book(24, 9, "Drain cleaning", "Luis Ortega", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "kitchen sink is backed up", scheduling.Routine)
	s.book(23, 13, "Water heater service", "Luis Ortega", "Tom Becker", "+13125550144", "900 West Fulton Market", "60607", "no hot water since last night", scheduling.Urgent)
	megan := s.book(23, 12, "Leak repair", "Mike Rossi", "Megan O'Rourke", "+13125550130", "2846 North Mildred Avenue", "60657", "basement is flooding by the washer", scheduling.Emergency)
	s.book(24, 13, "Furnace repair", "Mike Rossi", "Alicia Moreno", "+13125550113", "2150 West Division Street", "60622", "furnace makes a grinding noise", scheduling.Routine)
	s.book(25, 8, "Fixture installation", "Mike Rossi", "Greta Olsen", "+17735550155", "3320 North Southport Avenue", "60657", "new kitchen faucet", scheduling.Routine)
	s.book(25, 10, "Water heater replacement", "Luis Ortega", "Sam Patel", "+17735550160", "1433 North Astor Street", "60610", "old tank, wants a tankless", scheduling.Routine)
	s.book(27, 9, "Free estimate", "Mike Rossi", "Barbara Stein", "+17735550157", "1847 South Racine Avenue", "60608", "bathroom remodel", scheduling.Routine)

	s.called(55*time.Minute, 3*time.Minute+12*time.Second, "WHITFIELD KAREN", "+13125550142", ledger.Booked, "Drain cleaning for Karen Whitfield, tomorrow 9 to 11 AM", karen.ID,
		said{r, s.b.Profile.Assistant.Greeting, "greeted"},
		said{c, "Hi, my kitchen sink is backed up and it's starting to smell.", ""},
		said{r, "Sorry about that, let's get it cleared. I have tomorrow between nine and eleven, or tomorrow between one and three. Which is better?", "offered_soonest"},
		said{c, "Tomorrow at nine works.", ""},
		said{r, "Good. Who is it for?", "need_name"},
		said{c, "Karen Whitfield. 1842 North Damen, 60647.", ""},
		said{r, "That's drain cleaning for Karen Whitfield at 1842 North Damen Avenue, tomorrow between nine and eleven. Is that right?", "read_back"},
		said{c, "Yes, perfect.", ""},
		said{r, "You're booked. Luis will be there tomorrow between nine and eleven.", "booked"})
	s.called(34*time.Minute, 2*time.Minute+40*time.Second, "O'ROURKE MEGAN", "+13125550130", ledger.Booked, "Flooding basement, Mike goes today 12 to 2 PM", megan.ID)
	s.called(26*time.Minute, 48*time.Second, "", "+13125550171", ledger.Answered, "Asked whether you are licensed and insured", "")
	barbara := s.called(17*time.Minute, 74*time.Second, "STEIN BARBARA", "+17735550157", ledger.Message, "The sink fixed last week leaks again; wants Mike to call today", "")
	s.called(6*time.Minute, 9*time.Second, "", "+13125550177", ledger.Abandoned, "", "")
	s.called(25*time.Hour, 21*time.Second, "", "", ledger.Spam, "Sold business loans", "")
	s.called(40*time.Second, 0, "HERRERA G", "+17735550159", "", "Leak under the kitchen sink", "",
		said{r, s.b.Profile.Assistant.Greeting, "greeted"}, said{c, "There's water under my sink, can somebody come out this afternoon?", ""})

	s.tx(func(ctx context.Context, tx *store.Tx) error {
		return errors.Join(
			s.owe(ctx, tx, callbacks.Debt{Phone: "+13125550177", Source: "missed", Kind: callbacks.Abandoned, At: monday.Add(-6 * time.Minute)}),
			s.owe(ctx, tx, callbacks.Debt{
				Phone: barbara.From, Source: barbara.ID, CallID: barbara.ID, Kind: callbacks.MessageLeft, At: barbara.EndedAt, Reason: barbara.Summary,
			}),
		)
	})
	s.text(52*time.Minute, messaging.Message{Direction: "outbound", To: "+13125550142", Kind: messaging.Confirmation, Status: messaging.Delivered, Reason: "job_booked", Body: "Mike's Plumbing & Heating: Karen, you're booked for drain cleaning on Tue, Nov 24, arriving between 9 and 11 AM. Reply here to change it."})
	s.text(51*time.Minute, messaging.Message{Direction: "inbound", From: "+13125550142", Kind: messaging.Talk, Status: messaging.Received, Body: "Great. Do I need to be home?"})
	s.text(50*time.Minute, messaging.Message{Direction: "outbound", To: "+13125550142", Kind: messaging.Talk, Status: messaging.Sent, Reason: "they_wrote", Body: "Someone who can let Luis in is enough."})
	s.text(52*time.Minute, messaging.Message{Direction: "outbound", To: "+13125550101", Kind: messaging.Summary, Status: messaging.Delivered, Reason: "call_ended", Body: "Booked: drain cleaning for Karen Whitfield, Tue Nov 24 9-11 AM, Luis. 1842 N Damen Ave, 60647. Kitchen sink is backed up."})
	s.text(5*time.Minute, messaging.Message{Direction: "outbound", To: "+13125550177", Kind: messaging.TextBack, Status: messaging.Sent, Reason: "caller_left", Body: "Hey, this is Mike. Saw I missed your call. What can I help with?"})
	s.text(3*time.Minute, messaging.Message{Direction: "outbound", To: "+13125550171", Kind: messaging.FollowUp, Status: messaging.Suppressed, Reason: "opted_out", Body: "How did we do?"})
}

// owe has the shop owe somebody a call.
func (s *shop) owe(ctx context.Context, tx *store.Tx, d callbacks.Debt) error {
	_, _, err := callbacks.Owe(ctx, tx, s.b, d)
	return err
}

// answer is what came back, read whole.
type answer struct {
	status  int
	header  http.Header
	cookies []*http.Cookie
	body    string
}

// get fetches a page without following redirects.
func (s *shop) get(path string, edits ...func(*http.Request)) answer {
	s.t.Helper()
	return s.do(http.MethodGet, path, edits...)
}

func (s *shop) do(method, path string, edits ...func(*http.Request)) answer {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+path, nil)
	if err != nil {
		s.t.Fatal(err)
	}
	for _, edit := range edits {
		edit(req)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	resp, err := client.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	body, err := io.ReadAll(resp.Body)
	if err := errors.Join(err, resp.Body.Close()); err != nil {
		s.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, resp.Cookies(), string(body)}
}

// events opens the stream of events, for as long as the test runs.
func (s *shop) events() io.Reader {
	s.t.Helper()
	req, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, s.url+"/events", nil)
	if err != nil {
		s.t.Fatal(err)
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { _ = resp.Body.Close() })
	if resp.StatusCode != http.StatusOK || resp.Header.Get("Content-Type") != "text/event-stream" {
		s.t.Fatalf("the stream: %d of %q", resp.StatusCode, resp.Header.Get("Content-Type"))
	}
	return resp.Body
}
