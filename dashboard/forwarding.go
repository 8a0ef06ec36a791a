package dashboard

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/forwarding"
)

// forwardingView is how calls on the number that customers know reach us.
type forwardingView struct {
	Number, Line string // as people write them
	Set          business.Forwarding
	Carriers     []forwarding.Carrier
	Codes        []codeView
	Note         string
	Sources      []string
	Loop         string
	Weekly       string
	Tests        []testView
	Testing      bool
	Problem      string
	Done         string
}

type codeView struct {
	Words, On, OnLink, Off, OffLink string
	Chosen                          bool
}

type testView struct {
	When, Words string
	State       label
}

var testLabels = map[forwarding.State]label{
	forwarding.Ringing: {"Ringing", "live"}, forwarding.Arrived: {"Works", "good"}, forwarding.Answered: {"Answered", "warn"},
	forwarding.Lost: {"Not forwarded", "bad"}, forwarding.Unplaced: {"Not placed", "warn"},
}

// recentTests is how many tests are shown.
const recentTests = 12

func (s *server) forwardingPage(q *request) error { return s.drawForwarding(q, http.StatusOK, "") }

func (s *server) drawForwarding(q *request, status int, problem string) error {
	f := q.b.Forwarding
	v := forwardingView{Set: f, Carriers: forwarding.Carriers(), Problem: problem, Line: contact.National(q.b.ForwardsTo())}
	if q.URL.Query().Has("done") {
		v.Done = "Saved."
	}
	if f.Number != "" {
		v.Number = contact.National(f.Number)
		var rung []string
		for _, p := range q.b.Answering.Chain {
			rung = append(rung, p.Phone)
		}
		v.Loop = forwarding.LoopWarning(f.When == string(forwarding.All), f.Number, rung)
		v.Weekly = "never, by itself"
		if weekday, minutes, ok := f.TestedAt(); ok {
			v.Weekly = "each " + weekday.String() + " at " + clockTime(midnight(s.now(q)).Add(minutesOf(minutes)))
		}
	}
	if c := forwarding.CarrierByKey(f.Carrier); c != nil {
		v.Note, v.Sources = c.Note, c.Sources
		for _, when := range forwarding.Conditions() {
			if code, ok := c.For(when, q.b.ForwardsTo()); ok {
				v.Codes = append(v.Codes, codeView{
					when.Words(), code.On, forwarding.Dial(code.On), code.Off, forwarding.Dial(code.Off), string(when) == f.When || f.When == "" && when == forwarding.Missed,
				})
			}
		}
	}
	var err error
	if v.Tests, v.Testing, err = s.forwardingTests(q); err != nil {
		return err
	}
	return renderStatus(q.w, q.Request, status, forwardingPage(s.frame(q, "today", "Call forwarding"), v))
}

func (s *server) forwardingTests(q *request) (out []testView, testing bool, err error) {
	tests, err := s.Reader.ForwardingTests(q.Context(), q.b.ID, recentTests)
	now := s.now(q)
	for i := range tests {
		t := &tests[i]
		x := testView{When: ago(t.BeganAt.In(now.Location()), now), State: testLabels[t.State], Words: t.Why}
		if t.State == forwarding.Arrived {
			x.Words = strings.TrimSpace("It came in here after " + length(t.Took()) + ". " + t.Why)
		}
		testing = testing || i == 0 && t.State == forwarding.Ringing
		out = append(out, x)
	}
	return out, testing, err
}

func (s *server) forwardingPart(q *request) error {
	tests, _, err := s.forwardingTests(q)
	if err != nil {
		return err
	}
	return q.render(forwardingTestsPart(tests))
}

// minutesOf is a number of minutes.
func minutesOf(n int) time.Duration { return time.Duration(n) * time.Minute }

// sourceHost names a source by its host.
func sourceHost(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return address
	}
	return strings.TrimPrefix(u.Hostname(), "www.")
}

// setForwarding stores which number forwards, and by which carrier.
func (s *server) setForwarding(q *request) error {
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
		if next.Forwarding, err = forwardingOf(form, next.Forwarding); err != nil {
			return daysProblem("That is not a phone number: " + err.Error())
		}
		if err := business.Validate(next); err != nil {
			return daysProblem("That can't be: " + err.Error())
		}
		return tx.UpdateBusiness(ctx, next)
	})
	var problem daysProblem
	if errors.As(err, &problem) {
		return s.drawForwarding(q, http.StatusUnprocessableEntity, string(problem))
	}
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/forwarding?done=1", http.StatusSeeOther)
	return nil
}

// forwardingOf reads the form; what it does not hold stays.
func forwardingOf(form url.Values, f business.Forwarding) (business.Forwarding, error) {
	if strings.TrimSpace(form.Get("number")) == "" {
		return business.Forwarding{}, nil
	}
	number, err := contact.NormalizePhone(form.Get("number"), "US")
	if err != nil {
		return f, err
	}
	f.Number, f.Carrier, f.When = number, form.Get("carrier"), form.Get("when")
	return f, nil
}

// testForwarding rings the number.
func (s *server) testForwarding(q *request) error {
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		desk := forwarding.Desk{Clock: s.Clock}
		_, err := desk.Begin(ctx, tx, q.b, false, 1)
		return err
	})
	if errors.Is(err, forwarding.ErrNothingToTest) {
		return s.drawForwarding(q, http.StatusUnprocessableEntity, "Set the number that customers know first.")
	}
	if err != nil && !errors.Is(err, forwarding.ErrTesting) {
		return err
	}
	http.Redirect(q.w, q.Request, "/forwarding", http.StatusSeeOther)
	return nil
}
