package messaging

import (
	"context"
	"fmt"
	"time"

	"fixly/business"
	"fixly/consent"
)

// maxBody is how many characters a text may have; Twilio refuses a longer one (error 21617).
const maxBody = 1600

// Write stores a text to be sent, or the decision not to send it: then its status is Suppressed and its Reason
// says why. Business, From, To, Body, Kind, Key and the Reason for writing it have to be set. A text whose Key
// was used before is not written; the first one is given back instead.
//
// The transaction must have taken LockThread for the number, or take no other lock before this call.
func Write(ctx context.Context, tx Tx, now time.Time, m Message, k Known) (written Message, created bool, err error) {
	if err := tx.LockThread(ctx, m.BusinessID, m.To); err != nil {
		return m, false, fmt.Errorf("messaging: lock the thread with %s: %w", m.To, err)
	}
	m.Direction, m.Status, m.CreatedAt = Outbound, Queued, now
	if r := []rune(m.Body); len(r) > maxBody {
		m.Body = string(r[:maxBody])
	}
	if m.NotAfter.IsZero() {
		m.NotAfter = now.Add(lifetime(m.Kind))
	}
	f, err := gather(ctx, tx, now, m, k, writing)
	if err != nil {
		return m, false, err
	}
	if why := f.forbidden(writing); why != "" {
		m.Status, m.Reason = Suppressed, string(why)
	} else if m.NotBefore.IsZero() {
		m.NotBefore = f.holdUntil()
	}
	if !m.NotBefore.IsZero() { // the time it is worth sending begins when it may leave
		m.NotAfter = later(m.NotAfter, m.NotBefore.Add(lifetime(m.Kind)))
	}
	created, err = tx.InsertMessage(ctx, &m)
	if err != nil {
		return m, false, fmt.Errorf("messaging: store %s for %s: %w", m.Kind, m.To, err)
	}
	if created && m.Status == Suppressed && Reason(m.Reason) == Unregistered {
		if err := tellUnregistered(ctx, tx, now, f.shop, m.From); err != nil {
			return m, false, err
		}
	}
	return m, created, nil
}

// May says whether a text of a kind to a number may be written now by a line: empty, or the reason why not, and until
// when it would be held back, zero for at once. It is what Write decides by.
func May(ctx context.Context, tx Tx, now time.Time, businessID, line, number string, kind Kind, k Known) (why Reason, until time.Time, err error) {
	f, err := gather(ctx, tx, now, Message{BusinessID: businessID, From: line, To: number, Kind: kind}, k, writing)
	if err != nil {
		return "", time.Time{}, err
	}
	if why = f.forbidden(writing); why != "" {
		return why, time.Time{}, nil
	}
	return "", f.holdUntil(), nil
}

// Recheck asks the rules once more, for a text about to be sent, because much can happen while it waits: STOP, a
// booking, the night. It changes m accordingly: to Suppressed with the reason, to a later NotBefore, or to other words.
// The caller stores it.
func Recheck(ctx context.Context, tx Tx, now time.Time, m *Message, k Known) error {
	f, err := gather(ctx, tx, now, *m, k, sending)
	if err != nil {
		return err
	}
	if why := f.forbidden(sending); why != "" {
		m.Status, m.Reason = Suppressed, string(why)
		return nil
	}
	if until := f.heldOnTheWay(); !until.IsZero() { // the carrier was away until the night
		m.NotBefore, m.NotAfter = until, later(m.NotAfter, until.Add(lifetime(m.Kind)))
		return nil
	}
	if m.Kind == TextBack && f.late() > 0 {
		w, err := wordsFor(ctx, tx, f.shop, m.To)
		if err != nil {
			return err
		}
		m.Body = w.LateTextBack(f.shop.Profile.Name)
	}
	return nil
}

