package store

import (
	"context"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/followup"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/mirror"
	"fixly/store/internal/rows"
)

// InsertCalendarAccount stores an account that was connected. Its id is filled in when empty; the credentials are closed.
func (tx *Tx) InsertCalendarAccount(ctx context.Context, a *calendar.Account) error {
	giveID(&a.ID, "cac")
	if a.CreatedAt.IsZero() {
		a.CreatedAt = tx.clock.Now()
	}
	a.UpdatedAt = a.CreatedAt
	if err := tx.q.InsertCalendarAccount(ctx, rows.InsertCalendarAccountParams{
		ID: a.ID, BusinessID: a.BusinessID, Technician: a.Technician, Provider: a.Provider, Name: a.Name,
		Credentials: tx.seal.closeBytes(a.Credentials, a.ID), State: string(a.State), Problem: a.Problem,
		CreatedAt: rows.At(a.CreatedAt), UpdatedAt: rows.At(a.UpdatedAt),
	}); err != nil {
		return wrap("insert a calendar account", err)
	}
	tx.changed(a.BusinessID, CalendarChanged, a.ID)
	return nil
}

// UpdateCalendarAccount stores name, credentials and state of an account again; ErrNoAccount when there is none.
func (tx *Tx) UpdateCalendarAccount(ctx context.Context, a *calendar.Account) error {
	a.UpdatedAt = tx.clock.Now()
	n, err := tx.q.UpdateCalendarAccount(ctx, rows.UpdateCalendarAccountParams{
		BusinessID: a.BusinessID, ID: a.ID, Name: a.Name, Credentials: tx.seal.closeBytes(a.Credentials, a.ID),
		State: string(a.State), Problem: a.Problem, UpdatedAt: rows.At(a.UpdatedAt),
	})
	if err != nil {
		return wrap("update a calendar account", err)
	}
	if n == 0 {
		return notFound("calendar account", a.ID, calendar.ErrNoAccount)
	}
	tx.changed(a.BusinessID, CalendarChanged, a.ID)
	return nil
}

// DeleteCalendarAccount forgets an account with its calendars, their local copies and which jobs were written to them.
// The events stay where they are.
func (tx *Tx) DeleteCalendarAccount(ctx context.Context, businessID, id string) error {
	calendars, err := tx.CalendarsOfAccount(ctx, businessID, id)
	if err != nil {
		return err
	}
	for i := range calendars {
		if err := tx.DeleteCalendar(ctx, businessID, calendars[i].ID); err != nil {
			return err
		}
	}
	if err := tx.q.DeleteCalendarAccount(ctx, businessID, id); err != nil {
		return wrap("delete a calendar account", err)
	}
	tx.changed(businessID, CalendarChanged, id)
	return nil
}

// CalendarAccount reads an account of any business; ErrNoAccount when there is none.
func (v *View) CalendarAccount(ctx context.Context, id string) (*calendar.Account, error) {
	r, err := v.q.CalendarAccount(ctx, id)
	if isNoRows(err) {
		return nil, notFound("calendar account", id, calendar.ErrNoAccount)
	}
	if err != nil {
		return nil, wrap("calendar account", err)
	}
	a, err := v.calendarAccount(r)
	return &a, err
}

