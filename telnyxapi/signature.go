package telnyxapi

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"strconv"
	"time"
)

// The headers that carry a webhook's signature.
const (
	SignatureHeader = "Telnyx-Signature-Ed25519" // base64
	TimestampHeader = "Telnyx-Timestamp"         // Unix seconds
)

// Window is how far a signature's time may be from ours, either way. Telnyx's own libraries use the same.
const Window = 5 * time.Minute

// Valid says whether a webhook with these headers and this body, byte for byte as it came, was signed by the account with
// a public key (base64, as Telnyx shows it) within Window of now, which is the real time. What is signed is the
// time and the body; the address is not, so nothing in it may be believed for the signature's sake.
func Valid(publicKey string, h http.Header, body []byte, now time.Time) bool {
	key, err := base64.StdEncoding.DecodeString(publicKey)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return false
	}
	stamp := h.Get(TimestampHeader)
	seconds, err := strconv.ParseInt(stamp, 10, 64)
	if err != nil {
		return false
	}
	if age := now.Sub(time.Unix(seconds, 0)); age > Window || age < -Window {
		return false
	}
	signature, err := base64.StdEncoding.DecodeString(h.Get(SignatureHeader))
	if err != nil {
		return false
	}
	return ed25519.Verify(key, signed(stamp, body), signature)
}

// Sign gives a webhook its headers, as Telnyx would at an instant: for stand-ins.
func Sign(key ed25519.PrivateKey, h http.Header, body []byte, now time.Time) {
	stamp := strconv.FormatInt(now.Unix(), 10)
	h.Set(TimestampHeader, stamp)
	h.Set(SignatureHeader, base64.StdEncoding.EncodeToString(ed25519.Sign(key, signed(stamp, body))))
}

func signed(stamp string, body []byte) []byte {
	out := make([]byte, 0, len(stamp)+1+len(body))
	return append(append(append(out, stamp...), '|'), body...)
}
