package ownerdesk

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"fixly/scheduling"
)

// midnight is the beginning of a day in the shop's zone, some days from now.
func (t *text) midnight(days int) time.Time {
	y, m, d := t.now.In(t.b.Location()).Date()
	return time.Date(y, m, d+days, 0, 0, 0, 0, t.b.Location())
}

// on lists the visits that begin on a day, by start: all of them for the owner, a technician's own otherwise.
func (t *text) on(ctx context.Context, day time.Time) ([]scheduling.Job, error) {
	jobs, err := t.tx.ListJobs(ctx, t.b.ID, scheduling.JobFilter{From: day, To: day.AddDate(0, 0, 1)})
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(jobs, func(j scheduling.Job) bool {
		return j.Status == scheduling.StatusCancelled || !t.from.Owner && !j.Slot.Takes(t.from.Technician)
	}), nil
}

// today's visits that are still on.
func (t *text) live(ctx context.Context) ([]scheduling.Job, error) {
	jobs, err := t.on(ctx, t.midnight(0))
	return slices.DeleteFunc(jobs, func(j scheduling.Job) bool { return !j.Live() }), err
}

// choose picks the visit that a command is about: the one whose customer is named, or else the only one, or the sender's own
// among several. help asks which one where that isn't clear; then there is no visit.
func (t *text) choose(jobs []scheduling.Job, name, example string) (j *scheduling.Job, help string) {
	if name != "" {
		jobs = named(jobs, name)
		if len(jobs) == 0 {
			return nil, "There is no visit to " + name + " today that this could be about."
		}
	}
	if mine := slices.DeleteFunc(slices.Clone(jobs), func(j scheduling.Job) bool { return t.from.Technician == "" || !j.Slot.Takes(t.from.Technician) }); len(mine) > 0 {
		jobs = mine
	}
	technicians := map[string]bool{}
	for i := range jobs {
		technicians[jobs[i].Slot.Technician] = true
	}
	if len(technicians) < 2 || name != "" && len(jobs) == 1 {
		return &jobs[0], ""
	}
	slices.SortFunc(jobs, func(a, b scheduling.Job) int {
		return cmp.Or(a.Slot.Start.Compare(b.Slot.Start), cmp.Compare(a.Customer.Name, b.Customer.Name))
	})
	var lines []string
	for i := range jobs {
		lines = append(lines, t.line(&jobs[i]))
	}
	return nil, "Which one?\n" + strings.Join(lines, "\n") + "\nSay the name, too: \"" + example + " " + strings.ToLower(firstName(&jobs[0])) + "\"."
}

// named are the visits to customers of a name, or a part of one.
func named(jobs []scheduling.Job, name string) []scheduling.Job {
	var out []scheduling.Job
	for _, j := range jobs {
		if matches(j.Customer.Name, name) {
			out = append(out, j)
		}
	}
	return out
}

// matches says whether each word of a name is a word of the whole one, or the beginning of one.
func matches(whole, name string) bool {
	have := strings.Fields(strings.ToLower(whole))
	for _, w := range strings.Fields(strings.ToLower(name)) {
		w = strings.Trim(w, ".,!?")
		if w == "" || !slices.ContainsFunc(have, func(h string) bool { return strings.HasPrefix(h, w) }) {
			return false
		}
	}
	return len(have) > 0
}

func firstName(j *scheduling.Job) string {
	name, _, _ := strings.Cut(j.Customer.Name, " ")
	if name == "" {
		return j.Customer.Phone
	}
	return name
}
