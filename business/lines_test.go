package business_test

import (
	"strings"
	"testing"

	"fixly/business"
)

const (
	theLine    = `{number: "+13125550100", carrier: twilio, mode: relay, account_sid: AC00000000000000000000000000000001, auth_token: secret}`
	telnyxKey  = "hkP/4Wj3WnWJbhYbLnW9WY2pT7ZVxKyxx3PTtFuZKXk="
	telnyxLine = `{number: "+13125550100", carrier: telnyx, mode: gather, api_key: KEY01, public_key: "` + telnyxKey + `", connection_id: "1234567890"`
	modem      = "  - {number: \"+13125550110\", carrier: gateway, gateway: modem}\n"
	modemIs    = `gateways: [{name: modem, url: "http://192.168.1.20:8080/message", secret: hush, headers: [{name: Authorization, value: "Bearer {secret}"}]`
	modemSends = `, fields: [{name: "phoneNumbers[]", value: "{to}"}, {name: message.text, value: "{body}"}, {name: id, value: "{id}"}]`
	modemTells = `, incoming: {token: abcdefgh12345678, from: payload.sender, body: payload.message, id: payload.messageId`
)

// edited is a business file with a part of it changed.
func edited(t *testing.T, file, old, replacement string) string {
	t.Helper()
	if strings.Count(file, old) == 0 {
		t.Fatalf("the shop has no %q", old)
	}
	return strings.Replace(file, old, replacement, 1)
}

