package store

import (
	"context"
	"time"

	"fixly/consent"
	"fixly/scheduling"
	"fixly/store/internal/rows"
)

// AddConsent adds an entry to the ledger; added is false when there is one with its key. It fills in an empty ID. What
// is said about texts is noted with the customer in the same transaction, see OptedOut; who wants no calls is owed none.
func (tx *Tx) AddConsent(ctx context.Context, e *consent.Entry) (added bool, err error) {
	giveID(&e.ID, "cons")
	if e.At.IsZero() {
		e.At = tx.clock.Now()
	}
	if e.Key == "" {
		e.Key = e.ID
	}
	n, err := tx.q.InsertConsent(ctx, rows.InsertConsentParams{
		ID: e.ID, BusinessID: e.BusinessID, Address: e.Address, Channel: string(e.Channel), Act: string(e.Act), How: string(e.How),
		Words: consent.Clip(e.Words), Language: e.Language, Source: e.Source, Key: e.Key, At: rows.At(e.At),
	})
	if err != nil {
		return false, wrap("add consent", err)
	}
	if n == 0 {
		return false, nil
	}
	switch {
	case e.Channel == consent.Text && e.Act != consent.Given:
		return true, tx.setOptedOut(ctx, e.BusinessID, e.Address, e.Act == consent.Withdrawn)
	case e.Channel == consent.Call && e.Act == consent.Withdrawn:
		return true, tx.refuseCallback(ctx, e.BusinessID, e.Address, e.At)
	}
	return true, nil
}

// noteBooked enters into the ledger that a visit was booked for somebody, with the booking.
func (tx *Tx) noteBooked(ctx context.Context, j *scheduling.Job) error {
	if j.Customer.Phone == "" {
		return nil
	}
	how := consent.Booked
	if j.Source == scheduling.FromWeb {
		how = consent.BookedOnPage
	}
	_, err := tx.AddConsent(ctx, &consent.Entry{
		BusinessID: j.BusinessID, Address: j.Customer.Phone, Channel: consent.Text, Act: consent.Given, How: how, Source: j.ID,
		Key: "booked:" + j.ID, At: j.CreatedAt,
	})
	return err
}

// Standing is what the ledger says about an address and a channel now.
func (v *View) Standing(ctx context.Context, businessID, address string, channel consent.Channel) (consent.Standing, error) {
	var s consent.Standing
	wish, err := v.q.LastWish(ctx, businessID, address, string(channel))
	if err != nil && !isNoRows(err) {
		return s, wrap("last wish", err)
	}
	if err == nil {
		s.Wished = wish.At.Time()
		if consent.Act(wish.Act) == consent.Withdrawn {
			s.Withdrawn, s.Since, s.By = true, s.Wished, consent.How(wish.How)
		}
	}
	turned := channel
	if channel == consent.Call {
		turned = consent.Text // a call of theirs is entered once, and may be answered by both
	}
	given, err := v.q.LastGiven(ctx, businessID, address, string(turned))
	if err != nil {
		return s, wrap("last given", err)
	}
	for _, g := range given {
		at := g.Latest.Time()
		if consent.How(g.How) == consent.CalledUs {
			s.Called = laterOf(s.Called, at)
		}
		switch consent.How(g.How) {
		case consent.Booked, consent.BookedOnPage:
			s.Booked = laterOf(s.Booked, at)
		}
		s.Turned = laterOf(s.Turned, at)
	}
	return s, nil
}

func laterOf(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Consents lists the ledger of an address, or of everybody where that is empty, newest first, at most limit entries (0:
// all).
func (v *View) Consents(ctx context.Context, businessID, address string, limit int) ([]consent.Entry, error) {
	var found []rows.Consent
	var err error
	if address != "" {
		found, err = v.q.ListConsentsOf(ctx, businessID, address, rowLimit(limit))
	} else {
		found, err = v.q.ListConsents(ctx, rows.ListConsentsParams{BusinessID: businessID, BeforeAt: before(time.Time{}, ""), RowLimit: rowLimit(limit)})
	}
	if err != nil {
		return nil, wrap("consents", err)
	}
	out := make([]consent.Entry, len(found))
	for i, r := range found {
		out[i] = consent.Entry{
			ID: r.ID, BusinessID: r.BusinessID, Address: r.Address, Channel: consent.Channel(r.Channel), Act: consent.Act(r.Act),
			How: consent.How(r.How), Words: r.Words, Language: r.Language, Source: r.Source, Key: r.Key, At: r.At.Time(),
		}
	}
	return out, nil
}

// IsLandline says whether a carrier told us that texts do not reach a number.
func (v *View) IsLandline(ctx context.Context, businessID, number string) (bool, error) {
	n, err := v.q.Landline(ctx, businessID, number)
	return n > 0, wrap("whether it is a landline", err)
}

// NoteLandline remembers that a carrier refused a text because of the kind of number, with its code.
func (tx *Tx) NoteLandline(ctx context.Context, businessID, number, code string) error {
	err := tx.q.SaveLandline(ctx, rows.SaveLandlineParams{BusinessID: businessID, Number: number, Code: code, LearntAt: rows.At(tx.clock.Now())})
	if err != nil {
		return wrap("note a landline", err)
	}
	return tx.callbackToLandline(ctx, businessID, number, true)
}

// ForgetLandline takes that back.
func (tx *Tx) ForgetLandline(ctx context.Context, businessID, number string) error {
	if _, err := tx.q.DeleteLandline(ctx, businessID, number); err != nil {
		return wrap("forget a landline", err)
	}
	return tx.callbackToLandline(ctx, businessID, number, false)
}

// UnregisteredLines gives the lines whose texts the carrier refused because they are not registered, and since when.
func (v *View) UnregisteredLines(ctx context.Context, businessID string) (map[string]time.Time, error) {
	found, err := v.q.Unregistered(ctx, businessID)
	if err != nil {
		return nil, wrap("unregistered lines", err)
	}
	out := map[string]time.Time{}
	for _, r := range found {
		out[r.Line] = r.RefusedAt.Time()
	}
	return out, nil
}

// NoteUnregistered remembers that the carrier refused a line's texts because the line is not registered, with its code.
func (tx *Tx) NoteUnregistered(ctx context.Context, businessID, line, code string) error {
	n, err := tx.q.SaveUnregistered(ctx, rows.SaveUnregisteredParams{
		BusinessID: businessID, Line: line, Code: code, RefusedAt: rows.At(tx.clock.Now()),
	})
	if n > 0 {
		tx.changed(businessID, BusinessChanged, businessID)
	}
	return wrap("note an unregistered line", err)
}

// ForgetUnregistered takes that back: the owner says that the line is registered now.
func (tx *Tx) ForgetUnregistered(ctx context.Context, businessID, line string) error {
	n, err := tx.q.DeleteUnregistered(ctx, businessID, line)
	if n > 0 {
		tx.changed(businessID, BusinessChanged, businessID)
	}
	return wrap("forget an unregistered line", err)
}
