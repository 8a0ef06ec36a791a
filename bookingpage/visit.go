package bookingpage

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"fixly/business"
	"fixly/scheduling"
)

// forgetAfter is how long after a visit its page still tells what it was.
const forgetAfter = 7 * 24 * time.Hour

// visitView is a visit as its customer sees it.
type visitView struct {
	Note       string // what was just done
	Warning    string
	What, When string
	Where, Who string
	Days       string // of work that takes several
	// MoveHref and CancelHref are empty where that is over, or for the phone.
	MoveHref, CancelHref string
	Why                  string // why it can't be changed here
}

// visit shows a visit.
func (s *server) visit(q *request) error {
	note := ""
	switch {
	case q.job.Status == scheduling.StatusTentative:
		note = q.words.Tentative(q.b.Profile.Name)
	case q.FormValue("done") == "booked":
		note = q.words.Booked
	case q.FormValue("done") == "moved":
		note = q.words.Moved
	}
	return s.drawVisit(q, http.StatusOK, note, "")
}

func (s *server) drawVisit(q *request, status int, note, warning string) error {
	j, w := q.job, q.words
	again := ""
	if q.b.Profile.HasBookingPage() {
		again = q.link(BookPrefix + q.b.Profile.Slug)
	}
	if over := s.over(j); over != nil {
		h := w.IsOver
		if *over == scheduling.StatusCancelled {
			h = w.IsCancelled
		}
		return q.render(status, overPage(q.frame(h.Title), h, w.service(j.Service), q.whenJob(j), s.told(j), again))
	}
	v := visitView{
		Note: note, Warning: warning, What: w.service(j.Service), When: q.whenJob(j), Who: q.words.crew(j), Days: q.words.days(q.b, j),
		Where: strings.Join(present(j.Address.Line1, j.Address.Unit, j.Address.City, strings.TrimSpace(j.Address.State+" "+j.Address.ZIP)), ", "),
	}
	path := VisitPrefix + q.PathValue("token")
	switch {
	case !s.Clock.Now().Before(j.Slot.Start):
		v.Why = w.Began
	case j.Urgency == scheduling.Emergency:
		v.Why, v.CancelHref = w.OnlyByPhone, q.link(path+"/cancel")
	default:
		v.MoveHref, v.CancelHref = q.link(path+"/times"), q.link(path+"/cancel")
	}
	return q.render(status, visitPage(q.frame(w.VisitTitle), v))
}

// whenJob is a visit's day and arrival window, and on how many days the work is.
func (q *request) whenJob(j *scheduling.Job) string {
	return q.words.when(q.b, j.Slot.Start, j.WindowEnd, len(j.Visits()))
}

// crew is who comes, by their first names.
func (w *words) crew(j *scheduling.Job) string {
	var names []string
	for _, name := range j.Slot.Crew() {
		first, _, _ := strings.Cut(name, " ")
		names = append(names, first)
	}
	return strings.Join(names, w.and)
}

// days are those of work that takes several; empty where it is one visit.
func (w *words) days(b *business.Business, j *scheduling.Job) string {
	var out []string
	for _, part := range j.Parts {
		out = append(out, w.day(part.From.In(b.Location())))
	}
	return strings.Join(out, "; ")
}

// over says how a visit ended: cancelled, or completed by now; nil while it is on.
func (s *server) over(j *scheduling.Job) *scheduling.Status {
	status := j.Status
	if j.Live() {
		if s.Clock.Now().Before(j.Slot.End) {
			return nil
		}
		status = scheduling.StatusCompleted
	}
	return &status
}

// told says whether the page of a visit that is over still tells what it was: not for ever, since links lie around.
func (s *server) told(j *scheduling.Job) bool {
	return s.Clock.Now().Before(j.Slot.End.Add(forgetAfter))
}

// changeable says whether the customer may change the visit here.
func (s *server) changeable(j *scheduling.Job) bool {
	return s.over(j) == nil && s.Clock.Now().Before(j.Slot.Start)
}

