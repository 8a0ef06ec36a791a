package api

import (
	"context"
	"slices"
	"time"

	"fixly/followup"
)

const callbackList = "callbacks"

// callback is a call that is owed.
type callback struct {
	ID       string `json:"id"`
	Phone    string `json:"phone"`
	Name     string `json:"name"`
	Reason   string `json:"reason"`
	MissedAt string `json:"missed_at"`
	Window   string `json:"window"` // how long ago it was missed
	Attempts int    `json:"attempts"`
	Status   string `json:"status"`
}

func (s *server) listCallbacks(ctx context.Context, r *request) (reply, error) {
	p, err := parsePage(r.URL.Query(), callbackList)
	if err != nil {
		return reply{}, err
	}
	rows, err := s.Reader.Callbacks(ctx, r.b.ID)
	if err != nil {
		return reply{}, err
	}
	// The sooner a missed caller is called back, the better the chance: the newest first. A business owes few
	// calls at a time, so the list is cut into pages here.
	slices.SortFunc(rows, func(x, y followup.Callback) int { return keyOrder(y.MissedAt, y.ID, x.MissedAt, x.ID) })
	if p.after.ID != "" {
		at := p.after.time()
		first := slices.IndexFunc(rows, func(c followup.Callback) bool { return keyOrder(c.MissedAt, c.ID, at, p.after.ID) < 0 })
		if first < 0 {
			first = len(rows)
		}
		rows = rows[first:]
	}
	now, loc := s.Clock.Now(), r.b.Location()
	key := func(c *followup.Callback) (time.Time, string) { return c.MissedAt, c.ID }
	show := func(c *followup.Callback) callback {
		return callback{c.ID, c.Phone, c.Name, c.Reason, when(c.MissedAt, loc), callbackWindow(now.Sub(c.MissedAt)), c.Attempts, c.Status}
	}
	return ok(pageOf(p, callbackList, rows, key, show)), nil
}

// callbackWindow names how long ago a call was missed.
func callbackWindow(ago time.Duration) string {
	switch {
	case ago < 5*time.Minute:
		return "under_5m"
	case ago < 10*time.Minute:
		return "under_10m"
	case ago < 30*time.Minute:
		return "under_30m"
	case ago < time.Hour:
		return "under_60m"
	}
	return "late"
}

// keyOrder compares two places in a list, by time to the millisecond (what a cursor keeps), then by id.
func keyOrder(at time.Time, id string, at2 time.Time, id2 string) int {
	switch a, b := at.UnixMilli(), at2.UnixMilli(); {
	case a != b && a < b, a == b && id < id2:
		return -1
	case a == b && id == id2:
		return 0
	}
	return 1
}
