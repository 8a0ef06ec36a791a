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
	OnMyWay  Rule = "on_my_way" // when the technician sets out
	Seasonal Rule = "seasonal"  // when it is the time of year for work that was done before
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
	// Late is how long after it was due it is still sent; 0: as the rule's stops say.
	late  time.Duration
	write func(ctx context.Context, tx Tx, d *due) (messaging.Message, error)
	// Then plans the next of the cadence, once one was sent; nil: there is none.
	then func(ctx context.Context, tx Tx, d *due) error
}

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
