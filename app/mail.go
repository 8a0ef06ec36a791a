package app

import (
	"fmt"

	"fixly/config"
	"fixly/mail"
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
