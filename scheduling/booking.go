package scheduling

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/contact"
)

// ErrNotLive says that a job can't be moved or cancelled because it is cancelled or completed.
var ErrNotLive = errors.New("scheduling: the job is cancelled or completed")

// maxOfferAge is how long ago a time may have been offered at most for notice to count from then.
const maxOfferAge = 30 * time.Minute

// BookRequest is a job to be booked.
type BookRequest struct {
	Service    string
	Also       []string  // further services done in the same visit, as in Query
	Start      time.Time // of the visit, in whole minutes; any that the rules allow, on the offering grid or not
	Technician string    // empty: whoever should have it
	Holder     string    // whose holds don't stand in the way, and are released
	// OfferedAt is when Start was offered. Notice counts from then, up to half an hour back, so that an offer made in
	// time stays good while the customer spells an address. Zero: now, or as long ago as a hold lasts for a holder.
	OfferedAt time.Time
	Problem   string
	Urgency   Urgency // empty: routine. Emergencies ignore notice and hours where the business accepts them
	Customer  contact.Customer
	Address   contact.Address
	Source    Source
	CallID    string
	// Tentative has the job wait for the owner's yes, whatever the rules say; they may ask for it anyway, see NeedsApproval.
	Tentative bool
	// WithoutAlternatives leaves a Refusal's alternatives out, for who tells nobody of them: finding them reads a week of
	// the calendar.
	WithoutAlternatives bool
}

// Book puts a job into the calendar under all rules of the business. It returns a *Refusal (ErrClosed, or ErrTaken
// when everyone is busy) with alternatives when the rules or the calendar as read forbid it, and a bare ErrTaken when
// someone else took the time in the same moment: roll back then, and look again in a new transaction. A *StaleError
// says that an outside calendar has to be looked at first: roll back then, too (Fresh sees to it).
func (s *Scheduler) Book(ctx context.Context, st Store, b *business.Business, r BookRequest) (*Job, error) {
	if !contact.IsE164(r.Customer.Phone) {
		return nil, fmt.Errorf("book %q: customer's number %q: %w", r.Service, r.Customer.Phone, contact.ErrNoPhone)
	}
	if r.Urgency == "" {
		r.Urgency = Routine
	}
	if err := s.lock(ctx, st, b); err != nil {
		return nil, fmt.Errorf("book %q: %w", r.Service, err)
	}
	slot, over, err := s.place(ctx, st, b, wish{
		start: r.Start, offeredAt: r.OfferedAt, quick: r.WithoutAlternatives,
		Query: Query{Service: r.Service, Also: r.Also, Technician: r.Technician, ZIP: r.Address.ZIP, Holder: r.Holder, Emergency: r.Urgency == Emergency},
	})
	if err != nil {
		return nil, fmt.Errorf("book %q: %w", r.Service, err)
	}
	if err := s.checkFresh(ctx, st, b.ID, slot); err != nil {
		return nil, fmt.Errorf("book %q: %w", r.Service, err)
	}
	if r.Holder != "" {
		if err := st.ReleaseHolds(ctx, b.ID, r.Holder); err != nil {
			return nil, fmt.Errorf("book %q: %w", r.Service, err)
		}
	}
	status, err := r.status(ctx, st, b)
	if err != nil {
		return nil, fmt.Errorf("book %q: %w", r.Service, err)
	}
	now := s.clock.Now()
	j := &Job{
		BusinessID: b.ID, Status: status, Service: b.Service(r.Service).Name, Problem: r.Problem, Urgency: r.Urgency,
		Customer: r.Customer, Address: r.Address, Source: r.Source, CallID: r.CallID, CreatedAt: now, UpdatedAt: now,
	}
	j.Customer.BusinessID = b.ID
	j.setSlot(b, slot)
	if len(over) > 0 {
		err = st.InsertJobOver(ctx, j, over)
	} else {
		err = st.InsertJob(ctx, j)
	}
	if err != nil {
		return nil, fmt.Errorf("book %q: %w", r.Service, err)
	}
	return j, nil
}

// MoveRequest is another time for a job.
type MoveRequest struct {
	Job        string // its id
	Start      time.Time
	Technician string    // empty: the same if free, else whoever should have it
	Holder     string    // as in BookRequest
	OfferedAt  time.Time // as in BookRequest
	// Anyway is the owner's word against the rules of the business that yield to it (Reason.Yields). What keeps the
	// technician busy never does.
	Anyway bool
	// Accepted: the owner has agreed to this time, so a job that waits for his yes is booked.
	Accepted bool
}

