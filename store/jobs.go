package store

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"fixly/contact"
	"fixly/scheduling"
	"fixly/store/internal/rows"
)

// The kinds of occupied time.
const (
	timeOfHold = "hold"
	timeOfJob  = "job"
)

// Busy lists the occupied times between from and to: live holds, and booked or tentative jobs. The holder's own holds
// and the job named are left out; either may be empty.
func (v *View) Busy(ctx context.Context, businessID string, from, to, now time.Time, exceptHolder, exceptJob string) ([]scheduling.Busy, error) {
	found, err := v.q.Busy(ctx, rows.BusyParams{
		BusinessID: businessID, FromStart: fromBound(from), ToStart: toBound(to), Now: rows.At(now),
		ExceptHolder: exceptHolder, ExceptJob: exceptJob,
	})
	if err != nil {
		return nil, wrap("busy times", err)
	}
	out := make([]scheduling.Busy, len(found))
	for i, r := range found {
		out[i] = scheduling.Busy{Technician: r.Technician, From: r.StartsAt.Time(), To: r.EndsAt.Time(), Visit: r.Visit, Yields: r.Yields, ZIP: r.Zip}
	}
	return out, nil
}

// PlaceHold keeps a slot, removing expired holds that overlap first. It returns scheduling.ErrTaken where the
// technician's time overlaps another live hold or job; the transaction is then spent.
func (tx *Tx) PlaceHold(ctx context.Context, h scheduling.Hold, now time.Time) error {
	giveID(&h.ID, "hold")
	if err := tx.LockCalendar(ctx, h.BusinessID); err != nil {
		return err
	}
	return tx.occupy(ctx, h.Taken(), rows.InsertTimeParams{
		BusinessID: h.BusinessID, Kind: timeOfHold, Holder: h.Holder, ExpiresAt: rows.At(h.ExpiresAt), Visit: h.ID,
	}, now)
}

// ReleaseHolds gives up all holds of a holder.
func (tx *Tx) ReleaseHolds(ctx context.Context, businessID, holder string) error {
	if err := tx.LockCalendar(ctx, businessID); err != nil {
		return err
	}
	return wrap("release holds", tx.q.ReleaseHolds(ctx, businessID, holder))
}

// LockCalendar makes those who take or free times of a business at once wait for each other. The constraint alone would
// keep the calendar right, but PostgreSQL may find two inserts waiting for each other only after a second: the same for
// an insert that waits for the end of a rival's deletion while the rival waits for this lock. So it comes before
// anything else is written to the calendar.
func (tx *Tx) LockCalendar(ctx context.Context, businessID string) error {
	return wrap("lock the calendar", tx.db.engine.lock(ctx, tx.t, "calendar/"+businessID))
}

// occupy takes stretches of the calendar for a visit, each with the rest of t.
func (tx *Tx) occupy(ctx context.Context, taken []scheduling.Busy, t rows.InsertTimeParams, now time.Time) error {
	for i, stretch := range taken {
		t.ID = t.Visit
		if i > 0 {
			t.ID += "/" + strconv.Itoa(i)
		}
		t.Technician, t.StartsAt, t.EndsAt, t.Yields, t.Zip = stretch.Technician, rows.At(stretch.From), rows.At(stretch.To), stretch.Yields, stretch.ZIP
		if err := tx.q.DeleteExpiredHolds(ctx, rows.DeleteExpiredHoldsParams{
			BusinessID: t.BusinessID, Technician: t.Technician, FromStart: t.StartsAt, ToStart: t.EndsAt, Now: rows.At(now),
		}); err != nil {
			return wrap("remove expired holds", err)
		}
		err := tx.q.InsertTime(ctx, t)
		if tx.db.engine.isOverlap(err) {
			return scheduling.ErrTaken
		}
		if err != nil {
			return wrap("take a time", err)
		}
	}
	return nil
}

// occupyForJob gives a job its times; one that won't take place (any more) gets none, and one that an emergency was put
// over what the emergency leaves of them.
func (tx *Tx) occupyForJob(ctx context.Context, j *scheduling.Job) error {
	if !j.Live() {
		return nil
	}
	taken := j.Taken()
	if j.DisplacedBy != "" {
		over, err := tx.timesOf(ctx, j.BusinessID, j.DisplacedBy)
		if err != nil {
			return err
		}
		taken = scheduling.Without(taken, over)
	}
	return tx.occupy(ctx, taken, rows.InsertTimeParams{BusinessID: j.BusinessID, Kind: timeOfJob, Visit: j.ID}, tx.clock.Now())
}

