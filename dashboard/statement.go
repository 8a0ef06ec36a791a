package dashboard

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"fixly/billing"
	"fixly/ledger"
	"fixly/report"
)

// statementView is a month: what it brought, what it cost, and each booking behind that.
type statementView struct {
	Month, CSV    string
	Before, After string // addresses of the months around it; no After: it goes on
	Figures       []figure
	Revenue       string // what the figure of revenue means
	Sums          []sumView
	Open, Lines   []bookingView
	Credits       []creditView
	Done          string
}

// sumView is the sum of a month in one currency.
type sumView struct {
	Total string
	Facts []fact
}

// bookingView is a booking in the ledger.
type bookingView struct {
	Href, Title, When, Why, Charge string
	Label                          label
}

type creditView struct{ Href, When, Why, Note, Amount string }

// statement shows a month, this one where none is named.
func (s *server) statement(q *request) error {
	m, err := s.month(q)
	if err != nil {
		return errNotFound
	}
	from, to := m.Bounds(q.b.Location())
	rep, err := report.Make(q.Context(), s.Reader, q.b, from, to)
	if err != nil {
		return err
	}
	v := statementView{Month: m.Name(), CSV: "/statement.csv?month=" + m.String(), Before: "/statement?month=" + m.Before().String(), Done: statementDone[q.URL.Query().Get("done")]}
	if to.Before(s.Clock.Now()) {
		v.After = "/statement?month=" + m.Next().String()
	}
	v.Figures, v.Revenue = reportFigures(rep)
	for _, x := range rep.Ledger.Sums() {
		v.Sums = append(v.Sums, sumOf(x))
	}
	for i := range rep.Ledger.Open {
		v.Open = append(v.Open, s.bookingView(q, &rep.Ledger.Open[i]))
	}
	for i := range rep.Ledger.Bookings {
		v.Lines = append(v.Lines, s.bookingView(q, &rep.Ledger.Bookings[i]))
	}
	for _, c := range rep.Ledger.Credits {
		v.Credits = append(v.Credits, creditView{
			"/statement/" + c.JobID, day(c.At.In(q.b.Location()), s.now(q)), c.Reason.Explain(), c.Note, (-c.Amount).In(c.Currency),
		})
	}
	return q.render(statementPage(s.frame(q, "today", "What it is worth"), v))
}

var statementDone = map[string]string{"credited": "Credited. It stands on the statement of this month."} //nolint:gosec // G101: a credit, no credentials

// month is the month that a request names, or this one.
func (s *server) month(q *request) (ledger.Month, error) {
	if name := q.URL.Query().Get("month"); name != "" {
		return ledger.ParseMonth(name)
	}
	return ledger.MonthOf(s.Clock.Now(), q.b.Location()), nil
}

// reportFigures are the figures of a stretch of time, and what the one of revenue means.
func reportFigures(r *report.Report) (figures []figure, revenue string) {
	percent := func(rate float64, any bool) string {
		if !any {
			return "–"
		}
		return strconv.Itoa(int(rate*100+0.5)) + " %"
	}
	texted := figure{"Text-back, 99 of 100 within", "–", ""}
	if t := r.TextBack.Waiting; t.Count > 0 {
		texted.Value, texted.Of = brief(t.P99), "longest "+brief(t.Max)
	}
	waited := ""
	if r.ToAnswer.Count > 0 {
		waited = "half within " + brief(r.ToAnswer.P50)
		if r.ToAnswer.P50 < time.Second {
			waited = "half at once"
		}
	}
	figures = []figure{
		{"Calls answered", percent(r.AnswerRate()), waited},
		{"Calls that booked", percent(r.ByCall.Rate()), fmt.Sprintf("%d of %d", r.ByCall.Booked, r.ByCall.Contacts)},
		texted,
		{"Booked and standing", strconv.Itoa(r.Revenue.Jobs), "at least " + r.Revenue.Cents.In(r.Revenue.Currency)},
	}
	return figures, fmt.Sprintf("By text %d of %d threads booked, on your page %d. The sum adds up the least price of each service; %s.",
		r.ByText.Booked, r.ByText.Contacts, r.ByWeb, count(r.Revenue.NoPrice, "visit has no price to add", "visits have no price to add"))
}

