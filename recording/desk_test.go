package recording_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/clock"
	"fixly/consent"
	"fixly/contact"
	"fixly/demo"
	"fixly/jobs"
	"fixly/receptionist"
	"fixly/recording"
	"fixly/scheduling"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
)

var noon = time.Date(2026, 11, 23, 18, 0, 0, 0, time.UTC)

const line = "+13125550100"

// carrier records calls in memory.
type carrier struct {
	begun   []recording.Found
	erased  []string
	asked   int    // how often it was told to begin
	failing int    // how many answers are lost; what was asked for is done
	midway  func() // happens while it begins, before it has it
}

var errLost = errors.New("the answer is lost")

func (c *carrier) lose() error {
	if c.failing > 0 {
		c.failing--
		return errLost
	}
	return nil
}

func (c *carrier) Begin(context.Context, business.Line, *telephony.Call) (string, error) {
	if c.asked++; c.midway != nil {
		c.midway()
	}
	id := fmt.Sprint("RE", len(c.begun)+1)
	c.begun = append(c.begun, recording.Found{ID: id, Live: true})
	return id, c.lose()
}

func (c *carrier) Find(context.Context, business.Line, string) ([]recording.Found, error) {
	var out []recording.Found
	for _, f := range c.begun {
		if !slices.Contains(c.erased, f.ID) {
			out = append(out, f)
		}
	}
	return out, nil
}

func (c *carrier) Stop(_ context.Context, _ business.Line, _, id string) error {
	for i := range c.begun {
		if c.begun[i].ID == id {
			c.begun[i].Live = false
		}
	}
	return c.lose()
}

func (c *carrier) Erase(_ context.Context, _ business.Line, id string) error {
	for _, f := range c.begun {
		if f.ID == id && f.Live {
			return errors.New("it goes on")
		}
	}
	c.erased = append(c.erased, id)
	return c.lose()
}

func (c *carrier) live() (n int) {
	for _, f := range c.begun {
		if f.Live {
			n++
		}
	}
	return n
}

// desk records over a real database, with a queue and a clock that the test moves.
type desk struct {
	testing.TB
	db      *store.DB
	queue   *store.ByHand
	clock   *clock.Manual
	carrier *carrier
	shop    *business.Business
	calls   int
}

func open(t testing.TB, address string) *desk {
	d := &desk{TB: t, queue: &store.ByHand{}, clock: clock.NewManual(noon), carrier: &carrier{}, shop: demo.Business()}
	var err error
	if d.db, err = store.Open(context.Background(), address, store.Options{Clock: d.clock, ByHand: d.queue}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = d.db.Close(context.Background()) })
	d.shop.Recording.Calls = business.RecordingAsk
	workers := jobs.New()
	(&recording.Desk{Storage: d.db.Recording(), Clock: d.clock, Log: slog.New(slog.DiscardHandler), Carrier: d.carrier}).AddWorkers(workers)
	if err := d.db.StartJobs(context.Background(), workers, recording.Periodic()...); err != nil {
		t.Fatal(err)
	}
	d.save()
	return d
}

func (d *desk) save() {
	if err := d.db.SaveBusiness(context.Background(), d.shop); err != nil {
		d.Fatal(err)
	}
}

func (d *desk) tx(f func(ctx context.Context, tx *store.Tx) error) {
	if err := d.db.InTx(context.Background(), f); err != nil {
		d.Fatal(err)
	}
}

// rings stores a call and decides what its caller is told.
func (d *desk) rings(from string) (*receptionist.Conversation, consent.Told) {
	d.calls++
	c := &telephony.Call{
		BusinessID: d.shop.ID, CarrierID: fmt.Sprint("CA", d.calls), Line: line, From: from, Direction: "inbound", Mode: "relay", StartedAt: d.clock.Now(),
	}
	var told consent.Told
	d.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		if _, err = tx.InsertCall(ctx, c); err != nil {
			return err
		}
		told, err = telephony.DecideRecording(ctx, tx, d.shop, c, d.clock.Now())
		return err
	})
	return &receptionist.Conversation{BusinessID: d.shop.ID, CallID: c.ID, Caller: receptionist.Caller{Number: from}}, told
}

func (d *desk) note(c *receptionist.Conversation, s consent.RecordingState, words string) {
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.NoteRecording(ctx, c, receptionist.RecordingNote{State: s, How: consent.SaidInCall, Words: words})
	})
}

