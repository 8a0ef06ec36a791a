package icalendar

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// frequency is what a rule steps by.
type frequency int

const (
	yearly frequency = iota
	monthly
	weekly
	daily
	hourly
	minutely
	secondly
)

var frequencies = map[string]frequency{
	"YEARLY": yearly, "MONTHLY": monthly, "WEEKLY": weekly, "DAILY": daily, "HOURLY": hourly, "MINUTELY": minutely, "SECONDLY": secondly,
}

// rule is a recurrence rule (section 3.3.10).
type rule struct {
	every    frequency
	interval int
	count    int        // 0: no end by count
	until    *time.Time // as written; the last that may be
	untilUTC bool       // until is an instant; otherwise it is by the wall
	untilDay bool       // until is a date

	months, weeks, yearDays, monthDays, hours, minutes, seconds, positions []int
	days                                                                   []weekday

	cost      int // of a step: long lists take longer
	weekStart time.Weekday
}

// weekday is "TH", or the n-th of a month or a year ("2TH", "-1TH").
type weekday struct {
	nth int
	day time.Weekday
}

var weekdays = map[string]time.Weekday{
	"SU": time.Sunday, "MO": time.Monday, "TU": time.Tuesday, "WE": time.Wednesday, "TH": time.Thursday, "FR": time.Friday, "SA": time.Saturday,
}

// mostParts is how many values a list of a rule has at most, which is more than anybody means.
const mostParts = 366

func parseRule(s string) (*rule, error) {
	r := &rule{every: -1, interval: 1, weekStart: time.Monday}
	for part := range strings.SplitSeq(strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(s)), ";"), ";") {
		name, value, _ := strings.Cut(part, "=")
		if err := r.set(name, value); err != nil {
			return nil, err
		}
	}
	if r.every < 0 {
		return nil, fmt.Errorf("%w: a rule without FREQ", errValue)
	}
	r.cost = 1 + (len(r.months)+len(r.weeks)+len(r.yearDays)+len(r.monthDays)+len(r.hours)+len(r.minutes)+len(r.seconds)+len(r.positions)+len(r.days))/32
	return r, nil
}

func (r *rule) set(name, value string) (err error) {
	ok := true
	switch name {
	case "FREQ":
		r.every, ok = frequencies[value]
	case "INTERVAL":
		r.interval, err = number(value, 1, 100_000)
	case "COUNT":
		r.count, err = number(value, 1, 1_000_000_000)
	case "UNTIL":
		var m moment
		bare := &zones{floating: inUTC}
		if m, err = bare.moment(&Prop{}, value); err == nil {
			r.until, r.untilDay, r.untilUTC = &m.wall, m.day, len(value) == len(utcForm)
		}
	case "WKST":
		r.weekStart, ok = weekdays[value]
	case "BYDAY":
		r.days, err = parseWeekdays(value)
	case "BYMONTH":
		r.months, err = numbers(value, 1, 12)
	case "BYWEEKNO":
		r.weeks, err = numbers(value, -53, 53)
	case "BYYEARDAY":
		r.yearDays, err = numbers(value, -366, 366)
	case "BYMONTHDAY":
		r.monthDays, err = numbers(value, -31, 31)
	case "BYHOUR":
		r.hours, err = numbers(value, 0, 23)
	case "BYMINUTE":
		r.minutes, err = numbers(value, 0, 59)
	case "BYSECOND":
		r.seconds, err = numbers(value, 0, 59)
	case "BYSETPOS":
		r.positions, err = numbers(value, -366, 366)
	case "RSCALE":
		ok = value == "GREGORIAN"
	default:
		// A part that isn't known might leave days out, or add some: nothing sure can be said of the rule.
		ok = strings.HasPrefix(name, "X-")
	}
	if err == nil && !ok {
		err = fmt.Errorf("%w: a rule's %s", errValue, name)
	}
	return err
}

func number(s string, least, most int) (int, error) {
	n, err := strconv.Atoi(strings.TrimPrefix(s, "+"))
	if err != nil || n < least || n > most {
		return 0, fmt.Errorf("%w: a number of a rule", errValue)
	}
	return n, nil
}

func numbers(s string, least, most int) ([]int, error) {
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		n, err := number(part, least, most)
		if err != nil || n == 0 && least < 0 || len(out) == mostParts {
			return nil, fmt.Errorf("%w: numbers of a rule", errValue)
		}
		out = append(out, n)
	}
	slices.Sort(out)
	return slices.Compact(out), nil
}

