package callbacks_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"fixly/callbacks"
	"fixly/messaging"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

// board is the switchboard that runs calls back, as the server has it.
func (s *shop) board() *telephony.Switchboard {
	own := func(tx telephony.CallingTx) (callbacks.Tx, error) { return tx.(*store.Tx), nil }
	return &telephony.Switchboard{Storage: s.db.Calling(), Clock: s.clock, Scripts: map[telephony.Purpose]telephony.Script{
		callbacks.Purpose: callbacks.Script{Clock: s.clock, Tx: own},
	}}
}

// calls has somebody call back, and gives the call that rings their phone.
func (s *shop) calls(id string, by callbacks.Person) *bridge {
	s.Helper()
	s.tx(func(ctx context.Context, tx callbacks.Tx) error {
		_, err := s.desk.Call(ctx, tx, s.b, id, by, false)
		return err
	})
	tried, err := s.db.AttemptsOf(s.Context(), s.b.ID, id)
	if err != nil || len(tried) == 0 {
		s.Fatalf("tried: %+v, %v", tried, err)
	}
	return &bridge{shop: s, board: s.board(), attempt: tried[len(tried)-1].ID, callback: id}
}

// bridge is a call back under way.
type bridge struct {
	*shop
	board             *telephony.Switchboard
	attempt, callback string
	turn              int
	ref               telephony.Ref
}

func (c *bridge) call() telephony.Ref {
	c.Helper()
	if c.ref.ID == "" {
		out := telephony.Outgoing{BusinessID: c.b.ID, Key: "callback:" + c.attempt}
		c.tx(func(ctx context.Context, tx callbacks.Tx) error {
			created, err := tx.InsertOutgoing(ctx, &out) // reads the one that is there
			if created {
				c.Fatal("nobody was rung")
			}
			return err
		})
		c.ref = telephony.Ref{BusinessID: c.b.ID, ID: out.ID, CarrierID: "CA" + out.ID}
	}
	return c.ref
}

// happens tells the switchboard of something, twice, as carriers do, and gives what is done then: "say …", "dial …".
func (c *bridge) happens(f func(ctx context.Context, r telephony.Ref) (telephony.Reply, error)) string {
	c.Helper()
	var first string
	var next int
	for i := range 2 {
		reply, err := f(c.Context(), c.call())
		if err != nil {
			c.Fatal(err)
		}
		var out []string
		for _, step := range reply.Steps {
			out = append(out, strings.TrimSpace(string(step.Do)+" "+step.Text+step.To))
		}
		got := strings.Join(out, " / ")
		if i == 0 {
			first, next = got, reply.Turn
		} else if got != first {
			c.Errorf("the second time %q, before %q", got, first)
		}
	}
	c.turn = next
	return first
}

func (c *bridge) answered() string {
	c.Helper()
	return c.happens(func(ctx context.Context, r telephony.Ref) (telephony.Reply, error) {
		return c.board.Answered(ctx, r, telephony.ByUnknown)
	})
}

func (c *bridge) pressed(keys string) string {
	c.Helper()
	turn := c.turn
	return c.happens(func(ctx context.Context, r telephony.Ref) (telephony.Reply, error) {
		return c.board.Pressed(ctx, r, turn, keys)
	})
}

func (c *bridge) dialled(how telephony.State, talked time.Duration) string {
	c.Helper()
	turn := c.turn
	c.clock.Advance(talked)
	return c.happens(func(ctx context.Context, r telephony.Ref) (telephony.Reply, error) {
		return c.board.Dialled(ctx, r, turn, telephony.Dialled{State: how, Talked: talked})
	})
}

