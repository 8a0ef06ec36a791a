package notify

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/followup"
)

// writeBriefs writes the brief of the day to each owner who wants it. The key of the e-mail holds the date, so there is one a
// day, however many servers and restarts there are, and whatever the clocks do.
type writeBriefs struct {
	worker[WriteBriefs]
	Deps
}

const (
	// briefEvery is how often it is looked whose brief is due.
	briefEvery = 5 * time.Minute
	// briefFor is how late it is still written, when nothing ran at its time.
	briefFor = 4 * time.Hour
)

// Work writes each brief in a transaction of its own, so that one that can't be written doesn't keep the others.
func (w *writeBriefs) Work(ctx context.Context, _ *river.Job[WriteBriefs]) error {
	if !w.Mail {
		return nil
	}
	var all []*business.Business
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		all, err = tx.Businesses(ctx)
		return err
	})
	if err != nil {
		return fmt.Errorf("notify: whose brief is due: %w", err)
	}
	var failed error
	now := w.Clock.Now()
	for _, b := range all {
		at := b.BriefOn(now)
		if now.Before(at) { // the one of the evening before, when midnight came in between
			at = b.BriefOn(now.AddDate(0, 0, -1))
		}
		if !b.Mails(business.EmailBrief) || now.Before(at) || !now.Before(at.Add(briefFor)) {
			continue
		}
		if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, b, at) }); err != nil {
			failed = errors.Join(failed, fmt.Errorf("notify: brief of %s: %w", b.Profile.Slug, err))
		}
	}
	return failed
}

// write writes the brief of a day, none where there is nothing in it.
func (w *writeBriefs) write(ctx context.Context, tx Tx, b *business.Business, at time.Time) error {
	d, err := w.read(ctx, tx, b, at.In(b.Location()))
	if err != nil {
		return err
	}
	body := d.body(w.Deps)
	if body == "" {
		if !b.Notify.BriefAlways {
			return nil
		}
		body = "Nobody called yesterday, nobody is owed a call, and there are no visits today.\n"
	}
	_, err = tx.InsertMail(ctx, &followup.Mail{
		BusinessID: b.ID, Key: "brief:" + d.today.Format(time.DateOnly), To: b.Profile.Owner.Email,
		Subject: fmt.Sprintf("%s: %s, %s", d.today.Format("Monday, Jan 2"), counted(len(d.visits), "visit"), counted(len(d.owed), "call")+" owed"),
		Body:    body + "\n" + w.link(b, "/") + "\n",
	})
	return err
}

func counted(n int, what string) string {
	switch n {
	case 0:
		return "no " + what + "s"
	case 1:
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
