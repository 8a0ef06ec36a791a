// Package fakephone is Twilio for tests, or Telnyx: it signs as they do, rings the line of a running Fixly, runs the TwiML it
// gets, opens the WebSocket, and stands in for the REST API. Tests read like a call:
//
//	phone := fakephone.New(t, fakephone.Options{})
//	server := start(phone.APIURL()) // a Fixly that was told this API address
//	phone.Connect(server.URL)
//	call := phone.Call("+13125550142")
//	call.Hears("How can I help")
//	call.Says("my sink is leaking")
//	call.Hears("What's your name")
//	call.HangsUp()
//	phone.Texted("+13125550142", "Saw I missed your call")
//
// Nothing waits longer than Options.Patience; what did not happen until then fails the test with the transcript.
// Every REST request is checked against Twilio's published OpenAPI description when FIXLY_TWILIO_SPEC names it.
package fakephone

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"fixly/business"
	"fixly/clock"
	"fixly/twilioapi"
)

// Options are all optional: the defaults are those of the demo business.
type Options struct {
	// Carrier is whose account it is: business.CarrierTwilio, the default, or business.CarrierTelnyx, whose AuthToken is the
	// API key, and which signs with telnyxtest.Key.
	Carrier    string
	AccountSID string
	AuthToken  string
	Line       string // the business's number, E.164
	// PublicURL is what webhooks are signed over, when the server is reached by another address than it believes,
	// as behind a proxy. Empty: the address given to Connect.
	PublicURL string
	// Patience is how long anything may take. Default 5 s.
	Patience time.Duration
	// Clock dates the texts and calls of the REST API. Default: the machine's.
	Clock clock.Clock
	// Persistent delivers a webhook again, until the patience is over, when the connection is refused or breaks off:
	// so Twilio does as often as an address asks for (#rc=5), and so does a proxy in front of a server that restarts.
	Persistent bool
}

// Phone is a Twilio account with one line, and everybody who calls it, is called and is texted.
type Phone struct {
	t   testing.TB
	o   Options
	api *api
	hc  *http.Client

	mu      sync.Mutex
	changed *sync.Cond // something a test may wait for has happened
	server  string
	public  twilioapi.PublicURL
	repeat  int
	people  map[string]Person
	ended   map[string]bool // legs that the server has hung up, by their ids
	calls   []*Call

	webhooks []Webhook
}

// Webhook is a webhook as it was delivered for the first time, with its answer.
type Webhook struct {
	Address string // as the TwiML had it, or a path
	Form    url.Values
	Status  int
	Body    string
}

// Webhooks lists what was delivered so far, in order.
func (p *Phone) Webhooks() []Webhook {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]Webhook(nil), p.webhooks...)
}

// New starts the fake's REST API. The server under test is told APIURL, started, and given to Connect.
func New(t testing.TB, o Options) *Phone {
	t.Helper()
	if o.Carrier == "" {
		o.Carrier = business.CarrierTwilio
	}
	if o.AccountSID == "" {
		o.AccountSID = "AC00000000000000000000000000000001"
	}
	if o.AuthToken == "" {
		o.AuthToken = "demo-twilio-auth-token"
	}
	if o.Line == "" {
		o.Line = "+13125550100"
	}
	if o.Clock == nil {
		o.Clock = clock.Real()
	}
	if o.Patience == 0 {
		o.Patience = 5 * time.Second
	}
	p := &Phone{
		t: t, o: o, repeat: 1, people: map[string]Person{}, ended: map[string]bool{},
		hc: &http.Client{
			Timeout:       3 * o.Patience,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
			Transport:     localOnly{},
		},
	}
	p.changed = sync.NewCond(&p.mu)
	p.api = newAPI(p)
	t.Cleanup(func() {
		for _, c := range p.live() {
			c.cut()
		}
		p.api.close()
	})
	return p
}

// Connect gives the address of the server under test.
func (p *Phone) Connect(server string) {
	p.t.Helper()
	public := p.o.PublicURL
	if public == "" {
		public = server
	}
	u, err := twilioapi.ParsePublicURL(public)
	if err != nil {
		p.t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.server, p.public = strings.TrimRight(server, "/"), u
}

// APIURL is the address of the stand-in for Twilio's REST API.
func (p *Phone) APIURL() string { return p.api.URL }

// Public is the public address of one of the server's paths.
func (p *Phone) Public(path string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.public.HTTP(path)
}

// RepeatWebhooks delivers every webhook from now on n times, as Twilio does when an answer got lost on the way. The
// test fails when a repeat is answered differently.
func (p *Phone) RepeatWebhooks(n int) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.repeat = max(n, 1)
}

// Person says how the phone with a number behaves.
func (p *Phone) Person(number string, how Person) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.people[number] = how
}

