package telnyx

import (
	"context"
	"errors"

	"fixly/messaging"
	"fixly/telnyxapi"
)

var _ messaging.MediaSource = (*Carrier)(nil)

// Media fetches a picture that came with a text of the line. Its address holds a permission that ends, so one that is refused is
// gone.
func (c *Carrier) Media(ctx context.Context, address string) ([]byte, error) {
	body, err := c.account.Media(ctx, address, messaging.MaxMedia)
	var e *telnyxapi.Error
	switch {
	case errors.Is(err, telnyxapi.ErrFileTooLarge):
		return nil, messaging.ErrMediaTooLarge
	case errors.Is(err, telnyxapi.ErrNoAddress):
		return nil, messaging.ErrNoMedia
	case errors.As(err, &e) && (e.Status == 403 || e.Status == 404 || e.Status == 410):
		return nil, messaging.ErrNoMedia
	case err != nil:
		return nil, sendError(err)
	}
	return body, nil
}