// gather reads what the rules of a stage look at.
func gather(ctx context.Context, tx Tx, now time.Time, m Message, k Known, at stage) (*facts, error) {
	f := &facts{Message: m, Known: k, now: now}
	var err error
	if f.shop, err = tx.Business(ctx, m.BusinessID); err != nil {
		return nil, fmt.Errorf("messaging: read business %s: %w", m.BusinessID, err)
	}
	if f.optedOut, err = tx.OptedOut(ctx, m.BusinessID, m.To); err != nil {
		return nil, fmt.Errorf("messaging: whether %s opted out: %w", m.To, err)
	}
	if f.landline, err = tx.IsLandline(ctx, m.BusinessID, m.To); err != nil {
		return nil, fmt.Errorf("messaging: whether %s is a landline: %w", m.To, err)
	}
	refused, err := tx.UnregisteredLines(ctx, m.BusinessID)
	if err != nil {
		return nil, fmt.Errorf("messaging: whether line %s is registered: %w", m.From, err)
	}
	_, f.refused = refused[m.From]
	if held(m.Kind) || m.Kind == TextBack && at == sending {
		if f.zones, err = zonesOf(ctx, tx, f); err != nil {
			return nil, err
		}
	}
	if marketing(m.Kind) || m.Kind == OptOut && at == sending {
		if f.standing, err = tx.Standing(ctx, f.BusinessID, f.To, consent.Text); err != nil {
			return nil, fmt.Errorf("messaging: how %s stands: %w", f.To, err)
		}
	}
	if promotion(m.Kind) {
		s, err := tx.Standing(ctx, f.BusinessID, f.To, consent.Promotion)
		if err != nil {
			return nil, fmt.Errorf("messaging: whether %s agreed to promotion: %w", f.To, err)
		}
		f.agreed = consent.MayPromote(f.standing, s)
	}
	if marketing(m.Kind) && at == writing {
		if err := gatherMarketing(ctx, tx, f); err != nil {
			return nil, err
		}
	}
	holds, err := tx.Takeover(ctx, m.BusinessID, m.To)
	if err != nil {
		return nil, fmt.Errorf("messaging: who holds the thread with %s: %w", m.To, err)
	}
	f.takenOver = holds.Holds(f.shop, now)
	if at != writing {
		return f, nil
	}
	if m.Kind == TextBack {
		if f.lastTextBack, err = tx.LastSent(ctx, m.BusinessID, m.To, TextBack); err != nil {
			return nil, fmt.Errorf("messaging: last text-back to %s: %w", m.To, err)
		}
	}
	if m.Kind == Code {
		if f.codes, err = tx.CountSentOfKind(ctx, m.BusinessID, m.To, Code, now.Add(-24*time.Hour)); err != nil {
			return nil, fmt.Errorf("messaging: count codes to %s: %w", m.To, err)
		}
	}
	for _, l := range limits {
		n, err := tx.CountSent(ctx, m.BusinessID, m.To, now.Add(-l.per))
		if err != nil {
			return nil, fmt.Errorf("messaging: count texts to %s: %w", m.To, err)
		}
		f.counts = append(f.counts, n)
	}
	return f, nil
}

// gatherMarketing counts what the caps of texts of marketing look at.
func gatherMarketing(ctx context.Context, tx Tx, f *facts) error {
	count := func(k Kind, l limit) (int, error) {
		n, err := tx.CountSentOfKind(ctx, f.BusinessID, f.To, k, f.now.Add(-l.per))
		if err != nil {
			return 0, fmt.Errorf("messaging: count texts to %s: %w", f.To, err)
		}
		return n, nil
	}
	for _, l := range natures[f.Kind].caps {
		n, err := count(f.Kind, l)
		if err != nil {
			return err
		}
		f.own = append(f.own, n)
	}
	for _, l := range marketingCaps {
		all := 0
		for _, k := range marketingKinds() {
			n, err := count(k, l)
			if err != nil {
				return err
			}
			all += n
		}
		f.together = append(f.together, all)
	}
	return nil
}

// OwnerText is a text to the owner of a business, by its first line, to be completed with Body, Key and Reason.
func OwnerText(b *business.Business) Message {
	return Message{BusinessID: b.ID, From: DefaultLine(b), To: b.Profile.Owner.Phone, Kind: Summary}
}

// DefaultLine is the number that texts leave by when no call or text says otherwise; empty when there is no line.
func DefaultLine(b *business.Business) string {
	if len(b.Lines) == 0 {
		return ""
	}
	return b.Lines[0].Number
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
