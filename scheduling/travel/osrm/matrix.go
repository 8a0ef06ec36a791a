package osrm

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"math"
	"net/http"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"fixly/scheduling/travel"
)

const (
	renewed    = 24 * time.Hour   // roads change seldom
	triedAgain = 10 * time.Minute // after an error
	// most is how many places are asked about at a time, from and to: together as many as servers allow by default.
	most = 50
)

// Matrix is what a routing server said of the drives between ZIPs. It is safe for concurrent use, and answers at once.
type Matrix struct {
	server server
	areas  Areas
	log    *slog.Logger
	known  atomic.Pointer[map[pair]time.Duration]
	done   chan struct{} // closed when Keep has returned
}

type pair struct{ from, to string }

// Areas gives the ZIPs that each shop drives between.
type Areas func(ctx context.Context) ([][]string, error)

// New makes a matrix of a server's drives, empty until Keep has fetched them. client may be nil.
func New(address string, client *http.Client, areas Areas, log *slog.Logger) *Matrix {
	if client == nil {
		client = &http.Client{}
	}
	m := &Matrix{server: server{strings.TrimRight(address, "/"), client}, areas: areas, log: log, done: make(chan struct{})}
	m.known.Store(&map[pair]time.Duration{})
	return m
}

// Drive is how long a drive takes from door to door, in whole minutes: as the server said, or else as package travel
// estimates. False when neither knows where one of the ZIPs is.
func (m *Matrix) Drive(from, to string) (time.Duration, bool) {
	if d, ok := (*m.known.Load())[pair{fiveDigits(from), fiveDigits(to)}]; ok {
		return d, true
	}
	return travel.Drive(from, to)
}

func fiveDigits(zip string) string { return zip[:min(5, len(zip))] }

// Keep fetches the matrix and renews it until ctx ends. Call it once, in a goroutine of its own; Wait waits for its end.
func (m *Matrix) Keep(ctx context.Context) {
	defer close(m.done)
	for {
		wait := renewed
		if err := m.Renew(ctx); err != nil {
			if ctx.Err() != nil {
				return
			}
			m.log.Warn("the routing server could not be asked; drives are estimated, or as it said before", "error", err)
			wait = triedAgain
		}
		t := time.NewTimer(wait)
		select {
		case <-ctx.Done():
			t.Stop()
			return
		case <-t.C:
		}
	}
}

// Wait waits until Keep has returned, or ctx ends.
func (m *Matrix) Wait(ctx context.Context) {
	select {
	case <-m.done:
	case <-ctx.Done():
	}
}

// Renew asks for the drives of all areas. What an area's error leaves out stays as it was.
func (m *Matrix) Renew(ctx context.Context) error {
	areas, err := m.areas(ctx)
	if err != nil {
		return err
	}
	known := maps.Clone(*m.known.Load())
	var failed []error
	for _, zips := range areas {
		failed = append(failed, m.fetch(ctx, zips, known))
	}
	m.known.Store(&known)
	return errors.Join(failed...)
}

// fetch asks for the drives between ZIPs, a block of them at a time.
func (m *Matrix) fetch(ctx context.Context, zips []string, known map[pair]time.Duration) error {
	located := map[string]travel.Place{}
	for _, z := range zips {
		if p, ok := travel.Locate(z); ok {
			located[fiveDigits(z)] = p
		}
	}
	blocks := slices.Collect(slices.Chunk(slices.Sorted(maps.Keys(located)), most))
	places := func(block []string) (out []travel.Place) {
		for _, z := range block {
			out = append(out, located[z])
		}
		return out
	}
	for _, from := range blocks {
		for _, to := range blocks {
			seconds, err := m.server.durations(ctx, places(from), places(to))
			if err != nil {
				return err
			}
			for i, row := range seconds {
				for j, s := range row {
					if s != nil && *s >= 0 && *s < (24*time.Hour).Seconds() {
						known[pair{from[i], to[j]}] = travel.DoorToDoor(time.Duration(math.Round(*s/60)) * time.Minute)
					}
				}
			}
		}
	}
	return nil
}
