package approval

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/followup"
	"fixly/receptionist/understanding"
	"fixly/scheduling"
)

// Desk reads the owner's texts.
type Desk struct {
	Scheduler *scheduling.Scheduler
	Clock     clock.Clock
	// Understand is how words are understood for a business, asked for something.
	Understand func(b *business.Business, text string, asked understanding.Asked, now time.Time) understanding.Understanding
}

// Answer takes a text from the owner as his answer about a visit that waits, and gives the reply to it. ok is false where
// nothing waits and the text doesn't look like an answer: then it is a text like any other.
func (d *Desk) Answer(ctx context.Context, tx Tx, b *business.Business, body string) (reply string, ok bool, err error) {
	now := d.Clock.Now()
	open, err := tx.OpenApprovals(ctx, b.ID, now)
	if err != nil {
		return "", false, err
	}
	said := read(body, open)
	if len(open) == 0 {
		if said.answer == understanding.NoAnswer || !b.AsksOwner() {
			return "", false, nil
		}
		return "Nothing is waiting for your answer.", true, nil
	}
	if said.answer == understanding.NoAnswer {
		said.understand(d, b, now)
	}
	a, err := d.about(ctx, tx, b, open, said)
	if err != nil || a.help != "" {
		return a.help, true, err
	}
	switch {
	case said.answer == understanding.Yes:
		reply, err = d.yes(ctx, tx, b, a.job)
	case said.answer == understanding.No:
		reply, err = d.no(ctx, tx, b, a.job)
	default:
		reply, err = d.time(ctx, tx, b, a.request, a.job, said.when)
	}
	if errors.Is(err, scheduling.ErrNotLive) || errors.Is(err, scheduling.ErrNotTentative) {
		return "That one is settled already.", true, nil
	}
	if err != nil {
		return "", true, fmt.Errorf("approval: take the owner's answer about job %s: %w", a.job.ID, err)
	}
	return reply, true, nil
}

// answer is what a text of the owner says.
type answer struct {
	number int // of the visit it is about; 0: not said
	answer understanding.Answer
	when   understanding.When
	rest   string // the words without the number
}

var (
	leading = regexp.MustCompile(`^#?(\d{1,2})\b[\s.:,)-]*`)
	word    = regexp.MustCompile(`^(y|yes|yep|yeah|ok|okay|sure|si|sí|n|no|nope|decline)[\s.,!-]*(?:#?(\d{1,2}))?[\s.!]*$`)
)

// read takes the plain answers: "Y", "n 2", "2 yes". A number before other words names a visit only where it is one of
// several: "8 on wednesday" is a time.
func read(body string, open []followup.Approval) (a answer) {
	a.rest = strings.TrimSpace(body)
	low := strings.ToLower(a.rest)
	n := 0
	if m := leading.FindStringSubmatch(low); m != nil {
		if v, _ := strconv.Atoi(m[1]); isOpen(open, v) && len(open) > 1 || word.MatchString(low[len(m[0]):]) {
			n, low, a.rest = v, low[len(m[0]):], a.rest[len(m[0]):]
		}
	}
	a.number = n
	m := word.FindStringSubmatch(low)
	if m == nil {
		return a
	}
	if m[2] != "" {
		a.number, _ = strconv.Atoi(m[2])
	}
	a.answer = understanding.Yes
	if m[1][0] == 'n' || m[1] == "decline" {
		a.answer = understanding.No
	}
	return a
}

// longestAnswer is how many words an answer may have: more is likely about something else.
const longestAnswer = 10

// understand reads what is no plain answer: a time, or a yes or a no in other words.
func (a *answer) understand(d *Desk, b *business.Business, now time.Time) {
	if len(strings.Fields(a.rest)) > longestAnswer {
		return
	}
	if u := d.Understand(b, a.rest, understanding.AskedWhen, now); len(u.When.Wanted) > 0 {
		a.when = u.When
		return
	}
	a.answer = d.Understand(b, a.rest, understanding.AskedConfirm, now).Answer
}

func isOpen(open []followup.Approval, n int) bool {
	for _, o := range open {
		if o.Number == n {
			return true
		}
	}
	return false
}

// meant is the visit that an answer is about, or what to tell who left that open.
type meant struct {
	request followup.Approval
	job     *scheduling.Job
	help    string
}

