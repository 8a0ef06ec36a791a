package oncall

import (
	"context"
	"fmt"
	"slices"
	"time"

	"fixly/business"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/telephony"
)

// Emergency is what people are to be paged about.
type Emergency struct {
	BusinessID     string
	ConversationID string
	CallID         string // empty for a text
	Line           string // E.164
	What           string // "emergency" or "danger"
	Text           string
}

// Begin opens a page and pages its first wave, at any hour; what was begun before stays as it is. The transaction may
// have locked the call, and nothing else.
func Begin(ctx context.Context, tx Tx, now time.Time, e Emergency) error {
	b, err := tx.Business(ctx, e.BusinessID)
	if err != nil {
		return err
	}
	p := &Page{
		BusinessID: b.ID, ConversationID: e.ConversationID, CallID: e.CallID, Line: e.Line, What: e.What, Text: e.Text,
		State: Open, Waves: waves(b, now), CreatedAt: now,
	}
	before, err := pagedBefore(ctx, tx, p)
	if err != nil {
		return err
	}
	if err := lockThreads(ctx, tx, p, 0); err != nil {
		return err
	}
	if created, err := tx.InsertPage(ctx, p); err != nil || !created {
		return err
	}
	if before != nil {
		if err := supersede(ctx, tx, before); err != nil {
			return err
		}
	}
	return nextWave(ctx, tx, b, p, now)
}

// waves are who is paged about what comes in at an instant, in all rounds.
func waves(b *business.Business, now time.Time) [][]Someone {
	var round [][]Someone
	people := b.OnCallAt(now)
	if len(b.OnCallPlan.People) == 0 {
		var all []Someone
		for _, p := range people {
			all = append(all, Someone{p.Name, p.Phone})
		}
		round = append(round, all)
	} else {
		for _, p := range people {
			round = append(round, []Someone{{p.Name, p.Phone}})
		}
	}
	_, _, rounds := b.OnCallPlan.Paging()
	return slices.Repeat(round, rounds)
}

// lockThreads locks the threads with a wave.
func lockThreads(ctx context.Context, tx Tx, p *Page, wave int) error {
	if wave >= len(p.Waves) {
		return nil
	}
	var numbers []string
	for _, s := range p.Waves[wave] {
		numbers = append(numbers, s.Phone)
	}
	return messaging.LockThreads(ctx, tx, p.BusinessID, numbers...)
}

// nextWave pages the next wave by text, and sees to what comes after it. The page is locked.
func nextWave(ctx context.Context, tx Tx, b *business.Business, p *Page, now time.Time) error {
	n := p.Wave
	for _, s := range p.Waves[n] {
		if err := tx.InsertPaged(ctx, &Paged{PageID: p.ID, BusinessID: p.BusinessID, Wave: n, Someone: s, At: now}); err != nil {
			return err
		}
		_, _, err := messaging.Write(ctx, tx, now, messaging.Message{
			BusinessID: p.BusinessID, From: p.Line, To: s.Phone, Body: words{}.Page(p, n, s), Kind: messaging.Alert,
			Reason: string(messaging.OnCall), Key: textKey(p, n, s), CallID: p.CallID,
		}, messaging.Known{Live: true})
		if err != nil {
			return err
		}
	}
	p.Wave++
	if err := tx.UpdatePage(ctx, p); err != nil {
		return err
	}
	callAfter, nextAfter, _ := b.OnCallPlan.Paging()
	if err := tx.EnqueueAt(ctx, RingWave{p.BusinessID, p.ID, n}, now.Add(callAfter), nil); err != nil {
		return err
	}
	return tx.EnqueueAt(ctx, NextWave{p.BusinessID, p.ID, n + 1}, now.Add(nextAfter), nil)
}

// textKey keeps each text from being written twice. The first wave's is that of the alerts before there were pages.
func textKey(p *Page, wave int, s Someone) string {
	if wave == 0 {
		return "alert:" + p.ConversationID + ":" + p.What + ":" + s.Phone
	}
	return fmt.Sprintf("page:%s:%d:%s", p.ID, wave, s.Phone)
}

