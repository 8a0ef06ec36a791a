package dashboard

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/callbacks"
	"fixly/contact"
)

// owedView is the page of the calls that are owed.
type owedView struct {
	Problem string
	Queue   []owedCall
	Curves  curvesView
}

// owedCall is one of them.
type owedCall struct {
	ID, Who, Initials, Phone, CallID string
	Reason, Cause, Said, Note        string
	Labels                           []label
	Clock                            string // by when, and whose it is
	Why                              string // it stands where it stands
	Tried                            string // how often, and when again
	Calling, Acked                   bool
	Anyway                           bool     // it was pointed out that it is quiet hours where they are
	People                           []string // who can say that they have it
	Later                            []option // when to call them, by the value of the form
}

// curvesDays is how far back the curves look.
const curvesDays = 90

func (s *server) owed(q *request) error {
	v, err := s.owedView(q, "")
	if err != nil {
		return err
	}
	return q.render(owedPage(s.frame(q, "today", "Calls you owe"), v))
}

func (s *server) owedPart(q *request) error {
	v, err := s.owedView(q, "")
	if err != nil {
		return err
	}
	return q.render(owedPart(v))
}

func (s *server) owedView(q *request, problem string) (owedView, error) {
	v := owedView{Problem: problem}
	var err error
	if v.Queue, err = s.queue(q); err != nil {
		return v, err
	}
	v.Curves, err = s.curves(q)
	return v, err
}

// queue ranks what is owed.
func (s *server) queue(q *request) ([]owedCall, error) {
	owed, err := s.Reader.Callbacks(q.Context(), q.b.ID)
	if err != nil {
		return nil, err
	}
	now := s.now(q)
	people := s.names(q)
	out := make([]owedCall, 0, len(owed))
	for _, c := range callbacks.Queue(q.b, owed, now) {
		if c.Name == "" {
			if c.Name, err = people.of(c.Phone); err != nil {
				return nil, err
			}
		}
		out = append(out, s.showOwed(q, &c, now))
	}
	return out, nil
}

func (s *server) showOwed(q *request, c *callbacks.Ranked, now time.Time) owedCall {
	loc := q.b.Location()
	o := owedCall{
		ID: c.ID, Who: who(c.Name, c.Phone), Initials: initials(c.Name), Phone: c.Phone, CallID: c.CallID, Reason: c.Reason, Cause: c.Cause.Explain(),
		Said: c.Said, Note: c.Note, Labels: owedLabels(c, now), Why: c.Rank.Reason(), Calling: c.Status == callbacks.Calling, Acked: !c.AckedAt.IsZero(),
	}
	if o.Reason == "" {
		o.Reason = "Left before saying what it was about."
	}
	o.Clock = dueWords(c, now, loc)
	if c.Attempts > 0 {
		o.Tried = "Called back " + strconv.Itoa(c.Attempts) + " " + plural(c.Attempts, "time", "times") + " so far."
	}
	if c.NextAttemptAt.After(now) {
		o.Tried = strings.TrimSpace(o.Tried + " Next try " + whenWords(c.NextAttemptAt.In(loc), now) + ".")
	}
	for _, p := range q.b.Answering.Chain {
		o.People = append(o.People, p.Name)
	}
	if len(o.People) == 0 {
		o.People = []string{q.b.Profile.Owner.Name}
	}
	for _, t := range callbacks.BestTimes(q.b, &c.Callback, now) {
		if t.After(now) {
			o.Later = append(o.Later, option{Value: t.UTC().Format(time.RFC3339), Name: whenWords(t.In(loc), now)})
		}
	}
	o.Later = append(o.Later, option{Value: now.Add(time.Hour).UTC().Format(time.RFC3339), Name: "In an hour"})
	return o
}

// owedLabels say how pressing a call is.
func owedLabels(c *callbacks.Ranked, now time.Time) []label {
	var out []label
	switch {
	case c.Status == callbacks.Calling:
		out = append(out, label{"Calling", "live"})
	case c.NextAttemptAt.After(now):
		out = append(out, label{"Planned", ""})
	case c.Cause == callbacks.MessageLeft:
		out = append(out, label{"Message", "info"})
	default:
		out = append(out, owedLabel(now.Sub(c.MissedAt)))
	}
	if c.Urgency != "" && c.Urgency != "routine" {
		out = append(out, label{sentence(string(c.Urgency)), "bad"})
	}
	if c.Calls > 1 {
		out = append(out, label{strconv.Itoa(c.Calls) + " calls", "warn"})
	}
	if c.Landline {
		out = append(out, label{"Landline", ""})
	}
	return out
}

