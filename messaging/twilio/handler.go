package twilio

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strconv"
	"time"

	"fixly/business"
	"fixly/contact"
	"fixly/messaging"
	"fixly/twilioapi"
)

// The paths of the webhooks; the first is entered at Twilio as the number's messaging webhook.
const (
	IncomingPath = "/twilio/sms"
	StatusPath   = "/twilio/sms/status"
)

// messageParam names our text in the address for reports about it.
const messageParam = "message"

// storageTimeout bounds what a webhook waits for the database: Twilio gives up after 15 seconds.
const storageTimeout = 10 * time.Second

// maxMedia is how many pictures Twilio puts into one text.
const maxMedia = 10

// inbox is what the webhooks drive, see messaging.Inbox.
type inbox interface {
	Receive(ctx context.Context, in messaging.Incoming) error
	Report(ctx context.Context, r messaging.Report) error
}

// lines finds whose a line or a carrier account is, nil when it is nobody's, without waiting for writers.
type lines interface {
	BusinessByLine(ctx context.Context, number string) (*business.Business, error)
	BusinessByAccount(ctx context.Context, accountSID string) (*business.Business, error)
}

// Handler answers Twilio's webhooks about texts.
type Handler struct {
	inbox  inbox
	lines  lines
	public twilioapi.PublicURL
	log    *slog.Logger
}

// NewHandler makes the handler of IncomingPath and StatusPath.
func NewHandler(in inbox, l lines, public twilioapi.PublicURL, log *slog.Logger) *Handler {
	return &Handler{in, l, public, log}
}

// ServeHTTP checks that a webhook is Twilio's and hands it on. Answers are 403 to a wrong signature, 413 and 415
// to a body that is no webhook's, and 503 when it could not be stored, for which Twilio has a fallback address.
func (h *Handler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		http.Error(w, "webhooks are POSTed", http.StatusMethodNotAllowed)
		return
	}
	form, err := twilioapi.ReadForm(w, r)
	if err != nil {
		http.Error(w, err.Error(), twilioapi.Status(err))
		return
	}
	ctx, cancel := context.WithTimeout(r.Context(), storageTimeout)
	defer cancel()
	r = r.WithContext(ctx)
	switch r.URL.Path {
	case IncomingPath:
		h.incoming(w, r, form)
	case StatusPath:
		h.status(w, r, form)
	default:
		http.NotFound(w, r)
	}
}

func (h *Handler) incoming(w http.ResponseWriter, r *http.Request, form twilioapi.Form) {
	line, ok := h.authentic(w, r, form, form.Get("To"))
	if !ok {
		return
	}
	if form.Get("MessageSid") == "" {
		http.Error(w, "MessageSid is missing", http.StatusBadRequest)
		return
	}
	err := h.inbox.Receive(r.Context(), messaging.Incoming{
		Line: line, From: form.Get("From"), Body: form.Get("Body"), Media: media(form),
		CarrierID: form.Get("MessageSid"), OptOut: optOut(form.Get("OptOutType")),
	})
	if err != nil {
		h.fail(w, r, err)
		return
	}
	answerEmpty(w)
}

// answerEmpty answers with TwiML that says nothing: what there is to say leaves through the REST API, in a durable job
// of its own.
func answerEmpty(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	_, _ = w.Write([]byte(`<?xml version="1.0" encoding="UTF-8"?><Response></Response>`))
}

