package store

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"

	"fixly/business"
)

// sealMark begins a sealed credential. No carrier's token begins like it.
const sealMark = "sealed:1:"

// errSealed says that a credential can't be read: the key is another one, or missing.
var errSealed = errors.New("its stored credentials don't open with this secret key; put back the key that belongs to the database (the .key file beside it, or FIXLY_SECRET_KEY)")

// seal keeps the credentials of businesses encrypted at rest: AES-256-GCM under the installation's secret key, bound
// to the business they belong to. Without a key they are kept as they are; such ones are read with a key, too.
type seal struct{ aead cipher.AEAD }

func newSeal(key []byte) (seal, error) {
	if len(key) == 0 {
		return seal{}, nil
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return seal{}, fmt.Errorf("store: secret key: %w", err)
	}
	aead, err := cipher.NewGCM(block)
	if err != nil {
		return seal{}, fmt.Errorf("store: secret key: %w", err)
	}
	return seal{aead}, nil
}

// business is a copy of b to be stored under an id: with its credentials closed.
func (s seal) business(id string, b *business.Business) *business.Business {
	if s.aead == nil {
		return b
	}
	out := b.OwnSecrets()
	for _, c := range out.Secrets() {
		if *c.Value != "" {
			*c.Value = s.close(*c.Value, id)
		}
	}
	return out
}

// openBusiness opens the credentials of a business just read.
func (s seal) openBusiness(b *business.Business) error {
	for _, c := range b.Secrets() {
		plain, err := s.open(*c.Value, b.ID)
		if err != nil {
			return fmt.Errorf("%s: %w", c.Key, err)
		}
		*c.Value = plain
	}
	return nil
}

func (s seal) close(plain, owner string) string {
	nonce := make([]byte, s.aead.NonceSize())
	_, _ = rand.Read(nonce) // never fails, see crypto/rand
	return sealMark + base64.StdEncoding.EncodeToString(s.aead.Seal(nonce, nonce, []byte(plain), []byte(owner)))
}

func (s seal) open(kept, owner string) (string, error) {
	text, ok := strings.CutPrefix(kept, sealMark)
	if !ok {
		return kept, nil
	}
	raw, err := base64.StdEncoding.DecodeString(text)
	if err != nil || s.aead == nil || len(raw) < s.aead.NonceSize() {
		return "", errSealed
	}
	plain, err := s.aead.Open(nil, raw[:s.aead.NonceSize()], raw[s.aead.NonceSize():], []byte(owner))
	if err != nil {
		return "", errSealed
	}
	return string(plain), nil
}

// closeBytes closes credentials that are no text.
func (s seal) closeBytes(plain []byte, owner string) string {
	if s.aead == nil {
		return string(plain)
	}
	return s.close(string(plain), owner)
}

// openBytes opens what closeBytes closed.
func (s seal) openBytes(kept, owner string) ([]byte, error) {
	plain, err := s.open(kept, owner)
	return []byte(plain), err
}
