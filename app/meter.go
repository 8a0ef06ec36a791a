package app

import (
	"fixly/billing"
	"fixly/billing/stripe"
	"fixly/config"
)

// meter is what is told of charged bookings; nil when nobody is. A demonstration charges for nothing, so it tells nobody.
func meter(cfg config.Config) billing.Meter {
	if cfg.StripeKey == "" || cfg.Demo {
		return nil
	}
	return stripe.New(cfg.StripeAPIURL, string(cfg.StripeKey), cfg.StripeMeter)
}
