package business

import (
	"fmt"
	"slices"
	"strings"
	"time"
)

// OnCall says who is on call for emergencies, and how they are paged.
type OnCall struct {
	// People take turns, in this order. Without any, everybody of the chain who is marked for emergencies is paged at once.
	People []OnCallPerson `yaml:"people" json:"people"`
	// Changes is when the next one's turn begins, on the shop's clock: "mon 08:00" each week, "08:00" each day. Empty: "mon 08:00".
	Changes string `yaml:"changes" json:"changes"`
	// Since is a day, "2026-11-23", on which the first of People has the turn. Empty: 1970-01-05, a Monday.
	Since string `yaml:"since" json:"since"`
	Swaps []Swap `yaml:"swaps" json:"swaps"`

	CallAfter Duration `yaml:"call_after" json:"call_after"` // from the text to the call, unacknowledged; 0: 1m
	NextAfter Duration `yaml:"next_after" json:"next_after"` // from the text until the next one is paged; 0: 5m
	Rounds    int      `yaml:"rounds" json:"rounds"`         // how often everybody is paged before the owner hears that nobody answered; 0: 2
}

// OnCallPerson is somebody who takes turns. The name identifies them within the rota.
type OnCallPerson struct {
	Name  string   `yaml:"name" json:"name"`
	Phone string   `yaml:"phone" json:"phone"` // E.164
	Off   []string `yaml:"off" json:"off"`     // their holidays: dates "2026-12-24", or the first and last, "2026-12-24..2026-12-31"
}

// Swap puts somebody else on call for some days. A day of the rota runs from the time of day of Changes to the same on
// the next day.
type Swap struct {
	Days   string `yaml:"days" json:"days"`     // "2026-12-24", or the first and last, "2026-12-24..2026-12-26"
	Person string `yaml:"person" json:"person"` // the name of one of People
}

// What paging is when the file leaves it out.
const (
	defaultChanges   = "mon 08:00"
	defaultSince     = "1970-01-05"
	defaultCallAfter = time.Minute
	defaultNextAfter = 5 * time.Minute
	defaultRounds    = 2
)

// Paging is how people are paged: how long after the text a phone rings, how long after it the next one is paged, and how
// often everybody is.
func (o *OnCall) Paging() (callAfter, nextAfter time.Duration, rounds int) {
	callAfter, nextAfter, rounds = o.CallAfter.Std(), o.NextAfter.Std(), o.Rounds
	if callAfter == 0 {
		callAfter = defaultCallAfter
	}
	if nextAfter == 0 {
		nextAfter = defaultNextAfter
	}
	if rounds == 0 {
		rounds = defaultRounds
	}
	return callAfter, nextAfter, rounds
}

// changes are the weekday, and the minutes after midnight, at which the next one's turn begins; weekly is false where it
// begins each day.
func (o *OnCall) changes() (weekday time.Weekday, minutes int, weekly bool, err error) {
	s := o.Changes
	if s == "" {
		s = defaultChanges
	}
	at := s
	if day, rest, ok := strings.Cut(s, " "); ok {
		i := slices.Index(weekdayKeys[:], strings.ToLower(day))
		if i < 0 {
			return 0, 0, false, fmt.Errorf("%s is not when turns change; write it like \"mon 08:00\", or \"08:00\" for each day", quote(s))
		}
		weekday, weekly, at = time.Weekday(i), true, rest
	}
	minutes, err = parseClock(at)
	if err != nil || minutes == minutesOfDay {
		return 0, 0, false, fmt.Errorf("%s is not when turns change; write it like \"mon 08:00\", or \"08:00\" for each day", quote(s))
	}
	return weekday, minutes, weekly, nil
}

// weekdayKeys are the weekdays as the file writes them, from Sunday.
var weekdayKeys = [...]string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// DutyReason is why somebody is on call.
type DutyReason string

// Why somebody is on call.
const (
	DutyTurn     DutyReason = "turn"      // it is their turn
	DutySwap     DutyReason = "swap"      // a swap says so
	DutyStandsIn DutyReason = "stands_in" // whose turn it is has a holiday, they are the next
	DutyNobody   DutyReason = "nobody"    // everybody has a holiday: it is left with whose turn it is
)

// Duty is a stretch of time with one person on call.
type Duty struct {
	Span
	Person OnCallPerson
	Why    DutyReason
}

// rotaDay is the day of the rota that t falls on, as noon of its date in the shop's zone.
func (b *Business) rotaDay(t time.Time, minutes int) time.Time {
	day := noon(t.In(b.Location()))
	if t.Before(wallClock(day, minutes)) {
		day = day.AddDate(0, 0, -1)
	}
	return day
}

