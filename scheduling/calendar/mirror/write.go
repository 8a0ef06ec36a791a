package mirror

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// errClaimed says that somebody else is writing the same event.
var errClaimed = errors.New("mirror: the event is being written by somebody else")

// belongs says whether a job goes into a calendar, if it is one that jobs are written into.
func belongs(c *calendar.Connected, j *scheduling.Job) bool {
	return c.Technician == "" || j.Slot.Takes(c.Technician)
}

// visits are the stretches that a job takes, an event each.
func visits(j *scheduling.Job) []calendar.Window {
	var out []calendar.Window
	for _, v := range j.Visits() {
		out = append(out, calendar.Window(v))
	}
	return out
}

// isAt says whether an event lies where a visit of its job does.
func isAt(j *scheduling.Job, part int, e *calendar.Event) bool {
	all := visits(j)
	return part < len(all) && e.Start.Equal(all[part].From) && e.End.Equal(all[part].To)
}

// overlaps says whether somebody is on a visit of a job during an event.
func overlaps(j *scheduling.Job, e *calendar.Event) bool {
	return slices.ContainsFunc(visits(j), func(v calendar.Window) bool { return v.Overlaps(e) })
}

// target is an event that a job should have.
type target struct {
	c    *calendar.Connected
	part int
}

// isSame says whether two calendars in use are one and the same at the provider, connected twice.
func isSame(a, b *calendar.Connected) bool { return a.Provider == b.Provider && a.Remote == b.Remote }

// targets are all events that a job should have, one in each calendar even if it is connected twice; those of one that is
// off, none.
func targets(j *scheduling.Job, calendars []calendar.Connected) []target {
	var out []target
	for i := range calendars {
		c := &calendars[i]
		if !wants(c, j) || slices.ContainsFunc(out, func(t target) bool { return isSame(t.c, c) }) {
			continue
		}
		for part := range visits(j) {
			out = append(out, target{c, part})
		}
	}
	return out
}

// wants says whether a calendar is to have the events of a job.
func wants(c *calendar.Connected, j *scheduling.Job) bool {
	return j.Live() && c.Writes && belongs(c, j)
}

// Write brings the events of a job in all calendars in step with it. Where one calendar fails, the others are written all
// the same. Doing it again changes nothing.
func (m *Mirror) Write(ctx context.Context, businessID, jobID string) error {
	b, err := m.Reader.Business(ctx, businessID)
	if err != nil {
		return err
	}
	j, err := m.Reader.Job(ctx, businessID, jobID)
	if err != nil {
		return err
	}
	if j.Status == scheduling.StatusCompleted {
		return nil // what is in the calendar stays there, as it was
	}
	calendars, err := m.Reader.Calendars(ctx, businessID)
	if err != nil {
		return err
	}
	written, err := m.Reader.WrittenOf(ctx, businessID, jobID)
	if err != nil {
		return err
	}
	wanted := targets(j, calendars)
	var errs []error
	for i := range written {
		w := &written[i]
		c := find(calendars, w.CalendarID)
		if contains(wanted, w) {
			continue
		}
		shared := c != nil && slices.ContainsFunc(wanted, func(t target) bool { return isSame(t.c, c) && t.part == w.Part })
		errs = append(errs, m.erase(ctx, b, c, shared, j, w))
	}
	for _, t := range wanted {
		errs = append(errs, m.write(ctx, b, t, jobID))
	}
	errs = append(errs, m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		j, err := tx.Job(ctx, businessID, jobID)
		if err != nil {
			return err
		}
		return settleJob(ctx, tx, businessID, j, false)
	}))
	// What is worth another try first: that is what is done about all of them.
	slices.SortStableFunc(errs, func(a, b error) int { return cmp.Compare(rank(a), rank(b)) })
	return errors.Join(errs...)
}

func rank(err error) int {
	var e *calendar.Error
	switch {
	case errors.Is(err, errClaimed):
		return 0
	case errors.As(err, &e) && !e.Retry():
		return 2
	}
	return 1
}

func contains(wanted []target, w *calendar.Written) bool {
	for _, t := range wanted {
		if t.c.ID == w.CalendarID && t.part == w.Part {
			return true
		}
	}
	return false
}

func find(calendars []calendar.Connected, id string) *calendar.Connected {
	for i := range calendars {
		if calendars[i].ID == id {
			return &calendars[i]
		}
	}
	return nil
}

