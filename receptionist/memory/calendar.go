package memory

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fixly/scheduling"
)

func (t *tx) Busy(_ context.Context, _ string, from, to, now time.Time, exceptHolder, exceptJob string) ([]scheduling.Busy, error) {
	var out []scheduling.Busy
	add := func(technician string, start, end time.Time, zip string) {
		if start.Before(to) && end.After(from) {
			out = append(out, scheduling.Busy{Technician: technician, From: start, To: end, ZIP: zip})
		}
	}
	for _, h := range t.m.data.holds {
		if h.ExpiresAt.After(now) && (exceptHolder == "" || h.Holder != exceptHolder) {
			add(h.Slot.Technician, h.Slot.Start, h.BusyUntil, "")
		}
	}
	for _, j := range t.m.data.jobs {
		if j.Live() && (exceptJob == "" || j.ID != exceptJob) {
			add(j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.Address.ZIP)
		}
	}
	return out, nil
}

// LockCalendar: one transaction runs at a time.
func (t *tx) LockCalendar(context.Context, string) error { return nil }

func (t *tx) taken(technician string, from, to, now time.Time, exceptJob string) bool {
	busy, _ := t.Busy(context.Background(), "", from, to, now, "", exceptJob)
	return slices.ContainsFunc(busy, func(b scheduling.Busy) bool { return b.Technician == technician })
}

func (t *tx) PlaceHold(_ context.Context, h scheduling.Hold, now time.Time) error {
	if t.taken(h.Slot.Technician, h.Slot.Start, h.BusyUntil, now, "") {
		return scheduling.ErrTaken
	}
	t.m.data.holds = slices.DeleteFunc(t.m.data.holds, func(o scheduling.Hold) bool { return !o.ExpiresAt.After(now) })
	t.m.data.holds = append(t.m.data.holds, h)
	return nil
}

func (t *tx) ReleaseHolds(_ context.Context, _, holder string) error {
	t.m.data.holds = slices.DeleteFunc(t.m.data.holds, func(h scheduling.Hold) bool { return h.Holder == holder })
	return nil
}

func (t *tx) InsertJob(_ context.Context, j *scheduling.Job) error {
	if t.taken(j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.CreatedAt, "") {
		return scheduling.ErrTaken
	}
	t.m.data.ids++
	j.ID = fmt.Sprintf("job_%d", t.m.data.ids)
	t.m.data.jobs = append(t.m.data.jobs, *j)
	return nil
}

func (t *tx) UpdateJob(_ context.Context, j *scheduling.Job) error {
	i := slices.IndexFunc(t.m.data.jobs, func(o scheduling.Job) bool { return o.ID == j.ID })
	switch {
	case i < 0:
		return scheduling.ErrNoJob
	case !t.m.data.jobs[i].Live():
		return scheduling.ErrNotLive
	}
	if j.Live() && t.taken(j.Slot.Technician, j.Slot.Start, j.BusyUntil, j.UpdatedAt, j.ID) {
		return scheduling.ErrTaken
	}
	t.m.data.jobs[i] = *j
	return nil
}

func (t *tx) Job(_ context.Context, _, id string) (*scheduling.Job, error) {
	for _, j := range t.m.data.jobs {
		if j.ID == id {
			return &j, nil
		}
	}
	return nil, scheduling.ErrNoJob
}

func (t *tx) JobsByPhone(_ context.Context, _, phone string, from time.Time) ([]scheduling.Job, error) {
	var out []scheduling.Job
	for _, j := range t.m.data.jobs {
		if j.Customer.Phone == phone && !j.Slot.Start.Before(from) {
			out = append(out, j)
		}
	}
	slices.SortFunc(out, func(a, b scheduling.Job) int { return a.Slot.Start.Compare(b.Slot.Start) })
	return out, nil
}

func (t *tx) JobsByName(_ context.Context, _, name string, from time.Time) ([]scheduling.Job, error) {
	var out []scheduling.Job
	for _, j := range t.m.data.jobs {
		if strings.EqualFold(j.Customer.Name, name) && !j.Slot.Start.Before(from) {
			out = append(out, j)
		}
	}
	slices.SortFunc(out, func(a, b scheduling.Job) int { return a.Slot.Start.Compare(b.Slot.Start) })
	return out, nil
}

// OldestLook: there are no outside calendars.
func (t *tx) OldestLook(context.Context, string, string) (time.Time, bool, error) {
	return time.Time{}, false, nil
}
