package followup

import (
	"fmt"
	"strings"

	"fixly/contact"
	"fixly/scheduling"
)

// What the owner reads of visits whose time did not hold.

// Taken tells the owner that the time of a visit proved taken, what is in its way (empty where that isn't known), and what
// the customer was offered by text.
func (e english) Taken(v visit, inTheWay string, offered []scheduling.Interval) string {
	way := "your calendar is busy then"
	if inTheWay != "" {
		way = fmt.Sprintf("\"%s\" is in your calendar then", oneLine(inTheWay, 60))
	}
	then := "Nothing else is open: please call them."
	if len(offered) > 0 {
		var times []string
		for _, x := range offered {
			times = append(times, e.slot(visit{From: x.From, To: x.To}))
		}
		then = "I texted them " + strings.Join(times, ", ") + "."
	}
	return fmt.Sprintf("TIME TAKEN: %s, %s, %s: %s. %s %s", e.who(v.Customer, ""), v.Service, e.slot(v), way, then, contact.National(v.Phone))
}

// TellThem asks the owner to tell a customer of a change, who can't be texted for a reason.
func (e english) TellThem(change string, v visit, why string) string {
	what := map[string]string{
		OfferMoved: "is now", OfferCancelled: "is cancelled, it was", OfferDeclined: "is declined, it was", OfferTaken: "clashes with your calendar,",
		OfferBetterTime: "waits for another time, it is",
	}[change]
	return fmt.Sprintf("PLEASE CALL %s: their %s visit %s %s. I can't text them: %s", e.who(v.Customer, v.Phone), v.Service, what, e.slot(v), sentence(why))
}
