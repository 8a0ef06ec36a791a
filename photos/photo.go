// Package photos keeps the pictures that customers text: each is fetched from its carrier by a durable job, checked, kept in
// the database, shown on the pages to who is signed in, and sent along to who goes to the visit, by an address that can't be
// guessed and that ends.
package photos

import (
	"errors"
	"net/http"
	"slices"
	"time"
)

// Status is how far a picture has got.
type Status string

// The states of a picture.
const (
	Wanted  Status = "wanted"
	Kept    Status = "kept"
	Refused Status = "refused"
)

// Why a picture is refused.
const (
	NoPicture   = "no_picture"  // it is none of the types that are kept
	TooLarge    = "too_large"   // carriers' own bound
	TooMany     = "too_many"    // the number has sent enough of them
	Gone        = "gone"        // the carrier has it no more
	Unreachable = "unreachable" // the carrier did not give it in time
)

// ErrNoPhoto says that a business has no such picture.
var ErrNoPhoto = errors.New("photos: no such picture")

// Photo is one picture, without its bytes.
type Photo struct {
	ID         string
	BusinessID string
	MessageID  string
	Place      int    // among those of its text, from 0
	Peer       string // who sent it, E.164
	JobID      string // the visit that it was sent along to; empty: none yet
	URL        string // at the carrier
	Status     Status
	Reason     string // why it was refused
	Type       string // "image/jpeg"; empty until it is kept
	Size       int    // bytes
	CreatedAt  time.Time
}

// types are the pictures that are kept: those that every browser shows and none runs.
var types = []string{"image/jpeg", "image/png", "image/gif", "image/webp"}

// typeOf is the type of a picture by its first bytes, whatever it was said to be; empty for what is none.
func typeOf(data []byte) string {
	if t := http.DetectContentType(data); slices.Contains(types, t) {
		return t
	}
	return ""
}

// The bounds of what is kept for one number.
const (
	mostKept = 30
	keptPer  = 24 * time.Hour
)
