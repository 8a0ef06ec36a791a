package followup_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"

	"fixly/business"
	"fixly/consent"
	"fixly/followup"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/store"
)

const leaveLink = "https://fixly.example.com/unsubscribe/x"

// landline has a carrier have told that texts don't reach the customer, who gave an address.
func (d *desk) landline() {
	d.t.Helper()
	d.deps.Unsubscribe = func(string, string) string { return leaveLink }
	d.deps.Talking = func(context.Context, followup.Tx, string, string) (bool, error) { return false, nil }
	err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		return tx.NoteLandline(ctx, d.shop.ID, customer, "30006")
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

func (d *desk) unsubscribed() {
	d.t.Helper()
	err := d.db.InTx(d.t.Context(), func(ctx context.Context, tx *store.Tx) error {
		_, err := tx.AddConsent(ctx, &consent.Entry{
			BusinessID: d.shop.ID, Address: "karen@example.com", Channel: consent.Email, Act: consent.Withdrawn, How: consent.Unsubscribed,
		})
		return err
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// reviewed completes a visit of the customer on a landline and lets the request for a review come due.
func (d *desk) reviewed() {
	d.t.Helper()
	d.landline()
	d.turned()
	j := d.book(scheduling.FromCall, func(j *scheduling.Job) { shift(j, -24*time.Hour); withEmail(j) })
	d.update(j, func() { j.Status = scheduling.StatusCompleted })
	d.changed(j, "completed", false)
	d.follow(24 * time.Hour)
}

func (d *desk) mailMarketing(m followup.Mail) {
	d.t.Helper()
	err := followup.WorkerSendMail(d.deps).Work(d.t.Context(), &river.Job[followup.SendMail]{
		JobRow: &rivertype.JobRow{Attempt: 1}, Args: followup.SendMail{BusinessID: d.shop.ID, MailID: m.ID, Marketing: m.Marketing},
	})
	if err != nil {
		d.t.Fatal(err)
	}
}

// reviews are the e-mails that ask for one.
func reviews(written []followup.Mail) (out []followup.Mail) {
	for _, m := range written {
		if strings.HasPrefix(m.Key, "follow_up:") {
			out = append(out, m)
		}
	}
	return out
}

func TestWhoHasALandlineIsAskedForAReviewByEmail(t *testing.T) {
	each(t, func(d *desk) {
		d.setup(func(*business.FollowUps) {})
		office, written := d.mailing()
		d.reviewed()
		d.want(d.planned(), "review sent by_mail Mon 12:05")
		if texts := d.texts(messaging.Review); len(texts) != 0 {
			d.t.Errorf("texts %v", texts)
		}
		asked := reviews(*written)
		if len(asked) != 1 || !asked[0].Marketing || asked[0].To != "karen@example.com" || asked[0].Subject != "How was Mike's Plumbing & Heating?" ||
			!strings.Contains(asked[0].Body, "https://example.com/review/mikes-plumbing\n") || !strings.HasSuffix(asked[0].Body, "No more e-mails like this: "+leaveLink+"\n") {
			d.t.Fatalf("wrote %+v", asked)
		}
		d.mailMarketing(asked[0])
		if len(office.taken) != 1 || office.taken[0].Unsubscribe != leaveLink || !strings.Contains(office.taken[0].HTML, `<a href="`+leaveLink+`">`) {
			d.t.Errorf("sent %+v", office.taken)
		}
	})
}

// Whoever unsubscribed before it is written, or before it leaves, gets none; what is about their visits goes on.
func TestWhoUnsubscribedIsNotMailedMarketing(t *testing.T) {
	once(t, func(d *desk) {
		d.setup(func(*business.FollowUps) {})
		office, written := d.mailing()
		d.reviewed()
		d.unsubscribed()
		d.mailMarketing(reviews(*written)[0])
		m, err := d.db.Mail(d.t.Context(), d.shop.ID, reviews(*written)[0].ID)
		if err != nil || m.Status != followup.MailKept || len(office.taken) != 0 {
			d.t.Errorf("%+v, %v, sent %+v", m, err, office.taken)
		}
		about := d.book(scheduling.FromWeb, withEmail)
		d.changed(about, "booked", false)
		last := (*written)[len(*written)-1]
		if err := d.mail(last); err != nil || len(office.taken) != 1 || office.taken[0].Unsubscribe != "" {
			d.t.Errorf("the confirmation: %v, %+v", err, office.taken)
		}
	})
}

func TestWhoIsNotAskedByEmail(t *testing.T) {
	for name, change := range map[string]func(d *desk){
		"unsubscribed":              func(d *desk) { d.unsubscribed() },
		"no mail server":            func(d *desk) { d.deps.Mail = nil },
		"no address to unsubscribe": func(d *desk) { d.deps.Unsubscribe = func(string, string) string { return "" } },
	} {
		t.Run(name, func(t *testing.T) {
			once(t, func(d *desk) {
				d.setup(func(*business.FollowUps) {})
				_, written := d.mailing()
				d.landline()
				change(d)
				d.turned()
				j := d.book(scheduling.FromCall, func(j *scheduling.Job) { shift(j, -24*time.Hour); withEmail(j) })
				d.update(j, func() { j.Status = scheduling.StatusCompleted })
				d.changed(j, "completed", false)
				d.follow(24 * time.Hour)
				d.want(d.planned(), "review dropped landline Mon 12:05")
				if asked := reviews(*written); len(asked) != 0 {
					d.t.Errorf("wrote %+v", asked)
				}
			})
		})
	}
}
