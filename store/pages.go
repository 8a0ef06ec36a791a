package store

import (
	"context"
	"encoding/json"
	"time"

	"fixly/oncall"
	"fixly/store/internal/rows"
)

// InsertPage stores a page; where there is one about the same conversation and matter, nothing is written. It fills in an
// empty ID.
func (tx *Tx) InsertPage(ctx context.Context, p *oncall.Page) (created bool, err error) {
	giveID(&p.ID, "page")
	waves, err := json.Marshal(p.Waves)
	if err != nil {
		return false, wrap("write the waves of a page", err)
	}
	n, err := tx.q.InsertPage(ctx, rows.InsertPageParams{
		ID: p.ID, BusinessID: p.BusinessID, ConversationID: p.ConversationID, CallID: p.CallID, Line: p.Line, What: p.What, Text: p.Text,
		State: string(p.State), Waves: string(waves), CreatedAt: rows.At(p.CreatedAt),
	})
	if err != nil {
		return false, wrap("insert page", err)
	}
	if n == 1 {
		tx.changed(p.BusinessID, PageChanged, p.ID)
	}
	return n == 1, nil
}

// PageNow reads a page; oncall.ErrNoPage when the business has none with this id.
func (v *View) PageNow(ctx context.Context, businessID, id string) (*oncall.Page, error) {
	r, err := v.q.Page(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("page", id, oncall.ErrNoPage)
	}
	if err != nil {
		return nil, wrap("page", err)
	}
	return page(r)
}

// PageAbout reads the page about a conversation and matter; nil when there is none.
func (v *View) PageAbout(ctx context.Context, businessID, conversationID, what string) (*oncall.Page, error) {
	r, err := v.q.PageAbout(ctx, businessID, conversationID, what)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("page about a conversation", err)
	}
	return page(r)
}

// Page reads a page and locks it until the transaction ends.
func (tx *Tx) Page(ctx context.Context, businessID, id string) (*oncall.Page, error) {
	if err := tx.db.engine.lock(ctx, tx.t, "page:"+id); err != nil {
		return nil, wrap("lock a page", err)
	}
	return tx.PageNow(ctx, businessID, id)
}

// UpdatePage stores the state of a page, its wave and who took it.
func (tx *Tx) UpdatePage(ctx context.Context, p *oncall.Page) error {
	n, err := tx.q.UpdatePage(ctx, rows.UpdatePageParams{
		BusinessID: p.BusinessID, ID: p.ID, State: string(p.State), Wave: int32(p.Wave),
		TakenBy: p.TakenBy, TakenPhone: p.TakenPhone, TakenHow: string(p.TakenHow), TakenAt: rows.At(p.TakenAt),
	})
	if err != nil {
		return wrap("update page", err)
	}
	if n == 0 {
		return notFound("page", p.ID, oncall.ErrNoPage)
	}
	tx.changed(p.BusinessID, PageChanged, p.ID)
	return nil
}

// ListPages lists pages, newest first; a page of the list goes on before an instant and an id, see telephony.CallFilter.
func (v *View) ListPages(ctx context.Context, businessID string, beforeAt time.Time, beforeID string, limit int) ([]oncall.Page, error) {
	found, err := v.q.ListPages(ctx, rows.ListPagesParams{
		BusinessID: businessID, BeforeAt: before(beforeAt, beforeID), BeforeID: beforeID, RowLimit: rowLimit(limit),
	})
	if err != nil {
		return nil, wrap("list pages", err)
	}
	out := make([]oncall.Page, len(found))
	for i, r := range found {
		p, err := page(r)
		if err != nil {
			return nil, err
		}
		out[i] = *p
	}
	return out, nil
}

// InsertPaged notes that somebody is paged; one for each person and wave.
func (tx *Tx) InsertPaged(ctx context.Context, x *oncall.Paged) error {
	return wrap("insert who is paged", tx.q.InsertPaged(ctx, rows.InsertPagedParams{
		PageID: x.PageID, Wave: int32(x.Wave), Phone: x.Phone, BusinessID: x.BusinessID, Name: x.Name, At: rows.At(x.At),
	}))
}

// PassPaged notes that somebody can't take a page.
func (tx *Tx) PassPaged(ctx context.Context, x *oncall.Paged) error {
	return wrap("note who can't take a page", tx.q.PassPaged(ctx, rows.PassPagedParams{
		PageID: x.PageID, Wave: int32(x.Wave), Phone: x.Phone, PassedAt: rows.At(x.PassedAt),
	}))
}

// PagedOf lists who was paged, in order.
func (v *View) PagedOf(ctx context.Context, businessID, pageID string) ([]oncall.Paged, error) {
	found, err := v.q.PagedOf(ctx, pageID, businessID)
	if err != nil {
		return nil, wrap("who was paged", err)
	}
	out := make([]oncall.Paged, len(found))
	for i, r := range found {
		out[i] = paged(r)
	}
	return out, nil
}

// LastPaged is what a phone was paged about since an instant and an answer is most likely about, see oncall.Tx; nil when it
// was not.
func (v *View) LastPaged(ctx context.Context, businessID, phone string, since time.Time) (*oncall.Paged, error) {
	r, err := v.q.LastPaged(ctx, businessID, phone, rows.Ceil(since))
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("last paged", err)
	}
	x := paged(r)
	return &x, nil
}

func page(r rows.Page) (*oncall.Page, error) {
	p := &oncall.Page{
		ID: r.ID, BusinessID: r.BusinessID, ConversationID: r.ConversationID, CallID: r.CallID, Line: r.Line, What: r.What, Text: r.Text,
		State: oncall.State(r.State), Wave: int(r.Wave), CreatedAt: r.CreatedAt.Time(),
		TakenBy: r.TakenBy, TakenPhone: r.TakenPhone, TakenHow: oncall.How(r.TakenHow), TakenAt: r.TakenAt.Time(),
	}
	if err := json.Unmarshal([]byte(r.Waves), &p.Waves); err != nil {
		return nil, wrap("read the waves of a page", err)
	}
	return p, nil
}

func paged(r rows.PagePerson) oncall.Paged {
	return oncall.Paged{
		PageID: r.PageID, BusinessID: r.BusinessID, Wave: int(r.Wave), Someone: oncall.Someone{Name: r.Name, Phone: r.Phone},
		At: r.At.Time(), PassedAt: r.PassedAt.Time(),
	}
}
