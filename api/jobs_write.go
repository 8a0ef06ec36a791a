package api

import (
	"context"
	"errors"
	"net/http"
	"reflect"
	"strings"

	"fixly/business"
	"fixly/followup"
	"fixly/scheduling"
)

// maxTries bounds how often a time is looked for again when someone else was quicker.
const maxTries = 3

func (s *server) bookJob(ctx context.Context, r *request) (reply, error) {
	var in jobInput
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	want, err := in.check(r.b)
	if err != nil {
		return reply{}, err
	}
	j, err := s.changeCalendar(ctx, r, "booked", func(ctx context.Context, tx Tx) (*scheduling.Job, error) {
		return s.scheduler.Book(ctx, tx, r.b, want)
	})
	if err != nil {
		return reply{}, err
	}
	return reply{status: http.StatusCreated, body: showJob(r.b)(j)}, nil
}

func (s *server) changeJob(ctx context.Context, r *request) (reply, error) {
	var in jobChange
	if err := decode(r.w, r.Request, maxBody, &in); err != nil {
		return reply{}, err
	}
	if in.isEmpty() {
		return reply{}, problem(http.StatusUnprocessableEntity, "Nothing is to be changed; send at least one field.")
	}
	change := "moved"
	if in.Status != nil && in.StartsAt == nil && in.Technician == nil {
		change = "accepted"
		if *in.Status == scheduling.StatusCompleted {
			change = followup.Completed
		}
	}
	j, err := s.changeCalendar(ctx, r, change, func(ctx context.Context, tx Tx) (*scheduling.Job, error) {
		if err := tx.LockCalendar(ctx, r.b.ID); err != nil { // what is read is written again, whole
			return nil, err
		}
		j, err := findJob(ctx, tx, r)
		if err != nil {
			return nil, err
		}
		if !j.Live() {
			return nil, notLive(j)
		}
		if in.Status != nil && *in.Status == scheduling.StatusBooked && j.Status != scheduling.StatusTentative {
			return nil, problem(http.StatusConflict, "The job is booked already; only a tentative one can be accepted.")
		}
		before := *j
		if err := in.apply(r.b, j); err != nil {
			return nil, err
		}
		if !reflect.DeepEqual(before, *j) { // the words on it; its time is the scheduler's
			j.UpdatedAt = s.Clock.Now()
			if err := tx.UpdateJob(ctx, j); err != nil {
				return nil, err
			}
		}
		if change == followup.Completed {
			j, err := scheduling.Complete(ctx, tx, r.b, j.ID, s.Clock.Now())
			if errors.Is(err, scheduling.ErrNotBegun) {
				return nil, problem(http.StatusConflict, "The visit has not begun, so it can't be completed.")
			}
			if errors.Is(err, scheduling.ErrNotLive) {
				return nil, problem(http.StatusConflict, "The job waits for a yes, so it can't be completed.")
			}
			return j, err
		}
		if change == "accepted" {
			return s.scheduler.Accept(ctx, tx, r.b, j.ID)
		}
		start, technician := before.Slot.Start, ""
		if in.StartsAt != nil {
			start = *in.StartsAt
		}
		if in.Technician != nil {
			technician = *in.Technician
		}
		if start.Equal(before.Slot.Start) && (technician == "" || strings.EqualFold(technician, before.Slot.Technician)) {
			return j, errSameTime
		}
		return s.scheduler.Move(ctx, tx, r.b, scheduling.MoveRequest{Job: j.ID, Start: start, Technician: technician, Accepted: true}) // the owner chose it
	})
	if err != nil {
		return reply{}, err
	}
	return ok(showJob(r.b)(j)), nil
}

func (s *server) cancelJob(ctx context.Context, r *request) (reply, error) {
	j, err := s.changeCalendar(ctx, r, "cancelled", func(ctx context.Context, tx Tx) (*scheduling.Job, error) {
		j, err := findJob(ctx, tx, r)
		if err != nil {
			return nil, err
		}
		if j.Status == scheduling.StatusCancelled { // asked twice: as asked once
			return j, errSameTime
		}
		if !j.Live() {
			return nil, notLive(j)
		}
		return s.scheduler.Cancel(ctx, tx, r.b, j.ID)
	})
	if err != nil {
		return reply{}, err
	}
	return ok(showJob(r.b)(j)), nil
}

