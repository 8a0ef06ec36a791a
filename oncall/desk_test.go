package oncall_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
	"fixly/oncall"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

const (
	line  = "+13125550100"
	mike  = "+13125550101" // the owner
	dana  = "+13125550102"
	luis  = "+13125550103"
	ana   = "+13125550104"
	leak  = "burst pipe. Karen Whitfield, (312) 555-0142"
	asked = " Reply 1 to take it, 2 if you can't."
)

// night is when emergencies come: a Monday morning at two in Chicago.
var night = time.Date(2026, 11, 30, 8, 0, 0, 0, time.UTC)

// desk is paging over a real database, with a queue and a clock that the test moves, and carriers in memory.
type desk struct {
	t     *testing.T
	db    *store.DB
	queue *store.ByHand
	clock *clock.Manual
	shop  *business.Business
	texts *messagingtest.Carrier
	calls *phones
	board *telephony.Switchboard
	desk  *oncall.Desk
	call  string // the call that the emergency comes in by
}

// phones is a carrier of calls that notes whom it rings, and when.
type phones struct {
	clock  *clock.Manual
	placed []telephony.Outgoing
	rung   []string
	hung   []string
	// refuses has it place nothing, as a carrier that can't.
	refuses bool
}

func (p *phones) Place(_ context.Context, c telephony.Outgoing) (string, error) {
	if p.refuses {
		return "", &telephony.PlaceError{Class: "invalid"}
	}
	p.placed = append(p.placed, c)
	p.rung = append(p.rung, fmt.Sprintf("%s %s", p.clock.Now().Sub(night), c.To))
	return fmt.Sprint("CA", len(p.placed)), nil
}

func (p *phones) Find(context.Context, telephony.Outgoing, time.Time) ([]string, error) {
	return nil, nil
}

func (p *phones) Look(context.Context, string) (telephony.State, error) {
	return telephony.CallNoAnswer, nil
}

func (p *phones) HangUp(_ context.Context, id string) error { p.hung = append(p.hung, id); return nil }

// turns has three people take turns; Luis has it.
func turns(b *business.Business) {
	b.OnCallPlan = business.OnCall{Since: "2026-11-23", People: []business.OnCallPerson{
		{Name: "Luis Ortega", Phone: luis}, {Name: "Ana Diaz", Phone: ana},
	}}
}

func eachDesk(t *testing.T, change func(b *business.Business), test func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		d := &desk{t: t, queue: &store.ByHand{}, clock: clock.NewManual(night), shop: demo.Business()}
		var err error
		if d.db, err = store.Open(t.Context(), address, store.Options{Clock: d.clock, ByHand: d.queue}); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = d.db.Close(context.Background()) })
		if change != nil {
			change(d.shop)
		}
		if err := d.db.SaveBusiness(t.Context(), d.shop); err != nil {
			t.Fatal(err)
		}
		d.texts, d.calls = messagingtest.NewCarrier(d.clock), &phones{clock: d.clock}
		own := func(tx telephony.CallingTx) (oncall.Tx, error) { return tx.(*store.Tx), nil }
		d.board = &telephony.Switchboard{Storage: d.db.Calling(), Clock: d.clock, Scripts: map[telephony.Purpose]telephony.Script{
			oncall.Purpose: oncall.Script{Clock: d.clock, Tx: own},
		}}
		d.desk = &oncall.Desk{Storage: d.db.OnCall(), Clock: d.clock, Log: slog.New(slog.DiscardHandler)}
		workers := followup.Workers(followup.Deps{
			Storage: d.db.FollowUp(), Clock: d.clock, Log: slog.New(slog.DiscardHandler), Calls: d.board,
			Carriers: func(*business.Business, business.Line) (messaging.Carrier, error) { return d.texts, nil },
			Placers:  func(business.Line) (telephony.Placer, error) { return d.calls, nil },
		})
		d.desk.AddWorkers(workers)
		if err := d.db.StartJobs(t.Context(), workers); err != nil {
			t.Fatal(err)
		}
		test(d)
	})
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	d.t.Helper()
	if err := d.db.InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// emergency opens a page; a second one about the same conversation is none.
