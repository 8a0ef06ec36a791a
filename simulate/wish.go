package simulate

import (
	"fmt"
	"math/rand/v2"
	"time"

	"fixly/scheduling"
)

// interval is a stretch of time.
type interval = scheduling.Interval

// wish is when a caller would like the visit: the words, and the truth of them.
type wish struct {
	ways []string // ways to say it, without a frame
	// accept are the starts that the caller means; empty: any.
	accept []interval
	// hour, where not negative, is a clock time that the arrival window must hold: "at ten".
	hour int
	any  bool // whenever
	soon bool // as soon as possible
}

// suits says whether a window is what was wished.
func (w *wish) suits(o offer) bool {
	if len(w.accept) == 0 {
		return true
	}
	for _, a := range w.accept {
		if a.Contains(o.from) {
			return true
		}
	}
	if w.hour >= 0 { // "at ten" is met by between nine and eleven
		for _, a := range w.accept {
			if !o.from.After(a.From) && a.From.Before(o.to) {
				return true
			}
		}
	}
	return false
}

// calendar makes wishes as of a moment in the shop's zone.
type calendar struct {
	r   *rand.Rand
	now time.Time
}

func (c *calendar) day(n int) time.Time {
	return time.Date(c.now.Year(), c.now.Month(), c.now.Day()+n, 0, 0, 0, 0, c.now.Location())
}

// span is from one hour to another of a day.
func (c *calendar) span(day time.Time, from, to int) interval {
	at := func(h int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), h, 0, 0, 0, day.Location())
	}
	return interval{From: at(from), To: at(to)}
}

// next is how many days ahead the next weekday lies, never today.
func (c *calendar) next(d time.Weekday) int {
	n := (int(d-c.now.Weekday()) + 7) % 7
	if n == 0 {
		n = 7
	}
	return n
}

var monthNames = [...]string{"", "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

var dayNames = [...]string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}

// ordinalDay says a day of the month: "the twenty eighth".
func ordinalDay(n int) string {
	small := [...]string{
		"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth",
		"thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
	}
	switch {
	case n <= 20:
		return small[n]
	case n == 30:
		return "thirtieth"
	case n == 31:
		return "thirty first"
	}
	return "twenty " + small[n-20]
}

// partOfDay is a part of a day in words, with its hours.
type partOfDay struct {
	ways     []string
	from, to int
}

var (
	morning   = partOfDay{[]string{"morning", "in the morning", "before noon", "early"}, 0, 12}
	afternoon = partOfDay{[]string{"afternoon", "in the afternoon", "after lunch"}, 12, 24}
)

// weekday draws a working day that is not today's: nobody who means today or a week from now says its name.
func (c *calendar) weekday(first, last time.Weekday) time.Weekday {
	for {
		if d := first + time.Weekday(c.r.IntN(int(last-first)+1)); d != c.now.Weekday() {
			return d
		}
	}
}

// dayWish is a day in words, and which.
type dayWish struct {
	ways []string
	days []time.Time
}

// oneDay draws a day that lies within the next two weeks.
func (c *calendar) oneDay() dayWish {
	switch c.r.IntN(8) {
	case 0, 1:
		return dayWish{[]string{"tomorrow"}, []time.Time{c.day(1)}}
	case 2:
		return dayWish{[]string{"the day after tomorrow"}, []time.Time{c.day(2)}}
	case 3:
		n := 2 + c.r.IntN(11)
		d := c.day(n)
		return dayWish{[]string{
			monthNames[d.Month()] + " " + ordinalDay(d.Day()), "the " + ordinalDay(d.Day()),
			fmt.Sprintf("%s %d", monthNames[d.Month()], d.Day()), "the " + ordinalDay(d.Day()) + " of " + monthNames[d.Month()],
		}, []time.Time{d}}
	case 4:
		d := c.weekday(time.Monday, time.Friday)
		n := c.next(d)
		return dayWish{[]string{"a week from " + dayNames[d], dayNames[d] + " of next week"}, c.nextWeek(d, n)}
	default:
		d := c.weekday(time.Monday, time.Friday)
		n := c.next(d)
		return dayWish{[]string{dayNames[d], "on " + dayNames[d], "this coming " + dayNames[d]}, []time.Time{c.day(n)}}
	}
}

// nextWeek gives the days that "a week from tuesday" and "tuesday of next week" may mean: seven days after the next
// tuesday, or the tuesday of the next calendar week.
func (c *calendar) nextWeek(d time.Weekday, n int) []time.Time {
	monday := c.next(time.Monday)
	return []time.Time{c.day(n + 7), c.day(monday + (int(d)+6)%7)}
}