func (d *Desk) about(ctx context.Context, tx Tx, b *business.Business, open []followup.Approval, said answer) (m meant, err error) {
	lost := said.answer == understanding.NoAnswer && said.when.IsZero()
	var lines []string
	for _, o := range open {
		j, err := tx.Job(ctx, b.ID, o.JobID)
		if err != nil {
			return m, err
		}
		lines = append(lines, strconv.Itoa(o.Number)+": "+followup.NameVisit(b, j))
		if o.Number == said.number || said.number == 0 && len(open) == 1 {
			m.request, m.job = o, j
		}
	}
	switch {
	case len(open) == 1 && (lost || m.job == nil):
		_, visit, _ := strings.Cut(lines[0], " ")
		m.help = `Sorry, I didn't get that. Y takes ` + visit + `, N declines it, or send a better time like "Wed 8".`
	case lost || m.job == nil:
		m.help = "Which one? " + strings.Join(lines, "; ") + fmt.Sprintf(`. Reply Y %d or N %d, or a better time like "%d Wed 8".`, open[0].Number, open[0].Number, open[0].Number)
	}
	return m, nil
}

func (d *Desk) yes(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job) (string, error) {
	j, err := Accept(ctx, tx, d.Scheduler, b, j.ID)
	if err != nil {
		return "", err
	}
	return "Booked: " + followup.NameVisit(b, j) + ". I'll text them.", nil
}

func (d *Desk) no(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job) (string, error) {
	j, err := Decline(ctx, tx, d.Scheduler, b, j.ID)
	if err != nil {
		return "", err
	}
	return "Declined: " + followup.NameVisit(b, j) + ". I'll offer them other times.", nil
}

// time puts a better time to the customer, if it is open. The visit keeps its place until they agree.
func (d *Desk) time(ctx context.Context, tx Tx, b *business.Business, a followup.Approval, j *scheduling.Job, when understanding.When) (string, error) {
	for _, w := range when.Wanted {
		if when.Kind == understanding.TimeMoment && w.From.Equal(j.Slot.Start) {
			return d.yes(ctx, tx, b, j) // the time that it has
		}
	}
	slot, nearest, err := d.open(ctx, tx, b, j, when)
	if err != nil {
		return "", err
	}
	if slot == nil {
		if nearest == nil {
			return "That time isn't open. Send another one, or N to decline " + followup.NameVisit(b, j) + ".", nil
		}
		return "That time isn't open. The nearest is " + followup.NameWindow(b, *nearest) + ": send that or another one, Y or N.", nil
	}
	a.Better = slot.Start
	if err := tx.SaveApproval(ctx, &a); err != nil {
		return "", err
	}
	if err := tx.OfferChange(ctx, j, followup.OfferBetterTime, slot.Start); err != nil {
		return "", err
	}
	return "I'll ask about " + followup.NameWindow(b, *slot) + ". Until they answer it stays: " + followup.NameVisit(b, j) + ".", nil
}

// open finds the time that was said, with the same technician where he is free: the hour itself, or the first one of a day.
// Where it isn't open it gives the nearest that is, nil when nothing is.
func (d *Desk) open(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, when understanding.When) (slot, nearest *scheduling.Slot, err error) {
	wanted := make([]scheduling.Interval, len(when.Wanted))
	for i, w := range when.Wanted {
		wanted[i] = scheduling.Interval(w)
		if when.Kind == understanding.TimeMoment {
			wanted[i].To = w.From.Add(time.Minute)
		}
	}
	for _, technician := range []string{j.Slot.Technician, ""} {
		offered, err := d.Scheduler.Offers(ctx, tx, b, scheduling.Query{
			Service: j.Service, Job: j.ID, Wanted: wanted, Technician: technician, Limit: 1, Emergency: j.Urgency == scheduling.Emergency,
			Avoid: []scheduling.Interval{{From: j.Slot.Start, To: j.Slot.Start.Add(time.Minute)}},
		})
		if err != nil {
			return nil, nil, err
		}
		if len(offered.Slots) == 0 {
			continue
		}
		if offered.Refusal == nil {
			return &offered.Slots[0], nil, nil
		}
		nearest = &offered.Slots[0]
	}
	return nil, nearest, nil
}