func (d *desk) emergency() {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		c := &telephony.Call{BusinessID: d.shop.ID, CarrierID: "CAkaren", Line: line, From: "+13125550142", Direction: "inbound", StartedAt: night}
		if _, err := tx.InsertCall(ctx, c); err != nil {
			return err
		}
		d.call = c.ID
		return nil
	})
	for range 2 {
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			return oncall.Begin(ctx, tx, d.clock.Now(), oncall.Emergency{
				BusinessID: d.shop.ID, ConversationID: "conv_1", CallID: d.call, Line: line, What: "emergency", Text: leak,
			})
		})
	}
	d.passes(0)
}

// passes works the queue for a while, moving the clock from one due job to the next.
func (d *desk) passes(long time.Duration) {
	d.t.Helper()
	end := d.clock.Now().Add(long)
	for {
		worked, err := d.queue.Work(d.t.Context(), d.clock.Now())
		if err != nil {
			d.t.Fatal(err)
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

// page is the only page.
func (d *desk) page() oncall.Page {
	d.t.Helper()
	all, err := d.db.ListPages(d.t.Context(), d.shop.ID, time.Time{}, "", 0)
	if err != nil || len(all) != 1 {
		d.t.Fatalf("%d pages, %v", len(all), err)
	}
	return all[0]
}

// replies has somebody text the line, and gives the answer; empty where it is no answer to a page.
func (d *desk) replies(from, body string) (reply string) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.LockThread(ctx, d.shop.ID, from); err != nil {
			return err
		}
		text, ok, err := d.desk.Answer(ctx, tx, d.shop, from, body)
		if reply = text; ok != (text != "") {
			return errors.New("an answer without words")
		}
		return err
	})
	d.passes(0)
	return reply
}

// picksUp has who was called last pick up and press keys, and gives what they heard last.
func (d *desk) picksUp(nth int, keys ...string) (heard string) {
	d.t.Helper()
	r := telephony.Ref{BusinessID: d.shop.ID, ID: d.calls.placed[nth].ID, CarrierID: fmt.Sprint("CA", nth+1)}
	reply, err := d.board.Answered(d.t.Context(), r, telephony.ByUnknown)
	for i := 0; err == nil && i < len(keys); i++ {
		reply, err = d.board.Pressed(d.t.Context(), r, reply.Turn, keys[i])
	}
	if err == nil && reply.Steps[len(reply.Steps)-1].Do == telephony.DoHangUp {
		err = d.board.Ended(d.t.Context(), r, telephony.CallCompleted)
	}
	if err != nil {
		d.t.Fatal(err)
	}
	d.passes(0)
	return reply.Steps[0].Text
}

// texted checks who was texted what, in order.
func (d *desk) texted(to string, want ...string) {
	d.t.Helper()
	var got []string
	for _, x := range d.texts.Accepted() {
		if x.To == to {
			got = append(got, x.Body)
		}
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.t.Errorf("%s got:\n%s\nwant:\n%s", to, strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// rung checks whose phones rang, and when.
func (d *desk) rung(want ...string) {
	d.t.Helper()
	if got := strings.Join(d.calls.rung, ", "); got != strings.Join(want, ", ") {
		d.t.Errorf("rung: %s\nwant: %s", got, strings.Join(want, ", "))
	}
}

// taken checks who has the page, how and after how long.
func (d *desk) taken(by string, how oncall.How, took time.Duration) {
	d.t.Helper()
	if p := d.page(); p.State != oncall.Acknowledged || p.TakenBy != by || p.TakenHow != how || p.Took() != took {
		d.t.Errorf("the page is %s, taken by %q (%s) after %s; want %q (%s) after %s", p.State, p.TakenBy, p.TakenHow, p.Took(), by, how, took)
	}
}

// talking puts the caller through to Dana.
func (d *desk) talking(cold bool) {
	d.t.Helper()
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		if err := tx.InsertRings(ctx, telephony.Ring{
			BusinessID: d.shop.ID, CallID: d.call, Phone: dana, At: night, Result: telephony.Taken, SettledAt: night, Cold: cold,
		}); err != nil {
			return err
		}
		c, err := tx.Call(ctx, d.call)
		if err != nil {
			return err
		}
		c.HandledBy = ledger.ByPerson
		return tx.UpdateCall(ctx, c)
	})
}
