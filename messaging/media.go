package messaging

import (
	"context"
	"errors"
)

// MediaSource is a carrier that keeps the pictures of texts to its lines until they are fetched.
type MediaSource interface {
	// Media fetches a picture by the address that came with its text: MaxMedia bytes of it at most. The error is ErrNoMedia or
	// ErrMediaTooLarge where trying again can't help.
	Media(ctx context.Context, address string) ([]byte, error)
}

// MaxMedia is how large a picture may be in bytes: carriers pass none on that is larger.
// https://www.twilio.com/docs/messaging/guides/accepted-mime-types
const MaxMedia = 5 << 20

// What keeps a picture from being fetched for good.
var (
	ErrNoMedia       = errors.New("messaging: there is no such picture at the carrier")
	ErrMediaTooLarge = errors.New("messaging: the picture is too large")
)
