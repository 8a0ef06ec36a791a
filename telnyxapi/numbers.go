package telnyxapi

import (
	"context"
	"net/http"
	"net/url"
	"strings"
)

// Number is a number of the account.
type Number struct {
	Number             string `json:"phone_number"`
	Status             string `json:"status"` // "active" once it works
	ConnectionID       string `json:"connection_id"`
	MessagingProfileID string `json:"messaging_profile_id"`
}

// Number looks one of the account's numbers up.
//
// https://developers.telnyx.com/api-reference/phone-number-configurations/list-phone-numbers
func (a Account) Number(ctx context.Context, number string) (n Number, found bool, err error) {
	var out struct {
		Data []Number `json:"data"`
	}
	// The filter takes digits alone: with any other character, it is documented to find nothing.
	q := url.Values{"filter[phone_number]": {strings.TrimPrefix(number, "+")}}
	if err := a.do(ctx, http.MethodGet, "/v2/phone_numbers?"+q.Encode(), nil, &out); err != nil {
		return Number{}, false, err
	}
	for _, n := range out.Data { // three digits are enough to be found by
		if n.Number == number {
			return n, true, nil
		}
	}
	return Number{}, false, nil
}

// Application is a TeXML application: where the calls of its numbers are announced.
type Application struct {
	Active               bool   `json:"active"`
	VoiceURL             string `json:"voice_url"`
	VoiceMethod          string `json:"voice_method"`
	StatusCallback       string `json:"status_callback"`
	StatusCallbackMethod string `json:"status_callback_method"`
	Outbound             struct {
		ProfileID string `json:"outbound_voice_profile_id"` // by which it calls anybody; empty: it can't
	} `json:"outbound"`
}

// Application shows a TeXML application.
//
// https://developers.telnyx.com/api-reference/texml-applications/retrieve-a-texml-application
func (a Account) Application(ctx context.Context, id string) (Application, error) {
	var out struct {
		Data Application `json:"data"`
	}
	err := a.do(ctx, http.MethodGet, "/v2/texml_applications/"+url.PathEscape(id), nil, &out)
	return out.Data, err
}

// Profile is a messaging profile: where the texts of its numbers are announced.
type Profile struct {
	Enabled    bool   `json:"enabled"`
	WebhookURL string `json:"webhook_url"`
	Version    string `json:"webhook_api_version"` // "1", "2" or "2010-04-01"
}

// Profile shows a messaging profile.
//
// https://developers.telnyx.com/api-reference/profiles/retrieve-a-messaging-profile
func (a Account) Profile(ctx context.Context, id string) (Profile, error) {
	var out struct {
		Data Profile `json:"data"`
	}
	err := a.do(ctx, http.MethodGet, "/v2/messaging_profiles/"+url.PathEscape(id), nil, &out)
	return out.Data, err
}
