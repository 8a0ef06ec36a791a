package twilioapi

import (
	"context"
	"net/http"
	"net/url"
)

// IncomingNumber is a phone number of the account, as Twilio keeps it: where its calls and texts are announced.
// An application or a trunk, where one is set, takes the place of the addresses.
type IncomingNumber struct {
	SID                  string `json:"sid"`
	Number               string `json:"phone_number"`
	VoiceURL             string `json:"voice_url"`
	VoiceMethod          string `json:"voice_method"`
	VoiceApplicationSID  string `json:"voice_application_sid"`
	TrunkSID             string `json:"trunk_sid"`
	StatusCallback       string `json:"status_callback"`
	StatusCallbackMethod string `json:"status_callback_method"`
	SMSURL               string `json:"sms_url"`
	SMSMethod            string `json:"sms_method"`
	SMSApplicationSID    string `json:"sms_application_sid"`
}

// IncomingNumber looks up one of the account's numbers by its E.164 form; found is false when it has no such
// number.
func (a Account) IncomingNumber(ctx context.Context, number string) (n IncomingNumber, found bool, err error) {
	var page struct {
		Numbers []IncomingNumber `json:"incoming_phone_numbers"`
	}
	path := a.path("IncomingPhoneNumbers") + "?" + url.Values{"PhoneNumber": {number}}.Encode()
	if err := a.do(ctx, http.MethodGet, path, nil, &page); err != nil {
		return IncomingNumber{}, false, err
	}
	// The filter matches parts of numbers too.
	for _, n := range page.Numbers {
		if n.Number == number {
			return n, true, nil
		}
	}
	return IncomingNumber{}, false, nil
}
