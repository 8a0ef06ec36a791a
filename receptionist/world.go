package receptionist

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// world is flow.World over one transaction.
type world struct {
	bookingLink string // of the page on which customers book; empty: there is none

	ctx       context.Context
	tx        Tx
	scheduler *scheduling.Scheduler
	business  *business.Business
	now       time.Time
	holder    string // the conversation's id
	codes     Codes
	lost      []time.Time // starts that could not be booked when this turn was decided before
}

func (w *world) Business() *business.Business { return w.business }
func (w *world) Now() time.Time               { return w.now }

// Offers chooses open times.
func (w *world) Offers(q scheduling.Query) (scheduling.Offered, error) {
	q.Holder = w.holder
	for _, at := range w.lost {
		q.Avoid = append(q.Avoid[:len(q.Avoid):len(q.Avoid)], scheduling.Interval{From: at, To: at.Add(time.Minute)})
	}
	return w.scheduler.Offers(w.ctx, w.tx, w.business, q)
}

// Free looks only at who else took the time: the rules allowed it when it was offered.
func (w *world) Free(s scheduling.Slot, job string) (bool, error) {
	for _, at := range w.lost {
		if at.Equal(s.Start) {
			return false, nil
		}
	}
	if !s.Start.After(w.now) {
		return false, nil
	}
	free, err := w.scheduler.Free(w.ctx, w.tx, w.business, s, w.holder, job)
	if err != nil {
		return false, fmt.Errorf("read what is booked: %w", err)
	}
	return free, nil
}

func (w *world) JobsByPhone(phone string, from time.Time) ([]scheduling.Job, error) {
	jobs, err := w.tx.JobsByPhone(w.ctx, w.business.ID, phone, from)
	if err != nil {
		return nil, fmt.Errorf("read the jobs of a caller: %w", err)
	}
	return jobs, nil
}

func (w *world) JobsByName(name string, from time.Time) ([]scheduling.Job, error) {
	jobs, err := w.tx.JobsByName(w.ctx, w.business.ID, name, from)
	if err != nil {
		return nil, fmt.Errorf("read the jobs under a name: %w", err)
	}
	return jobs, nil
}

func (w *world) CodesSent(phone string, since time.Time) (int, error) {
	n, err := w.tx.CodesSent(w.ctx, w.business.ID, phone, since)
	if err != nil {
		return 0, fmt.Errorf("count the codes sent: %w", err)
	}
	return n, nil
}

func (w *world) IsCode(phone string, n int, digits string) bool {
	return w.codes.Is(w.holder, phone, n, digits)
}

// MayAskOwner leaves the owner alone in quiet hours: the customer is told then who will know.
func (w *world) MayAskOwner(phone string) (may, open bool, err error) {
	last, err := w.tx.OwnerQuestion(w.ctx, w.business.ID, phone)
	if err != nil {
		return false, false, fmt.Errorf("read what the owner was asked: %w", err)
	}
	open = last != nil && last.Status == QuestionOpen
	owner := w.business.Profile.Owner.Phone
	return !open && owner != "" && phone != owner && !w.business.QuietHours(w.now), open, nil
}

func (w *world) BookingLink() string { return w.bookingLink }