// TestLinesOfEachCarrierAreChecked: what each carrier needs is asked for, with the file, the line and the key. A want that
// is empty says that it is right.
func TestLinesOfEachCarrierAreChecked(t *testing.T) {
	gateway := func(is string) string { return modem + is + "}]\nanswering:" }
	for _, c := range []struct{ name, old, new, want string }{
		{"telnyx", theLine, telnyxLine + "}", ""},
		{"telnyx without a key", theLine, strings.Replace(telnyxLine, "KEY01", `""`, 1) + "}", "shop.yaml:10: lines[0].api_key: is required"},
		{"telnyx masked", theLine, strings.Replace(telnyxLine, "KEY01", `"********"`, 1) + "}", "shop.yaml:10: lines[0].api_key: is masked"},
		{"telnyx without the public key", theLine, strings.Replace(telnyxLine, telnyxKey, "", 1) + "}", "shop.yaml:10: lines[0].public_key: is required"},
		{"telnyx with another key", theLine, strings.Replace(telnyxLine, telnyxKey, "KEY01", 1) + "}", "shop.yaml:10: lines[0].public_key: is not the public key of a Telnyx account"},
		{"telnyx with a path", theLine, strings.Replace(telnyxLine, "1234567890", "../x", 1) + "}", `shop.yaml:10: lines[0].connection_id: "../x" is no identifier of Telnyx's`},
		{"twilio at a gateway", "auth_token: secret}", "auth_token: secret, gateway: modem}", "shop.yaml:10: lines[0].gateway: belongs to a line whose carrier is gateway; this one's is twilio"},

		{"gateway", "answering:", gateway(modemIs + modemSends + modemTells + "}"), ""},
		{"gateway that only sends", "answering:", gateway(modemIs + modemSends), ""},
		{"gateway unknown", "answering:", modem + "answering:", `shop.yaml:11: lines[1].gateway: no gateway is called "modem"`},
		{"gateway twice", "answering:", modem + modemIs + modemSends + `}, {name: modem, url: "http://x", fields: [{name: a, value: "{to}{body}"}]}]` + "\nanswering:", `shop.yaml:12: gateways[1].name: another gateway is called "modem" already`},
		{"gateway's address", "answering:", gateway(strings.Replace(modemIs, "http://", "ftp://", 1) + modemSends), `shop.yaml:12: gateways[0].url: "ftp://192.168.1.20:8080/message" is not an address`},
		{"gateway without the words", "answering:", gateway(modemIs + `, fields: [{name: to, value: "{to}"}]`), "shop.yaml:12: gateways[0].fields: must hold {body} in some value"},
		{"repeats without an id", "answering:", gateway(modemIs + `, repeats: ignored, fields: [{name: to, value: "{to}{body}"}]`), "shop.yaml:12: gateways[0].repeats: is ignored, so some field must hold {id}"},
		{"header with a line break", "answering:", gateway(modemIs + modemSends + `, method: POST` + "}, {name: b, url: \"http://x\", headers: [{name: \"a b\", value: c}]" + modemSends), `shop.yaml:12: gateways[1].headers[0].name: "a b" is no name of a header`},
		{"refusal of no class", "answering:", gateway(modemIs + modemSends + ", refusals: [{answer: gone, means: never}]"), "shop.yaml:12: gateways[0].refusals[0].means: must be opted_out or "},
		{"token that is guessed", "answering:", gateway(modemIs + modemSends + strings.Replace(modemTells, "abcdefgh12345678", "hello", 1) + "}"), "shop.yaml:12: gateways[0].incoming.token: needs 16 letters"},
		{"incoming without a sender", "answering:", gateway(modemIs + modemSends + strings.Replace(modemTells, "from: payload.sender, ", "", 1) + "}"), "shop.yaml:12: gateways[0].incoming.from: is required"},
		{"signed nowhere", "answering:", gateway(modemIs + modemSends + modemTells + ", signing_key: k}"), "shop.yaml:12: gateways[0].incoming.signature_header: is required"},
		{"two lines, one answer", "answering:", modem + strings.Replace(gateway(modemIs+modemSends+modemTells+"}"), "0110", "0111", 1), "shop.yaml:13: gateways[0].incoming.to: is required, for more than one line has this gateway"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := business.Parse("shop.yaml", []byte(edited(t, shop, c.old, c.new)))
			got := ""
			if err != nil {
				got = err.Error()
			}
			if !strings.HasPrefix(got, c.want) || c.want == "" && got != "" {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// A secret goes nowhere but where it was given for.
func TestSecretsOfEachCarrierAreMasked(t *testing.T) {
	file := edited(t, shop, theLine, telnyxLine+"}")
	file = edited(t, file, "answering:", modem+modemIs+modemSends+modemTells+", signing_key: sign, signature_header: X-Signature}}]\nanswering:")
	b, err := business.Parse("shop.yaml", []byte(file))
	if err != nil {
		t.Fatal(err)
	}
	shown := business.Masked(b)
	for _, s := range shown.Secrets() {
		if *s.Value != "" && *s.Value != business.Mask {
			t.Errorf("%s is shown: %s", s.Key, *s.Value)
		}
	}
	if len(b.Secrets()) != 7 || b.Lines[0].APIKey != "KEY01" || b.Gateways[0].Secret != "hush" {
		t.Fatalf("%+v", b)
	}
	back := shown.Clone()
	if err := business.Unmask(back, b); err != nil || !same(b, back) {
		t.Errorf("unmasked %+v, %v", back, err)
	}
	back = shown.Clone()
	back.Lines[0].PublicKey, back.Gateways[0].URL = strings.Replace(telnyxKey, "h", "H", 1), "https://elsewhere.example.com/"
	err = business.Unmask(back, b)
	if err == nil || strings.Count(err.Error(), "is masked") != 4 || back.Lines[0].APIKey != business.Mask || back.Gateways[0].Secret != business.Mask {
		t.Errorf("sent elsewhere: %+v, %v", back.Gateways, err)
	}
}

func TestWhichLinesPlaceCalls(t *testing.T) {
	for _, c := range []struct {
		line business.Line
		want bool
	}{
		{business.Line{Carrier: business.CarrierTwilio}, true},
		{business.Line{Carrier: business.CarrierTelnyx, ConnectionID: "26944"}, true},
		{business.Line{Carrier: business.CarrierTelnyx}, false}, // no application to call from
		{business.Line{Carrier: business.CarrierGateway}, false},
	} {
		if got := c.line.PlacesCalls(); got != c.want {
			t.Errorf("%+v places calls: %t", c.line, got)
		}
	}
}
