package receptionist

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/binary"
	"fmt"
)

// Codes makes the codes by which callers prove that a booking is theirs. A code is not kept anywhere: it follows from
// the secret of the installation, the conversation, the number it goes to and how many were sent before, so it can be
// made again where it is texted and where it is checked, and is worth nothing in any other conversation.
type Codes struct{ key []byte }

// NewCodes makes codes of a secret, which every node has to share. Without one a secret is made up, good for as long
// as this value is used.
func NewCodes(secret []byte) Codes {
	if len(secret) == 0 {
		secret = make([]byte, sha256.Size)
		_, _ = rand.Read(secret) // never fails, see crypto/rand
	}
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte("codes that are texted, 1"))
	return Codes{mac.Sum(nil)}
}

// Of is the nth code of a conversation for a number: six digits.
func (c Codes) Of(conversationID, phone string, n int) string {
	mac := hmac.New(sha256.New, c.key)
	_, _ = fmt.Fprintf(mac, "%s\x00%s\x00%d", conversationID, phone, n)
	return fmt.Sprintf("%06d", binary.BigEndian.Uint64(mac.Sum(nil))%1_000_000)
}

// Is says whether digits are that code.
func (c Codes) Is(conversationID, phone string, n int, digits string) bool {
	return subtle.ConstantTimeCompare([]byte(c.Of(conversationID, phone, n)), []byte(digits)) == 1
}
