package notify

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/followup"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/telephony"
)

// IsNews says whether a text is one that the owner gets by other ways as well: what he, or who is on call, is told. Answers
// to what people of the shop write are none.
func IsNews(m *messaging.Message) bool {
	switch messaging.Reason(m.Reason) {
	case messaging.CallTaken, messaging.PeopleHold, messaging.TheyWrote, messaging.CallingNow:
		return false
	}
	return m.Direction == messaging.Outbound && (m.Kind == messaging.Summary || m.Kind == messaging.Alert)
}

// tell writes the e-mail and enqueues a notification for each device that wants it.
type tell struct {
	worker[Tell]
	Deps
}

const (
	// maxBody is how much of a text a notification shows, in characters; devices show less.
	maxBody = 300
	// fresh is how long a notification is news; an urgent one for less.
	fresh       = 12 * time.Hour
	freshUrgent = 2 * time.Hour
)

// Work runs in one transaction. What the text has to wait for, notifications wait for as well, urgent ones aside; an e-mail
// wakes nobody.
func (w *tell) Work(ctx context.Context, job *river.Job[Tell]) error {
	err := w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		m, err := tx.Message(ctx, job.Args.BusinessID, job.Args.MessageID)
		if err != nil {
			return err
		}
		b, err := tx.Business(ctx, m.BusinessID)
		if err != nil {
			return err
		}
		kind, err := kindOf(ctx, tx, m)
		if err != nil {
			return err
		}
		if err := w.mail(ctx, tx, b, m, kind); err != nil {
			return err
		}
		return w.push(ctx, tx, b, m, kind)
	})
	if errors.Is(err, messaging.ErrNoMessage) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("notify: pass text %s on: %w", job.Args.MessageID, err)
	}
	return nil
}

// kindOf is what a text is about.
func kindOf(ctx context.Context, tx Tx, m *messaging.Message) (Kind, error) {
	switch messaging.Reason(m.Reason) {
	case messaging.OnCall, messaging.OwnerAtOnce:
		return Emergencies, nil
	case messaging.JobWaits, messaging.TimeTaken, messaging.JobInTheWay, messaging.OwnerAsked, messaging.NoAnswerYet:
		return Questions, nil
	case messaging.CallbackOwed, messaging.CallbackLate, messaging.CallbackAsked, messaging.VoicemailLeft:
		return Callbacks, nil
	}
	if m.CallID == "" || messaging.Reason(m.Reason) != messaging.CallEnded {
		return Summaries, nil
	}
	call, err := tx.Call(ctx, m.CallID)
	if errors.Is(err, telephony.ErrNoCall) {
		return Summaries, nil
	}
	if err != nil {
		return "", err
	}
	switch call.Outcome {
	case ledger.Missed, ledger.Abandoned, ledger.Message:
		return Callbacks, nil
	}
	return Summaries, nil
}

// mail writes what the owner is texted as an e-mail, once; what others of the shop are texted is not his.
func (w *tell) mail(ctx context.Context, tx Tx, b *business.Business, m *messaging.Message, kind Kind) error {
	if !w.Mail || !b.Mails(business.EmailSummaries) || m.To != b.Profile.Owner.Phone {
		return nil
	}
	title, _, _ := strings.Cut(m.Body, "\n")
	_, err := tx.InsertMail(ctx, &followup.Mail{
		BusinessID: b.ID, Key: "owner:" + m.ID, JobID: m.JobID, To: b.Profile.Owner.Email,
		Subject: short(title, 80), Body: m.Body + "\n\n" + w.link(b, path(m, kind)) + "\n",
	})
	return err
}

// link is the address of a page of a business.
func (d Deps) link(b *business.Business, path string) string {
	return strings.TrimSuffix(d.PublicURL, "/") + path + "?business=" + b.Profile.Slug
}

// path is the page on which the rest stands.
func path(m *messaging.Message, kind Kind) string {
	switch {
	case kind == Callbacks:
		return "/callbacks"
	case m.JobID != "":
		return "/jobs/" + m.JobID
	case m.CallID != "":
		return "/calls/" + m.CallID
	}
	return "/"
}

var titles = map[Kind]string{Emergencies: "Urgent", Callbacks: "Call them back", Questions: "Waits for you", Summaries: "Fixly"}

// push enqueues a notification for each device, with what follows from the text alone: when this runs again, after a crash,
// River knows the jobs.
func (w *tell) push(ctx context.Context, tx Tx, b *business.Business, m *messaging.Message, kind Kind) error {
	if w.Push == nil {
		return nil
	}
	devices, err := tx.Devices(ctx, b.ID)
	if err != nil {
		return err
	}
	at, life := m.CreatedAt, fresh
	if kind == Emergencies {
		life = freshUrgent
	} else if m.NotBefore.After(at) {
		at = m.NotBefore
	}
	// Of the several who are alerted about one thing, a device shows one.
	tag := string(kind) + ":" + m.ID
	if kind == Emergencies && m.CallID != "" {
		tag = string(kind) + ":" + m.CallID
	}
	for _, d := range devices {
		if !d.Wants(kind) {
			continue
		}
		if err := tx.EnqueueAt(ctx, SendPush{
			BusinessID: b.ID, DeviceID: d.ID, Urgent: kind == Emergencies, Title: titles[kind] + " · " + b.Profile.Name, Body: short(m.Body, maxBody),
			Path: path(m, kind) + "?business=" + b.Profile.Slug, Tag: tag, At: at, Until: at.Add(life),
		}, at, &river.InsertOpts{UniqueOpts: river.UniqueOpts{ByArgs: true}}); err != nil {
			return err
		}
	}
	return nil
}

// Wants says whether a device is to be notified of a kind.
func (d *Device) Wants(k Kind) bool {
	for _, x := range d.Kinds {
		if x == k {
			return true
		}
	}
	return false
}

// short cuts words to so many characters.
func short(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return strings.TrimSpace(string(r[:n-1])) + "…"
}
