package callbacks

import "time"

// Window is how long ago a call was missed. The values are fixed by the API.
type Window string

// The windows.
const (
	Under5m  Window = "under_5m"
	Under10m Window = "under_10m"
	Under30m Window = "under_30m"
	Under60m Window = "under_60m"
	Late     Window = "late"
)

// Windows lists them, the soonest first.
func Windows() []Window { return []Window{Under5m, Under10m, Under30m, Under60m, Late} }

// WindowOf is the window of something so long ago.
func WindowOf(ago time.Duration) Window {
	switch {
	case ago < 5*time.Minute:
		return Under5m
	case ago < 10*time.Minute:
		return Under10m
	case ago < 30*time.Minute:
		return Under30m
	case ago < time.Hour:
		return Under60m
	}
	return Late
}

// Words names the window to people.
func (w Window) Words() string {
	switch w {
	case Under5m:
		return "under 5 minutes"
	case Under10m:
		return "5 to 10 minutes"
	case Under30m:
		return "10 to 30 minutes"
	case Under60m:
		return "30 to 60 minutes"
	case Late:
		return "over an hour"
	}
	return string(w)
}