// claim takes an event to oneself, to write it or to erase it, and gives the job and the event as they are then. done:
// there is nothing to do (any more).
//
// What is about to be written is noted with it. Where it is not known what came of something that was noted before, that
// stays noted.
func (m *Mirror) claim(ctx context.Context, businessID, jobID, calendarID string, part int, erasing bool) (j *scheduling.Job, w *calendar.Written, done bool, err error) {
	now := m.Clock.Now()
	err = m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		done = false
		var err error
		if j, err = tx.Job(ctx, businessID, jobID); err != nil {
			return err
		}
		calendars, err := tx.Calendars(ctx, businessID)
		if err != nil {
			return err
		}
		w = &calendar.Written{JobID: jobID, Part: part, CalendarID: calendarID, BusinessID: businessID}
		before, err := current(ctx, tx, w)
		if err != nil {
			return err
		}
		if before != nil {
			w = before
		}
		wanted := contains(targets(j, calendars), w)
		switch {
		case erasing && (wanted || before == nil), !erasing && !wanted, !erasing && !w.Revision.IsZero() && w.Revision.Equal(j.UpdatedAt):
			done = true
			return nil
		}
		w.ClaimedUntil = now.Add(claimFor)
		if !erasing && !isUnsure(w) {
			w.NextStart, w.NextEnd = visits(j)[part].From, visits(j)[part].To
		}
		got, err := tx.ClaimWritten(ctx, w)
		if err == nil && !got {
			err = errClaimed
		}
		return err
	})
	return j, w, done, err
}

// isUnsure says whether it is not known what came of the last try to write an event.
func isUnsure(w *calendar.Written) bool { return w.EventID != "" && !w.NextStart.IsZero() }

// write writes one event of a job.
func (m *Mirror) write(ctx context.Context, b *business.Business, t target, jobID string) error {
	outside, _, err := m.of(ctx, t.c)
	if err != nil {
		return m.refusedWriting(ctx, t.c, jobID, err)
	}
	j, w, done, err := m.claim(ctx, b.ID, jobID, t.c.ID, t.part, false)
	if err != nil || done {
		return err
	}
	e := calendar.EventOf(b, t.c.Technician, j, t.part)
	var got calendar.Event
	switch {
	case isUnsure(w) && !(w.NextStart.Equal(e.Start) && w.NextEnd.Equal(e.End)):
		err = m.byHand(ctx, b, t, outside, w)
		if err == nil {
			return nil
		}
		return errors.Join(m.refusedWriting(ctx, t.c, jobID, err), m.release(ctx, w))
	case w.EventID == "":
		var existed bool
		if got, existed, err = outside.Insert(ctx, t.c.Remote, e); err == nil && existed && !shows(&got, &e) {
			e.ID, e.ETag = got.ID, got.ETag
			got, err = outside.Update(ctx, t.c.Remote, e)
		}
	default:
		e.ID, e.ETag = w.EventID, w.ETag
		got, err = outside.Update(ctx, t.c.Remote, e)
	}
	switch calendar.KindOf(err) {
	case "":
		return m.wrote(ctx, w, &got, j.UpdatedAt)
	case calendar.Conflict, calendar.NotFound:
		if w.EventID == "" {
			err = errors.Join(m.stillThere(ctx, t.c, outside), err)
			break
		}
		if err = m.byHand(ctx, b, t, outside, w); err == nil {
			return nil
		}
	case calendar.Unavailable, calendar.Limited, calendar.Unauthorized, calendar.Forbidden, calendar.Expired, calendar.Invalid:
	}
	return errors.Join(m.refusedWriting(ctx, t.c, jobID, err), m.release(ctx, w))
}

// shows says whether an event shows a job already.
func shows(got, want *calendar.Event) bool {
	return got.Start.Equal(want.Start) && got.End.Equal(want.End) && got.Title == want.Title && got.Place == want.Place &&
		got.Notes == want.Notes && got.Tentative == want.Tentative
}

// wrote stores how an event was written, and lets go of it. Where it was seen changed meanwhile, what was seen stays.
func (m *Mirror) wrote(ctx context.Context, w *calendar.Written, got *calendar.Event, revision time.Time) error {
	return m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
		now, err := current(ctx, tx, w)
		if err != nil || now == nil {
			return err
		}
		if now.ETag == w.ETag || now.ETag == got.ETag {
			now.EventID, now.ETag, now.Start, now.End, now.Revision = got.ID, got.ETag, got.Start, got.End, revision
		}
		now.WroteAt = m.Clock.Now()
		now.NextStart, now.NextEnd, now.ClaimedUntil = time.Time{}, time.Time{}, time.Time{}
		if err := tx.SaveWritten(ctx, now); err != nil {
			return err
		}
		j, err := tx.Job(ctx, w.BusinessID, w.JobID)
		if err != nil {
			return err
		}
		return settleJob(ctx, tx, w.BusinessID, j, j.UpdatedAt.Equal(revision))
	})
}

// release lets go of an event that could not be written. What was noted as being written stays so: it may have been.
func (m *Mirror) release(ctx context.Context, w *calendar.Written) error {
	return m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
		now, err := current(ctx, tx, w)
		if err != nil || now == nil {
			return err
		}
		now.ClaimedUntil = time.Time{}
		return tx.SaveWritten(ctx, now)
	})
}

