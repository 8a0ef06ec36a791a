package google

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"fixly/scheduling/calendar"
)

// maxPages bounds the pages of one answer: two and a half million events.
const maxPages = 1000

// eventsPage is a page of a list of events.
type eventsPage struct {
	TimeZone  string  `json:"timeZone"`
	Items     []event `json:"items"`
	NextPage  string  `json:"nextPageToken"`
	NextToken string  `json:"nextSyncToken"`
}

// Changes gives what changed since a cursor, which is Google's sync token
// (https://developers.google.com/workspace/calendar/api/guides/sync).
//
// The window is named once, since a token stands for it. What was deleted is left out of the first reading and always told
// with a token; showDeleted is not asked for, as all other parameters have to stay the same.
func (c *Calendars) Changes(ctx context.Context, calendarID, cursor string, w calendar.Window) (calendar.Changes, error) {
	const doing = "google: read changes"
	query := url.Values{
		"singleEvents": {"true"},
		"maxResults":   {"2500"},
		"maxAttendees": {"1"}, // of those invited, ourselves
	}
	if cursor == "" {
		query.Set("timeMin", w.From.UTC().Format(time.RFC3339))
		query.Set("timeMax", w.To.UTC().Format(time.RFC3339))
	} else {
		query.Set("syncToken", cursor)
	}
	ch := calendar.Changes{Whole: cursor == ""}
	place := map[string]int{} // of each event in ch.Events: one that changes while pages are read comes twice
	for range maxPages {
		var page eventsPage
		err := c.do(ctx, request{doing: doing, method: http.MethodGet, path: eventsPath(calendarID), query: query, out: &page})
		if err != nil {
			return calendar.Changes{}, expired(err, cursor)
		}
		zone := c.zoned(calendarID, page.TimeZone)
		for i := range page.Items {
			e, ok := page.Items[i].read(zone)
			if !ok || e.ID == "" {
				continue // without times there is nothing to keep; the rest must be read all the same
			}
			if at, twice := place[e.ID]; twice {
				ch.Events[at] = e
				continue
			}
			place[e.ID] = len(ch.Events)
			ch.Events = append(ch.Events, e)
		}
		if page.NextPage == "" {
			if page.NextToken == "" {
				return calendar.Changes{}, garbled(doing)
			}
			ch.Cursor = page.NextToken
			return ch, nil
		}
		query.Set("pageToken", page.NextPage)
	}
	return calendar.Changes{}, endless(doing)
}

// expired makes of a refusal of a cursor that it has expired: 410, or 400 where it is not even one of Google's.
func expired(err error, cursor string) error {
	var e *calendar.Error
	if !errors.As(err, &e) {
		return err
	}
	var s *status
	if errors.As(e.Err, &s) && (s.code == http.StatusGone || s.code == http.StatusBadRequest && cursor != "") {
		return &calendar.Error{Kind: calendar.Expired, Doing: e.Doing, Err: e.Err}
	}
	return err
}

// endless is the error of pages that don't end.
func endless(doing string) error {
	return &calendar.Error{Kind: calendar.Invalid, Doing: doing, Err: errors.New("the pages don't end")}
}
