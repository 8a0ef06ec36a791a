package app

import (
	"fmt"

	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/followup"
	"fixly/messaging"
	messagingtwilio "fixly/messaging/twilio"
	"fixly/twilioapi"
)

// carriers lists who sends texts, by the carrier that a line names in the business file. A new carrier is a line
// here and a folder under messaging.
func carriers(cfg config.Config, api *twilioapi.Client, public twilioapi.PublicURL, clk clock.Clock) followup.Carriers {
	byName := map[string]func(business.Line) messaging.Carrier{
		"twilio": func(l business.Line) messaging.Carrier {
			return messagingtwilio.NewCarrier(l, messagingtwilio.Options{Client: api, PublicURL: public, Clock: clk})
		},
	}
	// The demo's numbers and credentials are fiction. Its texts are shown on the pages and go nowhere, unless a
	// stand-in for the carrier was named.
	stayHere := cfg.Demo && cfg.TwilioAPIURL == twilioapi.DefaultURL
	pretend := demo.NewCarrier()
	return func(_ *business.Business, l business.Line) (messaging.Carrier, error) {
		if stayHere && demo.IsLine(l) {
			return pretend, nil
		}
		c, ok := byName[l.Carrier]
		if !ok {
			return nil, fmt.Errorf("line %s: no carrier is called %q", l.Number, l.Carrier)
		}
		return c(l), nil
	}
}