// current reads the event of a job again; nil when it is forgotten.
func current(ctx context.Context, tx Tx, w *calendar.Written) (*calendar.Written, error) {
	all, err := tx.WrittenOf(ctx, w.BusinessID, w.JobID)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].CalendarID == w.CalendarID && all[i].Part == w.Part {
			return &all[i], nil
		}
	}
	return nil, nil
}

// byHand deals with an event that may have been changed by a person since it was written: it is looked at, and if it was
// moved or deleted, the job follows as if it had been read. If only its words were changed, or it was our own change of which
// no answer came, or the job can't follow, it is written over what was found.
func (m *Mirror) byHand(ctx context.Context, b *business.Business, t target, outside calendar.Calendars, w *calendar.Written) error {
	began := m.Clock.Now()
	found, err := outside.Event(ctx, t.c.Remote, w.EventID)
	switch {
	case calendar.KindOf(err) == calendar.NotFound:
		found = calendar.Event{ID: w.EventID, Gone: true}
	case err != nil:
		return err
	}
	if found.Gone {
		if err := m.stillThere(ctx, t.c, outside); err != nil {
			return err
		}
	}
	var j *scheduling.Job
	var over *calendar.Event // what to write over what was found
	err = m.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		over = nil
		if err := tx.LockCalendar(ctx, b.ID); err != nil {
			return err
		}
		now, err := current(ctx, tx, w)
		if err != nil || now == nil {
			return err
		}
		before, err := tx.Job(ctx, b.ID, w.JobID)
		if err != nil {
			return err
		}
		seen := found
		s := seeing{m: m, tx: tx, b: b, c: t.c, now: began, known: map[string]calendar.Stored{}, putsBack: true}
		if err := s.follow(ctx, now, &seen); err != nil || found.Gone {
			return err
		}
		if j, err = tx.Job(ctx, b.ID, w.JobID); err != nil {
			return err
		}
		if now, err = current(ctx, tx, w); err != nil || now == nil {
			return err
		}
		if !wants(t.c, j) || t.part >= len(visits(j)) || !j.UpdatedAt.Equal(before.UpdatedAt) {
			now.ClaimedUntil = time.Time{} // it has followed, which is written out by itself, or belongs here no more
			return tx.SaveWritten(ctx, now)
		}
		e := calendar.EventOf(b, t.c.Technician, j, t.part)
		e.ID, e.ETag = w.EventID, found.ETag
		now.NextStart, now.NextEnd = e.Start, e.End
		over = &e
		return tx.SaveWritten(ctx, now)
	})
	if err != nil || over == nil {
		return err
	}
	got, err := outside.Update(ctx, t.c.Remote, *over)
	if err != nil {
		if calendar.KindOf(err) == calendar.Conflict { // changed again, this very moment
			return &calendar.Error{Kind: calendar.Unavailable, Doing: "write an event", Err: err}
		}
		return err
	}
	w.ETag = found.ETag
	return m.wrote(ctx, w, &got, j.UpdatedAt)
}

// stillThere makes sure that a calendar exists: a job is not cancelled because the calendar was deleted.
func (m *Mirror) stillThere(ctx context.Context, c *calendar.Connected, outside calendar.Calendars) error {
	all, err := outside.List(ctx)
	if err != nil {
		return err
	}
	for _, i := range all {
		if i.ID == c.Remote {
			return nil
		}
	}
	return &calendar.Error{Kind: calendar.Invalid, Doing: "write an event", Err: fmt.Errorf("the calendar %q is gone", c.Name)}
}

// erase removes the event of a job that is off, or belongs elsewhere by now. Where the same calendar, connected twice, is to
// have it still, it is only forgotten.
func (m *Mirror) erase(ctx context.Context, b *business.Business, c *calendar.Connected, shared bool, j *scheduling.Job, w *calendar.Written) error {
	if c == nil {
		return nil
	}
	outside, _, err := m.of(ctx, c)
	if err != nil {
		return m.refusedWriting(ctx, c, j.ID, err)
	}
	_, w, done, err := m.claim(ctx, b.ID, j.ID, c.ID, w.Part, true)
	if err != nil || done {
		return err
	}
	if !shared {
		if w.EventID == "" { // whether it was written is not known: writing it tells where it is
			got, _, err := outside.Insert(ctx, c.Remote, calendar.EventOf(b, c.Technician, j, w.Part))
			if err != nil {
				return errors.Join(m.refusedWriting(ctx, c, j.ID, err), m.release(ctx, w))
			}
			w.EventID = got.ID
		}
		if err := outside.Delete(ctx, c.Remote, w.EventID, ""); err != nil && calendar.KindOf(err) != calendar.NotFound {
			return errors.Join(m.refusedWriting(ctx, c, j.ID, err), m.release(ctx, w))
		}
	}
	return m.Storage.InTx(context.WithoutCancel(ctx), func(ctx context.Context, tx Tx) error {
		if err := tx.DeleteWritten(ctx, w); err != nil || shared {
			return err
		}
		return tx.DeleteCalendarEvent(ctx, c.ID, w.EventID)
	})
}
