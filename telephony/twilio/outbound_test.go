package twilio

import (
	"net/http"
	"strings"
	"testing"

	"fixly/clock"
	"fixly/receptionist"
	"fixly/store/storetest"
	"fixly/telephony"
	"fixly/telephony/fakephone"
	"fixly/telephony/telephonytest"
	"fixly/twilioapi"
)

// overTwilio places calls at Twilio.
func overTwilio() telephonytest.Placing {
	return telephonytest.Placing{
		Line: shop().Lines[0],
		Open: func(t testing.TB, x telephonytest.Exchange, apiURL string) (http.Handler, telephony.Placer) {
			t.Helper()
			client, err := twilioapi.NewClient(apiURL, nil)
			if err != nil {
				t.Fatal(err)
			}
			silent := &script{answer: parrot, replies: map[string]receptionist.Reply{}, opened: map[string]string{}}
			h, err := New(Options{Storage: x.DB.Telephony(), Directory: x.DB, Receptionist: silent, PublicURL: x.Public, Clock: clock.Real(), Calls: x.Calls})
			if err != nil {
				t.Fatal(err)
			}
			return h, NewPlacer(x.Shop.Lines[0], PlacerOptions{Client: client, PublicURL: x.Public, Clock: clock.Real()})
		},
	}
}

func TestPlacesCalls(t *testing.T) { telephonytest.RunPlacing(t, overTwilio()) }

// TwiML that any carrier of the dialect takes, word for word.
func TestACallThatWePlacePutsTwoPeopleThrough(t *testing.T) {
	storetest.Each(t, func(t *testing.T, address string) {
		x := telephonytest.NewExchange(t, overTwilio(), address)
		x.Phone.Person(sink, fakephone.Answers)
		out, call := x.Rings(fakephone.ByHand, true)
		call.Hears("A customer. Press 1")
		call.Presses("7")
		call.Hears("Press 1, please")
		call.Presses("1")
		call.Hears("That was it")
		call.Ends()
		query := "?call=" + out.ID + "&amp;turn="
		want := []string{
			`<Pause length="1"/><Gather input="dtmf" action="` + x.Phone.Public("/twilio/outbound/keys") + query + `1" method="POST" timeout="5" numDigits="1">` +
				`<Say language="en-US">A customer. Press 1 to talk to them.</Say></Gather><Redirect method="POST">` + x.Phone.Public("/twilio/outbound/keys") + query + `1</Redirect>`,
			"", `<Say language="en-US">Hold on.</Say><Dial action="` + x.Phone.Public("/twilio/outbound/dialled") + query + `3" method="POST" callerId="+13125550100" timeout="25"><Number>` + sink + `</Number></Dial>`,
			`<Say language="en-US">That was it.</Say><Hangup/>`,
		}
		for i, doc := range call.Documents() {
			if !strings.Contains(doc, want[i]) {
				t.Errorf("document %d is %s\nwant %s", i, doc, want[i])
			}
		}
	})
}

// Webhooks about a call of ours are believed only with the line's signature, and only about the call that was placed.
func TestStrangersCannotSpeakOfOurCalls(t *testing.T) {
	x := telephonytest.NewExchange(t, overTwilio(), storetest.SQLite(t))
	out, call := x.Rings(fakephone.ByHand, false)
	call.Hears("Press 1")
	form := call.Form("completed")
	for _, path := range []string{outboundAnswerPath, outboundKeysPath, outboundDialledPath, outboundStatusPath} {
		path += "?call=" + out.ID + "&turn=1"
		for name, token := range map[string]string{"no": "", "a wrong": "not-the-token"} {
			if status, _, err := x.Phone.WebhookSigned(path, form, token); err != nil || status != http.StatusForbidden {
				t.Errorf("%s with %s signature: %d, %v", path, name, status, err)
			}
		}
	}
	other := call.Form("in-progress")
	other.Set("CallSid", "CA00000000000000000000000000000099")
	if _, body, err := x.Phone.Webhook(outboundKeysPath+"?turn=1&call="+out.ID, other); err != nil || !strings.Contains(body, "<Response><Hangup/>") {
		t.Errorf("another call is answered %q, %v", body, err)
	}
	if _, body, err := x.Phone.Webhook(outboundAnswerPath+"?call=out_nobodys", other); err != nil || !strings.Contains(body, "<Response><Hangup/>") {
		t.Errorf("a call that is nobody's is answered %q, %v", body, err)
	}
	if c := x.Stored(out); c.State != telephony.CallAnswered || c.Turn != 1 {
		t.Errorf("something was changed: %+v", c)
	}
	call.HangsUp()
}
