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
	add := func(taken []scheduling.Busy) {
		for _, b := range taken {
			if b.From.Before(to) && b.To.After(from) {
				out = append(out, b)
			}
		}
	}
	for _, h := range m.holds {
		if h.BusinessID == businessID && h.ExpiresAt.After(now) && h.Holder != exceptHolder {
			add(h.Taken())
		}
	}
	for _, j := range m.jobs {
		if j.BusinessID == businessID && j.Live() && j.ID != exceptJob {
			add(m.takenBy(&j))
		}
	}
	return out, nil
}

// takenBy is what a job has of the calendar: what an emergency that was put over it leaves.
func (m *memory) takenBy(j *scheduling.Job) []scheduling.Busy {
	taken := j.Taken()
	for i := range m.jobs {
		if o := &m.jobs[i]; o.ID == j.DisplacedBy && o.Live() {
			taken = scheduling.Without(taken, o.Taken())
		}
	}
	return taken
}

// taken says whether anything wanted overlaps any live hold or job.
func (m *memory) taken(businessID string, want []scheduling.Busy, now time.Time, exceptJob string) bool {
	for _, w := range want {
		busy, _ := m.Busy(context.Background(), businessID, w.From, w.To, now, "", exceptJob)
		if slices.ContainsFunc(busy, func(b scheduling.Busy) bool { return b.Technician == w.Technician }) {
			return true
		}
	}
	return false
}

func (m *memory) PlaceHold(_ context.Context, h scheduling.Hold, now time.Time) error {
	if m.taken(h.BusinessID, h.Taken(), now, "") {
		return scheduling.ErrTaken
	}
	h.ID = fmt.Sprintf("hold_%d", len(m.holds)+1)
	m.holds = append(m.holds, h)
	return nil
}

func (m *memory) ReleaseHolds(_ context.Context, businessID, holder string) error {
	m.holds = slices.DeleteFunc(m.holds, func(h scheduling.Hold) bool { return h.BusinessID == businessID && h.Holder == holder })
	return nil
}

func (m *memory) InsertJob(_ context.Context, j *scheduling.Job) error {
	if m.taken(j.BusinessID, j.Taken(), j.CreatedAt, "") {
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
	if j.Live() && m.taken(j.BusinessID, m.takenBy(j), j.UpdatedAt, j.ID) {
		return scheduling.ErrTaken
	}
	m.jobs[i] = *j
	for i := range m.jobs {
		if j.Status == scheduling.StatusCancelled && m.jobs[i].DisplacedBy == j.ID {
			m.jobs[i].DisplacedBy = ""
		}
	}
	return nil
}

// LockCalendar: the transaction is alone.
func (m *memory) LockCalendar(context.Context, string) error { return nil }

func (m *memory) InsertJobOver(_ context.Context, j *scheduling.Job, over []string) error {
	j.ID = fmt.Sprintf("job_%d", len(m.jobs)+1)
	before := slices.Clone(m.jobs)
	m.jobs = append(m.jobs, *j)
	for i := range m.jobs {
		if slices.Contains(over, m.jobs[i].ID) {
			m.jobs[i].DisplacedBy = j.ID
		}
	}
	if m.taken(j.BusinessID, j.Taken(), j.CreatedAt, j.ID) {
		m.jobs = before
		return scheduling.ErrTaken
	}
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
