package telnyx

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/messaging"
	"fixly/telnyxapi"
)

// Path is where the webhooks come in: entered at Telnyx as the messaging profile's, and given along with each text for the
// reports about it.
const Path = "/telnyx/sms"

// messageParam names our text in the address for reports about it.
const messageParam = "message"

const (
	// storageTimeout bounds what a webhook waits for the database. Telnyx repeats what was not answered after two seconds,
	// which changes nothing.
	storageTimeout = 10 * time.Second
	// maxBody bounds a webhook, in bytes: one with ten pictures is under 16 KiB.
	maxBody = 256 << 10
	// maxNamed is how many recipients or pictures of one text are looked at; Telnyx puts no more than ten into one.
	maxNamed = 10
)

// inbox is what the webhooks drive, see messaging.Inbox.
type inbox interface {
	Receive(ctx context.Context, in messaging.Incoming) error
	Report(ctx context.Context, r messaging.Report) error
}

// lines finds whose a line is, nil when it is nobody's, without waiting for writers.
type lines interface {
	BusinessByLine(ctx context.Context, number string) (*business.Business, error)
}

// Handler answers Telnyx's webhooks about texts.
type Handler struct {
	inbox inbox
	lines lines
	clock clock.Clock
	log   *slog.Logger
}

// NewHandler makes the handler of Path. The clock is the real one, by which signatures are dated, also where the server
// lives at another time.
func NewHandler(in inbox, l lines, real clock.Clock, log *slog.Logger) *Handler {
	return &Handler{in, l, real, log}
}

// event is a webhook, as far as it is read.
//
// https://developers.telnyx.com/api-reference/callbacks/inbound-message
// https://developers.telnyx.com/api-reference/callbacks/delivery-update
type event struct {
	Data struct {
		Type    string `json:"event_type"`
		Payload struct {
			ID   string    `json:"id"`
			From party     `json:"from"`
			To   []party   `json:"to"`
			Text string    `json:"text"`
			Pics []picture `json:"media"`
			// AutoResponse is STOP, START or HELP where Telnyx has dealt with it.
			AutoResponse string              `json:"autoresponse_type"`
			WebhookURL   string              `json:"webhook_url"`
			Errors       []telnyxapi.Problem `json:"errors"`
		} `json:"payload"`
	} `json:"data"`
}

type party struct {
	Number string `json:"phone_number"`
	Status string `json:"status"`
}

type picture struct {
	URL string `json:"url"`
}

// ServeHTTP checks that a webhook is Telnyx's and hands it on. Answers are 403 to a wrong or old signature, 400 to what is
// no webhook, and 503 when it could not be stored, after which Telnyx comes again.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "webhooks are POSTed", http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the body is larger than a webhook's", http.StatusRequestEntityTooLarge)
		return
	}
	var e event
	if err := json.Unmarshal(body, &e); err != nil {
		http.Error(w, "the body is not a webhook's JSON", http.StatusBadRequest)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), storageTimeout)
	defer cancel()
	l, err := h.lineOf(ctx, &e)
	if err != nil {
		h.fail(ctx, w, err)
		return
	}
	// What it says was read before anything of it is known to be true: only to learn whose key it must be signed with.
	if l == nil || !telnyxapi.Valid(l.PublicKey, r.Header, body, h.clock.Now()) {
		h.log.WarnContext(ctx, "webhook refused: no line of ours, or a wrong or old signature", "path", r.URL.Path, "known", l != nil)
		http.Error(w, "the signature is not Telnyx's for this line", http.StatusForbidden)
		return
	}
	if err := h.take(ctx, l, &e); err != nil && !errors.Is(err, messaging.ErrUnknownLine) {
		h.fail(ctx, w, err)
		return
	}
	w.WriteHeader(http.StatusOK)
}

func (h *Handler) fail(ctx context.Context, w http.ResponseWriter, err error) {
	h.log.ErrorContext(ctx, "webhook not stored", "path", Path, "error", err)
	http.Error(w, "try again later", http.StatusServiceUnavailable)
}

// lineOf finds the line that an event is about, nil when it is none of ours: what came in may name several recipients.
func (h *Handler) lineOf(ctx context.Context, e *event) (*business.Line, error) {
	numbers := []party{e.Data.Payload.From}
	if e.Data.Type == "message.received" {
		numbers = e.Data.Payload.To
	}
	for _, n := range numbers[:min(len(numbers), maxNamed)] {
		number := contact.CallerID(n.Number)
		b, err := h.lines.BusinessByLine(ctx, number)
		if err != nil {
			return nil, fmt.Errorf("whose line %s is: %w", number, err)
		}
		if b == nil {
			continue
		}
		if l := b.LineByNumber(number); l != nil && l.Carrier == business.CarrierTelnyx {
			return l, nil
		}
	}
	return nil, nil
}

// take hands an event on. One of another kind says nothing that we don't know.
func (h *Handler) take(ctx context.Context, l *business.Line, e *event) error {
	p := &e.Data.Payload
	switch e.Data.Type {
	case "message.received":
		in := messaging.Incoming{
			Line: l.Number, From: messaging.Clean(p.From.Number), Body: messaging.Clean(p.Text), CarrierID: messaging.Clean(p.ID), OptOut: optOut(p.AutoResponse),
		}
		if in.CarrierID == "" {
			return nil // nothing to tell its repeat by
		}
		for _, m := range p.Pics[:min(len(p.Pics), maxNamed)] {
			if m.URL != "" {
				in.Media = append(in.Media, messaging.Clean(m.URL))
			}
		}
		return h.inbox.Receive(ctx, in)
	case "message.sent", "message.finalized":
		if len(p.To) == 0 || p.ID == "" {
			return nil
		}
		s, known := statuses[p.To[0].Status]
		if e.Data.Type == "message.sent" && !known { // that the event is there says that Telnyx has the text
			s, known = messaging.Sent, true
		}
		if !known {
			return nil
		}
		report := messaging.Report{
			Line: l.Number, To: messaging.Clean(p.To[0].Number), CarrierID: messaging.Clean(p.ID), MessageID: messaging.Clean(markOf(p.WebhookURL)), Status: s,
		}
		if s == messaging.Undelivered || s == messaging.Failed {
			var first telnyxapi.Problem
			if len(p.Errors) > 0 {
				first = p.Errors[0]
			}
			x := explain(first.Code, first.Title+" "+first.Detail)
			report.Class, report.Tell, report.ErrorCode = string(x.class), x.tell, messaging.Clean(first.Code)
		}
		return h.inbox.Report(ctx, report)
	}
	return nil
}

// statuses are Telnyx's words that move a text on.
var statuses = map[string]messaging.Status{
	"sent": messaging.Sent, "delivered": messaging.Delivered, "delivery_unconfirmed": messaging.Sent,
	"delivery_failed": messaging.Undelivered, "expired": messaging.Undelivered, "sending_failed": messaging.Failed,
}

func optOut(s string) messaging.OptOutType {
	switch t := messaging.OptOutType(strings.ToUpper(s)); t {
	case messaging.Stop, messaging.Start, messaging.Help:
		return t
	}
	return messaging.NoOptOut
}
