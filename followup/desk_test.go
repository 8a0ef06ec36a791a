package followup_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
	"fixly/contact"
	"fixly/demo"
	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/messaging/messagingtest"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

const (
	line     = "+13125550100"
	owner    = "+13125550101"
	dana     = "+13125550102"
	customer = "+13125550142"
)

// start is a Monday morning in Chicago, at an instant finer than databases keep.
var start = time.Date(2026, 11, 23, 16, 5, 0, 123_456_789, time.UTC)

// desk is the follow-ups over a real database, with a carrier in memory, a clock that the test moves, and a queue that
// the test plays: it runs jobs as River does, at least once, in any order, when they are due.
type desk struct {
	t       *testing.T
	db      *store.DB
	clock   *clock.Manual
	carrier *messagingtest.Carrier
	shop    *business.Business
	deps    followup.Deps

	due  map[string]time.Time // SendText jobs by the text's id
	done map[string]bool
}

// each runs a test on each database.
func each(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) {
		now := clock.NewManual(start)
		test(newDesk(t, storetest.Open(t, address, now), now))
	})
}

// once runs a test on SQLite alone: what is tested lies above the database.
func once(t *testing.T, test func(d *desk)) {
	t.Helper()
	t.Parallel()
	now := clock.NewManual(start)
	test(newDesk(t, storetest.Open(t, storetest.SQLite(t), now), now))
}

func newDesk(t *testing.T, db *store.DB, now *clock.Manual) *desk {
	t.Helper()
	b := demo.Business()
	if err := db.SaveBusiness(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	d := &desk{t: t, db: db, clock: now, carrier: messagingtest.NewCarrier(now), shop: b, due: map[string]time.Time{}, done: map[string]bool{}}
	d.deps = followup.Deps{
		Storage: db.FollowUp(), Clock: now, Log: slog.New(slog.DiscardHandler),
		Carriers: func(*business.Business, business.Line) (messaging.Carrier, error) { return d.carrier, nil },
		Placers:  func(business.Line) (telephony.Placer, error) { return nil, errors.New("no calls are placed here") },
	}
	return d
}

func (d *desk) tx(f func(ctx context.Context, tx followup.Tx) error) {
	d.t.Helper()
	if err := d.db.FollowUp().InTx(d.t.Context(), f); err != nil {
		d.t.Fatal(err)
	}
}

// write stores a text as the rules decide.
func (d *desk) write(m messaging.Message, k messaging.Known) messaging.Message {
	d.t.Helper()
	if m.From == "" {
		m.From = line
	}
	m.BusinessID = d.shop.ID
	d.tx(func(ctx context.Context, tx followup.Tx) (err error) {
		m, _, err = messaging.Write(ctx, tx, d.clock.Now(), m, k)
		return err
	})
	return m
}

// talk writes an answer in a conversation.
func (d *desk) talk(to, body string) messaging.Message {
	d.t.Helper()
	return d.write(messaging.Message{To: to, Body: body, Kind: messaging.Talk, Key: "talk:" + to + body}, messaging.Known{Live: true})
}

// send runs one SendText job once and gives how long it wants to be left alone: zero when it is done.
func (d *desk) send(id string) time.Duration {
	d.t.Helper()
	err := followup.WorkerSendText(d.deps).Work(d.t.Context(), &river.Job[followup.SendText]{
		JobRow: &rivertype.JobRow{Attempt: 1}, Args: followup.SendText{BusinessID: d.shop.ID, MessageID: id},
	})
	var snooze *rivertype.JobSnoozeError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &snooze):
		return max(snooze.Duration, time.Millisecond)
	}
	d.t.Fatalf("send %s: %v", id, err)
	return 0
}

// play runs the queue for a while, moving the clock from one due job to the next.
func (d *desk) play(long time.Duration) {
	d.t.Helper()
	end := d.clock.Now().Add(long)
	for {
		d.collect()
		now := d.clock.Now()
		var ready []string
		next := end
		for id, at := range d.due {
			if !at.After(now) {
				ready = append(ready, id)
			} else if at.Before(next) {
				next = at
			}
		}
		if len(ready) == 0 {
			d.clock.Advance(next.Sub(now))
			if next.Equal(end) {
				return
			}
			continue
		}
		slices.Sort(ready)
		rand.Shuffle(len(ready), func(i, j int) { ready[i], ready[j] = ready[j], ready[i] })
		for _, id := range ready {
			if wait := d.send(id); wait > 0 {
				d.due[id] = now.Add(wait)
				continue
			}
			delete(d.due, id)
			d.done[id] = true
		}
	}
}

// collect takes up the jobs of texts that were written since.
func (d *desk) collect() {
	d.t.Helper()
	for _, m := range d.messages() {
		_, known := d.due[m.ID]
		if m.Direction == messaging.Outbound && m.Status == messaging.Queued && !known && !d.done[m.ID] {
			d.due[m.ID] = d.clock.Now()
		}
	}
}

// messages are all texts, oldest first.
func (d *desk) messages() []messaging.Message {
	d.t.Helper()
	all, err := d.db.ListMessages(d.t.Context(), d.shop.ID, messaging.MessageFilter{})
	if err != nil {
		d.t.Fatal(err)
	}
	slices.Reverse(all)
	return all
}

