package ownerdesk

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"fixly/business"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
)

const howToBlock = `Say when: "block fri 1-5pm", "block tomorrow morning", "block dec 24 luis".`

// block keeps a time free of visits: "block fri pm", "block dec 24 luis". It tells which visits lie in it; they stay where
// they are until somebody moves them.
func (t *text) block(ctx context.Context, rest string) (string, error) {
	whose, words := t.whose(rest)
	u := t.Understand(t.b, words, understanding.AskedWhen, t.now)
	w := u.When
	switch {
	case w.Impossible != "":
		return "There is no " + w.Impossible + ". " + howToBlock, nil
	case len(w.Wanted) != 1 || w.Wanted[0].From.IsZero() || w.Wanted[0].To.IsZero():
		return howToBlock, nil
	case w.Kind == understanding.TimeMoment:
		return fmt.Sprintf(`From %s until when? Say both: "block %s-...".`, clockTime(t, w.Wanted[0].From), strings.TrimSpace(words)), nil
	}
	from, to := w.Wanted[0].From.In(t.b.Location()), w.Wanted[0].To.In(t.b.Location())
	b := builtin.Block{Technician: whose, Event: calendar.Event{Start: from, End: to, AllDay: isMidnight(from) && isMidnight(to)}}
	if _, err := builtin.Add(ctx, t.tx, t.b, b, 1); err != nil {
		var wrong *builtin.Wrong
		if errors.As(err, &wrong) {
			return "That can't be blocked: " + wrong.Error() + ".", nil
		}
		return "", err
	}
	in, err := t.visitsIn(ctx, whose, scheduling.Interval{From: from, To: to})
	if err != nil {
		return "", err
	}
	return "Blocked: " + t.stretch(b) + " for " + t.nameOf(whose) + "." + in, nil
}

// whose says whose time a text is about, and gives the words without the name. A technician blocks his own, the owner
// everybody's unless he names somebody.
func (t *text) whose(words string) (technician, rest string) {
	if !t.from.Owner {
		return t.from.Technician, words
	}
	var kept []string
	for _, w := range strings.Fields(words) {
		if m := t.member(w); m != nil && technician == "" {
			technician = m.Name
			continue
		}
		if lower := strings.ToLower(w); lower == "me" && t.from.Technician != "" {
			technician = t.from.Technician
			continue
		}
		kept = append(kept, w)
	}
	return technician, strings.Join(kept, " ")
}

// member is who of the team has a word as one of their names; nil when nobody has.
func (t *text) member(word string) *business.Member {
	word = strings.Trim(word, ".,:!")
	for i := range t.b.Team {
		for _, n := range strings.Fields(t.b.Team[i].Name) {
			if strings.EqualFold(n, word) {
				return &t.b.Team[i]
			}
		}
	}
	return nil
}

// visitsIn tells of the visits that are in the way of a block; empty where there are none.
func (t *text) visitsIn(ctx context.Context, whose string, x scheduling.Interval) (string, error) {
	jobs, err := t.tx.ListJobs(ctx, t.b.ID, scheduling.JobFilter{From: x.From.AddDate(0, 0, -scheduling.LongestWork), To: x.To})
	if err != nil {
		return "", err
	}
	var lines []string
	for i := range jobs {
		j := &jobs[i]
		if j.Live() && (whose == "" || j.Slot.Takes(whose)) && j.Slot.Start.Before(x.To) && j.Slot.End.After(x.From) {
			lines = append(lines, j.Slot.Start.In(t.b.Location()).Format("Mon Jan 2")+" "+t.line(j))
		}
	}
	switch len(lines) {
	case 0:
		return "", nil
	case 1:
		return "\nOne visit lies in it and stays until you move it: " + lines[0] + ".", nil
	}
	return fmt.Sprintf("\n%d visits lie in it and stay until you move them:\n%s", len(lines), strings.Join(lines, "\n")), nil
}

func (t *text) nameOf(technician string) string {
	if technician == "" {
		return "everybody"
	}
	first, _, _ := strings.Cut(technician, " ")
	return first
}

// stretch is a blocked time as people write it: "Fri Nov 27 12-5 pm", "Thu Dec 24".
func (t *text) stretch(b builtin.Block) string {
	day := b.Start.Format("Mon Jan 2")
	last := b.End.Add(-time.Nanosecond)
	switch sameDay := b.Start.Format(time.DateOnly) == last.Format(time.DateOnly); {
	case b.AllDay && sameDay:
		return day
	case b.AllDay:
		return day + " to " + last.Format("Mon Jan 2")
	case sameDay:
		return day + " " + t.window(b.Start, b.End)
	}
	return day + " " + clockTime(t, b.Start) + " to " + b.End.Format("Mon Jan 2") + " " + clockTime(t, b.End)
}

func isMidnight(t time.Time) bool { return t.Hour() == 0 && t.Minute() == 0 }