// brief is a short time to the tenth of a second, a longer one as length writes it.
func brief(d time.Duration) string {
	if d < time.Minute {
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	}
	return length(d)
}

// count writes how many there are of something.
func count(n int, one, many string) string { return strconv.Itoa(n) + " " + plural(n, one, many) }

func sumOf(x ledger.Sums) sumView {
	v := sumView{Total: x.Total.In(x.Currency), Facts: []fact{
		{"Counted", count(x.Counted, "job", "jobs")},
		{"Of these free", strconv.Itoa(x.Free)},
		{"Charged", x.Charged.In(x.Currency)},
	}}
	if x.Credits > 0 {
		v.Facts = append(v.Facts, fact{"Credited", count(x.Credits, "job", "jobs") + ", " + (-x.Credited).In(x.Currency)})
	}
	if x.Pending > 0 {
		v.Facts = append(v.Facts, fact{"Not settled yet", count(x.Pending, "job", "jobs")})
	}
	return v
}

// sources are the ways in which jobs are booked, in the owner's words.
var sources = map[string]string{"call": "by phone", "text": "by text", "web": "on your page", "owner": "by you"}

func (s *server) bookingView(q *request, b *ledger.Booking) bookingView {
	now, made := s.now(q), b.MadeAt.In(q.b.Location())
	v := bookingView{
		Href: "/statement/" + b.JobID, Title: b.Service, When: day(made, now) + ", " + clockTime(made) + ", " + sources[b.Source], Why: b.Reason.Explain(),
	}
	switch {
	case b.State == ledger.Pending && b.BookedAt.IsZero():
		v.Label, v.Why = label{"Waits for your yes", "warn"}, "It counts a day after you said yes, if it stands by then."
	case b.State == ledger.Pending:
		v.Label, v.Why = label{"Pending", ""}, "It counts from "+inSentence(when(b.BookedAt.Add(ledger.Grace).In(q.b.Location()), now))+" on, if it stands by then."
	case b.State == ledger.NotCounted:
		v.Label, v.Charge = label{"Doesn't count", ""}, ledger.Cents(0).In(b.Currency)
	case b.Free():
		v.Label, v.Charge = label{"Free", "good"}, b.Charge.In(b.Currency)
	default:
		v.Label, v.Charge = label{"Counted", "info"}, b.Charge.In(b.Currency)
	}
	return v
}

// when names a day and a time of it.
func when(t, now time.Time) string { return day(t, now) + ", " + clockTime(t) }

// evidenceView is a booking with what shows that it came about.
type evidenceView struct {
	Back     string // the month that it is in
	Booking  bookingView
	JobID    string
	Facts    []evidenceFact
	Credited *creditView // nil: it isn't
	Reasons  []option    // for which it can be credited; none: it can't
	Problem  string
}

// evidenceFact is one piece of evidence, with the address at which it lies; empty: nowhere to go.
type evidenceFact struct{ Name, Value, Href string }

// evidence shows a booking.
func (s *server) evidence(q *request) error { return s.drawEvidence(q, http.StatusOK, "") }

func (s *server) drawEvidence(q *request, status int, trouble string) error {
	b, err := s.Reader.Booking(q.Context(), q.b.ID, q.PathValue("id"))
	if errors.Is(err, billing.ErrNoBooking) {
		return errNotFound
	}
	if err != nil {
		return err
	}
	v := evidenceView{Back: "/statement", Booking: s.bookingView(q, b), JobID: b.JobID, Problem: trouble}
	if !b.SettledAt.IsZero() {
		v.Back += "?month=" + ledger.MonthOf(b.SettledAt, q.b.Location()).String()
	}
	if v.Facts, err = s.evidenceFacts(q, b); err != nil {
		return err
	}
	c, err := s.Reader.CreditOf(q.Context(), q.b.ID, b.JobID)
	if err != nil {
		return err
	}
	switch {
	case c != nil:
		v.Credited = &creditView{"", when(c.At.In(q.b.Location()), s.now(q)), c.Reason.Explain(), c.Note, (-c.Amount).In(c.Currency)}
	case billing.Creditable(b, s.Clock.Now()):
		for _, r := range ledger.CreditReasons() {
			v.Reasons = append(v.Reasons, option{Value: string(r), Name: r.Explain()})
		}
	}
	return renderStatus(q.w, q.Request, status, evidencePage(s.frame(q, "today", "A booked job"), v))
}

