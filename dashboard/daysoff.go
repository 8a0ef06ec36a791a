package dashboard

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// daysOffView is when the shop is closed and who has days off.
type daysOffView struct {
	Back     string
	Closed   []dayOff
	Holidays []holidayView
	Team     []memberOff
	Today    string
	Problem  string
	Done     string
}

// dayOff is a date closed, or days off from one to another.
type dayOff struct {
	Value, Words string
	Booked       string // visits that are booked there all the same; empty: none
	Href         string // of the calendar there
}

type holidayView struct {
	Date, Words string
	Closed      bool
}

type memberOff struct {
	Name, Initials, Tint string
	Off                  []dayOff
}

// yearAhead is how far ahead holidays are listed.
func yearAhead(now time.Time) time.Time { return now.AddDate(1, 0, 0) }

func (s *server) daysOff(q *request) error {
	return s.drawDaysOff(q, http.StatusOK, "")
}

func (s *server) drawDaysOff(q *request, status int, problem string) error {
	now := s.now(q)
	v := daysOffView{Back: q.URL.Query().Get("back"), Today: now.Format(time.DateOnly), Problem: problem}
	if q.URL.Query().Has("done") {
		v.Done = "Saved. It counts from the next offer on."
	}
	jobs, err := s.Reader.ListJobs(q.Context(), q.b.ID, scheduling.JobFilter{From: midnight(now).AddDate(0, 0, -scheduling.LongestWork)})
	if err != nil {
		return err
	}
	for _, value := range slices.Sorted(slices.Values(q.b.Hours.Closed)) {
		if value >= v.Today {
			v.Closed = append(v.Closed, s.dayOff(q, value, "", jobs))
		}
	}
	for _, h := range business.FederalHolidays(now, yearAhead(now)) {
		day, err := time.Parse(time.DateOnly, h.Date)
		if err != nil {
			return err
		}
		words := h.Name
		if h.Observed {
			words += ", observed"
		}
		words += ": " + day.Format("Mon, Jan 2")
		v.Holidays = append(v.Holidays, holidayView{h.Date, words, slices.Contains(q.b.Hours.Closed, h.Date)})
	}
	for _, m := range q.b.Team {
		x := memberOff{Name: m.Name, Initials: initials(m.Name), Tint: tint(q.b, m.Name)}
		for _, value := range m.Off {
			if _, last, err := business.ParseDays(value); err == nil && last.Format(time.DateOnly) >= v.Today {
				x.Off = append(x.Off, s.dayOff(q, value, m.Name, jobs))
			}
		}
		v.Team = append(v.Team, x)
	}
	return renderStatus(q.w, q.Request, status, daysOffPage(s.frame(q, "jobs", "Days off"), v))
}

// dayOff shows a date, or several, with how many visits are booked there all the same.
func (s *server) dayOff(q *request, value, technician string, jobs []scheduling.Job) dayOff {
	first, last, err := business.ParseDays(value)
	if err != nil {
		return dayOff{Value: value, Words: value}
	}
	d := dayOff{Value: value, Words: first.Format("Mon, Jan 2, 2006")}
	if !last.Equal(first) {
		d.Words += " – " + last.Format("Mon, Jan 2, 2006")
	}
	day := time.Date(first.Year(), first.Month(), first.Day(), 0, 0, 0, 0, q.b.Location())
	d.Href = calendarQuery{day: day, technician: technician}.href("/calendar")
	n := 0
	for i := range jobs {
		j := &jobs[i]
		if !j.Live() || technician != "" && !j.Slot.Takes(technician) {
			continue
		}
		for _, visit := range j.Visits() {
			date := visit.From.In(q.b.Location()).Format(time.DateOnly)
			if date >= first.Format(time.DateOnly) && date <= last.Format(time.DateOnly) && visit.To.After(s.Clock.Now()) {
				n++
			}
		}
	}
	switch {
	case n == 1:
		d.Booked = "1 visit is booked then"
	case n > 1:
		d.Booked = strconv.Itoa(n) + " visits are booked then"
	}
	return d
}

// changeDaysOff adds or removes what the form says.
func (s *server) changeDaysOff(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		current, err := tx.Business(ctx, q.b.ID)
		if err != nil {
			return err
		}
		next := current.Clone()
		if problem := changeDays(next, form, s.now(q)); problem != "" {
			return daysProblem(problem)
		}
		if err := business.Validate(next); err != nil {
			return daysProblem("The shop's settings have a mistake that must be mended first: " + err.Error())
		}
		return tx.UpdateBusiness(ctx, next)
	})
	var problem daysProblem
	if errors.As(err, &problem) {
		return s.drawDaysOff(q, http.StatusUnprocessableEntity, string(problem))
	}
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/calendar/off?"+url.Values{"done": {"1"}, "back": {form.Get("back")}}.Encode(), http.StatusSeeOther)
	return nil
}

// daysProblem is why days can't be closed or given off, in the owner's words.
type daysProblem string

func (p daysProblem) Error() string { return string(p) }

// maxClosed is how many days can be closed at once.
const maxClosed = 92

// changeDays does to a business what a form says, and gives what is wrong with it in a sentence.
func changeDays(b *business.Business, form url.Values, now time.Time) string {
	closed := &b.Hours.Closed
	switch form.Get("do") {
	case "open":
		*closed = slices.DeleteFunc(*closed, func(d string) bool { return d == form.Get("value") })
	case "close":
		first, last, problem := days(form)
		if problem != "" {
			return problem
		}
		if last.Sub(first) > maxClosed*24*time.Hour {
			return "That is more than three months; close for less at a time."
		}
		for day := first; !day.After(last); day = day.AddDate(0, 0, 1) {
			closeOn(b, day.Format(time.DateOnly))
		}
	case "holidays": // those listed: the ticked are closed, the others are not
		for _, h := range business.FederalHolidays(now, yearAhead(now)) {
			if slices.Contains(form["holiday"], h.Date) {
				closeOn(b, h.Date)
			} else {
				*closed = slices.DeleteFunc(*closed, func(d string) bool { return d == h.Date })
			}
		}
	case "off", "back":
		i := slices.IndexFunc(b.Team, func(m business.Member) bool { return m.Name == form.Get("technician") })
		if i < 0 {
			return "There is nobody of that name in the team."
		}
		off := &b.Team[i].Off
		if form.Get("do") == "back" {
			*off = slices.DeleteFunc(*off, func(d string) bool { return d == form.Get("value") })
			return ""
		}
		first, last, problem := days(form)
		if problem != "" {
			return problem
		}
		value := first.Format(time.DateOnly)
		if last.After(first) {
			value += ".." + last.Format(time.DateOnly)
		}
		if !slices.Contains(*off, value) {
			*off = append(*off, value)
		}
	default:
		return "The page was not understood; try again."
	}
	return ""
}

func closeOn(b *business.Business, date string) {
	if !slices.Contains(b.Hours.Closed, date) {
		b.Hours.Closed = append(b.Hours.Closed, date)
		slices.Sort(b.Hours.Closed)
	}
}

// days reads the first and the last day of a form; without a last one it is the first.
func days(form url.Values) (first, last time.Time, problem string) {
	value := form.Get("from")
	if to := form.Get("to"); to != "" {
		value += ".." + to
	}
	first, last, err := business.ParseDays(value)
	switch {
	case form.Get("from") == "":
		return first, last, "Give a date."
	case err != nil:
		return first, last, "The last day has to be a date, and not before the first."
	}
	return first, last, ""
}
