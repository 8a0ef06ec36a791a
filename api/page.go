package api

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
	"time"
)

// How many things a page of a list holds.
const (
	defaultLimit = 50
	maxLimit     = 200
)

// list is a page of a list.
type list[T any] struct {
	Data []T    `json:"data"`
	Next string `json:"next"` // the cursor of the next page, empty on the last
}

// cursor says where the page before ended. Clients get it as an opaque word.
type cursor struct {
	List string `json:"l"` // whose list it is, so that one list's cursor is no other's
	At   int64  `json:"t"` // epoch milliseconds of the last thing
	ID   string `json:"i"`
	// Score and Then are for a list that is ordered by rank: At is the instant as of which it was ranked then.
	Score int64 `json:"s,omitempty"`
	Then  int64 `json:"m,omitempty"` // epoch milliseconds
}

func (c cursor) String() string {
	b, err := json.Marshal(c)
	if err != nil { // can't be: strings and a number
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

func (c cursor) time() time.Time {
	if c.ID == "" {
		return time.Time{}
	}
	return time.UnixMilli(c.At)
}

// page is what a request wants of a list: how many, and where the page before ended (a zero cursor: the first).
type page struct {
	limit int
	after cursor
}

func parsePage(q url.Values, name string) (page, error) {
	p := page{limit: defaultLimit}
	if s := q.Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > maxLimit {
			return p, invalid(FieldError{"limit", fmt.Sprintf("is %q; expected a number from 1 to %d", s, maxLimit)})
		}
		p.limit = n
	}
	if s := q.Get("cursor"); s != "" {
		b, err := base64.RawURLEncoding.DecodeString(s)
		if err != nil || json.Unmarshal(b, &p.after) != nil || p.after.List != name || !isID(p.after.ID) {
			return p, invalid(FieldError{"cursor", "is none that this list gave out; start without one"})
		}
	}
	return p, nil
}

// pageOf cuts rows, of which one more than the limit was read, to the page, and says where the next begins.
func pageOf[R, T any](p page, name string, rows []R, key func(*R) (time.Time, string), show func(*R) T) list[T] {
	out := list[T]{Data: make([]T, 0, min(len(rows), p.limit))}
	for i := range rows {
		if i == p.limit {
			at, id := key(&rows[i-1])
			out.Next = cursor{List: name, At: at.UnixMilli(), ID: id}.String()
			break
		}
		out.Data = append(out.Data, show(&rows[i]))
	}
	return out
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
