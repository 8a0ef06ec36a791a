package photos

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/messaging"
	"fixly/scheduling"
)

// SendAlong sends the pictures of a visit to who goes there.
type SendAlong struct {
	BusinessID string `json:"business_id"`
	JobID      string `json:"job_id"`
	PhotoID    string `json:"photo_id"` // the latest of them: one text for each
}

// Kind names the job in the queue.
func (SendAlong) Kind() string { return "send_photos_along" }

const (
	// together is how long further pictures are waited for: people send several in a row.
	together = 10 * time.Second
	// before is how long before a visit was booked its pictures may have come.
	before = 7 * 24 * time.Hour
)

// Booked enqueues nothing where a customer has sent no pictures; else it makes those of the last week the visit's, and has them
// sent along.
func Booked(ctx context.Context, tx Tx, j *scheduling.Job, now time.Time) error {
	return attachTo(ctx, tx, j, now)
}

// attach makes the pictures from a number those of the visit that comes next, where one does.
func (d *Desk) attach(ctx context.Context, tx Tx, businessID, peer string, now time.Time) error {
	found, err := tx.JobsByPhone(ctx, businessID, peer, now.Add(-scheduling.LongestWork*24*time.Hour))
	if err != nil {
		return err
	}
	i := slices.IndexFunc(found, func(j scheduling.Job) bool { return j.Live() && j.Slot.End.After(now) })
	if i < 0 {
		return nil
	}
	return attachTo(ctx, tx, &found[i], now)
}

func attachTo(ctx context.Context, tx Tx, j *scheduling.Job, now time.Time) error {
	sent, err := tx.PhotosWith(ctx, j.BusinessID, j.Customer.Phone, now.Add(-before))
	if err != nil {
		return fmt.Errorf("photos: pictures for job %s: %w", j.ID, err)
	}
	latest := ""
	for _, p := range sent {
		if p.Status != Kept || p.JobID != "" {
			continue
		}
		if err := tx.AttachPhoto(ctx, p.BusinessID, p.ID, j.ID); err != nil {
			return fmt.Errorf("photos: pictures for job %s: %w", j.ID, err)
		}
		latest = p.ID
	}
	if latest == "" {
		return nil
	}
	return tx.EnqueueAt(ctx, SendAlong{BusinessID: j.BusinessID, JobID: j.ID, PhotoID: latest}, now.Add(together), nil)
}

type sender struct {
	river.WorkerDefaults[SendAlong]
	*Desk
}

// NextRetry comes soon: somebody may be on the way.
func (*sender) NextRetry(job *river.Job[SendAlong]) time.Time {
	return clock.Real().Now().Add(min(time.Second<<min(job.Attempt, 10), time.Minute))
}

// Work writes the texts in one transaction: to each of the crew whose phone is known, and else to the owner.
func (w *sender) Work(ctx context.Context, job *river.Job[SendAlong]) error {
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return w.write(ctx, tx, job.Args) }); err != nil {
		return fmt.Errorf("photos: send pictures along to job %s: %w", job.Args.JobID, err)
	}
	return nil
}

func (w *sender) write(ctx context.Context, tx Tx, a SendAlong) error {
	b, err := tx.Business(ctx, a.BusinessID)
	if err != nil {
		return err
	}
	j, err := tx.Job(ctx, b.ID, a.JobID)
	if err != nil {
		return err
	}
	of, err := tx.PhotosOf(ctx, b.ID, j.ID)
	if err != nil {
		return err
	}
	n := len(of)
	if n == 0 || of[n-1].ID != a.PhotoID || !j.Live() {
		return nil // a later one has a job of its own, or nobody goes there any more
	}
	now := w.Clock.Now()
	for _, to := range crew(b, j) {
		m := messaging.OwnerText(b)
		m.To, m.Kind, m.Reason, m.JobID, m.Key = to, messaging.Forward, string(messaging.PhotosCame), j.ID, "photos:"+a.PhotoID+":"+to
		m.Body = along(b, j, n, w.Links.URL(b.ID, j.ID, now))
		if _, _, err := messaging.Write(ctx, tx, now, m, messaging.Known{Live: true}); err != nil {
			return err
		}
	}
	return nil
}

// crew are the numbers of those who go to a visit, as far as they are known; the owner's where none is.
func crew(b *business.Business, j *scheduling.Job) []string {
	var out []string
	for _, m := range b.Team {
		if m.Phone != "" && j.Slot.Takes(m.Name) {
			out = append(out, m.Phone)
		}
	}
	if len(out) == 0 {
		out = append(out, b.Profile.Owner.Phone)
	}
	return out
}

// along tells who goes to a visit of its pictures; link is empty where people outside can't reach this server.
func along(b *business.Business, j *scheduling.Job, n int, link string) string {
	who := j.Customer.Name
	if who == "" {
		who = contact.National(j.Customer.Phone)
	}
	what := "1 photo"
	if n > 1 {
		what = fmt.Sprintf("%d photos", n)
	}
	s := fmt.Sprintf("%s from %s for %s, %s", what, who, strings.ToLower(j.Service), j.Slot.Start.In(b.Location()).Format("Mon Jan 2 3:04 pm"))
	if link == "" {
		return s + ": see the visit's page."
	}
	return s + ": " + link
}
