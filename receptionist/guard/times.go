package guard

import (
	"strconv"
	"strings"
	"time"
)

// hours and minutes are the words of a time of day.
var (
	hours = map[string]int{
		"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
		"twelve": 12, "noon": 12, "midnight": 12,
	}
	minutes = map[string]int{"fifteen": 15, "thirty": 30, "forty-five": 45}
	// leads come before a bare number that is a time: "between eight", "nine to one".
	leads = map[string]bool{
		"between": true, "and": true, "to": true, "at": true, "from": true, "after": true, "before": true, "until": true,
		"till": true, "by": true, "around": true,
	}
	weekdays = map[string]time.Weekday{
		"sunday": time.Sunday, "monday": time.Monday, "tuesday": time.Tuesday, "wednesday": time.Wednesday,
		"thursday": time.Thursday, "friday": time.Friday, "saturday": time.Saturday,
	}
)

// checkTimes compares times of day with the ones on the table and the opening hours; and, where an arrival window
// is said, its days.
func (g *Guard) checkTimes(s string, f Facts, bad func(what, said string)) {
	g.spanishTimes(wordsOf(s), f, bad)
	words := strings.Fields(strings.ToLower(s))
	for i, w := range words {
		words[i] = strings.Trim(w, ",.?!:;()")
	}
	clock, window := false, false
	for i, w := range words {
		at, ok := timeAt(words, i)
		if ok {
			clock = true
			if !g.clocks[at] && !f.hasClock(at, g.loc) {
				bad("time", w)
			}
		}
		window = window || w == "between"
	}
	if !clock || !window || len(f.Times) == 0 {
		return
	}
	for _, w := range words {
		if day, ok := dayOf(w, f.Now.In(g.loc)); ok && !f.hasDay(day, g.loc) {
			bad("day", w)
		}
	}
}

// timeAt reads the word at i as a time, in minutes after twelve. A bare number is one only after a word that leads to
// one.
func timeAt(words []string, i int) (int, bool) {
	w := words[i]
	minute, exact := 0, w == "noon" || w == "midnight"
	hour, named := hours[w]
	if !named {
		h, m, colon := strings.Cut(strings.TrimRight(w, "apm"), ":")
		n, err := strconv.Atoi(h)
		if err != nil || n < 0 || n > 23 || len(h) > 2 {
			return 0, false
		}
		hour, exact = n, exact || colon || strings.HasSuffix(w, "am") || strings.HasSuffix(w, "pm")
		if colon {
			if minute, err = strconv.Atoi(m); err != nil || minute > 59 || minute < 0 {
				return 0, false
			}
		}
	}
	if i+1 < len(words) {
		next := words[i+1]
		if m, ok := minutes[next]; ok {
			minute = m
		}
		exact = exact || next == "am" || next == "pm" || next == "a.m" || next == "p.m" || next == "o'clock"
	}
	if !exact && (i == 0 || !leads[words[i-1]]) {
		return 0, false
	}
	return (hour*60 + minute) % 720, true
}

func (f *Facts) hasClock(at int, loc *time.Location) bool {
	for _, t := range f.Times {
		t = t.In(loc)
		if (t.Hour()*60+t.Minute())%720 == at {
			return true
		}
	}
	return false
}

// dayOf reads a word as a day: a weekday alone, or a date for today and tomorrow.
func dayOf(w string, now time.Time) (day, bool) {
	if d, ok := weekdays[w]; ok {
		return day{weekday: d}, true
	}
	switch w {
	case "today", "tonight":
		return day{date: now.Format(time.DateOnly)}, true
	case "tomorrow":
		return day{date: now.AddDate(0, 0, 1).Format(time.DateOnly)}, true
	}
	return day{}, false
}

type day struct {
	date    string // empty: any date on the weekday
	weekday time.Weekday
}

func (f *Facts) hasDay(d day, loc *time.Location) bool {
	for _, t := range f.Times {
		t = t.In(loc)
		if d.date == t.Format(time.DateOnly) || d.date == "" && t.Weekday() == d.weekday {
			return true
		}
	}
	return false
}