// ring has the phones of a wave rung. The page is locked.
func ring(ctx context.Context, tx Tx, p *Page, wave int, now time.Time) error {
	paged, err := tx.PagedOf(ctx, p.BusinessID, p.ID)
	if err != nil {
		return err
	}
	for _, x := range paged {
		if x.Wave != wave || !x.PassedAt.IsZero() {
			continue
		}
		if _, err := tx.InsertOutgoing(ctx, &telephony.Outgoing{
			BusinessID: p.BusinessID, Purpose: Purpose, Subject: p.ID, Key: fmt.Sprintf("page:%s:%d:%s", p.ID, wave, x.Phone),
			Line: p.Line, To: x.Phone, RingFor: ringFor, CreatedAt: now, NotAfter: now.Add(placeWithin),
		}); err != nil {
			return err
		}
	}
	return nil
}

const (
	// ringFor is how long a phone rings: a voicemail may pick up after that.
	ringFor = 25 * time.Second
	// placeWithin is how long a call may wait for its carrier; by then it is the next wave's turn, or nearly.
	placeWithin = 2 * time.Minute
)

// giveUp closes a page that nobody has acknowledged, and tells the owner. The page is locked.
func giveUp(ctx context.Context, tx Tx, b *business.Business, p *Page, now time.Time) error {
	p.State = Nobody
	if err := tx.UpdatePage(ctx, p); err != nil {
		return err
	}
	return tx.EnqueueAt(ctx, TellOfPage{b.ID, p.ID, string(Nobody)}, now, nil)
}

// take notes who has a page, once, stops the phones that still ring about it, theirs too, and has the others told. callID
// is the call in which they took it, which goes on; empty: none. The page is locked.
func take(ctx context.Context, tx Tx, p *Page, who Someone, how How, callID string, now time.Time) error {
	if p.State == Acknowledged || p.State == Superseded {
		return nil
	}
	p.State, p.TakenBy, p.TakenPhone, p.TakenHow, p.TakenAt = Acknowledged, who.Name, who.Phone, how, now
	if err := tx.UpdatePage(ctx, p); err != nil {
		return err
	}
	calls, err := tx.OutgoingAbout(ctx, p.BusinessID, Purpose, p.ID)
	if err != nil {
		return err
	}
	for i := range calls {
		if c := &calls[i]; !c.Ended() && c.ID != callID {
			if err := tx.DropOutgoing(ctx, p.BusinessID, c.ID); err != nil {
				return err
			}
		}
	}
	return tx.EnqueueAt(ctx, TellOfPage{p.BusinessID, p.ID, string(Acknowledged)}, now, nil)
}

// pass notes that somebody can't take a page, and pages the next wave at once where all of theirs have passed. The page
// is locked.
func pass(ctx context.Context, tx Tx, p *Page, x *Paged, now time.Time) error {
	x.PassedAt = now
	if err := tx.PassPaged(ctx, x); err != nil {
		return err
	}
	paged, err := tx.PagedOf(ctx, p.BusinessID, p.ID)
	if err != nil {
		return err
	}
	for _, o := range paged {
		if o.Wave == p.Wave-1 && o.PassedAt.IsZero() {
			return nil
		}
	}
	return tx.EnqueueAt(ctx, NextWave{p.BusinessID, p.ID, p.Wave}, now, nil)
}

// putThrough says whether the caller of a page was put through to a person meanwhile, who knows then, and was proved to be
// one: a voicemail takes calls that are handed over cold. It locks the call.
func putThrough(ctx context.Context, tx Tx, p *Page) (bool, error) {
	if p.CallID == "" {
		return false, nil
	}
	c, err := tx.Call(ctx, p.CallID)
	if err != nil {
		return false, fmt.Errorf("read call %s: %w", p.CallID, err)
	}
	if c.HandledBy != ledger.ByPerson {
		return false, nil
	}
	rings, err := tx.Rings(ctx, c.BusinessID, c.ID)
	if err != nil {
		return false, fmt.Errorf("who was rung for call %s: %w", c.ID, err)
	}
	return telephony.ByKey(rings), nil
}
