// Package osrm asks a routing server how long drives take: OSRM (https://project-osrm.org/docs/v5.24.0/api/), or whatever
// speaks its protocol.
//
// Nothing waits for the server: a Matrix of the drives between the ZIPs that shops go to is fetched in the background,
// kept in memory, and renewed once a day. What is not in it, or not in it yet, is estimated by package travel.
package osrm

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"

	"fixly/scheduling/travel"
)

// answerLimit bounds what is read of an answer; a table of a hundred places takes some 100 kB.
const answerLimit = 4 << 20

// patience is how long one table may take.
const patience = 30 * time.Second

// server speaks with a routing server.
type server struct {
	address string // without a slash at its end
	http    *http.Client
}

// table is what the table service answers. Durations are in seconds, null where no road leads there.
type table struct {
	Code      string       `json:"code"`
	Message   string       `json:"message"`
	Durations [][]*float64 `json:"durations"`
}

// durations asks for the drives from each of some places to each of others. All of them together are one request, which
// servers limit to a hundred places unless they are told otherwise.
func (s *server) durations(ctx context.Context, from, to []travel.Place) ([][]*float64, error) {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, s.address+"/table/v1/driving/"+query(from, to), nil)
	if err != nil {
		return nil, fmt.Errorf("ask the routing server: %w", err)
	}
	response, err := s.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("ask the routing server: %w", err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, answerLimit))
	if err != nil {
		return nil, fmt.Errorf("read the routing server's answer: %w", err)
	}
	var t table
	if err := json.Unmarshal(body, &t); err != nil {
		return nil, fmt.Errorf("the routing server's answer (status %d): %w", response.StatusCode, err)
	}
	if t.Code != "Ok" {
		return nil, fmt.Errorf("the routing server refuses (status %d): %s %s", response.StatusCode, t.Code, t.Message)
	}
	if len(t.Durations) != len(from) {
		return nil, fmt.Errorf("the routing server gives %d rows for %d places", len(t.Durations), len(from))
	}
	for _, row := range t.Durations {
		if len(row) != len(to) {
			return nil, fmt.Errorf("the routing server gives %d columns for %d places", len(row), len(to))
		}
	}
	return t.Durations, nil
}

// query lists the coordinates, longitude first, and which of them are where drives begin and end.
func query(from, to []travel.Place) string {
	var places, sources, destinations []string
	add := func(p travel.Place, as *[]string) {
		*as = append(*as, strconv.Itoa(len(places)))
		places = append(places, strconv.FormatFloat(p.Lon, 'f', 3, 64)+","+strconv.FormatFloat(p.Lat, 'f', 3, 64))
	}
	for _, p := range from {
		add(p, &sources)
	}
	for _, p := range to {
		add(p, &destinations)
	}
	return strings.Join(places, ";") + "?sources=" + strings.Join(sources, ";") + "&destinations=" + strings.Join(destinations, ";")
}