func parseWeekdays(s string) ([]weekday, error) {
	var out []weekday
	for part := range strings.SplitSeq(s, ",") {
		at := max(0, len(part)-2)
		day, ok := weekdays[part[at:]]
		nth := 0
		var err error
		if at > 0 {
			nth, err = number(part[:at], -53, 53)
			ok = ok && nth != 0
		}
		if err != nil || !ok || len(out) == mostParts {
			return nil, fmt.Errorf("%w: weekdays of a rule", errValue)
		}
		out = append(out, weekday{nth, day})
	}
	return out, nil
}

// budget is how many steps may be taken yet. It is what ends rules that never would.
type budget struct{ steps int }

var errTooMuch = fmt.Errorf("%w: a rule that takes too long to follow", errValue)

func (b *budget) take(n int) error {
	if b.steps -= n; b.steps < 0 {
		b.steps = 0
		return errTooMuch
	}
	return nil
}

// each gives the times of a rule that begins at start, in their order, as a wall shows them: start itself first (it
// counts, whether or not it fits the rule), then those until to. Those before from may be left out. UNTIL is the
// caller's to look at.
func (r *rule) each(start, from, to time.Time, b *budget, yield func(time.Time) bool) error {
	if !start.Before(to) || !yield(start) {
		return nil
	}
	given := 1
	for k := r.skip(start, from); ; k++ {
		if r.count > 0 && given >= r.count {
			return nil
		}
		begin, days := r.period(start, k)
		if !begin.Before(to) || begin.Year() > 9999 {
			return nil
		}
		times, err := r.times(start, begin, days, b)
		if err != nil {
			return err
		}
		for _, t := range times {
			if !t.After(start) {
				continue
			}
			if r.count > 0 && given >= r.count || !t.Before(to) || !yield(t) {
				return nil
			}
			given++
		}
	}
}

// skip is how many periods can be passed over, because they end before from.
func (r *rule) skip(start, from time.Time) int {
	if r.count > 0 || !from.After(start) {
		return 0 // what is counted has to be gone through
	}
	var periods int
	switch gap := int(from.Unix() - start.Unix()); r.every { // a Duration holds three centuries only
	case yearly:
		periods = from.Year() - start.Year()
	case monthly:
		periods = 12*(from.Year()-start.Year()) + int(from.Month()-start.Month())
	case weekly:
		periods = gap / (7 * 24 * 60 * 60)
	case daily:
		periods = gap / (24 * 60 * 60)
	case hourly:
		periods = gap / (60 * 60)
	case minutely:
		periods = gap / 60
	case secondly:
		periods = gap
	}
	return max(0, periods/r.interval-1)
}

// period gives where the k-th period begins, and of how many days it is; 0 days for those shorter than a day.
func (r *rule) period(start time.Time, k int) (begin time.Time, days int) {
	n := k * r.interval
	y, m, d := start.Date()
	switch r.every {
	case yearly:
		begin = time.Date(y+n, 1, 1, 0, 0, 0, 0, time.UTC)
		return begin, daysOfYear(begin.Year())
	case monthly:
		begin = time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
		return begin, begin.AddDate(0, 1, -1).Day()
	case weekly:
		back := (int(start.Weekday()) - int(r.weekStart) + 7) % 7
		return time.Date(y, m, d-back+7*n, 0, 0, 0, 0, time.UTC), 7
	case daily:
		return time.Date(y, m, d+n, 0, 0, 0, 0, time.UTC), 1
	case hourly:
		return start.Truncate(time.Hour).AddDate(0, 0, n/24).Add(time.Duration(n%24) * time.Hour), 0
	case minutely:
		return start.Truncate(time.Minute).AddDate(0, 0, n/(24*60)).Add(time.Duration(n%(24*60)) * time.Minute), 0
	case secondly:
	}
	return start.AddDate(0, 0, n/(24*60*60)).Add(time.Duration(n%(24*60*60)) * time.Second), 0
}

func daysOfYear(year int) int { return time.Date(year, 12, 31, 0, 0, 0, 0, time.UTC).YearDay() }

