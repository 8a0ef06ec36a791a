// Package webpush sends notifications to browsers (RFC 8030): encrypted for one of them (RFC 8291) and signed by this server
// (VAPID, RFC 8292). The cryptography is the standard library's; why this is no library, decision 35 tells.
package webpush

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// Subscription is where a browser gets its notifications: what its PushManager gave out.
type Subscription struct {
	Endpoint string // an https address of the browser's push service
	Key      []byte // p256dh: its public key, an uncompressed point of P-256
	Auth     []byte // the 16 bytes shared with it
}

// Errors of subscriptions and of pushing.
var (
	// ErrNotSubscription says that something can't be a subscription.
	ErrNotSubscription = errors.New("webpush: not a subscription")
	// ErrGone says that the push service knows the subscription no more: the browser was cleared, or permission taken away.
	ErrGone = errors.New("webpush: the subscription is gone")
	// ErrTooLong says that a notification is longer than every push service takes.
	ErrTooLong = errors.New("webpush: the notification is too long")
)

// SendError says that the push service did not take a notification.
type SendError struct {
	Status     int           // 0: no answer
	Retry      bool          // whether trying again can help
	RetryAfter time.Duration // how long it asks us to wait; 0 when it says nothing
	Err        error
}

func (e *SendError) Error() string { return fmt.Sprintf("webpush: not taken: %v", e.Err) }

func (e *SendError) Unwrap() error { return e.Err }

// Urgency is how soon a device should be woken (RFC 8030, section 5.3).
type Urgency string

// The urgencies in use.
const (
	Normal Urgency = "normal"
	High   Urgency = "high"
)

// Push is one notification.
type Push struct {
	Payload []byte
	TTL     time.Duration // how long the push service keeps it while the device is away
	Urgency Urgency
	// Topic (RFC 8030, section 5.4) has a later one take the place of an earlier one that waits: up to 32 letters, digits, - and _; empty: none.
	Topic string
}

// Sender sends notifications. It is safe for concurrent use.
type Sender struct {
	keys    Keys
	contact string // mailto: or https: address at which the operator of a push service reaches us
	client  *http.Client
}

// NewSender makes a sender. contact is who to complain to; a nil client is one that reaches the public internet
// alone.
func NewSender(keys Keys, contact string, client *http.Client) *Sender {
	if client == nil {
		client = newClient()
	}
	return &Sender{keys: keys, contact: contact, client: client}
}

// PublicKey is the key by which browsers subscribe, as PushManager takes it: base64url without padding.
func (s *Sender) PublicKey() string { return s.keys.Public() }

// Send hands a notification to the push service. It returns nil once that has taken it; ErrGone, ErrTooLong or a *SendError
// else. now is the machine's time, by which the signature is judged.
func (s *Sender) Send(ctx context.Context, to Subscription, p Push, now time.Time) error {
	body, err := encrypt(to, p.Payload)
	if err != nil {
		return err
	}
	endpoint, err := to.endpoint()
	if err != nil {
		return err
	}
	token, err := s.keys.token(endpoint, s.contact, now)
	if err != nil {
		return err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, to.Endpoint, bytes.NewReader(body))
	if err != nil {
		return &SendError{Err: err}
	}
	req.Header.Set("Content-Type", "application/octet-stream")
	req.Header.Set("Content-Encoding", "aes128gcm")
	req.Header.Set("TTL", strconv.Itoa(int(p.TTL.Seconds())))
	req.Header.Set("Urgency", string(p.Urgency))
	if p.Topic != "" {
		req.Header.Set("Topic", p.Topic)
	}
	req.Header.Set("Authorization", "vapid t="+token+", k="+s.keys.Public())
	resp, err := s.client.Do(req)
	if err != nil {
		return &SendError{Retry: !errors.Is(err, errNotPublic), Err: err}
	}
	defer func() { _ = resp.Body.Close() }()
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10) // so that the connection can be used again
	switch status := resp.StatusCode; {
	case status >= 200 && status < 300:
		return nil
	case status == http.StatusNotFound, status == http.StatusGone:
		return ErrGone
	case status == http.StatusRequestEntityTooLarge:
		return ErrTooLong
	case status == http.StatusTooManyRequests, status >= 500:
		return &SendError{Status: status, Retry: true, RetryAfter: retryAfter(resp, now), Err: errors.New(resp.Status)}
	default:
		return &SendError{Status: status, Err: errors.New(resp.Status)}
	}
}

// retryAfter is how long we are asked to wait, in seconds or until a date (RFC 9110, section 10.2.3); 0 where nothing is said.
func retryAfter(resp *http.Response, now time.Time) time.Duration {
	header := resp.Header.Get("Retry-After")
	if n, err := strconv.ParseInt(header, 10, 32); err == nil {
		return time.Duration(max(0, n)) * time.Second
	}
	if at, err := http.ParseTime(header); err == nil {
		return max(0, at.Sub(now))
	}
	return 0
}

// Check says whether it can be a subscription at all.
func (s Subscription) Check() error {
	if _, err := s.endpoint(); err != nil {
		return err
	}
	_, err := encrypt(s, nil)
	return err
}

// endpoint is the address, which must be of https: push services have no others.
func (s Subscription) endpoint() (*url.URL, error) {
	u, err := url.Parse(s.Endpoint)
	if err != nil || u.Scheme != "https" || u.Host == "" || u.User != nil || len(s.Endpoint) > 2000 {
		return nil, fmt.Errorf("%w: its address is none of https", ErrNotSubscription)
	}
	return u, nil
}
