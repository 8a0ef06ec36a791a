package store_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"fixly/business"
	"fixly/callbacks"
	"fixly/consent"
	"fixly/contact"
	"fixly/ledger"
	"fixly/messaging"
	"fixly/notify"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/scheduling/calendar"
	"fixly/scheduling/calendar/builtin"
	"fixly/store"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/webpush"
)

// lists is every method that lists rows of a business, giving the business of each row.
var lists = map[string]func(ctx context.Context, db *store.DB, businessID, phone string) ([]string, error){
	"jobs": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.ListJobs(ctx, id, scheduling.JobFilter{}))(func(j scheduling.Job) string { return j.BusinessID })
	},
	"jobs by phone": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		return owners(db.JobsByPhone(ctx, id, phone, time.Time{}))(func(j scheduling.Job) string { return j.BusinessID })
	},
	"jobs by name": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		jobs, err := db.JobsByPhone(ctx, id, phone, time.Time{})
		if err != nil || len(jobs) == 0 {
			return nil, err
		}
		return owners(db.JobsByName(ctx, id, jobs[0].Customer.Name, time.Time{}))(func(j scheduling.Job) string { return j.BusinessID })
	},
	"calls": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.ListCalls(ctx, id, telephony.CallFilter{}))(func(c telephony.Call) string { return c.BusinessID })
	},
	"calls by phone": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		return owners(db.ListCalls(ctx, id, telephony.CallFilter{Phone: phone}))(func(c telephony.Call) string { return c.BusinessID })
	},
	"live calls": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.ListCalls(ctx, id, telephony.CallFilter{Live: true}))(func(c telephony.Call) string { return c.BusinessID })
	},
	"texts": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.ListMessages(ctx, id, messaging.MessageFilter{}))(func(m messaging.Message) string { return m.BusinessID })
	},
	"texts by phone": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		return owners(db.ListMessages(ctx, id, messaging.MessageFilter{Phone: phone}))(func(m messaging.Message) string { return m.BusinessID })
	},
	"threads": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.Threads(ctx, id, 0))(func(m messaging.Message) string { return m.BusinessID })
	},
	"unsent": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		return owners(db.Unsent(ctx, id, phone))(func(m messaging.Message) string { return m.BusinessID })
	},
	"customers": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.ListCustomers(ctx, id, contact.CustomerFilter{}))(func(c contact.Customer) string { return c.BusinessID })
	},
	"customers by phone": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		return owners(db.ListCustomers(ctx, id, contact.CustomerFilter{Phone: phone}))(func(c contact.Customer) string { return c.BusinessID })
	},
	"blocks": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.Blocks(ctx, id, time.Time{}, time.Time{}))(func(b builtin.Block) string { return b.BusinessID })
	},
	"blocks of a series": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.BlocksOfSeries(ctx, id, "fridays", time.Time{}))(func(b builtin.Block) string { return b.BusinessID })
	},
	"changed blocks": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.BlocksChanged(ctx, id, "Luis", 0))(func(b builtin.Block) string { return b.BusinessID })
	},
	"rings": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		calls, err := db.ListCalls(ctx, id, telephony.CallFilter{})
		var out []string
		for _, c := range calls {
			of, err := owners(db.Rings(ctx, id, c.ID))(func(r telephony.Ring) string { return r.BusinessID })
			if out = append(out, of...); err != nil {
				return nil, err
			}
		}
		return out, err
	},
	"consents": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.Consents(ctx, id, "", 0))(func(e consent.Entry) string { return e.BusinessID })
	},
	"consents of a number": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		return owners(db.Consents(ctx, id, phone, 0))(func(e consent.Entry) string { return e.BusinessID })
	},
	"bookings settled": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.BookingsSettled(ctx, id, time.Time{}, time.Time{}))(func(b ledger.Booking) string { return b.BusinessID })
	},
	"bookings pending": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.BookingsPending(ctx, id))(func(b ledger.Booking) string { return b.BusinessID })
	},
	"credits": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.CreditsGiven(ctx, id, time.Time{}, time.Time{}))(func(c ledger.Credit) string { return c.BusinessID })
	},
	"recordings": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		calls, err := db.ListCalls(ctx, id, telephony.CallFilter{})
		var out []string
		for _, c := range calls {
			of, err := owners(db.Recordings(ctx, id, c.ID))(func(r telephony.Recording) string { return r.BusinessID })
			if out = append(out, of...); err != nil {
				return nil, err
			}
		}
		return out, err
	},
	"devices": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.Devices(ctx, id))(func(d notify.Device) string { return d.BusinessID })
	},
	"callbacks": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.Callbacks(ctx, id))(func(c callbacks.Callback) string { return c.BusinessID })
	},
	"callbacks between": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.CallbacksBetween(ctx, id, time.Time{}, time.Time{}))(func(c callbacks.Callback) string { return c.BusinessID })
	},
	"attempts between": func(ctx context.Context, db *store.DB, id, _ string) ([]string, error) {
		return owners(db.AttemptsBetween(ctx, id, time.Time{}, time.Time{}))(func(a callbacks.Attempt) string { return a.BusinessID })
	},
	"latest conversation by phone": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		c, err := db.LatestByPhone(ctx, id, phone)
		if c == nil || err != nil {
			return nil, err
		}
		return []string{c.BusinessID}, nil
	},
	"open thread": func(ctx context.Context, db *store.DB, id, phone string) ([]string, error) {
		c, err := db.OpenThread(ctx, id, phone)
		if c == nil || err != nil {
			return nil, err
		}
		return []string{c.BusinessID}, nil
	},
}

