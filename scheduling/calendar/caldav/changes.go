package caldav

import (
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"fixly/scheduling/calendar"
)

// cursor is where to go on.
type cursor struct {
	// Token is the server's, where it offers sync-collection.
	Token string `json:"token,omitempty"`
	// Tag changes with every change of the calendar, and ETags are what lies in the window: for the other servers.
	Tag   string            `json:"tag,omitempty"`
	ETags map[string]string `json:"etags,omitempty"`
	// Series are the ids, without the resource's name, that were told of events that recur. A server tells that the
	// event changed; which of its instances are gone by that, nobody but us knows.
	Series map[string][]string `json:"series,omitempty"`
}

// beyond is added to both ends of the window in what the server is asked: servers disagree about where in time an event
// lies that names a zone of its own, or none.
const beyond = 26 * time.Hour

// Changes gives what changed in a calendar.
func (a *account) Changes(ctx context.Context, calendarID, since string, w calendar.Window) (calendar.Changes, error) {
	const doing = "read changes"
	cal, err := a.collection(calendarID, doing)
	if err != nil {
		return calendar.Changes{}, err
	}
	m, err := a.multi(ctx, "PROPFIND", cal, "0", propfind(`<D:sync-token/><S:getctag/><D:supported-report-set/><C:calendar-timezone/><C:calendar-timezone-id/>`), doing)
	if err != nil {
		return calendar.Changes{}, err
	}
	state := m.first()
	zone, err := a.noteZone(ctx, cal, state, doing)
	if err != nil {
		return calendar.Changes{}, err
	}
	r := &round{account: a, cal: cal, zone: zone, w: w, doing: doing, state: state}
	if since == "" {
		return r.whole(ctx)
	}
	var c cursor
	if err := json.Unmarshal([]byte(since), &c); err != nil {
		return calendar.Changes{}, fail(doing, calendar.Expired, errors.New("the cursor is none of ours"))
	}
	if c.Series == nil {
		c.Series = map[string][]string{}
	}
	if c.Token != "" {
		return r.bySync(ctx, c)
	}
	return r.byETags(ctx, c)
}

// round is one reading of a calendar.
type round struct {
	*account
	cal   *url.URL
	zone  *time.Location
	w     calendar.Window
	doing string
	state *props // of the calendar, as it was before anything was read

	told calendar.Changes
}

func (r *round) offersSync() bool {
	if r.state.SyncToken == "" || r.state.Reports == nil {
		return false
	}
	for _, s := range r.state.Reports.All {
		if s.Sync != nil {
			return true
		}
	}
	return false
}

// query asks for what lies in the window.
func (r *round) query(ctx context.Context, props string) ([]resource, error) {
	m, err := r.multi(ctx, "REPORT", r.cal, "1", fmt.Sprintf(`<C:calendar-query%s><D:prop><D:getetag/>%s</D:prop><C:filter>`+
		`<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"><C:time-range start="%s" end="%s"/></C:comp-filter></C:comp-filter>`+
		`</C:filter></C:calendar-query>`, namespaces, props, stamp(r.w.From.Add(-beyond)), stamp(r.w.To.Add(beyond))), r.doing)
	if err != nil {
		return nil, err
	}
	return m.resources(r.cal), nil
}

