package followup_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/consent"
	"fixly/followup"
	"fixly/mail"
	"fixly/scheduling"
	"fixly/store"
)

// postOffice takes e-mails, or does as it is told.
type postOffice struct {
	taken []mail.Message
	fails []error // what it says next, nil for taking it
}

func (p *postOffice) Send(_ context.Context, m mail.Message) error {
	if len(p.fails) > 0 {
		err := p.fails[0]
		p.fails = p.fails[1:]
		if err != nil {
			return err
		}
	}
	p.taken = append(p.taken, m)
	return nil
}

// mailTx notes which e-mails are written in a transaction.
type mailTx struct {
	followup.Tx
	written *[]followup.Mail
}

func (t mailTx) InsertMail(ctx context.Context, m *followup.Mail) (bool, error) {
	created, err := t.Tx.InsertMail(ctx, m)
	if created {
		*t.written = append(*t.written, *m)
	}
	return created, err
}

type mailStorage struct {
	followup.Storage
	written *[]followup.Mail
}

func (s mailStorage) InTx(ctx context.Context, f func(context.Context, followup.Tx) error) error {
	return s.Storage.InTx(ctx, func(ctx context.Context, tx followup.Tx) error { return f(ctx, mailTx{tx, s.written}) })
}

// mailing has the desk send e-mails, and gives what is written and what is taken.
func (d *desk) mailing() (*postOffice, *[]followup.Mail) {
	office, written := &postOffice{}, &[]followup.Mail{}
	d.deps.Storage, d.deps.Mail, d.deps.VisitLink = mailStorage{d.deps.Storage, written}, office, visitLink
	d.deps.Invite = func(_ *business.Business, j *scheduling.Job, email, title, _ string, cancel bool) ([]byte, string, error) {
		if cancel {
			return []byte("cancel " + j.ID + " " + email + " " + title), "CANCEL", nil
		}
		return []byte("request " + j.ID + " " + email + " " + title), "REQUEST", nil
	}
	return office, written
}

func (d *desk) mail(m followup.Mail) error {
	return followup.WorkerSendMail(d.deps).Work(d.t.Context(), &river.Job[followup.SendMail]{
		JobRow: &rivertype.JobRow{Attempt: 1}, Args: followup.SendMail{BusinessID: d.shop.ID, MailID: m.ID},
	})
}

func withEmail(j *scheduling.Job) { j.Customer.Email = "karen@example.com" }

func TestTheConfirmationIsMailedToo(t *testing.T) {
	each(t, func(d *desk) {
		office, written := d.mailing()
		j := d.book(scheduling.FromWeb, withEmail)
		d.changed(j, "booked", false) // runs twice
		err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
			j.Status, j.UpdatedAt = scheduling.StatusCancelled, j.UpdatedAt.Add(time.Minute)
			return tx.UpdateJob(ctx, j)
		})
		if err != nil {
			d.t.Fatal(err)
		}
		d.changed(j, "cancelled", false)
		if len(*written) != 2 {
			d.t.Fatalf("wrote %+v", *written)
		}
		for _, m := range *written {
			for range 2 {
				if err := d.mail(m); err != nil {
					d.t.Fatal(err)
				}
			}
		}
		if len(office.taken) != 2 {
			d.t.Fatalf("%d e-mails were sent", len(office.taken))
		}
		first, second := office.taken[0], office.taken[1]
		if first.To != "karen@example.com" || first.FromName != "Mike's Plumbing & Heating" || first.ReplyTo != "mike@example.com" || first.ID == second.ID ||
			first.Subject != "Booked: Leak repair, Tuesday, Nov 24 between 8 and 10 AM" || first.Method != "REQUEST" ||
			first.Calendar != "request "+j.ID+" karen@example.com Leak repair, Mike's Plumbing & Heating" {
			d.t.Errorf("first %+v", first)
		}
		for _, want := range []string{"Hello Karen,", "Where: 1842 North Damen Avenue 60647", "To move or cancel the visit: " + visitLink("", ""), "To reach us: (312) 555-0100"} {
			if !strings.Contains(first.Body, want) {
				d.t.Errorf("lacks %q: %s", want, first.Body)
			}
		}
		if second.Subject != "Cancelled: Leak repair, Tuesday, Nov 24 between 8 and 10 AM" || second.Method != "CANCEL" || strings.Contains(second.Body, "https://") {
			d.t.Errorf("second %+v", second)
		}
	})
}

