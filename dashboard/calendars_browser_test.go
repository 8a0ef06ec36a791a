package dashboard_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/store"
)

// TestCalendarPagesAreAccessibleAndFit draws the pages of calendars: with nothing connected, with everything that can be
// wrong, and the form of a provider.
func TestCalendarPagesAreAccessibleAndFit(t *testing.T) {
	bare, full := openDesk(t), openDesk(t)
	full.follow("/calendars/cloud/connect")
	full.follow("/calendars/cloud/connect?technician=Mike+Rossi")
	full.follow("/calendars/cloud/connect?technician=Luis+Ortega")
	job := full.book(24, 9, "Drain cleaning", "Luis Ortega", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", scheduling.Routine)
	full.tx(func(ctx context.Context, tx *store.Tx) error {
		accounts, err := tx.CalendarAccounts(ctx, full.b.ID)
		if err != nil {
			return err
		}
		for i := range accounts {
			if accounts[i].Technician == "Luis Ortega" {
				accounts[i].State, accounts[i].Problem = calendar.Reconnect, "The permission to write events was taken back on Monday."
				err = errors.Join(err, tx.UpdateCalendarAccount(ctx, &accounts[i]))
			}
		}
		inUse, err2 := tx.Calendars(ctx, full.b.ID)
		for i := range inUse {
			inUse[i].SyncedAt = full.clock.Now().Add(-time.Minute)
			if inUse[i].Technician == "Mike Rossi" {
				inUse[i].FailingSince, inUse[i].Failure = full.clock.Now().Add(-time.Hour), "The server does not answer."
			}
			err = errors.Join(err, tx.UpdateCalendar(ctx, &inUse[i]))
		}
		_, err3 := tx.InsertTrouble(ctx, &calendar.Trouble{
			BusinessID: full.b.ID, CalendarID: "cal", EventID: "e", JobID: job.ID, Kind: calendar.Overlap, Title: "Dentist",
			Start: job.Slot.Start, End: job.Slot.End,
		})
		return errors.Join(err, err2, err3)
	})
	for _, l := range []look{phoneLight, phoneDark, desktopLight, desktopDark} {
		t.Run(l.name, func(t *testing.T) {
			p := tab(t, l)
			for _, c := range []struct{ name, url string }{
				{"calendars", full.url + "/calendars?done=connected&but=unavailable"},
				{"empty-calendars", bare.url + "/calendars"},
				{"calendar-form", bare.url + "/calendars/own/connect?technician=Mike+Rossi"},
				{"calendar-refused", bare.url + "/calendars/cloud/callback"},
				{"jobs-with-calendars", bare.url + "/jobs"},
			} {
				p.open(c.url)
				p.fits()
				p.accessible()
				p.shot(c.name)
			}
		})
	}
}

// TestTroubleGoesFromTheOpenPage settles something with a click: the page stays, and shows what is left.
func TestTroubleGoesFromTheOpenPage(t *testing.T) {
	d := openDesk(t)
	p := tab(t, phoneLight)
	p.open(d.url + "/calendars")
	job := d.book(24, 9, "Drain cleaning", "Luis Ortega", "Karen Whitfield", "+13125550142", "1842 North Damen Avenue", "60647", "sink", scheduling.Routine)
	d.tx(func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.InsertTrouble(ctx, &calendar.Trouble{
			BusinessID: d.b.ID, CalendarID: "cal", EventID: "e", JobID: job.ID, Kind: calendar.Overlap, Title: "Dentist",
			Start: job.Slot.Start, End: job.Slot.End,
		})
		return err
	})
	p.has("An appointment was put where a job is.")
	p.until(`!document.querySelector(".htmx-settling, .htmx-swapping, .htmx-added")`) // before that, a click is a plain form's
	p.until(`(document.querySelector("[name=trouble]").click(), true)`)
	p.until(`!document.body.innerText.includes("To be settled")`)
	if left, err := d.db.Troubles(t.Context(), d.b.ID, ""); err != nil || len(left) != 0 {
		t.Errorf("left: %v %v", left, err)
	}
}
