package telnyx_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
	"fixly/messaging/telnyx"
	"fixly/telnyxapi"
)

func newCarrier(t *testing.T, base string, c clock.Clock, profile string) *telnyx.Carrier {
	t.Helper()
	client, err := telnyxapi.NewClient(base, nil)
	if err != nil {
		t.Fatal(err)
	}
	line := business.Line{Number: messagingtest.Line, Carrier: business.CarrierTelnyx, APIKey: apiKey, MessagingProfileID: profile}
	return telnyx.NewCarrier(line, telnyx.Options{Client: client, PublicURL: "https://calls.example.com", Clock: c})
}

func TestCarrier(t *testing.T) {
	messagingtest.Run(t, func(t *testing.T) (messaging.Carrier, messagingtest.FarSide) {
		f := newFar(t)
		r := &refusing{far: f}
		r.carrier = newCarrier(t, f.URL, clock.Real(), "")
		r.closed = newCarrier(t, closedAddress(t), clock.Real(), "")
		return r, r
	})
}

// refusing adds a server that takes no connections to what far can do.
type refusing struct {
	*far
	carrier, closed messaging.Carrier
	refuse          int
}

func (r *refusing) Fail(x ...messagingtest.Failure) {
	for _, f := range x {
		if f.Err.Class == "unreachable" && !f.Err.Unknown {
			r.refuse++
			continue
		}
		r.far.Fail(f)
	}
}

func (r *refusing) Send(ctx context.Context, m messaging.Message) (string, error) {
	if r.refuse > 0 {
		r.refuse--
		return r.closed.Send(ctx, m)
	}
	return r.carrier.Send(ctx, m)
}

func (r *refusing) Find(ctx context.Context, m messaging.Message, since time.Time) ([]string, error) {
	return r.carrier.Find(ctx, m, since)
}

// closedAddress is one where nobody listens.
func closedAddress(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	return "http://" + l.Addr().String()
}

func text(id, body string) messaging.Message {
	return messaging.Message{ID: id, From: messagingtest.Line, To: messagingtest.Phone, Body: body, CreatedAt: time.Now()}
}

// The request, byte for byte.
func TestWhatTelnyxIsAsked(t *testing.T) {
	f := newFar(t)
	for profile, want := range map[string]string{
		"":    `{"from":"+13125550100","to":"+13125550142","text":"8 \u0026 10?","webhook_url":"https://calls.example.com/telnyx/sms?message=msg_7"}`,
		"4af": `{"from":"+13125550100","to":"+13125550142","text":"8 \u0026 10?","messaging_profile_id":"4af","webhook_url":"https://calls.example.com/telnyx/sms?message=msg_7"}`,
	} {
		if _, err := newCarrier(t, f.URL, clock.Real(), profile).Send(t.Context(), text("msg_7", "8 & 10?")); err != nil {
			t.Fatal(err)
		}
		if got := f.bodies[len(f.bodies)-1]; got != want {
			t.Errorf("asked\n%s\nwant\n%s", got, want)
		}
	}
}

// The records hold no words: the mark alone tells texts apart, equal ones too.
func TestATextIsFoundByItsMark(t *testing.T) {
	f := newFar(t)
	c := newCarrier(t, f.URL, clock.Real(), "")
	var ids []string
	for _, id := range []string{"msg_1", "msg_2", "msg_3", "msg_4", "msg_5"} {
		carrierID, err := c.Send(t.Context(), text(id, "Which day?"))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, carrierID)
	}
	found, err := c.Find(t.Context(), text("msg_2", "Which day?"), time.Now().Add(-time.Minute))
	if err != nil || len(found) != 1 || found[0] != ids[1] {
		t.Errorf("Find = %v, %v; want %s", found, err, ids[1])
	}
}

// A text in doubt is looked for when Telnyx must have it among its records, not before.
func TestALostAnswerIsLookedIntoLater(t *testing.T) {
	f := newFar(t)
	f.Fail(messagingtest.LostAnswer)
	_, err := newCarrier(t, f.URL, clock.Real(), "").Send(t.Context(), text("msg_1", "hi"))
	var e *messaging.SendError
	if !errors.As(err, &e) || !e.Unknown || e.RetryAfter < time.Minute {
		t.Errorf("%+v", e)
	}
}

// A server started with --now lives in another month than Telnyx.
func TestTextsAreFoundByAgeWhateverTheClock(t *testing.T) {
	f := newFar(t)
	moved := clock.StartingAt(time.Date(2031, 5, 1, 9, 0, 0, 0, time.UTC))
	c := newCarrier(t, f.URL, moved, "")
	m := text("msg_7", "hi")
	m.CreatedAt = moved.Now()
	id, err := c.Send(t.Context(), m)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := c.Find(t.Context(), m, m.CreatedAt)
	if err != nil || len(ids) != 1 || ids[0] != id {
		t.Errorf("Find = %v, %v; want %s", ids, err, id)
	}
	f.accepted[0].At = time.Now().Add(-time.Hour)
	if ids, err = c.Find(t.Context(), m, m.CreatedAt); err != nil || len(ids) != 0 {
		t.Errorf("found %v, %v, which is older than the text", ids, err)
	}
}

func TestWhatTelnyxRefusesByWords(t *testing.T) {
	for _, c := range []struct {
		status            int
		answer            string
		class, code, tell string
		retry, unknown    bool
	}{
		{403, `{"errors":[{"code":"40300","title":"Blocked due to STOP message"}]}`, "opted_out", "40300", "They replied STOP", false, false},
		{403, `{"errors":[{"code":"40300","title":"Carrier rejected"}]}`, "other", "40300", "The carrier refused", false, false},
		{400, `{"errors":[{"code":"49999","title":"News"}]}`, "invalid", "49999", "Telnyx refused", false, false},
		{402, `{"errors":[{"code":"20100","title":"Insufficient funds"}]}`, "auth", "20100", "The Telnyx account has run out", true, false},
		{403, `not json`, "auth", "", "Telnyx does not accept", true, false},
		{502, `<html>`, "unreachable", "", "Telnyx could not", true, true},
		{200, `{"data":{}}`, "unreachable", "", "Telnyx could not", true, true},
		{200, `<html>`, "unreachable", "", "Telnyx could not", true, true},
	} {
		s := newAnswering(t, c.status, c.answer)
		_, err := newCarrier(t, s, clock.Real(), "").Send(t.Context(), text("msg_1", "hi"))
		var e *messaging.SendError
		if !errors.As(err, &e) || e.Class != c.class || e.Code != c.code || e.Retry != c.retry || e.Unknown != c.unknown || len(e.Tell) < len(c.tell) || e.Tell[:len(c.tell)] != c.tell {
			t.Errorf("%d %s: %+v", c.status, c.answer, e)
		}
	}
}

// newAnswering is a server that answers everything alike.
func newAnswering(t *testing.T, status int, answer string) string {
	t.Helper()
	s := newServer(t, func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		_, _ = w.Write([]byte(answer))
	})
	return s.URL
}