// InsertJob stores a new job, its customer (found by phone; the name is updated when one is given) and its time. It
// fills in the ids that are empty, and the instants. It returns scheduling.ErrTaken as PlaceHold does.
func (tx *Tx) InsertJob(ctx context.Context, j *scheduling.Job) error {
	giveID(&j.ID, "job")
	if err := tx.LockCalendar(ctx, j.BusinessID); err != nil {
		return err
	}
	if j.CreatedAt.IsZero() {
		j.CreatedAt = tx.clock.Now()
	}
	if j.UpdatedAt.IsZero() {
		j.UpdatedAt = j.CreatedAt
	}
	// The time first: when it is taken, nothing else was done in vain.
	if err := tx.occupyForJob(ctx, j); err != nil {
		return err
	}
	if err := tx.saveCustomer(ctx, j); err != nil {
		return err
	}
	address, err := addressJSON(j.Address)
	if err != nil {
		return err
	}
	parts, err := partsJSON(j.Parts)
	if err != nil {
		return err
	}
	if err := tx.q.InsertJob(ctx, rows.InsertJobParams{
		ID: j.ID, BusinessID: j.BusinessID, CustomerID: j.Customer.ID, Status: string(j.Status), Service: j.Service,
		Problem: j.Problem, Urgency: string(j.Urgency), Technician: j.Slot.Technician, StartsAt: rows.At(j.Slot.Start),
		EndsAt: rows.At(j.Slot.End), BusyUntil: rows.At(j.BusyUntil), WindowEnd: rows.At(j.WindowEnd), Address: address,
		Source: string(j.Source), CallID: j.CallID, CreatedAt: rows.At(j.CreatedAt), UpdatedAt: rows.At(j.UpdatedAt),
		Helper: j.Slot.Helper, Parts: parts, DisplacedBy: j.DisplacedBy,
	}); err != nil {
		return wrap("insert job", err)
	}
	if err := tx.noteBooked(ctx, j); err != nil {
		return err
	}
	tx.changed(j.BusinessID, JobChanged, j.ID)
	return tx.tellCalendars(ctx, j.BusinessID, j.ID)
}

// UpdateJob stores a job again, whole, and moves its time along. It returns scheduling.ErrNoJob when the business has
// no such job, scheduling.ErrNotLive when the job is over by now, whatever it was when it was read, and
// scheduling.ErrTaken as PlaceHold does. UpdatedAt is moved on by a millisecond where it is not later than the change
// before.
func (tx *Tx) UpdateJob(ctx context.Context, j *scheduling.Job) error {
	if err := tx.LockCalendar(ctx, j.BusinessID); err != nil {
		return err
	}
	if err := tx.saveCustomer(ctx, j); err != nil {
		return err
	}
	address, err := addressJSON(j.Address)
	if err != nil {
		return err
	}
	parts, err := partsJSON(j.Parts)
	if err != nil {
		return err
	}
	updated, err := tx.q.UpdateJob(ctx, rows.UpdateJobParams{
		ID: j.ID, BusinessID: j.BusinessID, CustomerID: j.Customer.ID, Status: string(j.Status), Service: j.Service,
		Problem: j.Problem, Urgency: string(j.Urgency), Technician: j.Slot.Technician, StartsAt: rows.At(j.Slot.Start),
		EndsAt: rows.At(j.Slot.End), BusyUntil: rows.At(j.BusyUntil), WindowEnd: rows.At(j.WindowEnd), Address: address,
		Source: string(j.Source), CallID: j.CallID, UpdatedAt: rows.At(j.UpdatedAt),
		Helper: j.Slot.Helper, Parts: parts, DisplacedBy: j.DisplacedBy,
	})
	if isNoRows(err) {
		if _, err := tx.Job(ctx, j.BusinessID, j.ID); err != nil {
			return err
		}
		return scheduling.ErrNotLive
	}
	if err != nil {
		return wrap("update job", err)
	}
	j.UpdatedAt = updated.Time()
	if err := tx.q.DeleteTimes(ctx, j.BusinessID, j.ID); err != nil {
		return wrap("free a time", err)
	}
	if err := tx.occupyForJob(ctx, j); err != nil {
		return err
	}
	if err := tx.giveBack(ctx, j); err != nil {
		return err
	}
	tx.changed(j.BusinessID, JobChanged, j.ID)
	return tx.tellCalendars(ctx, j.BusinessID, j.ID)
}

// DropHolds gives up what anybody holds of a technician between two instants: the owner wants the time.
func (tx *Tx) DropHolds(ctx context.Context, businessID, technician string, from, to time.Time) error {
	if err := tx.LockCalendar(ctx, businessID); err != nil {
		return err
	}
	return wrap("drop holds", tx.q.DeleteHoldsAt(ctx, rows.DeleteHoldsAtParams{
		BusinessID: businessID, Technician: technician, FromStart: fromBound(from), ToStart: toBound(to),
	}))
}

