package app

import (
	"context"
	"fmt"
	"io"

	"fixly/business"
	"fixly/twilioapi"
)

// sound fetches what was recorded on a line from its carrier.
func sound(api *twilioapi.Client) func(ctx context.Context, l business.Line, recordingID string) (io.ReadCloser, error) {
	return func(ctx context.Context, l business.Line, recordingID string) (io.ReadCloser, error) {
		if l.Carrier != business.CarrierTwilio {
			return nil, fmt.Errorf("recordings of carrier %s can't be fetched; look at its own pages", l.Carrier)
		}
		return api.Account(l.AccountSID, l.AuthToken).Recording(ctx, recordingID)
	}
}
