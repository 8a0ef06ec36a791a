package month

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"fixly/business"
	"fixly/simulate"
)

// message is a text as the API lists it.
type message struct {
	ID        string    `json:"id"`
	Direction string    `json:"direction"`
	From      string    `json:"from"`
	To        string    `json:"to"`
	Body      string    `json:"body"`
	Kind      string    `json:"kind"`
	Status    string    `json:"status"`
	CreatedAt time.Time `json:"created_at"`
	SentAt    time.Time `json:"sent_at"`
}

// phoneCall is a call as the API lists it.
type phoneCall struct {
	ID        string    `json:"id"`
	From      string    `json:"from"`
	StartedAt time.Time `json:"started_at"`
	EndedAt   time.Time `json:"ended_at"`
	HandledBy string    `json:"handled_by"`
	Outcome   string    `json:"outcome"`
}

// judge reads what has become of the month and looks for what must never happen.
func (m *month) judge() (*Result, error) {
	calls, err := all[phoneCall](m, "/calls?")
	if err != nil {
		return nil, err
	}
	messages, err := all[message](m, "/messages?")
	if err != nil {
		return nil, err
	}
	jobs, err := all[job](m, "/jobs?")
	if err != nil {
		return nil, err
	}
	open, err := all[owed](m, "/callbacks?")
	if err != nil {
		return nil, err
	}
	r := &Result{Policy: m.policy, Calls: len(calls), Owed: len(open), Attempts: m.attempts, Minutes: m.spentTime.Minutes(), Complaints: m.complaints}
	for i := range calls {
		switch calls[i].HandledBy {
		case "person":
			r.ByPerson++
		case "receptionist":
			r.ByReceptionist++
		default:
			r.ByNobody++
		}
	}
	m.count(r, jobs)
	r.TextBack = textBacks(calls, messages)
	r.Wrong = slices.Concat(m.atNight(calls, messages, jobs), m.afterStop(messages), m.twice(messages), m.doubled(jobs),
		m.forgotten(calls, messages, jobs, open), m.rungWrongly(open))
	return r, nil
}

// count counts who was booked, and how.
func (m *month) count(r *Result, jobs []job) {
	visits := map[string]bool{}
	for _, j := range jobs {
		if j.Status == "booked" || j.Status == "completed" || j.Status == "tentative" {
			visits[j.Customer.Phone] = true
		}
	}
	for _, c := range m.customers {
		if !c.who.Goal().Bookable() {
			continue
		}
		r.Wanted++
		switch {
		case c.byCallback && c.booked:
			r.BookedByCallback++
		case c.byText:
			r.BookedByText++
		case c.booked || visits[c.reach()]:
			r.BookedInCall++
		case c.hired(m.end):
			r.Elsewhere++
		}
	}
	r.Booked = r.BookedInCall + r.BookedByText + r.BookedByCallback
	r.Value = float64(r.Booked) * m.assumed(visitValue)
}

// textBacks are how long after the end of their call people who were missed had a text.
func textBacks(calls []phoneCall, messages []message) Spread {
	var took []time.Duration
	for i := range messages {
		x := &messages[i]
		if x.Kind != "text_back" || x.SentAt.IsZero() {
			continue
		}
		var last time.Time
		for j := range calls {
			if c := &calls[j]; c.From == x.To && !c.EndedAt.After(x.CreatedAt) && c.EndedAt.After(last) {
				last = c.EndedAt
			}
		}
		if !last.IsZero() {
			took = append(took, x.SentAt.Sub(last))
		}
	}
	return spread(took)
}

// The hours between which nobody is texted who has not just called or written, in their own zone.
const (
	dayBegins = 8
	dayEnds   = 21
)

// justNow is how long after somebody called or wrote a text to them answers that.
const justNow = 15 * time.Minute

