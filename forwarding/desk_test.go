package forwarding_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/followup"
	"fixly/forwarding"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
	"fixly/receptionist"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
	"fixly/telephony/twilio"
	"fixly/twilioapi"
)

const (
	known = "+13125550190" // the number that customers know
	owner = "+13125550101"
)

// tuesday is when the weekly test is due: at ten in Chicago.
var tuesday = time.Date(2026, 12, 1, 16, 0, 0, 0, time.UTC)

// desk is a server over a real database, whose line is at a carrier that fakephone plays, with a queue and a clock that the
// test moves.
type desk struct {
	t     *testing.T
	db    *store.DB
	queue *store.ByHand
	clock *clock.Manual
	shop  *business.Business
	phone *fakephone.Phone
	texts *messagingtest.Carrier
	desk  *forwarding.Desk
}

func newDesk(t *testing.T, address string) *desk {
	d := &desk{t: t, queue: &store.ByHand{}, clock: clock.NewManual(tuesday), shop: demo.Business()}
	var err error
	if d.db, err = store.Open(t.Context(), address, store.Options{Clock: d.clock, ByHand: d.queue}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.db.Close(context.Background()) })
	d.shop.Forwarding = business.Forwarding{Number: known, Carrier: "verizon"}
	if err := d.db.SaveBusiness(t.Context(), d.shop); err != nil {
		t.Fatal(err)
	}
	d.phone = fakephone.New(t, fakephone.Options{Patience: 20 * time.Second, Clock: d.clock})
	d.texts = messagingtest.NewCarrier(d.clock)
	server := httptest.NewServer(nil)
	t.Cleanup(server.Close)
	public, err := twilioapi.ParsePublicURL(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	client, err := twilioapi.NewClient(d.phone.APIURL(), nil)
	if err != nil {
		t.Fatal(err)
	}
	d.desk = &forwarding.Desk{Storage: d.db.Forwarding(), Clock: d.clock, Tx: func(tx telephony.CallingTx) (forwarding.Tx, error) { return tx.(*store.Tx), nil }}
	board := &telephony.Switchboard{Storage: d.db.Calling(), Clock: d.clock, Scripts: map[telephony.Purpose]telephony.Script{
		forwarding.Purpose: forwarding.Script{Desk: d.desk},
	}}
	log := slog.New(slog.DiscardHandler)
	server.Config.Handler, err = twilio.New(twilio.Options{
		Storage: d.db.Telephony(), Directory: d.db, PublicURL: public, Clock: d.clock, Log: log, Calls: board, Forwarding: d.desk,
		Receptionist: receptionist.New(receptionist.Options{Storage: d.db.Receptionist(), Reader: d.db, Clock: d.clock, Log: log}),
	})
	if err != nil {
		t.Fatal(err)
	}
	d.phone.Connect(server.URL)
	d.phone.RepeatWebhooks(2)
	workers := followup.Workers(followup.Deps{
		Storage: d.db.FollowUp(), Clock: d.clock, Log: log, Calls: board,
		Carriers: func(*business.Business, business.Line) (messaging.Carrier, error) { return d.texts, nil },
		Placers: func(l business.Line) (telephony.Placer, error) {
			return twilio.NewPlacer(l, twilio.PlacerOptions{Client: client, PublicURL: public, Clock: d.clock}), nil
		},
	})
	d.desk.AddWorkers(workers)
	if err := d.db.StartJobs(t.Context(), workers, d.desk.Periodic()...); err != nil {
		t.Fatal(err)
	}
	return d
}

func eachDesk(t *testing.T, test func(d *desk)) {
	storetest.Each(t, func(t *testing.T, address string) { test(newDesk(t, address)) })
}

// passes works the queue for a while, moving the clock from one due job to the next. Calls that were placed are over
// before the clock moves on.
func (d *desk) passes(long time.Duration) {
	d.t.Helper()
	end := d.clock.Now().Add(long)
	placed := 0
	for {
		worked, err := d.queue.Work(d.t.Context(), d.clock.Now())
		if err != nil {
			d.t.Fatal(err)
		}
		for ; placed < len(d.phone.PlacedCalls()); placed++ {
			d.phone.Rung(known, placed).Ends()
		}
		if worked {
			continue
		}
		next, ok := d.queue.Next()
		if !ok || next.After(end) {
			break
		}
		d.clock.Advance(max(0, next.Sub(d.clock.Now())))
	}
	d.clock.Advance(end.Sub(d.clock.Now()))
}

// begins begins a test by hand.
func (d *desk) begins() (err error) {
	d.t.Helper()
	return d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := d.desk.Begin(ctx, tx, d.shop, false, 1)
		return err
	})
}

// last checks the newest test.
func (d *desk) last(state forwarding.State, why string) forwarding.Test {
	d.t.Helper()
	all, err := d.db.ForwardingTests(d.t.Context(), d.shop.ID, 1)
	if err != nil || len(all) != 1 {
		d.t.Fatalf("%d tests, %v", len(all), err)
	}
	if x := all[0]; x.State != state || !strings.Contains(x.Why, why) || x.EndedAt.IsZero() != (state == forwarding.Ringing) {
		d.t.Errorf("the test is %+v, want %s (%s)", x, state, why)
	}
	return all[0]
}

