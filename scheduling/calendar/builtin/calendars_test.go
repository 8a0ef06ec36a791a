package builtin_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/demo"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/scheduling/calendar/calendartest"
	"fixly/store"
	"fixly/store/storetest"
)

// monday is a working morning at the demo business.
var monday = time.Date(2026, 11, 23, 16, 5, 0, 0, time.UTC)

// newShop puts a business like the demo's into a database; n tells it from others.
func newShop(t *testing.T, db *store.DB, n int) *business.Business {
	t.Helper()
	b := demo.Business()
	b.Profile.Slug, b.Lines[0].Number = fmt.Sprintf("shop-%d", n), fmt.Sprintf("+1312555%04d", n)
	if err := db.InTx(t.Context(), func(ctx context.Context, tx *store.Tx) error { return tx.SaveBusiness(ctx, b) }); err != nil {
		t.Fatal(err)
	}
	found, err := db.BusinessBySlug(t.Context(), b.Profile.Slug)
	if err != nil || found == nil {
		t.Fatal(found, err)
	}
	return found
}

func TestItIsACalendar(t *testing.T) {
	storetest.RunAt(t, clock.NewManual(monday), func(t *testing.T, db *store.DB) {
		shops := 0
		for _, technician := range []string{"", demo.Business().Team[0].Name} {
			calendartest.Run(t, func(t *testing.T) calendartest.Bench {
				shops++
				shop := newShop(t, db, shops)
				return calendartest.Bench{
					Calendars: builtin.New(db.BuiltIn(), shop), Calendar: builtin.CalendarID(technician), Zone: shop.Location(),
					Hand: &hand{db, shop, technician},
				}
			})
		}
	})
}

// hand is the owner's.
type hand struct {
	db         *store.DB
	shop       *business.Business
	technician string
}

func (h *hand) in(t testing.TB, f func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := h.db.InTx(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

func (h *hand) block(a calendartest.Appointment) builtin.Block {
	return builtin.Block{BusinessID: h.shop.ID, Technician: h.technician, Event: calendar.Event{
		Title: a.Title, Place: a.Place, Notes: a.Notes, Start: a.Start, End: a.End, AllDay: a.AllDay, Free: a.Free,
	}}
}

// Add stores it directly: the suite's titles are longer than the owner's may be.
func (h *hand) Add(t testing.TB, a calendartest.Appointment) string {
	t.Helper()
	b := h.block(a)
	h.in(t, func(ctx context.Context, tx *store.Tx) error { return tx.SaveBlock(ctx, &b) })
	return b.ID
}

func (h *hand) Change(t testing.TB, id string, change func(*calendartest.Appointment)) {
	t.Helper()
	h.in(t, func(ctx context.Context, tx *store.Tx) error {
		was, err := tx.BlockEntry(ctx, h.shop.ID, h.technician, id)
		if err != nil {
			return err
		}
		a := calendartest.Appointment{
			Title: was.Title, Place: was.Place, Notes: was.Notes, Start: was.Start, End: was.End, AllDay: was.AllDay, Free: was.Free,
		}
		change(&a)
		b := h.block(a)
		b.ID, b.Job, b.Part, b.Series = was.ID, was.Job, was.Part, was.Series
		return tx.SaveBlock(ctx, &b)
	})
}

func (h *hand) Delete(t testing.TB, id string) {
	t.Helper()
	h.in(t, func(ctx context.Context, tx *store.Tx) error {
		b, err := tx.BlockEntry(ctx, h.shop.ID, h.technician, id)
		if err != nil {
			return err
		}
		if b.Series != "" && b.Series == b.ID { // the id of a series is its first one's
			return builtin.Remove(ctx, tx, h.shop, id, true)
		}
		b.Gone = true
		return tx.SaveBlock(ctx, b)
	})
}

func (h *hand) AddWeekly(t testing.TB, a calendartest.Appointment, times int) string {
	t.Helper()
	var id string
	h.in(t, func(ctx context.Context, tx *store.Tx) error {
		first, err := builtin.Add(ctx, tx, h.shop, h.block(a), times)
		if err == nil {
			id = first.ID
		}
		return err
	})
	return id
}

func (h *hand) MoveOne(t testing.TB, series string, at, to time.Time) {
	t.Helper()
	h.Change(t, h.one(t, series, at), func(a *calendartest.Appointment) { a.Start, a.End = to, to.Add(a.End.Sub(a.Start)) })
}

func (h *hand) CancelOne(t testing.TB, series string, at time.Time) {
	t.Helper()
	id := h.one(t, series, at)
	h.in(t, func(ctx context.Context, tx *store.Tx) error { return builtin.Remove(ctx, tx, h.shop, id, false) })
}

// one is the id of the block that a series has at a time.
func (h *hand) one(t testing.TB, series string, at time.Time) string {
	t.Helper()
	all, err := h.db.BlocksOfSeries(t.Context(), h.shop.ID, series, at)
	if err != nil || len(all) == 0 || !all[0].Start.Equal(at) {
		t.Fatalf("the series has none at %v: %v", at, err)
	}
	return all[0].ID
}
