package bookingpage

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"time"

	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/scheduling"
	"fixly/telephony"
)

// TakePrefix is where a person who took a call books for its caller, with the address that they were texted. The pages and
// the rules are those of everybody; what is known of the call is filled in, and the number needs no proof: they are
// talking.
const TakePrefix = "/take/"

// takeFor is how long after a call its address is good.
const takeFor = 7 * 24 * time.Hour

// taken is the call that a person books for.
type taken struct {
	*telephony.Call
	known receptionist.Known
}

// findTaken finds the call of a token.
func (s *server) findTaken(q *request, token string) error {
	all, err := s.Reader.Businesses(q.Context())
	if err != nil {
		return err
	}
	b, id := s.Links.findCall(all, token)
	if b == nil {
		return errNotFound
	}
	c, err := s.Reader.Call(q.Context(), id)
	if errors.Is(err, telephony.ErrNoCall) {
		return errNotFound
	}
	if err != nil {
		return err
	}
	if c.BusinessID != b.ID || s.Clock.Now().Sub(c.StartedAt) > takeFor {
		return errNotFound
	}
	q.b, q.taken = b, &taken{Call: c, known: receptionist.Known{Phone: c.From}}
	conv, err := s.Reader.ConversationByCall(q.Context(), b.ID, c.ID)
	if err != nil || conv == nil {
		return err
	}
	q.taken.known, err = receptionist.KnownOf(conv)
	return err
}

// base is the address that the pages of a booking are below.
func (q *request) base() string {
	if q.taken != nil {
		return TakePrefix + q.PathValue("call")
	}
	return BookPrefix + q.b.Profile.Slug
}

// subject is what a form is good for.
func (q *request) subject() string {
	if q.taken != nil {
		return "call " + q.taken.ID
	}
	return q.b.Profile.Slug
}

// source is who books.
func (q *request) source() scheduling.Source {
	if q.taken != nil {
		return scheduling.FromOwner
	}
	return scheduling.FromWeb
}

// number is the number that a booking is for, as far as it is sure.
func (q *request) number() string {
	if q.taken != nil {
		return q.taken.known.Phone
	}
	return q.visitor.Phone
}

// fillIn puts what is known of the call where nothing was typed in.
func (s *server) fillIn(q *request, d *details) error {
	if q.taken == nil || d.Phone != "" || d.Name != "" {
		return nil
	}
	k := q.taken.known
	name, email, where := k.Name, "", k.Address
	if k.Phone != "" {
		on, err := s.Reader.CustomerByPhone(q.Context(), q.b.ID, k.Phone)
		if err != nil {
			return err
		}
		if on != nil {
			name, email = cmp.Or(name, on.Name), on.Email
		}
		if where.IsZero() {
			if where, err = s.lastAddress(q, k.Phone); err != nil {
				return err
			}
		}
		d.Phone = contact.National(k.Phone)
	}
	d.Name, d.Email = name, email
	d.Street, d.Unit, d.City, d.ZIP = where.Line1, where.Unit, where.City, where.ZIP
	d.Problem = strings.TrimSpace(cmp.Or(k.Problem, k.Message))
	return nil
}

// lastAddress is where the last visit to a number was; none for a number that had none.
func (s *server) lastAddress(q *request, phone string) (contact.Address, error) {
	jobs, err := s.Reader.JobsByPhone(q.Context(), q.b.ID, phone, time.Time{})
	if err != nil || len(jobs) == 0 {
		return contact.Address{}, err
	}
	return jobs[len(jobs)-1].Address, nil
}

// lockCall reads the call that a person books for, which is locked before the calendar is; nil where there is none.
func (q *request) lockCall(ctx context.Context, tx Tx) (*telephony.Call, error) {
	if q.taken == nil {
		return nil, nil
	}
	return tx.Call(ctx, q.taken.ID)
}

// bookedFor notes on a call, and in its conversation, what it came to.
func (s *server) bookedFor(ctx context.Context, tx Tx, c *telephony.Call, j *scheduling.Job) error {
	c.JobID, c.Outcome = j.ID, ledger.Booked
	if c.ConversationID != "" {
		conv, err := tx.Conversation(ctx, c.ConversationID)
		if err != nil {
			return err
		}
		conv.JobID, conv.Outcome, conv.UpdatedAt = j.ID, ledger.Booked, s.Clock.Now()
		if err := tx.UpdateConversation(ctx, conv); err != nil {
			return err
		}
	}
	return tx.UpdateCall(ctx, c)
}
