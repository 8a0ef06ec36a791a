package dashboard

import (
	"context"
	"errors"
	"time"

	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// troubleView is something between a job and a calendar that a person has to settle.
type troubleView struct {
	ID    string
	What  string // what happened, in a sentence
	Event string // the appointment
	Job   string // the job; empty when it is gone
	Href  string // to the job
	Found string
}

// troubleWords say what happened, by the closed list of the calendars.
var troubleWords = map[calendar.TroubleKind]string{
	calendar.Overlap:      "An appointment was put where a job is.",
	calendar.Taken:        "The job was booked while the calendar could not be read, and its time was taken by then.",
	calendar.CannotFollow: "The job was moved in the calendar to where its technician has another job, so it stayed where it was.",
}

func (s *server) troubles(q *request) ([]troubleView, error) {
	found, err := s.Reader.Troubles(q.Context(), q.b.ID, "")
	if err != nil {
		return nil, err
	}
	now := s.now(q)
	out := make([]troubleView, len(found))
	for i, t := range found {
		v := troubleView{ID: t.ID, What: troubleWords[t.Kind], Event: span(t.Start.In(now.Location()), t.End.In(now.Location()), now), Found: moment(t.At.In(now.Location()), now)}
		if v.What == "" {
			v.What = sentence(string(t.Kind))
		}
		if t.Title != "" {
			v.Event = t.Title + ", " + v.Event
		}
		j, err := s.Reader.Job(q.Context(), q.b.ID, t.JobID)
		if err != nil && !errors.Is(err, scheduling.ErrNoJob) {
			return nil, err
		}
		if err == nil && j != nil {
			x := showJob(q.b, j, now)
			v.Job, v.Href = x.Service+" for "+x.Customer+", "+x.Day+", "+x.Window+", "+x.Technician, "/jobs/"+j.ID
		}
		out[i] = v
	}
	return out, nil
}

// span writes from when to when something is: "Tomorrow, 9 AM–1 PM", "Mon, Nov 23–Wed, Nov 25".
func span(from, to, now time.Time) string {
	switch {
	case from.Equal(midnight(from)) && to.Equal(midnight(to)):
		last := to.AddDate(0, 0, -1)
		if !last.After(from) {
			return day(from, now) + ", all day"
		}
		return day(from, now) + "–" + day(last, now)
	case midnight(from).Equal(midnight(to)) || to.Equal(midnight(from).AddDate(0, 0, 1)):
		return day(from, now) + ", " + window(from, to)
	}
	return day(from, now) + " " + clockTime(from) + "–" + day(to, now) + " " + clockTime(to)
}

func (s *server) troublesPart(q *request) error {
	v, err := s.troubles(q)
	if err != nil {
		return err
	}
	return q.render(troublesPart(v))
}

// troubleSettled notes that the owner has seen to something.
func (s *server) troubleSettled(q *request) error {
	if err := s.readChoiceForm(q); err != nil {
		return err
	}
	id := q.PostForm.Get("trouble")
	if !isID(id) {
		return errNotFound
	}
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error { return tx.SettleTrouble(ctx, q.b.ID, id) })
	if err != nil {
		return err
	}
	if isPart(q.Request) {
		return s.troublesPart(q)
	}
	if s.Calendars == nil {
		return q.back(nil, "settled")
	}
	return s.backToCalendars(q, "settled", nil)
}
