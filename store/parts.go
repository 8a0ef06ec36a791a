package store

import (
	"encoding/json"
	"time"

	"fixly/scheduling"
)

// partsJSON writes the visits of a job of several days, each as its two instants; none is nothing written.
func partsJSON(parts []scheduling.Interval) (string, error) {
	if len(parts) == 0 {
		return "", nil
	}
	out := make([][2]int64, len(parts))
	for i, p := range parts {
		out[i] = [2]int64{p.From.UnixMilli(), p.To.UnixMilli()}
	}
	b, err := json.Marshal(out)
	return string(b), wrap("write the days of a job", err)
}

func readParts(s string) ([]scheduling.Interval, error) {
	if s == "" {
		return nil, nil
	}
	var in [][2]int64
	if err := json.Unmarshal([]byte(s), &in); err != nil {
		return nil, wrap("read the days of a job", err)
	}
	out := make([]scheduling.Interval, len(in))
	for i, p := range in {
		out[i] = scheduling.Interval{From: time.UnixMilli(p[0]).UTC(), To: time.UnixMilli(p[1]).UTC()}
	}
	return out, nil
}
