package fakegoogle

import (
	"maps"
	"net/http"
	"strconv"
	"strings"
)

// snapshot is a list as it was when its first page was asked for.
type snapshot struct {
	items []any
	rest  map[string]any // the other fields of each page
	token string         // nextSyncToken of the last page
}

// maxSnapshots bounds how many lists are kept for their next pages.
const maxSnapshots = 300

// Pages makes pages have at most so many items.
func (g *Google) Pages(size int) { g.locked(func() { g.pageSize = size }) }

// page answers with a page of a list, which build makes when the first is asked for. The lock is held.
func (g *Google) page(r *http.Request, usual, most int, build func() (*snapshot, *refusal)) (any, *refusal) {
	size := usual
	if v := r.FormValue("maxResults"); v != "" {
		n, err := strconv.Atoi(v)
		if err != nil || n < 1 {
			return nil, invalid("Invalid value for: maxResults")
		}
		size = min(n, most)
	}
	if g.pageSize > 0 {
		size = min(size, g.pageSize)
	}
	from := 0
	key, offset, next := strings.Cut(r.FormValue("pageToken"), ".")
	s := g.pages[key]
	if next {
		n, err := strconv.Atoi(offset)
		if s == nil || err != nil || n < 0 || n > len(s.items) {
			return nil, invalid("Invalid page token value.")
		}
		from = n
	} else {
		var no *refusal
		if s, no = build(); no != nil {
			return nil, no
		}
		key = g.newID()
	}
	out := maps.Clone(s.rest)
	to := min(from+size, len(s.items))
	out["items"] = s.items[from:to]
	if s.items == nil {
		out["items"] = []any{}
	}
	if to == len(s.items) {
		out["nextSyncToken"] = s.token
		return out, nil
	}
	if !next {
		for old := range g.pages {
			if len(g.pages) < maxSnapshots {
				break
			}
			delete(g.pages, old)
		}
		g.pages[key] = s
	}
	out["nextPageToken"] = key + "." + strconv.Itoa(to)
	return out, nil
}
