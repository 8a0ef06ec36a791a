package dashboard

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// secure wraps the pages in what keeps other sites out: headers, a check that state is only changed from here,
// and, where nobody signs in, that the browser means this machine.
func (s *server) secure(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	if u, err := url.Parse(s.PublicURL); err == nil && u.Host != "" {
		// Behind a proxy that rewrites Host, the browser's origin is the public one.
		_ = origins.AddTrustedOrigin(u.Scheme + "://" + u.Host)
	}
	guarded := origins.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy(r))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=(self)")
		h.Set("Cache-Control", "no-store")
		if strings.HasPrefix(s.PublicURL, "https:") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		// Without sign-in, the name in Host is the only thing that a page of another site, having pointed its own
		// name at this machine (DNS rebinding), can't make right.
		if s.Demo && !s.isOwnHost(r.Host) {
			http.Error(w, "The demo answers to this machine's own names only, such as localhost.", http.StatusForbidden)
			return
		}
		guarded.ServeHTTP(w, r)
	})
}

// contentPolicy allows nothing but our own files; no script or style in a page's text is ever run.
func contentPolicy(r *http.Request) string {
	connect := "'self'"
	// Browsers before CSP 3 don't count a WebSocket of the same host as 'self'.
	if u, err := url.Parse("//" + r.Host); err == nil && u.Host == r.Host && !strings.ContainsAny(r.Host, " ;,'\"") {
		connect += " ws://" + r.Host + " wss://" + r.Host
	}
	return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; media-src 'self'; connect-src " + connect +
		"; manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
}

// isOwnHost says whether a request's Host is a loopback name, or the one we are reached by publicly.
func (s *server) isOwnHost(host string) bool {
	if u, err := url.Parse(s.PublicURL); err == nil && u.Host != "" && strings.EqualFold(u.Host, host) {
		return true
	}
	name, _, err := net.SplitHostPort(host)
	if err != nil {
		name = host
	}
	name = strings.Trim(name, "[]")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}
