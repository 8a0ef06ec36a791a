package api_test

import (
	"net/http"
	"testing"
	"time"
)

type block struct {
	ID, Title, Technician, Series string
	StartsAt                      time.Time `json:"starts_at"`
	EndsAt                        time.Time `json:"ends_at"`
	AllDay                        bool      `json:"all_day"`
}

func TestBlocks(t *testing.T) {
	s := open(t)
	add := func(fields map[string]any) block {
		t.Helper()
		var got block
		a := s.do("POST", "/api/v1/blocks", fields)
		a.into(t, &got)
		if a.status != http.StatusCreated {
			t.Fatalf("added: %d %+v", a.status, got)
		}
		return got
	}
	list := func(query string) (got []block) {
		t.Helper()
		next := ""
		for {
			var page struct {
				Data []block
				Next string
			}
			s.do("GET", "/api/v1/blocks?"+query+"&cursor="+next, nil).into(t, &page)
			got = append(got, page.Data...)
			if next = page.Next; next == "" {
				return got
			}
		}
	}
	open := func() (n int) {
		t.Helper()
		var page struct{ Data []any }
		s.do("GET", "/api/v1/availability?service=Leak%20repair&from=2026-11-24T09:00:00-06:00&to=2026-11-24T09:30:00-06:00", nil).into(t, &page)
		return len(page.Data)
	}

	dentist := add(map[string]any{
		"title": "Dentist", "technician": "luis ortega", "starts_at": "2026-11-24T09:00:00-06:00", "ends_at": "2026-11-24T11:00:00-06:00",
	})
	if dentist.ID == "" || dentist.Title != "Dentist" || dentist.Technician != "Luis Ortega" || dentist.AllDay || dentist.Series != "" ||
		dentist.EndsAt.Sub(dentist.StartsAt) != 2*time.Hour {
		t.Errorf("a block: %+v", dentist)
	}
	if open() != 1 {
		t.Error("nobody is open while Luis is at the dentist's")
	}
	closed := add(map[string]any{"all_day": true, "starts_at": "2026-11-24T00:00:00-06:00", "ends_at": "2026-11-25T00:00:00-06:00"})
	if closed.Title != "Blocked" || !closed.AllDay || closed.Technician != "" {
		t.Errorf("a day of everybody's: %+v", closed)
	}
	if open() != 0 {
		t.Error("somebody is open on a blocked day")
	}
	fridays := add(map[string]any{"title": "Yard", "starts_at": "2026-11-27T15:00:00-06:00", "ends_at": "2026-11-27T17:00:00-06:00", "weeks": 3})
	all := list("limit=2")
	if len(all) != 5 || all[2] != fridays || all[4].Series != fridays.ID || all[4].StartsAt.Sub(all[3].StartsAt) != 7*24*time.Hour {
		t.Errorf("all: %+v", all)
	}
	if got := list("from=2026-11-24T10:00:00-06:00&to=2026-11-25"); len(got) != 2 {
		t.Errorf("on a morning: %+v", got)
	}

	var got block
	s.do("GET", "/api/v1/blocks/"+dentist.ID, nil).into(t, &got)
	if got != dentist {
		t.Errorf("read as %+v", got)
	}
	s.do("DELETE", "/api/v1/blocks/"+closed.ID, nil).into(t, &got)
	if got != closed || open() != 1 {
		t.Errorf("removed: %+v", got)
	}
	s.do("DELETE", "/api/v1/blocks/"+all[3].ID+"?rest=true", nil).into(t, &got)
	if left := list("limit=9"); len(left) != 2 || left[1] != fridays {
		t.Errorf("left of the series: %+v", left)
	}
	for _, method := range []string{"GET", "DELETE"} {
		s.refused(s.do(method, "/api/v1/blocks/"+closed.ID, nil), http.StatusNotFound, "")
	}
	s.refused(s.do("DELETE", "/api/v1/blocks/"+dentist.ID+"?rest=perhaps", nil), http.StatusUnprocessableEntity, "rest")
}

func TestBadBlocksNameTheField(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		field string
		value any
	}{
		"no beginning":   {"starts_at", nil},
		"no end":         {"ends_at", nil},
		"backwards":      {"ends_at", "2026-11-24T08:00:00-06:00"},
		"long ago":       {"starts_at", "1026-11-24T08:00:00-06:00"},
		"no such person": {"technician", "Dana Rossi"},
		"half a day":     {"all_day", true},
		"for ever":       {"weeks", 1000},
		"unknown field":  {"colour", "blue"},
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			in := map[string]any{"starts_at": "2026-11-24T09:00:00-06:00", "ends_at": "2026-11-24T11:00:00-06:00"}
			in[c.field] = c.value
			s.refused(s.do("POST", "/api/v1/blocks", in), http.StatusUnprocessableEntity, c.field)
		})
	}
}
