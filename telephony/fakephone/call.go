package fakephone

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Call is somebody calling the line, or somebody whom the server calls. Its methods are what that person does and
// hears; the test's own goroutine calls them.
type Call struct {
	SID  string
	From string // as Twilio reports it

	// Of a call that the server placed (placed.go): the parameters of its request, and what ends it from our side.
	placed     url.Values
	how        Person
	hungUpByUs chan struct{}
	hangUpOnce sync.Once
	created    string

	p       *Phone
	extra   url.Values
	actions chan action
	ctx     context.Context // ends when the phone is put away
	cut     context.CancelFunc

	// guarded by p.mu
	utterances []string // what the receptionist and Twilio's voices said
	cursor     int      // of Hears
	transcript strings.Builder
	dialled    []string
	documents  []string
	over       bool
	status     string // the last CallStatus
	handled    string // the person who took it, E.164
	err        error
	relays     []*Verb
	languages  []string
	hungUp     bool
	ending     sync.Once
}

// action is something the caller does.
type action struct {
	kind string // "say", "part", "press", "interrupt", "silence", "lose", "hangup", "raw"
	text string
}

// Call rings the line. More form parameters ("CallerName", "StirVerstat") may be given in pairs. From is a number,
// or "anonymous".
func (p *Phone) Call(from string, more ...string) *Call {
	p.t.Helper()
	c := p.newCall(from, more...)
	go c.live()
	return c
}

func (p *Phone) newCall(from string, more ...string) *Call {
	if from == "anonymous" {
		from = "+266696687"
	}
	c := &Call{
		SID: p.callID(), From: from, p: p, extra: url.Values{}, actions: make(chan action, 64), status: "ringing",
		created: p.o.Clock.Now().UTC().Format(time.RFC1123Z), hungUpByUs: make(chan struct{}),
	}
	c.ctx, c.cut = context.WithCancel(context.WithoutCancel(p.t.Context()))
	for i := 0; i+1 < len(more); i += 2 {
		c.extra.Set(more[i], more[i+1])
	}
	p.mu.Lock()
	p.calls = append(p.calls, c)
	p.mu.Unlock()
	return c
}

// Form is the parameters of a webhook about a new call, for tests that deliver it themselves.
func (p *Phone) Form(from, status string) url.Values {
	c := &Call{SID: p.callID(), From: from, p: p}
	return c.Form(status)
}

// Form is the parameters that every webhook about this call carries.
func (c *Call) Form(status string) url.Values {
	if c.placed != nil {
		return c.placedForm(status)
	}
	line := c.p.o.Line
	v := url.Values{
		"CallSid": {c.SID}, "AccountSid": {c.p.o.AccountSID}, "From": {c.From}, "To": {line}, "Caller": {c.From}, "Called": {line},
		"CallStatus": {status}, "Direction": {"inbound"}, "ApiVersion": {"2010-04-01"},
	}
	for k, x := range c.extra {
		v[k] = x
	}
	return v
}

// live is the call, from the first webhook to its last.
func (c *Call) live() {
	defer c.finish()
	status, body, err := c.p.Webhook(c.p.path("/voice"), c.Form("ringing"))
	if err == nil && status != http.StatusOK {
		err = fmt.Errorf("%s is answered %d %q", c.p.path("/voice"), status, body)
	}
	if err != nil {
		c.fail(err)
		return
	}
	c.run(body)
}

// finish reports the end of the call, once.
func (c *Call) finish() {
	c.ending.Do(func() {
		c.p.mu.Lock()
		final := "completed"
		if c.status == "busy" {
			final = "busy"
		}
		c.p.mu.Unlock()
		v := c.Form(final)
		v.Set("CallDuration", "42")
		if status, body, err := c.p.Webhook(c.p.path("/status"), v); err != nil {
			c.fail(err)
		} else if status != http.StatusNoContent {
			c.fail(fmt.Errorf("%s is answered %d %q", c.p.path("/status"), status, body))
		}
		c.note("(the call is over: %s)", final)
		c.p.mu.Lock()
		c.over = true
		c.p.api.callOver(c.SID)
		c.p.changed.Broadcast()
		c.p.mu.Unlock()
	})
}

func (c *Call) fail(err error) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if c.err == nil && c.ctx.Err() == nil {
		c.err = err
		fmt.Fprintf(&c.transcript, "!! %v\n", err)
	}
	c.p.changed.Broadcast()
}

func (c *Call) note(format string, args ...any) {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	fmt.Fprintf(&c.transcript, format+"\n", args...)
	c.p.changed.Broadcast()
}

