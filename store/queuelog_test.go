package store_test

import (
	"bytes"
	"context"
	"log/slog"
	"testing"

	"fixly/jobs"
	"fixly/store"
	"fixly/store/storetest"
)

func TestTheQueueIsQuiet(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		var said bytes.Buffer
		db, err := store.Open(context.Background(), address, store.Options{Log: slog.New(slog.NewTextHandler(&said, nil))})
		if err != nil {
			t.Fatal(err)
		}
		began, end := make(chan struct{}, 1), make(chan struct{})
		close(end)
		workers := jobs.New()
		jobs.Add(workers, &stuckWorker{began: began, end: end})
		if err := db.StartJobs(context.Background(), workers); err != nil {
			t.Error(err)
		}
		if err := db.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if said.Len() > 0 {
			t.Errorf("logged at level info: %s", &said)
		}
	})
}
