package bookingpage

import (
	"context"
	"net/http"
	"strings"
	"time"

	"fixly/followup"
)

// codePage asks for the code that was texted. The form brings all details along.
type codePage struct {
	Action, Ticket string
	Number         string
	When           string
	Note, Wrong    string
	Fields         []field
}

// prove has the number of a visit proved: a code is texted to it, and typed in. It is asked of everybody once for each
// browser, of known customers too: a booking changes what is on file, and who knows a customer's number must not learn
// from the page that it is one.
func (s *server) prove(q *request, t ticket, d details, start time.Time, phone string) (done bool, err error) {
	now := s.Clock.Now()
	typed := strings.Join(strings.FieldsFunc(q.PostFormValue("code"), func(r rune) bool { return r == ' ' || r == '-' }), "")
	sent := t.Code != "" && t.Phone == phone
	switch {
	case !sent || q.PostFormValue("again") != "":
		return true, s.sendCode(q, t, d, start, phone)
	case typed == "": // back at the form with a code under way
		return true, s.drawCode(q, t, d, start, phone, "", "")
	case now.Sub(t.CodeAt) > codeAge, !s.limits.guess.take(phone), !s.limits.tries.take(t.Code):
		return true, s.drawCode(q, t, d, start, phone, "", q.words.CodeOver)
	case !s.Codes.Is(codeSubject(q.b.ID, t.Code), phone, 1, typed):
		return true, s.drawCode(q, t, d, start, phone, "", q.words.CodeWrong)
	}
	q.visitor.Phone, q.visitor.Until = phone, now.Add(knownFor)
	s.remember(q)
	return false, nil
}

// codeSubject is what a code of the pages is made for, so that it is worth nothing anywhere else.
func codeSubject(businessID, code string) string { return "page:" + businessID + ":" + code }

// sendCode has a new code texted and asks for it.
func (s *server) sendCode(q *request, t ticket, d details, start time.Time, phone string) error {
	if !s.limits.codes.take(phone) {
		return q.render(http.StatusTooManyRequests, sorryPage(q.frame(q.words.TooManyCodes.Title), q.words.TooManyCodes))
	}
	note := ""
	if t.Code != "" && t.Phone == phone {
		note = q.words.Sent
	}
	t.Code, t.Phone, t.CodeAt = random(), phone, s.Clock.Now()
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		return tx.TextPageCode(ctx, followup.TextPageCode{
			BusinessID: q.b.ID, Subject: codeSubject(q.b.ID, t.Code), Phone: phone, Language: q.words.Language,
		})
	})
	if err != nil {
		return err
	}
	return s.drawCode(q, t, d, start, phone, note, "")
}

func (s *server) drawCode(q *request, t ticket, d details, start time.Time, phone, note, wrong string) error {
	status := http.StatusOK
	if wrong != "" {
		status = http.StatusUnprocessableEntity
	}
	s.remember(q)
	return q.render(status, provePage(q.frame(q.words.CodeTitle), codePage{
		Action: q.base(), Ticket: s.signer.issue(q.subject(), t), Number: nationalOf(phone),
		When: q.whenOf(d.Service, start), Note: note, Wrong: wrong, Fields: append(d.fields(), field{"start", d.Start}),
	}))
}