// atNight are texts that came at night to somebody who had not just called or written, nor given the number in a call.
func (m *month) atNight(calls []phoneCall, messages []message, jobs []job) []string {
	active := map[string][]time.Time{}
	for i := range calls {
		active[calls[i].From] = append(active[calls[i].From], calls[i].StartedAt, calls[i].EndedAt)
	}
	for i := range messages {
		if messages[i].Direction == "inbound" {
			active[messages[i].From] = append(active[messages[i].From], messages[i].CreatedAt)
		}
	}
	lives := map[string]time.Time{} // where the shop goes, as is known from an instant on
	for i := range jobs {
		if known, ok := lives[jobs[i].Customer.Phone]; !ok || jobs[i].CreatedAt.Before(known) {
			lives[jobs[i].Customer.Phone] = jobs[i].CreatedAt
		}
		if jobs[i].Source == "call" || jobs[i].Source == "text" {
			active[jobs[i].Customer.Phone] = append(active[jobs[i].Customer.Phone], jobs[i].CreatedAt)
		}
	}
	var wrong []string
	for i := range messages {
		x := &messages[i]
		if x.Direction != "outbound" || x.SentAt.IsZero() || m.isOurs(x.To) {
			continue
		}
		zone := m.zoneOf(x.To)
		if known, ok := lives[x.To]; ok && !known.After(x.SentAt) {
			zone = m.shop.Location() // wherever their telephone comes from
		}
		hour := x.SentAt.In(zone).Hour()
		if hour >= dayBegins && hour < dayEnds {
			continue
		}
		if !slices.ContainsFunc(active[x.To], func(t time.Time) bool { d := x.SentAt.Sub(t); return d >= 0 && d <= justNow }) {
			wrong = append(wrong, fmt.Sprintf("at night: %s to %s at %s: %.60q", x.Kind, x.To, x.SentAt.In(zone).Format("Mon 15:04 MST"), x.Body))
		}
	}
	return wrong
}

// zoneOf is the zone that a number lies in, as far as the simulated callers' area codes go; the shop's for all others.
func (m *month) zoneOf(number string) *time.Location {
	if len(number) > 5 {
		if name, ok := simulate.ZoneOfAreaCode(number[2:5]); ok {
			if loc, err := time.LoadLocation(name); err == nil {
				return loc
			}
		}
	}
	return m.shop.Location()
}

// isOurs says whether a number is one of the shop's people's.
func (m *month) isOurs(number string) bool {
	return number == m.shop.Profile.Owner.Phone || slices.ContainsFunc(m.shop.Answering.Chain, func(p business.Person) bool { return p.Phone == number })
}

// afterStop are texts to somebody who had said STOP.
func (m *month) afterStop(messages []message) []string {
	var wrong []string
	for i := range messages {
		x := &messages[i]
		c := m.phones[x.To]
		if x.Direction == "outbound" && c != nil && !c.stopped.IsZero() && x.Kind != "opt_out" && x.SentAt.After(c.stopped) {
			wrong = append(wrong, fmt.Sprintf("after STOP: %s to %s: %.60q", x.Kind, x.To, x.Body))
		}
	}
	return wrong
}

const halfDay = 12 * time.Hour

// twice are texts that the carrier took more often than once, or that say the same to a customer within half a day. (Two
// calls may well be told to the owner in the same words.)
func (m *month) twice(messages []message) []string {
	var wrong []string
	sent := 0
	calls := map[string]int{} // how often each customer was rung
	for _, x := range m.rung {
		calls[x.c.reach()]++
	}
	seen := map[string]time.Time{}
	for i := range slices.Backward(messages) {
		x := &messages[i]
		if x.Direction != "outbound" || x.SentAt.IsZero() {
			continue
		}
		sent++
		key := x.To + x.Kind + x.Body
		apart := halfDay
		switch {
		case x.Kind == "text_back": // who calls again is texted again
			apart = time.Hour
		case tellsOfCall(x): // and who is called again
			calls[x.To]--
			if calls[x.To] < 0 {
				wrong = append(wrong, fmt.Sprintf("texted without being called: %s: %.60q", x.To, x.Body))
			}
			continue
		}
		if before, ok := seen[key]; ok && x.Kind != "conversation" && !m.isOurs(x.To) && x.SentAt.Sub(before).Abs() < apart {
			wrong = append(wrong, fmt.Sprintf("twice: %s to %s: %.60q", x.Kind, x.To, x.Body))
		}
		seen[key] = x.SentAt
	}
	if n := len(m.carrier.texts); n != sent {
		wrong = append(wrong, fmt.Sprintf("the carrier took %d texts, and %d are known as sent", n, sent))
	}
	return wrong
}

