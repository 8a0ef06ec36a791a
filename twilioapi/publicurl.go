package twilioapi

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// PublicURL is the address under which carriers reach this server (--public-url). Signatures are computed over
// it and never over the Host header, which a proxy may have rewritten and anyone may forge.
type PublicURL struct {
	http, ws string // without a trailing slash
	path     string // the path both end in, for a server that lives below a prefix
}

// ParsePublicURL reads an http or https address without query or fragment.
func ParsePublicURL(s string) (PublicURL, error) {
	u, err := url.Parse(strings.TrimRight(s, "/"))
	if err != nil {
		return PublicURL{}, fmt.Errorf("twilioapi: public URL: %w", err)
	}
	if u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return PublicURL{}, fmt.Errorf("twilioapi: public URL %q is not an address like https://calls.example.com", s)
	}
	p := PublicURL{http: u.String(), path: u.EscapedPath()}
	p.ws = "ws" + strings.TrimPrefix(p.http, "http")
	return p, nil
}

// HTTP is the absolute address of a path, with its query if it has one.
func (p PublicURL) HTTP(path string) string { return p.http + path }

// WebSocket is the ws or wss address of a path.
func (p PublicURL) WebSocket(path string) string { return p.ws + path }

// Requested is the address that the sender of a request asked for: the public one, with the path and query of
// the request byte for byte. A proxy may have cut the prefix of the public URL off the path or left it.
func (p PublicURL) Requested(r *http.Request) string { return p.http + p.below(r) }

// RequestedWebSocket is Requested for a WebSocket handshake.
func (p PublicURL) RequestedWebSocket(r *http.Request) string { return p.ws + p.below(r) }

func (p PublicURL) below(r *http.Request) string {
	uri := r.RequestURI
	if !strings.HasPrefix(uri, "/") { // absolute form, sent to proxies
		uri = r.URL.RequestURI()
	}
	if p.path != "" {
		if rest, ok := strings.CutPrefix(uri, p.path); ok && (rest == "" || rest[0] == '/' || rest[0] == '?') {
			return rest
		}
	}
	return uri
}

// String is the address without a trailing slash.
func (p PublicURL) String() string { return p.http }