// times gives the times of one period, in their order.
func (r *rule) times(start, begin time.Time, days int, b *budget) ([]time.Time, error) {
	if err := b.take(max(1, days) * r.cost); err != nil {
		return nil, err
	}
	var out []time.Time
	if days == 0 {
		if !r.fits(start, begin) || !among(r.hours, begin.Hour()) ||
			r.every >= minutely && !among(r.minutes, begin.Minute()) || r.every == secondly && !among(r.seconds, begin.Second()) {
			return nil, nil
		}
		days = 1
	}
	for i := range days {
		day := begin.AddDate(0, 0, i)
		if r.every <= daily && !r.fits(start, day) {
			continue
		}
		hours, minutes, seconds := r.clock(start, begin)
		if err := b.take(len(hours) * len(minutes) * len(seconds) * r.cost); err != nil {
			return nil, err
		}
		y, m, d := day.Date()
		for _, hour := range hours {
			for _, minute := range minutes {
				for _, second := range seconds {
					out = append(out, time.Date(y, m, d, hour, minute, second, 0, time.UTC))
				}
			}
		}
	}
	if len(r.positions) == 0 {
		return out, nil
	}
	var chosen []time.Time
	for i, t := range out {
		if slices.Contains(r.positions, i+1) || slices.Contains(r.positions, i-len(out)) {
			chosen = append(chosen, t)
		}
	}
	return chosen, nil
}

// clock gives the hours, minutes and seconds of each day of a period: the rule's, or start's, or the period's own where
// it is shorter than that.
func (r *rule) clock(start, begin time.Time) (hours, minutes, seconds []int) {
	hours, minutes, seconds = r.hours, r.minutes, r.seconds
	if r.every >= hourly {
		hours = []int{begin.Hour()}
	} else if len(hours) == 0 {
		hours = []int{start.Hour()}
	}
	if r.every >= minutely {
		minutes = []int{begin.Minute()}
	} else if len(minutes) == 0 {
		minutes = []int{start.Minute()}
	}
	if r.every == secondly {
		seconds = []int{begin.Second()}
	} else if len(seconds) == 0 {
		seconds = []int{start.Second()}
	}
	return hours, minutes, seconds
}

// among says whether n is one of a list, which lets everything pass when it is empty.
func among(list []int, n int) bool { return len(list) == 0 || slices.Contains(list, n) }

// fits says whether a day is one of the rule's. What the rule doesn't say follows from start.
func (r *rule) fits(start, day time.Time) bool {
	if !among(r.months, int(day.Month())) {
		return false
	}
	if len(r.weeks)+len(r.yearDays)+len(r.monthDays)+len(r.days) == 0 {
		switch r.every {
		case yearly:
			return day.Day() == start.Day() && (len(r.months) > 0 || day.Month() == start.Month())
		case monthly:
			return day.Day() == start.Day()
		case weekly:
			return day.Weekday() == start.Weekday()
		case daily, hourly, minutely, secondly:
		}
		return true
	}
	length := daysOfYear(day.Year())
	if len(r.yearDays) > 0 && !slices.Contains(r.yearDays, day.YearDay()) && !slices.Contains(r.yearDays, day.YearDay()-length-1) {
		return false
	}
	inMonth := time.Date(day.Year(), day.Month()+1, 0, 0, 0, 0, 0, time.UTC).Day()
	if len(r.monthDays) > 0 && !slices.Contains(r.monthDays, day.Day()) && !slices.Contains(r.monthDays, day.Day()-inMonth-1) {
		return false
	}
	if len(r.weeks) > 0 {
		week, of := weekOfYear(day, r.weekStart)
		if !slices.Contains(r.weeks, week) && !slices.Contains(r.weeks, week-of-1) {
			return false
		}
		if len(r.days)+len(r.monthDays)+len(r.yearDays) == 0 {
			return day.Weekday() == start.Weekday()
		}
	}
	return len(r.days) == 0 || slices.ContainsFunc(r.days, func(w weekday) bool {
		if w.day != day.Weekday() {
			return false
		}
		var at, of int
		switch {
		case w.nth == 0:
			return true
		case r.every == monthly, r.every == yearly && len(r.months) > 0:
			at, of = day.Day(), inMonth
		case r.every == yearly && len(r.weeks) == 0:
			at, of = day.YearDay(), length
		default:
			return true // a number means nothing there
		}
		return (at-1)/7+1 == w.nth || -((of-at)/7+1) == w.nth
	})
}

// weekOfYear is the week that a day lies in, counted from the first that has four days in its year, and how many that
// year has.
func weekOfYear(day time.Time, weekStart time.Weekday) (week, of int) {
	into := (int(day.Weekday()) - int(weekStart) + 7) % 7
	middle := day.AddDate(0, 0, 3-into)
	last := time.Date(middle.Year(), 12, 31, 0, 0, 0, 0, time.UTC)
	last = last.AddDate(0, 0, -((int(last.Weekday()) - int(middle.Weekday()) + 7) % 7))
	return (middle.YearDay()-1)/7 + 1, (last.YearDay()-1)/7 + 1
}
