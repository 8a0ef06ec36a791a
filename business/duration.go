package business

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// Duration is a length of time written as people write it in the business file: "90m", "2h", "1h30m", "21d".
// A day is 24 hours.
type Duration time.Duration

// maxDuration keeps sums of instants and durations far from overflow; no setting comes near it.
const maxDuration = 10 * 366 * 24 * time.Hour

// ParseDuration reads "90m", "2h", "1h30m" or "21d". It refuses negative lengths and those over ten years.
func ParseDuration(s string) (Duration, error) {
	wrong := fmt.Errorf("%q is not a length of time; write it like 90m, 2h or 21d", printable(s))
	t := strings.TrimSpace(s)
	var total time.Duration
	if d, rest, ok := strings.Cut(t, "d"); ok {
		days, err := strconv.ParseUint(d, 10, 16)
		if err != nil {
			return 0, wrong
		}
		total, t = time.Duration(days)*24*time.Hour, rest
		if t == "" {
			t = "0"
		}
	}
	rest, err := time.ParseDuration(t)
	if err != nil {
		return 0, wrong
	}
	if rest < 0 {
		return 0, fmt.Errorf("%q is negative", printable(s))
	}
	if total > maxDuration || rest > maxDuration || total+rest > maxDuration {
		return 0, fmt.Errorf("%q is over ten years", printable(s))
	}
	return Duration(total + rest), nil
}

// Std is the duration in the standard library's type.
func (d Duration) Std() time.Duration { return time.Duration(d) }

// String writes the duration the way the business file does, without zero parts.
func (d Duration) String() string {
	t := time.Duration(d)
	if t == 0 {
		return "0m"
	}
	if t%(24*time.Hour) == 0 && t >= 3*24*time.Hour {
		return strconv.FormatInt(int64(t/(24*time.Hour)), 10) + "d"
	}
	if t%time.Hour == 0 {
		return strconv.FormatInt(int64(t/time.Hour), 10) + "h"
	}
	if t%time.Minute == 0 {
		return strconv.FormatInt(int64(t/time.Minute), 10) + "m"
	}
	return t.String()
}

// UnmarshalYAML reads the duration from a scalar and names the line on error.
func (d *Duration) UnmarshalYAML(n *yaml.Node) error {
	v, err := ParseDuration(n.Value)
	if err != nil {
		return fmt.Errorf("line %d: %w", n.Line, err)
	}
	*d = v
	return nil
}

// MarshalYAML writes the duration as a scalar.
func (d Duration) MarshalYAML() (any, error) { return d.String(), nil }

// UnmarshalJSON reads the duration from a string.
func (d *Duration) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("a length of time is a string like \"90m\": %w", err)
	}
	v, err := ParseDuration(s)
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// MarshalJSON writes the duration as a string.
func (d Duration) MarshalJSON() ([]byte, error) { return json.Marshal(d.String()) }
