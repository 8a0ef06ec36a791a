package api_test

import (
	"context"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"fixly/store"
	"fixly/store/storetest"
)

// TestReadsWaitForNoWriter asks for everything while a transaction writes.
func TestReadsWaitForNoWriter(t *testing.T) {
	db, h := serve(t, storetest.SQLite(t))
	writing, done := make(chan struct{}), make(chan error, 1)
	release := make(chan struct{})
	go func() {
		done <- db.InTx(context.Background(), func(context.Context, *store.Tx) error {
			close(writing)
			<-release
			return nil
		})
	}()
	<-writing
	for _, path := range []string{
		"jobs", "blocks", "availability?service=Drain%20cleaning", "calls", "messages", "callbacks", "customers", "business",
	} {
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		r := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/"+path, nil)
		r.Header.Set("Authorization", "Bearer "+key)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		cancel()
		if w.Code != http.StatusOK {
			t.Errorf("%s: %d %s", path, w.Code, w.Body)
		}
	}
	close(release)
	if err := <-done; err != nil {
		t.Error(err)
	}
}
