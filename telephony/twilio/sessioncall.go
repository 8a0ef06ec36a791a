package twilio

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"fixly/consent"
	"fixly/contact"
	"fixly/ledger"
	"fixly/receptionist"
	"fixly/routing"
	"fixly/telephony"
)

// sessionCall is the call of a session, as far as the session needs it.
type sessionCall struct {
	id, businessID, carrierID string
	conversation              string // of an earlier session
	resume                    resume
	language                  string
	caller                    receptionist.Caller
	told                      consent.Told // of the recording, by the greeting
}

var (
	errForeignCall = errors.New("the handshake is not signed by the token of the call's line, or is another call's")
	errOwnRinging  = errors.New("the call is our own ringing, forwarded back to us")
	errNoLine      = errors.New("neither the call nor its line is ours")
)

// sessionCall finds the call of a session. Our TwiML put what is needed in its parameters, so that nothing has to
// be read; a session without them, from TwiML that someone else wrote, is looked up or stored by its setup. Where a code in the
// address led here, invited is the call that it is good for.
func (h *Handler) sessionCall(ctx context.Context, token, invited string, start setup) (sessionCall, error) {
	ctx, cancel := context.WithTimeout(ctx, storageTimeout)
	defer cancel()
	l, err := h.find(ctx, start.To, start.From, start.AccountSID)
	if l == nil {
		return sessionCall{}, errors.Join(errNoLine, err)
	}
	if !h.mayServe(token, l.business) {
		return sessionCall{}, errForeignCall
	}
	p := start.Parameters
	in := telephony.Incoming{
		CarrierID: start.CallSID, From: contact.CallerID(start.From), To: l.Number,
		CallerName: cmp.Or(p[paramCallerName], start.CallerName), Attestation: p[paramAttestation],
		ForwardedFrom: cmp.Or(p[paramForwarded], contact.CallerID(start.ForwardedFrom)),
	}
	c := &telephony.Call{ID: p[paramCall], BusinessID: p[paramBusiness], CarrierID: start.CallSID, ConversationID: p[paramConversation]}
	if c.ID == "" || c.BusinessID == "" {
		var route routing.Route
		if c, route, err = h.admit(ctx, l, in); err != nil {
			return sessionCall{}, err
		}
		if route.Reason == routing.CameBack {
			return sessionCall{}, errOwnRinging
		}
	}
	if c.BusinessID != l.business.ID || h.dialect.Handshake == nil && c.ID != invited {
		return sessionCall{}, errForeignCall
	}
	s := h.callerOf(l, c, in)
	s.resume = resume(p[paramResume])
	if s.resume == fresh {
		s.told = toldOfRecording(p[paramRecording])
	}
	return s, nil
}

// callerOf gathers what the receptionist is told of a call.
func (h *Handler) callerOf(l *line, c *telephony.Call, in telephony.Incoming) sessionCall {
	return sessionCall{
		id: c.ID, businessID: c.BusinessID, carrierID: c.CarrierID, conversation: c.ConversationID, language: l.language(),
		caller: receptionist.Caller{
			Number: in.From, Name: in.CallerName, Attestation: in.Attestation,
			ForwardedFrom: cmp.Or(in.ForwardedFrom, c.ForwardedFrom), VIP: routing.IsVIP(l.business, in),
		},
	}
}

// answered notes that the receptionist has the call, and which conversation is held in it.
func (h *Handler) answered(ctx context.Context, s sessionCall, conversationID string) error {
	ctx, cancel := context.WithTimeout(ctx, storageTimeout)
	defer cancel()
	err := h.storage.InTx(ctx, func(ctx context.Context, tx telephony.Tx) error {
		c, err := tx.Call(ctx, s.id)
		if err != nil {
			return err
		}
		if c.BusinessID != s.businessID || c.CarrierID != s.carrierID {
			return errForeignCall
		}
		if h.dialect.Forgets {
			if err := tx.KeepSessionEnd(ctx, c, ""); err != nil {
				return err
			}
		}
		if !c.EndedAt.IsZero() || c.ConversationID == conversationID && c.HandledBy == ledger.ByReceptionist {
			return nil
		}
		if c.AnsweredAt.IsZero() {
			c.AnsweredAt = h.clock.Now()
		}
		c.ConversationID = conversationID
		if c.HandledBy != ledger.ByPerson {
			c.HandledBy = ledger.ByReceptionist
		}
		return tx.UpdateCall(ctx, c)
	})
	if err != nil {
		return fmt.Errorf("note that call %s is answered: %w", s.id, err)
	}
	return nil
}
