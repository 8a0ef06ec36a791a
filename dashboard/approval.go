package dashboard

import (
	"context"
	"errors"
	"net/http"

	"fixly/approval"
	"fixly/business"
	"fixly/scheduling"
)

func (s *server) acceptJob(q *request) error  { return s.answerJob(q, approval.Accept) }
func (s *server) declineJob(q *request) error { return s.answerJob(q, approval.Decline) }

// answer says yes or no to a visit that waits for it.
type answer func(ctx context.Context, tx approval.Tx, s *scheduling.Scheduler, b *business.Business, id string) (*scheduling.Job, error)

// answerJob takes the owner's answer and shows the visit as it is then. One that was settled meanwhile, by a text or from
// another page, is shown as it is.
func (s *server) answerJob(q *request, say answer) error {
	id := q.PathValue("id")
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		_, err := say(ctx, tx, scheduling.New(s.Clock, nil), q.b, id) // no time is taken, so no calendar outside is looked at
		return err
	})
	switch {
	case errors.Is(err, scheduling.ErrNoJob):
		return errNotFound
	case err != nil && !errors.Is(err, scheduling.ErrNotLive) && !errors.Is(err, scheduling.ErrNotTentative):
		return err
	}
	http.Redirect(q.w, q.Request, "/jobs/"+id, http.StatusSeeOther)
	return nil
}
