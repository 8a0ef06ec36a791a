package store

import (
	"context"

	"fixly/followup"
	"fixly/store/internal/rows"
)

// InsertMail stores an e-mail that is to be sent, and enqueues followup.SendMail with it. Where the business has one with
// the same key already, nothing is written. It fills in an empty ID and CreatedAt.
func (tx *Tx) InsertMail(ctx context.Context, m *followup.Mail) (created bool, err error) {
	giveID(&m.ID, "mail")
	if m.CreatedAt.IsZero() {
		m.CreatedAt = tx.clock.Now()
	}
	m.Status = followup.MailQueued
	n, err := tx.q.InsertMail(ctx, rows.InsertMailParams{
		ID: m.ID, BusinessID: m.BusinessID, Key: m.Key, JobID: m.JobID, Recipient: m.To, Subject: m.Subject, Body: m.Body,
		Calendar: m.Calendar, Method: m.Method, Status: string(m.Status), Error: m.Error, CreatedAt: rows.At(m.CreatedAt), SentAt: rows.At(m.SentAt),
	})
	if err != nil || n == 0 {
		return false, wrap("insert e-mail", err)
	}
	return true, tx.Enqueue(ctx, followup.SendMail{BusinessID: m.BusinessID, MailID: m.ID, Marketing: m.Marketing}, nil)
}

// Mail reads an e-mail; followup.ErrNoMail when the business has none with this id.
func (v *View) Mail(ctx context.Context, businessID, id string) (*followup.Mail, error) {
	r, err := v.q.Mail(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("e-mail", id, followup.ErrNoMail)
	}
	if err != nil {
		return nil, wrap("e-mail", err)
	}
	return &followup.Mail{
		ID: r.ID, BusinessID: r.BusinessID, Key: r.Key, JobID: r.JobID, To: r.Recipient, Subject: r.Subject, Body: r.Body,
		Calendar: r.Calendar, Method: r.Method, Status: followup.MailStatus(r.Status), Error: r.Error,
		CreatedAt: r.CreatedAt.Time(), SentAt: r.SentAt.Time(),
	}, nil
}

// UpdateMail stores what became of an e-mail: its status, error and when it was sent.
func (tx *Tx) UpdateMail(ctx context.Context, m *followup.Mail) error {
	return wrap("update e-mail", tx.q.UpdateMail(ctx, rows.UpdateMailParams{
		ID: m.ID, BusinessID: m.BusinessID, Status: string(m.Status), Error: m.Error, SentAt: rows.At(m.SentAt),
	}))
}