// CalendarAccounts lists the accounts of a business, in the order in which they were connected.
func (v *View) CalendarAccounts(ctx context.Context, businessID string) ([]calendar.Account, error) {
	found, err := v.q.CalendarAccounts(ctx, businessID)
	if err != nil {
		return nil, wrap("calendar accounts", err)
	}
	out := make([]calendar.Account, len(found))
	for i, r := range found {
		if out[i], err = v.calendarAccount(r); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func (v *View) calendarAccount(r rows.CalendarAccount) (calendar.Account, error) {
	credentials, err := v.seal.openBytes(r.Credentials, r.ID)
	return calendar.Account{
		ID: r.ID, BusinessID: r.BusinessID, Technician: r.Technician, Provider: r.Provider, Name: r.Name, Credentials: credentials,
		State: calendar.State(r.State), Problem: r.Problem, CreatedAt: r.CreatedAt.Time(), UpdatedAt: r.UpdatedAt.Time(),
	}, wrap("calendar account "+r.ID, err)
}

// InsertCalendar takes a calendar of an account into use. Its id is filled in when empty.
func (tx *Tx) InsertCalendar(ctx context.Context, c *calendar.Connected) error {
	giveID(&c.ID, "cal")
	if err := tx.q.InsertCalendar(ctx, rows.InsertCalendarParams{
		ID: c.ID, AccountID: c.AccountID, BusinessID: c.BusinessID, Technician: c.Technician, Provider: c.Provider,
		Remote: c.Remote, Name: c.Name, Zone: c.Zone, Reads: c.Reads, Writes: c.Writes, SyncCursor: c.Cursor,
		WindowFrom: rows.At(c.Window.From), WindowTo: rows.At(c.Window.To), SyncedAt: rows.At(c.SyncedAt),
		FailingSince: rows.At(c.FailingSince), Failure: c.Failure, WatchChannel: c.Watch.Channel,
		WatchResource: c.Watch.Resource, WatchToken: c.Token, WatchUntil: rows.At(c.Watch.Until),
	}); err != nil {
		return wrap("insert a calendar", err)
	}
	tx.changed(c.BusinessID, CalendarChanged, c.ID)
	return nil
}

// UpdateCalendar stores a calendar in use again, whole but for whose it is; ErrNoCalendar when there is none.
func (tx *Tx) UpdateCalendar(ctx context.Context, c *calendar.Connected) error {
	n, err := tx.q.UpdateCalendar(ctx, rows.UpdateCalendarParams{
		BusinessID: c.BusinessID, ID: c.ID, Name: c.Name, Zone: c.Zone, Reads: c.Reads, Writes: c.Writes, SyncCursor: c.Cursor,
		WindowFrom: rows.At(c.Window.From), WindowTo: rows.At(c.Window.To), SyncedAt: rows.At(c.SyncedAt),
		FailingSince: rows.At(c.FailingSince), Failure: c.Failure, WatchChannel: c.Watch.Channel,
		WatchResource: c.Watch.Resource, WatchToken: c.Token, WatchUntil: rows.At(c.Watch.Until),
	})
	if err != nil {
		return wrap("update a calendar", err)
	}
	if n == 0 {
		return notFound("calendar", c.ID, calendar.ErrNoCalendar)
	}
	return nil
}

// DeleteCalendar takes a calendar out of use, with its local copy. What was written into it stays there.
func (tx *Tx) DeleteCalendar(ctx context.Context, businessID, id string) error {
	if err := tx.LockCalendar(ctx, businessID); err != nil {
		return err
	}
	if err := tx.q.DeleteJobEventsOf(ctx, id); err != nil {
		return wrap("forget the events of jobs", err)
	}
	if err := tx.q.DeleteCalendarEvents(ctx, id); err != nil {
		return wrap("delete a calendar's events", err)
	}
	if err := tx.q.DeleteCalendar(ctx, businessID, id); err != nil {
		return wrap("delete a calendar", err)
	}
	tx.changed(businessID, CalendarChanged, id)
	return nil
}

// Calendar reads a calendar in use, of any business; ErrNoCalendar when there is none.
func (v *View) Calendar(ctx context.Context, id string) (*calendar.Connected, error) {
	r, err := v.q.Calendar(ctx, id)
	if isNoRows(err) {
		return nil, notFound("calendar", id, calendar.ErrNoCalendar)
	}
	if err != nil {
		return nil, wrap("calendar", err)
	}
	c := connected(r)
	return &c, nil
}

// CalendarByWatch finds the calendar that a provider tells of, by the id of the channel, of any business; ErrNoCalendar
// when there is none.
func (v *View) CalendarByWatch(ctx context.Context, channel string) (*calendar.Connected, error) {
	r, err := v.q.CalendarByWatch(ctx, channel)
	if isNoRows(err) {
		return nil, notFound("calendar of channel", channel, calendar.ErrNoCalendar)
	}
	if err != nil {
		return nil, wrap("calendar of a channel", err)
	}
	c := connected(r)
	return &c, nil
}

// Calendars lists the calendars in use of a business, by technician, the business's own first.
func (v *View) Calendars(ctx context.Context, businessID string) ([]calendar.Connected, error) {
	return allConnected(v.q.Calendars(ctx, businessID))
}

// CalendarsOfAccount lists the calendars in use of an account.
func (v *View) CalendarsOfAccount(ctx context.Context, businessID, account string) ([]calendar.Connected, error) {
	return allConnected(v.q.CalendarsOfAccount(ctx, businessID, account))
}

// CalendarsToRead lists the calendars of all businesses that were last read before an instant, longest ago first.
func (v *View) CalendarsToRead(ctx context.Context, before time.Time, limit int) ([]calendar.Connected, error) {
	return allConnected(v.q.CalendarsToRead(ctx, rows.At(before), rowLimit(limit)))
}

func allConnected(found []rows.Calendar, err error) ([]calendar.Connected, error) {
	if err != nil {
		return nil, wrap("calendars", err)
	}
	out := make([]calendar.Connected, len(found))
	for i, r := range found {
		out[i] = connected(r)
	}
	return out, nil
}

func connected(r rows.Calendar) calendar.Connected {
	return calendar.Connected{
		ID: r.ID, AccountID: r.AccountID, BusinessID: r.BusinessID, Technician: r.Technician, Provider: r.Provider,
		Remote: r.Remote, Name: r.Name, Zone: r.Zone, Reads: r.Reads, Writes: r.Writes, Cursor: r.SyncCursor,
		Window:   calendar.Window{From: r.WindowFrom.Time(), To: r.WindowTo.Time()},
		SyncedAt: r.SyncedAt.Time(), FailingSince: r.FailingSince.Time(), Failure: r.Failure,
		Watch: calendar.Watch{Channel: r.WatchChannel, Resource: r.WatchResource, Until: r.WatchUntil.Time()}, Token: r.WatchToken,
	}
}

// SaveCalendarEvent stores an event of the local copy, new or again.
func (tx *Tx) SaveCalendarEvent(ctx context.Context, c *calendar.Connected, e *calendar.Event) error {
	return wrap("save a calendar's event", tx.q.SaveCalendarEvent(ctx, rows.SaveCalendarEventParams{
		CalendarID: c.ID, EventID: e.ID, BusinessID: c.BusinessID, Technician: c.Technician, JobID: e.Job, Part: int32(e.Part),
		Etag: e.ETag, Title: e.Title, StartsAt: rows.At(e.Start), EndsAt: rows.Ceil(e.End), AllDay: e.AllDay,
		Blocks: c.Reads && !e.Free && e.Job == "",
	}))
}

// DeleteCalendarEvent takes an event out of the local copy.
func (tx *Tx) DeleteCalendarEvent(ctx context.Context, calendarID, eventID string) error {
	return wrap("delete a calendar's event", tx.q.DeleteCalendarEvent(ctx, calendarID, eventID))
}

// ForgetCalendarEvents empties the local copy of a calendar. It is read anew when its cursor is taken away, too.
func (tx *Tx) ForgetCalendarEvents(ctx context.Context, calendarID string) error {
	return wrap("empty a calendar's local copy", tx.q.DeleteCalendarEvents(ctx, calendarID))
}

// CalendarEvents lists the local copy of a calendar, by id.
func (v *View) CalendarEvents(ctx context.Context, calendarID string) ([]calendar.Stored, error) {
	return allStored(v.q.CalendarEventsOf(ctx, calendarID))
}

// CalendarEventsBetween lists what all calendars of a business hold between two instants, by start: what keeps nobody
// busy and the events of jobs too.
func (v *View) CalendarEventsBetween(ctx context.Context, businessID string, from, to time.Time) ([]calendar.Stored, error) {
	return allStored(v.q.CalendarEventsBetween(ctx, businessID, fromBound(from), toBound(to)))
}

func allStored(found []rows.CalendarEvent, err error) ([]calendar.Stored, error) {
	if err != nil {
		return nil, wrap("events of calendars", err)
	}
	out := make([]calendar.Stored, len(found))
	for i, r := range found {
		out[i] = calendar.Stored{CalendarID: r.CalendarID, Technician: r.Technician, Event: calendar.Event{
			ID: r.EventID, ETag: r.Etag, Job: r.JobID, Part: int(r.Part), Title: r.Title, Start: r.StartsAt.Time(),
			End: r.EndsAt.Time(), AllDay: r.AllDay, Free: !r.Blocks,
		}}
	}
	return out, nil
}

// ClaimWritten takes the event of a job in a calendar to oneself until w.ClaimedUntil, noting what is about to be
// written; false when somebody else has it.
func (tx *Tx) ClaimWritten(ctx context.Context, w *calendar.Written) (bool, error) {
	n, err := tx.q.ClaimJobEvent(ctx, rows.ClaimJobEventParams{
		JobID: w.JobID, CalendarID: w.CalendarID, Part: int32(w.Part), BusinessID: w.BusinessID, NextStart: rows.At(w.NextStart),
		NextEnd: rows.At(w.NextEnd), Until: rows.At(w.ClaimedUntil), Now: rows.At(tx.clock.Now()),
	})
	return n > 0, wrap("claim the event of a job", err)
}

// SaveWritten stores the event of a job again, whole.
func (tx *Tx) SaveWritten(ctx context.Context, w *calendar.Written) error {
	return wrap("save the event of a job", tx.q.SaveJobEvent(ctx, rows.SaveJobEventParams{
		JobID: w.JobID, CalendarID: w.CalendarID, Part: int32(w.Part), EventID: w.EventID, Etag: w.ETag, StartsAt: rows.At(w.Start),
		EndsAt: rows.At(w.End), Revision: rows.At(w.Revision), NextStart: rows.At(w.NextStart), NextEnd: rows.At(w.NextEnd),
		WroteAt: rows.At(w.WroteAt), ClaimedUntil: rows.At(w.ClaimedUntil),
	}))
}

// DeleteWritten forgets the event of a job.
func (tx *Tx) DeleteWritten(ctx context.Context, w *calendar.Written) error {
	return wrap("forget the event of a job", tx.q.DeleteJobEvent(ctx, w.JobID, w.CalendarID, int32(w.Part)))
}

// WrittenOf lists the events of a job.
func (v *View) WrittenOf(ctx context.Context, businessID, jobID string) ([]calendar.Written, error) {
	found, err := v.q.JobEvents(ctx, businessID, jobID)
	if err != nil {
		return nil, wrap("events of a job", err)
	}
	out := make([]calendar.Written, len(found))
	for i, r := range found {
		out[i] = written(r)
	}
	return out, nil
}

// WrittenIn lists the events of jobs in a calendar that end after an instant, by start.
func (v *View) WrittenIn(ctx context.Context, calendarID string, from time.Time) ([]calendar.Written, error) {
	found, err := v.q.JobEventsIn(ctx, calendarID, rows.At(from))
	if err != nil {
		return nil, wrap("events of jobs in a calendar", err)
	}
	out := make([]calendar.Written, len(found))
	for i, r := range found {
		out[i] = written(r)
	}
	return out, nil
}

// WrittenAt finds the job that an event was written for; nil when there is none.
func (v *View) WrittenAt(ctx context.Context, calendarID, eventID string) (*calendar.Written, error) {
	r, err := v.q.JobEventByEvent(ctx, calendarID, eventID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("job of an event", err)
	}
	w := written(r)
	return &w, nil
}

func written(r rows.JobEvent) calendar.Written {
	return calendar.Written{
		JobID: r.JobID, Part: int(r.Part), CalendarID: r.CalendarID, BusinessID: r.BusinessID, EventID: r.EventID, ETag: r.Etag,
		Start: r.StartsAt.Time(), End: r.EndsAt.Time(), Revision: r.Revision.Time(),
		NextStart: r.NextStart.Time(), NextEnd: r.NextEnd.Time(), WroteAt: r.WroteAt.Time(),
		ClaimedUntil: r.ClaimedUntil.Time(),
	}
}

// InsertTrouble notes something to be settled, and says whether it is news: the same about the same event at the same
// time is noted once.
func (tx *Tx) InsertTrouble(ctx context.Context, t *calendar.Trouble) (bool, error) {
	giveID(&t.ID, "tbl")
	if t.At.IsZero() {
		t.At = tx.clock.Now()
	}
	n, err := tx.q.InsertCalendarTrouble(ctx, rows.InsertCalendarTroubleParams{
		ID: t.ID, BusinessID: t.BusinessID, CalendarID: t.CalendarID, EventID: t.EventID, JobID: t.JobID, Kind: string(t.Kind),
		Title: t.Title, StartsAt: rows.At(t.Start), EndsAt: rows.At(t.End), FoundAt: rows.At(t.At),
	})
	if err != nil {
		return false, wrap("note trouble with a calendar", err)
	}
	if n > 0 {
		tx.changed(t.BusinessID, CalendarChanged, t.CalendarID)
	}
	return n > 0, nil
}

// Troubles lists what is to be settled, oldest first; of one job when it is named.
func (v *View) Troubles(ctx context.Context, businessID, jobID string) ([]calendar.Trouble, error) {
	var found []rows.CalendarTrouble
	var err error
	if jobID == "" {
		found, err = v.q.CalendarTroubles(ctx, businessID)
	} else {
		found, err = v.q.CalendarTroublesOfJob(ctx, businessID, jobID)
	}
	if err != nil {
		return nil, wrap("trouble with calendars", err)
	}
	return troubles(found), nil
}

// TroublesOfEvent lists what is to be settled about an event of a calendar.
func (v *View) TroublesOfEvent(ctx context.Context, businessID, calendarID, eventID string) ([]calendar.Trouble, error) {
	found, err := v.q.TroublesOfEvent(ctx, businessID, calendarID, eventID)
	return troubles(found), wrap("trouble with an event", err)
}

func troubles(found []rows.CalendarTrouble) []calendar.Trouble {
	out := make([]calendar.Trouble, len(found))
	for i, r := range found {
		out[i] = calendar.Trouble{
			ID: r.ID, BusinessID: r.BusinessID, CalendarID: r.CalendarID, EventID: r.EventID, JobID: r.JobID,
			Kind: calendar.TroubleKind(r.Kind), Title: r.Title, Start: r.StartsAt.Time(), End: r.EndsAt.Time(), At: r.FoundAt.Time(),
			SettledAt: r.SettledAt.Time(),
		}
	}
	return out
}

// SettleTrouble notes that something is settled.
func (tx *Tx) SettleTrouble(ctx context.Context, businessID, id string) error {
	if err := tx.q.SettleCalendarTrouble(ctx, businessID, id, rows.At(tx.clock.Now())); err != nil {
		return wrap("settle trouble with a calendar", err)
	}
	tx.changed(businessID, CalendarChanged, id)
	return nil
}

// OldestLook is when the calendars that keep a technician busy were last read, the one read longest ago; false when none
// is connected.
func (v *View) OldestLook(ctx context.Context, businessID, technician string) (time.Time, bool, error) {
	r, err := v.q.OldestLook(ctx, businessID, technician)
	if err != nil {
		return time.Time{}, false, wrap("when calendars were read", err)
	}
	return r.SyncedAt.Time(), r.N > 0, nil
}

// mostOfAJob is longer than any job lasts, days that lie between its visits included.
const mostOfAJob = 60 * 24 * time.Hour

// JobsBetween lists the jobs that are on between two instants, if only in part: a technician's, or everybody's when none
// is named.
func (v *View) JobsBetween(ctx context.Context, businessID, technician string, from, to time.Time) ([]scheduling.Job, error) {
	found, err := v.q.JobsBetween(ctx, rows.JobsBetweenParams{
		BusinessID: businessID, FromStart: rows.At(from.Add(-mostOfAJob)), Until: toBound(to), Since: fromBound(from), Technician: technician,
	})
	if err != nil {
		return nil, wrap("jobs between two times", err)
	}
	out := make([]scheduling.Job, len(found))
	for i, r := range found {
		if out[i], err = job(r.Job, r.Customer); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// JobsToWrite lists the jobs from an instant on that calendars may have to be told of, by start: those that are on, and
// those that were written and are off by now.
func (v *View) JobsToWrite(ctx context.Context, businessID string, from time.Time, limit int) ([]string, error) {
	found, err := v.q.JobsToWrite(ctx, businessID, rows.At(from), rowLimit(limit))
	return found, wrap("jobs to write", err)
}

// tellCalendars owes the outside calendars of a business the change of a job.
func (tx *Tx) tellCalendars(ctx context.Context, businessID, jobID string) error {
	n, err := tx.q.CountCalendars(ctx, businessID)
	if err != nil || n == 0 {
		return wrap("count calendars", err)
	}
	return tx.WriteJob(ctx, businessID, jobID)
}

// WriteJob enqueues the writing of a job into calendars (package mirror).
func (tx *Tx) WriteJob(ctx context.Context, businessID, jobID string) error {
	return tx.Enqueue(ctx, mirror.WriteJob{BusinessID: businessID, JobID: jobID}, nil)
}

// WriteJobOnce is WriteJob unless one for the job is waiting or at work already.
func (tx *Tx) WriteJobOnce(ctx context.Context, businessID, jobID string) error {
	return tx.Enqueue(ctx, mirror.WriteJob{BusinessID: businessID, JobID: jobID}, &river.InsertOpts{UniqueOpts: river.UniqueOpts{
		ByArgs: true,
		ByState: []rivertype.JobState{
			rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning, rivertype.JobStateScheduled,
		},
	}})
}

// ReadCalendar enqueues the reading of a calendar (package mirror).
func (tx *Tx) ReadCalendar(ctx context.Context, calendarID string) error {
	return tx.Enqueue(ctx, mirror.ReadCalendar{CalendarID: calendarID, Since: tx.clock.Now().UnixMilli()}, nil)
}

// NoticeOwner enqueues a text to the owner, once for each key (package followup).
func (tx *Tx) NoticeOwner(ctx context.Context, businessID, key, text string) error {
	return tx.Enqueue(ctx, followup.NoticeOwner{BusinessID: businessID, Key: key, Text: text}, nil)
}