// ended reports the end of the call, twice, and gives what the attempt and the callback came to.
func (c *bridge) ended(how telephony.State) string {
	c.Helper()
	for range 2 {
		if err := c.board.Ended(c.Context(), c.call(), how); err != nil {
			c.Fatal(err)
		}
	}
	a, err := c.db.Attempt(c.Context(), c.b.ID, c.attempt)
	if err != nil {
		c.Fatal(err)
	}
	got := c.callback1()
	came := string(got.Status)
	if got.Outcome != "" {
		came += " " + string(got.Outcome)
	}
	if !got.NextAttemptAt.IsZero() {
		came += " next " + got.NextAttemptAt.In(c.b.Location()).Format("15:04")
	}
	return fmt.Sprintf("%s, %s, tried %d", a.Result, came, got.Attempts)
}

func (c *bridge) callback1() *callbacks.Callback { return c.shop.callback(c.callback) }

var owner = callbacks.Person{Name: "Mike Rossi", Phone: mike}

const (
	// what Mike hears, four minutes after a call.
	hears    = "ask (312) 555-0142, called 4 minutes ago. Press 1 to call."
	dials    = "say They get a text that you are calling. One moment. / pause / dial +13125550142"
	howItGoe = "ask How did it go? Press 1 if it is booked"
)

