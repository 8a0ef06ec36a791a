package store_test

import (
	"context"
	"testing"
	"time"

	"fixly/store"
	"fixly/store/storetest"
)

// TestWhatIsNotGivenAgainIsKept: a customer who books again without an e-mail address, by phone for one, keeps the one on
// file, and the language too.
func TestWhatIsNotGivenAgainIsKept(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		b := shop(t, db, "mikes", "+13125550100")
		for i, c := range []struct{ email, language, wantEmail, wantLanguage string }{
			{"", "", "", ""},
			{"karen@example.com", "es", "karen@example.com", "es"},
			{"", "", "karen@example.com", "es"},
			{"k@example.com", "en", "k@example.com", "en"},
		} {
			j := newJob(b.ID, visit(3*i+1), "+13125550111")
			j.Customer.Email, j.Customer.Language = c.email, c.language
			write(t, db, func(ctx context.Context, tx *store.Tx) error { return tx.InsertJob(ctx, j) })
			got, err := db.CustomerByPhone(context.Background(), b.ID, "+13125550111")
			if err != nil {
				t.Fatal(err)
			}
			if got.Email != c.wantEmail || got.Language != c.wantLanguage || j.Customer != *got {
				t.Errorf("booking %d: %+v is on file", i, *got)
			}
			jobs, err := db.JobsByPhone(context.Background(), b.ID, "+13125550111", time.Time{})
			if err != nil || jobs[0].Customer != *got {
				t.Errorf("booking %d: the job's customer is %+v, %v", i, jobs[0].Customer, err)
			}
		}
	})
}
