package store

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/rs/xid"

	"fixly/business"
	"fixly/store/internal/rows"
)

// LineTakenError says that a number of a business belongs to another one of the installation already.
type LineTakenError struct{ Number string }

func (e *LineTakenError) Error() string {
	return fmt.Sprintf("the line %s belongs to another business already", e.Number)
}

// businessCache keeps the businesses parsed. A business is read-only, so callers share it. Versions are never used
// twice, so an entry is good whenever its version is the row's, which every look-up asks the database; one that was
// read in a transaction that came to nothing is never asked for.
type businessCache struct {
	mu   sync.RWMutex
	byID map[string]cachedBusiness
}

type cachedBusiness struct {
	version  string
	business *business.Business
}

func newBusinessCache() *businessCache { return &businessCache{byID: map[string]cachedBusiness{}} }

func (c *businessCache) get(id, version string) *business.Business {
	c.mu.RLock()
	defer c.mu.RUnlock()
	if e, ok := c.byID[id]; ok && e.version == version {
		return e.business
	}
	return nil
}

func (c *businessCache) put(b *business.Business, version string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.byID[b.ID] = cachedBusiness{version, b}
}

// Business reads a business. It must not be changed.
func (v *View) Business(ctx context.Context, id string) (*business.Business, error) {
	version, err := v.q.BusinessVersion(ctx, id)
	if isNoRows(err) {
		return nil, notFound("business", id)
	}
	if err != nil {
		return nil, wrap("business", err)
	}
	return v.businessAt(ctx, id, version)
}

// businessAt is the business at a version that was just read.
func (v *View) businessAt(ctx context.Context, id, version string) (*business.Business, error) {
	if b := v.businesses.get(id, version); b != nil {
		return b, nil
	}
	row, err := v.q.Business(ctx, id)
	if err != nil {
		return nil, wrap("business", err)
	}
	b := new(business.Business)
	if err := json.Unmarshal([]byte(row.Document), b); err != nil {
		return nil, wrap("business "+row.Slug, err)
	}
	b.ID = row.ID
	if err := v.seal.openBusiness(b); err != nil {
		return nil, wrap("business "+row.Slug, err)
	}
	if err := b.Prepare(); err != nil {
		return nil, wrap("business", err)
	}
	v.businesses.put(b, row.Version)
	return b, nil
}

// BusinessBySlug finds a business by its slug; nil when there is none.
func (v *View) BusinessBySlug(ctx context.Context, slug string) (*business.Business, error) {
	id, err := v.q.BusinessIDBySlug(ctx, slug)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("business by slug", err)
	}
	return v.Business(ctx, id)
}

// HasBusiness says whether a business with this slug is stored, be it readable or not.
func (v *View) HasBusiness(ctx context.Context, slug string) (bool, error) {
	_, err := v.q.BusinessIDBySlug(ctx, slug)
	if isNoRows(err) {
		return false, nil
	}
	return err == nil, wrap("business by slug", err)
}

// BusinessByLine finds the business that a number belongs to; nil when it is nobody's.
func (v *View) BusinessByLine(ctx context.Context, number string) (*business.Business, error) {
	row, err := v.q.BusinessByLine(ctx, number)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("business by line", err)
	}
	return v.businessAt(ctx, row.ID, row.Version)
}

// BusinessByAccount finds a business by a carrier account of one of its lines; nil when it is nobody's. Of several
// that share an account it is always the same one.
func (v *View) BusinessByAccount(ctx context.Context, accountSID string) (*business.Business, error) {
	if accountSID == "" {
		return nil, nil
	}
	row, err := v.q.BusinessByAccount(ctx, accountSID)
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("business by account", err)
	}
	return v.businessAt(ctx, row.ID, row.Version)
}

// Businesses lists every business of the installation, by slug.
func (v *View) Businesses(ctx context.Context) ([]*business.Business, error) {
	all, err := v.q.BusinessVersions(ctx)
	if err != nil {
		return nil, wrap("businesses", err)
	}
	out := make([]*business.Business, 0, len(all))
	for _, row := range all {
		b, err := v.businessAt(ctx, row.ID, row.Version)
		if err != nil {
			return nil, err
		}
		out = append(out, b)
	}
	return out, nil
}

// SaveBusiness stores a business, whole: anew when none has its slug (or its ID, when it has one), in the place of
// that one otherwise, and sets b.ID. Its lines are found by their numbers from then on; a number that is another
// business's is refused as *LineTakenError.
func (db *DB) SaveBusiness(ctx context.Context, b *business.Business) error {
	return db.InTx(ctx, func(ctx context.Context, tx *Tx) error { return tx.SaveBusiness(ctx, b) })
}

// SaveBusiness is DB.SaveBusiness within a transaction.
func (tx *Tx) SaveBusiness(ctx context.Context, b *business.Business) error {
	id := b.ID
	if id == "" {
		var err error
		if id, err = tx.q.BusinessIDBySlug(ctx, b.Profile.Slug); err != nil && !isNoRows(err) {
			return wrap("save business", err)
		}
	}
	isNew := id == ""
	if isNew {
		id = newID("biz")
	}
	document, err := json.Marshal(tx.seal.business(id, b))
	if err != nil {
		return wrap("save business", err)
	}
	version, now := xid.New().String(), rows.At(tx.clock.Now())
	if !isNew {
		n, err := tx.q.UpdateBusiness(ctx, rows.UpdateBusinessParams{
			ID: id, Slug: b.Profile.Slug, Document: string(document), Version: version, UpdatedAt: now,
		})
		if err != nil {
			return wrap("save business", err)
		}
		if n == 0 {
			return notFound("business", id)
		}
	} else {
		if err := tx.q.InsertBusiness(ctx, rows.InsertBusinessParams{
			ID: id, Slug: b.Profile.Slug, Document: string(document), Version: version, CreatedAt: now,
		}); err != nil {
			return wrap("save business", err)
		}
	}
	if err := tx.saveLines(ctx, id, b.Lines); err != nil {
		return err
	}
	b.ID = id
	tx.changed(id, BusinessChanged, id)
	return nil
}

// UpdateBusiness stores a business again, whole, by its ID.
func (tx *Tx) UpdateBusiness(ctx context.Context, b *business.Business) error {
	if b.ID == "" {
		return notFound("business", b.ID)
	}
	return tx.SaveBusiness(ctx, b)
}

func (tx *Tx) saveLines(ctx context.Context, businessID string, lines []business.Line) error {
	if err := tx.q.DeleteLines(ctx, businessID); err != nil {
		return wrap("save lines", err)
	}
	for _, l := range lines {
		switch _, err := tx.q.LineOwner(ctx, l.Number); {
		case err == nil:
			return &LineTakenError{Number: l.Number}
		case !isNoRows(err):
			return wrap("save lines", err)
		}
		if err := tx.q.InsertLine(ctx, l.Number, businessID, l.AtCarrier()); err != nil {
			if tx.db.engine.isDuplicate(err) { // taken by a transaction at the same time
				return &LineTakenError{Number: l.Number}
			}
			return wrap("save lines", err)
		}
	}
	return nil
}