// errSameTime says that a job keeps its place in the calendar, so that nobody has to be told.
var errSameTime = errors.New("api: the job's time is unchanged")

// changeCalendar runs a change of one job in a transaction, tells those who have to know, and looks again when
// someone else took the time, or cancelled the job, in the same moment.
func (s *server) changeCalendar(ctx context.Context, r *request, change string, do func(context.Context, Tx) (*scheduling.Job, error)) (*scheduling.Job, error) {
	var j *scheduling.Job
	var err error
	for range maxTries {
		err = s.scheduler.Fresh(ctx, func(ctx context.Context) error {
			return s.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
				var err error
				j, err = do(ctx, tx)
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
		if errors.As(err, &refused) {
			return nil, refusal(r.b, refused)
		}
		if !errors.Is(err, scheduling.ErrTaken) && !errors.Is(err, scheduling.ErrNotLive) {
			return j, err
		}
	}
	return nil, refusal(r.b, &scheduling.Refusal{Reason: scheduling.Full})
}

// refusal is a 409 with the nearest open times.
func refusal(b *business.Business, r *scheduling.Refusal) *Problem {
	p := problem(http.StatusConflict, refusalWords(r.Reason))
	open := showAll(r.Alternatives, showOpening(b))
	p.Alternatives = &open
	return p
}

func notLive(j *scheduling.Job) *Problem {
	return problem(http.StatusConflict, "The job is "+string(j.Status)+"; it can't be changed any more.")
}

// isEmpty says whether nothing is to be changed.
func (in *jobChange) isEmpty() bool { return *in == jobChange{} }

// apply changes what is not the job's time.
func (in *jobChange) apply(b *business.Business, j *scheduling.Job) error {
	var errs fieldErrors
	completes := in.StartsAt == nil && in.Technician == nil
	if in.Status != nil && *in.Status != scheduling.StatusBooked && (*in.Status != scheduling.StatusCompleted || !completes) {
		errs.add("status", "is %q; expected booked, or completed by itself", *in.Status)
	}
	if in.Problem != nil {
		j.Problem = errs.text("problem", *in.Problem, maxProblem, false)
	}
	if in.Urgency != nil {
		j.Urgency = errs.urgency(*in.Urgency)
	}
	if in.Address != nil {
		j.Address = errs.address(b, *in.Address)
	}
	if service := b.Service(j.Service); in.Technician != nil && service != nil {
		errs.technician(b, service, *in.Technician)
	}
	return errs.err()
}

// refusalWords says why a time can't be had.
func refusalWords(why scheduling.Reason) string {
	switch why {
	case scheduling.UnknownService:
		return "The shop does not offer this service any more."
	case scheduling.NobodySkilled:
		return "Nobody, or not the technician asked for, does this service."
	case scheduling.ClosedDay:
		return "The shop is closed that day."
	case scheduling.ClosedHours:
		return "The visit does not fit into the opening hours there."
	case scheduling.Past:
		return "That time is over."
	case scheduling.TooSoon:
		return "That is sooner than the shop's notice allows."
	case scheduling.BeyondHorizon:
		return "That is further ahead than the shop books."
	case scheduling.OffDuty:
		return "Nobody, or not the technician asked for, works then."
	case scheduling.ForEmergencies:
		return "That arrival window is kept for emergencies."
	case scheduling.OffWindow:
		return "Visits begin with one of the shop's arrival windows."
	case scheduling.DayFull:
		return "That day has as many jobs as it may have."
	case scheduling.WindowFull:
		return "That arrival window has as many jobs as it may have."
	case scheduling.OffGrid:
		return "A visit begins on a whole minute."
	case scheduling.Full, scheduling.Avoided:
		return "That time is taken."
	}
	return "That time can't be had."
}
