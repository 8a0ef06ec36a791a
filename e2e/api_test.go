package e2e

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// What the tests look at in the API's answers.
type (
	job struct {
		ID, Status, Service, Technician, Source string
		StartsAt                                time.Time `json:"starts_at"`
		EndsAt                                  time.Time `json:"ends_at"`
		Customer                                struct{ Name, Phone string }
		Address                                 struct{ Line1, ZIP string }
	}
	call struct {
		ID, From, Outcome string
		CarrierID         string    `json:"carrier_id"`
		HandledBy         string    `json:"handled_by"`
		EndedAt           time.Time `json:"ended_at"`
		JobID             string    `json:"job_id"`
		Transcript        []struct{ Who, Text, Reason string }
	}
	message struct {
		ID, Direction, From, To, Body, Kind, Status, Reason string
	}
	opening struct {
		StartsAt   time.Time `json:"starts_at"`
		EndsAt     time.Time `json:"ends_at"`
		Technician string
	}
)

// request asks the API and reads the answer into out, nil for whatever it is.
func (s *shop) request(method, path string, in, out any) (status int) {
	s.t.Helper()
	var body io.Reader
	if in != nil {
		b, err := json.Marshal(in)
		if err != nil {
			s.t.Fatal(err)
		}
		body = bytes.NewReader(b)
	}
	req, err := http.NewRequestWithContext(s.t.Context(), method, s.url+"/api/v1"+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	req.Header.Set("Authorization", "Bearer "+apiKey)
	req.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		s.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		s.t.Fatal(err)
	}
	if out != nil && resp.StatusCode < 300 {
		if err := json.Unmarshal(b, out); err != nil {
			s.t.Fatalf("%s %s is answered %d %q: %v", method, path, resp.StatusCode, b, err)
		}
	}
	if resp.StatusCode >= 400 && resp.StatusCode != http.StatusConflict { // who books beside others expects that
		s.t.Logf("%s %s is answered %d %s", method, path, resp.StatusCode, b)
	}
	return resp.StatusCode
}

// list reads all pages of a list.
func list[T any](s *shop, path string) []T {
	s.t.Helper()
	var all []T
	cursor := ""
	for {
		var page struct {
			Data []T
			Next string
		}
		if status := s.request(http.MethodGet, path+"limit=200&cursor="+cursor, nil, &page); status != http.StatusOK {
			s.t.Fatalf("GET %s is answered %d", path, status)
		}
		all = append(all, page.Data...)
		if cursor = page.Next; cursor == "" {
			return all
		}
	}
}

func (s *shop) jobs() []job { s.t.Helper(); return list[job](s, "/jobs?status=booked&") }

func (s *shop) calls() []call { s.t.Helper(); return list[call](s, "/calls?") }

// messages are the texts with a number, all for none, oldest first.
func (s *shop) messages(phone string) []message {
	s.t.Helper()
	path := "/messages?"
	if phone != "" {
		path += "phone=%2B" + phone[1:] + "&"
	}
	all := list[message](s, path)
	slices.Reverse(all)
	return all
}

// aText is the only text of a kind to a number.
func (s *shop) aText(phone, kind string) message {
	s.t.Helper()
	var found []message
	for _, m := range s.messages(phone) {
		if m.Kind == kind && m.To == phone {
			found = append(found, m)
		}
	}
	if len(found) != 1 {
		s.t.Fatalf("%d texts of kind %s to %s: %+v", len(found), kind, phone, found)
	}
	return found[0]
}

// callOf is the call with a carrier's id, with its transcript.
func (s *shop) callOf(carrierID string) call {
	s.t.Helper()
	for _, c := range s.calls() {
		if c.CarrierID == carrierID {
			var whole call
			if status := s.request(http.MethodGet, "/calls/"+c.ID, nil, &whole); status != http.StatusOK {
				s.t.Fatalf("the call is answered %d", status)
			}
			return whole
		}
	}
	s.t.Fatalf("call %s is not stored", carrierID)
	return call{}
}

// comesTo waits until a call has ended and checks what came of it.
func (s *shop) comesTo(carrierID, outcome, handledBy string) call {
	s.t.Helper()
	var c call
	s.await("the call has ended", patience, func() bool {
		c = s.callOf(carrierID)
		return !c.EndedAt.IsZero()
	})
	if c.Outcome != outcome || c.HandledBy != handledBy {
		s.t.Errorf("the call came to %s by %s, want %s by %s", c.Outcome, c.HandledBy, outcome, handledBy)
	}
	return c
}

// onlyJob is the one job there is.
func (s *shop) onlyJob() job {
	s.t.Helper()
	jobs := s.jobs()
	if len(jobs) != 1 {
		s.t.Fatalf("%d jobs, want one: %+v", len(jobs), jobs)
	}
	return jobs[0]
}

// openings are the open times of a service on a day.
func (s *shop) openings(service string, day time.Time) []opening {
	s.t.Helper()
	from := time.Date(day.Year(), day.Month(), day.Day(), 0, 0, 0, 0, day.Location())
	return list[opening](s, fmt.Sprintf("/availability?service=%s&from=%s&to=%s&", url.QueryEscape(service), url.QueryEscape(from.Format(time.RFC3339)),
		url.QueryEscape(from.AddDate(0, 0, 1).Format(time.RFC3339))))
}

// books books a job as the owner does.
func (s *shop) books(service string, o opening, name, phone string) (status int) {
	s.t.Helper()
	return s.request(http.MethodPost, "/jobs", map[string]any{
		"service": service, "starts_at": o.StartsAt, "technician": o.Technician, "problem": "as agreed", "source": "owner",
		"customer": map[string]string{"name": name, "phone": phone}, "address": map[string]string{"line1": "1842 N Damen Ave", "zip": "60647"},
	}, nil)
}
