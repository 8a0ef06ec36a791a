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
	add := func(taken []scheduling.Busy) {
		for _, b := range taken {
			if b.From.Before(to) && b.To.After(from) {
				out = append(out, b)
			}
		}
	}
	for _, h := range t.m.data.holds {
		if h.ExpiresAt.After(now) && (exceptHolder == "" || h.Holder != exceptHolder) {
			add(h.Taken())
		}
	}
	for _, j := range t.m.data.jobs {
		if j.Live() && (exceptJob == "" || j.ID != exceptJob) {
			add(t.takenBy(&j))
		}
	}
	return out, nil
}

// takenBy is what a job has of the calendar: what an emergency that was put over it leaves.
func (t *tx) takenBy(j *scheduling.Job) []scheduling.Busy {
	taken := j.Taken()
	for i := range t.m.data.jobs {
		if o := &t.m.data.jobs[i]; o.ID == j.DisplacedBy && o.Live() {
			taken = scheduling.Without(taken, o.Taken())
		}
	}
	return taken
}

func (t *tx) taken(want []scheduling.Busy, now time.Time, exceptJob string) bool {
	for _, w := range want {
		busy, _ := t.Busy(context.Background(), "", w.From, w.To, now, "", exceptJob)
		if slices.ContainsFunc(busy, func(b scheduling.Busy) bool { return b.Technician == w.Technician }) {
			return true
		}
	}
	return false
}

func (t *tx) PlaceHold(_ context.Context, h scheduling.Hold, now time.Time) error {
	if t.taken(h.Taken(), now, "") {
		return scheduling.ErrTaken
	}
	h.ID = fmt.Sprintf("hold_%s_%d", h.Holder, h.Slot.Start.Unix())
	t.m.data.holds = slices.DeleteFunc(t.m.data.holds, func(o scheduling.Hold) bool { return !o.ExpiresAt.After(now) })
	t.m.data.holds = append(t.m.data.holds, h)
	return nil
}

func (t *tx) ReleaseHolds(_ context.Context, _, holder string) error {
	t.m.data.holds = slices.DeleteFunc(t.m.data.holds, func(h scheduling.Hold) bool { return h.Holder == holder })
	return nil
}

func (t *tx) InsertJob(_ context.Context, j *scheduling.Job) error {
	if t.taken(j.Taken(), j.CreatedAt, "") {
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
	if j.Live() && t.taken(t.takenBy(j), j.UpdatedAt, j.ID) {
		return scheduling.ErrTaken
	}
	t.m.data.jobs[i] = *j
	if j.Status == scheduling.StatusCancelled {
		t.giveBack(j.ID)
	}
	return nil
}

// ConfirmJob notes that a visit stands, as its customer said.
func (t *tx) ConfirmJob(_ context.Context, _, jobID string, at time.Time) error {
	for i := range t.m.data.jobs {
		if j := &t.m.data.jobs[i]; j.ID == jobID && j.Live() {
			j.ConfirmedAt = at
		}
	}
	return nil
}

// LockCalendar: one transaction runs at a time.
func (t *tx) LockCalendar(context.Context, string) error { return nil }

func (t *tx) InsertJobOver(_ context.Context, j *scheduling.Job, over []string) error {
	displaced := func(by string) {
		for i := range t.m.data.jobs {
			if slices.Contains(over, t.m.data.jobs[i].ID) {
				t.m.data.jobs[i].DisplacedBy = by
			}
		}
	}
	t.m.data.ids++
	id := fmt.Sprintf("job_%d", t.m.data.ids)
	j.ID = id
	t.m.data.jobs = append(t.m.data.jobs, *j) // so that what is left of the others is known
	displaced(id)
	if t.taken(j.Taken(), j.CreatedAt, id) {
		displaced("")
		t.m.data.jobs = t.m.data.jobs[:len(t.m.data.jobs)-1]
		return scheduling.ErrTaken
	}
	return nil
}

// giveBack gives the jobs that an emergency was put over their times again.
func (t *tx) giveBack(emergency string) {
	for i := range t.m.data.jobs {
		if t.m.data.jobs[i].DisplacedBy == emergency {
			t.m.data.jobs[i].DisplacedBy = ""
		}
	}
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
