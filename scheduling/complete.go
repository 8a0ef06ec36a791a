package scheduling

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/business"
)

// ErrNotBegun says that a visit can't be completed because it lies ahead.
var ErrNotBegun = errors.New("scheduling: the visit has not begun")

// Complete notes that the work of a job is done. A job that waits for the owner's yes is none that anybody went to: then, and
// when it is over already, the error is ErrNotLive, with the job as it is; ErrNotBegun for one that begins later, ErrNoJob when
// there is none.
func Complete(ctx context.Context, st Store, b *business.Business, id string, now time.Time) (*Job, error) {
	if err := st.LockCalendar(ctx, b.ID); err != nil { // what is read is written again, whole
		return nil, fmt.Errorf("complete job %s: %w", id, err)
	}
	j, err := st.Job(ctx, b.ID, id)
	switch {
	case err != nil:
		return nil, fmt.Errorf("complete job %s: %w", id, err)
	case j.Status != StatusBooked:
		return j, fmt.Errorf("complete job %s: %w", id, ErrNotLive)
	case j.Slot.Start.After(now):
		return j, fmt.Errorf("complete job %s: %w", id, ErrNotBegun)
	}
	j.Status, j.UpdatedAt = StatusCompleted, now
	if err := st.UpdateJob(ctx, j); err != nil {
		return nil, fmt.Errorf("complete job %s: %w", id, err)
	}
	return j, nil
}
