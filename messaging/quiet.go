package messaging

import "time"

// heldAtNight are the kinds that quiet hours hold back until morning. The others answer what someone has just
// done (a reply, a text-back, a confirmation while they are in conversation), go to the owner, who wants to know
// within seconds, or cannot wait (an alert).
var heldAtNight = only(Reminder, FollowUp, Confirmation)

// holdUntil is when a text may leave because of quiet hours; zero for at once.
func (f *facts) holdUntil() time.Time {
	if f.Live || !heldAtNight(f.Kind) || !f.shop.QuietHours(f.now) {
		return time.Time{}
	}
	return f.shop.NextAllowed(f.now)
}
