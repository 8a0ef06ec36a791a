package store_test

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
)

func newConversation(businessID string) *receptionist.Conversation {
	return &receptionist.Conversation{
		BusinessID: businessID, Channel: receptionist.ByCall, CallID: "call_1",
		Caller: receptionist.Caller{Number: "+13125550111", Name: "ANN LEE", Attestation: "TN-Validation-Passed-A", VIP: true},
		State:  []byte(`{"step":1}`), StartedAt: monday, UpdatedAt: monday,
	}
}

func TestConversationIsReadAsItWasWritten(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		c := newConversation(b.ID)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertConversation(ctx, c) })
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			got, err := tx.Conversation(ctx, c.ID)
			if err != nil {
				return err
			}
			if !reflect.DeepEqual(got, c) {
				t.Errorf("read\n%+v, wrote\n%+v", got, c)
			}
			c.State, c.Outcome, c.JobID, c.Summary = []byte(`{"step":2}`), "booked", "job_1", "clogged drain"
			c.UpdatedAt, c.EndedAt = monday.Add(time.Minute), monday.Add(2*time.Minute)
			return tx.UpdateConversation(ctx, c)
		})
		got, err := db.ConversationByCall(ctx, b.ID, "call_1")
		if err != nil || !reflect.DeepEqual(got, c) {
			t.Errorf("read\n%+v, wrote\n%+v, %v", got, c, err)
		}
		if got, err := db.ConversationByCall(ctx, b.ID, "call_2"); got != nil || err != nil {
			t.Errorf("of another call: %v, %v", got, err)
		}
		if _, err := db.Conversation(ctx, "conv_none"); !errors.Is(err, receptionist.ErrNoConversation) {
			t.Errorf("one that is not there: %v", err)
		}
		err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			return tx.InsertConversation(ctx, newConversation(b.ID))
		})
		if err == nil {
			t.Error("a call has a second conversation")
		}
	})
}

func TestTurnsAreNumberedAndFoundByKey(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		c := newConversation(b.ID)
		turns := []receptionist.Turn{
			{At: monday, Who: "receptionist", Text: "How can I help?", Reason: "greeting", Reply: []byte(`{}`)},
			{At: monday, Who: "caller", Text: "clogged drain", Understood: []byte(`{"service":"Drain cleaning"}`), Key: "k1"},
			{At: monday, Who: "receptionist", Text: "When?", Reason: "ask_when", Reply: []byte(`{"sentences":["When?"]}`), Key: "k1"},
			{At: monday, Who: "caller", Text: "tomorrow", Key: "k2"}, // key on this side only
			{At: monday, Who: "receptionist", Text: "Where?", Reason: "ask_address"},
		}
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.InsertConversation(ctx, c); err != nil {
				return err
			}
			for i := range turns {
				turns[i].ConversationID = c.ID
				if err := tx.AppendTurn(ctx, &turns[i]); err != nil {
					return err
				}
				if turns[i].Seq != i+1 {
					t.Errorf("turn %d has number %d", i+1, turns[i].Seq)
				}
			}
			return nil
		})
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.MarkHeard(ctx, c.ID, "Wh") })
		turns[4].Heard, turns[4].Interrupted = "Wh", true
		got, err := db.Turns(ctx, c.ID)
		if err != nil || !reflect.DeepEqual(got, turns) {
			t.Errorf("read\n%+v, wrote\n%+v, %v", got, turns, err)
		}
		for key, seq := range map[string]int{"k1": 3, "k2": 5} {
			if turn, err := db.TurnByKey(ctx, c.ID, key); err != nil || turn == nil || turn.Seq != seq {
				t.Errorf("%s: %+v, %v, want turn %d", key, turn, err, seq)
			}
		}
		for _, key := range []string{"", "k3"} {
			if turn, err := db.TurnByKey(ctx, c.ID, key); err != nil || turn != nil {
				t.Errorf("%q: %+v, %v, want none", key, turn, err)
			}
		}
		err = db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			return tx.AppendTurn(ctx, &receptionist.Turn{ConversationID: "conv_none", At: monday})
		})
		if !errors.Is(err, receptionist.ErrNoConversation) {
			t.Errorf("a turn of no conversation: %v", err)
		}
	})
}

func TestTurnsOfAThreadSpanItsConversations(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "others", "+13125550200")
		const number = "+13125550190"
		say := func(businessID string, channel receptionist.Channel, at time.Time, words ...string) {
			c := newConversation(businessID)
			c.Channel, c.CallID, c.Caller.Number, c.StartedAt = channel, "", number, at
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				c.ID = ""
				if err := tx.InsertConversation(ctx, c); err != nil {
					return err
				}
				for _, w := range words {
					if err := tx.AppendTurn(ctx, &receptionist.Turn{ConversationID: c.ID, At: at, Who: "caller", Text: w}); err != nil {
						return err
					}
				}
				return nil
			})
		}
		say(b.ID, receptionist.ByText, monday.Add(time.Hour), "three", "four")
		say(b.ID, receptionist.ByText, monday, "one", "two")
		say(b.ID, receptionist.ByCall, monday.Add(time.Minute), "by phone")
		say(other.ID, receptionist.ByText, monday.Add(time.Minute), "to another shop")
		for limit, want := range map[int]string{10: "one two three four", 3: "two three four", 1: "four"} {
			turns, err := db.ThreadTurns(ctx, b.ID, number, limit)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, x := range turns {
				got = append(got, x.Text)
			}
			if s := strings.Join(got, " "); s != want {
				t.Errorf("%d: %q, want %q", limit, s, want)
			}
		}
	})
}