func TestWhoIsNotMailed(t *testing.T) {
	each(t, func(d *desk) {
		_, written := d.mailing()
		d.changed(d.book(scheduling.FromWeb, nil), "booked", false) // gave no address
		later := func(hours int, change func(*scheduling.Job)) *scheduling.Job {
			return d.book(scheduling.FromWeb, func(j *scheduling.Job) {
				withEmail(j)
				by := time.Duration(hours) * time.Hour
				j.Slot.Start, j.Slot.End, j.BusyUntil, j.WindowEnd = j.Slot.Start.Add(by), j.Slot.End.Add(by), j.BusyUntil.Add(by), j.WindowEnd.Add(by)
				change(j)
			})
		}
		d.changed(later(24, func(j *scheduling.Job) { j.Status = scheduling.StatusTentative }), "booked", false)
		d.deps.Mail = nil // no server
		d.changed(later(48, func(*scheduling.Job) {}), "booked", false)
		if len(*written) != 0 {
			d.t.Errorf("wrote %+v", *written)
		}
	})
}

// Who told the owner that they want no e-mails gets no confirmation by one, nor one that was written before they said so.
func TestNoConfirmationByMailToWhoWantsNoEmails(t *testing.T) {
	each(t, func(d *desk) {
		office, written := d.mailing()
		d.changed(d.book(scheduling.FromWeb, withEmail), "booked", false)
		err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
			_, err := tx.AddConsent(ctx, &consent.Entry{
				BusinessID: d.shop.ID, Address: "karen@example.com", Channel: consent.Email, Act: consent.Withdrawn, How: consent.ToldOwner,
			})
			return err
		})
		if err != nil {
			d.t.Fatal(err)
		}
		if err := d.mail((*written)[0]); err != nil {
			d.t.Fatal(err)
		}
		m, err := d.db.Mail(d.t.Context(), d.shop.ID, (*written)[0].ID)
		if err != nil || m.Status != followup.MailKept || m.Error != "they want no such e-mails" {
			d.t.Errorf("on its way: %+v, %v", m, err)
		}
		d.changed(d.book(scheduling.FromWeb, func(j *scheduling.Job) { withEmail(j); shift(j, 24*time.Hour) }), "booked", false)
		if len(*written) != 1 || len(office.taken) != 0 {
			d.t.Errorf("wrote %d, sent %+v", len(*written), office.taken)
		}
	})
}

func TestInSpanishByMail(t *testing.T) {
	each(t, func(d *desk) {
		_, written := d.mailing()
		d.changed(d.book(scheduling.FromWeb, func(j *scheduling.Job) { withEmail(j); j.Customer.Language = "es" }), "booked", false)
		m := (*written)[0]
		if !strings.HasPrefix(m.Subject, "Cita confirmada: Reparación de fugas, el martes 24 de noviembre") || !strings.Contains(m.Body, "Para cambiarla o cancelarla: https://") {
			d.t.Errorf("wrote %+v", m)
		}
	})
}

func TestAnEmailIsTriedForADay(t *testing.T) {
	each(t, func(d *desk) {
		office, written := d.mailing()
		d.changed(d.book(scheduling.FromWeb, withEmail), "booked", false)
		m := (*written)[0]
		read := func() *followup.Mail {
			got, err := d.db.Mail(d.t.Context(), d.shop.ID, m.ID)
			if err != nil {
				d.t.Fatal(err)
			}
			return got
		}
		busy := &mail.SendError{Code: 451, Retry: true, Err: errors.New("try again")}
		tries := 0
		for end := d.clock.Now().Add(25 * time.Hour); d.clock.Now().Before(end) && read().Status == followup.MailQueued; tries++ {
			office.fails = []error{busy}
			err := d.mail(m)
			var snooze *rivertype.JobSnoozeError
			if err != nil && !errors.As(err, &snooze) {
				d.t.Fatal(err)
			}
			if snooze != nil {
				d.clock.Advance(snooze.Duration)
			}
		}
		if got := read(); got.Status != followup.MailFailed || !strings.Contains(got.Error, "try again") || tries < 20 || tries > 200 {
			d.t.Errorf("%d tries, then %+v", tries, got)
		}
		if err := d.mail(m); err != nil || len(office.taken) != 0 {
			d.t.Errorf("sent after all: %v", err)
		}

		second := d.book(scheduling.FromWeb, func(j *scheduling.Job) {
			withEmail(j)
			by := 7 * 24 * time.Hour
			j.Slot.Start, j.Slot.End, j.BusyUntil, j.WindowEnd = j.Slot.Start.Add(by), j.Slot.End.Add(by), j.BusyUntil.Add(by), j.WindowEnd.Add(by)
		})
		d.changed(second, "booked", false)
		m = (*written)[1]
		office.fails = []error{&mail.SendError{Code: 550, Err: errors.New("no such mailbox")}}
		if err := d.mail(m); err != nil || read().Status != followup.MailFailed {
			d.t.Errorf("refused for good: %v, %+v", err, read())
		}
	})
}
