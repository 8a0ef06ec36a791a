package fakephone

import (
	"fmt"
	"net/http"
	"net/url"
)

// record takes a voicemail: what the caller says next. Who is silent has left none, and what follows is done; who hangs up
// has left as much as they said, which is nothing.
func (c *Call) record(v *Verb) (next string, stop bool) {
	for {
		var a action
		select {
		case a = <-c.actions:
		case <-c.ctx.Done():
			return "", true
		}
		switch a.kind {
		case "silence":
			return "", false
		case "hangup":
			return "", true
		case "say":
			id := sid("RE")
			seconds := fmt.Sprint(len(a.text)/10 + 1)
			next, stop = c.follow(v.Attr["action"], url.Values{
				"RecordingSid": {id}, "RecordingDuration": {seconds}, "RecordingUrl": {c.p.api.URL + "/Recordings/" + id}, "Digits": {"#"},
			})
			about := url.Values{"AccountSid": {c.p.o.AccountSID}, "CallSid": {c.SID}, "RecordingSid": {id}}
			c.tell(v.Attr["recordingStatusCallback"], about, url.Values{"RecordingStatus": {"completed"}, "RecordingDuration": {seconds}})
			if v.Attr["transcribe"] == "true" {
				c.tell(v.Attr["transcribeCallback"], about, url.Values{"TranscriptionSid": {sid("TR")}, "TranscriptionStatus": {"completed"}, "TranscriptionText": {a.text}})
			}
			return next, stop
		}
	}
}

// tell delivers a report that is no TwiML's business.
func (c *Call) tell(address string, about, more url.Values) {
	if address == "" {
		return
	}
	form := clone(about)
	for k, x := range more {
		form[k] = x
	}
	if code, body, err := c.p.Webhook(address, form); err != nil || code/100 != http.StatusOK/100 && code != http.StatusServiceUnavailable {
		c.fail(fmt.Errorf("%s is answered %d %q, %w", address, code, body, err))
	}
}