// Move gives a job another time under the same rules and with the same errors as Book, ErrNoJob when there is none,
// and ErrNotLive. The job keeps its id. A job booked as an emergency is moved as one.
func (s *Scheduler) Move(ctx context.Context, st Store, b *business.Business, r MoveRequest) (*Job, error) {
	if err := st.LockCalendar(ctx, b.ID); err != nil { // what is read is written again, whole
		return nil, fmt.Errorf("move job %s: %w", r.Job, err)
	}
	j, err := st.Job(ctx, b.ID, r.Job)
	if err != nil {
		return nil, fmt.Errorf("move job %s: %w", r.Job, err)
	}
	if !j.Live() {
		return j, fmt.Errorf("move job %s: %w", r.Job, ErrNotLive)
	}
	if err := s.lock(ctx, st, b); err != nil {
		return nil, fmt.Errorf("move job %s: %w", r.Job, err)
	}
	slot, _, err := s.place(ctx, st, b, wish{
		inPlace: true,
		start:   r.Start, offeredAt: r.OfferedAt, rather: j.Slot.Technician, anyway: r.Anyway,
		Query: Query{
			Service: j.Service, Technician: r.Technician, ZIP: j.Address.ZIP, Holder: r.Holder, Job: j.ID, Lasting: j.Lasting(),
			Emergency: j.Urgency == Emergency,
		},
	})
	if err != nil {
		return nil, fmt.Errorf("move job %s: %w", r.Job, err)
	}
	if err := s.checkFresh(ctx, st, b.ID, slot); err != nil {
		return nil, fmt.Errorf("move job %s: %w", r.Job, err)
	}
	if r.Holder != "" {
		if err := st.ReleaseHolds(ctx, b.ID, r.Holder); err != nil {
			return nil, fmt.Errorf("move job %s: %w", r.Job, err)
		}
	}
	j.setSlot(b, slot)
	if r.Accepted {
		j.Status = StatusBooked
	}
	j.DisplacedBy = "" // it has a time of its own again
	j.UpdatedAt = s.clock.Now()
	if err := st.UpdateJob(ctx, j); err != nil {
		return nil, fmt.Errorf("move job %s: %w", r.Job, err)
	}
	return j, nil
}

// Cancel takes a job off the calendar and frees its time. For a job that was cancelled or completed before it gives
// the job, unchanged, and ErrNotLive, so that nobody is told twice; ErrNoJob when there is none.
func (s *Scheduler) Cancel(ctx context.Context, st Store, b *business.Business, id string) (*Job, error) {
	if err := st.LockCalendar(ctx, b.ID); err != nil { // what is read is written again, whole
		return nil, fmt.Errorf("cancel job %s: %w", id, err)
	}
	j, err := st.Job(ctx, b.ID, id)
	if err != nil {
		return nil, fmt.Errorf("cancel job %s: %w", id, err)
	}
	if !j.Live() {
		return j, fmt.Errorf("cancel job %s: %w", id, ErrNotLive)
	}
	j.Status, j.UpdatedAt = StatusCancelled, s.clock.Now()
	err = st.UpdateJob(ctx, j)
	if errors.Is(err, ErrNotLive) { // somebody else was faster by a moment
		if j, err = st.Job(ctx, b.ID, id); err == nil {
			return j, fmt.Errorf("cancel job %s: %w", id, ErrNotLive)
		}
	}
	if err != nil {
		return nil, fmt.Errorf("cancel job %s: %w", id, err)
	}
	return j, nil
}

// Live says whether a job is on: booked or tentative.
func (j *Job) Live() bool { return j.Status == StatusBooked || j.Status == StatusTentative }

func (j *Job) setSlot(b *business.Business, slot Slot) {
	j.Slot, j.Parts = slot, nil
	if slot.Days > 1 {
		j.Parts = Visits(b, slot)
	}
	j.Slot.Delay, j.Slot.Over, j.Slot.Emergency, j.Slot.Moves = 0, false, false, "" // that was how it came by the time
	j.BusyUntil = slot.End.Add(b.Scheduling.TravelBuffer.Std())
	j.WindowEnd = Window(b, slot).To
}

// Window is the arrival window that is promised for a visit: the shop's own that begins with it, if any, or else
// scheduling.arrival_window from its start, but not past the closing of the opening hours that it begins in.
func Window(b *business.Business, slot Slot) Interval {
	if w, span := windowAt(b, slot.Start); w != nil && slot.Start.Equal(span.From) {
		return Interval{From: slot.Start, To: span.To}
	}
	to := slot.Start.Add(b.Scheduling.ArrivalWindow.Std())
	for _, span := range openSpans(b, slot.Start, slot.Start) {
		if !slot.Start.Before(span.From) && slot.Start.Before(span.To) && span.To.Before(to) {
			to = span.To
		}
	}
	return Interval{From: slot.Start, To: to}
}

// wish is one start to be booked; of Query, the times count for nothing.
type wish struct {
	Query
	start     time.Time
	offeredAt time.Time
	rather    string // this technician if free and none is named
	quick     bool   // leave the alternatives out of a refusal
	anyway    bool   // the owner's word, as in MoveRequest
	inPlace   bool   // put it over no other job
}

// lock keeps others from changing what is looked at before a booking, and that no constraint of the database guards: how
// many visits there are, and what is in calendars outside.
func (s *Scheduler) lock(ctx context.Context, st Store, b *business.Business) error {
	// Where calendars outside were looked at just now, somebody else may be storing what another look has found.
	looked, _ := ctx.Value(looksKey{}).(looks)
	if !counted(b) && len(looked) == 0 {
		return nil // the constraint on times is enough
	}
	if err := st.LockCalendar(ctx, b.ID); err != nil {
		return fmt.Errorf("lock the calendar: %w", err)
	}
	return nil
}

