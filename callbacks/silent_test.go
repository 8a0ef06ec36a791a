package callbacks_test

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store/storetest"
)

// thread is a conversation by text with a number, touched last now.
func (s *shop) thread(phone, state string, o ledger.Outcome) *receptionist.Conversation {
	s.Helper()
	c := &receptionist.Conversation{
		BusinessID: s.b.ID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: phone}, State: []byte(state), Outcome: o,
		Summary: "Leak repair, pipe drips", StartedAt: s.clock.Now(), UpdatedAt: s.clock.Now(),
	}
	s.tx(func(ctx context.Context, tx callbacks.Tx) error {
		return tx.(interface {
			InsertConversation(context.Context, *receptionist.Conversation) error
		}).InsertConversation(ctx, c)
	})
	return c
}

const leaking = `{"stack":["book"],"details":{"service":"Leak repair","problem":"pipe drips","urgency":"urgent","name":"Karen Whitfield"}}`

// TestWhoFallsSilentIsOwedACall: once something was under way, once for each silence, and whoever has it is told once.
func TestWhoFallsSilentIsOwedACall(t *testing.T) {
	each(t, func(s *shop) {
		s.thread(karen, leaking, "")
		s.thread("+13125550143", leaking, ledger.Answered)                                    // and went on with something else
		s.thread("+13125550144", `{}`, "")                                                    // wanted nothing
		s.thread("+13125550145", `{"details":{"service":"Leak repair"},"ended":true}`, "")    // took leave
		s.thread("+13125550146", `{"details":{"service":"Leak repair"}}`, ledger.Answered)    // was answered
		s.thread("+13125550147", `{"stack":["book"],"details":{"problem":"x"}}`, ledger.Spam) // sells something
		owed := func() (phones []string) {
			all, err := s.db.Callbacks(s.Context(), s.b.ID)
			if err != nil {
				s.Fatal(err)
			}
			for _, c := range callbacks.Queue(s.b, all, s.clock.Now()) {
				phones = append(phones, c.Phone[len(c.Phone)-4:])
			}
			return phones
		}
		s.clock.Advance(59 * time.Minute)
		s.work(callbacks.OweSilent{})
		if got := owed(); got != nil {
			s.Errorf("owed too soon: %v", got)
		}
		s.clock.Advance(time.Minute)
		for range 2 {
			s.work(callbacks.OweSilent{})
		}
		if got := strings.Join(owed(), " "); got != "0143 0142" && got != "0142 0143" {
			s.Errorf("owed: %v", got)
		}
		c, err := s.db.CallbackOwed(s.Context(), s.b.ID, karen)
		if err != nil || c == nil || c.Name != "Karen Whitfield" || c.Service != "Leak repair" || c.Urgency != scheduling.Urgent || c.Cause != callbacks.ThreadSilent {
			s.Errorf("owed: %+v, %v", c, err)
		}
		told := 0
		for _, text := range s.texts() {
			told += strings.Count(text, "0101: Owed a call: Karen Whitfield (312) 555-0142, Leak repair, pipe drips. They wrote and fell silent at 12:00 pm.")
		}
		if told != 1 {
			s.Errorf("told: %v", s.texts())
		}
	})
}

// TestWhatTheyWriteMovesThem: it is known better what they want, a goodbye puts them down, an answer settles it.
func TestWhatTheyWriteMovesThem(t *testing.T) {
	each(t, func(s *shop) {
		heard := func(phone, said string) *callbacks.Callback {
			s.Helper()
			c, err := s.db.CallbackOwed(s.Context(), s.b.ID, phone)
			if err != nil {
				s.Fatal(err)
			}
			s.tx(func(ctx context.Context, tx callbacks.Tx) error {
				return callbacks.Heard(ctx, tx, s.b, phone, said, s.clock.Now())
			})
			if c == nil {
				return nil
			}
			return s.callback(c.ID)
		}
		if heard(karen, "hello") != nil {
			s.Error("who is owed nothing is noted")
		}
		s.missed("call_1", karen)
		s.thread(karen, leaking, "")
		if c := heard(karen, "the pipe drips"); c.Said != "the pipe drips" || c.Service != "Leak repair" || c.Urgency != scheduling.Urgent || c.Reason != "Leak repair, pipe drips" || !c.Owed() {
			s.Errorf("after the first text: %+v", c)
		}
		s.missed("call_2", "+13125550143")
		s.thread("+13125550143", `{"details":{"service":"Leak repair"},"ended":true}`, "")
		if c := heard("+13125550143", "found somebody, thanks"); !c.TookLeave || !c.Owed() {
			s.Errorf("after a goodbye: %+v", c)
		}
		s.missed("call_3", "+13125550144")
		s.thread("+13125550144", `{"answered":true,"served_at":"`+s.clock.Now().Format(time.RFC3339)+`"}`, ledger.Answered)
		if c := heard("+13125550144", "are you open on saturday"); c.Owed() || c.Outcome != callbacks.Answered {
			s.Errorf("after an answer: %+v", c)
		}
		s.missed("call_4", "+13125550145")
		s.thread("+13125550145", leaking, ledger.Answered)
		if c := heard("+13125550145", "and my pipe drips"); !c.Owed() {
			s.Errorf("with something else under way: %+v", c)
		}
		// What was done in the thread before the call was missed settles nothing.
		s.thread("+13125550146", `{"answered":true,"served_at":"`+s.clock.Now().Add(-time.Hour).Format(time.RFC3339)+`"}`, ledger.Booked)
		s.missed("call_5", "+13125550146")
		if c := heard("+13125550146", "please call me"); !c.Owed() {
			s.Errorf("by what came before it: %+v", c)
		}
	})
}

// TestNoShopKeepsAnothersSilentThreads: threads that wait for longer, however many, stand in nobody's way.
func TestNoShopKeepsAnothersSilentThreads(t *testing.T) {
	s := open(t, storetest.SQLite(t))
	slow := *s.b
	slow.ID, slow.Profile.Slug, slow.Lines = "", "slow", []business.Line{s.b.Lines[0]}
	slow.Lines[0].Number = "+13125550190"
	slow.Callbacks.Silent = business.Duration(24 * time.Hour)
	if err := s.db.SaveBusiness(t.Context(), &slow); err != nil {
		t.Fatal(err)
	}
	s.tx(func(ctx context.Context, tx callbacks.Tx) error {
		for i := range 250 {
			err := tx.(interface {
				InsertConversation(context.Context, *receptionist.Conversation) error
			}).InsertConversation(ctx, &receptionist.Conversation{
				BusinessID: slow.ID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: fmt.Sprintf("+1312556%04d", i)}, State: []byte(leaking),
				StartedAt: s.clock.Now(), UpdatedAt: s.clock.Now(),
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	s.clock.Advance(time.Minute)
	s.thread(karen, leaking, "")
	s.clock.Advance(2 * time.Hour)
	s.work(callbacks.OweSilent{})
	if c, err := s.db.CallbackOwed(t.Context(), s.b.ID, karen); err != nil || c == nil {
		t.Errorf("owed: %+v, %v", c, err)
	}
}