// dueWords says by when somebody is to be called, and whose it is.
func dueWords(c *callbacks.Ranked, now time.Time, loc *time.Location) string {
	due := "due " + whenWords(c.DueAt.In(loc), now)
	if late := now.Sub(c.DueAt); late > 0 {
		due = "overdue for " + shortly(late)
	}
	whose := "nobody has it yet"
	switch {
	case c.AckedBy != "":
		whose = c.AckedBy + " has it"
	case c.Owner.Name != "":
		whose = "for " + c.Owner.Name
	}
	return "Waiting " + shortly(now.Sub(c.MissedAt)) + ", " + due + ", " + whose
}

// whenWords writes "at 9:15 AM", "tomorrow at 8 AM".
func whenWords(t, now time.Time) string {
	d := day(t, now)
	if d == "Today" {
		return "at " + clockTime(t)
	}
	if d == "Tomorrow" || d == "Yesterday" {
		d = strings.ToLower(d)
	}
	return d + " at " + clockTime(t)
}

// shortly writes how long something took, roughly: "4 min", "3 h", "2 days".
func shortly(d time.Duration) string {
	switch {
	case d < time.Minute:
		return "under a minute"
	case d < time.Hour:
		return strconv.Itoa(int(d.Minutes())) + " min"
	case d < 48*time.Hour:
		return strconv.Itoa(int(d.Hours())) + " h"
	}
	return strconv.Itoa(int(d.Hours()/24)) + " days"
}

func plural(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// changeOwed does what a button of the page says.
func (s *server) changeOwed(q *request) error {
	q.Body = http.MaxBytesReader(q.w, q.Body, 4<<10)
	var problem, anyway string
	var quiet *callbacks.QuietError
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error { return s.doOwed(ctx, q, tx) })
	switch {
	case errors.As(err, &quiet):
		anyway = q.PathValue("id")
		problem = "It is quiet hours where they are. Better " + whenWords(quiet.Until.In(q.b.Location()), s.now(q)) + ", your time. Call all the same?"
	case errors.Is(err, callbacks.ErrDoNotCall):
		problem = "They are on your blocked list, or said that they don't want to be called."
	case errors.Is(err, callbacks.ErrNoPhone):
		problem = "There is no phone of yours to ring, or no line to call by."
	case errors.Is(err, callbacks.ErrNoCallback):
		return errNotFound
	case errors.Is(err, callbacks.ErrClosed):
		problem = "That one is settled already."
	case errors.Is(err, callbacks.ErrCalling):
		problem = "Somebody is on that call already."
	case errors.Is(err, errForm):
		http.Error(q.w, "The form did not arrive whole.", http.StatusBadRequest)
		return nil
	case err != nil:
		return err
	}
	if !isPart(q.Request) && problem == "" {
		http.Redirect(q.w, q.Request, "/callbacks", http.StatusSeeOther)
		return nil
	}
	v, err := s.owedView(q, problem)
	if err != nil {
		return err
	}
	for i := range v.Queue {
		v.Queue[i].Anyway = v.Queue[i].ID == anyway
	}
	if isPart(q.Request) {
		return q.render(owedPart(v))
	}
	return q.render(owedPage(s.frame(q, "today", "Calls you owe"), v))
}

// errForm says that a form holds what no form of ours does.
var errForm = errors.New("dashboard: the form did not arrive whole")

func (s *server) doOwed(ctx context.Context, q *request, tx Tx) error {
	id, desk := q.PathValue("id"), &callbacks.Desk{Clock: s.Clock}
	var err error
	switch q.PostFormValue("do") {
	case "call":
		var c *callbacks.Callback
		if c, err = tx.Callback(ctx, q.b.ID, id); err != nil {
			return err
		}
		by := c.Owner
		if name := q.PostFormValue("person"); name != "" || by.Phone == "" {
			by = s.personNamed(q, name)
		}
		_, err = desk.Call(ctx, tx, q.b, id, by, q.PostFormValue("anyway") == "yes")
	case "have":
		_, err = desk.Acknowledge(ctx, tx, q.b, id, s.personNamed(q, q.PostFormValue("person")))
	case "close":
		o := callbacks.Outcome(q.PostFormValue("outcome"))
		if o.Status() == "" {
			return errForm
		}
		_, err = desk.Note(ctx, tx, q.b, id, callbacks.Noted{Outcome: o})
	case "tried":
		r := callbacks.Result(q.PostFormValue("result"))
		if !slices.Contains([]callbacks.Result{callbacks.Unanswered, callbacks.Machine}, r) {
			return errForm
		}
		_, err = desk.Note(ctx, tx, q.b, id, callbacks.Noted{Result: r})
	case "later":
		at, wrong := time.Parse(time.RFC3339, q.PostFormValue("at"))
		if wrong != nil {
			return errForm
		}
		_, err = desk.Note(ctx, tx, q.b, id, callbacks.Noted{Later: at})
	default:
		return errForm
	}
	return err
}

