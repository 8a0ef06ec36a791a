package dashboard

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fixly/scheduling"
)

// moveView is the form that gives a job another time.
type moveView struct {
	Action, Back           string
	Date, Time, Technician string
	Team                   []option
	Customer               string // who is told
	Problem                string // why the time can't be had
	Anyway                 bool   // the owner's word would do
	Instead                []insteadView
}

// insteadView is an open time to have instead.
type insteadView struct{ Words, Date, Time, Technician string }

// maxMoves bounds how often a time is looked for again when someone else was quicker.
const maxMoves = 3

var (
	// errSameTime says that a job is there already, so that nobody has to be told.
	errSameTime = errors.New("dashboard: the job's time is unchanged")
	// errTried ends a transaction in which a move was tried that was not to be made.
	errTried = errors.New("dashboard: the move was only tried")
)

// moveForm is the form as it is drawn for a job at first.
func (s *server) moveForm(q *request, j *scheduling.Job) *moveView {
	start := j.Slot.Start.In(q.b.Location())
	v := &moveView{
		Action: "/jobs/" + j.ID + "/move", Back: q.URL.Query().Get("back"), Date: start.Format(time.DateOnly), Time: start.Format("15:04"),
		Technician: j.Slot.Technician, Customer: who(j.Customer.Name, j.Customer.Phone),
	}
	v.Team = teamOptions(q, v.Technician, "Whoever should have it")
	return v
}

// teamOptions are the team to choose from, after nobody in particular.
func teamOptions(q *request, selected, nobody string) []option {
	out := []option{{"", nobody, selected == ""}}
	for _, m := range q.b.Team {
		out = append(out, option{m.Name, m.Name, m.Name == selected})
	}
	return out
}

// moveJob gives a job another time under the rules of the business. Where only those are against it, the owner's word
// does: the page says what is against it and asks.
func (s *server) moveJob(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	j, err := s.findJob(q)
	if err != nil {
		return err
	}
	v := s.moveForm(q, j)
	v.Date, v.Time, v.Technician, v.Back = form.Get("date"), form.Get("time"), form.Get("technician"), form.Get("back")
	v.Team = teamOptions(q, v.Technician, "Whoever should have it")
	start, err := time.ParseInLocation("2006-01-02 15:04", v.Date+" "+v.Time, q.b.Location())
	if err != nil {
		v.Problem = "Give a date and a time."
		return s.refuseMove(q, http.StatusUnprocessableEntity, j, v)
	}
	move := scheduling.MoveRequest{Job: j.ID, Start: start, Technician: v.Technician, Anyway: form.Get("anyway") == "yes", Accepted: true}
	err = s.changeJob(q, "moved", s.move(q, move))
	var refused *scheduling.Refusal
	switch {
	case err == nil:
		if v.Back == "" { // the day that it is on now
			form.Set("back", calendarQuery{day: midnight(start)}.href("/calendar"))
		}
		return q.back(form, "moved")
	case errors.Is(err, scheduling.ErrNotLive):
		v.Problem = "The job is cancelled or done by now; it can't be moved any more."
	case errors.As(err, &refused):
		v.Problem = refusalWords(refused.Reason)
		for _, slot := range refused.Alternatives {
			at := slot.Start.In(q.b.Location())
			v.Instead = append(v.Instead, insteadView{
				day(at, s.now(q)) + " " + clockTime(at) + ", " + slot.Technician, at.Format(time.DateOnly), at.Format("15:04"), slot.Technician,
			})
		}
		if refused.Reason.Yields() {
			move.Anyway = true
			v.Anyway = s.wouldMove(q, move)
		}
	default:
		return err
	}
	return s.refuseMove(q, http.StatusConflict, j, v)
}

