package feed

import (
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"strconv"
	"strings"
)

// Prefix is where the addresses begin, below the public URL.
const Prefix = "/calendars/"

// Keys makes the keys of addresses from a secret; nothing has to be stored for an address but that it was replaced.
type Keys struct{ secret []byte }

// NewKeys makes keys from the installation's secret.
func NewKeys(secret []byte) Keys { return Keys{secret} }

// keyBytes is how much of the code is in an address: 130 bits can't be guessed, and fit into 26 letters.
const keyLetters = 26

var letters = base32.NewEncoding("abcdefghijkmnpqrstuvwxyz23456789").WithPadding(base32.NoPadding)

// key is the key of a technician's calendar (of the business's, when the name is empty) after so many replacements.
func (k Keys) key(businessID, technician string, replaced int) string {
	mac := hmac.New(sha256.New, k.secret)
	// The name comes last: nothing else can hold the character that parts them.
	fmt.Fprintf(mac, "calendar feed\x00%s\x00%d\x00%s", businessID, replaced, technician)
	return letters.EncodeToString(mac.Sum(nil))[:keyLetters]
}

// Path is the address below the public URL.
func (k Keys) Path(businessID, technician string, replaced int) string {
	return Prefix + businessID + "/" + k.key(businessID, technician, replaced) + ".ics"
}

func same(a, b string) bool { return subtle.ConstantTimeCompare([]byte(a), []byte(b)) == 1 }

// parse reads the last part of a path: the key, and false when it is none.
func parse(file string) (key string, ok bool) {
	key, ok = strings.CutSuffix(file, ".ics")
	return key, ok && len(key) == keyLetters
}

// etag names a version of a calendar.
func etag(body []byte) string {
	sum := sha256.Sum256(body)
	return strconv.Quote(letters.EncodeToString(sum[:])[:keyLetters])
}
