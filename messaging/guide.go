package messaging

import (
	"fmt"

	"fixly/business"
)

// Guide is what a carrier's form for registering a line asks for, in the words of a shop. Sources:
// https://www.twilio.com/docs/messaging/compliance/a2p-10dlc and https://www.twilio.com/docs/messaging/compliance/toll-free
type Guide struct {
	Description string   // what the texts are for
	OptIn       string   // how people come to be texted
	Samples     []string // as they go out
}

// GuideFor words the form for a shop.
func GuideFor(b *business.Business) Guide {
	shop := b.Profile.Name
	own := b.Profile.TextBack
	if own == "" {
		own = fmt.Sprintf("Hi, this is %s. Sorry we missed your call. What can we help with?", shop)
	}
	service := "visit"
	if len(b.Services) > 0 {
		service = b.Services[0].Name
	}
	return Guide{
		Description: fmt.Sprintf("%s answers customers who called or texted it, confirms the visits they book, reminds them of these, and tells them when somebody is on the way. "+
			"Customers write back to book, move or cancel.", shop),
		OptIn: fmt.Sprintf("Customers start the conversation: they call or text %s, or book on its page and give their number for texts about the visit. "+
			"Every first text names the business; confirmations say that STOP ends texts. No lists are bought, and numbers are given to nobody.", shop),
		Samples: []string{
			own,
			fmt.Sprintf("You're booked with %s: Tuesday, Nov 24 between 8 and 10 AM. %s at 1842 North Damen Avenue 60647. To change it, just text back. STOP ends texts.", shop, service),
			english{}.Help(shop, "the number you called"),
			english{}.Stopped(shop),
		},
	}
}