// movable says whether it can be given another time here. An emergency's times are for the phone: they follow no hours.
func (s *server) movable(j *scheduling.Job) bool {
	return s.changeable(j) && j.Urgency != scheduling.Emergency
}

// visitTimes shows the open times that a visit can be moved to.
func (s *server) visitTimes(q *request) error {
	if !s.movable(q.job) {
		return s.drawVisit(q, http.StatusOK, "", "")
	}
	if q.visitor.isNew {
		s.remember(q)
	}
	return s.drawTimes(q, http.StatusOK, q.visitor.ID, "", nil)
}

// drawTimes offers other times for the visit; nearest, where there are any, come first in place of the soonest.
func (s *server) drawTimes(q *request, status int, visitor, note string, nearest []scheduling.Slot) error {
	token := q.PathValue("token")
	path := VisitPrefix + token
	t := timetable{Action: path + "/hold", Ticket: s.signer.issue(token, ticket{Visitor: visitor}), Note: note}
	page := func(day string) string { return q.link(path+"/times", "day", day) }
	want := scheduling.Query{Service: q.job.Service, Job: q.job.ID, Lasting: q.job.Lasting(), ZIP: q.job.Address.ZIP, Holder: holder(visitor)}
	if err := s.fill(q, &t, want, page); err != nil {
		return err
	}
	if len(nearest) > 0 {
		t.Soonest = q.choices(nearest)
	}
	now := q.words.MoveFrom(q.whenJob(q.job))
	return q.render(status, moveTimesPage(q.frame(q.words.MoveTitle), now, q.link(path), t))
}

// moveView asks whether to move the visit to the time that was chosen.
type moveView struct {
	Action, Ticket, Start string
	What, From, To        string
	Back                  string
}

// holdForVisit keeps the chosen time and asks whether the visit is to be moved to it.
func (s *server) holdForVisit(q *request) error {
	token := q.PathValue("token")
	t, ok := s.signer.check(token, q.PostFormValue("ticket"))
	start := startOf(q.PostFormValue("start"))
	switch {
	case !s.movable(q.job):
		return s.drawVisit(q, http.StatusConflict, "", q.words.Began)
	case !ok || start.IsZero():
		return s.drawTimes(q, http.StatusUnprocessableEntity, q.visitor.ID, q.words.OldForm, nil)
	case start.Equal(q.job.Slot.Start):
		return s.drawTimes(q, http.StatusUnprocessableEntity, t.Visitor, q.words.SameTime, nil)
	}
	q.visitor.become(t.Visitor)
	s.remember(q)
	_, refused, err := s.keep(q, scheduling.Query{Service: q.job.Service, Job: q.job.ID, Lasting: q.job.Lasting(), ZIP: q.job.Address.ZIP}, start)
	if err != nil {
		return err
	}
	if refused != nil {
		return s.drawTimes(q, http.StatusConflict, t.Visitor, q.words.refusal(refused.Reason), refused.Alternatives)
	}
	path := VisitPrefix + token
	return q.render(http.StatusOK, movePage(q.frame(q.words.MoveTitle), moveView{
		Action: path + "/move", Ticket: s.signer.issue(token, t), Start: start.UTC().Format(time.RFC3339), What: q.words.service(q.job.Service),
		From: q.words.MoveFrom(q.whenJob(q.job)), To: q.words.MoveTo(q.whenOf(q.job.Service, start)),
		Back: q.link(path + "/times"),
	}))
}

