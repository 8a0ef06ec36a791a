package store

import (
	"context"
	"strconv"
	"time"

	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/store/internal/rows"
)

// SaveBlock stores an entry of the built-in calendar, new or again, whole. It fills in an id that is empty, and the
// number of the change, which is the etag too.
func (tx *Tx) SaveBlock(ctx context.Context, b *builtin.Block) error {
	giveID(&b.ID, "blk")
	// Numbers are given under the lock, so that whoever has seen one has seen those before it.
	if err := tx.LockCalendar(ctx, b.BusinessID); err != nil {
		return err
	}
	n, err := tx.q.NextBlockChange(ctx, b.BusinessID)
	if err != nil {
		return wrap("number a change of blocks", err)
	}
	if err := tx.q.SaveBlock(ctx, rows.SaveBlockParams{
		BusinessID: b.BusinessID, ID: b.ID, Technician: b.Technician, Series: b.Series, JobID: b.Job, Part: int32(b.Part),
		Title: b.Title, Place: b.Place, Notes: b.Notes, StartsAt: rows.At(b.Start), EndsAt: rows.Ceil(b.End), AllDay: b.AllDay,
		Tentative: b.Tentative, Gone: b.Gone, Busy: !b.Gone && !b.Free && b.Job == "", Change: n,
	}); err != nil {
		return wrap("save a block", err)
	}
	b.Number, b.ETag = int(n), strconv.Itoa(int(n))
	tx.changed(b.BusinessID, BlockChanged, b.ID)
	return nil
}

// Block reads a block of the owner's; builtin.ErrNoBlock when the business has none with this id, or not any more.
func (v *View) Block(ctx context.Context, businessID, id string) (*builtin.Block, error) {
	r, err := v.q.Block(ctx, businessID, id)
	if isNoRows(err) {
		return nil, notFound("block", id, builtin.ErrNoBlock)
	}
	if err != nil {
		return nil, wrap("block", err)
	}
	b := block(r)
	return &b, nil
}

// BlockEntry reads an entry of a technician's built-in calendar, jobs' and deleted ones too; nil when there never was
// one.
func (v *View) BlockEntry(ctx context.Context, businessID, technician, id string) (*builtin.Block, error) {
	r, err := v.q.BlockEntry(ctx, businessID, id, technician)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("entry of the built-in calendar", err)
	}
	b := block(r)
	return &b, nil
}

// Blocks lists the owner's blocks between two instants, by start; zero: open on that side.
func (v *View) Blocks(ctx context.Context, businessID string, from, to time.Time) ([]builtin.Block, error) {
	return allBlocks(v.q.BlocksBetween(ctx, businessID, fromBound(from), toBound(to)))
}

// BlocksOfSeries lists the blocks of a series that begin at an instant or later, by start.
func (v *View) BlocksOfSeries(ctx context.Context, businessID, series string, from time.Time) ([]builtin.Block, error) {
	return allBlocks(v.q.BlocksOfSeries(ctx, businessID, series, fromBound(from)))
}

// BlocksChanged lists the entries of a technician's built-in calendar that changed after a change, by their numbers.
func (v *View) BlocksChanged(ctx context.Context, businessID, technician string, after int) ([]builtin.Block, error) {
	return allBlocks(v.q.BlocksChanged(ctx, businessID, technician, int32(after)))
}

// LatestBlockChange is the number of the latest change of a business's blocks; 0: there was none.
func (v *View) LatestBlockChange(ctx context.Context, businessID string) (int, error) {
	n, err := v.q.LatestBlockChange(ctx, businessID)
	if isNoRows(err) {
		return 0, nil
	}
	return int(n), wrap("latest change of blocks", err)
}

func allBlocks(found []rows.Block, err error) ([]builtin.Block, error) {
	if err != nil {
		return nil, wrap("blocks", err)
	}
	out := make([]builtin.Block, len(found))
	for i, r := range found {
		out[i] = block(r)
	}
	return out, nil
}

func block(r rows.Block) builtin.Block {
	return builtin.Block{
		BusinessID: r.BusinessID, Technician: r.Technician, Series: r.Series, Number: int(r.Change),
		Event: calendar.Event{
			ID: r.ID, ETag: strconv.Itoa(int(r.Change)), Job: r.JobID, Part: int(r.Part), Title: r.Title, Place: r.Place,
			Notes: r.Notes, Start: r.StartsAt.Time(), End: r.EndsAt.Time(), AllDay: r.AllDay, Tentative: r.Tentative, Gone: r.Gone,
			Free: !r.Busy && !r.Gone && r.JobID == "",
		},
	}
}