func owners[T any](found []T, err error) func(func(T) string) ([]string, error) {
	return func(owner func(T) string) ([]string, error) {
		var out []string
		for _, f := range found {
			out = append(out, owner(f))
		}
		return out, err
	}
}

// TestNothingReadsAcrossBusinesses writes rows of two businesses that share phone numbers, times and technicians'
// names in any order, and then lists everything of each.
func TestNothingReadsAcrossBusinesses(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		round := 0
		rapid.Check(t, func(r *rapid.T) {
			round++
			var shops [2]*business.Business
			for i := range shops {
				shops[i] = shop(t, db, fmt.Sprintf("shop-%d-%d", round, i), fmt.Sprintf("+1312%03d%04d", 100+i, round))
			}
			want := map[string]map[string]int{} // business to list to rows
			phone := "+13125550111"
			for n, i := range rapid.SliceOfN(rapid.IntRange(0, 1), 1, 6).Draw(r, "businesses") {
				id := shops[i].ID
				if want[id] == nil {
					want[id] = map[string]int{}
				}
				write(t, db, func(ctx context.Context, tx *store.Tx) error { return writeOneOfEach(ctx, tx, id, phone, n, round) })
				for list := range lists {
					want[id][list]++
				}
				absent := []string{"bookings pending"}
				if n%2 != 0 {
					absent = []string{"bookings settled", "credits"}
				}
				for _, list := range absent {
					want[id][list]--
				}
				for _, one := range []string{"threads", "customers", "customers by phone", "open thread", "latest conversation by phone"} {
					want[id][one] = 1 // they are by phone, and there is one
				}
			}
			for _, b := range shops {
				for name, list := range lists {
					found, err := list(ctx, db, b.ID, phone)
					if err != nil {
						r.Fatal(err)
					}
					if len(found) != want[b.ID][name] {
						r.Errorf("%s: %d rows, want %d", name, len(found), want[b.ID][name])
					}
					for _, owner := range found {
						if owner != b.ID {
							r.Errorf("%s lists a row of %s for %s", name, owner, b.ID)
						}
					}
				}
			}
		})
	})
}

func writeOneOfEach(ctx context.Context, tx *store.Tx, businessID, phone string, n, round int) error {
	j := newJob(businessID, visit(3*n), phone)
	if err := tx.InsertJob(ctx, j); err != nil {
		return err
	}
	if err := writeToLedger(ctx, tx, j, n); err != nil {
		return err
	}
	if err := tx.SaveBlock(ctx, &builtin.Block{
		BusinessID: businessID, Technician: "Luis", Series: "fridays", Event: calendar.Event{Start: monday, End: monday.Add(time.Hour)},
	}); err != nil {
		return err
	}
	c := newCall(businessID, fmt.Sprintf("CA%d-%d", round, n))
	c.From = phone
	if _, err := tx.InsertCall(ctx, c); err != nil {
		return err
	}
	if _, err := tx.InsertRecording(ctx, &telephony.Recording{ID: "RE" + c.ID, BusinessID: businessID, CallID: c.ID, At: monday}); err != nil {
		return err
	}
	if err := tx.SaveDevice(ctx, &notify.Device{
		BusinessID: businessID, Subscription: webpush.Subscription{Endpoint: fmt.Sprintf("https://push.example.com/%d/%d", round, n)},
	}); err != nil {
		return err
	}
	if err := tx.InsertRings(ctx, telephony.Ring{BusinessID: businessID, CallID: c.ID, Phone: phone, At: monday}); err != nil {
		return err
	}
	if _, err := tx.InsertMessage(ctx, newText(businessID, phone, fmt.Sprint("key-", n), 0)); err != nil {
		return err
	}
	thread := &receptionist.Conversation{BusinessID: businessID, Channel: receptionist.ByText, Caller: receptionist.Caller{Number: phone}, StartedAt: monday, UpdatedAt: monday}
	if err := tx.InsertConversation(ctx, thread); err != nil {
		return err
	}
	spoken := &receptionist.Conversation{BusinessID: businessID, Channel: receptionist.ByCall, CallID: c.ID, Caller: receptionist.Caller{Number: phone}, StartedAt: monday, UpdatedAt: monday}
	if err := tx.InsertConversation(ctx, spoken); err != nil {
		return err
	}
	owed := &callbacks.Callback{BusinessID: businessID, Phone: fmt.Sprintf("+1312556%04d", n), CallID: c.ID, MissedAt: monday, FirstAt: monday}
	if err := tx.InsertCallback(ctx, owed); err != nil {
		return err
	}
	return tx.InsertAttempt(ctx, &callbacks.Attempt{BusinessID: businessID, CallbackID: owed.ID, Phone: phone, StartedAt: monday})
}

