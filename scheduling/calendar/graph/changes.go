package graph

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"fixly/scheduling/calendar"
)

const (
	// maxPages bounds the pages of one answer: half a million events.
	maxPages = 1000
	// pageSize is how many rows of a delta are asked for at once.
	pageSize = 500
)

// Changes gives what changed since a cursor, which is the link to Graph's next delta, below our address of Graph
// (https://learn.microsoft.com/en-us/graph/delta-query-events).
//
// What happened to a series, and which event a removed row stands for, can't be told from a delta alone: one appointment
// of a series that is cancelled is just missing among those that come again, and an event that moves out of the window
// comes as removed. Both are rare, so the window is then read anew, whole.
func (c *Calendars) Changes(ctx context.Context, calendarID, cursor string, w calendar.Window) (calendar.Changes, error) {
	const doing = "microsoft: read changes"
	if cursor != "" {
		rows, link, err := c.delta(ctx, request{doing: doing, method: http.MethodGet, link: within(cursor)})
		if err != nil {
			return calendar.Changes{}, expired(err)
		}
		if rows.plain() {
			return c.changes(ctx, doing, calendarID, rows, link, false)
		}
	}
	rows, link, err := c.delta(ctx, request{
		doing: doing, method: http.MethodGet, path: "/me/calendars/" + url.PathEscape(calendarID) + "/calendarView/delta",
		query: url.Values{"startDateTime": {w.From.UTC().Format(time.RFC3339)}, "endDateTime": {w.To.UTC().Format(time.RFC3339)}},
	})
	if err != nil {
		return calendar.Changes{}, err
	}
	return c.changes(ctx, doing, calendarID, rows, link, true)
}

// rows are the rows of a delta, each id once, in the order of their coming.
type rows struct {
	order []string
	byID  map[string]*event
}

func (r *rows) add(g *event) {
	if _, again := r.byID[g.ID]; !again { // one that changes while pages are read comes twice
		r.order = append(r.order, g.ID)
	}
	r.byID[g.ID] = g
}

// plain says whether the rows tell of events that stand alone, and of nothing removed.
func (r *rows) plain() bool {
	for _, g := range r.byID {
		if g.Removed != nil || g.Type != single {
			return false
		}
	}
	return true
}

// delta reads a round of a delta to its end, and gives the link to the next.
func (c *Calendars) delta(ctx context.Context, r request) (rows, string, error) {
	all := rows{byID: map[string]*event{}}
	r.page = pageSize
	if r.link == "" && r.path == "" {
		return rows{}, "", &calendar.Error{Kind: calendar.Expired, Doing: r.doing, Err: errors.New("the cursor is none of ours")}
	}
	for range maxPages {
		var page struct {
			Value []event `json:"value"`
			Next  string  `json:"@odata.nextLink"`
			Delta string  `json:"@odata.deltaLink"`
		}
		r.out = &page
		if err := c.do(ctx, r); err != nil {
			return rows{}, "", err
		}
		for i := range page.Value {
			if page.Value[i].ID != "" {
				all.add(&page.Value[i])
			}
		}
		if page.Next == "" {
			link := c.p.local(page.Delta)
			if link == "" {
				return rows{}, "", garbled(r.doing)
			}
			return all, link, nil
		}
		if r.link = c.p.local(page.Next); r.link == "" {
			return rows{}, "", garbled(r.doing)
		}
	}
	return rows{}, "", endless(r.doing)
}

// changes makes events of ours of rows. Series are no appointments; their occurrences come beside them, and lack what they
// have of their series.
func (c *Calendars) changes(ctx context.Context, doing, calendarID string, r rows, cursor string, whole bool) (calendar.Changes, error) {
	ch := calendar.Changes{Whole: whole, Cursor: cursor}
	var zone *time.Location
	for _, id := range r.order {
		g := r.byID[id]
		if g.Removed != nil || g.Type == seriesMaster {
			continue
		}
		if g.abbreviated() {
			master, err := c.master(ctx, doing, calendarID, r, g.Series)
			switch {
			case calendar.KindOf(err) == calendar.NotFound:
				continue // the series was deleted this moment
			case err != nil:
				return calendar.Changes{}, err
			}
			g.of(master)
		}
		if g.AllDay && zone == nil {
			var err error
			if zone, err = c.mailboxZone(ctx, doing); err != nil {
				return calendar.Changes{}, err
			}
		}
		e, ok := g.read(zone)
		if !ok {
			continue // without times there is nothing to keep; the rest must be read all the same
		}
		if whole && e.Gone {
			continue
		}
		ch.Events = append(ch.Events, e)
	}
	c.reauthorize(ctx)
	return ch, nil
}

// master gives the series of an occurrence: from the rows, or from Graph, and into the rows for the next.
func (c *Calendars) master(ctx context.Context, doing, calendarID string, r rows, id string) (*event, error) {
	if g := r.byID[id]; g != nil && g.Removed == nil {
		return g, nil
	}
	g := &event{}
	if err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: eventPath(calendarID, id), out: g}); err != nil {
		return nil, err
	}
	r.byID[id] = g
	return g, nil
}

// expired makes of a refusal of a cursor that it has expired: 410, or 400 and 404 where Graph knows nothing of it any more.
func expired(err error) error {
	var e *calendar.Error
	var s *status
	if errors.As(err, &e) && errors.As(err, &s) && (s.code == http.StatusGone || s.code == http.StatusBadRequest || s.code == http.StatusNotFound) {
		return &calendar.Error{Kind: calendar.Expired, Doing: e.Doing, Err: e.Err}
	}
	return err
}

// endless is the error of pages that don't end.
func endless(doing string) error {
	return &calendar.Error{Kind: calendar.Invalid, Doing: doing, Err: errors.New("the pages don't end")}
}
