package bookingpage

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"fixly/scheduling"
)

// choice is an open time to be chosen.
type choice struct {
	Start string // RFC 3339, in UTC: what the form sends
	Day   string
	Hours string // the arrival window
}

// openDay is a day with open times.
type openDay struct {
	Name    string
	Open    string // how many
	Href    string
	Current bool
}

// timetable is what a page offers of open times: the soonest, and all of one day.
type timetable struct {
	Action  string // where the choice goes
	Ticket  string
	Note    string // why we are here again, empty for the first time
	Soonest []choice
	Days    []openDay
	Day     string // the name of the day that is shown
	Times   []choice
	// Fields go along with the choice, hidden.
	Fields []field
}

// field is a name and a value.
type field struct{ Name, Value string }

// times shows the open times for a service. Nothing is held yet.
func (s *server) times(q *request) error {
	svc := q.b.Service(q.FormValue("service"))
	if svc == nil {
		q.seeOther(q.link(BookPrefix + q.b.Profile.Slug))
		return nil
	}
	t := timetable{
		Action: BookPrefix + q.b.Profile.Slug + "/hold", Ticket: s.signer.issue(q.b.Profile.Slug, ticket{Visitor: q.visitor.ID}),
		Fields: []field{{"service", svc.Name}},
	}
	page := func(day string) string {
		return q.link(BookPrefix+q.b.Profile.Slug+"/times", "service", svc.Name, "day", day)
	}
	if err := s.fill(q, &t, scheduling.Query{Service: svc.Name, Holder: holder(q.visitor.ID)}, page); err != nil {
		return err
	}
	if q.visitor.isNew {
		s.remember(q)
	}
	return q.render(http.StatusOK, timesPage(q.frame(q.words.PickTime), q.words.service(svc.Name), q.words.price(svc.Price), q.link(BookPrefix+q.b.Profile.Slug), t))
}

// fill reads the open times into a timetable; page is the address of it on a day, "2006-01-02".
func (s *server) fill(q *request, t *timetable, want scheduling.Query, page func(day string) string) error {
	soonest, err := s.scheduler.Offers(q.Context(), s.Reader, q.b, want)
	if err != nil {
		return err
	}
	open, err := s.scheduler.Availability(q.Context(), s.Reader, q.b, want)
	if err != nil {
		return err
	}
	t.Soonest = q.choices(soonest.Slots)
	zone := q.b.Location()
	byDay := map[string][]scheduling.Slot{}
	var days []string
	for _, slot := range open {
		day := slot.Start.In(zone).Format(time.DateOnly)
		if len(byDay[day]) == 0 {
			days = append(days, day)
		}
		byDay[day] = append(byDay[day], slot)
	}
	shown := q.FormValue("day")
	if !slices.Contains(days, shown) && len(days) > 0 {
		shown = days[0]
	}
	for _, day := range days {
		name := q.words.day(byDay[day][0].Start.In(zone))
		t.Days = append(t.Days, openDay{Name: name, Open: q.words.DayOpen(len(distinct(byDay[day]))), Href: page(day), Current: day == shown})
		if day == shown {
			t.Day = name
		}
	}
	t.Times = q.choices(distinct(byDay[shown]))
	return nil
}

// distinct leaves one slot for each start: whoever comes.
func distinct(slots []scheduling.Slot) []scheduling.Slot {
	return slices.CompactFunc(slices.Clone(slots), func(a, b scheduling.Slot) bool { return a.Start.Equal(b.Start) })
}

// choices are slots as they are chosen from.
func (q *request) choices(slots []scheduling.Slot) []choice {
	zone := q.b.Location()
	out := make([]choice, len(slots))
	for i, slot := range slots {
		w := scheduling.Window(q.b, slot)
		out[i] = choice{
			Start: slot.Start.UTC().Format(time.RFC3339), Day: q.words.day(slot.Start.In(zone)),
			Hours: q.words.window(w.From.In(zone), w.To.In(zone)),
		}
	}
	return out
}

