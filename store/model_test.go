package store_test

import (
	"context"
	"reflect"
	"testing"
	"time"

	"fixly/model"
	"fixly/store"
	"fixly/store/storetest"
)

func TestModelUsesAreKeptAndAddedUp(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		b, other := shop(t, db, "mikes", "+13125550100"), shop(t, db, "others", "+13125550101")
		use := func(business, conversation, call string, at time.Time, cost model.Micros) *model.Use {
			return &model.Use{
				BusinessID: business, ConversationID: conversation, CallID: call, At: at.UTC(), Purpose: model.Understand, Model: "m", Failure: model.Late,
				Usage: model.Usage{InputTokens: 900, OutputTokens: 60, Estimated: true}, Cost: cost, Took: 412 * time.Millisecond,
			}
		}
		first, second := use(b.ID, "conv_1", "call_1", monday, 300), use(b.ID, "conv_1", "call_1", monday.Add(time.Minute), 40)
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			for _, u := range []*model.Use{
				first, second, use(b.ID, "conv_2", "", monday.Add(-time.Hour), 5000), use(b.ID, "conv_3", "", monday.Add(time.Hour), 7), use(other.ID, "conv_4", "call_1", monday, 90000),
			} {
				if err := tx.InsertModelUse(ctx, u); err != nil {
					return err
				}
			}
			return tx.InsertModelUse(ctx, first) // the same once more changes nothing
		})
		conversation, day, err := db.ModelSpent(ctx, b.ID, "conv_1", monday)
		if err != nil || conversation != 340 || day != 347 {
			t.Errorf("the conversation cost %d and the day %d, %v", conversation, day, err)
		}
		got, err := db.ModelUses(ctx, b.ID, "call_1")
		if want := []model.Use{*first, *second}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("read %+v, %v, wrote %+v", got, err, want)
		}
		if got, err := db.ModelUses(ctx, b.ID, ""); err != nil || len(got) != 0 {
			t.Errorf("uses of no call: %+v, %v", got, err)
		}
	})
}