// move moves the visit. Sent twice, it moves once.
func (s *server) move(q *request) error {
	token := q.PathValue("token")
	t, ok := s.signer.check(token, q.PostFormValue("ticket"))
	start := startOf(q.PostFormValue("start"))
	switch {
	case q.job.Live() && start.Equal(q.job.Slot.Start): // the first of two that were sent did it
		q.seeOther(q.link(VisitPrefix+token, "done", "moved"))
		return nil
	case !s.movable(q.job):
		return s.drawVisit(q, http.StatusConflict, "", q.words.Began)
	case !ok || start.IsZero() || !s.limits.spent.take(t.Nonce):
		return s.drawTimes(q, http.StatusUnprocessableEntity, q.visitor.ID, q.words.OldForm, nil)
	}
	q.visitor.become(t.Visitor)
	err := s.change(q, func(ctx context.Context, tx Tx) error {
		if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
			return err
		}
		j, err := tx.Job(ctx, q.b.ID, q.job.ID)
		if err != nil {
			return err
		}
		if !s.movable(j) {
			return scheduling.ErrNotLive
		}
		if start.Equal(j.Slot.Start) {
			return nil
		}
		if j, err = s.scheduler.Move(ctx, tx, q.b, scheduling.MoveRequest{Job: j.ID, Start: start, Holder: holder(t.Visitor)}); err != nil {
			return err
		}
		return tx.JobChanged(ctx, j, "moved", false)
	})
	var refused *scheduling.Refusal
	switch {
	case errors.As(err, &refused):
		return s.drawTimes(q, http.StatusConflict, t.Visitor, q.words.refusal(refused.Reason), refused.Alternatives)
	case errors.Is(err, scheduling.ErrNotLive):
		return s.drawAgain(q)
	case err != nil:
		return err
	}
	s.holds.done(q.b.ID, t.Visitor)
	q.seeOther(q.link(VisitPrefix+token, "done", "moved"))
	return nil
}

// drawAgain shows the visit as it is by now, somebody else having changed it meanwhile.
func (s *server) drawAgain(q *request) error {
	j, err := s.Reader.Job(q.Context(), q.b.ID, q.job.ID)
	if err != nil {
		return err
	}
	q.job = j
	return s.drawVisit(q, http.StatusConflict, "", "")
}

// askToCancel asks whether to cancel the visit. Opening the address cancels nothing.
func (s *server) askToCancel(q *request) error {
	if !s.changeable(q.job) {
		return s.drawVisit(q, http.StatusOK, "", "")
	}
	return s.drawCancel(q, http.StatusOK, "")
}

func (s *server) drawCancel(q *request, status int, note string) error {
	token := q.PathValue("token")
	lead := q.words.CancelLead(q.words.service(q.job.Service), q.whenJob(q.job))
	return q.render(status, cancelPage(q.frame(q.words.CancelTitle), lead, note, VisitPrefix+token+"/cancel", s.signer.issue(token, ticket{Visitor: q.visitor.ID}), q.link(VisitPrefix+token)))
}

// cancel takes the visit off the calendar. Sent twice, it cancels once.
func (s *server) cancel(q *request) error {
	token := q.PathValue("token")
	if q.job.Status == scheduling.StatusCancelled {
		q.seeOther(q.link(VisitPrefix + token))
		return nil
	}
	if !s.changeable(q.job) {
		return s.drawVisit(q, http.StatusConflict, "", q.words.Began)
	}
	if _, ok := s.signer.check(token, q.PostFormValue("ticket")); !ok {
		return s.drawCancel(q, http.StatusUnprocessableEntity, q.words.OldForm)
	}
	err := s.change(q, func(ctx context.Context, tx Tx) error {
		j, err := s.scheduler.Cancel(ctx, tx, q.b, q.job.ID)
		if errors.Is(err, scheduling.ErrNotLive) {
			return nil
		}
		if err != nil {
			return err
		}
		return tx.JobChanged(ctx, j, "cancelled", false)
	})
	if err != nil {
		return err
	}
	q.seeOther(q.link(VisitPrefix + token))
	return nil
}

// present drops what is empty.
func present(parts ...string) []string {
	var out []string
	for _, p := range parts {
		if p != "" {
			out = append(out, p)
		}
	}
	return out
}
