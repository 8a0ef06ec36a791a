package httpgateway

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/contact"
	"fixly/messaging"
)

// Prefix is where the webhooks come in; the token of the gateway follows it.
const Prefix = "/gateway/sms/"

const (
	storageTimeout = 10 * time.Second // bounds what a webhook waits for the database
	maxBody        = 256 << 10        // bytes
	maxMedia       = 10               // pictures of one text
	// window is how far a signature's time may be from ours, where there is one.
	window = 5 * time.Minute
)

// inbox is what the webhooks drive, see messaging.Inbox.
type inbox interface {
	Receive(ctx context.Context, in messaging.Incoming) error
	Report(ctx context.Context, r messaging.Report) error
}

// directory lists every business of the installation, without waiting for writers.
type directory interface {
	Businesses(ctx context.Context) ([]*business.Business, error)
}

// Handler answers the webhooks of gateways.
type Handler struct {
	inbox     inbox
	directory directory
	clock     clock.Clock
	log       *slog.Logger
}

// NewHandler makes the handler of everything below Prefix. The clock is the real one, by which signatures are dated.
func NewHandler(in inbox, d directory, real clock.Clock, log *slog.Logger) *Handler {
	return &Handler{in, d, real, log}
}

// ServeHTTP checks that a webhook is a gateway's and hands it on. Answers are 403 to an unknown token or a wrong signature,
// 400 to what can't be read, and 503 when it could not be stored.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "webhooks are POSTed", http.StatusMethodNotAllowed)
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), storageTimeout)
	defer cancel()
	b, g, err := h.find(ctx, strings.TrimPrefix(r.URL.Path, Prefix))
	if err != nil {
		h.fail(ctx, w, err)
		return
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		http.Error(w, "the body is larger than a webhook's", http.StatusRequestEntityTooLarge)
		return
	}
	if g == nil || !h.signed(g, r.Header, body) {
		h.log.WarnContext(ctx, "webhook of a gateway refused: unknown token, or a wrong or old signature", "known", g != nil)
		http.Error(w, "this is no gateway's", http.StatusForbidden)
		return
	}
	field, err := read(r.Header.Get("Content-Type"), body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	if err := h.take(ctx, b, g, field); err != nil {
		if errors.Is(err, errUnreadable) {
			h.log.WarnContext(ctx, "webhook of a gateway can't be read", "gateway", g.Name, "error", err)
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		h.fail(ctx, w, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func (h *Handler) fail(ctx context.Context, w http.ResponseWriter, err error) {
	h.log.ErrorContext(ctx, "webhook not stored", "path", Prefix, "error", err)
	http.Error(w, "try again later", http.StatusServiceUnavailable)
}

// find gives the gateway with a token, nil when there is none.
func (h *Handler) find(ctx context.Context, token string) (*business.Business, *business.Gateway, error) {
	all, err := h.directory.Businesses(ctx)
	if err != nil {
		return nil, nil, fmt.Errorf("list the gateways: %w", err)
	}
	var b *business.Business
	var g *business.Gateway
	for _, x := range all {
		for i := range x.Gateways {
			if t := x.Gateways[i].Incoming.Token; t != "" && subtle.ConstantTimeCompare([]byte(t), []byte(token)) == 1 {
				b, g = x, &x.Gateways[i]
			}
		}
	}
	return b, g, nil
}

// signed says whether the gateway signed a body, where it has to.
func (h *Handler) signed(g *business.Gateway, header http.Header, body []byte) bool {
	in := &g.Incoming
	if in.SigningKey == "" {
		return true
	}
	mac := hmac.New(sha256.New, []byte(in.SigningKey))
	mac.Write(body)
	if in.TimestampHeader != "" {
		stamp := header.Get(in.TimestampHeader)
		seconds, err := strconv.ParseInt(stamp, 10, 64)
		if err != nil {
			return false
		}
		if age := h.clock.Now().Sub(time.Unix(seconds, 0)); age > window || age < -window {
			return false
		}
		mac.Write([]byte(stamp))
	}
	given := strings.TrimPrefix(header.Get(in.SignatureHeader), "sha256=")
	sum, err := hex.DecodeString(given)
	if err != nil {
		if sum, err = base64.StdEncoding.DecodeString(given); err != nil {
			return false
		}
	}
	return hmac.Equal(sum, mac.Sum(nil))
}

var errUnreadable = errors.New("not a webhook of this gateway")

// take hands a webhook on.
func (h *Handler) take(ctx context.Context, b *business.Business, g *business.Gateway, field func(string) any) error {
	in := &g.Incoming
	id := messaging.Clean(one(field(in.ID)))
	if id == "" {
		return fmt.Errorf("%w: it has no %s", errUnreadable, in.ID)
	}
	if in.Status != "" {
		if word := one(field(in.Status)); word != "" {
			if s, known := statusOf(in, word); known {
				return h.report(ctx, b, g, id, s)
			}
		}
	}
	from := messaging.Clean(one(field(in.From)))
	if from == "" {
		if in.Status != "" { // a report with a word that is not listed says nothing
			return nil
		}
		return fmt.Errorf("%w: it has no %s", errUnreadable, in.From)
	}
	l := lineOf(b, g, one(field(in.To)))
	if l == nil {
		return fmt.Errorf("%w: %q is no line that has this gateway", errUnreadable, one(field(in.To)))
	}
	text := messaging.Incoming{Line: l.Number, From: from, Body: messaging.Clean(one(field(in.Body))), CarrierID: carrierIDOf(b.ID, g, id)}
	if in.Media != "" {
		pics := many(field(in.Media))
		for _, m := range pics[:min(len(pics), maxMedia)] {
			text.Media = append(text.Media, messaging.Clean(m))
		}
	}
	return h.inbox.Receive(ctx, text)
}

// report notes what became of a text. Its name is the gateway's or, where the gateway has none of its own, ours.
func (h *Handler) report(ctx context.Context, b *business.Business, g *business.Gateway, id string, s messaging.Status) error {
	own := linesOf(b, g)
	if len(own) == 0 {
		return nil
	}
	r := messaging.Report{Line: own[0].Number, CarrierID: carrierIDOf(b.ID, g, id), MessageID: id, Status: s}
	if s == messaging.Failed {
		r.Class, r.Tell = string(messaging.Other), messaging.Other.Explain()
	}
	return h.inbox.Report(ctx, r)
}

func statusOf(in *business.GatewayIncoming, word string) (messaging.Status, bool) {
	switch {
	case slices.Contains(in.Delivered, word):
		return messaging.Delivered, true
	case slices.Contains(in.Failed, word):
		return messaging.Failed, true
	case slices.Contains(in.Sent, word):
		return messaging.Sent, true
	}
	return "", false
}

// lineOf is the line of a gateway that a text came to: the one with the number, or the only one there is.
func lineOf(b *business.Business, g *business.Gateway, to string) *business.Line {
	own := linesOf(b, g)
	if to != "" {
		number := contact.CallerID(to)
		for _, l := range own {
			if l.Number == number {
				return l
			}
		}
	}
	if len(own) == 1 && g.Incoming.To == "" {
		return own[0]
	}
	return nil
}

// linesOf lists the lines that have a gateway.
func linesOf(b *business.Business, g *business.Gateway) []*business.Line {
	var own []*business.Line
	for i := range b.Lines {
		if l := &b.Lines[i]; l.Carrier == business.CarrierGateway && l.Gateway == g.Name {
			own = append(own, l)
		}
	}
	return own
}
