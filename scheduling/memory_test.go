package scheduling_test

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/scheduling"
)

// memory is a Store for tests: one transaction that lasts.
type memory struct {
	jobs  []scheduling.Job
	holds []scheduling.Hold
}

var _ scheduling.Store = (*memory)(nil)

func (m *memory) Busy(_ context.Context, businessID string, from, to, now time.Time, exceptHolder, exceptJob string) ([]scheduling.Busy, error) {
	var out []scheduling.Busy
	add := func(technician string, start, end time.Time, zip string) {
		if start.Before(to) && end.After(from) {
			out = append(out, scheduling.Busy{Technician: technician, From: start, To: end, ZIP: zip})
		}
	}
	for _, h := range m.holds {
		if h.BusinessID == businessID && h.ExpiresAt.After(now) && h.Holder != exceptHolder {
			add(h.Slot.Technician, h.Slot.Start, h.BusyUntil, "")
		}
	}
	for _, j := range m.jobs {
		if j.BusinessID == businessID && j.Live() && j.ID != exceptJob {
			add(j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.Address.ZIP)
		}
	}
	return out, nil
}

// LockCalendar: there is one transaction.
func (m *memory) LockCalendar(context.Context, string) error { return nil }

// taken says whether a time overlaps any live hold or job.
func (m *memory) taken(businessID, technician string, from, to, now time.Time, exceptJob string) bool {
	busy, _ := m.Busy(context.Background(), businessID, from, to, now, "", exceptJob)
	return slices.ContainsFunc(busy, func(b scheduling.Busy) bool { return b.Technician == technician })
}

func (m *memory) PlaceHold(_ context.Context, h scheduling.Hold, now time.Time) error {
	if m.taken(h.BusinessID, h.Slot.Technician, h.Slot.Start, h.BusyUntil, now, "") {
		return scheduling.ErrTaken
	}
	m.holds = append(m.holds, h)
	return nil
}

func (m *memory) ReleaseHolds(_ context.Context, businessID, holder string) error {
	m.holds = slices.DeleteFunc(m.holds, func(h scheduling.Hold) bool { return h.BusinessID == businessID && h.Holder == holder })
	return nil
}

func (m *memory) InsertJob(_ context.Context, j *scheduling.Job) error {
	if m.taken(j.BusinessID, j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.CreatedAt, "") {
		return scheduling.ErrTaken
	}
	j.ID = fmt.Sprintf("job_%d", len(m.jobs)+1)
	m.jobs = append(m.jobs, *j)
	return nil
}

func (m *memory) UpdateJob(_ context.Context, j *scheduling.Job) error {
	i := slices.IndexFunc(m.jobs, func(o scheduling.Job) bool { return o.ID == j.ID })
	if i < 0 {
		return scheduling.ErrNoJob
	}
	if j.Live() && m.taken(j.BusinessID, j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.UpdatedAt, j.ID) {
		return scheduling.ErrTaken
	}
	m.jobs[i] = *j
	return nil
}

func (m *memory) Job(_ context.Context, businessID, id string) (*scheduling.Job, error) {
	for _, j := range m.jobs {
		if j.ID == id && j.BusinessID == businessID {
			return &j, nil
		}
	}
	return nil, scheduling.ErrNoJob
}

func (m *memory) JobsByPhone(_ context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error) {
	var out []scheduling.Job
	for _, j := range m.jobs {
		if j.BusinessID == businessID && j.Customer.Phone == phone && !j.Slot.Start.Before(from) {
			out = append(out, j)
		}
	}
	slices.SortFunc(out, func(a, b scheduling.Job) int { return a.Slot.Start.Compare(b.Slot.Start) })
	return out, nil
}

// OldestLook: there are no outside calendars.
func (m *memory) OldestLook(context.Context, string, string) (time.Time, bool, error) {
	return time.Time{}, false, nil
}
