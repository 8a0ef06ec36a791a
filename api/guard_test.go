package api_test

import (
	"net/http"
	"strings"
	"testing"
)

func TestEveryRouteNeedsTheKey(t *testing.T) {
	s := open(t)
	description(t)
	for path, item := range parsedDescription.doc.Paths.Map() {
		for method, op := range item.Operations() {
			public := op.Security != nil && len(*op.Security) == 0
			at := strings.ReplaceAll(path, "{id}", "x")
			for _, bad := range []string{"", "Bearer", "Bearer ", "Bearer wrong", "Basic " + key, key} {
				a := s.do(method, at, nil, "Authorization", bad)
				if public {
					if a.status != http.StatusOK {
						t.Errorf("%s %s without a key: %d", method, path, a.status)
					}
					continue
				}
				s.refused(a, http.StatusUnauthorized, "")
				if a.header.Get("WWW-Authenticate") == "" {
					t.Errorf("%s %s: no WWW-Authenticate", method, path)
				}
			}
		}
	}
}

func TestUnknownPathsAndMethods(t *testing.T) {
	s := open(t)
	for _, path := range []string{"/api/v1/", "/api/v1/nothing", "/api/v1/jobs/", "/api/v1//jobs", "/api/v1/jobs/a/b"} {
		s.refused(s.do("GET", path, nil), http.StatusNotFound, "")
	}
	for path, allow := range map[string]string{
		"/api/v1/jobs": "GET, POST", "/api/v1/jobs/x": "GET, PATCH, DELETE", "/api/v1/calls": "GET", "/api/v1/business": "GET, PUT",
		"/api/v1/understand": "POST", "/api/v1/openapi.json": "GET",
	} {
		a := s.do("OPTIONS", path, nil)
		s.refused(a, http.StatusMethodNotAllowed, "")
		if got := a.header.Get("Allow"); got != allow {
			t.Errorf("%s allows %q, want %q", path, got, allow)
		}
	}
}

func TestBadBodies(t *testing.T) {
	s := open(t)
	for name, c := range map[string]struct {
		body   string
		status int
		field  string
	}{
		"none":          {"", http.StatusBadRequest, ""},
		"no JSON":       {"{", http.StatusBadRequest, ""},
		"two values":    {`{"text":""} {}`, http.StatusBadRequest, ""},
		"a list":        {`[]`, http.StatusUnprocessableEntity, ""},
		"unknown field": {`{"text":"hi","txet":"hi"}`, http.StatusUnprocessableEntity, "txet"},
		"wrong type":    {`{"text":12}`, http.StatusUnprocessableEntity, "text"},
		"unknown asked": {`{"text":"hi","asked":"favourite colour"}`, http.StatusUnprocessableEntity, "asked"},
		"too long":      {`{"text":"` + strings.Repeat("a", 5000) + `"}`, http.StatusUnprocessableEntity, "text"},
		"far too long":  {`{"text":"` + strings.Repeat("a", 1<<20) + `"}`, http.StatusRequestEntityTooLarge, ""},
		"null bytes":    {"\x00\x00", http.StatusBadRequest, ""},
		"bad time":      {`{"text":"hi","now":"yesterday"}`, http.StatusUnprocessableEntity, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := *s
			s.t = t
			s.refused(s.do("POST", "/api/v1/understand", c.body), c.status, c.field)
		})
	}
	s.refused(s.do("POST", "/api/v1/understand", `{"text":"hi"}`, "Content-Type", "text/plain"), http.StatusUnsupportedMediaType, "")
}

func TestBadParameters(t *testing.T) {
	s := open(t)
	for path, field := range map[string]string{
		"/api/v1/jobs?limit=0":                       "limit",
		"/api/v1/jobs?limit=201":                     "limit",
		"/api/v1/jobs?limit=ten":                     "limit",
		"/api/v1/jobs?cursor=abc":                    "cursor",
		"/api/v1/jobs?status=open":                   "status",
		"/api/v1/jobs?from=tomorrow":                 "from",
		"/api/v1/jobs?from=2026-11-24&to=2026-11-23": "to",
		"/api/v1/jobs?phone=12":                      "phone",
		"/api/v1/messages?direction=sideways":        "direction",
		"/api/v1/calls?outcome=happy":                "outcome",
		"/api/v1/availability":                       "service",
		"/api/v1/availability?service=Roofing":       "service",
		"/api/v1/availability?service=Gas+line+service&technician=Luis+Ortega": "technician",
	} {
		t.Run(path, func(t *testing.T) {
			s := *s
			s.t = t
			s.refused(s.do("GET", path, nil), http.StatusUnprocessableEntity, field)
		})
	}
}

// TestSeveralBusinesses: each request says whose it is, and reads nothing of another's.
func TestSeveralBusinesses(t *testing.T) {
	s := open(t)
	mine := s.book()
	other := s.b.Clone()
	other.ID, other.Profile.Slug, other.Profile.Name, other.Lines[0].Number = "", "other", "Other Plumbing", "+13125550110"
	s.save(other)

	s.refused(s.do("GET", "/api/v1/jobs", nil), http.StatusUnprocessableEntity, "business")
	s.refused(s.do("GET", "/api/v1/jobs?business=nobody", nil), http.StatusNotFound, "")
	var page struct{ Data []job }
	s.do("GET", "/api/v1/jobs?business=mikes-plumbing", nil).into(t, &page)
	if len(page.Data) != 1 || page.Data[0].ID != mine.ID {
		t.Errorf("own jobs: %+v", page.Data)
	}
	s.do("GET", "/api/v1/jobs", nil, "Fixly-Business", "other").into(t, &page)
	if len(page.Data) != 0 {
		t.Errorf("the other's jobs: %+v", page.Data)
	}
	s.refused(s.do("GET", "/api/v1/jobs/"+mine.ID+"?business=other", nil), http.StatusNotFound, "")
	s.refused(s.do("DELETE", "/api/v1/jobs/"+mine.ID+"?business=other", nil), http.StatusNotFound, "")
	s.refused(s.do("GET", "/api/v1/customers/"+mine.Customer.ID+"?business=other", nil), http.StatusNotFound, "")
}
