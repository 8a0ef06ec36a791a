package simulate

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

// offer is an arrival window as it was read from a sentence.
type offer struct{ from, to time.Time }

const (
	dayPattern = `today|tonight|tomorrow|sunday|monday|tuesday|wednesday|thursday|friday|saturday|sun|mon|tue|wed|thu|fri|sat|` +
		`(?:january|february|march|april|may|june|july|august|september|october|november|december) [a-z0-9-]+|\d{1,2}/\d{1,2}`
	clockPattern = `(?:noon|midnight|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})(?:[: ](?:\d\d|fifteen|thirty|forty-five))?)(?: ?[ap]\.?m\.?)?`
)

var (
	offerRE = regexp.MustCompile(`\b(?:(` + dayPattern + `)\b|between (` + clockPattern + `) and (` + clockPattern + `)( in the morning| in the afternoon| in the evening| at night)?)`)
	dateRE  = regexp.MustCompile(`^([a-z]+) (.+)$`)
)

// readOffers reads the arrival windows in a text, in their order, as a listener would who knows what day it is. A
// window without a day is on the day that was named before it.
func readOffers(text string, now time.Time) []offer {
	var out []offer
	var day time.Time
	for _, m := range offerRE.FindAllStringSubmatch(strings.ToLower(text), -1) {
		if m[1] != "" {
			if d, ok := readDay(m[1], now); ok {
				day = d
			}
			continue
		}
		if day.IsZero() {
			continue
		}
		from, okFrom := readClock(m[2], m[4], m[3])
		to, okTo := readClock(m[3], m[4], "")
		if !okFrom || !okTo {
			continue
		}
		for to <= from {
			to += 12 * 60
		}
		at := func(min int) time.Time {
			return time.Date(day.Year(), day.Month(), day.Day(), 0, min, 0, 0, day.Location())
		}
		out = append(out, offer{at(from), at(to)})
	}
	return out
}

// readDay reads a day that lies ahead.
func readDay(s string, now time.Time) (time.Time, bool) {
	on := func(n int) time.Time {
		return time.Date(now.Year(), now.Month(), now.Day()+n, 0, 0, 0, 0, now.Location())
	}
	switch s {
	case "today", "tonight":
		return on(0), true
	case "tomorrow":
		return on(1), true
	}
	for i, name := range dayNames {
		if s == name || s == name[:3] {
			n := (i - int(now.Weekday()) + 7) % 7
			if n == 0 {
				n = 7
			}
			return on(n), true
		}
	}
	month, dom := 0, 0
	if a, b, ok := strings.Cut(s, "/"); ok {
		month, _ = strconv.Atoi(a)
		dom, _ = strconv.Atoi(b)
	} else if m := dateRE.FindStringSubmatch(s); m != nil {
		for i, name := range monthNames {
			if name == m[1] {
				month = i
			}
		}
		for n := 1; n <= 31; n++ {
			if o := ordinalDay(n); m[2] == o || m[2] == strings.ReplaceAll(o, " ", "-") || strings.TrimRight(m[2], "stndrh") == strconv.Itoa(n) {
				dom = n
			}
		}
	}
	if month < 1 || month > 12 || dom < 1 || dom > 31 {
		return time.Time{}, false
	}
	d := time.Date(now.Year(), time.Month(month), dom, 0, 0, 0, 0, now.Location())
	if d.Before(on(0)) {
		d = d.AddDate(1, 0, 0)
	}
	return d, true
}

// readClock reads a time of day in minutes after midnight. Where nothing says which half of the day is meant, a
// listener takes the one in which people work; part is what was said after the window, other the time whose "PM" may
// hold for both.
func readClock(s, part, other string) (int, bool) {
	s = strings.TrimSpace(s)
	half := ""
	for _, h := range []string{"a", "p"} {
		for _, ending := range []string{h + "m", h + ".m.", h + ".m"} {
			if rest, ok := strings.CutSuffix(s, ending); ok {
				s, half = strings.TrimSpace(rest), h
			}
		}
	}
	switch s {
	case "noon":
		return 12 * 60, true
	case "midnight":
		return 24 * 60, true
	}
	words := strings.FieldsFunc(s, func(c rune) bool { return c == ' ' || c == ':' })
	if len(words) == 0 {
		return 0, false
	}
	hour := number(words[0])
	if hour < 1 || hour > 12 {
		return 0, false
	}
	minute := 0
	if len(words) > 1 {
		minute = map[string]int{"fifteen": 15, "thirty": 30, "forty-five": 45}[words[1]]
		if minute == 0 {
			minute, _ = strconv.Atoi(words[1])
		}
	}
	if half == "" && other != "" {
		if o, ok := readClock(other, part, ""); ok && strings.ContainsAny(other, "ap") && (strings.HasSuffix(other, "m") || strings.HasSuffix(other, "m.")) {
			// "between 8 and 10 AM": the same half, unless that would put the beginning after the end
			pm := o >= 12*60
			at := hour%12*60 + minute
			if pm && at+12*60 < o {
				at += 12 * 60
			}
			return at, true
		}
	}
	at := hour%12*60 + minute
	switch {
	case half == "a":
	case half == "p":
		at += 12 * 60
	case strings.Contains(part, "morning"):
	case strings.Contains(part, "afternoon"), strings.Contains(part, "evening"):
		at += 12 * 60
	case strings.Contains(part, "night"):
		if hour >= 6 && hour != 12 {
			at += 12 * 60
		}
	case hour < 7 || hour == 12:
		at += 12 * 60
	}
	return at, true
}

// number reads a small number in words or figures; -1 where it is none.
func number(s string) int {
	for i, w := range smallNumbers {
		if w == s {
			return i
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}