// place finds the slot for a start, and the jobs that it is put over, if any; or a *Refusal.
func (s *Scheduler) place(ctx context.Context, st Store, b *business.Business, w wish) (Slot, []string, error) {
	now := s.clock.Now()
	w.roads = s.roads
	search, ok := newSearch(b, now, w.Query)
	if !ok {
		return Slot{}, nil, &Refusal{Reason: UnknownService, Wanted: Interval{From: w.start}}
	}
	search.allowOffered(w.offeredAt, s.holdFor)
	search.anyway = w.anyway
	start := w.start.In(b.Location())
	if search.driving != nil { // no constraint of the database knows how long a drive takes
		if err := st.LockCalendar(ctx, b.ID); err != nil {
			return Slot{}, nil, fmt.Errorf("lock the calendar: %w", err)
		}
	}
	var busy []Busy
	var err error
	switch {
	case w.Technician != "" && search.plain(): // how much everyone has to do that day makes no difference
		busy, err = st.Busy(ctx, b.ID, start, start.Add(search.block()), now, w.Holder, w.Job)
	case search.emergency && b.Emergencies.Overbook: // whether somebody is free before it makes one, or after it soon enough
		within := now.Add(b.Emergencies.OverbookWithin.Std())
		busy, err = s.busy(ctx, st, b, earlier(now, start), later(start, within), now, w.Query)
	default:
		busy, err = s.busy(ctx, st, b, start, start, now, w.Query)
	}
	if err != nil {
		return Slot{}, nil, err
	}
	techs := search.team(w.Technician, busy)
	reason := search.check(start)
	switch {
	case len(techs) == 0:
		reason = NobodySkilled
	case reason == "" && !start.Equal(start.Truncate(time.Minute)):
		reason = OffGrid
	case reason == "" && search.crowded(start) != "":
		reason = search.crowded(start)
	case reason == "":
		search.lookAt(techs, start)
		if i := slices.IndexFunc(techs, func(t technician) bool { return t.name == w.rather }); i >= 0 && search.can(&techs[i], start) {
			return search.slot(&techs[i], start), nil, nil
		}
		t := search.choose(techs, start)
		if t == nil && search.promised(w) {
			t = search.choose(techs, start)
		}
		if t != nil {
			return search.slot(t, start), nil, nil
		}
		if slot, ok := search.overAt(busy, start); ok && !w.inPlace {
			return slot, displaced(b, busy, slot, now), nil
		}
		reason = search.nobody(techs, start)
	}
	if w.quick {
		return Slot{}, nil, &Refusal{Reason: reason, Wanted: Interval{From: start}}
	}
	alternatives, err := s.nearestTo(ctx, st, b, start, w.Query)
	if err != nil {
		return Slot{}, nil, err
	}
	return Slot{}, nil, &Refusal{Reason: reason, Wanted: Interval{From: start}, Alternatives: alternatives}
}

// plain says whether it is one visit of one person, whatever else is booked that day.
func (s *search) plain() bool {
	return s.crew == 1 && s.days == 1 && s.driving == nil && !counted(s.b)
}

// allowOffered counts the notice from when a time was offered.
func (s *search) allowOffered(at time.Time, usual time.Duration) {
	age := time.Duration(0)
	switch {
	case !at.IsZero():
		age = s.now.Sub(at)
	case s.q.Holder != "":
		age = usual
	}
	s.earliest = s.earliest.Add(-max(0, min(age, maxOfferAge)))
}

func (s *search) slot(t *technician, start time.Time) Slot {
	c, _ := s.crewOf(t, start)
	slot := Slot{Technician: t.name, Start: start, End: c.visits[len(c.visits)-1].To, Emergency: s.emergency, Moves: s.q.Job}
	if s.days > 1 {
		slot.Days, slot.Daily, slot.Delay = s.days, s.duration, c.delay
	}
	if c.helper != nil {
		slot.Helper = c.helper.name
	}
	return slot
}

// nearby is how far from a refused start alternatives are looked for at first; most days have some.
const nearby = 4 * 24 * time.Hour

// nearestTo gives the open times nearest to a start that isn't open, of any technician.
func (s *Scheduler) nearestTo(ctx context.Context, st Store, b *business.Business, start time.Time, q Query) ([]Slot, error) {
	q.Technician = ""
	now, horizon := s.clock.Now(), b.Scheduling.Horizon.Std()
	around := start
	if around.Before(now) {
		around = now
	}
	if latest := now.Add(horizon); around.After(latest) {
		around = latest
	}
	var found []Slot
	for _, reach := range []time.Duration{nearby, horizon + time.Minute} {
		q.From, q.To = around.Add(-reach), around.Add(reach)
		slots, err := s.Availability(ctx, st, b, q)
		if err != nil {
			return nil, err
		}
		search, _ := newSearch(b, now, q)
		p := picker{search: search, limit: defaultOffers}
		if found = p.nearest(slots, []Interval{{From: start, To: start.Add(time.Minute)}}); len(found) == defaultOffers {
			break
		}
	}
	return found, nil
}
