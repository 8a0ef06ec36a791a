package followup

import (
	"context"
	"fmt"

	"github.com/riverqueue/river"

	"fixly/messaging"
)

// textPageCode texts a code to the number that a visitor of the booking page typed in, at any hour: somebody looks at the
// page and waits for it.
type textPageCode struct {
	worker[TextPageCode]
	Deps
}

// Work writes the text in one transaction.
func (w *textPageCode) Work(ctx context.Context, job *river.Job[TextPageCode]) error {
	a := job.Args
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, a.BusinessID)
		if err != nil {
			return err
		}
		words, _ := wordsIn(b, a.Language)
		_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), messaging.Message{
			BusinessID: b.ID, From: messaging.DefaultLine(b), To: a.Phone, Kind: messaging.Code, Reason: string(messaging.ProveNumber),
			Body: words.PageCode(w.Codes.Of(a.Subject, a.Phone, 1), b.Profile.Name), Key: "code:" + a.Subject,
		}, messaging.Known{Live: true})
		return err
	})
	if err != nil {
		return fmt.Errorf("followup: text the code of the booking page: %w", err)
	}
	return nil
}
