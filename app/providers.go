package app

import (
	"fmt"
	"net/http"

	"fixly/business"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/followup"
	"fixly/messaging"
	"fixly/messaging/httpgateway"
	messagingtelnyx "fixly/messaging/telnyx"
	messagingtwilio "fixly/messaging/twilio"
	"fixly/telnyxapi"
	"fixly/twilioapi"
)

// outward is how carriers are reached, and how they reach us.
type outward struct {
	twilio   *twilioapi.Client
	telnyx   *telnyxapi.Client
	gateways *http.Client
	public   twilioapi.PublicURL
}

// newOutward makes the clients of all carriers. A nil HTTP client means one of their own for each.
func newOutward(cfg config.Config, hc *http.Client) (o outward, err error) {
	if o.public, err = twilioapi.ParsePublicURL(cfg.PublicURL); err != nil {
		return o, err
	}
	if o.twilio, err = twilioapi.NewClient(cfg.TwilioAPIURL, hc); err != nil {
		return o, err
	}
	if hc != nil {
		o.twilio = o.twilio.Unpaused()
	}
	if o.telnyx, err = telnyxapi.NewClient(cfg.TelnyxAPIURL, hc); err != nil {
		return o, err
	}
	if o.gateways = hc; hc == nil {
		o.gateways = httpgateway.NewClient()
	}
	return o, nil
}

// carriers lists who sends texts, by the carrier that a line names in the business file. A new carrier is a line
// here and a folder under messaging.
func carriers(cfg config.Config, out outward, clk clock.Clock) followup.Carriers {
	byName := map[string]func(*business.Business, business.Line) messaging.Carrier{
		business.CarrierTwilio: func(_ *business.Business, l business.Line) messaging.Carrier {
			return messagingtwilio.NewCarrier(l, messagingtwilio.Options{Client: out.twilio, PublicURL: out.public, Clock: clk})
		},
		business.CarrierTelnyx: func(_ *business.Business, l business.Line) messaging.Carrier {
			return messagingtelnyx.NewCarrier(l, messagingtelnyx.Options{Client: out.telnyx, PublicURL: out.public.String(), Clock: clk})
		},
		business.CarrierGateway: func(b *business.Business, l business.Line) messaging.Carrier {
			g := b.GatewayOf(&l)
			if g == nil {
				return nil
			}
			return httpgateway.NewCarrier(g, out.gateways)
		},
	}
	// The demo's numbers and credentials are fiction. Its texts are shown on the pages and go nowhere, unless a
	// stand-in for the carrier was named.
	stayHere := cfg.Demo && cfg.TwilioAPIURL == twilioapi.DefaultURL
	pretend := demo.NewCarrier()
	return func(b *business.Business, l business.Line) (messaging.Carrier, error) {
		if stayHere && demo.IsLine(l) {
			return pretend, nil
		}
		carrier, ok := byName[l.Carrier]
		if !ok {
			return nil, fmt.Errorf("line %s: no carrier is called %q", l.Number, l.Carrier)
		}
		c := carrier(b, l)
		if c == nil {
			return nil, fmt.Errorf("line %s: no gateway is called %q", l.Number, l.Gateway)
		}
		return c, nil
	}
}
