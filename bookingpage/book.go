package bookingpage

import (
	"context"
	"errors"
	"net/http"
	"time"

	"fixly/contact"
	"fixly/receptionist/flow"
	"fixly/receptionist/understanding"
	"fixly/receptionist/wording"
	"fixly/redact"
	"fixly/scheduling"
)

// mostVisits is how many visits booked here may lie ahead for one number.
const mostVisits = 3

// sure is how sure understanding must be of a danger or an emergency, as in the calls.
const sure = 0.6

// formPage is the form for the details of a visit.
type formPage struct {
	Action, Ticket string
	Service, Price string
	For            string // what a visit to quote is for
	When           string
	Again          string // the address to choose another time at
	Held           string // what is said of the hold
	Note           string // why the form is here again
	Details        details
	Faults         faults
	AskCity        bool
}

// shownFaults are the faults in the order of the fields, for the list above the form.
func (p formPage) shownFaults() []field {
	var out []field
	for _, name := range []string{"problem", "name", "phone", "email", "street", "unit", "city", "zip"} {
		if f := p.Faults[name]; f != "" {
			out = append(out, field{name, f})
		}
	}
	return out
}

// drawForm shows the form for a start.
func (s *server) drawForm(q *request, status int, t ticket, d details, start time.Time, held bool, note string, wrong faults) error {
	svc := q.b.Service(d.Service)
	if svc == nil {
		return errNotFound
	}
	if err := s.fillIn(q, &d); err != nil {
		return err
	}
	d.Start = start.UTC().Format(time.RFC3339)
	p := formPage{
		Action: q.base(), Ticket: s.signer.issue(q.subject(), t),
		Service: q.words.service(svc.Name), Price: q.words.price(svc.Price), When: q.whenOf(d.Service, start),
		Again: q.timesLink(d, start.In(q.b.Location()).Format(time.DateOnly)),
		Note:  note, Details: d, Faults: wrong, AskCity: len(q.b.ServiceArea.Cities) != 1, Held: q.words.NotHeld,
	}
	if d.Wants != "" {
		p.For = q.words.For(q.words.service(d.Wants))
	}
	if held {
		p.Held = q.words.HeldFor(int(scheduling.DefaultHold.Minutes()))
	}
	if note != "" || len(wrong) > 0 {
		p.Held = ""
	}
	return q.render(status, detailsPage(q.frame(q.words.Details), p))
}

// whenOf is a start with its arrival window, and on how many days the work is.
func (q *request) whenOf(service string, start time.Time) string {
	days := 1
	if svc := q.b.Service(service); svc != nil {
		days = svc.WorkingDays()
	}
	w := scheduling.Window(q.b, scheduling.Slot{Start: start})
	return q.words.when(q.b, w.From, w.To, days)
}

// book takes the form: what is wrong with it is said; a danger or an emergency is no matter for a page; the number has to
// be proved; then the visit is booked under the same rules as everywhere.
func (s *server) book(q *request) error {
	d := q.details()
	start, svc := startOf(d.Start), q.b.Service(d.Service)
	if start.IsZero() || svc == nil {
		q.seeOther(q.link(q.base()))
		return nil
	}
	if q.PostFormValue("website") != "" { // no person sees this field
		return q.render(http.StatusUnprocessableEntity, sorryPage(q.frame(q.words.NotOnline.Title), q.words.NotOnline))
	}
	t, ok := s.signer.check(q.subject(), q.PostFormValue("ticket"))
	if ok {
		q.visitor.become(t.Visitor)
	}
	u := s.understand(q, d.Problem)
	if done, err := s.dangerous(q, u); done || err != nil {
		return err
	}
	if !ok {
		return s.drawForm(q, http.StatusUnprocessableEntity, ticket{Visitor: q.visitor.ID}, d, start, true, q.words.OldForm, nil)
	}
	if t.Code == "" && q.taken == nil && s.Clock.Now().Sub(t.At) < minAge {
		return s.drawForm(q, http.StatusUnprocessableEntity, t, d, start, true, q.words.TooQuick, nil)
	}
	c, wrong := d.check(q.b, q.words)
	if len(wrong) > 0 {
		return s.drawForm(q, http.StatusUnprocessableEntity, t, d, start, true, "", wrong)
	}
	if q.taken != nil {
		c.Customer.Language = "" // the page's is that of who took the call
		return s.commit(q, t, d, c, start)
	}
	if done, err := s.urgent(q, t, d, u, q.whenOf(d.Service, start)); done || err != nil {
		return err
	}
	if q.b.IsBlocked(c.Customer.Phone) {
		return q.render(http.StatusUnprocessableEntity, sorryPage(q.frame(q.words.NotOnline.Title), q.words.NotOnline))
	}
	if q.visitor.Phone != c.Customer.Phone {
		if done, err := s.prove(q, t, d, start, c.Customer.Phone); done || err != nil {
			return err
		}
	}
	return s.commit(q, t, d, c, start)
}

// dangerous answers a problem that is dangerous, whatever else the form holds: nothing is booked. It is the same
// understanding as that of the calls, and the same fixed words.
func (s *server) dangerous(q *request, u understanding.Understanding) (done bool, err error) {
	if u.Danger == "" && !u.Has(understanding.IntentDanger, sure) {
		return false, nil
	}
	if err := s.letGo(q, q.visitor.ID); err != nil {
		return true, err
	}
	what := u.Danger
	if what == "" {
		what = u.Text
	}
	fixed := wording.For(q.words.Language).Say([]flow.Conveyance{{Kind: flow.DangerKind(what)}}, wording.Context{Channel: wording.Written, Business: q.b})
	return true, q.render(http.StatusUnprocessableEntity, dangerPage(q.frame(q.words.Danger), fixed))
}