// draw makes a wish.
func (c *calendar) draw() wish {
	switch p := c.r.Float64(); {
	case p < 0.12:
		return wish{ways: []string{"as soon as possible", "as soon as you can", "the soonest you've got", "whatever's first", "the sooner the better"}, hour: -1, soon: true}
	case p < 0.2:
		return wish{ways: []string{"anytime really", "whenever works for you", "i'm flexible", "any day is fine with me", "doesn't matter i'm home all the time"}, hour: -1, any: true}
	case p < 0.42:
		return c.wholeDay()
	case p < 0.62:
		return c.dayAndPart()
	case p < 0.76:
		return c.dayAndHour()
	case p < 0.88:
		return c.severalDays()
	default:
		return c.hoursOnly()
	}
}

func (c *calendar) wholeDay() wish {
	d := c.oneDay()
	w := wish{ways: d.ways, hour: -1}
	for _, day := range d.days {
		w.accept = append(w.accept, c.span(day, 0, 24))
	}
	return w
}

func (c *calendar) dayAndPart() wish {
	d, part := c.oneDay(), pick(c.r, []partOfDay{morning, afternoon})
	w := wish{hour: -1}
	for _, day := range d.ways {
		for _, p := range part.ways {
			if p == "early" {
				continue
			}
			w.ways = append(w.ways, day+" "+p)
		}
	}
	for _, day := range d.days {
		w.accept = append(w.accept, c.span(day, part.from, part.to))
	}
	return w
}

// clockWord says a full hour of the working day.
func clockWord(h int) string {
	if h == 12 {
		return "noon"
	}
	return smallNumbers[(h+11)%12+1]
}

func (c *calendar) dayAndHour() wish {
	d := c.oneDay()
	w := wish{hour: -1}
	h := 9 + c.r.IntN(6) // nine to two
	var from, to int
	var frames []string
	switch c.r.IntN(3) {
	case 0:
		frames, from, to = []string{"%s after %s", "%s anytime after %s", "%s but not before %s", "%s from %s on"}, h, 24
	case 1:
		h = max(h, 10)
		frames, from, to = []string{"%s before %s", "%s but it has to be before %s"}, 0, h
	default:
		w.hour = h
		frames, from, to = []string{"%s at %s", "%s around %s", "%s say %s o'clock"}, h, h+2
	}
	for _, day := range d.ways {
		for _, f := range frames {
			if h == 12 && f == "%s say %s o'clock" {
				continue
			}
			w.ways = append(w.ways, fmt.Sprintf(f, day, clockWord(h)))
		}
	}
	for _, day := range d.days {
		w.accept = append(w.accept, c.span(day, from, to))
	}
	return w
}

func (c *calendar) severalDays() wish {
	w := wish{hour: -1}
	switch c.r.IntN(5) {
	case 0:
		a := c.weekday(time.Monday, time.Tuesday)
		b := a + 2
		if b == c.now.Weekday() {
			b++
		}
		w.ways = []string{dayNames[a] + " or " + dayNames[b], "either " + dayNames[a] + " or " + dayNames[b], dayNames[a] + " or maybe " + dayNames[b]}
		w.accept = []interval{c.span(c.day(c.next(a)), 0, 24), c.span(c.day(c.next(b)), 0, 24)}
	case 1:
		monday := c.next(time.Monday)
		w.ways = []string{"sometime next week", "next week", "any day next week"}
		w.accept = []interval{{From: c.day(monday), To: c.day(monday + 7)}}
	case 2:
		monday := c.next(time.Monday)
		w.ways = []string{"next week mornings are best", "sometime next week in the morning", "a morning next week"}
		for n := range 7 {
			w.accept = append(w.accept, c.span(c.day(monday+n), 0, 12))
		}
	case 3:
		d := c.weekday(time.Monday, time.Thursday)
		n := c.next(d)
		w.ways = []string{dayNames[d] + " or any day after that", dayNames[d] + " or later", "any time from " + dayNames[d] + " on"}
		w.accept = []interval{{From: c.day(n)}}
	default:
		d := c.weekday(time.Monday, time.Friday)
		w.ways = []string{"any day but " + dayNames[d], "any day except " + dayNames[d], "whenever just not " + dayNames[d]}
		for n := range 28 {
			if day := c.day(n); day.Weekday() != d {
				w.accept = append(w.accept, c.span(day, 0, 24))
			}
		}
	}
	return w
}

// hoursOnly leaves the day open.
func (c *calendar) hoursOnly() wish {
	w := wish{hour: -1}
	from, to := 0, 12
	switch c.r.IntN(3) {
	case 0:
		w.ways = []string{"mornings are best", "any morning", "i can only do mornings", "in the morning sometime"}
	case 1:
		w.ways = []string{"afternoons are better for me", "any afternoon", "some afternoon"}
		from, to = 12, 24
	default:
		h := 11 + c.r.IntN(3)
		w.ways = []string{fmt.Sprintf("any day after %s", clockWord(h)), fmt.Sprintf("i'm only home after %s", clockWord(h))}
		from, to = h, 24
	}
	for n := range 28 {
		w.accept = append(w.accept, c.span(c.day(n), from, to))
	}
	return w
}
