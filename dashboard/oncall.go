package dashboard

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/oncall"
)

// onCallView is who is on call, who will be, and what people were paged about.
type onCallView struct {
	Now      *dutyView // nil: nobody takes turns
	Chain    []string  // who is paged at once, where nobody takes turns
	Ahead    []dutyView
	Holidays []dutyView // federal holidays and who has them
	People   []string
	Swaps    []swapView
	Pages    []pageView
	Today    string
	Problem  string
	Done     string
}

type dutyView struct{ When, Who, Phone, Why string }

type swapView struct{ Value, Person, Words string }

type pageView struct {
	ID, Text, When string
	State          label
	Took           string   // the time to acknowledgement, in words
	Steps          []string // who was paged when
	Open           bool
	Could          []string // who can have taken it
}

var dutyWords = map[business.DutyReason]string{
	business.DutyTurn: "", business.DutySwap: "by a swap", business.DutyStandsIn: "stands in for a holiday", business.DutyNobody: "everybody is on holiday",
}

// rotaAhead is how far ahead the page looks.
const rotaAhead = 5 * 7 * 24 * time.Hour

// recentPages is how many pages are shown.
const recentPages = 20

func (s *server) onCall(q *request) error { return s.drawOnCall(q, http.StatusOK, "") }

func (s *server) drawOnCall(q *request, status int, problem string) error {
	now := s.now(q)
	v := onCallView{Today: now.Format(time.DateOnly), Problem: problem}
	if q.URL.Query().Has("done") {
		v.Done = "Saved. The rota below shows it."
	}
	duties := q.b.Rota(now, now.Add(rotaAhead))
	for i := range duties {
		d := &duties[i]
		x := dutyView{day(d.From.In(now.Location()), now) + " " + clockTime(d.From.In(now.Location())), d.Person.Name, contact.National(d.Person.Phone), dutyWords[d.Why]}
		if i == 0 {
			x.When = "until " + day(d.To.In(now.Location()), now) + " " + clockTime(d.To.In(now.Location()))
			v.Now = &x
			continue
		}
		v.Ahead = append(v.Ahead, x)
	}
	if v.Now == nil {
		for _, p := range q.b.OnCall() {
			v.Chain = append(v.Chain, p.Name)
		}
	}
	for _, h := range business.FederalHolidays(now, now.AddDate(1, 0, 0)) {
		date, err := time.ParseInLocation(time.DateOnly, h.Date, now.Location())
		if err != nil {
			return err
		}
		if d := q.b.DutyAt(date.Add(12 * time.Hour)); d != nil && !h.Observed {
			v.Holidays = append(v.Holidays, dutyView{When: h.Name + ", " + date.Format("Mon, Jan 2"), Who: d.Person.Name, Why: dutyWords[d.Why]})
		}
	}
	for _, p := range q.b.OnCallPlan.People {
		v.People = append(v.People, p.Name)
	}
	for _, w := range q.b.OnCallPlan.Swaps {
		if _, last, err := business.ParseDays(w.Days); err == nil && last.Format(time.DateOnly) >= v.Today {
			v.Swaps = append(v.Swaps, swapView{w.Days, w.Person, daysWords(w.Days)})
		}
	}
	var err error
	if v.Pages, err = s.pagesOf(q, now); err != nil {
		return err
	}
	return renderStatus(q.w, q.Request, status, onCallPage(s.frame(q, "today", "On call"), v))
}

// daysWords writes some days of the business file for people.
func daysWords(value string) string {
	first, last, err := business.ParseDays(value)
	switch {
	case err != nil:
		return value
	case first.Equal(last):
		return first.Format("Mon, Jan 2")
	}
	return first.Format("Mon, Jan 2") + " – " + last.Format("Mon, Jan 2")
}

var pageLabels = map[oncall.State]label{
	oncall.Open: {"Open", "live"}, oncall.Acknowledged: {"Taken", "good"}, oncall.Nobody: {"Nobody took it", "bad"},
	oncall.Superseded: {"Became a danger", "live"},
}

var takenWords = map[oncall.How]string{
	oncall.ByText: "by text", oncall.ByCall: "by pressing 1", oncall.ByOffice: "noted here", oncall.ByTransfer: "the caller was put through",
}

func (s *server) pagesOf(q *request, now time.Time) ([]pageView, error) {
	pages, err := s.Reader.ListPages(q.Context(), q.b.ID, time.Time{}, "", recentPages)
	if err != nil {
		return nil, err
	}
	var out []pageView
	for i := range pages {
		p := &pages[i]
		x := pageView{ID: p.ID, Text: sentence(p.Text), When: ago(p.CreatedAt.In(now.Location()), now), State: pageLabels[p.State], Open: p.State == oncall.Open || p.State == oncall.Nobody}
		if p.What == "danger" {
			x.Text = "Danger: " + x.Text
		}
		if p.State == oncall.Acknowledged {
			x.Took = "after " + length(p.Took()) + ", " + takenWords[p.TakenHow]
			if p.TakenBy != "" {
				x.Took = p.TakenBy + ", " + x.Took
			}
		}
		paged, err := s.Reader.PagedOf(q.Context(), q.b.ID, p.ID)
		if err != nil {
			return nil, err
		}
		could := map[string]bool{}
		for _, y := range paged {
			step := clockTime(y.At.In(now.Location())) + " " + y.Name
			if !y.PassedAt.IsZero() {
				step += ", who can't"
			}
			x.Steps = append(x.Steps, step)
			if !could[y.Name] {
				could[y.Name] = true
				x.Could = append(x.Could, y.Name)
			}
		}
		out = append(out, x)
	}
	return out, nil
}

func (s *server) onCallPart(q *request) error {
	pages, err := s.pagesOf(q, s.now(q))
	if err != nil {
		return err
	}
	return q.render(pagesPart(pages))
}

// takePage notes who has an emergency.
func (s *server) takePage(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		desk := oncall.Desk{Clock: s.Clock}
		return desk.Note(ctx, tx, q.b.ID, q.PathValue("id"), form.Get("person"))
	})
	if errors.Is(err, oncall.ErrNoPage) {
		return errNotFound
	}
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/oncall", http.StatusSeeOther)
	return nil
}

// swap puts somebody else on call for some days, or takes that back.
func (s *server) swap(q *request) error {
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
		if problem := changeSwaps(&next.OnCallPlan, form); problem != "" {
			return daysProblem(problem)
		}
		if err := business.Validate(next); err != nil {
			return daysProblem("That can't be: " + err.Error())
		}
		return tx.UpdateBusiness(ctx, next)
	})
	var problem daysProblem
	if errors.As(err, &problem) {
		return s.drawOnCall(q, http.StatusUnprocessableEntity, string(problem))
	}
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/oncall?done=1", http.StatusSeeOther)
	return nil
}

// changeSwaps does what the form says, and gives what is wrong with it in a sentence.
func changeSwaps(o *business.OnCall, form url.Values) string {
	if form.Get("do") == "back" {
		kept := o.Swaps[:0]
		for _, w := range o.Swaps {
			if w.Days != form.Get("value") || w.Person != form.Get("person") {
				kept = append(kept, w)
			}
		}
		o.Swaps = kept
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
	o.Swaps = append(o.Swaps, business.Swap{Days: value, Person: form.Get("person")})
	return ""
}