// saveCustomer finds or makes the job's customer by phone and completes j.Customer from what is stored.
func (tx *Tx) saveCustomer(ctx context.Context, j *scheduling.Job) error {
	address, err := addressJSON(j.Address)
	if err != nil {
		return err
	}
	row, err := tx.q.SaveCustomer(ctx, rows.SaveCustomerParams{
		ID: newID("cus"), BusinessID: j.BusinessID, Phone: j.Customer.Phone, Name: j.Customer.Name, Address: address,
		CreatedAt: rows.At(tx.clock.Now()), Email: j.Customer.Email, Language: j.Customer.Language,
	})
	if err != nil {
		return wrap("save customer", err)
	}
	j.Customer = customer(row)
	return nil
}

// Job reads a job; scheduling.ErrNoJob when the business has none with this id.
func (v *View) Job(ctx context.Context, businessID, id string) (*scheduling.Job, error) {
	r, err := v.q.Job(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("job", id, scheduling.ErrNoJob)
	}
	if err != nil {
		return nil, wrap("job", err)
	}
	j, err := job(r.Job, r.Customer)
	if err != nil {
		return nil, err
	}
	return &j, nil
}

// JobsByName lists the jobs under a name, in whatever case it is written, that begin at from or later, by start,
// whatever their status and whoever's they are.
func (v *View) JobsByName(ctx context.Context, businessID, name string, from time.Time) ([]scheduling.Job, error) {
	if name == "" {
		return nil, nil
	}
	found, err := v.q.JobsOfName(ctx, businessID, name, rows.Ceil(from))
	if err != nil {
		return nil, wrap("jobs by name", err)
	}
	out := make([]scheduling.Job, len(found))
	for i, r := range found {
		if out[i], err = job(r.Job, r.Customer); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// JobsByPhone lists a customer's jobs that begin at from or later, by start, whatever their status.
func (v *View) JobsByPhone(ctx context.Context, businessID, phone string, from time.Time) ([]scheduling.Job, error) {
	if phone == "" {
		return nil, nil
	}
	return v.ListJobs(ctx, businessID, scheduling.JobFilter{Phone: phone, From: from})
}

// ListJobs lists jobs by start, then by id.
func (v *View) ListJobs(ctx context.Context, businessID string, f scheduling.JobFilter) ([]scheduling.Job, error) {
	var out []scheduling.Job
	add := func(r rows.Job, c rows.Customer) error {
		j, err := job(r, c)
		out = append(out, j)
		return err
	}
	if f.Phone != "" {
		found, err := v.q.ListJobsOfPhone(ctx, rows.ListJobsOfPhoneParams{
			BusinessID: businessID, Phone: f.Phone, AfterStart: after(f.AfterStart, f.AfterID), AfterID: f.AfterID,
			FromStart: fromBound(f.From), ToStart: toBound(f.To), Status: string(f.Status), RowLimit: rowLimit(f.Limit),
		})
		if err != nil {
			return nil, wrap("list jobs", err)
		}
		for _, r := range found {
			if err := add(r.Job, r.Customer); err != nil {
				return nil, err
			}
		}
		return out, nil
	}
	found, err := v.q.ListJobs(ctx, rows.ListJobsParams{
		BusinessID: businessID, AfterStart: after(f.AfterStart, f.AfterID), AfterID: f.AfterID,
		FromStart: fromBound(f.From), ToStart: toBound(f.To), Status: string(f.Status), RowLimit: rowLimit(f.Limit),
	})
	if err != nil {
		return nil, wrap("list jobs", err)
	}
	for _, r := range found {
		if err := add(r.Job, r.Customer); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func job(r rows.Job, c rows.Customer) (scheduling.Job, error) {
	parts, err := readParts(r.Parts)
	if err != nil {
		return scheduling.Job{}, err
	}
	j := scheduling.Job{
		ID: r.ID, BusinessID: r.BusinessID, Status: scheduling.Status(r.Status), Service: r.Service, Problem: r.Problem,
		Urgency: scheduling.Urgency(r.Urgency),
		Slot:    scheduling.Slot{Technician: r.Technician, Helper: r.Helper, Start: r.StartsAt.Time(), End: r.EndsAt.Time()},
		Parts:   parts, DisplacedBy: r.DisplacedBy,
		BusyUntil: r.BusyUntil.Time(), WindowEnd: r.WindowEnd.Time(), Customer: customer(c),
		Source: scheduling.Source(r.Source), CallID: r.CallID, CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time(),
		ConfirmedAt: r.ConfirmedAt.Time(),
	}
	if len(parts) > 1 {
		j.Slot.Days, j.Slot.Daily = len(parts), parts[0].To.Sub(parts[0].From)
	}
	j.Address, err = readAddress(r.Address)
	return j, err
}

// addressJSON writes an address; nothing known is nothing written.
func addressJSON(a contact.Address) (string, error) {
	if a.IsZero() {
		return "", nil
	}
	b, err := json.Marshal(a)
	return string(b), wrap("write an address", err)
}

func readAddress(s string) (a contact.Address, err error) {
	if s == "" {
		return a, nil
	}
	return a, wrap("read an address", json.Unmarshal([]byte(s), &a))
}