func stamp(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

// whole reads all that lies in the window. What changes meanwhile is told again the next time: the state is of before.
func (r *round) whole(ctx context.Context) (calendar.Changes, error) {
	all, err := r.query(ctx, "<C:calendar-data/>")
	if err != nil {
		return calendar.Changes{}, err
	}
	c := cursor{Series: map[string][]string{}}
	if r.offersSync() {
		c.Token = r.state.SyncToken
	} else {
		c.Tag, c.ETags = r.state.CTag, map[string]string{}
	}
	r.told.Whole = true
	for i := range all {
		if all[i].gone {
			continue
		}
		if c.ETags != nil {
			c.ETags[all[i].name] = all[i].etag
		}
		for _, e := range r.tell(&all[i], c.Series) {
			if !e.Gone && r.w.Overlaps(&e) {
				r.told.Events = append(r.told.Events, e)
			}
		}
	}
	return r.end(c)
}

// tell gives the events of a resource, and notes those of one that recurs.
func (r *round) tell(res *resource, series map[string][]string) []calendar.Event {
	delete(series, res.name)
	if res.gone {
		return nil
	}
	events, _ := r.events(res, r.zone, r.w)
	for _, e := range events {
		if part, ok := strings.CutPrefix(e.ID, res.name+"/"); ok {
			series[res.name] = append(series[res.name], part)
		}
	}
	return events
}

// bySync asks what changed since the cursor (RFC 6578).
func (r *round) bySync(ctx context.Context, c cursor) (calendar.Changes, error) {
	var changed []string
	seen := map[string]bool{}
	for range 100 { // pages
		m, err := r.sync(ctx, c.Token)
		if err != nil {
			return calendar.Changes{}, err
		}
		for _, res := range m.resources(r.cal) {
			if !seen[res.name] {
				seen[res.name] = true
				changed = append(changed, res.name)
			}
		}
		before := c.Token
		if c.Token = strings.TrimSpace(m.SyncToken); c.Token == "" {
			return calendar.Changes{}, fail(r.doing, calendar.Unavailable, errors.New("the answer has no sync-token"))
		}
		if !m.more(r.cal) || c.Token == before {
			return r.changed(ctx, c, changed)
		}
	}
	return calendar.Changes{}, fail(r.doing, calendar.Expired, errors.New("the changes come in too many pages"))
}

func (r *round) sync(ctx context.Context, token string) (*multistatus, error) {
	body := xml.Header + `<D:sync-collection` + namespaces + `><D:sync-token>` + text(token) + `</D:sync-token><D:sync-level>1</D:sync-level>` +
		`<D:prop><D:getetag/></D:prop></D:sync-collection>`
	a, err := r.do(ctx, request{
		method: "REPORT", to: r.cal, body: []byte(body), doing: r.doing,
		head: map[string]string{"Depth": "0", "Content-Type": "application/xml; charset=utf-8"},
	}, http.StatusForbidden, http.StatusConflict, http.StatusPreconditionFailed, http.StatusGone, http.StatusBadRequest, http.StatusInsufficientStorage)
	if err != nil {
		return nil, err
	}
	switch {
	case a.status == http.StatusMultiStatus:
		var m multistatus
		if xml.Unmarshal(a.body, &m) != nil {
			return nil, fail(r.doing, calendar.Unavailable, errors.New("the answer can't be read"))
		}
		m.from = a.from
		return &m, nil
	case a.status < 300:
		return nil, fail(r.doing, calendar.Unavailable, errors.New("the answer is none of a CalDAV server"))
	}
	// The token is too old (DAV:valid-sync-token, which not every server says), or the server no longer has such a thing.
	// Were it something worse, reading everything will tell.
	return nil, fail(r.doing, calendar.Expired, fmt.Errorf("the server answers %d to the sync-token", a.status))
}

// more says whether the server has more to tell (RFC 6578 section 3.6).
func (m *multistatus) more(cal *url.URL) bool {
	return slices.ContainsFunc(m.Answers, func(a answer) bool {
		at, ok := m.address(a.Href)
		return ok && strings.TrimSuffix(at.Path, "/") == strings.TrimSuffix(cal.Path, "/") && status(a.Status) == http.StatusInsufficientStorage
	})
}

// byETags compares what lies in the window with what lay there.
func (r *round) byETags(ctx context.Context, c cursor) (calendar.Changes, error) {
	if c.Tag != "" && c.Tag == r.state.CTag {
		return r.end(c)
	}
	all, err := r.query(ctx, "")
	if err != nil {
		return calendar.Changes{}, err
	}
	now := map[string]string{}
	var changed []string
	for _, res := range all {
		if res.gone {
			continue
		}
		now[res.name] = res.etag
		if was, ok := c.ETags[res.name]; !ok || was != res.etag || res.etag == "" {
			changed = append(changed, res.name)
		}
	}
	for name := range c.ETags {
		if _, ok := now[name]; !ok {
			changed = append(changed, name) // deleted, or moved out of the window
		}
	}
	slices.Sort(changed)
	c.Tag, c.ETags = r.state.CTag, now
	return r.changed(ctx, c, changed)
}

// changed reads what changed, and tells it with what is gone by that.
func (r *round) changed(ctx context.Context, c cursor, names []string) (calendar.Changes, error) {
	all, err := r.fetch(ctx, r.cal, names, r.doing)
	if err != nil {
		return calendar.Changes{}, err
	}
	for i := range all {
		res := &all[i]
		before := []string{res.name}
		for _, part := range c.Series[res.name] {
			before = append(before, res.name+"/"+part)
		}
		now := map[string]bool{}
		for _, e := range r.tell(res, c.Series) {
			now[e.ID] = true
			r.told.Events = append(r.told.Events, e)
		}
		for _, id := range before {
			if !now[id] {
				r.told.Events = append(r.told.Events, calendar.Event{ID: id, Gone: true})
			}
		}
	}
	return r.end(c)
}

func (r *round) end(c cursor) (calendar.Changes, error) {
	raw, err := json.Marshal(c)
	if err != nil {
		return calendar.Changes{}, fail(r.doing, calendar.Invalid, err)
	}
	r.told.Cursor = string(raw)
	return r.told, nil
}
