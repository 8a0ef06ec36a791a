package followup

import (
	"context"
	"slices"
	"time"

	"fixly/business"
	"fixly/messaging"
	"fixly/scheduling"
)

// Rule names a kind of follow-up.
type Rule string

// The rules.
const (
	Reminder Rule = "reminder"  // some time before a visit
	Nudge    Rule = "nudge"     // to who stopped answering texts in the middle of a booking
	Lead     Rule = "lead"      // days after a call or a thread that came to nothing
	Estimate Rule = "estimate"  // days after the visit for a price, while no work is booked
	Review   Rule = "review"    // after a visit that is completed
	Seasonal Rule = "seasonal"  // at the time of year at which work that they had is due again
	OnMyWay  Rule = "on_my_way" // when the technician sets out
)

// rule is all that there is to a kind of follow-up: what plans it stands beside each.
type rule struct {
	name Rule
	// Says is what it does, and Unless when it doesn't, for the owner.
	says, unless string
	why          messaging.Reason // why it is sent
	kind         messaging.Kind
	on           func(f *business.FollowUps) bool
	stops        []stop // asked in this order as it is due; the first that holds is the reason why it is dropped
	// Brings: it is waited for at this moment, whoever is talking with them.
	brings bool
	// Late is how long after it was due it is still sent; 0: as the rule's stops say.
	late  time.Duration
	write func(ctx context.Context, tx Tx, d *due) (messaging.Message, error)
	// Mail is the same as an e-mail, for who can't be texted; nil: there is none.
	mail func(w words, d *due, unsubscribe string) (title, body string)
	// Ready is when it is due by now, where that moves; nil: when it was planned for.
	ready func(ctx context.Context, tx Tx, d *due) (time.Time, error)
	// Then plans the next of the cadence, once one was sent; nil: there is none.
	then func(ctx context.Context, tx Tx, d *due) error
}

const day = 24 * time.Hour

// rules is the list of them, in the order in which they are told.
func rules() []rule {
	return []rule{
		{
			name: Reminder, why: messaging.VisitAhead, kind: messaging.Reminder, write: writeReminder,
			says:   "Reminds of a visit before it begins. The answer confirms it, moves it or calls it off. One that is due at night goes out the evening before.",
			unless: "the visit was moved, is off or has begun, or they were told of it shortly before",
			on:     func(f *business.FollowUps) bool { return len(f.Reminder) > 0 },
			stops:  []stop{visitOff, visitMoved, visitBegan, reminderLate},
		},
		{
			name: OnMyWay, why: messaging.OnTheWay, kind: messaging.OnMyWay, write: writeOnMyWay, late: 30 * time.Minute, brings: true,
			says:   "Tells that the technician is on the way, with about when they will be there, when one of you says so.",
			unless: "the visit was moved, or is off",
			on:     func(*business.FollowUps) bool { return true },
			stops:  []stop{visitOff, visitMoved},
		},
		{
			name: Nudge, why: messaging.WentSilent, kind: messaging.Nudge, write: writeNudge, late: day, ready: silentSince,
			says:   "Asks once more for what is missing when somebody stops answering in the middle of a booking by text.",
			unless: "the booking is done, or they said that they don't want it",
			on:     func(f *business.FollowUps) bool { return f.Nudge > 0 },
			stops:  []stop{nothingMissing},
		},
		{
			name: Lead, why: messaging.NotBooked, kind: messaging.Lead, write: writeLead, then: nextLead, late: 3 * day,
			says:   "Asks who called or wrote and did not book whether the work is still needed, with times that are open.",
			unless: "they have booked, called or written since, or you have called them back",
			on:     func(f *business.FollowUps) bool { return len(f.Leads) > 0 },
			stops:  []stop{bookedSince, inTouch, calledBack},
		},
		{
			name: Estimate, why: messaging.EstimateOpen, kind: messaging.Estimate, write: writeEstimate, then: nextEstimate, late: 3 * day,
			says:   "Asks after the visit for an estimate whether the work is to be done.",
			unless: "they have booked, called or written since, or complained",
			on:     func(f *business.FollowUps) bool { return len(f.Estimates) > 0 },
			stops:  []stop{notCompleted, bookedSince, inTouch, complained},
		},
		{
			name: Review, why: messaging.VisitDone, kind: messaging.Review, write: writeReview, mail: mailReview, late: 3 * day,
			says:   "Asks for a review once a visit is completed, at most twice a year.",
			unless: "they complained",
			on:     func(f *business.FollowUps) bool { return f.ReviewLink != "" },
			stops:  []stop{notCompleted, complained, askedLately},
		},
		{
			name: Seasonal, why: messaging.TimeAgain, kind: messaging.Seasonal, write: writeSeasonal, late: 14 * day, ready: seasonBegins,
			says:   "Offers work again to who had it, when its season begins or so many months after, once for each visit. Only to who has agreed in writing to it.",
			unless: "they have a visit ahead, the work was done again, they complained, or they have not agreed in writing",
			on:     func(f *business.FollowUps) bool { return len(f.Seasonal) > 0 },
			stops:  []stop{notCompleted, outOfSeason, bookedAhead, doneSince, complained, remindedLately},
		},
	}
}

// findRule gives a rule by its name; nil where there is none, such as one of a newer version.
func findRule(name Rule) *rule {
	all := rules()
	if i := slices.IndexFunc(all, func(r rule) bool { return r.name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// due is a follow-up whose time has come, with what the rules look at.
type due struct {
	*Deps
	shop *business.Business
	plan *Planned
	rule *rule
	now  time.Time
	from string          // the line that it leaves by
	job  *scheduling.Job // nil for one that is about no visit
}

// stop says why a follow-up is not to be sent any more; empty: nothing speaks against it.
type stop func(ctx context.Context, tx Tx, d *due) (messaging.Reason, error)

// visitOff: the visit doesn't take place, or is not certain to.
func visitOff(_ context.Context, _ Tx, d *due) (messaging.Reason, error) {
	if d.job == nil || d.job.Status != scheduling.StatusBooked {
		return messaging.VisitOff, nil
	}
	return "", nil
}

func visitMoved(_ context.Context, _ Tx, d *due) (messaging.Reason, error) {
	if d.job.Slot.Start.UnixMilli() != d.plan.Since.UnixMilli() || d.job.Customer.Phone != d.plan.Phone {
		return messaging.VisitMoved, nil
	}
	return "", nil
}

func visitBegan(_ context.Context, _ Tx, d *due) (messaging.Reason, error) {
	if !d.now.Before(d.job.Slot.Start) {
		return messaging.VisitBegan, nil
	}
	return "", nil
}
