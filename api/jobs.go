package api

import (
	"context"
	"errors"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/scheduling"
)

const jobList = "jobs"

// job is a job as the API shows it.
type job struct {
	ID         string             `json:"id"`
	Status     scheduling.Status  `json:"status"`
	Service    string             `json:"service"`
	Problem    string             `json:"problem"`
	Urgency    scheduling.Urgency `json:"urgency"`
	StartsAt   string             `json:"starts_at"`
	EndsAt     string             `json:"ends_at"`
	Window     span               `json:"window"` // the arrival window that was promised
	Technician string             `json:"technician"`
	Crew       []string           `json:"crew"`
	Parts      []span             `json:"parts"` // the visits, in order
	// DisplacedBy is the emergency that was put over the job.
	DisplacedBy *string           `json:"displaced_by"`
	Customer    jobCustomer       `json:"customer"`
	Address     contact.Address   `json:"address"`
	Source      scheduling.Source `json:"source"`
	CallID      *string           `json:"call_id"`
	CreatedAt   string            `json:"created_at"`
}

type jobCustomer struct {
	ID    string  `json:"id"`
	Name  string  `json:"name"`
	Phone string  `json:"phone"`
	Email *string `json:"email"`
}

type span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

func showJob(b *business.Business) func(*scheduling.Job) job {
	loc := b.Location()
	return func(j *scheduling.Job) job {
		parts := make([]span, 0, 1)
		for _, p := range j.Visits() {
			parts = append(parts, span{when(p.From, loc), when(p.To, loc)})
		}
		return job{
			ID: j.ID, Status: j.Status, Service: j.Service, Problem: j.Problem, Urgency: j.Urgency,
			StartsAt: when(j.Slot.Start, loc), EndsAt: when(j.Slot.End, loc),
			Window:     span{when(j.Slot.Start, loc), when(j.WindowEnd, loc)},
			Technician: j.Slot.Technician, Crew: j.Slot.Crew(), Parts: parts, DisplacedBy: orNull(j.DisplacedBy),
			Customer: jobCustomer{j.Customer.ID, j.Customer.Name, j.Customer.Phone, orNull(j.Customer.Email)},
			Address:  j.Address, Source: j.Source, CallID: orNull(j.CallID),
			CreatedAt: when(j.CreatedAt, loc),
		}
	}
}

func jobKey(j *scheduling.Job) (time.Time, string) { return j.Slot.Start, j.ID }

func (s *server) listJobs(ctx context.Context, r *request) (reply, error) {
	q := r.URL.Query()
	p, err := parsePage(q, jobList)
	if err != nil {
		return reply{}, err
	}
	f := scheduling.JobFilter{AfterStart: p.after.time(), AfterID: p.after.ID, Limit: p.limit + 1}
	if f.Status, err = parseOneOf(q, "status", scheduling.StatusBooked, scheduling.StatusTentative, scheduling.StatusCancelled, scheduling.StatusCompleted); err != nil {
		return reply{}, err
	}
	if f.From, f.To, err = parseRange(q, r.b.Location()); err != nil {
		return reply{}, err
	}
	if f.Phone, err = parsePhoneParam(q, "phone"); err != nil {
		return reply{}, err
	}
	rows, err := s.Reader.ListJobs(ctx, r.b.ID, f)
	if err != nil {
		return reply{}, err
	}
	return ok(pageOf(p, jobList, rows, jobKey, showJob(r.b))), nil
}

func (s *server) oneJob(ctx context.Context, r *request) (reply, error) {
	j, err := findJob(ctx, s.Reader, r)
	if err != nil {
		return reply{}, err
	}
	return ok(showJob(r.b)(j)), nil
}

// jobReader reads a job, inside a transaction or outside.
type jobReader interface {
	Job(ctx context.Context, businessID, id string) (*scheduling.Job, error)
}

// findJob reads the job of the path.
func findJob(ctx context.Context, tx jobReader, r *request) (*scheduling.Job, error) {
	j, err := tx.Job(ctx, r.b.ID, r.PathValue("id"))
	if errors.Is(err, scheduling.ErrNoJob) || err == nil && j == nil {
		return nil, notFound("job")
	}
	return j, err
}
