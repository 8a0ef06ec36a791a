package webpush

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/ecdh"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
)

const (
	// recordSize is that of the one record of a notification. Push services take bodies of 4096 bytes at least (RFC 8030,
	// section 7.2), and Safari and others refuse longer ones.
	recordSize = 4096
	// headLength is what stands before the record: salt, record size, length of the key, the key (RFC 8188, section 2.1).
	headLength = saltLength + 4 + 1 + keyLength
	saltLength = 16
	keyLength  = 65
	authLength = 16
	tagLength  = 16
	// MaxPayload is the longest payload, in bytes: what the record has room for beside its tag and the delimiter.
	MaxPayload = recordSize - headLength - tagLength - 1
)

// encrypt writes a payload for a browser alone, with a key and a salt made for this one notification.
func encrypt(to Subscription, payload []byte) ([]byte, error) {
	ours, err := ecdh.P256().GenerateKey(rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("webpush: make a key: %w", err)
	}
	salt := make([]byte, saltLength)
	if _, err := rand.Read(salt); err != nil {
		return nil, fmt.Errorf("webpush: make a salt: %w", err)
	}
	return encryptWith(to, payload, ours, salt)
}

// encryptWith is RFC 8291, section 3.4: the secret that both keys share and the browser's own make the key of the content.
func encryptWith(to Subscription, payload []byte, ours *ecdh.PrivateKey, salt []byte) ([]byte, error) {
	if len(payload) > MaxPayload {
		return nil, ErrTooLong
	}
	theirs, err := ecdh.P256().NewPublicKey(to.Key)
	if err != nil || len(to.Auth) != authLength {
		return nil, fmt.Errorf("%w: its key or secret has another form", ErrNotSubscription)
	}
	shared, err := ours.ECDH(theirs)
	if err != nil {
		return nil, fmt.Errorf("webpush: agree on a secret: %w", err)
	}
	public := ours.PublicKey().Bytes()
	info := "WebPush: info\x00" + string(to.Key) + string(public)
	secret, err := hkdf.Key(sha256.New, shared, to.Auth, info, 32)
	if err != nil {
		return nil, fmt.Errorf("webpush: derive the secret: %w", err)
	}
	key, err := hkdf.Key(sha256.New, secret, salt, "Content-Encoding: aes128gcm\x00", 16)
	if err != nil {
		return nil, fmt.Errorf("webpush: derive the key: %w", err)
	}
	nonce, err := hkdf.Key(sha256.New, secret, salt, "Content-Encoding: nonce\x00", 12)
	if err != nil {
		return nil, fmt.Errorf("webpush: derive the nonce: %w", err)
	}
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, fmt.Errorf("webpush: %w", err)
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("webpush: %w", err)
	}
	out := make([]byte, 0, headLength+len(payload)+1+tagLength)
	out = append(out, salt...)
	out = binary.BigEndian.AppendUint32(out, recordSize)
	out = append(out, byte(len(public)))
	out = append(out, public...)
	last := append(append([]byte{}, payload...), 2) // the delimiter of the last record (RFC 8188, section 2)
	return seal.Seal(out, nonce, last, nil), nil
}
