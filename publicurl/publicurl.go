// Package publicurl is the address at which a server is reached from outside.
package publicurl

import (
	"net/netip"
	"net/url"
	"strings"
)

// Reachable says whether a public URL is good for people elsewhere: it is none of this machine's own names.
func Reachable(publicURL string) bool {
	u, err := url.Parse(publicURL)
	if err != nil || u.Hostname() == "" {
		return false
	}
	host := strings.ToLower(u.Hostname())
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return false
	}
	ip, err := netip.ParseAddr(host)
	return err != nil || !ip.Unmap().IsLoopback() && !ip.IsUnspecified()
}
