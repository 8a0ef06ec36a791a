package builtin

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"fixly/business"
	"fixly/scheduling/calendar"
)

// Storage is what the built-in calendar is kept in.
type Storage interface {
	Entries
	InTx(ctx context.Context, f func(ctx context.Context, tx StorageTx) error) error
}

// StorageTx is one transaction of Storage.
type StorageTx interface {
	Entries
	Saver
}

// Calendars is the built-in calendar of a business as any other provider's account: a calendar for everybody, and one
// for each of the team.
type Calendars struct {
	storage Storage
	shop    *business.Business
}

var _ calendar.Calendars = (*Calendars)(nil)

// New gives the built-in calendars of a business.
func New(s Storage, shop *business.Business) *Calendars { return &Calendars{s, shop} }

// The ids of the calendars.
const (
	everybody = "everybody"
	oneOf     = "technician/"
)

// CalendarID is the id of a technician's calendar, everybody's when the name is empty.
func CalendarID(technician string) string {
	if technician == "" {
		return everybody
	}
	return oneOf + technician
}

// List gives the calendars: everybody's, then those of the team in its order.
func (c *Calendars) List(ctx context.Context) ([]calendar.Info, error) {
	if err := ctx.Err(); err != nil {
		return nil, failed("list the calendars", err)
	}
	out := []calendar.Info{{ID: everybody, Name: c.shop.Profile.Name, Zone: c.shop.Profile.Timezone, Writable: true, Primary: true}}
	for _, m := range c.shop.Team {
		out = append(out, calendar.Info{ID: CalendarID(m.Name), Name: m.Name, Zone: c.shop.Profile.Timezone, Writable: true})
	}
	return out, nil
}

// technician is whose calendar an id means.
func (c *Calendars) technician(ctx context.Context, doing, id string) (string, error) {
	if err := ctx.Err(); err != nil {
		return "", failed(doing, err)
	}
	if id == everybody {
		return "", nil
	}
	name, ok := strings.CutPrefix(id, oneOf)
	for _, m := range c.shop.Team {
		if ok && m.Name == name {
			return name, nil
		}
	}
	return "", refuse(calendar.NotFound, doing, fmt.Errorf("no calendar %q", id))
}

// Changes gives what changed since a cursor, which is the number of a change.
func (c *Calendars) Changes(ctx context.Context, calendarID, cursor string, w calendar.Window) (calendar.Changes, error) {
	const doing = "read changes"
	technician, err := c.technician(ctx, doing, calendarID)
	if err != nil {
		return calendar.Changes{}, err
	}
	// The number first: what is written meanwhile is read twice rather than never.
	latest, err := c.storage.LatestBlockChange(ctx, c.shop.ID)
	if err != nil {
		return calendar.Changes{}, failed(doing, err)
	}
	after := 0
	if cursor != "" {
		if after, err = strconv.Atoi(cursor); err != nil || after < 0 || after > latest {
			return calendar.Changes{}, refuse(calendar.Expired, doing, fmt.Errorf("cursor %q is none of this calendar's", cursor))
		}
	}
	found, err := c.storage.BlocksChanged(ctx, c.shop.ID, technician, after)
	if err != nil {
		return calendar.Changes{}, failed(doing, err)
	}
	out := calendar.Changes{Whole: cursor == "", Cursor: strconv.Itoa(latest)}
	for i := range found {
		e := c.event(&found[i])
		// One that was moved out of the window is told, or nobody would know that it left.
		if !out.Whole || !e.Gone && w.Overlaps(&e) {
			out.Events = append(out.Events, e)
		}
	}
	return out, nil
}

// Event reads one entry.
func (c *Calendars) Event(ctx context.Context, calendarID, eventID string) (calendar.Event, error) {
	const doing = "read an event"
	technician, err := c.technician(ctx, doing, calendarID)
	if err != nil {
		return calendar.Event{}, err
	}
	b, err := c.storage.BlockEntry(ctx, c.shop.ID, technician, eventID)
	if err != nil {
		return calendar.Event{}, failed(doing, err)
	}
	if b == nil {
		return calendar.Event{}, refuse(calendar.NotFound, doing, errNoEntry)
	}
	return c.event(b), nil
}

