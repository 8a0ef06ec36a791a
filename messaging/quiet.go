package messaging

import (
	"time"

	"fixly/business"
)

// heldAtNight are the kinds that quiet hours hold back until morning. The others answer what someone has just
// done (a reply, a text-back, a confirmation while they are in conversation), go to the owner, who wants to know
// within seconds, or cannot wait (an alert).
var heldAtNight = only(Reminder, FollowUp, Confirmation)

// holdUntil is when a text may leave because of quiet hours; zero for at once.
func (f *facts) holdUntil() time.Time {
	if f.Live || !heldAtNight(f.Kind) {
		return time.Time{}
	}
	return quietEnd(f.shop, f.now)
}

// quietEnd is the end of the quiet hours that t lies in, zero when it lies in none. Quiet hours are wall-clock
// times in the shop's zone and may pass midnight; on the days on which clocks change they keep their posted times.
func quietEnd(b *business.Business, t time.Time) time.Time {
	from, to, err := business.ParseSpan(b.FollowUps.QuietHours)
	if err != nil || from == to {
		return time.Time{} // none are set
	}
	t = t.In(b.Location())
	y, m, d := t.Date()
	// They began today or, when they pass midnight, yesterday.
	for _, day := range []int{d - 1, d} {
		begin := time.Date(y, m, day, 0, from, 0, 0, t.Location())
		end := time.Date(y, m, day, 0, to, 0, 0, t.Location())
		if to < from {
			end = time.Date(y, m, day+1, 0, to, 0, 0, t.Location())
		}
		if !t.Before(begin) && t.Before(end) {
			return end
		}
	}
	return time.Time{}
}
