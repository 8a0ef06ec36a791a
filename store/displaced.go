package store

import (
	"context"

	"fixly/followup"
	"fixly/scheduling"
)

// InsertJobOver stores an emergency in place of routine jobs, which keep what it leaves of their times. The constraint on
// times holds throughout: their rows are taken away, the emergency's put in, and what is left of theirs put back. The
// owner is owed a text about each. It returns scheduling.ErrTaken where one of them is no longer a routine job that
// stands, or somebody else is in the way.
func (tx *Tx) InsertJobOver(ctx context.Context, j *scheduling.Job, over []string) error {
	giveID(&j.ID, "job")
	if err := tx.LockCalendar(ctx, j.BusinessID); err != nil {
		return err
	}
	displaced := make([]*scheduling.Job, len(over))
	for i, id := range over {
		o, err := tx.Job(ctx, j.BusinessID, id)
		if err != nil {
			return err
		}
		if !o.Live() || o.Urgency != scheduling.Routine || o.DisplacedBy != "" {
			return scheduling.ErrTaken
		}
		if err := tx.q.DeleteTimes(ctx, o.BusinessID, o.ID); err != nil {
			return wrap("free a time", err)
		}
		displaced[i] = o
	}
	if err := tx.InsertJob(ctx, j); err != nil {
		return err
	}
	for _, o := range displaced {
		o.DisplacedBy, o.UpdatedAt = j.ID, j.UpdatedAt
		if err := tx.UpdateJob(ctx, o); err != nil {
			return err
		}
		if err := tx.Enqueue(ctx, followup.JobDisplaced{BusinessID: j.BusinessID, JobID: o.ID, By: j.ID}, nil); err != nil {
			return err
		}
	}
	return nil
}

// giveBack gives the jobs that an emergency was put over their times again, as far as it leaves them: all of them when it
// was called off or moved away. What it leaves nobody else can have taken, it was the emergency's until now.
func (tx *Tx) giveBack(ctx context.Context, emergency *scheduling.Job) error {
	found, err := tx.q.JobsDisplacedBy(ctx, emergency.BusinessID, emergency.ID)
	if err != nil {
		return wrap("jobs that an emergency was put over", err)
	}
	for _, r := range found {
		o, err := job(r.Job, r.Customer)
		if err != nil {
			return err
		}
		if !o.Live() {
			continue
		}
		if gone := emergency.Status == scheduling.StatusCancelled; gone || !meets(o.Taken(), emergency.Taken()) {
			o.DisplacedBy, o.UpdatedAt = "", emergency.UpdatedAt
		}
		if err := tx.UpdateJob(ctx, &o); err != nil {
			return err
		}
	}
	return nil
}

// meets says whether anything is left out of stretches by others.
func meets(stretches, others []scheduling.Busy) bool {
	left := scheduling.Without(stretches, others)
	if len(left) != len(stretches) {
		return true
	}
	for i := range left {
		if left[i] != stretches[i] {
			return true
		}
	}
	return false
}

// timesOf are the stretches of the calendar that a job has.
func (tx *Tx) timesOf(ctx context.Context, businessID, jobID string) ([]scheduling.Busy, error) {
	found, err := tx.q.TimesOf(ctx, businessID, jobID)
	if err != nil {
		return nil, wrap("times of a job", err)
	}
	out := make([]scheduling.Busy, len(found))
	for i, r := range found {
		out[i] = scheduling.Busy{Technician: r.Technician, From: r.StartsAt.Time(), To: r.EndsAt.Time()}
	}
	return out, nil
}
