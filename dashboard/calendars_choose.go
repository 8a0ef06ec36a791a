package dashboard

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"fixly/scheduling/calendar"
)

// maxChoiceForm bounds the form that chooses among calendars, in bytes; their ids are long.
const maxChoiceForm = 256 << 10

// wish is what a calendar is to be used for.
type wish struct {
	reads, writes bool
	info          *calendar.Info // where the provider had to be asked for it
}

// chooseCalendars stores which calendars of a person keep them busy, and into which their jobs go.
func (s *server) chooseCalendars(q *request) error {
	if err := s.readChoiceForm(q); err != nil {
		return err
	}
	technician := q.PostForm.Get("technician")
	accounts, inUse, err := s.accounts(q)
	if err != nil {
		return err
	}
	theirs := map[string]*calendar.Account{}
	for i := range accounts {
		if accounts[i].Technician == technician {
			theirs[accounts[i].ID] = &accounts[i]
		}
	}
	wishes := map[choice]wish{}
	for _, value := range q.PostForm["reads"] {
		wishes[choiceOf(value)] = wish{reads: true}
	}
	if value := q.PostForm.Get("writes"); value != "" {
		w := wishes[choiceOf(value)]
		w.writes = true
		wishes[choiceOf(value)] = w
	}
	for c := range wishes {
		if theirs[c.account] == nil || c.remote == "" {
			return errNotFound
		}
	}
	var no refusal
	if err := s.lookUp(q.Context(), wishes, inUse); errors.As(err, &no) {
		return s.backToCalendars(q, "", no)
	} else if err != nil {
		return err
	}
	changed, err := s.storeChoice(q, theirs, wishes)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(q.Context(), readPatience)
	defer cancel()
	var failed error
	for _, id := range changed {
		failed = errors.Join(failed, s.Calendars.Read(ctx, id))
	}
	return s.backToCalendars(q, "chosen", failed)
}

// lookUp asks the providers for what is not known of the calendars that are wished for: those not in use so far, and
// whether the one that jobs are to go into takes them. The error is a refusal.
func (s *server) lookUp(ctx context.Context, wishes map[choice]wish, inUse []calendar.Connected) error {
	known := map[choice]*calendar.Connected{}
	for i := range inUse {
		known[choice{inUse[i].AccountID, inUse[i].Remote}] = &inUse[i]
	}
	ctx, cancel := context.WithTimeout(ctx, readPatience)
	defer cancel()
	listed := map[string][]calendar.Info{}
	for c, w := range wishes {
		if k := known[c]; k != nil && (!w.writes || k.Writes) {
			continue
		}
		has, ok := listed[c.account]
		if !ok {
			var err error
			if has, err = s.Calendars.List(ctx, c.account); err != nil {
				s.Log.WarnContext(ctx, "dashboard: calendars of an account", "account", c.account, "error", err)
				return refusal("unlisted")
			}
			listed[c.account] = has
		}
		at := slices.IndexFunc(has, func(i calendar.Info) bool { return i.ID == c.remote })
		if at < 0 {
			return refusal(calendar.NotFound)
		}
		if w.writes && !has[at].Writable {
			return refusal("read_only")
		}
		w.info = &has[at]
		wishes[c] = w
	}
	return nil
}

// storeChoice stores what is wished of the calendars of some accounts, and gives the accounts with something new to read
// or to write.
func (s *server) storeChoice(q *request, theirs map[string]*calendar.Account, wishes map[choice]wish) ([]string, error) {
	var changed []string
	err := s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		changed = nil // the transaction may run twice
		if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
			return err
		}
		inUse, err := tx.Calendars(ctx, q.b.ID)
		if err != nil {
			return err
		}
		kept := map[choice]bool{}
		for i := range inUse {
			c := &inUse[i]
			if theirs[c.AccountID] == nil {
				continue
			}
			key := choice{c.AccountID, c.Remote}
			kept[key] = true
			news, err := wishes[key].store(ctx, tx, c)
			if err != nil {
				return err
			}
			if news {
				changed = append(changed, c.AccountID)
			}
		}
		for key, w := range wishes {
			if kept[key] || w.info == nil {
				continue
			}
			if err := tx.InsertCalendar(ctx, use(theirs[key.account], *w.info, w.reads, w.writes)); err != nil {
				return err
			}
			changed = append(changed, key.account)
		}
		return nil
	})
	slices.Sort(changed)
	return slices.Compact(changed), err
}

// store stores what a calendar in use is for from now on, and says whether there is something to read or to write for it.
func (w wish) store(ctx context.Context, tx Tx, c *calendar.Connected) (news bool, err error) {
	switch {
	case !w.reads && !w.writes:
		return false, tx.DeleteCalendar(ctx, c.BusinessID, c.ID)
	case w.reads == c.Reads && w.writes == c.Writes:
		return false, nil
	}
	if w.reads != c.Reads {
		// The local copy says of each event whether it keeps somebody busy, so it is made anew. Until then, bookings
		// look at the calendar itself: it was never read.
		if err := tx.ForgetCalendarEvents(ctx, c.ID); err != nil {
			return false, err
		}
		c.Cursor, c.SyncedAt = "", time.Time{}
	}
	c.Reads, c.Writes = w.reads, w.writes
	return true, tx.UpdateCalendar(ctx, c)
}

// readCalendars reads the calendars of an account at once.
func (s *server) readCalendars(q *request) error {
	a, err := s.accountOfForm(q)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(q.Context(), readPatience)
	defer cancel()
	if err := s.Calendars.Read(ctx, a.ID); err != nil {
		return s.backToCalendars(q, "", err)
	}
	return s.backToCalendars(q, "read", nil)
}

// disconnectCalendar gives an account up. What was written into its calendars stays there.
func (s *server) disconnectCalendar(q *request) error {
	a, err := s.accountOfForm(q)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(q.Context(), readPatience)
	defer cancel()
	failed := s.Calendars.Leave(ctx, a.ID)
	if failed != nil {
		s.Log.WarnContext(q.Context(), "dashboard: giving a calendar's account up", "account", a.ID, "error", failed)
		failed = refusal("not_left")
	}
	err = s.Storage.InTx(q.Context(), func(ctx context.Context, tx Tx) error {
		if err := tx.LockCalendar(ctx, q.b.ID); err != nil {
			return err
		}
		return tx.DeleteCalendarAccount(ctx, q.b.ID, a.ID)
	})
	if err != nil {
		return err
	}
	return s.backToCalendars(q, "disconnected", failed)
}

func (s *server) readChoiceForm(q *request) error {
	q.Body = http.MaxBytesReader(q.w, q.Body, maxChoiceForm)
	if err := q.ParseForm(); err != nil {
		return errNotFound
	}
	return nil
}

// accountOfForm finds the account that a form is about, among the business's.
func (s *server) accountOfForm(q *request) (*calendar.Account, error) {
	if err := s.readChoiceForm(q); err != nil {
		return nil, err
	}
	accounts, _, err := s.accounts(q)
	if err != nil {
		return nil, err
	}
	for i := range accounts {
		if accounts[i].ID == q.PostForm.Get("account") {
			return &accounts[i], nil
		}
	}
	return nil, errNotFound
}