// evidenceFacts looks up what the ledger keeps the ids of.
func (s *server) evidenceFacts(q *request, b *ledger.Booking) ([]evidenceFact, error) {
	e, now := &b.Evidence, s.now(q)
	var out []evidenceFact
	if !e.Ring.IsZero() {
		out = append(out, evidenceFact{"It rang", when(e.Ring.In(q.b.Location()), now), "/calls/" + b.CallID})
	}
	if e.ConversationID != "" {
		turns, err := s.Reader.Turns(q.Context(), e.ConversationID)
		if err != nil {
			return nil, err
		}
		for _, t := range turns {
			switch t.Seq {
			case e.Words:
				out = append(out, evidenceFact{"They said", "“" + t.Text + "”", ""})
			case e.Answer:
				out = append(out, evidenceFact{"It answered", "“" + t.Text + "”", ""}, evidenceFact{"Because", Why(t.Reason), ""})
			}
		}
	}
	out = append(out, evidenceFact{"The job", b.Service, "/jobs/" + b.JobID})
	if b.State == ledger.Pending {
		return out, nil
	}
	written := "Your own calendar"
	if n := len(e.Events); n > 0 {
		written = count(n, "entry in a connected calendar", "entries in connected calendars")
	}
	out = append(out, evidenceFact{"In the calendar", written, ""})
	if e.Confirmation == "" {
		return out, nil
	}
	m, err := s.Reader.Message(q.Context(), q.b.ID, e.Confirmation)
	if err != nil {
		return nil, err
	}
	return append(out, evidenceFact{"Confirmed", "“" + m.Body + "”", "/texts/" + m.Peer()}), nil
}

// credit credits a booking, on the owner's word.
func (s *server) credit(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		_, err := billing.Credit(ctx, tx, s.Clock.Now(), q.b.ID, q.PathValue("id"), ledger.CreditReason(form.Get("reason")), form.Get("note"))
		return err
	})
	switch {
	case errors.Is(err, billing.ErrNoBooking):
		return errNotFound
	case errors.Is(err, billing.ErrNotCreditable):
		return s.drawEvidence(q, http.StatusConflict, "It can't be credited: it doesn't count, or was counted more than 60 days ago.")
	case err != nil:
		return err
	}
	http.Redirect(q.w, q.Request, "/statement?done=credited", http.StatusSeeOther)
	return nil
}

// statementFile is a month for a spreadsheet.
func (s *server) statementFile(q *request) error {
	m, err := s.month(q)
	if err != nil {
		return errNotFound
	}
	st, err := billing.Statement(q.Context(), s.Reader, q.b, m)
	if err != nil {
		return err
	}
	loc := q.b.Location()
	h := q.w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="`+q.b.Profile.Slug+"-"+m.String()+`.csv"`)
	w := csv.NewWriter(q.w)
	rows := [][]string{{"date", "entry", "job", "booked", "by", "service", "reason", "free", "amount", "currency", "call", "conversation", "confirmation"}}
	for i := range st.Bookings {
		b := &st.Bookings[i]
		rows = append(rows, []string{
			b.SettledAt.In(loc).Format(time.DateOnly), string(b.State), b.JobID, b.MadeAt.In(loc).Format(time.RFC3339), b.Source, cell(b.Service), string(b.Reason),
			strconv.FormatBool(b.Free()), b.Charge.String(), b.Currency, b.CallID, b.Evidence.ConversationID, b.Evidence.Confirmation,
		})
	}
	for _, c := range st.Credits {
		rows = append(rows, []string{c.At.In(loc).Format(time.DateOnly), "credited", c.JobID, "", "", cell(c.Note), string(c.Reason), "false", (-c.Amount).String(), c.Currency, "", "", ""})
	}
	return w.WriteAll(rows)
}

// cell keeps a spreadsheet from taking words for a formula.
func cell(s string) string {
	if s != "" && (s[0] == '=' || s[0] == '+' || s[0] == '-' || s[0] == '@' || s[0] == '\t' || s[0] == '\r') {
		return "'" + s
	}
	return s
}
