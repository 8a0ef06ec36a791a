package dashboard

import (
	"context"
	"net/http"
	"slices"
	"time"

	"fixly/business"
	"fixly/consent"
	"fixly/contact"
	"fixly/messaging"
)

// textingView is how the shop's lines stand with the carriers, and who wants what.
type textingView struct {
	Lines   []textingLine
	Guide   messaging.Guide
	Ledger  []ledgerView
	Problem string
	Done    string
}

type textingLine struct {
	Number  string // E.164
	Written string
	Kind    string
	Status  string
	State   label
	Words   string
	AtOnce  int
}

// ledgerView is one entry of the ledger of consent.
type ledgerView struct {
	When, Who, What, Why, Words string
}

// ledgerLength is how much of the ledger the page shows.
const ledgerLength = 40

func (s *server) texting(q *request) error { return s.drawTexting(q, http.StatusOK, "") }

func (s *server) drawTexting(q *request, status int, problem string) error {
	v := textingView{Guide: messaging.GuideFor(q.b), Problem: problem}
	if q.URL.Query().Has("done") {
		v.Done = "Saved. It counts from the next text on."
	}
	refused, err := s.Reader.UnregisteredLines(q.Context(), q.b.ID)
	if err != nil {
		return err
	}
	for _, l := range q.b.Lines {
		at, blocked := refused[l.Number]
		v.Lines = append(v.Lines, lineView(l, blocked, at.In(q.b.Location())))
	}
	entries, err := s.Reader.Consents(q.Context(), q.b.ID, "", ledgerLength)
	if err != nil {
		return err
	}
	for _, e := range entries {
		v.Ledger = append(v.Ledger, ledgerView{
			When: e.At.In(q.b.Location()).Format("Jan 2, 3:04 pm"), Who: contact.National(e.Address), What: whatConsent(e), Why: e.How.Explain(), Words: e.Words,
		})
	}
	return renderStatus(q.w, q.Request, status, textingPage(s.frame(q, "texts", "Texting"), v))
}

func lineView(l business.Line, blocked bool, since time.Time) textingLine {
	r := l.Registration
	v := textingLine{Number: l.Number, Written: contact.National(l.Number), Kind: r.Kind, Status: r.Status, AtOnce: r.TextsInTime()}
	switch {
	case blocked:
		v.State = label{Text: "Refused by the carrier", Tone: "bad"}
		v.Words = "The carrier refused its texts on " + since.Format("Jan 2 at 3:04 pm") + " because it is not registered. Customers get none until you say below that it is."
	case !r.MayText():
		v.State = label{Text: "Not registered yet", Tone: "warn"}
		v.Words = "Customers get no texts from it until the registration is approved. You and the people on call do."
	case r.IsKnown():
		v.State = label{Text: "May text", Tone: "good"}
		v.Words = "Customers are texted."
	default:
		v.State = label{Text: "Not known", Tone: "warn"}
		v.Words = "Customers are texted. Where the line is not registered, their carriers filter the texts without telling anybody: say below how it stands."
	}
	return v
}

func whatConsent(e consent.Entry) string {
	what := map[consent.Channel]string{consent.Text: "texts", consent.Call: "calls", consent.Email: "e-mails", consent.Promotion: "reminders by the time of year"}[e.Channel]
	switch e.Act {
	case consent.Withdrawn:
		return "no more " + what
	case consent.Restored:
		return what + " again"
	default:
		return "may be sent " + what
	}
}

// saveRegistration stores how a line stands.
func (s *server) saveRegistration(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	number := form.Get("line")
	r := business.Registration{Kind: form.Get("kind"), Status: form.Get("status")}
	known := []string{"", business.Registration10DLC, business.RegistrationTollFree, business.RegistrationExempt}
	if !slices.Contains(known, r.Kind) || q.b.LineByNumber(number) == nil {
		return errNotFound
	}
	switch {
	case r.Kind == "" || r.Kind == business.RegistrationExempt:
		r.Status = ""
	case !slices.Contains([]string{business.RegistrationNone, business.RegistrationPending, business.RegistrationApproved}, r.Status):
		return s.drawTexting(q, http.StatusUnprocessableEntity, "Say how far the registration is.")
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, q.b.ID)
		if err != nil {
			return err
		}
		next := b.Clone()
		l := next.LineByNumber(number)
		if l == nil {
			return errNotFound
		}
		r.Campaign = l.Registration.Campaign
		l.Registration = r
		if r.IsKnown() && r.MayText() {
			if err := tx.ForgetUnregistered(ctx, b.ID, number); err != nil {
				return err
			}
		}
		return tx.UpdateBusiness(ctx, next)
	})
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/texting?done=1", http.StatusSeeOther)
	return nil
}

// noteConsent enters what somebody told the owner.
func (s *server) noteConsent(q *request) error {
	form, err := q.form()
	if err != nil {
		return err
	}
	e := consent.Entry{BusinessID: q.b.ID, Channel: consent.Channel(form.Get("channel")), Act: consent.Act(form.Get("act")), How: consent.ToldOwner, At: s.Clock.Now()}
	known := e.Channel == consent.Promotion || slices.Contains(consent.Channels(), e.Channel)
	switch {
	case !known || !slices.Contains([]consent.Act{consent.Withdrawn, consent.Restored, consent.Given}, e.Act):
		return errNotFound
	case (e.Act == consent.Given) != (e.Channel == consent.Promotion) && e.Act != consent.Withdrawn:
		return s.drawTexting(q, http.StatusUnprocessableEntity, "Reminders by the time of year need that they agreed in writing, and nothing else does.")
	case e.Act == consent.Given:
		e.How = consent.Signed
	}
	if e.Address, err = consentAddress(e.Channel, form.Get("who")); err != nil {
		return s.drawTexting(q, http.StatusUnprocessableEntity, "That is no number or e-mail address that we could read.")
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		_, err := tx.AddConsent(ctx, &e)
		return err
	})
	if err != nil {
		return err
	}
	http.Redirect(q.w, q.Request, "/texting?done=1#ledger", http.StatusSeeOther)
	return nil
}

func consentAddress(channel consent.Channel, who string) (string, error) {
	if channel != consent.Email {
		return contact.NormalizePhone(who, "US")
	}
	a, err := contact.NormalizeEmail(who)
	return consent.EmailAddress(a), err
}
