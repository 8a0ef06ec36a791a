package fakephone

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/coder/websocket"

	"fixly/twilioapi"
)

// relayIn is a message to Twilio.
type relayIn struct {
	Type        string `json:"type"`
	Token       string `json:"token"`
	Last        bool   `json:"last"`
	HandoffData string `json:"handoffData"`
	TTSLanguage string `json:"ttsLanguage"`
	gone        bool   // the connection
}

// Handshake opens a relay WebSocket signed with any token over its public address; none for no signature. The
// status is that of the handshake.
func (p *Phone) Handshake(ctx context.Context, address, token string) (conn *websocket.Conn, status int, err error) {
	public, private, err := p.addresses(address)
	if err != nil {
		return nil, 0, err
	}
	if rest, ok := strings.CutPrefix(public, "http"); ok {
		public = "ws" + rest
	}
	header := http.Header{"User-Agent": {"TwilioConversationRelay/1.0"}}
	if token != "" && !p.speaksTelnyx() { // of Telnyx's handshakes nothing is said
		header.Set(twilioapi.SignatureHeader, twilioapi.Sign(token, public, twilioapi.Form{}))
	}
	//nolint:bodyclose // websocket.Dial reads the body itself, and after a handshake the connection owns it
	conn, resp, err := websocket.Dial(ctx, private, &websocket.DialOptions{HTTPHeader: header})
	if resp != nil {
		status = resp.StatusCode
	}
	return conn, status, err
}

// connect runs a ConversationRelay session.
func (c *Call) connect(v *Verb) (next string, stop bool) {
	cr := v.kid("ConversationRelay")
	if cr == nil {
		c.fail(errors.New("<Connect> holds no <ConversationRelay>"))
		return "", true
	}
	c.p.mu.Lock()
	c.relays = append(c.relays, cr)
	c.p.mu.Unlock()
	status, handoff, err := c.session(cr)
	if err != nil {
		c.note("(the session failed: %v)", err)
	}
	if c.ctx.Err() != nil {
		return "", true
	}
	more := url.Values{"SessionId": {sid("VX")}, "SessionStatus": {status}, "SessionDuration": {"42"}}
	if handoff != "" {
		more.Set("HandoffData", handoff)
	}
	if status == "failed" {
		more.Set("ErrorCode", "64102")
		more.Set("ErrorMessage", err.Error())
	}
	return c.follow(v.Attr["action"], more)
}

// session is one WebSocket, from handshake to end.
func (c *Call) session(cr *Verb) (status, handoff string, err error) {
	address := cr.Attr["url"]
	if !strings.HasPrefix(address, "ws://") && !strings.HasPrefix(address, "wss://") {
		err := fmt.Errorf("ConversationRelay's url %q is no WebSocket's", address)
		c.fail(err)
		return "failed", "", err
	}
	conn, _, err := c.p.Handshake(c.ctx, address, c.p.o.AuthToken)
	if err != nil {
		return "failed", "", err
	}
	defer func() { _ = conn.CloseNow() }()
	parameters := map[string]string{}
	for _, k := range cr.Kids {
		if k.Name == "Parameter" {
			parameters[k.Attr["name"]] = k.Attr["value"]
		}
	}
	send := func(message any) {
		b, _ := json.Marshal(message) // maps of strings
		_ = conn.Write(c.ctx, websocket.MessageText, b)
	}
	send(map[string]any{
		"type": "setup", "sessionId": sid("VX"), "accountSid": c.p.o.AccountSID, "callSid": c.SID, "parentCallSid": "", "from": c.From,
		"to": c.p.o.Line, "forwardedFrom": "", "callerName": c.extra.Get("CallerName"), "direction": "inbound", "callType": "PSTN",
		"callStatus": "IN-PROGRESS", "customParameters": parameters,
	})
	c.hear(cr.Attr["welcomeGreeting"])
	incoming := make(chan relayIn)
	ctx, cancel := context.WithCancel(c.ctx)
	defer cancel()
	go c.receive(ctx, conn, incoming)
	words := ""
	for {
		select {
		case <-c.ctx.Done():
			return "completed", "", nil
		case m := <-incoming:
			switch {
			case m.gone:
				return "failed", "", errors.New("the server closed the session without an end message")
			case m.Type == "text":
				if words += m.Token; m.Last {
					c.hear(words)
					words = ""
				}
			case m.Type == "language":
				c.p.mu.Lock()
				c.languages = append(c.languages, m.TTSLanguage)
				c.p.mu.Unlock()
			case m.Type == "end":
				if words != "" {
					c.fail(fmt.Errorf("a reply without last: %q", words))
				}
				_ = conn.Close(websocket.StatusNormalClosure, "")
				return "ended", m.HandoffData, nil
			case m.Type == "play", m.Type == "sendDigits":
			default:
				c.fail(fmt.Errorf("%q is no message to ConversationRelay", m.Type))
			}
		case a := <-c.actions:
			switch a.kind {
			case "say":
				send(map[string]any{"type": "prompt", "voicePrompt": a.text, "lang": cr.Attr["language"], "last": true})
			case "part":
				if cr.Attr["partialPrompts"] == "true" || c.p.speaksTelnyx() {
					send(map[string]any{"type": "prompt", "voicePrompt": a.text, "lang": cr.Attr["language"], "last": false})
				}
			case "interrupt":
				send(map[string]any{"type": "interrupt", "utteranceUntilInterrupt": a.text, "durationUntilInterruptMs": "460"})
			case "press":
				if cr.Attr["dtmfDetection"] == "true" {
					for _, k := range a.text {
						send(map[string]any{"type": "dtmf", "digit": string(k)})
					}
				}
			case "raw":
				_ = conn.Write(c.ctx, websocket.MessageText, []byte(a.text))
			case "lose":
				_ = conn.CloseNow()
				return "failed", "", errors.New("the network broke")
			case "hangup":
				_ = conn.Close(websocket.StatusNormalClosure, "")
				return "completed", "", nil
			}
		}
	}
}

// receive reads a session's messages until it is gone.
func (c *Call) receive(ctx context.Context, conn *websocket.Conn, incoming chan<- relayIn) {
	for {
		var m relayIn
		_, b, err := conn.Read(ctx)
		if err != nil {
			m.gone = true
		} else if err := json.Unmarshal(b, &m); err != nil {
			c.fail(fmt.Errorf("no relay message: %q", b))
			continue
		}
		select {
		case incoming <- m:
		case <-ctx.Done():
			return
		}
		if m.gone {
			return
		}
	}
}
