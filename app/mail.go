package app

import (
	"bytes"
	"fmt"

	"fixly/business"
	"fixly/config"
	"fixly/mail"
	"fixly/scheduling"
	"fixly/scheduling/calendar/feed"
)

// mailServer is what takes e-mails for delivery; nil when none is set.
func mailServer(cfg config.Config) (mail.Sender, error) {
	if cfg.SMTPURL == "" {
		return nil, nil
	}
	s, err := mail.ParseServer(string(cfg.SMTPURL), cfg.MailFrom)
	if err != nil {
		return nil, fmt.Errorf("FIXLY_SMTP_URL and FIXLY_MAIL_FROM: %w", err)
	}
	return s, nil
}

// invitation is what goes with an e-mail about a job, for the customer's calendar.
func invitation(b *business.Business, j *scheduling.Job, email, title, notes string, cancel bool) ([]byte, string, error) {
	i := feed.Invitation{Method: feed.Request, Email: email, Title: title, Notes: notes}
	if cancel {
		i.Method = feed.Cancel
	}
	var out bytes.Buffer
	method, err := feed.Invite(&out, b, j, i)
	return out.Bytes(), string(method), err
}
