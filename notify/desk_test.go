package notify_test

import (
	"context"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/followup"
	"fixly/messaging"
	"fixly/notify"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/webpush"
	"fixly/webpush/webpushtest"
)

const (
	line  = "+13125550100"
	owner = "+13125550101"
	dana  = "+13125550102"
	karen = "+13125550142"
)

// start is a Monday morning in Chicago.
var start = time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC)

// desk is notifying over a real database, with a push service that decrypts, and everything noted that is written.
type desk struct {
	t       *testing.T
	db      *store.DB
	clock   *clock.Manual
	service *webpushtest.Service
	shop    *business.Business
	deps    notify.Deps

	mails  []followup.Mail
	pushes []notify.SendPush
	at     []time.Time // when each of pushes is to run
}

// noted is a transaction that notes what is written in it.
type noted struct {
	notify.Tx
	d *desk
}

func (n noted) InsertMail(ctx context.Context, m *followup.Mail) (bool, error) {
	created, err := n.Tx.InsertMail(ctx, m)
	if created {
		n.d.mails = append(n.d.mails, *m)
	}
	return created, err
}

func (n noted) EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time, opts *river.InsertOpts) error {
	n.d.pushes, n.d.at = append(n.d.pushes, args.(notify.SendPush)), append(n.d.at, at)
	return n.Tx.EnqueueAt(ctx, args, at, opts)
}

type storage struct {
	notify.Storage
	d *desk
}

func (s storage) InTx(ctx context.Context, f func(context.Context, notify.Tx) error) error {
	return s.Storage.InTx(ctx, func(ctx context.Context, tx notify.Tx) error { return f(ctx, noted{tx, s.d}) })
}

// each runs a test on each database, at an instant.
func each(t *testing.T, at time.Time, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) { test(newDesk(t, address, at)) })
}

// once runs a test on SQLite alone: what is tested lies above the database.
func once(t *testing.T, at time.Time, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	test(newDesk(t, storetest.SQLite(t), at))
}

func newDesk(t *testing.T, address string, at time.Time) *desk {
	t.Helper()
	keys, err := webpush.NewKeys([]byte("0123456789abcdef0123456789abcdef"))
	if err != nil {
		t.Fatal(err)
	}
	now := clock.NewManual(at)
	db := storetest.Open(t, address, now)
	d := &desk{t: t, db: db, clock: now, service: webpushtest.New(t), shop: demo.Business()}
	d.shop.Notify.Email = business.Emails()
	d.save()
	d.deps = notify.Deps{
		Storage: storage{db.Notify(), d}, Clock: d.clock, Log: slog.New(slog.DiscardHandler), Mail: true, PublicURL: "https://fixly.example.com/",
		Push: webpush.NewSender(keys, "mailto:mike@example.com", d.service.Client()),
	}
	return d
}

func (d *desk) save() {
	d.t.Helper()
	if err := d.db.SaveBusiness(d.t.Context(), d.shop); err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// device subscribes a browser.
func (d *desk) device(kinds ...notify.Kind) notify.Device {
	d.t.Helper()
	x := notify.Device{BusinessID: d.shop.ID, Name: "iPhone", Subscription: d.service.Subscribe(), Kinds: kinds}
	d.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveDevice(ctx, &x) })
	return x
}

func (d *desk) devices() []notify.Device {
	d.t.Helper()
	all, err := d.db.Devices(d.t.Context(), d.shop.ID)
	if err != nil {
		d.t.Fatal(err)
	}
	return all
}

// text stores a text to somebody of the shop.
func (d *desk) text(m messaging.Message) messaging.Message {
	d.t.Helper()
	m.BusinessID, m.Direction, m.From, m.Status, m.CreatedAt = d.shop.ID, messaging.Outbound, line, messaging.Suppressed, d.clock.Now()
	if m.To == "" {
		m.To = owner
	}
	if m.Kind == "" {
		m.Kind = messaging.Summary
	}
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.InsertMessage(ctx, &m)
		return err
	})
	return m
}

func row() *rivertype.JobRow { return &rivertype.JobRow{Attempt: 1} }

func (d *desk) tell(m messaging.Message) {
	d.t.Helper()
	err := notify.WorkerTell(d.deps).Work(d.t.Context(), &river.Job[notify.Tell]{JobRow: row(), Args: notify.Tell{BusinessID: d.shop.ID, MessageID: m.ID}})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) push(a notify.SendPush) error {
	return notify.WorkerSendPush(d.deps).Work(d.t.Context(), &river.Job[notify.SendPush]{JobRow: row(), Args: a})
}

func (d *desk) briefs() {
	d.t.Helper()
	if err := notify.WorkerWriteBriefs(d.deps).Work(d.t.Context(), &river.Job[notify.WriteBriefs]{JobRow: row()}); err != nil {
		d.t.Fatal(err)
	}
}

// pusher is a push service that does as the test says.
type pusher func(to webpush.Subscription) error

func (p pusher) Send(_ context.Context, to webpush.Subscription, _ webpush.Push, _ time.Time) error {
	return p(to)
}

// resubscribe stores a device as its browser has it now.
func (d *desk) resubscribe(x *notify.Device) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error { return tx.SaveDevice(ctx, x) })
}

// goTo sets the clock.
func (d *desk) goTo(at time.Time) { d.clock.Advance(at.Sub(d.clock.Now())) }