// passes works the queue for a while.
func (d *desk) passes(long time.Duration) {
	end := d.clock.Now().Add(long)
	for {
		worked, err := d.queue.Work(context.Background(), d.clock.Now())
		if err != nil && !errors.Is(err, errLost) {
			d.Log(err)
		}
		if worked {
			continue
		}
		at, ok := d.queue.Next()
		if !ok || at.After(end) {
			d.clock.Advance(end.Sub(d.clock.Now()))
			return
		}
		if at.After(d.clock.Now()) {
			d.clock.Advance(at.Sub(d.clock.Now()))
		}
	}
}

func each(t *testing.T, test func(d *desk)) {
	t.Parallel()
	storetest.Each(t, func(t *testing.T, address string) { test(open(t, address)) })
}

// TestBegunOnce: whatever answers are lost and however often it is noted, the carrier records once.
func TestBegunOnce(t *testing.T) {
	each(t, func(d *desk) {
		c, told := d.rings("+13125550142")
		if told != consent.AskedFirst {
			d.Fatalf("a caller of Illinois is told %q", told)
		}
		d.passes(time.Minute)
		if d.carrier.asked != 0 {
			d.Fatal("recorded before the caller has said anything")
		}
		d.carrier.failing = 1
		d.note(c, consent.Agreed, "yes")
		d.note(c, consent.Agreed, "yes")
		d.passes(time.Minute)
		if len(d.carrier.begun) != 1 || d.carrier.live() != 1 {
			d.Errorf("recorded %+v", d.carrier.begun)
		}
		all, err := d.db.Recordings(context.Background(), d.shop.ID, c.CallID)
		if err != nil || len(all) != 1 || all[0].Kind != telephony.OfCall {
			d.Errorf("stored %+v, %v", all, err)
		}
		of, err := d.db.Consents(context.Background(), d.shop.ID, "+13125550142", 0)
		if err != nil || len(of) != 1 || of[0].Channel != consent.Recording || of[0].Words != "yes" || of[0].Act != consent.Given {
			d.Errorf("the ledger has %+v, %v", of, err)
		}
	})
}

// TestNoWhileItBegins: the caller wants it stopped, or deleted, while the carrier is being asked to begin.
func TestNoWhileItBegins(t *testing.T) {
	for _, s := range []consent.RecordingState{consent.Stopped, consent.Erased} {
		t.Run(string(s), func(t *testing.T) {
			each(t, func(d *desk) {
				c, _ := d.rings("+13125550142")
				d.note(c, consent.Agreed, "yes")
				d.carrier.midway = func() { d.note(c, s, "stop recording") }
				d.carrier.failing = 1
				d.passes(10 * time.Minute)
				if d.carrier.live() != 0 || s == consent.Erased && len(d.carrier.erased) != len(d.carrier.begun) {
					d.Errorf("at the carrier: %+v, deleted %v", d.carrier.begun, d.carrier.erased)
				}
			})
		})
	}
}

// TestKeptForSoLong: recordings are deleted when they have been kept for as long as the business keeps them, voicemails only
// where it says so; what can't be deleted yet is tried again.
func TestKeptForSoLong(t *testing.T) {
	each(t, func(d *desk) {
		const day = 24 * time.Hour
		c, _ := d.rings("+13125550142")
		d.tx(func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.InsertRecording(ctx, &telephony.Recording{ID: "REvoice", BusinessID: d.shop.ID, CallID: c.CallID, Kind: telephony.Voicemail, At: noon, Seconds: 9})
			return err
		})
		d.note(c, consent.Agreed, "yes")
		d.passes(time.Minute)
		_ = d.carrier.Stop(context.Background(), business.Line{}, "", "RE1")
		d.passes(89 * day)
		if len(d.carrier.erased) != 0 {
			d.Fatalf("deleted after 89 days: %v", d.carrier.erased)
		}
		d.carrier.failing = 2
		d.passes(2 * day)
		if !slices.Equal(slices.Compact(slices.Sorted(slices.Values(d.carrier.erased))), []string{"RE1"}) {
			d.Fatalf("deleted after 91 days: %v", d.carrier.erased)
		}
		d.shop.Recording.KeepDays = 30
		d.save()
		d.passes(day)
		if !slices.Contains(d.carrier.erased, "REvoice") {
			d.Errorf("deleted with keep_days: %v", d.carrier.erased)
		}
		all, err := d.db.Recordings(context.Background(), d.shop.ID, c.CallID)
		if err != nil || len(all) != 2 || all[0].ErasedAt.IsZero() || all[1].ErasedAt.IsZero() {
			d.Errorf("stored %+v, %v", all, err)
		}
	})
}

