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
		form, err := twilioapi.ReadForm(w, r)
		if err != nil {
			http.Error(w, http.StatusText(twilioapi.Status(err)), twilioapi.Status(err))
			return
		}
		signature := r.Header.Get(twilioapi.SignatureHeader)
		if signature == "" {
			h.forbid(w, r, "no signature")
			return
		}
		first, second := numbers(form)
		l, err := h.find(r.Context(), first, second, form.Get("AccountSid"))
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
		if !twilioapi.Valid(l.AuthToken, h.public.Requested(r), form, signature) {
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

// signer finds the auth token that signed a WebSocket handshake, empty when none of ours did. A handshake names no
// line, so the tokens of all lines are tried; those of the lines seen first.
func (h *Handler) signer(r *http.Request) string {
	signature := r.Header.Get(twilioapi.SignatureHeader)
	if signature == "" {
		return ""
	}
	address := h.public.RequestedWebSocket(r)
	check := func(token string) bool { return twilioapi.Valid(token, address, twilioapi.Form{}, signature) }
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

// mayServe says whether a token is that of one of a business's lines.
func (h *Handler) mayServe(token string, b *business.Business) bool {
	for i := range b.Lines {
		if b.Lines[i].AuthToken == token && token != "" {
			return true
		}
	}
	return false
}