// Webhook delivers one signed webhook, repeats included, and gives status and body. The path is one of the
// server's, or an address from its TwiML.
func (p *Phone) Webhook(path string, form url.Values) (status int, body string, err error) {
	p.mu.Lock()
	n := p.repeat
	p.mu.Unlock()
	for i := range n {
		s, b, err := p.WebhookSigned(path, form, p.o.AuthToken)
		if err != nil {
			return 0, "", err
		}
		if i == 0 {
			p.mu.Lock()
			p.webhooks = append(p.webhooks, Webhook{path, form, s, b})
			p.mu.Unlock()
		}
		if i > 0 && (s != status || b != body) {
			return 0, "", fmt.Errorf("%s repeated is answered %d %q, after %d %q", path, s, b, status, body)
		}
		status, body = s, b
	}
	return status, body, nil
}

// WebhookSigned delivers one webhook once, signed with any token; none for no signature at all.
func (p *Phone) WebhookSigned(path string, form url.Values, token string) (status int, body string, err error) {
	public, private, err := p.addresses(path)
	if err != nil {
		return 0, "", err
	}
	if p.speaksTelnyx() {
		form = telnyxForm(form)
	}
	signed := func(h http.Header, body []byte) {
		switch {
		case token == "":
		case p.speaksTelnyx():
			p.signTelnyx(h, body, token)
		default:
			h.Set(twilioapi.SignatureHeader, twilioapi.Sign(token, public, twilioapi.FormOf(form)))
		}
	}
	ctx, cancel := context.WithTimeout(p.t.Context(), p.o.Patience)
	defer cancel()
	pause := time.NewTicker(retryEvery)
	defer pause.Stop()
	for {
		status, body, err = p.post(private, form, signed)
		if err == nil || !p.o.Persistent {
			return status, body, err
		}
		select {
		case <-ctx.Done():
			return status, body, err
		case <-pause.C:
		}
	}
}

// retryEvery is the pause between two tries of a persistent webhook.
const retryEvery = 20 * time.Millisecond

// post delivers a form once.
func (p *Phone) post(address string, form url.Values, signed func(http.Header, []byte)) (status int, body string, err error) {
	sent := form.Encode()
	req, err := http.NewRequestWithContext(p.t.Context(), http.MethodPost, address, strings.NewReader(sent))
	if err != nil {
		return 0, "", err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
	req.Header.Set("User-Agent", "TwilioProxy/1.1")
	signed(req.Header, []byte(sent))
	resp, err := p.hc.Do(req)
	if err != nil {
		return 0, "", err
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	return resp.StatusCode, string(b), err
}

// addresses gives the public address of a path, or of an address from TwiML, and where it is really served. An
// address that leads anywhere else is an error: carriers would follow it.
func (p *Phone) addresses(path string) (public, private string, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.server == "" {
		return "", "", fmt.Errorf("fakephone: Connect was not called")
	}
	for _, base := range []string{p.public.HTTP(""), p.public.WebSocket("")} {
		if rest, ok := strings.CutPrefix(path, base); ok && strings.HasPrefix(rest, "/") {
			return path, p.server + rest, nil
		}
	}
	if strings.HasPrefix(path, "/") {
		return p.public.HTTP(path), p.server + path, nil
	}
	return "", "", fmt.Errorf("fakephone: %q is not below %s", path, p.public)
}

// wait waits until something holds, at most for the patience. It must be called without the lock; done is called
// with it.
func (p *Phone) wait(done func() bool) bool {
	deadline := time.Now().Add(p.o.Patience)
	alarm := time.AfterFunc(p.o.Patience, func() { p.mu.Lock(); p.changed.Broadcast(); p.mu.Unlock() })
	defer alarm.Stop()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !done() {
		if time.Now().After(deadline) {
			return false
		}
		p.changed.Wait()
	}
	return true
}

func (p *Phone) live() []*Call {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]*Call(nil), p.calls...)
}

// sid makes an identifier of Twilio's form: two letters, 32 hexadecimal digits.
func sid(prefix string) string {
	b := make([]byte, 16)
	_, _ = rand.Read(b) // never fails
	return prefix + hex.EncodeToString(b)
}

// localOnly refuses to leave the machine.
type localOnly struct{}

func (localOnly) RoundTrip(r *http.Request) (*http.Response, error) {
	switch r.URL.Hostname() {
	case "127.0.0.1", "::1", "localhost":
		return http.DefaultTransport.RoundTrip(r)
	}
	return nil, fmt.Errorf("fakephone: %s is not on this machine", r.URL.Host)
}

// Sign computes Twilio's signature, for requests that a test makes by hand.
func Sign(token, address string, form url.Values) string {
	return twilioapi.Sign(token, address, twilioapi.FormOf(form))
}
