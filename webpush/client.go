package webpush

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"
)

// errNotPublic says that a push service lies where none can be.
var errNotPublic = errors.New("webpush: the address is none of the public internet")

// notPublic are the networks beside those that package netip knows by name (the registries of special addresses, RFC 6890).
// The last three carry an IPv4 address within.
var notPublic = []netip.Prefix{
	netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("100.64.0.0/10"), // shared by a provider's customers
	netip.MustParsePrefix("192.0.0.0/24"),
	netip.MustParsePrefix("192.0.2.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"),
	netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("240.0.0.0/4"),
	netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("2001::/32"),
	netip.MustParsePrefix("2002::/16"),
	netip.MustParsePrefix("64:ff9b::/96"),
}

// newClient makes a client for addresses that a browser gave us: it reaches the public internet alone, whatever a name
// resolves to, follows no redirect, and asks no proxy, which would reach more.
func newClient() *http.Client {
	dial := &net.Dialer{Timeout: 10 * time.Second, Control: func(_, address string, _ syscall.RawConn) error { return public(address) }}
	return &http.Client{
		Timeout: 20 * time.Second,
		Transport: &http.Transport{
			DialContext: dial.DialContext, ForceAttemptHTTP2: true, TLSHandshakeTimeout: 10 * time.Second, IdleConnTimeout: 90 * time.Second,
			MaxIdleConnsPerHost: 4,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// public refuses an address, with its port, at which no push service can be. It is asked of each address that is dialled.
func public(address string) error {
	at, err := netip.ParseAddrPort(address)
	if err != nil {
		return fmt.Errorf("%w: %q", errNotPublic, address)
	}
	ip := at.Addr().WithZone("").Unmap()
	refused := !ip.IsGlobalUnicast() || ip.IsPrivate()
	for _, p := range notPublic {
		refused = refused || p.Contains(ip)
	}
	if refused {
		return fmt.Errorf("%w: %s", errNotPublic, ip)
	}
	return nil
}
