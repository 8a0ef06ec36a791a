package e2e

import (
	"testing"

	"fixly/business"
	"fixly/telephony/fakephone"
	"fixly/telephony/telephonytest"
	"fixly/telnyxapi/telnyxtest"
)

// Every carrier of calls, in every mode of its lines.
func TestCarriersOfCalls(t *testing.T) {
	t.Parallel()
	for _, carrier := range []string{business.CarrierTwilio, business.CarrierTelnyx} {
		for _, mode := range []string{"relay", "gather"} {
			t.Run(carrier+" "+mode, func(t *testing.T) {
				t.Parallel()
				telephonytest.Run(t, func(t *testing.T) telephonytest.Server {
					t.Helper()
					s := sqlite(t, at(carrier))
					s.byCarrier(t, carrier, mode)
					return s.suite()
				})
			})
		}
	}
}

// telnyxKey is the API key of the account in tests.
const telnyxKey = "KEY0123"

// at opens the shop with its line at a carrier.
func at(carrier string) option {
	return func(s *shop, o *fakephone.Options) {
		if carrier == business.CarrierTelnyx {
			o.Carrier, o.AuthToken = carrier, telnyxKey
			s.carrierAPI = "FIXLY_TELNYX_API_URL"
		}
	}
}

// byCarrier says in the business whose the line is, and how it reaches the receptionist.
func (s *shop) byCarrier(t testing.TB, carrier, mode string) {
	t.Helper()
	s.editBusiness(t, func(b map[string]any) {
		l := b["lines"].([]any)[0].(map[string]any)
		l["mode"] = mode
		if carrier != business.CarrierTelnyx {
			return
		}
		for _, k := range []string{"account_sid", "auth_token", "messaging_service_sid"} {
			delete(l, k)
		}
		l["carrier"], l["api_key"], l["public_key"], l["connection_id"] = carrier, telnyxKey, telnyxtest.PublicKey(), "2694492062593582591"
	})
}

func (s *shop) suite() telephonytest.Server {
	return telephonytest.Server{
		Phone:       s.Phone,
		PersonFirst: s.personFirst,
		ComesTo: func(t testing.TB, callID, outcome, handledBy string) {
			t.Helper()
			s.comesTo(callID, outcome, handledBy)
		},
		BookedOnce: func(t testing.TB, phone string) {
			t.Helper()
			s.isBookedOnce(phone)
		},
		CalmsDown: func(t testing.TB) {
			t.Helper()
			s.calmsDown()
		},
		TextsTo: func(t testing.TB, number string) (bodies []string) {
			t.Helper()
			for _, x := range s.Texts(number) {
				bodies = append(bodies, x.Body)
			}
			return bodies
		},
	}
}
