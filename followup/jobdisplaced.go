package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// jobDisplaced tells the owner that an emergency took the time of a job, at any hour. The customer of that job is told
// nothing: what becomes of it is the owner's to settle.
type jobDisplaced struct {
	worker[JobDisplaced]
	Deps
}

// Work writes the text in one transaction; none where the job has its time back by then.
func (w *jobDisplaced) Work(ctx context.Context, job *river.Job[JobDisplaced]) error {
	a := job.Args
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, a) }); err != nil {
		return fmt.Errorf("followup: tell the owner that job %s is in the way: %w", a.JobID, err)
	}
	return nil
}

func (w *jobDisplaced) write(ctx context.Context, tx Tx, a JobDisplaced) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	j, err := readJob(ctx, tx, b.ID, a.JobID)
	if err != nil || j == nil || !j.Live() || j.DisplacedBy != a.By {
		return err
	}
	by, err := readJob(ctx, tx, b.ID, a.By)
	if err != nil || by == nil {
		return err
	}
	m := messaging.OwnerText(b)
	if m.From, err = lineOf(ctx, tx, b, by.CallID); err != nil {
		return err
	}
	m.Kind, m.JobID, m.Reason = messaging.Alert, j.ID, string(messaging.JobInTheWay)
	m.Body, m.Key = english{}.InTheWay(visitOf(b, j, ""), visitOf(b, by, "")), "in_the_way:"+j.ID+":"+by.ID
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{Live: true})
	return err
}
