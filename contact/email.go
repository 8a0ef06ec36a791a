package contact

import (
	"errors"
	"fmt"
	"net/mail"
	"strings"
)

// ErrNoEmail says that what was given is not an e-mail address.
var ErrNoEmail = errors.New("contact: not an e-mail address")

// maxEmail is how long an address may be (RFC 5321 section 4.5.3.1.3, without the brackets).
const maxEmail = 254

// NormalizeEmail reads one e-mail address as people type it: without a name, without comments, in ASCII, at a domain
// with a dot in it. Everything else is ErrNoEmail.
func NormalizeEmail(raw string) (string, error) {
	s := strings.TrimSpace(raw)
	a, err := mail.ParseAddress(s)
	if err != nil {
		return "", fmt.Errorf("%w: %q: %w", ErrNoEmail, raw, err)
	}
	_, domain, _ := strings.Cut(s, "@")
	dot := strings.LastIndexByte(domain, '.')
	plain := a.Address == s && a.Name == "" && len(s) <= maxEmail && strings.Trim(s, printableASCII) == ""
	if !plain || dot <= 0 || dot == len(domain)-1 || strings.ContainsAny(s, `" `) {
		return "", fmt.Errorf("%w: %q", ErrNoEmail, raw)
	}
	return s, nil
}

// printableASCII is every printable character of ASCII but the space.
const printableASCII = "!\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"
