package twilioapi

import (
	"crypto/hmac"
	"crypto/sha1"
	"crypto/subtle"
	"encoding/base64"
	"net/url"
	"slices"
	"strings"
)

// SignatureHeader carries the signature of a webhook and of a WebSocket handshake.
const SignatureHeader = "X-Twilio-Signature"

// Sign computes X-Twilio-Signature: base64 of the HMAC-SHA1, under the account's auth token, of the URL followed
// by each parameter's key and value, sorted by key. A WebSocket handshake has no parameters.
//
// https://www.twilio.com/docs/usage/security#validating-requests
func Sign(token, address string, f Form) string {
	return string(sign(nil, token, address, f.params))
}

// Valid says whether a signature is Twilio's over this address. Twilio is not consistent about two things, and
// its own libraries try each way: whether a standard port is part of the address, and whether the values of a
// repeated key are signed as they came or sorted without doubles.
func Valid(token, address string, f Form, signature string) bool {
	if token == "" || signature == "" {
		return false
	}
	if matches(token, address, f.params, signature) {
		return true
	}
	others := spellings(address)
	for _, a := range others {
		if matches(token, a, f.params, signature) {
			return true
		}
	}
	params := withoutDoubles(f.params)
	if params == nil {
		return false
	}
	for _, a := range append(others, address) {
		if matches(token, a, params, signature) {
			return true
		}
	}
	return false
}

func matches(token, address string, params []Param, signature string) bool {
	var sum [28]byte // base64 of a SHA-1
	return subtle.ConstantTimeCompare(sign(sum[:0], token, address, params), []byte(signature)) == 1
}

func sign(dst []byte, token, address string, params []Param) []byte {
	n := len(address)
	for _, p := range params {
		n += len(p.Key) + len(p.Value)
	}
	text := make([]byte, 0, n)
	text = append(text, address...)
	for _, p := range params {
		text = append(append(text, p.Key...), p.Value...)
	}
	mac := hmac.New(sha1.New, []byte(token))
	mac.Write(text)
	var digest [sha1.Size]byte
	return base64.StdEncoding.AppendEncode(dst, mac.Sum(digest[:0]))
}

// withoutDoubles sorts the values of repeated keys and drops doubles; nil when no key is repeated.
func withoutDoubles(params []Param) []Param {
	repeated := false
	for i := 1; i < len(params) && !repeated; i++ {
		repeated = params[i].Key == params[i-1].Key
	}
	if !repeated {
		return nil
	}
	p := slices.Clone(params)
	slices.SortFunc(p, func(a, b Param) int {
		if c := strings.Compare(a.Key, b.Key); c != 0 {
			return c
		}
		return strings.Compare(a.Value, b.Value)
	})
	return slices.Compact(p)
}

// spellings lists the other ways to write an address: with its scheme's standard port where it has none, without
// a port where it has one.
func spellings(address string) []string {
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return nil
	}
	head, rest, _ := strings.Cut(address, u.Host)
	if u.Port() != "" {
		return []string{head + strings.TrimSuffix(u.Host, ":"+u.Port()) + rest}
	}
	port := "80"
	if u.Scheme == "https" || u.Scheme == "wss" {
		port = "443"
	}
	return []string{head + u.Host + ":" + port + rest}
}
