package ownerdesk

import (
	"context"
	"strings"
	"time"

	"fixly/contact"
	"fixly/scheduling"
)

func (t *text) today(ctx context.Context, _ string) (string, error) { return t.day(ctx, "Today", 0) }

func (t *text) tomorrow(ctx context.Context, _ string) (string, error) {
	return t.day(ctx, "Tomorrow", 1)
}

// day lists the visits of a day, a line each.
func (t *text) day(ctx context.Context, name string, days int) (string, error) {
	from := t.midnight(days)
	jobs, err := t.on(ctx, from)
	if err != nil {
		return "", err
	}
	head := name + ", " + from.Format("Mon Jan 2")
	if len(jobs) == 0 {
		return head + ": no visits.", nil
	}
	lines := []string{head + ":"}
	for i := range jobs {
		lines = append(lines, t.line(&jobs[i]))
	}
	return strings.Join(lines, "\n"), nil
}

// line is a visit in a line: when, who, what, where, and who goes there.
func (t *text) line(j *scheduling.Job) string {
	who := j.Customer.Name
	if who == "" {
		who = contact.National(j.Customer.Phone)
	}
	parts := []string{t.window(j.Slot.Start, j.WindowEnd) + " " + who, j.Service}
	if j.Address.Line1 != "" {
		parts = append(parts, j.Address.Line1)
	}
	s := strings.Join(parts, ", ")
	if t.from.Owner && j.Slot.Technician != "" {
		first, _, _ := strings.Cut(j.Slot.Technician, " ")
		s += " (" + first + ")"
	}
	switch j.Status {
	case scheduling.StatusTentative:
		s += ", waits for your yes"
	case scheduling.StatusCompleted:
		s += ", done"
	}
	return s
}

// window is a stretch of one day by the shop's clock: "8-10 am", "11:30 am-1 pm".
func (t *text) window(from, to time.Time) string {
	from, to = from.In(t.b.Location()), to.In(t.b.Location())
	if from.Format("pm") == to.Format("pm") {
		return hour(from) + "-" + hour(to) + " " + to.Format("pm")
	}
	return hour(from) + " " + from.Format("pm") + "-" + hour(to) + " " + to.Format("pm")
}

func hour(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3")
	}
	return t.Format("3:04")
}
