package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// tellLate tells the customer of a visit that somebody comes late, at once: they wait at the door. Of a visit that is off by
// then nothing is told.
type tellLate struct {
	worker[TellLate]
	Deps
}

// Work writes the text in one transaction.
func (w *tellLate) Work(ctx context.Context, job *river.Job[TellLate]) error {
	a := job.Args
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, a) }); err != nil {
		return fmt.Errorf("followup: tell the customer of job %s that somebody comes late: %w", a.JobID, err)
	}
	return nil
}

func (w *tellLate) write(ctx context.Context, tx Tx, a TellLate) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	j, err := readJob(ctx, tx, b.ID, a.JobID)
	if err != nil || j == nil || !j.Live() {
		return err
	}
	from, err := lineOf(ctx, tx, b, j.CallID)
	if err != nil {
		return err
	}
	words, language, err := wordsFor(ctx, tx, b, j.Customer.Phone, j.ID)
	if err != nil {
		return err
	}
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
		BusinessID: b.ID, From: from, To: j.Customer.Phone, Kind: messaging.Late, JobID: j.ID,
		Body: words.Late(b.Profile.Name, a.Minutes, visitOf(b, j, language)), Reason: string(messaging.RunningLate), Key: "late:" + a.Key,
	}, messaging.Known{Live: true})
	return err
}
