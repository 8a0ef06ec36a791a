package wording

import (
	"strconv"
	"strings"
	"time"
	"unicode"

	"fixly/business"
	"fixly/contact"
	"fixly/receptionist/flow"
)

// Clock is what "today" means: the instant of the turn, in the shop's zone.
type Clock struct{ Now time.Time }

// days counts the calendar days from the clock's day to t's.
func (c Clock) days(t time.Time) int {
	day := func(t time.Time) time.Time { return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC) }
	return int(day(t).Sub(day(c.Now.In(t.Location()))).Hours() / 24)
}

// englishForms writes typed values in English.
type englishForms struct{}

var (
	hourWords = [...]string{"twelve", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"}
	minWords  = map[int]string{0: "", 15: " fifteen", 30: " thirty", 45: " forty-five"}
	ordinals  = [...]string{
		"", "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
		"twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth",
		"twenty-first", "twenty-second", "twenty-third", "twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh",
		"twenty-eighth", "twenty-ninth", "thirtieth", "thirty-first",
	}
)

// spokenClock says a time of day: "eight", "eight thirty", "noon".
func spokenClock(t time.Time) string {
	if t.Hour() == 12 && t.Minute() == 0 {
		return "noon"
	}
	if t.Hour() == 0 && t.Minute() == 0 {
		return "midnight"
	}
	m, ok := minWords[t.Minute()]
	if !ok {
		return t.Format("3:04 PM")
	}
	return hourWords[t.Hour()%12] + m
}

// partOfDay is said where a bare hour would be taken for another: early, and from five on.
func partOfDay(t time.Time) string {
	switch h := t.Hour(); {
	case h < 7:
		return " in the morning"
	case h >= 21:
		return " at night"
	case h >= 17:
		return " in the evening"
	}
	return ""
}

// spokenDay says a day: "today", "tomorrow", "Friday" within a week, and with its date beyond.
func spokenDay(t time.Time, c Clock) string {
	switch n := c.days(t); {
	case n == 0:
		return "today"
	case n == 1:
		return "tomorrow"
	case n > 1 && n < 7:
		return t.Format("Monday")
	}
	return t.Format("Monday, January ") + ordinals[t.Day()]
}

// datedDay says a day so that no other can be meant: "this Friday the twenty-seventh", "Friday, December fourth".
func datedDay(t time.Time, c Clock) string {
	the := " the " + ordinals[t.Day()]
	switch n := c.days(t); {
	case n == 0:
		return t.Format("today, Monday") + the
	case n == 1:
		return t.Format("tomorrow, Monday") + the
	case n > 1 && n < 7:
		return t.Format("this Monday") + the
	}
	return spokenDay(t, c)
}

func writtenDay(t time.Time, c Clock) string {
	switch c.days(t) {
	case 0:
		return "today"
	case 1:
		return "tomorrow (" + t.Format("Mon 1/2") + ")"
	}
	return t.Format("Mon 1/2")
}

func spokenWindow(w flow.Window) string {
	s := "between " + spokenClock(w.From) + " and " + spokenClock(w.To)
	if part := partOfDay(w.To); w.From.Hour() >= 17 || w.From.Hour() < 7 {
		if part == "" || w.To.Hour() < w.From.Hour() { // past midnight it is still that night
			part = partOfDay(w.From)
		}
		s += part
	}
	return s
}

// writtenWindow writes "between 8 and 10 AM", "between 11 AM and 1 PM".
func writtenWindow(w flow.Window) string {
	from := short(w.From)
	if (w.From.Hour() < 12) != (w.To.Hour() < 12) {
		from += w.From.Format(" PM")
	}
	return "between " + from + " and " + short(w.To) + w.To.Format(" PM")
}

func short(t time.Time) string {
	if t.Minute() == 0 {
		return t.Format("3")
	}
	return t.Format("3:04")
}

// Windows names windows; the day is said once for windows of the same day.
func (englishForms) Windows(ws []flow.Window, x Context) string {
	var parts []string
	for i, w := range ws {
		window, day := spokenWindow(w), spokenDay(w.From, x.Clock)
		if x.Channel == Written {
			window, day = writtenWindow(w), writtenDay(w.From, x.Clock)
		} else if x.Dated {
			day = datedDay(w.From, x.Clock)
		}
		if i == 0 || ws[i-1].From.YearDay() != w.From.YearDay() {
			window = day + " " + window
		}
		if w.Days > 1 && (i == 0 || ws[i-1].Days != w.Days) {
			days := count(w.Days)
			if x.Channel == Written {
				days = strconv.Itoa(w.Days)
			}
			window = days + " days, beginning " + window
		}
		parts = append(parts, window)
	}
	return alternatives(parts, "or")
}

// alternatives joins "a", "a, or b", "a, b, or c".
func alternatives(parts []string, word string) string {
	switch len(parts) {
	case 0:
		return ""
	case 1:
		return parts[0]
	}
	return strings.Join(parts[:len(parts)-1], ", ") + ", " + word + " " + parts[len(parts)-1]
}

// Duration says minutes, in halves of hours from an hour on: "an hour and a half", "45 minutes".
func (englishForms) Duration(minutes int) string {
	halves := (minutes + 15) / 30
	switch hours := halves / 2; {
	case minutes < 60:
		return strconv.Itoa(minutes) + " minutes"
	case halves == 2:
		return "an hour"
	case halves == 3:
		return "an hour and a half"
	case halves%2 == 1:
		return count(hours) + " and a half hours"
	default:
		return count(hours) + " hours"
	}
}

// count says a small number.
func count(n int) string {
	if n > 0 && n < 12 {
		return hourWords[n]
	}
	return strconv.Itoa(n)
}

func (englishForms) Day(c flow.Conveyance, x Context) string {
	if x.Channel == Written {
		return c.Day.Format("Mon 1/2")
	}
	return spokenDay(c.Day, x.Clock)
}

func (englishForms) Hours(ws []flow.Window, x Context) string {
	var parts []string
	for _, w := range ws {
		if x.Channel == Written {
			parts = append(parts, short(w.From)+w.From.Format(" PM")+" to "+short(w.To)+w.To.Format(" PM"))
		} else {
			parts = append(parts, spokenClock(w.From)+" to "+spokenClock(w.To))
		}
	}
	return alternatives(parts, "and")
}

// Week joins days with the same hours: "Monday to Friday, eight to five, and Saturday nine to one".
func (f englishForms) Week(week []string, x Context) string {
	names := [...]string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
	var parts []string
	for i := 0; i < len(week) && i < 7; {
		j := i
		for j+1 < len(week) && week[j+1] == week[i] {
			j++
		}
		if week[i] != "" {
			days := names[i]
			if j > i {
				days += " to " + names[j]
			}
			parts = append(parts, days+" "+f.Hours(spans(week[i]), x))
		}
		i = j + 1
	}
	if len(parts) == 0 {
		return "by appointment"
	}
	return alternatives(parts, "and")
}

// spans reads the spans of one day, see flow.Week.
func spans(day string) []flow.Window {
	var out []flow.Window
	for _, s := range strings.Split(day, ",") {
		from, to, err := business.ParseSpan(s)
		if err != nil {
			continue
		}
		at := func(min int) time.Time { return time.Date(2000, 1, 1, 0, min, 0, 0, time.UTC) }
		out = append(out, flow.Window{From: at(from), To: at(to)})
	}
	return out
}

// Phone reads a number in groups, three, three, four, digit by digit; in texts it is written as usual.
func (englishForms) Phone(e164 string, x Context) string {
	if x.Channel == Written {
		return contact.National(e164)
	}
	d := strings.TrimPrefix(e164, "+1")
	if len(d) != 10 || d == e164 {
		return digits(strings.TrimPrefix(e164, "+"))
	}
	return digits(d[:3]) + ", " + digits(d[3:6]) + ", " + digits(d[6:])
}

// digits sets digits apart, so that speech synthesis reads them one by one.
func digits(s string) string { return strings.Join(strings.Split(s, ""), " ") }

// Address says a street as people do; the ZIP code digit by digit.
func (englishForms) Address(a contact.Address, x Context) string {
	parts := []string{a.Line1}
	if a.Unit != "" {
		parts = append(parts, a.Unit)
	}
	if a.ZIP != "" {
		zip := a.ZIP
		if x.Channel == Spoken {
			zip = digits(zip)
		}
		parts = append(parts, zip)
	}
	return strings.Join(parts, ", ")
}

func (englishForms) Place(place string, x Context) string {
	if _, err := strconv.Atoi(place); err == nil && x.Channel == Spoken {
		return digits(place)
	}
	return place
}

func (englishForms) List(items []string, and bool) string {
	const most = 4
	if len(items) > most {
		items = items[:most]
	}
	low := make([]string, len(items))
	for i, s := range items {
		low[i] = s
		if strings.Contains(s, " ") {
			low[i] = uncapitalised(s)
		}
	}
	word := "or"
	if and {
		word = "and"
	}
	if len(low) == 2 {
		return low[0] + " " + word + " " + low[1]
	}
	return alternatives(low, word)
}

func (englishForms) Service(name string) string {
	return uncapitalised(name)
}

func (englishForms) Text(c flow.Conveyance) string { return c.Text }

// uncapitalised puts a name into the middle of a sentence: "Drain cleaning" loses its capital, "AC repair" and
// "Oak Park" keep theirs.
func uncapitalised(name string) string {
	if name == "" || strings.ToLower(name[1:]) != name[1:] {
		return name
	}
	return strings.ToLower(name[:1]) + name[1:]
}

// Price puts an article before a price that needs one: "a $129 visit, then by quote".
func (englishForms) Price(price string) string {
	if strings.HasPrefix(price, "$") && strings.ContainsFunc(price, unicode.IsLetter) {
		return "a " + price
	}
	return price
}
