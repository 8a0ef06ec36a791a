// Package messagingtest is what every carrier of texts has to pass, and a carrier in memory for the tests of those who
// send.
package messagingtest

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"fixly/messaging"
)

// Line and Phone are the sender and the recipient in the suite's texts. A carrier under test must be able to send by
// Line.
const (
	Line  = "+13125550100"
	Phone = "+13125550142"
)

// FarSide is the other end of a carrier under test: a stand-in for its servers.
type FarSide interface {
	// Fail makes the next requests to send fail, one each, in the carrier's own manner of failing so.
	Fail(f ...Failure)
	// Accepted lists the texts that it took, oldest first.
	Accepted() []Accepted
}

// Coder is a far side whose carrier has codes of its own: the code that it answers with a failure, empty for none.
type Coder interface{ Code(f Failure) string }

// Limited is a far side of a carrier that can't do all: the names of the parts of the suite that say so when they are
// skipped.
type Limited interface{ Cannot() []string }

// Run checks a carrier against a far side of its own, which open makes fresh for each test. A new carrier is right when
// this passes; its exact requests are for its own tests.
func Run(t *testing.T, open func(t *testing.T) (messaging.Carrier, FarSide)) {
	text := func(body string) messaging.Message {
		return messaging.Message{
			ID: fmt.Sprintf("msg_%x", body), BusinessID: "biz_1", Direction: messaging.Outbound, From: Line, To: Phone, Body: body,
			Kind: messaging.Talk, Status: messaging.Sending, CreatedAt: time.Now(),
		}
	}
	past := func() time.Time { return time.Now().Add(-time.Minute) }
	run := func(name string, f func(t *testing.T, c messaging.Carrier, far FarSide)) {
		t.Run(name, func(t *testing.T) {
			c, far := open(t)
			if l, ok := far.(Limited); ok && slices.Contains(l.Cannot(), name) {
				t.Skipf("this carrier can't: %s", name)
			}
			f(t, c, far)
		})
	}

	run("hands over the text as it is", func(t *testing.T, c messaging.Carrier, far FarSide) {
		for _, body := range []string{"See you Tuesday.", "¿Mañana? 8 & 10 + 50% = 🙂\nsecond line"} {
			id, err := c.Send(t.Context(), text(body))
			if err != nil || id == "" {
				t.Fatalf("Send(%q) = %q, %v", body, id, err)
			}
			got := far.Accepted()
			if last := got[len(got)-1]; last.Body != body || last.From != Line || last.To != Phone || last.CarrierID != id {
				t.Errorf("sent %q as %+v, id %s", body, last, id)
			}
		}
	})

	run("gives each text an id of its own", func(t *testing.T, c messaging.Carrier, _ FarSide) {
		a, err1 := c.Send(t.Context(), text("same"))
		b, err2 := c.Send(t.Context(), text("same"))
		if err1 != nil || err2 != nil || a == b {
			t.Errorf("ids %q, %q; errors %v, %v", a, b, err1, err2)
		}
	})

	for _, f := range []struct {
		name string
		fail Failure
	}{
		{"throttled", Throttled},
		{"refused", Refused},
		{"opted out", OptedOut},
		{"landline", Landline},
		{"unregistered", Unregistered},
		{"invalid", Invalid},
		{"auth", BadAuth},
	} {
		run("tells "+f.name, func(t *testing.T, c messaging.Carrier, far FarSide) {
			far.Fail(f.fail)
			_, err := c.Send(t.Context(), text("hello"))
			var e *messaging.SendError
			if !errors.As(err, &e) {
				t.Fatalf("Send: %v, want a *SendError", err)
			}
			want := f.fail.Err
			if own, ok := far.(Coder); ok {
				want.Code = own.Code(f.fail)
			}
			if e.Class != want.Class || e.Retry != want.Retry || e.Unknown != want.Unknown || e.Code != want.Code || e.RetryAfter != want.RetryAfter {
				t.Errorf("got %+v, want %+v", *e, want)
			}
			if !want.Retry && e.Tell == "" {
				t.Error("a refusal for good has nothing to tell the owner")
			}
			if len(far.Accepted()) != 0 {
				t.Error("a refused text was accepted")
			}
			if _, err := c.Send(t.Context(), text("hello")); err != nil {
				t.Errorf("the next try: %v", err)
			}
		})
	}

	run("finds a text whose answer was lost", func(t *testing.T, c messaging.Carrier, far FarSide) {
		far.Fail(LostAnswer)
		_, err := c.Send(t.Context(), text("lost"))
		var e *messaging.SendError
		if !errors.As(err, &e) || !e.Unknown || !e.Retry {
			t.Fatalf("Send: %v, want a *SendError that says it may have been accepted", err)
		}
		ids, err := c.Find(t.Context(), text("lost"), past())
		if err != nil || len(ids) != 1 || ids[0] != far.Accepted()[0].CarrierID {
			t.Errorf("Find = %v, %v", ids, err)
		}
	})

	run("finds nothing where nothing is", func(t *testing.T, c messaging.Carrier, far FarSide) {
		far.Fail(LostRequest)
		_, err := c.Send(t.Context(), text("lost"))
		var e *messaging.SendError
		if !errors.As(err, &e) || !e.Unknown {
			t.Fatalf("Send: %v, want a *SendError that says it may have been accepted", err)
		}
		if _, err := c.Send(t.Context(), text("another")); err != nil {
			t.Fatal(err)
		}
		to := text("lost")
		to.To = "+13125550143"
		if _, err := c.Send(t.Context(), to); err != nil {
			t.Fatal(err)
		}
		ids, err := c.Find(t.Context(), text("lost"), past())
		if err != nil || len(ids) != 0 {
			t.Errorf("Find = %v, %v", ids, err)
		}
	})

	run("finds all that look alike, newest first", func(t *testing.T, c messaging.Carrier, _ FarSide) {
		var sent []string
		for range 3 {
			id, err := c.Send(t.Context(), text("same"))
			if err != nil {
				t.Fatal(err)
			}
			sent = append([]string{id}, sent...)
		}
		ids, err := c.Find(t.Context(), text("same"), past())
		if err != nil || !slices.Equal(ids, sent) {
			t.Errorf("Find = %v, %v; want %v", ids, err, sent)
		}
	})

	run("ends with its context", func(t *testing.T, c messaging.Carrier, _ FarSide) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		var e *messaging.SendError
		if _, err := c.Send(ctx, text("hello")); !errors.As(err, &e) || !e.Retry {
			t.Errorf("Send: %v", err)
		}
		if _, err := c.Find(ctx, text("hello"), past()); err == nil {
			t.Error("Find succeeded in an ended context")
		}
	})
}
