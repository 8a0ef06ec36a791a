package twilioapi

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// NewMessage is a text to be sent.
type NewMessage struct {
	From, To       string // E.164
	Body           string // at most 1600 characters
	StatusCallback string // address that hears of its delivery; empty for none
	// ValidFor is how long Twilio may keep it queued, whole seconds up to 10 hours; 0 for Twilio's default.
	ValidFor time.Duration
}

// Message is a text as Twilio keeps it.
type Message struct {
	SID       string    `json:"sid"`
	From      string    `json:"from"`
	To        string    `json:"to"`
	Body      string    `json:"body"`
	Status    string    `json:"status"`
	Direction string    `json:"direction"`
	ErrorCode *int      `json:"error_code"`
	Created   Timestamp `json:"date_created"`
	Sent      Timestamp `json:"date_sent"`
}

// Timestamp is an instant as the API writes it (RFC 2822), zero for null.
type Timestamp struct{ time.Time }

// UnmarshalJSON reads the API's form.
func (t *Timestamp) UnmarshalJSON(b []byte) error {
	t.Time = time.Time{}
	var s *string
	if err := json.Unmarshal(b, &s); err != nil || s == nil || *s == "" {
		return err
	}
	var err error
	if t.Time, err = time.Parse(time.RFC1123Z, *s); err != nil {
		t.Time, err = time.Parse(time.RFC1123, *s)
	}
	return err
}

// CreateMessage sends a text. The error is an *Error.
func (a Account) CreateMessage(ctx context.Context, m NewMessage) (Message, error) {
	form := url.Values{"From": {m.From}, "To": {m.To}, "Body": {m.Body}}
	if m.StatusCallback != "" {
		form.Set("StatusCallback", m.StatusCallback)
	}
	if m.ValidFor > 0 {
		form.Set("ValidityPeriod", strconv.Itoa(int(min(max(m.ValidFor, time.Second), 10*time.Hour)/time.Second)))
	}
	var out Message
	err := a.do(ctx, http.MethodPost, a.path("Messages"), form, &out)
	return out, err
}

// Message fetches a text.
func (a Account) Message(ctx context.Context, sid string) (Message, error) {
	var out Message
	err := a.do(ctx, http.MethodGet, a.path("Messages/"+url.PathEscape(sid)), nil, &out)
	return out, err
}

// maxPages bounds how far back FindMessages reads: 5 pages of 50 texts between the same two numbers.
const maxPages = 5

// FindMessage is the newest of FindMessages.
func (a Account) FindMessage(ctx context.Context, from, to, body string, since time.Time) (m Message, found bool, err error) {
	all, err := a.FindMessages(ctx, from, to, body, since)
	if err != nil || len(all) == 0 {
		return Message{}, false, err
	}
	return all[0], true, nil
}

// FindMessages looks for outbound texts with this sender, recipient and body that were created at or after since,
// the newest first. It serves to learn, after a crash or a lost answer, whether a text had been accepted.
//
// It compares creation times itself: the API's DateSent filter leaves out texts that are still queued. A trial
// account's texts carry a prefix that Twilio puts before the body.
func (a Account) FindMessages(ctx context.Context, from, to, body string, since time.Time) ([]Message, error) {
	path := a.path("Messages") + "?" + url.Values{"From": {from}, "To": {to}, "PageSize": {"50"}}.Encode()
	since = since.Truncate(time.Second) // the API's resolution
	var out []Message
	for range maxPages {
		var page struct {
			Messages []Message `json:"messages"`
			Next     string    `json:"next_page_uri"`
		}
		if err := a.do(ctx, http.MethodGet, path, nil, &page); err != nil {
			return nil, err
		}
		for _, m := range page.Messages {
			if m.Created.Before(since) {
				return out, nil
			}
			if strings.TrimPrefix(m.Body, trialPrefix) == body && m.From == from && m.To == to && m.Direction != "inbound" {
				out = append(out, m)
			}
		}
		if !strings.HasPrefix(page.Next, "/") || len(page.Messages) == 0 {
			break
		}
		path = page.Next // a path: pages are followed on the same host only
	}
	return out, nil
}

// trialPrefix is what Twilio puts before the texts of trial accounts
// (https://www.twilio.com/docs/usage/tutorials/how-to-use-your-free-trial-account).
const trialPrefix = "Sent from your Twilio trial account - "
