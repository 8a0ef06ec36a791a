package app

import (
	"fmt"

	"fixly/business"
	"fixly/callbacks"
	"fixly/clock"
	"fixly/config"
	"fixly/demo"
	"fixly/followup"
	"fixly/forwarding"
	"fixly/oncall"
	"fixly/store"
	"fixly/telephony"
	telephonytelnyx "fixly/telephony/telnyx"
	telephonytwilio "fixly/telephony/twilio"
	"fixly/twilioapi"
)

// placers lists who places calls, by the carrier that a line names in the business file. A new carrier is a line here
// and a telephony.Placer in its folder under telephony.
func placers(cfg config.Config, out outward, clk clock.Clock) followup.Placers {
	byName := map[string]func(business.Line) telephony.Placer{
		business.CarrierTwilio: func(l business.Line) telephony.Placer {
			return telephonytwilio.NewPlacer(l, telephonytwilio.PlacerOptions{Client: out.twilio, PublicURL: out.public, Clock: clk})
		},
		business.CarrierTelnyx: func(l business.Line) telephony.Placer {
			return telephonytelnyx.NewPlacer(l, telephonytelnyx.PlacerOptions{Client: out.telnyx, PublicURL: out.public, Clock: clk})
		},
	}
	stayHere := cfg.Demo && cfg.TwilioAPIURL == twilioapi.DefaultURL // as for texts, see carriers
	return func(l business.Line) (telephony.Placer, error) {
		if stayHere && demo.IsLine(l) {
			return demo.Placer{}, nil
		}
		p, ok := byName[l.Carrier]
		if !ok || !l.PlacesCalls() {
			return nil, fmt.Errorf("line %s: no calls can be placed from it", l.Number)
		}
		return p(l), nil
	}
}

// newForwarding makes what tests whether calls are forwarded to us.
func newForwarding(db *store.DB, clk clock.Clock) *forwarding.Desk {
	return &forwarding.Desk{
		Storage: db.Forwarding(), Clock: clk, Tx: func(tx telephony.CallingTx) (forwarding.Tx, error) { return storeTx(tx) },
	}
}

// switchboard lists what we place calls for. A new purpose is a line here and a telephony.Script in its room.
func switchboard(db *store.DB, clk clock.Clock, forwarded *forwarding.Desk) *telephony.Switchboard {
	return &telephony.Switchboard{Storage: db.Calling(), Clock: clk, Scripts: map[telephony.Purpose]telephony.Script{
		callbacks.Purpose:  callbacks.Script{Clock: clk, Tx: func(tx telephony.CallingTx) (callbacks.Tx, error) { return storeTx(tx) }},
		oncall.Purpose:     oncall.Script{Clock: clk, Tx: func(tx telephony.CallingTx) (oncall.Tx, error) { return storeTx(tx) }},
		forwarding.Purpose: forwarding.Script{Desk: forwarded},
	}}
}
