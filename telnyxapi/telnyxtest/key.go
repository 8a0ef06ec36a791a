package telnyxtest

import (
	"crypto/ed25519"
	"encoding/base64"
)

// key is that of the account in tests: always the same, so that business files can name it.
var key = ed25519.NewKeyFromSeed([]byte("a Telnyx account for tests only."))

// PublicKey is the account's public key, as Telnyx shows it.
func PublicKey() string {
	return base64.StdEncoding.EncodeToString(key[ed25519.SeedSize:])
}

// Key signs the account's webhooks, see telnyxapi.Sign.
func Key() ed25519.PrivateKey { return key }
