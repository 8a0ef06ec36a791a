package api

import (
	"context"
	"time"

	"fixly/business"
	"fixly/messaging"
)

const messageList = "messages"

// message is a text as the API shows it.
type message struct {
	ID        string           `json:"id"`
	Direction string           `json:"direction"`
	From      string           `json:"from"`
	To        string           `json:"to"`
	Body      string           `json:"body"`
	Kind      messaging.Kind   `json:"kind"`
	Status    messaging.Status `json:"status"`
	Reason    *string          `json:"reason"`     // why it was sent, or not
	ErrorCode *string          `json:"error_code"` // the carrier's, when it failed
	CallID    *string          `json:"call_id"`
	JobID     *string          `json:"job_id"`
	CreatedAt string           `json:"created_at"`
	SentAt    *string          `json:"sent_at"`
}

func showMessage(b *business.Business) func(*messaging.Message) message {
	loc := b.Location()
	return func(m *messaging.Message) message {
		return message{
			ID: m.ID, Direction: m.Direction, From: m.From, To: m.To, Body: m.Body, Kind: m.Kind, Status: m.Status,
			Reason: orNull(m.Reason), ErrorCode: orNull(m.ErrorCode), CallID: orNull(m.CallID), JobID: orNull(m.JobID),
			CreatedAt: when(m.CreatedAt, loc), SentAt: whenOrNull(m.SentAt, loc),
		}
	}
}

func messageKey(m *messaging.Message) (time.Time, string) { return m.CreatedAt, m.ID }

func (s *server) listMessages(ctx context.Context, r *request) (reply, error) {
	q := r.URL.Query()
	p, err := parsePage(q, messageList)
	if err != nil {
		return reply{}, err
	}
	f := messaging.MessageFilter{BeforeCreated: p.after.time(), BeforeID: p.after.ID, Limit: p.limit + 1}
	if f.Phone, err = parsePhoneParam(q, "phone"); err != nil {
		return reply{}, err
	}
	if f.Direction, err = parseOneOf(q, "direction", "inbound", "outbound"); err != nil {
		return reply{}, err
	}
	rows, err := s.Reader.ListMessages(ctx, r.b.ID, f)
	if err != nil {
		return reply{}, err
	}
	return ok(pageOf(p, messageList, rows, messageKey, showMessage(r.b))), nil
}
