package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// noticeOwner texts the owner what is the matter with the shop's own calendars and the like. It waits for the end of
// quiet hours, as summaries do.
type noticeOwner struct {
	worker[NoticeOwner]
	Deps
}

// Work writes the text in one transaction.
func (w *noticeOwner) Work(ctx context.Context, job *river.Job[NoticeOwner]) error {
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, job.Args.BusinessID)
		if err != nil {
			return err
		}
		m := messaging.OwnerText(b)
		m.Body, m.Key, m.Reason = job.Args.Text, "notice:"+job.Args.Key, string(messaging.CalendarMatter)
		_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: notice to the owner %s: %w", job.Args.Key, err)
	}
	return nil
}
