package store

import (
	"context"

	"fixly/contact"
	"fixly/store/internal/rows"
)

// Customer reads a customer; nil when the business has none with this id.
func (v *View) Customer(ctx context.Context, businessID, id string) (*contact.Customer, error) {
	row, err := v.q.Customer(ctx, businessID, id)
	return oneCustomer(row, err)
}

// CustomerByPhone finds a customer by phone; nil when the business has none.
func (v *View) CustomerByPhone(ctx context.Context, businessID, phone string) (*contact.Customer, error) {
	row, err := v.q.CustomerByPhone(ctx, businessID, phone)
	return oneCustomer(row, err)
}

// LastAddress is where a customer's latest job was booked for; zero when not known.
func (v *View) LastAddress(ctx context.Context, businessID, phone string) (contact.Address, error) {
	row, err := v.q.CustomerByPhone(ctx, businessID, phone)
	if isNoRows(err) {
		return contact.Address{}, nil
	}
	if err != nil {
		return contact.Address{}, wrap("last address", err)
	}
	return readAddress(row.Address)
}

// ListCustomers lists customers, newest first.
func (v *View) ListCustomers(ctx context.Context, businessID string, f contact.CustomerFilter) ([]contact.Customer, error) {
	if f.Phone != "" {
		c, err := v.CustomerByPhone(ctx, businessID, f.Phone)
		if err != nil || c == nil || f.BeforeID != "" {
			return nil, err
		}
		return []contact.Customer{*c}, nil
	}
	found, err := v.q.ListCustomers(ctx, rows.ListCustomersParams{
		BusinessID: businessID, BeforeCreated: before(f.BeforeCreated, f.BeforeID), BeforeID: f.BeforeID,
		RowLimit: rowLimit(f.Limit),
	})
	if err != nil {
		return nil, wrap("list customers", err)
	}
	out := make([]contact.Customer, len(found))
	for i, r := range found {
		out[i] = customer(r)
	}
	return out, nil
}

// OptedOut says whether a number has asked for no more texts.
func (v *View) OptedOut(ctx context.Context, businessID, number string) (bool, error) {
	row, err := v.q.CustomerByPhone(ctx, businessID, number)
	if isNoRows(err) {
		return false, nil
	}
	return row.OptedOut, wrap("opted out", err)
}

// setOptedOut notes with the customer what the ledger says. They need not be a customer yet.
func (tx *Tx) setOptedOut(ctx context.Context, businessID, number string, out bool) error {
	return wrap("set opted out", tx.q.SetOptedOut(ctx, rows.SetOptedOutParams{
		ID: newID("cus"), BusinessID: businessID, Phone: number, OptedOut: out, CreatedAt: rows.At(tx.clock.Now()),
	}))
}

func oneCustomer(row rows.Customer, err error) (*contact.Customer, error) {
	if isNoRows(err) {
		return nil, nil
	}
	if err != nil {
		return nil, wrap("customer", err)
	}
	c := customer(row)
	return &c, nil
}

func customer(r rows.Customer) contact.Customer {
	return contact.Customer{
		ID: r.ID, BusinessID: r.BusinessID, Name: r.Name, Phone: r.Phone, Email: r.Email, Language: r.Language,
		OptedOut: r.OptedOut, CreatedAt: r.CreatedAt.Time(),
	}
}
