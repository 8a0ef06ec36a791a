package fakegraph

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// byProperty is the filter by an extended property, the only one that is understood.
var byProperty = regexp.MustCompile(`^singleValueExtendedProperties/Any\(ep: ep/id eq '([^']*)' and ep/value eq '([^']*)'\)$`)

func (g *Graph) listEvents(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no == nil {
		no = only(r, "$filter")
	}
	if no != nil {
		return 0, nil, no
	}
	m := byProperty.FindStringSubmatch(r.URL.Query().Get("$filter"))
	if m == nil {
		return 0, nil, refuse(http.StatusBadRequest, "ErrorInvalidUrlQueryFilter", "The query filter contains one or more invalid nodes.")
	}
	var found []*item
	for _, it := range b.items {
		if v, ok := it.properties[m[1]]; ok && strings.EqualFold(v, m[2]) && !it.deleted {
			found = append(found, it)
		}
	}
	slices.SortFunc(found, func(x, y *item) int { return int(y.created - x.created) })
	all := []any{}
	for _, it := range found {
		all = append(all, b.show(it, nil, 0))
	}
	return http.StatusOK, map[string]any{"value": all}, nil
}

func (g *Graph) getEvent(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no == nil {
		no = only(r, "$select")
	}
	if no != nil {
		return 0, nil, no
	}
	it, master, n, no := b.seek(r)
	if no != nil {
		return 0, nil, no
	}
	return http.StatusOK, pick(b.show(it, master, n), r.URL.Query().Get("$select")), nil
}

// draft is an event as a client writes it. A field that is none of these is refused, as Graph does.
type draft struct {
	Subject  *string `json:"subject"`
	Body     *text   `json:"body"`
	Location *struct {
		DisplayName string `json:"displayName"`
	} `json:"location"`
	Start       *moment `json:"start"`
	End         *moment `json:"end"`
	IsAllDay    *bool   `json:"isAllDay"`
	ShowAs      *string `json:"showAs"`
	Transaction *string `json:"transactionId"`
	Properties  []struct {
		ID    string `json:"id"`
		Value string `json:"value"`
	} `json:"singleValueExtendedProperties"`
}

type text struct {
	ContentType string `json:"contentType"`
	Content     string `json:"content"`
}

type moment struct {
	DateTime string `json:"dateTime"`
	TimeZone string `json:"timeZone"`
}

func readDraft(r *http.Request) (draft, *refusal) {
	var d draft
	in := json.NewDecoder(r.Body)
	in.DisallowUnknownFields()
	if err := in.Decode(&d); err != nil {
		return d, invalid(err.Error())
	}
	return d, nil
}

// onto writes a draft onto an event.
func (d draft) onto(it *item, place *time.Location) *refusal {
	if d.Subject != nil {
		it.subject = *d.Subject
	}
	if d.Body != nil {
		if d.Body.ContentType != "text" && d.Body.ContentType != "html" {
			return invalid("contentType")
		}
		it.content = d.Body.Content
	}
	if d.Location != nil {
		it.where = d.Location.DisplayName
	}
	if d.IsAllDay != nil {
		it.allDay = *d.IsAllDay
	}
	if d.ShowAs != nil {
		if !slices.Contains([]string{"free", "tentative", "busy", "oof", "workingElsewhere"}, *d.ShowAs) {
			return invalid("showAs")
		}
		it.showAs = *d.ShowAs
	}
	for _, x := range []struct {
		m  *moment
		at *time.Time
	}{{d.Start, &it.start}, {d.End, &it.end}} {
		if x.m == nil {
			continue
		}
		t, err := time.Parse("2006-01-02T15:04:05", x.m.DateTime)
		if err != nil || x.m.TimeZone != "UTC" {
			return invalid("times are written in UTC here")
		}
		if it.allDay {
			if t.Hour() != 0 || t.Minute() != 0 || t.Second() != 0 {
				return refuse(http.StatusBadRequest, "ErrorInvalidRequest", "An all-day event begins and ends at midnight.")
			}
			t = time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, place)
		}
		*x.at = t
	}
	if !it.start.Before(it.end) {
		return refuse(http.StatusBadRequest, "ErrorPropertyValidationFailure", "The end is not after the start.")
	}
	return nil
}

func (g *Graph) createEvent(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no == nil {
		no = only(r)
	}
	if no == nil && b.readOnly {
		no = refuse(http.StatusForbidden, "ErrorAccessDenied", "Access is denied.")
	}
	if no != nil {
		return 0, nil, no
	}
	d, no := readDraft(r)
	if no != nil {
		return 0, nil, no
	}
	it := &item{showAs: "busy", response: "organizer", properties: map[string]string{}}
	if no := d.onto(it, b.place); no != nil {
		return 0, nil, no
	}
	for _, p := range d.Properties {
		it.properties[p.ID] = p.Value
	}
	if d.Transaction != nil {
		it.transaction = *d.Transaction
		if b.transactions[it.transaction] != "" {
			return 0, nil, refuse(http.StatusConflict, "ErrorDuplicateTransactionId", "Your request can't be completed. The TransactionId specified in the request has already been used to create a different event.")
		}
	}
	it.id = g.newID("AAkAL")
	if it.transaction != "" {
		b.transactions[it.transaction] = it.id
	}
	g.touch(b, it)
	return http.StatusCreated, b.show(it, nil, 0), nil
}

// stale refuses a request for another version than there is.
func stale(r *http.Request, it *item) *refusal {
	if etag := r.Header.Get("If-Match"); etag != "" && etag != "*" && etag != it.etag() {
		return refuse(http.StatusPreconditionFailed, "ErrorIrresolvableConflict", "The change key passed in the request does not match the current change key for the item.")
	}
	return nil
}

func (g *Graph) patchEvent(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no == nil {
		no = only(r)
	}
	if no != nil {
		return 0, nil, no
	}
	it, master, n, no := b.seek(r)
	if no == nil {
		no = stale(r, it)
	}
	if no != nil {
		return 0, nil, no
	}
	d, no := readDraft(r)
	if no == nil && d.Transaction != nil {
		no = invalid("transactionId can't be changed")
	}
	if no != nil {
		return 0, nil, no
	}
	next := *it
	if no := d.onto(&next, b.place); no != nil {
		return 0, nil, no
	}
	g.replace(b, &next, master, n)
	return http.StatusOK, b.show(&next, master, n), nil
}

// replace puts another version in the place of an event, or of one of a series. The lock is held.
func (g *Graph) replace(b *book, it, master *item, n int) {
	if master == nil {
		g.touch(b, it)
		return
	}
	it.times = 0
	master.moved[n] = it
	g.touch(b, master)
	it.change = master.change
}

func (g *Graph) deleteEvent(r *http.Request, who *session) (int, any, *refusal) {
	b, no := g.find(r, who)
	if no == nil {
		no = only(r)
	}
	if no != nil {
		return 0, nil, no
	}
	it, master, n, no := b.seek(r)
	if no == nil {
		no = stale(r, it)
	}
	if no != nil {
		return 0, nil, no
	}
	g.remove(b, it, master, n)
	return http.StatusNoContent, nil, nil
}
