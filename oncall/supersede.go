package oncall

import (
	"context"
	"fmt"
	"slices"

	"fixly/telephony"
)

// pagedBefore finds the emergency page of a conversation in which a danger came out, if it isn't taken, and has everybody
// who was paged about it be paged about the danger at once: one of them may be on the way to the phone. The page is not
// stored yet, and nothing is locked.
func pagedBefore(ctx context.Context, tx Tx, p *Page) (*Page, error) {
	if p.What != danger {
		return nil, nil
	}
	before, err := tx.PageAbout(ctx, p.BusinessID, p.ConversationID, emergency)
	if err != nil || before == nil {
		return nil, err
	}
	paged, err := tx.PagedOf(ctx, p.BusinessID, before.ID)
	if err != nil || len(p.Waves) == 0 {
		return nil, err
	}
	first := slices.Clone(p.Waves[0])
	for _, x := range paged {
		if !slices.ContainsFunc(first, func(s Someone) bool { return s.Phone == x.Phone }) {
			first = append(first, x.Someone)
		}
	}
	p.Waves[0] = first
	return before, nil
}

// supersede closes a page that nobody has taken, since another is about the same and worse. Phones stop ringing about it;
// who has picked up is told of the other.
func supersede(ctx context.Context, tx Tx, before *Page) error {
	p, err := tx.Page(ctx, before.BusinessID, before.ID)
	if err != nil || p.State == Acknowledged {
		return err
	}
	p.State = Superseded
	if err := tx.UpdatePage(ctx, p); err != nil {
		return err
	}
	calls, err := tx.OutgoingAbout(ctx, p.BusinessID, Purpose, p.ID)
	if err != nil {
		return err
	}
	for i := range calls {
		if c := &calls[i]; !c.Ended() && c.State != telephony.CallAnswered {
			if err := tx.DropOutgoing(ctx, p.BusinessID, c.ID); err != nil {
				return err
			}
		}
	}
	return nil
}

// pageOf is the page that a call is about, or the one that supersedes it. It is locked.
func pageOf(ctx context.Context, tx Tx, c *telephony.Outgoing) (*Page, error) {
	p, err := tx.Page(ctx, c.BusinessID, c.Subject)
	if err != nil || p.State != Superseded {
		return p, err
	}
	worse, err := tx.PageAbout(ctx, p.BusinessID, p.ConversationID, danger)
	if err != nil {
		return nil, err
	}
	if worse == nil {
		return nil, fmt.Errorf("oncall: nothing supersedes page %s", p.ID)
	}
	return tx.Page(ctx, worse.BusinessID, worse.ID)
}