// hold keeps the chosen time, so that nobody takes it while the address is written, and shows the form for it.
func (s *server) hold(q *request) error {
	t, ok := s.signer.check(q.b.Profile.Slug, q.PostFormValue("ticket"))
	d := q.details()
	svc := q.b.Service(d.Service)
	start := startOf(d.Start)
	if !ok || svc == nil || start.IsZero() {
		q.seeOther(q.link(BookPrefix+q.b.Profile.Slug+"/times", "service", d.Service))
		return nil
	}
	q.visitor.become(t.Visitor)
	s.remember(q)
	held, refused, err := s.keep(q, scheduling.Query{Service: svc.Name}, start)
	if err != nil {
		return err
	}
	if refused != nil {
		return s.offerInstead(q, t, d, refused)
	}
	return s.drawForm(q, http.StatusOK, t, d, start, held, "", nil)
}

// become takes the identity that a form was made for: browsers that keep no cookies have it from there alone.
func (v *visitor) become(id string) {
	if v.ID != id {
		*v = visitor{ID: id, isNew: true}
	}
}

// keep holds a start for a visitor, where they may hold one. The time is refused when it isn't open.
func (s *server) keep(q *request, want scheduling.Query, start time.Time) (held bool, refused *scheduling.Refusal, err error) {
	want.Holder, want.From, want.To = holder(q.visitor.ID), start, start.Add(time.Minute)
	visitor := q.visitor.ID
	may := s.holds.may(q.b.ID, visitor, s.address(q.Request))
	for range maxTries {
		err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
			held, refused = false, nil
			if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
				return err
			}
			open, err := s.scheduler.Availability(ctx, tx, q.b, want)
			if err != nil {
				return err
			}
			i := slices.IndexFunc(open, func(x scheduling.Slot) bool { return x.Start.Equal(start) })
			if i < 0 {
				offered, err := s.scheduler.Offers(ctx, tx, q.b, want)
				if err != nil {
					return err
				}
				if refused = offered.Refusal; refused == nil {
					refused = &scheduling.Refusal{Reason: scheduling.Full, Alternatives: offered.Slots}
				}
				return s.scheduler.Release(ctx, tx, q.b, want.Holder)
			}
			if !may {
				return s.scheduler.Release(ctx, tx, q.b, want.Holder)
			}
			_, err = s.scheduler.Hold(ctx, tx, q.b, want.Holder, open[i:i+1])
			held = err == nil
			return err
		})
		if !errors.Is(err, scheduling.ErrTaken) { // else somebody took it in the same moment
			break
		}
	}
	if err != nil || !held {
		s.holds.done(q.b.ID, visitor)
	}
	return held, refused, err
}

// maxTries bounds how often a time is looked at again when somebody else was quicker.
const maxTries = 3

// offerInstead shows the nearest open times in place of one that can't be had. What was typed in goes along.
func (s *server) offerInstead(q *request, t ticket, d details, refused *scheduling.Refusal) error {
	note := q.words.refusal(refused.Reason)
	table := timetable{
		Action: BookPrefix + q.b.Profile.Slug + "/hold", Ticket: s.signer.issue(q.b.Profile.Slug, t), Note: note,
		Soonest: q.choices(refused.Alternatives), Fields: d.fields(),
	}
	svc := q.b.Service(d.Service)
	if svc == nil {
		return errNotFound
	}
	page := func(day string) string {
		return q.link(BookPrefix+q.b.Profile.Slug+"/times", "service", d.Service, "day", day)
	}
	want := scheduling.Query{Service: d.Service, Holder: holder(t.Visitor)}
	nearest := table.Soonest
	if err := s.fill(q, &table, want, page); err != nil {
		return err
	}
	if len(nearest) > 0 {
		table.Soonest = nearest
	}
	return q.render(http.StatusConflict, timesPage(q.frame(q.words.PickTime), q.words.service(svc.Name), q.words.price(svc.Price), q.link(BookPrefix+q.b.Profile.Slug), table))
}

// refusal says why a time can't be had.
func (w *words) refusal(r scheduling.Reason) string {
	if s := w.Refusals[r]; s != "" {
		return s
	}
	return w.RefusedElse
}