// dateNumber counts dates, whatever their zone.
func dateNumber(day time.Time) int {
	y, m, d := day.Date()
	return int(time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
}

// turns counts the changes of turn from the beginning of the rota to a day of it.
func (o *OnCall) turns(day time.Time, weekday time.Weekday, weekly bool) int {
	since := o.Since
	if since == "" {
		since = defaultSince
	}
	first, err := time.Parse(time.DateOnly, since)
	if err != nil {
		return 0 // Parse refused such a file
	}
	if !weekly {
		return dateNumber(day) - dateNumber(first)
	}
	weekOf := func(d time.Time) int { // the date on which the week of a day began
		return dateNumber(d) - (int(d.Weekday())-int(weekday)+7)%7
	}
	return (weekOf(day) - weekOf(first)) / 7
}

// onDay says who is on call on a day of the rota, and where in the order of turns they stand.
func (o *OnCall) onDay(day time.Time, turn int) (at int, why DutyReason) {
	date := day.Format(time.DateOnly)
	for _, s := range slices.Backward(o.Swaps) { // a later swap undoes an earlier one
		i := slices.IndexFunc(o.People, func(p OnCallPerson) bool { return strings.EqualFold(p.Name, s.Person) })
		if i >= 0 && withinDays(s.Days, date) {
			return i, DutySwap
		}
	}
	n := len(o.People)
	turn = ((turn % n) + n) % n
	for k := range n {
		i := (turn + k) % n
		if !o.People[i].isOff(date) {
			if k == 0 {
				return i, DutyTurn
			}
			return i, DutyStandsIn
		}
	}
	return turn, DutyNobody
}

func (p *OnCallPerson) isOff(date string) bool {
	return slices.ContainsFunc(p.Off, func(days string) bool { return withinDays(days, date) })
}

// withinDays says whether a date is one of some days. Dates in this form sort as texts do.
func withinDays(days, date string) bool {
	first, last, err := ParseDays(days)
	return err == nil && date >= first.Format(time.DateOnly) && date <= last.Format(time.DateOnly)
}

// Rota lists who is on call from one instant to another, in order and without gaps; nothing where nobody takes turns. The
// first and the last duty are whole: they may begin before and end after, but for those that go on for more than two
// months on that side.
func (b *Business) Rota(from, to time.Time) []Duty {
	o := &b.OnCallPlan
	weekday, minutes, weekly, err := o.changes()
	if err != nil || len(o.People) == 0 || !from.Before(to) {
		return nil
	}
	var out []Duty
	day := b.rotaDay(from, minutes)
	for range mostRotaDays { // the first duty is whole
		before := day.AddDate(0, 0, -1)
		if !b.dutyOn(before, weekday, minutes, weekly).same(b.dutyOn(day, weekday, minutes, weekly)) {
			break
		}
		day = before
	}
	for end := b.rotaDay(to, minutes).AddDate(0, 0, mostRotaDays); !day.After(end); day = day.AddDate(0, 0, 1) {
		d := b.dutyOn(day, weekday, minutes, weekly)
		last := len(out) - 1
		switch {
		case last >= 0 && out[last].same(d):
			out[last].To = d.To
		case !d.From.Before(to):
			return out
		default:
			out = append(out, d)
		}
	}
	return out
}

// mostRotaDays bounds how far a rota is looked at on either side, in days: one person may be on call for ever.
const mostRotaDays = 60

func (b *Business) dutyOn(day time.Time, weekday time.Weekday, minutes int, weekly bool) Duty {
	o := &b.OnCallPlan
	i, why := o.onDay(day, o.turns(day, weekday, weekly))
	return Duty{Span: Span{wallClock(day, minutes), wallClock(day.AddDate(0, 0, 1), minutes)}, Person: o.People[i], Why: why}
}

func (d Duty) same(o Duty) bool { return d.Person.Name == o.Person.Name && d.Why == o.Why }

// DutyAt is who is on call at t; nil where nobody takes turns.
func (b *Business) DutyAt(t time.Time) *Duty {
	for _, d := range b.Rota(t, t.Add(time.Nanosecond)) {
		if !t.Before(d.From) && t.Before(d.To) {
			return &d
		}
	}
	return nil
}

// OnCallAt lists the people to alert about an emergency at t, in order: whose turn it is, then the others in turn without
// those on holiday, the owner last. Where nobody takes turns, they are OnCall's.
func (b *Business) OnCallAt(t time.Time) []Person {
	o := &b.OnCallPlan
	weekday, minutes, weekly, err := o.changes()
	if err != nil || len(o.People) == 0 {
		return b.OnCall()
	}
	day := b.rotaDay(t, minutes)
	first, _ := o.onDay(day, o.turns(day, weekday, weekly))
	date := day.Format(time.DateOnly)
	var out []Person
	add := func(name, role, phone string) {
		if phone != "" && !slices.ContainsFunc(out, func(p Person) bool { return p.Phone == phone }) {
			out = append(out, Person{Name: name, Role: role, Phone: phone, Hours: HoursAlways, Emergencies: true})
		}
	}
	for k := range o.People {
		p := &o.People[(first+k)%len(o.People)]
		if k == 0 || !p.isOff(date) {
			add(p.Name, "on call", p.Phone)
		}
	}
	add(b.Profile.Owner.Name, "owner", b.Profile.Owner.Phone)
	return out
}
