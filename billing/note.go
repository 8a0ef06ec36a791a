package billing

import (
	"context"
	"fmt"
	"strings"

	"fixly/contact"
	"fixly/ledger"
	"fixly/scheduling"
)

// Note keeps the ledger in step with a job that was changed, in the transaction of the change: a new job is entered, and
// settled when its grace time is over; one that the owner said yes to has its grace time from then on. Moving or amending a
// job is no booking and enters nothing. demo says that the server runs as a demonstration.
func Note(ctx context.Context, tx NoteTx, j *scheduling.Job, demo bool) error {
	if !j.UpdatedAt.Equal(j.CreatedAt) { // it isn't new
		if j.Status != scheduling.StatusBooked {
			return nil
		}
		accepted, err := tx.AcceptBooking(ctx, j.BusinessID, j.ID, j.UpdatedAt)
		if err != nil || !accepted {
			return err
		}
		return tx.EnqueueAt(ctx, SettleBooking{BusinessID: j.BusinessID, JobID: j.ID}, j.UpdatedAt.Add(ledger.Grace), nil)
	}
	shop, err := tx.Business(ctx, j.BusinessID)
	if err != nil {
		return err
	}
	b := &ledger.Booking{
		JobID: j.ID, BusinessID: j.BusinessID, State: ledger.Pending, Source: string(j.Source), CallID: j.CallID, Demo: demo,
		CustomerID: j.Customer.ID, Service: j.Service, Place: place(j.Address), MadeAt: j.CreatedAt,
		Price: ledger.Cents(shop.Billing.CentsPerJob()), Currency: shop.Billing.Currency,
	}
	settle := j.Slot.Start // still without the owner's yes by then, it is none
	if j.Status == scheduling.StatusBooked {
		b.BookedAt, settle = j.CreatedAt, j.CreatedAt.Add(ledger.Grace)
	}
	// What can't count whatever comes needs no grace time.
	if why := ledger.Decide(ledger.Facts{ByOwner: j.Source == scheduling.FromOwner, Demo: demo}); !why.Counts() {
		b.State, b.Reason, b.SettledAt = ledger.NotCounted, why, j.CreatedAt
	}
	created, err := tx.InsertBooking(ctx, b)
	if err != nil {
		return fmt.Errorf("billing: enter job %s: %w", j.ID, err)
	}
	if !created || b.State != ledger.Pending {
		return nil
	}
	return tx.EnqueueAt(ctx, SettleBooking{BusinessID: j.BusinessID, JobID: j.ID}, settle, nil)
}

// place is an address in a form in which the same one is equal, whatever the case and the spaces.
func place(a contact.Address) string {
	return strings.ToLower(strings.Join(strings.Fields(a.Line1+" "+a.Unit+" "+a.ZIP), " "))
}
