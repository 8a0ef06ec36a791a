package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// writeJSON writes an answer. Nothing has been written when it returns an error.
func writeJSON(w http.ResponseWriter, r reply) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false) // it is JSON, not a page: "Plumbing & Heating" stays readable
	if err := enc.Encode(r.body); err != nil {
		return fmt.Errorf("api: encoding the answer: %w", err)
	}
	if r.etag != "" {
		w.Header().Set("ETag", r.etag)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(r.status)
	_, _ = w.Write(b.Bytes()) // a client that is gone needs no answer
	return nil
}

// when is an instant as the API writes it: RFC 3339 with the shop's offset, to the second.
func when(t time.Time, loc *time.Location) string { return t.In(loc).Format(time.RFC3339) }

// whenOrNull writes the zero time as null.
func whenOrNull(t time.Time, loc *time.Location) *string {
	if t.IsZero() {
		return nil
	}
	s := when(t, loc)
	return &s
}

// orNull writes an empty word as null.
func orNull[S ~string](s S) *string {
	if s == "" {
		return nil
	}
	t := string(s)
	return &t
}