func TestConversationIsLockedWhileATransactionHasIt(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		c := newConversation(b.ID)
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertConversation(ctx, c) })
		const callers = 20
		var wg sync.WaitGroup
		for range callers { // each adds a letter to what it read: none is lost only if they waited for each other
			wg.Go(func() {
				if err := db.InTx(context.Background(), func(ctx context.Context, tx *store.Tx) error {
					c, err := tx.Conversation(ctx, c.ID)
					if err != nil {
						return err
					}
					c.Summary += "x"
					return tx.UpdateConversation(ctx, c)
				}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		got, err := db.Conversation(context.Background(), c.ID)
		if err != nil || len(got.Summary) != callers {
			t.Errorf("%d letters of %d, %v", len(got.Summary), callers, err)
		}
	})
}

func TestOpenAndStaleThreads(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		thread := func(started time.Duration, ended bool) *receptionist.Conversation {
			c := &receptionist.Conversation{
				BusinessID: b.ID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: "+13125550111"},
				StartedAt: monday.Add(started), UpdatedAt: monday.Add(started),
			}
			if ended {
				c.EndedAt = c.UpdatedAt
			}
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertConversation(ctx, c) })
			return c
		}
		open := func() *receptionist.Conversation {
			t.Helper()
			c, err := db.OpenThread(ctx, b.ID, "+13125550111")
			if err != nil {
				t.Fatal(err)
			}
			return c
		}
		thread(0, true)
		if c := open(); c != nil {
			t.Errorf("an ended thread is open: %v", c)
		}
		first, second := thread(time.Minute, false), thread(time.Hour, false)
		thread(2*time.Hour, true)
		if c := open(); c == nil || c.ID != second.ID {
			t.Errorf("open is %+v, want the latest, %s", c, second.ID)
		}
		stale, err := db.StaleThreads(ctx, monday.Add(time.Hour))
		if err != nil || len(stale) != 1 || stale[0].ID != first.ID {
			t.Errorf("stale: %+v, %v, want the first alone", stale, err)
		}
	})
}

func TestLatestConversationByPhone(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		open := func(channel receptionist.Channel, number, call string, started time.Duration) {
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				return tx.InsertConversation(ctx, &receptionist.Conversation{
					BusinessID: b.ID, Channel: channel, CallID: call, Caller: receptionist.Caller{Number: number},
					StartedAt: monday.Add(started), UpdatedAt: monday.Add(started),
				})
			})
		}
		open(receptionist.ByCall, "+13125550111", "call_1", 0)
		open(receptionist.ByCall, "+13125550111", "call_2", time.Minute)
		open(receptionist.ByCall, "+13125550112", "call_3", 2*time.Minute)
		open(receptionist.ByText, "+13125550111", "", time.Hour)
		if c, err := db.LatestByPhone(context.Background(), b.ID, "+13125550111"); err != nil || c == nil || c.CallID != "call_2" {
			t.Errorf("%+v, %v, want the second call", c, err)
		}
		if c, err := db.LatestByPhone(context.Background(), b.ID, "+13125550199"); err != nil || c != nil {
			t.Errorf("%+v, %v, want none", c, err)
		}
	})
}

func TestConversationsSince(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "danas", "+13125550200")
		open := func(businessID, call string, started time.Duration) {
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				return tx.InsertConversation(ctx, &receptionist.Conversation{
					BusinessID: businessID, Channel: receptionist.ByCall, CallID: call, StartedAt: monday.Add(started), UpdatedAt: monday.Add(started),
				})
			})
		}
		open(b.ID, "call_1", 0)
		open(b.ID, "call_2", time.Minute)
		open(b.ID, "call_3", 2*time.Minute)
		open(other.ID, "call_4", time.Minute)
		found, err := db.ConversationsSince(context.Background(), b.ID, monday.Add(time.Second), 10)
		if err != nil || len(found) != 2 || found[0].CallID != "call_3" || found[1].CallID != "call_2" {
			t.Errorf("%+v, %v, want the third call and the second", found, err)
		}
		if found, err = db.ConversationsSince(context.Background(), b.ID, monday, 1); err != nil || len(found) != 1 || found[0].CallID != "call_3" {
			t.Errorf("%+v, %v, want the last call", found, err)
		}
	})
}

func TestLanguageWith(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "others", "+13125550200")
		spoke := func(number, job, language string, started time.Duration) {
			write(t, db, func(ctx context.Context, tx *store.Tx) error {
				return tx.InsertConversation(ctx, &receptionist.Conversation{
					BusinessID: b.ID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: number}, JobID: job, Language: language,
					StartedAt: monday.Add(started), UpdatedAt: monday.Add(started),
				})
			})
		}
		spoke("+13125550111", "", "en", 0)
		spoke("+13125550111", "job_1", "es", time.Minute)
		spoke("+13125550111", "", "", 2*time.Minute) // from before languages were kept
		spoke("", "", "en", time.Hour)
		for _, c := range []struct{ business, number, job, want string }{
			{b.ID, "+13125550111", "", "es"},
			{b.ID, "+13125550199", "job_1", "es"},
			{b.ID, "+13125550199", "job_2", ""},
			{b.ID, "", "", ""},
			{other.ID, "+13125550111", "job_1", ""},
		} {
			if got, err := db.LanguageWith(context.Background(), c.business, c.number, c.job); err != nil || got != c.want {
				t.Errorf("%+v: %q, %v", c, got, err)
			}
		}
	})
}