// understand takes the words of the problem apart, as far as they may go.
func (s *server) understand(q *request, problem string) understanding.Understanding {
	if r := []rune(problem); len(r) > most["problem"] {
		problem = string(r[:most["problem"]])
	}
	return s.Engine(q.b).Understand(redact.Text(problem), understanding.Context{
		Asked: understanding.AskedProblem, Now: s.Clock.Now().In(q.b.Location()), Channel: "text", Language: q.words.Language,
	})
}

// urgent has somebody with an emergency ring; who says that it can wait goes on.
func (s *server) urgent(q *request, t ticket, d details, u understanding.Understanding, when string) (done bool, err error) {
	urgent := u.Urgency == string(scheduling.Emergency) || u.Has(understanding.IntentEmergency, sure)
	if !urgent || d.Calm == "yes" || !q.b.Emergencies.Accepted {
		return false, nil
	}
	d.Calm = "yes"
	form := append(d.fields(), field{"start", d.Start}, field{"ticket", s.signer.issue(q.subject(), t)})
	return true, q.render(http.StatusUnprocessableEntity, urgentPage(q.frame(q.words.Urgent.Title), q.base(), when, form))
}

// letGo gives up what a visitor holds.
func (s *server) letGo(q *request, visitor string) error {
	s.holds.done(q.b.ID, visitor)
	return s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		return s.scheduler.Release(ctx, tx, q.b, holder(visitor))
	})
}

// errTooManyVisits says that a number has as many visits ahead as can be booked here.
var errTooManyVisits = errors.New("bookingpage: several visits are booked with this number")

// commit books the visit. A form that is sent twice, by an impatient finger or a repeated request, books once and shows
// the same visit.
func (s *server) commit(q *request, t ticket, d details, c checked, start time.Time) error {
	first := s.limits.spent.take(t.Nonce)
	problem := c.Problem
	if d.Wants != "" {
		problem += "; wants: " + d.Wants
	}
	var j *scheduling.Job
	err := s.change(q, func(ctx context.Context, tx Tx) error {
		j = nil
		call, err := q.lockCall(ctx, tx)
		if err != nil {
			return err
		}
		if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
			return err
		}
		ahead, err := s.ahead(ctx, tx, q.b.ID, c.Customer.Phone, q.source())
		if err != nil {
			return err
		}
		if j = sameVisit(ahead, d.Service, start); j != nil {
			return nil
		}
		switch {
		case !first:
			return errSpent
		case len(ahead) >= mostVisits && call == nil:
			return errTooManyVisits
		}
		svc := q.b.Service(d.Service)
		if svc == nil {
			return errNotFound
		}
		quote, err := s.quoteFor(ctx, tx, q.b, svc, c.Customer.Phone)
		if err != nil {
			return err
		}
		if quote != nil {
			return errQuoteFirst
		}
		r := scheduling.BookRequest{
			Service: d.Service, Start: start, Holder: holder(t.Visitor), Problem: problem, Customer: c.Customer, Address: c.Address,
			Source: q.source(),
		}
		if call != nil {
			r.CallID, r.Urgency = call.ID, q.taken.known.Urgency
		}
		if j, err = s.scheduler.Book(ctx, tx, q.b, r); err != nil {
			return err
		}
		if call != nil {
			if err := s.bookedFor(ctx, tx, call, j); err != nil {
				return err
			}
		}
		return tx.JobChanged(ctx, j, "booked", false)
	})
	var refused *scheduling.Refusal
	switch {
	case errors.As(err, &refused):
		return s.offerInstead(q, t, d, refused)
	case errors.Is(err, errQuoteFirst):
		return s.quoteInstead(q, t, d)
	case errors.Is(err, errSpent):
		return s.drawForm(q, http.StatusUnprocessableEntity, t, d, start, true, q.words.OldForm, nil)
	case errors.Is(err, errTooManyVisits):
		return q.render(http.StatusUnprocessableEntity, sorryPage(q.frame(q.words.TooManyJobs.Title), q.words.TooManyJobs))
	case err != nil:
		return err
	}
	s.holds.done(q.b.ID, t.Visitor)
	q.seeOther(q.link(s.Links.Path(q.b.ID, j.ID), "done", "booked"))
	return nil
}

// errSpent says that a form was used before.
var errSpent = errors.New("bookingpage: the form was used before")

// ahead lists the visits to a number that are on and have the same source.
func (s *server) ahead(ctx context.Context, tx Tx, businessID, phone string, source scheduling.Source) ([]scheduling.Job, error) {
	all, err := tx.JobsByPhone(ctx, businessID, phone, s.Clock.Now())
	if err != nil {
		return nil, err
	}
	var out []scheduling.Job
	for _, j := range all {
		if j.Live() && j.Source == source {
			out = append(out, j)
		}
	}
	return out, nil
}

func sameVisit(all []scheduling.Job, service string, start time.Time) *scheduling.Job {
	for i := range all {
		if all[i].Service == service && all[i].Slot.Start.Equal(start) {
			return &all[i]
		}
	}
	return nil
}

// change runs a change of the calendar in a transaction, as often as somebody else is quicker by a moment. Outside
// calendars are looked at first where that has to be.
func (s *server) change(q *request, do func(context.Context, Tx) error) error {
	var err error
	for range maxTries {
		err = s.scheduler.Fresh(q.Context(), func(ctx context.Context) error { return s.Storage.InTx(ctx, do) })
		var refused *scheduling.Refusal
		if errors.As(err, &refused) || !errors.Is(err, scheduling.ErrTaken) {
			return err
		}
	}
	return &scheduling.Refusal{Reason: scheduling.Full}
}

// nationalOf is a number as people write it.
func nationalOf(e164 string) string { return contact.National(e164) }
