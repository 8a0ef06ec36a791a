package flow

import (
	"slices"
	"time"

	"fixly/scheduling"
)

// leaveOutOwnJobs takes days out of the wish on which the caller has a visit already: "you're coming Wednesday,
// but I need something else next Tuesday".
func (t *turn) leaveOutOwnJobs() error {
	wish := &t.s.Details.Wish
	if len(wish.Wanted) < 2 {
		return nil
	}
	if err := t.lookUp(); err != nil {
		return err
	}
	var rest []scheduling.Interval
	for _, w := range wish.Wanted {
		own := false
		for _, j := range t.s.Jobs {
			day := !w.From.IsZero() && w.To.Sub(w.From) <= 25*time.Hour && t.sameDay(w.From, j.Slot.Start)
			own = own || day || w.Contains(j.Slot.Start)
		}
		if !own {
			rest = append(rest, w)
		}
	}
	if len(rest) > 0 {
		wish.Wanted = rest
	}
	return nil
}

// history is how far back the jobs of a number are looked at for the name and the address on file.
const history = 2 * 365 * 24 * time.Hour

// lookUp finds the jobs that are the caller's, once: those under the numbers that are proved to be theirs, and the one
// booked in this very conversation.
func (t *turn) lookUp() error {
	s := t.s
	if s.LookedUp {
		return nil
	}
	now := t.w.Now()
	s.Jobs, s.Past = nil, nil
	own := t.ownNumbers()
	var jobs []scheduling.Job
	for _, phone := range own {
		of, err := t.w.JobsByPhone(phone, now.Add(-history))
		if err != nil {
			return err
		}
		jobs = append(jobs, of...)
	}
	if s.Booked != nil && s.Details.Phone != "" && !slices.Contains(own, s.Details.Phone) {
		others, err := t.w.JobsByPhone(s.Details.Phone, s.Booked.Slot.Start)
		if err != nil {
			return err
		}
		for _, j := range others {
			if j.Slot.Start.Equal(s.Booked.Slot.Start) {
				jobs = append(jobs, j)
			}
		}
	}
	slices.SortStableFunc(jobs, func(a, b scheduling.Job) int { return a.Slot.Start.Compare(b.Slot.Start) })
	s.LookedUp = true
	for _, j := range jobs {
		t.onFile(j)
	}
	return nil
}

// onFile takes a job of the caller's down: what is on file from it, and where it stands.
func (t *turn) onFile(j scheduling.Job) {
	s, now := t.s, t.w.Now()
	if s.OnFileName == "" || j.Customer.Name != "" {
		s.OnFileName = j.Customer.Name
	}
	if j.Address.Line1 != "" {
		s.OnFile = j.Address
	}
	switch {
	case j.Live() && j.WindowEnd.After(now):
		s.Jobs = append(s.Jobs, j)
	case j.WindowEnd.After(now.Add(-lately)):
		s.Past = &j
	}
}
