package twilio

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"fixly/business"
	"fixly/recording"
	"fixly/telephony"
	"fixly/twilioapi"
)

// Recorder has Twilio record calls.
type Recorder struct {
	Client    *twilioapi.Client
	PublicURL twilioapi.PublicURL // where Twilio reports the end of a recording
}

var _ recording.Carrier = Recorder{}

func (r Recorder) account(l business.Line) twilioapi.Account {
	return r.Client.Account(l.AccountSID, l.AuthToken)
}

// Begin records a call that goes on: the caller on one channel, what they hear on the other, whoever that is.
func (r Recorder) Begin(ctx context.Context, l business.Line, c *telephony.Call) (string, error) {
	about := "?" + url.Values{"line": {l.Number}, "from": {c.From}}.Encode()
	made, err := r.account(l).CreateRecording(ctx, c.CarrierID, r.PublicURL.HTTP(recordedPath+about))
	return made.SID, recordError(err)
}

// Find lists the recordings of a call that were begun while it went on; its voicemail is none of them.
func (r Recorder) Find(ctx context.Context, l business.Line, carrierID string) ([]recording.Found, error) {
	found, err := r.account(l).Recordings(ctx, carrierID)
	var out []recording.Found
	for _, x := range found {
		if x.Source == twilioapi.BegunByAPI {
			out = append(out, recording.Found{ID: x.SID, Live: x.Live()})
		}
	}
	return out, recordError(err)
}

// Stop ends a recording.
func (r Recorder) Stop(ctx context.Context, l business.Line, carrierID, id string) error {
	return recordError(r.account(l).StopRecording(ctx, carrierID, id))
}

// Erase deletes a recording, with its sound.
func (r Recorder) Erase(ctx context.Context, l business.Line, id string) error {
	err := recordError(r.account(l).DeleteRecording(ctx, id))
	var gone *twilioapi.Error
	if errors.As(err, &gone) && gone.Status == http.StatusNotFound {
		return nil
	}
	return err
}

// recordError says of a refusal for good that it is one: the call is over, or there is no such recording.
func recordError(err error) error {
	var refused *twilioapi.Error
	if errors.As(err, &refused) && (refused.Status == http.StatusNotFound || refused.Status == http.StatusBadRequest) {
		return fmt.Errorf("%w: %w", recording.ErrNever, err)
	}
	return err
}