// hear adds something said to the caller.
func (c *Call) hear(text string) {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return
	}
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	c.utterances = append(c.utterances, text)
	fmt.Fprintf(&c.transcript, "fixly:  %s\n", text)
	c.p.changed.Broadcast()
}

func (c *Call) do(kind, text string) {
	c.p.t.Helper()
	c.p.mu.Lock()
	fmt.Fprintf(&c.transcript, "caller: (%s) %s\n", kind, text)
	c.p.mu.Unlock()
	select {
	case c.actions <- action{kind, text}:
	default:
		c.p.t.Fatalf("the caller does more than anyone takes in:\n%s", c.Transcript())
	}
}

// Hears waits until something is said that contains these words (case does not matter), after what was heard
// before, and returns all that was said up to it.
func (c *Call) Hears(words string) string {
	c.p.t.Helper()
	heard, at := "", 0
	ok := c.p.wait(func() bool {
		for i := c.cursor; i < len(c.utterances); i++ {
			heard = strings.Join(c.utterances[c.cursor:i+1], " ")
			if strings.Contains(strings.ToLower(heard), strings.ToLower(words)) {
				at = i + 1
				return true
			}
		}
		return c.over || c.err != nil
	})
	if !ok || at == 0 {
		c.p.t.Fatalf("the caller does not hear %q:\n%s", words, c.Transcript())
	}
	c.p.mu.Lock()
	c.cursor = at
	c.p.mu.Unlock()
	return heard
}

// Says speaks an utterance to its end.
func (c *Call) Says(words string) { c.p.t.Helper(); c.do("say", words) }

// BeginsToSay speaks without coming to an end: a partial prompt.
func (c *Call) BeginsToSay(words string) { c.p.t.Helper(); c.do("part", words) }

// Interrupts talks over what is being said, having heard only the beginning of it.
func (c *Call) Interrupts(heard string) { c.p.t.Helper(); c.do("interrupt", heard) }

// Presses presses keys.
func (c *Call) Presses(keys string) { c.p.t.Helper(); c.do("press", keys) }

// IsSilent says nothing until <Gather> gives up.
func (c *Call) IsSilent() { c.p.t.Helper(); c.do("silence", "") }

// LosesTheSession cuts the WebSocket as a broken network does; Twilio reports the session as failed.
func (c *Call) LosesTheSession() { c.p.t.Helper(); c.do("lose", "") }

// Sends sends a relay message of the test's own making.
func (c *Call) Sends(message string) { c.p.t.Helper(); c.do("raw", message) }

// HangsUp hangs up and waits until Twilio has reported it.
func (c *Call) HangsUp() {
	c.p.t.Helper()
	c.p.mu.Lock()
	c.hungUp = true
	c.p.mu.Unlock()
	c.do("hangup", "")
	c.Ends()
}

// Ends waits until the call is over.
func (c *Call) Ends() {
	c.p.t.Helper()
	if !c.p.wait(func() bool { return c.over }) {
		c.p.t.Fatalf("the call does not end:\n%s", c.Transcript())
	}
	c.check()
}

// check fails the test when the server broke the protocol.
func (c *Call) check() {
	c.p.t.Helper()
	c.p.mu.Lock()
	err := c.err
	c.p.mu.Unlock()
	if err != nil {
		c.p.t.Fatalf("%v\n%s", err, c.Transcript())
	}
}

// Dials waits until a phone has been rung.
func (c *Call) Dials(number string) {
	c.p.t.Helper()
	rung := func() bool {
		for _, n := range c.dialled {
			if n == number {
				return true
			}
		}
		return c.over || c.err != nil
	}
	if !c.p.wait(rung) || !contains(c.Dialled(), number) {
		c.p.t.Fatalf("%s is not rung:\n%s", number, c.Transcript())
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// Dialled lists the numbers rung so far, in order.
func (c *Call) Dialled() []string {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	return append([]string(nil), c.dialled...)
}

// TakenBy is the person who took the call, empty when nobody did.
func (c *Call) TakenBy() string { c.p.mu.Lock(); defer c.p.mu.Unlock(); return c.handled }

// Documents are the TwiML documents of the call so far.
func (c *Call) Documents() []string {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	return append([]string(nil), c.documents...)
}

// Relay is the <ConversationRelay> of the nth session, the first being 0; nil before it begins.
func (c *Call) Relay(n int) *Verb {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	if n >= len(c.relays) {
		return nil
	}
	return c.relays[n]
}

// Languages are the languages that voice and recognition were changed to, in order.
func (c *Call) Languages() []string {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	return append([]string(nil), c.languages...)
}

// Transcript is all that was said and done, for failure messages.
func (c *Call) Transcript() string {
	c.p.mu.Lock()
	defer c.p.mu.Unlock()
	return c.transcript.String()
}
