package e2e

import (
	"testing"

	"fixly/business"
	"fixly/telephony/fakephone"
	"fixly/telephony/telephonytest"
	"fixly/telnyxapi/telnyxtest"
)

// Every carrier of calls, in every mode of its lines, as far as it is not shown elsewhere: the other tests here are Twilio's,
// and what no mode changes is shown in one.
func TestCarriersOfCalls(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		carrier, mode string
		only          []string
	}{
		{business.CarrierTelnyx, "relay", nil},
		{business.CarrierTelnyx, "gather", []string{
			telephonytest.Booked, telephonytest.Twice, telephonytest.Abandoned, telephonytest.HandedOver, telephonytest.PutThrough,
			telephonytest.ColdToVoicemail,
		}},
		{business.CarrierTwilio, "relay", []string{telephonytest.ColdToVoicemail}},
	} {
		t.Run(c.carrier+" "+c.mode, func(t *testing.T) {
			t.Parallel()
			telephonytest.Run(t, func(t *testing.T) telephonytest.Server {
				t.Helper()
				s := sqlite(t, at(c.carrier))
				s.byCarrier(t, c.carrier, c.mode)
				return s.suite()
			}, c.only...)
		})
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
		Cold: func(t testing.TB) {
			t.Helper()
			s.editBusiness(t, func(b map[string]any) {
				a := b["answering"].(map[string]any)
				a["hand_over"], a["machine_detection"] = "cold", true
			})
		},
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
