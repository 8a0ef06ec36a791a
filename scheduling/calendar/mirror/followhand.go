package mirror

import (
	"context"
	"errors"
	"fmt"
	"time"

	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// follow does with a job what a person did with its event: moved it, or deleted it. What Fixly wrote itself comes back
// as a change, too; that is told by where it lies.
func (s *seeing) follow(ctx context.Context, w *calendar.Written, e *calendar.Event) error {
	j, err := s.tx.Job(ctx, s.b.ID, w.JobID)
	if err != nil {
		return err
	}
	// What was read before we wrote last is not what is there now, whatever it says.
	if w.WroteAt.After(s.now) && (e.Gone || !w.IsOurs(e)) {
		return errSuperseded
	}
	if e.Gone {
		return s.deleted(ctx, w, j)
	}
	w.ETag = e.ETag
	switch {
	case w.IsOurs(e), isAt(j, w.Part, e):
		w.Start, w.End = e.Start, e.End
		return s.tx.SaveWritten(ctx, w)
	case !j.Live() || !s.belongs(j, w.Part):
		return s.tx.SaveWritten(ctx, w) // it is about to be erased
	case !j.Slot.End.After(s.now) && !e.End.After(s.now):
		return s.tx.SaveWritten(ctx, w) // what is over is over
	}
	return s.moved(ctx, w, j, e)
}

// belongs says whether a job's event belongs into this calendar.
func (s *seeing) belongs(j *scheduling.Job, part int) bool {
	return s.c.Writes && belongs(s.c, j) && part < len(visits(j))
}

// moved puts the job where its event was put. Where it can't go it stays, and the owner is told.
func (s *seeing) moved(ctx context.Context, w *calendar.Written, j *scheduling.Job, e *calendar.Event) error {
	refuse := func(why string) error {
		if err := s.tx.SaveWritten(ctx, w); err != nil {
			return err
		}
		return s.cannotFollow(ctx, j, e, why)
	}
	switch {
	case e.AllDay:
		return refuse("a visit needs a time of day")
	case len(visits(j)) > 1:
		return refuse("a job of several days is moved on its page")
	}
	followed, err := s.m.scheduler.Follow(ctx, s.tx, s.b, w.JobID, e.Start, e.End)
	var refused *scheduling.Refusal
	if errors.As(err, &refused) {
		return refuse(j.Slot.Technician + " has another job then")
	}
	if err != nil {
		return err
	}
	// Its words tell the time, too, so that it is written once more; where it lies then tells that it is ours. Whatever was
	// being written is refused: the event has changed.
	w.Start, w.End, w.Revision = e.Start, e.End, time.Time{}
	w.NextStart, w.NextEnd = time.Time{}, time.Time{}
	if err := s.tx.SaveWritten(ctx, w); err != nil {
		return err
	}
	if err := settleJob(ctx, s.tx, s.b.ID, followed, true); err != nil {
		return err
	}
	if err := s.under(ctx, followed); err != nil {
		return err
	}
	if !followed.Slot.Start.Equal(j.Slot.Start) {
		return s.tx.OfferChange(ctx, followed, "moved")
	}
	return nil
}

// cannotFollow notes that an event lies where its job can't go.
func (s *seeing) cannotFollow(ctx context.Context, j *scheduling.Job, e *calendar.Event, why string) error {
	zone := s.b.Location()
	if s.putsBack {
		return s.tx.NoticeOwner(ctx, s.b.ID, fmt.Sprintf("calendar_put_back:%s:%s", j.ID, e.ETag), fmt.Sprintf(
			"You moved %q to %s in your calendar, but %s. It is put where the visit is, %s. The customer was told nothing.",
			title(e), when(e.Start, zone), why, when(j.Slot.Start, zone)))
	}
	news, err := s.tx.InsertTrouble(ctx, &calendar.Trouble{
		BusinessID: s.b.ID, CalendarID: s.c.ID, EventID: e.ID, JobID: j.ID, Kind: calendar.CannotFollow, Title: e.Title,
		Start: e.Start, End: e.End, At: s.now,
	})
	if err != nil || !news {
		return err
	}
	return s.tx.NoticeOwner(ctx, s.b.ID, fmt.Sprintf("calendar_cannot_follow:%s:%s", j.ID, e.ETag), fmt.Sprintf(
		"You moved %q to %s in your calendar, but %s. The visit is still %s, and the customer was told nothing. Move it to another time, or back.",
		title(e), when(e.Start, zone), why, when(j.Slot.Start, zone)))
}

// deleted cancels the job whose event was deleted by hand.
func (s *seeing) deleted(ctx context.Context, w *calendar.Written, j *scheduling.Job) error {
	if err := s.tx.DeleteWritten(ctx, w); err != nil {
		return err
	}
	switch {
	case !j.Live() || !s.belongs(j, w.Part), !j.Slot.End.After(s.now):
		return nil // it was erased by us, or is over
	case s.vanished >= tooMany:
		_, err := s.tx.InsertTrouble(ctx, &calendar.Trouble{
			BusinessID: s.b.ID, CalendarID: s.c.ID, EventID: w.EventID, JobID: j.ID, Kind: calendar.Vanished,
			Title: j.Service, Start: j.Slot.Start, End: j.Slot.End, At: s.now,
		})
		return err
	}
	j, err := s.m.scheduler.Cancel(ctx, s.tx, s.b, j.ID)
	if errors.Is(err, scheduling.ErrNotLive) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := settleJob(ctx, s.tx, s.b.ID, j, true); err != nil {
		return err
	}
	return s.tx.OfferChange(ctx, j, "cancelled")
}

// count finds how many events of jobs that are on were deleted by hand. Where they are so many that it is an accident, the
// owner is told, once, and nothing is cancelled.
func (s *seeing) count(ctx context.Context, events []calendar.Event) error {
	first := ""
	for i := range events {
		if !events[i].Gone {
			continue
		}
		w, err := s.tx.WrittenAt(ctx, s.c.ID, events[i].ID)
		if err != nil {
			return err
		}
		if w == nil {
			continue
		}
		j, err := s.tx.Job(ctx, s.b.ID, w.JobID)
		if err != nil {
			return err
		}
		if j.Live() && s.belongs(j, w.Part) && j.Slot.End.After(s.now) {
			s.vanished++
			first = w.EventID
		}
	}
	if s.vanished < tooMany {
		return nil
	}
	return s.tx.NoticeOwner(ctx, s.b.ID, "calendar_vanished:"+s.c.ID+":"+first, fmt.Sprintf(
		"%d visits were deleted from your calendar %q at once. That looks like an accident, so all of them are still on and no customer was told. Cancel those that you mean to on their pages.",
		s.vanished, s.c.Name))
}