// personNamed is somebody of the shop: of the chain, or else the owner.
func (s *server) personNamed(q *request, name string) callbacks.Person {
	if p := q.b.PersonNamed(name); p != nil {
		return callbacks.Person{Name: p.Name, Phone: p.Phone}
	}
	return callbacks.Person{Name: q.b.Profile.Owner.Name, Phone: q.b.Profile.Owner.Phone}
}

// callbackDone marks the call owed to a number as made, from the first page.
func (s *server) callbackDone(q *request) error {
	q.Body = http.MaxBytesReader(q.w, q.Body, 4<<10)
	phone := q.PostFormValue("phone") // empty where the form did not arrive whole
	if !contact.IsE164(phone) {
		http.Error(q.w, "The form did not arrive whole.", http.StatusBadRequest)
		return nil
	}
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		c, err := tx.CallbackOwed(ctx, q.b.ID, phone)
		if err != nil || c == nil {
			return err
		}
		_, err = (&callbacks.Desk{Clock: s.Clock}).Note(ctx, tx, q.b, c.ID, callbacks.Noted{Outcome: callbacks.Settled})
		return err
	})
	if err != nil {
		return err
	}
	if isPart(q.Request) {
		return s.needsPart(q)
	}
	http.Redirect(q.w, q.Request, "/", http.StatusSeeOther)
	return nil
}

// curvesView is the shop's own curves as they are shown.
type curvesView struct {
	Few       bool // too few calls to tell anything
	Rang      int
	Windows   []curveRow
	Attempts  []curveRow
	Sentences []string
}

type curveRow struct {
	Name    string
	Rang    int
	Shares  [3]string // answered, talked, booked
	Percent int       // answered, for the bar
}

func (s *server) curves(q *request) (v curvesView, err error) {
	now := s.now(q)
	from := midnight(now).AddDate(0, 0, -curvesDays)
	tried, err := s.Reader.AttemptsBetween(q.Context(), q.b.ID, from, now.Add(time.Second))
	if err != nil {
		return v, err
	}
	came, err := s.Reader.CallbacksBetween(q.Context(), q.b.ID, from, now.Add(time.Second))
	if err != nil {
		return v, err
	}
	c := callbacks.CurvesOf(tried, came)
	v.Rang, v.Few = c.All.Rang, c.All.Rang < callbacks.Enough
	for _, p := range c.ByWindow {
		v.Windows = append(v.Windows, showPoint(p, sentence(p.Window.Words())))
	}
	for i, p := range c.ByAttempt {
		v.Attempts = append(v.Attempts, showPoint(p, []string{"First", "Second", "Third", "Later"}[i]))
	}
	v.Sentences = append(v.Sentences, fmt.Sprintf("%d %s owed a call, %d of them called or served in time, %d booked.", c.Came, plural(c.Came, "caller was", "callers were"), c.InTime, c.Booked))
	if per := c.PerJob(); per > 0 {
		v.Sentences = append(v.Sentences, fmt.Sprintf("You spent %s on the phone for each job that a call back led to.", length(per)))
	}
	if c.Unknown > 0 {
		v.Sentences = append(v.Sentences, fmt.Sprintf("%d %s made by hand; how long they took is not known.", c.Unknown, plural(c.Unknown, "call was", "calls were")))
	}
	return v, nil
}

// showPoint writes shares as percent where there are enough calls for that, else as counts.
func showPoint(p callbacks.Point, name string) curveRow {
	r := curveRow{Name: name, Rang: p.Rang}
	for i, n := range []int{p.Reached, p.Talked, p.Booked} {
		percent, enough := p.Rate(n)
		switch {
		case p.Rang == 0:
			r.Shares[i] = "–"
		case enough:
			r.Shares[i] = strconv.Itoa(percent) + "%"
		default:
			r.Shares[i] = fmt.Sprintf("%d of %d", n, p.Rang)
		}
		if i == 0 && enough {
			r.Percent = percent
		}
	}
	return r
}

// owedAction is the address of the form of a callback.
func owedAction(id string) string { return "/callbacks/" + url.PathEscape(id) }