func (h *Handler) status(w http.ResponseWriter, r *http.Request, form twilioapi.Form) {
	line, ok := h.authentic(w, r, form, form.Get("From"))
	if !ok {
		return
	}
	status := form.Get("MessageStatus")
	if status == "" {
		status = form.Get("SmsStatus")
	}
	s, known := statuses[status]
	if !known { // queued, sending, accepted, and whatever Twilio adds: nothing we don't know already
		w.WriteHeader(http.StatusNoContent)
		return
	}
	report := messaging.Report{
		Line: line, To: form.Get("To"), CarrierID: form.Get("MessageSid"), MessageID: twilioapi.Text(r.URL.Query().Get(messageParam)), Status: s,
	}
	if s == messaging.Undelivered || s == messaging.Failed {
		code, _ := strconv.Atoi(form.Get("ErrorCode")) // 0 where Twilio gives none
		x := twilioapi.Explain(code, "")
		report.Class, report.Tell, report.ErrorCode = string(x.Class), x.Tell, form.Get("ErrorCode")
	}
	if err := h.inbox.Report(r.Context(), report); err != nil {
		h.fail(w, r, err)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// statuses are Twilio's words that move a text on.
var statuses = map[string]messaging.Status{
	"sent": messaging.Sent, "delivered": messaging.Delivered, "read": messaging.Delivered,
	"undelivered": messaging.Undelivered, "failed": messaging.Failed, "canceled": messaging.Failed,
}

// authentic says by which of our lines a webhook comes, in E.164, or answers it: 403 to a signature that is not
// Twilio's under the token of the line, and the empty answer to a number of ours at Twilio that is no line here.
func (h *Handler) authentic(w http.ResponseWriter, r *http.Request, form twilioapi.Form, number string) (line string, ok bool) {
	number = contact.CallerID(number)
	l, token, err := h.find(r.Context(), number, form.Get("AccountSid"))
	if err != nil {
		h.fail(w, r, err)
		return "", false
	}
	if !twilioapi.Valid(token, h.public.Requested(r), form, r.Header.Get(twilioapi.SignatureHeader)) {
		h.log.WarnContext(r.Context(), "webhook refused: wrong signature", "path", r.URL.Path, "line", number, "known", l != nil)
		http.Error(w, "the signature is not Twilio's for this line", http.StatusForbidden)
		return "", false
	}
	if l == nil {
		h.fail(w, r, fmt.Errorf("%w: %s", messaging.ErrUnknownLine, number))
		return "", false
	}
	return number, true
}

// find gives the line with a number, nil when it is nobody's, and the token that signs its webhooks: the line's, or
// that of another line at the same account.
func (h *Handler) find(ctx context.Context, number, account string) (l *business.Line, token string, err error) {
	b, err := h.lines.BusinessByLine(ctx, number)
	if err != nil {
		return nil, "", fmt.Errorf("whose line %s is: %w", number, err)
	}
	if b != nil {
		if l = b.LineByNumber(number); l != nil {
			return l, l.AuthToken, nil
		}
	}
	if b, err = h.lines.BusinessByAccount(ctx, account); err != nil {
		return nil, "", fmt.Errorf("whose account %s is: %w", account, err)
	}
	if b != nil {
		for i := range b.Lines {
			if b.Lines[i].AccountSID == account {
				return nil, b.Lines[i].AuthToken, nil
			}
		}
	}
	return nil, "", nil
}

func (h *Handler) fail(w http.ResponseWriter, r *http.Request, err error) {
	if errors.Is(err, messaging.ErrUnknownLine) { // nothing that trying again would mend
		h.log.WarnContext(r.Context(), "webhook for a number that is nobody's line", "path", r.URL.Path, "error", err)
		if r.URL.Path == StatusPath {
			w.WriteHeader(http.StatusNoContent)
			return
		}
		answerEmpty(w)
		return
	}
	h.log.ErrorContext(r.Context(), "webhook not stored", "path", r.URL.Path, "error", err)
	http.Error(w, "try again later", http.StatusServiceUnavailable)
}

// media lists the addresses of the pictures that came with a text.
func media(form twilioapi.Form) []string {
	n, err := strconv.Atoi(form.Get("NumMedia"))
	if err != nil || n <= 0 {
		return nil
	}
	var out []string
	for i := range min(n, maxMedia) {
		if u := form.Get("MediaUrl" + strconv.Itoa(i)); u != "" {
			out = append(out, u)
		}
	}
	return out
}

func optOut(s string) messaging.OptOutType {
	switch t := messaging.OptOutType(s); t {
	case messaging.Stop, messaging.Start, messaging.Help:
		return t
	}
	return messaging.NoOptOut
}