// move moves a job in a transaction; errSameTime when it is there already.
func (s *server) move(q *request, r scheduling.MoveRequest) func(context.Context, Tx) (*scheduling.Job, error) {
	return func(ctx context.Context, tx Tx) (*scheduling.Job, error) {
		j, err := tx.Job(ctx, q.b.ID, r.Job)
		if err != nil {
			return nil, err
		}
		if j.Live() && j.Slot.Start.Equal(r.Start) && (r.Technician == "" || r.Technician == j.Slot.Technician) {
			return j, errSameTime
		}
		return s.scheduler.Move(ctx, tx, q.b, r)
	}
}

// wouldMove says whether a move can be made, by making it in a transaction that is then given up.
func (s *server) wouldMove(q *request, r scheduling.MoveRequest) bool {
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		if _, err := s.move(q, r)(ctx, tx); err != nil {
			return err
		}
		return errTried
	})
	var stale *scheduling.StaleError // an outside calendar will be looked at when it is moved
	return errors.Is(err, errTried) || errors.As(err, &stale)
}

// refuseMove draws the job's page again with why it could not be moved.
func (s *server) refuseMove(q *request, status int, j *scheduling.Job, v *moveView) error {
	page := s.showJobPage(q, j)
	page.Move = v
	return renderStatus(q.w, q.Request, status, jobPage(s.frame(q, "jobs", page.Job.Service), page))
}

// cancelJob takes a job off the calendar. Cancelling what is cancelled changes nothing.
func (s *server) cancelJob(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	j, err := s.findJob(q)
	if err != nil {
		return err
	}
	err = s.changeJob(q, "cancelled", func(ctx context.Context, tx Tx) (*scheduling.Job, error) {
		return s.scheduler.Cancel(ctx, tx, q.b, j.ID)
	})
	if err != nil && !errors.Is(err, scheduling.ErrNotLive) {
		return err
	}
	if form.Get("back") == "" {
		form.Set("back", calendarQuery{day: midnight(j.Slot.Start.In(q.b.Location()))}.href("/calendar"))
	}
	return q.back(form, "cancelled")
}

// changeJob runs a change of one job in a transaction, tells those who have to know, and looks again when someone else
// took the time in the same moment.
func (s *server) changeJob(q *request, change string, do func(context.Context, Tx) (*scheduling.Job, error)) error {
	var err error
	for range maxMoves {
		err = s.scheduler.Fresh(q.Context(), func(ctx context.Context) error {
			return s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
				j, err := do(ctx, tx)
				if errors.Is(err, errSameTime) {
					return nil
				}
				if err != nil {
					return err
				}
				return tx.JobChanged(ctx, j, change, false)
			})
		})
		var refused *scheduling.Refusal
		if !errors.Is(err, scheduling.ErrTaken) || errors.As(err, &refused) {
			return err
		}
	}
	return &scheduling.Refusal{Reason: scheduling.Full}
}

// refusalWords says to the owner why a time can't be had.
func refusalWords(why scheduling.Reason) string {
	switch why {
	case scheduling.UnknownService:
		return "You don't offer this service any more."
	case scheduling.NobodySkilled:
		return "Nobody, or not that technician, has the skill for it."
	case scheduling.ClosedDay:
		return "You are closed that day."
	case scheduling.ClosedHours:
		return "The visit does not fit into your opening hours there."
	case scheduling.Past:
		return "That time is over."
	case scheduling.TooSoon:
		return "That is sooner than your notice allows."
	case scheduling.BeyondHorizon:
		return "That is further ahead than you take bookings."
	case scheduling.OffDuty:
		return "Nobody, or not that technician, works then."
	case scheduling.ForEmergencies:
		return "That arrival window is kept for emergencies."
	case scheduling.OffWindow:
		return "Visits begin with one of your arrival windows."
	case scheduling.DayFull:
		return "That day has as many jobs as you allow."
	case scheduling.WindowFull:
		return "That arrival window has as many jobs as you allow."
	case scheduling.OffGrid:
		return "A visit begins on a whole minute."
	case scheduling.Full, scheduling.Avoided:
		return "Somebody is busy then: another visit, a block, or an appointment in a calendar of yours."
	}
	return "That time can't be had: " + sentence(string(why)) + "."
}
