package store_test

import (
	"context"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/scheduling"
	"fixly/store"
)

// monday is a Monday morning in Chicago, when these tests take place.
var monday = time.Date(2026, 3, 9, 15, 0, 0, 0, time.UTC)

func newClock() *clock.Manual { return clock.NewManual(monday) }

// shop makes and saves a business with a slug and one line.
func shop(t testing.TB, db *store.DB, slug, line string) *business.Business {
	t.Helper()
	b := newShop(slug, line)
	if err := db.SaveBusiness(context.Background(), b); err != nil {
		t.Fatal(err)
	}
	return b
}

func newShop(slug, line string) *business.Business {
	return &business.Business{
		Profile: business.Profile{Name: slug, Slug: slug, Timezone: "America/Chicago", Languages: []string{"en"}},
		Lines:   []business.Line{{Number: line, Carrier: "twilio", Mode: business.ModeRelay, AccountSID: "AC" + slug, AuthToken: "secret"}},
		Team:    []business.Member{{Name: "Luis", Skills: []string{"drains"}}},
		Services: []business.Service{
			{Name: "Drain cleaning", Duration: business.Duration(90 * time.Minute), Skill: "drains"},
		},
		Scheduling: business.Scheduling{TravelBuffer: business.Duration(30 * time.Minute)},
	}
}

// write runs f in a transaction that must succeed.
func write(t testing.TB, db *store.DB, f func(ctx context.Context, tx *store.Tx) error) {
	t.Helper()
	if err := db.InTx(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

// visit is a slot of Luis's that begins so many hours from monday.
func visit(hours int) scheduling.Slot {
	start := monday.Add(time.Duration(hours) * time.Hour)
	return scheduling.Slot{Technician: "Luis", Start: start, End: start.Add(90 * time.Minute)}
}

func newJob(businessID string, s scheduling.Slot, phone string) *scheduling.Job {
	return &scheduling.Job{
		BusinessID: businessID, Status: scheduling.StatusBooked, Service: "Drain cleaning", Problem: "sink won't drain",
		Urgency: scheduling.Routine, Slot: s, BusyUntil: s.End.Add(30 * time.Minute), WindowEnd: s.Start.Add(2 * time.Hour),
		Customer: contact.Customer{Name: "Ann Lee", Phone: phone},
		Address:  contact.Address{Line1: "1842 North Damen Avenue", City: "Chicago", State: "IL", ZIP: "60647"},
		Source:   scheduling.FromCall, CallID: "call_1",
	}
}

// slotBackwards is a slot that no database takes.
func slotBackwards() scheduling.Slot {
	return scheduling.Slot{Technician: "Luis", Start: monday, End: monday.Add(-2 * time.Hour)}
}

// allJobs lists every job.
var allJobs scheduling.JobFilter
