package followup

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"fixly/business"
	"fixly/callbacks"
	"fixly/consent"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// callEnded writes what is owed after a call.
//
//	outcome                            owner's summary        text-back   callback
//	booked, rescheduled, cancelled,    if the receptionist    no          those owed are settled
//	answered, transferred              spoke
//	message                            yes, and whom it is    no          yes
//	                                   for, if not the owner
//	abandoned, missed                  yes                    yes         yes
//	spam                               if the receptionist …  no          no
//
// The receptionist spoke in a call that was put through in the end, too: whoever took it need not be the owner, nor
// know what was booked before.
//
// Whether the text-back may be sent is decided by messaging's rules; the owner reads in the summary what they said.
type callEnded struct {
	worker[CallEnded]
	Deps
}

const (
	// textBackTime is how long after a call its text-back leaves in the shop's own words.
	textBackTime = 10 * time.Minute
	// recently is how far before a call a booking counts as just made.
	recently = time.Hour
)

// Work writes it all in one transaction.
func (w *callEnded) Work(ctx context.Context, job *river.Job[CallEnded]) error {
	gist := w.gist(ctx, job.Args)
	left, err := w.leftOff(ctx, job.Args)
	if err != nil {
		return fmt.Errorf("followup: what call %s was about: %w", job.Args.CallID, err)
	}
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		b, err := tx.Business(ctx, job.Args.BusinessID)
		if err != nil {
			return err
		}
		call, err := tx.Call(ctx, job.Args.CallID)
		if err != nil {
			return err
		}
		return w.owe(ctx, tx, b, call, gist, left)
	})
	if err != nil {
		return fmt.Errorf("followup: after call %s: %w", job.Args.CallID, err)
	}
	return nil
}

// gist is one more sentence about the call. The owner's text goes out without it where it cannot be had.
func (w *callEnded) gist(ctx context.Context, args CallEnded) string {
	if w.Gist == nil {
		return ""
	}
	gist, err := w.Gist(ctx, args.BusinessID, args.CallID)
	if err != nil {
		w.Log.WarnContext(ctx, "no more can be said about a call than its summary", "call", args.CallID, "error", err)
		return ""
	}
	return gist
}

// leftOff is what the caller had said when the call broke off, in a transaction of its own: reading a conversation locks
// it, and threads of texts are locked before conversations.
func (w *callEnded) leftOff(ctx context.Context, args CallEnded) (left receptionist.LeftOff, err error) {
	err = w.Storage.InTx(ctx, func(ctx context.Context, tx Tx) error {
		left = receptionist.LeftOff{}
		call, err := tx.Call(ctx, args.CallID)
		if err != nil || call.ConversationID == "" {
			return err
		}
		conv, err := tx.Conversation(ctx, call.ConversationID)
		if errors.Is(err, receptionist.ErrNoConversation) {
			return nil
		}
		if err != nil {
			return err
		}
		left, err = receptionist.LeftOffAt(conv)
		return err
	})
	return left, err
}

func (w *callEnded) owe(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, gist string, left receptionist.LeftOff) error {
	promise, err := promiseOf(ctx, tx, call)
	if err != nil {
		return err
	}
	if err := lockAll(ctx, tx, b, call, promise); err != nil {
		return err
	}
	name, err := w.nameOf(ctx, tx, call)
	if err != nil {
		return err
	}
	if err := noteCalled(ctx, tx, b, call); err != nil {
		return err
	}
	news := callNews{Outcome: call.Outcome, Name: name, From: call.From, Wanted: call.Summary, Gist: gist}
	gone := call.Outcome == ledger.Abandoned || call.Outcome == ledger.Missed
	if gone {
		if news.TextBack, err = w.textBack(ctx, tx, b, call, missed{Name: name, Service: left.Service}); err != nil {
			return err
		}
		if err := planLead(ctx, tx, b, call, w.Clock.Now()); err != nil {
			return err
		}
	}
	if gone || call.Outcome == ledger.Message {
		if news.OwedCall, err = oweCall(ctx, tx, b, call, promise.Phone, name); err != nil {
			return err
		}
	} else if o := callbacks.Served(call.Outcome); o != "" {
		if err := callbacks.Settle(ctx, tx, b, call.From, o, call.EndedAt); err != nil {
			return err
		}
	}
	spoke := call.HandledBy == ledger.ByReceptionist || call.ConversationID != ""
	if !spoke && !gone && call.Outcome != ledger.Message {
		return nil // a person took it and knows, or it was turned away
	}
	if err := w.summary(ctx, tx, b, call, news); err != nil || call.Outcome != ledger.Message {
		return err
	}
	return w.message(ctx, tx, b, call, news, promise.For)
}

// lockAll locks the threads with all who may be written to after a call, or whose debt it settles.
func lockAll(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, promise receptionist.Known) error {
	numbers := []string{call.From, promise.Phone, b.Profile.Owner.Phone}
	if p := messageFor(b, promise.For); p != nil {
		numbers = append(numbers, p.Phone)
	}
	if call.From != "" {
		elsewhere, err := tx.CallbacksRangFrom(ctx, b.ID, call.From)
		if err != nil {
			return fmt.Errorf("what is owed to who rang from %s: %w", call.From, err)
		}
		for i := range elsewhere {
			numbers = append(numbers, elsewhere[i].Phone)
		}
	}
	return messaging.LockThreads(ctx, tx, b.ID, numbers...)
}