// Insert writes the entry of a job.
func (c *Calendars) Insert(ctx context.Context, calendarID string, e calendar.Event) (written calendar.Event, existed bool, err error) {
	const doing = "insert an event"
	technician, err := c.technician(ctx, doing, calendarID)
	if err != nil {
		return calendar.Event{}, false, err
	}
	if e.Job == "" || !e.Start.Before(e.End) {
		return calendar.Event{}, false, refuse(calendar.Invalid, doing, errors.New("an event is of a job, and ends after it begins"))
	}
	e.ID, e.Gone = fmt.Sprintf("%s-%d", e.Job, e.Part), false
	err = c.write(ctx, doing, technician, e.ID, func(was *Block) (*Block, error) {
		if existed = was != nil && !was.Gone; existed {
			written = c.event(was)
			return nil, nil
		}
		return &Block{BusinessID: c.shop.ID, Technician: technician, Event: e}, nil
	}, &written)
	return written, existed, err
}

// Update changes an entry if it is still as it was read.
func (c *Calendars) Update(ctx context.Context, calendarID string, e calendar.Event) (written calendar.Event, err error) {
	const doing = "update an event"
	technician, err := c.technician(ctx, doing, calendarID)
	if err != nil {
		return calendar.Event{}, err
	}
	if !e.Start.Before(e.End) {
		return calendar.Event{}, refuse(calendar.Invalid, doing, errors.New("an event ends after it begins"))
	}
	err = c.write(ctx, doing, technician, e.ID, func(was *Block) (*Block, error) {
		switch {
		case was == nil || was.Gone:
			return nil, refuse(calendar.NotFound, doing, errNoEntry)
		case was.ETag != e.ETag:
			return nil, refuse(calendar.Conflict, doing, errChanged)
		}
		next := *was
		next.Title, next.Place, next.Notes = e.Title, e.Place, e.Notes
		next.Start, next.End, next.AllDay, next.Tentative = e.Start, e.End, e.AllDay, e.Tentative
		return &next, nil
	}, &written)
	return written, err
}

// Delete removes an entry if it is still as it was read.
func (c *Calendars) Delete(ctx context.Context, calendarID, eventID, etag string) error {
	const doing = "delete an event"
	technician, err := c.technician(ctx, doing, calendarID)
	if calendar.KindOf(err) == calendar.NotFound {
		return nil // with its calendar, it is gone for certain
	}
	if err != nil {
		return err
	}
	return c.write(ctx, doing, technician, eventID, func(was *Block) (*Block, error) {
		switch {
		case was == nil || was.Gone:
			return nil, nil
		case etag != "" && was.ETag != etag:
			return nil, refuse(calendar.Conflict, doing, errChanged)
		}
		return was.asGone(), nil
	}, nil)
}

// write stores what next makes of the entry of an id (nil when there never was one), under the lock that changes are
// numbered under; nothing when that is nil. written gets the entry as stored.
func (c *Calendars) write(ctx context.Context, doing, technician, id string, next func(was *Block) (*Block, error), written *calendar.Event) error {
	err := c.storage.InTx(ctx, func(ctx context.Context, tx StorageTx) error {
		if err := tx.LockCalendar(ctx, c.shop.ID); err != nil {
			return err
		}
		was, err := tx.BlockEntry(ctx, c.shop.ID, technician, id)
		if err != nil {
			return err
		}
		b, err := next(was)
		if err != nil || b == nil {
			return err
		}
		if err := tx.SaveBlock(ctx, b); err != nil {
			return err
		}
		if written != nil {
			*written = c.event(b)
		}
		return nil
	})
	return failed(doing, err)
}

// event is an entry as the contract wants it: an all-day one in the shop's zone, and nothing but the id of one that is
// gone.
func (c *Calendars) event(b *Block) calendar.Event {
	if b.Gone {
		return calendar.Event{ID: b.ID, ETag: b.ETag, Job: b.Job, Part: b.Part, Gone: true}
	}
	e := b.Event
	e.Start, e.End = e.Start.In(c.shop.Location()), e.End.In(c.shop.Location())
	return e
}

var (
	errNoEntry = errors.New("there is no such event")
	errChanged = errors.New("it was changed meanwhile")
)

func refuse(kind calendar.Kind, doing string, err error) *calendar.Error {
	return &calendar.Error{Kind: kind, Doing: Name + ": " + doing, Err: err}
}

// failed is an error of the storage as the contract wants it; a refusal stays one, and nil stays nil.
func failed(doing string, err error) error {
	var refusal *calendar.Error
	if err == nil || errors.As(err, &refusal) {
		return err
	}
	return refuse(calendar.Unavailable, doing, err)
}
