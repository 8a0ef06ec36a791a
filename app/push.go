package app

import (
	"net/http"
	"net/mail"
	"strings"

	"fixly/config"
	"fixly/webpush"
)

// pusher notifies devices. Its keys come of the secret key, so all servers of an installation have the same. Whoever runs a
// push service may turn to the public address, or to the sender of our e-mails where that is none of https. A nil client
// reaches the public internet alone.
func pusher(cfg config.Config, hc *http.Client) (*webpush.Sender, error) {
	keys, err := webpush.NewKeys(cfg.SecretKey)
	if err != nil {
		return nil, err
	}
	contact := cfg.PublicURL
	if !strings.HasPrefix(contact, "https:") {
		contact = "mailto:fixly@localhost"
		if from, err := mail.ParseAddress(cfg.MailFrom); err == nil {
			contact = "mailto:" + from.Address
		}
	}
	return webpush.NewSender(keys, contact, hc), nil
}
