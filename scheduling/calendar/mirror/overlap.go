package mirror

import (
	"context"
	"fmt"
	"strings"
	"time"

	"fixly/scheduling"
	"fixly/scheduling/calendar"
)

// overlapping looks for jobs that lie under an appointment just seen. A job that was booked since the calendar was last
// read was booked in good faith: its customer hears at once. Of any other one the owner is told, who put the appointment
// there.
func (s *seeing) overlapping(ctx context.Context, e *calendar.Event) error {
	if !s.c.Reads || e.Free || !e.End.After(s.now) {
		return nil
	}
	jobs, err := s.tx.JobsBetween(ctx, s.b.ID, s.c.Technician, e.Start, e.End)
	if err != nil {
		return err
	}
	for i := range jobs {
		j := &jobs[i]
		if !j.Slot.End.After(s.now) || !overlaps(j, e) {
			continue
		}
		t := calendar.Trouble{
			BusinessID: s.b.ID, CalendarID: s.c.ID, EventID: e.ID, JobID: j.ID, Kind: calendar.Overlap, Title: e.Title,
			Start: e.Start, End: e.End, At: s.now,
		}
		if taken, err := s.bookedUnseen(ctx, j); err != nil {
			return err
		} else if taken {
			t.Kind = calendar.Taken
		}
		news, err := s.tx.InsertTrouble(ctx, &t)
		if err != nil {
			return err
		}
		switch {
		case !news:
		case t.Kind == calendar.Taken:
			if err := s.tx.OfferChange(ctx, j, "taken"); err != nil {
				return err
			}
		default:
			s.note(e, j)
		}
	}
	return nil
}

// under looks for appointments over a job that the owner has put there.
func (s *seeing) under(ctx context.Context, j *scheduling.Job) error {
	found, err := s.tx.CalendarEventsBetween(ctx, s.b.ID, j.Slot.Start, j.Slot.End)
	if err != nil {
		return err
	}
	for i := range found {
		e := &found[i]
		if e.Free || e.Technician != "" && !j.Slot.Takes(e.Technician) {
			continue
		}
		t := calendar.Trouble{
			BusinessID: s.b.ID, CalendarID: e.CalendarID, EventID: e.ID, JobID: j.ID, Kind: calendar.Overlap, Title: e.Title,
			Start: e.Start, End: e.End, At: s.now,
		}
		news, err := s.tx.InsertTrouble(ctx, &t)
		if err != nil {
			return err
		}
		if news {
			s.note(&e.Event, j)
		}
	}
	return nil
}

// note has the owner told of an overlap, with all others of this reading.
func (s *seeing) note(e *calendar.Event, j *scheduling.Job) {
	s.overlaps = append(s.overlaps, s.line(e, j))
	if s.overlap == "" {
		s.overlap = fmt.Sprintf("%s:%s:%d", j.ID, e.ID, e.Start.UnixMilli())
	}
}

// bookedUnseen says whether a job got its time since the calendar was last read: it was booked since, or changed since and
// is in no calendar yet where it is now.
func (s *seeing) bookedUnseen(ctx context.Context, j *scheduling.Job) (bool, error) {
	switch {
	case s.seenBefore.IsZero() || !j.UpdatedAt.After(s.seenBefore):
		return false, nil
	case j.CreatedAt.After(s.seenBefore):
		return true, nil
	}
	all, err := s.tx.WrittenOf(ctx, s.b.ID, j.ID)
	if err != nil {
		return false, err
	}
	for i := range all {
		if isAt(j, all[i].Part, &calendar.Event{Start: all[i].Start, End: all[i].End}) {
			return false, nil
		}
	}
	return len(all) > 0, nil
}

// settle marks as settled what was the matter with an event: it is gone (nil), keeps nobody busy, or lies elsewhere.
func (s *seeing) settle(ctx context.Context, id string, e *calendar.Event) error {
	open, err := s.tx.TroublesOfEvent(ctx, s.b.ID, s.c.ID, id)
	if err != nil {
		return err
	}
	for i := range open {
		t := &open[i]
		if t.Kind != calendar.Overlap && t.Kind != calendar.Taken {
			continue
		}
		if e != nil && !e.Free {
			j, err := s.tx.Job(ctx, s.b.ID, t.JobID)
			if err != nil {
				return err
			}
			if j.Live() && overlaps(j, e) {
				continue
			}
		}
		if err := s.tx.SettleTrouble(ctx, s.b.ID, t.ID); err != nil {
			return err
		}
	}
	return nil
}

// settleJob marks as settled what was the matter with a job and is no more. placed says that its event lies where the job
// is, by now.
func settleJob(ctx context.Context, tx Tx, businessID string, j *scheduling.Job, placed bool) error {
	open, err := tx.Troubles(ctx, businessID, j.ID)
	if err != nil {
		return err
	}
	for i := range open {
		t := &open[i]
		matters := false
		switch t.Kind {
		case calendar.Overlap, calendar.Taken:
			matters = overlaps(j, &calendar.Event{Start: t.Start, End: t.End})
		case calendar.CannotFollow, calendar.Vanished:
			matters = !placed
		}
		if matters && j.Live() {
			continue
		}
		if err := tx.SettleTrouble(ctx, businessID, t.ID); err != nil {
			return err
		}
	}
	return nil
}

// mostLines bounds how many overlaps one text lists.
const mostLines = 4

// tell texts the owner what overlaps, in one text.
func (s *seeing) tell(ctx context.Context) error {
	if len(s.overlaps) == 0 {
		return nil
	}
	lines := s.overlaps[:min(len(s.overlaps), mostLines)]
	text := "In your calendar there is something where a visit is booked: " + strings.Join(lines, "; ")
	if more := len(s.overlaps) - len(lines); more > 0 {
		text += fmt.Sprintf("; and %d more", more)
	}
	return s.tx.NoticeOwner(ctx, s.b.ID, "calendar_overlap:"+s.overlap, text+". Move one of them. Nobody else was told.")
}

// line names an appointment and the job under it.
func (s *seeing) line(e *calendar.Event, j *scheduling.Job) string {
	who := j.Customer.Name
	if who == "" {
		who = "a customer"
	}
	return fmt.Sprintf("%q over %s's %s for %s, %s", title(e), j.Slot.Technician, strings.ToLower(j.Service), who, when(j.Slot.Start, s.b.Location()))
}

func title(e *calendar.Event) string {
	const most = 40
	r := []rune(strings.TrimSpace(e.Title))
	switch {
	case len(r) == 0:
		return "an appointment"
	case len(r) > most:
		return string(r[:most-1]) + "…"
	}
	return string(r)
}

func when(t time.Time, zone *time.Location) string { return t.In(zone).Format("Mon Jan 2, 3:04 PM") }
