package twilio_test

import (
	"context"
	"net"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
	"fixly/messaging/twilio"
	"fixly/twilioapi"
)

func newCarrier(t *testing.T, base string, c clock.Clock) *twilio.Carrier {
	t.Helper()
	client, err := twilioapi.NewClient(base, nil)
	if err != nil {
		t.Fatal(err)
	}
	public, err := twilioapi.ParsePublicURL("https://calls.example.com")
	if err != nil {
		t.Fatal(err)
	}
	line := business.Line{Number: messagingtest.Line, AccountSID: sid, AuthToken: token}
	return twilio.NewCarrier(line, twilio.Options{Client: client, PublicURL: public, Clock: c})
}

func TestCarrier(t *testing.T) {
	messagingtest.Run(t, func(t *testing.T) (messaging.Carrier, messagingtest.FarSide) {
		f := newFar(t)
		r := &refusing{far: f}
		r.carrier = newCarrier(t, f.URL, clock.Real())
		r.closed = newCarrier(t, closedAddress(t), clock.Real())
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

func TestCarrierAsksForReportsThatNameTheText(t *testing.T) {
	f := newFar(t)
	_, err := newCarrier(t, f.URL, clock.Real()).Send(t.Context(), messaging.Message{ID: "msg_7", From: messagingtest.Line, To: messagingtest.Phone, Body: "hi"})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := f.forms[0].Get("StatusCallback"), "https://calls.example.com/twilio/sms/status?message=msg_7"; got != want {
		t.Errorf("StatusCallback %q, want %q", got, want)
	}
}

// A server started with --now lives in another month than Twilio.
func TestCarrierFindsByAgeWhateverTheClock(t *testing.T) {
	f := newFar(t)
	moved := clock.StartingAt(time.Date(2031, 5, 1, 9, 0, 0, 0, time.UTC))
	c := newCarrier(t, f.URL, moved)
	m := messaging.Message{ID: "msg_7", From: messagingtest.Line, To: messagingtest.Phone, Body: "hi", CreatedAt: moved.Now()}
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
