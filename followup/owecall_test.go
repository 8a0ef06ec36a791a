package followup_test

import (
	"testing"
	"time"

	"fixly/ledger"
)

// TestWhoWasServedMeanwhileIsOwedNothing: a server was killed in the middle of a call, its caller rang again and booked or
// was answered, and only then the first call is ended.
func TestWhoWasServedMeanwhileIsOwedNothing(t *testing.T) {
	each(t, func(d *desk) {
		first := d.call("CA1", customer, ledger.Abandoned, ledger.ByReceptionist, "Leak repair", "")
		d.clock.Advance(2 * time.Minute)
		d.ended(d.call("CA2", customer, ledger.Answered, ledger.ByReceptionist, "asked for hours", ""))
		d.ended(first)
		d.want(d.owed())
		d.clock.Advance(time.Minute)
		d.ended(d.call("CA3", customer, ledger.Missed, ledger.ByNobody, "", ""))
		d.want(d.owed(), customer+" ")
	})
}

// TestABookingMeanwhile settles a call that is ended only after it.
func TestABookingMeanwhile(t *testing.T) {
	each(t, func(d *desk) {
		first := d.call("CA1", customer, ledger.Abandoned, ledger.ByReceptionist, "Leak repair", "")
		d.clock.Advance(2 * time.Minute)
		d.book("web", nil)
		d.ended(first)
		d.want(d.owed())
	})
}

// TestTheShopsPeopleAreNotTextedBack when nobody answers them, nor owed a call; the owner may try what his customers get.
func TestTheShopsPeopleAreNotTextedBack(t *testing.T) {
	each(t, func(d *desk) {
		d.ended(d.call("CA1", dana, ledger.Missed, ledger.ByNobody, "", ""))
		d.want(d.owed())
		for _, m := range d.messages() {
			if m.To == dana {
				t.Errorf("Dana is texted %q", m.Body)
			}
		}
	})
}
