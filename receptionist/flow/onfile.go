package flow

import (
	"time"

	"fixly/scheduling"
)

// leaveOutOwnJobs takes days out of the wish on which the caller has a visit already: "you're coming Wednesday,
// but I need something else next Tuesday".
func (t *turn) leaveOutOwnJobs() error {
	wish := &t.s.Details.Wish
	if len(wish.Wanted) < 2 || t.e.CallerID == "" {
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

// lookUp finds the jobs booked from the number of the call, once.
func (t *turn) lookUp() error {
	s := t.s
	if s.LookedUp || t.e.CallerID == "" {
		return nil
	}
	now := t.w.Now()
	jobs, err := t.w.JobsByPhone(t.e.CallerID, now.Add(-history))
	if err != nil {
		return err
	}
	s.LookedUp, s.Jobs = true, nil
	if s.Booked != nil && s.Details.Phone != "" && s.Details.Phone != t.e.CallerID {
		// booked in this very conversation, for another number
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
	for _, j := range jobs {
		if s.OnFileName == "" || j.Customer.Name != "" {
			s.OnFileName = j.Customer.Name
		}
		if j.Address.Line1 != "" {
			s.OnFile = j.Address
		}
		live := j.Status == scheduling.StatusBooked || j.Status == scheduling.StatusTentative
		if live && j.WindowEnd.After(now) {
			s.Jobs = append(s.Jobs, j)
		}
	}
	return nil
}
