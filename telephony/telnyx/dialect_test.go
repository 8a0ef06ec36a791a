package telnyx

import (
	"net/url"
	"testing"

	"fixly/twilioapi"
)

// The parameters of an incoming call as Telnyx documents them.
func TestParametersGetTheirNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, is, as, want string }{
		{"CallStatus", "answered", "CallStatus", "in-progress"},
		{"CallStatus", "no-answer", "CallStatus", "no-answer"},
		{"CallerId", "OWEN PRATT", "CallerName", "OWEN PRATT"},
		{"ConnectionId", "2694492062593582591", "AccountSid", "2694492062593582591"},
		{"AnsweredBy", "not_sure", "AnsweredBy", ""},
		{"AnsweredBy", "machine", "AnsweredBy", "machine"},
		{"From", "+13125550143", "From", "+13125550143"},
	} {
		if got := form(twilioapi.FormOf(url.Values{c.name: {c.is}})).Get(c.as); got != c.want {
			t.Errorf("%s=%s gives %s=%q, want %q", c.name, c.is, c.as, got, c.want)
		}
	}
}

func TestAttestation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ level, validated, want string }{
		{"A", "true", "TN-Validation-Passed-A"},
		{"C", "1", "TN-Validation-Passed-C"},
		{"B", "false", "TN-Validation-Failed-B"},
		{"A", "", ""},
		{"", "true", ""},
		{"Z", "true", ""},
	} {
		f := twilioapi.FormOf(url.Values{"ShakenStirAttestation": {c.level}, "ShakenStirValidated": {c.validated}})
		if got := form(f).Get("StirVerstat"); got != c.want {
			t.Errorf("level %q, validated %q: %q, want %q", c.level, c.validated, got, c.want)
		}
	}
}

func TestAttributesGetTheirNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ element, name, value, as, is string }{
		{"Gather", "speechTimeout", "auto", "speechTimeout", "2"},
		{"Gather", "actionOnEmptyResult", "true", "", ""},
		{"Gather", "input", "dtmf speech", "input", "dtmf speech"},
		{"ConversationRelay", "hints", "ZIP", "", ""},
		{"Number", "amdStatusCallback", "https://phone.example.com/", "statusCallback", "https://phone.example.com/"},
		{"Dial", "method", "POST", "method", "POST"},
	} {
		if as, is := attribute(c.element, c.name, c.value); as != c.as || is != c.is {
			t.Errorf("%s %s=%q becomes %s=%q, want %s=%q", c.element, c.name, c.value, as, is, c.as, c.is)
		}
	}
}
