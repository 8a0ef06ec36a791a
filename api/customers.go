package api

import (
	"context"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/messaging"
	"fixly/scheduling"
	"fixly/telephony"
)

const customerList = "customers"

// customer is a person the business knows.
type customer struct {
	ID        string  `json:"id"`
	Name      string  `json:"name"`
	Phone     string  `json:"phone"`
	Email     *string `json:"email"`
	OptedOut  bool    `json:"opted_out"` // wants no texts
	CreatedAt string  `json:"created_at"`
}

// customerWithHistory is a single customer: the jobs by start, the latest calls and texts, newest first.
type customerWithHistory struct {
	customer
	Jobs     []job     `json:"jobs"`
	Calls    []call    `json:"calls"`
	Messages []message `json:"messages"`
}

func showCustomer(b *business.Business) func(*contact.Customer) customer {
	return func(c *contact.Customer) customer {
		return customer{c.ID, c.Name, c.Phone, orNull(c.Email), c.OptedOut, when(c.CreatedAt, b.Location())}
	}
}

func customerKey(c *contact.Customer) (time.Time, string) { return c.CreatedAt, c.ID }

func (s *server) listCustomers(ctx context.Context, r *request) (reply, error) {
	q := r.URL.Query()
	p, err := parsePage(q, customerList)
	if err != nil {
		return reply{}, err
	}
	f := contact.CustomerFilter{BeforeCreated: p.after.time(), BeforeID: p.after.ID, Limit: p.limit + 1}
	if f.Phone, err = parsePhoneParam(q, "phone"); err != nil {
		return reply{}, err
	}
	rows, err := s.Reader.ListCustomers(ctx, r.b.ID, f)
	if err != nil {
		return reply{}, err
	}
	return ok(pageOf(p, customerList, rows, customerKey, showCustomer(r.b))), nil
}

func (s *server) oneCustomer(ctx context.Context, r *request) (reply, error) {
	c, err := s.Reader.Customer(ctx, r.b.ID, r.PathValue("id"))
	if err != nil {
		return reply{}, err
	}
	if c == nil {
		return reply{}, notFound("customer")
	}
	jobs, err := s.Reader.ListJobs(ctx, r.b.ID, scheduling.JobFilter{Phone: c.Phone, Limit: maxLimit})
	if err != nil {
		return reply{}, err
	}
	calls, err := s.Reader.ListCalls(ctx, r.b.ID, telephony.CallFilter{Phone: c.Phone, Limit: defaultLimit})
	if err != nil {
		return reply{}, err
	}
	texts, err := s.Reader.ListMessages(ctx, r.b.ID, messaging.MessageFilter{Phone: c.Phone, Limit: defaultLimit})
	if err != nil {
		return reply{}, err
	}
	return ok(customerWithHistory{
		showCustomer(r.b)(c), showAll(jobs, showJob(r.b)), showAll(calls, showCall(r.b)), showAll(texts, showMessage(r.b)),
	}), nil
}

func showAll[R, T any](rows []R, show func(*R) T) []T {
	out := make([]T, len(rows))
	for i := range rows {
		out[i] = show(&rows[i])
	}
	return out
}
