package ownerdesk_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"fixly/approval"
	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/demo"
	"fixly/messaging"
	"fixly/ownerdesk"
	"fixly/receptionist"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
)

const (
	owner = "+13125550101"
	luis  = "+13125550171" // a technician's own phone
	karen = "+13125550142"
	owen  = "+13125550143"
)

// desk is the owner's desk at the demo business, Monday at five past ten.
type desk struct {
	t     *testing.T
	db    *store.DB
	b     *business.Business
	clock *clock.Manual
	n     int
	*ownerdesk.Desk
}

func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		b := demo.Business()
		now := clock.NewManual(time.Date(2026, 11, 23, 10, 5, 0, 0, b.Location()))
		db := storetest.Open(t, address, now)
		b.Team[1].Phone = luis
		if err := db.SaveBusiness(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		r := receptionist.New(receptionist.Options{Storage: db.Receptionist(), Clock: now})
		understand := func(b *business.Business, text string, asked understanding.Asked, now time.Time) understanding.Understanding {
			return r.Engine(b).Understand(text, understanding.Context{Asked: asked, Now: now})
		}
		test(&desk{t, db, b, now, 0, &ownerdesk.Desk{
			Threads: messaging.Threads{Receptionist: listener{r}}, Clock: now, Understand: understand,
			Approvals: &approval.Desk{Scheduler: scheduling.New(now, nil), Clock: now, Understand: understand},
		}})
	})
}

// listener is the receptionist as threads know it; it answers nothing here.
type listener struct{ r *receptionist.Receptionist }

func (listener) Converse(context.Context, messaging.Tx, messaging.Conversing) (messaging.Answer, error) {
	return messaging.Answer{}, nil
}

func (l listener) Listen(ctx context.Context, tx messaging.Tx, h messaging.Heard) error {
	return l.r.Listen(ctx, tx.(*store.Tx), receptionist.Heard{BusinessID: h.BusinessID, Number: h.Number, Body: h.Body, Person: h.Person})
}

func (listener) ExpectsVisit(context.Context, messaging.Tx, string, string) (bool, error) {
	return false, nil
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// says has somebody of the shop text; "-" where the desk leaves the text to the receptionist.
func (d *desk) says(from, body string) string {
	d.t.Helper()
	d.n++
	reply, ok := "", false
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		in := messaging.StaffText{From: *d.b.StaffByPhone(from), Body: body, Key: "SM" + time.Duration(d.n).String()}
		if _, err := d.Concerns(ctx, tx, d.b, in); err != nil {
			return err
		}
		reply, ok, err = d.Answer(ctx, tx, d.b, in)
		return err
	})
	if !ok {
		return "-"
	}
	return reply
}

func (d *desk) wants(from, body, reply string) {
	d.t.Helper()
	if got := d.says(from, body); got != reply && !(strings.HasSuffix(reply, "...") && strings.HasPrefix(got, strings.TrimSuffix(reply, "..."))) {
		d.t.Errorf("%q is answered\n  %q, want\n  %q", body, got, reply)
	}
}

// book puts a visit into the calendar.
func (d *desk) book(day, hour int, name, phone, technician string) *scheduling.Job {
	d.t.Helper()
	var j *scheduling.Job
	before := clock.NewManual(time.Date(2026, 11, 22, 10, 0, 0, 0, d.b.Location()))
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		j, err = scheduling.New(before, nil).Book(ctx, tx, d.b, scheduling.BookRequest{
			Service: "Leak repair", Start: time.Date(2026, 11, day, hour, 0, 0, 0, d.b.Location()), Source: scheduling.FromOwner, Technician: technician,
			Customer: contact.Customer{Name: name, Phone: phone}, Address: contact.Address{Line1: "1842 North Damen Avenue", ZIP: "60647"},
		})
		return err
	})
	return j
}

func (d *desk) job(id string) *scheduling.Job {
	d.t.Helper()
	j, err := d.db.Job(d.t.Context(), d.b.ID, id)
	if err != nil {
		d.t.Fatal(err)
	}
	return j
}

// texts lists what was written to a number, oldest first.
func (d *desk) texts(number string) []string {
	d.t.Helper()
	all, err := d.db.ListMessages(d.t.Context(), d.b.ID, messaging.MessageFilter{Phone: number, Direction: messaging.Outbound})
	if err != nil {
		d.t.Fatal(err)
	}
	var out []string
	for i := len(all) - 1; i >= 0; i-- {
		out = append(out, string(all[i].Kind)+": "+all[i].Body)
	}
	return out
}

// tells numbers a thread, as a text that is passed on does.
func (d *desk) tells(number string) (n int) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		n, err = messaging.NumberThread(ctx, tx, d.clock.Now(), d.b, number)
		return err
	})
	return n
}
