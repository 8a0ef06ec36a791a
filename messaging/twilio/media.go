package twilio

import (
	"context"
	"errors"

	"fixly/messaging"
	"fixly/twilioapi"
)

var _ messaging.MediaSource = (*Carrier)(nil)

// Media fetches a picture that came with a text of the line.
func (c *Carrier) Media(ctx context.Context, address string) ([]byte, error) {
	body, err := c.account.Media(ctx, address, messaging.MaxMedia)
	switch {
	case errors.Is(err, twilioapi.ErrFileTooLarge):
		return nil, messaging.ErrMediaTooLarge
	case errors.Is(err, twilioapi.ErrNotTwilios):
		return nil, messaging.ErrNoMedia
	case err != nil:
		var e *twilioapi.Error
		if errors.As(err, &e) && (e.Status == 404 || e.Status == 410) {
			return nil, messaging.ErrNoMedia
		}
		return nil, sendError(err)
	}
	return body, nil
}
