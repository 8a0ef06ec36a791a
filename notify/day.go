package notify

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/callbacks"
	"fixly/contact"
	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// aDay is what the brief of a day tells.
type aDay struct {
	shop      *business.Business
	today     time.Time // its midnight, in the shop's zone
	calls     []telephony.Call
	owed      []callbacks.Callback // the longest owed first
	visits    []scheduling.Job
	asked     []followup.Approval          // visits that wait for the owner's yes
	questions []receptionist.OwnerQuestion // of customers, for the owner
	texts     []messaging.Message          // that nobody has answered
}

// unansweredFor is how old a text may be that nobody has answered; older ones were left on purpose.
const unansweredFor = 7 * 24 * time.Hour

// read reads it as things are, but for what came up after its time: one that is written late tells no other news. at is in
// the shop's zone.
func (w *writeBriefs) read(ctx context.Context, tx Tx, b *business.Business, at time.Time) (d aDay, err error) {
	y, m, day := at.Date()
	d.shop, d.today = b, time.Date(y, m, day, 0, 0, 0, 0, at.Location())
	if d.calls, err = tx.ListCalls(ctx, b.ID, telephony.CallFilter{From: d.today.AddDate(0, 0, -1), To: d.today}); err != nil {
		return d, err
	}
	if d.owed, err = tx.Callbacks(ctx, b.ID); err != nil {
		return d, err
	}
	d.owed = slices.DeleteFunc(d.owed, func(c callbacks.Callback) bool { return c.MissedAt.After(at) })
	slices.SortFunc(d.owed, func(x, y callbacks.Callback) int { return x.MissedAt.Compare(y.MissedAt) })
	if d.visits, err = tx.ListJobs(ctx, b.ID, scheduling.JobFilter{From: d.today, To: d.today.AddDate(0, 0, 1)}); err != nil {
		return d, err
	}
	d.visits = slices.DeleteFunc(d.visits, func(j scheduling.Job) bool { return !j.Live() || j.CreatedAt.After(at) })
	if d.asked, err = tx.OpenApprovals(ctx, b.ID, at); err != nil {
		return d, err
	}
	d.asked = slices.DeleteFunc(d.asked, func(a followup.Approval) bool { return a.AskedAt.After(at) })
	if d.questions, err = tx.OpenOwnerQuestions(ctx, b.ID); err != nil {
		return d, err
	}
	d.questions = slices.DeleteFunc(d.questions, func(q receptionist.OwnerQuestion) bool { return q.AskedAt.After(at) })
	threads, err := tx.Threads(ctx, b.ID, maxThreads)
	d.texts = slices.DeleteFunc(threads, func(m messaging.Message) bool { return !unanswered(b, &m, at) })
	return d, err
}

// maxThreads is how many threads are looked at for texts that nobody has answered.
const maxThreads = 200

// unanswered says whether the last text of a thread is a customer's that somebody should answer.
func unanswered(b *business.Business, m *messaging.Message, now time.Time) bool {
	age := now.Sub(m.CreatedAt)
	return m.Direction == messaging.Inbound && age >= 0 && age < unansweredFor &&
		m.From != b.Profile.Owner.Phone && b.StaffByPhone(m.From) == nil && !b.IsBlocked(m.From) &&
		messaging.Reason(m.Reason) != messaging.OptOutWord && messaging.Reason(m.Reason) != messaging.CarrierDidIt
}

// body is the text of the brief; empty where there is nothing to say.
func (d *aDay) body(deps Deps) string {
	return strings.Join(slices.DeleteFunc([]string{
		yesterday(d.calls, d.today.AddDate(0, 0, -1)), owes(d.shop, d.owed), d.waits(deps), visiting(d.shop, d.visits, d.today),
	}, func(s string) bool { return s == "" }), "\n")
}

// waits lists what waits for the owner beside calls.
func (d *aDay) waits(deps Deps) string {
	if len(d.asked)+len(d.questions)+len(d.texts) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("NOT ANSWERED\n")
	for _, a := range d.asked {
		fmt.Fprintf(&out, "- A visit on %s waits for your yes: %s\n", a.Start.In(d.shop.Location()).Format("Mon, Jan 2, 3:04 PM"), deps.link(d.shop, "/jobs/"+a.JobID))
	}
	for _, q := range d.questions {
		fmt.Fprintf(&out, "- %s asks: %s\n", contact.National(q.Peer), oneLine(q.Question))
	}
	for _, m := range d.texts {
		fmt.Fprintf(&out, "- %s texted, %s: %s\n", contact.National(m.From), m.CreatedAt.In(d.shop.Location()).Format("Mon 3:04 PM"), oneLine(m.Body))
	}
	return out.String()
}

// oneLine puts somebody's words on a line, cut to what a brief has room for.
func oneLine(words string) string { return short(strings.Join(strings.Fields(words), " "), 120) }

// outcomes are what came of calls, in the order in which the brief names them.
var outcomes = []struct {
	outcome ledger.Outcome
	words   string
}{
	{ledger.Booked, "booked"},
	{ledger.Rescheduled, "moved a visit"},
	{ledger.Cancelled, "cancelled a visit"},
	{ledger.Answered, "answered"},
	{ledger.Transferred, "put through"},
	{ledger.Message, "left a message"},
	{ledger.Abandoned, "hung up"},
	{ledger.Missed, "missed"},
	{ledger.Spam, "spam"},
}

// yesterday tells how many called and what came of it; nothing where nobody did.
func yesterday(calls []telephony.Call, day time.Time) string {
	n, of := 0, map[ledger.Outcome]int{}
	for _, c := range calls {
		if c.Direction == "inbound" && !c.EndedAt.IsZero() {
			of[c.Outcome]++
			n++
		}
	}
	if n == 0 {
		return ""
	}
	var parts []string
	for _, o := range outcomes {
		if of[o.outcome] > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", of[o.outcome], o.words))
		}
	}
	return fmt.Sprintf("YESTERDAY, %s\n%s: %s.\n", day.Format("Monday, Jan 2"), counted(n, "call"), strings.Join(parts, ", "))
}

// owes lists who is still owed a call, in their order.
func owes(b *business.Business, owed []callbacks.Callback) string {
	if len(owed) == 0 {
		return ""
	}
	var out strings.Builder
	out.WriteString("STILL TO CALL BACK\n")
	for _, c := range owed {
		name := c.Name
		if name != "" {
			name += ", "
		}
		fmt.Fprintf(&out, "- %s%s, since %s", name, contact.National(c.Phone), c.MissedAt.In(b.Location()).Format("Mon 3:04 PM"))
		if c.Reason != "" {
			out.WriteString(": " + oneLine(c.Reason))
		}
		out.WriteString("\n")
	}
	return out.String()
}

// visiting lists the visits of a day, by their start.
func visiting(b *business.Business, visits []scheduling.Job, day time.Time) string {
	if len(visits) == 0 {
		return ""
	}
	var out strings.Builder
	fmt.Fprintf(&out, "TODAY, %s\n", day.Format("Monday, Jan 2"))
	for _, j := range visits {
		fmt.Fprintf(&out, "- %s to %s: %s, %s, %s (%s)", j.Slot.Start.In(b.Location()).Format("3:04"), j.WindowEnd.In(b.Location()).Format("3:04 PM"),
			j.Service, j.Customer.Name, strings.TrimSpace(j.Address.Line1+" "+j.Address.Unit+" "+j.Address.ZIP), j.Slot.Technician)
		if j.Status == scheduling.StatusTentative {
			out.WriteString(", waits for your yes")
		}
		out.WriteString("\n")
	}
	return out.String()
}
