package webpush

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"net/url"
	"time"
)

// Keys sign what this server pushes. Browsers subscribe with the public one, so it has to stay the same.
type Keys struct {
	private *ecdsa.PrivateKey
	public  string
}

// tokenLife is how long a signature counts; push services allow a day at most (RFC 8292, section 2).
const tokenLife = 12 * time.Hour

var encode = base64.RawURLEncoding

// NewKeys derives the keys from the installation's secret key, the same ones wherever and whenever it is done.
func NewKeys(secret []byte) (Keys, error) {
	for n := byte(0); ; n++ { // a scalar of a random 256 bits is out of range once in 2^32
		scalar, err := hkdf.Key(sha256.New, secret, []byte{n}, "fixly web push vapid", 32)
		if err != nil {
			return Keys{}, fmt.Errorf("webpush: derive the key: %w", err)
		}
		private, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar)
		if err != nil {
			if n < 255 {
				continue
			}
			return Keys{}, fmt.Errorf("webpush: derive the key: %w", err)
		}
		public, err := private.PublicKey.Bytes()
		if err != nil {
			return Keys{}, fmt.Errorf("webpush: the public key: %w", err)
		}
		return Keys{private: private, public: encode.EncodeToString(public)}, nil
	}
}

// Public is the public key, in base64url without padding.
func (k Keys) Public() string { return k.public }

// token is a JWT for the push service at an address, signed by ES256 (RFC 8292, section 2).
func (k Keys) token(endpoint *url.URL, contact string, now time.Time) (string, error) {
	claims, err := json.Marshal(map[string]any{
		"aud": endpoint.Scheme + "://" + endpoint.Host, "exp": now.Add(tokenLife).Unix(), "sub": contact,
	})
	if err != nil {
		return "", fmt.Errorf("webpush: write the token: %w", err)
	}
	signed := encode.EncodeToString([]byte(`{"typ":"JWT","alg":"ES256"}`)) + "." + encode.EncodeToString(claims)
	digest := sha256.Sum256([]byte(signed))
	r, s, err := ecdsa.Sign(rand.Reader, k.private, digest[:])
	if err != nil {
		return "", fmt.Errorf("webpush: sign the token: %w", err)
	}
	signature := make([]byte, 64) // both numbers, 32 bytes each (RFC 7518, section 3.4)
	r.FillBytes(signature[:32])
	s.FillBytes(signature[32:])
	return signed + "." + encode.EncodeToString(signature), nil
}