// writeToLedger stores a job's booking, which is credited, where n is even, and a pending one where it is odd.
func writeToLedger(ctx context.Context, tx *store.Tx, j *scheduling.Job, n int) error {
	b := &ledger.Booking{JobID: j.ID, BusinessID: j.BusinessID, State: ledger.Pending, MadeAt: monday}
	if n%2 == 0 {
		b.State, b.SettledAt = ledger.Counted, monday
	}
	if _, err := tx.InsertBooking(ctx, b); err != nil || n%2 != 0 {
		return err
	}
	return tx.InsertCredit(ctx, &ledger.Credit{JobID: j.ID, BusinessID: j.BusinessID, At: monday})
}

func TestIdsOfAnotherBusinessAreUnknown(t *testing.T) {
	storetest.RunAt(t, newClock(), func(t *testing.T, db *store.DB) {
		ctx := context.Background()
		mine, theirs := shop(t, db, "mikes", "+13125550100"), shop(t, db, "anns", "+13125550200")
		j, c, m := newJob(mine.ID, visit(1), "+13125550111"), newCall(mine.ID, "CA1"), newText(mine.ID, "+13125550111", "k", 0)
		conv := newConversation(mine.ID)
		write(t, db, func(ctx context.Context, tx *store.Tx) error {
			if err := tx.InsertJob(ctx, j); err != nil {
				return err
			}
			if err := writeToLedger(ctx, tx, j, 0); err != nil {
				return err
			}
			if _, err := tx.InsertCall(ctx, c); err != nil {
				return err
			}
			if _, err := tx.InsertMessage(ctx, m); err != nil {
				return err
			}
			return tx.InsertConversation(ctx, conv)
		})
		if got, err := db.Job(ctx, theirs.ID, j.ID); err == nil {
			t.Errorf("read a job %+v", got)
		}
		if got, err := db.Booking(ctx, theirs.ID, j.ID); err == nil {
			t.Errorf("read a booking %+v", got)
		}
		if got, _ := db.CreditOf(ctx, theirs.ID, j.ID); got != nil {
			t.Errorf("read a credit %+v", got)
		}
		if got, err := db.Message(ctx, theirs.ID, m.ID); err == nil {
			t.Errorf("read a text %+v", got)
		}
		if got, _ := db.Customer(ctx, theirs.ID, j.Customer.ID); got != nil {
			t.Errorf("read a customer %+v", got)
		}
		if got, _ := db.ConversationByCall(ctx, theirs.ID, conv.CallID); got != nil {
			t.Errorf("read a conversation %+v", got)
		}
		for name, change := range map[string]func(ctx context.Context, tx *store.Tx) error{
			"job": func(ctx context.Context, tx *store.Tx) error {
				j := *j
				j.BusinessID = theirs.ID
				return tx.UpdateJob(ctx, &j)
			},
			"call": func(ctx context.Context, tx *store.Tx) error {
				c := *c
				c.BusinessID = theirs.ID
				return tx.UpdateCall(ctx, &c)
			},
			"text": func(ctx context.Context, tx *store.Tx) error {
				m := *m
				m.BusinessID = theirs.ID
				return tx.UpdateMessage(ctx, &m)
			},
			"conversation": func(ctx context.Context, tx *store.Tx) error {
				conv := *conv
				conv.BusinessID = theirs.ID
				return tx.UpdateConversation(ctx, &conv)
			},
		} {
			if err := db.InTx(ctx, change); err == nil {
				t.Errorf("changed another business's %s", name)
			}
		}
		taken := func(businessID string) error {
			return db.InTx(ctx, func(ctx context.Context, tx *store.Tx) error {
				return tx.InsertJob(ctx, newJob(businessID, visit(1), "+13125550112"))
			})
		}
		if err := taken(theirs.ID); err != nil { // a technician of the same name elsewhere is someone else
			t.Errorf("the other business's Luis is busy: %v", err)
		}
	})
}