// told checks what the owner was texted in all.
func (d *desk) told(want ...string) {
	d.t.Helper()
	var got []string
	for _, x := range d.texts.Accepted() {
		got = append(got, x.Body)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.t.Errorf("the owner reads:\n%s\nwant:\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// noCustomer checks that a test left no trace as a call.
func (d *desk) noCustomer() {
	d.t.Helper()
	calls, err := d.db.ListCalls(d.t.Context(), d.shop.ID, telephony.CallFilter{})
	if err != nil || len(calls) != 0 {
		d.t.Errorf("%d calls are kept, %v", len(calls), err)
	}
	owed, err := d.db.Callbacks(d.t.Context(), d.shop.ID)
	if err != nil || len(owed) != 0 {
		d.t.Errorf("%d callbacks are owed, %v", len(owed), err)
	}
}

func TestACallThatComesBackProvesTheForwarding(t *testing.T) {
	eachDesk(t, func(d *desk) {
		d.shop.Forwarding.Weekly = business.ForwardingOff
		d.phone.Person(known, fakephone.Forwards)
		if err := d.begins(); err != nil {
			t.Fatal(err)
		}
		if err := d.begins(); !errors.Is(err, forwarding.ErrTesting) {
			t.Errorf("a second test beside it: %v", err)
		}
		d.passes(time.Minute)
		d.last(forwarding.Arrived, "")
		d.noCustomer()
		d.told()
		// The same caller id, when nothing is tested, is somebody's call.
		form := d.phone.Form(line(d), "ringing")
		status, body, err := d.phone.Webhook("/twilio/voice", form)
		if err != nil || status != http.StatusOK || strings.Contains(body, "<Reject") {
			t.Errorf("a call outside of a test is answered %d %q, %v", status, body, err)
		}
	})
}

func line(d *desk) string { return d.shop.Lines[0].Number }

// A customer who is forwarded during a test is a customer.
func TestACustomerDuringATestIsACustomer(t *testing.T) {
	d := newDesk(t, storetest.SQLite(t))
	d.phone.Person(known, fakephone.KeepsOn)
	if err := d.begins(); err != nil {
		t.Fatal(err)
	}
	call := d.phone.Call("+13125550142", "ForwardedFrom", known)
	call.Hears("How can I help")
	call.HangsUp()
	d.last(forwarding.Ringing, "")
}

func TestHowATestFails(t *testing.T) {
	for how, want := range map[fakephone.Person]struct {
		state forwarding.State
		why   string
	}{
		fakephone.NoAnswer:   {forwarding.Lost, "It rang for almost a minute"},
		fakephone.Busy:       {forwarding.Lost, "The number was busy"},
		fakephone.OutOfOrder: {forwarding.Lost, "could not reach"},
		fakephone.Voicemail:  {forwarding.Lost, "A voicemail picked up"},
		fakephone.Answers:    {forwarding.Answered, "Somebody picked up"},
	} {
		t.Run(string(how), func(t *testing.T) {
			d := newDesk(t, storetest.SQLite(t))
			d.phone.Person(known, how)
			if err := d.begins(); err != nil {
				t.Fatal(err)
			}
			d.passes(0)
			d.last(want.state, want.why)
			d.noCustomer()
		})
	}
}

// The watchdog tells the day on which it stops, once, and that it works again; never at night, and not for one bad call.
func TestTheWatchdog(t *testing.T) {
	eachDesk(t, func(d *desk) {
		stopped := "CALL FORWARDING HAS STOPPED: test calls to (312) 555-0190 don't arrive here. It rang for almost a minute, and the call was not forwarded. To set it again, dial *713125550100 on that phone."
		d.phone.Person(known, fakephone.Forwards)
		d.passes(2 * time.Hour)
		if x := d.last(forwarding.Arrived, ""); !x.Weekly || x.Attempt != 1 {
			d.t.Errorf("the test is %+v", x)
		}
		d.phone.Person(known, fakephone.NoAnswer)
		d.passes(6*24*time.Hour + 21*time.Hour) // to an hour before the next test
		if n := len(d.phone.PlacedCalls()); n != 1 {
			d.t.Fatalf("%d calls in the first week", n)
		}
		d.passes(90 * time.Minute) // two in vain: nothing is certain yet
		d.told()
		d.passes(7 * time.Hour)
		if n := len(d.phone.PlacedCalls()); n != 4 {
			d.t.Errorf("%d calls, want one and three more", n)
		}
		d.told(stopped)
		d.passes(7 * 24 * time.Hour)
		d.told(stopped)
		d.phone.Person(known, fakephone.Forwards)
		d.passes(7 * 24 * time.Hour)
		d.told(stopped, "Call forwarding works again: a test call to (312) 555-0190 arrived here after 0 seconds.")
		d.noCustomer()
	})
}
