package bookingpage

import (
	"context"
	"net/http"

	"fixly/consent"
)

// askToLeave asks whether somebody wants no more e-mails. Opening the address changes nothing.
func (s *server) askToLeave(q *request) error {
	if q.job.Customer.Email == "" {
		return errNotFound
	}
	return q.render(http.StatusOK, leavePage(q.frame(q.words.LeaveTitle), q.words.LeaveLead(q.b.Profile.Name, q.job.Customer.Email), LeavePrefix+q.PathValue("mails")))
}

// leave enters into the ledger that somebody wants no more e-mails: by the page, or by the button of a mail program, which
// posts by itself (RFC 8058) and wants no redirect. Done twice, it is entered once.
func (s *server) leave(q *request) error {
	email := consent.EmailAddress(q.job.Customer.Email)
	if email == "" {
		return errNotFound
	}
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{
			BusinessID: q.b.ID, Address: email, Channel: consent.Email, Act: consent.Withdrawn, How: consent.Unsubscribed,
			Language: q.words.Language, Source: q.job.ID, Key: "unsubscribed:" + q.job.ID + ":" + email, At: s.Clock.Now(),
		})
		return err
	})
	if err != nil {
		return err
	}
	return q.render(http.StatusOK, sorryPage(q.frame(q.words.Left.Title), q.words.Left))
}
