package followup

import (
	"fmt"
	"strings"

	"fixly/business"
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

// Ask asks the owner about a visit that waits for his yes; n is its number where several wait, else 0.
func (e english) Ask(v visit, n int) string {
	return e.waits("YES OR NO?", v) + " " + e.howToAnswer(n)
}

// AskAgain reminds him.
func (e english) AskAgain(v visit, n int) string {
	return e.waits("STILL WAITING FOR YOUR ANSWER:", v) + " " + e.howToAnswer(n)
}

// NobodyAnswered is the last that he hears of it before the visit.
func (e english) NobodyAnswered(v visit, n int) string {
	return e.waits("NOBODY HAS ANSWERED, and they are expecting to hear from you:", v) + " " + e.howToAnswer(n)
}

// CustomerSilent tells that a customer has not answered the owner's better time.
func (e english) CustomerSilent(v visit, n int) string {
	return e.waits("NO ANSWER to the other time you offered, so this is still open:", v) + " " + e.howToAnswer(n)
}

func (e english) waits(head string, v visit) string {
	parts := []string{e.who(v.Customer, ""), e.what(v), e.slot(v), e.place(v.Address)}
	if v.Urgency != scheduling.Routine && v.Urgency != "" {
		parts = append(parts, string(v.Urgency))
	}
	return fmt.Sprintf("%s %s. %s.", head, list(parts), contact.National(v.Phone))
}

// howToAnswer is what package approval understands.
func (english) howToAnswer(n int) string {
	if n == 0 {
		return `Reply Y to take it, N to decline, or a better time like "Wed 8".`
	}
	return fmt.Sprintf(`Reply Y %d to take it, N %d to decline, or a better time like "%d Wed 8".`, n, n, n)
}

// NameVisit names a visit to the owner in a few words: "Karen Whitfield, Tue Nov 24 8-10 am (Luis)".
func NameVisit(b *business.Business, j *scheduling.Job) string {
	v, e := visitOf(b, j, ""), english{}
	who := v.Customer
	if who == "" {
		who = contact.National(v.Phone)
	}
	return who + ", " + e.slot(v)
}

// NameWindow is the arrival window of a slot as the owner reads it: "Wed Nov 25 8-10 am (Luis)".
func NameWindow(b *business.Business, s scheduling.Slot) string {
	w := scheduling.Window(b, s)
	return english{}.slot(visit{From: w.From.In(b.Location()), To: w.To.In(b.Location()), Technician: s.Technician})
}