// messageFor is whom a message is for, by their first name; nil where that is nobody of the chain.
func messageFor(b *business.Business, name string) *business.Person {
	for i := range b.Answering.Chain {
		p := &b.Answering.Chain[i]
		if first, _, _ := strings.Cut(p.Name, " "); name != "" && first == name {
			return p
		}
	}
	return nil
}

// promiseOf is what a caller was promised at the end of a call: that somebody will call them, at which number. Where
// nothing was said it is the number of the call.
func promiseOf(ctx context.Context, tx Tx, call *telephony.Call) (receptionist.Known, error) {
	if call.Outcome != ledger.Message || call.ConversationID == "" {
		return receptionist.Known{Phone: call.From}, nil
	}
	// Read without its lock: the thread is locked before conversations are, and the call has ended.
	conv, err := tx.ConversationByCall(ctx, call.BusinessID, call.ID)
	if err != nil || conv == nil {
		return receptionist.Known{Phone: call.From}, err
	}
	return receptionist.KnownOf(conv)
}

// message gives a message to whom it is for, where that is somebody else than the owner, who has the summary.
func (w *callEnded) message(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, news callNews, to string) error {
	p := messageFor(b, to)
	if p == nil || p.Phone == b.Profile.Owner.Phone {
		return nil
	}
	m := messaging.OwnerText(b)
	m.From, m.To, m.CallID = call.Line, p.Phone, call.ID
	m.Body, m.Key, m.Reason = english{}.Call(news), "message_for:"+call.ID, string(messaging.CallEnded)
	_, _, err := messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
	return err
}

// noteCalled enters into the ledger that somebody called: they may be answered.
func noteCalled(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call) error {
	if call.From == "" || call.From == b.Profile.Owner.Phone || call.Outcome == ledger.Spam || b.IsBlocked(call.From) {
		return nil
	}
	_, err := tx.AddConsent(ctx, &consent.Entry{
		BusinessID: b.ID, Address: call.From, Channel: consent.Text, Act: consent.Given, How: consent.CalledUs, Source: call.ID,
		Key: "called:" + call.ID, At: call.StartedAt,
	})
	if err != nil {
		return fmt.Errorf("note that %s called: %w", call.From, err)
	}
	return nil
}

// nameOf is the caller's name as it is on file. The carrier's caller id name is left alone, being a town or a stranger
// as often as not.
func (w *callEnded) nameOf(ctx context.Context, tx Tx, call *telephony.Call) (string, error) {
	if call.From == "" {
		return "", nil
	}
	c, err := tx.CustomerByPhone(ctx, call.BusinessID, call.From)
	if err != nil {
		return "", fmt.Errorf("who %s is: %w", call.From, err)
	}
	if c == nil {
		return "", nil
	}
	return c.Name, nil
}

// textBack writes to a caller who was not served, and gives the text or the decision not to send it; nil when there
// is no number to write to, or it is one of the shop's people.
func (w *callEnded) textBack(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, who missed) (*messaging.Message, error) {
	if call.From == "" || b.IsOurs(call.From) && call.From != b.Profile.Owner.Phone { // the owner tries how it goes
		return nil, nil
	}
	now := w.Clock.Now()
	booked, err := justBooked(ctx, tx, b.ID, call.From, call.StartedAt, now)
	if err != nil {
		return nil, err
	}
	words, language, err := wordsFor(ctx, tx, b, call.From, "")
	if err != nil {
		return nil, err
	}
	why := messaging.CallerLeft
	if call.Outcome == ledger.Missed {
		why = messaging.NobodyAnswered
	}
	who.Closed = !b.IsOpen(call.EndedAt)
	if firstLanguage(b, language) {
		who.Own = b.Profile.TextBack
	}
	m, _, err := messaging.Write(ctx, tx, now, messaging.Message{
		BusinessID: b.ID, From: call.Line, To: call.From, Body: words.TextBack(b.Profile.Name, who), Kind: messaging.TextBack,
		Reason: string(why), Key: "text_back:" + call.ID, CallID: call.ID, NotAfter: call.EndedAt.Add(textBackTime),
	}, messaging.Known{JustBooked: booked, Live: true})
	if err != nil {
		return nil, err
	}
	return &m, nil
}

// summary tells the owner.
func (w *callEnded) summary(ctx context.Context, tx Tx, b *business.Business, call *telephony.Call, news callNews) error {
	j, err := readJob(ctx, tx, b.ID, call.JobID)
	if err != nil {
		return err
	}
	if j != nil {
		_, language, err := wordsFor(ctx, tx, b, j.Customer.Phone, j.ID)
		if err != nil {
			return err
		}
		v := visitOf(b, j, language)
		news.Visit = &v
		if news.Waits = j.Status == scheduling.StatusTentative; news.Waits {
			if news.Number, err = ask(ctx, tx, b, j, w.Clock.Now()); err != nil {
				return err
			}
		}
	}
	m := messaging.OwnerText(b)
	m.From = call.Line
	m.Body, m.Key, m.Reason = english{}.Call(news), "summary:"+call.ID, string(messaging.CallEnded)
	m.CallID, m.JobID = call.ID, call.JobID
	_, _, err = messaging.Write(ctx, tx, w.Clock.Now(), m, messaging.Known{})
	return err
}

// isStanding says whether a job still takes place.
func isStanding(j *scheduling.Job) bool {
	return j.Status == scheduling.StatusBooked || j.Status == scheduling.StatusTentative
}
