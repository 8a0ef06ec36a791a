package twilio

import (
	"context"
	"net/http"

	"fixly/business"
	"fixly/telephony"
	"fixly/twilioapi"
)

// hook is a webhook whose signature was found good.
type hook struct {
	*http.Request
	form twilioapi.Form
	// line that the signature belongs to: the one called; the one that calls, when we placed the call; or else any
	// of the account.
	line *line
	call *telephony.Incoming // see incoming
}

func (q *hook) business() *business.Business { return q.line.business }

// webhook reads a webhook's form and checks its signature before it hands it on. A body that is none gets 4xx, a
// missing or wrong signature 403, and neither changes anything.
func (h *Handler) webhook(serve func(w http.ResponseWriter, q *hook)) http.Handler {
	return h.signed(serve, func(f twilioapi.Form) (called, calling string) { return f.Get("To"), f.Get("From") })
}

// outboundWebhook is webhook for calls that we place: the line is the one that calls, even where the one that is called
// is a line of somebody else's here.
func (h *Handler) outboundWebhook(serve func(w http.ResponseWriter, q *hook)) http.Handler {
	return h.signed(serve, func(f twilioapi.Form) (calling, called string) { return f.Get("From"), "" })
}

// signed is a webhook whose line is found by the first of two numbers that is one, else by the account.
func (h *Handler) signed(serve func(w http.ResponseWriter, q *hook), numbers func(twilioapi.Form) (first, second string)) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodPost {
			onlyBy(w, http.MethodPost)
			return
		}
		form, body, err := twilioapi.ReadSigned(w, r)
		if err != nil {
			http.Error(w, http.StatusText(twilioapi.Status(err)), twilioapi.Status(err))
			return
		}
		if r.Header.Get(h.dialect.Header) == "" {
			h.forbid(w, r, "no signature")
			return
		}
		said := form
		if h.dialect.Form != nil {
			form = h.dialect.Form(form)
		}
		first, second := numbers(form)
		l, err := h.find(r.Context(), first, second, form.Get("AccountSid"))
		if l == nil && err == nil && h.dialect.Carrier != business.CarrierTwilio {
			// A leg to a person names no number of ours; its address names the line, whose key then has to fit.
			l, err = h.find(r.Context(), twilioapi.Text(r.URL.Query().Get("line")), "", "")
		}
		switch {
		case l == nil && err != nil:
			h.log.ErrorContext(r.Context(), "the line of a webhook can't be looked up", "path", r.URL.Path, "number", first, "error", err)
			http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
			return
		case l == nil:
			h.forbid(w, r, "no such line or account")
			return
		case err != nil:
			h.log.WarnContext(r.Context(), "the line of a webhook is taken from memory", "number", first, "error", err)
		}
		if l.Carrier != "" && l.Carrier != h.dialect.Carrier || !h.dialect.Signed(h.dialect.Key(l.Line), r, body, said, h.public.Requested(r)) {
			h.forbid(w, r, "wrong signature")
			return
		}
		serve(w, &hook{Request: r, form: form, line: l})
	})
}

// onlyBy answers a request of another method. The mux is not asked to: behind paths with methods it looks for other
// handlers, and finds the pages.
func onlyBy(w http.ResponseWriter, method string) {
	w.Header().Set("Allow", method)
	http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
}

func (h *Handler) forbid(w http.ResponseWriter, r *http.Request, why string) {
	// The address that was signed is the usual culprit: --public-url must be what Twilio was told.
	h.log.WarnContext(r.Context(), "webhook refused", "why", why, "url", h.public.Requested(r), "remote", r.RemoteAddr)
	http.Error(w, "Forbidden", http.StatusForbidden)
}

// signer finds the key of the account that a WebSocket handshake is from, empty when it is none of ours. A handshake that
// is signed names no line, so the keys of all lines are tried; those of the lines seen first.
func (h *Handler) signer(r *http.Request) string {
	if h.dialect.Handshake == nil {
		return h.invited(r)
	}
	address := h.public.RequestedWebSocket(r)
	check := func(key string) bool { return h.dialect.Handshake(key, r, address) }
	if token := h.lines.signedBy(check); token != "" || !h.lines.mayRelist(h.clock.Now()) {
		return token
	}
	ctx, cancel := context.WithTimeout(r.Context(), lookupTimeout)
	defer cancel()
	all, err := h.directory.Businesses(ctx)
	if err != nil {
		h.log.ErrorContext(r.Context(), "the lines can't be listed", "error", err)
		return ""
	}
	for _, b := range all {
		h.lines.remember(b)
	}
	return h.lines.signedBy(check)
}

// mayServe says whether a key is that of one of a business's lines.
func (h *Handler) mayServe(key string, b *business.Business) bool {
	for i := range b.Lines {
		if h.dialect.Key(&b.Lines[i]) == key && key != "" {
			return true
		}
	}
	return false
}
