package graph

import (
	"context"
	"net/http"
	"net/url"
	"time"

	"fixly/scheduling/calendar"
)

// Busy asks when calendars are busy. Graph tells it of whole mailboxes at once, and of single calendars by their views: one
// request for each, but for windows with very much in them.
func (c *Calendars) Busy(ctx context.Context, calendarIDs []string, w calendar.Window) ([]calendar.Window, error) {
	const doing = "microsoft: ask when it is busy"
	var all []calendar.Window
	for _, id := range calendarIDs {
		r := request{
			doing: doing, method: http.MethodGet, page: pageSize, path: "/me/calendars/" + url.PathEscape(id) + "/calendarView",
			query: url.Values{
				"startDateTime": {w.From.UTC().Format(time.RFC3339)}, "endDateTime": {w.To.UTC().Format(time.RFC3339)},
				"$select": {"start,end,isAllDay,isCancelled,showAs,responseStatus,originalStartTimeZone"},
			},
		}
		for pages := 0; ; pages++ {
			var page struct {
				Value []event `json:"value"`
				Next  string  `json:"@odata.nextLink"`
			}
			r.out = &page
			if err := c.do(ctx, r); err != nil {
				return nil, err
			}
			for i := range page.Value {
				e, err := c.understand(ctx, doing, &page.Value[i])
				if err != nil {
					return nil, err
				}
				if !e.Gone && !e.Free && w.Overlaps(&e) {
					all = append(all, calendar.Window{From: e.Start, To: e.End})
				}
			}
			if page.Next == "" {
				break
			}
			if r.link = c.p.local(page.Next); r.link == "" {
				return nil, garbled(doing)
			}
			if pages == maxPages {
				return nil, endless(doing)
			}
		}
	}
	return all, nil
}
