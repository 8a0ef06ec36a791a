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
	First   string // that a visit to quote comes before what is wanted; empty: none does
	Quoted  string // address for who had that visit
	Lasts   string // on how many days the work is; empty: it is one visit
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
		q.seeOther(q.link(q.base()))
		return nil
	}
	d := details{Service: svc.Name}
	if q.FormValue("quoted") != "yes" {
		quote, err := s.quoteFor(q.Context(), s.Reader, q.b, svc, q.number())
		if err != nil {
			return err
		}
		if quote != nil {
			d.Wants, d.Service = svc.Name, quote.Name
		}
	}
	if q.visitor.isNew {
		s.remember(q)
	}
	return s.offerTimes(q, http.StatusOK, ticket{Visitor: q.visitor.ID}, d, "", nil)
}

// offerTimes shows the open times for what was chosen; nearest, where there are any, come first in place of the soonest.
// What was typed in goes along.
func (s *server) offerTimes(q *request, status int, t ticket, d details, note string, nearest []scheduling.Slot) error {
	svc := q.b.Service(d.Service)
	if svc == nil {
		return errNotFound
	}
	table := timetable{
		Action: q.base() + "/hold", Ticket: s.signer.issue(q.subject(), t), Note: note, Fields: d.fields(),
	}
	if d.Wants != "" {
		table.First = q.words.QuoteFirst(q.words.service(d.Wants))
		table.Quoted = q.timesLink(details{Service: d.Wants}, "")
	}
	if n := svc.WorkingDays(); n > 1 {
		table.Lasts = q.words.Lasts(n)
	}
	want := scheduling.Query{Service: svc.Name, Holder: holder(t.Visitor), ZIP: d.zip()}
	if err := s.fill(q, &table, want, func(day string) string { return q.timesLink(d, day) }); err != nil {
		return err
	}
	if len(nearest) > 0 {
		table.Soonest = q.choices(nearest)
	}
	return q.render(status, timesPage(q.frame(q.words.PickTime), q.words.service(svc.Name), q.words.price(svc.Price), q.link(q.base()), table))
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
	t, ok := s.signer.check(q.subject(), q.PostFormValue("ticket"))
	d := q.details()
	svc := q.b.Service(d.Service)
	start := startOf(d.Start)
	if !ok || svc == nil || start.IsZero() {
		q.seeOther(q.timesLink(d, ""))
		return nil
	}
	q.visitor.become(t.Visitor)
	s.remember(q)
	held, refused, err := s.keep(q, scheduling.Query{Service: svc.Name, ZIP: d.zip()}, start)
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
	return s.offerTimes(q, http.StatusConflict, t, d, q.words.refusal(refused.Reason), refused.Alternatives)
}

// refusal says why a time can't be had.
func (w *words) refusal(r scheduling.Reason) string {
	if s := w.Refusals[r]; s != "" {
		return s
	}
	return w.RefusedElse
}
