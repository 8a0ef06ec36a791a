package dashboard

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"fixly/business"
	"fixly/contact"
)

// midnight is the first moment of t's day in t's zone.
func midnight(t time.Time) time.Time {
	y, m, d := t.Date()
	return time.Date(y, m, d, 0, 0, 0, 0, t.Location())
}

// clockTime writes "8:05 AM".
func clockTime(t time.Time) string { return t.Format("3:04 PM") }

// window writes an arrival window: "8–10 AM", "11 AM–1 PM", "8:30–10:30 AM".
func window(from, to time.Time) string {
	short := func(t time.Time) string {
		if t.Minute() == 0 {
			return t.Format("3")
		}
		return t.Format("3:04")
	}
	if from.Format("PM") == to.Format("PM") && from.YearDay() == to.YearDay() {
		return short(from) + "–" + short(to) + " " + to.Format("PM")
	}
	return short(from) + " " + from.Format("PM") + "–" + short(to) + " " + to.Format("PM")
}

// day names a day as seen from now: "Today", "Tomorrow", "Yesterday", "Thursday", "Tue, Nov 24".
func day(t, now time.Time) string {
	y1, m1, d1 := t.Date()
	y2, m2, d2 := now.Date()
	days := int(time.Date(y1, m1, d1, 0, 0, 0, 0, time.UTC).Sub(time.Date(y2, m2, d2, 0, 0, 0, 0, time.UTC)).Hours() / 24)
	switch {
	case days == 0:
		return "Today"
	case days == 1:
		return "Tomorrow"
	case days == -1:
		return "Yesterday"
	case days > 1 && days < 7:
		return t.Format("Monday")
	case y1 != y2:
		return t.Format("Mon, Jan 2, 2006")
	}
	return t.Format("Mon, Jan 2")
}

// inSentence writes a day as it stands within a sentence.
func inSentence(when string) string {
	for _, word := range []string{"Today", "Tomorrow", "Yesterday"} {
		if rest, ok := strings.CutPrefix(when, word); ok {
			return strings.ToLower(word) + rest
		}
	}
	return when
}

// ago writes when something was, short: the time of today, else the day.
func ago(t, now time.Time) string {
	if d := day(t, now); d != "Today" {
		return d
	}
	return clockTime(t)
}

// length writes how long something took: "45 s", "3 min 05 s", "1 h 12 min".
func length(d time.Duration) string {
	d = d.Round(time.Second)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d min %02d s", int(d.Minutes()), int(d.Seconds())%60)
	}
	return fmt.Sprintf("%d h %02d min", int(d.Hours()), int(d.Minutes())%60)
}

// who names a caller: the name if there is one, else the number, else that it was withheld.
func who(name, number string) string {
	switch {
	case strings.TrimSpace(name) != "":
		return strings.TrimSpace(name)
	case number != "":
		return contact.National(number)
	}
	return "Number withheld"
}

// initials gives up to two letters for a name; "" when it has none.
func initials(name string) string {
	words := strings.FieldsFunc(name, func(r rune) bool { return !unicode.IsLetter(r) && r != '\'' })
	first := func(w string) string {
		r, _ := utf8.DecodeRuneInString(w)
		return string(unicode.ToUpper(r))
	}
	switch len(words) {
	case 0:
		return ""
	case 1:
		return first(words[0])
	}
	return first(words[0]) + first(words[len(words)-1])
}

// tint gives each technician a colour of their own, by the order of the team.
func tint(b *business.Business, technician string) string {
	for i, m := range b.Team {
		if m.Name == technician {
			return fmt.Sprintf("t%d", i%4)
		}
	}
	return "t0"
}

// address writes a place in one line.
func address(a contact.Address) string {
	var parts []string
	for _, p := range []string{a.Line1, a.Unit, a.City, strings.TrimSpace(a.State + " " + a.ZIP)} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, ", ")
}

// sentence turns a word of a closed list ("under_5m") into words: "Under 5m".
func sentence(s string) string {
	s = strings.ReplaceAll(s, "_", " ")
	r, n := utf8.DecodeRuneInString(s)
	if n == 0 {
		return ""
	}
	return string(unicode.ToUpper(r)) + s[n:]
}

// isID says whether s can be an id at all; what can't is not given to the database, which might refuse its bytes.
func isID(s string) bool {
	return s != "" && len(s) <= 100 && !strings.ContainsFunc(s, func(r rune) bool { return r < ' ' || r > '~' })
}
