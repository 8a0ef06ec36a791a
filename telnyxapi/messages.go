package telnyxapi

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// NewMessage is a text to be sent.
//
// https://developers.telnyx.com/api-reference/messages/send-a-message
type NewMessage struct {
	From       string   `json:"from"` // E.164
	To         string   `json:"to"`   // E.164
	Text       string   `json:"text"`
	MediaURLs  []string `json:"media_urls,omitempty"` // of pictures, which make it an MMS
	ProfileID  string   `json:"messaging_profile_id,omitempty"`
	WebhookURL string   `json:"webhook_url,omitempty"` // hears what becomes of it, before the address of the profile does
}

// CreateMessage sends a text and gives Telnyx's id of it. The error is an *Error.
func (a Account) CreateMessage(ctx context.Context, m NewMessage) (id string, err error) {
	var out struct {
		Data struct {
			ID string `json:"id"`
		} `json:"data"`
	}
	if err := a.do(ctx, http.MethodPost, "/v2/messages", m, &out); err != nil {
		return "", err
	}
	if out.Data.ID == "" {
		return "", &Error{Status: http.StatusOK, MaybeAccepted: true, Detail: "the answer names no text"}
	}
	return out.Data.ID, nil
}

// MessageRecord is a text as the detail records tell of it. Its words are not among them.
type MessageRecord struct {
	ID         string    `json:"uuid"`
	From       string    `json:"cli"`
	To         string    `json:"cld"`
	Direction  string    `json:"direction"` // "outbound" or "inbound"
	Created    time.Time `json:"created_at"`
	WebhookURL string    `json:"delivery_status_webhook_url"` // the one that was given with it
}

const (
	pageSize = 50
	maxPages = 5
)

// MessagesTo lists the texts sent to a number from an instant on, at most 250, the newest first. Telnyx makes a record as a
// text is submitted.
//
// https://developers.telnyx.com/docs/messaging/messages/message-detail-records
func (a Account) MessagesTo(ctx context.Context, from, to string, since time.Time) ([]MessageRecord, error) {
	var all []MessageRecord
	for page := 1; page <= maxPages; page++ {
		var out struct {
			Data []MessageRecord `json:"data"`
			Meta struct {
				Pages int `json:"total_pages"`
			} `json:"meta"`
		}
		// The filter of dates knows whole days.
		q := url.Values{
			"filter[record_type]": {"messaging"}, "filter[direction]": {"outbound"}, "filter[cld]": {to}, "filter[cli]": {from},
			"filter[created_at][gte]": {since.UTC().Format(time.DateOnly)}, "sort": {"-created_at"},
			"page[number]": {strconv.Itoa(page)}, "page[size]": {strconv.Itoa(pageSize)},
		}
		if err := a.do(ctx, http.MethodGet, "/v2/detail_records?"+q.Encode(), nil, &out); err != nil {
			return nil, err
		}
		for _, m := range out.Data {
			if m.Direction == "outbound" && m.From == from && m.To == to && !m.Created.Before(since.Truncate(time.Second)) {
				all = append(all, m)
			}
		}
		if page >= out.Meta.Pages {
			break
		}
	}
	return all, nil
}
