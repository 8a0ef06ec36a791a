package ownerdesk

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling"
)

// lateBy are the minutes, and whose visit: "20", "20 min karen", "karen 20".
var lateBy = regexp.MustCompile(`(?i)\b(\d{1,3})\s*(minutes|minute|mins|min|m)?\b`)

// The bounds of being late, in minutes: beyond them a visit is moved instead.
const (
	leastLate = 5
	mostLate  = 180
)

// late tells the customer of the visit under way, or of the next one, that somebody comes some minutes late, and moves the
// end of the arrival window that they were promised.
func (t *text) late(ctx context.Context, rest string) (string, error) {
	m := lateBy.FindStringSubmatchIndex(rest)
	minutes := 0
	if m != nil {
		minutes, _ = strconv.Atoi(rest[m[2]:m[3]])
	}
	if minutes < leastLate || minutes > mostLate {
		return fmt.Sprintf(`By how many minutes, from %d to %d? Say "late 20".`, leastLate, mostLate), nil
	}
	name := strings.TrimSpace(rest[:m[0]] + " " + rest[m[1]:])
	jobs, err := t.live(ctx)
	if err != nil {
		return "", err
	}
	coming := slices.DeleteFunc(slices.Clone(jobs), func(j scheduling.Job) bool {
		return !j.Slot.End.After(t.now) || j.Status != scheduling.StatusBooked
	})
	if len(coming) == 0 {
		return "No visit is left today.", nil
	}
	if name == "" {
		coming = nextOfEach(coming)
	}
	j, help := t.choose(coming, name, fmt.Sprintf("late %d", minutes))
	if j == nil {
		return help, nil
	}
	return t.tellLate(ctx, j, time.Duration(minutes)*time.Minute, jobs)
}

// nextOfEach are the first of each technician's visits.
func nextOfEach(jobs []scheduling.Job) []scheduling.Job {
	seen := map[string]bool{}
	var out []scheduling.Job
	for _, j := range jobs {
		if !seen[j.Slot.Technician] {
			out = append(out, j)
		}
		seen[j.Slot.Technician] = true
	}
	return out
}

func (t *text) tellLate(ctx context.Context, j *scheduling.Job, late time.Duration, jobs []scheduling.Job) (string, error) {
	if err := t.tx.LockCalendar(ctx, t.b.ID); err != nil { // what is read is written again, whole
		return "", err
	}
	j, err := t.tx.Job(ctx, t.b.ID, j.ID)
	if err != nil {
		return "", err
	}
	if !j.Live() {
		return "That one is settled already.", nil
	}
	j.WindowEnd, j.UpdatedAt = j.WindowEnd.Add(late), t.now
	if err := t.tx.UpdateJob(ctx, j); err != nil {
		return "", err
	}
	if err := t.tx.TellLate(ctx, j, int(late/time.Minute), t.key); err != nil {
		return "", err
	}
	reply := fmt.Sprintf("I tell %s: about %d minutes late, by %s at the latest.", firstName(j), int(late/time.Minute), clockTime(t, j.WindowEnd))
	for i := range jobs {
		next := &jobs[i]
		if next.ID != j.ID && next.Slot.Technician == j.Slot.Technician && next.Slot.Start.After(j.Slot.Start) {
			if end := j.Slot.End.Add(late); end.After(next.WindowEnd) {
				reply += " That can't end before the window of the next: " + t.line(next) + "."
			} else if end.After(next.Slot.Start) {
				reply += " It runs into the next: " + t.line(next) + "."
			}
			break
		}
	}
	return reply, nil
}

func clockTime(t *text, at time.Time) string {
	at = at.In(t.b.Location())
	return hour(at) + " " + at.Format("pm")
}
