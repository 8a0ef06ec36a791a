package store_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"fixly/business"
	"fixly/demo"
	"fixly/store"
	"fixly/store/storetest"
)

func TestBusinessIsReadAsItWasSaved(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := demo.Business()
		if err := db.SaveBusiness(ctx, b); err != nil {
			t.Fatal(err)
		}
		for name, find := range map[string]func() (*business.Business, error){
			"by id":      func() (*business.Business, error) { return db.Business(ctx, b.ID) },
			"by slug":    func() (*business.Business, error) { return db.BusinessBySlug(ctx, demo.Slug) },
			"by line":    func() (*business.Business, error) { return db.BusinessByLine(ctx, b.Lines[0].Number) },
			"by account": func() (*business.Business, error) { return db.BusinessByAccount(ctx, b.Lines[0].AccountSID) },
		} {
			got, err := find()
			if err != nil || got == nil {
				t.Fatalf("%s: %v, %v", name, got, err)
			}
			want, have := asFile(t, b), asFile(t, got)
			if have != want || got.ID != b.ID || got.Location().String() != "America/Chicago" {
				t.Errorf("%s: read\n%s\nsaved\n%s", name, have, want)
			}
		}
		if all, err := db.Businesses(ctx); err != nil || len(all) != 1 {
			t.Errorf("%d businesses, %v", len(all), err)
		}
		if _, err := db.Business(ctx, "biz_none"); !errors.Is(err, sql.ErrNoRows) {
			t.Errorf("one that is not there: %v", err)
		}
		for name, find := range map[string]func() (*business.Business, error){
			"slug":       func() (*business.Business, error) { return db.BusinessBySlug(ctx, "nobody") },
			"line":       func() (*business.Business, error) { return db.BusinessByLine(ctx, "+13125550999") },
			"account":    func() (*business.Business, error) { return db.BusinessByAccount(ctx, "AC9") },
			"no account": func() (*business.Business, error) { return db.BusinessByAccount(ctx, "") },
		} {
			if got, err := find(); got != nil || err != nil {
				t.Errorf("by an unknown %s: %v, %v", name, got, err)
			}
		}
	})
}

func asFile(t *testing.T, b *business.Business) string {
	t.Helper()
	file, err := business.Marshal(b)
	if err != nil {
		t.Fatal(err)
	}
	return string(file)
}

func TestSavingAgainReplaces(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		first := shop(t, db, "mikes", "+13125550100")
		again := newShop("mikes", "+13125550101") // a new file for the same slug, with another line
		again.Profile.Name = "Mike & Sons"
		if err := db.SaveBusiness(ctx, again); err != nil {
			t.Fatal(err)
		}
		if again.ID != first.ID {
			t.Errorf("the same slug made a second business: %s and %s", first.ID, again.ID)
		}
		if got, err := db.Business(ctx, first.ID); err != nil || got.Profile.Name != "Mike & Sons" {
			t.Errorf("read %+v, %v", got, err)
		}
		if got, err := db.BusinessByLine(ctx, "+13125550100"); got != nil || err != nil {
			t.Errorf("the old line finds %v, %v", got, err)
		}
		again.Profile.Slug = "mike-and-sons"
		write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.UpdateBusiness(ctx, again) })
		if got, err := db.BusinessBySlug(ctx, "mike-and-sons"); err != nil || got.ID != first.ID {
			t.Errorf("by the new slug %v, %v", got, err)
		}
	})
}

func TestALineBelongsToOneBusiness(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		mine := shop(t, db, "mikes", "+13125550100")
		err := db.SaveBusiness(ctx, newShop("anns", "+13125550100"))
		var taken *store.LineTakenError
		if !errors.As(err, &taken) || taken.Number != "+13125550100" {
			t.Errorf("got %v, want the line named", err)
		}
		if got, err := db.BusinessBySlug(ctx, "anns"); got != nil || err != nil {
			t.Errorf("the refused business is there: %v, %v", got, err)
		}
		if got, err := db.BusinessByLine(ctx, "+13125550100"); err != nil || got.ID != mine.ID {
			t.Errorf("the line is now %v's, %v", got, err)
		}
	})
}

func TestABusinessThatWasNotSavedIsNotRead(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b := shop(t, db, "mikes", "+13125550100")
		undone := errors.New("undone")
		err := db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
			edited := newShop("mikes", "+13125550100")
			edited.Profile.Name = "Edited"
			if err := tx.SaveBusiness(ctx, edited); err != nil {
				return err
			}
			if got, err := tx.Business(ctx, b.ID); err != nil || got.Profile.Name != "Edited" {
				t.Errorf("inside the transaction: %v, %v", got, err)
			}
			return undone
		})
		if !errors.Is(err, undone) {
			t.Fatal(err)
		}
		if got, err := db.Business(ctx, b.ID); err != nil || got.Profile.Name != "mikes" {
			t.Errorf("after it was undone: %v, %v", got.Profile.Name, err)
		}
	})
}
