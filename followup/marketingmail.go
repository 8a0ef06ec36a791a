package followup

import (
	"context"
	"fmt"

	"fixly/consent"
	"fixly/messaging"
)

// unsubscribeAt is where the recipient of an e-mail about a job ends such e-mails; empty: nowhere that they could open.
func (d *Deps) unsubscribeAt(businessID, jobID string) string {
	if d.Unsubscribe == nil {
		return ""
	}
	return d.Unsubscribe(businessID, jobID)
}

// keep keeps an e-mail back from a customer who wants none such, by what the ledger says as it is about to leave.
func (w *sendMail) keep(ctx context.Context, m *Mail, marketing bool) (kept bool, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		is, err := tx.Standing(ctx, m.BusinessID, consent.EmailAddress(m.To), consent.Email)
		if err != nil {
			return err
		}
		switch {
		case marketing && is.Withdrawn, !is.MayConfirm():
			m.Error = "they want no such e-mails"
		case marketing && w.unsubscribeAt(m.BusinessID, m.JobID) == "":
			m.Error = "there is no address at which they could unsubscribe"
		default:
			return nil
		}
		kept, m.Status = true, MailKept
		return tx.UpdateMail(ctx, m)
	})
	if err != nil {
		return false, fmt.Errorf("followup: whether e-mail %s may go: %w", m.ID, err)
	}
	return kept, nil
}

// instead sends a follow-up by e-mail where the reason it was left for is that texts don't reach the number: to a customer
// who gave an address and did not unsubscribe. It gives whether it did.
func (d *due) instead(ctx context.Context, tx Tx, why messaging.Reason) (bool, error) {
	if d.rule == nil || d.rule.mail == nil || why != messaging.Landline || d.Mail == nil || d.job == nil || d.job.Customer.Email == "" {
		return false, nil
	}
	link := d.unsubscribeAt(d.shop.ID, d.job.ID)
	if link == "" {
		return false, nil
	}
	is, err := tx.Standing(ctx, d.shop.ID, consent.EmailAddress(d.job.Customer.Email), consent.Email)
	if err != nil || is.Withdrawn {
		return false, err
	}
	words, _, err := wordsFor(ctx, tx, d.shop, d.plan.Phone, d.plan.JobID)
	if err != nil {
		return false, err
	}
	title, body := d.rule.mail(words, d, link)
	_, err = tx.InsertMail(ctx, &Mail{
		BusinessID: d.shop.ID, Key: "follow_up:" + d.plan.Key, JobID: d.job.ID, To: d.job.Customer.Email, Subject: title, Body: body, Marketing: true,
	})
	return err == nil, err
}

// mailReview asks for a review by e-mail.
func mailReview(w words, d *due, unsubscribe string) (title, body string) {
	return w.ReviewMail(d.shop.Profile.Name, d.shop.FollowUps.ReviewLink, unsubscribe)
}