// TestBridge plays every way that a call back can go.
func TestBridge(t *testing.T) {
	for name, c := range map[string]struct {
		play  func(c *bridge) string // gives what came of it
		want  string
		texts int // to Karen, of who is about to call
		asked bool
	}{
		"nobody picks up here": {func(c *bridge) string { return c.ended(telephony.CallNoAnswer) }, "person_away, acknowledged, tried 0", 0, false},
		"busy here":            {func(c *bridge) string { return c.ended(telephony.CallBusy) }, "person_away, acknowledged, tried 0", 0, false},
		"it can't be placed":   {func(c *bridge) string { return c.ended(telephony.CallFailed) }, "person_away, acknowledged, tried 0", 0, false},
		"a voicemail here": {func(c *bridge) string {
			c.is(c.answered(), hears)
			c.is(c.pressed(""), hears)
			c.is(c.pressed(""), "say Goodbye. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "person_away, acknowledged, tried 0", 0, false},
		"not now": {func(c *bridge) string {
			c.answered()
			c.is(c.pressed("2"), "say All right, they were not called. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "person_not_now, acknowledged, tried 0", 0, false},
		"hangs up on the brief": {func(c *bridge) string { c.answered(); return c.ended(telephony.CallCompleted) }, "person_away, acknowledged, tried 0", 0, false},
		"no answer there": {func(c *bridge) string {
			c.answered()
			c.is(c.pressed("1"), dials)
			c.is(c.dialled(telephony.CallNoAnswer, 0), "say They did not answer. The next try is planned for 12:34 PM. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "no_answer, acknowledged next 12:34, tried 1", 1, false},
		"busy there": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.is(c.dialled(telephony.CallBusy, 0), "say Their line is busy. The next try is planned for 12:34 PM. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "busy, acknowledged next 12:34, tried 1", 1, false},
		"no such number": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.dialled(telephony.CallFailed, 0)
			return c.ended(telephony.CallCompleted)
		}, "failed, acknowledged next 12:34, tried 1", 1, false},
		"booked": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.is(c.dialled(telephony.CallCompleted, 3*time.Minute)[:len(howItGoe)], howItGoe)
			c.is(c.pressed("1"), "say Booked. Well done. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "reached, done booked, tried 0", 1, false},
		"a voicemail there": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.dialled(telephony.CallCompleted, time.Minute)
			c.pressed("2")
			return c.ended(telephony.CallCompleted)
		}, "voicemail, acknowledged next 12:35, tried 1", 1, false},
		"later": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.dialled(telephony.CallCompleted, time.Minute)
			c.is(c.pressed("3"), "say Planned for 12:35 PM. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "reached, acknowledged next 12:35, tried 1", 1, false},
		"no calls, please": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.dialled(telephony.CallCompleted, time.Minute)
			c.pressed("4")
			return c.ended(telephony.CallCompleted)
		}, "reached, given_up do_not_call, tried 0", 1, false},
		"no key": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.dialled(telephony.CallCompleted, time.Minute)
			c.is(c.pressed(""), "say Goodbye. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "reached, acknowledged next 12:35, tried 1", 1, true},
		"hangs up after the talk": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.dialled(telephony.CallCompleted, time.Minute)
			return c.ended(telephony.CallCompleted)
		}, "reached, acknowledged next 12:35, tried 1", 1, true},
		"hangs up first, after a talk": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.clock.Advance(4 * time.Minute)
			return c.ended(telephony.CallCompleted)
		}, "reached, acknowledged next 12:38, tried 1", 1, true},
		"hangs up while it rings there": {func(c *bridge) string {
			c.answered()
			c.pressed("1")
			c.clock.Advance(10 * time.Second)
			return c.ended(telephony.CallCompleted)
		}, "no_answer, acknowledged next 12:34, tried 1", 1, false},
		"she books while it rings here": {func(c *bridge) string {
			c.tx(func(ctx context.Context, tx callbacks.Tx) error {
				return callbacks.Settle(ctx, tx, c.b, karen, callbacks.Booked, c.clock.Now())
			})
			c.answered()
			c.is(c.pressed("1"), "say They have been served in the meantime: Booked. / hangup")
			return c.ended(telephony.CallCompleted)
		}, "person_not_now, done booked, tried 0", 0, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := open(t, storetest.SQLite(t))
			owed := s.missed("call_1", karen)
			s.clock.Advance(4 * time.Minute)
			b := s.calls(owed.ID, owner)
			if got := c.play(b); got != c.want {
				s.Errorf("%q, want %q", got, c.want)
			}
			var told, asked int
			for _, text := range s.texts() {
				told += strings.Count(text, "0142: Mike from Mike's Plumbing & Heating is about to call you from this number.")
				asked += strings.Count(text, "0101: How did it go with (312) 555-0142?")
			}
			if told != c.texts || asked == 1 != c.asked {
				s.Errorf("texts: %v", s.texts())
			}
			// Nobody is forgotten: it is settled, or its clock runs.
			if got := s.callback(owed.ID); got.Owed() && !got.DueAt.After(s.clock.Now()) {
				s.Errorf("no clock runs: %+v", got)
			}
		})
	}
}

func (c *bridge) is(got, want string) {
	c.Helper()
	if got != want {
		c.Errorf("%q, want %q", got, want)
	}
}

// TestWhoIsNotCalled: one call at a time, not who is blocked, not by night without being asked.
func TestWhoIsNotCalled(t *testing.T) {
	each(t, func(s *shop) {
		call := func(id string, by callbacks.Person, anyway bool) error {
			return s.db.CallingBack().InTx(s.Context(), func(ctx context.Context, tx callbacks.Tx) error {
				_, err := s.desk.Call(ctx, tx, s.b, id, by, anyway)
				return err
			})
		}
		c := s.missed("call_1", karen)
		err := s.db.CallingBack().InTx(s.Context(), func(ctx context.Context, tx callbacks.Tx) error {
			return s.desk.Bridge(ctx, tx, s.b, owner, s.b.Answering.Blocked[0], true)
		})
		if !errors.Is(err, callbacks.ErrDoNotCall) {
			s.Errorf("blocked: %v", err)
		}
		if err := call(c.ID, callbacks.Person{Name: "Nobody"}, false); !errors.Is(err, callbacks.ErrNoPhone) {
			s.Errorf("without a phone: %v", err)
		}
		s.clock.Advance(10 * time.Hour) // ten in the evening
		var quiet *callbacks.QuietError
		if err := call(c.ID, owner, false); !errors.As(err, &quiet) || quiet.Until.In(s.b.Location()).Format("Mon 15:04") != "Tue 08:00" {
			s.Errorf("by night: %v", err)
		}
		if err := call(c.ID, owner, true); err != nil {
			s.Errorf("by night, all the same: %v", err)
		}
		if err := call(c.ID, owner, true); !errors.Is(err, callbacks.ErrCalling) {
			s.Errorf("twice: %v", err)
		}
		if got := s.callback(c.ID); got.Status != callbacks.Calling {
			s.Errorf("calling: %+v", got)
		}
	})
}

// TestWordsOfTheShop: what the shop's people text about calls that are owed, and what nobody of them does.
func TestWordsOfTheShop(t *testing.T) {
	each(t, func(s *shop) {
		texts := func(from, body string) (reply string) {
			s.Helper()
			s.tx(func(ctx context.Context, tx callbacks.Tx) (err error) {
				reply, _, err = s.desk.Answer(ctx, tx, s.b, from, body)
				return err
			})
			return reply
		}
		if got := texts(mike, "mine"); got != "" {
			s.Errorf("of nothing: %q", got)
		}
		c := s.missed("call_1", karen)
		if got := texts(karen, "mine"); got != "" {
			s.Errorf("of a customer: %q", got)
		}
		if got := texts(dana, "Mine!"); got != "You have (312) 555-0142. Please call them by 12:15 PM." {
			s.Errorf("taken: %q", got)
		}
		if got := s.callback(c.ID); got.AckedBy != "Dana Rossi" {
			s.Errorf("taken: %+v", got)
		}
		b := s.calls(c.ID, owner)
		b.answered()
		b.pressed("1")
		if got := texts(mike, "booked"); got != "(312) 555-0142: Booked." {
			s.Errorf("booked in the middle of it: %q", got)
		}
		b.dialled(telephony.CallCompleted, time.Minute)
		b.ended(telephony.CallCompleted)
		tried, err := s.db.AttemptsOf(s.Context(), s.b.ID, c.ID)
		if err != nil || len(tried) != 1 || tried[0].Result != callbacks.Reached {
			s.Errorf("tried: %+v, %v", tried, err)
		}
		if got := s.callback(c.ID); got.Outcome != callbacks.Booked {
			s.Errorf("booked: %+v", got)
		}
		if got := texts(mike, "later"); !strings.HasPrefix(got, "(312) 555-0142: next try ") {
			s.Errorf("later: %q", got)
		}
		if got := texts(mike, "drop"); got != "(312) 555-0142: They need it no more." {
			s.Errorf("dropped: %q", got)
		}
		if got := texts(mike, "see you at nine"); got != "" {
			s.Errorf("of something else: %q", got)
		}

		// A word comes late, when another call was asked for that came to nothing: it is about who was rung.
		other := s.missed("call_2", "+13125550177")
		s.clock.Advance(time.Minute)
		s.calls(other.ID, owner).ended(telephony.CallNoAnswer)
		if got := texts(mike, "talked"); got != "(312) 555-0142: Talked." {
			s.Errorf("talked: %q", got)
		}
		if got := s.callback(other.ID); !got.Owed() {
			s.Errorf("who was not rung is owed no call any more: %+v", got)
		}
	})
}

// TestWhoIsAboutToCall: who can't be texted is rung all the same.
func TestWhoIsAboutToCall(t *testing.T) {
	each(t, func(s *shop) {
		c := s.missed("call_1", karen)
		s.tx(func(ctx context.Context, tx callbacks.Tx) error { return tx.NoteLandline(ctx, s.b.ID, karen, "21614") })
		b := s.calls(c.ID, owner)
		b.answered()
		b.is(b.pressed("1"), "say Calling. / dial +13125550142")
		all, err := s.db.ListMessages(s.Context(), s.b.ID, messaging.MessageFilter{})
		if err != nil || len(all) != 1 || all[0].Status != messaging.Suppressed {
			s.Errorf("texts: %+v, %v", all, err)
		}
		if !s.callback(c.ID).Landline {
			s.Error("it is not known for a landline")
		}
	})
}
