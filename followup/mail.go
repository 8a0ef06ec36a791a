package followup

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/consent"
	"fixly/mail"
	"fixly/messaging"
	"fixly/scheduling"
)

// ErrNoMail says that no such e-mail exists in this business.
var ErrNoMail = errors.New("followup: no such e-mail")

// Mail is an e-mail to a customer or the owner, as it was written.
type Mail struct {
	ID         string
	BusinessID string
	// Key is unique within a business: a second e-mail with the same key is not written.
	Key      string
	JobID    string
	To       string
	Subject  string
	Body     string
	Calendar string // an iCalendar to attach, empty for none
	Method   string // the calendar's
	// Marketing: nothing that the recipient did or booked brings it, so it goes to nobody who unsubscribed, and says how to. It
	// travels with the job that sends the e-mail.
	Marketing bool
	Status    MailStatus
	Error     string // why it was not sent
	CreatedAt time.Time
	SentAt    time.Time // zero until a server took it
}

// MailStatus is what became of an e-mail.
type MailStatus string

// The states of an e-mail.
const (
	MailQueued MailStatus = "queued"
	MailSent   MailStatus = "sent"
	MailFailed MailStatus = "failed"
	MailKept   MailStatus = "kept" // back: they want none, or there is no way to tell them how to have no more
)

// Invite makes the iCalendar that goes with an e-mail about a job, for the customer at an address; cancel asks calendars to
// take the visit out. It gives the METHOD that it has.
type Invite func(b *business.Business, j *scheduling.Job, email, title, notes string, cancel bool) (calendar []byte, method string, err error)

// mailConfirmation writes the confirmation as an e-mail beside the text, where the customer gave an address and did not say
// that they want no e-mails. A visit that still waits for the owner's yes is written about when it has it.
func (w *jobChanged) mailConfirmation(ctx context.Context, tx Tx, b *business.Business, j *scheduling.Job, words words, v visit, c change, key string) error {
	if w.Mail == nil || j.Customer.Email == "" || j.Status == scheduling.StatusTentative {
		return nil
	}
	if is, err := tx.Standing(ctx, b.ID, consent.EmailAddress(j.Customer.Email), consent.Email); err != nil || !is.MayConfirm() {
		return err
	}
	title, body := words.Mail(c, b.Profile.Name, messaging.DefaultLine(b), v)
	m := &Mail{BusinessID: b.ID, Key: "confirmation:" + key, JobID: j.ID, To: j.Customer.Email, Subject: title, Body: body}
	if w.Invite != nil {
		calendar, method, err := w.Invite(b, j, j.Customer.Email, words.MailTitle(b.Profile.Name, v), v.Link, c == cancelled)
		if err != nil {
			return fmt.Errorf("the calendar for job %s: %w", j.ID, err)
		}
		m.Calendar, m.Method = string(calendar), method
	}
	_, err := tx.InsertMail(ctx, m)
	return err
}

// sendMail hands an e-mail to the mail server until that takes it, or refuses it for good. One that is noted as sent is not
// sent again. Between the server's answer and the note a crash may come; SMTP knows no way to ask, so the e-mail goes out
// once more then, under the same Message-ID and with the same entry for the calendar, which programs show once.
type sendMail struct {
	worker[SendMail]
	Deps
}

const (
	// mailGiveUp is how long an e-mail is tried.
	mailGiveUp = 24 * time.Hour
	// The pauses between tries grow with the age of the e-mail.
	mailLeastWait = 5 * time.Second
	mailMostWait  = 15 * time.Minute
)

// Work sends the e-mail outside of transactions.
func (w *sendMail) Work(ctx context.Context, job *river.Job[SendMail]) error {
	if w.Mail == nil {
		return river.JobCancel(errors.New("followup: there is no mail server any more"))
	}
	var m *Mail
	var b *business.Business
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) (err error) {
		if m, err = tx.Mail(ctx, job.Args.BusinessID, job.Args.MailID); err != nil {
			return err
		}
		b, err = tx.Business(ctx, m.BusinessID)
		return err
	})
	if errors.Is(err, ErrNoMail) || err == nil && m.Status != MailQueued {
		return nil
	}
	if err != nil {
		return fmt.Errorf("followup: read e-mail %s: %w", job.Args.MailID, err)
	}
	letter := mail.Message{
		ID: m.ID, FromName: b.Profile.Name, ReplyTo: b.Profile.Owner.Email, To: m.To, Date: m.CreatedAt,
		Subject: m.Subject, Body: m.Body, HTML: mail.HTML(m.Body), Calendar: m.Calendar, Method: m.Method,
	}
	if m.To != b.Profile.Owner.Email { // who has his own switches
		kept, err := w.keep(ctx, m, job.Args.Marketing)
		if kept || err != nil {
			return err
		}
	}
	if job.Args.Marketing {
		letter.Unsubscribe = w.Unsubscribe(m.BusinessID, m.JobID)
	}
	sending := w.Mail.Send(ctx, letter)
	age := w.Clock.Now().Sub(m.CreatedAt)
	var refused *mail.SendError
	switch {
	case sending == nil:
		m.Status, m.SentAt = MailSent, w.Clock.Now()
	case errors.As(sending, &refused) && !refused.Retry, age >= mailGiveUp:
		m.Status, m.Error = MailFailed, sending.Error()
		w.Log.WarnContext(ctx, "an e-mail was not sent", "mail", m.ID, "job", m.JobID, "error", sending)
	default:
		w.Log.InfoContext(ctx, "an e-mail was not taken yet", "mail", m.ID, "error", sending)
		return river.JobSnooze(min(max(age/4, mailLeastWait), mailMostWait))
	}
	// Noted even when the job is being stopped: it is done.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancel()
	if err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error { return tx.UpdateMail(ctx, m) }); err != nil {
		return fmt.Errorf("followup: note what came of e-mail %s: %w", m.ID, err)
	}
	return nil
}