// texts are the texts of some kinds (all when none is given), as "kind status >to reason: body".
func (d *desk) texts(kinds ...messaging.Kind) []string {
	d.t.Helper()
	var out []string
	for _, m := range d.messages() {
		if len(kinds) == 0 || slices.Contains(kinds, m.Kind) {
			out = append(out, fmt.Sprintf("%s %s >%s %s: %s", m.Kind, m.Status, m.To[len(m.To)-4:], m.Reason, m.Body))
		}
	}
	return out
}

// sentTo are the bodies that the carrier took for a number, in order.
func (d *desk) sentTo(number string) []string {
	var out []string
	for _, a := range d.carrier.Accepted() {
		if a.To == number {
			out = append(out, a.Body)
		}
	}
	return out
}

func (d *desk) want(got []string, want ...string) {
	d.t.Helper()
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		d.t.Errorf("got:\n  %s\nwant:\n  %s", strings.Join(got, "\n  "), strings.Join(want, "\n  "))
	}
}

// call stores a call that has ended now, with what the receptionist noted.
func (d *desk) call(sid, from string, o ledger.Outcome, by ledger.HandledBy, summary, jobID string) telephony.Call {
	d.t.Helper()
	c := telephony.Call{
		BusinessID: d.shop.ID, CarrierID: sid, Line: line, From: from, Direction: "inbound", Mode: "relay", StartedAt: d.clock.Now().Add(-time.Minute),
		AnsweredAt: d.clock.Now().Add(-time.Minute), EndedAt: d.clock.Now(), HandledBy: by, Outcome: o, Summary: summary, JobID: jobID,
	}
	d.tx(func(ctx context.Context, tx followup.Tx) error { _, err := tx.InsertCall(ctx, &c); return err })
	return c
}

// ended runs CallEnded twice, as a queue may.
func (d *desk) ended(c telephony.Call) {
	d.t.Helper()
	for range 2 {
		job := &river.Job[followup.CallEnded]{JobRow: &rivertype.JobRow{}, Args: followup.CallEnded{BusinessID: d.shop.ID, CallID: c.ID}}
		if err := followup.WorkerCallEnded(d.deps).Work(d.t.Context(), job); err != nil {
			d.t.Fatal(err)
		}
	}
}

// book stores a job: Tuesday at eight, with Luis.
func (d *desk) book(source scheduling.Source, change func(*scheduling.Job)) *scheduling.Job {
	d.t.Helper()
	at := time.Date(2026, 11, 24, 14, 0, 0, 0, time.UTC)
	j := &scheduling.Job{
		BusinessID: d.shop.ID, Status: scheduling.StatusBooked, Service: "Leak repair", Problem: "leak under kitchen sink", Urgency: scheduling.Routine,
		Slot: scheduling.Slot{Technician: "Luis Ortega", Start: at, End: at.Add(90 * time.Minute)}, BusyUntil: at.Add(2 * time.Hour), WindowEnd: at.Add(2 * time.Hour),
		Customer: contact.Customer{Name: "Karen Whitfield", Phone: customer}, Source: source, CreatedAt: d.clock.Now(), UpdatedAt: d.clock.Now(),
		Address: contact.Address{Line1: "1842 North Damen Avenue", City: "Chicago", State: "IL", ZIP: "60647"},
	}
	if change != nil {
		change(j)
	}
	if err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) }); err != nil {
		d.t.Fatal(err)
	}
	return j
}

// changed runs JobChanged twice.
func (d *desk) changed(j *scheduling.Job, change string, byCall bool) {
	d.t.Helper()
	for range 2 {
		job := &river.Job[followup.JobChanged]{JobRow: &rivertype.JobRow{}, Args: followup.JobChanged{
			BusinessID: d.shop.ID, JobID: j.ID, Change: change, Revision: j.UpdatedAt.UnixMilli(), ByCall: byCall,
		}}
		if err := followup.WorkerJobChanged(d.deps).Work(d.t.Context(), job); err != nil {
			d.t.Fatal(err)
		}
	}
}

// conversation stores a conversation and, unless it is by text, its call.
func (d *desk) conversation(ch receptionist.Channel, o ledger.Outcome, updated time.Time) (*receptionist.Conversation, *telephony.Call) {
	d.t.Helper()
	conv := &receptionist.Conversation{
		BusinessID: d.shop.ID, Channel: ch, Caller: receptionist.Caller{Number: customer}, State: []byte("{}"), Outcome: o, Summary: "no hot water",
		StartedAt: updated.Add(-time.Minute), UpdatedAt: updated,
	}
	var call *telephony.Call
	err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		if ch == receptionist.ByCall {
			call = &telephony.Call{BusinessID: d.shop.ID, CarrierID: "CA" + updated.String(), Line: line, From: customer, Direction: "inbound", StartedAt: conv.StartedAt}
			if _, err := tx.InsertCall(ctx, call); err != nil {
				return err
			}
			conv.CallID = call.ID
		}
		if err := tx.InsertConversation(ctx, conv); err != nil {
			return err
		}
		if call == nil {
			return nil
		}
		call.ConversationID, call.HandledBy = conv.ID, ledger.ByReceptionist
		return tx.UpdateCall(ctx, call)
	})
	if err != nil {
		d.t.Fatal(err)
	}
	return conv, call
}

// optsOut has somebody say STOP.
func optsOut(ctx context.Context, tx followup.Tx, businessID, number string) error {
	_, err := tx.AddConsent(ctx, &consent.Entry{
		BusinessID: businessID, Address: number, Channel: consent.Text, Act: consent.Withdrawn, How: consent.SentWord, Key: "stop:" + number,
	})
	return err
}
