package bookingpage

import (
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
)

// secure wraps the pages in what keeps other sites out and search engines away.
func (s *server) secure(next http.Handler) http.Handler {
	origins := http.NewCrossOriginProtection()
	if u, err := url.Parse(s.PublicURL); err == nil && u.Host != "" {
		// Behind a proxy that rewrites Host, the browser's origin is the public one.
		_ = origins.AddTrustedOrigin(u.Scheme + "://" + u.Host)
	}
	guarded := origins.Handler(next)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		// The address of a visit is a key: no other site is told it. (With no-referrer, browsers would send no origin with our
		// own forms either.)
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cross-Origin-Opener-Policy", "same-origin")
		h.Set("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
		h.Set("X-Robots-Tag", "noindex, nofollow")
		h.Set("Cache-Control", "no-store")
		if strings.HasPrefix(s.PublicURL, "https:") {
			h.Set("Strict-Transport-Security", "max-age=31536000")
		}
		guarded.ServeHTTP(w, r)
	})
}

// address is where a request comes from, as the limits count it. Behind a proxy of ours (one on this machine or in a
// private network) it is what that proxy says last; anyone may have written what stands before. Of IPv6 the first half
// counts: a household has the rest to itself.
func (s *server) address(r *http.Request) string {
	ip := parseIP(r.RemoteAddr)
	if ip.IsLoopback() || ip.IsPrivate() {
		all := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
		if forwarded := parseIP(strings.TrimSpace(all[len(all)-1])); forwarded.IsValid() {
			ip = forwarded
		}
	}
	if ip.Is6() {
		if p, err := ip.Prefix(64); err == nil {
			return p.String()
		}
	}
	return ip.String()
}

// parseIP reads an address with or without a port; the zero Addr when it is none.
func parseIP(s string) netip.Addr {
	if host, _, err := net.SplitHostPort(s); err == nil {
		s = host
	}
	ip, err := netip.ParseAddr(strings.Trim(s, "[]"))
	if err != nil {
		return netip.Addr{}
	}
	return ip.Unmap().WithZone("")
}
