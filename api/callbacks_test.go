package api_test

import (
	"context"
	"fmt"
	"net/http"
	"testing"
	"time"

	"fixly/callbacks"
	"fixly/store"
)

// owe has the shop owe a call to a number.
func (s *shop) owe(phone string, ago time.Duration) *callbacks.Callback {
	s.t.Helper()
	var c *callbacks.Callback
	b := s.business()
	s.tx(func(ctx context.Context, tx *store.Tx) (err error) {
		c, _, err = callbacks.Owe(ctx, tx, b, callbacks.Debt{
			Phone: phone, Source: "call" + phone, CallID: "call" + phone, Kind: callbacks.Missed, At: monday.Add(-ago), Reason: "no heat",
		})
		return err
	})
	return c
}

type callback struct {
	ID, Phone, Window, Status string
	Rank                      struct{ Reason string }
	Owner, Outcome            string
	AcknowledgedBy            string `json:"acknowledged_by"`
	NextAttemptAt             string `json:"next_attempt_at"`
	Attempts                  int
	Tried                     []struct{ Result, Means string }
}

func TestCallbacksBestChanceFirst(t *testing.T) {
	s := open(t)
	for i, ago := range []time.Duration{2 * time.Hour, 7 * time.Minute, time.Minute, 45 * time.Minute, 20 * time.Minute} {
		s.owe(fmt.Sprintf("+1312555012%d", i), ago)
	}
	var got []string
	for next := ""; ; {
		var page struct {
			Data []callback
			Next string
		}
		s.do("GET", "/api/v1/callbacks?limit=2&cursor="+next, nil).into(t, &page)
		for _, c := range page.Data {
			got = append(got, c.Window)
		}
		if next = page.Next; next == "" {
			break
		}
	}
	if want := "[under_5m under_10m under_30m under_60m late]"; fmt.Sprint(got) != want {
		t.Errorf("%v, want %v", got, want)
	}
}

// TestPagesOfCallbacksAreOneListing: while time goes on, calls come in and are settled, the pages of one listing tell of
// each that was there once.
func TestPagesOfCallbacksAreOneListing(t *testing.T) {
	s := open(t)
	for i := range 7 {
		s.owe(fmt.Sprintf("+1312555012%d", i), time.Duration(i)*4*time.Minute)
	}
	seen := map[string]int{}
	for next, n := "", 0; ; n++ {
		var page struct {
			Data []callback
			Next string
		}
		s.do("GET", "/api/v1/callbacks?limit=2&cursor="+next, nil).into(t, &page)
		for _, c := range page.Data {
			seen[c.Phone]++
		}
		if next = page.Next; next == "" {
			break
		}
		s.clock.Advance(6 * time.Minute) // all of them wait longer: other windows, other ranks
		s.owe(fmt.Sprintf("+1312555013%d", n), -s.clock.Now().Sub(monday))
	}
	if len(seen) != 7 {
		t.Errorf("told of %v", seen)
	}
	for phone, n := range seen {
		if n != 1 {
			t.Errorf("%s is told of %d times", phone, n)
		}
	}
}

func TestACallbackIsTakenAndNoted(t *testing.T) {
	s := open(t)
	c := s.owe("+13125550120", time.Minute)
	path := "/api/v1/callbacks/" + c.ID
	var got callback
	s.do("GET", path, nil).into(t, &got)
	if got.Status != "open" || got.Owner != "Mike Rossi" || got.Rank.Reason == "" {
		t.Errorf("open: %+v", got)
	}
	s.refused(s.do("POST", path+"/acknowledge", map[string]any{"person": "Nobody"}), http.StatusUnprocessableEntity, "person")
	s.do("POST", path+"/acknowledge", map[string]any{"person": "Dana Rossi"}).into(t, &got)
	if got.Status != "acknowledged" || got.Owner != "Dana Rossi" || got.AcknowledgedBy != "Dana Rossi" {
		t.Errorf("acknowledged: %+v", got)
	}
	for body, field := range map[*map[string]any]string{
		{"outcome": "sold"}:                        "outcome",
		{"result": "reached"}:                      "result",
		{"outcome": "booked", "result": "busy"}:    "outcome",
		{"next_attempt_at": "later", "note": "no"}: "",
		{}: "",
	} {
		s.refused(s.do("PATCH", path, *body), http.StatusUnprocessableEntity, field)
	}
	s.do("PATCH", path, map[string]any{"result": "busy", "note": "rings long"}).into(t, &got)
	if got.Attempts != 1 || got.NextAttemptAt == "" || len(got.Tried) != 1 || got.Tried[0].Means != "hand" {
		t.Errorf("tried: %+v", got)
	}
	s.do("PATCH", path, map[string]any{"outcome": "booked"}).into(t, &got)
	if got.Status != "done" || got.Outcome != "booked" {
		t.Errorf("done: %+v", got)
	}
	s.refused(s.do("POST", path+"/acknowledge", map[string]any{}), http.StatusConflict, "")
	s.refused(s.do("PATCH", "/api/v1/callbacks/cb_nothing", map[string]any{"note": "x"}), http.StatusNotFound, "")
}
