package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
)

// bearer guards the API with one administrator's key (RFC 6750). Keys are compared as digests, in a time that
// depends neither on the key's length nor on how much of it is right. Without a key nobody gets in.
type bearer struct {
	set  bool
	want [sha256.Size]byte
}

func newBearer(key string) bearer { return bearer{set: key != "", want: sha256.Sum256([]byte(key))} }

func (b bearer) allows(r *http.Request) bool {
	scheme, key, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if !ok || !strings.EqualFold(scheme, "Bearer") {
		return false
	}
	got := sha256.Sum256([]byte(strings.TrimSpace(key)))
	return subtle.ConstantTimeCompare(got[:], b.want[:]) == 1 && b.set
}
