package twilioapi

import "testing"

func TestIncomingNumber(t *testing.T) {
	const body = `{"incoming_phone_numbers":[
		{"sid":"PN1","phone_number":"+131255501001","voice_url":"https://elsewhere.example.com"},
		{"sid":"PN2","phone_number":"+13125550100","voice_url":"https://calls.example.com/twilio/voice","voice_method":"POST",
		 "sms_url":"https://calls.example.com/twilio/sms","sms_method":"POST","trunk_sid":null,"voice_application_sid":""}]}`
	x, account := answering(t, answer{status: 200, body: body})
	n, found, err := account.IncomingNumber(t.Context(), "+13125550100")
	if err != nil || !found || n.SID != "PN2" || n.VoiceURL != "https://calls.example.com/twilio/voice" || n.TrunkSID != "" {
		t.Errorf("got %+v, %v, %v", n, found, err)
	}
	if got := x.got()[0].URL.String(); got != "/2010-04-01/Accounts/AC00000000000000000000000000000001/IncomingPhoneNumbers.json?PhoneNumber=%2B13125550100" {
		t.Errorf("asked %s", got)
	}
	if _, found, err = account.IncomingNumber(t.Context(), "+1312555010"); err != nil || found {
		t.Errorf("part of a number: found %v, %v", found, err)
	}
}