// tellsOfCall says whether a text tells a customer who is about to call them.
func tellsOfCall(x *message) bool {
	return x.Kind == "follow_up" && (strings.Contains(x.Body, "about to call you") || strings.Contains(x.Body, "le va a llamar ahora"))
}

// doubled are visits of one technician at the same time.
func (m *month) doubled(jobs []job) []string {
	var wrong []string
	live := slices.DeleteFunc(slices.Clone(jobs), func(j job) bool { return j.Status == "cancelled" })
	slices.SortFunc(live, func(a, b job) int {
		if c := strings.Compare(a.Technician, b.Technician); c != 0 {
			return c
		}
		return a.StartsAt.Compare(b.StartsAt)
	})
	for i := 1; i < len(live); i++ {
		if a, b := live[i-1], live[i]; a.Technician == b.Technician && b.StartsAt.Before(a.EndsAt) {
			wrong = append(wrong, fmt.Sprintf("booked twice: %s at %s", a.Technician, b.StartsAt.Format(time.DateTime)))
		}
	}
	return wrong
}

// forgotten are callers who left with nothing and whom nobody owes a call, nor has tried, nor has served since.
func (m *month) forgotten(calls []phoneCall, messages []message, jobs []job, open []owed) []string {
	var wrong []string
	for i := range calls {
		c := &calls[i]
		who := m.phones[c.From]
		if c.Outcome != "abandoned" && c.Outcome != "missed" || who == nil || who.attempts > 0 || who.served {
			continue
		}
		if slices.ContainsFunc(open, func(o owed) bool { return o.Phone == c.From }) ||
			slices.ContainsFunc(jobs, func(j job) bool { return j.Customer.Phone == c.From }) ||
			slices.ContainsFunc(calls, func(o phoneCall) bool { return o.From == c.From && o.StartedAt.After(c.StartedAt) }) ||
			slices.ContainsFunc(messages, func(x message) bool { return x.From == c.From && x.CreatedAt.After(c.EndedAt) }) {
			continue
		}
		wrong = append(wrong, fmt.Sprintf("forgotten: %s, who called at %s (%s)", c.From, c.StartedAt.In(m.shop.Location()).Format("Jan 2 15:04"), c.Outcome))
	}
	return wrong
}

// rungWrongly are calls that were placed twice, customers who were rung at night, and those who are owed a call though they
// want none.
func (m *month) rungWrongly(open []owed) []string {
	var wrong []string
	placed := map[string]bool{}
	for _, p := range m.carrier.calls {
		if placed[p.answer] {
			wrong = append(wrong, fmt.Sprintf("placed twice: a call to %s at %s", p.to, p.at.Format(time.DateTime)))
		}
		placed[p.answer] = true
	}
	for _, x := range m.rung {
		if at := x.at.In(m.zoneOf(x.c.reach())); at.Hour() < dayBegins || at.Hour() >= dayEnds {
			wrong = append(wrong, fmt.Sprintf("at night: %s is rung at %s", x.c.reach(), at.Format("Mon 15:04 MST")))
		}
	}
	for _, o := range open {
		if c := m.phones[o.Phone]; c != nil && c.noCalls {
			wrong = append(wrong, fmt.Sprintf("owed: a call to %s, who wants none", o.Phone))
		}
	}
	return wrong
}
