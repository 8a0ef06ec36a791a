package api_test

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"fixly/store/storetest"
)

// FuzzRequests: whatever comes in, the answer is never our own fault.
func FuzzRequests(f *testing.F) {
	for _, path := range []string{
		"/api/v1/jobs", "/api/v1/jobs/%00", "/api/v1/jobs/%FF", "/api/v1/calls/%00", "/api/v1/customers/%00", "/api/v1/jobs?business=%00",
		"/api/v1/jobs?cursor=eyJsIjoiam9icyIsInQiOjEsImkiOiJcdTAwMDAifQ", "/api/v1/calls?phone=%00&limit=7", "/api/v1/messages?direction=%00",
		"/api/v1/availability?service=Drain%20cleaning&from=0001-01-01&to=9999-12-31", "/api/v1/jobs?from=9999-12-31&to=0001-01-01",
		"/api/v1/business", "/api/v1/understand", "/api/v1/callbacks?limit=-1",
	} {
		f.Add(uint8(0), path, "")
		f.Add(uint8(3), path, `{"starts_at":"9999-12-31T23:59:59Z"}`)
	}
	for _, body := range []string{
		`{"service":"Drain cleaning","starts_at":"2026-11-24T09:00:00-06:00","problem":"\u0000","customer":{"name":"A\u0000B","phone":"+13125550142"},"address":{"line1":"1 \ud800 Street","zip":"60647"}}`,
		`{"service":"Drain cleaning","starts_at":"0001-01-01T00:00:00Z","customer":{"name":"A","phone":"+13125550142"},"address":{"line1":"1","zip":"60647"}}`,
		`{"service":"Drain cleaning","starts_at":"9999-12-31T23:59:59-23:59","customer":{"name":"A","phone":"+13125550142"},"address":{"line1":"1","zip":"60647"}}`,
		`null`, `[]`, `{`, `{"text":"\u0000"}`, strings.Repeat("[", 20000),
	} {
		f.Add(uint8(1), "/api/v1/jobs", body)
		f.Add(uint8(1), "/api/v1/understand", body)
		f.Add(uint8(2), "/api/v1/business", body)
	}
	_, h := serve(f, storetest.SQLite(f))
	methods := []string{http.MethodGet, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete}
	f.Fuzz(func(t *testing.T, method uint8, path, body string) {
		req, err := http.NewRequestWithContext(t.Context(), methods[int(method)%len(methods)], "http://fixly.example/"+strings.TrimPrefix(path, "/"), bytes.NewReader([]byte(body)))
		if err != nil {
			return // no URL
		}
		req.Header.Set("Authorization", "Bearer "+key)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, req)
		if w.Code >= 500 {
			t.Errorf("%s %q %q: %d %s", req.Method, path, body, w.Code, w.Body)
		}
	})
}

// TestGarbageOnPostgreSQL: PostgreSQL refuses text that SQLite takes, such as NUL.
func TestGarbageOnPostgreSQL(t *testing.T) {
	s := openAt(t, storetest.Postgres(t))
	for _, path := range []string{"/api/v1/jobs/%00", "/api/v1/calls/%FF", "/api/v1/customers/%00"} {
		s.refused(s.do("GET", path, nil), http.StatusNotFound, "")
	}
	s.refused(s.do("GET", "/api/v1/jobs?business=%00", nil), http.StatusNotFound, "")
	s.refused(s.do("GET", "/api/v1/jobs?cursor=eyJsIjoiam9icyIsInQiOjEsImkiOiJcdTAwMDAifQ", nil), http.StatusUnprocessableEntity, "cursor")
	s.refused(s.do("POST", "/api/v1/jobs", visit("customer.name", "A\x00B")), http.StatusUnprocessableEntity, "customer.name")
	s.refused(s.do("POST", "/api/v1/jobs", visit("starts_at", "0001-01-01T00:00:00Z")), http.StatusConflict, "")
	s.book("problem", "kitchen sink\nand the bath")
}
