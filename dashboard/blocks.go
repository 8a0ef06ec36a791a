package dashboard

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
)

// blockView is the form of a block.
type blockView struct {
	ID                                 string // empty: a new one
	Back                               string
	Heading, Title, FromDate, FromTime string
	ToDate, ToTime, Technician, Weeks  string
	AllDay, Series                     bool
	Team                               []option
	Problem                            string
}

// blockHref is the address of the form for a new block on a day.
func blockHref(day time.Time, technician, back string) string {
	v := url.Values{"date": {day.Format(time.DateOnly)}, "back": {back}}
	if technician != "" {
		v.Set("technician", technician)
	}
	return "/calendar/block?" + v.Encode()
}

// newBlock asks for a new block. The address may say from when to when, and whose.
func (s *server) newBlock(q *request) error {
	form := q.URL.Query()
	now := s.now(q)
	v := blockView{Back: form.Get("back"), Technician: form.Get("technician"), Weeks: "1", FromTime: "12:00", ToTime: "13:00"}
	v.FromDate = now.Format(time.DateOnly)
	if _, err := time.Parse(time.DateOnly, form.Get("date")); err == nil {
		v.FromDate = form.Get("date")
	}
	v.ToDate = v.FromDate
	from, err1 := time.Parse("15:04", form.Get("from"))
	to, err2 := time.Parse("15:04", form.Get("to"))
	if err1 == nil && err2 == nil {
		v.FromTime, v.ToTime = from.Format("15:04"), to.Format("15:04")
		if !from.Before(to) { // it ends at midnight
			if next, err := time.Parse(time.DateOnly, v.ToDate); err == nil {
				v.ToDate = next.AddDate(0, 0, 1).Format(time.DateOnly)
			}
		}
	}
	return s.drawBlock(q, http.StatusOK, v)
}

func (s *server) drawBlock(q *request, status int, v blockView) error {
	v.Team = teamOptions(q, v.Technician, "Everyone")
	v.Heading = "Block time"
	if v.ID != "" {
		v.Heading = "Blocked time"
	}
	return renderStatus(q.w, q.Request, status, blockPage(s.frame(q, "jobs", v.Heading), v))
}

func (s *server) editBlock(q *request) error {
	b, err := s.Reader.Block(q.Context(), q.b.ID, q.PathValue("id"))
	if errors.Is(err, builtin.ErrNoBlock) {
		return errNotFound
	}
	if err != nil {
		return err
	}
	start, end := b.Start.In(q.b.Location()), b.End.In(q.b.Location())
	v := blockView{
		ID: b.ID, Back: q.URL.Query().Get("back"), Title: b.Title, Technician: b.Technician, AllDay: b.AllDay, Series: b.Series != "",
		FromDate: start.Format(time.DateOnly), FromTime: start.Format("15:04"), ToDate: end.Format(time.DateOnly), ToTime: end.Format("15:04"),
	}
	if b.AllDay { // the form asks for the last day, and shows other times once it is none any more
		v.ToDate, v.FromTime, v.ToTime = end.AddDate(0, 0, -1).Format(time.DateOnly), "12:00", "13:00"
	}
	return s.drawBlock(q, http.StatusOK, v)
}

// readBlock reads the form; the error is a *builtin.Wrong.
func readBlock(q *request, form url.Values) (blockView, builtin.Block, error) {
	v := blockView{
		Back: form.Get("back"), Title: form.Get("title"), Technician: form.Get("technician"), AllDay: form.Get("all_day") == "yes",
		FromDate: form.Get("from_date"), FromTime: form.Get("from_time"), ToDate: form.Get("to_date"), ToTime: form.Get("to_time"), Weeks: form.Get("weeks"),
	}
	b := builtin.Block{Technician: v.Technician, Event: calendar.Event{Title: v.Title, AllDay: v.AllDay}}
	at := func(date, clock string) (time.Time, error) {
		if v.AllDay {
			return time.ParseInLocation(time.DateOnly, date, q.b.Location())
		}
		return time.ParseInLocation("2006-01-02 15:04", date+" "+clock, q.b.Location())
	}
	var err error
	if b.Start, err = at(v.FromDate, v.FromTime); err != nil {
		return v, b, &builtin.Wrong{Field: "starts_at", Detail: "is not filled in"}
	}
	if b.End, err = at(v.ToDate, v.ToTime); err != nil {
		return v, b, &builtin.Wrong{Field: "ends_at", Detail: "is not filled in"}
	}
	if v.AllDay {
		b.End = b.End.AddDate(0, 0, 1)
	}
	return v, b, nil
}

// blockFields are the owner's words for the fields of a block.
var blockFields = map[string]string{
	"title": "The title", "technician": "Whose it is", "starts_at": "The beginning", "ends_at": "The end", "all_day": "All day", "weeks": "How many weeks",
}

func (s *server) addBlock(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	v, b, err := readBlock(q, form)
	weeks := 1
	if err == nil && v.Weeks != "" {
		if weeks, err = strconv.Atoi(v.Weeks); err != nil {
			err = &builtin.Wrong{Field: "weeks", Detail: "is not a number"}
		}
	}
	if err == nil {
		err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
			_, err := builtin.Add(ctx, tx, q.b, b, weeks)
			return err
		})
	}
	return s.blockDone(q, form, v, err, "blocked")
}

// changeBlock changes a block, or removes it, as the button says.
func (s *server) changeBlock(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	id := q.PathValue("id")
	if do := form.Get("do"); do == "remove" || do == "remove_rest" {
		err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
			return builtin.Remove(ctx, tx, q.b, id, do == "remove_rest")
		})
		if errors.Is(err, builtin.ErrNoBlock) {
			err = nil // gone is gone
		}
		return s.blockDone(q, form, blockView{ID: id}, err, "removed")
	}
	v, b, err := readBlock(q, form)
	v.ID, b.ID = id, id
	if err == nil {
		err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error { return builtin.Change(ctx, tx, q.b, b) })
	}
	return s.blockDone(q, form, v, err, "changed")
}

// blockDone goes back to the calendar, or shows the form again with what is wrong with it.
func (s *server) blockDone(q *request, form url.Values, v blockView, err error, done string) error {
	var wrong *builtin.Wrong
	switch {
	case errors.As(err, &wrong):
		v.Problem = blockFields[wrong.Field] + " " + wrong.Detail + "."
		return s.drawBlock(q, http.StatusUnprocessableEntity, v)
	case errors.Is(err, builtin.ErrNoBlock):
		return errNotFound
	case err != nil:
		return err
	}
	return q.back(form, done)
}