// TestWhoRefusedIsNotAskedAgain, and a visit in a state that wants everybody's consent counts as the caller's number does.
func TestWhoRefusedIsNotAskedAgain(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	d.shop.ServiceArea.State = "IN"
	d.save()
	for _, x := range []struct {
		from string
		want consent.Told
	}{
		{"+13175550142", consent.Announced},  // Indiana
		{"+13125550142", consent.AskedFirst}, // Illinois
		{"", consent.AskedFirst},
		{"+18005550142", consent.AskedFirst},
	} {
		if _, told := d.rings(x.from); told != x.want {
			t.Errorf("%q is told %q, want %q", x.from, told, x.want)
		}
	}
	c, _ := d.rings("+13175550143")
	d.note(c, consent.Refused, "no")
	if _, told := d.rings("+13175550143"); told != consent.ToldNothing {
		t.Errorf("who refused is told %q", told)
	}
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		return tx.InsertJob(ctx, &scheduling.Job{
			BusinessID: d.shop.ID, Service: "Drain cleaning", Status: scheduling.StatusCompleted, Source: scheduling.FromOwner, CreatedAt: noon,
			Slot:     scheduling.Slot{Start: noon.Add(-240 * time.Hour), End: noon.Add(-239 * time.Hour), Technician: "Luis Ortega"},
			Customer: contact.Customer{BusinessID: d.shop.ID, Name: "Ann", Phone: "+13175550144"}, Address: contact.Address{Line1: "1 Main", State: "IL", ZIP: "60647"},
		})
	})
	if _, told := d.rings("+13175550144"); told != consent.AskedFirst {
		t.Errorf("whose house is in Illinois is told %q", told)
	}
}

// TestNeverWithoutConsent: whatever callers say in whatever order, and whatever answers are lost, the carrier records a
// call only while its caller has agreed as the strictest law wants it.
func TestNeverWithoutConsent(t *testing.T) {
	d := open(t, storetest.SQLite(t))
	rapid.Check(t, func(t *rapid.T) {
		*d.carrier = carrier{}
		d.shop.ServiceArea.State = rapid.SampledFrom([]string{"IN", "IL", ""}).Draw(t, "shop")
		d.shop.Recording.Calls = rapid.SampledFrom([]string{"off", "when_allowed", "ask"}).Draw(t, "calls")
		from := rapid.SampledFrom([]string{"+13175550142", "+14155550142", ""}).Draw(t, "from")
		d.tx(func(ctx context.Context, tx *store.Tx) error { // whoever refused in a run before may be asked again
			_, err := tx.AddConsent(ctx, &consent.Entry{BusinessID: d.shop.ID, Address: from, Channel: consent.Recording, Act: consent.Restored, How: consent.ToldOwner})
			return err
		})
		d.clock.Advance(time.Second)
		if err := d.db.SaveBusiness(context.Background(), d.shop); err != nil {
			t.Fatal(err)
		}
		c, told := d.rings(from)
		everybody := d.shop.ServiceArea.State != "IN" || !strings.HasPrefix(from, "+1317")
		if d.shop.Recording.Calls == "off" && told != "" || everybody && told == consent.Announced {
			t.Fatalf("told %q", told)
		}
		said := consent.NotYet
		for range rapid.IntRange(0, 5).Draw(t, "turns") {
			if told != consent.ToldNothing {
				said = rapid.SampledFrom([]consent.RecordingState{consent.Agreed, consent.Stopped, consent.Erased, consent.Refused}).Draw(t, "says")
				d.note(c, said, "words")
			}
			d.carrier.failing = rapid.IntRange(0, 2).Draw(t, "lost")
			if rapid.Bool().Draw(t, "worked") {
				d.passes(10 * time.Minute)
				if n := d.carrier.live(); n > 0 && (said != consent.Agreed || told == consent.ToldNothing) {
					t.Fatalf("%d live after %q, told %q", n, said, told)
				}
			}
		}
		d.carrier.failing = 0
		d.passes(10 * time.Minute)
		if n := d.carrier.live(); n > 0 && said != consent.Agreed {
			t.Fatalf("%d live after %q", n, said)
		}
	})
}
